"""What the dialogs share: a panel in the middle with a title, and a line of hints below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

T = TypeVar("T")


def hints(*pairs: tuple[str, str]) -> Content:
    """Keys with their words, as at the foot of the screen."""
    parts = [part for key, word in pairs for part in ((key, "$foreground"), (f" {word}   ", "$page-dim"))]
    return Content.assemble(*parts)


class Dialog(ModalScreen[T]):
    """A panel over the main screen; escape closes it with None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "close")]
    HEADING: ClassVar[str] = ""

    def content(self) -> list[Widget]:
        """The widgets of the panel."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title and content in a panel."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self.HEADING, "bold $page-strong"), classes="heading")
            yield from self.content()
