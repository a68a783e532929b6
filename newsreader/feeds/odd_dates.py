"""Dates that are in no standard's plain shape: other profiles of ISO 8601, Unix time, and what people write.

Such a text is taken apart: a time with a colon and the zone behind it, the day, a time without a colon.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final

from newsreader.feeds.date_parts import ENGLISH, clock, moment_of, offset
from newsreader.feeds.date_words import PLACES, month

_LONGEST: Final = 120  # characters, also once they are spelled out
_YEARS: Final = range(1900, 2200)  # what a number must be to be a year outside of the standards' shapes

# What is one regular run of digits: with a time and a zone, as ISO 8601 has them.
_TAIL: Final = r"(?:[T ]?(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$"
_COMPACT = re.compile(r"((?:19|20)\d{2})(-?)(\d{2})\2(\d{2})" + _TAIL, re.ASCII | re.IGNORECASE)
_ORDINAL = re.compile(r"((?:19|20)\d{2})-?(\d{3})" + _TAIL, re.ASCII | re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7])" + _TAIL.removesuffix("$") + ")?$", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})$", re.ASCII)
_YEAR = re.compile(r"\d{4}$", re.ASCII)
_UNIX = re.compile(r"(?:/Date\()?([1-9]\d{8,9})(?:\d{3}|\d{6})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?$", re.ASCII)

# Chinese, Japanese and Korean write the unit after each number, Vietnamese the word for a month before it.
_COUNTED_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]|\bth(?:áng|g)\.?\s?(\d{1,2})(?!\d)", re.IGNORECASE)
_COUNTED_TIME = re.compile(r"(\d{1,2})\s?[時时点點시]\s?(?:(\d{1,2})\s?[分분]\s?(?:(\d{1,2})\s?[秒초])?)?")
_AFTERNOON = re.compile(r"下午|午後|오후|晚上|μ\.?μ|\bم\b")
_FORENOON = re.compile(r"上午|午前|오전|凌晨|早上|π\.?μ|\bص\b")
_THAI_DOT = re.compile(r"(?<=[\u0e01-\u0e4e])\.")

_SHORT_NAMES: Final = {number: name for name, number in reversed(ENGLISH.items())}

_HALF: Final = r"(?:\s?([AaPp])\.?\s?[Mm]\b\.?)"
_TIME = re.compile(
    rf"(?:\b([AP])M\s)?(?<!\d)(\d{{1,2}})\s?:\s?(\d{{2}})(?:\s?:\s?(\d{{2}})(?:[.,]\d+)?)?(?!\d){_HALF}?"
)
_TIME_WITHOUT_COLON = re.compile(
    rf"()(?<![\d.,])(\d{{1,2}})(?:\s?(?:[.h]|Uhr)\s?(\d{{2}})(?:\s?[.m]\s?(\d{{2}}))?(?!\d){_HALF}?"
    rf"|(?=\s?(?:h|Uhr|[AaPp]\.?\s?[Mm])\b)(?:{_HALF}|\s?\w+)()())"
)
_ZONE = re.compile(
    r"\s*[(\[]?(?:(?:GMT|UTC|UT|Z)\s?([+\-\u2212\u2013]\s?\d{1,2}(?::?[0-5]\d)?)(?![\d.])"
    r"|[A-Z]{0,5}([+\-\u2212\u2013]\s?(?:0\d|1[0-4]):?[0-5]\d|[+\-\u2212\u2013](?:\d{1,2}:[0-5]\d|0\d|1[0-4]|[1-9][0-5]\d))"
    r"(?![\d./-])"
    r"|([A-Z][a-z]+/[A-Z][A-Za-z_/-]+)|((?:[A-Z][a-z]+ ){1,3}Time)\b|([^\W\d_]{1,5})\b)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?<!\d[./,:-])(\d{4})\s?([-/._])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d|[-/]\d)")
_YEAR_LAST = re.compile(
    r"(?<!\d)(?<!\d[./,:-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?(?:\2\s?(\d{4}|\d{2})|[- ]\s?(\d{4}))(?!\d|[-/.]\d)"
)
_WORD = re.compile(r"[^\W\d_][^\s\d.,:;/()\[\]'\u2019-]*")
_SEPARATOR: Final = r"[\W_]*(?:[^\W\d_]{1,3}[\W_]+)?"  # "de", "of", "'", ", "
_BEFORE = re.compile(rf"(?<!\d)(?<!\d[.,:])(\d{{1,4}})[^\W\d_]{{0,4}}{_SEPARATOR}$")
_LONE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_AFTER = re.compile(rf"{_SEPARATOR}(\d{{1,4}})(?!\d)(?:[^\W\d_]{{0,4}}{_SEPARATOR}(\d{{2,4}})(?!\d))?")


def parse_odd(text: str, day_first: bool) -> int | None:
    """Try the shapes that are one regular run of digits, then take the text apart."""
    if match := _COMPACT.match(text):
        year, _, number, day, hour, minute, second, zone = match.groups()
        moment = moment_of(int(year), int(number), int(day), clock(hour, minute, second), offset(zone) or 0)
        if moment is not None and (minute or not hour or int(year) >= 1990):  # else Unix seconds, which begin with 1
            return moment
    if match := _UNIX.match(text):
        return int(match[1])
    if match := _ORDINAL.match(text):
        year, days, hour, minute, second, zone = match.groups()
        seconds = clock(hour, minute, second) + (int(days) - 1) * 86_400
        known = 1 <= int(days) <= 365 + isleap(int(year))
        return moment_of(int(year), 1, 1, seconds, offset(zone) or 0) if known else None
    if match := _WEEK.match(text):
        year, week, weekday, hour, minute, second, zone = match.groups()
        try:
            day = date.fromisocalendar(int(year), int(week), int(weekday or 1))
        except ValueError:
            return None
        return moment_of(day.year, day.month, day.day, clock(hour, minute, second), offset(zone) or 0)
    if match := _MONTH.match(text):
        return moment_of(_year(match[1]), int(match[2]), 1, 0, 0)
    return moment_of(_year(text), 1, 1, 0, 0) if _YEAR.match(text) else _parse_loose(text, day_first)


def _parse_loose(text: str, day_first: bool) -> int | None:
    """Take a text apart: a time with a colon and the zone behind it, the day, else a time without a colon."""
    text = _spelled(text)
    seconds, zone, text = _without_time(_TIME, text)
    day, rest = _numbered_day(text, day_first) or _named_day(text) or (None, "")
    if day is None:
        return None
    if seconds is None:
        seconds, zone, _ = _without_time(_TIME_WITHOUT_COLON, rest)
    wall = moment_of(*day, seconds or 0, 0)
    return None if wall is None else wall - _offset_there(zone, wall)


def _spelled(text: str) -> str:
    """A text in the letters and signs that the patterns here know: digits and units of every script in one way."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)[:_LONGEST]
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        text = _THAI_DOT.sub("", text)
        text = _COUNTED_TIME.sub(lambda match: f" {match[1]}:{match[2] or '00'}:{match[3] or '00'} ", text)
    return _COUNTED_MONTH.sub(lambda match: f" {_SHORT_NAMES.get(int(match[1] or match[2]), '')} ", text)


