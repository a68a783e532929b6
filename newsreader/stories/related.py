"""Articles near one in content, from the whole library, the newer the better.

The search index says which articles hold the words that tell what an article is about, and how rare each of them is.
Those that hold most are then compared themselves: what speaks for it is gathered
as for stories (`likeness`), and weighed by what it was worth where topics are known (`python -m tests.stories.fit`).
What is not likely to be of one topic is not shown at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query.folding import tokens
from newsreader.stories.common_words import COMMON
from newsreader.stories.likeness import Rarity, Weighed, evidence, titles_told
from newsreader.stories.signs import THING
from newsreader.stories.sketch import LEAD, Sketch, sketch
from newsreader.stories.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsreader.model import Holders, Lead
    from newsreader.store import Store

LETTERS: Final = 2_000  # of the text that words are taken from
_ASKED: Final = 24  # words that the index is asked about
_HELD: Final = 500  # articles with each of them, the newest
_COMPARED: Final = 20  # articles
_IN_TITLE: Final = 3.0  # what a word of the title counts for beside one of the text
_SHARED: Final = 2  # words that two must have in common
_LEAST: Final = 0.69  # likeness from which on an article is related
_ELSEWHERE: Final = 300  # articles taken for granted beside those that are here, for a library of a few dozen
_YEAR: Final = 4  # digits; fewer tell nothing
_MONTH: Final = 30 * 86_400
_FADES: Final = 0.1  # of the likeness is lost in a month, and as much again in the next two


class Related(NamedTuple):
    """An article that is near, and how near: from 0 to 1."""

    id: int
    likeness: float


class Nearness(NamedTuple):
    """What speaks for two articles being of one topic; all is between 0 and a few, and weighed by `_WEIGHTS`."""

    shared: float  # as in likeness.Evidence
    dense: float
    in_leads: float
    rarest: float
    told: float  # of both titles by the other article, on average
    days: float
    length: float
    things: float  # that news everywhere are about (`concepts`), in whatever words
    in_titles: float  # the rarest of these that both titles have


_WEIGHTS: Final = Nearness(
    shared=0.52,
    dense=1.76,
    in_leads=0.52,
    rarest=1.85,
    told=3.17,
    days=0.13,
    length=-0.22,
    things=0.68,
    in_titles=0.5,
)
_BIAS: Final = -5.54


def related(store: Store, article_id: int, most: int = 5, without: Iterable[int] = ()) -> tuple[Related, ...]:
    """The articles nearest to one, the nearest first; those of its own story, say, are left out by `without`."""
    found = [
        Related(lead.id, _faded(likeness(near), lead.sort_at - at))
        for at, lead, near in compared(store, article_id, without)
    ]
    found.sort(key=lambda each: (-each.likeness, -each.id))
    return tuple(each for each in found if each.likeness >= _LEAST)[:most]


def likeness(near: Nearness) -> float:
    """How likely it is that two articles are of one topic, from 0 to 1."""
    odds = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, near, strict=True))
    return 1 / (1 + exp(-max(-20.0, min(odds, 20.0))))


def _faded(likeness: float, seconds: int) -> float:
    return likeness * (1.0 - min(_FADES * abs(seconds) / _MONTH, 2 * _FADES))


def compared(store: Store, article_id: int, without: Iterable[int] = ()) -> Iterable[tuple[int, Lead, Nearness]]:
    """The articles that may be near one, each with what speaks for it, and when that one was published."""
    asked = store.leads((article_id,), LETTERS)
    if not asked:
        return
    words = _words(asked[0])
    held = store.holders(_telling(words), _HELD)
    article = _sketch(asked[0])
    rarity = _Rarity(article, held, store.newest_id() + _ELSEWHERE)
    weights = {word: words[word] * rarity[word] for word in held}
    mine = Weighed(article, rarity)
    for lead in store.leads(_near(weights, held, {article_id, *without}), LEAD):
        near = _nearness(mine, _sketch(lead), rarity)
        if near is not None:
            yield asked[0].sort_at, lead, near


def _sketch(lead: Lead) -> Sketch:
    return sketch(lead.id, lead.source_id, lead.sort_at, title=lead.title, text=lead.text)


class _Rarity(Rarity):
    """How rare words are in the library: those that were asked for, and the others as rare as most of these."""

    def __init__(self, article: Sketch, held: Mapping[str, Holders], size: int) -> None:
        super().__init__(self._other)
        most = log(size / 1.5)
        for thing, holders in held.items():
            rare = max(0.0, log(size / (holders.total + 0.5)) / most)
            self[thing] = rare
            self[stem(thing)] = min(rare, self.get(stem(thing), 1.0))
        self._shown = dict(zip(article.signs, article.shown, strict=True))
        self._usual = sorted(self.values())[len(self) // 2] if self else 1.0

    def _other(self, word: str) -> float:
        return self.get(self._shown.get(word, ""), self._usual)


def _nearness(mine: Weighed, other: Sketch, rarity: Mapping[str, float]) -> Nearness | None:
    found = evidence(mine, other, rarity)
    if found is None:
        return None
    shown = dict(zip(other.signs, other.shown, strict=True))
    things = [sign for sign in mine.shown if sign[0] == THING and sign in shown]
    titled = [sign for sign in things if mine.shown[sign] in mine.title and shown[sign] in other.title]
    return Nearness(
        found.shared,
        found.dense,
        found.in_leads,
        found.rarest,
        sum(titles_told(mine, other, rarity)) / 2,
        found.days,
        found.length,
        things=sqrt(sum(rarity[sign] for sign in things)),
        in_titles=max((rarity[sign] for sign in titled), default=0.0),
    )


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


def _near(weights: Mapping[str, float], held: Mapping[str, Holders], left_out: set[int]) -> list[int]:
    """The articles that hold most of what tells, most first."""
    score: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    for word, holders in held.items():
        for id_ in holders.ids:
            score[id_] += weights[word]
            shared[id_] += 1
    fewest = min(_SHARED, len(held))
    near = [id_ for id_ in score if shared[id_] >= fewest and id_ not in left_out]
    return sorted(near, key=lambda id_: (-score[id_], -id_))[:_COMPARED]
