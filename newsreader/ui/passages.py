"""The highlighted passages of an article where they stand in the lines of a page, and sentences to highlight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.sentences import sentences as sentences_of
from newsreader.text import word_count
from newsreader.ui.matching import Match, Matches, stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.model import Highlight, Place
    from newsreader.ui.sheet import Sheet

_ENOUGH: Final = 3  # words by which a sentence of a passage is found again where the whole is not there


class Passages:
    """The places of highlights in lines that are laid one after the other.

    A highlight is found by its words, as a place is (`Sheet.locate`): in the article's other text, and after an edit.
    Where they stand several times it is nearest to where they stood; where they are not all there any more, its
    sentences are that still are.
    """

    def __init__(self, highlights: Iterable[Highlight]) -> None:
        self._parts: dict[int, list[list[Matches]]] = {}
        self._places = {each.id: each.place for each in highlights}
        for id_, place in self._places.items():
            rows = (row.strip() for row in place.words.split("\n"))
            self._parts[id_] = [[Matches(row)] for row in rows if row]
        self._found: dict[int, list[Match]] = {}
        self._on_line: dict[int, list[tuple[int, int, int]]] = {}
        self._taken = 0

    def __bool__(self) -> bool:
        return bool(self._places)

    def take(self, sheet: Sheet, *, done: bool) -> bool:
        """Look through the lines that were laid since; says whether anything else is lit now."""
        for stretch, after in stretches(sheet.line, self._taken, sheet.text_laid, done=done):
            for parts in self._parts.values():
                for part in parts:
                    part[0].look(stretch)
            self._taken = after
        before, self._on_line = self._on_line, {}
        for id_, parts in self._parts.items():
            for part in parts:
                if done and len(part) == 1 and not part[0].found:
                    part.extend(_sentences_of(part[0].words, sheet))
            self._found[id_] = list(_chosen(parts, self._places[id_], sheet))
            for match in self._found[id_]:
                for number, start, end in match.parts:
                    self._on_line.setdefault(number, []).append((start, end, id_))
        return self._on_line != before

    def on_line(self, number: int) -> list[tuple[int, int, int]]:
        """What is highlighted on a line: first character, the one after the last, and the id of the highlight."""
        return self._on_line.get(number, [])

    def line_of(self, highlight: int) -> int | None:
        """The line on which a highlight begins; None where its words are not in the lines so far."""
        found = self._found.get(highlight)
        return min(match.line for match in found) if found else None

    def touching(self, match: Match) -> list[int]:
        """The highlights that share a character with a place."""
        return [
            id_
            for number, start, end in match.parts
            for first, last, id_ in self.on_line(number)
            if first < end and start < last
        ]


def _sentences_of(words: str, sheet: Sheet) -> Iterator[Matches]:
    """The places of the sentences of a passage that is not there as a whole."""
    for start, end in sentences_of(words):
        sentence = words[start:end]
        if sentence != words and word_count(sentence) >= _ENOUGH:
            matches = Matches(sentence)
            matches.take(sheet.line, sheet.text_laid, done=True)
            yield matches


def _chosen(parts: list[list[Matches]], place: Place, sheet: Sheet) -> Iterator[Match]:
    """Of all that was found for the parts of a highlight what is nearest to its place, part after part."""
    after: tuple[int, int] | None = None
    for part in parts:
        for matches in part:
            following = [match for match in matches.found if after is None or match.start > after]
            if following or matches.found:
                chosen = min(
                    following or matches.found,
                    key=lambda match: _distance(sheet.place(match.line), place) if after is None else match.start,
                )
                after = chosen.start
                yield chosen


def _distance(one: Place, other: Place) -> tuple[int, int]:
    return abs(one.block - other.block), abs(one.offset - other.offset)


def sentences(sheet: Sheet) -> list[Match]:
    """Every sentence of the lines that are laid; a heading, a row of a table or a line of code is one, too."""
    return [
        match
        for stretch, _ in stretches(sheet.line, sheet.text_begins, sheet.text_laid, done=True)
        for start, end in sentences_of(stretch.text)
        if (match := stretch.match(start, end)) is not None
    ]
