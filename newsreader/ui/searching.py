"""The desk of the search line: what is looked for while it is typed, and the way back to what was listed before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Query, Scope
from newsreader.query import parse, while_typing
from newsreader.ui.desk import Desk
from newsreader.ui.dialogs.search import SearchLine
from newsreader.ui.keys import Where
from newsreader.ui.signs import marked
from newsreader.ui.words import lists as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.query import Mistake

_WIDE: Final = (Scope.UNREAD, Scope.ALL)  # lists from which a search looks everywhere


class Searching(Desk):
    """The commands that open the search line, and what is done with what is typed there."""

    _base = Query(Scope.ALL)
    _before: tuple[Query, int | None] | None = None
    _looked_for: SearchLine.Searched | None = None
    _words = ""

    @property
    def is_begun(self) -> bool:
        """Whether something is looked for, or may be."""
        return self._before is not None

    def action_search(self) -> None:
        """Open the search line."""
        self._begin(everywhere=True)

    def action_filter(self) -> None:
        """Open the search line for what is listed."""
        self._begin(everywhere=False)

    def take_search(self, looked_for: str) -> None:
        """Search for these words."""
        self.action_search()
        self._search_at_once(looked_for)

    def take_filter(self, looked_for: str) -> None:
        """Keep of what is listed what these words find."""
        self.action_filter()
        self._search_at_once(looked_for)

    def _begin(self, *, everywhere: bool) -> None:
        """Open the search line; `everywhere` looks, from a list like Unread, into what is read too."""
        main = self.main
        if self._before is None:
            self._before = (main.browsing.query._replace(text=""), main.articles.cursor)
        if main.pane is not Where.ARTICLES:
            main.pane = Where.ARTICLES
        listed = self._before[0]
        self._base = Query(Scope.ALL) if everywhere and listed.scope in _WIDE else listed
        title = main.title_of(self._base)
        main.search_line.begin(words.search_in(title) if everywhere else words.filter_in(title))

    def _search_at_once(self, looked_for: str) -> None:
        self.main.search_line.put(looked_for)
        self.look_for(SearchLine.Searched(self.main.search_line, looked_for, done=True))

    def look_for(self, event: SearchLine.Searched) -> None:
        """Look for what is typed, in the order of the commands."""
        main = self.main
        mistakes = [each for each in parse(event.words).mistakes if event.done or not each.unfinished]
        self._show_mistakes(mistakes)
        if event.done and all(each.unfinished for each in mistakes):
            main.set_focus(main.articles)  # the next key is a command, before anything is found
            self._keep(event.words)
        self._looked_for = event
        if event.words != self._words:  # a search that is under way is for words that are no more
            main.browsing.give_up()
            self._words = event.words
        main.after_others(lambda: self._search(event))

    def _show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Mark what cannot be understood, and say of the first of it what was meant; the rest is searched for."""
        line, said = self.main.search_line, self.main.mistake
        line.mark(mistakes)
        line.set_class(bool(mistakes), "-wrong")
        said.set_class(bool(mistakes), "-said")
        if mistakes:
            first = next((each for each in mistakes if each.meant is not None), mistakes[0])
            meant = "" if first.meant is None else words.TAB_PUTS_IT_IN
            said.update(marked(f"{first.sentence} {meant}".rstrip(), "$warning"))

    def _keep(self, looked_for: str) -> None:
        from newsreader.ui.history import SEARCHES

        self.main.keep_typed(SEARCHES, looked_for)

    async def _search(self, asked: SearchLine.Searched) -> None:
        main = self.main
        if self._before is None or asked is not self._looked_for:
            return
        if asked.words.strip():
            text = while_typing(asked.words).strip()
            query = self._base._replace(text=text)
            if query != main.browsing.query:
                await main.list_query(query)
            if asked.done and main.browsing.ids and not main.browsing.not_indexed:
                main.foot.say(words.keeps_search(main.keymap.key_of("keep_search")))
        elif asked.done:
            await self.restore()

    async def restore(self) -> None:
        """List again what was listed before."""
        main = self.main
        query, cursor = self._before or (main.browsing.query._replace(text=""), None)
        main.end_search()
        main.set_focus(main.articles)
        if query != main.browsing.query:
            await main.list_query(query, cursor=cursor, keep=cursor)

    def end(self) -> None:
        """Forget what was there before the search line was opened."""
        self._show_mistakes(())
        if self._before is not None:
            self.main.foot.leave()  # what can be done with a search that is left
        self._before, self._words = None, ""
