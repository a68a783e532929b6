"""Refreshing: sources that are due -> a visit to each -> the library -> events.

Without a network many resolvers say of every name that it does not exist, and behind a router that is cut off every
host is silent. So while nobody in the internet answers, hosts that are unknown or silent are held back to the end of
the refresh: several of them, and still no answer, are no network.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import partial
from secrets import SystemRandom
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

from newsreader import bounds, handbook, log
from newsreader.errors import HeldBack, LibraryError, NewsreaderError, Offline, ParseError, UnknownHost, Unreachable
from newsreader.fetch import phrases, schedule
from newsreader.model import Change, FetchState, FullTextMode, SourceKind, SourceSettings
from newsreader.store import Store
from newsreader.worker.holds import Holds
from newsreader.worker.rediscovery import is_lost
from newsreader.worker.sharing import Shared
from newsreader.worker.visits import Visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsreader.worker.jobs import FeedDigest
    from newsreader.worker.tools import Tools

_AT_WORK: Final = bounds.MAX_FETCHES + 8  # sources at once: so many bodies lie in memory at most
_FULL_TEXTS: Final = 20  # newest articles of a refresh whose full text is fetched with it, where the person wants that
_HANDBOOK_KEY: Final = "handbook.version"
_SILENT_BY_CHANCE: Final = 3  # hosts that may be down at once, without that being a sign of no network
_CHANCE: Final = SystemRandom().random
_Key: TypeAlias = tuple[int, str, SourceSettings]


@dataclass(slots=True)
class Outcome:
    """What a refresh came to; `wanting` are new articles whose source is set to show the full text always.

    `edited` are articles that their publisher changed.
    `waiting` counts sources whose host asked to be left alone, which is no failure; `lost` are those whose feed is to
    be looked for elsewhere; `told` is what rules have to tell of what came in, in a sentence.
    """

    total: int = 0
    done: int = 0
    failed: int = 0
    waiting: int = 0
    offline: int = 0
    added: int = 0
    lost: list[FetchState] = field(default_factory=list)
    wanting: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    told: str = ""

    @property
    def all_failed(self) -> bool:
        """Whether there was something to do and nothing of it succeeded."""
        return self.total > 0 and self.failed == self.total


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of one source. An error without the state that came of it is not yet recorded.

    `lost` says that its feed is to be looked for elsewhere.
    """

    change: Change
    error: NewsreaderError | None = None
    state: FetchState | None = None
    lost: bool = False


@dataclass(slots=True)
class _Run:
    """One refresh on its way: what still waits, and the sources whose hosts are unknown or silent so far."""

    waiting: deque[FetchState]
    outcome: Outcome
    begun: int
    unheard: list[tuple[FetchState, Unreachable]] = field(default_factory=list)


