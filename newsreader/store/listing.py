"""Lists of articles: ids newest first, for a scope and for words to search for; and the counts of the smart sources."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from newsreader.model import KEPT_SCOPES, Counts, Listing, Query, Scope
from newsreader.query import both
from newsreader.store.connection import IndexDamaged, id_list
from newsreader.store.indexing import Indexing
from newsreader.store.search import understand
from newsreader.store.smart import SmartSources
from newsreader.store.sources import Sources
from newsreader.store.status import BEGUN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

    from newsreader.store.connection import Row
    from newsreader.store.search import Filter, Term

_SCOPES: Final = {
    Scope.UNREAD: "here = 1 AND read = 0",
    Scope.ALL: "here = 1",
    Scope.TODAY: "here = 1 AND sort_at >= ?",
    Scope.BEGUN: f"here = 1 AND st.id IN (SELECT id FROM place WHERE {BEGUN})",
    Scope.LATER: "here = 1 AND later_at IS NOT NULL",
    Scope.BOOKMARKS: "here = 1 AND bookmarked_at IS NOT NULL",
    Scope.TAG: "here = 1 AND st.id IN (SELECT article_id FROM tagged JOIN tag ON tag.id = tag_id WHERE name = ?)",
    Scope.SOURCE: "here = 1 AND source_id = ?",
    Scope.FOLDER: "here = 1 AND source_id IN (SELECT id FROM source WHERE folder = ?)",
}
_TAGGED: Final = "here = 1 AND st.id IN (SELECT article_id FROM tagged)"

# Where nothing is bookmarked the planner has no statistics of this index, and would read through all articles instead.
_INDEX: Final = {
    Scope.BOOKMARKS: "INDEXED BY status_bookmarked",
    Scope.LATER: "INDEXED BY status_later",
    Scope.UNREAD: "INDEXED BY status_unread",
}


class Lists(Sources, SmartSources, Indexing):
    """The part of the Store that makes lists."""

    def listing(self, query: Query, *, among: Collection[int] | None = None) -> Listing:
        """The ids of all articles that a query asks for, newest first, with their sort times.

        `among` looks only at these articles, which costs as much as they are many. Words are looked for in the index
        and, for articles that still wait for it, in titles; `not_indexed` then says how many wait.
        """
        if query.scope is Scope.SMART:
            meant = self._meant(query)
            return Listing((), ()) if meant is None else self.listing(meant, among=among)
        search = understand(query.text)
        where, values = self._scope(query)
        for chosen in search.filters:
            condition, more = self._filter(chosen)
            where += f" AND {'NOT ' if chosen.negated else ''}({condition})"
            values += more
        if among is not None:
            where += " AND st.id IN (SELECT value FROM json_each(?))"
            values.append(id_list(among))
        if search.wanted:
            rows = sorted(self._hits(search.wanted, where, values), reverse=True)
        else:
            index = _INDEX.get(query.scope, "") if among is None else ""
            rows = self._db.all(
                f"SELECT sort_at, id FROM status st {index} WHERE {where} ORDER BY sort_at DESC, id DESC", values
            )
        for term in search.unwanted:
            unwanted = self._hits((term,), where, values)
            rows = [row for row in rows if row not in unwanted]
        waiting = self.waiting_for_index() if search.wanted or search.unwanted else 0
        if not rows:
            return Listing((), (), waiting)
        moments, ids = zip(*rows, strict=True)
        return Listing(ids, moments, waiting)

    def _meant(self, query: Query) -> Query | None:
        """What a smart source searches for, and the words of the query in it; None where that cannot be understood."""
        smart = self.smart_source(query.smart_id or 0)
        if smart is None or smart.mistake is not None:
            return None
        return Query(Scope.ALL, text=both(smart.query, query.text))

    def _hits(self, terms: Sequence[Term], where: str, values: Sequence[Any]) -> set[Row]:
        """The sort times and ids of the articles with all of these terms."""
        hits: set[Row] = set()
        matches = [term.match for term in terms if term.match]
        if len(matches) == len(terms):
            hits.update(self._matches(" AND ".join(matches), where, values))
        conditions, wanted = zip(*(term.in_title() for term in terms), strict=True)
        waiting = "" if any(term.loose for term in terms) else "AND st.id IN (SELECT id FROM index_queue)"
        hits.update(
            self._db.all(
                "SELECT st.sort_at, st.id FROM status st JOIN article a ON a.id = st.id "
                f"WHERE {where} {waiting} AND {' AND '.join(conditions)}",
                (*values, *wanted),
            )
        )
        return hits

    def _matches(self, match: str, where: str, values: Sequence[Any]) -> list[Row]:
        """The same from the index alone. A damaged index finds nothing: its articles then wait to be indexed."""
        try:
            return self._db.all(
                "SELECT st.sort_at, st.id FROM search CROSS JOIN status st ON st.id = search.rowid "
                f"WHERE search MATCH ? AND {where}",
                (match, *values),
            )
        except IndexDamaged:
            if self._db.refusal is None:
                with self._db.transaction():
                    self._begin_index_anew()
            return []

    def _filter(self, chosen: Filter) -> tuple[str, list[Any]]:
        if chosen.state:
            return chosen.state, []
        if chosen.kind == "source":
            ids = [source.id for source in self.find_sources(chosen.value)]
        else:
            wanted = chosen.value.casefold()
            folders = self._db.all("SELECT id, folder FROM source WHERE folder IS NOT NULL")
            ids = [id_ for id_, folder in folders if wanted in folder.casefold()]
        return "source_id IN (SELECT value FROM json_each(?))", [id_list(ids)]

    def counts(self) -> Counts:
        """What the smart sources show beside their names; "Today" begins at midnight where the person is."""
        unread, total = self._db.all(
            "SELECT coalesce(sum(unread), 0), coalesce(sum(total), 0) FROM source WHERE removed_at IS NULL"
        )[0]
        today = self._db.value(
            f"SELECT count(*) FROM status WHERE here = 1 AND read = 0 AND sort_at >= ? {self._visible()}",
            (self._midnight(),),
        )
        bookmarks = self._db.value(
            f"SELECT count(*) FROM status {_INDEX[Scope.BOOKMARKS]} WHERE {_SCOPES[Scope.BOOKMARKS]}"
        )
        begun = self._db.value(f"SELECT count(*) FROM status st WHERE {_SCOPES[Scope.BEGUN]} {self._visible()}")
        later = self._db.value(f"SELECT count(*) FROM status {_INDEX[Scope.LATER]} WHERE {_SCOPES[Scope.LATER]}")
        return Counts(unread, total, today, bookmarks, begun, later)

    def _scope(self, query: Query) -> tuple[str, list[Any]]:
        """The condition on `status` for a scope, with its values."""
        values: list[Any] = []
        if query.scope is Scope.TODAY:
            values = [self._midnight()]
        elif query.scope is Scope.SOURCE:
            values = [query.source_id]
        elif query.scope is Scope.FOLDER:
            values = [query.folder]
        elif query.scope is Scope.TAG and query.tag is not None:
            values = [query.tag]
        visible = "" if query.scope in KEPT_SCOPES else self._visible()
        condition = _TAGGED if query.scope is Scope.TAG and query.tag is None else _SCOPES[query.scope]
        return f"{condition} {visible}", values

    def _visible(self) -> str:
        """A condition that leaves removed sources out; nothing at all in the ordinary case that there are none."""
        removed = self._db.column("SELECT id FROM source WHERE removed_at IS NOT NULL")
        return f"AND source_id NOT IN ({','.join(map(str, removed))})" if removed else ""

    def _midnight(self) -> int:
        local = datetime.fromtimestamp(self._clock()).astimezone()
        return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
