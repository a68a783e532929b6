from __future__ import annotations

from datetime import datetime

import pytest

from newsreader.model import Counts, Place, Query, Scope
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill, ingest, write


def midnight(clock: Clock) -> int:
    local = datetime.fromtimestamp(clock()).astimezone()
    return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())


def test_an_empty_library(store: Store) -> None:
    for scope in Scope:
        listing = store.listing(Query(scope))
        assert (listing.ids, listing.sort_at, listing.not_indexed) == ((), (), 0)
    assert store.counts() == Counts(0, 0, 0, 0)


def test_every_scope(store: Store, clock: Clock) -> None:
    first, second, third = (
        add_source(store, 1, folder="World"),
        add_source(store, 2, folder="World"),
        add_source(store, 3),
    )
    today = midnight(clock)
    (a,) = ingest(store, first, write(1, sort_at=today + 60)).added
    (b,) = ingest(store, second, write(2, sort_at=today)).added
    (c,) = ingest(store, third, write(3, sort_at=today - 1)).added
    store.mark_read([a], True)
    store.bookmark([c], True)
    assert store.listing(Query(Scope.ALL)).ids == (a, b, c)
    assert store.listing(Query(Scope.UNREAD)).ids == (b, c)
    assert store.listing(Query(Scope.TODAY)).ids == (a, b)
    assert store.listing(Query(Scope.BOOKMARKS)).ids == (c,)
    assert store.listing(Query(Scope.SOURCE, source_id=second)).ids == (b,)
    assert store.listing(Query(Scope.SOURCE, source_id=99)).ids == ()
    assert store.listing(Query(Scope.SOURCE, source_id=2**70)).ids == ()
    assert store.listing(Query(Scope.FOLDER, folder="World")).ids == (a, b)
    assert store.listing(Query(Scope.FOLDER, folder="world")).ids == ()
    assert store.counts() == Counts(unread=2, all=3, today=1, bookmarks=1)


def test_what_is_begun_waits_until_it_is_finished(store: Store) -> None:
    source_id = add_source(store)
    new, middle, old = fill(store, source_id, 3)
    for article_id, percent in ((old, 94), (middle, 1), (new, 95)):
        store.save_place(article_id, Place(block=2), percent)
    assert set(store.listing(Query(Scope.BEGUN)).ids) == {middle, old}
    assert store.counts().begun == 2
    assert [head.percent for head in store.heads((old, middle, new))] == [94, 1, 95]
    store.save_place(middle, Place(), 0)
    assert store.listing(Query(Scope.BEGUN)).ids == (old,)
    store.remove_sources([source_id])
    assert store.listing(Query(Scope.BEGUN)).ids == ()
    assert store.counts().begun == 0


def test_a_list_among_some_articles(store: Store) -> None:
    a, b, c = sorted(fill(store, add_source(store), 3))
    store.mark_read([b], True)
    assert store.listing(Query(Scope.UNREAD), among=[a, b, 99]).ids == (a,)
    assert set(store.listing(Query(), among=[a, c]).ids) == {a, c}
    assert store.listing(Query(text="is:read"), among=[a, b]).ids == (b,)
    assert store.listing(Query(), among=[]).ids == ()


def test_today_moves_on_with_the_clock(store: Store, clock: Clock) -> None:
    fill(store, add_source(store), 1)
    assert store.counts().today == 1
    clock.now += 36 * 3_600
    assert store.counts().today == 0
    assert store.listing(Query(Scope.TODAY)).ids == ()


def test_articles_of_one_moment_are_ordered_by_id(store: Store) -> None:
    ids = sorted(ingest(store, add_source(store), *(write(n, sort_at=5) for n in range(5))).added)
    assert store.listing(Query()).ids == tuple(reversed(ids))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(Scope.ALL), "status_all"),
        (Query(Scope.TODAY), "status_all"),
        (Query(Scope.UNREAD), "status_unread"),
        (Query(Scope.BOOKMARKS), "status_bookmarked"),
        (Query(Scope.SOURCE, source_id=2), "status_source"),
    ],
)
@pytest.mark.parametrize("analysed", [False, True])
@pytest.mark.parametrize("removed", [False, True])
def test_lists_are_read_from_an_index_alone_and_in_order(
    store: Store, query: Query, index: str, analysed: bool, removed: bool
) -> None:
    first, second = add_source(store, 1), add_source(store, 2)
    fill(store, first, 300)
    fill(store, second, 1)
    if analysed:
        store._db.run("ANALYZE")
    if removed:
        store.remove_sources([second])
    asked: list[str] = []
    store._db._raw.set_trace_callback(asked.append)
    store.listing(query)
    store._db._raw.set_trace_callback(None)
    (sql,) = [sql for sql in asked if "FROM status" in sql]
    plan = " ".join(row[3] for row in store._db.all(f"EXPLAIN QUERY PLAN {sql}"))
    assert f"COVERING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan


def test_heads_read_no_bodies(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = fill(store, add_source(store), 3)
    asked: list[str] = []
    store._db._raw.set_trace_callback(asked.append)
    store.heads(ids)
    store._db._raw.set_trace_callback(None)
    assert asked
    assert not any("feed_body" in sql or "full_text f" in sql for sql in asked)
