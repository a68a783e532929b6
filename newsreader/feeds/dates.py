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

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 120  # characters; no date needs more, and the patterns stay cheap
_EPOCH: Final = date(1970, 1, 1).toordinal()
_FIRST: Final = (date.min.toordinal() - _EPOCH) * 86_400  # seconds in UTC that Python and ISO 8601 can write
_LAST: Final = (date.max.toordinal() - _EPOCH + 1) * 86_400 - 1
_MONTH_FIRST: Final = frozenset(("en", "en-us", "en-ca", "en-ph", "es-us"))

ENGLISH: Final = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in (len(name), 4, 3)
}
"""The months as the standards write them."""

ZONES: Final[dict[str, int]] = {
    name: minutes * 60
    for minutes, names in (
        (0, "z ut utc gmt wet zulu"),
        (60, "bst cet west met mez wat"),
        (120, "cest eet mest mesz sast cat"),
        (180, "eest msk idt trt eat мск"),
        (210, "irst"),
        (240, "gst samt msd"),
        (300, "pkt yekt"),
        (330, "ist"),
        (345, "npt"),
        (360, "omst"),
        (420, "wib ict krat"),
        (480, "sgt hkt awst wita pht myt irkt"),
        (540, "jst kst wit yakt"),
        (570, "acst"),
        (600, "aest vlat"),
        (630, "acdt"),
        (660, "aedt magt"),
        (720, "nzst pett"),
        (780, "nzdt"),
        (-150, "ndt"),
        (-180, "adt brt art clst uyt"),
        (-210, "nst"),
        (-240, "ast edt clt vet bot"),
        (-300, "est cdt cot pet"),
        (-360, "cst mdt"),
        (-420, "mst pdt"),
        (-480, "pst akdt"),
        (-540, "akst hdt"),
        (-600, "hst hast"),
        (-660, "sst"),
    )
    for name in names.split()
}
"""Seconds east of UTC of the zones that dates name by letters."""

_RFC822 = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})(?:\s+|-)([A-Za-z]{3,9})\.?,?(?:\s+|-)(\d{4})\s+"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([+-]\d{4}|[A-Za-z]{1,5})?\s*$",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt\s]\s*(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?\s*$",
    re.ASCII,
)
_OFFSET = re.compile(r"([+\-\u2212\u2013])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)", re.ASCII)


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


def clock(hour: str | None, minute: str | None, second: str | None) -> int:
    """Seconds since midnight; an impossible time counts as midnight, 24:00 and leap seconds run on."""
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if hours > 24 or minutes > 59 or seconds > 60:
        return 0
    return hours * 3600 + minutes * 60 + seconds


@lru_cache(maxsize=100)
def offset(zone: str | None) -> int | None:
    """Seconds east of UTC of a zone in numbers or letters; None for one that is not known by itself."""
    if not zone:
        return 0
    match = _OFFSET.match(zone)
    if match is None:
        return ZONES.get(zone.lower())
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 15 or minutes > 59:
        return 0
    seconds = hours * 3600 + minutes * 60
    return seconds if match[1] == "+" else -seconds


def moment_of(year: int, number: int, day: int, seconds: int, offset: int) -> int | None:
    """Unix seconds of a day, seconds into it, in a zone."""
    try:
        days = date(year, number, day).toordinal() - _EPOCH
    except ValueError:
        return None
    return days * 86_400 + seconds - offset
