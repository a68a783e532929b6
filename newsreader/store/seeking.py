"""Searches a screenful at a time: the newest that a query asks for, found soon in a library of any size.

A search goes through a stream of articles, the newest first, a stretch at a time, and asks of each stretch which of it
is meant. Which stream is short depends on how much the index knows:

- few: the index, or a small table, knows some thousand candidates. They are put in order once.
- combed: so little is asked for that it is found soonest by looking through everything once (`store.combing`).
- best: beginnings of words are asked for, of which the index reads everything that begins so for any answer: the
  newest of it.
- all: so much is asked for that it is met soon by going through the library itself.

Each gives the order of the lists, (sort_at, id) falling, whenever an article came in; none goes on longer than it may.
"""

from __future__ import annotations

from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsreader.bounds import SEARCH_TIME
from newsreader.model import Listing, Query, Scope
from newsreader.query import All, Dated, Has, Is, Name, Named, Not, Order, State, Thing, all_of, parse, snippet
from newsreader.store.combing import Comb
from newsreader.store.connection import id_list
from newsreader.store.listing import ARTICLE, INDEX, WHOLE, Lists
from newsreader.store.search import (
    ALWAYS,
    BEGINS,
    TEXT,
    Condition,
    asks_for_hidden,
    combined,
    has_words,
    of_article,
    plan,
)
from newsreader.store.status import BEGUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newsreader.query import Node, Snippet
    from newsreader.store.connection import Row
    from newsreader.store.search import Meaning, Plan

_FEW: Final = 10_000  # candidates that are put in order: some 15 ms
_FIRST, _MOST = 250, 4_000  # articles looked at in one statement, at first and at most
_LOOKED_AT: Final = 100  # articles whose texts are looked at for beginnings of words before the index is asked
_TEXTS: Final = 200  # of them at most in one statement
_SOON: Final = 0.01  # seconds; a stretch that took less may be followed by one twice as long, and who has enough stops
_SPARSE: Final = 200  # articles looked through for each that is meant: then all are combed for it
_RARE: Final = 25  # articles of the first stretch for each that is meant: then the index is asked for the newest
BEGINNING: Final = (1 << 62, 1 << 62)
_LISTED: Final = "SELECT value FROM json_each(?)"
_NEWEST: Final = "(st.sort_at, st.id) < (?, ?) ORDER BY st.sort_at DESC, st.id DESC LIMIT ?"
_CHEAP: Final = {State.UNREAD, State.READ, State.BOOKMARKED, State.LATER}
_INDEXED: Final = {
    State.UNREAD: "INDEXED BY status_unread",
    State.BOOKMARKED: "INDEXED BY status_bookmarked",
}
_SETS: Final[dict[Node, str]] = {
    Is(State.LATER): "SELECT id FROM status INDEXED BY status_later WHERE here = 1 AND later_at IS NOT NULL",
    Is(State.BEGUN): f"SELECT id FROM place WHERE {BEGUN}",
    Is(State.EDITED): "SELECT DISTINCT article_id AS id FROM former",
    Has(Thing.NOTE): "SELECT id FROM note WHERE text <> ''",
    Has(Thing.HIGHLIGHT): "SELECT DISTINCT article_id AS id FROM highlight WHERE removed_at IS NULL",
}

_BY_SCOPE: Final = {Scope.BEGUN: Is(State.BEGUN)}

_Place = tuple[int, int]


class Found(NamedTuple):
    """The newest of what a query asks for, and the place to go on from: None where there is no more.

    `looked` is through how many articles of a long list this went.
    """

    listing: Listing
    after: _Place | None
    looked: int = 0


class _Search(NamedTuple):
    """What is asked, of which part of the library, and how many articles wait for the index."""

    scope: Query
    plan: Plan
    where: Condition
    parts: tuple[Node, ...]
    hint: str
    waiting: int

    @property
    def begins(self) -> bool:
        """Whether the index is asked for beginnings of words."""
        return BEGINS in (self.plan.match or "")


class _Stream(NamedTuple):
    """Articles newest first: `stretch` gives some behind a place, fewer at the end; `meant` says which are meant."""

    stretch: Callable[[_Place, int], list[Row]]
    meant: Callable[[list[Row]], list[Row]]


