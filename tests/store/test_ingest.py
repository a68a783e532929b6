from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.bounds import FORMER_KEPT
from newsreader.model import Enclosure, Former, FullText, ParsedFeed, Query
from newsreader.store import Intake, Store
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, state_of, write


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        found: list[tuple[object, ...]] = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_new_articles_are_taken_in_unread_newest_first(store: Store) -> None:
    source_id = add_source(store)
    change = ingest(store, source_id, write(2), write(1), write(3), feed=ParsedFeed(title="Gazette"))
    assert len(change.added) == 3
    assert change.articles == change.added
    assert change.sources == {source_id}
    listing = store.listing(Query())
    heads = store.heads(listing.ids)
    assert [head.title for head in heads] == ["Title 1", "Title 2", "Title 3"]
    assert listing.sort_at == tuple(head.sort_at for head in heads)
    assert not any(head.read or head.bookmarked or head.full_text or head.stub for head in heads)
    assert heads[0].source_title == "Gazette"
    source = store.source(source_id)
    assert source is not None
    assert (source.unread, source.total) == (3, 3)
    assert store.known(source_id) == {"guid-1": "hash-1", "guid-2": "hash-2", "guid-3": "hash-3"}


def test_an_article_comes_back_as_it_was_written(store: Store) -> None:
    source_id = add_source(store)
    given = write(
        1,
        words=80,
        enclosures=(
            Enclosure("https://example.org/a.mp3", "audio/mpeg", 123, 1_800, "Part one"),
            Enclosure("https://example.org/b"),
        ),
        categories=("ferry", "harbour"),
        comments_url="https://example.org/1#comments",
        comments_feed_url="https://example.org/1/comments.xml",
        comments_count=14,
        language="pt",
        image_url="https://example.org/1.jpg",
    )
    (article_id,) = ingest(store, source_id, given).added
    article = store.article(article_id)
    assert article is not None
    assert (article.head.title, article.head.author, article.head.url) == ("Title 1", "Ines Almada", given.url)
    assert article.head.stub
    assert (article.head.published, article.head.words) == (given.published, 80)
    assert (article.feed_document, article.document_version) == (b"document", 1)
    assert article.full_document is None
    assert article.full_document_version is None
    assert article.enclosures == given.enclosures
    assert article.categories == given.categories
    assert (article.comments_url, article.comments_feed_url) == (given.comments_url, given.comments_feed_url)
    assert (article.head.comments, article.language) == (14, "pt")
    assert article.image_url == "https://example.org/1.jpg"
    assert article.source_url == "https://example.org/feed-1"
    assert store.html(article_id, full_text=False) == "<p>Text 1</p>"
    assert store.html(article_id, full_text=True) is None


def test_an_edit_keeps_id_status_and_place_in_the_list(store: Store, path: Path) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 2)
    store.mark_read(ids, True)
    store.bookmark(ids[:1], True)
    change = ingest(
        store,
        source_id,
        write(
            1, content_hash="new", title="Corrected", html="<p>New</p>", text="New", sort_at=NOW + 5, document=b"new"
        ),
    )
    assert change.articles == {ids[0]}
    assert not change.added
    article = store.article(ids[0])
    assert article is not None
    assert (article.head.title, article.head.read, article.head.bookmarked) == ("Corrected", True, True)
    assert article.head.sort_at == NOW - 100
    assert article.feed_document == b"new"
    assert store.html(ids[0], full_text=False) == "<p>New</p>"
    assert store.known(source_id)["guid-1"] == "new"
    assert rows(path, "SELECT article_id, title, html FROM former") == [(ids[0], "Title 1", "<p>Text 1</p>")]


def test_what_came_just_so_before_is_left_as_it_is(store: Store) -> None:
    source_id = add_source(store)
    fill(store, source_id, 3)
    change = ingest(store, source_id, write(1, title="Another face of it"), write(2), write(4))
    assert change.articles == change.added
    assert len(change.added) == 1
    assert store.known(source_id, 2) == {"guid-3": "hash-3", "guid-4": "hash-4"}


def test_an_edit_of_neither_title_nor_text_leaves_no_former_version(store: Store, path: Path) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 1)
    ingest(store, source_id, write(1, content_hash="new", author="Somebody else"))
    assert store.heads(ids)[0].author == "Somebody else"
    assert rows(path, "SELECT * FROM former") == []


def test_enclosures_of_an_older_library_have_no_duration_and_no_title(store: Store, path: Path) -> None:
    (article_id,) = ingest(store, add_source(store), write(1)).added
    with sqlite3.connect(path) as connection:
        connection.execute('UPDATE article SET enclosures = \'[["https://example.org/a.mp3", "audio/mpeg", 5]]\'')
    connection.close()
    article = store.article(article_id)
    assert article is not None
    assert article.enclosures == (Enclosure("https://example.org/a.mp3", "audio/mpeg", 5),)


