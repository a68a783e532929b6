"""Panes that follow the library: what is listed and read, and `apply`, the only place that repaints from it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.message import Message

from newsreader.errors import LibraryError
from newsreader.model import Change, Query, Scope, Source, SourceKind
from newsreader.store import Store
from newsreader.text import host_of
from newsreader.ui import pane_widths
from newsreader.ui.article_rows import local_day
from newsreader.ui.browsing import Browsing
from newsreader.ui.folding import Wanted
from newsreader.ui.herald import Herald
from newsreader.ui.keys import Where
from newsreader.ui.list_reading import read_shelf
from newsreader.ui.panes import Panes
from newsreader.ui.reading import Reading
from newsreader.ui.signs import sign_of
from newsreader.ui.source_rows import Shelf, Sorting, View, source_rows, title_of, trouble_of
from newsreader.ui.whereabouts import KEY, Notebook, Whereabouts
from newsreader.ui.words import empty
from newsreader.ui.words import lists as words
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual.timer import Timer

    from newsreader.config import Config
    from newsreader.model import ArticleHead, Bundle
    from newsreader.ui.grouping import Groups
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.library import Library
    from newsreader.ui.pace import Draw, Drawing
    from newsreader.ui.requests import Requests
    from newsreader.ui.signs import Sign
    from newsreader.ui.source_rows import Row

_FIRST_PAINT: Final = 0.2  # seconds that the first paint waits for the lists
_POLL: Final = 0.25  # seconds between looks at what other processes changed
_BETWEEN_KEYS: Final = 0.1  # seconds between two looks at whether it is time for that
_PREVIEW: Final = 0.25  # seconds that the article cursor rests before the reader pane follows
_COUNTED_HERE: Final = (100, 0.02)  # changed articles, and seconds, that the store thread has; more are the worker's
_TALLY: Final = 0.15  # seconds after a change before the smart sources are counted anew
_KEEP: Final = 0.3  # seconds after a change before the whereabouts are written
_MINUTE: Final = 60.0
_SETTINGS: Final = 2.0  # seconds between looks at whether a file of the settings was written


class LivePanes(Panes):
    """The panes over a library and a worker, without the commands."""

    class Ready(Message):
        """The panes show what is in the library; `has_sources` is false before the person chose any."""

        def __init__(self, *, has_sources: bool) -> None:
            self.has_sources = has_sources
            super().__init__()

    def __init__(
        self, library: Library, worker: Requests, config: Config, keymap: Keymap, clock: Callable[[], float]
    ) -> None:
        super().__init__(keymap)
        self.library = library
        self.worker = worker
        self.config = config
        self.problems: tuple[str, ...] = ()
        self.catalogue: Callable[[], tuple[Bundle, ...]] = tuple
        self.clock = clock
        self.shelf = Shelf()
        self.view = View()
        self.grouped = False  # whether lists are grouped by source, where they can be
        self.all_sources: dict[int, Source] = {}
        self.folded: frozenset[str] = frozenset()
        self.opened_id: int | None = None
        self.writing_typed = asyncio.Lock()
        self._searched = ""  # what the smart source that is listed searched for
        self._held: dict[str, int] = {}
        self._rows: tuple[Row, ...] = ()
        self.notebook = Notebook(library, clock)
        self._rests: dict[str, Timer] = {}
        self._filled = asyncio.Event()
        self._seq = self._version = 0
        self._looked_at_settings = 0.0
        self.herald = Herald(self)

    # Life

    async def on_mount(self) -> None:
        """Let the lists be painted first, or empty panes where the library takes long; everything else comes after."""
        self.browsing = Browsing(self.library, self.articles, self.head, self.clock, self.keymap.key_of("let_in"))
        self.reading = Reading(self.library, self.worker, self.reader, clock=self.clock, spawn=self.spawn)
        self.reading.on_show = self.article_shown
        self.reader.measure, self.articles.compact = self.config.measure, self.config.density == "compact"
        self.articles.folds = Wanted(self.config.stories, self.config.bursts)
        self.show_keys()
        self.after_others(self._begin)
        self.articles.say(empty.OPENING)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._filled.wait(), _FIRST_PAINT)

    async def _begin(self) -> None:
        try:
            where = await self._list_first()
        finally:
            self._filled.set()
        self.call_after_refresh(self.after_others, lambda: self._settle_in(where))

    async def _list_first(self) -> Whereabouts:
        where = Whereabouts.load(await self.library.call(Store.recall, KEY))
        self.row.beside.choice = pane_widths.Choice.load(await self.library.call(Store.recall, pane_widths.KEY))
        self._seq = await self.library.call(Store.last_change)
        self._version = await self.library.call(Store.data_version)
        self.folded, self.view, self.grouped = where.folded, View(where.sorting), where.grouped
        await self.load_sources()
        if where.sorting is not Sorting.HAND:
            self.see(self.view.ranked(self.shelf))
        query = where.query or Query(Scope.UNREAD if self.shelf.counts.unread else Scope.ALL)
        if not self.shelf.has(query):
            query = Query(Scope.ALL)
        await self.list_query(query, cursor=where.cursor, keep=where.cursor)
        self.opened_id = where.opened
        if where.pane is not Where.READER or where.opened is not None:
            self.pane = where.pane
        return where

    async def _settle_in(self, where: Whereabouts) -> None:
        if where.opened is not None and where.opened == self.opened_id:
            await self.reading.show(where.opened, opened=False)
        self.herald.greet()
        if not self.config.history:
            self.spawn(self.forget_typed)
        self.set_interval(_MINUTE, self.tick)
        self.run_worker(work(self._watch_library), group="library")
        self.post_message(self.Ready(has_sources=bool(self.feeds())))

    def tick(self) -> None:
        """A minute passed: ages are others now, and after midnight what is of today."""
        before, now = self.articles.now, int(self.clock())
        for pane in (self.articles, self.reader):
            pane.set_now(now)
        self.herald.stand()
        if local_day(before) != local_day(now):
            self.spawn(self.load_sources)
        self.draw_sources()

    async def forget_typed(self) -> None:
        """Take away the commands and searches that an earlier session kept."""
        from newsreader.ui.history import forget

        async with self.writing_typed:  # what is being written now goes, too
            await asyncio.to_thread(forget, self.config.paths.history)

    async def flush(self) -> None:
        """Write where the person is, now: the program ends. Raises LibraryError."""
        await self.notebook.write()

    def remember(self) -> None:
        """Note where the person is, and write it soon."""
        here = self.browsing.query, self.articles.cursor, self.opened_id, self.pane
        self.notebook.here = Whereabouts(*here, self.folded, self.view.sorting, self.grouped)
        self.later("keep", _KEEP, lambda: self.spawn(self.flush))

    def later(self, name: str, seconds: float, action: Callable[[], object]) -> None:
        """Do something after a rest; asking again under the same name begins the rest anew."""
        timer = self._rests.pop(name, None)
        if timer is not None:
            timer.stop()
        self._rests[name] = self.set_timer(seconds, action)

    def pane_changed(self) -> None:
        """An article that is only looked at is opened by going to it, but not by a panel that comes beside it."""
        self.remember()
        shown = self.reading.article_id
        goes_there = self.pane is Where.READER and not self.has_aside
        if goes_there and shown is not None and shown != self.opened_id:
            self.after_others(lambda: self.open_article(shown))

    # The library

    async def _watch_library(self) -> None:
        while True:
            await asyncio.sleep(_BETWEEN_KEYS if self.pace.is_quick else _POLL)
            if not self.pace.may_look:
                continue
            self.pace.last_look = monotonic()
            self.pace.draw(self.herald.show_progress)
            await self.guard(self._look)
            self.herald.watch_worker()
            if self.pace.rests():  # of what long lists took, half is free by now
                await self.library.call(Store.let_go)
            if self.pace.last_look - self._looked_at_settings >= _SETTINGS:
                self._looked_at_settings = self.pace.last_look
                await self.guard(self.look_at_settings)

    async def look_at_settings(self) -> None:
        """Take over what was written in the files of the settings."""

    async def change_setting(self, name: str, value: str | int | bool) -> str:
        """Set something and keep it; what is to be known of it is said. Raises ConfigError."""
        raise NotImplementedError

    async def _look(self) -> None:
        version = await self.library.call(Store.data_version)
        if version != self._version:
            self._version = version
            change = await self.library.call(Store.changes_since, self._seq)
            # Only here: a write of our own may be numbered after one of the worker's that was not looked at yet.
            self._seq = max(self._seq, change.seq)
            await self.apply(change, self.pace.draw)
        if await self.browsing.announce(self.pace.draw):
            self.preview()

    async def apply(self, change: Change, draw: Draw | None = None) -> None:
        """Repaint what a change touched, now or when `draw` does it; nothing moves. Raises LibraryError."""
        draw = draw or self.pace.draw_now
        if change:
            if change.sources or change.everything:
                await self.load_sources(draw)
            elif change.smart:
                self.shelf = self.shelf._replace(smart=await self.library.call(Store.smart_sources))
                draw(self._set_rows())
            if change.smart:
                await self._follow_smart()
            if change.articles or change.indexed or change.everything:
                self.later("tally", _TALLY, lambda: self.spawn(self._tally))
            cursor = self.articles.cursor
            await self.browsing.apply(change, draw)
            await self.reading.apply(change, draw)
            if self.articles.cursor != cursor:
                self.preview()

    async def _follow_smart(self) -> None:
        """List anew a smart source that searches for something else now, and leave one that is gone."""
        query, smart = self.browsing.query, self.shelf.smart_source(self.browsing.query)
        if smart is None and query.scope is Scope.SMART:
            await self.list_query(Query(Scope.UNREAD))
        elif smart is not None and smart.query != self._searched:
            await self.list_query(query, cursor=self.articles.cursor)
        elif smart is not None:
            self.browsing.title = self.title_of(query)
            self.browsing.draw_head()

    async def _tally(self) -> None:
        """Let the smart sources count what changed; what must be counted as a whole the worker does."""
        if self.shelf.smart and (change := await self.library.call(Store.tally, *_COUNTED_HERE)) is not None:
            await self.apply(change, self.pace.draw)

    def write(self, call: Awaitable[Change], painted: Iterable[ArticleHead] = ()) -> None:
        """Await a write that was called; `painted` shows its outcome at once and is taken back if it fails."""
        heads = tuple(painted)
        self.pace.draw_now(lambda: self.articles.put_heads(heads))
        self.spawn(self.settle, call, frozenset(head.id for head in heads))

    async def settle(self, call: Awaitable[Change], painted: frozenset[int]) -> Change:
        """Await a write whose outcome is painted already, and take the paint back if it fails. Raises LibraryError."""
        try:
            change = await call
        except LibraryError:
            await self.apply(Change(self._seq, articles=painted))
            raise
        await self.apply(change)
        return change

    # Sources

    def feeds(self) -> tuple[Source, ...]:
        """The sources that are refreshed."""
        return tuple(source for source in self.all_sources.values() if source.kind is SourceKind.FEED)

    async def load_sources(self, draw: Draw | None = None) -> None:
        """Read sources and counts and draw them; the cursor stays. Raises LibraryError."""
        self.shelf = await self.library.call(read_shelf)
        self._held = await self.library.call(Store.held)
        self.all_sources = {source.id: source for source in self.shelf.sources}
        (draw or self.pace.draw_now)(self._set_rows())

    def draw_sources(self) -> None:
        """Draw the source list from what was read."""
        self._set_rows()()

    def _set_rows(self) -> Drawing:
        """Make the rows of the source list, and give what shows them, unless others were made meanwhile."""
        mend = self.keymap.key_of("mend")
        alone, compact = empty.no_source(self.keymap.key_of), self.articles.compact
        view = self.view._replace(listed=self.browsing.query.scope)
        rows = source_rows(self.shelf, self.folded, self.sign_of, mend, view, compact=compact, alone=alone)
        self._rows = rows

        def show() -> None:
            if rows is self._rows:
                self.sources.show_rows(rows, cursor=self.sources.cursor or self.browsing.query)

        return show

    def set_compact(self, *, compact: bool) -> None:
        """Set both lists a line to a row, or with space."""
        self.articles.set_compact(compact=compact)
        self.draw_sources()

    def see(self, view: View) -> None:
        """Look at the sources in another way."""
        self.view = view
        self.draw_sources()

    def sign_of(self, source: Source) -> Sign:
        """What the source list says of a source, now."""
        held = self._held.get(host_of(source.url)) if self._held else None
        return sign_of(source, now=int(self.clock()), held_until=held, key=self.keymap.key_of("mend"))

    def sources_in_order(self) -> tuple[int, ...]:
        """The ids of all sources as the list would show them with every folder open."""
        rows = source_rows(self.shelf, frozenset(), view=self.view)
        return tuple(row.query.source_id for row in rows if row.query and row.query.source_id is not None)

    def title_of(self, query: Query) -> str:
        """What the head of the list calls a query."""
        return title_of(query, self.shelf, self.view.tag)

    # Articles

    async def list_query(self, query: Query, *, cursor: int | None = None, keep: int | None = None) -> None:
        """List other articles, and let the source cursor follow. Raises LibraryError."""
        searching = self.search_line.has_class("-open")  # then the words stand below the title
        title = self.title_of(query._replace(text="") if searching else query)
        if self.browsing.query.scope is Scope.STORY:
            self.foot.leave()  # the way back is none elsewhere
        if not await self.browsing.show(query, title, groups=self._groups_of(query), cursor=cursor, keep=keep):
            return
        self.show_keys()  # what was selected is no more
        self.call_after_refresh(self.spawn, self._read_on)  # what is seen of it is painted before the rest is read
        smart = self.shelf.smart_source(query)
        self._searched = smart.query if smart is not None else ""
        if query.text:
            self.articles.say(empty.not_found() if self.browsing.is_whole else words.SEARCHING)
            if self.browsing.not_indexed:
                self.foot.say(words.not_indexed(self.browsing.not_indexed))
        else:
            self.say_why_empty()
            if trouble := trouble_of(query, self.shelf, self.clock(), self.keymap):
                self.foot.say(trouble, warning=True)
            if not self.sources.put_cursor(query) and query.scope in {Scope.TOP, Scope.HIDDEN}:
                self.draw_sources()  # of these there is a row only while there is something in them, or they are listed
                self.sources.put_cursor(query)
        self.remember()
        self.preview()

    def asked_for_comments(self, article_id: int, host: str) -> None:
        """A host is being asked for the comments on an article."""

    def say_why_empty(self) -> None:
        """Have the list say, where nothing is in it, why that is, and the key that leads on."""
        scope, key, has_sources = self.browsing.query.scope, self.keymap.key_of, bool(self.feeds())
        if not self.browsing.query.text:
            why = empty.why(scope, key, sources=has_sources, fetching=self.herald.fetching)
            self.articles.say(trouble_of(self.browsing.query, self.shelf, self.clock(), self.keymap) or why)

    def _groups_of(self, query: Query) -> Groups | None:
        if not self.grouped and not self.config.quiet_first:
            return None
        from newsreader.ui.grouping import groups_of, quiet_first

        in_order = (self.all_sources[each] for each in self.sources_in_order())
        return groups_of(query, in_order) if self.grouped else quiet_first(query)

    async def _read_on(self) -> None:
        await self.browsing.read_on()
        query = self.browsing.query
        if query.text and self.browsing.is_whole and not len(self.articles.rows):
            unknown = await self.library.call(Store.unknown_name, query.text)
            if query is self.browsing.query:
                self.articles.say(empty.not_found(unknown))

    def preview(self) -> None:
        """Let the reader pane follow the article cursor when it rests; that marks nothing."""
        self.later("preview", _PREVIEW, lambda: self.after_others(self._preview))

    async def _preview(self) -> None:
        cursor = self.articles.cursor
        if self.pane is Where.READER or not self.shows_reader():
            return
        if cursor is None:
            self.reading.clear(empty.NOTHING_CHOSEN)
        elif cursor != self.reading.article_id:
            await self.reading.show(cursor, opened=False)

    def article_shown(self, article_id: int) -> None:
        """Another article is in the reader pane: for the main screen to say what stands under it."""

    async def open_article(self, article_id: int) -> None:
        """Open an article in the reader pane and mark it read. Raises LibraryError."""
