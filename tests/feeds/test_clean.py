"""Whatever stands in a feed, no field but HTML leaves here with what a terminal must not get (DESIGN rule 1)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from newsreader.bounds import MAX_URL
from newsreader.feeds import parse
from newsreader.model import Enclosure, ParsedArticle, ParsedFeed
from newsreader.text import clean_text

EVIL = "a\x9b31m\u202eb\u200bc\U000e0041\u0085\u2028d"
X = "a&#x9b;31m\u202eb\u200bc\U000e0041&#x85;\u2028d"
MODULES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)
RSS = f"""<rss {MODULES} xml:base="https://x.example/{X}/"><channel><title>{X}</title><link>/{X}</link>
<description>{X}</description><language>{X}</language><item xml:base="sub{X}/"><title>{X}</title><link>{X}</link>
<guid isPermaLink="false">{X}</guid><author>{X}@x.example ({X})</author><category>{X}</category><comments>{X}</comments>
<wfw:commentRss>{X}</wfw:commentRss><enclosure url="{X}" type="{X}" length="1"/><dc:language>{X}</dc:language>
<media:content url="{X}2" medium="{X}"><media:title>{X}</media:title></media:content><media:thumbnail url="{X}"/>
<itunes:keywords>{X},{X}x</itunes:keywords><thr:in-reply-to ref="{X}"/><podcast:transcript url="{X}t" type="{X}"/>
</item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" {MODULES} xml:lang="{X}" xml:base="https://x.example/{X}/">
<title>{X}</title><id>{X}</id><link href="{X}"/><entry xml:lang="{X}"><id>/{X}</id><title type="html">{X}</title>
<link href="{X}"/><link rel="enclosure" href="{X}" type="{X}" title="{X}"/><link rel="replies" href="{X}"/>
<author><name>{X}</name><email>{X}@x.example</email></author><category term="{X}"/></entry><entry><id>2</id>
<author><email>{X}@x.example</email></author><source><author><name>{X}</name></author></source></entry></feed>"""
ITEM = {
    **dict.fromkeys(("id", "url", "title", "image", "language"), EVIL),
    "authors": [{"name": EVIL + "\ud800"}],
    "tags": [EVIL],
    "attachments": [{"url": EVIL, "mime_type": EVIL, "title": EVIL}],
}
JSON = json.dumps(
    {
        **dict.fromkeys(("title", "home_page_url", "language", "description"), EVIL),
        "version": "https://jsonfeed.org/version/1.1",
        "items": [ITEM],
    }
)


def texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a value, with the name of the field that it is in or below."""
    if isinstance(value, ParsedFeed | ParsedArticle | Enclosure):
        for field, each in value._asdict().items():
            yield from texts(each, field)
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each, name)
    elif isinstance(value, str):
        yield name, value


@pytest.mark.parametrize(
    "document", [RSS, ATOM, JSON, RSS.replace("</rss>", "<broken"), ATOM.replace("</entry>", "", 1)]
)
def test_no_field_holds_what_steers_a_terminal(document: str) -> None:
    found = [(name, text) for name, text in texts(parse(document.encode(), "https://x.example/feed"))]
    assert len(found) > 8
    assert [name for name, text in found if not name.endswith("_html") and clean_text(text) != text] == []


def test_no_address_is_too_long_once_it_is_absolute() -> None:
    base = "https://x.example/" + "y" * (MAX_URL - 100) + "/"
    for tail in ("z" * 50, "z" * 200):
        body = f'<feed xml:base="{base}"><entry><id>1</id><link href="{tail}"/></entry></feed>'
        (article,) = parse(body.encode()).articles
        assert article.url == (base + tail if len(tail) == 50 else None)
