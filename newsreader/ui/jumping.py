"""Finding by name: the palette over everything, and the line that narrows the source list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Query, Scope
from newsreader.ui.choices import Choice
from newsreader.ui.desk import Desk
from newsreader.ui.history import SEARCHES
from newsreader.ui.keys import BY_ID, MOVING, Where
from newsreader.ui.language import name_of, names_of, understand
from newsreader.ui.ranking import Ranking
from newsreader.ui.spots import spots
from newsreader.ui.words import _
from newsreader.ui.words import palette as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.ui.dialogs.palette import Entry
    from newsreader.ui.keeping import KeepingPanes
    from newsreader.ui.source_rows import Shelf
    from newsreader.ui.spots import Spot

_COMMAND: Final = ":"
_LIST: Final = ("≡", words.LIST)
_KINDS: Final = {
    Scope.SMART: ("+", words.SMART),
    Scope.TAG: ("#", words.TAG),
    Scope.FOLDER: ("▸", words.FOLDER),
    Scope.SOURCE: ("@", words.SOURCE),
}
_SIGNS: Final = frozenset({_COMMAND, "@", "#", words.SEARCH_SIGN})  # those that a keyboard has
_SEARCHES: Final = 20  # recent ones
_MOST: Final = 100  # rows of the source list while it is narrowed: more are not looked through, letters are typed
_CLICK: Final = 0.5  # seconds in which a click on the narrowed list is through


class Jumping(Desk):
    """The commands that find by a name."""

    def __init__(self, main: KeepingPanes) -> None:
        super().__init__(main)
        self._spots: tuple[Shelf | None, Ranking[Spot]] = (None, Ranking(()))
        self._before: tuple[Query | None, Where] = (None, Where.ARTICLES)

    # The palette

    def action_palette(self) -> None:
        """Find a command, a source, a folder, a tag or a recent search by a few letters."""
        from newsreader.ui.dialogs.palette import PaletteScreen

        entries = Ranking((entry, entry.names) for entry in (*self._commands(), *self._places(), *self._searches()))
        self.main.app.push_screen(PaletteScreen(entries, _SIGNS), self._chosen)

    def _commands(self) -> Iterator[Entry]:
        """The commands, those that mean something in the pane first, and the person's own."""
        from newsreader.ui.dialogs.palette import Entry

        for command in sorted(self.main.keymap.commands, key=lambda each: self.main.pane not in each.where):
            if command.group != MOVING or command.takes:
                keys = self.main.keymap.keys_of(command.id)
                key = keys[0] if keys else f":{name_of(command)}"
                choice = Choice(_capital(_(command.label)), _(command.help), key, _COMMAND)
                yield Entry(choice, (command.label, *names_of(command)), command=command.line or command.id)

    def _places(self) -> Iterator[Entry]:
        from newsreader.ui.dialogs.palette import Entry

        for spot in spots(self.main.shelf):
            sign, kind = _KINDS.get(spot.query.scope, _LIST)
            aside = words.kind_in(kind, spot.aside) if spot.aside else kind
            yield Entry(Choice(spot.name, aside, "", sign), spot.names, query=spot.query)

    def _searches(self) -> Iterator[Entry]:
        from newsreader.ui.dialogs.palette import Entry

        for line in self.main.history.lines(SEARCHES)[:_SEARCHES]:
            yield Entry(Choice(line, words.A_SEARCH, "", words.SEARCH_SIGN), (line,), search=line)

    def _chosen(self, entry: Entry | None) -> None:
        if entry is None:
            return
        if entry.command in BY_ID:
            self.main.perform(entry.command)
        elif entry.command:  # one of the person's own: it is a line
            self.main.perform_all(understand(entry.command).calls)
        elif entry.search:
            self.main.perform("search", entry.search)
        elif entry.query is not None:
            query = entry.query
            self.main.after_others(lambda: self.main.go(query))

    # The line that narrows the source list

    def action_go(self) -> None:
        """Open the line, and show the source list in it."""
        self._before = (self.main.sources.cursor, self.main.pane)
        self.main.pane = Where.SOURCES
        self.main.foot.find_line.begin(words.GO_WHERE, "", self)

    def typed(self, line: str) -> None:
        """Show what has a name like that, the likeliest first and under the cursor."""
        if not line.strip():
            self._narrow(None)
            self.main.sources.put_cursor(self._before[0] or self.main.browsing.query)
            return
        if self._spots[0] is not self.main.shelf:
            self._spots = (self.main.shelf, Ranking((spot, spot.names) for spot in spots(self.main.shelf)))
        found = tuple(spot.query for spot in self._spots[1].best(line, _MOST))
        self._narrow(found)
        self.main.sources.say(words.NOWHERE)
        if found:
            self.main.sources.put_cursor(found[0])

    def entered(self, line: str) -> None:
        """Go to what is under the cursor."""
        del line
        query = self.main.sources.cursor
        self._end()
        if query is None:
            self.main.pane = self._before[1]
        else:
            self.main.after_others(lambda: self.main.go(query))

    def left(self) -> None:
        """Go back to where the person was."""
        cursor, pane = self._before
        self._end()
        if cursor is not None:
            self.main.sources.put_cursor(cursor)
        self.main.pane = pane
        self.main.set_focus(self.main.pane_widget(pane), scroll_visible=False)

    def gone(self) -> None:
        """The person clicked elsewhere, perhaps on a row of the narrowed list, which must not move under the mouse."""
        self.main.later("narrow", _CLICK, lambda: self._narrow(None))

    def take_key(self, key: str) -> bool:
        """Move through what was found; False for what writes in the line."""
        match key:
            case "down" | "tab" | "ctrl+n":
                self._step(1)
            case "up" | "shift+tab" | "ctrl+p":
                self._step(-1)
            case _:
                return False
        return True

    def _step(self, step: int) -> None:
        """Move the cursor; nothing is listed before enter."""
        sources = self.main.sources
        with sources.prevent(sources.Moved):
            sources.move(step)

    def _narrow(self, found: tuple[Query, ...] | None) -> None:
        if self.main.view.narrowed != found:
            self.main.see(self.main.view._replace(narrowed=found))

    def _end(self) -> None:
        self.main.foot.find_line.end()
        self._narrow(None)


def _capital(label: str) -> str:
    return f"{label[0].upper()}{label[1:]}"
