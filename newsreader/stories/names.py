"""Names in a text: the words that are written with a capital where others are not. Needs no list of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.query.folding import tokens
from newsreader.stories.common_words import COMMON

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ"
_BETWEEN: Final = "(?:of|de|da|do|dos|del|della|di|du|van|von|der|den|la|le|al|bin|ibn|y|e|und|and|the|for|&)"
_NAME: Final = re.compile(rf"(?<![\w.’'-])[{_UPPER}][\w’'-]*")
_LETTER: Final = r"(?:(?![\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3])[\w’'-])"  # Japanese goes on without a space
_PHRASE: Final = re.compile(
    rf"(?<![\w.’'-])[{_UPPER}]{_LETTER}*(?: (?:{_BETWEEN} ){{0,2}}(?:[{_UPPER}]\. ){{0,2}}[{_UPPER}]{_LETTER}*)*"
)
_BEGINS: Final = re.compile(r"(?:^|[.!?:;»“”\"„(\n|–—-]\s*)$")
_OPENING: Final = ("\u00ab", "\u00ab\u00a0", "\u2039", "\u00bf", "\u00a1", "\u2018")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_TITLE_CASE: Final = 0.6  # of a title's words begin with a capital: then capitals tell nothing
_OWN: Final = re.compile(r"[’']s$")
_OPENERS: Final = frozenset(
    "regarding concerning following including according considering excluding using citing speaking quoting recalling "
    "asked given based compared despite unlike beyond besides across amid amidst alongside via versus inside outside "
    "towards throughout unless whereas meanwhile laut gemass trotz wahrend wegen statt malgre pendant chez segun "
    "segundo durante conforme secondo volgens wedlug согласно enligt ifolge".split()
)
"""Folded words that open a sentence before a name, and are no part of one."""


def named(title: str, lead: str) -> set[str]:
    """The folded words of names in a title and the text under it; in a title with Every Word So, none."""
    words = _WORD.findall(title)
    capitals = sum(bool(_NAME.match(word)) for word in words)
    found = [*_inside(title)] if capitals <= max(2, len(words) * _TITLE_CASE) else []
    found += _inside(lead)
    return {part for word in found for part in tokens(word) if part not in COMMON and len(part) > 1}


def _inside(text: str) -> Iterator[str]:
    """Words with a capital that begin no sentence."""
    return (found[0] for found in _NAME.finditer(text) if not _BEGINS.search(text, 0, found.start()))


def names_of(sentence: str, words: Collection[str] = ()) -> Iterator[str]:
    """The names in a sentence as they are written, of several words too: "Port Varrel", "Council of the Isles".

    `words` are known to be no names: one of them at the beginning of a sentence is none.
    """
    for found in _PHRASE.finditer(sentence):
        name = found[0]
        if _BEGINS.search(sentence, 0, found.start()) or sentence[: found.start()].endswith(_OPENING):
            first, _, rest = name.partition(" ")
            if not rest or first.lower() in words or {*tokens(first)} & (COMMON | _OPENERS):
                name = rest  # it may be any word; with a name behind it, it is likely one, too
        name = _OWN.sub("", name)
        if name and name[0].isupper() and not {*tokens(name)} <= COMMON and not name.isdigit():
            yield name
