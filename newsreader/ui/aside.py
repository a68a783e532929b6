"""What the panel beside the text shows, as a value, and how that is set in lines: nothing here knows a widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from newsreader.document.blocks import Text
from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.layout import Layout
from newsreader.ui.page_links import links_on
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.typesetting import Line, Margin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.document.blocks import Document

_EMPTY: Final = Line()
_GAP: Final = 2  # cells between a mark and its words, and between two names
_LEAST: Final = 16  # cells of a measure, as of any page
_LONGEST: Final = 2_000  # characters of a row
_NOWHERE: Final = "#0"
_NAMED: Final = 0.7  # of a measure, for a name


@dataclass(frozen=True, slots=True)
class Passage:
    """A row leads to words of an article, in a block of its document; `article_id` is None for the one that is read.

    `whole`: these words tell the block, and all of it is meant.
    """

    words: str
    block: int
    article_id: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A row leads to a search of the library."""

    words: str


class Do(StrEnum):
    """A row stands for something to do."""

    SEND = "send"


Target: TypeAlias = Passage | Search | Do


@dataclass(frozen=True, slots=True)
class Row:
    """Something said: its words, a mark before them, a dim line below, and where it leads."""

    text: str
    mark: str = ""
    note: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under a heading; `dim` ones only speak about the rest, and `flowing` ones stand beside each other.

    Or a document, in which a link to `#n` leads to the target of that number, from 1 on; `#0` marks what leads nowhere.
    """

    rows: tuple[Row, ...]
    heading: str = ""
    dim: bool = False
    flowing: bool = False
    document: Document | None = None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """All of it: what it is, what is to be known of it in a line, and its parts."""

    title: str
    facts: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A row that leads somewhere, and where it stands: for each line its first character, and the one after its last.

    `whole` ones fill their lines.
    """

    target: Target
    parts: tuple[tuple[int, int, int], ...]
    whole: bool = True

    @property
    def lines(self) -> range:
        """The lines on which it stands."""
        return range(self.parts[0][0], self.parts[-1][0] + 1)


class AsideSheet:
    """The lines of what the panel shows, at a measure (cells), and the items on them; an `airy` one has room above."""

    def __init__(self, aside: Aside, measure: int, *, airy: bool = True) -> None:
        self.measure = max(measure, _LEAST)
        self.lines: list[Line] = [_EMPTY] if airy else []
        self.items: list[Item] = []
        self._running(aside.title, ("heading",))
        self._running(aside.facts, ("facts",))
        for part in aside.parts:
            self._part(part)
        self.lines.append(_EMPTY)

    def _part(self, part: Part) -> None:
        if part.document is not None:
            self._document(part.document, part.targets)
            return
        if not part.rows:
            return
        self.lines.append(_EMPTY)
        if part.heading:
            self._running(part.heading, ("subheading",))
            if not part.flowing:
                self.lines.append(_EMPTY)
        if part.flowing:
            self._flow(part.rows)
            return
        marks = max(cell_width(row.mark) for row in part.rows)
        for number, row in enumerate(part.rows):
            if number and not part.dim:
                self.lines.append(_EMPTY)
            self._row(row, marks, dim=part.dim)

    def _document(self, document: Document, targets: tuple[Target, ...]) -> None:
        """Set blocks as a page does; its numbers are items."""
        layout = Layout(document, self.measure)
        layout.lay()
        if layout.lines:
            self.lines.append(_EMPTY)
        first = len(self.lines)
        self.lines += [_with_doubt(line) for line in layout.lines]
        for link in links_on(self.lines.__getitem__, first, len(self.lines)):
            number = link.target.removeprefix("#")
            if link.target != number and number.isdecimal() and 0 < int(number) <= len(targets):
                self.items.append(Item(targets[int(number) - 1], link.parts, whole=False))

    def _row(self, row: Row, marks: int, *, dim: bool) -> None:
        first = len(self.lines)
        indent = marks + _GAP if marks and self.measure - marks - _GAP >= _LEAST else 0
        mark = Piece(row.mark.ljust(indent + len(row.mark) - cell_width(row.mark)), ("marker",)) if indent else None
        margin = Margin(None, Piece(" " * indent), mark) if indent else Margin()
        self._running(row.text, ("facts",) if dim else (), margin)
        if row.note:
            self._running(row.note, ("facts",), Margin(None, Piece(" " * indent)) if indent else Margin())
        if row.target is not None and len(self.lines) > first:
            lines = range(first, len(self.lines))
            self.items.append(Item(row.target, tuple((each, *_words_of(self.lines[each])) for each in lines)))

    def _running(self, text: str, classes: tuple[str, ...], margin: Margin | None = None) -> None:
        if text:
            self.lines += _set(text, self.measure, classes, margin or Margin())

    def _flow(self, rows: tuple[Row, ...]) -> None:
        """Set names beside each other, as many on a line as there is room for; each is whole."""
        pieces: list[Piece] = []
        width = 0
        for row in rows:
            name = truncate(one_line(row.text), max(_LEAST // 2, int(self.measure * _NAMED)))
            note = f" {row.note}" if row.note else ""
            size = cell_width(name) + cell_width(note)
            if pieces and width + _GAP + size > self.measure:
                self._close(pieces)
                pieces, width = [], 0
            if pieces:
                pieces.append(Piece(" " * _GAP))
                width += _GAP
            begin, end = isolates(name, rightward=False)
            at = sum(len(piece.text) for piece in (*pieces, *begin))
            pieces += [*begin, Piece(name), *end, Piece(note, ("facts",))]
            width += size
            if row.target is not None:
                here = len(self.lines)
                self.items.append(Item(row.target, ((here, at, at + len(name)),), whole=False))
        self._close(pieces)

    def _close(self, pieces: list[Piece]) -> None:
        if pieces:
            self.lines.append(Line(tuple(pieces)))


def _set(text: str, measure: int, classes: tuple[str, ...], margin: Margin) -> Iterator[Line]:
    yield from BlockSetter(0, measure).running(Text(one_line(text, _LONGEST)), margin, classes)


def _with_doubt(line: Line) -> Line:
    """A line on which what leads nowhere looks so."""
    if not any(piece.link == _NOWHERE for piece in line.body):
        return line
    pieces = (Piece(each.text, ("doubt",), each.link) if each.link == _NOWHERE else each for each in line.body)
    return replace(line, held=tuple(pieces))


def _words_of(line: Line) -> tuple[int, int]:
    """The first character of a line that is no mark and no margin, and the one after the last."""
    lead = sum(len(piece.text) for piece in line.lead)
    return lead, lead + len(line.words)
