"""Running text with its spans as nested markup: what Markdown and HTML have in common."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.document.blocks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.document.blocks import Span, Text


@dataclass(frozen=True, slots=True)
class Style:
    """How a format writes plain characters, and a marked stretch around what is written already.

    `verbatim` marks take their characters as they are: what else is marked inside them is left out.
    """

    plain: Callable[[str], str]
    marked: Callable[[Span, str], str]
    verbatim: frozenset[Mark] = frozenset()


def write(text: Text, style: Style) -> str:
    """Write a text in a style; spans that cross each other are cut so that they nest. Takes n log n for n spans."""
    waiting = [(span.start, -span.end, order, span) for order, span in enumerate(text.spans)]
    heapq.heapify(waiting)
    open_spans: list[tuple[int, Span | None, list[str]]] = [(len(text.text), None, [])]
    position = 0
    while open_spans:
        end, span, parts = open_spans[-1]
        verbatim = span is not None and span.mark in style.verbatim
        upcoming = waiting[0][0] if waiting else end
        stop = min(max(upcoming, position), end)
        if stop > position:
            stretch = text.text[position:stop]
            parts.append(stretch if verbatim else style.plain(stretch))
            position = stop
        if upcoming < end or (span is None and waiting):  # an anchor may stand at the very end
            _, last, order, inner = heapq.heappop(waiting)
            if -last > end:
                heapq.heappush(waiting, (end, last, order, inner))
            if inner.mark is Mark.ANCHOR:
                open_spans[-2 if verbatim else -1][2].append(style.marked(inner, ""))
            elif not verbatim and -last > position:
                open_spans.append((min(-last, end), inner, []))
            continue
        open_spans.pop()
        if span is None:
            return "".join(parts)
        open_spans[-1][2].append(style.marked(span, "".join(parts)))
    raise AssertionError(text)
