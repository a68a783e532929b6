"""The status of articles: read, bookmarked, opened, and the reader's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import JOURNAL_STEP
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry
from newsreader.store.stories import StoryShelf
from newsreader.store.turning import TurnsActions
from newsreader.text import count_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from newsreader.model import Change, Place


_FINISHED: Final = 95  # percent: what follows the end of an article is seldom read
BEGUN: Final = f"percent > 0 AND percent < {_FINISHED}"
"""The condition on `place` for articles that were begun and not finished, as in its index."""


class Statuses(TurnsActions, StoryShelf):
    """The part of the Store that knows what the person did with an article."""

    def mark_read(self, ids: Iterable[int], read: bool) -> Change:
        """Mark articles read or unread, in one undoable action; those that are so already are not touched.

        With those that become read their copies do (see `use_copies`), except what was kept.
        """
        with self._db.transaction():
            changed = self._mark_those(ids, read)
            if not changed:
                return self._nothing()
            copies = self._read_copies(changed) if read else []
            words = f"marked {self._article_words(changed)}{_and_copies(copies)} {_read_word(read)}"
            changed += copies
            self._write_action(words, _marks(changed, read))
            return self._announce(articles=changed, sources=self._sources_of(changed))

    def mark_many(
        self, parts: Iterable[Sequence[int]], read: bool, *, copies: bool = True, words: str = ""
    ) -> Iterator[tuple[int, Change]]:
        """Mark any number of articles, in one undoable action, in short transactions, one each time.

        Gives how many it were so far, and what the last one changed. It ends where the action was undone meanwhile;
        where it is broken off, what was done by then is an action all the same. `words` says what is done to {} in
        other words; without `copies` those stay as they are.
        """
        words = words or f"marked {{}} {_read_word(read)}"
        action_id, count, sources = None, 0, set[int]()
        for part in parts:
            for at in range(0, len(part) or 1, JOURNAL_STEP):
                with self._db.transaction():
                    if action_id is not None and not self._stands(action_id):
                        return
                    changed = self._mark_those(part[at : at + JOURNAL_STEP], read)
                    changed += self._read_copies(changed) if read and copies else []
                    count += len(changed)
                    touched = self._sources_of(changed)
                    sources.update(touched)
                    if changed and action_id is None:
                        action_id = self._write_action(
                            words.replace("{}", self._article_words(changed)), _marks(changed, read)
                        )
                    elif changed and action_id is not None:
                        said = words.replace("{}", self._count_words(count, sources))
                        self._db.run("UPDATE action SET words = ? WHERE id = ?", (said, action_id))
                        self._add_entries(action_id, _marks(changed, read))
                    change = self._announce(articles=changed, sources=touched)
                yield count, change

    def _mark_those(self, ids: Iterable[int], read: bool) -> list[int]:
        """Mark those of these that are not so already, and give them."""
        changed = self._db.column(
            "SELECT id FROM status WHERE read <> ? AND here > 0 AND id IN (SELECT value FROM json_each(?))",
            (int(read), id_list(ids)),
        )
        self._db.run(
            "UPDATE status SET read = ? WHERE id IN (SELECT value FROM json_each(?))", (int(read), id_list(changed))
        )
        return changed

    def _read_copies(self, ids: Collection[int]) -> list[int]:
        """Mark the copies of these read, and give them; what is bookmarked or waits in Later is never touched."""
        copies = self.copies_of(ids) if self._with_copies and ids else []
        if not copies:
            return []
        unread = self._db.column(
            "SELECT id FROM status WHERE read = 0 AND here = 1 AND bookmarked_at IS NULL AND later_at IS NULL "
            "AND id IN (SELECT value FROM json_each(?))",
            (id_list(copies),),
        )
        return self._mark_those(unread, True)

    def bookmark(self, ids: Iterable[int], bookmarked: bool) -> Change:
        """Bookmark articles or take the bookmark away, in one undoable action."""
        with self._db.transaction():
            entries = self._set_moment("bookmarked_at", ids, bookmarked)
            which = self._article_words([entry.target for entry in entries])
            return self._done(f"bookmarked {which}" if bookmarked else f"took the bookmark from {which}", entries)

    def later(self, ids: Iterable[int], waits: bool) -> Change:
        """Put articles into the Later queue or take them out of it, in one undoable action."""
        with self._db.transaction():
            entries = self._set_moment("later_at", ids, waits)
            which = self._article_words([entry.target for entry in entries])
            return self._done(f"put {which} into Later" if waits else f"took {which} out of Later", entries)

    def _set_moment(self, column: str, ids: Iterable[int], wanted: bool) -> list[Entry]:
        """Give articles that have none a moment in a column of `status`, now, or take it from those that have one."""
        moment = self._now() if wanted else None
        rows = self._db.all(
            f"SELECT id, {column} FROM status WHERE ({column} IS NULL) = ? AND here > 0 "
            "AND id IN (SELECT value FROM json_each(?))",
            (int(wanted), id_list(ids)),
        )
        self._db.run(
            f"UPDATE status SET {column} = ? WHERE id IN (SELECT value FROM json_each(?))",
            (moment, id_list(id_ for id_, _ in rows)),
        )
        return [Entry(column, id_, was, moment) for id_, was in rows]

    def _done(self, words: str, entries: Collection[Entry]) -> Change:
        """Write an action on articles down and announce them; what changed nothing is none.

        What is kept by it is not hidden any more: nobody would find it.
        """
        if not entries:
            return self._nothing()
        kept = [entry.target for entry in entries if entry.became]
        self._write_action(words, [*entries, *self._unhide(kept)])
        articles = {entry.target for entry in entries}
        return self._announce(articles=articles, sources=self._sources_of(articles))

    def _unhide(self, ids: Iterable[int]) -> list[Entry]:
        """Show those of these that are hidden; a rule leaves them alone from now on."""
        rows = self._db.all(
            "SELECT id, hidden_by FROM status WHERE here = 2 AND id IN (SELECT value FROM json_each(?))",
            (id_list(ids),),
        )
        self._db.run(
            "UPDATE status SET here = 1, hidden_by = NULL WHERE id IN (SELECT value FROM json_each(?))",
            (id_list(id_ for id_, _ in rows),),
        )
        return [
            *(Entry("here", id_, 2, 1) for id_, _ in rows),
            *(Entry("hidden_by", id_, rule, None) for id_, rule in rows),
        ]

    def opened(self, article_id: int) -> Change:
        """An article was opened in the reader: mark it read and note when.

        Where it was unread this is one undoable action, with its copies; opening a read article again is none, as
        nothing shows of it.
        """
        now = self._now()
        with self._db.transaction():
            row = self._db.one("SELECT read, opened_at, source_id FROM status WHERE id = ? AND here > 0", (article_id,))
            if row is None:
                return self._nothing()
            read, opened_at, source_id = row
            self._db.run("UPDATE status SET read = 1, opened_at = ? WHERE id = ?", (now, article_id))
            if read:
                return self._announce(articles=(article_id,))
            copies = self._read_copies((article_id,))
            entries = [*_marks((article_id, *copies), True), Entry("opened_at", article_id, opened_at, now)]
            self._write_action(f"opened {self._article_words((article_id,))}{_and_copies(copies)}", entries)
            return self._announce(
                articles=(article_id, *copies),
                sources={source_id, *self._sources_of(copies)} if copies else (source_id,),
            )

    def save_place(self, article_id: int, place: Place, percent: int) -> Change:
        """Keep where in an article the reader is, and how many percent of it that is.

        It is announced only where that shows: the percentage in lists, and whether the article is begun.
        """
        with self._db.transaction():
            row = self._db.one(
                "SELECT source_id, coalesce(percent, 0) FROM status LEFT JOIN place USING (id) WHERE id = ?",
                (article_id,),
            )
            if row is None:
                return self._nothing()
            self._db.run(
                """
                INSERT INTO place (id, full_text, block, offset, words, percent) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET full_text = excluded.full_text, block = excluded.block,
                    offset = excluded.offset, words = excluded.words, percent = excluded.percent
                """,
                (article_id, int(place.full_text), place.block, place.offset, place.words, percent),
            )
            source_id, before = row
            if before == percent:
                return self._nothing()
            became = (0 < percent < _FINISHED) != (0 < before < _FINISHED)
            return self._announce(articles=(article_id,), sources=(source_id,) if became else ())


def _marks(ids: Iterable[int], read: bool) -> list[Entry]:
    return [Entry("read", id_, int(not read), int(read)) for id_ in ids]


def _and_copies(copies: Collection[int]) -> str:
    """What else became read, for a sentence."""
    return f" and {count_of(len(copies), 'copy', 'copies')}" if copies else ""


def _read_word(read: bool) -> str:
    return "read" if read else "unread"
