"""Bounded decompression: a server's body never takes more memory than it may (RELIABILITY network row 1).

gzip (RFC 1952, several members too) and deflate (RFC 9110 8.4.1.2: zlib; many servers send it raw, RFC 1951) are
read; nothing else is offered, and nothing else is taken but plain text under whatever name.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Self

from newsreader.errors import FetchError

if TYPE_CHECKING:
    from types import TracebackType

GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW = 31, 15, -15  # window bits as zlib takes them
_PLAIN: Final = frozenset({"", "identity", "none", "binary", "8bit", "utf-8"})  # the last four are mistakes in the wild
_READ: Final = frozenset({"gzip", "x-gzip", "deflate"})
_TEXT: Final = (
    b"<",
    b"{",
    b"\xef\xbb",
)  # no compression begins so: a charset or a type stands for it, or nothing packed


class Body:
    """Collects one body: raw chunks in, at most `limit` bytes kept, and `finish` gives them. A context manager.

    `add` raises FetchError when raw or decoded bytes pass the limit or the data are damaged, `finish` when the
    compressed data break off early: a cut document must not replace a whole one. `raw` counts the bytes received.
    """

    def __init__(self, encoding: str | None, limit: int) -> None:
        self.raw = 0
        self.size = 0
        self._limit = limit
        self._parts: list[bytes] = []
        self._start = b""
        self._inflate: zlib._Decompress | None = None
        self._ended = False
        codings = [word for part in (encoding or "").split(",") if (word := part.strip().lower()) not in _PLAIN]
        self._encoding = ", ".join(codings)
        self._undecided = bool(codings)

    def __enter__(self) -> Self:
        """Nothing is kept yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the bytes: an error on its way has hold of this, and many may be on their way."""
        self._parts.clear()

    def add(self, chunk: bytes) -> None:
        """Take the next raw bytes."""
        self.raw += len(chunk)
        if self.raw > self._limit:
            raise too_large(self._limit)
        if self._undecided:
            self._start += chunk
            if len(self._start) < 2:
                return
            chunk, self._start = self._start, b""
            self._decide(chunk)
        if self._inflate is None:
            self._keep(chunk)
        else:
            self._expand(chunk)

    def drain(self) -> bytes:
        """What came since the last time, decompressed, for one who reads along; it is kept no longer."""
        part = b"".join(self._parts)
        self._parts.clear()
        return part

    def finish(self) -> bytes:
        """The whole body; a gzip file that came without being named as such (feed.xml.gz) is unpacked too."""
        if self._undecided:
            self._keep(self._start)
        elif self._inflate is not None and not self._inflate.eof:
            raise FetchError(
                "The answer broke off before its end. It will be asked for again.", "truncated compression"
            )
        body = b"".join(self._parts)
        if self._inflate is None and body.startswith(GZIP_MAGIC):
            inner = Body("gzip", self._limit)
            inner.add(body)
            return inner.finish()
        return body

    def _decide(self, start: bytes) -> None:
        """Choose by the first two bytes: servers name plain bodies gzip, and gzip or raw deflate streams deflate."""
        self._undecided = False
        if self._encoding not in _READ:
            if not start.startswith(_TEXT):
                raise FetchError(
                    f'The server compressed its answer as "{self._encoding[:40]}", which was not asked for. '
                    "Only its owner can mend that."
                )
        elif start.startswith(GZIP_MAGIC):
            self._encoding = "gzip"
            self._inflate = zlib.decompressobj(_GZIP)
        elif self._encoding == "deflate":
            is_zlib = start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
            self._inflate = zlib.decompressobj(_ZLIB if is_zlib else _RAW)

    def _expand(self, chunk: bytes) -> None:
        """Decompress, member after member; what follows the last one is padding."""
        assert self._inflate is not None
        while chunk and not self._ended:
            if self._inflate.eof:
                chunk, self._start = self._start + chunk, b""
                if self._encoding == "deflate" or not GZIP_MAGIC.startswith(chunk[:2]):
                    self._ended = True
                    return
                if len(chunk) < 2:
                    self._start = chunk
                    return
                self._inflate = zlib.decompressobj(_GZIP)
            try:
                self._keep(self._inflate.decompress(chunk, self._limit - self.size + 1))
            except zlib.error as error:
                raise FetchError("The server's compressed answer is damaged.", str(error)) from error
            chunk = self._inflate.unused_data

    def _keep(self, part: bytes) -> None:
        self.size += len(part)
        if self.size > self._limit:
            del part  # the error would have hold of it
            raise too_large(self._limit)
        if part:
            self._parts.append(part)


def too_large(limit: int) -> FetchError:
    """The error of a document over the limit."""
    size = f"{limit // (1024 * 1024)} MB" if limit >= 1024 * 1024 else f"{limit:,} bytes"
    return FetchError(f"The document is larger than {size}. No feed or article is: the address is probably wrong.")
