from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.model import Listing, Query, Scope, Subscription
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, ingest, write

QUERIES = {
    "all": Query(),
    "unread": Query(Scope.UNREAD),
    "today": Query(Scope.TODAY),
    "bookmarks": Query(Scope.BOOKMARKS),
    "later": Query(Scope.LATER),
    "source": Query(Scope.SOURCE, source_id=3),
    "folder": Query(Scope.FOLDER, folder="World"),
    "words": Query(text="title is:unread"),
    "state": Query(Scope.FOLDER, folder="World", text="is:unread"),
    "none": Query(Scope.FOLDER, folder="Nowhere"),
    "smart": Query(Scope.SMART, smart_id=99),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    clock = Clock()
    store = Store.open(tmp_path_factory.mktemp("paging") / "library.db", clock=clock)
    folders = [None, "World", "World", "Science"]
    sources = store.add_sources(
        [Subscription(f"https://a.example/{n}", "", each) for n, each in enumerate(folders)]
    ).ids
    for number, source_id in enumerate(sources):
        writes = [write(n, identity=f"{n}", url=f"https://a.example/{number}/{n}") for n in range(25)]
        ingest(store, source_id, *(each._replace(sort_at=NOW - 9_000 * (n // 3)) for n, each in enumerate(writes)))
    ids = store.listing(Query()).ids
    store.mark_read(ids[::3], True)
    store.bookmark(ids[::4], True)
    for number in range(0, 60, 7):
        clock.now += 1
        store.later([ids[number]], True)
    store.index_some(60)
    return store


def cut(listing: Listing, first: int, last: int) -> Listing:
    return replace(listing, ids=listing.ids[first:last], sort_at=listing.sort_at[first:last])


@given(st.sampled_from(sorted(QUERIES)), st.integers(1, 40), st.integers(0, 120))
@settings(deadline=None, max_examples=150)
def test_pages_are_pieces_of_the_list(library: Store, name: str, limit: int, at: int) -> None:
    query = QUERIES[name]
    whole = library.listing(query)
    assert library.page(query, limit) == cut(whole, 0, limit)
    if at < len(whole.ids):
        mark = library.mark(query, whole.ids[at])
        assert mark == (whole.sort_at[at], whole.ids[at])
        assert library.page(query, limit, after=mark) == cut(whole, at + 1, at + 1 + limit)
        assert library.page(query, limit, before=mark) == cut(whole, max(0, at - limit), at)


def test_an_article_of_another_list_has_no_mark(library: Store) -> None:
    of_first = library.listing(Query(Scope.SOURCE, source_id=2)).ids[0]
    assert library.mark(QUERIES["source"], of_first) is None
    assert library.mark(Query(), 10_000) is None
