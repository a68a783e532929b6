"""What rules do to articles: as they come in, and when they are told to act on what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import RULES_SETTLED
from newsreader.model import Deed, Notice, Query, Rule, SourceKind
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry
from newsreader.store.keeping import Keeping, tags_of
from newsreader.store.kept import KEPT_BY_PERSON
from newsreader.store.listing import Lists
from newsreader.store.states import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from newsreader.store.connection import Connection, Row

RULES: Final = "rules"
"""The window of what rules do, in the journal: any of it can be taken back there."""

RULE_COLUMNS: Final = "r.id, r.title, r.query, r.deed, r.argument, r.paused, r.added_at"
"""What `rule_of` makes a Rule of, of a row `r` of `rule`."""

ACTIVE: Final = "r.removed_at IS NULL AND r.paused = 0"
"""Whether a rule `r` acts."""

AMONG: Final = "IN (SELECT value FROM json_each(?))"

CHUNK: Final = 500
"""Articles that all rules are asked about at once."""

_DID: Final = {Deed.READ: ("marked", " read"), Deed.TAG: ("tagged", ""), Deed.BOOKMARK: ("bookmarked", "")}
_FREE: Final = f"st.here = 1 AND st.opened_at IS NULL AND NOT {KEPT_BY_PERSON}"  # a row `st` that a rule may hide


class RuleDeeds(Keeping, Lists):
    """The part of the Store that does what rules say."""

    def __init__(self, connection: Connection, *, clock: Callable[[], float], window: str) -> None:
        super().__init__(connection, clock=clock, window=window)
        self._telling: list[tuple[int, int]] = []  # rules (or below 0 sources) and articles, in the transaction
        self._told_of: list[tuple[int, int]] = []  # and of those that were committed

    def take_notices(self) -> tuple[Notice, ...]:
        """What is to be told of articles that came in since the last asking, a rule after the other."""
        told, self._told_of = self._told_of, []
        found = []
        for rule_id in dict.fromkeys(rule_id for rule_id, _ in told):
            ids = [article_id for rule, article_id in told if rule == rule_id]
            title = self._db.value(
                f"SELECT title FROM article JOIN status USING (id) WHERE here = 1 AND id {AMONG} "
                "ORDER BY sort_at DESC, id DESC LIMIT 1",
                (id_list(ids),),
            )
            name = self._db.value("SELECT title FROM rule WHERE id = ?", (rule_id,))
            if rule_id < 0:
                source = self.source(-rule_id)
                name = source.title if source is not None else None
            if title is not None and name is not None:
                found.append(Notice(name, len(ids), title))
        return tuple(found)

    def _apply_rules(self, ids: Sequence[int]) -> frozenset[int]:
        """Do to these articles, new or edited in the running transaction, what rules say; gives those it hid."""
        hidden: set[int] = set()
        if ids and (rules := self._active_rules()):
            fetched = self._db.column(
                f"SELECT st.id FROM status st JOIN source s ON s.id = st.source_id WHERE kind = ? AND st.id {AMONG}",
                (SourceKind.FEED, id_list(ids)),
            )
            for at in range(0, len(fetched), CHUNK):
                hidden |= self._apply(rules, fetched[at : at + CHUNK])
        return frozenset(hidden)

    def _tell_of(self, source_id: int, ids: Collection[int]) -> None:
        """Tell of new articles where the person wants to be told of this source; what rules hid is not told of."""
        if not ids:
            return
        stored = self._db.value("SELECT settings FROM source WHERE id = ?", (source_id,))
        if settings_of(stored).notify:
            self._telling += [(-source_id, id_) for id_ in ids]

    def _active_rules(self) -> list[Rule]:
        rows = self._db.all(f"SELECT {RULE_COLUMNS} FROM rule r WHERE {ACTIVE} ORDER BY r.position, r.id")
        return [rule_of(row) for row in rows]

    def _apply(self, rules: Sequence[Rule], ids: Sequence[int]) -> set[int]:
        rows = self._db.all(f"SELECT article_id, rule_id FROM rule_hit WHERE article_id {AMONG}", (id_list(ids),))
        before = set(rows)
        asked = [
            (rule, [id_ for id_ in sorted(self.matching(rule.query, ids)) if (id_, rule.id) not in before])
            for rule in rules
        ]
        free = set(self._db.column(f"SELECT id FROM status st WHERE id {AMONG} AND {_FREE}", (id_list(ids),)))
        for rule, found in asked:
            if found and rule.deed is not Deed.HIDE:
                self._note_hits(rule.id, found)
                if entries := self._do(rule, found):
                    did, how = _DID[rule.deed]
                    with self.acting_for(RULES):
                        which = self._article_words({entry.target for entry in entries})
                        self._write_action(f"{did} {which}{how}, by the rule “{rule.title}”", entries)
                free -= set(found) if rule.deed is Deed.BOOKMARK else set()
        hidden: set[int] = set()
        for rule, found in asked:
            if rule.deed is Deed.HIDE and (hit := [id_ for id_ in found if id_ in free]):
                fresh = set(hit) - hidden
                self._db.run(f"UPDATE status SET here = 2, hidden_by = ? WHERE id {AMONG}", (rule.id, id_list(fresh)))
                self._note_hits(rule.id, hit)
                hidden |= fresh
        return hidden

    def _do(self, rule: Rule, ids: Sequence[int]) -> list[Entry]:
        """Do what a rule does but hide; gives the entries for it. A full text is fetched by who looks for such hits."""
        match rule.deed:
            case Deed.READ:
                unread = self._db.column(f"SELECT id FROM status WHERE read = 0 AND id {AMONG}", (id_list(ids),))
                self._db.run(f"UPDATE status SET read = 1 WHERE id {AMONG}", (id_list(unread),))
                return [Entry("read", id_, 0, 1) for id_ in unread]
            case Deed.BOOKMARK:
                shown = self._db.column(f"SELECT id FROM status WHERE here = 1 AND id {AMONG}", (id_list(ids),))
                return self._set_moment("bookmarked_at", shown, True)
            case Deed.TAG:
                return [entry for name in tags_of(rule.argument or "") for entry in self._put_tag(ids, name)]
            case Deed.NOTIFY:
                self._telling += [(rule.id, id_) for id_ in ids]
        return []

    def _note_hits(self, rule_id: int, ids: Iterable[int]) -> None:
        now = self._now()
        self._db.many(
            "INSERT OR IGNORE INTO rule_hit (article_id, rule_id, at) VALUES (?, ?, ?)",
            [(id_, rule_id, now) for id_ in ids],
        )

    def _untouched(self, rule: Rule) -> list[int]:
        """The newest articles of feeds that a rule is for and to which it did nothing yet."""
        ids = self.listing(Query(text=rule.query)).ids
        return self._db.column(
            f"""
            SELECT st.id FROM status st JOIN source s ON s.id = st.source_id
            WHERE s.kind = ? AND st.here = 1 AND st.id {AMONG}
                AND NOT EXISTS (SELECT 1 FROM rule_hit h WHERE h.article_id = st.id AND h.rule_id = ?)
            ORDER BY st.sort_at DESC, st.id DESC LIMIT ?
            """,
            (SourceKind.FEED, id_list(ids), rule.id, RULES_SETTLED),
        )

    def _hide(self, rule: Rule, ids: Collection[int]) -> list[Entry]:
        """Hide these, but for what the person opened or keeps; gives the entries for it."""
        rows = self._db.all(f"SELECT id, hidden_by FROM status st WHERE id {AMONG} AND {_FREE}", (id_list(ids),))
        listed = id_list(row[0] for row in rows)
        self._db.run(f"UPDATE status SET here = 2, hidden_by = ? WHERE id {AMONG}", (rule.id, listed))
        return [
            *(Entry("here", id_, 1, 2) for id_, _ in rows),
            *(Entry("hidden_by", id_, was, rule.id) for id_, was in rows),
        ]


def rule_of(row: Row, hits: int = 0, hidden: int = 0) -> Rule:
    """A rule from a row of RULE_COLUMNS, with what came of it."""
    id_, title, query, deed, argument, paused, added_at = row
    return Rule(id_, title, query, Deed(deed), argument, bool(paused), added_at, hits, hidden)
