"""Running text as it is collected: white space folded as a browser folds it, marks opened and closed around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.document.blocks import Mark, Span, Text
from newsreader.text import clean_text, fold_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Run:
    """The text of one paragraph in the making.

    Marks that are still open when the text is taken go on in the next one: `<b>` around two paragraphs marks both.
    """

    __slots__ = ("_anchors", "_open", "_parts", "_space", "_spans", "after_break", "length")

    def __init__(self) -> None:
        self.length = 0
        """Characters so far; none as long as only white space was taken in."""
        self.after_break = False
        """Whether the last thing taken in was a line break."""
        self._parts: list[str] = []
        self._space = False
        self._spans: list[tuple[int, Span]] = []  # with the depth of each: outer marks come first
        self._open: list[tuple[int, Mark, str | None] | None] = []
        self._anchors: list[tuple[int, str]] = []  # where links of the article lead

    def add(self, text: str) -> None:
        """Take in text; white space at its ends joins with that of its neighbours."""
        if not text.isprintable():
            text = fold_space(clean_text(text))
        else:  # then its only white space is spaces
            text = text if text.isascii() else clean_text(text)
            text = fold_space(text) if "  " in text else text
        body = text.strip(" ")
        if not body:
            self._space = self._space or bool(text)
            return
        if self.length and not self.after_break and (self._space or text[0] == " "):
            if self._anchors:
                self._hold_on()
            self._parts.append(" ")
            self.length += 1
        self._parts.append(body)
        self.length += len(body)
        self._space = text[-1] == " "
        self.after_break = False

    def _hold_on(self) -> None:
        """Let ids that stand before a space name the word behind it: a line may break there."""
        place = len(self._anchors)
        while place and self._anchors[place - 1][0] == self.length:
            place -= 1
            self._anchors[place] = (self.length + 1, self._anchors[place][1])

    def line_break(self) -> None:
        """Take in a forced line break; before any text it is nothing."""
        self._space = False
        if self.length:
            self._parts.append("\n")
            self.length += 1
            self.after_break = True

    def open(self, mark: Mark, target: str | None = None) -> None:
        """Begin a mark; every `open` needs its `close`. A mark inside the same mark is one."""
        for opened in self._open:
            if opened is not None and opened[1] is mark:
                self._open.append(None)
                return
        self._open.append((self.length, mark, target))

    def marks(self) -> tuple[tuple[Mark, str | None], ...]:
        """Give the marks that are open, the outer ones first, with the address of a link."""
        return tuple((opened[1], opened[2]) for opened in self._open if opened is not None)

    def close(self) -> None:
        """End the mark opened last."""
        self._end_mark(len(self._open) - 1)
        self._open.pop()

    def anchor(self, name: str) -> None:
        """Note that links to this id lead to here: to the text that comes next, in this paragraph or a later one."""
        self._anchors.append((self.length, name))

    def waiting_anchors(self) -> tuple[Span, ...]:
        """Give the ids for which no text has come yet, for what is no text to keep."""
        if not self._anchors:
            return ()
        waiting = [name for place, name in self._anchors if not self.length]
        if waiting:
            self._anchors = []
        return tuple(Span(0, 0, Mark.ANCHOR, name) for name in waiting)

    def take(self) -> Text | None:
        """Give what was collected and begin anew; None when it was only white space."""
        self._space = False
        if not self.length:
            return None
        parts, spans = self._parts, self._spans
        self._parts = []
        if self._open:
            for depth in range(len(self._open)):
                self._end_mark(depth)
            self._open = [opened and (0, opened[1], opened[2]) for opened in self._open]
        self.length, self.after_break = 0, False
        raw = "".join(parts)
        text = raw.strip()
        if len(parts) > 1 and not text.isascii():
            text = clean_text(text)  # marks and letters that came from neighbouring elements
        if self._anchors:
            spans += [(len(self._open), Span(at, at, Mark.ANCHOR, name)) for at, name in self._anchors]
            self._anchors = [] if text else [(0, name) for _, name in self._anchors]
        if spans:
            self._spans = []
            if len(spans) > 1:
                spans.sort(key=_depth)
            lead = len(raw) - len(raw.lstrip()) if len(text) < len(raw) else 0
            return Text(text, _trimmed([span for _, span in spans], text, lead)) if text else None
        return Text(text) if text else None

    def _end_mark(self, depth: int) -> None:
        opened = self._open[depth]
        if opened is not None and opened[0] < self.length:
            self._spans.append((depth, Span(opened[0], self.length, opened[1], opened[2])))


def _depth(ordered: tuple[int, Span]) -> int:
    return ordered[0]


def joined(texts: Iterable[Text], separator: str) -> Text:
    """Put texts behind each other with a separator, their spans moved along."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for text in texts:
        if parts:
            parts.append(separator)
            length += len(separator)
        spans.extend(Span(span.start + length, span.end + length, span.mark, span.target) for span in text.spans)
        parts.append(text.text)
        length += len(text.text)
    return Text("".join(parts), tuple(spans))


def _trimmed(spans: Sequence[Span], text: str, lead: int) -> tuple[Span, ...]:
    """Move spans to where their text begins, without white space at their ends, in the order of their text."""
    kept = []
    for span in spans:
        start, end = max(0, span.start - lead), max(0, min(span.end - lead, len(text)))
        if span.mark is Mark.ANCHOR:
            kept.append(Span(end, end, span.mark, span.target))
            continue
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start == span.start and end == span.end:
            kept.append(span)
        elif start < end:
            kept.append(Span(start, end, span.mark, span.target))
    if len(kept) > 1:
        kept.sort(key=_extent)
    return tuple(kept)


def _extent(span: Span) -> tuple[int, int]:
    return span.start, -span.end
