"""Running text with its spans as nested markup: what Markdown and HTML have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.document.blocks import Mark, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsreader.document.blocks import Text


@dataclass(frozen=True, slots=True)
class Style:
    """How a format writes plain characters, and a marked stretch around what is written already.

    `verbatim` marks take their characters as they are: what else is marked inside them is left out.
    """

    plain: Callable[[str], str]
    marked: Callable[[Span, str], str]
    verbatim: frozenset[Mark] = frozenset()


def write(text: Text, style: Style) -> str:
    """Write a text in a style; spans that cross each other are cut so that they nest."""
    spans = sorted(text.spans, key=lambda span: (span.start, -span.end))
    return _write(text.text, 0, len(text.text), spans, style)


def _write(text: str, start: int, end: int, spans: list[Span], style: Style) -> str:
    parts: list[str] = []
    for position, span, inner in _outermost(start, end, spans):
        parts.append(style.plain(text[position : span.start]) if span.start > position else "")
        if span.mark in style.verbatim:
            content = text[span.start : span.end]
        else:
            content = _write(text, span.start, span.end, inner, style)
        parts.append(style.marked(span, content))
        start = span.end
    parts.append(style.plain(text[start:end]) if start < end else "")
    return "".join(parts)


def _outermost(start: int, end: int, spans: list[Span]) -> Iterator[tuple[int, Span, list[Span]]]:
    """Give the outermost spans of a stretch in order, each with where the text before it begins and what is inside."""
    queue = [Span(max(span.start, start), min(span.end, end), span.mark, span.target) for span in spans]
    while queue:
        outer, *rest = queue
        if outer.start >= outer.end:
            queue = rest
            continue
        inner = [span for span in rest if span.start < outer.end]
        yield start, outer, inner
        start = outer.end
        queue = sorted(
            (Span(max(span.start, start), span.end, span.mark, span.target) for span in rest if span.end > start),
            key=lambda span: (span.start, -span.end),
        )
