"""The search index: filled in the background, a batch at a time, and kept right when articles change.

The index keeps no copy of the words (a contentless FTS5 table), so a row can only be taken out by naming exactly the
words it was put in with. These are, at any moment, what `_WORDS` selects: whoever is about to change a title, a text
or an author calls `_out_of_index` first, which takes the row out and puts the article back into the queue.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from newsreader import log
from newsreader.bounds import BATCH_TIME
from newsreader.store.bodies import Bodies
from newsreader.store.connection import IndexDamaged, id_list
from newsreader.store.kept import KEPT
from newsreader.store.migrations import EMPTY_SEARCH

if TYPE_CHECKING:
    from collections.abc import Collection

_WORDS: Final = """
    SELECT a.id, indexed(a.title, a.author, coalesce(
        (SELECT f.text FROM full_text f WHERE f.id = a.id), (SELECT b.text FROM feed_body b WHERE b.id = a.id)
    ))
    FROM article a
"""
_FEWEST, _FIRST, _MOST = 20, 100, 2_000  # articles in one transaction: at least, at first, at most

_log = log.get("store")


class IndexKeeper(Bodies):
    """Taking articles out of the index before what they were indexed with changes."""

    def _out_of_index(self, ids: Collection[int]) -> None:
        """Take articles out of the index, to be indexed anew. To be called while the old words still stand."""
        listed = id_list(ids)
        try:
            self._db.run(
                f"""
                INSERT INTO search (search, rowid, words) SELECT 'delete', w.* FROM ({_WORDS}) w
                WHERE w.id IN (SELECT value FROM json_each(?1)) AND w.id NOT IN (SELECT id FROM index_queue)
                """,
                (listed,),
            )
        except IndexDamaged:
            self._begin_index_anew()
        self._db.run(
            "INSERT OR IGNORE INTO index_queue SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?))",
            (listed,),
        )

    def _begin_index_anew(self) -> None:
        """Throw a damaged index away, in the running transaction: nothing is lost by it but the time to fill it."""
        _log.error("the search index is damaged and is begun anew")
        for statement in EMPTY_SEARCH:
            self._db.run(statement)
        self._db.run("INSERT OR IGNORE INTO index_queue SELECT id FROM article")

    def _drop(self, ids: Collection[int], *, for_good: bool = False) -> tuple[list[int], set[int]]:
        """Take these out of the library, but for what is kept; gives what went, and its sources.

        What the feed gives again comes back with its old status, unless it went `for_good`: the hash of its content
        then stays, by which it is known and left out.
        """
        rows = self._db.all(
            f"SELECT id, source_id FROM status st WHERE here > 0 AND NOT {KEPT} "
            "AND id IN (SELECT value FROM json_each(?))",
            (id_list(ids),),
        )
        dropped = [id_ for id_, _ in rows]
        listed = (id_list(dropped),)
        self._out_of_index(dropped)
        self._db.run("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", listed)
        self._db.run("UPDATE status SET here = 0 WHERE id IN (SELECT value FROM json_each(?))", listed)
        if not for_good:
            self._db.run("UPDATE status SET content_hash = '' WHERE id IN (SELECT value FROM json_each(?))", listed)
            self._db.run(
                "UPDATE twin SET content_hash = '' WHERE article_id IN (SELECT value FROM json_each(?))", listed
            )
        return dropped, {source_id for _, source_id in rows}


class Indexing(IndexKeeper):
    """The part of the Store that fills the index."""

    _fitting = _FIRST

    def waiting_for_index(self) -> int:
        """How many articles wait for the index; a search finds them by their titles only."""
        return int(self._db.value("SELECT count(*) FROM index_queue"))

    def index_some(self, limit: int) -> int:
        """Index up to `limit` waiting articles, in transactions of about BATCH_TIME, and say how many still wait.

        Fewer are done where that takes longer than BATCH_TIME: the caller has others to let in.
        Each transaction is one statement for the index: FTS5 writes out what it gathered at the end of every
        statement, and many small pieces cost several times as much as one. So how many articles fit is guessed from
        the transaction before.
        """
        begun = started = time.monotonic()
        while limit > 0 and started < begun + BATCH_TIME:
            done = self._index_next(min(limit, self._fitting))
            if not done:
                return 0
            limit -= done
            took, started = time.monotonic() - started, time.monotonic()
            if done == self._fitting:
                share = BATCH_TIME / max(took, 0.001)
                self._fitting = max(_FEWEST, min(int(self._fitting * min(share, 2.0)), _MOST))
        return self.waiting_for_index()

    def _index_next(self, count: int) -> int:
        """Index this many waiting articles, in one transaction, and say how many there were."""
        with self._db.transaction():
            ids = self._db.column("SELECT id FROM index_queue ORDER BY id LIMIT ?", (count,))
            try:
                self._index(ids)
                if self._db.one("SELECT 1 FROM tally"):  # nobody else needs to know
                    self._announce(indexed=ids)
            except IndexDamaged:
                self._begin_index_anew()
        return len(ids)

    def _index(self, ids: Collection[int]) -> None:
        listed = id_list(ids)
        self._db.run(
            f"INSERT INTO search (rowid, words) {_WORDS} WHERE a.id IN (SELECT value FROM json_each(?))",
            (listed,),
        )
        self._db.run("DELETE FROM index_queue WHERE id IN (SELECT value FROM json_each(?))", (listed,))
