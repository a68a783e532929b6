"""Commands in the order of their keys: one that waits for the library holds back those after it, never the screen."""

from __future__ import annotations

from collections import deque
from collections.abc import Coroutine
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class InOrder:
    """Runs actions one after another. What only moves runs at once, what is to be awaited by `run`, beside the screen.

    `guard` awaits it, and says what goes wrong.
    """

    def __init__(
        self,
        run: Callable[[Callable[[], Coroutine[None, None, None]]], object],
        guard: Callable[[Callable[[], Awaitable[object]]], Awaitable[None]],
    ) -> None:
        self._run = run
        self._guard = guard
        self._waiting: deque[Callable[[], Awaitable[None] | None]] = deque()
        self._working = self.stopped = False
        self._begun: Awaitable[None] | None = None
        self.when_idle: Callable[[], object] = lambda: None
        """Called whenever all are through that had to be waited for."""

    @property
    def idle(self) -> bool:
        """Whether every action so far is through."""
        return not self._working and not self._waiting

    def add(self, action: Callable[[], Awaitable[None] | None]) -> None:
        """Run something after all that was added before it."""
        if self.stopped:
            return
        self._waiting.append(action)
        if not self._working:
            self._work_off()

    def stop(self) -> None:
        """Begin nothing more, and end what is under way."""
        self.stopped = True
        self._waiting.clear()
        if isinstance(self._begun, Coroutine):
            self._begun.close()

    def _work_off(self) -> None:
        while self._waiting:
            result = self._waiting.popleft()()
            if result is not None:
                self._working, self._begun = True, result
                self._run(self._finish)
                return

    async def _finish(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            await self._guard(lambda: begun)
        self._working = False
        self._work_off()
        if self.idle:
            self.when_idle()
