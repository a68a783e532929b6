"""Lists that are too long to be read at once: their beginning is shown, and the rest comes behind it."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from newsreader.errors import LibraryError
from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.ui.library import Library
from tests.ui.desk import desk, key_event
from tests.ui.world import fill

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let four articles be many."""
    monkeypatch.setattr("newsreader.ui.list_reading._FIRST", 4)
    monkeypatch.setattr("newsreader.ui.list_reading.FIRST_FOUND", 4)
    monkeypatch.setattr("newsreader.ui.browsing.FIRST_FOUND", 4)
    monkeypatch.setattr("newsreader.ui.list_reading._STEP", 3)
    monkeypatch.setattr("newsreader.ui.list_reading._NEAR", 2)
    monkeypatch.setattr("newsreader.ui.browsing._REST", 0.0)


def all_of(path: Path, query: Query) -> tuple[int, ...]:
    with Store.open(path, read_only=True) as store:
        return store.listing(query).ids


@pytest.mark.usefixtures("short_steps")
async def test_a_long_list_comes_whole_and_in_order(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "a")
        await here.until(lambda: here.main.browsing.is_whole)
        assert here.main.browsing.ids == all_of(here.path, Query(Scope.ALL))
        await here.press("g", "b", "g", "a", "G")
        assert here.main.articles.cursor == all_of(here.path, Query(Scope.ALL))[-1]


@pytest.mark.usefixtures("short_steps")
async def test_the_end_the_next_unread_and_all_read_mean_the_whole_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("G", "K", "enter", "h")
        ids = all_of(here.path, Query(Scope.ALL))
        last = here.main.articles.cursor
        await here.press("p")
        assert here.main.opened_id == ids[ids.index(last) - 1]
        await here.press("n")
        assert here.main.opened_id == ids[-1]
        await here.press("h", "A")
        await here.until(lambda: not all_of(here.path, Query(Scope.UNREAD)))


@pytest.fixture
def short_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions on more than three articles go in steps."""
    for part in ("store.status", "store.turning", "ui.list_reading"):
        monkeypatch.setattr(f"newsreader.{part}.JOURNAL_STEP", 3)
    monkeypatch.setattr("newsreader.store.turning._SINGLE", 1)
    monkeypatch.setattr("newsreader.store.journal._ROW", 2)


@pytest.mark.usefixtures("short_steps", "short_actions")
async def test_a_long_list_is_marked_and_undone_behind_what_is_done_next(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        for key in ("A", "j", "s", "u", "u"):  # while the steps go on
            here.app.post_message(key_event(key))
        await here.until(lambda: "Undone: marked " in here.text)
        assert not any(head.read or head.bookmarked for head in here.heads())
        await here.press("g", "a", "A", "g", "b", "Q")  # the list is left, and the program, before it is through
    assert all(head.read for head in here.heads())
    with Store.open(tmp_path / "library.db", window="test") as store:
        assert store.actions(1)[0].words == "marked 16 articles read"


@pytest.mark.usefixtures("short_steps")
async def test_the_cursor_is_found_again_deep_in_a_long_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "a", "G", "k")
        await here.until(lambda: here.main.notebook.is_written)
        cursor = here.main.articles.cursor
    async with desk(tmp_path) as here:
        assert here.main.articles.cursor == cursor
        await here.until(lambda: here.main.browsing.is_whole)
        assert here.main.articles.cursor == cursor
        assert here.main.browsing.ids == all_of(here.path, Query(Scope.ALL))


@pytest.mark.usefixtures("short_steps")
async def test_a_search_reads_as_far_as_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.ui.list_reading.SEARCH_RESULTS", 4)
    async with desk(tmp_path) as here:
        await here.press("/", *"the")
        await here.until(lambda: here.main.browsing.query.text and here.main.browsing.is_whole)
        found = all_of(here.path, here.main.browsing.query)
        assert 4 <= len(here.main.browsing.ids) < len(found)
        assert here.main.browsing.ids == found[: len(here.main.browsing.ids)]


@pytest.mark.usefixtures("short_steps")
async def test_a_search_says_how_far_it_is_and_esc_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.ui.browsing._SAID", 0.0)
    monkeypatch.setattr("newsreader.store.seeking._FIRST", 2)
    monkeypatch.setattr("newsreader.store.combing._BLOCK", 2)
    steps = threading.Semaphore(2)
    seek = Store.newest

    def slow(store: Store, query: Query, limit: int, **further: Any) -> Any:
        if query.text.endswith("99999") and "after" in further:
            steps.acquire(timeout=5)
        return seek(store, query, limit, **{**further, "seconds": 0.0})

    monkeypatch.setattr(Store, "newest", slow)
    async with desk(tmp_path) as here:
        await here.press("/", *"words:>99999", "enter")
        total = len(all_of(here.path, Query(Scope.ALL)))
        await here.until(lambda: f"of {total}… esc" in here.text)
        assert " so far · " in here.text
        here.app.post_message(key_event("escape"))
        steps.release(99)
        await here.until(lambda: not here.main.browsing.query.text)
        assert here.main.articles.rows


async def test_what_is_looked_for_is_given_up_and_writes_are_not(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        fill(store)
        some = store.listing(Query()).ids[:2]
        library = Library(store)
        begun = threading.Event()
        store._db._raw.create_function("begun", 0, begun.set)

        def look(store: Store) -> int:  # it never ends by itself
            return int(
                store._db.value("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(begun()) FROM n")
            )

        running = library.look(look)
        waiting = library.look(Store.last_change)
        write = library.call(Store.mark_read, some, read=True)
        await asyncio.to_thread(begun.wait, 5)
        library.give_up()
        for given_up in (running, waiting):
            with pytest.raises(LibraryError):
                await given_up
        assert len((await write).articles) == 2
        assert await library.look(Store.last_change)
        library.close()
