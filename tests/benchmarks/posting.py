"""Sources that post as those of real feeds do, and days of refreshing them by a fake clock: pure, no network.

The rates are those of 140 feeds of public parsers' test data (the quantiles below, articles a day), kept between once a
month and four an hour. Each source has waking hours around a time of day of its own, a share of its weekdays at the
weekend, and posts in bursts, so that half of its articles or fewer come in the company of others; of the real ones
four in five articles fall into the best eight hours, and the gaps vary by 1.2 of their mean.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from random import Random
from typing import TYPE_CHECKING, Final

from newsreader.bounds import RHYTHM_ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HOUR: Final = 3_600
DAY: Final = 24 * HOUR
MONDAY: Final = 1_795_392_000 - 1_795_392_000 % (7 * DAY) + 4 * DAY  # a midnight in UTC
_LONG_PAST: Final = 900 * DAY  # the past of a quiet source: enough articles to tell its rate from
_PAST: Final = 40 * DAY
_RATES: Final = (
    *((0.0, 1 / 30), (0.3, 1 / 30), (0.4, 0.062), (0.5, 0.15), (0.6, 0.69)),
    *((0.7, 3.5), (0.8, 10.8), (0.9, 23.7), (0.95, 61.0), (1.0, 96.0)),
)
_CENTRES: Final = (2, 5, 9, 10, 14, 14, 15, 19, 20, 21)  # hours in UTC, by where those live who post


@dataclass(frozen=True, slots=True)
class Source:
    """A source of so many articles a day, with the moments of all its articles, oldest first."""

    rate: float
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """What days of refreshing came to: requests on each, and how long each article waited, seconds, in order."""

    requests: tuple[int, ...]
    waits: tuple[int, ...]

    def wait(self, share: float) -> float:
        """The minutes within which this share of the articles was seen."""
        return self.waits[int(share * (len(self.waits) - 1))] / 60


def world(count: int, *, seed: int = 1, days: int = 14) -> tuple[Source, ...]:
    """So many sources, with their articles until so many days after MONDAY."""
    chance = Random(seed)
    return tuple(_source((number + 0.5) / count, chance, MONDAY + days * DAY) for number in range(count))


def refresh(
    sources: Sequence[Source],
    wait: Callable[[Sequence[int], int, float], float],
    *,
    warm: int,
    days: int,
    seed: int = 2,
) -> Days:
    """Refresh for `warm` days from MONDAY and then for the `days` that count.

    `wait` gives the seconds until a source is asked again, from its newest article times, the moment and a chance.
    """
    chance = Random(seed)
    begin, end = MONDAY + warm * DAY, MONDAY + (warm + days) * DAY
    requests, waits = [0] * days, []
    for source in sources:
        now = int(MONDAY + chance.random() * DAY)
        seen = bisect_right(source.posts, now)
        while now < end:
            here = bisect_right(source.posts, now)
            if now >= begin:
                requests[(now - begin) // DAY] += 1
                waits += [now - post for post in source.posts[seen:here] if post >= begin]
            seen = here
            now += int(wait(source.posts[max(0, here - RHYTHM_ARTICLES) : here], now, chance.random()))
    return Days(tuple(requests), tuple(sorted(waits)))


def _source(rank: float, chance: Random, end: int) -> Source:
    rate = next(
        low * (high / low) ** ((rank - below) / (above - below))
        for (below, low), (above, high) in pairwise(_RATES)
        if rank <= above
    )
    centre = chance.choice(_CENTRES) + 3 * chance.random()
    width = chance.uniform(3, 6)
    asleep = chance.uniform(0.1, 0.4) if rate > 24 else chance.uniform(0.02, 0.15)  # many hands never sleep
    awake = [asleep + exp(-((((hour - centre + 12) % 24 - 12) / width) ** 2) / 2) for hour in range(24)]
    weekend = chance.uniform(0.2, 1)
    burst = chance.uniform(0, 0.5)
    daily = rate * (1 - burst) * 7 / (5 + 2 * weekend)
    posts: list[int] = []
    midnight = MONDAY - (_LONG_PAST if rate < 2 else _PAST)
    while midnight < end:
        expected = daily * (weekend if (midnight - MONDAY) // DAY % 7 >= 5 else 1)
        for hour in chance.choices(range(24), awake, k=_poisson(expected, chance)):
            moment = midnight + (hour + chance.random()) * HOUR
            posts.append(int(moment))
            while chance.random() < burst:
                moment += chance.random() * 1.5 * HOUR
                posts.append(int(moment))
        midnight += DAY
    return Source(rate, tuple(sorted(posts)))


def _poisson(expected: float, chance: Random) -> int:
    """A number of events of which so many are expected (Knuth)."""
    count, left = -1, 1.0
    while left > exp(-expected):
        left *= chance.random()
        count += 1
    return count


def hourly(_published: Sequence[int], _now: int, chance: float) -> float:
    """What many readers do: reload everything every hour."""
    return HOUR * (0.95 + 0.1 * chance)
