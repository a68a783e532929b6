"""The search index: filled in the background, a batch at a time, and kept right when articles change.

The index keeps no copy of the words (a contentless FTS5 table), so a row can only be taken out by naming exactly the
words it was put in with. These are, at any moment, what `_WORDS` selects: whoever is about to change a title or a
text calls `_out_of_index` first, which takes the row out and puts the article back into the queue.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from newsreader.bounds import BATCH_TIME
from newsreader.store.connection import id_list
from newsreader.store.part import Part

if TYPE_CHECKING:
    from collections.abc import Collection

_WORDS: Final = """
    SELECT a.id, a.title, coalesce(f.text, b.text)
    FROM article a JOIN feed_body b ON b.id = a.id LEFT JOIN full_text f ON f.id = a.id
"""
_STEP: Final = 50  # articles between two looks at the clock


class IndexKeeper(Part):
    """Taking articles out of the index before what they were indexed with changes."""

    def _out_of_index(self, ids: Collection[int]) -> None:
        """Take articles out of the index, to be indexed anew. To be called while the old words still stand."""
        listed = id_list(ids)
        self._db.run(
            f"""
            INSERT INTO search (search, rowid, title, text) SELECT 'delete', w.* FROM ({_WORDS}) w
            WHERE w.id IN (SELECT value FROM json_each(?1)) AND w.id NOT IN (SELECT id FROM index_queue)
            """,
            (listed,),
        )
        self._db.run(
            "INSERT OR IGNORE INTO index_queue SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?))",
            (listed,),
        )


class Indexing(IndexKeeper):
    """The part of the Store that fills the index."""

    def waiting_for_index(self) -> int:
        """How many articles wait for the index; a search finds them by their titles only."""
        return int(self._db.value("SELECT count(*) FROM index_queue"))

    def index_some(self, limit: int) -> int:
        """Index up to `limit` waiting articles, in transactions of about BATCH_TIME, and say how many still wait."""
        while limit > 0:
            with self._db.transaction():
                until = time.monotonic() + BATCH_TIME
                while limit > 0 and time.monotonic() < until:
                    ids = self._db.column("SELECT id FROM index_queue ORDER BY id LIMIT ?", (min(limit, _STEP),))
                    if not ids:
                        return 0
                    self._index(ids)
                    limit -= len(ids)
        return self.waiting_for_index()

    def _index(self, ids: Collection[int]) -> None:
        listed = id_list(ids)
        self._db.run(
            f"INSERT INTO search (rowid, title, text) {_WORDS} WHERE a.id IN (SELECT value FROM json_each(?))",
            (listed,),
        )
        self._db.run("DELETE FROM index_queue WHERE id IN (SELECT value FROM json_each(?))", (listed,))
