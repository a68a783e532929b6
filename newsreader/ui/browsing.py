"""Which articles the middle pane lists, and how that list stays still while the library moves.

What is read stays in the list, dimmed, and what is new waits outside, announced, until it is let in or the list is
left (DESIGN rule 8).
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.content import Content

from newsreader.bounds import FOLDED_MOST
from newsreader.errors import LibraryError
from newsreader.model import Listing, Query, Scope
from newsreader.store import Store
from newsreader.ui.folding import NOTHING_KNOWN
from newsreader.ui.list_reading import (
    FIRST_FOUND,
    FIRST_HEADS,
    bound_of,
    mark_list,
    next_unread,
    read_added,
    read_further,
    read_gone,
    read_known,
    read_list,
)
from newsreader.ui.words import lists as words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from newsreader.model import Change
    from newsreader.ui.article_list import ArticleList
    from newsreader.ui.folding import Wanted
    from newsreader.ui.grouping import Groups
    from newsreader.ui.library import Library
    from newsreader.ui.line import Line
    from newsreader.ui.pace import Draw

_REST: Final = 0.4  # seconds that a search rests before more than its first results are read
_SAID: Final = 0.25  # seconds between two sentences on how far a search is


class Browsing:
    """The list on the screen: its query, its articles, and the new ones that wait."""

    def __init__(
        self, library: Library, view: ArticleList, head: Line, clock: Callable[[], float], key: str = ";"
    ) -> None:
        self.query = Query(Scope.UNREAD)
        self.title = ""
        self._library = library
        self._view = view
        self._head = head
        self._clock = clock
        self._key = key  # that lets in what waits
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

    async def show(
        self,
        query: Query,
        title: str,
        *,
        groups: Groups | None = None,
        cursor: int | None = None,
        keep: int | None = None,
    ) -> bool:
        """List a query, with the cursor on an article; `keep` stays in the list even if it no longer belongs there.

        With `groups` it is grouped by source, else the newest of all comes first.

        Returns False when another list was asked for in the meantime. Raises LibraryError.
        """
        self.give_up()
        load = self._loads
        try:
            wanted = self._wanted_of(query)
            beginning = await self._library.look(read_list, query, groups, cursor, keep, wanted)
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
        self._view.find(beginning.text, beginning.finds)
        one_source = query.scope is Scope.SOURCE or (groups is not None and groups.by_source)
        now = int(self._clock())
        roll, heads = beginning.roll, beginning.heads
        self._view.show_roll(roll, heads, now, one_source=one_source, cursor=cursor, known=beginning.known)
        self.draw_head()
        return True

    def _wanted_of(self, query: Query) -> Wanted | None:
        """What is to be folded in a list, None where nothing is."""
        return self._view.folds if self._view.folds.of(query) else None

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
        bound = bound_of(self.query)
        if bound is not None and len(view.roll) >= FIRST_FOUND:
            await asyncio.sleep(_REST)
        try:
            while load == self._loads and self._after is not None and (bound is None or len(view.roll) < bound):
                wanted = self._wanted_of(self.query) if len(view.roll) < FOLDED_MOST else None
                groups = view.roll.groups
                further, known = await self._library.look(read_further, self.query, groups, self._after, wanted)
                if load == self._loads:
                    self._after = further.after
                    view.extend(further.listing, known)
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
        return self._library.steps(mark_list, self.query, roll, places, self._after if last is None else None)

    async def let_in(self) -> int:
        """Let the waiting articles into the list; what is on the screen stays on its line. Returns how many came."""
        waiting, self._waiting = self._waiting, None
        if not waiting:
            return 0
        roll = self._view.roll.with_more(waiting)
        heads = await self._library.call(Store.heads, waiting.ids[:FIRST_HEADS])
        wanted = self._wanted_of(self.query)
        known = await self._library.call(read_known, wanted, waiting.ids) if wanted is not None else NOTHING_KNOWN
        self._view.show_roll(
            roll,
            heads,
            int(self._clock()),
            one_source=self._names_no_source,
            cursor=None if self._filling else self._view.cursor,
            keep_place=not self._filling,
            known=known,
        )
        self.draw_head()
        return len(waiting.ids)

    @property
    def _names_no_source(self) -> bool:
        """Whether its rows need not name their source: it stands above them, or they are all of one."""
        return self.query.scope is Scope.SOURCE or self.grouped

    @property
    def grouped(self) -> bool:
        """Whether the list is grouped by source."""
        groups = self._view.roll.groups
        return groups is not None and groups.by_source

    def fill(self) -> None:
        """Let in by itself what arrives from now on, until the person does something in the list."""
        self._filling = True

    def touch(self) -> None:
        """The person did something in the list: from now on nothing moves. A list that began empty fills until then."""
        self._filling = False

    async def apply(self, change: Change, draw: Draw) -> None:
        """Draw what changed in the list, in place, and keep in mind what was added outside it."""
        known = self._view.known_ids()
        wanted = known if change.everything else known & change.articles
        if wanted:
            heads = await self._library.call(Store.heads, tuple(wanted))
            draw(lambda: self._view.put_heads(heads))
        self._added |= change.added
        if (change.sources or change.everything) and await self._drop_removed():
            heads = await self._library.call(Store.heads, tuple(self._view.known_ids()))
            draw(lambda: self._view.put_heads(heads))  # the stories of what stays are of other sources now

    async def _drop_removed(self) -> bool:
        """Take out what is of a source that was removed since: a person did that, no refresh.

        Says whether one was removed, or came back.
        """
        load, before = self._loads, self._removed
        removed = await self._library.call(Store.removed)
        gone = await self._library.call(read_gone, self.query, self._view.roll) if removed - before else frozenset()
        if load != self._loads:
            return False  # another list was read meanwhile
        self._removed = removed
        if removed - before:
            self._counted = frozenset()  # of what waits some is gone too
        if gone and self.query.scope is not Scope.SOURCE:  # that list is left by who removes its source
            self._view.drop(gone)
            self.draw_head()
        return removed != before

    async def announce(self, draw: Draw) -> bool:
        """Count what was added outside the list; called again and again. Says whether a list that was empty filled.

        What was added may be much, so it looks only when something was, and seldom where that takes long: a twentieth
        of the time at most. Raises LibraryError.
        """
        if self._added <= self._counted or monotonic() < self._next_count:
            return False
        began, load = monotonic(), self._loads
        added = frozenset(self._added)
        groups = self._view.roll.groups
        new = self._not_here(await self._library.call(read_added, self.query, groups, added))
        self._next_count = monotonic() + 20 * (monotonic() - began)
        if load == self._loads:
            self._counted = added
            self._waiting = new if new.ids else None
            filled = self._filling and await self.let_in() > 0
            draw(self.draw_head)
            return filled
        return False

    async def next_unread(
        self, step: int, count: int = 1, *, from_edge: bool = False, folded: bool = False, waiting: bool = False
    ) -> int | None:
        """The nearest unread article of this list below the cursor (step 1) or above it (step -1).

        With a count the one of that number, or the last there is.
        `from_edge` looks from the first article (step 1) or the last one instead; `folded` also looks at what is
        folded away, and `waiting` at what is not let in yet. Raises LibraryError.
        """
        roll, here = self._view.roll, None if from_edge else self._view.cursor_place
        start = (here if here is not None else -1) + 1 if step > 0 else (here if here is not None else len(roll)) - 1
        if waiting and self._waiting is not None:
            roll = roll.with_more(self._waiting)
        but = frozenset[int]() if folded else self._view.folding.hidden()
        found = await self._library.call(next_unread, self.query, roll, start, step, count, but)
        if found is None and self._after is not None and step > 0:
            start = len(roll)
            await self.whole()
            but = frozenset() if folded else self._view.folding.hidden()
            found = await self._library.call(next_unread, self.query, self._view.roll, start, step, count, but)
        return found

    def _not_here(self, listing: Listing) -> Listing:
        """What of a listing the list does not have yet; in an order of its own its place may be another by now."""
        pairs = zip(listing.ids, listing.sort_at, strict=True)
        roll = self._view.roll
        here = (
            roll.has
            if roll.by_day or roll.groups is not None
            else lambda article, _: roll.place_of(article) is not None
        )
        new = [(article, moment) for article, moment in pairs if not here(article, moment)]
        return listing._replace(ids=tuple(each for each, _ in new), sort_at=tuple(moment for _, moment in new))

    def draw_head(self) -> None:
        """Write the line above the list: what is listed, and what waits."""
        left = Content.styled(self.title, "bold $page-strong")
        waiting = self.waiting
        if waiting:
            right = Content.styled(words.waiting(waiting, self._key), "$accent")
        elif self.query.text:
            share = self._looked / self._size if self._size and self._after is not None else None
            so_far = bool(self.not_indexed) or self._after is not None
            right = Content.styled(words.results(len(self._view.roll), so_far=so_far, share=share), "$page-dim")
        else:
            right = Content.styled(self._view.roll.order if len(self._view.roll) else "", "$page-dim")
        selected = len(self._view.selected)
        if selected:
            from newsreader.ui.words import selecting

            count = Content.styled(selecting.selected(selected), "bold $accent")
            right = Content(" · ").join([count, right]) if right.plain else count
        self._head.put(left, right)