def _without_time(pattern: re.Pattern[str], text: str) -> tuple[int | None, str, str]:
    """Seconds since midnight, the zone behind them, and what is left of a text; None where it names no time."""
    match = pattern.search(text)
    if match is None:
        return None, "", text
    before, hour, minute, second, *after = match.groups()
    half = next(filter(None, (before, *after)), "").lower()
    if not half:
        half = "p" if _AFTERNOON.search(text) else "a" if _FORENOON.search(text) else ""
    seconds = clock(hour, minute, second)
    if half and int(hour) <= 12:
        seconds = seconds % 43_200 + (43_200 if half == "p" else 0)
    end, zone = match.end(), ""
    if (behind := _ZONE.match(text, end)) and not (behind[5] and month(behind[5])):
        end, zone = behind.end(), next(filter(None, behind.groups()))
    return seconds, zone, f"{text[: match.start()]} {text[end:]}"


def _numbered_day(text: str, day_first: bool) -> tuple[tuple[int, int, int], str] | None:
    """Find a day in numbers and what is left of the text: the year first, or last with the day before the month.

    The American a/b/c has the month first, unless it cannot or `day_first` says otherwise.
    """
    if match := _YEAR_FIRST.search(text):
        return (_year(match[1]), int(match[3]), int(match[4])), _cut_out(text, match.span())
    if match := _YEAR_LAST.search(text):
        first, second, year = int(match[1]), int(match[3]), match[4] or match[5]
        if first > 31 and len(year) == 2:
            return (_year(match[1]), second, int(year)), _cut_out(text, match.span())
        american = match[2] == "/" and match[4] and first <= 12 and not day_first
        if second > 12 or american:
            first, second = second, first
        return (_year(year), second, first), _cut_out(text, match.span())
    return None


