"""Articles that are the same under several identities, and feeds that invent identities."""

from __future__ import annotations

import pytest

from newsreader.bounds import TWINS_KEPT
from newsreader.model import ArticleWrite, Query, Scope
from newsreader.store import Store
from newsreader.store.twins import twin_key
from tests.store.conftest import NOW, add_source, fill, ingest, state_of, write


def test_twins_in_one_document_fold_into_one(store: Store) -> None:
    source_id = add_source(store)
    url = "https://www.example.org/a/?utm_source=rss#top"
    change = ingest(
        store,
        source_id,
        write(1, url="http://example.org/a", title="A  Title"),
        write(2, url=url, title="a title"),
        write(3, url=url, title="Another title"),
    )
    assert len(change.added) == 2
    assert [head.title for head in store.heads(store.listing(Query()).ids)] == ["A  Title", "Another title"]
    assert store.known(source_id) == {"guid-1": "hash-1", "guid-2": "hash-2", "guid-3": "hash-3"}


def test_a_twin_that_comes_later_is_an_edit(store: Store) -> None:
    source_id = add_source(store)
    (article_id,) = fill(store, source_id, 1)
    store.mark_read([article_id], True)
    twin = write(1, identity="moved", guid="moved", content_hash="new", html="<p>More</p>", text="More")
    change = ingest(store, source_id, twin)
    assert change.articles == {article_id}
    assert not change.added
    assert store.html(article_id, full_text=False) == "<p>More</p>"
    assert store.listing(Query(Scope.UNREAD)).ids == ()
    assert store.known(source_id) == {"guid-1": "hash-1", "moved": "new"}
    ingest(store, source_id, write(1, identity="moved", content_hash="newer", html="<p>Most</p>", text="Most"))
    assert store.html(article_id, full_text=False) == "<p>Most</p>"
    assert store.known(source_id)["moved"] == "newer"


def flood(fetch: int, *, with_address: bool) -> list[ArticleWrite]:
    """Forty articles that stay the same but for a guid that the feed invents at each fetch."""
    url = {} if with_address else {"url": None}
    return [
        write(number, identity=f"{fetch}-{number}", guid=f"{fetch}-{number}", content_hash=f"{fetch}-{number}", **url)
        for number in range(40)
    ]


@pytest.mark.parametrize("with_address", [True, False])
def test_a_feed_that_invents_identities_does_not_fill_the_library(store: Store, *, with_address: bool) -> None:
    source_id = add_source(store)
    ids = tuple(sorted(ingest(store, source_id, *flood(0, with_address=with_address)).added))
    store.mark_read(ids, True)
    store.bookmark(ids[:1], True)
    for fetch in range(1, 51):
        change = ingest(store, source_id, *flood(fetch, with_address=with_address))
        assert not change.articles
        assert store.listing(Query(Scope.UNREAD)).ids == ()
        assert sorted(store.listing(Query()).ids) == list(ids)
        assert len(store.known(source_id)) <= len(ids) * (TWINS_KEPT + 1)
    assert store.check() == ()


def test_what_went_does_not_come_back_unread_under_an_invented_identity(store: Store) -> None:
    source_id = add_source(store)
    ids = tuple(sorted(ingest(store, source_id, *flood(0, with_address=False)).added))
    store.mark_read(ids, True)
    store.drop_articles(ids)
    change = ingest(store, source_id, *flood(1, with_address=False))
    assert not change.added
    assert store.listing(Query(Scope.UNREAD)).ids == ()


def test_of_a_flood_of_new_articles_the_newest_come_first_and_the_rest_is_asked_for_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.store.ingest.MAX_NEW", 10)
    source_id = add_source(store)
    first = [write(number) for number in range(30, 20, -1)]
    state = state_of(store, source_id)._replace(etag="a", last_modified="b", body_hash="c")
    assert len(store.ingest(state, None, first).added) == 10
    flooded = [write(number) for number in range(30, 0, -1)]
    added = store.ingest(state, None, flooded).added
    assert [head.title for head in store.heads(sorted(added))] == [f"Title {number}" for number in range(10, 0, -1)]
    after = state_of(store, source_id)
    assert (after.etag, after.last_modified, after.body_hash) == (None, None, None)
    known = store.known(source_id)
    rest = [each for each in flooded if each.identity not in known]
    assert len(store.ingest(state, None, rest).added) == 10
    assert state_of(store, source_id).etag == "a"
    assert store.check() == ()


def test_the_first_fetch_of_a_source_takes_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.store.ingest.MAX_NEW", 10)
    source_id = add_source(store)
    assert len(ingest(store, source_id, *(write(number) for number in range(30))).added) == 30


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": "x", "html": "x"}, {"text": "y", "html": "y"}),
        ({"published": NOW}, {"published": NOW - 86_400}),
        ({"title": "One"}, {"title": "Two"}),
    ],
)
def test_articles_without_address_that_differ_are_not_folded(
    store: Store, one: dict[str, object], other: dict[str, object]
) -> None:
    common = {"url": None, "title": "Backup done", "text": "It went well.", "published": None}
    source_id = add_source(store)
    change = ingest(store, source_id, write(1, **(common | one)), write(2, **(common | other)))
    assert len(change.added) == 2


def test_articles_of_one_address_without_title_are_told_apart_by_their_text(store: Store) -> None:
    source_id = add_source(store)
    url = "https://example.org/status"
    change = ingest(store, source_id, write(1, title="", url=url), write(2, title="", url=url))
    assert len(change.added) == 2
    again = ingest(store, source_id, write(1, title="", url=url, identity="new", content_hash="new"))
    assert not again.added


def test_what_shows_nothing_has_no_twin() -> None:
    assert twin_key(write(1, title="", text="")) is None
    assert twin_key(write(1, url=None, text="")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://example.org/a", "https://www.example.org/a/", True),
        ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a", True),
        ("https://example.org/a?id=1&utm_source=x", "https://example.org/a?id=1", True),
        ("https://example.org/a?id=1", "https://example.org/a?id=2", False),
        ("https://example.org/a#1", "https://example.org/a#2", False),
        ("https://example.org/a#xtor=RSS-1", "https://example.org/a", True),
        ("https://example.org/a", "https://example.com/a", False),
    ],
)
def test_addresses_of_twins(one: str, other: str, same: bool) -> None:
    assert (twin_key(write(1, url=one)) == twin_key(write(1, url=other))) is same
