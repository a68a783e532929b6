"""What was said at the foot of late, to be read again: the newest first."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content

from newsreader.text import short_age
from newsreader.ui.dialogs.frame import Dialog, Hanging, Hints
from newsreader.ui.signs import marked
from newsreader.ui.words import dialogs
from newsreader.ui.words import panes as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.ui.foot import Said

_AGE = 7  # cells of "now" and "12 m", and what is between that and the words


class MessagesScreen(Dialog[None]):
    """The messages, each with how long ago it was said."""

    HEADING = words.MESSAGES
    PAGE = "#recent"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j", "scroll(1)", "down"),
        ("up,k", "scroll(-1)", "up"),
        ("pagedown,space", "scroll(8)", "page down"),
        ("pageup,b", "scroll(-8)", "page up"),
        ("q,enter", "dismiss", "close"),
    ]

    def __init__(self, recent: Sequence[Said]) -> None:
        super().__init__()
        self._recent = recent

    def content(self) -> list[Widget]:
        """The messages, the hints."""
        now = int(monotonic())
        entries = [
            (
                Content.styled(f"{short_age(int(said.at), now):<{_AGE}}", "$page-dim"),
                marked(said.sentence, "$warning" if said.warning else "$foreground"),
            )
            for said in reversed(self._recent)
        ]
        page = VerticalScroll(Hanging(entries), id="recent", can_focus=False)
        return [page, Hints(("j k", dialogs.SCROLL), ("esc", dialogs.CLOSE))]

    def on_mount(self) -> None:
        """Fit what was said into the window."""
        self.fit()

    def action_scroll(self, lines: int) -> None:
        """Scroll what was said."""
        self.query_one("#recent", VerticalScroll).scroll_relative(y=lines, animate=False)
