"""What a command printed, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from newsreader.text import one_line, truncate
from newsreader.ui.dialogs.frame import Dialog, Hints
from newsreader.ui.words import outside as words

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

_NAME: int = 60  # cells of a command


class PrintedScreen(Dialog[None]):
    """The lines, to be scrolled."""

    PAGE = "#answer-page"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,q", "dismiss", "close"),
        ("down,j", "scroll(1)", "down"),
        ("up,k", "scroll(-1)", "up"),
        ("pagedown,space", "scroll(12)", "page down"),
        ("pageup,b", "scroll(-12)", "page up"),
    ]

    def __init__(self, command: str, printed: str) -> None:
        super().__init__()
        self._command = command
        self._printed = printed

    @property
    def heading(self) -> str:
        """Which command it was."""
        return truncate(one_line(self._command), _NAME)

    def content(self) -> list[Widget]:
        """The lines, and the keys."""
        page = VerticalScroll(Static(Content(self._printed), id="answer"), id="answer-page", can_focus=False)
        return [page, Hints(("↑ ↓", words.SCROLL), ("esc", words.CLOSE))]

    def action_scroll(self, lines: int) -> None:
        """Scroll the lines."""
        self.query_one("#answer-page", VerticalScroll).scroll_relative(y=lines, animate=False)
