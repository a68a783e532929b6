"""Painting over a line of the page: looks laid over its pieces, letters put on it, what is selected."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newsreader.text import cell_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.content import Content
    from textual.geometry import Size

    from newsreader.ui.looks import Looks
    from newsreader.ui.pieces import Piece


_SENTENCE: Final = 72  # cells to a line of the sentence in an empty pane
LINK: Final = "reader_link"
"""The name under which a segment knows the address that a click on it opens."""


def styled(pieces: Iterable[Piece], look: Callable[[tuple[str, ...]], Style]) -> Iterator[Segment]:
    """Give pieces of a line in their looks; a link is told to the mouse."""
    for text, classes, link in pieces:
        style = look(classes)
        if link is not None:
            style += Style.from_meta({LINK: link})
        yield Segment(text.replace("\xa0", " "), style)


def filled(segments: Iterable[Segment], width: int, look: Style) -> Strip:
    """Make a line of the pane's width, in one go: a Strip is dear, and a page has many."""
    line = list(segments)
    space = width - sum(segment.cell_length for segment in line)
    if space < 0:
        return Strip(line).adjust_cell_length(width, look)
    return Strip([*line, Segment(" " * space, look)] if space else line, width)


def sentence_line(said: Content, y: int, size: Size, look: Looks) -> Strip:
    """Give a line of a sentence that stands, centred, a third down an empty pane."""
    lines = said.wrap(max(min(size.width - 4, _SENTENCE), 1)) if said else []
    number = y - max((size.height - len(lines)) // 3, 0)
    if not 0 <= number < len(lines):
        return Strip.blank(size.width, look(()))
    line = lines[number].rstrip()
    indent = Segment(" " * max((size.width - line.cell_length) // 2, 0), look(()))
    return Strip([indent, *line.render_segments(look.visual("message"))]).adjust_cell_length(size.width, look(()))


def overlaid(pieces: Iterable[Piece], spans: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    """Give stretches of a line (first character, the one after the last, look) that look beside their own."""
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        cuts = {at, end, *(cut for first, last, _ in spans for cut in (first, last) if at < cut < end)}
        borders = sorted(cuts)
        for start, stop in pairwise(borders):
            looks = tuple(look for first, last, look in spans if first <= start < last)
            yield piece._replace(text=piece.text[start - at : stop - at], classes=piece.classes + looks)
        at = end


def stamped(segments: Iterable[Segment], at: int, letters: str, look: Style) -> list[Segment]:
    """Put letters over the characters of a line from `at` on, as many of them as the letters are wide."""
    before: list[Segment] = []
    after: list[Segment] = []
    position = covered = 0
    for text, style, _ in segments:
        first = min(max(at - position, 0), len(text))
        last = first
        while last < len(text) and position + last >= at and covered < len(letters):
            covered += cell_width(text[last])
            last += 1
        # Empty stretches are left out: letter by letter, a line of many links would double with each of them.
        if first:
            before.append(Segment(text[:first], style))
        if last < len(text):
            after.append(Segment(text[last:], style))
        position += len(text)
    return [*before, Segment(letters + " " * (covered - len(letters)), look), *after]


def selected(segments: Iterable[Segment], start: int, end: int, look: Style) -> Iterator[Segment]:
    """Give the segments of a line of which the characters `start` up to `end` (-1: the last) are selected."""
    position = 0
    for text, style, _ in segments:
        first = min(max(start - position, 0), len(text))
        last = len(text) if end < 0 else min(max(end - position, first), len(text))
        if first:
            yield Segment(text[:first], style)
        if first < last:
            yield Segment(text[first:last], style + look if style else look)
        if last < len(text):
            yield Segment(text[last:], style)
        position += len(text)
