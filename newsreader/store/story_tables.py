"""The tables of stories, as migrations make them (see `store.stories`). What was released is never edited."""

from __future__ import annotations

from typing import Final

TOLD: Final = (
    """
    CREATE TABLE story (
        id INTEGER PRIMARY KEY,
        newest INTEGER NOT NULL,
        sources INTEGER NOT NULL,
        independent INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX story_newest ON story (newest, independent)",
    """
    CREATE TABLE told (
        article_id INTEGER PRIMARY KEY REFERENCES status (id) ON DELETE CASCADE,
        story INTEGER NOT NULL,
        copy_of INTEGER
    ) STRICT
    """,
    "CREATE INDEX told_story ON told (story, article_id, copy_of)",
)
"""Of schema 6."""
