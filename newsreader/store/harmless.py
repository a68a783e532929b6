"""What comes in with a backup may have been written by anybody: its texts are cleaned as those of feeds are.

Every text that is shown by itself is cleaned; Documents are not taken on trust but built anew from the HTML, which is
where their text is cleaned and their links are looked at (DESIGN rules 1 and 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.store import talk

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

_SHOWN: Final = {
    "source": ("url", "feed_title", "given_title", "folder", "link"),
    "article": ("title", "author", "url", "language", "comments_url", "comments_feed_url", "image_url"),
    "former": ("title",),
    "full_loose": ("title", "author", "language"),
    "note": ("text",),
    "tag": ("name",),
    "highlight": ("words",),
    "place": ("words",),
    "discussion": ("site", "url", "failure"),
    "smart_source": ("title", "query", "folder"),
    "rule": ("title", "query", "argument"),
    "kept_query": ("title", "query", "origin"),
}
"""Texts that stand in one line somewhere, by their tables."""
_LISTS: Final = (("source", "tags", "'[]'"), ("article", "enclosures", "NULL"), ("article", "categories", "NULL"))
"""Lists of texts, as JSON, and what stands for one that holds a control character."""
_FOREIGN: Final = (
    "kind = 'feed' AND url NOT LIKE 'http://%' AND url NOT LIKE 'https://%'",
    "kind <> 'feed' AND url NOT LIKE 'newsreader:%'",
)
"""Sources that there cannot be."""
_BUILT: Final = (
    "UPDATE feed_loose SET document = NULL, version = NULL",
    "UPDATE feed_packed SET version = NULL",
    "UPDATE feed_before SET version = NULL",
    "UPDATE full_loose SET document = NULL, version = NULL",
    "UPDATE former SET document = NULL, version = NULL",
)


def make_harmless(connection: Connection) -> None:
    """Clean the texts of a library of this program's schema that came from elsewhere."""
    for table, columns in _SHOWN.items():
        for column in columns:
            clean = f"lined(CAST({column} AS BLOB))"
            connection.run(f"UPDATE OR REPLACE {table} SET {column} = {clean} WHERE {column} <> {clean}")
    for table, column, nothing in _LISTS:
        clean = f"lined(CAST({column} AS BLOB))"
        unclean = f"NOT json_valid({column}) OR {column} LIKE '%\\u00%' OR {column} <> {clean}"
        connection.run(f"UPDATE {table} SET {column} = {nothing} WHERE {unclean}")
    for condition in _FOREIGN:
        connection.run(f"DELETE FROM source WHERE {condition}")
    for statement in _BUILT:
        connection.run(statement)
    talk.harmless(connection)