def _named_day(text: str) -> tuple[tuple[int, int, int], str] | None:
    """Find a month by name with numbers beside it, and what is left of the text.

    The last name counts, but first one that stands between numbers: "mar" is March, or Tuesday in Romance languages.
    """
    found, between = None, False
    for word in _WORD.finditer(text):
        number = month(word.group())
        if number is None:
            continue
        before, after = _BEFORE.search(text, 0, word.start()), _AFTER.match(text, word.end())
        first, second = after.groups("") if after else ("", "")
        day, year, behind = _beside(before[1] if before else "", first, second, text)
        both = before is not None and after is not None
        if day and _year(year, word.group()) and (both or not between):
            span = before.start() if before else word.start(), after.end(behind) if after else word.end()
            found, between = ((_year(year, word.group()), number, int(day)), _cut_out(text, span)), both
    return found


def _beside(before: str, first: str, second: str, text: str) -> tuple[str, str, int]:
    """The digits of day and year on both sides of a month's name, and how many of the two numbers behind it are so."""
    if 0 < len(first) <= 2 and len(second) == 4:
        return first, second, 2
    if 0 < len(before) <= 2 and len(first) >= 2:
        return before, first, 1
    if 0 < len(first) <= 2 and len(before) == 4:
        return first, before, 1
    if 0 < len(first) <= 2 and second:
        return first, second, 2
    if len(first) == 4:
        return "1", first, 1
    years = _LONE_YEAR.findall(text)
    return first or before, years[0] if len(years) == 1 else "", 1


def _cut_out(text: str, span: tuple[int, int]) -> str:
    """A text without a part of it."""
    return f"{text[: span[0]]} {text[span[1] :]}"


def _year(digits: str, name: str = "") -> int:
    """Give a year of two or three digits its century (RFC 2822, section 4.3); 0 for what can be no year here.

    Beside a month's Thai name years are of the Buddhist era.
    """
    year = int(digits or 0)
    if len(digits) == 2:
        year += 2000 if year < 50 else 1900
    elif len(digits) == 3:
        year += 1900
    elif "\u0e00" <= name[:1] < "\u0e80" and year > _YEARS.stop:
        year -= 543
    return year if year in _YEARS else 0


def slashed(text: str) -> tuple[int, int]:
    """The first two numbers of a day like 3/4/2024; zeros where a text has none such."""
    match = _YEAR_LAST.search(text)
    return (int(match[1]), int(match[3])) if match and match[2] == "/" else (0, 0)


def _offset_there(zone: str, wall: int) -> int:
    """The same for every zone at what the clocks there show; one that nobody knows counts as UTC."""
    if zone.endswith("Time"):  # "Pacific Daylight Time"
        zone = "".join(word[0] for word in zone.split())
    shift = offset(zone)
    place = PLACES.get(zone.lower(), zone if "/" in zone else None)
    if shift is None and place:
        from zoneinfo import ZoneInfo

        with suppress(KeyError, ValueError, OSError, OverflowError):
            there = datetime.fromtimestamp(wall, UTC).replace(tzinfo=ZoneInfo(place)).utcoffset()
            shift = int(there.total_seconds()) if there else None
    return shift or 0
