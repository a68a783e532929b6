"""How long to wait until a source is likely to have news, from the moments of its newest articles. Pure.

The rate at which a source posts is taken from its last week, or its newest twenty articles where they reach further
back; it falls by itself while the source is silent. Two things bend it: the hours of the day at which the source
usually posts (an office sleeps at night), and what it did in the last hours (who posted just now often goes on, who was
silent all morning rarely begins). Then the wait is the time in which so many articles are to be expected as are wanted.

That number hardly grows with the rate, so requests go to where most articles come from; both were tuned on simulated
sources that post as those of real feeds do (tests/benchmarks/day.py): fewer than 2,500 requests a day for 500 sources,
and half of all articles are seen within half an hour.
"""

from __future__ import annotations

from bisect import bisect_right
from math import exp
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_INTERVAL, RHYTHM_ARTICLES

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOUR: Final = 3_600
_DAY: Final = 24 * _HOUR
_WEEK: Final = 7 * _DAY
_FEW: Final = 20  # articles: the least that a rate is taken from, where there are so many, and that show usual hours
_WANTED: Final = (1.5, 0.1)  # articles to be expected before the next asking: factor and power of articles a day
_HABIT: Final = 28 * _DAY  # usual hours are those of the last four weeks
_EVEN: Final = 0.1  # of the articles count as spread over the whole day: nobody sleeps for certain
_LATELY: Final = 3 * _HOUR  # what was posted within it says something about the next hours,
_TRUST: Final = tuple(exp(-(hour + 0.5) * _HOUR / _LATELY) / 2 for hour in range(24))  # and so much, hour by hour
_AWAKE: Final = 12 * _HOUR  # the longest wait for a source that posted within a week


def wait_for_news(published: Sequence[int], now: int) -> int:
    """Seconds until a source with these article times (any order) is to be asked again, at most MAX_INTERVAL.

    Articles of the same second count once: they came together, or have the moment of the fetch for want of a date.
    At least one time must be given.
    """
    times = sorted({min(moment, now) for moment in published})[-RHYTHM_ARTICLES:]
    rate = _rate(times, now)
    habit = _habit(times, now)
    lately = (len(times) - bisect_right(times, now - _LATELY)) * _HOUR / _LATELY
    factor, power = _WANTED
    wanted = factor * float((24 * rate) ** power)
    longest = _AWAKE if now - times[-1] < _WEEK else MAX_INTERVAL
    first = (now + _HOUR // 2) // _HOUR  # the hour of the day in which most of the hour from now on lies
    for hour in range(longest // _HOUR):
        usual = rate * habit[(first + hour) % 24]
        news = usual + (lately - usual) * _TRUST[hour]
        if news >= wanted:
            return hour * _HOUR + round(wanted / news * _HOUR)
        wanted -= news
    return longest


def _rate(times: Sequence[int], now: int) -> float:
    """Articles an hour."""
    count = max(min(_FEW, len(times)), len(times) - bisect_right(times, now - _WEEK))
    return count * _HOUR / max(now - times[-count], _HOUR)


def _habit(times: Sequence[int], now: int) -> list[float]:
    """For each hour of the day in UTC how much of its rate a source reaches in it: 1 on the average."""
    recent = times[bisect_right(times, now - _HABIT) :]
    if len(recent) < _FEW:
        return [1.0] * 24
    hours = [0] * 24
    for moment in recent:
        hours[moment // _HOUR % 24] += 1
    smooth = [(hours[hour - 1] + hours[hour] + hours[hour - 23]) / 3 for hour in range(24)]
    return [(24 * share / len(recent) + _EVEN) / (1 + _EVEN) for share in smooth]
