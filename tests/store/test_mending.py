"""Texts that are damaged in a sound library: they come back from the copy of the words, or from a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.errors import LibraryError
from newsreader.store import Store, condensing
from newsreader.store.backup import write_backup
from newsreader.store.unpacking import unpacked
from newsreader.worker.recovery import mend_texts
from tests.store.conftest import Clock
from tests.store.test_condensing import HTML, learnt, lose_wording

__all__ = ["learnt"]


@pytest.fixture
def kept(learnt: Store, path: Path, tmp_path: Path, clock: Clock) -> Store:
    """The library that has learnt its words, with three bookmarks and a backup of them."""
    learnt.bookmark([1, 2, 3], True)
    write_backup(path, tmp_path / "backups" / "newsreader-2026-11-20.backup", now=clock.now)
    return learnt


def texts(store: Store) -> list[str | None]:
    return [store.html(n, full_text=False) for n in (1, 2, 3)] + [store.html(1, full_text=True)]


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condensing, "_wordings", {})


def flip(store: Store, table: str, article_id: int) -> None:
    body = bytearray(store._db.value(f"SELECT body FROM {table} WHERE id = ?", (article_id,)))
    body[-9] ^= 1
    store._db.run(f"UPDATE {table} SET body = ? WHERE id = ?", (bytes(body), article_id))


def test_a_wording_and_its_copy_mend_each_other(kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(kept)
    for table, other in (("wording", "wording_copy"), ("wording_copy", "wording")):
        lose_wording(kept, table)
        assert mend_texts(kept, tmp_path / "none") is None, "nothing was lost"
        kept._db.run(f"DELETE FROM {other}")
        assert kept.mend_wordings()
        forget(monkeypatch)
        assert texts(kept) == before


@pytest.mark.parametrize("way", ["before a backup", "restored"])
def test_lost_words_come_back_from_a_backup(
    kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    everything = [kept.html(n, full_text=False) for n in range(1, 13)]
    lose_wording(kept, "wording", "wording_copy")
    forget(monkeypatch)
    assert kept.damaged_texts() == {1, 2, 3}
    with pytest.raises(LibraryError, match="damaged"):
        texts(kept)
    if way == "restored":
        with unpacked(tmp_path / "backups" / "newsreader-2026-11-20.backup") as plain:
            forget(monkeypatch)
            assert kept.take_in(plain).words == "3 texts that were damaged"
    else:
        said = mend_texts(kept, tmp_path / "backups")
        assert said == "3 texts that you keep had been damaged, and came back from a backup."
    forget(monkeypatch)
    assert [kept.html(n, full_text=False) for n in range(1, 13)] == everything, "also what is not kept"
    assert kept.damaged_texts() == frozenset()


@pytest.mark.parametrize("way", ["before a backup", "restored"])
def test_a_damaged_text_of_a_bookmark_comes_back_from_a_backup(kept: Store, tmp_path: Path, way: str) -> None:
    before = texts(kept)
    flip(kept, "feed_packed", 2)
    flip(kept, "full_packed", 1)
    assert kept.damaged_texts() == {1, 2}
    if way == "restored":
        with unpacked(tmp_path / "backups" / "newsreader-2026-11-20.backup") as plain:
            assert kept.take_in(plain).mended == 2
    else:
        assert (mend_texts(kept, tmp_path / "backups") or "").startswith("2 texts")
    assert texts(kept) == before
    while kept.tidy():
        pass
    assert texts(kept) == before
    assert kept.check() == ()


def test_what_no_backup_has_stays_and_is_looked_for_again(kept: Store, tmp_path: Path) -> None:
    kept.bookmark([4], True)
    flip(kept, "feed_packed", 4)
    (tmp_path / "backups" / "newsreader-2026-11-21.backup").write_bytes(b"damaged")
    assert mend_texts(kept, tmp_path / "backups") is None
    assert kept.damaged_texts() == {4}
    flip(kept, "feed_packed", 3)
    assert (mend_texts(kept, tmp_path / "backups") or "").startswith("1 text that")
    assert kept.damaged_texts() == {4}


def test_of_two_texts_one_is_enough(kept: Store) -> None:
    flip(kept, "feed_packed", 1)
    article = kept.article(1)
    assert article is not None
    assert article.full_document is not None
    assert article.feed_document is None
    assert kept.html(1, full_text=True) == HTML * 2


def test_a_text_that_was_lost_with_its_page_comes_back_from_a_backup(kept: Store, tmp_path: Path) -> None:
    before = texts(kept)
    kept._db.run("DELETE FROM feed_packed WHERE id = 2")  # as salvaging leaves what it cannot read
    kept._db.run("INSERT INTO feed_loose (id, html, text) VALUES (2, '', '')")
    with unpacked(tmp_path / "backups" / "newsreader-2026-11-20.backup") as plain:
        kept.take_in(plain)
    assert texts(kept) == before


@pytest.mark.parametrize("full_text", [False, True])
def test_no_document_takes_the_place_of_a_damaged_text(kept: Store, tmp_path: Path, full_text: bool) -> None:
    before = texts(kept)
    flip(kept, "full_packed" if full_text else "feed_packed", 1)
    with pytest.raises(LibraryError, match="damaged"):
        kept.save_document(1, full_text=full_text, document=b"[null,[]]", version=9)
    assert mend_texts(kept, tmp_path / "backups") is not None
    assert texts(kept) == before
