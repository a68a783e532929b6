"""Turning actions of the journal: taking them back, and doing them again.

A large action is turned in steps, each a transaction of its own of some BATCH_TIME, so that nobody waits long for the
library. The first step settles that the action is taken back, or stands again. How far the turning came is kept in
`memory` in each step's transaction: one that was broken off, also by kill -9, is gone on with by the next that turns
anything, or in an idle moment.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import JOURNAL_STEP
from newsreader.model import Undone
from newsreader.store.connection import id_list
from newsreader.store.kinds import kind_of
from newsreader.store.readdressing import FETCHED, Readdressing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from newsreader.model import Change
    from newsreader.store.connection import Row

_TURNING: Final = "turning:"  # and the id of the action, in `memory`
_ROWS: Final = 16  # of the journal, read at once
_SINGLE: Final = 20  # entries in one row that cost as much as a row by itself
_BROKEN_OFF: Final = 10  # seconds without a step after which nobody goes on with a turning


class _Turned:
    """What an undo or redo came to: the things by their tables, those that it touched and those that it left."""

    def __init__(self) -> None:
        self.touched: defaultdict[str, set[int]] = defaultdict(set)
        self.left: defaultdict[str, set[int]] = defaultdict(set)
        self.gone: set[int] = set()

    @property
    def count(self) -> int:
        return sum(map(len, self.touched.values()))

    @property
    def left_count(self) -> int:
        """A thing of which one value was put back and another left counts as put back."""
        return sum(len(ids - self.touched[thing]) for thing, ids in list(self.left.items()))


class _Turning(NamedTuple):
    """A turning that is not through: its action, the direction, the row of the journal that was turned last.

    With it how many things were turned so far and how many were left; one of a further step is counted once more.
    """

    action_id: int
    words: str
    back: bool
    column: str = ""
    target: int = -1
    restored: int = 0
    left: int = 0


class TurnsActions(Readdressing):
    """The part of the Store that undoes and redoes."""

    def undo(self) -> Undone | None:
        """Take back the last action of this window that was not yet taken back; None when there is none.

        Reaches back JOURNAL_DAYS, over restarts. An action of which nothing can be put back any more counts as taken
        back too, so that the next call goes on with the one before. Of a large action this is the first step:
        `turn_on` goes on.
        """
        return self._begin_turning(
            "window = ? AND undone_at IS NULL AND at >= ? ORDER BY id DESC", (self._window, self._since()), back=True
        )

    def take_back(self, action_id: int) -> Undone | None:
        """Take back any action, of whatever window; None where there is none such or it is taken back already."""
        return self._begin_turning("id = ? AND undone_at IS NULL", (action_id,), back=True)

    def redo(self) -> Undone | None:
        """Do again what this window took back last, if it did nothing else since; None when there is nothing."""
        return self._begin_turning(
            "undone_by = ? AND redo IS NOT NULL AND at >= ? ORDER BY redo DESC",
            (self._window, self._since()),
            back=False,
        )

    def do_again(self, action_id: int) -> Undone | None:
        """Do again any action that was taken back; None where there is none such."""
        return self._begin_turning("id = ? AND undone_at IS NOT NULL", (action_id,), back=False)

    def turn_on(self, undone: Undone) -> Iterator[Undone]:
        """Go on with what an undo or redo began, a step each time; gives what it came to so far."""
        while undone.unfinished is not None:
            with self._db.transaction():
                turning = self._turning_of(undone.unfinished)
                if turning is None:  # another process has finished it
                    undone = Undone(undone.action, undone.restored, undone.left, self._nothing())
                else:
                    undone = self._turn_some(turning)
            yield undone

    def go_on_turning(self) -> bool:
        """Do a step of a turning that was broken off; says whether there is one. For idle moments."""
        now = self._now()
        for action_id, at in self._turnings():
            if abs(now - at) >= _BROKEN_OFF:
                with self._db.transaction():
                    turning = self._turning_of(action_id)
                    if turning is not None:
                        self._turn_some(turning, at)
                return True
        return False

    def _begin_turning(self, which: str, values: tuple[str | int, ...], *, back: bool) -> Undone | None:
        for action_id, _ in self._turnings():  # what was begun is finished before anything rests on it
            for _ in self.turn_on(Undone("", 0, 0, self._nothing(), action_id)):
                pass
        with self._db.transaction():
            action = self._db.one(f"SELECT id, words FROM action WHERE {which} LIMIT 1", values)
            if action is None:
                return None
            action_id, words = action
            if back:
                self._db.run(
                    "UPDATE action SET undone_at = ?1, undone_by = ?2, "
                    "redo = (SELECT coalesce(max(redo), 0) + 1 FROM action WHERE undone_by = ?2) WHERE id = ?3",
                    (self._now(), self._window, action_id),
                )
            else:
                self._db.run(
                    "UPDATE action SET undone_at = NULL, undone_by = NULL, redo = NULL WHERE id = ?", (action_id,)
                )
            return self._turn_some(_Turning(action_id, words, back))

    def _turnings(self) -> list[Row]:
        """The actions that are being turned, and when that was gone on with."""
        return self._db.all(
            "SELECT CAST(substr(key, ?1) AS INTEGER), json_extract(value, '$[3]') FROM memory "
            "WHERE key >= ?2 AND key < ?2 || 'a' ORDER BY 1",
            (len(_TURNING) + 1, _TURNING),
        )

    def _turning_of(self, action_id: int) -> _Turning | None:
        kept = self._db.value("SELECT value FROM memory WHERE key = ?", (f"{_TURNING}{action_id}",))
        if kept is None:
            return None
        words = self._db.value("SELECT words FROM action WHERE id = ?", (action_id,)) or ""
        back, column, target, _, restored, left = json.loads(kept)
        return _Turning(action_id, words, bool(back), column, target, restored, left)

    def _turn_some(self, turning: _Turning, at: int | None = None) -> Undone:
        """Turn some more of an action in the running transaction, and keep in mind how far that came, and when."""
        step, last = self._turn(turning)
        restored, left = turning.restored + step.count, turning.left + step.left_count
        key = f"{_TURNING}{turning.action_id}"
        if last is None:
            self._db.run("DELETE FROM memory WHERE key = ?", (key,))
        else:
            value = json.dumps([turning.back, *last, self._now() if at is None else at, restored, left])
            self._db.run("INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", (key, value))
        unfinished = None if last is None else turning.action_id
        return Undone(turning.words, restored, left, self._announce_turned(step), unfinished)

    def _announce_turned(self, turned: _Turned) -> Change:
        """Announce what was turned."""
        touched = turned.touched
        if rules := touched["rule"] | self._hiding(touched["status"]):
            touched["status"] |= self._rules_turned(rules)
        articles = touched["status"] | set(
            self._db.column(
                "SELECT article_id FROM highlight WHERE id IN (SELECT value FROM json_each(?))",
                (id_list(touched["highlight"]),),
            )
        )
        return self._announce(
            articles=articles | turned.gone,
            sources=touched["source"] | set(self._sources_of(articles)),
            smart=touched["smart_source"],
            everything=bool(touched["rule"] or touched["tag"]),
        )

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

    def _turn(self, turning: _Turning) -> tuple[_Turned, tuple[str, int] | None]:
        """Turn what comes next of an action, where everything still is as it was left.

        Gives with it the row that was turned last, None where all is through. A change of addresses goes in one step.
        """
        turned, action_id, back = _Turned(), turning.action_id, turning.back
        fetched = self._db.all(
            "SELECT target, was FROM journal WHERE action = ? AND column_name = ?", (action_id, FETCHED)
        )
        known = {} if back else {source_id: self._fetched(source_id) for source_id, _ in fetched}
        last: tuple[str, int] | None = (turning.column, turning.target)
        room = JOURNAL_STEP
        while last is not None and (room > 0 or fetched):
            rows = self._rows_after(action_id, *last)
            for row in rows:
                self._turn_row(action_id, row, turned, back=back)
                last = row[:2]
                room -= max(row[-1], _SINGLE)
                if room <= 0 and not fetched:
                    break
            else:
                last = last if len(rows) == _ROWS else None
        for source_id, was in fetched:
            if source_id not in turned.touched["source"]:
                continue
            if back:
                turned.gone |= self._restore_fetched(source_id, json.loads(was))
            else:
                self._db.run(
                    "UPDATE journal SET was = ? WHERE action = ? AND column_name = ? AND target = ?",
                    (known[source_id], action_id, FETCHED, source_id),
                )
        return turned, last

    def _rows_after(self, action_id: int, column: str, target: int) -> list[Row]:
        return self._db.all(
            """
            SELECT column_name, target, was, became, targets, coalesce(json_array_length(targets), 1) FROM journal
            WHERE action = ? AND column_name <> ? AND (column_name, target) > (?, ?)
            ORDER BY column_name, target LIMIT ?
            """,
            (action_id, FETCHED, column, target, _ROWS),
        )

    def _turn_row(self, action_id: int, row: Row, turned: _Turned, *, back: bool) -> None:
        """Turn one row of an action; what is left is no part of the action from now on."""
        name, target, was, became, targets, _ = row
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
