"""Bodies condensed: the HTML, and what Document and text differ by from it, written by the words of a library.

A condensed body is a kind (one byte), a checksum of what comes out, the id of its wording, and what is compressed. The
first time that a wording is met, the library's row of it is handed over; it is kept from then on. No feed and no page
can hold the characters that are signs here; what has some all the same is not condensed.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, Final

from newsreader.store.deriving import difference
from newsreader.store.wording import id_of, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.store.wording import Wording

_DEFLATED, _LARGE = 3, 4
_HEAD: Final = struct.Struct("<BII")  # kind, CRC-32 of all parts, the id of the wording
_BZ2: Final = 6_000  # bytes, deflated, from which on the other way may be the shorter one
_KEPT: Final = 16
"""Wordings at once, more than any library has: one or two, as many of each that was taken over. What one thread lets go
another may just have found to be here."""
_BETWEEN: Final = "\x00"
_SIGNS: Final = re.compile("[\x00-\x08]")

_wordings: dict[int, Wording] = {}


class Condenser:
    """Condenses by one wording."""

    def __init__(self, wording: bytes) -> None:
        self._id = id_of(wording)
        self._wording = _wordings.get(self._id) or _keep(self._id, load(wording))

    def packed(self, html: str, stored: bytes | None, text: str) -> bytes | None:
        """A body condensed; None for one that cannot be, or does not come out of it as it was."""
        try:
            document = None if stored is None else stored.decode()
        except UnicodeDecodeError:
            return None
        if any(map(_SIGNS.search, (html, document or "", text))):
            return None
        by = difference(html, document, text)
        if by is None:
            return None
        whole = _BETWEEN.join((html, *by))
        kind, data = self._compressed(whole)
        packed = _HEAD.pack(kind, _checksum(whole), self._id) + data
        try:
            return packed if _whole(packed, self._wording) == whole else None
        except (ValueError, zlib.error, OSError, EOFError):
            return None

    def _compressed(self, whole: str) -> tuple[int, bytes]:
        coded = self._wording.coded(whole)
        data = self._wording.deflated(coded)
        if len(data) > _BZ2:
            from bz2 import compress

            other = compress(coded)
            if len(other) < len(data):
                return _LARGE, other
        return _DEFLATED, data


def missing(packed: bytes) -> int | None:
    """The id of the wording that has to be handed over to read this; None for one that is known."""
    if len(packed) < _HEAD.size:
        return None
    id_: int = _HEAD.unpack_from(packed)[2]
    return None if id_ in _wordings else id_


def parts(packed: bytes, wordings: Sequence[bytes | None]) -> list[str]:
    """The HTML, and what the Document and the text differ by from it. Raises ValueError and others for damage."""
    id_ = _HEAD.unpack_from(packed)[2]
    return _whole(packed, _wordings.get(id_) or _found(id_, wordings)).split(_BETWEEN)


def _found(id_: int, wordings: Sequence[bytes | None]) -> Wording:
    for wording in wordings:
        if wording is not None and id_of(wording) == id_:
            return _keep(id_, load(wording))
    raise ValueError("no wording")


def _keep(id_: int, wording: Wording) -> Wording:
    while len(_wordings) >= _KEPT:
        _wordings.pop(next(iter(_wordings)), None)
    _wordings[id_] = wording
    return wording


def _whole(packed: bytes, wording: Wording) -> str:
    kind, checksum, _ = _HEAD.unpack_from(packed)
    data = packed[_HEAD.size :]
    if kind == _DEFLATED:
        whole = wording.read(wording.inflated(data))
    elif kind == _LARGE:
        from bz2 import decompress

        whole = wording.read(decompress(data))
    else:
        raise ValueError(f"kind {kind}")
    if _checksum(whole) != checksum or whole.count(_BETWEEN) != 2:
        raise ValueError("checksum")
    return whole


def _checksum(whole: str) -> int:
    return zlib.crc32(whole.encode("utf-8", "surrogatepass"))
