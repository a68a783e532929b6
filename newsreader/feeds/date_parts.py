"""What all shapes of dates share: months and zones as the standards write them, times of day, moments."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

EPOCH: Final = date(1970, 1, 1).toordinal()
"""The day from which Unix seconds count, in days of the calendar."""

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

_OFFSET = re.compile(r"([+\-\u2212\u2013])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)", re.ASCII)


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
        days = date(year, number, day).toordinal() - EPOCH
    except ValueError:
        return None
    return days * 86_400 + seconds - offset
