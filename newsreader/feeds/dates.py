"""Dates of every kind that feeds write: `parse_date(text)` gives Unix seconds, or None where no date can be read.

Two shapes have a fast way here: RFC 822 (with the four-digit years of RFC 2822) and ISO 8601 with its W3C and RFC 3339
profiles. Everything else is left to `odd_dates`. A time without a zone is UTC, a date without a time is midnight, and
nothing is ever guessed from a lone number.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from newsreader.feeds.date_parts import ENGLISH, EPOCH, clock, moment_of, offset

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 120  # characters; no date needs more, and the patterns stay cheap
_FIRST: Final = (date.min.toordinal() - EPOCH) * 86_400  # seconds in UTC that Python and ISO 8601 can write
_LAST: Final = (date.max.toordinal() - EPOCH + 1) * 86_400 - 1
_MONTH_FIRST: Final = frozenset(("en", "en-us", "en-ca", "en-ph", "es-us"))

_RFC822 = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})(?:\s+|-)([A-Za-z]{3,9})\.?,?(?:\s+|-)(\d{4})\s+"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([+-]\d{4}|[A-Za-z]{1,5})?\s*$",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt\s]\s*(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?\s*$",
    re.ASCII,
)


def parse_date(text: str, *, day_first: bool = False) -> int | None:
    """Read a date as feeds write them; Unix seconds in UTC, or None where there is none.

    RFC 822 and 2822, ISO 8601 (calendar, week and ordinal dates, also compact), asctime, Unix seconds or milliseconds,
    months by name, two-digit years as RFC 2822 has them. Of a date like 3/4/2024 the month comes first unless
    `day_first` says otherwise. Years outside 1 to 9999, here or in UTC, and impossible days give None. Never raises.
    """
    text = text[:_LONGEST].strip()
    moment = _parse(text, day_first=True) if day_first else _parse(text)  # a key of one string is the quickest
    return moment if moment is not None and _FIRST <= moment <= _LAST else None


def day_comes_first(texts: Iterable[str], language: str | None) -> bool:
    """Whether a feed whose dates are written like 3/4/2024 means the third of April.

    Any day after the twelfth settles it, else its language does: only America, and English of nowhere, has the month
    first.
    """
    from newsreader.feeds.odd_dates import slashed

    for text in texts:
        first, second = slashed(text)
        if first > 12 or second > 12:
            return first > 12
    return language is not None and language.lower() not in _MONTH_FIRST


@lru_cache(maxsize=100)
def _parse(text: str, *, day_first: bool = False) -> int | None:
    """Try the two shapes that nearly all dates have, then all others; an article's two dates are often the same."""
    if match := _ISO.match(text):
        year, number, day, hour, minute, second, zone = match.groups()
        return moment_of(int(year), int(number), int(day), clock(hour, minute, second), offset(zone) or 0)
    if match := _RFC822.match(text):
        day, name, year, hour, minute, second, zone = match.groups()
        named, shift = ENGLISH.get(name.lower()) or _foreign_month(name), offset(zone)
        if named is not None and shift is not None:
            return moment_of(int(year), named, int(day), clock(hour, minute, second), shift)
    from newsreader.feeds.odd_dates import parse_odd

    return parse_odd(text, day_first)


def _foreign_month(name: str) -> int | None:
    from newsreader.feeds.date_words import month

    return month(name)
