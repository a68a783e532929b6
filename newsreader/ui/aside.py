"""What the panel beside the text shows, as a value, and how that is set in lines: nothing here knows a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from newsreader.document.blocks import Text
from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.typesetting import Line, Margin

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMPTY: Final = Line()
_GAP: Final = 2  # cells between a mark and its words, and between two names
_LEAST: Final = 12  # cells of a measure
_LONGEST: Final = 2_000  # characters of a row
_NAMED: Final = 0.7  # of a measure, for a name


@dataclass(frozen=True, slots=True)
class Passage:
    """A row leads to words of an article, in a block of its document; `article_id` is None for the one that is read."""

    words: str
    block: int
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A row leads to a search of the library."""

    words: str


Target: TypeAlias = Passage | Search


@dataclass(frozen=True, slots=True)
class Row:
    """Something said: its words, a mark before them, a dim line below, and where it leads."""

    text: str
    mark: str = ""
    note: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under a heading; `dim` ones only speak about the rest, and `flowing` ones stand beside each other."""

    rows: tuple[Row, ...]
    heading: str = ""
    dim: bool = False
    flowing: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """All of it: what it is, what is to be known of it in a line, and its parts."""

    title: str
    facts: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A row that leads somewhere, and where it stands: for each line its first character, and the one after its last.

    `whole` ones fill their lines.
    """

    target: Target
    parts: tuple[tuple[int, int, int], ...]
    whole: bool = True

    @property
    def lines(self) -> range:
        """The lines on which it stands."""
        return range(self.parts[0][0], self.parts[-1][0] + 1)


class AsideSheet:
    """The lines of what the panel shows, at a measure (cells), and the items on them."""

    def __init__(self, aside: Aside, measure: int) -> None:
        self.measure = max(measure, _LEAST)
        self.lines: list[Line] = [_EMPTY]
        self.items: list[Item] = []
        self._running(aside.title, ("heading",))
        self._running(aside.facts, ("facts",))
        for part in aside.parts:
            self._part(part)
        self.lines.append(_EMPTY)

    def _part(self, part: Part) -> None:
        if not part.rows:
            return
        self.lines.append(_EMPTY)
        if part.heading:
            self._running(part.heading, ("subheading",))
            if not part.flowing:
                self.lines.append(_EMPTY)
        if part.flowing:
            self._flow(part.rows)
            return
        marks = max(cell_width(row.mark) for row in part.rows)
        for number, row in enumerate(part.rows):
            if number and not part.dim:
                self.lines.append(_EMPTY)
            self._row(row, marks, dim=part.dim)

    def _row(self, row: Row, marks: int, *, dim: bool) -> None:
        first = len(self.lines)
        indent = marks + _GAP if marks and self.measure - marks - _GAP >= _LEAST else 0
        mark = Piece(row.mark.ljust(indent + len(row.mark) - cell_width(row.mark)), ("marker",)) if indent else None
        margin = Margin(None, Piece(" " * indent), mark) if indent else Margin()
        self._running(row.text, ("facts",) if dim else (), margin)
        if row.note:
            self._running(row.note, ("facts",), Margin(None, Piece(" " * indent)) if indent else Margin())
        if row.target is not None:
            lines = range(first, len(self.lines))
            self.items.append(Item(row.target, tuple((each, *_words_of(self.lines[each])) for each in lines)))

    def _running(self, text: str, classes: tuple[str, ...], margin: Margin | None = None) -> None:
        if text:
            self.lines += _set(text, self.measure, classes, margin or Margin())

    def _flow(self, rows: tuple[Row, ...]) -> None:
        """Set names beside each other, as many on a line as there is room for; each is whole."""
        pieces: list[Piece] = []
        width = 0
        for row in rows:
            name = truncate(one_line(row.text), max(_LEAST // 2, int(self.measure * _NAMED)))
            note = f" {row.note}" if row.note else ""
            size = cell_width(name) + cell_width(note)
            if pieces and width + _GAP + size > self.measure:
                self._close(pieces)
                pieces, width = [], 0
            if pieces:
                pieces.append(Piece(" " * _GAP))
                width += _GAP
            begin, end = isolates(name, rightward=False)
            at = sum(len(piece.text) for piece in (*pieces, *begin))
            pieces += [*begin, Piece(name), *end, Piece(note, ("facts",))]
            width += size
            if row.target is not None:
                here = len(self.lines)
                self.items.append(Item(row.target, ((here, at, at + len(name)),), whole=False))
        self._close(pieces)

    def _close(self, pieces: list[Piece]) -> None:
        if pieces:
            self.lines.append(Line(tuple(pieces)))


def _set(text: str, measure: int, classes: tuple[str, ...], margin: Margin) -> Iterator[Line]:
    yield from BlockSetter(0, measure).running(Text(one_line(text, _LONGEST)), margin, classes)


def _words_of(line: Line) -> tuple[int, int]:
    """The first character of a line that is no mark and no margin, and the one after the last."""
    lead = sum(len(piece.text) for piece in line.lead)
    return lead, lead + len(line.words)
