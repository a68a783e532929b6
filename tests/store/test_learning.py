"""How getting full texts went teaches how the articles of a source are opened."""

from __future__ import annotations

import pytest

from newsreader.model import Article, FullText, FullTextMode, Length
from newsreader.store import Store
from newsreader.store.learning import is_stub, is_whole, learnt, longer, outcome, shows_full, wants_full
from tests.store.conftest import add_source, fill, ingest, write

AUTO, FULL, FEED = FullTextMode.AUTO, FullTextMode.FULL, FullTextMode.FEED


@pytest.mark.parametrize(
    ("log", "teaches"),
    [
        ("", None),
        ("++", None),
        ("+++", FULL),
        ("+++-", FULL),
        ("+-+-", None),
        ("--", None),
        ("---", FEED),
        ("==-", FEED),
        ("++++---", FEED),
        ("---+", None),
        ("---+++", FULL),
    ],
)
def test_what_a_log_teaches(log: str, teaches: FullTextMode | None) -> None:
    assert learnt(log) is teaches


def test_a_log_does_not_grow_for_ever() -> None:
    log = ""
    for _ in range(100):
        log = longer(log, "+")
    assert len(log) <= 20
    for _ in range(3):
        log = longer(log, "-")
    assert learnt(log) is FEED


@pytest.mark.parametrize(
    ("feed", "full", "sign"), [(60, 1_240, "+"), (0, 80, "+"), (60, 62, "="), (900, 1_000, "="), (900, 300, "=")]
)
def test_a_full_text_gains_or_says_no_more(feed: int, full: int, sign: str) -> None:
    assert outcome(feed, full) == sign


def test_what_is_shown_and_wanted() -> None:
    assert shows_full(AUTO, "", 60, 1_240)
    assert shows_full(AUTO, "", 900, 890)
    assert not shows_full(AUTO, "", 900, 300)
    assert shows_full(FULL, "---", 900, 300)
    assert not shows_full(FEED, "+++", 60, 1_240)
    assert not shows_full(FULL, "", 60, None)
    assert not shows_full(AUTO, "===", 900, 890)
    assert shows_full(AUTO, "---", 60, 1_240)
    assert wants_full(AUTO, "", 60)
    assert not wants_full(AUTO, "", 600)
    assert wants_full(AUTO, "+++", 600)
    assert not wants_full(AUTO, "---", 60)
    assert wants_full(FULL, "---", 600)
    assert not wants_full(FEED, "+++", 60)
    assert not is_whole(900, 300)
    assert not is_whole(900, None)


@pytest.mark.parametrize(
    ("log", "words", "full", "stub"),
    [
        ("", 600, None, False),
        ("", 60, None, True),
        ("---", 60, None, True),
        ("===", 60, None, False),
        ("", 60, 62, False),
        ("===", 60, 900, True),
    ],
)
def test_what_is_short_is_a_stub_unless_its_page_said_no_more(
    log: str, words: int, full: int | None, stub: bool
) -> None:
    assert is_stub(log, words, full) is stub
    assert not is_stub(log, words, full, page=False)


def test_a_full_text_of_which_the_site_keeps_the_rest_is_a_stub(store: Store) -> None:
    (id_,) = ingest(store, add_source(store), write(1, words=60, media="a")).added
    assert article(store, id_).head.media == "a"
    store.save_full_text(id_, text(300)._replace(cut=True))
    found = article(store, id_)
    assert (found.head.words, found.head.stub, found.head.media) == (300, True, "")
    assert (found.feed_length, found.full_length) == (Length(60, True, "a"), Length(300, True))
    store.save_full_text(id_, text(900))
    assert article(store, id_).full_length == Length(900)


def article(store: Store, article_id: int) -> Article:
    found = store.article(article_id)
    assert found is not None
    return found


def stubs(store: Store, source_id: int) -> list[int]:
    """Take in four short articles."""
    return sorted(ingest(store, source_id, *(write(number, words=60) for number in range(4))).added)


def text(words: int) -> FullText:
    return FullText("<p>Whole</p>", "Whole", b"whole", 3, words)


def test_full_texts_that_gain_are_learnt_and_told(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 4)
    assert not store.save_full_text(ids[0], text(1_000)).sources
    assert not store.save_full_text(ids[1], text(1_000)).sources
    assert not store.save_full_text(ids[1], text(1_000)).sources  # the same one again teaches nothing
    assert store.sources()[0].learnt is None
    assert store.save_full_text(ids[2], text(1_000)).sources == {source_id}
    assert store.sources()[0].learnt is FULL
    assert store.sources()[0].opens_as() is FULL
    assert store.fetch_states([source_id])[0].opens_as() is FULL
    assert article(store, ids[3]).wants_full


def test_pages_that_refuse_are_learnt_and_passing_trouble_is_not(store: Store) -> None:
    source_id = add_source(store)
    ids = stubs(store, source_id)
    for id_ in ids[:3]:
        store.save_full_text_error(id_, "The server answered 503: it is too busy.")
    assert store.sources()[0].learnt is None
    assert article(store, ids[3]).wants_full
    for id_ in ids[:3]:
        store.save_full_text_error(id_, "No article text found on the page.", lasting=True)
    assert store.sources()[0].learnt is FEED
    assert not article(store, ids[3]).wants_full


def test_what_the_person_set_wins(store: Store) -> None:
    source_id = add_source(store)
    ids = stubs(store, source_id)
    for id_ in ids[:3]:
        store.save_full_text_error(id_, "No article text found on the page.", lasting=True)
    store.set_source(source_id, full_text_mode=FULL)
    assert store.sources()[0].opens_as() is FULL
    assert article(store, ids[3]).wants_full


def test_what_is_set_for_all_counts_where_nothing_is_set_for_the_source(store: Store) -> None:
    source_id = add_source(store)
    (long_,) = ingest(store, source_id, write(1, words=600)).added
    (short,) = ingest(store, source_id, write(2, words=60)).added
    store.save_full_text(long_, text(900))
    store.use_mode(FULL)
    assert article(store, long_).shows_full
    assert article(store, short).wants_full
    assert store.sources()[0].opens_as(FULL) is FULL
    store.use_mode(FEED)
    assert not article(store, short).wants_full
    assert article(store, long_).head.words == 600
    store.set_source(source_id, full_text_mode=FULL)
    assert article(store, long_).shows_full
    assert store.sources()[0].opens_as(FEED) is FULL


def test_the_words_of_a_head_are_those_of_what_opens(store: Store) -> None:
    source_id = add_source(store)
    (long_,) = ingest(store, source_id, write(1, words=900)).added
    store.save_full_text(long_, text(300))
    head = article(store, long_).head
    assert (head.words, head.stub, head.full_text) == (900, False, True)
    (short,) = ingest(store, source_id, write(2, words=60)).added
    store.save_full_text(short, text(300))
    assert (article(store, short).head.words, article(store, short).head.stub) == (300, False)
    store.set_source(source_id, full_text_mode=FEED)
    assert (article(store, short).head.words, article(store, short).head.stub) == (60, True)
