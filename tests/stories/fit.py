"""Weighs what speaks for two articles being about one event, by what it was worth where the truth is known.

    python -m tests.stories.fit ../shared/corpus

prints the weights for newsreader/stories/likeness.py: a logistic regression over the pairs of articles of that half of
the invented week that is there to tune with, and over the labelled pairs of the corpus. The other half stays unseen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple

from newsreader.model import Placed
from newsreader.stories.clustering import DAYS, Stories
from newsreader.stories.likeness import Evidence, Weighed, evidence
from newsreader.stories.sketch import LEAD, Sketch, sketch
from newsreader.text import page_of
from tests.stories.corpus_articles import read_corpus
from tests.stories.truth import Sample, part_of, read_pairs, read_world, sample_of

CORPUS = 12.0
"""What a labelled pair of the corpus counts for beside one of the week: there are few of them, and all are hard."""

RIDGE, ROUNDS = 3.0, 12
DAY = 86_400


class Row(NamedTuple):
    """A pair as it is compared when the later one arrives."""

    found: tuple[float, ...]
    same: bool
    weight: float


class Listening(Stories):
    """Stories that say how near a new article is to those before it, as they see it."""

    def pairs(self, new: Sketch, others: Sequence[Sketch]) -> Iterator[tuple[Sketch, Evidence]]:
        mine, rarity = Weighed(new, self._rarity(new.source_id)), self._rarity()
        for other in others:
            if other.source_id != new.source_id and abs(other.at - new.at) <= DAYS * DAY:
                found = evidence(mine, other, rarity)
                if found is not None and not (new.overview or other.overview):
                    yield other, found


def sketches(samples: Sequence[Sample]) -> list[Sketch]:
    sources: dict[str, int] = {}
    return [
        sketch(
            number,
            sources.setdefault(sample.source, len(sources) + 1),
            sample.published,
            title=sample.title,
            text=sample.text[:LEAD],
            link=page_of(sample.url),
        )
        for number, sample in enumerate(samples, 1)
    ]


def rows_of(samples: Sequence[Sample], known: Callable[[Sample, Sample], bool | None], weight: float) -> Iterator[Row]:
    """The pairs whose truth is known."""
    stories, before = Listening(), list[Sketch]()
    for new in sketches(samples):
        mine = samples[new.id - 1]
        asked = [other for other in before if known(mine, samples[other.id - 1]) is not None]
        for other, found in stories.pairs(new, asked):
            yield Row((1.0, *found), bool(known(mine, samples[other.id - 1])), weight)
        stories.remember(new, Placed(new.id, new.id))
        before.append(new)


def of_the_week() -> Iterator[Row]:
    articles = read_world()
    events = {each.sample.key: each.event for each in articles if part_of(each.event) == "tuning"}

    def known(one: Sample, other: Sample) -> bool | None:
        a, b = events.get(one.key), events.get(other.key)
        return None if a is None or b is None else a == b

    return rows_of([each.sample for each in articles], known, 1.0)


def of_the_corpus(corpus: Path) -> Iterator[Row]:
    same = {frozenset((pair.a, pair.b)): pair.same for pair in read_pairs() if not pair.unsure}
    dated = (sample_of(article) for article in read_corpus(corpus) if article.published)
    samples = sorted(dated, key=lambda sample: (sample.published, sample.key))
    return rows_of(samples, lambda one, other: same.get(frozenset((one.key, other.key))), CORPUS)


def fitted(rows: Sequence[Row]) -> list[float]:
    """The weights that make the truth likeliest, by Newton's method; large ones have to be worth it."""
    size = len(rows[0].found)
    spread = [max(sum(row.found[i] ** 2 for row in rows) / len(rows), 1e-9) for i in range(size)]
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * spread[i] * weights[i] if i else 0.0 for i in range(size)]
        bend = [[RIDGE * spread[i] * (i == j) if i else 1e-9 * (i == j) for j in range(size)] for i in range(size)]
        for found, same, weight in rows:
            odds = sum(w * x for w, x in zip(weights, found, strict=True))
            chance = 1 / (1 + exp(-max(-30.0, min(odds, 30.0))))
            off, sure = weight * (same - chance), weight * chance * (1 - chance)
            for i, x in enumerate(found):
                if x:
                    slope[i] += off * x
                    row = bend[i]
                    for j in range(i, size):
                        row[j] += sure * x * found[j]
        for i in range(size):
            for j in range(i):
                bend[i][j] = bend[j][i]
        weights = [w + step for w, step in zip(weights, solved(bend, slope), strict=True)]
    return weights


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve linear equations, by Gauss."""
    size = len(right)
    rows = [[*matrix[i], right[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            share = rows[k][i] / rows[i][i]
            rows[k] = [a - share * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][k] * found[k] for k in range(i + 1, size))) / rows[i][i]
    return found


if __name__ == "__main__":
    bias, *weights = fitted([*of_the_week(), *of_the_corpus(Path(sys.argv[1]))])
    print(f"_WEIGHTS: Final = {Evidence(*(round(weight, 2) for weight in weights))}\n_BIAS: Final = {bias:.2f}")
