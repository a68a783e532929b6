"""Preformatted text as it is set: tabs made spaces, in the colours of its language, with the links in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Span, Text
from newsreader.document.wrapping import chop, tab_size
from newsreader.ui.highlighting import highlighted
from newsreader.ui.typesetting import Looks, Setting, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsreader.document.blocks import Code

GROUND: Final = ("block-code",)


def set_listing(block: Code) -> Setting:
    """Make preformatted text ready to be cut into lines, which are ended by newlines only."""
    setting = set_text(_spaced(block), GROUND)
    stretches = highlighted(setting.plain, block.language)
    if not stretches:
        return setting
    return Setting(setting.plain, partial(_coloured, setting, stretches), setting.anchors)


def continued(line: str, width: int) -> Iterator[tuple[int, int]]:
    """Cut a line of code: the first part fills the width, the others leave two cells for an arrow."""
    _, head = next(chop(line, width))
    yield 0, head
    if head < len(line):
        yield from ((head + first, head + last) for first, last in chop(line[head:], width - 2))


def _spaced(block: Code) -> Text:
    """Make tabs spaces, and drop the white space at the ends of lines and the empty lines around all; spans follow."""
    lines, tab = block.text.splitlines(), tab_size(block.text)
    shown = [line.expandtabs(tab).rstrip() for line in lines]
    first = next((number for number, line in enumerate(shown) if line), 0)
    code = "\n".join(shown).strip("\n")
    if not block.spans:
        return Text(code)
    places: list[int] = []  # where each character of the text is in the code
    start = 0
    for number, line in enumerate(lines):
        if number >= first:
            end = start + len(shown[number])
            if "\t" in line:
                places += [min(start + len(line[:column].expandtabs(tab)), end) for column in range(len(line) + 1)]
            else:
                places += [min(start + column, end) for column in range(len(line) + 1)]
            start = end + 1
        else:
            places += [0] * (len(line) + 1)
    places.append(len(code))

    def moved(place: int) -> int:
        return min(places[min(place, len(places) - 1)], len(code))

    return Text(code, tuple(Span(moved(span.start), moved(span.end), span.mark, span.target) for span in block.spans))


def _coloured(setting: Setting, stretches: Sequence[tuple[int, int, str]]) -> Looks:
    """Give stretches (start, end, look), which are in order and apart, their looks beside those that they have."""
    starts: list[int] = []
    runs: list[tuple[tuple[str, ...], str | None]] = []
    before = setting.looks
    ends = [*before.starts[1:], len(setting.plain)]
    coming = 0
    for start, end, (classes, link) in zip(before.starts, ends, before.runs, strict=True):
        place = start
        while coming < len(stretches) and stretches[coming][1] <= place:
            coming += 1
        number = coming
        while place < end:
            first, last, look = stretches[number] if number < len(stretches) else (end, end, "")
            starts.append(place)
            if place < first:
                runs.append((classes, link))
                place = min(first, end)
            else:
                runs.append(((*classes, look), link))
                place = min(last, end)
                number += 1
    return Looks(starts or [0], runs or [(GROUND, None)])
