"""Where the row under the cursor, or the line that was gone to, stands in its pane."""

from __future__ import annotations

from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where


class Placing(Desk):
    """The commands that put it there."""

    def action_place_top(self) -> None:
        """Put it at the top."""
        self._place(0)

    def action_place_middle(self) -> None:
        """Put it into the middle."""
        self._place(0.5)

    def action_place_bottom(self) -> None:
        """Put it at the bottom."""
        self._place(1)

    def _place(self, share: float) -> None:
        match self.main.pane:
            case Where.SOURCES:
                self.main.sources.place_cursor(share)
            case Where.ARTICLES:
                self.main.articles.place_cursor(share)
            case Where.READER:
                self.main.reader.place_line(share)
