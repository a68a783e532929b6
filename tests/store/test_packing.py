from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.errors import LibraryError
from newsreader.model import Article, Change, Former, FullText, Query
from newsreader.store import Store
from newsreader.store.packing import Body, pack, unpack
from tests.store.conftest import add_source, fill, ingest, write

LONG = "".join(f"Sentence {number} of a long article; " for number in range(20_000))
TEXTS = st.one_of(st.text(), st.sampled_from(["", "\x00", "\ud800", "東京" * 99, LONG[:60_000], LONG]))


@given(TEXTS, st.none() | st.binary(max_size=99) | st.just(LONG.encode()), TEXTS)
@settings(deadline=None, max_examples=60)
def test_any_body_comes_out_as_it_went_in(html: str, document: bytes | None, text: str) -> None:
    body = Body(html, document, text)
    assert unpack(pack(body)) == body


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_any_damage_is_said(data: st.DataObject) -> None:
    packed = bytearray(pack(Body("<p>The night ferry</p>", b"[]", data.draw(st.text()))))
    at = data.draw(st.integers(5, len(packed) - 1))  # what is behind the lengths is covered by the checksum
    packed[at % 4 if at < 13 else at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(LibraryError, match="damaged"):
        unpack(bytes(packed))
    with pytest.raises(LibraryError, match="damaged"):
        unpack(bytes(packed[: at - 5]))


def test_an_ordinary_body_takes_a_third_of_its_room() -> None:
    words = " ".join(f"{number:b}" for number in range(300))
    body = Body(f"<p>{words}</p>", f'[null,[["p","{words}"]]]'.encode(), words)
    assert len(pack(body)) < len(words)


def put_in_order(store: Store) -> None:
    store.index_some(1_000)
    while store.tidy():
        pass


def loose(store: Store) -> int:
    return int(
        store._db.value("SELECT (SELECT count(*) FROM feed_loose) + (SELECT count(*) FROM full_loose WHERE packed = 0)")
    )


FULL = FullText("<p>The whole lantern</p>", "The whole lantern", b"[full]", 3, 900, "T", "Tove Lind", "en")


def everything(store: Store, article_id: int) -> tuple[Article | None, str | None, str | None, tuple[Former, ...]]:
    return (
        store.article(article_id),
        store.html(article_id, full_text=False),
        store.html(article_id, full_text=True),
        store.former(article_id),
    )


def test_what_is_packed_reads_as_before(store: Store) -> None:
    ids = fill(store, add_source(store), 120)
    store.save_full_text(ids[3], FULL)
    before = [everything(store, id_) for id_ in ids]
    assert before[3][2] == FULL.html
    put_in_order(store)
    assert loose(store) == 0
    assert [everything(store, id_) for id_ in ids] == before
    assert store.listing(Query(text='"text 7"')).ids == ids[6:7]
    assert store.listing(Query(text="lantern")).ids == ids[3:4]
    assert store.check() == ()


def test_what_waits_for_the_index_is_not_packed_yet(store: Store) -> None:
    fill(store, add_source(store), 3)
    assert not store.tidy()
    assert loose(store) == 3


def edit(store: Store, id_: int) -> Change:
    return ingest(store, 2, write(1, content_hash="new", html="<p>New</p>", text="New words", document=b"[new]"))


def save(store: Store, id_: int) -> Change:
    return store.save_full_text(id_, FULL)


def build(store: Store, id_: int) -> Change:
    return store.save_document(id_, full_text=False, document=b"[anew]", version=9)


def build_full(store: Store, id_: int) -> Change:
    store.save_full_text(id_, FULL)
    put_in_order(store)
    return store.save_document(id_, full_text=True, document=b"[anew]", version=9)


@pytest.mark.parametrize("change", [edit, save, build, build_full])
def test_what_changes_is_the_same_whether_it_was_packed_or_not(
    store: Store, tmp_path: Path, change: Callable[[Store, int], Change]
) -> None:
    with Store.open(tmp_path / "packed.db", clock=store._clock) as packed:
        ids = [fill(each, add_source(each), 2)[0] for each in (store, packed)]
        put_in_order(packed)
        for each in (store, packed):
            assert change(each, ids[0]).articles == {ids[0]}
        assert everything(packed, ids[0]) == everything(store, ids[0])
        put_in_order(packed)
        assert everything(packed, ids[0]) == everything(store, ids[0])
        for each in (store, packed):
            each.index_some(10)
            assert each.listing(Query(text="new words")).ids == ((ids[0],) if change is edit else ())
            assert each.check() == ()


def test_a_damaged_body_is_said_and_everything_else_goes_on(store: Store, path: Path) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    put_in_order(store)
    store._db.run("UPDATE feed_packed SET body = CAST(substr(body, 1, 20) AS BLOB) WHERE id = ?", (ids[1],))
    with pytest.raises(LibraryError, match="damaged in the library"):
        store.article(ids[1])
    with pytest.raises(LibraryError, match="damaged in the library"):
        store.html(ids[1], full_text=False)
    assert [head.id for head in store.heads(store.listing(Query()).ids)] == list(ids)
    assert store.article(ids[0]) is not None
    assert not path.with_name(f"{path.name}.suspect").exists()
    store.bookmark(ids, True)
    store.mark_read(ids, True)
    ingest(store, source_id, write(2, content_hash="new", text="Told anew"))
    assert store.article(ids[1]) is not None
    put_in_order(store)
    assert store.listing(Query(text='"told anew"')).ids == ids[1:2]


def test_a_dropped_article_leaves_nothing(store: Store) -> None:
    ids = fill(store, add_source(store), 2)
    store.save_full_text(ids[0], FULL)
    put_in_order(store)
    store.drop_articles(ids)
    for table in ("feed_loose", "feed_packed", "full_loose", "full_packed"):
        assert store._db.value(f"SELECT count(*) FROM {table}") == 0
