from __future__ import annotations

import pytest

from newsreader.bounds import REMOVED_DAYS
from newsreader.model import Query
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill

KEEPING = {
    "a bookmark": "UPDATE status SET bookmarked_at = 1 WHERE id = ?",
    "later": "UPDATE status SET later_at = 1 WHERE id = ?",
    "a tag": "INSERT INTO tagged SELECT (SELECT id FROM tag), ?",
    "a note": "INSERT INTO note (id, text, written_at) VALUES (?, 'N', 1)",
    "passage": "INSERT INTO highlight (article_id, full_text, block, offset, words, made_at) SELECT ?, 0, 0, 0, '', 1",
}


def keep(store: Store, article_id: int, statement: str) -> None:
    with store._db.transaction():
        store._db.run("INSERT INTO tag (name) VALUES ('ferries')")
        store._db.run(statement, (article_id,))


@pytest.mark.parametrize("statement", KEEPING.values(), ids=KEEPING)
def test_what_is_kept_outlives_retention_and_its_source(store: Store, clock: Clock, statement: str) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 2)
    keep(store, ids[0], statement)
    assert store.wanting_full_text(10) == ids[:1]
    assert store.drop_articles(ids).articles == set(ids[1:])
    store.remove_sources([source_id])
    clock.now += (REMOVED_DAYS + 1) * 86_400
    while store.tidy():
        pass
    assert [head.id for head in store.heads(ids)] == [ids[0]]


def test_a_search_finds_what_was_kept_of_a_removed_source(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    store.set_note(ids[0], "N")
    store.bookmark(ids[1:2], True)
    store.remove_sources([source_id])
    assert store.listing(Query()).ids == ()
    assert set(store.listing(Query(text="title")).ids) == set(ids[:2])
    assert store.listing(Query(text="has:note")).ids == ids[:1]
    assert store.listing(Query(text="is:bookmarked")).ids == ids[1:2]
    while store.index_some(100):
        pass
    assert set(store.listing(Query(text="title")).ids) == set(ids[:2])
