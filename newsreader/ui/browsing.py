"""Which articles the middle pane lists, and how that list stays still while the library moves.

What is read stays in the list, dimmed, and what is new waits outside, announced, until it is let in or the list is
left (DESIGN rule 8).
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from newsreader.bounds import JOURNAL_STEP, SEARCH_RESULTS
from newsreader.errors import LibraryError
from newsreader.model import KEPT_SCOPES, ArticleHead, Listing, Query, Scope
from newsreader.query import both
from newsreader.store import Store
from newsreader.ui.roll import Roll
from newsreader.ui.words import lists as words
from newsreader.ui.words import selecting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from newsreader.model import Change
    from newsreader.query import Snippet
    from newsreader.store.seeking import Found
    from newsreader.ui.article_list import ArticleList
    from newsreader.ui.library import Library
    from newsreader.ui.line import Line

_FIRST_HEADS: Final = 80  # around the cursor, read together with the list itself
_SEEN: Final = 16  # articles whose texts a search is looked for in before it is shown: more are seldom seen at once
_FIRST: Final = 400  # articles of a list that are read before it is shown
_FIRST_FOUND: Final = 60  # of a search, where each costs more
_STEP: Final = 20_000  # articles that are read at once after that
_STEP_TIME: Final = 0.03  # seconds for that: then others have the library
_REST: Final = 0.4  # seconds that a search rests before more than its first results are read
_SAID: Final = 0.25  # seconds between two sentences on how far a search is
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


def _read_list(store: Store, query: Query, cursor: int | None, keep: int | None) -> Beginning:
    """Read a list as far as it is seen at first: its beginning, and on to the cursor."""
    known = {
        head.id: (head.sort_at, head.id) for head in store.heads([each for each in {cursor, keep} if each is not None])
    }
    searches = bool(query.text) or query.scope is Scope.SMART
    listing, after, looked = store.newest(query, _FIRST_FOUND if searches else _FIRST)
    roll = Roll.of(listing)
    while after is not None and known.get(cursor or 0, after) < after:
        further, after, _ = store.newest(query, _STEP, after=after, seconds=_STEP_TIME)
        roll.extend(further)
    if keep in known and roll.place_of(*reversed(known[keep])) is None:
        moment, _ = known[keep]
        roll = roll.with_more(Listing((keep,), (moment,), roll.not_indexed))
    middle = roll.place_of(*reversed(known[cursor])) if cursor in known else None
    first = max(0, (middle or 0) - _FIRST_HEADS // 2)
    heads = store.heads(roll[first : (middle or 0) + _FIRST_HEADS])
    text = store.searched(query)
    seen = roll[middle or 0 : (middle or 0) + _SEEN] if text else ()
    finds = store.snippets(seen, text)
    size = store.size_of(query) if after is not None and searches else None
    shown = {each: finds.get(each) for each in seen}
    return Beginning(roll, after, tuple(heads), text, shown, store.removed(), looked, size)


def _read_gone(store: Store, query: Query, roll: Roll) -> frozenset[int]:
    """Which articles are of no source any more; what is kept stays where it is listed."""
    kept = replace(query, text="") if query.scope in KEPT_SCOPES else Query(Scope.ALL)
    gone: set[int] = set()
    for start in range(0, len(roll), _STEP):
        part = roll[start : start + _STEP]
        gone.update(set(part).difference(store.listing(kept, among=part).ids))
    return frozenset(gone)


def _read_further(store: Store, query: Query, after: tuple[int, int]) -> Found:
    return store.newest(query, _STEP, after=after, seconds=_STEP_TIME)


def _mark_list(
    store: Store, query: Query, roll: Roll, places: range, after: tuple[int, int] | None
) -> Iterator[tuple[int, Change]]:
    """Mark the articles of a list read, those at some places of a roll and what follows on it, in steps."""

    def parts() -> Iterator[tuple[int, ...]]:
        for start in range(places.start, places.stop, JOURNAL_STEP):
            yield roll[start : min(start + JOURNAL_STEP, places.stop)]
        place, count = after, places.stop
        while place is not None and count < (_bound_of(query) or count + 1):
            further, place, _ = store.newest(query, JOURNAL_STEP, after=place, seconds=_STEP_TIME)
            count += len(further.ids)
            yield further.ids

    return store.mark_many(parts(), read=True)


def _bound_of(query: Query) -> int | None:
    """How many articles a list shows at most."""
    return SEARCH_RESULTS if query.text or query.scope is Scope.SMART else None


def _next_unread(store: Store, query: Query, roll: Roll, start: int, step: int, count: int) -> int | None:
    """The first unread article of a list from a place on: downwards (step 1) or upwards (step -1).

    Of several the one of this number, or the last there is.
    """
    asked, size, last = replace(query, text=both(query.text, "is:unread")), _NEAR, None
    while 0 <= start < len(roll):
        near = roll[start : start + size] if step > 0 else roll[max(0, start - size + 1) : start + 1][::-1]
        unread = frozenset(store.listing(asked, among=near).ids)
        found = [article for article in near if article in unread][:count]
        last = found[-1] if found else last
        count -= len(found)
        if not count:
            break
        start, size = start + step * size, min(2 * size, _STEP)
    return last


class Browsing:
    """The list on the screen: its query, its articles, and the new ones that wait."""

    def __init__(self, library: Library, view: ArticleList, head: Line, clock: Callable[[], float]) -> None:
        self.query = Query(Scope.UNREAD)
        self.title = ""
        self._library = library
        self._view = view
        self._head = head
        self._clock = clock
        self._waiting: Listing | None = None
        self._loads = 0
        self._after: tuple[int, int] | None = None  # where to read on, if there is more
        self._whole = asyncio.Event()
        self._filling = False
        self._added: set[int] = set()
        self._counted: frozenset[int] = frozenset()
        self._next_count = 0.0
        self._removed: frozenset[int] = frozenset()
        self._looked = 0
        self._size: int | None = None
        self._next_said = 0.0

    @property
    def waiting(self) -> int:
        """How many new articles wait to be let in."""
        return len(self._waiting.ids) if self._waiting else 0

    @property
    def ids(self) -> tuple[int, ...]:
        """The articles of the list, newest first; of a long one those that were read so far."""
        return self._view.roll[:]

    @property
    def not_indexed(self) -> int:
        """How many articles a search finds by their titles only, for now."""
        return self._view.roll.not_indexed

    async def show(self, query: Query, title: str, *, cursor: int | None = None, keep: int | None = None) -> bool:
        """List a query, with the cursor on an article; `keep` stays in the list even if it no longer belongs there.

        Returns False when another list was asked for in the meantime. Raises LibraryError.
        """
        self.give_up()
        load = self._loads
        try:
            beginning = await self._library.look(_read_list, query, cursor, keep)
        except LibraryError:
            if load != self._loads:
                return False
            raise
        if load != self._loads:
            return False
        self._after, self._whole, self._removed = beginning.after, asyncio.Event(), beginning.removed
        self._looked, self._size, self._next_said = beginning.looked, beginning.size, monotonic() + _SAID
        self.query, self.title = query, title
        self._waiting = None
        self._added.clear()
        self._counted = frozenset()
        self._filling = not len(beginning.roll)
        one_source = query.scope is Scope.SOURCE
        self._view.find(beginning.text, beginning.finds)
        now = int(self._clock())
        self._view.show_roll(beginning.roll, beginning.heads, now, one_source=one_source, cursor=cursor)
        self.draw_head()
        return True

    def give_up(self) -> None:
        """Read no more of the list: another is wanted. It is for who calls this to show one."""
        self._loads += 1
        self._after = None
        self._whole.set()
        self._library.give_up()

    async def read_on(self) -> None:
        """Read the rest of a long list, in steps between which others have the library. Raises LibraryError.

        It grows below what is on the screen: nothing moves. Of a search only the newest results are read on.
        """
        load, view = self._loads, self._view
        bound = _bound_of(self.query)
        if bound is not None and len(view.roll) >= _FIRST_FOUND:
            await asyncio.sleep(_REST)
        try:
            while load == self._loads and self._after is not None and (bound is None or len(view.roll) < bound):
                further = await self._library.look(_read_further, self.query, self._after)
                if load == self._loads:
                    self._after = further.after
                    view.extend(further.listing)
                    self._say_how_far(further.looked)
        except LibraryError:
            if load == self._loads:
                raise
        finally:
            if load == self._loads:
                self._after = None
                self._whole.set()
                view.show_extended()
                self.draw_head()

    def _say_how_far(self, looked: int) -> None:
        """Say now and then how much of the library a search has looked through."""
        self._looked += looked
        if self._size is not None and monotonic() >= self._next_said:
            self._next_said = monotonic() + _SAID
            self.draw_head()
            if not len(self._view.roll):
                self._view.say(
                    words.looked_through(min(self._looked, self._size), self._size, esc=bool(self.query.text))
                )

    @property
    def is_whole(self) -> bool:
        """Whether all of the list was read."""
        return self._after is None

    async def whole(self) -> None:
        """Wait until all of the list was read."""
        while self._after is not None:
            await self._whole.wait()

    def mark_read(self, first: int = 0, last: int | None = None) -> AsyncIterator[tuple[int, Change]]:
        """Mark all of the list as it is now read, in steps: gives how many it were so far, and what changed last.

        Or from the `first` place on, or up to the `last`, without it. What of a long list was not read yet is read for
        it, also when another list is shown by then.
        """
        roll = self._view.roll
        places = range(first, len(roll) if last is None else last)
        return self._library.steps(_mark_list, self.query, roll, places, self._after if last is None else None)

    async def let_in(self) -> int:
        """Let the waiting articles into the list; what is on the screen stays on its line. Returns how many came."""
        waiting, self._waiting = self._waiting, None
        if not waiting:
            return 0
        roll = self._view.roll.with_more(waiting)
        heads = await self._library.call(Store.heads, waiting.ids[:_FIRST_HEADS])
        self._view.show_roll(
            roll,
            heads,
            int(self._clock()),
            one_source=self.query.scope is Scope.SOURCE,
            cursor=None if self._filling else self._view.cursor,
            keep_place=not self._filling,
        )
        self.draw_head()
        return len(waiting.ids)

    def fill(self) -> None:
        """Let in by itself what arrives from now on, until the person does something in the list."""
        self._filling = True

    def touch(self) -> None:
        """The person did something in the list: from now on nothing moves. A list that began empty fills until then."""
        self._filling = False

    async def apply(self, change: Change) -> None:
        """Draw what changed in the list, in place, and keep in mind what was added outside it."""
        known = self._view.known_ids()
        wanted = known if change.everything else known & change.articles
        if wanted:
            self._view.put_heads(await self._library.call(Store.heads, tuple(wanted)))
        self._added |= change.added
        if change.sources or change.everything:
            await self._drop_removed()

    async def _drop_removed(self) -> None:
        """Take out what is of a source that was removed since: a person did that, no refresh."""
        load, before = self._loads, self._removed
        removed = await self._library.call(Store.removed)
        gone = await self._library.call(_read_gone, self.query, self._view.roll) if removed - before else frozenset()
        if load != self._loads:
            return  # another list was read meanwhile
        self._removed = removed
        if removed - before:
            self._counted = frozenset()  # of what waits some is gone too
        if gone and self.query.scope is not Scope.SOURCE:  # that list is left by who removes its source
            self._view.drop(gone)
            self.draw_head()

    async def announce(self) -> bool:
        """Count what was added outside the list; called again and again. Says whether a list that was empty filled.

        What was added may be much, so it looks only when something was, and seldom where that takes long: a twentieth
        of the time at most. Raises LibraryError.
        """
        if self._added <= self._counted or monotonic() < self._next_count:
            return False
        began, load = monotonic(), self._loads
        added = frozenset(self._added)
        new = self._not_here(await self._library.call(Store.listing, self.query, among=added))
        self._next_count = monotonic() + 20 * (monotonic() - began)
        if load == self._loads:
            self._counted = added
            self._waiting = new if new.ids else None
            filled = self._filling and await self.let_in() > 0
            self.draw_head()
            return filled
        return False

    async def next_unread(self, step: int, count: int = 1, *, from_edge: bool = False) -> int | None:
        """The nearest unread article of this list below the cursor (step 1) or above it (step -1).

        With a count the one of that number, or the last there is.
        `from_edge` looks from the first article (step 1) or the last one instead. Raises LibraryError.
        """
        roll, here = self._view.roll, None if from_edge else self._view.cursor_place
        start = (here if here is not None else -1) + 1 if step > 0 else (here if here is not None else len(roll)) - 1
        found = await self._library.call(_next_unread, self.query, roll, start, step, count)
        if found is None and self._after is not None and step > 0:
            start = len(roll)
            await self.whole()
            found = await self._library.call(_next_unread, self.query, self._view.roll, start, step, count)
        return found

    def _not_here(self, listing: Listing) -> Listing:
        """What of a listing the list does not have yet."""
        pairs = zip(listing.ids, listing.sort_at, strict=True)
        new = [(article, moment) for article, moment in pairs if not self._view.roll.has(article, moment)]
        return replace(listing, ids=tuple(each for each, _ in new), sort_at=tuple(moment for _, moment in new))

    def draw_head(self) -> None:
        """Write the line above the list: what is listed, and what waits."""
        left = Content.styled(self.title, "bold $page-strong")
        waiting = self.waiting
        if waiting:
            right = Content.styled(f"{waiting:,} new ↑ press ; to let them in", "$accent")
        elif self.query.text:
            share = self._looked / self._size if self._size and self._after is not None else None
            so_far = bool(self.not_indexed) or self._after is not None
            right = Content.styled(words.results(len(self._view.roll), so_far=so_far, share=share), "$page-dim")
        else:
            right = Content.styled(self._view.roll.order if len(self._view.roll) else "", "$page-dim")
        selected = len(self._view.selected)
        if selected:
            count = Content.styled(selecting.selected(selected), "bold $accent")
            right = Content(" · ").join([count, right]) if right.plain else count
        self._head.put(left, right)
