"""Lists that are grouped by source: one source after the other as the source list has them, each newest first.

Such a list is read like any other, a part at a time from a place on, and costs no more: each part is the newest of one
source, which the library has an index for. Its order is one number an article, which falls: the sort time, less so much
for each source before its own. What comes in later has its place by the same number, and moves nothing.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from newsreader.model import Listing, Query, Scope
from newsreader.store.seeking import BEGINNING, Found
from newsreader.ui.words import panes as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.model import ArticleHead, Source
    from newsreader.store import Store

_SPAN: Final = 1 << 34  # more than any sort time
_TEXTS: Final = {Scope.UNREAD: "is:unread", Scope.ALL: "", Scope.TODAY: "since:today", Scope.FOLDER: ""}


class Groups:
    """The sources of a list in their order, with their names; a source that comes in later stands last."""

    by_source = True

    def __init__(self, sources: Iterable[tuple[int, str]]) -> None:
        self._sources: list[tuple[int, str]] = list(sources)
        self._ranks = {source: rank for rank, (source, _) in enumerate(self._sources)}

    @staticmethod
    def can_be_made(query: Query) -> bool:
        """Whether a list can be grouped: it is of several sources, and in no order of its own."""
        return query.scope in _TEXTS and not query.text

    def name(self, key: int) -> str:
        """The name of the source to whose articles such a number belongs."""
        return self._sources[-(key // _SPAN)][1]

    @staticmethod
    def moment(key: int) -> int:
        """The sort time of the article to which such a number belongs."""
        return key % _SPAN

    @staticmethod
    def end(key: int) -> int:
        """A number below those of all articles of the same source, and above those of the next."""
        return key // _SPAN * _SPAN - 1

    def key(self, source: int, moment: int, name: str = "") -> int:
        """The number of an article of a source with this sort time."""
        if source not in self._ranks:
            self._ranks[source] = len(self._sources)
            self._sources.append((source, name))
        return moment - self._ranks[source] * _SPAN

    def key_of(self, head: ArticleHead) -> int:
        """The number of an article."""
        return self.key(head.source_id, head.sort_at, head.source_title)

    def newest(
        self, store: Store, query: Query, limit: int, *, after: tuple[int, int] = BEGINNING, seconds: float
    ) -> Found:
        """The next articles behind a place: so many, or what was found in time; as `Store.newest` does it."""
        ids: list[int] = []
        keys: list[int] = []
        rank, place = 0, BEGINNING
        if after != BEGINNING:
            rank, place = -(after[0] // _SPAN), (after[0] % _SPAN, after[1])
        deadline = monotonic() + seconds
        while rank < len(self._sources):
            source, _ = self._sources[rank]
            part = Query(Scope.SOURCE, source_id=source, text=_TEXTS[query.scope])
            left = max(0.0, deadline - monotonic())
            found = store.newest(part, limit - len(ids), after=place, seconds=left)
            ids += found.listing.ids
            keys += [moment - rank * _SPAN for moment in found.listing.sort_at]
            if found.after is not None:
                place = found.after
            else:
                rank, place = rank + 1, (_SPAN - 1, BEGINNING[1])
            if len(ids) >= limit or monotonic() >= deadline:
                break
        listing = Listing(tuple(ids), tuple(keys), 0, words.BY_SOURCE)
        return Found(listing, None if rank >= len(self._sources) else (place[0] - rank * _SPAN, place[1]))

    def grouped(self, listing: Listing, heads: Sequence[ArticleHead]) -> Listing:
        """A listing of a few articles, newest first, in this order; the heads are those of its articles."""
        rows = sorted(((self.key_of(head), head.id) for head in heads), reverse=True)
        return listing._replace(
            ids=tuple(each for _, each in rows), sort_at=tuple(key for key, _ in rows), order=words.BY_SOURCE
        )


class QuietFirst(Groups):
    """The other way to group: what sources that seldom post brought of late first, then everything else by day.

    It is few articles (`Store.quiet_articles`), which are read at once; the rest is the list as ever without them.
    """

    by_source = False

    def __init__(self) -> None:
        super().__init__(())
        self._sources_first: frozenset[int] = frozenset()
        self._first: set[int] = set()

    def name(self, key: int) -> str:
        """What stands above those that come first; the others stand under their days."""
        return words.QUIET_SOURCES if key >= 0 else ""

    def key_of(self, head: ArticleHead) -> int:
        """The number of an article."""
        return head.sort_at - (head.id not in self._first) * _SPAN

    def newest(
        self, store: Store, query: Query, limit: int, *, after: tuple[int, int] = BEGINNING, seconds: float
    ) -> Found:
        """The next articles behind a place: so many, or what was found in time; as `Store.newest` does it."""
        ids: list[int] = []
        keys: list[int] = []
        place = BEGINNING
        if after == BEGINNING:
            self._sources_first = frozenset(store.quiet_sources())
            first = store.listing(query, among=store.quiet_articles())
            self._first = set(first.ids)
            ids, keys = list(first.ids), list(first.sort_at)
        else:
            place = (after[0] % _SPAN, after[1])
        found = store.newest(query, max(1, limit - len(ids)), after=place, seconds=seconds)
        rest = zip(found.listing.ids, found.listing.sort_at, strict=True)
        for article, moment in rest:
            if article not in self._first:
                ids.append(article)
                keys.append(moment - _SPAN)
        listing = Listing(tuple(ids), tuple(keys), 0, words.QUIET_FIRST)
        return Found(listing, None if found.after is None else (found.after[0] - _SPAN, found.after[1]))

    def grouped(self, listing: Listing, heads: Sequence[ArticleHead]) -> Listing:
        """A listing of a few articles, newest first, in this order; the heads are those of its articles."""
        self._first.update(head.id for head in heads if head.source_id in self._sources_first)
        return super().grouped(listing, heads)._replace(order=words.QUIET_FIRST)


def groups_of(query: Query, sources: Iterable[Source]) -> Groups | None:
    """The groups of a list: of the sources, in their order, those that can have something in it."""
    if not Groups.can_be_made(query):
        return None
    inside = (each for each in sources if query.folder in {None, each.folder})
    wanted = (each for each in inside if (each.unread if query.scope is Scope.UNREAD else each.total))
    return Groups((each.id, each.title or each.url) for each in wanted)


def quiet_first(query: Query) -> Groups | None:
    """The groups of a list in which quiet sources come first."""
    return QuietFirst() if Groups.can_be_made(query) else None
