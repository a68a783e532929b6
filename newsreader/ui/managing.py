"""Arranging the source list: names, folders, order, tags, pauses, removing; several sources at once by ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Query, Scope, SourceKind
from newsreader.store import Store
from newsreader.store.arranging import tags_in
from newsreader.text import one_line, truncate
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.source_rows import Sorting, folders_of, tag_query
from newsreader.ui.words import managing as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from newsreader.model import Change, Source

_SHOWN: Final = 40  # cells of a name in a sentence
_NOWHERE: Final = "\0"  # no folder is called so


class Managing(Desk):
    """The commands that change where a source stands and what it is called."""

    # What a command is about

    def _row(self) -> Query:
        return self.main.sources.cursor or self.main.browsing.query

    def _targets(self) -> list[Source]:
        """The ticked sources; without any, those of the row under the cursor: a folder's are all in it."""
        everything, row = self.main.all_sources, self._row()
        if self.main.view.ticked:
            return [everything[id_] for id_ in self.main.sources_in_order() if id_ in self.main.view.ticked]
        if row.scope is Scope.SOURCE and row.source_id in everything:
            return [everything[row.source_id]]
        if row.scope is Scope.FOLDER:
            return [source for source in self.main.feeds() if source.folder == row.folder]
        tag = self.main.view.tag
        if tag is not None and row == tag_query(tag):
            return [everything[id_] for id_ in self.main.sources_in_order()]
        return []

    def _feeds(self) -> list[Source]:
        """The targets; where there are none it is said that there is nothing to arrange here."""
        feeds = [source for source in self._targets() if source.kind is SourceKind.FEED]
        if not feeds:
            self.main.foot.say(words.NOTHING_TO_ARRANGE)
        return feeds

    def _on_folder(self) -> str | None:
        """The folder under the cursor, where a command is about it as a whole."""
        row = self._row()
        return row.folder if row.scope is Scope.FOLDER and not self.main.view.ticked else None

    def _name(self, sources: list[Source]) -> str:
        folder = self._on_folder()
        if folder is not None:
            return truncate(folder, _SHOWN)
        return words.of_what(tuple(truncate(source.title, _SHOWN) for source in sources))

    @property
    def _undo(self) -> str:
        return self.main.keymap.key_of("undo")

    def _do(self, call: Awaitable[Change], said: str, *, go: Query | None = None) -> None:
        self.main.after_others(lambda: self._settle(call, said, go))

    async def _settle(self, call: Awaitable[Change], said: str, go: Query | None) -> None:
        """Show a change, and go to the row that it is about now."""
        here = self._row()
        neighbours = self.beside()
        change = await call
        await self.main.apply(change)
        place = go or here
        if not self.main.shelf.has(place):
            place = next((each for each in neighbours if self.main.shelf.has(each)), Query(Scope.UNREAD))
        await self.main.go(place, pane=self.main.pane)
        self.main.browsing.title = self.main.title_of(self.main.browsing.query)
        self.main.browsing.draw_head()
        if said:
            self.main.foot.say(said if change else words.FIRST_ALREADY)

    # Names

    def action_rename_source(self) -> None:
        """Call the source, folder or smart source under the cursor otherwise."""
        row, folder, smart = self._row(), self._on_folder(), self.main.shelf.smart_source(self._row())
        source = self.main.all_sources.get(row.source_id or 0)
        if folder is not None:
            self._ask_name(folder, lambda name: self._rename_folder(folder, name), hint="")
        elif smart is not None:
            self._ask_name(smart.title, lambda name: self._rename_smart(smart.id, name), hint="")
        elif source is not None:
            self._ask_name(source.title, lambda name: self._rename(source, name))
        else:
            self.main.foot.say(words.NOTHING_TO_ARRANGE)

    def take_rename_source(self, name: str) -> None:
        """Call it so."""
        row, folder, smart = self._row(), self._on_folder(), self.main.shelf.smart_source(self._row())
        source = self.main.all_sources.get(row.source_id or 0)
        if folder is not None:
            self._rename_folder(folder, name)
        elif smart is not None:
            self._rename_smart(smart.id, name)
        elif source is not None:
            self._rename(source, name)
        else:
            self.main.foot.say(words.NOTHING_TO_ARRANGE)

    def _ask_name(self, name: str, then: Callable[[str], None], *, hint: str = words.NAME_HINT) -> None:
        from newsreader.ui.dialogs.asking import LineScreen

        def entered(text: str | None) -> None:
            if text is not None and text != name:
                then(text)

        heading = words.rename_heading(truncate(name, _SHOWN))
        self.main.app.push_screen(LineScreen(heading, one_line(name), hint=hint), entered)

    def _rename(self, source: Source, name: str) -> None:
        call = self.main.library.call(Store.update_source, source.id, title=name)
        self._do(call, self._called(name) if name else words.named_by_feed(self._undo))

    def _rename_smart(self, smart_id: int, name: str) -> None:
        self._do(self.main.library.call(Store.change_smart, smart_id, title=name), self._called(name))

    def _rename_folder(self, folder: str, name: str) -> None:
        if not name:
            return
        self.main.folded = frozenset(name if each == folder else each for each in self.main.folded)
        call = self.main.library.call(Store.rename_folder, folder, name)
        self._do(call, self._called(name), go=Query(Scope.FOLDER, folder=one_line(name)))

    def _called(self, name: str) -> str:
        return words.renamed(truncate(one_line(name), _SHOWN), self._undo)

    # Places

    def action_move_source(self) -> None:
        """Put the source, or all that are ticked, into another folder, or a new one; a folder joins another."""
        from newsreader.ui.dialogs.picking import Pick, PickScreen

        feeds = self._feeds()
        if not feeds:
            return
        own = {source.folder for source in feeds}
        sizes = {name: sum(each.folder == name for each in self.main.feeds()) for name in folders_of(self.main.shelf)}
        picks = [Pick(name, name, words.sources(size)) for name, size in sizes.items() if own != {name}]
        nowhere = [Pick(_NOWHERE, words.NO_FOLDER)] if own != {None} else []
        screen = PickScreen(
            words.move_heading(self._name(feeds)),
            [*picks, *nowhere],
            hint=words.FOLDER_OR_NEW,
            new=lambda text: Pick(text, words.new_folder(text)),
        )
        self.main.app.push_screen(screen, lambda picked: self._move(feeds, picked))

    def take_move_source(self, folder: str) -> None:
        """Put it into the folder of this name."""
        if feeds := self._feeds():
            self._move(feeds, one_line(folder))

    def _move(self, feeds: list[Source], picked: str | None) -> None:
        if picked is None:
            return
        folder = None if picked == _NOWHERE else picked
        said = words.moved(self._name(feeds), folder, self._undo)
        call = self.main.library.call(Store.move_sources, [source.id for source in feeds], folder)
        self._untick()
        self._do(call, said)

    def action_shift_up(self) -> None:
        """Let the source or folder change places with the one above it."""
        self._shift(-1)

    def action_shift_down(self) -> None:
        """Let it change places with the one below it."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        folder, smart = self._on_folder(), self.main.shelf.smart_source(self._row())
        if self.main.view.sorting is not Sorting.HAND:
            self.main.foot.say(words.order_first(self.main.keymap.key_of("sort_sources")))
        elif folder is not None:
            self._do(self.main.library.call(Store.shift_folder, folder, step), "")
        elif smart is not None:
            self._do(self.main.library.call(Store.move_smart, [smart.id], step), "")
        elif feeds := self._feeds():
            ids = [source.id for source in feeds]
            self._do(self.main.library.call(Store.shift_sources, ids, step), "")

    def action_fold_all(self) -> None:
        """Fold all folders."""
        self._fold_all(frozenset(folders_of(self.main.shelf)))

    def action_unfold_all(self) -> None:
        """Unfold all folders."""
        self._fold_all(frozenset())

    def _fold_all(self, folded: frozenset[str]) -> None:
        row = self._row()
        self.main.folded = folded
        source = self.main.all_sources.get(row.source_id or 0)
        self.main.draw_sources()
        if source is not None and source.folder in folded:
            self.main.sources.put_cursor(Query(Scope.FOLDER, folder=source.folder))
        self.main.remember()

    # Tags

    def action_tag_source(self) -> None:
        """Enter the tags of the source; those of several are put on all of them."""
        feeds = self._feeds()
        if feeds:
            self.main.after_others(lambda: self._ask_tags(feeds))

    def take_tag_source(self, tags: str) -> None:
        """Put these tags on it."""
        if feeds := self._feeds():
            self._tag(feeds, [], tags.replace(" ", ",") if "," not in tags else tags)

    async def _ask_tags(self, feeds: list[Source]) -> None:
        from newsreader.ui.dialogs.asking import LastOfSeveral, LineScreen

        known = await self.main.library.call(Store.source_tags)
        here = [tag for tag in feeds[0].tags if all(tag in source.tags for source in feeds)]
        line = f"{', '.join(here)}, " if here else ""
        heading = words.tags_heading(self._name(feeds))
        screen = LineScreen(heading, line, hint=words.TAGS_HINT, suggester=LastOfSeveral(known))
        self.main.app.push_screen(screen, lambda text: self._tag(feeds, here, text))

    def _tag(self, feeds: list[Source], before: list[str], text: str | None) -> None:
        if text is None:
            return
        tags = tags_in(text)
        kept = {tag.casefold() for tag in tags}
        gone = [tag for tag in before if tag.casefold() not in kept]
        said = words.tagged(self._name(feeds), tags, self._undo)
        call = self.main.library.call(Store.tag_sources, [source.id for source in feeds], tags, gone)
        self._untick()
        self._do(call, said)

    def action_filter_tag(self) -> None:
        """Show only the sources with a tag."""
        from newsreader.ui.dialogs.picking import Pick, PickScreen

        tags: dict[str, list[Source]] = {}
        for source in self.main.feeds():
            for tag in source.tags:
                tags.setdefault(tag.casefold(), []).append(source)
        names = {tag.casefold(): tag for source in self.main.feeds() for tag in source.tags}
        if not tags:
            self.main.foot.say(words.no_source_tags(self.main.keymap.key_of("tag_source")))
            return
        picks = [Pick(names[key], f"#{names[key]}", words.sources(len(tags[key]))) for key in sorted(tags)]
        everything = [Pick(_NOWHERE, words.ALL_SOURCES)] if self.main.view.tag is not None else []
        self.main.app.push_screen(PickScreen(words.FILTER_HEADING, [*everything, *picks]), self._filter)

    def take_filter_tag(self, tag: str) -> None:
        """Show only the sources with this tag."""
        wanted = one_line(tag).lstrip("#").casefold()
        names = {each.casefold(): each for source in self.main.feeds() for each in source.tags}
        if wanted in names:
            self._filter(names[wanted])
        else:
            key = self.main.keymap.key_of("tag_source")
            self.main.foot.say(words.no_such_tag(one_line(tag), tuple(names.values()), key), warning=True)

    def _filter(self, tag: str | None) -> None:
        if tag is None:
            return
        self.main.see(self.main.view._replace(tag=None if tag == _NOWHERE else tag, ticked=frozenset()))
        if tag != _NOWHERE:
            self.main.foot.say(words.filtered(tag))

    # Pausing, removing

    def action_pause_source(self) -> None:
        """Fetch the source, or all of a folder or that are ticked, no more; again, and they go on."""
        feeds = self._feeds()
        if not feeds:
            return
        paused = not all(source.paused is not None for source in feeds)
        name = self._name(feeds)
        said = words.paused(name, self._undo) if paused else words.resumed(name, self._undo)
        call = self.main.library.call(Store.pause_sources, [source.id for source in feeds], paused)
        self._untick()
        self._do(call, said)

    def action_remove_source(self) -> None:
        """Remove the source, what is ticked, a smart source, or a folder: with its sources or without."""
        folder, smart, targets = self._on_folder(), self.main.shelf.smart_source(self._row()), self._targets()
        if folder is not None:
            self._ask_removing(folder, len(targets))
        elif smart is not None and not self.main.view.ticked:
            said = words.removed(truncate(smart.title, _SHOWN), self._undo)
            self._do(self.main.library.call(Store.remove_smart, [smart.id]), said)
        elif targets:
            said = words.removed(self._name(targets), self._undo)
            call = self.main.library.call(Store.remove_sources, [source.id for source in targets])
            self._untick()
            self._do(call, said)
        else:
            self.main.foot.say(words.NOTHING_TO_ARRANGE)

    def _ask_removing(self, folder: str, count: int) -> None:
        from newsreader.ui.dialogs.picking import Pick, PickScreen

        picks = [Pick("keep", *words.keep_sources(count)), Pick("remove", *words.remove_sources(count, self._undo))]
        screen = PickScreen(words.remove_heading(truncate(folder, _SHOWN)), picks, narrows=False)
        self.main.app.push_screen(screen, lambda picked: self._remove_folder(folder, picked))

    def _remove_folder(self, folder: str, picked: str | None) -> None:
        if picked is not None:
            deed = Store.remove_folder if picked == "remove" else Store.dissolve_folder
            self._do(self.main.library.call(deed, folder), words.removed(truncate(folder, _SHOWN), self._undo))

    # Order and choice

    def action_sort_sources(self) -> None:
        """Show the sources by hand, by name, by what is unread, in turn."""
        order = list(Sorting)
        sorting = order[(order.index(self.main.view.sorting) + 1) % len(order)]
        self.main.see(self.main.view._replace(sorting=sorting).ranked(self.main.shelf))
        self.main.foot.say(words.sorted_by(sorting, self.main.keymap.key_of("sort_sources")))
        self.main.remember()

    def action_tick_source(self) -> None:
        """Choose the source, or all of the folder, for what is done next; again, and the choice is taken back."""
        row, view = self._row(), self.main.view
        if row.scope is Scope.FOLDER:
            ids = frozenset(source.id for source in self.main.feeds() if source.folder == row.folder)
        else:
            ids = frozenset(id_ for id_ in self.main.all_sources if id_ == row.source_id)
        ticked = view.ticked - ids if ids <= view.ticked else view.ticked | ids
        self.main.see(view._replace(ticked=ticked))
        self.main.sources.move(1)
        if ticked:
            self.main.foot.say(words.ticked(len(ticked), self.main.keymap.key_of))
        else:
            self.main.foot.hush()

    def _untick(self) -> None:
        if self.main.view.ticked:
            self.main.see(self.main.view._replace(ticked=frozenset()))

    async def leave_view(self) -> None:
        """Let go of what is ticked, else show all sources again."""
        view = self.main.view
        if view.ticked:
            self._untick()
        elif view.tag is not None:
            self.main.see(view._replace(tag=None))
            if self.main.browsing.query == tag_query(view.tag):
                await self.main.go(Query(Scope.UNREAD), pane=Where.SOURCES)
