"""Picking one of several: type to narrow the list, arrows to move, enter to take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.message import Message
from textual.widgets import Input

from newsreader.query.folding import bare
from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.dialogs.frame import Dialog, Hints
from newsreader.ui.dialogs.lists import ListKeys
from newsreader.ui.pieces import in_place
from newsreader.ui.rows import Rows
from newsreader.ui.virtual_list import VirtualList
from newsreader.ui.words import managing as words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to pick: what it is called here, its words, and dim what belongs to it."""

    id: str
    words: str
    detail: str = ""


class PickRows(Rows[int]):
    """One line each: the words on the left, what belongs to them on the right."""

    def __init__(self, picks: Sequence[Pick] = ()) -> None:
        self._picks = picks

    def __len__(self) -> int:
        return len(self._picks)

    @property
    def lines(self) -> int:
        """One each."""
        return len(self)

    def top(self, row: int) -> int:
        """Its number."""
        return row

    def height(self, row: int) -> int:
        """One line."""
        del row
        return 1

    def body(self, row: int) -> int:
        """The same: there is no gap."""
        return self.height(row)

    def row_at(self, line: int) -> int:
        """The row of a line."""
        return line

    def key(self, row: int) -> int | None:
        """Its number."""
        return row

    def find(self, key: int) -> int | None:
        """The row of a number."""
        return key if key < len(self) else None

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """The words, and the detail where it has room."""
        del line
        pick = self._picks[row]
        name = truncate(one_line(pick.words), max(0, width - 4))
        room = width - 4 - cell_width(name)
        detail = truncate(one_line(pick.detail), max(0, room - 2)) if room > 8 else ""
        filler = " " * max(0, room - cell_width(detail))
        return [
            Segment(f"  {in_place(name)}{filler}", style("list--title")),
            Segment(f"{detail}  ", style("list--dim")),
        ]


class PickList(VirtualList[int]):
    """What can be picked; a click takes it."""

    class Taken(Message):
        """The person clicked on this."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def __init__(self) -> None:
        super().__init__(PickRows(), id="picks")

    def row_clicked(self, key: int, column: int) -> None:
        """Take it."""
        del column
        self.post_message(self.Taken(key))


class PickScreen(Dialog[str], ListKeys[PickList]):
    """Closes with the id of what was picked. A few need no line that `narrows` them.

    `new` makes something of a text that is none of what is there.
    """

    PAGE = "#picks"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,tab", "move(1)", "down"),
        ("up,shift+tab", "move(-1)", "up"),
        ("pagedown", "page(1)", "page down"),
        ("pageup", "page(-1)", "page up"),
        ("j", "move(1)", "down"),
        ("k", "move(-1)", "up"),
        ("enter", "take", "take"),
    ]

    def __init__(
        self,
        heading: str,
        picks: Sequence[Pick],
        *,
        hint: str = "",
        new: Callable[[str], Pick] | None = None,
        narrows: bool = True,
    ) -> None:
        super().__init__()
        self._heading = heading
        self._picks = tuple(picks)
        self._shown: tuple[Pick, ...] = self._picks
        self._hint = hint
        self._new = new
        self._narrows = narrows
        self._list = PickList()

    @property
    def heading(self) -> str:
        """What is picked."""
        return self._heading

    def content(self) -> list[Widget]:
        """The line that narrows, the list, the keys."""
        line = [Input(placeholder=self._hint or words.TYPE_TO_NARROW, compact=True)] if self._narrows else []
        return [*line, self._list, Hints(words.MOVE, words.TAKE, words.LEAVE)]

    def on_mount(self) -> None:
        """Show all of it."""
        self._list.say(words.NOTHING_SUCH)
        self._list.show(PickRows(self._shown), cursor=0)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        text = one_line(event.value)
        wanted = bare(text)
        named = [(bare(pick.words), pick) for pick in self._picks]
        begun = [pick for name, pick in named if name.startswith(wanted)]
        inside = [pick for name, pick in named if wanted in name and not name.startswith(wanted)]
        new = [self._new(text)] if self._new and text and wanted not in {name for name, _ in named} else []
        self._shown = (*begun, *inside, *new)
        self._list.show(PickRows(self._shown), cursor=0)
        self.fit()

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take what the cursor is on."""
        if (cursor := self._list.cursor) is not None:
            self.dismiss(self._shown[cursor].id)

    @on(PickList.Taken)
    def _click(self, event: PickList.Taken) -> None:
        self.dismiss(self._shown[event.number].id)