def test_former_versions_are_read_back_newest_first(store: Store, clock: Clock) -> None:
    source_id = add_source(store)
    (article_id,) = fill(store, source_id, 1)
    assert store.former(article_id) == ()
    assert store.former(article_id + 1) == ()
    for number, html in enumerate(("<p>Two</p>", "<p>Three</p>")):
        clock.now = NOW + number
        ingest(store, source_id, write(1, content_hash=html, title=f"Edit {number}", html=html, text=html))
    last, first = store.former(article_id)
    assert last == Former(last.id, NOW + 1, "Edit 0", "<p>Two</p>", b"document", 1)
    assert first == Former(first.id, NOW, "Title 1", "<p>Text 1</p>", b"document", 1)
    article = store.article(article_id)
    assert article is not None
    assert article.edits == 2
    store.save_former_document(first.id, b"anew", 7)
    assert store.former(article_id)[1] == Former(first.id, NOW, "Title 1", "<p>Text 1</p>", b"anew", 7)


def test_an_edit_of_other_things_than_words_is_none(store: Store) -> None:
    source_id = add_source(store)
    (article_id,) = fill(store, source_id, 1)
    ingest(store, source_id, write(1, content_hash="new", html='<p>Text <a href="https://a.example/">1</a></p>'))
    assert store.former(article_id) == ()


def test_former_versions_are_bounded(store: Store, path: Path) -> None:
    source_id = add_source(store)
    for number in range(FORMER_KEPT + 5):
        ingest(store, source_id, write(1, content_hash=str(number), title=f"Edit {number}"))
    kept = [title for (title,) in rows(path, "SELECT title FROM former ORDER BY id")]
    assert kept == [f"Edit {number}" for number in range(4, FORMER_KEPT + 4)]


