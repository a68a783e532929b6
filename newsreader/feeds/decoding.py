"""Bytes of a feed to text, whatever the server, the byte order mark and the XML declaration say about them.

The order: byte order mark (RFC 3629, Unicode 23.8), the shape of UTF-16 and UTF-32 without one, then what is declared
(HTTP header, XML declaration, RFC 7303) held against the bytes. UTF-8 that decodes is believed before any single-byte
charset, because text in another one hardly ever is valid UTF-8. Latin-1 and ASCII are read as windows-1252, as the
WHATWG Encoding Standard has it. Nothing here raises: bytes that fit nowhere are read as windows-1252 one by one.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_SHAPES: Final = {
    b"\1\0\0\0": "utf-32-le",
    b"\0\0\0\1": "utf-32-be",
    b"\1\0\1\0": "utf-16-le",
    b"\0\1\0\1": "utf-16-be",
}
"""Which of the first four bytes are not zero."""
_FIRST_SIGNS: Final = frozenset((b"<", b"{", b"[", b" ", b"\n", b"\r", b"\t"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:\-]+)")
_BROAD = frozenset(("ascii", "iso8859-1", "cp1252", "utf-8"))
# What feeds declare and the wider charset that they mean by it (WHATWG Encoding Standard, labels).
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "koi8-r": "koi8-u",
}
_LABEL: Final = r"(?i)(?:x-)?(?:win(?:dows)?|cp)[-_ ]?(\d{3,4})$|x-(?=[a-z])"
_AROUND: Final = 8_192  # bytes on both sides of a fault that tell whether it is one
_C1 = re.compile("[\x80-\x9f]")
_NO_CHARSET: Final = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
# Charsets whose text is valid UTF-8 often enough that their declaration comes first.
_SHIFTING: Final = ("iso2022", "hz", "utf-7")


def decode(data: bytes, content_type: str | None = None) -> str:
    """Decode a feed document; `content_type` is the HTTP header with its charset parameter, if there was one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark) and not _misleads(mark, data[len(mark) : len(mark) + 4]):
            return data[len(mark) :].decode(encoding, _AS_CP1252 if encoding == "utf-8" else "replace")
    shape = _wide_shape(data[:8])
    if shape is not None:
        return data.decode(shape, "replace")
    declared = _declared(data, content_type)
    for encoding in declared:
        if (encoding.startswith(_SHIFTING) and not _is_wider(data)) or _is_ebcdic(data, encoding):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, declared, error.start)


def _decode_other(data: bytes, declared: list[str], fault: int) -> str:
    """Decode what is not, or not all, UTF-8; `fault` is where the first byte stands that is not."""
    from newsreader.feeds.guessing import fits, guess

    if not _is_mostly_utf8(data[max(0, fault - _AROUND) : fault + _AROUND]):
        for encoding in declared:
            if encoding not in _BROAD and (b"\0" in data[:100] or not encoding.startswith(("utf-16", "utf-32"))):
                text = data.decode(encoding, "replace")
                if fits(text):
                    return _C1.sub(_as_sign, text) if encoding.startswith("iso8859") else text
        if guessed := guess(data):
            return data.decode(guessed, "replace")
    return data.decode("utf-8", _AS_CP1252)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether only some bytes are no UTF-8; in other charsets those that are so by chance are few."""
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 4 * faults


def _is_wider(data: bytes) -> bool:
    """Whether it is UTF-8 with characters beyond ASCII, of which charsets that shift have no byte."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _misleads(mark: bytes, following: bytes) -> bool:
    """Whether a mark stands before what is not in its charset.

    Those of UTF-16 stand before single bytes where the first sign has no zero at its side; one of UTF-32 is that of
    UTF-16 and a stray zero where what follows is no character of UTF-32.
    """
    if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return following[:1] in _FIRST_SIGNS and 0 not in following[:2]
    if mark == codecs.BOM_UTF32_LE:
        following = following[::-1]
    elif mark != codecs.BOM_UTF32_BE:
        return False
    return following[:2] > b"\0\x10"


def _declared(data: bytes, content_type: str | None) -> list[str]:
    """Names of known codecs that the header and the XML declaration give, in this order."""
    labels = []
    if content_type and (match := _CHARSET.search(content_type)):
        labels.append(match[1])
    if found := _DECLARED.match(data[:400]):
        labels.append(found[1].decode("ascii"))
    elif data[:5] == b"\x4c\x6f\xa7\x94\x93":  # "<?xml" in EBCDIC
        labels.append("cp037")
    encodings = []
    for label in labels:
        name = _codec(label) or _codec(re.sub(_LABEL, lambda match: f"cp{match[1]}" if match[1] else "", label))
        if name is not None and name not in _NO_CHARSET:
            encodings.append(_WIDER.get(name, name))
    return encodings


def _codec(label: str) -> str | None:
    """The name of the codec of that label, if it is one of text."""
    try:
        name = codecs.lookup(label).name
        b"<".decode(name, "replace")  # refuses zlib, base64 and the like
    except (LookupError, ValueError):
        return None
    return name


def _wide_shape(head: bytes) -> str | None:
    """The encoding of a document without a mark whose characters, those of XML or JSON, are two or four bytes wide."""
    if head[:4].replace(b"\0", b"")[:1] not in _FIRST_SIGNS:
        return None
    return _WIDE_SHAPES.get(bytes(map(bool, head[:4])))


def _is_ebcdic(data: bytes, encoding: str) -> bool:
    """Whether the document begins with `<` only when it is read in this EBCDIC code page."""
    return encoding.startswith(("cp037", "cp500", "cp1140", "cp273")) and data[:1] == b"\x4c"


def _as_sign(character: re.Match[str]) -> str:
    """Read a control character as the sign that windows-1252 has in its place: a quote, a dash."""
    return character.group().encode("latin-1").decode("cp1252", "ignore")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as windows-1252; a character cut off at the very end is dropped."""
    assert isinstance(error, UnicodeDecodeError)
    if error.end >= len(error.object) and error.reason == "unexpected end of data":
        return "", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_CP1252: Final = "newsreader.as-cp1252"
codecs.register_error(_AS_CP1252, _as_cp1252)
