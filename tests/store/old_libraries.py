"""Libraries as older versions left them: `python -m tests.store.old_libraries VERSION` writes one into fixtures.

It is run once for a schema, when that is released; what it wrote is never written again, so that the tests open what
was really there. Each holds the same: two feeds (one in a folder, with settings where there are any), a removed one,
twelve articles of which some were read, opened, bookmarked, edited, begun, and a journal that can be undone; from
schema 5 on also what a person wrote, and some of the bodies packed; from schema 6 on a story, and words to pack by.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from unittest import mock

from newsreader.store import Store, teaching
from newsreader.store.connecting import connect
from newsreader.store.connection import Connection
from newsreader.store.packing import Body, pack
from newsreader.store.schema import migrate

FOLDER = Path(__file__).parent / "fixtures"
THEN = 1_767_225_600  # 2026-01-01
DAY = 86_400
_PACKED_SINCE = 5
_TAUGHT_SINCE = 6


NUMBERS = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 12)"
CONTENT: tuple[tuple[int, str], ...] = (
    (
        1,
        f"""
        INSERT INTO source (id, kind, url, feed_title, given_title, folder, position, added_at, removed_at) VALUES
            (2, 'feed', 'https://a.example/feed', 'Feed', 'The Gazette', 'World', 2, {THEN}, NULL),
            (3, 'feed', 'https://b.example/feed', 'Feed', NULL, NULL, 3, {THEN}, NULL),
            (4, 'feed', 'https://c.example/feed', 'Feed', 'Gone', NULL, 4, {THEN}, {THEN + 3 * DAY})
        """,
    ),
    (1, f"""INSERT INTO fetch_state (source_id, etag, next_due) SELECT id, '"1"', {THEN} FROM source WHERE id > 1"""),
    (
        1,
        f"""
        INSERT INTO status (id, source_id, identity, content_hash, sort_at, read, bookmarked_at, opened_at) {NUMBERS}
        SELECT n, 2 + (n > 6) + (n > 10), 'guid-' || n, 'h', {THEN} + n, n IN (1, 2, 7),
            CASE WHEN n IN (2, 12) THEN {THEN} END, CASE n WHEN 1 THEN {THEN} END FROM numbers
        """,
    ),
    (
        1,
        f"""
        INSERT INTO article (id, title, url, published, words, guid, summary, categories) {NUMBERS}
        SELECT n, 'Title ' || n, 'https://a.example/' || n, {THEN}, 4, 'guid-' || n, 'S', '["sea"]' FROM numbers
        """,
    ),
    (
        1,
        f"""
        INSERT INTO feed_body (id, html, text) {NUMBERS}
        SELECT n, '<p>Text ' || n || ' about ferries</p>', 'Text ' || n || ' about ferries' FROM numbers
        """,
    ),
    (
        1,
        """
        INSERT INTO search (rowid, title, text)
        SELECT a.id, a.title, b.text FROM article a JOIN feed_body b USING (id) WHERE a.id < 11
        """,
    ),
    (1, "INSERT INTO index_queue VALUES (11), (12)"),
    (1, f"INSERT INTO full_text (id, html, text, saved_at) VALUES (12, '<p>All</p>', 'All', {THEN})"),
    (1, "UPDATE article SET full_words = 500 WHERE id = 12"),
    (1, f"INSERT INTO former (article_id, replaced_at, title, html) VALUES (3, {THEN}, 'Old title', '<p>Old</p>')"),
    (1, "INSERT INTO twin (source_id, identity, content_hash, article_id) VALUES (2, 'other-1', 'h', 1)"),
    (1, "INSERT INTO place (id, full_text, block, offset) VALUES (1, 0, 0, 5)"),
    (1, f"INSERT INTO action (id, window, at, words) VALUES (1, 'w', {THEN}, 'marked 2 articles read')"),
    (1, "INSERT INTO journal VALUES (1, 'read', 2, 0, 1), (1, 'read', 7, 0, 1)"),
    (1, "INSERT INTO memory VALUES ('whereabouts', '{}')"),
    (
        1,
        """
        UPDATE source SET unread = (SELECT count(*) FROM status WHERE source_id = source.id AND read = 0),
            total = (SELECT count(*) FROM status WHERE source_id = source.id)
        """,
    ),
    (2, """UPDATE source SET settings = '{"interval": 7200}' WHERE id = 2"""),
    (2, """INSERT INTO kept_query (title, query, origin) VALUES ('Boats', 'title =~ "boat"', 'newsboat')"""),
    (2, f"INSERT INTO hold VALUES ('b.example', {THEN})"),
    (3, "INSERT INTO no_identity VALUES (3, 'guid-0')"),
    (4, "UPDATE place SET words = 'about ferries', percent = 40"),
    (4, "UPDATE source SET full_text_log = '++' WHERE id = 2"),
    (5, f"UPDATE status SET later_at = {THEN} WHERE id = 5"),
    (5, "INSERT INTO tag (id, name) VALUES (1, 'boats')"),
    (5, "INSERT INTO tagged VALUES (1, 4)"),
    (5, f"INSERT INTO note VALUES (4, 'For the crossing', {THEN})"),
    (
        5,
        f"""
        INSERT INTO highlight (article_id, full_text, block, offset, words, made_at)
        VALUES (4, 0, 0, 7, 'about ferries', {THEN})
        """,
    ),
    (5, f"INSERT INTO smart_source (title, query, added_at) VALUES ('Ferries', 'ferries', {THEN})"),
    (5, f"INSERT INTO rule (title, query, deed, added_at) VALUES ('No text 8', 'title:8', 'hide', {THEN})"),
    (6, f"INSERT INTO story (id, newest, sources, independent) VALUES (1, {THEN + 7}, 2, 2)"),
    (6, "INSERT INTO told (article_id, story) VALUES (1, 1), (7, 1)"),
)
"""What is in them, each statement with the schema since which it can be; a further schema adds its own."""


def build(version: int, path: Path) -> None:
    """Make a library of an older schema."""
    with closing(connect(path, "rwc")) as connection:
        connection.run("PRAGMA auto_vacuum = INCREMENTAL")
        for step in range(1, version + 1):
            migrate(connection, step)
            with connection.transaction():
                for since, statement in CONTENT:
                    if since == step:
                        connection.run(statement)
            if step == _PACKED_SINCE:
                _pack(connection)
    if version >= _TAUGHT_SINCE:
        _teach(path)


def _teach(path: Path) -> None:
    """Let it learn its words and pack what comes first by them; for as long as its schema is this program's."""
    least = mock.patch.multiple(teaching, _FEWEST=10, _ENOUGH=10)
    with least, Store.open(path, clock=lambda: THEN + 4 * DAY) as store:
        store.index_some(3)
        while not store._db.value("SELECT count(*) FROM wording"):
            assert store.tidy()
        with store._db.transaction():
            store._pack_anew(until=0)


