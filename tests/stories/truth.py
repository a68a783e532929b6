"""What belongs together, and how well an engine finds it.

    python -m tests.stories.truth [../shared/corpus] [--show]

measures the engine that tests/stories/engine.py names: on the invented week of world/, and, where the corpus is given,
on the labelled pairs of pairs.toml. Ends with 1 where a floor is missed. `--show` lists the mistakes of the half that
is there to tune with, never those of the other.

An engine is two plain callables, see `Cluster` and `Related`. They get samples in the order of arrival, oldest first,
and know of the truth only what an article shows.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stories.corpus_articles import CorpusArticle
from tests.stories.measures import AtFive, Measure, b_cubed, pairwise, precision_at_five

HERE = Path(__file__).parent
NOW = 1_795_716_000
"""2026-11-26 18:00 UTC, from which the world's hours count back."""

LANGUAGES = frozenset(["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ru", "ar", "hi"])

PRECISION, F1, AT_FIVE = 0.97, 0.88, 0.9
"""A wrong merge is worse than a missed one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as an engine sees it; `key` says nothing about what it belongs to."""

    key: str
    source: str
    published: int
    url: str
    title: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An article of the world with its truth."""

    name: str
    event: str
    topics: frozenset[str]
    copy_of: str | None
    hours: int
    sample: Sample


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two articles of the corpus; `event` names what both are about where they are the same."""

    kind: str
    a: str
    b: str
    same: bool
    related: bool
    event: str | None = None
    unsure: bool = False


Cluster = Callable[[Sequence[Sample]], Mapping[str, Hashable]]
"""Gives each key its cluster; a key left out is a cluster of its own."""

Related = Callable[[Sequence[Sample], Sequence[str]], Mapping[str, Sequence[str]]]
"""All samples, and the keys that are asked for: gives each of these the keys of related ones, the best first."""


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def part_of(event: str) -> str:
    """The half that an event is in: "tuning", which may be looked at, or "held out", which is only scored."""
    return "tuning" if int(hashed(event)[:8], 16) % 2 else "held out"


def told(event: Mapping[str, Any], number: int, given: Mapping[str, Any]) -> Told:
    name = f"{event['id']}-{number}"
    key = hashed(name)[:12]
    return Told(
        name=name,
        event=event["id"],
        topics=frozenset(event["topics"]),
        copy_of=given.get("copy_of"),
        hours=given["hours"],
        sample=Sample(
            key=key,
            source=given["source"],
            published=NOW - 3600 * given["hours"] + int(key[:4], 16) % 1800,
            url=given.get("link") or f"https://news.example/{key}",
            title=given["title"],
            text=given.get("lead", ""),
            language=given.get("language", "en"),
        ),
    )


def read_world(folder: Path = HERE / "world") -> list[Told]:
    """Every article of the invented week, oldest first."""
    articles = []
    for file in sorted(folder.glob("*.toml")):
        for event in tomllib.loads(file.read_text(encoding="utf-8"))["event"]:
            articles += [told(event, number, given) for number, given in enumerate(event["article"], 1)]
    return sorted(articles, key=lambda t: (t.sample.published, t.sample.key))


def read_pairs(file: Path = HERE / "pairs.toml") -> list[LabelledPair]:
    return [LabelledPair(**pair) for pair in tomllib.loads(file.read_text(encoding="utf-8"))["pairs"]]


@dataclass(frozen=True, slots=True)
class WorldScore:
    """`each_language` is the same clustering, every language by itself: what is left when no story crosses one."""

    all: Measure
    parts: Mapping[str, Measure]
    each_language: Measure
    related: AtFive
    related_parts: Mapping[str, AtFive]

    def lines(self) -> list[str]:
        return [
            f"world, all            {self.all}",
            *(f"world, {part:<14} {measure}" for part, measure in self.parts.items()),
            f"world, each language  {self.each_language}",
            f"related, all          {self.related}",
            *(f"related, {part:<12} {measure}" for part, measure in self.related_parts.items()),
        ]

    def misses(self) -> list[str]:
        missed = []
        for name, measure in {"all": self.all, **self.parts}.items():
            missed += below(f"world, {name}", measure)
        if self.related.precision < AT_FIVE:
            missed.append(f"related: precision at 5 is below {AT_FIVE}")
        return missed


@dataclass(frozen=True, slots=True)
class PairScore:
    """`pairs` over the labelled pairs, `clusters` over the articles whose event is known, `related` over what was
    given: of the related articles in labelled pairs, how many are labelled so."""

    pairs: Measure
    clusters: Measure
    related: Measure

    def lines(self) -> list[str]:
        return [
            f"corpus, pairs         {self.pairs}",
            f"corpus, B-cubed       {self.clusters}",
            f"corpus, related       {self.related}",
        ]

    def misses(self) -> list[str]:
        return below("corpus, pairs", self.pairs) + below("corpus, B-cubed", self.clusters)


