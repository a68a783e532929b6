"""Lists a page at a time: what follows an article in a list, or stands before it, at a cost that no library makes grow.

A page begins where another ended, by the sort time and the id of an article (its mark), not by counting rows from the
beginning. The indexes of `status` are in the order of lists, and have all that scopes ask about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from newsreader.model import Listing, Query, Scope
from newsreader.query import parse
from newsreader.store.listing import Lists
from newsreader.store.search import ALWAYS, Condition, has_words

if TYPE_CHECKING:
    from newsreader.store.connection import Row

Mark: TypeAlias = tuple[int, int]
"""A place in a list: an article's number for its order (of nearly all lists its sort time), and its id."""

_DOWN, _UP = ("<", "DESC"), (">", "ASC")
_NOWHERE: Final = Listing((), ())


class Paging(Lists):
    """The part of the Store that gives lists in pages."""

    def page(self, query: Query, limit: int, *, after: Mark | None = None, before: Mark | None = None) -> Listing:
        """So many articles of a list, in its order: those behind a mark, or before one, or else the first ones.

        `before` gives the nearest to its mark. Where words are asked for, or a condition that no index knows, it costs
        as much as there is of what fits: see `store.search`.
        """
        meant = self._meant(query) if query.scope is Scope.SMART else query
        if meant is None:
            return _NOWHERE
        return self._despite_damage(lambda: self._page(meant, limit, after, before))

    def mark(self, query: Query, article_id: int) -> Mark | None:
        """The place of an article in a list; None where it is not in it."""
        found = self.listing(query, among=(article_id,))
        return (found.sort_at[0], article_id) if found.ids else None

    def _page(self, query: Query, limit: int, after: Mark | None, before: Mark | None) -> Listing:
        if query.scope is Scope.LATER:  # in an order of its own, and short
            return _cut(self.listing(query), limit, after, before)
        sign, direction = _UP if before else _DOWN
        mark = before or after
        beyond = Condition(f"((st.sort_at, st.id) {sign} (?, ?))", mark) if mark else ALWAYS
        rows: list[Row] = []
        waiting = 0
        for part in self._parts(query):
            asked, waiting = self._asked(part, None, beyond)
            for sql, values in asked:
                order = f"ORDER BY st.sort_at {direction}, st.id {direction} LIMIT ?"
                rows += self._db.all(f"{sql} {order}", (*values, limit))
        rows.sort(reverse=before is None)
        page = sorted(rows[:limit], reverse=True)
        return Listing(tuple(row[1] for row in page), tuple(row[0] for row in page), waiting)

    def _parts(self, query: Query) -> list[Query]:
        """A folder as its sources: each has an index in the order of lists, and folders have none."""
        if query.scope is not Scope.FOLDER or has_words(parse(query.text).node):
            return [query]
        ids = self._db.column("SELECT id FROM source WHERE folder = ? AND removed_at IS NULL", (query.folder,))
        return [Query(Scope.SOURCE, source_id=id_, text=query.text) for id_ in ids]


def _cut(listing: Listing, limit: int, after: Mark | None, before: Mark | None) -> Listing:
    """The page of a list that is here whole."""
    marks = list(zip(listing.sort_at, listing.ids, strict=True))
    first = sum(mark >= after for mark in marks) if after else 0
    last = sum(mark > before for mark in marks) if before else min(first + limit, len(marks))
    page = slice(max(first, last - limit), last)
    return Listing(listing.ids[page], listing.sort_at[page], listing.not_indexed, listing.order)
