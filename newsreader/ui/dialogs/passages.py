"""The highlighted passages of an article: to go to one, or to take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on

from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.dialogs.even_rows import HEIGHT, EvenRows
from newsreader.ui.dialogs.frame import Dialog, Hints
from newsreader.ui.dialogs.lists import ListKeys, TakingList
from newsreader.ui.pieces import in_place
from newsreader.ui.words import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import Highlight


class PassageRows(EvenRows):
    """Two lines a passage, and a gap: its beginning, and how it goes on."""

    def __init__(self, highlights: tuple[Highlight, ...] = ()) -> None:
        self._words = [one_line(each.place.words) for each in highlights]

    def __len__(self) -> int:
        return len(self._words)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """The words that have room on a line."""
        if line == HEIGHT - 1:
            return []
        room = max(1, width - 3)
        words = self._words[row]
        first = _fitting(words, room)
        shown, look = (first, "list--strong") if line == 0 else (words[len(first) :].strip(), "list--title")
        shown = truncate(shown, room)
        return [Segment(f"  {in_place(shown)}{' ' * (width - 2 - cell_width(shown))}", style(look))]


def _fitting(words: str, room: int) -> str:
    """The words with which a text begins that have room on a line; of a long one without spaces its beginning."""
    if cell_width(words) <= room:
        return words
    cut = truncate(words, room).rstrip("…")
    return cut[: cut.rfind(" ")] if " " in cut else cut


class PassagesScreen(Dialog[tuple[int, bool]], ListKeys[TakingList]):
    """Closes with the id of the highlight that was chosen, and whether to take it away."""

    PAGE = "#links"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j", "move(1)", "down"),
        ("up,k", "move(-1)", "up"),
        ("pagedown", "page(1)", "page down"),
        ("pageup", "page(-1)", "page up"),
        ("enter", "take(False)", "go there"),
        ("x,delete", "take(True)", "take away"),
        ("q,P", "dismiss", "close"),
    ]

    def __init__(self, highlights: tuple[Highlight, ...]) -> None:
        super().__init__()
        self._highlights = highlights
        self._list = TakingList(PassageRows(), id="links")

    @property
    def heading(self) -> str:
        """How many there are."""
        return dialogs.highlights(len(self._highlights))

    def content(self) -> list[Widget]:
        """The passages, the hints."""
        keys = (("j k", dialogs.MOVE), ("⏎", dialogs.GO_THERE), ("x", dialogs.TAKE_AWAY), ("esc", dialogs.CLOSE))
        return [self._list, Hints(*keys)]

    def on_mount(self) -> None:
        """Show them all."""
        self._list.show(PassageRows(self._highlights))
        self.set_focus(self._list)
        self.fit()

    @on(TakingList.Taken)
    def _go(self) -> None:
        self.action_take(away=False)

    def action_take(self, away: bool) -> None:
        """Close with the passage under the cursor."""
        if self._list.cursor is not None:
            self.dismiss((self._highlights[self._list.cursor].id, away))
