"""How each kind of block is set: its margins, its bars and bullets, and the room between blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from newsreader.document.blocks import (
    Code,
    Definitions,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from newsreader.document.direction import has_right_to_left, reads_right_to_left
from newsreader.document.numbering import goes_on, labels
from newsreader.document.wrapping import wrap
from newsreader.ui.links import true_host
from newsreader.ui.listings import GROUND, continued, set_listing
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.tables import table_anchors, table_lines, table_text
from newsreader.ui.typesetting import Cut, Line, Margin, mirrored, set_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.document.blocks import Block

_MIN_WIDTH: Final = 24  # cells: nested deeper than this leaves no room, text is indented no further
_ROOMY: Final = 44  # cells: from here on lists and code are indented
_BULLETS: Final = ("•", "◦", "▪")
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#]|$)", re.IGNORECASE)
_POINTS: Final = "·   ·   ·"
_INDENT: Final = " " * 4
_BAR: Final = Piece("▎ ", ("bar",))
_MEDIA: Final = {"audio": "♪ audio", "video": "▶ video", "embed": "▢ embedded"}


class BlockSetter:
    """Sets one block of the document (number `index`) as lines of `measure` cells.

    `text` grows as the block is set: all its words in order, which offsets count in. `top_level` is the level of the
    document's greatest headings. Into `anchors` it writes the ids it meets, and their places (block, character).
    """

    def __init__(
        self, index: int, measure: int, *, top_level: int = 1, anchors: dict[str, tuple[int, int]] | None = None
    ) -> None:
        self._index = index
        self._measure = measure
        self._top_level = top_level
        self._anchors = {} if anchors is None else anchors
        self._parts: list[str] = []
        self._offset = 0

    @property
    def text(self) -> str:
        """All words set so far."""
        return "".join(self._parts)

    def set(self, block: Block, previous: Block | None) -> Iterator[Line]:
        """Set the block, after the room it keeps from the block before it."""
        for _ in range(self._room(previous, block)):
            yield self._line(Margin())
        yield from self._block(block, Margin(), 0)

    def _block(self, block: Block, margin: Margin, depth: int) -> Iterator[Line]:
        match block:
            case Paragraph(content):
                yield from self.running(content, margin)
            case Heading(level, content):
                great = level - self._top_level < 2
                yield from self.running(content, margin, ("heading" if great else "subheading",))
            case Code():
                yield from self._code(block, margin)
            case Quote(blocks):
                yield from self._blocks(blocks, self._inside(margin, _BAR), depth)
            case ListBlock():
                yield from self._list(block, margin, depth)
            case Definitions():
                yield from self._definitions(block, margin, depth)
            case Table():
                yield from self._table(block, margin)
            case Figure():
                yield from self._figure(block, margin)
            case Media(kind, url, label):
                yield from self._media(kind, url, label, margin)
            case Rule():
                yield self._rule(margin)

    def _blocks(self, blocks: Sequence[Block], margin: Margin, depth: int, *, tight: bool = False) -> Iterator[Line]:
        previous: Block | None = None
        for block in blocks:
            if not tight:
                for _ in range(min(self._room(previous, block), 1)):
                    yield self._line(margin)
            yield from self._block(block, margin, depth)
            previous = block
        if margin.waiting:
            yield self._line(margin)

    def _room(self, previous: Block | None, block: Block) -> int:
        """How many empty lines stand between two blocks."""
        if previous is None or goes_on(previous, block):
            return 0
        if isinstance(block, Heading) and not isinstance(previous, Heading):
            return 2 if block.level == self._top_level else 1
        if isinstance(previous, Heading) and previous.level - self._top_level >= 2:
            return 0
        return 1

    def _inside(self, margin: Margin, rest: Piece, first: Piece | None = None) -> Margin:
        """Indent further, unless no room would be left for words."""
        if self._measure - margin.width - len(rest.text) < min(_MIN_WIDTH, self._measure // 2):
            return margin
        return Margin(margin, rest, first)

    def _line(
        self,
        margin: Margin,
        body: tuple[Piece, ...] | Cut = (),
        at: int = 0,
        *,
        tail: tuple[Piece, ...] = (),
        joint: str = "\n",
    ) -> Line:
        return Line(body, margin.take(), tail, self._index, self._offset + at, joint)

    def _advance(self, text: str) -> None:
        self._parts.append(text)
        self._offset += len(text)

    def _note(self, anchors: Iterable[tuple[str, int]]) -> None:
        for name, place in anchors:
            self._anchors.setdefault(name, (self._index, self._offset + place))

    def running(self, text: Text, margin: Margin, classes: tuple[str, ...] = ()) -> Iterator[Line]:
        """Set running text; a paragraph that begins at the right stands at the right, its margins with it."""
        setting = set_text(text, classes)
        self._note(setting.anchors)
        width = self._measure - margin.width
        mixed, rightward = has_right_to_left(setting.plain), reads_right_to_left(setting.plain)
        before = 0
        for start, end in wrap(setting.plain, width):
            between = setting.plain[before:start]
            joint = "\n" if not start or "\n" in between else " " if between else ""
            line = self._line(margin, Cut(setting, start, end), start, joint=joint)
            if mixed:
                line = _turned(line, width if rightward else None)
            yield line
            before = end
        self._advance(setting.plain)

    def _rule(self, margin: Margin) -> Line:
        """Set a thematic break: three points in the middle."""
        room = self._measure - margin.width
        points = _POINTS if room >= len(_POINTS) else _POINTS[:1]
        return self._line(margin, (Piece(" " * ((room - len(points)) // 2)), Piece(points, ("marker",))))

    def _list(self, block: ListBlock, margin: Margin, depth: int) -> Iterator[Line]:
        """Set a list: bullets by depth, numbers flush right, everything else hanging beside them."""
        numbers = labels(block) or [_BULLETS[min(depth, len(_BULLETS) - 1)]] * len(block.items)
        size = max(map(len, numbers), default=0)
        indent = " " * (2 if not depth and self._measure >= _ROOMY else 0)
        tight = all(self._is_short(item) for item in block.items)
        for count, (number, item) in enumerate(zip(numbers, block.items, strict=True)):
            mark = number.rjust(size)
            if count and not tight:
                yield self._line(margin)
            inside = self._inside(
                margin, Piece(" " * (len(indent) + len(mark) + 1)), Piece(f"{indent}{mark} ", ("marker",))
            )
            yield from self._blocks(item, inside, depth + 1, tight=tight)

    def _is_short(self, item: Sequence[Block]) -> bool:
        """Whether a list item is at most two lines of words, so that its list needs no room between items."""
        words = [block for block in item if not isinstance(block, ListBlock)]
        match words:
            case []:
                return True
            case [Paragraph(Text(text))]:
                return len(text) <= 2 * self._measure and "\n" not in text
            case _:
                return False

    def _definitions(self, block: Definitions, margin: Margin, depth: int) -> Iterator[Line]:
        for number, (term, meaning) in enumerate(block.items):
            if number and block.items[number - 1][1]:  # terms that share a meaning stand together
                yield self._line(margin)
            if term.text.strip():
                yield from self.running(term, margin, ("term",))
            yield from self._blocks(meaning, self._inside(margin, Piece(_INDENT)), depth)

    def _code(self, block: Code, margin: Margin) -> Iterator[Line]:
        """Set code on a ground of its own; lines that are too long go on in the next one, after an arrow."""
        setting = set_listing(block)
        self._note(setting.anchors)
        margin = self._inside(margin, Piece(" " * (2 if self._measure >= _ROOMY else 0)))
        width = max(self._measure - margin.width - 2, 2)
        start = 0
        for line in setting.plain.split("\n"):
            cuts = continued(line, width)
            for number, (first, last) in enumerate(cuts):
                arrow = Piece("↪ ", (*GROUND, "continued")) if number else None
                lead = (*margin.take(), Piece(" ", GROUND), *((arrow,) if arrow else ()))
                body = Cut(setting, start + first, start + last)
                pad = width - cell_len(line[first:last]) - (2 if arrow else 0)
                tail = (Piece(" " * (pad + 1), GROUND),)
                yield Line(body, lead, tail, self._index, self._offset + start + first, "" if number else "\n")
            start += len(line) + 1
        self._advance(setting.plain)

    def _table(self, block: Table, margin: Margin) -> Iterator[Line]:
        if block.caption.text.strip():
            yield from self.running(block.caption, margin, ("caption",))
            yield self._line(margin)
        self._note(table_anchors(block))
        for pieces, offset in table_lines(block, max(self._measure - margin.width, 2)):
            yield self._line(margin, pieces, offset)
        self._advance(table_text(block))

    def _figure(self, block: Figure, margin: Margin) -> Iterator[Line]:
        """Say that there is a picture and what it shows; its caption follows unless it says the same."""
        alternative, caption = block.alternative.strip(), block.caption
        same = not alternative or alternative.casefold() in caption.text.casefold()
        if same and caption.text.strip():
            shift = len("picture: ")
            spans = tuple(Span(s.start + shift, s.end + shift, s.mark, s.target) for s in caption.spans)
            yield from self._picture(block, Text(f"picture: {caption.text}", spans), margin)
            return
        label = f"picture: {alternative}" if alternative else "picture"
        here = () if caption.text else caption.spans
        yield from self._picture(block, Text(label, here), margin)
        if caption.text.strip():
            yield from self.running(caption, margin, ("caption", "emphasis"))

    def _picture(self, block: Figure, text: Text, margin: Margin) -> Iterator[Line]:
        """Set the line of a picture, which leads to where the picture does; another site is named."""
        site, own = true_host(block.link or ""), true_host(block.source or "")
        if site and site.split(".")[-2:] != own.split(".")[-2:] and not _PICTURE.search(block.link or ""):
            text = Text(f"{text.text} → {site}", text.spans)
        yield from self._labelled("picture", block.link or block.source, text, margin)

    def _media(self, kind: str, url: str, label: str, margin: Margin) -> Iterator[Line]:
        name = _MEDIA.get(kind, _MEDIA["embed"])
        host = true_host(url)
        words = f"{label.strip()} ({host})" if label.strip() and host else label.strip() or host or url
        yield from self._labelled(name, url, Text(f"{name}: {words}"), margin)

    def _labelled(self, label: str, target: str | None, text: Text, margin: Margin) -> Iterator[Line]:
        """Set a line that stands for something not shown; its label is a link to it."""
        link = (Span(0, len(label), Mark.LINK, target),) if target else ()
        yield from self.running(Text(text.text, (*link, *text.spans)), margin, ("caption",))


def _turned(line: Line, width: int | None) -> Line:
    """Keep the words of a line together where terminals turn letters round; with a width they stand at its right."""
    begin, end = isolates(line.words, rightward=width is not None)
    if width is None:
        return replace(line, lead=(*line.lead, *begin), tail=end)
    pad = Piece(" " * (width - cell_len(line.words)))
    return replace(line, lead=(pad, *begin), tail=(*end, *mirrored(line.lead)))
