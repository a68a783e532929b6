"""The page: a Document laid out as lines of a measure, as much of it as is needed now.

Lines know which block and which character they show, so that a place in the text survives another measure.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import (
    Code,
    Definitions,
    Figure,
    Heading,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from newsreader.ui.block_setting import BlockSetter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsreader.document.blocks import Block, Document
    from newsreader.ui.typesetting import Line

MIN_MEASURE: Final = 16  # cells: below this nothing is set well, and nothing breaks
_LOOK_AT_CLOCK: Final = 16  # lines laid between two looks at the clock
_SNIPPETS: Final = (80, 40, 20)  # characters that tell a passage apart, tried in this order


class Layout:
    """The lines of a document at a measure (cells), laid on demand from the top.

    `lines` holds what is laid so far and only grows; `done` says that it is all there is. Characters of a block are
    counted in its text as it is set.
    """

    def __init__(self, document: Document, measure: int) -> None:
        self.measure = max(measure, MIN_MEASURE)
        self.lines: list[Line] = []
        self.done = False
        self._keys: list[tuple[int, int]] = []
        self._texts: list[str] = []
        self._anchors: dict[str, tuple[int, int]] = {}
        self._weights = [_weight(block) for block in document.blocks]
        self._coming = self._lay(document)

    def lay(self, until: Callable[[], bool] | None = None) -> None:
        """Lay lines until `until` says so, or all of them."""
        while not self.done and (until is None or not until()):
            line = next(self._coming, None)
            if line is None:
                self.done = True
            else:
                self.lines.append(line)
                self._keys.append((line.block, line.offset))

    def lay_lines(self, count: int) -> None:
        """See to it that the first `count` lines are there, as far as the document goes."""
        self.lay(lambda: len(self.lines) >= count)

    def lay_to(self, block: int, offset: int) -> None:
        """See to it that the line which shows this character is there."""
        self.lay(lambda: bool(self._keys) and self._keys[-1] > (block, offset))

    def lay_for(self, seconds: float) -> None:
        """Lay lines for about so long: a slice of work between key presses."""
        end = time.perf_counter() + seconds
        while not self.done and time.perf_counter() < end:
            self.lay_lines(len(self.lines) + _LOOK_AT_CLOCK)

    @property
    def height(self) -> int:
        """How many lines there are; before all are laid, an estimate from the length of the text to come."""
        if self.done:
            return len(self.lines)
        laid = sum(self._weights[: len(self._texts)])
        if not laid:
            return len(self.lines) + sum(self._weights) // (self.measure * 2 // 3)
        return len(self.lines) + round(sum(self._weights[len(self._texts) :]) * len(self.lines) / laid)

    def line_of(self, block: int, offset: int) -> int:
        """Find the line that shows a character (number of the line), 0 for a document without lines."""
        self.lay_to(block, offset)
        return max(bisect_right(self._keys, (block, offset)) - 1, 0)

    def place_of(self, anchor: str) -> tuple[int, int] | None:
        """Find where a link to an id of the article ("#note-1", or without the #) leads: (block, character)."""
        name = anchor.removeprefix("#")
        self.lay(lambda: name in self._anchors)
        return self._anchors.get(name)

    def snippet(self, block: int, offset: int) -> str:
        """Give the words that stand at a place, to find them again in another document."""
        self.lay_to(block, offset)
        text = self._texts[block][offset:] if block < len(self._texts) else ""
        return text.strip() or next((text for text in self._texts[block + 1 :] if text.strip()), "")

    def find(self, words: str, *, near: int = 0) -> tuple[int, int] | None:
        """Find where words stand, or their beginning: (block, offset), of several places the one nearest to a block."""
        self.lay()
        for length in _SNIPPETS:
            wanted = words[:length]
            if len(wanted) == min(length, len(words)) and len(wanted) >= _SNIPPETS[-1]:
                found = [(block, at) for block, text in enumerate(self._texts) if (at := text.find(wanted)) >= 0]
                if found:
                    return min(found, key=lambda place: abs(place[0] - near))
        return None

    def _lay(self, document: Document) -> Iterator[Line]:
        top = min((block.level for block in document.blocks if isinstance(block, Heading)), default=1)
        previous: Block | None = None
        for index, block in enumerate(document.blocks):
            setter = BlockSetter(index, self.measure, top_level=top, anchors=self._anchors)
            yield from setter.set(block, previous)
            self._texts.append(setter.text)
            previous = block


def _weight(block: Block) -> int:
    """About how many characters a block has; lines of code and items count as if they were half full."""
    match block:
        case Paragraph(Text(text)) | Heading(_, Text(text)):
            return len(text) + 60
        case Code(text):
            return max(len(text), 40 * text.count("\n")) + 60
        case Quote(blocks):
            return sum(map(_weight, blocks))
        case ListBlock(items):
            return sum(_weight(block) for item in items for block in item)
        case Definitions(items):
            return sum(len(term.text) + 40 + sum(map(_weight, meaning)) for term, meaning in items)
        case Table(rows):
            return sum(30 + sum(len(cell.text) for cell in row) for row in rows)
        case Figure(_, alternative, caption):
            return len(alternative) + len(caption.text) + 60
        case Media() | Rule():
            return 60
