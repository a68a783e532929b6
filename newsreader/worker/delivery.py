"""What threads have done, brought home to the event loop that waits for it.

Waking the loop costs a system call and a turn of it: results that come while it is busy share one.
"""

from __future__ import annotations

import contextlib
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


class Delivery:
    """Fulfils futures of one event loop from other threads."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._done: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._called = False

    def fulfil(self, answer: asyncio.Future[Any], result: Any) -> None:
        """Give a result; to be called from any thread. Nobody may be waiting any more."""
        self._put(answer, result, None)

    def fail(self, answer: asyncio.Future[Any], error: BaseException) -> None:
        """Give what went wrong instead."""
        self._put(answer, None, error)

    def _put(self, answer: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
        self._done.append((answer, result, error))
        if not self._called:
            self._called = True
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
                self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._called = False  # before looking: what is put from now on calls again
        while self._done:
            answer, result, error = self._done.popleft()
            if answer.done():
                continue
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)
