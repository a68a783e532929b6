"""What an article comes to, in its own sentences: no service, no model, in any language whose sentences can be found.

Sentences are chosen by what they have in common with the rest of the article (a graph in which alike sentences speak
for each other, after Mihalcea and Tarau's TextRank), with the title, and by where they stand; of two that say the same
one is taken. Each keeps the block it comes from, so that the reader can go there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Heading, ListBlock, Paragraph, Quote
from newsreader.query.folding import tokens
from newsreader.sentences import sentences
from newsreader.stories.common_words import COMMON
from newsreader.stories.names import names_of
from newsreader.stories.stems import stem
from newsreader.text import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.document.blocks import Block, Document

MOST: Final = 5
"""Sentences of a summary; of a short article there are fewer."""

_LOOKED_AT: Final = 80  # sentences, the first of an article: the graph grows with their square
_SHORTEST, _LONGEST = 30, 420  # cells of a sentence that can stand for itself
_SHARE: Final = 4  # of the sentences, one is taken; three at least
_FEWEST: Final = 3
_DAMPING: Final = 0.85
_ROUNDS: Final = 20
_TITLE, _EARLY, _QUOTED = 0.35, 0.45, 0.8
_SAME: Final = 0.45  # likeness from which on two sentences say the same
_NAMES: Final = 8
_WORD_PARTS: Final = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an article: its words, and the number of the block of the document it stands in, from 0."""

    text: str
    block: int


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something that an article names, and how often."""

    name: str
    times: int


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


@dataclass(slots=True)
class _Sentence:
    told: Told
    words: dict[str, float]
    section: int
    quoted: bool
    score: float = 0.0


def summarise(document: Document, title: str, most: int = MOST) -> Summary:
    """Summarise an article; one without a sentence that could stand for it has an empty summary."""
    found = list(_sentences(document.blocks))[:_LOOKED_AT]
    texts = [sentence.told.text for sentence in found]
    _weigh(found)
    _rank(found, {stem(word) for word in tokens(title)} - COMMON)
    count = min(most, max(_FEWEST, len(found) // _SHARE))
    chosen = _best(found, count)
    return Summary(chosen, _points(found, chosen, most), _names(texts), len(found))


def paragraph_numbers(document: Document) -> dict[int, int]:
    """The number that a person would give each paragraph, quotation and list, from 1, by its block."""
    blocks = (
        number for number, block in enumerate(document.blocks) if isinstance(block, Paragraph | Quote | ListBlock)
    )
    return {block: number for number, block in enumerate(blocks, 1)}


def _sentences(blocks: Sequence[Block]) -> Iterator[_Sentence]:
    section = 0
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            section += 1
            continue
        for text, quoted in _texts(block):
            for start, end in sentences(text):
                said = " ".join(text[start:end].split())
                if _SHORTEST <= cell_width(said) <= _LONGEST and not said.endswith(("?", "？", "؟", ":")):
                    yield _Sentence(Told(said, number), {}, section, quoted)


def _texts(block: Block) -> Iterator[tuple[str, bool]]:
    """The running texts of a block, and whether each is somebody's words set apart."""
    match block:
        case Paragraph(content):
            yield content.text, False
        case Quote(blocks):
            yield from ((text, True) for inner in blocks for text, _ in _texts(inner))
        case ListBlock(items):
            yield from (each for item in items for inner in item for each in _texts(inner))


def _weigh(found: Sequence[_Sentence]) -> None:
    """Give each word of a sentence what it counts for: what only one has tells little of the rest."""
    stems = [Counter(stem(word) for word in tokens(each.told.text) if _may_tell(word)) for each in found]
    holding = Counter(word for each in stems for word in each)
    for sentence, counts in zip(found, stems, strict=True):
        sentence.words = {word: count * log(1 + len(found) / holding[word]) for word, count in counts.items()}


def _may_tell(word: str) -> bool:
    return len(word) >= _WORD_PARTS and word not in COMMON


def _rank(found: Sequence[_Sentence], title: set[str]) -> None:
    """Score the sentences: those that much of the article is like, that the title speaks of, that come early."""
    links = [[0.0] * len(found) for _ in found]
    for one, other in combinations(range(len(found)), 2):
        links[one][other] = links[other][one] = _alike(found[one].words, found[other].words)
    sums = [sum(row) or 1.0 for row in links]
    scores = [1.0] * len(found)
    for _ in range(_ROUNDS):
        scores = [
            1
            - _DAMPING
            + _DAMPING * sum(links[other][one] / sums[other] * scores[other] for other in range(len(found)))
            for one in range(len(found))
        ]
    top = max(scores, default=1.0)
    for place, (sentence, score) in enumerate(zip(found, scores, strict=True)):
        shared = len(title & sentence.words.keys()) / (len(title) or 1)
        early = 1 / (1 + place)
        sentence.score = (score / top + _TITLE * shared + _EARLY * early) * (_QUOTED if sentence.quoted else 1.0)


def _alike(one: dict[str, float], other: dict[str, float]) -> float:
    shared = one.keys() & other.keys()
    if not shared:
        return 0.0
    lengths = _length(one) * _length(other)
    return sum(one[word] * other[word] for word in shared) / lengths if lengths else 0.0


def _length(words: dict[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in words.values()))


def _best(found: Sequence[_Sentence], count: int) -> tuple[Told, ...]:
    """The best sentences that say different things, in their order."""
    chosen: list[_Sentence] = []
    for sentence in sorted(found, key=lambda each: -each.score):
        if len(chosen) == count:
            break
        if all(_alike(sentence.words, other.words) < _SAME for other in chosen):
            chosen.append(sentence)
    return tuple(sentence.told for sentence in found if sentence in chosen)


def _points(found: Sequence[_Sentence], chosen: Sequence[Told], most: int) -> tuple[Told, ...]:
    """The best sentence of each section that the summary says nothing of."""
    best: dict[int, _Sentence] = {}
    for sentence in found:
        if sentence.section not in best or sentence.score > best[sentence.section].score:
            best[sentence.section] = sentence
    points = [sentence.told for sentence in best.values() if sentence.told not in chosen]
    return tuple(points[:most])


def _names(texts: Iterable[str]) -> tuple[Name, ...]:
    counts = Counter(name for text in texts for name in names_of(text))
    longer = {name for name in counts if any(name != other and name in other.split() for other in counts)}
    named = [(name, times) for name, times in counts.items() if name not in longer]
    named.sort(key=lambda each: (-each[1], -len(each[0].split())))
    return tuple(Name(name, times) for name, times in named[:_NAMES])
