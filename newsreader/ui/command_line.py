"""The line for commands at the foot: what can be typed stands above it, what was typed comes back by ↑."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets import Static

from newsreader.config import SETTINGS, find_setting
from newsreader.errors import UsageError
from newsreader.model import Scope
from newsreader.query import Mistake
from newsreader.ui.choices import Choice, ChoiceList
from newsreader.ui.completion import Named, Offer, hint, offers, unknown
from newsreader.ui.desk import Desk
from newsreader.ui.files import files
from newsreader.ui.history import COMMANDS, SEARCHES
from newsreader.ui.keys import BY_ID
from newsreader.ui.language import Kind, arguments_of, name_of, standing, understand
from newsreader.ui.signs import marked
from newsreader.ui.source_rows import folders_of
from newsreader.ui.spots import spots
from newsreader.ui.themed import theme_names
from newsreader.ui.words import commands as words
from newsreader.ui.words import settings as said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.ui.keeping import KeepingPanes
    from newsreader.ui.keys import Command
    from newsreader.ui.language import Call
    from newsreader.ui.source_rows import Shelf

_PROMPT: Final = ":"
_FEWEST: Final = 3  # offers in a low window
_MARGIN: Final = 6  # cells beside what is said
_SCOPES: Final = {Kind.SOURCE: Scope.SOURCE, Kind.FOLDER: Scope.FOLDER, Kind.PLACE: None}


class CommandLine(Desk):
    """The command that opens the line, and what is done while it is open."""

    def __init__(self, main: KeepingPanes) -> None:
        super().__init__(main)
        self._typed = ""  # what the person wrote, without what was put in for them
        self._put = ""  # what stands in the line
        self._offers: tuple[Offer, ...] = ()
        self._chosen: int | None = None
        self._recalled: str | None = None
        self._mistakes: tuple[Mistake, ...] = ()
        self._known: tuple[Shelf | None, dict[Kind, tuple[Named, ...]]] = (None, {})
        self._list: ChoiceList | None = None
        self._hint: Static | None = None

    def action_command(self) -> None:
        """Open the line for commands."""
        self._begin("")

    def ask(self, command_id: str) -> None:
        """Open the line for what a command takes."""
        self._begin(f"{name_of(BY_ID[command_id])} ")

    def _begin(self, command: str) -> None:
        """Open the line with the beginning of a command."""
        self._typed = self._put = f"{_PROMPT}{command}"
        self._offers, self._mistakes, self._recalled, self._chosen = (), (), None, None
        self._known = (None, {})  # themes and searches may be others by now
        self.main.foot.find_line.begin("", self._put, self)
        if self._list is None:
            self._list, self._hint = ChoiceList(self._click, id="offers"), Static(id="offers-hint")
            self.main.mount(self._list, self._hint)
        self._look()

    # What the line tells

    def typed(self, line: str) -> None:
        """The line is another; without its prompt it is left, as vim leaves it."""
        if line == self._put:
            return
        self._typed = self._put = line
        self._chosen = self._recalled = None
        self._mistakes = ()
        if line:
            self._look()
        else:
            self._leave()

    def entered(self, line: str) -> None:
        """Do what stands in the line; where something in it is no command, say so and leave it."""
        understood = understand(line)
        mistake = unknown(understood.calls, line, self) or self._wrongly_set(understood.calls, line)
        self._mistakes = understood.mistakes or ((mistake,) if mistake is not None else ())
        if self._mistakes:
            self.main.foot.find_line.mark(self._mistakes)
            self._show()
            return
        self._leave()
        if understood.calls:
            self.main.keep_typed(COMMANDS, line.lstrip(f"{_PROMPT} "))
            self.main.perform_all(understood.calls)

    def _wrongly_set(self, calls: Iterable[Call], line: str) -> Mistake | None:
        """The first setting that there is not, or that cannot be what is typed behind it."""
        from newsreader.ui.adjusting import as_typed

        for call in calls:
            for text, argument in zip(call.arguments, arguments_of(call.command), strict=False):
                if argument.kind is Kind.SETTING:
                    try:
                        as_typed(text, self.main.app)
                    except UsageError as error:
                        start = line.rfind(text)
                        return Mistake(max(0, start), start + len(text) if start >= 0 else len(line), error.phrase)
        return None

    def left(self) -> None:
        """The person gave it up."""
        self._leave()

    def gone(self) -> None:
        """The person went elsewhere, by the mouse."""
        self._hide()

    def take_key(self, key: str) -> bool:
        """Do what a key means in the line; False where it writes or moves in it."""
        match key:
            case "tab" if self._mend():
                pass
            case "tab" | "ctrl+n":
                self._step(1)
            case "shift+tab" | "ctrl+p":
                self._step(-1)
            case "down" if self._chosen is not None:
                self._step(1)
            case "up" if self._chosen is not None:
                self._step(-1)
            case "down":
                self._recall(-1)
            case "up":
                self._recall(1)
            case _:
                return False
        return True

    # Offers

    def named(self, kind: Kind, typed: str) -> Iterable[Named]:
        """What can be named in an argument of a kind."""
        match kind:
            case Kind.FILE:
                return files(typed)
            case Kind.SETTING:
                return self._settings(typed)
            case Kind.BRIEF:
                from newsreader.ui.aside_choices import named

                return [Named(name, (key,), label) for name, key, label in named()]
            case _:
                if self._known[0] is not self.main.shelf:
                    self._known = (self.main.shelf, {})
                if kind not in self._known[1]:
                    self._known[1][kind] = tuple(self._names(kind))
                return self._known[1][kind]

    def _names(self, kind: Kind) -> Iterable[Named]:
        """The names that do not depend on what is typed."""
        if kind in _SCOPES:
            wanted = _SCOPES[kind]
            known = (spot for spot in spots(self.main.shelf) if wanted in {None, spot.query.scope})
            return [Named(spot.name, spot.names[1:], spot.aside) for spot in known]
        if kind is Kind.TAGS:
            often = sorted(self.main.shelf.tags, key=lambda tag: -tag.articles)
            return [Named(tag.name, (), words.tagged_so_often(tag.articles)) for tag in often]
        if kind is Kind.LABELS:
            return [Named(tag) for tag in sorted({tag for source in self.main.shelf.sources for tag in source.tags})]
        if kind is Kind.INTO:
            return [Named(folder) for folder in folders_of(self.main.shelf)]
        if kind is Kind.THEME:
            return [Named(theme) for theme in theme_names(self.main.app)]
        return [Named(line) for line in self.main.history.lines(SEARCHES)] if kind is Kind.QUERY else []

    def _settings(self, typed: str) -> Iterable[Named]:
        """The settings, and behind the name of one what it can be."""
        name, space, _ = typed.partition(" ")
        if not space:
            return [Named(setting.name, (), said.about(setting)) for setting in SETTINGS]
        try:
            setting = find_setting(name)
        except UsageError:
            return ()
        values = setting.choices or (("on", "off") if isinstance(setting.default, bool) else ())
        if setting.name == "screen.theme":
            values = theme_names(self.main.app)
        return [Named(f"{name} {value}") for value in values]

    def key_of(self, command: Command) -> str:
        """The main key of a command."""
        return next(iter(self.main.keymap.keys_of(command.id)), "")

    def _look(self) -> None:
        """Find what can stand at the cursor; folders are looked at beside the screen, disks may sleep."""
        line, cursor = self._put, len(self._put)
        here = standing(line, cursor)
        if line.strip() == _PROMPT:
            self._offers = ()
        elif here.argument is not None and here.argument.kind is Kind.FILE:
            self.main.spawn(self._look_at_files, line)
            return
        else:
            self._offers = self._fitting(offers(line, cursor, self))
        self._show()

    def _fitting(self, found: tuple[Offer, ...]) -> tuple[Offer, ...]:
        """As many as leave the panes in view."""
        return found[: max(_FEWEST, self.main.size.height // 3)]

    async def _look_at_files(self, line: str) -> None:
        found = await asyncio.to_thread(offers, line, len(line), self)
        if self._typed == line and self.main.focused is self.main.foot.find_line:
            self._offers = self._fitting(found)
            self._show()

    def _step(self, step: int) -> None:
        """Put in the next offer; after the last one stands what was typed."""
        if not self._offers and self._put.strip() == _PROMPT:
            self._offers = self._fitting(offers(self._put, len(self._put), self))
        if not self._offers:
            return
        count = len(self._offers) + 1
        at = -1 if self._chosen is None else self._chosen
        at = (at + 1 + step) % count - 1
        if at < 0:
            self._chosen = None
            self._write(self._typed)
        else:
            offer = self._offers[at]
            self._chosen = at
            self._write(f"{self._typed[: offer.start]}{offer.text}")
        if len(self._offers) == 1 and self._chosen is not None:
            self._typed, self._chosen = self._put, None  # there is nothing to choose: what it takes comes next
            self._look()
        else:
            self._show()

    def _click(self, row: int) -> None:
        """Put in the offer that was clicked on."""
        self._chosen = None if row == 0 else row - 1
        self._step(1)

    def _recall(self, step: int) -> None:
        """Put in the line that was typed before this one and begins as what was typed now."""
        beginning = self._typed.removeprefix(_PROMPT)
        found = self.main.history.before(COMMANDS, beginning, self._recalled, step)
        if found is None and step > 0:
            return
        self._recalled = found
        self._write(self._typed if found is None else f"{_PROMPT}{found}")
        self._offers, self._mistakes = (), ()
        self._show()

    def _mend(self) -> bool:
        """Put what was meant in the place of a mistake."""
        mended = bool(self._mistakes) and self.main.foot.find_line.mend()
        if mended:
            self._mistakes = ()
        return mended

    def _write(self, line: str) -> None:
        self._put = line
        self.main.foot.find_line.put(line)

    # Showing

    def _show(self) -> None:
        if self._list is None or self._hint is None:
            return
        above = self.main.foot.outer_size.height
        sentence = self._sentence()
        self._hint.update(sentence, layout=False)
        self._hint.display = bool(sentence.plain)
        lines = len(sentence.wrap(max(1, self.main.size.width - _MARGIN))) if sentence.plain else 0
        self._hint.styles.height = lines
        self._hint.styles.margin = (0, 0, above, 0)
        rows = [] if self._mistakes else [Choice(each.shown, each.aside, each.key) for each in self._offers]
        self._list.put(rows, chosen=self._chosen)
        self._list.display = bool(rows)
        self._list.styles.height = len(rows) + self._list.gutter.height
        self._list.styles.margin = (0, 0, above + lines, 0)

    def _sentence(self) -> Content:
        """What stands below the offers: a mistake, or how what is written goes on."""
        if self._mistakes:
            first = next((each for each in self._mistakes if each.meant), self._mistakes[0])
            return marked(words.mistaken(first.sentence, mends=bool(first.meant)), "$warning")
        told = hint(self._put, len(self._put))
        if told is not None:
            usage, about = told
            return Content.assemble((usage, "bold $page-strong"), ("   ", ""), (about, "$page-dim"))
        if self._put.strip() == _PROMPT and not self._offers:
            return Content.styled(words.HOW_TO_TYPE, "$page-dim")
        if not self._offers and self._recalled is None:
            return Content.styled(words.NOTHING_BEGINS_SO, "$page-dim")
        return Content("")

    def _hide(self) -> None:
        for widget in (self._list, self._hint):
            if widget is not None:
                widget.display = False

    def _leave(self) -> None:
        self._hide()
        self.main.foot.find_line.end()
        self.main.set_focus(self.main.pane_widget(self.main.pane), scroll_visible=False)
