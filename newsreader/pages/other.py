"""What stands at an address that is no page: said in words, or plain text made a page."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from newsreader.errors import ParseError

_SIGNATURES: Final = (
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"PK\x03\x04", "an archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
)
_TYPES: Final = {
    "application/pdf": "a PDF",
    "application/zip": "an archive",
    "application/epub+zip": "an e-book",
    "image": "a picture",
    "audio": "a recording",
    "video": "a video",
    "font": "a font",
}
_PLAIN: Final = frozenset({"text/plain", "text/markdown", "text/x-markdown", "text/x-rst"})
_GAP: Final = re.compile(r"\n[ \t\f]*\n\s*")
_SET: Final = re.compile(r"\S {3,}\S|^ {4,}\S", re.MULTILINE)  # columns and drawings, of which every space counts


def refuse_other(data: bytes, content_type: str | None) -> None:
    """Raise ParseError, which says what this is, for what no article can be found in."""
    head = data[:16].lstrip()
    declared = _declared(content_type)
    kind = next((what for signature, what in _SIGNATURES if head.startswith(signature)), None)
    kind = kind or _TYPES.get(declared) or _TYPES.get(declared.partition("/")[0])
    if kind is not None:
        raise ParseError(f"This is {kind}, not a page: look at it in the browser.", declared)


def is_plain(content_type: str | None) -> bool:
    """Whether a server says that this is text without markup."""
    return _declared(content_type) in _PLAIN


def page_of_plain(text: str) -> str:
    """Plain text as a page: a paragraph for each stretch between empty lines; what is set in columns stays so."""
    parts = _GAP.split(text.replace("\r\n", "\n").strip("\n\f"))
    paragraphs = (
        f"<pre>{escape(part)}</pre>" if _SET.search(part) else f"<p>{escape(part)}</p>"
        for part in parts
        if part.strip()
    )
    return f"<html><body><article>{''.join(paragraphs)}</article></body></html>"


def _declared(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()