def test_articles_that_went_for_good_are_known_and_not_taken_in_again(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    store.mark_read(ids[:2], True)
    dropped = store.drop_articles(ids[1:])
    assert dropped.articles == set(ids[1:])
    assert store.heads(ids) == store.heads(ids[:1])
    assert store.known(source_id) == {"guid-1": "hash-1", "guid-2": "hash-2", "guid-3": "hash-3"}
    change = ingest(store, source_id, write(2, content_hash="other", title="Edited"), write(3))
    assert not change.articles
    source = store.source(source_id)
    assert source is not None
    assert (source.unread, source.total) == (0, 1)
    assert store.listing(Query()).ids == ids[:1]
    assert store.check() == ()


def test_bookmarked_articles_are_not_dropped(store: Store) -> None:
    ids = fill(store, add_source(store), 2)
    store.bookmark(ids[:1], True)
    assert store.drop_articles(ids).articles == {ids[1]}
    assert store.article(ids[0]) is not None


def test_the_same_identity_in_two_sources_is_two_articles(store: Store) -> None:
    first, second = add_source(store, 1), add_source(store, 2)
    assert len(ingest(store, first, write(1)).added | ingest(store, second, write(1)).added) == 2


def test_the_last_of_two_writes_of_one_identity_counts(store: Store) -> None:
    source_id = add_source(store)
    ingest(store, source_id, write(1), write(1, title="Second"))
    assert [head.title for head in store.heads(store.listing(Query()).ids)] == ["Second"]


def test_values_that_sqlite_does_not_take_are_made_to_fit(store: Store) -> None:
    source_id = add_source(store)
    ingest(
        store,
        source_id,
        write(1),
        write(2, title="half \ud83d emoji", html="<p>\udfff</p>", text="\udfff", words=2**80, published=-(2**70)),
        write(3),
    )
    heads = store.heads(store.listing(Query()).ids)
    assert [head.title for head in heads] == ["Title 1", "half ? emoji", "Title 3"]
    assert heads[1].words == 2**63 - 1
    assert store.index_some(10) == 0
    assert store.check() == ()


def test_a_large_feed_goes_in_in_several_transactions_and_the_state_with_the_last(
    open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time stands for a while and then jumps: each transaction ends at its first look at the clock."""
    store, other = open_store(), open_store()
    source_id = add_source(store)
    ticks = iter(range(1_000_000))
    seen: list[tuple[int, str | None]] = []

    def tick() -> float:
        seen.append((len(other.listing(Query()).ids), state_of(other, source_id).body_hash))
        return float(next(ticks))

    monkeypatch.setattr("newsreader.store.ingest.monotonic", tick)
    monkeypatch.setattr("newsreader.store.ingest.BATCH_TIME", 2.0)
    state = state_of(store, source_id)
    change = store.ingest(
        type(state)(source_id, state.url, state.title, body_hash="whole"),
        None,
        [write(number) for number in range(100)],
    )
    assert len(change.added) == 100
    assert min(seen) == (0, None)
    assert len({count for count, _ in seen}) > 2
    assert {body_hash for count, body_hash in seen if count < 100} == {None}
    assert state_of(other, source_id).body_hash == "whole"


def test_a_source_removed_between_two_transactions_takes_no_more(
    open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = open_store(), open_store()
    source_id = add_source(store)
    ticks = iter(range(1_000_000))
    monkeypatch.setattr("newsreader.store.ingest.monotonic", lambda: float(next(ticks)))
    monkeypatch.setattr("newsreader.store.ingest.BATCH_TIME", 2.0)
    whole = Store._one_batch

    def remove_after_the_first(self: Store, *arguments: object) -> object:
        outcome = whole(self, *arguments)  # type: ignore[arg-type]  # handed through as they came
        other.remove_sources([source_id])
        return outcome

    monkeypatch.setattr(Store, "_one_batch", remove_after_the_first)
    change = ingest(store, source_id, *(write(number) for number in range(100)))
    assert 0 < len(change.added) < 100


def test_an_empty_ingest_keeps_the_state(store: Store) -> None:
    source_id = add_source(store)
    assert ingest(store, source_id).sources == {source_id}


def test_two_workers_that_took_the_same_feed_make_no_doubles(open_store: Callable[..., Store]) -> None:
    one, other = open_store(), open_store()
    source_id = add_source(one)
    state = state_of(one, source_id)
    first = one.ingest(state, None, [write(1), write(2)])
    second = other.ingest(state, None, [write(1), write(2), write(3)])
    assert len(first.added) == 2
    assert len(second.added) == 1
    assert one.check() == ()


def test_an_edit_of_the_feed_keeps_the_full_text_and_its_author(store: Store, clock: Clock) -> None:
    source_id = add_source(store)
    (article_id,) = ingest(store, source_id, write(1, author=None)).added
    store.save_full_text(article_id, FullText("<p>Full</p>", "Full", b"full", 1, 900, author="Marta K."))
    ingest(store, source_id, write(1, author=None, content_hash="new", html="<p>x</p>"))
    (head,) = store.heads([article_id])
    assert (head.author, head.full_text, head.words) == ("Marta K.", True, 900)


def test_several_sources_go_in_together_and_each_is_told_of_its_own(open_store: Callable[..., Store]) -> None:
    store, other = open_store(), open_store()
    first, second, gone = (add_source(store, number) for number in (1, 2, 3))
    intakes = [
        Intake(state_of(store, first)._replace(etag="a"), ParsedFeed(title="Gazette"), [write(1), write(2)]),
        Intake(state_of(store, second)._replace(etag="b")),
        Intake(state_of(store, gone), None, [write(3)]),
    ]
    store.remove_sources([gone])
    before = store.last_change()
    one, two, three = store.ingest_all(intakes)
    assert len(one.added) == 2
    assert one.articles == one.added
    assert one.sources == {first}
    assert two.sources == {second}
    assert not two.articles
    assert not three
    seen = other.changes_since(before)
    assert seen.added == one.added
    assert seen.sources == {first, second}
    assert [state.etag for state in other.fetch_states()] == ["a", "b"]
    assert store.ingest_all([]) == ()


def test_sources_that_do_not_fit_into_one_transaction_go_into_the_next(
    open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the clock takes so long that one source fills a transaction."""
    store, other = open_store(), open_store()
    ids = [add_source(store, number) for number in (1, 2, 3)]
    ticks = iter(range(1_000_000))
    seen: list[tuple[str | None, ...]] = []

    def tick() -> float:
        seen.append(tuple(state.etag for state in other.fetch_states()))
        return float(next(ticks))

    monkeypatch.setattr("newsreader.store.ingest.monotonic", tick)
    monkeypatch.setattr("newsreader.store.ingest.BATCH_TIME", 2.0)
    changes = store.ingest_all([Intake(state_of(store, id_)._replace(etag="x"), None, [write(id_)]) for id_ in ids])
    assert [change.sources for change in changes] == [{id_} for id_ in ids]
    assert set(seen) >= {(None, None, None), ("x", None, None), ("x", "x", None)}
    assert store.check() == ()


def test_values_that_sqlite_does_not_take_are_made_to_fit_in_every_source(store: Store) -> None:
    first, second = add_source(store, 1), add_source(store, 2)
    changes = store.ingest_all(
        [
            Intake(state_of(store, first), None, [write(1)]),
            Intake(state_of(store, second), None, [write(2, title="half \ud83d emoji")]),
        ]
    )
    assert [len(change.added) for change in changes] == [1, 1]
    assert [head.title for head in store.heads(sorted(changes[1].added))] == ["half ? emoji"]
    assert store.check() == ()
