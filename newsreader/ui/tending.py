"""Looking after the sources: refreshing, adding, importing, mending, and what was chosen at the first start."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from newsreader.bounds import FRESH
from newsreader.config.paths import expanded
from newsreader.errors import UsageError
from newsreader.model import Change, Query, Scope, SourceKind
from newsreader.store import Store
from newsreader.text import one_line
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.source_rows import folders_of
from newsreader.ui.words import catalogue as offered
from newsreader.ui.words import files as said
from newsreader.ui.words import news
from newsreader.ui.words import sources as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import Source, Subscription
    from newsreader.ui.dialogs.first_start import FirstChoice

_HANDBOOK_TRIES, _HANDBOOK_PAUSE = 50, 0.1  # five seconds, in a library just begun
_EXPORT = "~/newsreader.opml"


class Tending(Desk):
    """The commands that are about sources."""

    _writes_over: str | None = None  # a file that is there, and that the person was told of
    _beside: Sequence[Query] = ()  # where to go when the source whose panel is open goes

    def action_refresh(self) -> None:
        """Refresh the listed source or folder; from other lists, all sources."""
        query, ticked = self.main.browsing.query, self.main.view.ticked
        if ticked and self.main.pane is Where.SOURCES:
            ids = [source.id for source in self.main.feeds() if source.id in ticked]
        elif query.scope is Scope.SOURCE:
            ids = [source.id for source in self.main.feeds() if source.id == query.source_id]
        else:
            ids = [source.id for source in self.main.feeds() if query.folder in {None, source.folder}]
        self._start_refresh(ids)

    def take_refresh(self, name: str) -> None:
        """Refresh the source of this name."""
        from newsreader.ui.spots import meant

        spot = meant(self.main.shelf, name, Scope.SOURCE)
        if isinstance(spot, str):
            self.main.foot.say(spot, warning=True)
        else:
            self._start_refresh([source.id for source in self.main.feeds() if source.id == spot.query.source_id])

    def action_refresh_all(self) -> None:
        """Refresh all sources."""
        self._start_refresh([source.id for source in self.main.feeds()])

    async def refresh_stale(self) -> None:
        """Refresh what was not asked for a while, as the reader was opened; in quiet hours nothing."""
        now = time.localtime(self.main.clock())
        if self.main.config.is_quiet(now.tm_hour * 60 + now.tm_min):
            return
        before = int(self.main.clock()) - FRESH
        ids = [source.id for source in self.main.feeds() if (source.last_success or 0) < before and not source.paused]
        if ids:
            await self.main.worker.request("refresh", sources=ids, all=True)

    def _start_refresh(self, ids: list[int]) -> None:
        awake = [id_ for id_ in ids if self.main.all_sources[id_].paused is None]
        if ids and not awake:
            self.main.foot.say(words.all_paused(self.main.keymap.key_of("pause_source")))
            return
        ids = awake
        if ids:
            self.main.foot.say(words.refreshing(len(ids)))
            self.main.spawn(self._refresh, ids)
        elif self.main.feeds():
            self.main.foot.say(words.NOTHING_TO_REFRESH)
        else:
            self.main.foot.say(words.none_to_refresh(self.main.keymap.key_of("add")))

    async def _refresh(self, ids: list[int]) -> None:
        everything = len(ids) == sum(source.paused is None for source in self.main.feeds())
        answer = await self.main.worker.request("refresh", sources=None if everything else ids, all=True)
        if answer.get("offline"):
            return  # the notice has said it, and how old the news is
        added, failed = int(answer.get("added") or 0), int(answer.get("failed") or 0)
        said = news.refreshed(len(ids), added, failed, self.main.keymap.key_of("health"))
        told = one_line(str(answer.get("told") or ""))
        self.main.foot.say(f"{said} {told}".rstrip())

    def mend(self) -> None:
        """Open the panel of the source under the cursor; on another row, that of the next source in trouble."""
        here = self.main.sources.cursor
        source = self.main.all_sources.get(here.source_id or 0) if here is not None else None
        if source is None:
            source = self._next_in_trouble(here)
        if source is None:
            key, folder = self.main.keymap.key_of, here.folder if here is not None else None
            well = words.no_trouble_in(folder or "", key("rename_source"), key("remove_source"))
            self.main.foot.say(well if folder else words.NO_TROUBLE)
            return
        self.main.after_others(lambda: self._show_panel(source))

    def _next_in_trouble(self, here: Query | None) -> Source | None:
        """The first source of a folder, or of all, whose trouble the list shows."""
        folder = here.folder if here is not None else None
        inside = (self.main.all_sources[each] for each in self.main.sources_in_order())
        signs = [(source, self.main.sign_of(source)) for source in inside if folder in {None, source.folder}]
        loud = (source for source, sign in signs if sign.loud)
        return next(loud, None) or next((source for source, sign in signs if sign.key), None)

    async def _show_panel(self, source: Source) -> None:
        from newsreader.ui.dialogs.source import SourcePanel

        await self.main.go(Query(Scope.SOURCE, source_id=source.id), pane=Where.SOURCES)
        self._beside = self.beside()
        self.main.app.push_screen(SourcePanel(source, self.main, folders_of(self.main.shelf)), self._mended)

    def _mended(self, sentence: str | None) -> None:
        self.main.after_others(lambda: self._leave_panel(sentence))

    async def _leave_panel(self, sentence: str | None) -> None:
        if not self.main.shelf.has(self.main.browsing.query):
            near = next((each for each in self._beside if self.main.shelf.has(each)), Query(Scope.UNREAD))
            await self.main.go(near, pane=self.main.pane)
        else:
            self.main.browsing.title = self.main.title_of(self.main.browsing.query)
            self.main.browsing.draw_head()
        if sentence:
            self.main.foot.say(sentence)

    def action_add(self) -> None:
        """Add a source by its address."""
        self.take_add("")

    def take_add(self, address: str) -> None:
        """Add what an address leads to; an empty one is asked for."""
        from newsreader.ui.dialogs.add import AddScreen

        screen = AddScreen(self.main.worker, self.main.clock, folders_of(self.main.shelf), address)
        self.main.app.push_screen(
            screen, lambda source_id: self._added(source_id, screen.told(self.main.keymap.key_of))
        )

    def _added(self, source_id: int | None, sentence: str) -> None:
        if source_id is not None:
            self.main.after_others(lambda: self._show_added(source_id, sentence))

    async def _show_added(self, source_id: int, sentence: str = "") -> None:
        await self.main.apply(Change(0, sources=frozenset({source_id})))
        await self.main.go(Query(Scope.SOURCE, source_id=source_id))
        if sentence:
            self.main.foot.say(sentence)

    def action_health(self) -> None:
        """Show how all sources do, trouble first, and mend them there."""
        from newsreader.ui.dialogs.health import HealthScreen

        self.main.app.push_screen(HealthScreen(self.main), self._left_health)

    def _left_health(self, query: Query | None) -> None:
        self.main.after_others(lambda: self._leave_health(query))

    async def _leave_health(self, query: Query | None) -> None:
        if query is not None:
            await self.main.go(query)
        else:
            await self._leave_panel(None)

    def action_edited(self) -> None:
        """Show what was edited by hand in the list of the sources, to take it over or to drop it."""
        from newsreader.ui.dialogs.edited import EditedScreen

        undo = self.main.keymap.key_of("undo")
        self.main.app.push_screen(EditedScreen(self.main.worker, undo), self._left_edited)

    def _left_edited(self, sentence: str | None) -> None:
        if sentence:
            self.main.after_others(lambda: self._leave_edited(sentence))

    async def _leave_edited(self, sentence: str) -> None:
        await self.main.load_sources()
        await self._leave_panel(sentence)

    def action_export(self) -> None:
        """Ask for a file, and write the sources there as OPML."""
        from newsreader.ui.dialogs.asking import LineScreen, Paths

        seen: set[str] = set()

        def check(text: str) -> None:
            fault = _fault_of(text, known=text in seen)
            seen.add(text)
            if fault:
                raise UsageError(fault)

        screen = LineScreen(said.EXPORT, _EXPORT, hint=said.A_FILE, suggester=Paths(), check=check)
        self.main.app.push_screen(screen, self._export_asked)

    def _export_asked(self, path: str | None) -> None:
        if path:
            self._writes_over = path  # the dialog has asked
            self.take_export(path)

    def take_export(self, path: str) -> None:
        """Write the sources into this file as OPML; where its name is that of a text, the article."""
        from newsreader.ui.exporting import is_for_articles

        if is_for_articles(path):
            self.main.perform("write", path)
        elif path != self._writes_over and _fault_of(path, known=False):
            self.main.foot.say(_fault_of(path, known=False), warning=True)
            self._writes_over = path
        else:
            self._writes_over = None
            self.main.spawn(self._export, str(expanded(path).absolute()))

    async def _export(self, path: str) -> None:
        answer = await self.main.worker.request("export", path=path)
        sources, smart, bare = (int(answer.get(name) or 0) for name in ("sources", "smart", "bare"))
        self.main.foot.say(said.exported(sources, smart, bare, one_line(path)))

    def action_import_opml(self) -> None:
        """Add the sources of a file: OPML, or what newsboat keeps."""
        self._import()

    def take_import_opml(self, path: str) -> None:
        """Add the sources of this file."""
        self._import(str(expanded(path)))

    def _import(self, *paths: str) -> None:
        from newsreader.ui.dialogs.importing import ImportScreen

        self.main.app.push_screen(ImportScreen(self.main.worker, paths), self._imported)

    def _imported(self, sentence: str | None) -> None:
        if sentence:
            self.main.after_others(lambda: self._show_imported(sentence))

    async def _show_imported(self, sentence: str) -> None:
        """Say what came in, and fetch it: whatever was just imported is due."""
        await self.main.load_sources()
        self.main.foot.say(sentence)
        self.main.spawn(self.main.worker.request, "refresh", all=False)

    async def action_catalogue(self) -> None:
        """Offer the sources of the catalogue, to be searched and subscribed to."""
        from newsreader.ui.dialogs.catalogue import CatalogueScreen
        from newsreader.ui.dialogs.offers import Offers

        bundles = await asyncio.to_thread(self.main.catalogue)
        offers = Offers(bundles, (source.url for source in self.main.feeds()))
        self.main.app.push_screen(CatalogueScreen(offers), self._offered)

    def _offered(self, chosen: tuple[Subscription, ...] | None) -> None:
        if chosen is not None:
            self.main.after_others(lambda: self._subscribe(chosen))

    async def _subscribe(self, chosen: tuple[Subscription, ...]) -> None:
        if not chosen:
            self.main.foot.say(offered.NOTHING_NEW)
            return
        added = await self.main.library.call(Store.add_sources, chosen)
        await self.main.apply(Change(0, sources=frozenset(added.ids)))
        self.main.foot.say(offered.subscribed(len(added.new), self.main.keymap.key_of("undo")))
        self.main.spawn(self.main.worker.request, "refresh", sources=list(added.ids), all=True)

    async def begin_with(self, choice: FirstChoice) -> None:
        """Do what was chosen at the first start."""
        if choice.subscriptions:
            added = await self.main.library.call(Store.add_sources, choice.subscriptions)
            await self.main.apply(Change(0, sources=frozenset(added.ids)))
            await self.main.go(Query(Scope.UNREAD))
            self.main.browsing.fill()  # the handbook stands there already, and the news were asked for
            self._start_refresh(list(added.ids))
        elif choice.added is not None:
            await self._show_added(choice.added)
        elif choice.imported is not None:
            await self.main.go(Query(Scope.UNREAD))
            self.main.browsing.fill()
            await self._show_imported(choice.imported)
        elif choice.handbook:
            self.main.spawn(self._open_handbook)

    async def _open_handbook(self) -> None:
        """Open its first article; in a library just begun the worker is still putting it there."""
        for _ in range(_HANDBOOK_TRIES):
            handbook = next((each for each in self.main.all_sources.values() if each.kind is SourceKind.BUILTIN), None)
            if handbook is not None and handbook.total:
                await self.main.go(Query(Scope.SOURCE, source_id=handbook.id))
                if self.main.articles.cursor is not None:
                    await self.main.open_article(self.main.articles.cursor)
                return
            await asyncio.sleep(_HANDBOOK_PAUSE)
            await self.main.load_sources()
        self.main.foot.say(words.NO_HANDBOOK_YET)


def _fault_of(text: str, *, known: bool) -> str:
    """Why nothing can be written there, or not without being told again; "" where it can."""
    try:
        path = expanded(text)
        if not text or path.is_dir():
            return said.NO_FILE
        return said.there_already(path.name) if path.exists() and not known else ""
    except (OSError, ValueError, RuntimeError):
        return said.NO_FILE
