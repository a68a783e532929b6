"""Words as the search index has them: which text goes in, which words of it are the same, and where they stand.

The index (SQLite's unicode61) parts text into letters and digits and folds case and the accents of Latin letters. For
everything else `indexed` writes text the way it is to be found, before it goes in and before it is looked for:

- Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), and Korean, whose words carry
  their endings, become pairs of letters that overlap, and the last letter for itself: 東京都 is 東京 京都 都.
- Greek loses its accents, Cyrillic yo is ye, Arabic and Hebrew lose vowel marks, and Arabic its variants of alef.
- Wide Latin and narrow kana are ordinary ones. A symbol that is a picture is a word.

Plain Latin text goes in as it is, after one look at it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u3096\u3099-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_PICTURES: Final = "\u2600-\u27bf\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
_ODD: Final = re.compile(
    "[\u0300-\u1dff\u2600-\u27bf\u2e80-\ud7ff\uf900-\ufb06\ufb1d-\ufeff\uff01-\uffef\U00010000-\U0010ffff]"
)
_LETTER: Final = re.compile(f"[{_UNSPACED}][{_MARKS}]*")
_RUN: Final = re.compile(f"(?:[{_UNSPACED}][{_MARKS}]*)+")
_END: Final = re.compile(rf"({_RUN.pattern})[\W_]*$")
_TOKENS: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0900-\u109f\u1780-\u17ff\u0e31-\u0ece])+")
_PICTURE: Final = re.compile(f"[{_PICTURES}]")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_DROPPED: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
)


def _without_accent(first: int, last: int) -> dict[int, str]:
    """The letters of a range that have an accent, and the same without."""
    plain = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(first, last)}
    return {code: letter for code, letter in plain.items() if letter != chr(code)}


_VARIANTS: Final = {
    **_without_accent(0x370, 0x400),
    **_without_accent(0x1F00, 0x2000),
    **{ord(odd): plain for odd, plain in zip("ёЁѐЀѝЍأإآٱىیکةۀہ", "еЕеЕиИااااييكههه", strict=True)},
}
_SIGMA: Final = ("\u03c2", "\u03c3")  # at the end of a word, and elsewhere


def indexed(text: str) -> str:
    """The text that goes into the index for a text."""
    if text.isascii() or not _ODD.search(text):
        return text
    return _RUN.sub(lambda found: f" {' '.join(_pairs(found[0]))} ", _plain(text))


def _plain(text: str) -> str:
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text).translate(_VARIANTS))
    return _PICTURE.sub(lambda found: f" u{ord(found[0]):x} ", text)


def _pairs(run: str) -> list[str]:
    letters = _LETTER.findall(run)
    return [one + other for one, other in zip(letters, [*letters[1:], ""], strict=True)]


@lru_cache(maxsize=256)
def sought(text: str) -> tuple[tuple[str, ...], bool]:
    """What is looked for in the index to find a text: its words, and whether the last is the beginning of one.

    Behind the last letter of a script without spaces there may be any other.
    """
    found = tokens(text)
    end = _END.search(_plain(text))
    if end is None:
        return found, False
    alone = len(_LETTER.findall(end[1])) == 1
    return (found, True) if alone else (found[:-1], False)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as the index has them."""
    text = indexed(text)
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text)
        return tuple(_TOKENS.findall(text.lower().replace(*_SIGMA)))
    return tuple(_TOKENS.findall(text.lower()))


def fold(text: str | None) -> str:
    """The words of a text as the index has them, one space around each."""
    return f" {' '.join(tokens(text or ''))} "


def bare(text: str) -> str:
    """A name without accents and case, to look for a part of it."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
