"""A quiet panel that is laid over the foot: nothing moves when it comes or goes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.content import Content
    from textual.geometry import Size


class OverFoot(Widget):
    """The panel. Subclasses set what it says."""

    SCOPED_CSS: ClassVar[bool] = False  # the screen's classes are above it
    DEFAULT_CSS: ClassVar[str] = """
    OverFoot {
        layer: over;
        dock: bottom;
        width: 100%;
        height: auto;
        padding: 1 4;
        background: $surface;
    }
    .-narrow OverFoot { padding: 1; }
    .-low OverFoot { padding: 0 1; }
    """

    @abstractmethod
    def content_for(self, width: int) -> Content:
        """What it says, set in this width."""

    @property
    def plain(self) -> str:
        """What it says, without its looks."""
        return self.content_for(self.content_size.width or self.screen.size.width).plain if self.display else ""

    def open(self) -> None:
        """Show it, or show it anew."""
        self.display = True
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that it needs in this width."""
        del container, viewport
        return self.content_for(width).plain.count("\n") + 1

    def render(self) -> Content:
        """All of it."""
        return self.content_for(self.content_size.width)
