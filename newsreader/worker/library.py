"""The library as the worker's event loop uses it: one thread, one call after the other, so that the loop stays free."""

from __future__ import annotations

import asyncio
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from newsreader.store import Store
from newsreader.worker.delivery import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Library:
    """Runs functions on the Store in its thread, for the event loop in which it was made.

    The thread is a daemon and not one of an executor's: a write that hangs on a broken disk must not keep a worker
    alive whose reader is gone. What was not committed then is rolled back by SQLite.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._delivery = Delivery(asyncio.get_running_loop())
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name="library", daemon=True)
        self._thread.start()

    @classmethod
    async def open(cls, path: Path, *, clock: Callable[[], float]) -> Library:
        """Open the library at a path. Raises LibraryError. What the worker does is in no window's undo."""
        return cls(await asyncio.to_thread(Store.open, path, clock=clock, window="worker"))

    async def call(
        self,
        function: Callable[Concatenate[Store, _Given], _Result],
        /,
        *arguments: _Given.args,
        **named: _Given.kwargs,
    ) -> _Result:
        """Run `function(store, …)` and wait for its result. A cancelled caller leaves; the call itself is finished."""
        answer: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        delivery = self._delivery

        def job() -> None:
            try:
                result = function(self._store, *arguments, **named)
            except Exception as error:  # noqa: BLE001 - not swallowed: the caller gets it
                delivery.fail(answer, error)
            else:
                delivery.fulfil(answer, result)

        self._jobs.put(job)
        return await answer

    async def close(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - it is handed to a thread's join
        """Close the library after the calls that wait; give up after `timeout` seconds."""
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join, timeout)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self._store.close()
