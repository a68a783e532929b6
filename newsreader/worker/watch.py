"""Keeping the schedule: the worker that holds the lock refreshes what falls due, and what others ask for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from newsreader import log
from newsreader.errors import LibraryError
from newsreader.model import Keep
from newsreader.store import Store
from newsreader.text import host_of
from newsreader.worker import mirror
from newsreader.worker.adopting import adopt
from newsreader.worker.edits import Difference, in_short, told
from newsreader.worker.refresh import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from newsreader.model import FetchState
    from newsreader.worker.lock import FileLock
    from newsreader.worker.service import Service

LOOK: Final = 0.25  # seconds between two looks at whether another process wrote
TICK: Final = 30.0  # seconds between two looks at the schedule when nobody wrote
_TIDY_STEPS: Final = 100  # of the library's upkeep in one idle moment: short steps, far apart, that nobody notices
_COUNT_STEPS: Final = 10_000  # of counting in a row: more than a library needs
_BREATH: Final = 0.05  # seconds between two of them, in which others get at the library
_PAUSE: Final = 10  # ticks without a refresh after one that the library could not keep: what is fetched would be lost
_PATIENCE: Final = 60.0  # seconds without any progress after which a follower does the work itself


class Mirror:
    """The OPML mirror as the worker keeps it; a difference made by hand is said once."""

    def __init__(self, service: Service, path: Path) -> None:
        self._service = service
        self._path = path
        self._said: str | None = None

    async def keep(self) -> None:
        """Write the mirror if the sources changed."""
        difference = await self._service.tools.library.call(mirror.write_mirror, self._path)
        words = None if difference is None else _words(difference, self._path)
        if words is not None and words != self._said:
            self._service.tools.emit({"event": "notice", "text": words, "edited": True})
        self._said = words

    async def answer(self, deed: str) -> dict[str, Any]:
        """Say what was edited by hand (`look`), take it over (`take`) or write the file anew (`drop`)."""
        library = self._service.tools.library
        match deed:
            case "take":
                change = await library.act(mirror.take_edits, self._path)
                return {"sources": len(change.sources) + len(change.smart)}
            case "drop":
                return {"kept": str(await library.call(mirror.drop_edits, self._path))}
        difference = await library.call(mirror.difference, self._path)
        return {"file": str(self._path), **told(difference)}


class Watch:
    """The endless loop of `--watch`. `look` and `tick` are seconds, as arguments so that tests need not wait.

    `keep` reads how long articles are kept, anew each time: config.toml may be edited meanwhile. `back_up` is called
    when nothing else is to be done.
    """

    def __init__(
        self,
        service: Service,
        lock: FileLock,
        mirrored: Mirror,
        *,
        keep: Callable[[], Keep] = Keep,
        back_up: Callable[[], Coroutine[Any, Any, None]] | None = None,
        look: float = LOOK,
        tick: float = TICK,
    ) -> None:
        self._service = service
        self._lock = lock
        self._mirror = mirrored
        self._keep = keep
        self._back_up = back_up
        self._look = look
        self._tick = tick
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._said: dict[str, str] = {}
        self._pause_until = 0.0

    async def run(self) -> None:
        """Go on until cancelled. A library that takes no writes is only read: who opened it said so."""
        loop = asyncio.get_running_loop()
        library = self._service.tools.library
        version, next_tick = -1, loop.time()
        read_only = await library.call(_is_read_only)
        if not read_only:
            self._begin("adopt", self._adopt)
        try:
            while True:
                if self._service.rediscovery.waiting:
                    self._begin("lost", self._service.rediscovery.look)
                seen = await library.call(Store.data_version)
                if seen != version:
                    await self._service.refresher.let_go()
                if seen != version or loop.time() >= next_tick:
                    version, next_tick = seen, loop.time() + self._tick
                    if not read_only and self._lock.acquire():
                        self._serve()
                await asyncio.sleep(self._look)
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            self._lock.release()

    def _serve(self) -> None:
        """Begin what there is to do, unless it is still being done from before."""
        self._begin("refresh", self._refresh_due)
        self._begin("mirror", self._mirror.keep)
        self._begin("bookmarked", self._service.articles.fetch_bookmarked)
        self._begin("count", self._count)
        self._begin("tidy", self._tidy)

    def _begin(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if not self._is_running(name):
            self._tasks[name] = asyncio.create_task(self._quietly(name, work))

    def _is_running(self, name: str) -> bool:
        task = self._tasks.get(name)
        return task is not None and not task.done()

    async def _quietly(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """A full disk or a broken library is said, once in the same words; a later look tries again."""
        try:
            await work()
        except LibraryError as error:
            log.get("worker").warning("%s (%s)", error.phrase, error.cause)
            if error.phrase not in self._said.values():
                self._service.tools.emit({"event": "notice", "text": error.phrase})
            self._said[name] = error.phrase
            if name == "refresh":
                self._pause_until = asyncio.get_running_loop().time() + _PAUSE * self._tick
        else:
            self._said.pop(name, None)

    async def _refresh_due(self) -> None:
        due = await self._due()
        if due:
            await self._service.refresh(due)
            await self._service.tools.library.call(Store.let_go)
        else:
            await self._service.put_in_place()

    async def _due(self) -> list[int]:
        """The sources to be refreshed now: what is due, and where nothing is to be done unasked, what was asked for."""
        if asyncio.get_running_loop().time() < self._pause_until:
            return []
        if self._service.tools.wishes().by_itself:
            return [state.source_id for state in await self._service.refresher.due()]
        return sorted(await self._service.tools.library.call(Store.requested))

    async def _adopt(self) -> None:
        """Make smart sources of searches that were kept before they could be."""
        await self._service.tools.library.call(adopt)

    async def _count(self) -> None:
        """Bring the counts of the smart sources up to what changed, and count what must be counted as a whole."""
        library = self._service.tools.library
        for _ in range(_COUNT_STEPS):
            if await library.call(Store.tally) is None and await library.call(Store.tally_whole) is None:
                return
            await asyncio.sleep(_BREATH)

    async def _tidy(self) -> None:
        """Look after the library while nothing else is to be done."""
        keep, library = self._keep(), self._service.tools.library
        for _ in range(_TIDY_STEPS):
            await asyncio.sleep(self._look)
            if self._is_running("refresh"):
                return
            if library.busy:
                continue
            if not await library.call(Store.tidy, keep):
                if self._back_up is not None and not self._is_running("refresh"):
                    await self._back_up()
                await library.call(Store.let_go)
                return


class Follower:
    """A `fetch` while another process keeps the schedule: it asks that one, and follows its progress in the library."""

    def __init__(self, service: Service, lock: FileLock, *, look: float = LOOK, patience: float = _PATIENCE) -> None:
        self._service = service
        self._lock = lock
        self._look = look
        self._patience = patience

    async def follow(self, states: tuple[FetchState, ...]) -> Outcome:
        """Have these sources refreshed by whoever keeps the schedule.

        When that one ends or makes no progress, the rest is refreshed here. Full texts and the index are left to the
        other; `wanting` stays empty.
        """
        loop, library = asyncio.get_running_loop(), self._service.tools.library
        ids = [state.source_id for state in states]
        outcome = Outcome(total=len(ids))
        await library.call(Store.mark_due, ids)
        waiting, until = set(ids), loop.time() + self._patience
        self._tell(outcome)
        while waiting:
            still = waiting & await library.call(Store.requested)
            if still != waiting:
                await self._count(sorted(waiting - still), outcome)
                waiting, until = still, loop.time() + self._patience
            elif self._lock.acquire() or loop.time() > until:
                await self._do(sorted(waiting), outcome)
                break
            else:
                await asyncio.sleep(self._look)
        return outcome

    async def _count(self, ids: list[int], outcome: Outcome) -> None:
        """Tell of sources that the other process has tried."""
        library = self._service.tools.library
        held = await library.call(Store.held)
        for state in await library.call(Store.fetch_states, ids):
            waits = held.get(host_of(state.url))
            error = state.error if waits is None else None
            outcome.done += 1
            outcome.waiting += waits is not None
            outcome.failed += error is not None
            source = {"id": state.source_id, "title": state.title, "added": None, "error": error, "waits": waits}
            self._service.tools.emit({"event": "source", **source})
        self._tell(outcome)

    async def _do(self, ids: list[int], outcome: Outcome) -> None:
        own = await self._service.refresher.refresh(ids)
        outcome.done += own.done
        outcome.failed += own.failed
        outcome.waiting += own.waiting
        outcome.added += own.added

    def _tell(self, outcome: Outcome) -> None:
        self._service.tools.emit({"event": "refresh", "done": outcome.done, "total": outcome.total})


def _is_read_only(store: Store) -> bool:
    return store.read_only


def _words(difference: Difference, path: Path) -> str:
    if difference.problem is not None:
        return f"{path} was edited and cannot be read as a whole: {difference.problem} It is left as it is."
    return f"{path} was edited: {in_short(difference.edits)}. It is left as it is until you say what counts."
