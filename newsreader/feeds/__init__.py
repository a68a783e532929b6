"""Feeds: bytes to ParsedFeed, OPML, the feeds that a page names, and the starter catalogue. Pure; knows no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.model import ParsedFeed


def parse(body: bytes, url: str = "", content_type: str | None = None) -> ParsedFeed:
    """Read a feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x, CDF; well formed or not.

    `url` is where the document came from: relative addresses start there. `content_type` is the HTTP header; its
    charset is believed as far as the bytes agree. At most MAX_ARTICLES articles are kept, the newest.
    Raises NotAFeed with a phrase that says what the document is instead, ParseError for a feed too broken to read.
    """
    from newsreader.feeds.reading import read

    return read(body, url, content_type)
