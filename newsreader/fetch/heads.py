"""The head of an answer that h11 refuses, read as browsers and curl read it. Pure.

Some servers put lines among their headers that are none: an error message of PHP, names with blanks or letters of
their language. What such a line means to say is lost on everybody; it does not hold up the document. What could be
read in two ways (NUL, a lone CR, lengths that contradict each other) is left for h11 to refuse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+([1-9]\d\d)(?!\d)", re.IGNORECASE)
_FIELD: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:(.*)", re.DOTALL)
_END: Final = re.compile(rb"\r?\n\r?\n")


def mended(data: bytes) -> bytes | None:
    """The same bytes with a head that h11 takes, as far as it is clear; None where nothing can be done.

    The connection is not to be used again: who writes such heads is not to be trusted with a second answer.
    """
    end = _END.search(data)
    status = _STATUS.match(data)
    if end is None or status is None:
        return None
    lines = data[: end.start()].split(b"\n")[1:]
    if any(b"\0" in line or b"\r" in line.rstrip(b"\r") for line in lines):
        return None
    fields = _fields(line.rstrip(b"\r") for line in lines)
    codings = [
        coding
        for name, value in fields
        if name == b"transfer-encoding"
        for part in value.split(b",")
        if (coding := part.strip().lower()) not in {b"", b"identity"}
    ]
    kept = [field for field in fields if field[0] not in {b"transfer-encoding", b"connection"}]
    kept += [(b"transfer-encoding", coding) for coding in dict.fromkeys(codings)]  # one alone is what h11 takes
    head = [b"HTTP/1.1 %s " % status[1], *(b"%s: %s" % field for field in kept), b"connection: close"]
    return b"\r\n".join(head) + b"\r\n\r\n" + data[end.end() :]


def _fields(lines: Iterable[bytes]) -> list[tuple[bytes, bytes]]:
    """Names in small letters and values, of the lines that have them; continued lines (obs-fold) are one."""
    found: list[tuple[bytes, bytes]] = []
    is_field = False
    for line in lines:
        if line[:1] in {b" ", b"\t"}:
            if is_field:
                name, value = found.pop()
                found.append((name, value + b" " + line.strip()))
            continue
        field = _FIELD.fullmatch(line)
        is_field = field is not None
        if field is not None:
            found.append((field[1].lower(), field[2].strip()))
    return found
