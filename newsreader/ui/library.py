"""The store thread: the only way from the screen to the library.

Every call runs on one thread, in the order in which it was asked for, so a write is always seen by the reads after it.
The event loop never waits for the disk.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from newsreader.errors import LibraryError
from newsreader.ui.words import news as words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from newsreader.store import Store

P = ParamSpec("P")
T = TypeVar("T")


async def _taken(given: asyncio.Queue[T | BaseException | None]) -> AsyncIterator[T]:
    """What comes in, until None does; raises an exception that comes."""
    while (item := await given.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        yield item


class Library:
    """The open library, seen from the event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._closed = False
        self._lock = threading.Lock()  # a write must never be broken off in place of a read that has just ended
        self._round = 0
        self._reads = False

    def call(self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Run `function(store, …)` on the store thread, e.g. `await library.call(Store.counts)`.

        It is queued at once, also when nobody awaits it yet, and done even if who asked has gone. Awaiting raises what
        the function raises. Raises LibraryError when the library has been closed.
        """
        if self._closed:
            raise LibraryError(words.LIBRARY_CLOSED)
        return asyncio.shield(asyncio.wrap_future(self._thread.submit(function, self._store, *args, **kwargs)))

    def steps(
        self, function: Callable[Concatenate[Store, P], Iterator[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[T]:
        """Run a generator `function(store, …)` on the store thread, a step each time: other calls get in between.

        It goes on to its end also when nobody awaits it, and when the library is closed meanwhile. Awaiting raises what
        a step raises, and that ends it. Raises LibraryError when the library has been closed.
        """
        if self._closed:
            raise LibraryError(words.LIBRARY_CLOSED)
        loop, given = asyncio.get_running_loop(), asyncio.Queue[T | BaseException | None]()
        steps = function(self._store, *args, **kwargs)

        def tell(item: T | BaseException | None) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(given.put_nowait, item)

        def begin() -> None:
            self._thread.submit(step).add_done_callback(lambda done: tell(done.exception()) if done.exception() else 0)

        def step() -> None:
            while (item := next(steps, None)) is not None:
                tell(item)
                with suppress(RuntimeError):  # the library is being closed: the rest is done now
                    begin()
                    return
            tell(None)

        begin()
        return _taken(given)

    def look(self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Run a function that only reads, as `call` does, until `give_up`: then it raises LibraryError."""
        asked_in = self._round

        def run(store: Store) -> T:
            with self._lock:
                if asked_in != self._round:
                    raise LibraryError(words.NOBODY_WAITS)
                self._reads = True
            try:
                return function(store, *args, **kwargs)
            finally:
                with self._lock:
                    self._reads = False

        return self.call(run)

    def give_up(self) -> None:
        """Break off every `look` that was asked for so far and is not through."""
        with self._lock:
            self._round += 1
            if self._reads:
                self._store.interrupt()

    def close(self) -> None:
        """Wait for the calls that were asked for and end the thread; the store itself belongs to who opened it."""
        self._closed = True
        self._thread.shutdown(wait=True)