class Refresher:
    """Refreshes sources. `jitter` gives a chance from 0 to 1 that spreads the schedule.

    `visits` does the same for a single source.
    """

    def __init__(self, tools: Tools, *, jitter: Callable[[], float] = _CHANCE) -> None:
        self._tools = tools
        self.visits = Visits(tools, jitter)
        self._holds = Holds(tools)
        self._runs: list[_Run] = []
        self._flights: Shared[_Key, _Result] = Shared()
        self._indexing: Shared[str, None] = Shared()

    async def due(self) -> tuple[FetchState, ...]:
        """The feeds that are to be asked now."""
        now = self._tools.now()
        states = await self._states(None)
        held = await self._tools.library.call(Store.held)
        return tuple(
            state
            for state in states
            if schedule.is_due(state, now) or (schedule.is_overdue(state, now) and _host(state.url) not in held)
        )

    async def _states(self, ids: Sequence[int] | None) -> tuple[FetchState, ...]:
        """The feeds, and what is set for all of them."""
        every = self._tools.wishes().every
        states = await self._tools.library.call(Store.fetch_states, ids)
        return states if every is None else tuple(state._replace(every=every) for state in states)

    async def chosen(self, ids: Sequence[int] | None = None, *, everything: bool = False) -> tuple[FetchState, ...]:
        """These feeds, or with None those that are due, or every one but those that are gone for good.

        One that pauses is not asked, whoever wants it: `Store.pause_sources` lets it go on.
        """
        if ids is None and not everything:
            return await self.due()
        states = await self._states(ids)
        awake = (state for state in states if state.settings.paused is None)
        return tuple(state for state in awake if ids is not None or state.next_due != bounds.NEVER)

    async def refresh(self, ids: Sequence[int] | None = None, *, everything: bool = False) -> Outcome:
        """Refresh the sources that are `chosen`.

        A source that is being refreshed already is waited for. Failures are recorded on their sources. Raises
        LibraryError when the library takes no writes: then going on would be of no use.
        """
        await self._tools.library.call(_expect_writable)
        await self._holds.take_over()
        states = await self.chosen(ids, everything=everything)
        outcome = Outcome(total=len(states))
        run = _Run(deque(_hosts_in_turn(states)), outcome, self._tools.now())
        self._runs.append(run)
        self._tell_progress(outcome)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(_AT_WORK, len(states))):
                    group.create_task(self._drain(run))
            await self._settle(run)
        except* LibraryError as failures:
            raise _first(failures) from failures
        finally:
            self._runs.remove(run)
        return outcome

    async def let_go(self) -> None:
        """Stop asking sources that were removed or paused since a refresh began, as by undoing an import."""
        if not self._runs:
            return
        library = self._tools.library
        removed = await library.call(Store.removed) | await library.call(Store.paused)
        for run in self._runs:
            kept = deque(state for state in run.waiting if state.source_id not in removed)
            gone = len(run.waiting) - len(kept)
            run.waiting = kept
            if gone:
                self._leave_out(run.outcome, gone)
        self._flights.cancel(lambda key: key[0] in removed)

    async def index(self) -> None:
        """Index articles until none waits; the library is free for others between the batches."""
        await self._indexing.run("index", self._index)

    async def take_handbook(self) -> None:
        """Take in the handbook of this program, unless it is here or the person removed it."""
        library = self._tools.library
        if await library.call(Store.recall, _HANDBOOK_KEY) == str(handbook.VERSION):
            return
        sources = await library.call(Store.sources)
        id_ = next((source.id for source in sources if source.kind is SourceKind.BUILTIN), None)
        if id_ is None:
            return
        known = await library.call(Store.known, id_)
        digest: FeedDigest = await self._tools.children.run(
            "digest_parsed", handbook.feed(), handbook.URL, known, self._tools.now()
        )
        state = FetchState(id_, handbook.URL, handbook.TITLE)
        await library.call(Store.ingest, state, digest.feed, digest.writes)
        await library.call(Store.remember, _HANDBOOK_KEY, str(handbook.VERSION))

    async def _index(self) -> None:
        while await self._tools.library.call(Store.index_some, bounds.INDEX_BATCH):
            pass

    async def _drain(self, run: _Run) -> None:
        while run.waiting:
            state = run.waiting.popleft()
            try:
                result = await self._flights.run(_key(state), partial(self._guarded, state))
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                self._leave_out(run.outcome, 1)  # it was let go
                continue
            if result.state is None and isinstance(result.error, Unreachable):
                run.unheard.append((state, result.error))
                continue
            if state.opens_as(self._tools.wishes().full_text) is FullTextMode.FULL:
                run.outcome.wanting += sorted(result.change.added)[-_FULL_TEXTS:]
            run.outcome.edited += sorted(result.change.articles - result.change.added)[-_FULL_TEXTS:]
            self._tell(state, result, run.outcome)

    async def _settle(self, run: _Run) -> None:
        """Record the hosts that were held back, as what they turned out to be: unknown or silent, or no network.

        Only sources in good order until now count as a sign of no network: hosts that are dead for long are due in
        one refresh by chance, and would be asked every minute. For the same reason it takes more that are silent, as
        hosts are now and then, than names that are unknown.
        """
        good = [(_host(state.url), error) for state, error in run.unheard if not state.error_count]
        unknown = {host for host, error in good if isinstance(error, UnknownHost)}
        many = len(unknown) > 1 or len({host for host, _ in good}) > _SILENT_BY_CHANCE
        offline = many and not self._tools.fetcher.answered_since(run.begun)
        for state, error in run.unheard:
            result = await self._failed(state, phrases.cut_off(error) if offline else error)
            self._tell(state, result, run.outcome)

    def _tell(self, state: FetchState, result: _Result, outcome: Outcome) -> None:
        error = result.error
        waits = result.state.next_due if isinstance(error, HeldBack) and result.state is not None else None
        outcome.done += 1
        outcome.added += len(result.change.added)
        outcome.waiting += waits is not None
        outcome.failed += error is not None and waits is None
        if result.lost and result.state is not None:
            outcome.lost.append(result.state)
        if isinstance(error, Offline):
            outcome.offline += 1
            if outcome.offline == 1:
                self._tools.emit({"event": "notice", "text": error.phrase, "offline": True})
        if not self._is_told(outcome):
            return
        self._tools.emit(
            {
                "event": "source",
                "id": state.source_id,
                "title": state.title,
                "added": len(result.change.added),
                "error": None if error is None or waits is not None else error.phrase,
                "waits": waits,
            }
        )
        self._tell_progress(outcome)

    def _leave_out(self, outcome: Outcome, count: int) -> None:
        outcome.total -= count
        self._tell_progress(outcome)

    def _tell_progress(self, outcome: Outcome) -> None:
        if self._is_told(outcome):
            self._tools.emit({"event": "refresh", "done": outcome.done, "total": outcome.total})

    def _is_told(self, outcome: Outcome) -> bool:
        """Whether it is told how far this refresh is: of several at once only the largest, or they would take turns."""
        busy = [run.outcome for run in self._runs if run.outcome.done < run.outcome.total]
        return outcome is max(busy, key=lambda each: each.total, default=outcome)

    async def _guarded(self, state: FetchState) -> _Result:
        """Refresh one source; whatever goes wrong with it stays with it."""
        try:
            return _Result(await self.visits.visit(state))
        except LibraryError:
            raise
        except NewsreaderError as error:
            log.get("refresh").info("source %s %s: %s (%s)", state.source_id, state.url, error.phrase, error.cause)
            failure = error
        except Exception as error:  # noqa: BLE001 - DESIGN's guard: a mistake of ours costs one source, not the refresh
            log.get("refresh").exception("source %s %s failed", state.source_id, state.url)
            failure = ParseError("An unexpected error; see the log.", repr(error))
        # What the error came through has hold of the document, and of the error in turn: all of it stayed for long.
        failure.__cause__ = failure.__context__ = None
        failure = failure.with_traceback(None)
        if isinstance(failure, Unreachable) and not self._tools.fetcher.answered_since(self._tools.now()):
            return _Result(Change(0), failure)
        return await self._failed(state, failure)

    async def _failed(self, state: FetchState, failure: NewsreaderError) -> _Result:
        """Record a failure on its source, and on its host if that asked for quiet."""
        after, change = await self.visits.failed(state, failure)
        if isinstance(failure, HeldBack) or after.status in {429, 503}:
            await self._holds.keep()
        return _Result(change, failure, after, lost=is_lost(state, after, failure))


def _hosts_in_turn(states: Iterable[FetchState]) -> list[FetchState]:
    """Order sources so that those of one host lie far apart: only two of a host are asked at once."""
    hosts: defaultdict[str, int] = defaultdict(int)
    ranked = []
    for state in states:
        host = _host(state.url)
        ranked.append((hosts[host], state))
        hosts[host] += 1
    ranked.sort(key=lambda pair: pair[0])
    return [state for _, state in ranked]


def _key(state: FetchState) -> _Key:
    """What makes two askings one: with another address or other settings it is another."""
    return state.source_id, state.url, state.settings


def _expect_writable(store: Store) -> None:
    """Raise for a library that takes no writes: nothing need be fetched that cannot be kept."""
    if store.read_only:
        raise LibraryError(store.notice or "The library cannot be written.", "read-only")


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2] if "[" not in url else url


def _first(group: BaseExceptionGroup[LibraryError]) -> LibraryError:
    """The first failure of a group of groups."""
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
