"""The extraction in the form that the scorer of the shared corpus calls: (page, address) -> text."""

from __future__ import annotations

from newsreader.document.build import build
from newsreader.document.render import plain_text
from newsreader.errors import ParseError
from newsreader.pages.extraction import find_article


def text(html: bytes, url: str) -> str:
    """Give the words of the article as the reader shows them; texts that are too short for it are given, too."""
    try:
        return plain_text(build(find_article(html, url).html, url))
    except ParseError:
        return ""
