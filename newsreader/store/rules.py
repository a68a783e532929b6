"""Rules: what is done to articles as they come in, by query, and how each of it can be told and taken back.

- A rule looks at what is new and what was edited, in the transaction that takes it in: nobody ever sees what is hidden.
  A full text that comes later is not looked at: an article in a list must not vanish while it is read.
- All rules are asked first and then do what they do, in their order: so what one does changes no other's answer.
- `rule_hit` says which rule did something to which article. No rule does anything to one twice: what the person takes
  back stays so, also where the article is edited.
- Hiding is `here = 2` and never deletion. `hidden_by` names the rule, and stays as a memory of it while the rule
  pauses: `_settle` then shows the article, and hides it again when the rule goes on. Without `hidden_by` no rule has
  a say any more: the person showed it again. What the person opened or keeps is never hidden; a tag that a rule set
  is no such keeping, so what one rule tags and another hides is hidden, whichever came first (`store.kept`).
- What the person hides by hand is `here = 2` too, with HIDDEN_BY_HAND in place of a rule: no rule shows it again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from newsreader.bounds import RULES_MOST, RULES_SETTLED, RULES_STEP
from newsreader.errors import UsageError
from newsreader.model import Change, Deed, Reason, Rehearsal, Rule, SourceKind
from newsreader.query import parse, written
from newsreader.query.reading import MAX_TEXT
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry
from newsreader.store.keeping import tags_of
from newsreader.store.kept import HIDDEN_BY_HAND, KEPT_BY_PERSON
from newsreader.store.order import shift
from newsreader.store.rule_deeds import ACTIVE, AMONG, CHUNK, RULE_COLUMNS, RuleDeeds, rule_of
from newsreader.text import count_of, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_DAY: Final = 86_400
_TITLE: Final = 200  # characters of a name
_UNSETTLED: Final = "rules.unsettled"
# The rule that hides an article `st` now: the first active one that hides and that once was for it.
_HIDER: Final = f"""(
    SELECT r.id FROM rule_hit h JOIN rule r ON r.id = h.rule_id
    WHERE h.article_id = st.id AND r.deed = '{Deed.HIDE}' AND {ACTIVE} ORDER BY r.position, r.id LIMIT 1
)"""


class Rules(RuleDeeds):
    """The part of the Store that knows rules and what they did."""

    # What there is

    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order in which they act."""
        hits: dict[int, int] = dict(self._db.all("SELECT rule_id, count(*) FROM rule_hit GROUP BY rule_id"))
        hidden: dict[int, int] = dict(
            self._db.all(
                "SELECT hidden_by, count(*) FROM status WHERE hidden_by IS NOT NULL AND here = 2 GROUP BY hidden_by"
            )
        )
        rows = self._db.all(f"SELECT {RULE_COLUMNS} FROM rule r WHERE r.removed_at IS NULL ORDER BY r.position, r.id")
        return tuple(rule_of(row, hits.get(row[0], 0), hidden.get(row[0], 0)) for row in rows)

    def why(self, article_id: int) -> tuple[Reason, ...]:
        """What rules did to an article, the one that hides it first."""
        rows = self._db.all(
            f"""
            SELECT h.at, st.here = 2 AND st.hidden_by = r.id, {RULE_COLUMNS} FROM rule_hit h
                JOIN rule r ON r.id = h.rule_id JOIN status st ON st.id = h.article_id
            WHERE h.article_id = ? ORDER BY 2 DESC, h.at, r.position, r.id
            """,
            (article_id,),
        )
        return tuple(Reason(rule_of(row[2:]), row[0], bool(row[1])) for row in rows)

    def rehearse(self, query: str, days: int) -> Rehearsal:
        """What a rule with this query would have done to the articles of the last days."""
        of_feeds = "source_id IN (SELECT id FROM source WHERE kind = ?2 AND removed_at IS NULL)"
        ids = self._db.column(
            f"SELECT id FROM status WHERE here = 1 AND sort_at >= ?1 AND {of_feeds} UNION ALL "
            f"SELECT id FROM status WHERE hidden_by IS NOT NULL AND here = 2 AND sort_at >= ?1 AND {of_feeds}",
            (self._now() - days * _DAY, SourceKind.FEED),
        )
        found: set[int] = set()
        for at in range(0, len(ids), CHUNK):
            found |= self.matching(query, ids[at : at + CHUNK])
        rows = self._db.all(
            f"SELECT id, st.opened_at IS NOT NULL OR {KEPT_BY_PERSON} FROM status st WHERE id {AMONG} "
            "ORDER BY sort_at DESC, id DESC",
            (id_list(found),),
        )
        return Rehearsal(len(ids), tuple(row[0] for row in rows), frozenset(row[0] for row in rows if row[1]))

    def check_rule(self, query: str, deed: Deed, argument: str | None = None) -> tuple[str, str | None]:
        """A query and tags as a rule can have them. Raises UsageError, with what is wrong."""
        query = one_line(query, MAX_TEXT)
        read = parse(query)
        if read.mistakes:
            raise UsageError(read.mistakes[0].sentence)
        if read.node is None:  # nothing, or what says nothing: "()", "sort:title"
            raise UsageError("A rule needs a query: without one it would be for every article.")
        tags = tags_of(argument or "") if deed is Deed.TAG else ()
        if deed is Deed.TAG and not tags:
            raise UsageError("Which tag? Name it: tag ferries.")
        return query, " ".join(tags) or None

    # What the person does

    def add_rule(self, query: str, deed: Deed, argument: str | None = None, *, title: str = "") -> Change:
        """Add a rule, which acts on what comes in from now on, as an undoable action. Raises UsageError."""
        with self._db.transaction():
            id_ = self._insert_rule(query, deed, argument, title)
            self._write_action(f"added the rule {self._rule_words([id_])}", [self._begun(id_)])
            return self._announce(everything=True)

    def edit_rule(
        self, rule_id: int, query: str, deed: Deed, argument: str | None = None, *, title: str = ""
    ) -> Change:
        """Put another rule into the place of one, as an undoable action. Raises UsageError.

        What the former hid comes back, unless it is for the new one too.
        """
        with self._db.transaction():
            before = self._expect_rule(rule_id)
            hidden = self._hidden_by([rule_id])
            id_ = self._insert_rule(query, deed, argument, title, place_of=rule_id)
            self._db.run("UPDATE rule SET removed_at = ? WHERE id = ?", (self._now(), rule_id))
            if deed is Deed.HIDE:
                for at in range(0, len(hidden), CHUNK):
                    self._note_hits(id_, self.matching(query, hidden[at : at + CHUNK]))
            entries = [self._begun(id_), Entry("rule.removed_at", rule_id, None, self._now())]
            self._write_action(f"changed the rule “{before}”", entries)
            return self._settled([rule_id, id_])

    def offer_rules(self, rules: Iterable[tuple[str, str]], origin: str) -> int:
        """Add rules that hide, by name and query, as one undoable action, pausing: the person lets them go on.

        One that is here already, and one that cannot be a rule, is left out; gives how many were not.
        """
        with self._db.transaction():
            entries = []
            for title, query in rules:
                try:
                    id_ = self._insert_rule(query, Deed.HIDE, None, title)
                except UsageError:
                    continue
                self._db.run("UPDATE rule SET paused = 1 WHERE id = ?", (id_,))
                entries.append(self._begun(id_))
            self._write_action(f"took over {count_of(len(entries), 'rule')} from {origin}", entries)
            self._announce(everything=bool(entries))
            return len(entries)

    def pause_rules(self, ids: Collection[int], paused: bool) -> Change:
        """Let rules pause, or go on, as an undoable action: what they hid is shown meanwhile."""
        return self._set_rules(ids, "paused", int(paused), "paused" if paused else "went on with")

    def remove_rules(self, ids: Collection[int]) -> Change:
        """Remove rules, as an undoable action: what only they hid comes back."""
        return self._set_rules(ids, "removed_at", self._now(), "removed")

    def move_rules(self, ids: Collection[int], step: int) -> Change:
        """Let rules change places with those before (step -1) or behind them (1), as an undoable action.

        Those that stand there at the end stay. What two hide the first one hides. Raises UsageError for an unknown one.
        """
        with self._db.transaction():
            titles = [self._expect_rule(rule_id) for rule_id in ids]
            was: dict[int, int] = dict(
                self._db.all("SELECT id, position FROM rule WHERE removed_at IS NULL ORDER BY position, id")
            )
            order = list(was)
            shift(order, frozenset(ids), step)
            entries = [Entry("rule.position", id_, was[id_], at) for at, id_ in enumerate(order, 1) if was[id_] != at]
            if order == list(was):
                return self._nothing()
            self._db.many("UPDATE rule SET position = ? WHERE id = ?", [(each.became, each.target) for each in entries])
            which = f"the rule “{titles[0]}”" if len(titles) == 1 else count_of(len(titles), "rule")
            self._write_action(f"moved {which} {'up' if step < 0 else 'down'}", entries)
            return self._settled(order)

    def apply_now(self, rule_id: int) -> Change:
        """Let a rule act on what is here already: the newest RULES_SETTLED that it is for; as an undoable action.

        Raises UsageError for an unknown rule, and for one that tells of what comes in.
        """
        with self._db.transaction():
            self._expect_rule(rule_id)
            rule = next(rule for rule in self.rules() if rule.id == rule_id)
            if rule.deed is Deed.NOTIFY:
                raise UsageError("This rule tells of what comes in: of what is here there is nothing to tell.")
            found = self._untouched(rule)
            entries = self._hide(rule, found) if rule.deed is Deed.HIDE else self._do(rule, found)
            done = set(found) if rule.deed is Deed.FULL_TEXT else {entry.target for entry in entries}
            self._note_hits(rule.id, done)
            self._write_action(f"let the rule “{rule.title}” act on {self._article_words(done)}", entries)
            return self._announce(articles=done, sources=self._sources_of(done), everything=bool(done))

    def show_again(self, ids: Iterable[int]) -> Change:
        """Show hidden articles again, as an undoable action; their rules leave them alone from now on."""
        with self._db.transaction():
            entries = self._unhide(ids)
            shown = {entry.target for entry in entries}
            self._write_action(f"showed {self._article_words(shown)} again", entries)
            return self._announce(articles=shown, sources=self._sources_of(shown))

    def hide(self, ids: Iterable[int]) -> Change:
        """Hide articles by hand, as an undoable action: no rule shows them again. What is kept stays."""
        with self._db.transaction():
            rows = self._db.all(
                f"SELECT id, hidden_by FROM status st WHERE id {AMONG} AND here = 1 AND NOT {KEPT_BY_PERSON}",
                (id_list(ids),),
            )
            hidden = [row[0] for row in rows]
            self._db.run(
                f"UPDATE status SET here = 2, hidden_by = ? WHERE id {AMONG}", (HIDDEN_BY_HAND, id_list(hidden))
            )
            entries = [
                *(Entry("here", id_, 1, 2) for id_ in hidden),
                *(Entry("hidden_by", id_, was, HIDDEN_BY_HAND) for id_, was in rows),
            ]
            self._write_action(f"hid {self._article_words(hidden)}", entries)
            return self._announce(articles=hidden, sources=self._sources_of(hidden))

    def settle_rules(self) -> bool:
        """Go on with what a change of rules brings back or hides again, in one short step; says whether there is more.

        For idle moments: what did not have room in the action itself.
        """
        if self._db.value("SELECT 1 FROM memory WHERE key = ?", (_UNSETTLED,)) is None:
            return False
        with self._db.transaction():
            mark = self._db.value("SELECT value FROM memory WHERE key = ?", (_UNSETTLED,))
            touched, mark = self._settle(None, RULES_STEP, json.loads(mark or "[9e18, 0]"))
            if mark is None:
                self._db.run("DELETE FROM memory WHERE key = ?", (_UNSETTLED,))
            else:
                self._db.run("UPDATE memory SET value = ? WHERE key = ?", (json.dumps(mark), _UNSETTLED))
            self._announce(articles=touched, sources=self._sources_of(touched))
        return mark is not None

    # Rules that change

    def _set_rules(self, ids: Collection[int], column: str, value: int, done: str) -> Change:
        with self._db.transaction():
            rows = self._db.all(
                f"SELECT id, {column} FROM rule r WHERE removed_at IS NULL AND {column} IS NOT ? AND id {AMONG}",
                (value, id_list(ids)),
            )
            changed = [id_ for id_, _ in rows]
            if not changed:
                return self._nothing()
            words = f"{done} the rule {self._rule_words(changed)}" if len(changed) == 1 else f"{done} rules"
            self._db.run(f"UPDATE rule SET {column} = ? WHERE id {AMONG}", (value, id_list(changed)))
            self._write_action(words, [Entry(f"rule.{column}", id_, was, value) for id_, was in rows])
            return self._settled(changed)

    def _settled(self, rules: Collection[int]) -> Change:
        """Announce a change of rules, with what it brings back or hides again; what has no room waits."""
        touched = self._rules_turned(rules)
        return self._announce(articles=touched, sources=self._sources_of(touched), everything=True)

    def _rules_turned(self, rules: Collection[int]) -> set[int]:
        """Let articles follow rules that changed, in the running transaction; gives those that did."""
        touched, mark = self._settle(rules, RULES_SETTLED)
        if mark is not None:
            self._db.run("INSERT OR REPLACE INTO memory (key, value) VALUES (?, '')", (_UNSETTLED,))
        return touched

    def _settle(
        self, rules: Collection[int] | None, most: int, before: Sequence[float] = (9e18, 0)
    ) -> tuple[set[int], Sequence[int] | None]:
        """Show what no active rule hides any more, and hide what one hides again: so many, the newest of it.

        Of what these rules were for, or of all, from a place in the order of lists on. Gives which, and the place
        where there is more.
        """
        about = "" if rules is None else f"AND st.id IN (SELECT article_id FROM rule_hit WHERE rule_id {AMONG})"
        rows = self._db.all(
            f"""
            SELECT id, here, hider, busy, sort_at FROM (
                SELECT st.id, st.sort_at, st.here, st.hidden_by, {_HIDER} AS hider,
                    st.opened_at IS NOT NULL OR {KEPT_BY_PERSON} AS busy
                FROM status st
                WHERE st.hidden_by IS NOT NULL AND st.hidden_by <> {HIDDEN_BY_HAND} AND st.here > 0
                    AND (st.sort_at, st.id) < (?, ?) {about}
            )
            WHERE CASE here WHEN 2 THEN hider IS NOT hidden_by ELSE hider IS NOT NULL END
            ORDER BY sort_at DESC, id DESC LIMIT ?
            """,
            (*before, *(() if rules is None else (id_list(rules),)), most + 1),
        )
        found = rows[:most]
        forgotten = [row[0] for row in found if row[2] is not None and row[1] == 1 and row[3]]
        shown = [row[0] for row in found if row[2] is None]
        left = set(forgotten).union(shown)
        self._db.run(f"UPDATE status SET hidden_by = NULL WHERE id {AMONG}", (id_list(forgotten),))
        self._db.run(f"UPDATE status SET here = 1 WHERE id {AMONG}", (id_list(shown),))
        for rule in {row[2] for row in found} - {None}:
            hidden = [row[0] for row in found if row[2] == rule and row[0] not in left]
            self._db.run(f"UPDATE status SET here = 2, hidden_by = ? WHERE id {AMONG}", (rule, id_list(hidden)))
        mark = (found[-1][4], found[-1][0]) if len(rows) > most else None
        return {row[0] for row in found}, mark

    def _hidden_by(self, rules: Collection[int]) -> list[int]:
        return self._db.column(
            f"SELECT id FROM status WHERE hidden_by IS NOT NULL AND here = 2 AND hidden_by {AMONG}", (id_list(rules),)
        )

    def _insert_rule(
        self, query: str, deed: Deed, argument: str | None, title: str, *, place_of: int | None = None
    ) -> int:
        query, tags = self.check_rule(query, deed, argument)
        self._expect_no_such(query, deed, tags, but=place_of)
        if self._db.value("SELECT count(*) FROM rule WHERE removed_at IS NULL") >= RULES_MOST:
            raise UsageError(f"There are {RULES_MOST} rules already: join some of them by OR, or remove some.")
        position = (
            "SELECT position FROM rule WHERE id = ?" if place_of else "SELECT coalesce(max(position), 0) + 1 FROM rule"
        )
        return self._db.insert(
            f"INSERT INTO rule (title, query, deed, argument, position, added_at) VALUES (?, ?, ?, ?, ({position}), ?)",
            (
                one_line(title, _TITLE) or one_line(query, _TITLE),
                query,
                deed,
                tags,
                *((place_of,) if place_of else ()),
                self._now(),
            ),
        )

    def _expect_no_such(self, query: str, deed: Deed, argument: str | None, *, but: int | None) -> None:
        """Refuse a rule that says what another one says: it would do everything twice, and hide the one's effect."""
        meant = _meaning(query)
        for rule in self.rules():
            if rule.id != but and (rule.deed, rule.argument, _meaning(rule.query)) == (deed, argument, meant):
                paused = " It pauses now." if rule.paused else ""
                raise UsageError(f"There is such a rule already: “{rule.title}”, number {rule.id}.{paused}")

    def _begun(self, rule_id: int) -> Entry:
        return Entry("rule.removed_at", rule_id, self._now(), None)

    def _expect_rule(self, rule_id: int) -> str:
        title = self._db.value("SELECT title FROM rule WHERE removed_at IS NULL AND id = ?", (rule_id,))
        if title is None:
            raise UsageError(f"There is no rule {rule_id}.")
        return str(title)

    def _rule_words(self, ids: Sequence[int]) -> str:
        return f"“{self._db.value('SELECT title FROM rule WHERE id = ?', (ids[0],))}”"


def _meaning(query: str) -> str:
    """A query in the one way in which it is written by the program."""
    node = parse(query).node
    return "" if node is None else written(node)
