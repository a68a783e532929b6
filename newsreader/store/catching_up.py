"""Coming back after some days: what of the time away matters most, and setting the rest aside as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.bounds import CAUGHT_UP_STORIES, JOURNAL_STEP, QUIET_ARTICLES, QUIET_TIME, TOP_SOURCES
from newsreader.model import Gap, SourceKind
from newsreader.store.connection import id_list
from newsreader.store.status import Statuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.model import Change


class CatchingUp(Statuses):
    """The part of the Store that knows what came while nobody was here."""

    def quiet_sources(self) -> tuple[int, ...]:
        """The sources that post less than about one article a week."""
        return tuple(
            self._db.column(
                """
                SELECT s.id FROM source s WHERE s.kind = ? AND s.removed_at IS NULL AND s.total > 0 AND (
                    SELECT count(*) FROM (
                        SELECT 1 FROM status st WHERE st.source_id = s.id AND st.here = 1 AND st.sort_at >= ? LIMIT ?
                    )
                ) < ?
                """,
                (SourceKind.FEED, self._now() - QUIET_TIME, QUIET_ARTICLES + 1, QUIET_ARTICLES + 1),
            )
        )

    def quiet_articles(self) -> list[int]:
        """What those sources posted in the time by which they are told."""
        return self._db.column(
            "SELECT id FROM status WHERE here = 1 AND sort_at >= ? AND source_id IN (SELECT value FROM json_each(?))",
            (self._now() - QUIET_TIME, id_list(self.quiet_sources())),
        )

    def gap_since(self, since: int) -> Gap:
        """What is unread of what was published since a moment, and what of that is not to be missed."""
        new = self._unread_since(since)
        quiet = frozenset(self.quiet_sources())
        stories = self._db.all(
            "SELECT id, sources FROM story WHERE newest >= ? AND independent >= ? "
            "ORDER BY independent DESC, newest DESC LIMIT ?",
            (since, TOP_SOURCES, CAUGHT_UP_STORIES),
        )
        top: dict[int, int] = dict(
            self._db.all(
                """
                SELECT (
                    SELECT t.article_id FROM told t JOIN status st ON st.id = t.article_id
                    WHERE t.story = value AND st.here = 1 AND st.read = 0 AND st.sort_at >= ?
                    ORDER BY st.sort_at, st.id LIMIT 1
                ), value FROM json_each(?)
                """,
                (since, id_list(id_ for id_, _ in stories)),
            )
        )
        first = {story: article for article, story in top.items() if article in new}
        gap = Gap(
            since,
            len(new),
            tuple(first[id_] for id_, _ in stories if id_ in first),
            tuple(article for article, source in new.items() if source in quiet),
            len(quiet & set(new.values())),
        )
        return gap._replace(rest=len(self._rest(gap)))

    def set_aside(self, gap: Gap) -> Iterator[tuple[int, Change]]:
        """Mark the rest of what came in a gap read, in steps, as one undoable action; it stays where All is.

        The top stories, all of the quiet sources, and what is bookmarked or waits in Later stay as they are.
        """
        rest = self._rest(gap)
        parts = (rest[at : at + JOURNAL_STEP] for at in range(0, len(rest), JOURNAL_STEP))
        return self.mark_many(parts, read=True, copies=False, words="set {} aside")

    def _rest(self, gap: Gap) -> list[int]:
        kept = {*gap.top, *gap.quiet}
        return [article for article in self._unread_since(gap.since, kept=True) if article not in kept]

    def _unread_since(self, since: int, *, kept: bool = False) -> dict[int, int]:
        """The unread articles since a moment with their sources, newest first; `kept` leaves out what was kept."""
        but = "AND bookmarked_at IS NULL AND later_at IS NULL" if kept else ""
        return dict(
            self._db.all(
                f"""
                SELECT id, source_id FROM status INDEXED BY status_unread
                WHERE here = 1 AND read = 0 AND sort_at >= ?
                    AND source_id NOT IN (SELECT id FROM source WHERE removed_at IS NOT NULL) {but}
                ORDER BY sort_at DESC, id DESC
                """,
                (since,),
            )
        )
