"""Ranking names by a few letters: what begins so first, then a word, first letters, a part, letters in their order.

Case and accents do not count. A thousand names take some milliseconds. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from newsreader.query.folding import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

EXACT, BEGINNING, WORD, INITIALS, PART, LETTERS = range(6)
"""How well a name fits, the best first."""

_LONGEST: Final = 64  # letters that are looked for in their order: more is no name that somebody types
_BETWEEN: Final = re.compile(r"[\W_]+")
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"}
)


class Fit(NamedTuple):
    """How well a name fits: the lower, the better."""

    tier: int
    spread: int = 0
    length: int = 0


@lru_cache(maxsize=16_384)
def folded(name: str) -> str:
    """A name as it is compared, without case, accents and further spaces."""
    return " ".join(bare(name).translate(_LETTERS).split())


def fit(typed: str, name: str) -> Fit | None:
    """How well a folded name fits what was typed, folded too; None where it does not."""
    at = name.find(typed)
    if at >= 0:
        if at == 0:
            return Fit(EXACT if len(name) == len(typed) else BEGINNING, 0, len(name))
        while at > 0 and name[at - 1].isalnum():
            further = name.find(typed, at + 1)
            if further < 0:
                return Fit(INITIALS if _begins_words(typed, name) else PART, 0, len(name))
            at = further
        return Fit(WORD, 0, len(name))
    words = typed.split()
    if len(words) > 1 and all(word in name for word in words):
        return Fit(PART, 1, len(name))
    if _begins_words(typed, name):
        return Fit(INITIALS, 0, len(name))
    found = _in_order(typed[:_LONGEST]).search(name)
    return None if found is None else Fit(LETTERS, found.end() - found.start(), len(name))


class Ranking(Generic[T]):
    """Things by their names, each by one or several."""

    def __init__(self, entries: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._entries = [(thing, tuple(map(folded, names))) for thing, names in entries]

    def only(self, wanted: Callable[[T], bool]) -> Ranking[T]:
        """The same with some of them only."""
        some: Ranking[T] = Ranking(())
        some._entries = [each for each in self._entries if wanted(each[0])]
        return some

    def best(self, typed: str, most: int) -> list[T]:
        """What fits best, the best first; of what fits as well, what came first. Nothing typed gives them all."""
        wanted = folded(typed)
        if not wanted:
            return [thing for thing, _ in self._entries[:most]]
        ranked = []
        for number, (thing, names) in enumerate(self._entries):
            fits = [found for name in names if (found := fit(wanted, name)) is not None]
            if fits:
                ranked.append((min(fits), number, thing))
        ranked.sort(key=lambda each: each[:2])
        if ranked and ranked[0][0].tier < LETTERS:  # then letters here and there are not what was meant
            ranked = [each for each in ranked if each[0].tier < LETTERS]
        return [thing for _, _, thing in ranked[:most]]

    def meant(self, typed: str) -> T | None:
        """What is meant by a name that was typed to its end: what it is, or begins, or a part of it."""
        wanted = folded(typed)
        best = next(iter(self.best(typed, 1)), None)
        if not wanted or best is None:
            return None
        names = next(names for thing, names in self._entries if thing is best)
        return best if any((found := fit(wanted, name)) and found.tier < LETTERS for name in names) else None


def _begins_words(typed: str, name: str) -> bool:
    """Whether the letters are the first ones of words that stand beside each other."""
    return len(typed) > 1 and typed in _initials(name)


@lru_cache(maxsize=8_192)
def _initials(name: str) -> str:
    return "".join(word[0] for word in _BETWEEN.split(name) if word)


@lru_cache(maxsize=16)
def _in_order(letters: str) -> re.Pattern[str]:
    return re.compile(".*?".join(map(re.escape, letters.replace(" ", ""))))
