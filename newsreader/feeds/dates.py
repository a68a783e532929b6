"""Dates of every kind that feeds write: `parse_date(text)` gives Unix seconds, or None where no date can be read.

Two shapes have a fast way: RFC 822 (with the four-digit years of RFC 2822) and ISO 8601 with its W3C and RFC 3339
profiles. Everything else is taken apart: a time, a zone after it, a month by name in twenty languages or by number.
A time without a zone is UTC, a date without a time is midnight, and nothing is ever guessed from a lone number.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

_LONGEST: Final = 120  # characters; no date needs more, and the patterns below stay cheap
_EPOCH: Final = date(1970, 1, 1).toordinal()
_FIRST: Final = (date.min.toordinal() - _EPOCH) * 86_400  # seconds in UTC that Python and ISO 8601 can write
_LAST: Final = (date.max.toordinal() - _EPOCH + 1) * 86_400 - 1

# Abbreviations, folded to lower case without accents; a name is looked up by its first four, then three letters.
_MONTH_NAMES: Final = """
jan feb mar apr may jun jul aug sep oct nov dec
jan feb mrz apr mai jun jul aug sep okt nov dez
janv fev mars avr mai juin juil aou sept oct nov dec
ene feb mar abr may jun jul ago sep oct nov dic
jan fev mar abr mai jun jul ago set out nov dez
gen feb mar apr mag giu lug ago set ott nov dic
jan feb mrt apr mei jun jul aug sep okt nov dec
jan feb mar apr maj jun jul aug sep okt nov des
sty lut mar kwi maj cze lip sie wrz paz lis gru
jan febr marc apr maj juni juli aug szep okto nov dec
ian feb mar apr mai iun iul aug sept oct noi dec
led uno bre dub kve cvn cvc srp zar rij list pro
tam hel maa huh tou kes hei elo syy lok mar jou
oca sub mar nis may haz tem agu eyl eki kas ara
янв фев мар апр мая июн июл авг сен окт ноя дек
янв фев мар апр маи июн июл авг сен окт ноя дек
січ лют бер кві тра чер лип сер вер жов лис гру
ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ
gen feb marc abr maig juny jul agos set oct nov des
jan feb mar apr mei jun jul agu sep okt nov des
"""

_ZONES: Final[dict[str, int]] = {
    name: minutes
    for minutes, names in (
        (0, "z ut utc gmt wet"),
        (60, "bst cet west met mez"),
        (120, "cest eet mest mesz sast"),
        (180, "eest msk"),
        (330, "ist"),
        (420, "wib"),
        (480, "sgt hkt awst"),
        (540, "jst kst"),
        (570, "acst"),
        (600, "aest"),
        (630, "acdt"),
        (660, "aedt"),
        (720, "nzst"),
        (780, "nzdt"),
        (-150, "ndt"),
        (-180, "adt brt art"),
        (-210, "nst"),
        (-240, "ast edt"),
        (-300, "est cdt et"),
        (-360, "cst mdt ct"),
        (-420, "mst pdt mt"),
        (-480, "pst akdt pt"),
        (-540, "akst"),
        (-600, "hst"),
    )
    for name in names.split()
}

_RFC822 = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\s+"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([+-]\d{4}|[A-Za-z]{1,5})?\s*$",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt\s]\s*(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?\s*$",
    re.ASCII,
)
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:h.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?!\d)(?:\s*([AaPp])\.?[Mm]\b\.?)?")
_ZONE = re.compile(r"\s*\(?(?:(?:GMT|UTC|UT|Z)?\s*([+\-\u2212])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)|([A-Za-z]{1,5})\b)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\d.])\d{1,4}(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{4})?$", re.ASCII | re.IGNORECASE)
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})(?:T(\d{2}):?(\d{2})(?::?(\d{2}))?)?(?:Z)?$", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?$", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"\d{4}$", re.ASCII)
_UNIX = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?$", re.ASCII)
# Chinese, Japanese and Korean write the unit after each number.
_EAST_DATE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_EAST_AFTERNOON = re.compile(r"下午|午後|오후")


def parse_date(text: str) -> int | None:
    """Read a date as feeds write them; Unix seconds in UTC, or None where there is none.

    RFC 822 and 2822, ISO 8601 (calendar, week and ordinal dates, also compact), asctime, Unix seconds or milliseconds,
    months by name, two-digit years as RFC 2822 has them. Years outside 1 to 9999, here or in UTC, and impossible days
    give None. Never raises.
    """
    moment = _parse(text[:_LONGEST].strip())
    return moment if moment is not None and _FIRST <= moment <= _LAST else None


@lru_cache(maxsize=100)
def _parse(text: str) -> int | None:
    """Try the two shapes that nearly all dates have, then all others; an article's two dates are often the same."""
    if match := _ISO.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _moment(int(year), int(month), int(day), _clock(hour, minute, second), _offset(zone))
    if match := _RFC822.match(text):
        day, name, year, hour, minute, second, zone = match.groups()
        number = _month(name)
        if number is not None:
            return _moment(int(year), number, int(day), _clock(hour, minute, second), _offset(zone))
    return _parse_rare(text)


