"""The palette: commands, places to go to and recent searches in one list, found by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.widgets import Input

from newsreader.ui.choices import Choice, ChoiceList
from newsreader.ui.dialogs.frame import Dialog, Hints
from newsreader.ui.dialogs.lists import ListKeys
from newsreader.ui.words import dialogs
from newsreader.ui.words import palette as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.events import Key
    from textual.widget import Widget

    from newsreader.model import Query
    from newsreader.ui.ranking import Ranking

_MOST = 200  # rows: whoever looks for more writes a letter more


class Entry(NamedTuple):
    """What can be chosen: a command by its id, somewhere to go, or words to search for."""

    choice: Choice
    names: tuple[str, ...]
    command: str = ""
    query: Query | None = None
    search: str = ""


class PaletteScreen(Dialog[Entry], ListKeys[ChoiceList]):
    """Type to find, arrows to move; closes with what was chosen. A sign typed first leaves only what has it."""

    HEADING = words.HEADING
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,ctrl+n,tab", "move(1)", "down"),
        ("up,ctrl+p,shift+tab", "move(-1)", "up"),
        ("pagedown", "page(1)", "page down"),
        ("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, entries: Ranking[Entry], signs: frozenset[str]) -> None:
        super().__init__()
        self._entries = entries
        self._signs = signs
        self._found: Sequence[Entry] = ()
        self._list = ChoiceList(self._take_row, id="choices")
        self._line = Input(placeholder=words.PLACEHOLDER, compact=True)

    def content(self) -> list[Widget]:
        """The line, the rows, the keys."""
        keys = (
            ("↑ ↓", dialogs.MOVE),
            ("⏎", dialogs.TAKE),
            (" ".join(sorted(self._signs)), dialogs.ONLY_THESE),
            ("esc", dialogs.CLOSE),
        )
        return [self._line, self._list, Hints(*keys)]

    def on_mount(self) -> None:
        """Show all there is."""
        self.set_focus(self._line)
        self._look()

    def on_key(self, event: Key) -> None:
        """Take letters that were typed before the line was there."""
        if self.focused is not self._line and event.is_printable and event.character:
            self.set_focus(self._line)
            self._line.insert_text_at_cursor(event.character)
            event.stop()

    @on(Input.Changed)
    def _look(self) -> None:
        typed = self._line.value.lstrip()
        sign = typed[:1] if typed[:1] in self._signs else ""
        if sign:
            alike = self._entries.only(lambda entry: entry.choice.sign == sign)
            found = alike.best(typed[1:], _MOST)
        else:
            found = self._entries.best(typed, _MOST)
        looked_for = (typed[1:] if sign == words.SEARCH_SIGN else typed).strip()
        if looked_for and sign in {"", words.SEARCH_SIGN}:
            choice = Choice(words.search_for(looked_for), words.A_SEARCH, "", words.SEARCH_SIGN)
            found = [*found, Entry(choice, (), search=looked_for)]
        self._found = found
        self._list.put([entry.choice for entry in found])
        self._list.say(words.NOTHING_FOUND)

    @on(Input.Submitted)
    def _take(self) -> None:
        self._look()  # letters and enter may come at once
        if self._list.cursor is not None:
            self._take_row(self._list.cursor)

    def _take_row(self, row: int) -> None:
        self.dismiss(self._found[row])
