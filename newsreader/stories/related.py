"""Articles near one in content, from the whole library, the newer the better.

The search index says which articles hold the words that tell what an article is about, and how rare each of them is.
Those that hold most are then compared themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query.folding import tokens
from newsreader.stories.common_words import COMMON
from newsreader.stories.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsreader.model import Holders, Lead
    from newsreader.store import Store

LETTERS: Final = 2_000  # of each text that are compared
_ASKED: Final = 24  # words that the index is asked about
_HELD: Final = 500  # articles with each of them, the newest
_COMPARED: Final = 20  # articles
_IN_TITLE: Final = 3.0  # what a word of the title counts for beside one of the text
_LEAST: Final = 0.16  # likeness from which on an article is related
_SHARED: Final = 3  # words that two must have in common
_ELSEWHERE: Final = 300  # articles taken for granted beside those that are here, for a library of a few dozen
_YEAR: Final = 4  # digits; fewer tell nothing
_TEXT: Final = 0.65  # of the likeness is what the other text has; the rest, how well its title fits in
_MONTH: Final = 30 * 86_400
_FADES: Final = 0.1  # of the likeness is lost in a month, and as much again in the next two


class Related(NamedTuple):
    """An article that is near, and how near: from 0 to 1."""

    id: int
    likeness: float


def related(store: Store, article_id: int, most: int = 5, without: Iterable[int] = ()) -> tuple[Related, ...]:
    """The articles nearest to one, the nearest first; those of its own story, say, are left out by `without`."""
    asked = store.leads((article_id,), LETTERS)
    if not asked:
        return ()
    article = asked[0]
    words = _words(article)
    held = store.holders(_telling(words), _HELD)
    size = max((each.total for each in held.values()), default=0) + _ELSEWHERE
    rarity = {word: _rarity(each, size) for word, each in held.items()}
    near = _near(words, rarity, held, {article_id, *without})
    compared = _Article(article, words, rarity)
    found = [Related(lead.id, compared.likeness(lead)) for lead in store.leads(near, LETTERS)]
    found.sort(key=lambda each: (-each.likeness, -each.id))
    return tuple(each for each in found if each.likeness >= _LEAST)[:most]


def _words(lead: Lead) -> dict[str, float]:
    """The words of an article and what each counts for in it, before it is known how rare they are."""
    counts = Counter(word for word in tokens(lead.text) if _may_tell(word))
    weights = {word: 1.0 + log(count) for word, count in counts.items()}
    for word in tokens(lead.title):
        if _may_tell(word):
            weights[word] = weights.get(word, 0.0) + _IN_TITLE
    return weights


def _may_tell(word: str) -> bool:
    return len(word) > 1 and word not in COMMON and not (word.isdigit() and len(word) < _YEAR)


def _telling(words: Mapping[str, float]) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], -len(word), word))[:_ASKED]


def _rarity(holders: Holders, size: int) -> float:
    return log(size / (holders.total + 0.5))


def _near(
    words: Mapping[str, float], rarity: Mapping[str, float], held: Mapping[str, Holders], left_out: set[int]
) -> list[int]:
    """The articles that hold most of what tells, most first."""
    score: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    for word, holders in held.items():
        weight = words[word] * rarity[word]
        for id_ in holders.ids:
            score[id_] += weight
            shared[id_] += 1
    fewest = min(_SHARED, len(held))
    near = [id_ for id_ in score if shared[id_] >= fewest and id_ not in left_out]
    return sorted(near, key=lambda id_: (-score[id_], -id_))[:_COMPARED]


class _Article:
    """The article that others are compared with: its stems, and those that tell, with what each counts for."""

    def __init__(self, lead: Lead, words: Mapping[str, float], rarity: Mapping[str, float]) -> None:
        self._at = lead.sort_at
        self._stems = {stem(word) for word in words}
        self._telling = {stem(word): words[word] * rare for word, rare in rarity.items() if rare > 0}
        self._rarity = {stem(word): rare for word, rare in rarity.items()}
        self._usual = sorted(rarity.values())[len(rarity) // 2] if rarity else 1.0

    def likeness(self, other: Lead) -> float:
        """How much of what tells in each the other has, between 0 and 1; it fades a little with the time between."""
        title = _stems(other.title)
        found = _covered(self._telling, title | _stems(other.text))
        asked = {word: self._rarity.get(word, self._usual) for word in title}
        likeness = _TEXT * found + (1 - _TEXT) * sqrt(found * _covered(asked, self._stems))
        months = abs(self._at - other.sort_at) / _MONTH
        return likeness * (1.0 - min(_FADES * months, 2 * _FADES))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in set(tokens(text)) if _may_tell(word)}


def _covered(asked: Mapping[str, float], words: set[str]) -> float:
    whole = sum(asked.values())
    return sum(weight for word, weight in asked.items() if word in words) / whole if whole else 0.0
