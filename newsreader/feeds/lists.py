"""A list of subscriptions of any kind, told by its content."""

from __future__ import annotations

import re
from typing import Final

from newsreader.errors import ParseError
from newsreader.feeds import bookmarks, newsboat, opml, sniffing
from newsreader.feeds.decoding import decode
from newsreader.feeds.gathering import FeedList

__all__ = ["FeedList", "read"]

_LOOKED_AT: Final = 100_000  # bytes of a file; what it is stands at its beginning
_FEED = re.compile(r"<(?:rss|(?:\w+:)?feed|(?:\w+:)?RDF)\b", re.IGNORECASE)


def read(data: bytes) -> FeedList:
    """Read OPML, newsboat's `urls` or a plain list of addresses. Raises ParseError, which says what it is instead."""
    start = decode(data[:_LOOKED_AT]).lstrip("\ufeff \t\r\n")
    if (phrase := sniffing.of_bytes(data)) is not None:
        raise ParseError(phrase.replace("not a feed", "not a list of feeds").replace("The document", "The file"))
    if bookmarks.is_bookmarks(data):
        raise ParseError("These are a browser's bookmarks, which name pages and not feeds.")
    if "<outline" in start.lower() or "<opml" in start.lower():
        return opml.read(data)
    if sniffing.is_page(start):
        raise ParseError("This is a web page, not a list of feeds.")
    if start.startswith("<"):
        is_feed = _FEED.search(start) is not None
        raise ParseError(
            "This is a feed, not a list of feeds: add its address by `newsreader add`."
            if is_feed
            else "This file is no list of feeds: it is XML, but not OPML."
        )
    if "\0" in start:
        raise ParseError("This file is no list of feeds: it is not text.")
    return newsboat.read(data)
