"""The handbook: a built-in source of short articles that teach the reader by being read in it, offline.

Each article is `NN-slug.html` in this folder: a first line `<h1>title</h1>`, then the article's HTML.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.resources import files
from typing import Final

from newsreader.model import ParsedArticle, ParsedFeed

VERSION: Final = 11
"""Of the text. A library that holds another version takes the handbook in anew."""

URL: Final = "newsreader:handbook"
"""The address of the source; nothing fetches it."""

TITLE: Final = "The newsreader handbook"

_FIRST_PUBLISHED: Final = 1_793_534_400
"""2026-11-01T12:00:00Z, when the first article was published; the others follow an hour before each other."""

_ARTICLE: Final = re.compile(r"\s*<h1>(.*?)</h1>\s*(.+)", re.DOTALL)


@cache
def feed() -> ParsedFeed:
    """Read the handbook as a feed: the articles in reading order, the first one newest, at fixed moments."""
    pages = sorted((file for file in files(__name__).iterdir() if file.name.endswith(".html")), key=lambda f: f.name)
    articles = tuple(
        _article(page.name.removesuffix(".html"), page.read_text(encoding="utf-8"), number)
        for number, page in enumerate(pages)
    )
    return ParsedFeed(
        title=TITLE,
        description="How to read with newsreader, read in newsreader.",
        language="en",
        updated=_FIRST_PUBLISHED,
        articles=articles,
    )


def _article(name: str, text: str, number: int) -> ParsedArticle:
    found = _ARTICLE.fullmatch(text)
    if found is None:
        raise ValueError(f"the handbook's {name} does not begin with its title in <h1>")
    title, body = found.groups()
    return ParsedArticle(
        guid=f"{URL}/{name}",
        title=html.unescape(title.strip()),
        authors=("newsreader",),
        published=_FIRST_PUBLISHED - number * 3_600,
        content_html=body.strip(),
        language="en",
    )
