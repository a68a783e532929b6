"""What schema 6 makes of statuses: hashes instead of long identities, and half of the room (see `store.migrations`)."""

from __future__ import annotations

import re
from typing import Final

from newsreader.text import HASHED, OF_TEXT, of_digest, short_identity

_LONG: Final = re.compile("(long|hash):([0-9a-f]{32})")
_HASH: Final = re.compile("[0-9a-f]{32}")
_BEGINNINGS: Final = {"long": HASHED, "hash": OF_TEXT}
_KEPT_TOGETHER: Final = "source_id, sort_at, here, read, bookmarked_at, opened_at, later_at, hidden_by"


def identity_now(before: str) -> str:
    """For SQL: the identity that an article has now which had this one; a guid or an address, or a hash of one."""
    if found := _LONG.fullmatch(before):
        return _BEGINNINGS[found[1]] + of_digest(bytes.fromhex(found[2]), 9)
    return short_identity(before)


def hash_now(before: str) -> str:
    """For SQL: the hash of a content that had this one."""
    return of_digest(bytes.fromhex(before), 8) if _HASH.fullmatch(before) else before


SLIM: Final = (
    """
    CREATE TABLE slim_status (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        identity TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        twin INTEGER,
        sort_at INTEGER NOT NULL,
        here INTEGER NOT NULL DEFAULT 1,
        read INTEGER NOT NULL DEFAULT 0,
        bookmarked_at INTEGER,
        opened_at INTEGER,
        later_at INTEGER,
        hidden_by INTEGER
    ) STRICT
    """,
    f"""
    INSERT INTO slim_status (id, identity, content_hash, twin, {_KEPT_TOGETHER})
    SELECT id, identity_now(identity), hash_now(content_hash), twin, {_KEPT_TOGETHER} FROM status ORDER BY id
    """,
    # Two of a source that come to the same, of which there is hardly a chance: the later is known by its face alone.
    """
    UPDATE slim_status SET identity = char(10) || id WHERE id IN (
        SELECT id FROM (
            SELECT id, row_number() OVER (PARTITION BY source_id, identity ORDER BY id) AS number FROM slim_status
        ) WHERE number > 1
    )
    """,
    """
    UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM sqlite_sequence WHERE name IN ('status', 'slim_status'))
    WHERE name = 'slim_status'
    """,
    "DROP TABLE status",
    "ALTER TABLE slim_status RENAME TO status",
    "CREATE UNIQUE INDEX status_identity ON status (source_id, identity)",
    "CREATE INDEX status_all ON status (sort_at, id, source_id, here) WHERE here = 1",
    "CREATE INDEX status_unread ON status (sort_at, id, source_id, here, read) WHERE here = 1 AND read = 0",
    "CREATE INDEX status_source ON status (source_id, sort_at, id, here) WHERE here = 1",
    """
    CREATE INDEX status_bookmarked ON status (sort_at, id, here, bookmarked_at)
    WHERE here = 1 AND bookmarked_at IS NOT NULL
    """,
    "CREATE INDEX status_later ON status (later_at, id, here, source_id) WHERE here = 1 AND later_at IS NOT NULL",
    "CREATE INDEX status_hidden ON status (sort_at, id, here, source_id, hidden_by) WHERE hidden_by IS NOT NULL",
    "CREATE INDEX status_twin ON status (source_id, twin) WHERE twin IS NOT NULL",
    """
    CREATE TRIGGER status_updated AFTER UPDATE OF here, read ON status
    WHEN old.here <> new.here OR old.read <> new.read BEGIN
        UPDATE source
        SET unread = unread + (new.here = 1 AND new.read = 0) - (old.here = 1 AND old.read = 0),
            total = total + (new.here = 1) - (old.here = 1)
        WHERE id = new.source_id;
    END
    """,
    """
    CREATE TRIGGER status_deleted AFTER DELETE ON status WHEN old.here = 1 BEGIN
        UPDATE source SET unread = unread - (old.read = 0), total = total - 1 WHERE id = old.source_id;
    END
    """,
    """
    CREATE TABLE slim_twin (
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        identity TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
        UNIQUE (source_id, identity)
    ) STRICT
    """,
    """
    INSERT OR IGNORE INTO slim_twin (source_id, identity, content_hash, article_id)
    SELECT source_id, identity_now(identity), hash_now(content_hash), article_id FROM twin ORDER BY rowid
    """,
    "DROP TABLE twin",
    "ALTER TABLE slim_twin RENAME TO twin",
    "CREATE INDEX twin_article ON twin (article_id)",
    "UPDATE OR IGNORE no_identity SET identity = identity_now(identity) WHERE identity <> identity_now(identity)",
)
"""Of schema 6. What refers to these tables is not looked at meanwhile (`store.schema`)."""
