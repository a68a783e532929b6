"""Text whose UTF-8 bytes were once read as windows-1252 and written as UTF-8 again: "Ã¼" for "ü"."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import Final

_NOT_ASCII = re.compile("[^\x00-\x7f]")
# What the lead and the trail byte of a UTF-8 pair look like when they are read as windows-1252.
_TRAIL: Final = "[\u0080-\u00bf\u20ac\u2013-\u203a\u0152-\u0192\u02c6\u02dc\u2122]"
_DOUBLED = re.compile(rf"[\u00c2-\u00c5\u00ce-\u00d1\u00d7-\u00da\u00e0-\u00ef]{_TRAIL}")
# The same in UTF-8, for the letters of Europe and for quotes and dashes.
_DOUBLED_BYTES = re.compile(
    rb"\xc3(?:[\x82-\x85\x8e-\x91](?:[\xc2\xcb]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92"
    rb"|\xe2(?:\x80|\x82\xac|\x84\xa2))|\xa2(?:\xe2\x82\xac|\xe2\x80[\x9a\x9e]|\xc2[\x80-\x84]))"
)
_LEAD: Final = "[\u00c2-\u00c5\u00ce-\u00d1]"
# Capital letters with signs behind them inside of a word, two of them in a row, at the start of one those with a sign
# that ends no word, or a circumflex and signs.
_DOUBLED_WORD: Final = (
    rf"[a-z]{_LEAD}{_TRAIL}|(?<![A-Z]{{2}}){_LEAD}{_TRAIL}(?:[a-z]|{_LEAD}{_TRAIL})|\u00e2[\u20ac\u201a\u201e\u0080-\u0084]{_TRAIL}"
    r"|(?<![A-Z\u00c0-\u00de])[\u00c2-\u00c5][\u00a1-\u00ba\u00bc-\u00bf\u0152-\u0192\u02c6\u02dc\u2020-\u2022\u2030\u20ac\u2122]"
)
_RUN = re.compile(r"[^<>\n]+")
_START: Final = 16_384  # bytes of a document in which what is wrong with it shows


def undouble(text: str, data: bytes) -> str:
    """Undo a double encoding: text whose UTF-8 bytes were once read as windows-1252 ("Ã¼" for "ü").

    Done where the whole document turns back without a single fault, which no proper text does, else in each run of
    text that does; these are looked for only where `data`, the document's bytes, has such pairs near its start.
    """
    first = None if text.isascii() else _NOT_ASCII.search(text)
    if first is None:
        return text
    if _DOUBLED.match(text, first.start()) is not None:
        with suppress(UnicodeError):
            whole = text.encode("cp1252", _C1_AS_BYTES).decode("utf-8")
            if len(text) - len(whole) > 6 or re.search(_DOUBLED_WORD, text):
                return whole
    start = data.find(b"\xc3", 0, _START)
    return _RUN.sub(_undoubled, text) if start >= 0 and _DOUBLED_BYTES.search(data, start, _START) else text


def _undoubled(run: re.Match[str]) -> str:
    """A run of text mended, where all in it that is not ASCII was encoded twice and stands as in no proper word."""
    text = run.group()
    if text.isascii() or re.search(_DOUBLED_WORD, text) is None:
        return text
    try:
        return text.encode("cp1252", _C1_AS_BYTES).decode("utf-8")
    except UnicodeError:
        return text


def _c1_as_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """Write the control characters that windows-1252 leaves undefined as the bytes they came from."""
    assert isinstance(error, UnicodeEncodeError)
    return error.object[error.start : error.end].encode("latin-1"), error.end


_C1_AS_BYTES: Final = "newsreader.c1-as-bytes"
codecs.register_error(_C1_AS_BYTES, _c1_as_bytes)
