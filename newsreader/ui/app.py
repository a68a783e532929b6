"""The app: themes, stylesheet, and the wiring of library, worker and main screen."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.events import Key, MouseEvent

from newsreader.errors import LibraryError
from newsreader.ui.in_turn import InTurn, Through
from newsreader.ui.keymap import keymap_of
from newsreader.ui.library import Library
from newsreader.ui.main import MainScreen
from newsreader.ui.pane_widths import HEIGHTS, WIDTHS
from newsreader.ui.programs import copy_by_command
from newsreader.ui.themed import ThemedApp
from newsreader.ui.words import lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.await_complete import AwaitComplete
    from textual.events import Event
    from textual.screen import Screen

    from newsreader.config import Config
    from newsreader.model import Bundle
    from newsreader.store import Store
    from newsreader.ui.dialogs.first_start import FirstChoice
    from newsreader.ui.requests import Requests
    from newsreader.ui.terminal import Terminal


class NewsreaderApp(ThemedApp):
    """Wires the parts together; what the reader does stands in MainScreen.

    The store is used from one thread of the app's own until it ends; who opened it closes it afterwards.
    """

    CSS_PATH = "app.tcss"
    TITLE = "newsreader"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False  # ctrl+p is a command of the table

    def __init__(
        self,
        *,
        store: Store,
        worker: Requests,
        config: Config,
        catalogue: Callable[[], tuple[Bundle, ...]],
        clock: Callable[[], float] = time.time,
        terminal: Terminal | None = None,
    ) -> None:
        super().__init__(config, terminal)
        self.HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # for dialogs: the main screen looks itself
        self.VERTICAL_BREAKPOINTS = list(HEIGHTS)
        self._loop_to_end: asyncio.AbstractEventLoop | None = None
        self._status_from_outside = 0
        self._worker = worker
        self._library = Library(store)
        self._notice = store.recovered or store.notice
        self._why_read_only = store.notice if store.read_only else None
        keymap = keymap_of(config)
        self._main = MainScreen(self._library, worker, config, keymap, clock)
        self._main.catalogue = catalogue
        self.keys = InTurn(self, self._press, lambda: self.screen is not self._main or self._main.may_take_key)
        self._main.order.when_idle = lambda: self.call_later(self.keys.go_on)
        self._main.problems = config.problems + self.theme_problems + keymap.problems

    def get_default_screen(self) -> Screen[None]:
        """The main screen is there from the first paint on, in the looks for the size that the window has."""
        # Textual finds these classes too, with the first resize, and would look for everything's style once more.
        self._main.take_size(self.size)
        return self._main

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT002 - textual's signature
        """Read the stylesheet anew for other colours; at the start, where it was not read yet, once is enough."""
        if self._main.is_mounted:
            super().refresh_css(animate=animate)

    def on_mount(self) -> None:
        """Begin the life of the app when its screen is whole."""
        self._main.call_after_refresh(self._be_whole)

    def _be_whole(self) -> None:
        from newsreader.ui.dialogs.frame import STYLES

        self.stylesheet.read(STYLES)
        # Whatever is loaded by now stays: looking through it again and again would cost a key 30 ms now and then.
        gc.freeze()
        gc.enable()
        # From now on the app can be ended from outside: ending it before that would be a crash.
        self._loop_to_end = asyncio.get_running_loop()
        if self._status_from_outside:
            self.exit(return_code=self._status_from_outside)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the terminal (OSC 52), and by the command of the person's choice."""
        super().copy_to_clipboard(text)
        command = self._main.config.copy_command
        if command:
            self._main.spawn(copy_by_command, command, text)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the program; nothing is begun any more that would draw on what goes away."""
        self._main.stop()
        super().exit(result, return_code, message)

    def end_from_outside(self, status: int) -> None:
        """End with this exit status, the terminal left whole (RELIABILITY, remedy 3). For any thread, at any time."""
        self._status_from_outside = status
        if self._loop_to_end is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the app has ended already
                self._loop_to_end.call_soon_threadsafe(self.exit, None, status)

    async def on_unmount(self) -> None:
        """Write the last things down and end the worker; the terminal is the person's again already."""
        with contextlib.suppress(LibraryError):
            await self._main.flush()
        await self._worker.close()
        self._library.close()

    async def on_event(self, event: Event) -> None:
        """Take keys one after the other, and let the edges of the panes have the mouse before what is in them."""
        if isinstance(event, Key) and not event.is_forwarded:
            await self.keys.take(event)
            return
        mouse = event if isinstance(event, MouseEvent) and not event.is_forwarded else None
        if mouse is None or self.screen is not self._main or not self._main.row.take_mouse(mouse):
            await super().on_event(event)
        if isinstance(event, Key):
            self.keys.returned(event)

    async def _press(self, key: Key) -> None:
        """Let the main screen see a key before the widgets do."""
        if self.screen is not self._main or not self._main.take_key(key):
            await super().on_event(key)

    @on(Through)
    async def _key_is_through(self, message: Through) -> None:
        await self.keys.through(message)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top: what was typed after the key that did it is for the one below."""
        closed = super().pop_screen()
        self.keys.closed()
        return closed

    def action_help_quit(self) -> None:
        """Answer ctrl+c, which quits nowhere here."""
        key = self._main.keymap.key_of
        self._main.foot.say(lists.quits(key("back_or_quit"), key("quit")))

    @on(MainScreen.Ready)
    def _begin(self, event: MainScreen.Ready) -> None:
        """Start the worker, now that something is painted, and ask what to read where nothing is."""
        self._worker.on_event = self._main.herald.hear
        self._main.spawn(self._start_worker)
        if self._why_read_only:
            self._main.herald.library_is_read(self._why_read_only)
        if self._notice:
            self._main.foot.say(self._notice, warning=True)
        elif self._main.problems:
            from newsreader.ui.words.settings import mistakes

            problems = mistakes(self._main.problems, self._main.keymap.key_of("settings"))
            self._main.foot.say(problems, warning=True)
        if not event.has_sources:
            from newsreader.ui.dialogs.first_start import FirstStart

            self.push_screen(FirstStart(self._main.catalogue(), self._worker, self._main.clock), self._first_choice)
        self.take_keys()

    async def _start_worker(self) -> None:
        await self._worker.start()
        if self._main.config.on_start:
            await self._main.tending.refresh_stale()

    def _first_choice(self, choice: FirstChoice | None) -> None:
        if choice is not None:
            self._main.after_others(lambda: self._main.tending.begin_with(choice))