class Seeking(Lists):
    """The part of the Store that finds the newest soon."""

    _comb: Comb | None = None

    def newest(
        self,
        query: Query,
        limit: int,
        *,
        enough: int | None = None,
        after: _Place = BEGINNING,
        seconds: float = SEARCH_TIME,
    ) -> Found:
        """The newest articles that a query asks for, behind the place `after`: so many, or what was found in time.

        As soon as there are `enough`, it goes on only for a moment.

        There may be more while `Found.after` is a place, even where nothing was found yet: that is where to go on. A
        list in another order than that of time is whole at once.
        """
        meant = self._meant(query) if query.scope is Scope.SMART else query
        if meant is None:
            return Found(Listing((), ()), None)
        if meant.scope in WHOLE or parse(meant.text).order is not Order.NEWEST:
            return Found(self.listing(meant), None)
        soon, deadline = monotonic() + _SOON, monotonic() + seconds

        def is_over(found: int, now: float, lasted: float) -> bool:
            """Whether this is it: the next stretch would end too late."""
            return found >= limit or now + lasted >= (deadline if enough is None or found < enough else soon)

        return self._despite_damage(lambda: self._newest(self._search_of(meant), limit, after, deadline, is_over))

    def _newest(
        self, search: _Search, limit: int, after: _Place, deadline: float, is_over: Callable[[int, float, float], bool]
    ) -> Found:
        found: list[Row] = []
        looked = 0
        if (few := self._few(search, after)) is None and (comb := self._comb_of(search, after)) is not None:
            looked = comb.go_on(self._db, deadline)
            if not comb.done and not comb.fails:
                return _found(found, limit, search, after, looked)
            few = None if comb.fails else self._of_rows(self._in_order(comb.ids, search, after), search, None)
        looking = search.begins and not search.waiting
        size, most = (_LOOKED_AT, _TEXTS) if looking else (_FIRST, _MOST)
        stream = few or self._all(search)
        while True:
            began = monotonic()
            stretch = stream.stretch(after, size)
            looked += len(stretch)
            found += stream.meant(stretch)
            if len(stretch) < size:
                return _found(found, limit, search, None, looked)
            after = (stretch[-1][0], stretch[-1][1])
            now = monotonic()
            if looking and len(found) < limit and len(found) * _RARE < len(stretch):
                stream, size, most = self._best(search, after), _MOST, _MOST
            elif is_over(len(found), now, now - began):
                if few is None and len(found) * _SPARSE < looked:
                    self._begin_combing(search)
                return _found(found, limit, search, after, looked)
            elif now - began < _SOON:
                size = min(2 * size, most)
            looking = False

    def _search_of(self, query: Query) -> _Search:
        node = parse(query.text).node
        hidden = asks_for_hidden(node)
        where, values = self._scope(query, hidden=hidden)
        cheap = [part for part in _parts(node) if _is_cheap(part)]
        condition = self._meaning(self._anywhere, waiting=False).of(all_of(cheap))
        states = [part.state for part in cheap if isinstance(part, Is)]
        index = INDEX.get(query.scope) or next((_INDEXED[state] for state in states if state in _INDEXED), "")
        if query.scope is Scope.SOURCE:  # its articles have an index of their own
            index = ""
        return _Search(
            query,
            plan(node),
            Condition(f"{where} AND {condition.sql}", (*values, *condition.values)),
            _parts(node),
            "" if hidden else index,
            self.waiting_for_index() if has_words(node) else 0,
        )

    def snippets(self, ids: Sequence[int], text: str) -> dict[int, Snippet]:
        """For each of these articles in whose text something stands that a query looks for, the stretch that shows it.

        It reads their texts: for the few that are seen.
        """
        node = parse(text).node
        if not has_words(node):
            return {}
        texts = self._db.all(f"SELECT a.id, {TEXT} FROM article a WHERE a.id IN ({_LISTED})", (id_list(ids),))
        found = ((id_, snippet(said, node)) for id_, said in texts)
        return {id_: each for id_, each in found if each is not None}

    # Streams

    def _comb_of(self, search: _Search, after: _Place) -> Comb | None:
        """The combing for this search, if one was begun; a search from the beginning is another one."""
        if self._comb is not None and (after == BEGINNING or self._comb.query != search.scope):
            self._comb = None
        return self._comb

    def _begin_combing(self, search: _Search) -> None:
        """Look for what few articles have through all of them from the next step on, where that can be done."""
        told = all_of([part for part in search.parts if of_article(part)])
        if told is not None and self._comb is None:
            condition = self._meaning(self._anywhere, waiting=False).of(told)
            last = int(self._db.value("SELECT coalesce(max(id), 0) FROM article"))
            self._comb = Comb(search.scope, condition, last, _FEW)

    def _in_order(self, ids: Sequence[int], search: _Search, after: _Place) -> list[Row]:
        """Candidates in the order of lists, those behind a place."""
        where = search.where
        return self._db.all(
            "SELECT st.sort_at, st.id FROM json_each(?) CROSS JOIN status st ON st.id = value "
            f"WHERE {where.sql} AND {_NEWEST}",
            (id_list(ids), *where.values, *after, _FEW),
        )

    def _all(self, search: _Search) -> _Stream:
        """The library itself, from the newest on."""
        rest = [part for part in search.parts if not _is_cheap(part)]
        words = all_of([part for part in rest if has_words(part)])
        told = all_of([part for part in rest if not has_words(part)])
        where, source = search.where, f"status st {search.hint}"

        def stretch(after: _Place, size: int) -> list[Row]:
            sql = f"SELECT st.sort_at, st.id FROM {source} WHERE {where.sql} AND {_NEWEST}"
            return self._db.all(sql, (*where.values, *after, size))

        def meant(rows: list[Row]) -> list[Row]:
            if told is not None and rows:
                rows = self._between(rows, search, told)
            if words is None or not rows:
                return rows
            return self._passing(rows, self._meaning_among([id_ for _, id_ in rows], search).of(words))

        return _Stream(stretch, meant)

    def _best(self, search: _Search, after: _Place) -> _Stream:
        """What the index knows, where it has to read all that begins so for each answer: that once."""
        left = self._still_asked(search)
        ids = self._db.column("SELECT rowid FROM search WHERE search MATCH ?", (search.plan.match,))
        if len(ids) <= _FEW:
            return self._of_rows(self._in_order(ids, search, after), search, left)
        known = frozenset(ids)
        stretch = self._all(search).stretch
        return _Stream(stretch, lambda rows: self._passing([row for row in rows if row[1] in known], left))

    def _few(self, search: _Search, after: _Place) -> _Stream | None:
        """What the index or a small table knows, where that is not much."""
        if search.waiting > _FEW:
            return None
        sources = list(self._small_sets(search))
        if search.plan.match is not None and not search.begins and not self._blind:
            waiting = " UNION SELECT id FROM index_queue" if search.waiting else ""
            sources.append((f"SELECT rowid AS id FROM search WHERE search MATCH ?{waiting}", (search.plan.match,)))
        where = search.where
        for sql, values in sources:
            if self._db.value(f"SELECT count(*) FROM ({sql} LIMIT {_FEW + 1})", values) <= _FEW:
                rows = self._db.all(
                    f"SELECT st.sort_at, st.id FROM ({sql}) s CROSS JOIN status st ON st.id = s.id "
                    f"WHERE {where.sql} AND {_NEWEST}",
                    (*values, *where.values, *after, _FEW + 1),
                )
                by_index = "search MATCH" in sql and not search.waiting
                return self._of_rows(rows, search, self._still_asked(search) if by_index else None)
        return None

    def _small_sets(self, search: _Search) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Statements for what may be a small part of the library, of the part that is searched or by a filter."""
        scope = search.scope
        yield from ((_SETS[part], ()) for part in (_BY_SCOPE.get(scope.scope), *search.parts) if part in _SETS)
        if scope.scope is Scope.TAG:
            tagged = "FROM tagged JOIN tag ON tag.id = tag_id WHERE ?1 IS NULL OR name = ?1"
            yield f"SELECT DISTINCT article_id AS id {tagged}", (scope.tag,)
        if any(map(asks_for_hidden, search.parts)):
            return
        yield from self._tagged_sets(search)
        named = [part for part in search.parts if isinstance(part, Named) and part.by in {Name.SOURCE, Name.FOLDER}]
        ids = [self._ids_of(part) for part in named]
        if scope.scope is Scope.FOLDER:
            ids.append(self._db.column("SELECT id FROM source WHERE folder = ?", (scope.folder,)))
        for each in map(id_list, ids):
            if self._is_small(each):
                yield f"SELECT id FROM status WHERE here = 1 AND source_id IN ({_LISTED})", (each,)

    def _tagged_sets(self, search: _Search) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """What has a tag that is asked for, by itself or by its source."""
        for part in search.parts:
            if isinstance(part, Named) and part.by is Name.TAG:
                tags, sources = id_list(self._ids_of(part)), id_list(self._sources_tagged(part.value))
                if self._is_small(sources):
                    tagged = f"SELECT article_id AS id FROM tagged WHERE tag_id IN ({_LISTED})"
                    of_sources = f"SELECT id FROM status WHERE here = 1 AND source_id IN ({_LISTED})"
                    yield f"{tagged} UNION {of_sources}", (tags, sources)

    def _is_small(self, sources: str) -> bool:
        """Whether these sources (a list of ids) have few articles together."""
        total: float = self._db.value(f"SELECT total(total) FROM source WHERE id IN ({_LISTED})", (sources,))
        return total <= _FEW

    def _of_rows(self, rows: list[Row], search: _Search, left: Condition | None) -> _Stream:
        """Candidates that are in order; `left` is what is still to be asked of them, None for everything."""
        rest = iter(rows)

        def meant(stretch: list[Row]) -> list[Row]:
            if left is not None:
                return self._passing(stretch, left)
            ids = [id_ for _, id_ in stretch]
            return self._passing(stretch, self._meaning_among(ids, search).of(all_of([*search.parts])))

        return _Stream(lambda _, size: list(islice(rest, size)), meant)

    # What is meant

    def _still_asked(self, search: _Search) -> Condition:
        """What is still to be asked of what the index knows."""
        meaning = self._meaning_among((), search)
        rest = all_of([part for part in _parts(search.plan.rest) if not _is_cheap(part)])
        return combined(" AND ", (meaning.of(rest), meaning.looked_at(search.plan.looked_at)))

    def _meaning_among(self, ids: Sequence[int], search: _Search) -> Meaning:
        """What is asked of these; beginnings of words are looked for in the articles: the index would read so much."""
        return self._meaning(
            lambda match: None if BEGINS in match else self._among(match, ids), waiting=bool(search.waiting)
        )

    def _between(self, rows: list[Row], search: _Search, node: Node) -> list[Row]:
        """What is meant of a stretch, where every article tells by itself: all in one statement."""
        condition = self._meaning(self._anywhere, waiting=False).of(node)
        where, article = search.where, ARTICLE if condition.article else ""
        return self._db.all(
            f"SELECT st.sort_at, st.id FROM status st {search.hint} {article} WHERE {where.sql} AND {condition.sql} "
            "AND (st.sort_at, st.id) BETWEEN (?, ?) AND (?, ?) ORDER BY st.sort_at DESC, st.id DESC",
            (*where.values, *condition.values, *rows[-1], *rows[0]),
        )

    def _passing(self, rows: list[Row], condition: Condition) -> list[Row]:
        if not rows or condition == ALWAYS:
            return rows
        passing = set(
            self._db.column(
                f"SELECT st.id FROM json_each(?) CROSS JOIN status st ON st.id = value "
                f"{ARTICLE if condition.article else ''} WHERE {condition.sql}",
                (id_list(id_ for _, id_ in rows), *condition.values),
            )
        )
        return [row for row in rows if row[1] in passing]


def _parts(node: Node | None) -> tuple[Node, ...]:
    """What all must be so of a query."""
    if node is None:
        return ()
    return node.parts if isinstance(node, All) else (node,)


def _is_cheap(node: Node) -> bool:
    """Whether the row of an article in `status` tells by itself, so that stretches are taken of such only."""
    match node:
        case Is(state):
            return state in _CHEAP
        case Dated():
            return True
        case Not(part):
            return _is_cheap(part)
        case Named(by):
            return by in {Name.SOURCE, Name.FOLDER}
        case _:
            return False


def _found(rows: list[Row], limit: int, search: _Search, after: _Place | None, looked: int) -> Found:
    if len(rows) > limit:
        rows = rows[:limit]
        after = (rows[-1][0], rows[-1][1])
    moments, ids = zip(*rows, strict=True) if rows else ((), ())
    return Found(Listing(ids, moments, search.waiting), after, looked)
