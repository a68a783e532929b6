"""One line with something at its left and something at its right end: the head of the list, the foot of the screen."""

from __future__ import annotations

from textual.content import Content

from newsreader.ui.quiet import Quiet


class Line(Quiet):
    """Two ends of a line. The right end is kept whole; the left end is cut where they would meet."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._left = self._right = Content("")

    @property
    def plain(self) -> str:
        """What stands in the line, without its looks."""
        return f"{self._left.plain}  {self._right.plain}".strip()

    def put(self, left: Content, right: Content | None = None) -> None:
        """Show something else."""
        right = Content("") if right is None else right
        if (left, right) != (self._left, self._right) or left.spans != self._left.spans:
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Set both ends apart."""
        width = self.size.width
        right = self._right.truncate(width, ellipsis=True)
        between = 2 if right.plain else 0
        left = self._left.truncate(max(0, width - right.cell_length - between), ellipsis=True)
        gap = max(0, width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, right)
