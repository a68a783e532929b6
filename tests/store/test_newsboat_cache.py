from __future__ import annotations

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newsreader import bounds
from newsreader.errors import ParseError
from newsreader.store.newsboat_cache import open_cache
from tests.worker.newsboat_home import address, make_cache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "a?b#c %20"
    folder.mkdir()
    return make_cache(folder / "cache.db")


def count(path: Path) -> int:
    with open_cache(path) as cache:
        return sum(len(batch) for feed in cache.feeds() for batch in cache.articles(feed.url))


def test_feeds_and_articles_are_read(path: Path) -> None:
    with open_cache(path) as cache:
        feeds = {feed.url: feed for feed in cache.feeds()}
        assert len(feeds) == 14
        feed = feeds[address("guid.xml")]
        assert (feed.title, feed.link, feed.articles) == ("A feed", "http://site.example/", 3)
        ((newest, second, oldest),) = cache.articles(feed.url)
    assert (newest.guid, newest.unread, newest.content) == ("tag:site,2", True, "<p>The whole of 2.</p>")
    assert (second.unread, oldest.flags) == (False, "ab")


@pytest.mark.parametrize("schema", ["2.0", "2.10", "2.22", "2.33"])
def test_every_schema_is_read(tmp_path: Path, schema: str) -> None:
    assert count(make_cache(tmp_path / "cache.db", schema)) == (41 if schema == "2.0" else 42)


def test_a_cache_at_rest_is_only_read(path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.parent.stat().st_mtime_ns)
    path.chmod(0o400)
    assert count(path) == 42
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.parent.stat().st_mtime_ns) == before


def test_a_running_newsboat_is_not_in_the_way_and_not_disturbed(path: Path) -> None:
    lock = path.with_name("cache.db.lock")
    with lock.open("w") as held, closing(sqlite3.connect(path)) as newsboat:
        fcntl.lockf(held, fcntl.LOCK_EX)
        newsboat.execute("BEGIN EXCLUSIVE")
        before = sorted(file.name for file in path.parent.iterdir())
        assert count(path) == 42
        newsboat.execute("UPDATE rss_item SET unread = 0")
        newsboat.commit()
        assert count(path) == 42
    assert set(before) >= {"cache.db", "cache.db.lock"}
    assert sorted(file.name for file in path.parent.iterdir()) == ["cache.db", "cache.db.lock"]


def test_what_stands_in_a_log_beside_it_counts(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newsboat:
        newsboat.execute("PRAGMA journal_mode = WAL")
        newsboat.execute("DELETE FROM rss_item WHERE id = 1")
        newsboat.commit()
        before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
        assert "cache.db-wal" in before
        assert count(path) == 41
        assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_batches_are_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.store.newsboat_cache.CACHE_BATCH", 2)
    with open_cache(path) as cache:
        assert [len(batch) for batch in cache.articles(address("guid.xml"))] == [2, 1]
    monkeypatch.setattr("newsreader.store.newsboat_cache.CACHE_BATCH_SIZE", 10)
    with open_cache(path) as cache:
        assert [len(batch) for batch in cache.articles(address("guid.xml"))] == [1, 1, 1]


def test_a_giant_text_is_cut(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE rss_item SET content = printf('%.*c', 3000000, 'x') WHERE id = 1")
        connection.commit()
    with open_cache(path) as cache:
        newest = next(cache.articles(address("guid.xml")))[0]
    assert len(newest.content) == bounds.LARGE_BODY


def test_odd_values_are_read_as_they_can_be(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE rss_item SET title = 42, author = x'ff41', pubDate = 'never', flags = NULL")
        connection.commit()
    with open_cache(path) as cache:
        newest = next(cache.articles(address("guid.xml")))[0]
    assert (newest.title, newest.author, newest.published, newest.flags) == ("42", "\ufffdA", 0, "")


def test_what_is_no_cache_is_said(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"SQLite format 3\0 and nothing more")
    with pytest.raises(ParseError, match="cannot be read"), open_cache(tmp_path / "text"):
        pass
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE rss_item (id)")
    with pytest.raises(ParseError, match="not newsboat's cache"), open_cache(tmp_path / "other.db"):
        pass
