"""The shape of the library, as numbered migrations. A released one is never edited; a change is a further one.

- `status` has a row for every article ever seen and outlives the article, so that one that comes back has its old id
  and status. It carries whatever lists select and sort by; `here` says that the article is in the library.
- `article` has what a row of a list shows and what goes with an article; `feed_body` and `full_text` hold the bodies,
  so that lists never read over them. All three share the id of `status`.
- `twin` holds further identities that lead to one article; `no_identity` guids and addresses that stood on several
  articles of a source, and so lead to none of them. `former` keeps what an edit replaced.
- `source.unread` and `source.total` are kept by triggers on `status`, but for articles that come in: whoever inserts
  rows that are `here` counts them in one statement, as a trigger would cost as much as the rows.
- `search` is a contentless FTS5 index: a row is taken out with exactly the words it was put in with, which is what
  `indexing` is for. `index_queue` holds the ids that wait for it.
- `place` says where the reader was in an article, and how many percent of it that is; 95 are as good as all.
- `source.full_text_log` has a sign for each of the last full texts of a source: `+` gained, `=` as good as the feed's
  text, `-` failed (`store.learning`).
- `hold` has the hosts that asked to be left alone, `kept_query` searches of another reader that wait for our language.
- New settings, and a new address, make a source due: it shows at once whether they work.
- `action` and `journal` are what undo works from; `changes` is what other processes read; `memory` is small UI state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.errors import LibraryError

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

APPLICATION_ID: Final = 0x4E575244
"""Marks the file as ours (SQLite's application_id): "NWRD"."""

HANDBOOK_URL: Final = "newsreader:handbook"
HANDBOOK_TITLE: Final = "The newsreader handbook"

EMPTY_SEARCH: Final = (
    "DELETE FROM search_data",
    "DELETE FROM search_idx",
    "DELETE FROM search_docsize",
    "INSERT INTO search_data (id, block) VALUES (1, x''), (10, x'00000000000000')",
    "INSERT INTO search (search) VALUES ('delete-all')",
)
"""Statements that empty the search index however damaged it is.

FTS5 refuses even to drop a table whose own record of its segments it cannot read, so first the tables beneath it are
put into the state of a new one: an empty record of averages (row 1) and one of no segments (row 10).
"""

_FIRST: Final = (
    """
    CREATE TABLE source (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        url TEXT NOT NULL,
        feed_title TEXT NOT NULL DEFAULT '',
        given_title TEXT,
        folder TEXT,
        position INTEGER NOT NULL DEFAULT 0,
        link TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        full_text_mode TEXT NOT NULL DEFAULT 'auto',
        added_at INTEGER NOT NULL,
        removed_at INTEGER,
        unread INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE UNIQUE INDEX source_url ON source (url) WHERE removed_at IS NULL",
    """
    CREATE TABLE fetch_state (
        source_id INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
        etag TEXT,
        last_modified TEXT,
        body_hash TEXT,
        last_attempt INTEGER,
        last_success INTEGER,
        next_due INTEGER,
        error TEXT,
        error_count INTEGER NOT NULL DEFAULT 0,
        interval INTEGER,
        requested_at INTEGER
    ) STRICT
    """,
    """
    CREATE TRIGGER source_address AFTER UPDATE OF url ON source WHEN old.url <> new.url BEGIN
        UPDATE fetch_state
        SET etag = NULL, last_modified = NULL, body_hash = NULL, error = NULL, error_count = 0, next_due = 0
        WHERE source_id = new.id;
    END
    """,
    """
    CREATE TABLE status (
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
        UNIQUE (source_id, identity)
    ) STRICT
    """,
    # The columns of a partial index's condition stand in it too: else SQLite before 3.42 looks up every row for them.
    "CREATE INDEX status_all ON status (sort_at, id, source_id, here) WHERE here = 1",
    "CREATE INDEX status_unread ON status (sort_at, id, source_id, here, read) WHERE here = 1 AND read = 0",
    "CREATE INDEX status_source ON status (source_id, sort_at, id, here) WHERE here = 1",
    """
    CREATE INDEX status_bookmarked ON status (sort_at, id, here, bookmarked_at)
    WHERE here = 1 AND bookmarked_at IS NOT NULL
    """,
    "CREATE INDEX status_twin ON status (source_id, twin) WHERE twin IS NOT NULL",
    """
    CREATE TABLE twin (
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        identity TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
        UNIQUE (source_id, identity)
    ) STRICT
    """,
    "CREATE INDEX twin_article ON twin (article_id)",
    """
    CREATE TRIGGER status_inserted AFTER INSERT ON status WHEN new.here = 1 BEGIN
        UPDATE source SET unread = unread + (new.read = 0), total = total + 1 WHERE id = new.source_id;
    END
    """,
    """
    CREATE TRIGGER status_updated AFTER UPDATE OF here, read ON status
    WHEN old.here <> new.here OR old.read <> new.read BEGIN
        UPDATE source
        SET unread = unread + (new.here = 1 AND new.read = 0) - (old.here = 1 AND old.read = 0),
            total = total + new.here - old.here
        WHERE id = new.source_id;
    END
    """,
    """
    CREATE TRIGGER status_deleted AFTER DELETE ON status WHEN old.here = 1 BEGIN
        UPDATE source SET unread = unread - (old.read = 0), total = total - 1 WHERE id = old.source_id;
    END
    """,
    """
    CREATE TABLE article (
        id INTEGER PRIMARY KEY REFERENCES status (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        url TEXT,
        author TEXT,
        published INTEGER,
        updated INTEGER,
        words INTEGER NOT NULL,
        full_words INTEGER,
        guid TEXT,
        summary TEXT NOT NULL,
        enclosures TEXT,
        categories TEXT,
        comments_url TEXT,
        comments_feed_url TEXT,
        comments_count INTEGER,
        language TEXT,
        full_text_error TEXT,
        full_text_tried INTEGER,
        full_text_tries INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE feed_body (
        id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER,
        document BLOB,
        html TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE full_text (
        id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER,
        document BLOB,
        html TEXT NOT NULL,
        text TEXT NOT NULL,
        title TEXT,
        author TEXT,
        language TEXT,
        saved_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE former (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        replaced_at INTEGER NOT NULL,
        title TEXT NOT NULL,
        html TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX former_article ON former (article_id)",
    """
    CREATE TABLE place (
        id INTEGER PRIMARY KEY REFERENCES status (id) ON DELETE CASCADE,
        full_text INTEGER NOT NULL,
        block INTEGER NOT NULL,
        offset INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE TABLE index_queue (id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE) STRICT",
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, text, content = '', tokenize = "unicode61 remove_diacritics 2"
    )
    """,
    # Filling the index costs a third with a large hash table and with merging left to idle moments (`Store.tidy`).
    f"INSERT INTO search (search, rank) VALUES ('hashsize', {16 * 1024 * 1024})",
    "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
    "INSERT INTO search (search, rank) VALUES ('crisismerge', 200)",
    "INSERT INTO search (search, rank) VALUES ('usermerge', 16)",
    "CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, ids TEXT NOT NULL) STRICT",
    """
    CREATE TABLE action (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        window TEXT NOT NULL,
        at INTEGER NOT NULL,
        words TEXT NOT NULL,
        undone_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX action_at ON action (at)",
    """
    CREATE TABLE journal (
        action INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
        column_name TEXT NOT NULL,
        target INTEGER NOT NULL,
        was ANY,
        became ANY,
        PRIMARY KEY (action, column_name, target)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    f"""
    INSERT INTO source (kind, url, feed_title, added_at)
    VALUES ('builtin', '{HANDBOOK_URL}', '{HANDBOOK_TITLE}', 0)
    """,
    "INSERT INTO fetch_state (source_id) SELECT id FROM source",
)

_SECOND: Final = (
    "ALTER TABLE source ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE fetch_state ADD COLUMN status INTEGER",
    "ALTER TABLE fetch_state ADD COLUMN hints TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE fetch_state ADD COLUMN offer TEXT",
    "ALTER TABLE fetch_state ADD COLUMN newest INTEGER",
    "ALTER TABLE fetch_state ADD COLUMN gap INTEGER",
    "ALTER TABLE article ADD COLUMN image_url TEXT",
    "DROP TRIGGER status_inserted",
    "DROP TRIGGER source_address",
    """
    CREATE TRIGGER source_address AFTER UPDATE OF url ON source WHEN old.url <> new.url BEGIN
        UPDATE fetch_state
        SET etag = NULL, last_modified = NULL, body_hash = NULL, error = NULL, error_count = 0, next_due = 0,
            status = NULL, hints = '{}', offer = NULL
        WHERE source_id = new.id;
    END
    """,
    """
    CREATE TRIGGER source_settings AFTER UPDATE OF settings ON source WHEN old.settings <> new.settings BEGIN
        UPDATE fetch_state SET next_due = 0 WHERE source_id = new.id;
    END
    """,
    "CREATE TABLE hold (host TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE kept_query (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, query TEXT NOT NULL, origin TEXT NOT NULL, UNIQUE (title, query)
    ) STRICT
    """,
)

_THIRD: Final = (
    """
    CREATE TABLE no_identity (
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        identity TEXT NOT NULL,
        UNIQUE (source_id, identity)
    ) STRICT
    """,
)

_FOURTH: Final = (
    "ALTER TABLE place ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE place ADD COLUMN percent INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX place_begun ON place (id, percent) WHERE percent > 0 AND percent < 95",
    "ALTER TABLE former ADD COLUMN document BLOB",
    "ALTER TABLE former ADD COLUMN version INTEGER",
    "ALTER TABLE source ADD COLUMN full_text_log TEXT NOT NULL DEFAULT ''",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""Statements that lead from schema N to N + 1, the first from an empty file."""

SCHEMA: Final = len(MIGRATIONS)
"""The schema that this program writes (SQLite's user_version)."""


def migrate(connection: Connection, target: int = SCHEMA) -> bool:
    """Bring a file to a schema, this program's, in one transaction. Says whether the library was begun by this.

    Two processes may come here at once: the second finds the work done. A file that dies half-way stays as it was.
    """
    if connection.value("PRAGMA user_version") == target:
        return False
    with connection.transaction():
        version = int(connection.value("PRAGMA user_version"))
        if version > target:
            raise LibraryError("The library was taken over by a newer newsreader: start this one again.")
        for number in range(version, target):
            for statement in MIGRATIONS[number]:
                connection.run(statement)
        connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.run(f"PRAGMA user_version = {target}")
    return version == 0
