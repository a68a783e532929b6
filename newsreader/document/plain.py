"""A Document as plain text: for pipes, for screen readers, for counting and for search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Document,
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
from newsreader.document.columns import GAP, column_widths, headings, is_airy, numeric_columns, spanned
from newsreader.document.inline import Style, write
from newsreader.document.numbering import goes_on, labels
from newsreader.document.words import texts_of
from newsreader.document.wrapping import tab_size, wrap
from newsreader.text import cell_width, lowered, raised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TABLE_WIDTH: Final = 80  # cells: nobody finds the way along a wider row, and a screen reader reads the gaps
_MIN_WIDTH: Final = 12  # cells: quotations in lists in quotations leave at least this much
_SHIFTED: Final = {Mark.SUPERSCRIPT: raised, Mark.SUBSCRIPT: lowered}


class _Room(NamedTuple):
    """The cells that there are: for running text, None where it is not wrapped, and for tables."""

    text: int | None
    table: int

    def beside(self, prefix: str) -> _Room:
        """Give the room that is left beside what every line begins with."""
        table = max(self.table - cell_width(prefix), _MIN_WIDTH)
        return _Room(None if self.text is None else table, table)


def to_plain(document: Document, width: int | None = None) -> str:
    """Write a document as plain text, wrapped at `width` cells (None: not wrapped), without a newline at its end.

    Code is never wrapped; tables are aligned by cells, and become records where the width is too small for them.
    Not even without a width is a table wider than TABLE_WIDTH.
    """
    table = max(TABLE_WIDTH if width is None else width, _MIN_WIDTH)
    return "\n".join(_blocks(document.blocks, _Room(None if width is None else table, table)))


def plain_text(document: Document) -> str:
    """Give only the words of a document, a line each stretch: for counting and for search."""
    return "\n".join(text.text for text in texts_of(document.blocks) if text.text)


def wrapped(text: str, width: int | None) -> list[str]:
    """Break text into lines of at most `width` cells."""
    return text.split("\n") if width is None else [text[start:end] for start, end in wrap(text, width)]


def _shown(text: Text) -> str:
    """Give running text as plain characters: what is raised or lowered in Unicode's own, what was deleted marked so."""
    if not any(span.mark in _SHIFTED or span.mark is Mark.DELETED for span in text.spans):
        return text.text
    return write(text, _STYLE)


def _same(text: str) -> str:
    return text


def _marked(span: Span, content: str) -> str:
    if span.mark is Mark.DELETED:
        return f"~~{content}~~"
    return _SHIFTED.get(span.mark, _same)(content)


_STYLE: Final = Style(_same, _marked)


def _blocks(blocks: Iterable[Block], room: _Room) -> Iterator[str]:
    """Give the lines of blocks, an empty one between two of them."""
    before: Block | None = None
    for block in blocks:
        if before is not None and not goes_on(before, block):
            yield ""
        before = block
        yield from _block(block, room)


def _block(block: Block, room: _Room) -> Iterator[str]:
    match block:
        case Paragraph(content):
            yield from wrapped(_shown(content), room.text)
        case Heading(level, content):
            lines = wrapped(_shown(content), room.text)
            yield from lines
            if level <= 2:
                yield "=-"[level - 1] * max(map(cell_width, lines))
        case Code(text):
            tab = tab_size(text)
            yield from (f"    {line.expandtabs(tab)}".rstrip() for line in text.split("\n"))
        case Quote(blocks):
            yield from _indented(blocks, "> ", "> ", room)
        case ListBlock(items):
            yield from _list(items, labels(block), room)
        case Definitions(items):
            for term, meaning in items:
                yield from wrapped(_shown(term), room.text) if term.text else ()
                yield from _indented(meaning, "    ", "    ", room)
        case Table():
            yield from _table(block, room)
        case Figure():
            yield from _figure(block, room)
        case Media(kind, url, label):
            yield from wrapped(f"[{kind.capitalize()}: {label}]" if label else f"[{kind.capitalize()}]", room.text)
            yield url
        case Rule():
            yield "* * *"


def _figure(figure: Figure, room: _Room) -> Iterator[str]:
    """Say what a picture shows; its caption follows unless it says the same."""
    words, caption = figure.alternative, _shown(figure.caption)
    if words.casefold() in caption.casefold():
        words, caption = caption, ""
    yield from wrapped(f"[Image: {words}]" if words else "[Image]", room.text)
    yield from wrapped(caption, room.text) if caption else ()


def _indented(blocks: Sequence[Block], first: str, rest: str, room: _Room) -> Iterator[str]:
    prefix = first
    for line in _blocks(blocks, room.beside(rest)):
        yield (prefix + line).rstrip()
        prefix = rest


def _list(items: Sequence[tuple[Block, ...]], numbers: Sequence[str], room: _Room) -> Iterator[str]:
    """Write items under each other; with an empty line between them where one has more than a paragraph and a list."""
    spaced = any(sum(not isinstance(block, ListBlock) for block in item) > 1 for item in items)
    marks = [f"{number} " for number in numbers] or ["• "] * len(items)
    indent = " " * max(map(len, marks))
    for index, item in enumerate(items):
        if index and spaced:
            yield ""
        lines = _indented(item, marks[index].rjust(len(indent)), indent, room)
        yield from lines if spaced else (line for line in lines if line)


def _table(table: Table, room: _Room) -> Iterator[str]:
    if table.caption.text:
        yield from wrapped(_shown(table.caption), room.text)
        yield ""
    rows = [tuple(map(_shown, row)) for row in table.rows]
    widths = column_widths(table, rows, room.text)
    if widths is None or spanned(widths, 0, len(widths)) > room.table:
        yield from _records([_shown(name) for name in headings(table)], rows[table.header :], room.table)
        return
    laid = _placed(table, rows, widths)
    heights = [max(len(lines) for _, _, lines in cells) for cells in laid]
    airy = is_airy(heights[table.header :])
    for number, cells in enumerate(laid):
        for index in range(heights[number]):
            line = ((lines[index] if index < len(lines) else "", size, side) for size, side, lines in cells)
            yield (" " * GAP).join(_padded(text, size, right=side) for text, size, side in line).rstrip()
        if number == table.header - 1:
            yield (" " * GAP).join("-" * size for size in widths)
        elif airy and table.header <= number < len(laid) - 1:
            yield ""


def _placed(
    table: Table, rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> list[list[tuple[int, bool, list[str]]]]:
    """Give the cells of each row: how wide it is, whether it stands at the right, its lines."""
    right = numeric_columns(table, rows)
    spans = {(number, first): count for number, first, count in table.spans}
    laid = []
    for number, row in enumerate(rows):
        cells = []
        column = 0
        while column < len(row):
            count = spans.get((number, column), 1)
            size = spanned(widths, column, count)
            cells.append((size, count == 1 and right[column], wrapped(row[column], size)))
            column += count
        laid.append(cells)
    return laid


def _padded(text: str, size: int, *, right: bool) -> str:
    space = " " * (size - cell_width(text))
    return space + text if right else text + space


def _records(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Write each row as lines of "heading: value"; the first has all headings, even those of empty columns."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, cell in zip(names, row, strict=True):
            if cell or (name and not number):
                yield from wrapped(f"{name}: {cell}".rstrip() if name else cell, width)
