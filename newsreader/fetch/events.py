"""Server-sent events, as the HTML standard has them (9.2.6), from bytes that are split anywhere. Pure.

Only what an event says is of use here (`data`); its name, its id, comments and the time to wait are passed over. Where
servers differ: the last event counts although no empty line ends it, and lines may end in any of the three ways.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_BOM: Final = b"\xef\xbb\xbf"
_SPACE: Final = _BOM + b" \t\r\n"


class TooLongError(ValueError):
    """One event is longer than any that makes sense."""


class Events:
    """Takes bytes as they come and gives the data of each event that is whole; several lines of data are joined."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._rest = bytearray()
        self._looked = 0  # so much of it has no end of a line
        self._data: list[bytes] = []
        self._size = 0
        self._begun = False

    def add(self, chunk: bytes) -> Iterator[str]:
        """Take the next bytes. Raises TooLongError."""
        self._rest += chunk
        if not self._begun:
            if len(self._rest) < len(_BOM) and _BOM.startswith(self._rest):
                return
            self._begun = True
            if self._rest.startswith(_BOM):
                del self._rest[: len(_BOM)]
        start = 0
        for found in _LINE_END.finditer(self._rest, self._looked):
            if found[0] == b"\r" and found.end() == len(self._rest):
                break  # a line feed may follow it
            yield from self._take(bytes(self._rest[start : found.start()]))
            start = found.end()
        self._rest = self._rest[start:]
        self._looked = max(0, len(self._rest) - 1)
        if len(self._rest) + self._size > self._longest:
            raise TooLongError

    def end(self) -> Iterator[str]:
        """Nothing more comes: what stands there is the last event."""
        rest, self._rest = bytes(self._rest), bytearray()
        if rest:
            yield from self._take(rest.removesuffix(b"\r"))
        yield from self._take(b"")

    def _take(self, line: bytes) -> Iterator[str]:
        if not line:
            if self._data:
                yield b"\n".join(self._data).decode("utf-8", "replace")
            self._data, self._size = [], 0
            return
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
            self._size += len(value)
            if self._size > self._longest:
                raise TooLongError


class Answer:
    """An answer as it comes: events, or where a server knows no streams (or has a failure to tell) one object."""

    def __init__(self, longest: int) -> None:
        self.start = b""
        """Its first letter; `<` is a page."""
        self._before = b""
        self._events = Events(longest)
        self._whole = bytearray()

    def add(self, chunk: bytes) -> Iterator[str]:
        """Take the next bytes and give what each event says. Raises TooLongError."""
        if not self.start:
            self._before += chunk
            self.start = self._before.lstrip(_SPACE)[:1]
            if not self.start:
                return
            chunk = self._before
        if self.start in b"{[<":
            self._whole += chunk
        else:
            yield from self._events.add(chunk)

    def end(self) -> Iterator[str]:
        """Nothing more comes."""
        if self._whole:
            yield self._whole.decode("utf-8-sig", "replace")
        else:
            yield from self._events.end()
