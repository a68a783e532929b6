"""Finding words in a page: every place where they stand, whatever their case, also across the ends of lines."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.text import one_line
from newsreader.ui.pieces import ISOLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
        self._lines: list[tuple[int, int, Line, int]] = []  # where each begins and ends in the text, and its number
        parts: list[str] = []
        length = 0
        for number, line in enumerate(lines, first):
            joint = line.joint if number > first else ""
            words = line.words
            plain = words if words.isascii() else words.translate(ISOLATES)
            start = length + len(joint)
            length = start + len(plain)
            parts += (joint, plain)
            self._lines.append((start, length, line, number))
        self.text = "".join(parts)

    @cached_property
    def folded(self) -> tuple[str, range | list[int]]:
        """The text as it is compared (see `fold`)."""
        return fold(self.text)

    def match(self, start: int, end: int) -> Match | None:
        """Where the characters from `start` up to `end` stand; None for white space at the ends of lines alone."""
        parts = []
        for begins, ends, line, number in self._lines:
            if begins < end and start < ends:
                lead = sum(len(piece.text) for piece in line.lead)
                first, last = max(start, begins) - begins, min(end, ends) - begins
                if ends - begins < len(line.words):  # characters that are no text stand between them
                    places = [at for at, letter in enumerate(line.words) if ord(letter) not in ISOLATES]
                    first, last = places[first], places[last - 1] + 1
                parts.append((number, lead + first, lead + last))
        return Match(tuple(parts)) if parts else None


def stretches(line_at: Callable[[int], Line], first: int, count: int, *, done: bool) -> Iterator[tuple[Stretch, int]]:
    """The running text of the lines from `first` up to `count`, each with the line after it.

    Unless it is `done`, the last of them may go on in lines to come, and waits for those.
    """
    for number in range(first + 1, count + done):
        if number == count or line_at(number).joint == "\n":
            yield Stretch(first, (line_at(each) for each in range(first, number))), number
            first = number


class Matches:
    """The places of some words in lines that are laid one after the other.

    Letters match whatever their case (Unicode's full folding: ß is ss), quotation marks and dashes whatever their
    shape. Lines that only wrapped are read as one.
    """

    def __init__(self, words: str) -> None:
        self.words = one_line(words)
        self.found: list[Match] = []
        self._parts = fold(unicodedata.normalize("NFC", self.words))[0].split()
        self._longest = max(self._parts, key=len, default="")
        self._pattern = re.compile(_SPACES.pattern.join(map(re.escape, self._parts)))
        self._on_line: dict[int, list[tuple[int, int, int]]] = {}
        self._taken = 0

    def take(self, line_at: Callable[[int], Line], count: int, *, done: bool) -> None:
        """Look through the lines up to `count` that were not looked through yet (see `stretches`)."""
        for stretch, after in stretches(line_at, self._taken, count, done=done):
            self.look(stretch)
            self._taken = after

    def on_line(self, number: int) -> list[tuple[int, int, int]]:
        """What stands on a line: first character, the one after the last, and the number of the match."""
        return self._on_line.get(number, [])

    def look(self, stretch: Stretch) -> None:
        """Look through one stretch of running text, which comes after those before."""
        folded, origins = stretch.folded
        if not self._parts or self._longest not in folded:
            return
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
