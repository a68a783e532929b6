"""Rows of one height, known by their numbers: the lists of dialogs."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from newsreader.ui.rows import Rows

HEIGHT: Final = 3  # lines of a row, the gap below it included


class EvenRows(Rows[int]):
    """Two lines a row, and a gap. Subclasses say how many there are, and draw them."""

    @abstractmethod
    def __len__(self) -> int: ...

    @property
    def lines(self) -> int:
        """Their height together, without the last gap."""
        return max(0, len(self) * HEIGHT - 1)

    def top(self, row: int) -> int:
        """The first line of a row."""
        return row * HEIGHT

    def height(self, row: int) -> int:
        """Its lines and the gap."""
        return min(HEIGHT, self.lines - row * HEIGHT)

    def body(self, row: int) -> int:
        """Its lines."""
        del row
        return HEIGHT - 1

    def row_at(self, line: int) -> int:
        """The row of a line."""
        return line // HEIGHT

    def key(self, row: int) -> int | None:
        """Its number."""
        return row

    def find(self, key: int) -> int | None:
        """The row of a number."""
        return key if key < len(self) else None
