"""Weighs what speaks for two articles being about one event, or of one topic, where the truth is known.

    python -m tests.stories.fit ../shared/corpus

prints the weights for newsreader/stories/likeness.py and related.py: logistic regressions over pairs of articles of
that half of the invented week that is there to tune with, and over the labelled pairs of the corpus. The other half
stays unseen.
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
from newsreader.stories.related import Nearness, compared
from newsreader.stories.sketch import LEAD, Sketch, sketch
from newsreader.text import page_of
from tests.stories.corpus_articles import read_corpus
from tests.stories.engine import index, library_of
from tests.stories.truth import Sample, part_of, read_pairs, read_world, sample_of

CORPUS = 12.0
"""What a labelled pair of the corpus counts for beside one of the week: there are few of them, and all are hard."""

TOPICS = 1.0
"""The same for topics."""

RIDGE, TOPIC_RIDGE, ROUNDS = 3.0, 1.0, 12
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


def samples_of(corpus: Path) -> list[Sample]:
    dated = (sample_of(article) for article in read_corpus(corpus) if article.published)
    return sorted(dated, key=lambda sample: (sample.published, sample.key))


def of_the_corpus(corpus: Path) -> Iterator[Row]:
    same = {frozenset((pair.a, pair.b)): pair.same for pair in read_pairs() if not pair.unsure}
    return rows_of(samples_of(corpus), lambda one, other: same.get(frozenset((one.key, other.key))), CORPUS)


def topics_of(samples: Sequence[Sample], known: Callable[[str, str], bool | None], weight: float) -> Iterator[Row]:
    """The articles that may be near each that something is known of, where what the page shows of them is known."""
    with library_of(samples) as (store, ids):
        index(store)
        for id_, key in ids.items():
            told = [each.id for each in store.story_of(id_)]
            for _, lead, near in compared(store, id_, told):
                related = known(key, ids[lead.id])
                if related is not None:
                    yield Row((1.0, *near), related, weight)


def topics_of_the_week() -> Iterator[Row]:
    articles = read_world()
    tuned = {each.sample.key: each for each in articles if part_of(each.event) == "tuning"}

    def known(one: str, other: str) -> bool | None:
        a, b = tuned.get(one), tuned.get(other)
        return None if a is None or b is None or a.event == b.event else bool(a.topics & b.topics)

    return topics_of([each.sample for each in articles], known, 1.0)


def topics_of_the_corpus(corpus: Path) -> Iterator[Row]:
    labelled = [pair for pair in read_pairs() if not pair.same and not pair.unsure]
    related = {frozenset((pair.a, pair.b)): pair.related for pair in labelled}
    return topics_of(samples_of(corpus), lambda one, other: related.get(frozenset((one, other))), TOPICS)


def fitted(rows: Sequence[Row], ridge: float) -> list[float]:
    """The weights that make the truth likeliest, by Newton's method; large ones have to be worth it."""
    size = len(rows[0].found)
    spread = [max(sum(row.found[i] ** 2 for row in rows) / len(rows), 1e-9) for i in range(size)]
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-ridge * spread[i] * weights[i] if i else 0.0 for i in range(size)]
        bend = [[ridge * spread[i] * (i == j) if i else 1e-9 * (i == j) for j in range(size)] for i in range(size)]
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


def main(corpus: Path) -> None:
    for kind, ridge, rows in (
        (Evidence, RIDGE, [*of_the_week(), *of_the_corpus(corpus)]),
        (Nearness, TOPIC_RIDGE, [*topics_of_the_week(), *topics_of_the_corpus(corpus)]),
    ):
        bias, *weights = fitted(rows, ridge)
        print(f"_WEIGHTS: Final = {kind(*(round(weight, 2) for weight in weights))}\n_BIAS: Final = {bias:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
