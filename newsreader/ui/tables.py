"""Tables as lines: real columns where they fit, one record a row where they would be too narrow to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from newsreader.document.blocks import Text
from newsreader.document.columns import GAP, MIN_COLUMN, column_widths, headings, is_airy, numeric_columns, spanned
from newsreader.document.direction import reads_right_to_left
from newsreader.document.wrapping import wrap
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.typesetting import Setting, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.document.blocks import Table


class TableLine(NamedTuple):
    """A line of a table: its pieces, and the character of the table's text (cells in reading order) it begins at."""

    pieces: tuple[Piece, ...]
    offset: int


class _Cell(NamedTuple):
    setting: Setting
    width: int
    right: bool
    lines: list[tuple[int, int]]


class _Row(NamedTuple):
    cells: list[Setting]
    offset: int
    heading: bool


def table_text(table: Table) -> str:
    """The text of a table that offsets count in: its cells in reading order, without anything between them."""
    return "".join(set_text(cell).plain for row in table.rows for cell in row)


def table_anchors(table: Table) -> Iterator[tuple[str, int]]:
    """The ids that links lead to, in the cells of a table, with the character of its text where each is."""
    for row in _rows(table):
        offset = row.offset
        for cell in row.cells:
            yield from ((name, offset + place) for name, place in cell.anchors)
            offset += len(cell.plain)


def table_lines(table: Table, width: int) -> Iterator[TableLine]:
    """Lay a table out in `width` cells; its caption is not among the lines."""
    rows = _rows(table)
    if not rows or not rows[0].cells:
        return
    words = [[cell.plain for cell in row.cells] for row in rows]
    widths = column_widths(table, words, width)
    if widths:
        space = width - spanned(widths, 0, len(widths)) if table.rightward else 0
        lead = (Piece(" " * space),) if space > 0 else ()  # what runs from right to left begins at the right
        for line in _columns(table, rows, widths, numeric_columns(table, words)):
            yield TableLine((*lead, *line.pieces), line.offset) if line.pieces else line
    else:
        yield from _records([_label(name) for name in headings(table)], rows, width)


def _rows(table: Table) -> list[_Row]:
    rows = []
    offset = 0
    for number, row in enumerate(table.rows):
        heading = number < table.header
        cells = [set_text(cell, ("table-head",) if heading else ()) for cell in row]
        rows.append(_Row(cells, offset, heading))
        offset += sum(len(cell.plain) for cell in cells)
    return rows


def _columns(table: Table, rows: list[_Row], widths: list[int], right: list[bool]) -> Iterator[TableLine]:
    spans = {(number, first): count for number, first, count in table.spans}
    laid = [_placed(row, number, widths, right, spans, rightward=table.rightward) for number, row in enumerate(rows)]
    heights = [max(len(cell.lines) for cell in cells) for cells in laid]
    airy = is_airy(heights[table.header :])
    last = len(rows) - 1
    for number, (row, cells) in enumerate(zip(rows, laid, strict=True)):
        limit = max(sum(len(cell.plain) for cell in row.cells) - 1, 0)
        for index in range(heights[number]):
            yield TableLine(tuple(_row_line(cells, index)), row.offset + min(index, limit))
        end = row.offset + limit
        if row.heading and number < last and not rows[number + 1].heading:
            yield TableLine(tuple(_rule(widths[::-1] if table.rightward else widths)), end)
        elif airy and number < last and not row.heading:
            yield TableLine((), end)


def _placed(
    row: _Row, number: int, widths: list[int], right: list[bool], spans: dict[tuple[int, int], int], *, rightward: bool
) -> list[_Cell]:
    """Wrap the cells of a row in the widths of their columns, and give them from left to right."""
    cells = []
    column = 0
    while column < len(widths):
        count = spans.get((number, column), 1)
        size = spanned(widths, column, count)
        setting = row.cells[column]
        at_end = count == 1 and right[column]
        cells.append(_Cell(setting, size, at_end != rightward, list(wrap(setting.plain, size))))
        column += count
    return cells[::-1] if rightward else cells


def _row_line(cells: list[_Cell], index: int) -> Iterator[Piece]:
    """Give the pieces of line `index` of a row, each cell filled up to its column; nothing follows the last words."""
    waiting = 0
    for cell in cells:
        start, end = cell.lines[index] if index < len(cell.lines) else (0, 0)
        words = cell.setting.plain[start:end]
        room = cell.width - cell_len(words)
        if words:
            before = waiting + (room if cell.right else 0)
            if before:
                yield Piece(" " * before)
            begin, finish = isolates(words, rightward=reads_right_to_left(words))
            yield from (*begin, *cell.setting.pieces(start, end), *finish)
            waiting = GAP + (0 if cell.right else room)
        else:
            waiting += cell.width + GAP


def _rule(widths: list[int]) -> Iterator[Piece]:
    for column, size in enumerate(widths):
        if column:
            yield Piece(" " * GAP)
        yield Piece("─" * size, ("rule",))


def _label(name: Text) -> Setting | None:
    return set_text(Text(f"{name.text}:", name.spans), ("label",)) if name.text.strip() else None


def _records(names: list[Setting | None], rows: list[_Row], width: int) -> Iterator[TableLine]:
    """Lay each row out as a record, one cell below the other, each after the heading of its column.

    The first record has all headings, even those of columns in which it has nothing.
    """
    body = [row for row in rows if not row.heading] or rows
    names = names if body is not rows or not rows[0].heading else [None] * len(names)
    for number, row in enumerate(body):
        offset = row.offset
        for column, cell in enumerate(row.cells):
            if cell.plain.strip() or (names[column] and not number):
                yield from _field(names[column], cell, 2 if column else 0, offset, width)
            offset += len(cell.plain)
        if number < len(body) - 1:
            yield TableLine((), offset)


def _field(label: Setting | None, cell: Setting, indent: int, offset: int, width: int) -> Iterator[TableLine]:
    """Lay one cell out as "label: words", the words hanging below each other."""
    indent = indent if width > 4 * MIN_COLUMN else 0
    first: tuple[Piece, ...] = (Piece(" " * indent),)
    size = 0
    if label is not None:
        size = cell_len(label.plain) + 1
        if size > width // 2:
            for start, end in wrap(label.plain, max(width - indent, 2)):
                yield TableLine((Piece(" " * indent), *label.pieces(start, end)), offset)
            indent = min(indent + 2, width // 4)
            size = 0
            first = (Piece(" " * indent),)
        else:
            first = (*first, *label.pieces(0, len(label.plain)), Piece(" ", ("label",)))
    for start, end in wrap(cell.plain, max(width - indent - size, 2)):
        words = cell.plain[start:end]
        begin, finish = isolates(words, rightward=reads_right_to_left(words))
        yield TableLine((*first, *begin, *cell.pieces(start, end), *finish), offset + start)
        first = (Piece(" " * (indent + size)),)
