from __future__ import annotations

import json

from newsreader.feeds import parse
from newsreader.feeds.json_feed_writing import write
from tests.document.test_keepsakes import FERRY


def test_what_is_written_is_json_feed_and_is_read() -> None:
    bare = FERRY._replace(id=13, url=None, author=None, kept_at=None, tags=(), note="", highlights=(), language=None)
    data = b"".join(write([FERRY, bare], "Bookmarks"))
    feed = json.loads(data)
    assert (feed["version"], feed["title"]) == ("https://jsonfeed.org/version/1.1", "Bookmarks")
    first, second = feed["items"]
    assert first["_newsreader"]["note"] == FERRY.note
    assert first["_newsreader"]["bookmarked"] == "2026-11-23T18:01:40Z"
    assert (second["id"], "url" in second, "authors" in second) == ("newsreader:13", False, False)
    parsed = parse(data, "https://x.example/feed.json", "application/feed+json").articles[0]
    assert (parsed.url, parsed.title, parsed.published) == (FERRY.url, FERRY.title, FERRY.published)
    assert (parsed.authors, parsed.categories) == (("Ines Almada",), FERRY.tags)


def test_nothing_is_a_feed_too() -> None:
    assert json.loads(b"".join(write([], "T")))["items"] == []
