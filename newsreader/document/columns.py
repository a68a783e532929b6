"""How wide the columns of a table are, which of them hold numbers, and what their headings are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from newsreader.document.blocks import Text
from newsreader.document.runs import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.document.blocks import Table

    Rows = Sequence[Sequence[str]]
    """The words of a table as they are shown."""

MIN_COLUMN: Final = 6  # cells: narrower columns hold no words
GAP: Final = 2  # cells between columns
_WORD: Final = 14  # cells: words up to this length are kept whole in a column, longer ones where there is room
_SHORTER: Final = 9  # the same where the table has no headings, and would be a mere list
_MOSTLY: Final = 2 / 3  # of the cells of a column: then the few words among its numbers stand at the right, too
_AIRY: Final = 4  # where one row in so many has more than one line, all of them stand apart
_UNIT: Final = r"(?:%|‰|[^\W\d_]{1,4}\.?(?:[ /][^\W\d_]{1,3}[²³]?)?[²³]?|[°µ$€£¥]\w{0,2})"
_NUMBER: Final = re.compile(
    rf"[-+−±~<>≈]?\s?[$€£¥]?\s?\d[\d.,\s'’]*\s?{_UNIT}?(?:\s?\([-+−±\d.,\s]*{_UNIT}?\))?|[-–—]|n/?a|",
    re.IGNORECASE,
)


def column_widths(table: Table, rows: Rows, width: int | None) -> list[int] | None:
    """Give each column its natural width, the widest ones less until all fit; None if one would be too narrow.

    Without a width, none is made less.
    """
    columns = len(rows[0])
    room = None if width is None else width - GAP * (columns - 1)
    if room is not None and room < columns:
        return None
    natural, words = _natural(table, rows, width)
    if room is None:
        return natural
    least = [min(MIN_COLUMN, size) for size in natural]
    for longest in (width or 0, _WORD) if table.header else (width or 0, _WORD, _SHORTER):
        floors = [max(min(word, longest), floor) for word, floor in zip(words, least, strict=True)]
        if widths := _shrunk(natural, floors, room):
            return widths
    return None


def _natural(table: Table, rows: Rows, width: int | None) -> tuple[list[int], list[int]]:
    """Measure the widest line and the longest word of each column; no column is wider than the page."""
    natural, words = [1] * len(rows[0]), [1] * len(rows[0])
    spanning = {(row, first): count for row, first, count in table.spans}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not cell or (number, column) in spanning:
                continue
            size = max(map(cell_len, cell.split("\n")))
            natural[column] = max(natural[column], size if width is None else min(size, width))
            if size > words[column]:
                words[column] = max(words[column], max(map(cell_len, cell.split()), default=0))
    for (number, first), count in spanning.items():
        size = max(map(cell_len, rows[number][first].split("\n")))
        missing = (size if width is None else min(size, width)) - spanned(natural, first, count)
        natural[first + count - 1] += max(missing, 0)
    return natural, words


def spanned(widths: Sequence[int], first: int, count: int) -> int:
    """Give the width of a cell that goes over several columns."""
    return sum(widths[first : first + count]) + GAP * (count - 1)


def _shrunk(natural: list[int], floors: list[int], room: int) -> list[int] | None:
    """Take cells from the widest columns until the sum fits; None if the floors do not allow it."""
    if sum(floors) > room:
        return None
    widths = list(natural)
    excess = sum(widths) - room
    while excess > 0:
        wide = [column for column, size in enumerate(widths) if size > floors[column]]
        most = max(widths[column] for column in wide)
        widest = [column for column in wide if widths[column] == most]
        # Down to the next widest, or as far as a floor allows, all of the widest together; the rest one by one.
        below = max(
            [widths[column] for column in wide if widths[column] < most] + [floors[column] for column in widest]
        )
        step = min(most - below, excess // len(widest))
        for column in widest if step else widest[:1]:
            widths[column] -= max(step, 1)
            excess -= max(step, 1)
    return widths


def is_airy(heights: Sequence[int]) -> bool:
    """Whether the rows of a table, by the lines that each has, need room between them to be told apart."""
    return sum(height > 1 for height in heights) * _AIRY >= max(len(heights), 1)


def numeric_columns(table: Table, rows: Rows) -> list[bool]:
    """Tell of each column whether its cells, without the headings, are numbers, which stand at the right."""
    spanning = {(row, first) for row, first, _ in table.spans}
    return [
        _is_numeric(
            [
                row[column].strip()
                for number, row in enumerate(rows)
                if number >= table.header and (number, column) not in spanning
            ]
        )
        for column in range(len(rows[0]))
    ]


def _is_numeric(cells: Iterable[str]) -> bool:
    said = [cell for cell in cells if cell]
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in said)
    return any(any(map(str.isdigit, cell)) for cell in said) and numbers >= _MOSTLY * len(said)


def headings(table: Table) -> list[Text]:
    """Give the heading of each column on one line: of all rows of headings, those over several columns too."""
    found: list[list[Text]] = [[] for _ in table.rows[0]] if table.rows else []
    spanning = {(row, first): count for row, first, count in table.spans}
    for number, row in enumerate(table.rows[: table.header]):
        for column, cell in enumerate(row):
            words = Text(cell.text.replace("\n", " "), cell.spans)
            for covered in found[column : column + spanning.get((number, column), 1)]:
                if words.text and all(words.text != other.text for other in covered):
                    covered.append(words)
    return [joined(parts, " ") for parts in found]
