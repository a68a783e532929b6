from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from newsreader.errors import LibraryError
from newsreader.model import Change, FetchState, Subscription
from newsreader.store import Store
from newsreader.worker.library import Library
from tests.store.conftest import write


def thread_of(store: Store) -> int:
    return threading.get_ident()


async def test_calls_run_one_after_the_other_in_one_other_thread(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    threads = set(await asyncio.gather(*(library.call(thread_of) for _ in range(5))))
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    await library.call(Store.remember, "key", "value")
    assert await library.call(Store.recall, "key") == "value"
    await library.close()


async def test_what_the_person_asked_for_is_for_their_window_to_undo(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    library = await Library.open(file, clock=lambda: 0.0, window="window-2")
    await library.act(Store.add_sources, [Subscription("http://one.test/")])
    await library.call(Store.add_sources, [Subscription("http://two.test/")])
    await library.close()
    with Store.open(file, clock=lambda: 0.0, window="window-1") as other:
        assert other.undo() is None
    with Store.open(file, clock=lambda: 0.0, window="window-2") as own:
        undone = own.undo()
        assert undone is not None
        assert undone.restored == 1
        assert own.undo() is None
        assert [source.url for source in own.sources() if source.kind == "feed"] == ["http://two.test/"]


async def test_errors_reach_the_caller_and_the_next_call_works(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)

    def fails(store: Store) -> None:
        raise LibraryError("No.")

    with pytest.raises(LibraryError):
        await library.call(fails)
    assert await library.call(Store.recall, "key") is None
    await library.close()


async def test_a_call_whose_caller_left_is_finished(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    gate = threading.Event()

    def waits(store: Store) -> None:
        gate.wait(5)
        store.remember("key", "value")

    call = asyncio.create_task(library.call(waits))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    gate.set()
    assert await library.call(Store.recall, "key") == "value"
    await library.close()


async def test_closing_does_not_wait_for_ever(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    gate = threading.Event()

    def hangs(store: Store) -> None:
        gate.wait(20)

    call = asyncio.create_task(library.call(hangs))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await library.close(0.01)
    call.cancel()
    gate.set()


async def test_a_library_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError):
        await Library.open(tmp_path / "file" / "library.db", clock=lambda: 0.0)


def states(library_store: Store, count: int) -> tuple[FetchState, ...]:
    ids = library_store.add_sources([Subscription(f"https://example.org/{number}") for number in range(count)]).ids
    return library_store.fetch_states(ids)


async def test_what_refreshes_came_to_is_written_together(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    first, *others = await library.call(states, 6)
    before = await library.call(Store.last_change)
    alone = await library.keep(first._replace(etag="0"))
    assert alone.sources == {first.source_id}
    changes = await asyncio.gather(
        *(library.keep(state._replace(etag="1"), None, [write(state.source_id)]) for state in others)
    )
    assert [change.sources for change in changes] == [{state.source_id} for state in others]
    assert all(len(change.added) == 1 for change in changes)
    assert len({change.seq for change in changes}) == 1
    everything = await library.call(Store.changes_since, before)
    assert everything.sources == {first.source_id, *(state.source_id for state in others)}
    assert everything.added == frozenset().union(*(change.added for change in changes))
    kept = await library.call(Store.fetch_states)
    assert [state.etag for state in kept] == ["0", "1", "1", "1", "1", "1"]
    await library.close()


async def test_one_that_cannot_be_written_does_not_hold_up_the_others(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    good, bad, fine = await library.call(states, 3)
    await library.keep(good)
    broken: Any = object()
    results = await asyncio.gather(
        library.keep(good._replace(etag="1")),
        library.keep(bad, None, [broken]),
        library.keep(fine._replace(etag="1")),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [Change, AttributeError, Change]
    kept = await library.call(Store.fetch_states)
    assert [state.etag for state in kept] == ["1", None, "1"]
    await library.close()


async def test_a_library_that_takes_no_writes_says_so_to_all_who_wait(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    known = await library.call(states, 2)

    def refuse(store: Store) -> None:
        store._db.refusal = LibraryError("No.")

    await library.keep(known[0])
    await library.call(refuse)
    results = await asyncio.gather(*(library.keep(state) for state in known), return_exceptions=True)
    assert [type(result) for result in results] == [LibraryError, LibraryError]
    await library.close()


async def test_closing_writes_what_waits(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    (state,) = await library.call(states, 1)
    await library.keep(state)
    waiting = asyncio.create_task(library.keep(state._replace(etag="last")))
    await asyncio.sleep(0)
    await library.close()
    await waiting
    with Store.open(tmp_path / "library.db") as store:
        assert store.fetch_states()[0].etag == "last"
