"""Lists of articles: ids newest first, for a scope and for words to search for; and how long the built-in ones are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from newsreader.model import KEPT_SCOPES, NEWEST, Counts, Listing, Query, Scope
from newsreader.query import Order, both, parse
from newsreader.query.folding import bare
from newsreader.store.connection import IndexDamaged, id_list
from newsreader.store.indexing import Indexing
from newsreader.store.kept import KEPT
from newsreader.store.naming import Naming
from newsreader.store.search import NEVER, Condition, Meaning, asks_for_hidden, combined, has_words, plan
from newsreader.store.smart import SmartSources
from newsreader.store.status import BEGUN
from newsreader.store.stories import StoryShelf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import Any

    from newsreader.query import Node
    from newsreader.store.connection import Row

T = TypeVar("T")

_SCOPES: Final = {
    Scope.UNREAD: "here = 1 AND read = 0",
    Scope.ALL: "here = 1",
    Scope.TODAY: "here = 1 AND sort_at >= ?",
    Scope.BEGUN: f"here = 1 AND st.id IN (SELECT id FROM place WHERE {BEGUN})",
    Scope.LATER: "here = 1 AND later_at IS NOT NULL",
    Scope.BOOKMARKS: "here = 1 AND bookmarked_at IS NOT NULL",
    Scope.TAG: "here = 1 AND st.id IN (SELECT article_id FROM tagged JOIN tag ON tag.id = tag_id WHERE name = ?)",
    Scope.HIDDEN: "hidden_by IS NOT NULL AND here = 2",
    Scope.SOURCE: "here = 1 AND source_id = ?",
    Scope.FOLDER: "here = 1 AND source_id IN (SELECT id FROM source WHERE folder = ?)",
    Scope.TOP: "here = 1 AND st.id IN (SELECT value FROM json_each(?))",
    Scope.STORY: """
        here = 1 AND st.id IN (
            SELECT article_id FROM told WHERE story = (SELECT story FROM told WHERE article_id = ?) UNION SELECT ?
        )
    """,
}
_TAGGED: Final = "here = 1 AND st.id IN (SELECT article_id FROM tagged)"

# Where nothing is bookmarked the planner has no statistics of this index, and would read through all articles instead.
INDEX: Final = {
    Scope.BOOKMARKS: "INDEXED BY status_bookmarked",
    Scope.LATER: "INDEXED BY status_later",
    Scope.UNREAD: "INDEXED BY status_unread",
    Scope.HIDDEN: "INDEXED BY status_hidden",
}
WHOLE: Final = frozenset({Scope.LATER, Scope.TOP, Scope.STORY})
"""Short lists in an order of their own."""
_ORDERS: Final = {
    Order.OLDEST: "oldest",
    Order.WORDS: "longest",
    Order.SHORTEST: "shortest",
    Order.SOURCE: "by source",
    Order.TITLE: "by title",
}
_LETTERS: Final = 7  # bytes of a text that tell its place in the alphabet: as many as a number of SQLite's has
_WAITING: Final = "longest waiting"  # the order of Later
_WEIGHT: Final = "by sources"  # the order of Top stories
_TOLD: Final = "as it was told"  # the order of a story
_DENSE: Final = 50  # ids between the first and the last, for each that is asked about: then all between are looked at
_GAP: Final = 500  # ids that may lie between two of a run
_RUN: Final = 8  # ids that are worth a statement for themselves
_ENDS: Final = " AND search.rowid BETWEEN ? AND ?"
_ALL: Final = (0, 2**62)
ARTICLE: Final = "CROSS JOIN article a ON a.id = st.id"


class Lists(Naming, SmartSources, Indexing, StoryShelf):
    """The part of the Store that makes lists."""

    _blind = False  # whether the index is damaged and cannot be begun anew

    def listing(self, query: Query, *, among: Collection[int] | None = None) -> Listing:
        """The ids of all articles that a query asks for, newest first, with their sort times.

        `among` looks only at these articles, which costs as much as they are many. Words are looked for in the index
        and, for articles that still wait for it, in titles; `not_indexed` then says how many wait.
        """
        if query.scope is Scope.SMART:
            meant = self._meant(query)
            return Listing((), ()) if meant is None else self.listing(meant, among=among)
        return self._despite_damage(lambda: self._listing(query, among))

    def _listing(self, query: Query, among: Collection[int] | None) -> Listing:
        asked, waiting = self._asked(query, among)
        if len(asked) == 1:
            sql, values = asked[0]
            rows = self._db.all(f"{sql} ORDER BY st.sort_at DESC, st.id DESC", values)
        else:
            rows = sorted((row for sql, values in asked for row in self._db.all(sql, values)), reverse=True)
        order, wanted = NEWEST, parse(query.text).order
        if wanted is not Order.NEWEST:
            rows, order = self._ordered(rows, wanted), _ORDERS[wanted]
        elif query.scope is Scope.LATER:
            rows, order = self._by_waiting(rows), _WAITING
        elif query.scope is Scope.TOP:
            found = {id_ for _, id_ in rows}
            rows, order = [row for row in self.top_stories() if row[1] in found], _WEIGHT
        elif query.scope is Scope.STORY:
            rows, order = self._ordered(rows, Order.OLDEST), _TOLD
        if not rows:
            return Listing((), (), waiting, order)
        moments, ids = zip(*rows, strict=True)
        return Listing(ids, moments, waiting, order)

    def between(self, text: str, first: int, last: int) -> list[int]:
        """The ids from `first` to `last` of the articles that a query asks for, in no order.

        It costs as much as lie between, however large the library is: for whoever goes through all of it in steps.
        """
        return self._despite_damage(lambda: self._between_ids(text, first, last))

    def _between_ids(self, text: str, first: int, last: int) -> list[int]:
        asked, _ = self._asked(Query(text=text), None, (first, last))
        return [id_ for sql, values in asked for _, id_ in self._db.all(sql, values)]

    def _asked(
        self, query: Query, among: Collection[int] | None, ends: tuple[int, int] | None = None
    ) -> tuple[list[tuple[str, list[Any]]], int]:
        """The statements that find, together, the sort times and ids; and how many articles wait for the index."""
        node = parse(query.text).node
        apart = plan(node)
        waiting = self.waiting_for_index() if has_words(node) else 0
        hidden = asks_for_hidden(node)
        where, values = self._scope(query, hidden=hidden)
        if among is not None:
            where += " AND st.id IN (SELECT value FROM json_each(?))"
            values.append(id_list(among))
        if ends is not None:
            where += " AND st.id BETWEEN ? AND ?"
            values += ends
        meaning = self._meaning(lambda match: self._anywhere(match, ends), waiting=bool(waiting))
        rest = meaning.of(apart.rest)
        select, article = "SELECT st.sort_at, st.id FROM", ARTICLE if rest.article else ""
        if apart.match is None:
            index = INDEX.get(query.scope, "") if among is None and not hidden else ""
            sql = f"{select} status st {index} {article} WHERE {where} AND {rest.sql}"
            return [(sql, [*values, *rest.values])], waiting
        asked: list[tuple[str, list[Any]]] = []
        if not self._blind:
            rest = combined(" AND ", (rest, meaning.looked_at(apart.looked_at)))
            article = ARTICLE if rest.article else ""
            sql = f"{select} search CROSS JOIN status st ON st.id = search.rowid {article} WHERE search MATCH ?{_ENDS}"
            match = [apart.match, *(ends or _ALL)]
            asked.append((f"{sql} AND {where} AND {rest.sql}", [*match, *values, *rest.values]))
        if waiting:
            by_title = meaning.looked_at(node, texts=False)
            sql = f"{select} index_queue CROSS JOIN status st USING (id) {ARTICLE} WHERE {where} AND {by_title.sql}"
            asked.append((sql, [*values, *by_title.values]))
        return asked, waiting

    def _ordered(self, rows: Sequence[Row], order: Order) -> list[Row]:
        """What was found in another order: a number that falls in it, and the id."""
        listed = id_list(row[1] for row in rows)
        of_each = "FROM json_each(?) CROSS JOIN article a ON a.id = value"
        match order:
            case Order.OLDEST:
                keyed = [(-moment, id_) for moment, id_ in rows]
            case Order.WORDS | Order.SHORTEST:
                sign = "-" if order is Order.SHORTEST else ""
                keyed = self._db.all(f"SELECT {sign}max(words, coalesce(full_words, 0)), a.id {of_each}", (listed,))
            case Order.TITLE:
                keyed = [
                    (_letters(title), id_) for title, id_ in self._db.all(f"SELECT title, a.id {of_each}", (listed,))
                ]
            case _:
                names = {source.id: _letters(source.title) for source in self.sources()}
                found = self._db.all(
                    "SELECT source_id, id FROM status WHERE id IN (SELECT value FROM json_each(?))", (listed,)
                )
                keyed = [(names.get(source_id, 0), id_) for source_id, id_ in found]
        return sorted(keyed, reverse=True)

    def _by_waiting(self, rows: Sequence[Row]) -> list[Row]:
        """What waits in Later, that which waits longest first."""
        return self._db.all(
            "SELECT -later_at, id FROM status WHERE id IN (SELECT value FROM json_each(?)) ORDER BY later_at, id DESC",
            (id_list(row[1] for row in rows),),
        )

    def searched(self, query: Query) -> str:
        """What a list searches for: the words in it, and what its smart source searches for."""
        meant = self._meant(query) if query.scope is Scope.SMART else query
        return "" if meant is None else meant.text

    def _meant(self, query: Query) -> Query | None:
        """What a smart source searches for, and the words of the query in it; None where that cannot be understood."""
        smart = self.smart_source(query.smart_id or 0)
        if smart is None or smart.mistake is not None:
            return None
        return Query(Scope.ALL, text=both(smart.query, query.text))

    def matching(self, text: str, ids: Collection[int]) -> frozenset[int]:
        """Which of these articles a query asks for: what rules go by, and the meaning that lists have.

        An article that waits for the index is looked at itself, text and all; that costs a tenth of a millisecond for
        each once, so ask by some hundred at a time, all queries for the same ones. A query with a mistake asks for
        nothing: a rule that is not understood does nothing.
        """
        parsed = parse(text)
        if parsed.mistakes or not ids:
            return frozenset()
        return self._despite_damage(lambda: self._matching(parsed.node, ids))

    def _matching(self, node: Node | None, ids: Collection[int]) -> frozenset[int]:
        listed = id_list(ids)
        waiting = self._db.value(
            "SELECT 1 FROM index_queue WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1", (listed,)
        )
        meaning = self._meaning(lambda match: self._among(match, ids), waiting=bool(waiting), texts=True)
        condition = meaning.of(node)
        return frozenset(
            self._db.column(
                f"SELECT st.id FROM json_each(?) CROSS JOIN status st ON st.id = value "
                f"{ARTICLE if condition.article else ''} WHERE {condition.sql}",
                (listed, *condition.values),
            )
        )

    def _meaning(self, hits: Callable[[str], Condition | None], *, waiting: bool, texts: bool = False) -> Meaning:
        hits = (lambda _: NEVER) if self._blind else hits
        return Meaning(
            now=self._clock(),
            ids_of=self._ids_of,
            sources_tagged=self._sources_tagged,
            hits=hits,
            waiting=waiting,
            texts=texts,
        )

    def _anywhere(self, match: str, ends: tuple[int, int] | None = None) -> Condition:
        sql = f"(st.id IN (SELECT rowid FROM search WHERE search MATCH ?{_ENDS}))"
        return Condition(sql, (match, *(ends or _ALL)))

    def _among(self, match: str, ids: Collection[int]) -> Condition:
        """The condition for what the index finds, where only these are asked about."""
        hits: list[int] = []
        alone: list[int] = []
        for run in _runs(sorted(ids)):
            if len(run) * _DENSE <= run[-1] - run[0]:
                alone += run
                continue
            sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
            hits += self._db.column(sql, (match, run[0], run[-1]))
        if alone:  # each by itself: between ids that lie far apart may be half of the library
            hits += self._db.column(
                "SELECT value FROM json_each(?) CROSS JOIN search ON search.rowid = value WHERE search MATCH ?",
                (id_list(alone), match),
            )
        return Condition("(st.id IN (SELECT value FROM json_each(?)))", (id_list(hits),))

    def _despite_damage(self, ask: Callable[[], T]) -> T:
        """Ask again where the index is damaged: it is begun anew, or finds nothing where it cannot be written."""
        try:
            return ask()
        except IndexDamaged:
            if self._db.refusal is not None:
                self._blind = True
            elif self._db.in_transaction:  # rules are asked within that of what comes in
                self._begin_index_anew()
            else:
                with self._db.transaction():
                    self._begin_index_anew()
            return ask()

    def counts(self) -> Counts:
        """What the built-in lists show beside their names; "Today" begins at midnight where the person is."""
        unread, total = self._db.all(
            "SELECT coalesce(sum(unread), 0), coalesce(sum(total), 0) FROM source WHERE removed_at IS NULL"
        )[0]
        today = self._db.value(
            f"SELECT count(*) FROM status WHERE here = 1 AND read = 0 AND sort_at >= ? {self._visible()}",
            (self._midnight(),),
        )
        bookmarks = self._db.value(
            f"SELECT count(*) FROM status {INDEX[Scope.BOOKMARKS]} WHERE {_SCOPES[Scope.BOOKMARKS]}"
        )
        begun = self._db.value(f"SELECT count(*) FROM status st WHERE {_SCOPES[Scope.BEGUN]} {self._visible()}")
        later = self._db.value(f"SELECT count(*) FROM status {INDEX[Scope.LATER]} WHERE {_SCOPES[Scope.LATER]}")
        hidden = self._db.value(
            f"SELECT count(*) FROM status {INDEX[Scope.HIDDEN]} WHERE {_SCOPES[Scope.HIDDEN]} {self._visible()}"
        )
        top = self.top_stories()
        fresh = self._db.value(
            "SELECT count(*) FROM status WHERE read = 0 AND id IN (SELECT value FROM json_each(?))",
            (id_list(id_ for _, id_ in top),),
        )
        return Counts(unread, total, today, bookmarks, begun, later, hidden, fresh if top else None)

    def size_of(self, query: Query) -> int | None:
        """How many articles the part of the library has that a query searches; None where that would be counted."""
        if query.scope not in {Scope.ALL, Scope.SMART, Scope.SOURCE, Scope.FOLDER}:
            return None
        return int(
            self._db.value(
                "SELECT coalesce(sum(total), 0) FROM source "
                "WHERE removed_at IS NULL AND id = coalesce(?, id) AND folder IS coalesce(?, folder)",
                (query.source_id, query.folder),
            )
        )

    def _scope(self, query: Query, *, hidden: bool = False) -> tuple[str, list[Any]]:
        """The condition on `status` for a scope, with its values; `hidden` also takes what rules hide."""
        values: list[Any] = []
        if query.scope is Scope.TODAY:
            values = [self._midnight()]
        elif query.scope is Scope.SOURCE:
            values = [query.source_id]
        elif query.scope is Scope.FOLDER:
            values = [query.folder]
        elif query.scope is Scope.TOP:
            values = [id_list(id_ for _, id_ in self.top_stories())]
        elif query.scope is Scope.STORY:
            values = [query.story_of, query.story_of]
        elif query.scope is Scope.TAG and query.tag is not None:
            values = [query.tag]
        visible = "" if query.scope in KEPT_SCOPES else self._visible(but=KEPT if query.text.strip() else "")
        condition = _TAGGED if query.scope is Scope.TAG and query.tag is None else _SCOPES[query.scope]
        return f"{condition.replace('here = 1', 'here > 0') if hidden else condition} {visible}", values

    def _visible(self, but: str = "") -> str:
        """A condition that leaves removed sources out; nothing at all in the ordinary case that there are none.

        `but` are articles that are found all the same: who searches finds what was kept.
        """
        removed = self._db.column("SELECT id FROM source WHERE removed_at IS NOT NULL")
        if not removed:
            return ""
        condition = f"source_id NOT IN ({','.join(map(str, removed))})"
        return f"AND ({condition} OR {but})" if but else f"AND {condition}"

    def _midnight(self) -> int:
        local = datetime.fromtimestamp(self._clock()).astimezone()
        return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())


def _letters(text: str) -> int:
    """A number that falls as texts go on in the alphabet."""
    return -int.from_bytes(bare(text).encode()[:_LETTERS].ljust(_LETTERS, b"\0"))


def _runs(ids: Sequence[int]) -> Iterator[list[int]]:
    """Rising ids in runs between which there are gaps; those that lie in no run come together as the last."""
    alone: list[int] = []
    run: list[int] = []
    for id_ in ids:
        if run and id_ - run[-1] > _GAP:
            if len(run) < _RUN:
                alone += run
            else:
                yield run
            run = []
        run.append(id_)
    if len(run) < _RUN:
        alone += run
    elif run:
        yield run
    if alone:
        yield alone
