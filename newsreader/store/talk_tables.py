"""The tables of what is said about articles, as migrations make them. What was released is never edited.

Both hold only what can be had again: comments that the worker fetched, answers that a model gave.
"""

from __future__ import annotations

from typing import Final

TALK: Final = (
    """
    CREATE TABLE discussion (
        id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        site TEXT NOT NULL,
        url TEXT,
        fetched_at INTEGER NOT NULL,
        total INTEGER NOT NULL,
        failure TEXT,
        version INTEGER NOT NULL,
        comments BLOB NOT NULL,
        html BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX discussion_fetched ON discussion (fetched_at)",
    """
    CREATE TABLE answer (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        article_id INTEGER,
        deed TEXT NOT NULL,
        model TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        version INTEGER NOT NULL,
        answer BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX answer_asked ON answer (asked_at)",
)
"""Of schema 7."""