def below(name: str, measure: Measure) -> list[str]:
    missed = []
    if measure.precision < PRECISION:
        missed.append(f"{name}: precision is below {PRECISION}")
    if measure.f1 < F1:
        missed.append(f"{name}: F1 is below {F1}")
    return missed


def score_world(articles: Sequence[Told], cluster: Cluster, related: Related) -> WorldScore:
    samples = [article.sample for article in articles]
    keys = [sample.key for sample in samples]
    found = cluster(samples)
    given = related(samples, keys)
    events = {article.sample.key: article.event for article in articles}
    topics = {article.sample.key: article.topics for article in articles}
    language = {sample.key: sample.language for sample in samples}
    parts = {part: [key for key in keys if part_of(events[key]) == part] for part in ("tuning", "held out")}
    return WorldScore(
        all=b_cubed(found, events),
        parts={part: b_cubed(found, events, among) for part, among in parts.items()},
        each_language=b_cubed(
            {key: (language[key], found[key]) for key in keys if key in found},
            {key: (language[key], events[key]) for key in keys},
        ),
        related=precision_at_five(given, events, topics),
        related_parts={part: precision_at_five(given, events, topics, among) for part, among in parts.items()},
    )


def sample_of(article: CorpusArticle) -> Sample:
    """An undated article is no news; `score_pairs` leaves it out."""
    return Sample(
        key=article.name,
        source=article.file,
        published=article.published or 0,
        url=article.url or "",
        title=article.title,
        text=article.text,
        language=article.language,
    )


def known_events(pairs: Iterable[LabelledPair]) -> dict[str, Hashable]:
    """The articles whose event is known, by the pairs that are the same."""
    events: dict[str, Hashable] = {}
    for pair in pairs:
        if pair.event is not None:
            events[pair.a] = events[pair.b] = pair.event
    return events


def score_pairs(
    articles: Iterable[CorpusArticle], pairs: Sequence[LabelledPair], cluster: Cluster, related: Related
) -> PairScore:
    """The whole corpus is clustered, as it would arrive; the pairs are looked up in what comes out."""
    dated = (sample_of(article) for article in articles if article.published)
    samples = sorted(dated, key=lambda s: (s.published, s.key))
    found = cluster(samples)
    asked = sorted({name for pair in pairs for name in (pair.a, pair.b)})
    given = {name: set(others[:5]) for name, others in related(samples, asked).items()}
    judged = [
        (pair.b in given.get(pair.a, ()) or pair.a in given.get(pair.b, ()), pair.related)
        for pair in pairs
        if not pair.same and not pair.unsure
    ]
    shown = [right for is_given, right in judged if is_given]
    wanted = sum(right for _, right in judged)
    return PairScore(
        pairs=pairwise(found, [(pair.a, pair.b, pair.same) for pair in pairs if not pair.unsure]),
        clusters=b_cubed(found, known_events(pairs)),
        related=Measure(sum(shown) / len(shown) if shown else 1.0, sum(shown) / wanted if wanted else 1.0, len(shown)),
    )


def mistakes(articles: Sequence[Told], found: Mapping[str, Hashable], part: str = "tuning") -> list[str]:
    """What went wrong in one half, a line each: stories of several events, and events in several stories.

    A story that holds an event of the other half is named by its titles of this half only.
    """
    clusters: defaultdict[Hashable, list[Told]] = defaultdict(list)
    events: defaultdict[str, list[Told]] = defaultdict(list)
    for article in articles:
        clusters[found.get(article.sample.key, ("alone", article.sample.key))].append(article)
        if part_of(article.event) == part:
            events[article.event].append(article)
    lines = []
    for members in clusters.values():
        if len({member.event for member in members}) > 1:
            ours = [f"{m.name} ({m.sample.title})" for m in members if part_of(m.event) == part]
            if ours:
                lines.append(f"merged: {'; '.join(ours)}{' and others' if len(ours) < len(members) else ''}")
    for event, members in events.items():
        pieces: defaultdict[Hashable, list[str]] = defaultdict(list)
        for member in members:
            pieces[found.get(member.sample.key, ("alone", member.sample.key))].append(member.name.rsplit("-", 1)[1])
        if len(pieces) > 1:
            lines.append(f"split: {event}: {' | '.join(' '.join(piece) for piece in pieces.values())}")
    return sorted(lines)


if __name__ == "__main__":
    from tests.stories.truth_command import main

    raise SystemExit(main())
