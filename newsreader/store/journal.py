"""The journal: what the person did, as values that were and values that became, for undo and redo.

An action is one sentence and any number of entries. Undo touches only what still is as the action left it, and redo
what still is as undo left it; what was changed since, by whomever, stays, and belongs to the action no longer. Each
window undoes its own actions; any action can be taken back by its id. `store.kinds` says what entries can be about.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import JOURNAL_DAYS
from newsreader.model import Action, Undone
from newsreader.store.connection import bindable, id_list
from newsreader.store.indexing import IndexKeeper
from newsreader.store.kinds import kind_of
from newsreader.store.part import shown_title
from newsreader.store.timekeeping import Timekeeping
from newsreader.text import count_of, host_of, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from newsreader.store.connection import Row

_DAY: Final = 86_400
_FETCHED: Final = "fetched"
_OF_LATE: Final = 500  # actions
"""In place of a column: what fetching knew of a source and what it brought, at an address that is changed."""
_STATE_COLUMNS: Final = (
    "etag", "last_modified", "body_hash", "last_attempt", "last_success", "next_due", "error", "error_count",
    "interval", "status", "hints", "offer", "newest", "gap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that an action changed: a column (see `store.kinds`), whose it is, the value before and after."""

    column: str
    target: int
    was: str | int | None
    became: str | int | None


@dataclass(slots=True)
class _Turned:
    """What an undo or redo came to: the things by their tables, those that it touched and those that it left."""

    touched: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    left: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    gone: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        return sum(map(len, self.touched.values()))

    @property
    def left_count(self) -> int:
        """A thing of which one value was put back and another left counts as put back."""
        return sum(len(ids - self.touched[thing]) for thing, ids in list(self.left.items()))


