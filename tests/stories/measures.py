"""How near a clustering comes to the truth. Pure: knows neither articles nor engines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision falls with wrong merges, recall with missed ones; of `items` articles or pairs."""

    precision: float
    recall: float
    items: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}  ({self.items})"


@dataclass(frozen=True, slots=True)
class AtFive:
    """`precision` is the mean of the shares that were right, over the articles that got an answer.

    `answered` is how many of those that have related articles at all got one.
    """

    precision: float
    answered: float
    items: int

    def __str__(self) -> str:
        return f"precision at 5 {self.precision:.3f}  answered {self.answered:.3f}  ({self.items})"


def whole(found: Mapping[str, Hashable], names: Iterable[str]) -> dict[str, Hashable]:
    """`found`, with an article that it leaves out as a cluster of its own."""
    return {name: ("in", found[name]) if name in found else ("alone", name) for name in names}


def b_cubed(
    found: Mapping[str, Hashable], truth: Mapping[str, Hashable], among: Collection[str] | None = None
) -> Measure:
    """B-cubed precision and recall over the articles of `truth`, averaged over `among` (else over all of them)."""
    clusters = whole(found, truth)
    size = Counter(clusters.values())
    event_size = Counter(truth.values())
    both = Counter((clusters[name], truth[name]) for name in truth)
    names = sorted(truth if among is None else among)
    if not names:
        return Measure(1.0, 1.0, 0)
    right = [both[clusters[name], truth[name]] for name in names]
    precision = sum(n / size[clusters[name]] for n, name in zip(right, names, strict=True)) / len(names)
    recall = sum(n / event_size[truth[name]] for n, name in zip(right, names, strict=True)) / len(names)
    return Measure(precision, recall, len(names))


def pairwise(found: Mapping[str, Hashable], pairs: Iterable[tuple[str, str, bool]]) -> Measure:
    """Of the pairs that were put together, how many belong together, and the other way about."""
    counted: Counter[tuple[bool, bool]] = Counter()
    for a, b, same in pairs:
        clusters = whole(found, (a, b))
        counted[clusters[a] == clusters[b], same] += 1
    right = counted[True, True]
    together = right + counted[True, False]
    wanted = right + counted[False, True]
    return Measure(right / together if together else 1.0, right / wanted if wanted else 1.0, counted.total())


def precision_at_five(
    given: Mapping[str, Sequence[str]],
    events: Mapping[str, str],
    topics: Mapping[str, Collection[str]],
    among: Collection[str] | None = None,
) -> AtFive:
    """The share of the first five (of fewer where fewer are given) that have a topic of the article.

    Articles of its own event are left out before the first five are taken: the page shows them as the story.
    """
    events_of_topic: defaultdict[str, set[str]] = defaultdict(set)
    for name, event in events.items():
        for topic in topics[name]:
            events_of_topic[topic].add(event)
    shares = []
    possible = answered = 0
    for name in sorted(events if among is None else among):
        own = set(topics[name])
        others = [other for other in given.get(name, ()) if events[other] != events[name]][:5]
        has_related = any(len(events_of_topic[topic]) > 1 for topic in own)
        possible += has_related
        answered += has_related and bool(others)
        if others:
            shares.append(sum(bool(own & set(topics[other])) for other in others) / len(others))
    precision = sum(shares) / len(shares) if shares else 1.0
    return AtFive(precision, answered / possible if possible else 1.0, len(shares))
