"""The statements of each migration. A released one is never edited; a change is a further one (see `store.schema`)."""

from __future__ import annotations

from typing import Final

from newsreader.store.body_tables import CONDENSED, PACKED
from newsreader.store.slimming import SLIM
from newsreader.store.story_tables import TOLD
from newsreader.store.talk_tables import TALK

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

# Which words an article has, not where they stand, as `query.folding` writes them. Marks count as letters: Devanagari
# and others write vowels so.
_INDEX: Final = (
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        words, content = '', detail = none,
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
    )
    """,
    f"INSERT INTO search (search, rank) VALUES ('hashsize', {16 * 1024 * 1024})",
    "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
    "INSERT INTO search (search, rank) VALUES ('crisismerge', 200)",
    "INSERT INTO search (search, rank) VALUES ('usermerge', 16)",
    "INSERT OR IGNORE INTO index_queue SELECT id FROM article",
)

_FIFTH: Final = (
    *PACKED,
    *EMPTY_SEARCH,
    "DROP TABLE search",
    *_INDEX,
    "ALTER TABLE status ADD COLUMN later_at INTEGER",
    "ALTER TABLE status ADD COLUMN hidden_by INTEGER",
    """
    CREATE INDEX status_later ON status (later_at, id, here, source_id) WHERE here = 1 AND later_at IS NOT NULL
    """,
    """
    CREATE INDEX status_hidden ON status (sort_at, id, here, source_id, hidden_by) WHERE hidden_by IS NOT NULL
    """,
    "DROP TRIGGER source_settings",
    # How long articles are kept has nothing to do with fetching them.
    """
    CREATE TRIGGER source_settings AFTER UPDATE OF settings ON source
    WHEN old.settings <> new.settings AND NOT (
        json_valid(old.settings) AND json_valid(new.settings)
        AND json_remove(old.settings, '$.keep') = json_remove(new.settings, '$.keep')
    ) BEGIN
        UPDATE fetch_state SET next_due = 0 WHERE source_id = new.id;
    END
    """,
    "DROP TRIGGER status_updated",
    """
    CREATE TRIGGER status_updated AFTER UPDATE OF here, read ON status
    WHEN old.here <> new.here OR old.read <> new.read BEGIN
        UPDATE source
        SET unread = unread + (new.here = 1 AND new.read = 0) - (old.here = 1 AND old.read = 0),
            total = total + (new.here = 1) - (old.here = 1)
        WHERE id = new.source_id;
    END
    """,
    "CREATE TABLE tag (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE) STRICT",
    """
    CREATE TABLE tagged (
        tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
        PRIMARY KEY (tag_id, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX tagged_article ON tagged (article_id)",
    """
    CREATE TABLE note (
        id INTEGER PRIMARY KEY REFERENCES status (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        written_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE highlight (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
        full_text INTEGER NOT NULL,
        block INTEGER NOT NULL,
        offset INTEGER NOT NULL,
        words TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        removed_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX highlight_article ON highlight (article_id)",
    """
    CREATE TABLE smart_source (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        query TEXT NOT NULL,
        folder TEXT,
        position INTEGER NOT NULL DEFAULT 0,
        added_at INTEGER NOT NULL,
        removed_at INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE tally (
        smart_id INTEGER PRIMARY KEY REFERENCES smart_source (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        basis TEXT NOT NULL,
        unread INTEGER NOT NULL,
        read INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE tallied (
        smart_id INTEGER NOT NULL REFERENCES tally (smart_id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        PRIMARY KEY (smart_id, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE rule (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        query TEXT NOT NULL,
        deed TEXT NOT NULL,
        argument TEXT,
        position INTEGER NOT NULL DEFAULT 0,
        paused INTEGER NOT NULL DEFAULT 0,
        added_at INTEGER NOT NULL,
        removed_at INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE rule_hit (
        article_id INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
        rule_id INTEGER NOT NULL REFERENCES rule (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        PRIMARY KEY (article_id, rule_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX rule_hit_rule ON rule_hit (rule_id, at)",
    "ALTER TABLE article ADD COLUMN media TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE article ADD COLUMN full_cut INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE site_block (
        host TEXT NOT NULL,
        article_id INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        marks BLOB NOT NULL,
        PRIMARY KEY (host, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    "ALTER TABLE action ADD COLUMN undone_by TEXT",
    "ALTER TABLE action ADD COLUMN redo INTEGER",
    "CREATE INDEX action_redo ON action (undone_by, redo) WHERE redo IS NOT NULL",
    "ALTER TABLE journal ADD COLUMN targets TEXT",
)

_SIXTH: Final = (*CONDENSED, *SLIM, *TOLD)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, TALK)
"""Statements that lead from schema N to N + 1, the first from an empty file."""
