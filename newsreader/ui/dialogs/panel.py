"""A panel of something that is kept: choices that do something with it, fields that are edited in place, undo."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.ui.dialogs.fields import Choice, Field
from newsreader.ui.dialogs.frame import Dialog, Hints, Saying, fitting
from newsreader.ui.signs import marked
from newsreader.ui.steps import turned_whole
from newsreader.ui.words import dialogs
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.config import Config
    from newsreader.model import Change
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.library import Library
    from newsreader.ui.requests import Requests

_EDIT_KEYS: Final = (("⏎", dialogs.KEEP), ("esc", dialogs.LEAVE_AS_IT_WAS))


class Ground(Protocol):
    """What the panel needs of the screen below it."""

    library: Library
    worker: Requests
    clock: Callable[[], float]
    config: Config
    keymap: Keymap

    async def apply(self, change: Change) -> None:
        """Repaint what a change touched."""


class _Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The part of the panel that scrolls; the arrow keys are the panel's own."""

    class Scrolled(Message):
        """Something else of it is in view."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the panel."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    class LaidOut(Message):
        """It is of another size, or what it holds is."""

    def on_resize(self) -> None:
        """Tell the panel."""
        self.post_message(self.LaidOut())

    def watch_virtual_size(self) -> None:
        """Tell the panel."""
        self.post_message(self.LaidOut())


class Panel(Dialog[str]):
    """A name over a page of choices and fields. Closes with a sentence where something is left to be said."""

    PAGE = "#panel-page"
    AUTO_FOCUS = ""
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("j/k", dialogs.MOVE),
        ("⏎", dialogs.DO_IT),
        ("u", dialogs.UNDO),
        ("esc", dialogs.CLOSE),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j,tab", "step(1)", "down"),
        ("up,k,shift+tab", "step(-1)", "up"),
        ("pagedown,ctrl+d", "scroll(8)", "page down"),
        ("pageup,ctrl+u", "scroll(-8)", "page up"),
        ("u", "undo", "undo"),
        ("escape,q", "leave", "back"),
    ]

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground = ground
        self._finished = False
        self._changes = 0  # made here, and not undone: u goes no further back while the panel is open

    def parts(self) -> list[Widget]:
        """What stands on the page."""
        raise NotImplementedError

    async def load(self) -> None:
        """Read what the panel is about anew and show it; closes where it is no longer there."""
        raise NotImplementedError

    def ready(self) -> None:
        """It is shown for the first time."""

    def chosen(self, name: str) -> Callable[[], Awaitable[None]]:
        """What a choice does."""
        raise NotImplementedError

    async def save(self, name: str, text: str) -> None:
        """Keep what was entered into a field."""
        raise NotImplementedError

    async def tried(self, name: str, text: str) -> None:
        """A text stands in a field that is being edited: say what it would do."""

    def compose(self) -> ComposeResult:
        """The name over all of it."""
        with Vertical(classes="dialog"):
            yield Static("", classes="heading", id="name")
            yield from self.content()

    def content(self) -> list[Widget]:
        """The page that scrolls, what was done, the keys."""
        page = _Page(*self.parts(), id="panel-page")
        return [page, Saying("", id="said"), Hints(*self.KEYS)]

    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys for the row that has the focus."""
        return self.KEYS

    @on(_Page.LaidOut)
    @on(_Page.Scrolled)
    @on(DescendantFocus)
    def _show_keys(self) -> None:
        """The keys for what has the focus, and a sign where more of the page is."""
        page = self.query_one(_Page)
        above, below = page.scroll_offset.y > 0, page.max_scroll_y > page.scroll_offset.y
        keys = [
            *(_EDIT_KEYS if self._editing() is not None else self.keys()),
            *((("↑" * above + "↓" * below, dialogs.MORE),) if above or below else ()),
        ]
        line = self.query_one(Hints)
        line.put(*fitting(line.size.width, *keys))

    def on_mount(self) -> None:
        """Read what it is about."""
        self.static("said").display = False
        self.run_worker(work(self._begin))

    async def _begin(self) -> None:
        await self.load()
        rows = self._rows()
        if rows and self.focused is None:
            self.go_to(rows[0])
        if not self.gone:
            self.ready()

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Say what was done, above the keys."""
        if self.gone:
            return
        self.static("said").display = bool(sentence)
        self.static("said").update(marked(sentence, "$warning" if warning else "$foreground"))
        self.fit()

    @property
    def gone(self) -> bool:
        """Whether the panel was closed while something was waited for."""
        return not self.query("#said")

    def static(self, name: str) -> Static:
        """The words of this id."""
        return self.query_one(f"#{name}", Static)

    # Moving

    def _rows(self) -> list[Choice | Field]:
        return [each for each in self.query(".row").results() if isinstance(each, Choice | Field) and each.display]

    def _editing(self) -> Field | None:
        return next((field for field in self.query(Field) if field.editing), None)

    def field(self, name: str) -> Field:
        """Go to a field."""
        field = next(field for field in self.query(Field) if field.name == name)
        self.go_to(field)
        return field

    def go_to(self, row: Choice | Field) -> None:
        """Go to a choice or field."""
        if self.gone:
            return
        self.set_focus(row, scroll_visible=False)
        self.call_after_refresh(self._show_here)

    @on(_Page.LaidOut)
    def _show_here(self) -> None:
        """Have the row of the cursor in sight; with the first one, the most of what stands above it.

        Where rows are is known when the page is laid out: whoever changes what is on it, or around it, cannot tell yet.
        """
        if self.gone:
            return
        rows = self._rows()
        row = self._editing() or next((each for each in rows if each is self.focused), None)
        page = self.query_one(_Page)
        if row is None:
            return
        if row in rows[:1]:
            page.scroll_home(animate=False, immediate=True)
        page.scroll_to_widget(row, animate=False, immediate=True)

    def action_step(self, step: int) -> None:
        """Go to the next choice or field; a field that is left is checked."""
        rows, field = self._rows(), self._editing()
        if field is not None and not field.leave():
            return
        here = next((number for number, row in enumerate(rows) if row is (field or self.focused)), -step)
        if rows:
            self.go_to(rows[min(max(here + step, 0), len(rows) - 1)])

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one("#panel-page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def finish(self, sentence: str | None = None) -> None:
        """Close with this sentence; only once, for what is waited for may come to it, too."""
        if not self._finished:
            self._finished = True
            self.dismiss(sentence)

    def action_leave(self) -> None:
        """Leave the field as it was; without one, close."""
        field = self._editing()
        if field is not None:
            field.abandon()
        else:
            self.finish()

    # Doing

    @on(Choice.Chosen)
    def _choose(self, event: Choice.Chosen) -> None:
        event.stop()
        self.do(self.chosen(event.name))

    @on(Field.Entered)
    def _enter(self, event: Field.Entered) -> None:
        event.stop()
        self.do(lambda: self.save(event.name, event.text))

    @on(Field.Edited)
    def _try(self, event: Field.Edited) -> None:
        event.stop()
        self.run_worker(work(self._guard, lambda: self.tried(event.name, event.text)), group="trying", exclusive=True)

    def do(self, action: Callable[[], Awaitable[None]]) -> None:
        """Do something; what goes wrong in words is said."""
        self.run_worker(work(self._guard, action), group="doing", exclusive=True)

    async def _guard(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            await action()
        except NewsreaderError as error:
            self.say(error.phrase, warning=True)

    async def settle(self, call: Awaitable[Change]) -> None:
        """Await a change made here, and show it: on the main screen also where the panel is closed meanwhile."""
        await asyncio.shield(self._land(call))
        await self.load()

    async def _land(self, call: Awaitable[Change]) -> None:
        change = await call
        self._changes += bool(change.sources or change.smart)
        await self.ground.apply(change)

    def action_undo(self) -> None:
        """Undo the last thing done here."""
        self.do(self._undo)

    async def _undo(self) -> None:
        undone = await self.ground.library.call(Store.undo) if self._changes else None
        if undone is None:
            self.say(dialogs.NOTHING_TO_UNDO)
            return
        self._changes -= 1
        await turned_whole(self.ground, undone)
        await self.load()
        self.say(dialogs.undone(str(undone.action)))
