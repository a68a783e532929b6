"""The rows of a list, pulled by number: what a list over any number of them needs to know to paint those in sight."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.segment import Segment
    from rich.style import Style

K = TypeVar("K")


class Rows(ABC, Generic[K]):
    """What a VirtualList shows. A row has `height` lines, of which `body` are shown as chosen under the cursor."""

    @abstractmethod
    def __len__(self) -> int: ...

    @property
    @abstractmethod
    def lines(self) -> int:
        """The height of all rows together."""

    @abstractmethod
    def top(self, row: int) -> int:
        """The first line of a row."""

    @abstractmethod
    def height(self, row: int) -> int:
        """The lines of a row, a gap below it included."""

    @abstractmethod
    def body(self, row: int) -> int:
        """The lines of a row without the gap."""

    @abstractmethod
    def row_at(self, line: int) -> int:
        """The row to which a line belongs."""

    @abstractmethod
    def key(self, row: int) -> K | None:
        """What the row is about; None for a row that cannot be chosen (a heading)."""

    @abstractmethod
    def find(self, key: K) -> int | None:
        """The row about a key, if there is one."""

    @abstractmethod
    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Line `line` (from 0) of a row in at most `width` cells; `style` gives the look of a component by its name."""

    def next_from(self, row: int, step: int) -> int:
        """The nearest row in a direction (1 or -1) that can be chosen, or the same row again."""
        further = row + step
        while 0 <= further < len(self):
            if self.key(further) is not None:
                return further
            further += step
        return row

    def walk(self, row: int, steps: int) -> int:
        """The row that so many steps from one that can be chosen to the next lead to, or the last on the way."""
        for _ in range(abs(steps)):
            further = self.next_from(row, 1 if steps > 0 else -1)
            if further == row:
                break
            row = further
        return row
