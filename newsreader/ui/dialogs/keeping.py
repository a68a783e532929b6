"""One small panel to keep an article with: its tags, completed from those there are, and a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.text import cell_width, one_line
from newsreader.ui.dialogs.frame import Dialog, Hints
from newsreader.ui.words import dialogs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import Tag

_SHOWN: Final = 24  # tags that are looked through for a line of them
_GAP: Final = 3  # cells between two of them
_WIDTH: Final = 70  # cells of that line, until the panel has its size


class Kept(NamedTuple):
    """What the person entered: the tags as one line, and the note; None where that stays as it is."""

    tags: str
    note: str | None


class KeepScreen(Dialog[Kept]):
    """Tags and note in a line each; tab completes a tag or goes on, enter keeps, escape leaves all as it was.

    It is there at once, so that no letter goes elsewhere; what the library knows comes with `put`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("tab", "complete", "complete"),
        ("down", "mark(1)", "next tag"),
        ("up", "mark(-1)", "tag before"),
    ]

    def __init__(self, heading: str, tags: Iterable[str], *, with_note: bool = False) -> None:
        super().__init__()
        self._heading = heading
        line = " ".join(tags)
        self._tags = Input(
            f"{line} " if line else "",
            placeholder=dialogs.TAGS_BETWEEN_SPACES,
            compact=True,
            select_on_focus=False,
            id="tags",
        )
        self._note = Input(placeholder=dialogs.A_NOTE, compact=True, select_on_focus=False, id="note")
        self._asks_note = with_note
        self._given: str | None = None
        self._knows_note = False
        self._known: tuple[Tag, ...] = ()
        self._line = Static("", classes="completions")
        self._found: tuple[str, ...] = ()
        self._marked = 0

    @property
    def heading(self) -> str:
        """What is kept."""
        return self._heading

    def content(self) -> list[Widget]:
        """The line of tags with what completes it, the note, the hints."""
        keys = (("⏎", dialogs.KEEP), ("tab", dialogs.COMPLETE), ("↑ ↓", dialogs.CHOOSE), ("esc", dialogs.LEAVE))
        return [self._tags, self._line, *([self._note] if self._asks_note else ()), Hints(*keys)]

    def on_mount(self) -> None:
        """Begin at the end of the tags."""
        self._tags.cursor_position = len(self._tags.value)
        self.set_focus(self._tags)
        self._show_given()

    def put(self, known: Iterable[Tag], note: str) -> None:
        """Offer the tags that there are, those on most articles first, and show the note that the article has.

        A note that was begun already goes on after it.
        """
        self._known = tuple(known)
        self._given = note
        if self.is_attached and self.is_mounted:
            self._show_given()

    def _show_given(self) -> None:
        self._knows_note = self._knows_note or self._given is not None
        if self._given and self._asks_note:
            self._note.value = f"{self._given} {self._note.value}".rstrip()
            self._note.cursor_position = len(self._note.value)
        self._given = None
        self._suggest()

    def on_resize(self) -> None:
        """Show as many tags as there is room for."""
        super().on_resize()
        self._draw()

    @on(Input.Changed, "#tags")
    def _suggest(self) -> None:
        """Offer the tags that the word under the cursor may become; for none those that are used most."""
        *_, word = self._before_cursor().replace(",", " ").split(" ")
        begun = word.lstrip("#").casefold()
        entered = {each.lstrip("#").casefold() for each in self._tags.value.replace(",", " ").split()} - {begun}
        names = [tag.name for tag in self._known if tag.name.casefold() not in entered]
        first = [name for name in names if name.casefold().startswith(begun)]
        inside = [name for name in names if begun and begun in name.casefold() and name not in first]
        found = [*first, *inside][:_SHOWN]
        self._found = () if [name.casefold() for name in found] == [begun] else tuple(found)
        self._marked = 0
        self._draw()

    def _draw(self) -> None:
        room = self._line.size.width or _WIDTH
        parts: list[tuple[str, str]] = []
        for number, name in enumerate(self._found[self._marked :] + self._found[: self._marked]):
            room -= cell_width(name) + 1 + _GAP
            if number and room + _GAP < 0:
                break
            parts += [(f"#{name}", "$foreground" if not number else "$page-dim"), (" " * _GAP, "")]
        self._line.update(Content.assemble(*parts))

    def _before_cursor(self) -> str:
        return self._tags.value[: self._tags.cursor_position]

    def action_mark(self, step: int) -> None:
        """Offer the next tag first."""
        if self._found:
            self._marked = (self._marked + step) % len(self._found)
            self._draw()

    def action_complete(self) -> None:
        """Take the tag that is offered first; where none is, or nothing was begun, go to the other line."""
        before = self._before_cursor()
        begun = bool(before.rstrip(" ,") == before and before) or self._marked > 0 or not self._asks_note
        if self.focused is not self._tags:
            self.set_focus(self._tags)
        elif self._found and begun:
            after = self._tags.value[self._tags.cursor_position :].lstrip()
            start = max(before.rfind(" "), before.rfind(",")) + 1
            done = f"{before[:start]}{self._found[self._marked]} "
            self._tags.value = done + after
            self._tags.cursor_position = len(done)
        elif self._asks_note:
            self.set_focus(self._note)

    @on(Input.Submitted)
    def _keep(self) -> None:
        note = one_line(self._note.value)
        self.dismiss(Kept(self._tags.value, note if self._asks_note and (note or self._knows_note) else None))
