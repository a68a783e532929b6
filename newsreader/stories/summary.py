"""What an article comes to, in its own sentences: no service, no model, in any language whose sentences can be found.

Sentences are chosen by what they have in common with the rest of the article (the more of it each is like, the more it
speaks for it: the degree in the graph of Erkan and Radev's LexRank), with the title, and by where they stand; of two
that say the same one is taken. Each keeps the block it comes from, so that the reader can go there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from newsreader.query.folding import tokens
from newsreader.stories.candidates import Candidate, candidates, speaks_of_somebody
from newsreader.stories.common_words import COMMON
from newsreader.stories.naming import named_in
from newsreader.stories.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.document.blocks import Document
    from newsreader.stories.naming import Name

MOST: Final = 5
"""Sentences of a summary; of a short article there are fewer."""

_SHARE: Final = 5  # of the sentences, one is taken; three at least
_FEWEST: Final = 3
_PARTS: Final = 5  # stretches of an article without sections, each of which may have a point
_TITLE, _EARLY, _OPENS, _QUOTED, _LEANS = 0.5, 1.2, 0.15, 0.7, 0.95
_HALVES: Final = 4.0  # sentences after which being early counts half
_CENTRAL: Final = 0.6
_SAME: Final = 0.4  # likeness from which on two sentences say the same
_WORD_PARTS: Final = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an article: its words, and the number of the block of the document it stands in, from 0.

    `article` is the number of the article, from 0, where there are several.
    """

    text: str
    block: int
    article: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """An article in a few of its sentences, in their order; key points, one a section; and whom and what it names.

    `counted` is how many sentences there are that can stand for themselves.
    """

    sentences: tuple[Told, ...]
    points: tuple[Told, ...]
    names: tuple[Name, ...]
    counted: int = 0

    @property
    def is_short(self) -> bool:
        """Whether the article is no longer than its summary."""
        return self.counted <= len(self.sentences)


def summarise(document: Document, title: str, most: int = MOST) -> Summary:
    """Summarise an article; one without a sentence that could stand for it has an empty summary."""
    return summarise_all(((document, title),), most)


def summarise_all(articles: Sequence[tuple[Document, str]], most: int = MOST) -> Summary:
    """Summarise what several articles, each with its title, tell of one event: what one says already no other says."""
    each = [candidates(document.blocks, number) for number, (document, _) in enumerate(articles)]
    found = [*chain.from_iterable(each)]
    _weigh(found)
    _score(found, {stem(word) for _, title in articles for word in tokens(title)} - COMMON)
    count = min(most, max(_FEWEST, len(found) // _SHARE))
    chosen = _best(found, count, ())
    points = _points(found, chosen, most)
    return Summary(_told(chosen), _told(points), named_in([one.text for one in found]), len(found))


def _told(sentences: Iterable[Candidate]) -> tuple[Told, ...]:
    return tuple(Told(one.text, one.block, one.article) for one in sentences)


def _weigh(found: Sequence[Candidate]) -> None:
    """Give each word of a sentence what it counts for, all of one sentence at length 1: a rare word tells it apart."""
    stems = [Counter(stem(word) for word in tokens(each.text) if _may_tell(word)) for each in found]
    holding = Counter(word for each in stems for word in each)
    for sentence, counts in zip(found, stems, strict=True):
        words = {word: count * log(1 + len(found) / holding[word]) for word, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in words.values())) or 1.0
        sentence.words = {word: weight / length for word, weight in words.items()}


def _may_tell(word: str) -> bool:
    return len(word) >= _WORD_PARTS and word not in COMMON


def _score(found: Sequence[Candidate], title: set[str]) -> None:
    """Score the sentences: those that much of the article is like, that the title speaks of, that come early."""
    all_of_it: defaultdict[str, float] = defaultdict(float)
    for sentence in found:
        for word, weight in sentence.words.items():
            all_of_it[word] += weight
    degrees = [sum(weight * all_of_it[word] for word, weight in each.words.items()) for each in found]
    top = max(degrees, default=1.0) or 1.0
    for sentence, degree in zip(found, degrees, strict=True):
        shared = len(title & sentence.words.keys()) / (len(title) or 1)
        early = _HALVES / (_HALVES + sentence.place)
        score = _CENTRAL * degree / top + _TITLE * shared + _EARLY * early + _OPENS * sentence.opens
        sentence.score = score * (_QUOTED if sentence.quoted else 1.0) * (_LEANS if sentence.leans else 1.0)


def _alike(one: Candidate, other: Candidate) -> float:
    return sum(one.words[word] * other.words[word] for word in one.words.keys() & other.words.keys())


def _best(found: Iterable[Candidate], count: int, but: Sequence[Candidate]) -> list[Candidate]:
    """The best sentences that say different things, and not what others say already, in their order."""
    chosen: list[Candidate] = []
    for sentence in sorted(found, key=lambda each: -each.score):
        if len(chosen) == count:
            break
        if all(_alike(sentence, other) < _SAME for other in (*but, *chosen)):
            chosen.append(sentence)
    return sorted(chosen, key=lambda each: (each.article, each.place))


def _points(found: Sequence[Candidate], chosen: Sequence[Candidate], most: int) -> list[Candidate]:
    """The best sentence of each section that says what the summary does not; without sections, of each stretch."""
    sections = {(each.article, each.section) for each in found}
    parts: defaultdict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for number, each in enumerate(found):
        stretch = (0, number * _PARTS // len(found))
        parts[(each.article, each.section) if len(sections) > 1 else stretch].append(each)
    firsts: list[Candidate] = []
    for part in parts.values():
        known = [each for each in part if not speaks_of_somebody(each.text)]  # a point stands alone
        firsts += _best(known, 1, (*chosen, *firsts))
    return _best(firsts, most, ())
