from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from newsreader.bounds import REMOVED_DAYS
from newsreader.model import Query, Scope, Subscription
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill, ingest, write

DAY = 86_400


def tidy(store: Store) -> int:
    steps = 1
    while store.tidy():
        steps += 1
        assert steps < 1_000
    return steps


def test_a_library_in_order_has_nothing_to_tidy(store: Store) -> None:
    assert not store.tidy()


def test_a_source_removed_long_ago_goes_with_its_articles(store: Store, clock: Clock) -> None:
    first, second = add_source(store, 1), add_source(store, 2)
    fill(store, first, 450)
    kept = fill(store, second, 3)
    store.index_some(1_000)
    store.remove_sources([first])
    clock.now += REMOVED_DAYS * DAY
    tidy(store)
    assert len(store.known(first)) == 450
    clock.now += 1
    assert tidy(store) >= 3
    assert store.known(first) == {}
    assert store._db.column("SELECT id FROM article") == list(kept)
    assert store._db.value("SELECT count(*) FROM source WHERE id = ?", (first,)) == 0
    assert store.listing(Query(text="title")).ids == kept
    assert store.check() == ()
    assert add_source(store, 1) not in {first, second}


def test_bookmarked_articles_stay_when_their_source_goes(store: Store, clock: Clock) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    store.bookmark(ids[1:2], True)
    store.remove_sources([source_id])
    clock.now += REMOVED_DAYS * DAY + 1
    tidy(store)
    assert store.listing(Query(Scope.BOOKMARKS)).ids == ids[1:2]
    assert store.article(ids[1]) is not None
    store.add_sources([Subscription("https://example.org/feed-1")])
    assert store.listing(Query()).ids == ids[1:2]
    store.remove_sources([source_id])
    store.bookmark(ids[1:2], False)
    clock.now += REMOVED_DAYS * DAY + 1
    tidy(store)
    assert store._db.value("SELECT count(*) FROM status") == 0


def test_ids_are_not_used_again(store: Store, clock: Clock) -> None:
    """Else an undo, or another window, would take a new article for the one that had its id."""
    first, second = add_source(store, 1), add_source(store, 2)
    ids = fill(store, first, 3)
    store.remove_sources([first])
    clock.now += REMOVED_DAYS * DAY + 1
    tidy(store)
    assert min(fill(store, second, 1)) > max(ids)


def test_the_index_is_merged_and_still_right(store: Store) -> None:
    source_id = add_source(store)
    for number in range(40):
        ingest(store, source_id, write(number))
        store.index_some(10)
    segments = "SELECT count(DISTINCT segid) FROM search_idx"
    before = store._db.value(segments)
    tidy(store)
    assert store._db.value(segments) < before
    assert len(store.listing(Query(text="title")).ids) == 40
    assert store.check() == ()


def test_room_is_given_back(store: Store, clock: Clock, path: Path) -> None:
    source_id = add_source(store)
    ids = tuple(ingest(store, source_id, *(write(n, html="x" * 100_000) for n in range(150))).added)
    store._db.value("PRAGMA wal_checkpoint(TRUNCATE)")
    large = path.stat().st_size
    store.drop_articles(ids)
    tidy(store)
    store._db.value("PRAGMA wal_checkpoint(TRUNCATE)")
    assert path.stat().st_size < large * 0.7
    assert store.check() == ()


def test_packing_goes_in_short_steps_and_others_write_between(
    store: Store, open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each body costs 0.2 ms by this clock: some 120 fit into a step, which is one transaction."""
    ids = fill(store, add_source(store), 400)
    store.index_some(1_000)
    other = open_store("other")
    moments = iter(range(100_000))
    monkeypatch.setattr("newsreader.store.bodies.monotonic", lambda: next(moments) / 5_000)
    loose = []
    while store.tidy():
        loose.append(store._db.value("SELECT count(*) FROM feed_loose"))
        other.mark_read(ids[: len(loose)], True)
    steps = [before - after for before, after in pairwise([400, *loose]) if before != after]
    assert sum(steps) == 400
    assert len(steps) >= 3
    assert max(steps) <= 150
    assert store.newest(Query(), 400).listing.ids == ids


def test_idle_moments_leave_nothing_to_copy_for_the_next_write(store: Store) -> None:
    fill(store, add_source(store), 200)
    store.index_some(1_000)
    tidy(store)
    _, in_log, copied = store._db.one("PRAGMA wal_checkpoint(PASSIVE)") or (0, -1, 0)
    assert in_log == copied
