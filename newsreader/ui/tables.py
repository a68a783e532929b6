"""Tables as lines: real columns where they fit, one record a row where they would be too narrow to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from newsreader.ui.typesetting import Piece, Setting, set_text
from newsreader.ui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsreader.document.blocks import Table

MIN_COLUMN: Final = 6  # cells: narrower columns hold no words
_GAP: Final = 2  # cells between columns
_WORD: Final = 14  # cells: words up to this length are kept whole when a column is narrowed
_NUMBER: Final = re.compile(
    r"[-+−±~<>≈]?\s?[$€£¥]?\s?\d[\d.,\s'’]*\s?(%|‰|[a-zA-Zµ°€$£¥]{1,3})?|[-–—]|n/?a|", re.IGNORECASE
)


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
    widths = _column_widths(rows, columns, width)
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


def _column_widths(rows: list[_Row], columns: int, width: int) -> list[int] | None:
    """Give each column its natural width, the widest ones less until all fit; None if one would be too narrow."""
    room = width - _GAP * (columns - 1)
    if room < columns:
        return None
    natural, words = [1] * columns, [1] * columns
    for row in rows:
        for column, cell in enumerate(row.cells):
            for line in cell.plain.split("\n"):
                natural[column] = max(natural[column], min(cell_len(line), width))
                longest = max(map(cell_len, line.split()), default=0)
                words[column] = max(words[column], min(longest, _WORD))
    for floors in (words, [min(MIN_COLUMN, size) for size in natural]):
        widths = _shrunk(
            natural, [max(floor, min(MIN_COLUMN, size)) for floor, size in zip(floors, natural, strict=True)], room
        )
        if widths:
            return widths
    return None


def _shrunk(natural: list[int], floors: list[int], room: int) -> list[int] | None:
    """Take cells from the widest columns until the sum fits; None if the floors do not allow it."""
    if sum(floors) > room:
        return None
    widths = list(natural)
    excess = sum(widths) - room
    while excess > 0:
        column = max((c for c in range(len(widths)) if widths[c] > floors[c]), key=widths.__getitem__)
        widths[column] -= 1
        excess -= 1
    return widths


def _columns(rows: list[_Row], widths: list[int]) -> Iterator[TableLine]:
    right = [_is_numeric(rows, column) for column in range(len(widths))]
    laid = [(row, [wrap(cell.plain, size) for cell, size in zip(row.cells, widths, strict=False)]) for row in rows]
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
            yield from row.cells[column].pieces(start, end)
            waiting = _GAP + (0 if right[column] else room)
        else:
            waiting += widths[column] + _GAP


def _rule(widths: list[int]) -> Iterator[Piece]:
    for column, size in enumerate(widths):
        if column:
            yield Piece(" " * _GAP)
        yield Piece("─" * size, ("rule",))


def _is_numeric(rows: list[_Row], column: int) -> bool:
    """Whether the body of a column is numbers, which stand at the right."""
    cells = [row.cells[column].plain.strip() for row in rows if not row.heading and column < len(row.cells)]
    return any(any(map(str.isdigit, cell)) for cell in cells) and all(_NUMBER.fullmatch(cell) for cell in cells)


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
        yield TableLine((*first, *cell.pieces(start, end)), offset + start)
        first = (Piece(" " * (indent + size)),)
