"""The extraction in the form that the scorer of the shared corpus calls: (page, address) -> text."""

from __future__ import annotations

from newsreader.document.build import build
from newsreader.document.render import plain_text
from newsreader.errors import ParseError
from newsreader.pages import extract


def text(html: bytes, url: str) -> str:
    """Give the words of the article as the reader shows them; nothing where the page has none."""
    try:
        return plain_text(build(extract(html, url).html, url))
    except ParseError:
        return ""
