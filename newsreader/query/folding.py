"""Words as the search index has them: which text goes in, which words of it are the same, and where they stand.

The index (SQLite's unicode61) parts text into letters and digits and folds case and the accents of Latin letters. For
everything else `indexed` writes text the way it is to be found, before it goes in and before it is looked for:

- Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), and Korean, whose words carry
  their endings, become pairs of letters that overlap, and the last letter for itself: 東京都 is 東京 京都 都.
- Greek loses its accents, Cyrillic yo is ye, Arabic and Hebrew lose vowel marks, and Arabic its variants of alef.
- Wide Latin and narrow kana are ordinary ones. A symbol that is a picture is a word.

Plain Latin text goes in as it is, after one look at it.

The index keeps which words an article has and not where they stand, which is a quarter of the size. So it answers for
single words; who looks for words beside each other asks it for articles that have them all, and has these looked at
(`holds`). Words of titles and of authors are in it a second time, with a mark before them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

TITLE: Final = "\ue000"
AUTHOR: Final = "\ue001"
"""What stands before words of a title, or an author, where the index has them for themselves."""

_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u3096\u3099-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_PICTURES: Final = "\u2600-\u27bf\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
_ODD: Final = (
    "[\u0300-\u1dff\u20d0-\u20ff\u2600-\u27bf\u2e80-\ud7ff\uf900-\ufb06\ufb1d-\ufeff\uff01-\uffef\U00010000-\U0010ffff]"
)
_LETTER: Final = f"[{_UNSPACED}][{_MARKS}]*"
_MARK: Final = f"[{_MARKS}]"
_RUN: Final = f"(?:{_LETTER})+"
_END: Final = rf"({_RUN})[\W_]*$"
_ASCII_WORD: Final = re.compile("[a-z0-9]+")
_MARKED: Final = ((0x300, 0x1E00), (0xA800, 0xAC00))  # where scripts write vowels as marks
_BETWEEN: Final = r"[\W_]+"
_NOT_BEHIND_LETTER: Final = r"(?<![^\W_])(?<![\u0900-\u0dff])"
_NOT_BEFORE_LETTER: Final = r"(?![^\W_])(?![\u0900-\u0dff])"
_PICTURE: Final = f"[{_PICTURES}]"
_ACCENTS: Final = "[\u0300-\u036f]"
_ACCENTED: Final = "(?<=[A-Za-z\u00df-\u024f\u1e00-\u1eff])[\u0300-\u036f]+"
_MAY_BE_ACCENTED: Final = "[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]"
_DROPPED: Final = (
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff]"
)


@cache
def _made(text: str) -> re.Pattern[str]:
    """A pattern, made when it is first needed: large ranges take milliseconds, which each start would pay."""
    return re.compile(text)


@cache
def _word() -> re.Pattern[str]:
    """A word: letters, digits and all marks, which are letters for the index."""
    codes = (code for first, last in _MARKED for code in range(first, last))
    marks = "".join(chr(code) for code in codes if unicodedata.category(chr(code))[0] == "M")
    return re.compile(f"[\\w{marks}]+")


def _without_accent(first: int, last: int) -> dict[str, str]:
    """The letters of a range that have an accent, and the same without."""
    plain = {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in range(first, last)}
    return {letter: bare for letter, bare in plain.items() if letter != bare}


_VARIANTS: Final = {
    **_without_accent(0x370, 0x400),
    **_without_accent(0x1F00, 0x2000),
    **dict(zip("ёЁѐЀѝЍأإآٱىیکةۀہ", "еЕеЕиИااااييكههه", strict=True)),
}
_VARIANT: Final = f"[{''.join(_VARIANTS)}]"
_SIGMA: Final = ("\u03c2", "\u03c3")  # at the end of a word, and elsewhere


def _written(text: str) -> str:
    """A text as it goes into the index."""
    if text.isascii() or not _made(_ODD).search(text):
        return text
    text = _plain(text)
    if not _made(f"[{_UNSPACED}]").search(text):  # told in a sixth of the time
        return text
    return _made(_RUN).sub(lambda found: f" {' '.join(_pairs(found[0]))} ", text)


def indexed(title: str | None, author: str | None, text: str | None) -> str:
    """What goes into the index for an article."""
    marked = [f"{mark}{word}" for mark, said in ((TITLE, title), (AUTHOR, author)) if said for word in tokens(said)]
    return "\n".join([_written(f"{title or ''}\n{author or ''}\n{text or ''}"), " ".join(marked)])


def _plain(text: str) -> str:
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = _made(_VARIANT).sub(lambda found: _VARIANTS[found[0]], _made(_DROPPED).sub("", text))
    return _made(_PICTURE).sub(lambda found: f" u{ord(found[0]):x} ", text)


def _pairs(run: str) -> list[str]:
    letters = _made(_LETTER).findall(run) if _made(_MARK).search(run) else run
    return [*map(str.__add__, letters, letters[1:]), letters[-1]]


class Sought(NamedTuple):
    """What is looked for in the index to find words: `terms` of FTS5, each a word or, with a star, its beginning.

    `beside` has the words as they stand beside each other in a folded text; `exact` says that the index alone can tell.
    """

    terms: tuple[str, ...]
    beside: str
    exact: bool


@lru_cache(maxsize=256)
def sought(text: str, begun: bool, mark: str = "") -> Sought:
    """What is looked for to find words; behind the last letter of a script without spaces there may be any other."""
    words = tokens(text)
    end = _made(_END).search(_plain(text))
    if end is not None:
        begun = len(_made(_LETTER).findall(end[1])) == 1
        words = words if begun else words[:-1]
    parts = [_known(word) for word in words]
    terms = [
        f'"{mark}{part}"{" *" if part != word or (begun and number == len(words)) else ""}'
        for number, (part, word) in enumerate(zip(parts, words, strict=True), 1)
        if part
    ]
    beside = f" {' '.join(words)}{'' if begun else ' '}"
    return Sought(tuple(terms), beside, exact=len(words) == 1 and parts == [*words])


def _known(word: str) -> str:
    """A word as far as every version of SQLite knows that its letters are such: it takes others for gaps."""
    if word.isascii():
        return word
    category = unicodedata.ucd_3_2_0.category
    return "".join(takewhile(lambda letter: category(letter)[0] in "LNM", word))


def _unaccented(text: str) -> str:
    """Latin letters without accents, as SQLite does it: in Cyrillic й is another letter than и."""
    if not _made(_MAY_BE_ACCENTED).search(text):
        return text
    return unicodedata.normalize("NFC", _made(_ACCENTED).sub("", unicodedata.normalize("NFD", text)))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as the index has them."""
    text = _written(text)
    if not text.isascii():
        return tuple(_word().findall(_unaccented(text).lower().replace(*_SIGMA).replace("_", " ")))
    return tuple(_ASCII_WORD.findall(text.lower()))


