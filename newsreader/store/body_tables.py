"""The tables and views of bodies, as migrations make them (see `store.bodies`). What was released is never edited."""

from __future__ import annotations

from typing import Final

PACKED: Final = (
    "ALTER TABLE feed_body RENAME TO feed_loose",
    "ALTER TABLE full_text RENAME TO full_loose",
    "ALTER TABLE full_loose ADD COLUMN packed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX full_unpacked ON full_loose (id, packed) WHERE packed = 0",
    """
    CREATE TABLE feed_packed (
        id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE full_packed (
        id INTEGER PRIMARY KEY REFERENCES full_loose (id) ON DELETE CASCADE,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE VIEW feed_body (id, version, document, html, text) AS
    SELECT a.id,
        coalesce((SELECT l.version FROM feed_loose l WHERE l.id = a.id),
            (SELECT p.version FROM feed_packed p WHERE p.id = a.id)),
        coalesce((SELECT l.document FROM feed_loose l WHERE l.id = a.id),
            (SELECT document_in(p.body) FROM feed_packed p WHERE p.id = a.id)),
        coalesce((SELECT l.html FROM feed_loose l WHERE l.id = a.id),
            (SELECT html_in(p.body) FROM feed_packed p WHERE p.id = a.id)),
        coalesce((SELECT l.text FROM feed_loose l WHERE l.id = a.id),
            (SELECT text_in(p.body) FROM feed_packed p WHERE p.id = a.id))
    FROM article a
    """,
    """
    CREATE VIEW full_text (id, version, document, html, text, title, author, language, saved_at) AS
    SELECT l.id, l.version,
        coalesce(l.document, (SELECT document_in(p.body) FROM full_packed p WHERE p.id = l.id)),
        coalesce((SELECT html_in(p.body) FROM full_packed p WHERE p.id = l.id), l.html),
        coalesce((SELECT text_in(p.body) FROM full_packed p WHERE p.id = l.id), l.text),
        l.title, l.author, l.language, l.saved_at
    FROM full_loose l
    """,
)
"""Of schema 5."""


def _by_words(part: str) -> str:
    """What gives a part of a packed body: where its wording is not known yet, that and its copy are looked up."""
    words = (f"(SELECT w.words FROM {table} w WHERE w.id = wanted(p.body))" for table in ("wording", "wording_copy"))
    return f"{part}_in(p.body, {', '.join(words)})"


def _feed(part: str) -> str:
    packed = [
        f"(SELECT {_by_words(part)} FROM {table} p WHERE p.id = a.id)" for table in ("feed_packed", "feed_before")
    ]
    return f"coalesce((SELECT l.{part} FROM feed_loose l WHERE l.id = a.id), {', '.join(packed)})"


def _full(part: str) -> str:
    packed = [
        f"(SELECT {_by_words(part)} FROM {table} p WHERE p.id = l.id)" for table in ("full_packed", "full_before")
    ]
    return f"coalesce({', '.join(packed)}, l.{part})"


CONDENSED: Final = (
    "DROP VIEW feed_body",
    "DROP VIEW full_text",
    "ALTER TABLE feed_packed RENAME TO feed_before",
    "ALTER TABLE full_packed RENAME TO full_before",
    """
    CREATE TABLE feed_packed (
        id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE full_packed (
        id INTEGER PRIMARY KEY REFERENCES full_loose (id) ON DELETE CASCADE,
        body BLOB NOT NULL
    ) STRICT
    """,
    "CREATE TABLE wording (id INTEGER PRIMARY KEY, last_id INTEGER NOT NULL, words BLOB NOT NULL) STRICT",
    "CREATE TABLE wording_copy (id INTEGER PRIMARY KEY, words BLOB NOT NULL) STRICT",
    f"""
    CREATE VIEW feed_body (id, version, document, html, text) AS
    SELECT a.id,
        coalesce((SELECT l.version FROM feed_loose l WHERE l.id = a.id),
            (SELECT p.version FROM feed_packed p WHERE p.id = a.id),
            (SELECT p.version FROM feed_before p WHERE p.id = a.id)),
        {_feed("document")}, {_feed("html")}, {_feed("text")}
    FROM article a
    """,
    f"""
    CREATE VIEW full_text (id, version, document, html, text, title, author, language, saved_at) AS
    SELECT l.id, l.version,
        {_full("document")}, {_full("html")}, {_full("text")},
        l.title, l.author, l.language, l.saved_at
    FROM full_loose l
    """,
)
"""Of schema 6: what was packed before waits in `feed_before` and `full_before` for being packed anew."""
