from __future__ import annotations

from collections.abc import Callable

import pytest

from newsreader.model import FullText
from newsreader.store import Store
from tests.store.conftest import add_source, fill, ingest, write


def test_what_others_wrote_is_seen_once(open_store: Callable[..., Store]) -> None:
    reading, writing = open_store("reading"), open_store("writing")
    seen, version = reading.last_change(), reading.data_version()
    source_id = add_source(writing)
    ids = fill(writing, source_id, 2)
    writing.mark_read(ids[:1], True)
    assert reading.data_version() != version
    change = reading.changes_since(seen)
    assert change.articles == change.added == set(ids)
    assert change.sources == {source_id}
    assert not change.everything
    assert change.seq == writing.last_change()
    assert not reading.changes_since(change.seq)


def test_ones_own_writes_do_not_move_the_data_version_but_are_listed(store: Store) -> None:
    version, seen = store.data_version(), store.last_change()
    source_id = add_source(store)
    assert store.data_version() == version
    assert store.changes_since(seen).sources == {source_id}


def test_a_change_of_another_process_is_not_skipped_by_ones_own(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    seen = here.last_change()
    theirs = add_source(there, 1)
    ours = add_source(here, 2)
    assert here.changes_since(seen).sources == {theirs, ours}


def test_a_change_says_what_is_new_and_what_is_different(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 2)
    change = ingest(store, source_id, write(1, content_hash="new", title="New"), write(3))
    assert change.added == change.articles - {ids[0]}
    assert len(change.added) == 1
    assert store.changes_since(change.seq - 3) == change


def test_whoever_fell_too_far_behind_reads_everything(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.store.part.CHANGES_KEPT", 10)
    monkeypatch.setattr("newsreader.store.part._PRUNE_EVERY", 1)
    (article_id,) = fill(store, add_source(store), 1)
    for read in [True, False] * 10:
        store.mark_read([article_id], read)
    last = store.last_change()
    assert store.changes_since(0).everything
    assert store.changes_since(0).seq == last
    assert not store.changes_since(last - 10).everything
    assert store.changes_since(last - 11).everything
    assert store._db.value("SELECT count(*) FROM changes") == 10


def test_a_number_of_another_library_reads_everything(store: Store) -> None:
    assert store.changes_since(10**6).everything


def test_documents_and_full_text_are_announced(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    seen = store.last_change()
    changes = [
        store.save_document(article_id, full_text=False, document=b"x", version=2),
        store.save_full_text(article_id, FullText("<p>x</p>", "x", b"x", 1, 900)),
        store.save_full_text_error(article_id, "No article text found on the page."),
    ]
    assert [change.articles for change in changes] == [{article_id}] * 3
    assert [change.seq for change in changes] == [seen + 1, seen + 2, seen + 3]


def test_small_state_is_remembered_and_not_announced(open_store: Callable[..., Store]) -> None:
    store = open_store()
    assert store.recall("ui.source") is None
    before = store.last_change()
    store.remember("ui.source", "7")
    store.remember("ui.source", "8")
    store.remember("other", "")
    assert store.last_change() == before
    assert (open_store().recall("ui.source"), open_store().recall("other")) == ("8", "")
