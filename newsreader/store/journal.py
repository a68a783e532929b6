"""The journal: what the person did, as values that were and values that became, for undo and redo.

An action is one sentence and any number of entries. Undo touches only what still is as the action left it, and redo
what still is as undo left it; what was changed since, by whomever, stays, and belongs to the action no longer. Each
window undoes its own actions; any action can be taken back by its id. `store.kinds` says what entries can be about.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import JOURNAL_DAYS
from newsreader.model import Action
from newsreader.store.connection import bindable, id_list
from newsreader.store.indexing import IndexKeeper
from newsreader.store.part import shown_title
from newsreader.store.timekeeping import Timekeeping
from newsreader.text import count_of, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_DAY: Final = 86_400
_OF_LATE: Final = 500  # actions
_ROW: Final = 1_000  # things in one row of the journal: it is turned whole


class Entry(NamedTuple):
    """One value that an action changed: a column (see `store.kinds`), whose it is, the value before and after."""

    column: str
    target: int
    was: str | int | None
    became: str | int | None


class Journal(IndexKeeper, Timekeeping):
    """Writing down actions; `store.turning` takes them back."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is done within this is done at once or not at all, and is one action."""
        with self._db.transaction():
            before = self._db.value("SELECT coalesce(max(id), 0) FROM action")
            yield
            rows = self._db.all("SELECT id, words FROM action WHERE id > ? ORDER BY id", (before,))
            if len(rows) > 1:
                ids, words = [row[0] for row in rows], listed(row[1] for row in rows)
                entries = self._joined_entries(ids)
                self._db.run("DELETE FROM action WHERE id IN (SELECT value FROM json_each(?))", (id_list(ids[1:]),))
                self._db.run("DELETE FROM journal WHERE action = ?", (ids[0],))
                self._add_entries(ids[0], entries)
                self._db.run("UPDATE action SET words = ? WHERE id = ?", (words, ids[0]))

    def _joined_entries(self, actions: Iterable[int]) -> list[Entry]:
        """The entries of several actions as those of one: what was changed twice went from the first to the last."""
        joined: dict[tuple[str, int], Entry] = {}
        for action_id in actions:
            for column, target, was, became, targets in self._db.all(
                "SELECT column_name, target, was, became, targets FROM journal WHERE action = ?", (action_id,)
            ):
                for id_ in json.loads(targets) if targets else (target,):
                    first = joined.get((column, id_))
                    joined[column, id_] = Entry(column, id_, was if first is None else first.was, became)
        return list(joined.values())

    def actions(self, limit: int, *, before: int | None = None, words: str = "") -> tuple[Action, ...]:
        """The actions of all windows in whose sentence these words are, newest first; those before an id, if given."""
        wanted = words.split()
        rows = self._db.all(
            f"""
            SELECT id, window, at, words, undone_at FROM action
            WHERE id < ? AND at >= ? {"AND instr(folded(words), folded(?))" * len(wanted)} ORDER BY id DESC LIMIT ?
            """,
            (2**63 - 1 if before is None else before, self._since(), *wanted, limit),
        )
        return tuple(Action(*row) for row in rows)

    def windows(self) -> tuple[str, ...]:
        """Who did something of late, the last one first."""
        rows = self._db.column("SELECT window FROM action ORDER BY id DESC LIMIT ?", (_OF_LATE,))
        return tuple(dict.fromkeys(rows))

    def acted_since(self, moment: int) -> bool:
        """Whether anything was done or taken back since."""
        found = self._db.value("SELECT 1 FROM action WHERE at >= ?1 OR undone_at >= ?1 LIMIT 1", (moment,))
        return found is not None

    def action(self, action_id: int) -> Action | None:
        """One action of the journal."""
        row = self._db.one("SELECT id, window, at, words, undone_at FROM action WHERE id = ?", (action_id,))
        return Action(*row) if row else None

    def _stands(self, action_id: int) -> bool:
        """Whether an action is there and was not taken back."""
        found = self._db.value("SELECT 1 FROM action WHERE id = ? AND undone_at IS NULL", (action_id,))
        return found is not None

    def _since(self) -> int:
        return self._now() - JOURNAL_DAYS * _DAY

    def _write_action(self, words: str, entries: Iterable[Entry]) -> int | None:
        """Write down an action of this window in the running transaction, and give its id; without entries it is none.

        It ends what the window could have done again.
        """
        listed = list(entries)
        if not listed:
            return None
        if self._believes_clock():
            self._db.run("DELETE FROM action WHERE at < ?", (self._since(),))
        self._db.run("UPDATE action SET redo = NULL WHERE undone_by = ? AND redo IS NOT NULL", (self._window,))
        action_id = self._db.insert(
            "INSERT INTO action (window, at, words) VALUES (?, ?, ?)", (self._window, self._now(), words)
        )
        self._add_entries(action_id, listed)
        return action_id

    def _add_entries(self, action_id: int, entries: Iterable[Entry]) -> None:
        """Write down entries of an action: one row for all, up to _ROW, that went from one value to another alike."""
        alike: defaultdict[tuple[str, str | int | None, str | int | None], list[int]] = defaultdict(list)
        for entry in entries:
            alike[entry.column, entry.was, entry.became].append(entry.target)
        self._db.many(
            "INSERT INTO journal (action, column_name, target, was, became, targets) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (action_id, column, ids[0], bindable(was), bindable(became), id_list(ids) if len(ids) > 1 else None)
                for (column, was, became), targets in alike.items()
                for ids in (targets[at : at + _ROW] for at in range(0, len(targets), _ROW))
            ],
        )

    def _set_field(self, source_id: int, column: str, value: str | None) -> list[Entry]:
        """Set a column of a source and give the entry for it: none when it had that value."""
        was = self._db.value(f"SELECT {column} FROM source WHERE id = ?", (source_id,))
        if was == value:
            return []
        self._db.run(f"UPDATE source SET {column} = ? WHERE id = ?", (value, source_id))
        return [Entry(column, source_id, was, value)]

    def _sources_of(self, articles: Collection[int]) -> list[int]:
        return self._db.column(
            "SELECT DISTINCT source_id FROM status WHERE id IN (SELECT value FROM json_each(?))", (id_list(articles),)
        )

    def _source_words(self, ids: Collection[int]) -> str:
        """Sources for a sentence: “Name”, or how many."""
        if len(ids) != 1:
            return count_of(len(ids), "source")
        row = self._db.one(
            "SELECT coalesce(nullif(given_title, ''), nullif(feed_title, '')), url FROM source WHERE id = ?", tuple(ids)
        )
        return f"“{shown_title(*row)}”" if row else "a source"

    def _article_words(self, ids: Collection[int]) -> str:
        """Articles for a sentence: “Title”, or how many, and of which source where they are all of one."""
        title = self._db.value("SELECT title FROM article WHERE id = ?", tuple(ids)) if len(ids) == 1 else None
        return f"“{title}”" if title else self._count_words(len(ids), self._sources_of(ids))

    def _count_words(self, count: int, sources: Collection[int]) -> str:
        """So many articles of these sources for a sentence."""
        return count_of(count, "article") + (f" of {self._source_words(sources)}" if len(sources) == 1 else "")
