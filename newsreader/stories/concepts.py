"""What news everywhere are about, in the languages most of it is in, so that articles can be compared across them.

Each line of concepts.txt is one thing, with its words in English, German, French, Spanish, Italian, Portuguese, Dutch,
Russian, Arabic, Hindi, Japanese and Chinese, as far as a word is clear enough to stand for it; words of two parts have
a plus between them. Plain vocabulary of news, countries, and cities whose names differ: no dictionary, nobody's name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query.folding import tokens
from newsreader.stories.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE: Final = Path(__file__).with_suffix(".txt")
_KANA: Final = ("\u30a1", "\u30fc")
_PAIRS: Final = "\u3005"  # from here on, words are pairs of letters
SHORTEST_ROOT: Final = 4
LONGEST_ROOT: Final = 8


class Concepts(NamedTuple):
    """What folded words stand for: `words` by their stem, or two words with a space, `roots` by how a word begins."""

    words: dict[str, str]
    roots: dict[str, str]


@cache
def concepts() -> Concepts:
    """The table, made when the first article is compared."""
    found = Concepts({}, {})
    roots = False
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            roots = line.startswith("# countries")
            continue
        said = line.split()
        sign = f"={said[0].replace('+', ' ')}"
        for word in said:
            for known, is_root in _ways(word, roots=roots):
                (found.roots if is_root else found.words).setdefault(known, sign)
    return found


def _ways(word: str, *, roots: bool) -> Iterator[tuple[str, bool]]:
    """By what a word is found, and whether that is a beginning only."""
    parts = tokens(word.replace("+", " "))
    first = parts[0]
    if "+" in word:
        yield " ".join(parts), False
    elif _KANA[0] <= first[0] <= _KANA[1]:
        yield word, False
    elif first >= _PAIRS:  # a longer word is found by its first pair
        yield first, False
    elif roots and len(first) >= SHORTEST_ROOT:
        yield first[:LONGEST_ROOT], True
    else:
        yield stem(first), False