def _pack(connection: Connection) -> None:
    """Pack half of the bodies, as idle moments do."""
    rows = connection.all("SELECT id, html, document, text FROM feed_loose WHERE id < 7")
    full = connection.all("SELECT id, html, document, text FROM full_loose")
    with connection.transaction():
        connection.many(
            "INSERT INTO feed_packed (id, body) VALUES (?, ?)", [(id_, pack(Body(*body))) for id_, *body in rows]
        )
        connection.run("DELETE FROM feed_loose WHERE id < 7")
        connection.many(
            "INSERT INTO full_packed (id, body) VALUES (?, ?)", [(id_, pack(Body(*body))) for id_, *body in full]
        )
        connection.run("UPDATE full_loose SET packed = 1, html = '', text = '', document = NULL")


def fixture(version: int) -> Path:
    """Where it lies."""
    return FOLDER / f"schema-{version}.db.gz"


def unpack(version: int, path: Path) -> None:
    """Put the library of an older schema to a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.decompress(fixture(version).read_bytes()))


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    assert not fixture(wanted).exists(), "what was released stays as it is"
    with tempfile.TemporaryDirectory() as name:
        build(wanted, Path(name) / "library.db")
        fixture(wanted).write_bytes(gzip.compress((Path(name) / "library.db").read_bytes(), mtime=0))
