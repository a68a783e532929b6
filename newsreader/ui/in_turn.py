"""Keys in turn: what a key does is through before the next one is looked at, however fast they come.

Textual sends keys on as they come. A letter goes straight into the line that has the focus; any other key rises from
there through every widget up to the app, and what it does is looked up only then. Letters that were typed after it
overtake it, and of twelve escapes all are on their way up through one dialog before the first has closed it. And what a
command opens late is where the keys after it belong, not what is there while they are typed.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.events import Key
    from textual.screen import Screen
    from textual.widget import Widget

_PATIENCE: Final = 2.0  # seconds for a key whose widget went away with it, before the next one has its turn
_TURNS: Final = 3  # ways that are waited for: what the app began with a key, what that tells, and what that tells


class Through(Message):
    """Comes behind a key, by the same way: when it is back, so is the key, or somebody kept it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        super().__init__()


class InTurn:
    """The keys that were typed and are not through yet.

    `press` sends one on its way; `may` tells whether the app is ready for one. All of it runs in the app's own loop of
    messages.
    """

    def __init__(self, app: App[None], press: Callable[[Key], Awaitable[None]], may: Callable[[], bool]) -> None:
        self._app = app
        self._press = press
        self._may = may
        self._waiting: deque[Key] = deque()
        self._key: Key | None = None
        """The one that is on its way."""
        self._from: Widget | None = None
        self._screen: Screen[object] | None = None
        self._since = 0.0
        self._turns = 0
        self._will_look = False

    @property
    def idle(self) -> bool:
        """Whether every key so far is through."""
        return not self._waiting and not self._under_way

    async def take(self, key: Key) -> None:
        """Take a key that was typed."""
        self._waiting.append(key)
        await self.go_on()

    async def go_on(self) -> None:
        """Let the keys have their turns, as far as they can."""
        while self._waiting and self._is_free():
            key = self._waiting.popleft()
            start = self._app.focused or self._app.screen
            await self._press(key)
            if key.is_forwarded:
                self._key, self._from, self._screen = key, start, self._app.screen
                self._since, self._turns = monotonic(), 0
                self._follow()

    def returned(self, key: Key) -> None:
        """A key came back to the app: nobody below it kept it, and what it does is done or begun."""
        if key is self._key:
            self._turns = _TURNS

    async def through(self, message: Through) -> None:
        """What was sent behind a key is back."""
        if message.key is self._key:
            if self._turns:
                self._turns -= 1
                self._follow()
            else:
                self._key = None
            await self.go_on()

    def closed(self) -> None:
        """A screen was closed: what its key led to is told by the one below."""
        if self._key is not None and self._screen is not self._app.screen:
            self._from = self._screen = self._app.screen
            self._turns = _TURNS
            self._follow()
        self._app.call_later(self.go_on)

    def _follow(self) -> None:
        if self._key is None or self._from is None or not self._from.post_message(Through(self._key)):
            self._key = None

    @property
    def _under_way(self) -> bool:
        """Whether a key is on its way; what it opened has the next ones."""
        if self._key is None or self._screen is not self._app.screen:
            return False
        return monotonic() < self._since + _PATIENCE

    def _is_free(self) -> bool:
        screen = self._app.screen
        if not screen.is_mounted:
            screen.call_later(self._app.call_later, self.go_on)  # typed ahead: it is for what will stand in it
            return False
        if self._under_way:
            if not self._will_look:
                self._will_look = True
                self._app.set_timer(_PATIENCE, self._look_again)
            return False
        return self._may()

    async def _look_again(self) -> None:
        self._will_look = False
        await self.go_on()
