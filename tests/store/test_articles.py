from __future__ import annotations

from newsreader.model import FullText, FullTextMode, SourceKind, Subscription
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill, ingest, write

HOUR = 3_600
FULL = FullText("<p>Whole</p>", "Whole", b"whole", 3, 1_240, "Title", "Marta K.", "pt")


def test_heads_keep_the_order_asked_for_and_leave_out_what_is_gone(store: Store) -> None:
    ids = fill(store, add_source(store), 3)
    wanted = [ids[2], 999, ids[0], 2**70, -1]
    assert [head.id for head in store.heads(wanted)] == [ids[2], ids[0]]
    assert store.heads([]) == ()


def test_what_is_not_here(store: Store) -> None:
    for article_id in (999, 2**70, -1):
        assert store.article(article_id) is None
        assert store.html(article_id, full_text=False) is None
        assert not store.save_full_text(article_id, FULL)
        assert not store.save_document(article_id, full_text=True, document=b"", version=1)
        assert not store.save_full_text_error(article_id, "x")


def test_full_text_is_shown_counted_and_found_in_place_of_the_feeds(store: Store) -> None:
    source_id = add_source(store)
    (article_id,) = ingest(store, source_id, write(1, words=60, author=None)).added
    assert store.heads([article_id])[0].stub
    store.save_full_text(article_id, FULL)
    article = store.article(article_id)
    assert article is not None
    assert (article.head.words, article.head.full_text, article.head.stub) == (1_240, True, False)
    assert (article.head.author, article.language) == ("Marta K.", "pt")
    assert (article.full_document, article.full_document_version) == (b"whole", 3)
    assert article.feed_document == b"document"
    assert store.html(article_id, full_text=True) == "<p>Whole</p>"


def test_a_later_full_text_takes_the_place_of_the_earlier(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    store.save_full_text(article_id, FULL)
    store.save_full_text(article_id, FullText("<p>2</p>", "2", b"2", 4, 500))
    article = store.article(article_id)
    assert article is not None
    assert (article.full_document, article.head.words) == (b"2", 500)


def test_a_document_built_anew_is_kept(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    store.save_document(article_id, full_text=False, document=b"anew", version=9)
    assert not store.save_document(article_id, full_text=True, document=b"x", version=9)
    store.save_document(article_id, full_text=False, document=b"anew", version=9, media="pp")
    article = store.article(article_id)
    assert article is not None
    assert (article.feed_document, article.document_version) == (b"anew", 9)
    assert article.feed_length.media == "pp"


def test_an_error_is_kept_until_the_full_text_is_here(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    store.save_full_text_error(article_id, "No article text found on the page.")
    article = store.article(article_id)
    assert article is not None
    assert article.full_text_error == "No article text found on the page."
    store.save_full_text(article_id, FULL)
    article = store.article(article_id)
    assert article is not None
    assert article.full_text_error is None


def test_bookmarked_articles_want_their_full_text(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 5)
    (without,) = ingest(store, source_id, write(9, url=None)).added
    store.bookmark([*ids[:4], without], True)
    store.save_full_text(ids[0], FULL)
    assert store.wanting_full_text(10) == ids[1:4]
    assert store.wanting_full_text(2) == ids[1:3]
    store.set_source(source_id, full_text_mode=FullTextMode.FEED)
    assert store.wanting_full_text(10) == ()


def test_the_handbook_wants_no_full_text(store: Store) -> None:
    added = store.add_sources([Subscription("newsreader:other")], kind=SourceKind.BUILTIN)
    states = store._db.one("SELECT url FROM source WHERE id = ?", added.ids)
    assert states == ("newsreader:other",)
    source_id = add_source(store)
    ids = fill(store, source_id, 1)
    store.bookmark(ids, True)
    store._db.run("UPDATE source SET kind = 'builtin' WHERE id = ?", (source_id,))
    assert store.wanting_full_text(10) == ()


def test_failures_wait_longer_each_time(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 1)
    store.bookmark(ids, True)
    for hours in (1, 2, 4, 8, 16, 32, 64, 128, 256, 256):
        store.save_full_text_error(ids[0], "The server answered 500.")
        clock.now += hours * HOUR - 1
        assert store.wanting_full_text(1) == ()
        clock.now += 1
        assert store.wanting_full_text(1) == ids


def test_a_failure_in_the_future_does_not_wait_for_the_clock(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 1)
    store.bookmark(ids, True)
    store.save_full_text_error(ids[0], "x")
    clock.now -= 365 * 24 * HOUR
    assert store.wanting_full_text(1) == ids
