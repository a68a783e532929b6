"""Moments as a query names them: "2d" ago, "today", "2026-11-01", "2026-11", "2026". Days begin where the person is."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from newsreader.bounds import EARLIEST, NEVER

_AGO: Final = r"(\d{1,5})([a-z]+)"
_DAY: Final = r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
_DAYS_AGO: Final = {"today": 0, "yesterday": 1}
_SECONDS: Final = {"h": 3_600, "d": 86_400, "w": 7 * 86_400, "m": 30 * 86_400, "y": 365 * 86_400}
_UNITS: Final = {f"{word}{end}": word[0] for word in ("hour", "day", "week", "month", "year") for end in ("", "s")} | {
    unit: unit for unit in _SECONDS
}


def moment_in(text: str) -> str | None:
    """A moment in the one way to write it, or None where the text names none."""
    word = text.strip().casefold()
    if word in _DAYS_AGO:
        return word
    if (ago := re.fullmatch(_AGO, word)) and ago[2] in _UNITS:
        return f"{int(ago[1])}{_UNITS[ago[2]]}"
    if day := re.fullmatch(_DAY, word):
        parts = [int(part) for part in day.groups() if part]
        try:
            date(*[*parts, 1, 1][:3])
        except ValueError:
            return None
        return "-".join(f"{part:0{2 if number else 4}}" for number, part in enumerate(parts))
    return None


def seconds_of(moment: str, now: float) -> int:
    """The Unix seconds of a moment that `moment_in` gave, seen from now."""
    if ago := re.fullmatch(_AGO, moment):
        return max(EARLIEST, int(now) - int(ago[1]) * _SECONDS[ago[2]])
    if moment in _DAYS_AGO:
        day = datetime.fromtimestamp(now).astimezone().date() - timedelta(days=_DAYS_AGO[moment])
    else:
        year, month, dayth = [*map(int, moment.split("-")), 1, 1][:3]
        if not 1990 <= year < 9999:
            return EARLIEST if year < 1990 else NEVER
        day = date(year, month, dayth)
    return int(datetime.combine(day, time.min).astimezone().timestamp())
