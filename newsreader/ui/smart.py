"""Smart sources on the screen: keeping a search among the sources, and the panel of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Query, SavedSearch, Scope
from newsreader.query import Dated, Is, Name, Named, State, both, parse, written
from newsreader.store import Store
from newsreader.text import truncate
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.source_rows import folders_of
from newsreader.ui.words import panels as words

if TYPE_CHECKING:
    from newsreader.model import SmartSource, Source
    from newsreader.query import Node
    from newsreader.ui.dialogs.smart import SmartPanel

_SHOWN: Final = 60  # cells of a name in a sentence
_STATES: Final = {
    Scope.BOOKMARKS: State.BOOKMARKED,
    Scope.LATER: State.LATER,
    Scope.BEGUN: State.BEGUN,
    Scope.HIDDEN: State.HIDDEN,
}


class Smart(Desk):
    """The commands that are about smart sources."""

    async def action_keep_search(self) -> None:
        """Keep the search that is listed as a smart source; without one, begin a new one."""
        query = self.main.browsing.query
        if not query.text:
            self._open_panel()
            return
        mistakes = parse(query.text).mistakes
        if mistakes:
            self.main.foot.say(mistakes[0].sentence, warning=True)
            return
        added = await self.main.library.call(Store.add_smart, [self._saved(query)])
        await self.main.apply(added.change)
        await self.main.go(Query(Scope.SMART, smart_id=added.ids[0]), pane=Where.SOURCES)
        smart = self.main.shelf.smart_source(self.main.browsing.query)
        if smart is not None and added.new:
            self._open_panel(smart, naming=True)
        elif smart is not None:
            self.main.foot.say(words.kept_as(truncate(smart.title, _SHOWN)))

    async def show(self, smart: SmartSource) -> None:
        """Go to a smart source and open its panel."""
        await self.main.go(Query(Scope.SMART, smart_id=smart.id), pane=Where.SOURCES)
        self._open_panel(smart)

    def _open_panel(self, smart: SmartSource | None = None, *, naming: bool = False) -> None:
        from newsreader.ui.dialogs.smart import SmartPanel

        panel = SmartPanel(self.main, folders_of(self.main.shelf), smart, naming=naming)
        self.main.app.push_screen(
            panel, lambda sentence: self.main.after_others(lambda: self._leave_smart(panel, sentence))
        )

    async def _leave_smart(self, panel: SmartPanel, sentence: str | None) -> None:
        """Go to what was made, or leave what is gone."""
        query = Query(Scope.SMART, smart_id=panel.smart_id)
        if self.main.shelf.has(query):
            await self.main.go(query, pane=self.main.pane)
        if sentence:
            self.main.foot.say(sentence)

    def _saved(self, query: Query) -> SavedSearch:
        """The search as it is kept: what is listed, under the words that were written."""
        text = self._whole_search(query)
        return SavedSearch(text.removesuffix("*"), text)

    def _whole_search(self, query: Query) -> str:
        """Query text that finds everywhere what this query finds in its list."""
        smart = self.main.shelf.smart_source(query)
        if smart is not None:
            return both(smart.query, query.text)
        place = self._place_of(query)
        return query.text if place is None else both(written(place), query.text)

    def _place_of(self, query: Query) -> Node | None:
        match query.scope:
            case Scope.SOURCE:
                source = self.main.all_sources.get(query.source_id or 0)
                return None if source is None else Named(Name.SOURCE, self._name_of(source))
            case Scope.FOLDER:
                return Named(Name.FOLDER, query.folder or "")
            case Scope.TAG:
                return None if query.tag is None else Named(Name.TAG, query.tag)
            case Scope.TODAY:
                return Dated("today")
        return Is(_STATES[query.scope]) if query.scope in _STATES else None

    def _name_of(self, source: Source) -> str:
        """What `source:` finds this source by, and no other: its title, else its address."""
        folded = source.title.casefold()
        alike = [each for each in self.main.all_sources.values() if folded in f"{each.title} {each.url}".casefold()]
        return source.title if len(alike) == 1 and '"' not in source.title else source.url