class Journal(IndexKeeper, Timekeeping):
    """Writing down actions, and taking them back."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is done within this is done at once or not at all, and is one action."""
        with self._db.transaction():
            before = self._db.value("SELECT coalesce(max(id), 0) FROM action")
            yield
            rows = self._db.all("SELECT id, words FROM action WHERE id > ? ORDER BY id", (before,))
            for id_, _ in rows[1:]:
                self._db.run("UPDATE journal SET action = ? WHERE action = ?", (rows[0][0], id_))
                self._db.run("DELETE FROM action WHERE id = ?", (id_,))
            if len(rows) > 1:
                words = listed(row[1] for row in rows)
                self._db.run("UPDATE action SET words = ? WHERE id = ?", (words, rows[0][0]))

    def undo(self) -> Undone | None:
        """Take back the last action of this window that was not yet taken back; None when there is none.

        Reaches back JOURNAL_DAYS, over restarts. An action of which nothing can be put back any more counts as taken
        back too, so that the next call goes on with the one before.
        """
        with self._db.transaction():
            action = self._db.one(
                "SELECT id, words FROM action WHERE window = ? AND undone_at IS NULL AND at >= ? "
                "ORDER BY id DESC LIMIT 1",
                (self._window, self._since()),
            )
            return None if action is None else self._take_back(*action)

    def take_back(self, action_id: int) -> Undone | None:
        """Take back any action, of whatever window; None where there is none such or it is taken back already."""
        with self._db.transaction():
            action = self._db.one("SELECT id, words FROM action WHERE id = ? AND undone_at IS NULL", (action_id,))
            return None if action is None else self._take_back(*action)

    def redo(self) -> Undone | None:
        """Do again what this window took back last, if it did nothing else since; None when there is nothing."""
        with self._db.transaction():
            action = self._db.one(
                "SELECT id, words FROM action WHERE undone_by = ? AND redo IS NOT NULL AND at >= ? "
                "ORDER BY redo DESC LIMIT 1",
                (self._window, self._since()),
            )
            return None if action is None else self._do_again(*action)

    def do_again(self, action_id: int) -> Undone | None:
        """Do again any action that was taken back; None where there is none such."""
        with self._db.transaction():
            action = self._db.one("SELECT id, words FROM action WHERE id = ? AND undone_at IS NOT NULL", (action_id,))
            return None if action is None else self._do_again(*action)

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

    def _since(self) -> int:
        return self._now() - JOURNAL_DAYS * _DAY

    def _take_back(self, action_id: int, words: str) -> Undone:
        turned = self._turn(action_id, back=True)
        self._db.run(
            "UPDATE action SET undone_at = ?1, undone_by = ?2, "
            "redo = (SELECT coalesce(max(redo), 0) + 1 FROM action WHERE undone_by = ?2) WHERE id = ?3",
            (self._now(), self._window, action_id),
        )
        return self._told(words, turned)

    def _do_again(self, action_id: int, words: str) -> Undone:
        turned = self._turn(action_id, back=False)
        self._db.run("UPDATE action SET undone_at = NULL, undone_by = NULL, redo = NULL WHERE id = ?", (action_id,))
        return self._told(words, turned)

    def _told(self, words: str, turned: _Turned) -> Undone:
        """Announce what was turned, and say it."""
        touched, count = turned.touched, turned.count
        if rules := touched["rule"] | self._hiding(touched["status"]):
            touched["status"] |= self._rules_turned(rules)
        articles = touched["status"] | set(
            self._db.column(
                "SELECT article_id FROM highlight WHERE id IN (SELECT value FROM json_each(?))",
                (id_list(touched["highlight"]),),
            )
        )
        sources = touched["source"] | set(self._sources_of(articles))
        change = self._announce(
            articles=articles | turned.gone,
            sources=sources,
            smart=touched["smart_source"],
            everything=bool(touched["rule"] or touched["tag"]),
        )
        return Undone(words, count, turned.left_count, change)

    def _hiding(self, articles: Collection[int]) -> set[int]:
        """The rules by which some of these are hidden."""
        return set(
            self._db.column(
                "SELECT hidden_by FROM status WHERE here = 2 AND hidden_by IS NOT NULL "
                "AND id IN (SELECT value FROM json_each(?))",
                (id_list(articles),),
            )
        )

    def _rules_turned(self, rules: Collection[int]) -> set[int]:
        """Let articles follow rules that were turned; gives those that did. See `store.rules`."""
        raise NotImplementedError

    def _turn(self, action_id: int, *, back: bool) -> _Turned:
        """Put an action back, or do it again, where everything still is as it was left."""
        turned = _Turned()
        fetched = self._db.all(
            "SELECT target, was FROM journal WHERE action = ? AND column_name = ?", (action_id, _FETCHED)
        )
        known = {} if back else {source_id: self._fetched(source_id) for source_id, _ in fetched}
        for row in self._db.all(
            "SELECT column_name, target, was, became, targets FROM journal WHERE action = ? AND column_name <> ?",
            (action_id, _FETCHED),
        ):
            self._turn_row(action_id, row, turned, back=back)
        for source_id, was in fetched:
            if source_id not in turned.touched["source"]:
                continue
            if back:
                turned.gone |= self._restore_fetched(source_id, json.loads(was))
            else:
                self._db.run(
                    "UPDATE journal SET was = ? WHERE action = ? AND column_name = ? AND target = ?",
                    (known[source_id], action_id, _FETCHED, source_id),
                )
        return turned

    def _turn_row(self, action_id: int, row: Row, turned: _Turned, *, back: bool) -> None:
        """Turn one row of an action; what is left is no part of the action from now on."""
        name, target, was, became, targets = row
        kind, argument = kind_of(name)
        ids = json.loads(targets) if targets else [target]
        expected, value = (became, was) if back else (was, became)
        if kind is None:
            turned.left[name].update(ids)
            return
        now = self._now()
        if kind.stamp and value is not None:
            value = now
        given = {"ids": id_list(ids), "value": value, "argument": argument, "now": now, "expected": expected}
        still = self._db.column(
            f"SELECT id FROM {kind.thing} WHERE id IN (SELECT value FROM json_each(:ids)) "
            f"AND {kind.current} IS :expected AND {kind.free}",
            given,
        )
        given["ids"] = id_list(still)
        for statement in kind.put if still else ():
            self._db.run(statement, given)
        turned.touched[kind.thing].update(still)
        turned.left[kind.thing].update(set(ids).difference(still))
        key = (action_id, name, target)
        if not still:
            self._db.run("DELETE FROM journal WHERE action = ? AND column_name = ? AND target = ?", key)
        elif kind.stamp or len(still) < len(ids):
            left = id_list(still) if targets else None
            was, became = (value, became) if back else (was, value)
            self._db.run(
                "UPDATE journal SET targets = ?, was = ?, became = ? "
                "WHERE action = ? AND column_name = ? AND target = ?",
                (left, was, became, *key),
            )

    def _set_address(self, source_id: int, url: str) -> list[Entry]:
        """Give a source another address, and remember what fetching knew at the one that it had."""
        fetched = self._fetched(source_id)
        entries = self._set_field(source_id, "url", url)
        return [*entries, Entry(_FETCHED, source_id, fetched, None)] if entries and fetched else entries

    def _fetched(self, source_id: int) -> str | None:
        """What fetching knows of a source, and by what one tells which articles come afterwards, as JSON."""
        names = ", ".join(_STATE_COLUMNS)
        state = self._db.one(f"SELECT {names} FROM fetch_state WHERE source_id = ?", (source_id,))
        if state is None:
            return None
        title, link = self._db.one("SELECT feed_title, link FROM source WHERE id = ?", (source_id,)) or ("", None)
        last = self._db.value("SELECT max(id) FROM status WHERE source_id = ?", (source_id,))
        gone = self._db.column(
            "SELECT id FROM status WHERE source_id = ? AND here = 0 AND content_hash = ''", (source_id,)
        )
        fetched = {"state": dict(zip(_STATE_COLUMNS, state, strict=True)), "title": title, "link": link}
        return json.dumps({**fetched, "last": last or 0, "gone": gone})

    def _restore_fetched(self, source_id: int, was: dict[str, Any]) -> set[int]:
        """Let a source be as it was at the address that it has again; gives the articles that go.

        What the other address brought goes with it, but for what the person read, opened or bookmarked of it.
        """
        assignments = ", ".join(f"{name} = ?" for name in _STATE_COLUMNS)
        values = [was["state"][name] for name in _STATE_COLUMNS]
        self._db.run(f"UPDATE fetch_state SET {assignments} WHERE source_id = ?", (*values, source_id))
        url = self._db.value("SELECT url FROM source WHERE id = ?", (source_id,))
        held = self._db.value("SELECT until FROM hold WHERE host = ? AND until > ?", (host_of(url), self._now()))
        if held is not None:
            self._db.run(
                "UPDATE fetch_state SET next_due = max(coalesce(next_due, 0), ?) WHERE source_id = ?", (held, source_id)
            )
        self._db.run("UPDATE source SET feed_title = ?, link = ? WHERE id = ?", (was["title"], was["link"], source_id))
        brought = self._db.column(
            "SELECT id FROM status WHERE source_id = ? AND here > 0 AND read = 0 AND opened_at IS NULL "
            "AND (id > ? OR id IN (SELECT value FROM json_each(?)))",
            (source_id, was["last"], id_list(was["gone"])),
        )
        return set(self._drop(brought)[0])

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
        """Write down entries of an action: one row for all that went from one value to another in the same way."""
        alike: defaultdict[tuple[str, str | int | None, str | int | None], list[int]] = defaultdict(list)
        for entry in entries:
            alike[entry.column, entry.was, entry.became].append(entry.target)
        self._db.many(
            "INSERT INTO journal (action, column_name, target, was, became, targets) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (action_id, column, ids[0], bindable(was), bindable(became), id_list(ids) if len(ids) > 1 else None)
                for (column, was, became), ids in alike.items()
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
        if title:
            return f"“{title}”"
        sources = self._sources_of(ids)
        return count_of(len(ids), "article") + (f" of {self._source_words(sources)}" if len(sources) == 1 else "")
