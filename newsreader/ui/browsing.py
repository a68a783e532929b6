"""Which articles the middle pane lists, and how that list stays still while the library moves.

What is read stays in the list, dimmed, and what is new waits outside, announced, until it is let in or the list is
left (DESIGN rule 8).
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.content import Content

from newsreader.model import KEPT_SCOPES, ArticleHead, Listing, Query, Scope
from newsreader.query import both
from newsreader.store import Store
from newsreader.text import count_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.model import Change
    from newsreader.ui.article_list import ArticleList
    from newsreader.ui.library import Library
    from newsreader.ui.line import Line

_FIRST_HEADS: Final = 80  # around the cursor, read together with the list itself


def merge_listings(one: Listing, other: Listing) -> Listing:
    """Both lists as one, in the order of the library: (sort_at, id) falling."""
    pairs = dict(zip(one.ids, one.sort_at, strict=True)) | dict(zip(other.ids, other.sort_at, strict=True))
    order = sorted(((moment, article) for article, moment in pairs.items()), reverse=True)
    return replace(other, ids=tuple(article for _, article in order), sort_at=tuple(moment for moment, _ in order))


def _read_list(store: Store, query: Query, cursor: int | None, keep: int | None) -> tuple[Listing, list[ArticleHead]]:
    listing = store.listing(query)
    if keep is not None and keep not in listing.ids:
        kept = store.heads((keep,))
        listing = merge_listings(
            Listing(tuple(head.id for head in kept), tuple(head.sort_at for head in kept)), listing
        )
    middle = listing.ids.index(cursor) if cursor in listing.ids else 0
    around = listing.ids[max(0, middle - _FIRST_HEADS // 2) : middle + _FIRST_HEADS]
    return listing, list(store.heads(around))


def _read_gone(store: Store, query: Query, ids: tuple[int, ...]) -> frozenset[int]:
    """Which articles are of no source any more; what is kept stays where it is listed."""
    kept = replace(query, text="") if query.scope in KEPT_SCOPES else Query(Scope.ALL)
    return frozenset(ids).difference(store.listing(kept, among=ids).ids)


def _read_new(store: Store, query: Query, added: frozenset[int], here: tuple[int, ...]) -> Listing:
    return store.listing(query, among=added.difference(here))


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
        self._filling = False
        self._added: set[int] = set()
        self._counted: frozenset[int] = frozenset()
        self._next_count = 0.0
        self._removed: frozenset[int] = frozenset()

    @property
    def waiting(self) -> int:
        """How many new articles wait to be let in."""
        return len(self._waiting.ids) if self._waiting else 0

    @property
    def ids(self) -> tuple[int, ...]:
        """The articles of the list, newest first."""
        return self._view.listing.ids

    @property
    def not_indexed(self) -> int:
        """How many articles a search finds by their titles only, for now."""
        return self._view.listing.not_indexed

    async def show(self, query: Query, title: str, *, cursor: int | None = None, keep: int | None = None) -> bool:
        """List a query, with the cursor on an article; `keep` stays in the list even if it no longer belongs there.

        Returns False when another list was asked for in the meantime. Raises LibraryError.
        """
        self._loads += 1
        load = self._loads
        listing, heads = await self._library.call(_read_list, query, cursor, keep)
        if load != self._loads:
            return False
        self.query, self.title = query, title
        self._waiting = None
        self._added.clear()
        self._counted = frozenset()
        self._filling = not listing.ids
        one_source = query.scope is Scope.SOURCE
        self._view.find(query.text)
        self._view.show_listing(listing, heads, int(self._clock()), one_source=one_source, cursor=cursor)
        self.draw_head()
        return True

    async def let_in(self) -> int:
        """Let the waiting articles into the list; what is on the screen stays on its line. Returns how many came."""
        waiting, self._waiting = self._waiting, None
        if not waiting:
            return 0
        listing = merge_listings(self._view.listing, waiting)
        heads = await self._library.call(Store.heads, waiting.ids[:_FIRST_HEADS])
        self._view.show_listing(
            listing,
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
        gone = await self._library.call(_read_gone, self.query, self.ids) if removed - before else frozenset()
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

        It reads the whole list from the library, so it looks only when something was added, and in a large library
        seldom: a twentieth of the time at most. Raises LibraryError.
        """
        if self._added <= self._counted or monotonic() < self._next_count:
            return False
        began, load = monotonic(), self._loads
        added = frozenset(self._added)
        new = await self._library.call(_read_new, self.query, added, self.ids)
        self._next_count = monotonic() + 20 * (monotonic() - began)
        if load == self._loads:
            self._counted = added
            self._waiting = new if new.ids else None
            filled = self._filling and await self.let_in() > 0
            self.draw_head()
            return filled
        return False

    async def next_unread(self, step: int, *, from_edge: bool = False) -> int | None:
        """The nearest unread article of this list below the cursor (step 1) or above it (step -1).

        `from_edge` looks from the first article (step 1) or the last one instead. Raises LibraryError.
        """
        words = both(self.query.text, "is:unread")
        listing = await self._library.call(Store.listing, replace(self.query, text=words))
        unread = frozenset(listing.ids)
        ids = self.ids if step > 0 else self.ids[::-1]
        cursor = self._view.cursor
        start = 0 if from_edge or cursor is None or cursor not in ids else ids.index(cursor) + 1
        return next((article for article in ids[start:] if article in unread), None)

    def draw_head(self) -> None:
        """Write the line above the list: what is listed, and what waits."""
        left = Content.styled(self.title, "bold $page-strong")
        waiting = self.waiting
        if waiting:
            right = Content.styled(f"{waiting:,} new ↑ press ; to let them in", "$accent")
        elif self.query.text:
            so_far = " so far" if self.not_indexed else ""
            right = Content.styled(f"{count_of(len(self.ids), 'result')}{so_far}", "$page-dim")
        else:
            right = Content.styled(self._view.listing.order if self.ids else "", "$page-dim")
        self._head.put(left, right)
