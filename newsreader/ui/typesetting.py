"""Set text: what a line of the page is made of, and running text with its marks as styled pieces.

Nothing here knows a widget or a colour. A piece names classes ("link", "strong"); the reader view gives them looks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.document.blocks import Mark, Span, Text
from newsreader.text import lowered, raised
from newsreader.ui.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page.

    `held` is what it says, `body` the pieces of that; `lead` and `tail` are what stands around the words (indents,
    bars, bullets) and is never copied. `block` and `offset` say where the words are: the block of the document, the
    character in the block's text. `joint` is what joins the line to the one before when both are copied: a space or
    nothing where it only wrapped.
    """

    held: tuple[Piece, ...] | Cut = ()
    lead: tuple[Piece, ...] = ()
    tail: tuple[Piece, ...] = ()
    block: int = 0
    offset: int = 0
    joint: str = "\n"

    @property
    def body(self) -> tuple[Piece, ...]:
        """The words of the line in their looks."""
        return self.held if isinstance(self.held, tuple) else self.held.pieces()

    def pieces(self) -> tuple[Piece, ...]:
        """All of the line, left to right."""
        return self.lead + self.body + self.tail

    @property
    def words(self) -> str:
        """The text of the line without what stands around it."""
        return "".join(piece.text for piece in self.held) if isinstance(self.held, tuple) else self.held.text

    @property
    def full(self) -> str:
        """The text of the line as it is shown."""
        return "".join(piece.text for piece in self.pieces())


class Margin:
    """What stands left of a block's lines: bars and indents, and on the first line once the bullet or number."""

    __slots__ = ("_first", "_outer", "_rest", "width")

    def __init__(self, outer: Margin | None = None, rest: Piece | None = None, first: Piece | None = None) -> None:
        self._outer = outer
        self._rest = rest
        self._first = first
        self.width: int = (outer.width if outer else 0) + (len(rest.text) if rest else 0)

    def take(self) -> tuple[Piece, ...]:
        """Give the lead of the next line; the first call gives the bullet, later ones the indent in its place."""
        outer = self._outer.take() if self._outer else ()
        here = self._first or self._rest
        self._first = None
        return (*outer, here) if here else outer

    @property
    def waiting(self) -> bool:
        """Whether a bullet or number has not been set yet."""
        return self._first is not None or (self._outer is not None and self._outer.waiting)


class Looks(NamedTuple):
    """The stretches of a text that have one look, without a gap: where each starts; its classes and its link."""

    starts: list[int]
    runs: list[tuple[tuple[str, ...], str | None]]


