"""A newsboat's files as a real one made them (tests.corpus.check_newsboat), at any of its schemas."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.worker.newsboat_feeds import FEEDS

_RECORDED = re.compile(r"http://feeds\.test/([\w.-]+\.xml)")
_DUMP = Path(__file__).with_name("newsboat_cache.sql").read_text(encoding="utf-8")
_LATER = {
    "2.22": ('content_mime_type VARCHAR(255) NOT NULL DEFAULT ""',),
    "2.33": (
        'enclosure_description VARCHAR(1024) NOT NULL DEFAULT ""',
        'enclosure_description_mime_type VARCHAR(128) NOT NULL DEFAULT ""',
    ),
}


def address(name: str) -> str:
    """Where a feed is: each on a host of its own, for one host is asked slowly."""
    return f"http://{name.removesuffix('.xml')}.test/{name}"


def make_cache(path: Path, schema: str = "2.11") -> Path:
    """The recorded cache; 2.10 knows no metadata, and before that there were no flags, bases or deleted rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_RECORDED.sub(lambda found: address(found[1]), _DUMP))
        if schema in {"2.0", "2.10"}:
            connection.execute("DROP TABLE metadata")
        if schema == "2.0":
            connection.execute("DELETE FROM rss_item WHERE deleted = 1")
            connection.execute("DROP INDEX idx_deleted")
            for column in ("flags", "base", "deleted", "enclosure_url", "enclosure_type", "enqueued"):
                connection.execute(f"ALTER TABLE rss_item DROP COLUMN {column}")
        for version, columns in _LATER.items():
            if tuple(map(int, schema.split("."))) >= tuple(map(int, version.split("."))):
                for column in columns:
                    connection.execute(f"ALTER TABLE rss_item ADD COLUMN {column}")
        connection.commit()
    return path


def make_home(folder: Path, schema: str = "2.11") -> Path:
    """A folder like ~/.newsboat with `urls` and `cache.db`."""
    folder.mkdir(parents=True)
    lines = (f'{address(name)} news "~{name}"\n' for name in FEEDS)
    (folder / "urls").write_text("".join(lines) + '"query:Unread:unread = \\"yes\\""\nexec:~/x\n', encoding="utf-8")
    make_cache(folder / "cache.db", schema)
    return folder
