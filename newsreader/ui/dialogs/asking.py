"""Asking for one line: a name, tags, a file. What may be meant is completed by tab."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.suggester import Suggester
from textual.widgets import Input

from newsreader.config.paths import expanded
from newsreader.errors import UsageError
from newsreader.ui.dialogs.frame import Dialog, Hints, Saying
from newsreader.ui.signs import marked
from newsreader.ui.words import managing as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

_ENTRIES: Final = 5_000  # of a folder that are looked through for the end of a path


class LastOfSeveral(Suggester):
    """Completes the last of several words between commas from those there are."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(case_sensitive=True)
        self._known = tuple(known)

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last word written out."""
        before, _, last = value.rpartition(",")
        begun = last.strip().lstrip("#").casefold()
        entered = {each.strip().lstrip("#").casefold() for each in before.split(",")}
        for name in self._known if begun else ():
            if name.casefold().startswith(begun) and name.casefold() not in entered:
                return value + name[len(begun) :]
        return None


class Paths(Suggester):
    """Completes a path as a shell does: the first entry of its folder that begins so, in the order of names."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path with its last part written out; a folder ends with a slash."""
        found = await asyncio.to_thread(_entry, value) if value else None
        return None if found is None else value + found


def _entry(value: str) -> str | None:
    """What completes a path; None where nothing does."""
    head, _, begun = value.rpartition("/")
    folder = expanded(head + "/" if "/" in value else ".")
    best: tuple[str, bool] | None = None
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                hidden = entry.name.startswith(".") and not begun.startswith(".")
                if number >= _ENTRIES or hidden or not entry.name.startswith(begun) or not entry.name.isprintable():
                    continue
                if best is None or entry.name < best[0]:
                    best = entry.name, entry.is_dir()
    except (OSError, ValueError, RuntimeError):
        return None
    return best[0][len(begun) :] + ("/" if best[1] else "") if best is not None else None


async def complete(line: Input) -> bool:
    """Write out what is proposed for a line, however fast the key came; False where nothing is."""
    value, suggester = line.value, line.suggester
    if suggester is None or not value:
        return False
    found = await suggester.get_suggestion(value if suggester.case_sensitive else value.casefold())
    if found is None or found == value or line.value != value:
        return False
    line.value = found
    line.cursor_position = len(found)
    return True


class LineScreen(Dialog[str]):
    """One line, with what it begins with; enter takes it, escape leaves all as it was.

    `check` raises UsageError for a line that cannot be taken: then its words stand below and the line stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("tab", "complete", "complete")]

    def __init__(
        self,
        heading: str,
        value: str = "",
        *,
        hint: str = "",
        suggester: Suggester | None = None,
        check: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._heading = heading
        self._check = check
        self._line = Input(value, placeholder=hint, compact=True, select_on_focus=False, suggester=suggester)
        self._said = Saying("", id="said")

    @property
    def heading(self) -> str:
        """What is asked for."""
        return self._heading

    def content(self) -> list[Widget]:
        """The line, what is wrong with it, the keys."""
        self._said.display = False
        completes = (words.COMPLETE,) if self._line.suggester is not None else ()
        return [self._line, self._said, Hints(words.KEEP, *completes, words.LEAVE)]

    def on_mount(self) -> None:
        """Begin at the end of the line."""
        self._line.cursor_position = len(self._line.value)
        self.set_focus(self._line)

    async def action_complete(self) -> None:
        """Take what is proposed."""
        await complete(self._line)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            if self._check is not None:
                self._check(event.value.strip())
        except UsageError as mistake:
            self._said.display = True
            self._said.update(marked(mistake.phrase, "$warning"))
        else:
            self.dismiss(event.value.strip())
