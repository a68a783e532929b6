"""What mattered while nobody was here: top stories, quiet sources, and the question what becomes of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from newsreader.text import one_line
from newsreader.ui.dialogs.frame import Dialog, Hanging, Hints
from newsreader.ui.words import away as words
from newsreader.ui.words import lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import ArticleHead, Gap

_DAY = 86_400


class CatchingUpScreen(Dialog[bool]):
    """The top stories by their titles, how much quiet sources have, how much the rest is; enter sets it aside."""

    PAGE = "#gap"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "dismiss(True)", "set the rest aside"),
        ("down,j", "scroll(1)", "down"),
        ("up,k", "scroll(-1)", "up"),
        ("pagedown,space", "scroll(8)", "page down"),
        ("pageup,b", "scroll(-8)", "page up"),
        ("q", "dismiss", "close"),
    ]

    def __init__(self, gap: Gap, top: Sequence[ArticleHead], now: int, undo: str) -> None:
        super().__init__()
        self._gap = gap
        self._top = top
        self._days = max(1, (now - gap.since) // _DAY)
        self._undo = undo

    @property
    def heading(self) -> str:
        """How long nobody was here."""
        return f"{words.HEADING} · {words.days(self._days)}"

    def content(self) -> list[Widget]:
        """What came, what stays unread, what becomes of the rest, the keys."""
        gap = self._gap
        entries = [
            (
                Content.styled("  ● ", "$accent"),
                Content.assemble(
                    (one_line(head.title), "$page-strong"), (f"  {lists.sources(head.sources)}", "$page-dim")
                ),
            )
            for head in self._top
        ]
        headed = [(Content(""), Content.styled(words.TOP, "bold $foreground")), *entries] if entries else []
        if gap.quiet:
            of_quiet = words.of_quiet(len(gap.quiet), gap.quiet_sources)
            headed += [
                (Content(""), Content.styled(words.QUIET, "bold $foreground")),
                (Content("    "), Content.styled(of_quiet, "$foreground")),
            ]
        page = VerticalScroll(Hanging(headed), id="gap", can_focus=False)
        after = f"{words.rest(gap.rest, self._undo)} {words.KEPT}"
        return [
            Static(Content.styled(words.came(gap.new), "$foreground")),
            page,
            Static(Content.styled(after, "$page-dim")),
            Hints(("⏎", words.SET_ASIDE), ("esc", words.LEAVE)),
        ]

    def on_mount(self) -> None:
        """Fit it into the window."""
        self.fit()

    def action_scroll(self, lines: int) -> None:
        """Scroll what came."""
        self.query_one("#gap", VerticalScroll).scroll_relative(y=lines, animate=False)
