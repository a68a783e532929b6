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

from math import exp
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_INTERVAL, RHYTHM_ARTICLES

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOUR: Final = 3_600
_DAY: Final = 24 * _HOUR
_WEEK: Final = 7 * _DAY
_STEP: Final = _HOUR // 4
_FEW: Final = 20  # articles: the least that a rate is taken from, where there are so many, and that show usual hours
_WANTED: Final = (1.55, 0.1)  # articles to be expected before the next asking: factor and power of articles a day
_HABIT: Final = 28 * _DAY  # usual hours are those of the last four weeks
_EVEN: Final = 0.1  # of the articles count as spread over the whole day: nobody sleeps for certain
_LATELY: Final = 3 * _HOUR  # what was posted within it says something about the next hours,
_TRUST: Final = tuple(exp(-step * _STEP / _LATELY) / 2 for step in range(_DAY // _STEP))  # and so much, step by step
_AWAKE: Final = 12 * _HOUR  # the longest wait for a source that posted within a week


def wait_for_news(published: Sequence[int], now: int) -> int:
    """Seconds until a source with these article times (any order) is to be asked again, at most MAX_INTERVAL.

    Articles of the same second count once: they came together, or have the moment of the fetch for want of a date.
    At least one time must be given.
    """
    newest = sorted({min(moment, now) for moment in published}, reverse=True)[:RHYTHM_ARTICLES]
    rate = _rate(newest, now)
    habit = _habit(newest, now)
    lately = sum(moment > now - _LATELY for moment in newest) * _DAY / _LATELY
    factor, power = _WANTED
    wanted = factor * float(rate**power)
    longest = _AWAKE if now - newest[0] < _WEEK else MAX_INTERVAL
    for step in range(longest // _STEP):
        trust = _TRUST[step]
        usual = rate * habit[(now // _STEP + step) * _STEP // _HOUR % 24]
        news = (usual + (lately - usual) * trust) * _STEP / _DAY
        if news >= wanted:
            return step * _STEP + round(wanted / news * _STEP)
        wanted -= news
    return longest


def _rate(newest: Sequence[int], now: int) -> float:
    """Articles a day."""
    count = max(min(_FEW, len(newest)), sum(moment > now - _WEEK for moment in newest))
    return count * _DAY / max(now - newest[count - 1], _HOUR)


def _habit(newest: Sequence[int], now: int) -> list[float]:
    """For each hour of the day in UTC how much of its rate a source reaches in it: 1 on the average."""
    hours = [0] * 24
    for moment in newest:
        if moment > now - _HABIT:
            hours[moment // _HOUR % 24] += 1
    total = sum(hours)
    if total < _FEW:
        return [1.0] * 24
    smooth = [(hours[hour - 1] + hours[hour] + hours[(hour + 1) % 24]) / 3 for hour in range(24)]
    return [(24 * share / total + _EVEN) / (1 + _EVEN) for share in smooth]
