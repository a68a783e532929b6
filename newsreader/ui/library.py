"""The store thread: the only way from the screen to the library.

Every call runs on one thread, in the order in which it was asked for, so a write is always seen by the reads after it.
The event loop never waits for the disk.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from newsreader.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from newsreader.store import Store

P = ParamSpec("P")
T = TypeVar("T")


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
            raise LibraryError("The library is closed.")
        return asyncio.shield(asyncio.wrap_future(self._thread.submit(function, self._store, *args, **kwargs)))

    def look(self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Run a function that only reads, as `call` does, until `give_up`: then it raises LibraryError."""
        asked_in = self._round

        def run(store: Store) -> T:
            with self._lock:
                if asked_in != self._round:
                    raise LibraryError("Nobody waits for this any more.")
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
