"""What an article says that other languages say alike: names by their sound, numbers, places, and what it is about.

A sign is a word with a mark before it: `~` a sound, `#` a number, `=` a thing that `concepts` knows, `v` a version.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from newsreader.query.folding import tokens
from newsreader.stories.common_words import COMMON
from newsreader.stories.concepts import LONGEST_ROOT, SHORTEST_ROOT, concepts
from newsreader.stories.figures import numbers_of, spelled
from newsreader.stories.stems import sound, stem

SOUND, NUMBER, THING, VERSION = "~", "#", "=", "v"
"""How signs begin."""

_CAPITAL: Final = re.compile("[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ][\\w’'-]{2,}")
_KANA: Final = re.compile("[ァ-ヺー]{2,}")
_VERSION: Final = re.compile(r"(?<![\d.,])(?:\d+\.\d+(?:\.\d+)+|(?<=\bv)\d+(?:\.\d+)+)(?![\d,])")
_ALIKE: Final = str.maketrans("lv", "rb")
_SHORTEST_SOUND: Final = 3  # letters


def signs_of(title: str, lead: str, words: tuple[str, ...]) -> dict[str, str]:
    """The signs of an article, each with the stem that shows it ("" for none); `words` are those of title and lead."""
    text = f"{title}\n{lead}"
    found: dict[str, str] = {}
    _understand(words, found)
    shown = {*found.values()}
    for said in _CAPITAL.findall(text):
        for word in tokens(said):
            if word not in COMMON and stem(word) not in shown:
                _hear(word, found)
    for said in _KANA.findall(text):
        known = concepts().words.get(said)
        if known:
            found.setdefault(known, said)
        else:
            _hear(said, found)
    versions = {*_VERSION.findall(text)}
    for number in sorted(numbers_of(text) - versions):
        found.setdefault(f"{NUMBER}{number}", number)
    for version in sorted(versions):
        found.setdefault(f"{VERSION}{version}", "")
    return found


def _understand(words: tuple[str, ...], found: dict[str, str]) -> None:
    """Words that are known in many languages, and those of alphabets without capitals: any may be a name."""
    pairs = concepts().words
    before = ""
    for word in words:
        known = ("" if word in COMMON else _meaning(word)) or pairs.get(f"{before} {word}")
        if known:
            found.setdefault(known, stem(word))
        elif "\u0590" <= word[0] < "\u0e00" and len(word) > 2 and word not in COMMON:
            _hear(word, found)
        before = word


def _hear(word: str, found: dict[str, str]) -> None:
    heard = sound(word).translate(_ALIKE)
    if len(heard) >= _SHORTEST_SOUND:
        found.setdefault(f"{SOUND}{heard}", stem(word))


@lru_cache(maxsize=16_384)
def _meaning(word: str) -> str:
    """The sign of a word that is known in many languages."""
    table = concepts()
    known = table.words.get(stem(word)) or table.words.get(word)
    if known:
        return known
    number = spelled().get(word)
    if number:
        return f"{NUMBER}{number}"
    for length in range(min(len(word), LONGEST_ROOT), SHORTEST_ROOT - 1, -1):
        known = table.roots.get(word[:length])
        if known:
            return known
    return ""