@lru_cache(maxsize=512)  # one rule after the other looks at the same few hundred articles
def folded(text: str | None) -> str:
    """The words of a text as the index has them, one space around each."""
    return f" {' '.join(tokens(text or ''))} "


def holds(beside: str, text: str | None) -> bool:
    """Whether a text has words beside each other, as `sought` gives them."""
    if not text:
        return False
    if beside.isascii():
        lowered = text.lower()
        # Words that are nowhere are told by that, in a twentieth of the time: rules ask about all that comes in.
        if all(word in lowered for word in beside.split()) and _pattern(beside).search(lowered):
            return True
    return not text.isascii() and beside in folded(text)


@lru_cache(maxsize=256)
def _pattern(beside: str) -> re.Pattern[str]:
    return re.compile(pattern_of(tuple(beside.split()), begun=not beside.endswith(" ")))


def bare(text: str) -> str:
    """A name without accents and case, to look for a part of it."""
    return _made(_ACCENTS).sub("", unicodedata.normalize("NFKD", text)).casefold()


@lru_cache(maxsize=4_096)
def folded_letter(letter: str) -> str:
    """One letter as it is compared: without accent and case; a mark that does not count is nothing."""
    if letter.isascii():
        return letter.lower()
    return _unaccented(_plain(letter)).lower().replace(*_SIGMA)


def pattern_of(words: tuple[str, ...], *, begun: bool) -> str:
    """The pattern of words beside each other in a text that is folded letter for letter."""
    first, last = words[0], words[-1]
    before = "" if _made(_RUN).match(first) else _NOT_BEHIND_LETTER
    behind = "" if begun or _made(_END).search(last) else _NOT_BEFORE_LETTER
    return f"{before}{_BETWEEN.join(map(re.escape, words))}{behind}"


def words_in(folded: str) -> tuple[str, ...]:
    """The words of a text that is folded letter for letter."""
    return tuple(_word().findall(folded.replace("_", " ")))
