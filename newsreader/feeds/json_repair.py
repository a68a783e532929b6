"""JSON that no parser takes, read as far as it goes: cut off, commented, with commas too many, nested without end.

Whatever was whole before a fault is kept. Time is linear in the text.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_MAX_DEPTH: Final = 100  # what is nested deeper is left out; no feed is
_MOST_DIGITS: Final = 4_000
# Atomic and possessive groups: a string that never ends is looked through once.
_TOKEN = re.compile(
    r"[\s,:]*+(?:(?P<comment>//[^\n]*+|/\*.*?\*/)|(?P<bracket>[{}\[\]])"
    r"|(?P<string>\"(?>[^\"\\]++|\\.)*+\")(?P<colon>\s*+:)?|(?P<word>[^\s,:{}\[\]\"]++))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:[\"\\/bfnrt]|u[0-9a-fA-F]{4})|\\")
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$", re.ASCII)
_WORDS: Final = {"true": True, "false": False}


def read_damaged(text: str, *, deepest: int = _MAX_DEPTH, whole: bool = False) -> tuple[Any, bool]:
    """The first value in a text, and whether the text ended before the `items` of its object did.

    Of what was open at the end only that object and its `items` are given, without the item that was cut; with `whole`
    all of it, as far as it came. What is nested deeper than `deepest` is left out.
    """
    reading = _Reading(deepest)
    position = 0
    while not reading.done and (token := _TOKEN.match(text, position)) is not None:
        position = token.end()
        if token["bracket"]:
            reading.take_bracket(token["bracket"])
        elif token["string"] and token["colon"]:
            reading.key = _string(token["string"])
        elif token["string"]:
            reading.take(_string(token["string"]))
        elif token["word"]:
            reading.take(_word(token["word"]))
    cut = reading.end(whole=whole)
    return reading.value, cut


def integer(digits: str) -> int | str:
    """A number as Python has it; one of more digits than Python reads (4,300) stays text and costs nothing else."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


class _Reading:
    """The objects and lists that are open at one place of a text; each joins its parent when it ends."""

    def __init__(self, deepest: int) -> None:
        self._deepest = deepest
        self.value: Any = None
        self.key: str | None = None  # of the value that comes next, in an object
        self.done = False
        self._open: list[tuple[str | None, dict[str, Any] | list[Any]]] = []

    def take(self, value: Any) -> None:
        """Put a value where it stands: into the list or under the key; one without a key belongs nowhere."""
        if not self._open:
            self.value, self.done = value, True
            return
        _, holder = self._open[-1]
        if len(self._open) > self._deepest:
            return
        if isinstance(holder, list):
            holder.append(value)
        elif self.key is not None:
            holder[self.key] = value
            self.key = None

    def take_bracket(self, bracket: str) -> None:
        """Begin an object or a list, or end it with what was left open inside."""
        if bracket in "{[":
            self._open.append((self.key, {} if bracket == "{" else []))
            self.key = None
            return
        kind = dict if bracket == "}" else list
        if not any(isinstance(holder, kind) for _, holder in self._open[-2:]):
            return  # it ends nothing
        while not isinstance(self._open[-1][1], kind):
            self._close()
        self._close()

    def end(self, *, whole: bool) -> bool:
        """Close what the end of the text leaves open, as far as it is of use; whether items may be missing."""
        if self.done or not self._open:
            return False
        while whole and self._open:
            self._close()
        if whole:
            return True
        self.value = self._open[0][1]
        if isinstance(self.value, dict) and len(self._open) > 1 and self._open[1][0] == "items":
            self.value["items"] = self._open[1][1]
        elif isinstance(self.value, dict) and "items" in self.value:
            return False
        return True

    def _close(self) -> None:
        self.key, ended = self._open.pop()
        self.take(ended)
        self.key = None


def _string(token: str) -> str:
    """A string with its escapes read; a backslash that escapes nothing stands for itself."""
    try:
        read = json.loads(token, strict=False)
    except ValueError:
        token = _ESCAPE.sub(lambda match: match.group() if len(match.group()) > 1 else r"\\", token[1:-1])
        read = json.loads(f'"{token}"', strict=False)
    return str(read)


def _word(word: str) -> float | str | None:
    """A value without quotes; None where it is none that JSON knows."""
    if word in _WORDS:
        return _WORDS[word]
    if word.lstrip("-").isdigit() and word.isascii():
        return integer(word)
    return float(word) if _NUMBER.match(word) else None
