"""For terminals that have not every letter: signs in ASCII, and text in what their charset carries.

One place for all that is drawn, Textual's own panels included: a filter over the finished lines. The signs of this
program are in SIGNS, the one table of them; what is not there is brought to the nearest letters, else a question mark.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.filter import LineFilter

from newsreader.text import cell_width

if TYPE_CHECKING:
    from textual.color import Color

SIGNS: Final = {
    # states
    "●": "*", "★": "+", "◷": "@", "▲": "!", "◉": "x", "○": "-", "◐": "o", "✓": "x", "✗": "!", "≡": "=",
    # where one is
    "▌": "|", "▎": "|", "▏": "|", "▸": ">", "▾": "v", "▶": ">", "▢": "#", "♪": "~",
    # lines
    "━": "=", "╸": "-", "─": "-", "│": "|", "┃": "|", "└": "`", "├": "|", "┐": ".", "┌": ".", "┘": "'", "▔": "-",
    "▁": "_", "▊": "|", "█": "#", "▍": "|", "▕": "|", "▐": "|", "▀": "-", "▄": "_", "╺": "-", "╭": ".", "╮": ".",
    "╰": "`", "╯": "'", "═": "=", "║": "|",
    # in lists and sentences
    "¶": "P", "•": "*", "◦": "o", "▪": "-", "·": "-", "…": "~", "→": ">", "←": "<", "↪": ">", "↳": ">",
    "\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "x",
    "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{PRIME}": "'",
    "\N{SINGLE LOW-9 QUOTATION MARK}": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}": "<", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}": ">",
    "°": "o", "€": "E", "£": "L", "©": "c", "ß": "s", "æ": "a", "ø": "o", "đ": "d", "ł": "l", "þ": "t", "ð": "d",
    "œ": "o", "Æ": "A", "Ø": "O", "Đ": "D", "Ł": "L", "Œ": "O", "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    # keys; of some a word says more where there is room: KEYS
    "↑": "^", "↓": "v", "⏎": "<", "⌫": "<", "⇧": "^", "⇥": ">",
}  # fmt: skip
"""Every sign of more than ASCII that this program draws, and the one letter that stands for it."""

KEYS: Final = {"⏎": "enter", "⌫": "backspace"}
"""What stands in place of a key's sign where the line has room for the word."""


class Letters(LineFilter):
    """Lines in the letters of a charset; each stays as wide as it was. The Linux console keeps letters, not signs."""

    def __init__(self, charset: str) -> None:
        super().__init__()
        self._charset = charset

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Bring a line to these letters."""
        del background
        if all(text.isascii() for text, _, _ in segments):
            return segments
        texts = [text for text, _, _ in segments]
        for sign, word in KEYS.items():
            if any(sign in text for text in texts):
                texts = _with_words(texts, sign, word)
        return [
            Segment(spelled(text, self._charset), style, control)
            for text, (_, style, control) in zip(texts, segments, strict=True)
        ]


def _with_words(texts: list[str], sign: str, word: str) -> list[str]:
    """The line with the word for the sign, where the spaces after it, all but one of each gap, make up for it."""
    found = list(texts)
    for number, text in enumerate(texts):
        if sign not in text:
            continue
        wanted = text.count(sign) * (len(word) - 1)
        rest = found[number + 1 :]
        for later in range(len(rest) - 1, -1, -1):
            rest[later], wanted = _narrowed(rest[later], wanted)
        if not wanted:
            found[number:] = [text.replace(sign, word), *rest]
    return found


def _narrowed(text: str, cells: int) -> tuple[str, int]:
    """The text without some of the spaces at its end, and how many are still to be found."""
    spare = min(max(0, len(text) - len(text.rstrip()) - 1), cells)
    return text[: len(text) - spare], cells - spare


@lru_cache(maxsize=4096)
def spelled(text: str, charset: str) -> str:
    """The text in a charset, as many cells wide as it was."""
    if text.isascii():
        return text
    spelt = "".join(letter if letter.isascii() else _letter(letter, charset) for letter in text)
    return spelt + " " * (cell_width(text) - cell_width(spelt))


@lru_cache(maxsize=4096)
def _letter(letter: str, charset: str) -> str:
    """What stands for one letter, in as many cells."""
    width = cell_width(letter)
    if letter in SIGNS:
        carried = letter.isalpha() and _carries(charset, letter)
        return letter if carried else SIGNS[letter]
    if _carries(charset, letter):
        return letter
    base = "".join(each for each in unicodedata.normalize("NFKD", letter) if each.isascii())
    return base if base and len(base) == width else "?" * width


def _carries(charset: str, letter: str) -> bool:
    try:
        letter.encode(charset)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