class Setting:
    """Running text ready to be cut into lines: `plain` as shown, and its looks, which are found when they are needed.

    Most lines of a long page are laid only to know where they are. `anchors` are the ids that links lead to, with the
    character where each is.
    """

    __slots__ = ("_find_looks", "_looks", "anchors", "plain")

    def __init__(self, plain: str, looks: Callable[[], Looks], anchors: tuple[tuple[str, int], ...] = ()) -> None:
        self.plain = plain
        self.anchors = anchors
        self._find_looks = looks
        self._looks: Looks | None = None

    @property
    def looks(self) -> Looks:
        """What looks how."""
        if self._looks is None:
            self._looks = self._find_looks()
        return self._looks

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """Cut out the characters `start` up to `end` as pieces."""
        if start >= end:
            return ()
        starts, runs = self.looks
        index = bisect_right(starts, start) - 1
        pieces = []
        while start < end:
            stop = min(end, starts[index + 1]) if index + 1 < len(starts) else end
            pieces.append(Piece(self.plain[start:stop], *runs[index]))
            start = stop
            index += 1
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Cut:
    """The characters `start` up to `end` of a text, as they stand on one line."""

    setting: Setting
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters."""
        return self.setting.plain[self.start : self.end]

    def pieces(self) -> tuple[Piece, ...]:
        """The same in their looks."""
        return self.setting.pieces(self.start, self.end)


# In order of strength: where two looks disagree, the later one wins.
_CLASSES: Final = {
    Mark.SMALL: "small",
    Mark.SUPERSCRIPT: "raised",
    Mark.SUBSCRIPT: "lowered",
    Mark.EMPHASIS: "emphasis",
    Mark.STRONG: "strong",
    Mark.DELETED: "deleted",
    Mark.INSERTED: "inserted",
    Mark.HIGHLIGHT: "highlight",
    Mark.CODE: "code",
    Mark.KEYBOARD: "keyboard",
    Mark.LINK: "link",
}
_RANK: Final = {name: rank for rank, name in enumerate((*_CLASSES.values(), "jump", "quiet-link"))}
_SHIFTED: Final = {Mark.SUPERSCRIPT: raised, Mark.SUBSCRIPT: lowered}
_LINKS: Final = ("http://", "https://", "mailto:")
_CONTROLS: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def safe(text: str) -> str:
    """Replace every character that steers a terminal by a space, one for one, so that spans stay where they are.

    Documents are cleaned when they are built; this is the second lock on the same door.
    """
    return text if text.isprintable() else _CONTROLS.sub(" ", text)


def set_text(text: Text, classes: tuple[str, ...] = ()) -> Setting:
    """Make running text ready to be cut into lines; `classes` are the look of the block it stands in."""
    plain = safe(text.text)
    anchors = tuple((span.target or "", span.start) for span in text.spans if span.mark is Mark.ANCHOR)
    spans = tuple(span for span in text.spans if span.mark is not Mark.ANCHOR) if anchors else text.spans
    if any(span.mark in _SHIFTED for span in spans):
        plain = _shifted(plain, spans)
    return Setting(plain, partial(_looks, len(plain), spans, classes), anchors)


def _shifted(plain: str, spans: tuple[Span, ...]) -> str:
    """Raise and lower what Unicode has raised and lowered characters for."""
    letters = list(plain)
    for mark, shift in _SHIFTED.items():
        for span in spans:
            if span.mark is mark:
                letters[span.start : span.end] = shift("".join(letters[span.start : span.end]))
    return "".join(letters)


def _looks(length: int, spans: tuple[Span, ...], classes: tuple[str, ...]) -> Looks:
    starts: list[int] = []
    runs: list[tuple[tuple[str, ...], str | None]] = []
    for start, _, active in _stretches(length, spans) if spans else ():
        names = {_CLASSES[span.mark] for span in active}
        link = next((span.target for span in reversed(active) if span.mark is Mark.LINK and span.target), None)
        if link is not None and not link.lower().startswith(_LINKS):
            link = link if link.startswith("#") else None
            names = names - {"link"} | {"jump"}
        elif link is not None and "caption" in classes:
            names = names - {"link"} | {"quiet-link"}
        starts.append(start)
        runs.append((classes + tuple(sorted(names, key=_RANK.__getitem__)), link))
    return Looks(starts or [0], runs or [(classes, None)])


def mirrored(lead: Iterable[Piece]) -> tuple[Piece, ...]:
    """Turn the lead of a line round, for a paragraph that begins at the right."""
    turned = []
    for piece in reversed(tuple(lead)):
        core = piece.text.strip(" ")
        before = len(piece.text) - len(piece.text.lstrip(" "))
        turned.append(piece._replace(text=" " * (len(piece.text) - before - len(core)) + core + " " * before))
    return tuple(turned)


def _stretches(length: int, spans: tuple[Span, ...]) -> Iterator[tuple[int, int, list[Span]]]:
    """Cut 0 … length where any span begins or ends, and say which spans hold in each stretch."""
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    points = sorted({0, length, *(p for span in spans for p in (span.start, span.end) if 0 < p < length)})
    active: list[Span] = []
    for start, stop in pairwise(points):
        active = [span for span in active if span.end > start]
        while waiting and waiting[-1].start <= start:
            span = waiting.pop()
            if span.end > start:
                active.append(span)
        yield start, stop, active
