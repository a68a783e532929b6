"""JSON from outside: read whatever it is, and each value taken only where it is what it should be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from newsreader.errors import ParseError
from newsreader.feeds.dates import parse_date
from newsreader.feeds.json_repair import integer, read_damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST: Final = 40_000  # of nested values: an answer to an answer is two or three of them
_MOST: Final = 2**53  # a larger number counts nothing


def read_json(body: bytes) -> Any:
    """Read a JSON document, as far as it goes where it is cut off. Raises ParseError where it is something else."""
    text = body.decode("utf-8-sig", "replace").strip()
    if not text.startswith(("{", "[")):
        what = "a page" if text.startswith("<") else "something else"
        raise ParseError(f"The site answered with {what} in place of the discussion.", text[:80])
    try:
        return json.loads(text, strict=False, parse_int=integer, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return read_damaged(text, deepest=_DEEPEST, whole=True)[0]


def listed(value: object) -> list[dict[str, Any]]:
    """The objects of a list without which there is no discussion. Raises ParseError for anything else."""
    if not isinstance(value, list):
        raise ParseError("The site answered with something else in place of the discussion.", f"{type(value)}")
    return [*records(value)]


def record(value: object) -> dict[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list."""
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def text(value: object) -> str:
    """A text; empty for anything else."""
    return value if isinstance(value, str) else ""


def key(value: object) -> str:
    """What tells one thing from others: a number or a text; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    return str(value)[:200]


def number(value: object) -> int | None:
    """A whole number within reason."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < _MOST else None  # not so for a number that is none (NaN)


def moment(value: object) -> int | None:
    """A time in Unix seconds: a number of these, or a date in words."""
    return parse_date(value) if isinstance(value, str) else number(value)
