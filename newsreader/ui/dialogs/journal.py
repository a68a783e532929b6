"""The journal: all that was done in the last ninety days, in every window, and what takes any of it back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from rich.segment import Segment
from textual import on
from textual.widgets import Input

from newsreader.bounds import JOURNAL_SHOWN
from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.dialogs.even_rows import HEIGHT, EvenRows
from newsreader.ui.dialogs.frame import Dialog, Hints, Saying
from newsreader.ui.dialogs.lists import ListKeys, TakingList
from newsreader.ui.signs import marked
from newsreader.ui.steps import turned_whole
from newsreader.ui.words import dialogs
from newsreader.ui.words import journal as words
from newsreader.ui.words.journal import outcome, what, when
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rich.style import Style
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import Action, Change
    from newsreader.ui.library import Library

_LONGEST: Final = 400  # characters of a sentence


class Ground(Protocol):
    """What the journal needs of the screen below it."""

    library: Library
    clock: Callable[[], float]

    async def apply(self, change: Change) -> None:
        """Repaint what a change touched."""


class ActionRows(EvenRows):
    """Two lines an action, and a gap: what was done; when, where, and whether it was undone."""

    def __init__(self, actions: tuple[Action, ...] = (), now: int = 0, window: str = "") -> None:
        self._actions = actions
        self._now = now
        self._window = window

    def __len__(self) -> int:
        return len(self._actions)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """The sentence, and what there is to say of it; what was undone is dim."""
        if line == HEIGHT - 1:
            return []
        action = self._actions[row]
        stands = line == 0 and action.undone_at is None
        said = what(action) if line == 0 else when(action, self._now, self._window)
        shown = truncate(one_line(said, _LONGEST), max(0, width - 3))
        look = "list--strong" if stands else "list--dim"
        return [Segment(f"  {shown}{' ' * (width - 2 - cell_width(shown))}", style(look))]


class JournalScreen(Dialog[None], ListKeys[TakingList]):
    """Type to search, arrows to move, enter to take an action back, or to do again what was taken back."""

    HEADING = words.HEADING
    PAGE = "#actions"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "move(1)", "down"),
        ("up", "move(-1)", "up"),
        ("pagedown", "page(1)", "page down"),
        ("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self._actions: tuple[Action, ...] = ()
        self._list = TakingList(ActionRows(), id="actions")
        self._loading = asyncio.Lock()
        self._said = Saying("", id="said")

    def content(self) -> list[Widget]:
        """A search line, the actions, what was done here, the hints."""
        keys = (("↑ ↓", dialogs.MOVE), ("⏎", dialogs.UNDO_OR_AGAIN), ("esc", dialogs.CLOSE))
        self._said.display = False
        return [
            Input(placeholder=dialogs.TYPE_TO_SEARCH, compact=True),
            self._list,
            self._said,
            Hints(*keys),
        ]

    def on_mount(self) -> None:
        """Show the newest."""
        self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        self.run_worker(work(self._guard, self._load), group="searching", exclusive=True)

    @on(Input.Submitted)
    @on(TakingList.Taken)
    def _take(self) -> None:
        self.run_worker(work(self._guard, self._turn_here), group="turning")

    async def _turn_here(self) -> None:
        async with self._loading:  # what was typed before enter decides what is found
            cursor = self._list.cursor
        if cursor is not None and cursor < len(self._actions):
            await self._turn(self._actions[cursor])

    async def _guard(self, call: Callable[[], Awaitable[None]]) -> None:
        try:
            await call()
        except NewsreaderError as error:
            self._say(error.phrase, "$warning")

    async def _load(self) -> None:
        async with self._loading:
            looked_for, cursor = self.query_one(Input).value, self._list.cursor
            library = self._ground.library
            self._actions = await library.call(Store.actions, JOURNAL_SHOWN, words=looked_for)
            rows = ActionRows(self._actions, int(self._ground.clock()), await library.call(_window))
            self._list.show(rows, cursor=cursor, keep_place=True)
            self._list.say(words.NOTHING_SUCH if looked_for else words.NOTHING_DONE)
            self.fit()

    async def _turn(self, action: Action) -> None:
        """Take it back, or do it again; the screen below is repainted also where the journal is closed meanwhile."""
        back = action.undone_at is None
        turned = await self._ground.library.call(Store.take_back if back else Store.do_again, action.id)
        if turned is not None:
            turned = await turned_whole(self._ground, turned)
        if self.is_attached:
            await self._load()
            self._say(outcome(turned, back=back) if turned is not None else words.OTHER_WINDOW, "$foreground")

    def _say(self, sentence: str, style: str) -> None:
        self._said.display = True
        self._said.update(marked(one_line(sentence), style))
        self.fit()


def _window(store: Store) -> str:
    return store.window
