"""The library as the worker's event loop uses it: one thread, one call after the other, so that the loop stays free."""

from __future__ import annotations

import asyncio
import contextlib
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from newsreader.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Library:
    """Runs functions on the Store in its thread.

    The thread is a daemon and not one of an executor's: a write that hangs on a broken disk must not keep a worker
    alive whose reader is gone. What was not committed then is rolled back by SQLite.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
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
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_Result] = loop.create_future()

        def job() -> None:
            try:
                result = function(self._store, *arguments, **named)
            except Exception as error:  # noqa: BLE001 - not swallowed: the caller gets it
                _send(loop, _fail, answer, error)
            else:
                _send(loop, _fulfil, answer, result)

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


def _send(loop: asyncio.AbstractEventLoop, deliver: Callable[..., None], *values: Any) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
        loop.call_soon_threadsafe(deliver, *values)


def _fulfil(answer: asyncio.Future[_Result], result: _Result) -> None:
    if not answer.done():
        answer.set_result(result)


def _fail(answer: asyncio.Future[_Result], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
