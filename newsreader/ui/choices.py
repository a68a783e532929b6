"""One-line rows to choose from: what a name is, the name, words about it, and the key that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment

from newsreader.text import cell_width, truncate
from newsreader.ui.pieces import in_place
from newsreader.ui.rows import Rows
from newsreader.ui.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

_NAME: Final = 0.4  # of the width at least for names, where there are words about them
_GAP: Final = 2


class Choice(NamedTuple):
    """A row. Its sign is a character that tells without colours what kind it is."""

    name: str
    aside: str = ""
    key: str = ""
    sign: str = ""


class ChoiceRows(Rows[int]):
    """Rows of one line, known by their numbers."""

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        self._choices = choices
        self._widest = max((cell_width(each.name) for each in choices), default=0)
        self._keys = max((cell_width(each.key) for each in choices), default=0)
        self._signs = any(each.sign for each in choices)

    def __len__(self) -> int:
        return len(self._choices)

    @property
    def lines(self) -> int:
        """As many as rows."""
        return len(self._choices)

    def top(self, row: int) -> int:
        """Its line."""
        return row

    def height(self, row: int) -> int:
        """One line."""
        del row
        return 1

    def body(self, row: int) -> int:
        """One line."""
        del row
        return 1

    def row_at(self, line: int) -> int:
        """The row of a line."""
        return line

    def key(self, row: int) -> int | None:
        """Its number."""
        return row

    def find(self, key: int) -> int | None:
        """The row of a number."""
        return key if 0 <= key < len(self._choices) else None

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Sign, name and words from the left, the key at the right."""
        del line
        this = self._choices[row]
        dim = style("list--dim")
        lead = f" {this.sign or ' '} " if self._signs else " "
        room = max(0, width - cell_width(lead) - self._keys - _GAP - 1)
        column = min(self._widest, max(round(room * _NAME), room - 40)) if this.aside else room
        name = truncate(this.name, min(room, max(column, 0)))
        filler = " " * max(0, min(column, room) - cell_width(name))
        left = room - cell_width(name) - len(filler) - _GAP
        aside = truncate(this.aside, left) if this.aside and left > 0 else ""
        rest = " " * max(0, room - cell_width(name) - len(filler) - (cell_width(aside) + _GAP if aside else 0))
        words = f"{filler}{' ' * _GAP}{in_place(aside)}{rest}" if aside else f"{filler}{rest}"
        return [
            Segment(lead, style("list--mark")),
            Segment(in_place(name), style("list--title")),
            Segment(words, dim),
            Segment(f"{' ' * (_GAP + self._keys - cell_width(this.key))}{this.key} ", style("list--title")),
        ]


class ChoiceList(VirtualList[int], can_focus=False):
    """The rows, in a list that leaves the focus where it is; a click takes one."""

    def __init__(self, taken: Callable[[int], None], *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(ChoiceRows(), id=id)
        self._taken = taken

    def put(self, choices: Sequence[Choice], *, chosen: int | None = 0) -> None:
        """Show these, with the cursor on one of them or on none."""
        self.show(ChoiceRows(choices), cursor=chosen)
        if chosen is None:
            self.cursor_row = -1

    def row_clicked(self, key: int, column: int) -> None:
        """Tell who shows the rows."""
        del column
        self._taken(key)
