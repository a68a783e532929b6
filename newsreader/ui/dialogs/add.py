"""Adding a source: paste any address, and take what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from newsreader.errors import NewsreaderError
from newsreader.text import one_line, truncate
from newsreader.ui.condition import BROWSER
from newsreader.ui.dialogs.asking import complete
from newsreader.ui.dialogs.finding import Finding
from newsreader.ui.words import adding as words
from newsreader.ui.words import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.ui.dialogs.candidates import Candidate
    from newsreader.ui.requests import Requests

_SHOWN: int = 48  # cells of a title in a sentence
_HINT: int = 36  # cells of a hint: what the smallest window has room for


def _line(label: str, line: Input) -> Horizontal:
    return Horizontal(Static(Content.styled(label, "$page-dim"), classes="label"), line, classes="folder")


class AddScreen(Finding[int]):
    """Add sources by an address; closes with the id of the first one. What was added is gone to in any case.

    `folders` are proposed for the folder line.
    """

    HEADING = words.HEADING
    TICKS = True
    AT_ONCE = True
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("⏎", dialogs.ADD),
        ("space", dialogs.SEVERAL),
        ("tab", words.FOLDER_COMPLETE),
        ("esc", dialogs.CLOSE),
    )
    BINDINGS: ClassVar[list[BindingType]] = [("tab", "next_part(1)", "next"), ("shift+tab", "next_part(-1)", "before")]

    def __init__(
        self, worker: Requests, clock: Callable[[], float], folders: tuple[str, ...] = (), start: str = ""
    ) -> None:
        super().__init__(worker, clock, start)
        self._folders = folders
        self._added: int | None = None
        self._taken: tuple[Candidate, ...] = ()
        self._folder: str | None = None

    def further(self) -> list[Widget]:
        """The folder line, and those for what a site may want."""
        suggester = SuggestFromList(self._folders, case_sensitive=False) if self._folders else None
        hint = truncate(", ".join((dialogs.NONE, *self._folders)), _HINT)
        folder = Input(placeholder=hint, compact=True, suggester=suggester, id="folder")
        return [
            *(
                _line(label, Input(placeholder=hint, compact=True, id=key))
                for key, label, hint in words.WANTED.values()
            ),
            _line(words.FOLDER, folder),
        ]

    def on_mount(self) -> None:
        """Ask for nothing yet that no site wants."""
        for key, _, _ in words.WANTED.values():
            self._line_of(key).display = False

    def _line_of(self, key: str) -> Horizontal:
        line = self.query_one(f"#{key}", Input).parent
        assert isinstance(line, Horizontal)
        return line

    def refused(self, status: object) -> None:
        """Show the line for what the site wants, and go to it where there is nothing to choose from."""
        wanted = words.WANTED.get(status) if isinstance(status, int) else None
        if wanted is not None:
            self._line_of(wanted[0]).display = True
            line = self.query_one(f"#{wanted[0]}", Input)
            if not self._list.display:
                if status == 403 and not line.value:
                    line.value = BROWSER
                self.set_focus(line)
            self.fit()

    def wishes(self) -> dict[str, Any]:
        """What the person gave the site."""
        given = {key: self.query_one(f"#{key}", Input).value.strip() for key, _, _ in words.WANTED.values()}
        settings = {key: text for key, text in given.items() if text}
        return {"settings": settings} if settings else {}

    async def action_next_part(self, step: int) -> None:
        """Take the folder that is proposed; else go round: the address, the feeds, what the site wants, the folder."""
        here = self.focused
        if step > 0 and isinstance(here, Input) and here.id == "folder" and await complete(here):
            return
        lines = [
            line for line in self.query(Input) if line is not self._address and self._line_of(str(line.id)).display
        ]
        parts = [self._address, *([self._list] if self._list.display else []), *lines]
        place = parts.index(self.focused) if self.focused in parts else 0
        self.set_focus(parts[(place + step) % len(parts)])

    async def take(self, chosen: tuple[Candidate, ...]) -> None:
        """Add each of them; what cannot be added is said, and costs the others nothing.

        Raises NewsreaderError where none could be.
        """
        folder = one_line(self.query_one("#folder", Input).value) or None
        failed: list[tuple[Candidate, NewsreaderError]] = []
        for number, each in enumerate(chosen):
            self.say(words.adding(truncate(each.title, _SHOWN), number, len(chosen)))
            try:
                source = each.here if each.here is not None else await self._add(each, folder)
            except NewsreaderError as error:
                if len(chosen) == 1:
                    raise
                failed.append((each, error))
            else:
                self._added = source if self._added is None else self._added
        if not failed:
            self._taken, self._folder = chosen, folder
            self.dismiss(self._added)
            return
        self._list.put(tuple(each for each, _ in failed), int(self._clock()))
        done = len(chosen) - len(failed)
        self.say(words.not_added(done, len(failed), failed[0][1].phrase), look="$warning")

    def told(self, key: Callable[[str], str]) -> str:
        """What was done, in a sentence for the screen below, where `key` gives the key of a command."""
        names = tuple(truncate(each.title, _SHOWN) for each in self._taken)
        if not names:
            return ""
        if len(names) == 1 and self._taken[0].here is not None:
            return words.here_already(names[0])
        return words.added(names, self._folder, key)

    async def _add(self, each: Candidate, folder: str | None) -> int:
        answer = await self.worker.request("add", address=each.url, folder=folder, **self.wishes())
        found = answer.get("source")
        if not isinstance(found, int):
            raise NewsreaderError(str(answer.get("problem") or words.COULD_NOT))
        return found

    def close(self) -> None:
        """Close; what was added is gone to all the same."""
        self.dismiss(self._added)
