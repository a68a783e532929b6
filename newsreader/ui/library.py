"""The store thread: the only way from the screen to the library.

Every call runs on one thread, in the order in which it was asked for, so a write is always seen by the reads after it.
The event loop never waits for the disk.
"""

from __future__ import annotations

import asyncio
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

    def call(self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Run `function(store, …)` on the store thread, e.g. `await library.call(Store.counts)`.

        It is queued at once, also when nobody awaits it yet, and done even if who asked has gone. Awaiting raises what
        the function raises. Raises LibraryError when the library has been closed.
        """
        if self._closed:
            raise LibraryError("The library is closed.")
        return asyncio.shield(asyncio.wrap_future(self._thread.submit(function, self._store, *args, **kwargs)))

    def close(self) -> None:
        """Wait for the calls that were asked for and end the thread; the store itself belongs to who opened it."""
        self._closed = True
        self._thread.shutdown(wait=True)
