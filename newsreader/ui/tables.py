"""Tables as lines: real columns where they fit, one record a row where they would be too narrow to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from newsreader.document.columns import GAP, MIN_COLUMN, column_widths, is_numeric
from newsreader.document.direction import reads_right_to_left
from newsreader.document.wrapping import wrap
from newsreader.ui.typesetting import Piece, Setting, isolates, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsreader.document.blocks import Table


class TableLine(NamedTuple):
    """A line of a table: its pieces, and the character of the table's text (cells in reading order) it begins at."""

    pieces: tuple[Piece, ...]
    offset: int


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
    columns = max((len(row.cells) for row in rows), default=0)
    if not columns:
        return
    widths = column_widths(([cell.plain for cell in row.cells] for row in rows), columns, width)
    if widths:
        yield from _columns(rows, widths)
    else:
        yield from _records(rows, width)


def _rows(table: Table) -> list[_Row]:
    rows = []
    offset = 0
    for number, row in enumerate(table.rows):
        heading = number < table.header
        cells = [set_text(cell, ("table-head",) if heading else ()) for cell in row]
        rows.append(_Row(cells, offset, heading))
        offset += sum(len(cell.plain) for cell in cells)
    return rows


def _columns(rows: list[_Row], widths: list[int]) -> Iterator[TableLine]:
    right = [_holds_numbers(rows, column) for column in range(len(widths))]
    laid = [
        (row, [list(wrap(cell.plain, size)) for cell, size in zip(row.cells, widths, strict=False)]) for row in rows
    ]
    airy = any(len(lines) > 1 for row, cells in laid if not row.heading for lines in cells)
    last = len(rows) - 1
    for number, (row, cells) in enumerate(laid):
        height = max(map(len, cells), default=1)
        limit = max(sum(len(cell.plain) for cell in row.cells) - 1, 0)
        for index in range(height):
            yield TableLine(tuple(_row_line(row, cells, widths, right, index)), row.offset + min(index, limit))
        end = row.offset + limit
        if row.heading and number < last and not rows[number + 1].heading:
            yield TableLine(tuple(_rule(widths)), end)
        elif airy and number < last and not row.heading:
            yield TableLine((), end)


def _row_line(
    row: _Row, cells: list[list[tuple[int, int]]], widths: list[int], right: Sequence[bool], index: int
) -> Iterator[Piece]:
    """Give the pieces of line `index` of a row, each cell filled up to its column; nothing follows the last words."""
    waiting = 0
    for column, lines in enumerate(cells):
        start, end = lines[index] if index < len(lines) else (0, 0)
        size = cell_len(row.cells[column].plain[start:end])
        room = widths[column] - size
        if size:
            before = waiting + (room if right[column] else 0)
            if before:
                yield Piece(" " * before)
            words = row.cells[column].plain[start:end]
            begin, finish = isolates(words, rightward=reads_right_to_left(words))
            yield from (*begin, *row.cells[column].pieces(start, end), *finish)
            waiting = GAP + (0 if right[column] else room)
        else:
            waiting += widths[column] + GAP


def _rule(widths: list[int]) -> Iterator[Piece]:
    for column, size in enumerate(widths):
        if column:
            yield Piece(" " * GAP)
        yield Piece("─" * size, ("rule",))


def _holds_numbers(rows: list[_Row], column: int) -> bool:
    return is_numeric(row.cells[column].plain for row in rows if not row.heading and column < len(row.cells))


def _records(rows: list[_Row], width: int) -> Iterator[TableLine]:
    """Lay each row out as a record, one cell below the other, each after the heading of its column."""
    headings = [row for row in rows if row.heading]
    labels = headings[-1].cells if headings and len(headings) < len(rows) else []
    body = [row for row in rows if not (labels and row is headings[-1])]
    for number, row in enumerate(body):
        offset = row.offset
        for column, cell in enumerate(row.cells):
            label = labels[column].plain.replace("\n", " ").strip() if column < len(labels) else ""
            indent = 2 if column else 0
            if cell.plain.strip() or (label and row is body[0]):
                yield from _field(label, cell, indent, offset, width)
            offset += len(cell.plain)
        if number < len(body) - 1:
            yield TableLine((), offset)


def _field(label: str, cell: Setting, indent: int, offset: int, width: int) -> Iterator[TableLine]:
    """Lay one cell out as "label: words", the words hanging below each other."""
    indent = indent if width > 4 * MIN_COLUMN else 0
    head = f"{label}: " if label else ""
    size = cell_len(head)
    first = (Piece(" " * indent), Piece(head, ("label",))) if head else (Piece(" " * indent),)
    if size > width // 2:
        for start, end in wrap(head.rstrip(), max(width - indent, 2)):
            yield TableLine((Piece(" " * indent), Piece(head[start:end], ("label",))), offset)
        indent = min(indent + 2, width // 4)
        size = 0
        first = (Piece(" " * indent),)
    for start, end in wrap(cell.plain, max(width - indent - size, 2)):
        words = cell.plain[start:end]
        begin, finish = isolates(words, rightward=reads_right_to_left(words))
        yield TableLine((*first, *begin, *cell.pieces(start, end), *finish), offset + start)
        first = (Piece(" " * (indent + size)),)
