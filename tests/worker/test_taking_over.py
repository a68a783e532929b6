from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsreader.store.newsboat_cache import CachedArticle
from newsreader.text import short_identity
from newsreader.worker.taking_over import Former, from_newsboat

NOW = 1_795_456_800
URL = "http://a.test/2024-01-01/x"


ROW = CachedArticle("g", "Title", "Ann", URL, 1_700_000_000, "<p>T</p>", "", "", "", "", True, "", False)


def former(**values: Any) -> Former:
    (only,) = from_newsboat([replace(ROW, **values)], NOW)
    return only


@pytest.mark.parametrize(
    ("guid", "url", "identity", "also"),
    [
        ("tag:a,1", URL, "tag:a,1", ()),
        (URL, URL, URL, ("https://a.test/2024-01-01/x",)),  # the feed's own guid, or none at all
        (f"{URL}Mon, 01 Jan 2024 12:30:00 GMT", URL, "https://a.test/2024-01-01/x", None),
        (f"{URL}1 January 2024 12:30", URL, "https://a.test/2024-01-01/x", None),
        (f"{URL}2024-01-01T12:30:00Z", URL, "https://a.test/2024-01-01/x", None),
        ("/2024-01-01/xMon, 01 Jan 2024 12:30:00 GMT", URL, "https://a.test/2024-01-01/x", None),
        ("http://b.test/Mon, 01 Jan 2024", URL, "http://b.test/Mon, 01 Jan 2024", ()),
        ("Mon, 01 Jan 2024 12:30:00 GMT", URL, "Mon, 01 Jan 2024 12:30:00 GMT", ()),
        (f"{URL}-and-more", URL, f"{URL}-and-more", ()),
        ("", URL, "https://a.test/2024-01-01/x", ()),
    ],
)
def test_identities_are_those_of_a_refresh(guid: str, url: str, identity: str, also: tuple[str, ...] | None) -> None:
    found = former(guid=guid, url=url)
    assert found.status.identity == short_identity(identity)
    assert found.status.also == tuple(map(short_identity, (guid,) if also is None else also))


def test_an_article_without_address_is_known_by_its_words() -> None:
    found = former(guid="Title", url="")
    assert found.status.identity.startswith("hash:")
    assert found.status.also == ("Title",)
    assert former(guid="Title", url="", title="Other").status.identity == "Title"


def test_state_is_read_and_flags_are_bookmarks() -> None:
    assert not former().status.read
    assert former(unread=False).status.read
    assert former(flags="bq").status.bookmarked
    gone = former(flags="b", deleted=True).status
    assert (gone.gone, gone.bookmarked) == (True, False)


def test_bodies_are_those_that_our_parser_gives() -> None:
    assert former(content='<div xmlns="http://www.w3.org/1999/xhtml"><p>T</p></div>').article.content_html == "<p>T</p>"
    assert former(content="a < b", content_type="text/plain").article.content_html == "<p>a &lt; b</p>"
    assert former(content="").article.content_html is None
    assert former(content="\x1b[2Jx").article.content_html == "[2Jx"


def test_values_from_outside_are_cleaned() -> None:
    article = former(title="A\n\x1b B", author=" ", published=0, enclosure_url="javascript:x").article
    assert (article.title, article.authors, article.published, article.enclosures) == ("A B", (), None, ())
    episode = former(enclosure_url="http://a.test/1.mp3", enclosure_type="audio/mpeg").article.enclosures[0]
    assert (episode.url, episode.type) == ("http://a.test/1.mp3", "audio/mpeg")