def _parse_rare(text: str) -> int | None:
    """Try the shapes that are one regular run of digits, then take the text apart."""
    if match := _COMPACT.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        moment = _moment(int(year), int(month), int(day), _clock(hour, minute, second), _offset(zone))
        if moment is not None:
            return moment
    if match := _UNIX.match(text):
        return int(match[1])
    if match := _ORDINAL.match(text):
        year, days, hour, minute, second = match.groups()
        start = _moment(int(year), 1, 1, _clock(hour, minute, second), 0)
        return None if start is None or not 1 <= int(days) <= 366 else start + (int(days) - 1) * 86_400
    if match := _WEEK.match(text):
        try:
            monday = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        except ValueError:
            return None
        return _moment(monday.year, monday.month, monday.day, 0, 0)
    if _YEAR.match(text):
        return _moment(int(text), 1, 1, 0, 0)
    return _parse_loose(text)


def _parse_loose(text: str) -> int | None:
    """Take a text apart: the time and the zone behind it first, then the date from what is left."""
    seconds = offset = 0
    text = _EAST_DATE.sub(r"\1-\2-\3 ", text)
    if match := _TIME.search(text):
        seconds = _clock(match[1], match[2], match[3])
        half = match[4] or ("p" if _EAST_AFTERNOON.search(text) else "")
        if half:
            seconds = seconds % 43_200 + (43_200 if half in "pP" else 0)
        zone = _ZONE.match(text, match.end())
        rest = match.end()
        if zone is not None and not (zone[4] and zone[4].lower() not in _ZONES and _month(zone[4])):
            offset = _offset(zone.group().strip(" ("))
            rest = zone.end()
        text = f"{text[: match.start()]} {text[rest:]}"
    day = _named_date(text) or _numbered_date(text)
    if day is None:
        return None
    return _moment(*day, seconds, offset)


def _named_date(text: str) -> tuple[int, int, int] | None:
    """Find a month by name with a day and a year around it: "12. März 2024", "Nov 3, 03", "2004 Jan 5"."""
    months = [number for word in _WORD.findall(text) if (number := _month(word)) is not None]
    numbers = _NUMBER.findall(text)
    if not months or not numbers:
        return None
    # The last name counts: "mar" before it is a Tuesday in the Romance languages.
    month = months[-1]
    if len(numbers) == 1:
        return (int(numbers[0]), month, 1) if len(numbers[0]) == 4 else None
    first, second = numbers[0], numbers[1]
    if len(first) > 2 or int(first) > 31:
        first, second = second, first
    return _full_year(second), month, int(first)


def _numbered_date(text: str) -> tuple[int, int, int] | None:
    """Find a date in numbers: the year first, or last with the day before the month except in the American a/b/c."""
    if match := _YEAR_FIRST.search(text):
        return int(match[1]), int(match[2]), int(match[3] or 1)
    if match := _YEAR_LAST.search(text):
        first, second = int(match[1]), int(match[3])
        american = match[2] == "/" and first <= 12
        if second > 12 or american:
            first, second = second, first
        return _full_year(match[4]), second, first
    return None


def _month(name: str) -> int | None:
    """Look up a month's number by its name in any of the languages above."""
    found = _MONTHS.get(name[:3].lower())
    if found is not None and name.isascii() and len(name) <= 3:
        return found
    folded = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return _MONTHS.get(folded[:4]) or _MONTHS.get(folded[:3])


def _full_year(digits: str) -> int:
    """Give a year of two or three digits its century (RFC 2822, section 4.3)."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _clock(hour: str | None, minute: str | None, second: str | None) -> int:
    """Seconds since midnight; an impossible time counts as midnight, 24:00 and leap seconds run on."""
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if hours > 24 or minutes > 59 or seconds > 60:
        return 0
    return hours * 3600 + minutes * 60 + seconds


@lru_cache(maxsize=100)
def _offset(zone: str | None) -> int:
    """Seconds east of UTC of a numeric or named zone; an unknown one counts as UTC."""
    if not zone:
        return 0
    match = _ZONE.match(zone)
    if match is None:
        return 0
    if match[4]:
        return _ZONES.get(match[4].lower(), 0) * 60
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 15 or minutes > 59:
        return 0
    seconds = hours * 3600 + minutes * 60
    return seconds if match[1] == "+" else -seconds


def _moment(year: int, month: int, day: int, seconds: int, offset: int) -> int | None:
    """Unix seconds of a day, seconds into it, in a zone."""
    try:
        days = date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None
    return days * 86_400 + seconds - offset


_MONTHS: Final[dict[str, int]] = {}
for _line in _MONTH_NAMES.split("\n"):
    for _number, _name in enumerate(_line.split(), 1):
        # The first language that has a name keeps it: "lip" and "lis" differ between Slavic languages.
        _MONTHS.setdefault(_name, _number)
