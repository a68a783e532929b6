"""newsboat's cache.db, read without changing it (src/cache.cpp: schemas 2.10, 2.11, 2.22 and 2.33).

newsboat keeps one row for each guid, over all feeds; what it deleted stays as a row that is marked so, until no feed
gives it any more. Columns that a version does not have count as empty.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from newsreader.bounds import CACHE_BATCH, CACHE_BATCH_SIZE, LARGE_BODY
from newsreader.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC: Final = b"SQLite format 3\x00"
"""How every SQLite file begins."""

_BESIDE: Final = ("-wal", "-journal", ".lock")  # what lies beside a cache that is, or was last, written to
_COPIED: Final = ("", "-wal", "-journal")
_TRIES: Final = 3  # copies of a file that is being written to
_COLUMNS: Final = {
    "guid": "''",
    "title": "''",
    "author": "''",
    "url": "''",
    "pubDate": "0",
    "content": "''",
    "content_mime_type": "''",
    "base": "''",
    "enclosure_url": "''",
    "enclosure_type": "''",
    "unread": "1",
    "flags": "''",
    "deleted": "0",
}


@dataclass(frozen=True, slots=True)
class CachedFeed:
    """A feed as newsboat knows it; `articles` counts the deleted ones too."""

    url: str
    title: str
    link: str
    articles: int


@dataclass(frozen=True, slots=True)
class CachedArticle:
    """An article as newsboat keeps it, nothing of it cleaned. Empty and 0 mean that newsboat has nothing.

    `guid` is the feed's, else address and date as the feed wrote them, else the address, else the title. A `published`
    without any date in the feed is when newsboat first saw the article. `flags` are letters that the person gave.
    """

    guid: str
    title: str
    author: str
    url: str
    published: int
    content: str
    content_type: str
    base: str
    enclosure_url: str
    enclosure_type: str
    unread: bool
    flags: str
    deleted: bool


class NewsboatCache:
    """An open cache. For one call at a time, from any thread."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        raw.text_factory = lambda text: text.decode("utf-8", "replace")
        present = {row[1] for row in self._all("PRAGMA table_info(rss_item)")}
        if not {"guid", "feedurl", "unread"} <= present or not self._all("PRAGMA table_info(rss_feed)"):
            raise ParseError("This file is a SQLite database, but not newsboat's cache.")
        self._columns = ", ".join(
            (f"substr({column}, 1, {LARGE_BODY})" if column == "content" else column) if column in present else empty
            for column, empty in _COLUMNS.items()
        )

    def feeds(self) -> tuple[CachedFeed, ...]:
        """Every feed that has articles, in the order of the addresses."""
        rows = self._all(
            """
            SELECT feedurl, coalesce(max(f.title), ''), coalesce(max(f.url), ''), count(*)
            FROM rss_item LEFT JOIN rss_feed f ON f.rssurl = feedurl GROUP BY feedurl ORDER BY feedurl
            """
        )
        return tuple(
            CachedFeed(_text(url), _text(title), _text(link), _number(count)) for url, title, link, count in rows
        )

    def articles(self, feed_url: str) -> Iterator[tuple[CachedArticle, ...]]:
        """The articles of a feed, newest first, in batches of at most CACHE_BATCH and about CACHE_BATCH_SIZE."""
        with closing(self._raw.cursor()) as cursor, _in_words():
            # The identifiers first: sorting rows with their bodies would hold them all.
            ids = [
                row[0]
                for row in cursor.execute(
                    "SELECT id FROM rss_item WHERE feedurl = ? ORDER BY pubDate DESC, id DESC", (feed_url,)
                )
            ]
        batch: list[CachedArticle] = []
        size = 0
        for id_ in ids:
            for row in self._all(f"SELECT {self._columns} FROM rss_item WHERE id = ?", (id_,)):
                article = _article(row)
                batch.append(article)
                size += len(article.content)
            if len(batch) >= CACHE_BATCH or size >= CACHE_BATCH_SIZE:
                yield tuple(batch)
                batch, size = [], 0
        if batch:
            yield tuple(batch)

    def _all(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        with _in_words():
            return self._raw.execute(sql, values).fetchall()


@contextmanager
def open_cache(path: Path) -> Iterator[NewsboatCache]:
    """Open a cache for reading; neither the file nor its folder is changed, whether newsboat runs or not.

    A cache at rest is read as it lies. Where newsboat runs, or left an unfinished transaction, a copy is read: a lock
    of ours would make newsboat fail. Raises ParseError for a file that is none, OSError when it cannot be read.
    """
    if not any(path.with_name(path.name + end).exists() for end in _BESIDE):
        with _connected(path, "?mode=ro&immutable=1") as cache:
            yield cache
        return
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        copy = Path(folder) / "cache.db"
        for _ in range(_TRIES):
            before = _signature(path)
            _copy(path, copy)
            if before == _signature(path):
                break
        with _connected(copy, "?mode=rw") as cache:
            yield cache


@contextmanager
def _connected(path: Path, how: str) -> Iterator[NewsboatCache]:
    with _in_words():
        raw = sqlite3.connect(f"file:{quote(str(path))}{how}", uri=True, check_same_thread=False)
    with closing(raw):
        yield NewsboatCache(raw)


def _copy(path: Path, target: Path) -> None:
    for end in _COPIED:
        beside = target.with_name(target.name + end)
        beside.unlink(missing_ok=True)
        try:
            shutil.copyfile(path.with_name(path.name + end), beside)
        except FileNotFoundError:
            if not end:
                raise


def _signature(path: Path) -> list[tuple[int, int] | None]:
    """Sizes and times of a cache's files: other ones mean that it was written to."""
    found: list[tuple[int, int] | None] = []
    for end in _COPIED:
        try:
            stat = path.with_name(path.name + end).stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((stat.st_size, stat.st_mtime_ns))
    return found


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ParseError(
            "newsboat's cache cannot be read: it is damaged, or newsboat is writing to it just now.", str(error)
        ) from error


def _article(row: tuple[object, ...]) -> CachedArticle:
    guid, title, author, url, published, content, content_type, base, enclosure, kind, unread, flags, deleted = row
    return CachedArticle(
        guid=_text(guid),
        title=_text(title),
        author=_text(author),
        url=_text(url),
        published=_number(published),
        content=_text(content),
        content_type=_text(content_type),
        base=_text(base),
        enclosure_url=_text(enclosure),
        enclosure_type=_text(kind),
        unread=bool(unread),
        flags=_text(flags),
        deleted=bool(deleted),
    )


def _text(value: object) -> str:
    """A value of a column that is text; newsboat binds none, so that a number may stand there."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
