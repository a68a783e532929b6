from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from newsreader.errors import LibraryError, LibraryFull
from newsreader.model import Change, FetchState, Query, Scope, SourceSettings, Subscription
from newsreader.store import Store
from newsreader.worker import watch
from newsreader.worker.lock import FileLock
from newsreader.worker.tools import Wishes
from newsreader.worker.watch import Follower, Mirror, Watch
from tests.worker.conftest import NOW, Worker, page, rss

FEED = "http://harbour.test/feed"


async def until(condition: Callable[[], bool]) -> None:
    """Give the loop its turns until something is true."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the change comes from another thread
            await asyncio.sleep(0.01)


@asynccontextmanager
async def watching(worker: Worker, tmp_path: Path) -> AsyncIterator[FileLock]:
    lock = FileLock(tmp_path / "schedule.lock")
    keeper = Watch(worker.service, lock, Mirror(worker.service, tmp_path / "sources.opml"), look=0.01, tick=0.2)
    task = asyncio.create_task(keeper.run())
    yield lock
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not lock.held


@pytest.fixture
def other(worker: Worker, tmp_path: Path) -> Store:
    """The library as another process has it open."""
    return Store.open(tmp_path / "library.db", clock=lambda: worker.time[0], window="other")


async def test_the_holder_refreshes_what_is_due_and_what_falls_due(worker: Worker, tmp_path: Path) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)
    async with watching(worker, tmp_path):
        await until(lambda: len(worker.of("indexed")) == 1)
        worker.time[0] += 2 * 86_400
        await until(lambda: worker.web.asked[FEED] == 2)
    assert (tmp_path / "sources.opml").exists()


def due(store: Store, url: str) -> int | None:
    return next(state.next_due for state in store.fetch_states() if state.url == url)


async def test_an_interval_for_all_counts_at_once_and_one_of_its_own_wins(
    worker: Worker, other: Store, tmp_path: Path
) -> None:
    own = "http://pilot.test/feed"
    worker.web.pages |= {FEED: rss("storm"), own: rss("calm")}
    worker.add(FEED)
    (id_,) = worker.add(own)
    worker.store.set_source(id_, settings=SourceSettings(interval=86_400))
    async with watching(worker, tmp_path):
        await until(lambda: len(worker.of("indexed")) == 1)
        worker.wishes[0] = Wishes(every=1_800)
        worker.time[0] += 1_801
        await until(lambda: len(worker.of("indexed")) == 2)
        await until(lambda: due(other, FEED) == worker.time[0] + 1_800)
    assert due(other, own) == NOW + 86_400
    assert (worker.web.asked[FEED], worker.web.asked[own]) == (2, 1)


async def test_by_itself_it_does_nothing_where_that_is_set_but_what_is_asked_for(
    worker: Worker, other: Store, tmp_path: Path
) -> None:
    worker.web.pages[FEED] = rss("storm")
    ids = worker.add(FEED)
    worker.wishes[0] = Wishes(by_itself=False)
    async with watching(worker, tmp_path) as lock:
        await until(lambda: lock.held and (tmp_path / "sources.opml").exists())
        assert not worker.web.asked[FEED]
        other.mark_due(ids)
        await until(lambda: worker.web.asked[FEED] == 1)
        worker.time[0] += 30 * 86_400
        worker.wishes[0] = Wishes()
        await until(lambda: worker.web.asked[FEED] == 2)


async def test_when_nothing_else_is_to_be_done_it_backs_up(worker: Worker, tmp_path: Path) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)
    fetched: list[int] = []

    async def back_up() -> None:
        fetched.append(len(worker.of("indexed")))

    lock, mirror = FileLock(tmp_path / "schedule.lock"), Mirror(worker.service, tmp_path / "sources.opml")
    keeper = Watch(worker.service, lock, mirror, back_up=back_up, look=0.01, tick=0.05)
    task = asyncio.create_task(keeper.run())
    await until(lambda: bool(fetched))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert fetched[0] == 1, "after the refresh, and not beside it"


async def test_without_the_lock_it_waits_for_it(worker: Worker, tmp_path: Path) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)
    holder = FileLock(tmp_path / "schedule.lock")
    assert holder.acquire()
    async with watching(worker, tmp_path):
        await asyncio.sleep(0.1)
        assert worker.web.asked[FEED] == 0
        holder.release()
        await until(lambda: worker.web.asked[FEED] == 1)


async def test_what_another_process_does_is_seen_at_once(worker: Worker, other: Store, tmp_path: Path) -> None:
    worker.web.pages |= {FEED: rss("storm"), "http://harbour.test/storm": page()}
    (id_,) = worker.add(FEED)
    with other:
        async with watching(worker, tmp_path):
            await until(lambda: bool(worker.of("indexed")))
            other.mark_due([id_])
            await until(lambda: worker.web.asked[FEED] == 2)
            (article,) = other.listing(Query(Scope.SOURCE, source_id=id_)).ids
            other.bookmark([article], True)
            await until(lambda: other.heads([article])[0].full_text)
            other.remove_sources([id_])
            await until(lambda: FEED not in (tmp_path / "sources.opml").read_text())


@pytest.mark.parametrize("deed", ["taken back", "paused"])
async def test_an_import_taken_back_or_paused_is_not_fetched_to_its_end(
    worker: Worker, other: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    begun: list[int] = []
    refreshes: list[int] = []
    choose = worker.service.refresher.chosen

    async def visit(state: FetchState) -> Change:
        begun.append(state.source_id)
        await asyncio.Event().wait()  # a server that says nothing
        raise AssertionError

    async def chosen(ids: Sequence[int] | None = None, *, everything: bool = False) -> tuple[FetchState, ...]:
        states = await choose(ids, everything=everything)
        refreshes.append(len(states))
        return states

    monkeypatch.setattr(worker.service.refresher.visits, "visit", visit)
    monkeypatch.setattr(worker.service.refresher, "chosen", chosen)
    with other:
        ids = other.add_sources([Subscription(f"http://harbour.test/{number}") for number in range(40)]).ids
        async with watching(worker, tmp_path):
            await until(lambda: len(begun) > 8)
            refresh = asyncio.create_task(worker.service.refresh(ids[:30]))
            await until(lambda: refreshes[-1:] == [30])
            if deed == "paused":
                other.pause_sources(ids, True)
            else:
                other.undo()
            async with asyncio.timeout(5):
                outcome = await refresh
            await until(lambda: worker.of("refresh")[-1] == {"event": "refresh", "done": 0, "total": 0})
    assert (outcome.total, outcome.failed) == (0, 0)
    assert len(begun) < len(ids)
    assert all(state.error is None for state in worker.store.fetch_states())


async def test_a_mirror_edited_by_hand_is_said_once(worker: Worker, other: Store, tmp_path: Path) -> None:
    (id_,) = worker.add(FEED)
    worker.web.pages[FEED] = rss("storm")
    mirror = tmp_path / "sources.opml"
    with other:
        async with watching(worker, tmp_path):
            await until(mirror.exists)
            mirror.write_text("<opml version='2.0'><body><outline xmlUrl='https://mine.test/'/></body></opml>")
            await until(lambda: bool(worker.of("notice")))
            other.update_source(id_, title="Another")
            await asyncio.sleep(0.3)
    (notice,) = worker.of("notice")
    assert "was edited" in notice["text"]
    assert "mine.test" in mirror.read_text()


@pytest.mark.slow
async def test_a_full_disk_is_said_and_watching_goes_on(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)

    def full(*_: object) -> None:
        raise LibraryFull("There is no room left.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "ingest_all", full)
        async with watching(worker, tmp_path):
            await until(lambda: bool(worker.of("notice")))
            assert worker.of("notice")[0]["text"] == "There is no room left."
            patch.undo()
            await until(lambda: bool(worker.of("indexed")))


async def test_a_fetch_without_the_lock_follows_the_holder(worker: Worker, other: Store, tmp_path: Path) -> None:
    worker.web.pages |= {FEED: rss("storm"), FEED + "2": httpx.Response(500)}
    worker.add(FEED, FEED + "2")
    lock = FileLock(tmp_path / "schedule.lock")
    with other:
        async with watching(worker, tmp_path):
            await until(lambda: bool(worker.of("indexed")))
            states = worker.store.fetch_states()
            worker.events.clear()
            outcome = await Follower(worker.service, lock, look=0.01).follow(states)
    assert (outcome.total, outcome.done, outcome.failed) == (2, 2, 1)
    assert worker.web.asked[FEED] == 2
    assert (2, 2) in [(event["done"], event["total"]) for event in worker.of("refresh")]


@pytest.mark.parametrize("how", ["freed", "stuck"])
async def test_a_follower_whose_holder_does_nothing_does_it_itself(worker: Worker, tmp_path: Path, how: str) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)
    holder = FileLock(tmp_path / "schedule.lock")
    assert holder.acquire()
    patience = 0.05 if how == "stuck" else 60
    follower = Follower(worker.service, FileLock(tmp_path / "schedule.lock"), look=0.01, patience=patience)
    following = asyncio.create_task(follower.follow(worker.store.fetch_states()))
    await until(lambda: bool(worker.of("refresh")))
    assert worker.store.requested()
    if how == "freed":
        holder.release()
    outcome = await asyncio.wait_for(following, 5)
    holder.release()
    assert (outcome.done, outcome.added, outcome.failed) == (1, 1, 0)
    assert not worker.store.requested()


async def test_a_library_that_takes_no_writes_asks_nobody_and_is_said_once_by_who_opened_it(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)
    monkeypatch.setattr(Store, "read_only", True)
    async with watching(worker, tmp_path):
        await asyncio.sleep(0.1)
        with pytest.raises(LibraryError):
            await worker.service.refresh()
    assert worker.of("notice") == []
    assert sum(worker.web.asked.values()) == 0


async def test_a_full_disk_is_not_asked_for_again_and_again(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.web.pages[FEED] = rss("storm")
    worker.add(FEED)

    def full(*_: object) -> None:
        raise LibraryFull("There is no room left.")

    monkeypatch.setattr(Store, "ingest_all", full)
    monkeypatch.setattr(watch, "_PAUSE", 1_000)
    async with watching(worker, tmp_path):
        await until(lambda: bool(worker.of("notice")))
        await asyncio.sleep(0.5)  # two ticks
    assert worker.web.asked[FEED] == 1
    assert len(worker.of("notice")) == 1


async def test_a_lost_feed_is_looked_for_beside_the_schedule(worker: Worker, tmp_path: Path) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/news.xml">'
    worker.web.pages |= {FEED: page(), "http://harbour.test/": page(head=link)}
    worker.web.pages["http://harbour.test/news.xml"] = rss("storm")
    worker.add(FEED)
    async with watching(worker, tmp_path):
        await until(lambda: bool(worker.of("offer")))
    assert worker.of("offer")[0]["offer"] == "http://harbour.test/news.xml"
