"""Preformatted text of a tree: white space kept, with the links and the emphasis in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from newsreader.document.blocks import Mark, Span, Text
from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Marked = tuple[Mark, str | None]
    """A mark that is open, with the address of a link."""

MARKS: Final = {
    "em": Mark.EMPHASIS,
    "strong": Mark.STRONG,
    "code": Mark.CODE,
    "kbd": Mark.KEYBOARD,
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
    "del": Mark.DELETED,
    "ins": Mark.INSERTED,
    "mark": Mark.HIGHLIGHT,
    "small": Mark.SMALL,
}
_ALL_IS: Final = frozenset({Mark.CODE, Mark.KEYBOARD})  # what a listing is anyway
_BORDERED: Final = frozenset(["p", "div", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"])


def read_listing(
    element: etree._Element, address: Callable[[str | None], str | None], around: Iterable[Marked] = ()
) -> Text:
    """Read preformatted text; a line break is a newline, and so is the border of a block.

    `address` tells where a link may lead, `around` are the marks in which the listing stands.
    """
    reading = _Reading(address)
    for mark, target in around:
        reading.open(mark, target)
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node is not element and (anchor := node.get("id")) is not None:
                reading.anchor(anchor)
            reading.begin(node)
        else:
            reading.close()
            if node is not element:
                reading.add("\n" if node.tag in _BORDERED else "", node.tail or "")
    while reading.opened:
        reading.close()
    return reading.text()


class _Reading:
    """The text so far. `opened` are the marks we are in, with where each began."""

    def __init__(self, address: Callable[[str | None], str | None]) -> None:
        self.address = address
        self.opened: list[tuple[int, Mark | None, str | None]] = []
        self.parts: list[str] = []
        self.spans: list[tuple[int, Span]] = []
        self.length = 0

    def begin(self, node: etree._Element) -> None:
        """Take in the beginning of an element, and the text behind it."""
        mark, target = MARKS.get(str(node.tag)), None
        if node.tag == "a" and (target := self.address(node.get("href"))) is not None:
            mark = Mark.LINK
        self.open(mark, target)
        self.add("\n" if node.tag == "br" else "", node.text or "")

    def anchor(self, name: str) -> None:
        """Note that links to this id lead to here."""
        self.spans.append((len(self.opened), Span(self.length, self.length, Mark.ANCHOR, name)))

    def open(self, mark: Mark | None, target: str | None = None) -> None:
        """Begin an element; a mark inside the same mark is one."""
        known = mark in _ALL_IS or any(mark is other for _, other, _ in self.opened)
        self.opened.append((self.length, None if known else mark, target))

    def close(self) -> None:
        """End the element begun last."""
        start, mark, target = self.opened.pop()
        if mark is not None and start < self.length:
            self.spans.append((len(self.opened), Span(start, self.length, mark, target)))

    def add(self, *texts: str) -> None:
        """Take in text."""
        for text in map(clean_text, texts):
            self.parts.append(text)
            self.length += len(text)

    def text(self) -> Text:
        """Give it all, without the newline after the first tag and the white space at the end."""
        raw = "".join(self.parts)
        text = raw.removeprefix("\n").rstrip()
        text = text if text.isascii() else clean_text(text)  # marks and letters may have come from two elements
        text = text if text.strip() else ""
        lead = 1 if raw.startswith("\n") else 0
        spans = []
        for _, span in sorted(self.spans, key=_order):
            start, end = (min(max(0, place - lead), len(text)) for place in (span.start, span.end))
            if start < end or span.mark is Mark.ANCHOR:
                spans.append(Span(start, end, span.mark, span.target))
        return Text(text, tuple(spans))


def _order(nested: tuple[int, Span]) -> tuple[int, int, int]:
    depth, span = nested
    return span.start, -span.end, depth
