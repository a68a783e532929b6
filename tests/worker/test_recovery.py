"""A library that is lost or damaged: what comes back, from the file itself, the mirror and the backups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.config import Paths
from newsreader.model import Query, Scope, Subscription
from newsreader.store import RECOVERY_BEGUN, Store
from newsreader.store.rotation import backups, make_backup
from newsreader.worker.lock import try_lock
from newsreader.worker.mirror import write_mirror
from newsreader.worker.recovery import bring_back
from tests.store.conftest import NOW, add_source, fill

SECRET = "https://ada:hunter2@a.example/feed"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home with a library of 60 articles of two sources; its backup knows of one bookmark, a second came after."""
    paths = Paths.under(tmp_path)
    with open_one(paths) as store:
        store.add_sources([Subscription(SECRET, "Gazette")])
        ids = fill(store, store.find_sources("Gazette")[0].id, 40)
        store.mark_read(ids[:10], True)
        store.bookmark(ids[:1], True)
        make_backup(paths.library, paths.backups, now=NOW, settings=paths.settings_file)
        fill(store, add_source(store, 2), 20, first=50)
        store.bookmark(ids[1:2], True)
        write_mirror(store, paths.mirror)
    return paths


def open_one(paths: Paths) -> Store:
    return Store.open(paths.library, clock=lambda: NOW + 3_600, window="test")


def urls(store: Store) -> set[str]:
    return {subscription.url for subscription in store.subscriptions()}


def bookmarks(store: Store) -> list[str]:
    return sorted(head.title for head in store.heads(store.listing(Query(Scope.BOOKMARKS)).ids))


def test_of_a_lost_library_the_mirror_and_the_backup_bring_back_what_they_have(paths: Paths) -> None:
    paths.library.unlink()
    with open_one(paths) as store:
        bring_back(store, paths)
        assert urls(store) == {SECRET, "https://example.org/feed-2"}, "each once, with its password"
        assert bookmarks(store) == ["Title 1"]
        assert store.recovered is not None
        assert store.recovered.startswith("There was no library any more. From the backup of 2026-11-23 came back: ")
        assert "1 bookmark, 10 read marks" in store.recovered
        assert store.undo() is None, "that is no window's action"
        assert "restored" in store.actions(1)[0].words
        assert store.check() == ()


