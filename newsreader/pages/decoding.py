"""Bytes of a page to text: the encoding that was declared, unless the bytes say otherwise.

The order is that of the HTML standard (byte order mark, HTTP header, meta), with what pages really do: a declared
one-byte encoding gives way to UTF-8 where the bytes are UTF-8, and an undeclared one is guessed.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Final

import chardet

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_DECLARED: Final = re.compile(
    rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
_HEAD: Final = 4096  # bytes: where a declaration is looked for (the standard says 1,024)
_SAMPLE: Final = 20_000  # bytes looked at to guess; detection is slow
_SAMPLE_LINES: Final = 2_000
_ALIASES: Final = {  # what these names mean on the web (WHATWG Encoding Standard)
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # in a meta element, which could not be read if it were true
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
    "utf-7": "utf-8",  # a way to hide markup
}
_BETWEEN: Final = re.compile(rb"[\n<>]+")
_LANGUAGE: Final = re.compile(rb"<html\b[^>]{0,400}?\blang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)
_BY_LANGUAGE: Final = {  # what pages in these languages are in when it is no UTF-8, which detectors take for others
    **dict.fromkeys((b"ar", b"fa", b"ur"), "cp1256"),
    **dict.fromkeys((b"bs", b"cs", b"hr", b"hu", b"pl", b"ro", b"sk", b"sl"), "cp1250"),
    **dict.fromkeys((b"et", b"lt", b"lv"), "cp1257"),
    b"el": "cp1253",
    b"he": "cp1255",
    b"tr": "cp1254",
}


def decode(data: bytes, content_type: str | None = None) -> str:
    """Decode a page. `content_type` is the header as it came. Never raises: what cannot be read becomes U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    text = _strict(data, "utf-8")
    if text is not None:  # by chance no other encoding looks like UTF-8; ASCII may be UTF-16 or ISO-2022-JP
        declared = _declared(data, content_type) if data.isascii() else None
        return text if declared is None or not declared.startswith("iso2022") else data.decode(declared, "replace")
    declared = _declared(data, content_type)
    if declared is None or declared == "utf-8":
        text = data.decode("utf-8", "replace")
        if _mostly_readable(data, text):
            return text
        declared = _guess(data)
    return data.decode(declared, "replace")


def _declared(data: bytes, content_type: str | None) -> str | None:
    """Give the codec of the header, else of the page's own head, when it is one that Python knows."""
    in_header = _CHARSET.search(content_type or "")
    in_page = _DECLARED.search(data[:_HEAD])
    names = [in_header[1]] if in_header else []
    names += [(in_page[1] or in_page[2]).decode("ascii", "replace")] if in_page else []
    for name in names:
        try:
            codec = codecs.lookup(name).name
        except LookupError:
            continue
        codec = _ALIASES.get(codec, codec)
        if _is_text_codec(codec):
            return codec
    return None


def _is_text_codec(name: str) -> bool:
    """Tell an encoding of text from Python's other codecs (base64, zlib, rot13), which a page might name."""
    try:
        b"a".decode(name)
    except (LookupError, ValueError, TypeError):
        return False
    return name not in {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mostly_readable(data: bytes, text: str) -> bool:
    """Whether text decoded as UTF-8 has only a few damaged places: a cut character, one wrong quote."""
    foreign = len(data) - len(data.decode("ascii", "ignore"))
    return text.count("\ufffd") * 5 <= foreign


def _guess(data: bytes) -> str:
    """Guess an undeclared encoding from the lines that are not ASCII, the first SAMPLE bytes of them."""
    language = _LANGUAGE.search(data[:_HEAD])
    if language and language[1].lower() in _BY_LANGUAGE:
        return _BY_LANGUAGE[language[1].lower()]
    lines = (line for line in _BETWEEN.split(data) if not line.isascii())
    sample = b"\n".join(islice(lines, _SAMPLE_LINES))[:_SAMPLE]
    name = chardet.detect(sample)["encoding"] or "cp1252"
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return "cp1252"
    # Detectors take western text with few accents for Turkish, whose encoding differs in six letters.
    return "cp1252" if codec in {"iso8859-9", "cp1254"} else _ALIASES.get(codec, codec)
