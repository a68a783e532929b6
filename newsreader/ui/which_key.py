"""What may follow the keys that were begun: a quiet panel over the foot, for who rests in the middle of a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from newsreader.text import cell_width
from newsreader.ui.over_foot import OverFoot
from newsreader.ui.words import keys as words

if TYPE_CHECKING:
    from collections.abc import Sequence


_GAP: Final = 3  # cells between two columns
_ABOVE: Final = 3  # lines of the panes that stay in sight at least


class WhichKey(OverFoot):
    """The panel. It is laid over the panes: nothing moves when it comes or goes."""

    def __init__(self) -> None:
        super().__init__(id="which-key")
        self._begun = ""
        self._ways: tuple[tuple[str, str], ...] = ()

    def put(self, begun: str, ways: tuple[tuple[str, str], ...]) -> None:
        """Show what was begun, and what may follow: each key with what it does."""
        self._begun, self._ways = begun, ways
        self.open()

    def content_for(self, width: int) -> Content:
        """The head, and the keys in columns that are read downwards."""
        head = Content.assemble(
            (self._begun, "bold $accent"),
            (f"{' ' * _GAP}{words.LEAVE_BEGUN}", "$page-dim"),
        )
        columns = self._columns(width)
        lines = range(len(columns[0]))
        rows = [Content.assemble(*(part for column in columns for part in column[line])) for line in lines]
        room = max(1, self.screen.size.height - _ABOVE - 1)
        if len(rows) > room:
            rows = [*rows[: room - 1], Content.styled("…", "$page-dim")]
        return Content("\n").join([head, *(row.rstrip().truncate(width, ellipsis=True) for row in rows)])

    def _columns(self, width: int) -> list[list[list[tuple[str, str]]]]:
        """The ways in as many columns as there is room for, to be read downwards; each way is a key and its label."""
        count = len(self._ways)
        for lines in range(1, count + 1):
            columns = [self._column(self._ways[start : start + lines], lines) for start in range(0, count, lines)]
            if sum(sum(cell_width(words) for words, _ in column[0]) for column in columns) - _GAP <= width:
                return columns
        return [self._column(self._ways, count)]

    @staticmethod
    def _column(ways: Sequence[tuple[str, str]], lines: int) -> list[list[tuple[str, str]]]:
        keys, labels = (max((cell_width(words) for words in side), default=0) for side in zip(*ways, strict=True))
        padded = (*ways, *[("", "")] * (lines - len(ways)))
        return [
            [
                (key + " " * (keys - cell_width(key) + 1), "bold $foreground"),
                (label + " " * (labels - cell_width(label) + _GAP), "$page-dim"),
            ]
            for key, label in padded
        ]