def spoil(path: Path, change: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def wipe_head(content: bytearray) -> None:
    content[:100] = bytes(100)


def wipe_schema(content: bytearray) -> None:
    """Half of the pages that name tables, and what was the first page."""
    pages = [at for at in range(0, len(content), 4_096) if content[at : at + 4_096].count(b"CREATE T") > 1]
    assert len(pages) > 3
    for at in (0, *pages[::2]):
        content[at : at + 4_096] = bytes(4_096)


def wipe_pages(content: bytearray) -> None:
    """All pages of the second half."""
    half = len(content) // 8_192 * 4_096
    content[half:] = b"\xa5" * (len(content) - half)


def test_a_library_of_which_nothing_can_be_read_comes_back_from_mirror_and_backup(paths: Paths) -> None:
    paths.library.write_bytes(b"\xa5" * 300_000)
    with open_one(paths) as store:
        bring_back(store, paths)
        assert urls(store) == {SECRET, "https://example.org/feed-2"}
        assert bookmarks(store) == ["Title 1"]
        assert store.recovered is not None
        assert store.recovered.startswith(
            "The library was damaged. From the backup of 2026-11-23 came back: 1 article, 1 bookmark"
        )
        assert " It was kept as library.db.corrupt-" in store.recovered


def cut_off(content: bytearray) -> None:
    del content[len(content) * 6 // 10 :]


@pytest.mark.parametrize("damage", [wipe_pages, cut_off])
def test_what_can_still_be_read_of_a_damaged_library_comes_back(
    paths: Paths, damage: Callable[[bytearray], None]
) -> None:
    spoil(paths.library, damage)
    with open_one(paths) as store:
        assert store.aside is not None
        bring_back(store, paths)
        assert urls(store) == {SECRET, "https://example.org/feed-2"}
        assert "Title 1" in bookmarks(store)
        assert store.check() == ()


def test_all_of_it_comes_back_where_only_the_mark_of_the_file_is_damaged(paths: Paths) -> None:
    def unmark(content: bytearray) -> None:
        content[68:72] = bytes(4)

    spoil(paths.library, unmark)
    with open_one(paths) as store:
        assert store.aside is not None
        bring_back(store, paths)
        assert len(store.listing(Query()).ids) == 60
        assert bookmarks(store) == ["Title 1", "Title 2"]
        assert store.counts().unread == 50
        assert store.recovered is not None
        assert store.recovered.startswith("The library was damaged. Of it came back: 2 sources, 60 articles")


@pytest.mark.parametrize("wipe", [wipe_head, wipe_schema])
def test_tables_are_found_by_their_pages_where_the_schema_is_damaged(
    paths: Paths, wipe: Callable[[bytearray], None]
) -> None:
    spoil(paths.library, wipe)
    with open_one(paths) as store:
        bring_back(store, paths)
        assert len(store.listing(Query()).ids) == 60
        assert bookmarks(store) == ["Title 1", "Title 2"]
        assert store.counts().unread == 50
        assert store.check() == ()


def test_a_damaged_backup_is_passed_over_for_the_one_before(paths: Paths) -> None:
    paths.library.unlink()
    newer = paths.backups / "newsreader-2026-11-30.backup"
    newer.write_bytes(b"\x1f\x8b and so on")
    with open_one(paths) as store:
        bring_back(store, paths)
        assert bookmarks(store) == ["Title 1"]


def test_a_first_library_is_no_lost_one(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    with open_one(paths) as store:
        bring_back(store, paths)
        assert store.recovered is None
        assert store.actions(1) == ()


@pytest.mark.parametrize("at", ["_salvage", "restore", "_from_backup"])
def test_what_is_broken_off_is_done_by_whoever_opens_the_library_next(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    spoil(paths.library, wipe_head)
    with monkeypatch.context() as killed:
        killed.setattr(f"newsreader.worker.recovery.{at}", lambda *_: 1 / 0)  # in place of kill -9
        with open_one(paths) as store, pytest.raises(ZeroDivisionError):
            bring_back(store, paths)
    with open_one(paths) as store:
        assert not store.created
        assert store.lacks_former
        bring_back(store, paths)
        assert bookmarks(store) == ["Title 1", "Title 2"]
        assert urls(store) == {SECRET, "https://example.org/feed-2"}
        assert store.recovered is not None
        assert store.recovered.startswith("The library was damaged.")
    with open_one(paths) as store:
        assert not store.lacks_former
        assert store.recovered is None


def test_only_one_brings_back_at_a_time(paths: Paths) -> None:
    spoil(paths.library, wipe_head)
    with open_one(paths) as store, open_one(paths) as other:
        other.remember(RECOVERY_BEGUN, store.aside.name if store.aside else "")
        lock = try_lock(paths.library.with_name("recovery.lock"))
        assert lock is not None
        bring_back(other, paths)
        assert bookmarks(other) == []
        lock.release()
        bring_back(other, paths)
        assert len(bookmarks(other)) == 2


def test_a_backup_that_a_wrong_clock_dated_into_the_future_comes_last(paths: Paths) -> None:
    with open_one(paths) as store:
        store.bookmark([7], True)
        make_backup(paths.library, paths.backups, now=NOW - 10**9, settings=paths.settings_file)
    newest = backups(paths.backups)[0]
    newest.rename(newest.with_name("newsreader-2100-01-01.backup"))
    paths.library.unlink()
    with open_one(paths) as store:
        bring_back(store, paths)
        assert len(bookmarks(store)) == 3, "those of the backup that is newest in truth"
