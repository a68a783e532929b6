"""How wide the columns of a table are, and which of them hold numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MIN_COLUMN: Final = 6  # cells: narrower columns hold no words
GAP: Final = 2  # cells between columns
_WORD: Final = 14  # cells: words up to this length are kept whole when a column is narrowed
_NUMBER: Final = re.compile(
    r"[-+−±~<>≈]?\s?[$€£¥]?\s?\d[\d.,\s'’]*\s?(%|‰|[a-zA-Zµ°€$£¥]{1,3})?|[-–—]|n/?a|", re.IGNORECASE
)


def column_widths(rows: Iterable[Sequence[str]], columns: int, width: int | None) -> list[int] | None:
    """Give each column its natural width, the widest ones less until all fit; None if one would be too narrow.

    Without a width, none is made less.
    """
    room = None if width is None else width - GAP * (columns - 1)
    if room is not None and room < columns:
        return None
    natural, words = [1] * columns, [1] * columns
    for row in rows:
        for column, cell in enumerate(row):
            for line in cell.split("\n"):
                size = cell_len(line)
                natural[column] = max(natural[column], size if width is None else min(size, width))
                longest = max(map(cell_len, line.split()), default=0) if size > words[column] else 0
                words[column] = max(words[column], min(longest, _WORD))
    if room is None:
        return natural
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


def is_numeric(cells: Iterable[str]) -> bool:
    """Whether the cells of a column, without its headings, are numbers, which stand at the right."""
    stripped = [cell.strip() for cell in cells]
    return any(any(map(str.isdigit, cell)) for cell in stripped) and all(map(_NUMBER.fullmatch, stripped))
