"""Upkeep in idle moments: what was removed long ago goes, the search index and the file are put in order."""

from __future__ import annotations

from time import monotonic
from typing import Final

from newsreader.bounds import BATCH_TIME, JOURNAL_DAYS, REMOVED_DAYS
from newsreader.model import Keep
from newsreader.store.connection import IndexDamaged, id_list
from newsreader.store.kept import KEPT
from newsreader.store.memory import give_back
from newsreader.store.replies import Replies
from newsreader.store.retention import Retention
from newsreader.store.rules import Rules
from newsreader.store.sites import Sites
from newsreader.store.talk import Talk

_DAY: Final = 86_400
_ARTICLES: Final = 200  # of a removed source that go in one step
_MERGE_PAGES: Final = 500  # of the index, written in one step: some 15 ms
_FEWEST_PAGES, _MOST_PAGES = 10, 2_000  # given back to the disk in one step
_ALL: Final = Keep()
_KEPT_FREE: Final = 2_000  # pages left free for what comes next


class Upkeep(Retention, Rules, Sites, Talk, Replies):
    """The part of the Store that tidies up."""

    _givable = 20  # pages that the next step gives back

    def tidy(self, keep: Keep = _ALL) -> bool:
        """Do one short step of upkeep, of some BATCH_TIME, and say whether there is more to do; if not, let memory go.

        For the worker, when nothing else is to be done. Sources removed more than REMOVED_DAYS ago go with their
        articles, but for what is kept, and smart sources when no undo reaches them any more; while the clock may be
        wrong nothing goes (`store.timekeeping`). `keep` is for sources without a line of their own (`store.retention`).
        """
        if self.go_on_turning():
            return True
        with self._db.transaction():
            believed = self._believes_clock()
            if believed and (moved := self._mend_times()):
                self._announce(articles=moved, everything=True)
            if (believed and self._forget_old()) or self._merge_index():
                return True
        if self.settle_rules() or (believed and self.retire_some(keep)):
            return True
        if self._pack_step():
            return True
        if self._db.value("PRAGMA freelist_count") > _KEPT_FREE:
            self._give_back_some()
            return True
        self._db.run("PRAGMA analysis_limit = 400")
        self._db.run("PRAGMA optimize")
        self._db.value("PRAGMA wal_checkpoint(PASSIVE)")  # else the person's next write may have to do it
        return False

    def let_go(self) -> None:
        """Give memory back to the system, in a moment in which nobody waits for the library."""
        self._db.run("PRAGMA shrink_memory")  # pages that were read are in the system's cache too
        give_back()

    def _give_back_some(self) -> None:
        """Give back as many free pages as fit into half of BATCH_TIME, to tell by the step before.

        SQLite looks for the hole that a page moves into from the first one on: in a library that lost most of what it
        had, a page takes more than a millisecond, in others a hundredth of one.
        """
        began = monotonic()
        self._db.give_back(self._givable)
        share = BATCH_TIME / 2 / max(monotonic() - began, 0.001)
        self._givable = max(_FEWEST_PAGES, min(int(self._givable * min(share, 2.0)), _MOST_PAGES))

    def _forget_old(self) -> bool:
        forgotten = self._forget_removed() or self.forget_sites()
        return forgotten or self.forget_discussions() or self.forget_replies()

    def _forget_removed(self) -> bool:
        long_ago = self._now() - REMOVED_DAYS * _DAY
        ids = self._db.column(
            f"""
            SELECT st.id FROM source s CROSS JOIN status st ON st.source_id = s.id
            WHERE s.removed_at < ? AND NOT {KEPT} LIMIT ?
            """,
            (long_ago, _ARTICLES),
        )
        if not ids:
            empty = "removed_at < ? AND NOT EXISTS (SELECT 1 FROM status WHERE source_id = source.id)"
            beyond_undo = (self._now() - JOURNAL_DAYS * _DAY,)
            gone = self._db.run("DELETE FROM smart_source WHERE removed_at < ?", beyond_undo)
            return self._db.run(f"DELETE FROM source WHERE {empty}", (long_ago,)) + gone > 0
        self._drop(ids)
        self._db.run("DELETE FROM status WHERE id IN (SELECT value FROM json_each(?))", (id_list(ids),))
        return True

    def _merge_index(self) -> bool:
        """Merge a little of the search index; FTS5 tells by the count of changes whether there was anything to do."""
        before = self._db.total_changes
        try:
            self._db.run("INSERT INTO search (search, rank) VALUES ('merge', ?)", (_MERGE_PAGES,))
        except IndexDamaged:
            self._begin_index_anew()
        return self._db.total_changes - before >= 2
