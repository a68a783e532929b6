"""All keys, searchable, made from the table of commands."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from newsreader.text import cell_width
from newsreader.ui.dialogs.frame import Dialog, Hanging, Hints
from newsreader.ui.keys import COUNTS
from newsreader.ui.words import _, dialogs
from newsreader.ui.words.keys import with_a_number

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.ui.keymap import Keymap
    from newsreader.ui.keys import Command

_ROOM: Final = 14  # cells for the keys of a command; where they need more, its help stands below them


def help_entries(keymap: Keymap, words: str = "") -> list[tuple[Content, Content]]:
    """The commands whose key, name or help holds all the words, keys and help of each, under their headings."""
    wanted = words.casefold().split()
    found = [command for command in keymap.commands if all(word in _text(keymap, command) for word in wanted)]
    if not found:
        return [(Content(""), Content.styled(dialogs.NO_KEY, "$page-dim"))]
    entries: list[tuple[Content, Content]] = []
    for group, commands in groupby(found, key=lambda command: command.group):
        if entries:
            entries.append((Content(""), Content("")))
        entries.append((Content.styled(_(group), "bold $page-strong"), Content("")))
        for command in commands:
            keys = "  ".join(_keys(keymap, command))
            if cell_width(keys) > _ROOM - 2:
                entries.append((Content.styled(keys, "bold"), Content("")))
                keys = ""
            lead = Content.assemble((keys, "bold"), " " * (_ROOM - cell_width(keys)))
            counted = f" {with_a_number(COUNTS[command.id])}" if command.id in COUNTS else ""
            entries.append((lead, Content.styled(f"{_(command.help)}{counted}", "$page-dim")))
    return entries


def _text(keymap: Keymap, command: Command) -> str:
    """What words are looked for in."""
    return " ".join((_(command.group), _(command.label), _(command.help), *_keys(keymap, command))).casefold()


def _keys(keymap: Keymap, command: Command) -> tuple[str, ...]:
    """What gives a command: its keys, or its name behind `:`."""
    return keymap.keys_of(command.id) or (keymap.key_of(command.id),)


class HelpScreen(Dialog[None]):
    """The help: type to search, arrows to scroll."""

    HEADING = dialogs.KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "scroll(1)", "down"),
        ("up", "scroll(-1)", "up"),
        ("pagedown", "scroll(12)", "page down"),
        ("pageup", "scroll(-12)", "page up"),
    ]

    def __init__(self, keymap: Keymap, words: str = "") -> None:
        super().__init__()
        self._keymap = keymap
        self._words = words

    def content(self) -> list[Widget]:
        """A search line, the keys, the hints."""
        page = VerticalScroll(Hanging(help_entries(self._keymap, self._words)), id="help-page", can_focus=False)
        search = Input(self._words, placeholder=dialogs.TYPE_TO_SEARCH, compact=True)
        return [search, page, Hints(("↑ ↓", dialogs.SCROLL), ("esc", dialogs.CLOSE))]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words find."""
        self.query_one(Hanging).put(help_entries(self._keymap, event.value))

    def on_input_submitted(self) -> None:
        """Close: the key was found."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the keys."""
        self.query_one("#help-page", VerticalScroll).scroll_relative(y=lines, animate=False)
