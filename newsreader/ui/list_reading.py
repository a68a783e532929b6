"""How lists are read from the library, a part at a time: what Browsing asks the store thread for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import FOLDED_MOST, JOURNAL_STEP, SEARCH_RESULTS, SEARCH_TIME
from newsreader.model import KEPT_SCOPES, Listing, Query, Scope
from newsreader.query import both
from newsreader.store.seeking import BEGINNING
from newsreader.ui.folding import NOTHING_KNOWN, Known
from newsreader.ui.roll import Roll
from newsreader.ui.source_rows import Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from newsreader.model import ArticleHead, Change
    from newsreader.query import Snippet
    from newsreader.store import Store
    from newsreader.store.seeking import Found
    from newsreader.ui.folding import Wanted
    from newsreader.ui.grouping import Groups

FIRST_HEADS: Final = 80  # around the cursor, read together with the list itself
_SEEN: Final = 16  # articles whose texts a search is looked for in before it is shown: more are seldom seen at once
_FIRST: Final = 400  # articles of a list that are read before it is shown
FIRST_FOUND: Final = 60  # of a search, where each costs more
_ENOUGH: Final = 20  # of it for a beginning, where more take longer
_STEP: Final = 20_000  # articles that are read at once after that
_STEP_TIME: Final = 0.03  # seconds for that: then others have the library
_NEAR: Final = 200  # articles of a list that are looked at first for an unread one


class Beginning(NamedTuple):
    """The first part of a list: `after` is the sort time and id to go on from, None where the list is whole.

    The heads are those around the cursor. `text` is what is searched for, `finds` where it stands in the texts of the
    first that will be seen. Of the `removed` sources there is nothing in it. A search that is not through has `looked`
    through so many articles of `size`, where that is known.
    """

    roll: Roll
    after: tuple[int, int] | None
    heads: tuple[ArticleHead, ...]
    text: str
    finds: dict[int, Snippet | None]
    removed: frozenset[int]
    looked: int
    size: int | None
    known: Known


def newest(
    store: Store,
    query: Query,
    groups: Groups | None,
    limit: int,
    after: tuple[int, int] = BEGINNING,
    seconds: float = SEARCH_TIME,
    enough: int | None = None,
) -> Found:
    """The next part of a list, in the order that it has."""
    if groups is not None:
        return groups.newest(store, query, limit, after=after, seconds=seconds)
    return store.newest(query, limit, enough=enough, after=after, seconds=seconds)


def read_known(store: Store, wanted: Wanted, ids: Sequence[int]) -> Known:
    """Read what folds the newest articles of a list."""
    origins = store.origins(ids[:FOLDED_MOST])
    stories = {origin.story for origin in origins.values() if origin.story is not None} if wanted.stories else ()
    return Known(origins, store.first_tellers(stories) if stories else {})


def read_list(
    store: Store, query: Query, groups: Groups | None, cursor: int | None, keep: int | None, wanted: Wanted | None
) -> Beginning:
    """Read a list as far as it is seen at first: its beginning, and on to the cursor; what is `wanted` of it folds."""
    searches = bool(query.text) or query.scope is Scope.SMART
    listing, after, looked = (
        newest(store, query, groups, FIRST_FOUND, enough=_ENOUGH) if searches else newest(store, query, groups, _FIRST)
    )
    roll = Roll.of(listing, groups)
    there = store.heads([each for each in {cursor, keep} if each is not None])
    known = {head.id: (roll.moment_of(head), head.id) for head in there}
    while after is not None and known.get(cursor or 0, after) < after:
        further, after, _ = newest(store, query, groups, _STEP, after, _STEP_TIME)
        roll.extend(further)
    if keep in known and roll.place_of(*reversed(known[keep])) is None:
        moment, _ = known[keep]
        roll = roll.with_more(Listing((keep,), (moment,), roll.not_indexed))
    middle = roll.place_of(*reversed(known[cursor])) if cursor in known else None
    first = max(0, (middle or 0) - FIRST_HEADS // 2)
    heads = store.heads(roll[first : (middle or 0) + FIRST_HEADS])
    text = store.searched(query)
    seen = roll[middle or 0 : (middle or 0) + _SEEN] if text else ()
    finds = store.snippets(seen, text)
    size = store.size_of(query) if after is not None and searches else None
    shown = {each: finds.get(each) for each in seen}
    folds = read_known(store, wanted, roll[:FOLDED_MOST]) if wanted is not None else NOTHING_KNOWN
    return Beginning(roll, after, tuple(heads), text, shown, store.removed(), looked, size, folds)


def read_gone(store: Store, query: Query, roll: Roll) -> frozenset[int]:
    """Which articles are of no source any more; what is kept stays where it is listed."""
    kept = query._replace(text="") if query.scope in KEPT_SCOPES else Query(Scope.ALL)
    gone: set[int] = set()
    for start in range(0, len(roll), _STEP):
        part = roll[start : start + _STEP]
        gone.update(set(part).difference(store.listing(kept, among=part).ids))
    return frozenset(gone)


def read_further(
    store: Store, query: Query, groups: Groups | None, after: tuple[int, int], wanted: Wanted | None
) -> tuple[Found, Known]:
    """Read the next part of a long list, and what is `wanted` of it to fold it."""
    found = newest(store, query, groups, _STEP, after, _STEP_TIME)
    return found, read_known(store, wanted, found.listing.ids) if wanted is not None else NOTHING_KNOWN


def read_added(store: Store, query: Query, groups: Groups | None, added: frozenset[int]) -> Listing:
    """What of some articles belongs to a list, in its order."""
    listing = store.listing(query, among=added)
    return listing if groups is None else groups.grouped(listing, store.heads(listing.ids))


def mark_list(
    store: Store, query: Query, roll: Roll, places: range, after: tuple[int, int] | None
) -> Iterator[tuple[int, Change]]:
    """Mark the articles of a list read, those at some places of a roll and what follows on it, in steps."""

    def parts() -> Iterator[tuple[int, ...]]:
        for start in range(places.start, places.stop, JOURNAL_STEP):
            yield roll[start : min(start + JOURNAL_STEP, places.stop)]
        place, count = after, places.stop
        while place is not None and count < (bound_of(query) or count + 1):
            further, place, _ = newest(store, query, roll.groups, JOURNAL_STEP, place, _STEP_TIME)
            count += len(further.ids)
            yield further.ids

    return store.mark_many(parts(), read=True)


def bound_of(query: Query) -> int | None:
    """How many articles a list shows at most."""
    return SEARCH_RESULTS if query.text or query.scope is Scope.SMART else None


def next_unread(
    store: Store, query: Query, roll: Roll, start: int, step: int, count: int, but: Collection[int] = ()
) -> int | None:
    """The first unread article of a list from a place on: downwards (step 1) or upwards (step -1).

    Of several the one of this number, or the last there is. Some are passed over: those that are folded away.
    """
    asked, size, last = query._replace(text=both(query.text, "is:unread")), _NEAR, None
    while 0 <= start < len(roll):
        near = roll[start : start + size] if step > 0 else roll[max(0, start - size + 1) : start + 1][::-1]
        unread = frozenset(store.listing(asked, among=near).ids)
        found = [article for article in near if article in unread and article not in but][:count]
        last = found[-1] if found else last
        count -= len(found)
        if not count:
            break
        start, size = start + step * size, min(2 * size, _STEP)
    return last


def read_shelf(store: Store) -> Shelf:
    """Read all that the source list shows."""
    return Shelf(store.counts(), store.sources(), store.smart_sources(), store.tags())
