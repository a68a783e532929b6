"""What a server says about asking it again, read from response headers. Pure."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_RETRY_AFTER

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(-?\d+)", re.IGNORECASE | re.ASCII)
_NEVER: Final = re.compile(r"no-cache|no-store", re.IGNORECASE)
_LONGEST: Final = 365 * 86_400  # RFC 2616 14.21: nothing is fresh for more than a year
_VALIDATOR_LENGTH: Final = 1_000  # longer ones are no validators, and would be sent back with each request


def moment(value: str | None) -> int | None:
    """Read an HTTP date (RFC 9110 5.6.7) as Unix seconds; None where it is none."""
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value)
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return int(found.timestamp())
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def retry_after(headers: Mapping[str, str], now: float) -> int | None:
    """Seconds the server asks to be left alone (RFC 9110 10.2.3), from 0 to MAX_RETRY_AFTER; None if it does not."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,18}(?:\.\d*)?", value, re.ASCII):
        seconds = int(value.partition(".")[0])
    elif (until := moment(value)) is not None:
        seconds = until - int(now)
    else:
        return None
    return min(max(seconds, 0), MAX_RETRY_AFTER)


def max_age(headers: Mapping[str, str], now: float) -> int | None:
    """Seconds for which the answer counts as fresh (RFC 9111 4.2); None where the server says nothing of use."""
    control = headers.get("cache-control", "")
    if control and _NEVER.search(control):
        return None
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        seconds = _count(found[1]) - (_count(age) if re.fullmatch(r"\d{1,12}", age, re.ASCII) else 0)
    elif (expires := moment(headers.get("expires"))) is not None:
        seconds = expires - (moment(headers.get("date")) or int(now))
    else:
        return None
    return min(seconds, _LONGEST) if seconds > 0 else None


def _count(digits: str) -> int:
    """A number of seconds, at least 0; huge ones are cut before Python refuses to read them."""
    if digits.startswith("-"):
        return 0
    return int(digits) if len(digits) <= 12 else _LONGEST


def validator(value: str | None) -> str | None:
    """An ETag or Last-Modified fit to be stored and sent back; None for one that is empty, long or not printable."""
    value = (value or "").strip()
    return value if value and len(value) <= _VALIDATOR_LENGTH and value.isascii() and value.isprintable() else None
