"""The library as the worker's event loop uses it: one thread, one call after the other, so that the loop stays free."""

from __future__ import annotations

import asyncio
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from newsreader.errors import LibraryError
from newsreader.store import Intake, Store
from newsreader.worker.delivery import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from newsreader.model import ArticleWrite, Change, FetchState, ParsedFeed

LINGER: Final = 0.05  # seconds between two writes of what refreshes came to: nobody sees so short a wait
_TOGETHER: Final = 8  # sources that are written without waiting for more: they hold up the next ones

OWN: Final = "worker"
"""The window of what nobody asked for."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Library:
    """Runs functions on the Store in its thread, for the event loop in which it was made.

    The thread is a daemon and not one of an executor's: a write that hangs on a broken disk must not keep a worker
    alive whose reader is gone. What was not committed then is rolled back by SQLite.
    """

    def __init__(self, store: Store, *, window: str = OWN) -> None:
        self._store = store
        self._window = window
        self._delivery = Delivery(asyncio.get_running_loop())
        self._kept: list[tuple[Intake, asyncio.Future[Change]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._next_keep = 0.0
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name="library", daemon=True)
        self._thread.start()

    @classmethod
    async def open(cls, path: Path, *, clock: Callable[[], float], window: str = OWN) -> Library:
        """Open the library at a path, for a worker that serves this window. Raises LibraryError.

        What the worker does by itself is in no window's undo; see `act`.
        """
        return cls(await asyncio.to_thread(Store.open, path, clock=clock, window=OWN), window=window)

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

    @property
    def busy(self) -> bool:
        """Whether somebody waits for the library: upkeep then waits too."""
        return not self._jobs.empty() or bool(self._kept)

    async def act(
        self,
        function: Callable[Concatenate[Store, _Given], _Result],
        /,
        *arguments: _Given.args,
        **named: _Given.kwargs,
    ) -> _Result:
        """The same for what the person asked for: it is an action of the window that this worker serves."""

        def for_the_window(store: Store) -> _Result:
            with store.acting_for(self._window):
                return function(store, *arguments, **named)

        return await self.call(for_the_window)

    async def keep(
        self,
        state: FetchState,
        feed: ParsedFeed | None = None,
        writes: Sequence[ArticleWrite] = (),
        comments: Sequence[tuple[str, int]] = (),
    ) -> Change:
        """Have the library take in what a refresh of one source came to (see `Store.ingest`).

        Many come at a time, and a transaction for each costs more than most of them: those that come within LINGER of
        the last are written together.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Change] = loop.create_future()
        self._kept.append((Intake(state, feed, writes, comments), answer))
        if self._timer is None:
            self._timer = loop.call_at(self._next_keep, self._write_kept)
        elif len(self._kept) >= _TOGETHER:
            self._timer.cancel()
            self._write_kept()
        return await answer

    def _write_kept(self) -> None:
        kept, self._kept, self._timer = self._kept, [], None
        self._next_keep = asyncio.get_running_loop().time() + LINGER
        self._jobs.put(lambda: self._ingest(kept))

    def _ingest(self, kept: Sequence[tuple[Intake, asyncio.Future[Change]]]) -> None:
        """In the thread: write these together; where that fails by a mistake of ours, each for itself."""
        try:
            changes = self._store.ingest_all([intake for intake, _ in kept])
        except Exception as error:  # noqa: BLE001 - not swallowed: the callers get it
            if len(kept) == 1 or isinstance(error, LibraryError):
                for _, answer in kept:
                    self._delivery.fail(answer, error)
                return
            for each in kept:
                self._ingest([each])
            return
        for (_, answer), change in zip(kept, changes, strict=True):
            self._delivery.fulfil(answer, change)

    async def close(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - it is handed to a thread's join
        """Close the library after the calls that wait; give up after `timeout` seconds."""
        if self._timer is not None:
            self._timer.cancel()
            self._write_kept()
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join, timeout)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self._store.close()
