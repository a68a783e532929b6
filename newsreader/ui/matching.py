"""Finding words in a page: every place where they stand, whatever their case, also across the ends of lines."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.text import one_line
from newsreader.ui.pieces import ISOLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.ui.typesetting import Line

# What a keyboard has one sign for and a page several, character for character.
_PLAIN: Final = {
    **dict.fromkeys(range(0x2018, 0x201C), "'"),
    **dict.fromkeys(range(0x201C, 0x2020), '"'),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"),
    **dict.fromkeys((*range(0x2000, 0x200B), 0xA0, 0x202F), " "),
}
_SPACES: Final = re.compile(r"\s+")


class Match(NamedTuple):
    """A place where the words stand: for each line that it touches the line, the first character, and the one after."""

    parts: tuple[tuple[int, int, int], ...]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.parts[0][0]

    @property
    def start(self) -> tuple[int, int]:
        """Where it begins: line and character."""
        return self.parts[0][:2]


class Stretch:
    """Running text of lines that only wrapped, the first of them `first`, and where each of its characters stands."""

    def __init__(self, first: int, lines: Iterable[Line]) -> None:
        parts: list[str] = []
        self._places: list[tuple[int, int]] = []
        for number, line in enumerate(lines, first):
            if number > first:
                parts.append(line.joint)
                self._places += [(number, -1)] * len(line.joint)
            lead = sum(len(piece.text) for piece in line.lead)
            words = [(at, letter) for at, letter in enumerate(line.words, lead) if ord(letter) not in ISOLATES]
            parts += (letter for _, letter in words)
            self._places += ((number, at) for at, _ in words)
        self.text = "".join(parts)

    def match(self, start: int, end: int) -> Match | None:
        """Where the characters from `start` up to `end` stand; None for white space at the ends of lines alone."""
        parts: dict[int, tuple[int, int]] = {}
        for number, column in self._places[start:end]:
            if column >= 0:
                begin, _ = parts.get(number, (column, column))
                parts[number] = (begin, column + 1)
        return Match(tuple((number, *span) for number, span in parts.items())) if parts else None


class Matches:
    """The places of some words in lines that are laid one after the other.

    Letters match whatever their case (Unicode's full folding: ß is ss), quotation marks and dashes whatever their
    shape. Lines that only wrapped are read as one.
    """

    def __init__(self, words: str) -> None:
        self.words = one_line(words)
        self.found: list[Match] = []
        self._pattern = _pattern(self.words)
        self._on_line: dict[int, list[tuple[int, int, int]]] = {}
        self._taken = 0

    def take(self, line_at: Callable[[int], Line], count: int, *, done: bool) -> None:
        """Look through the lines up to `count` that were not looked through yet.

        Unless it is `done`, the last of them may go on in lines to come, and wait for those.
        """
        first = self._taken
        for number in range(first + 1, count + done):
            if number == count or line_at(number).joint == "\n":
                self._look(first, [line_at(each) for each in range(first, number)])
                first = self._taken = number

    def on_line(self, number: int) -> list[tuple[int, int, int]]:
        """What stands on a line: first character, the one after the last, and the number of the match."""
        return self._on_line.get(number, [])

    def _look(self, first: int, lines: list[Line]) -> None:
        """Look through lines that are one stretch of running text."""
        if self._pattern is None:
            return
        stretch = Stretch(first, lines)
        folded, origins = fold(stretch.text)
        for found in self._pattern.finditer(folded):
            match = stretch.match(origins[found.start()], origins[found.end() - 1] + 1)
            if match is not None:
                for number, start, end in match.parts:
                    self._on_line.setdefault(number, []).append((start, end, len(self.found)))
                self.found.append(match)


def fold(text: str) -> tuple[str, range | list[int]]:
    """Fold the case of text, and tell for each character of the outcome which one of the text it comes from."""
    plain = text.translate(_PLAIN)
    folded = plain.casefold()
    if len(folded) == len(text):  # folding only ever makes longer
        return folded, range(len(text))
    parts = [character.casefold() for character in plain]
    return "".join(parts), [index for index, part in enumerate(parts) for _ in part]


def _pattern(words: str) -> re.Pattern[str] | None:
    folded, _ = fold(unicodedata.normalize("NFC", words))
    parts = folded.split()
    return re.compile(_SPACES.pattern.join(map(re.escape, parts))) if parts else None
