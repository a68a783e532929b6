from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import UsageError
from newsreader.feeds.addresses import guess_paths, normalise_address
from newsreader.feeds.discovery import find_feeds
from newsreader.feeds.places import known_feeds

PAGE = """<html><head><base href="/base/">
<link rel="stylesheet" href="style.css">
<link rel="alternate" type="application/rss+xml" title="Coast comments" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="This page" href="https://coast.example/2024/05/ferry/feed/">
<link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" title="Coast ü" href="/feed">
<link rel="alternate" type="application/atom+xml" href="atom.xml">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
<link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body><a href="/podcast/rss.xml">Podcast</a> <a href="/about">About</a> <a href="mailto:x@y.example">RSS</a>
<a href="/feed">RSS</a></body></html>"""


def test_the_best_feed_of_a_page_comes_first() -> None:
    found = find_feeds(PAGE.encode(), "https://coast.example/2024/05/ferry")
    assert [candidate.url for candidate in found] == [
        "https://coast.example/feed",
        "https://coast.example/base/atom.xml",
        "https://coast.example/2024/05/ferry/feed/",
        "https://coast.example/comments/feed",
        "https://coast.example/podcast/rss.xml",
    ]
    assert (found[0].title, found[0].type) == ("Coast ü", "application/rss+xml")
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_a_page_in_another_encoding_gives_readable_titles() -> None:
    page = '<meta charset="koi8-r"><link rel=alternate type=application/rss+xml title="Новости" href=/f>'
    assert find_feeds(page.encode("koi8-r"), "https://x.example/")[0].title == "Новости"


@pytest.mark.parametrize("page", [b"", b"\0\0", b"words", b"<html></html>", b"<link rel=alternate>", b"<" * 5_000])
def test_pages_without_feeds_give_none(page: bytes) -> None:
    assert find_feeds(page, "https://x.example/") == ()


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        ("https://youtube.com/playlist?list=PL123", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL123"),
        ("https://old.reddit.com/r/ferries/", "https://www.reddit.com/r/ferries/.rss"),
        ("https://github.com/owner/repo/tree/main", "https://github.com/owner/repo/releases.atom"),
        ("https://mastodon.example/@ines", "https://mastodon.example/@ines.rss"),
        ("https://medium.com/@ines/some-story", "https://medium.com/feed/@ines"),
        ("https://coast.substack.com/p/ferry", "https://coast.substack.com/feed"),
        ("https://news.ycombinator.com", "https://news.ycombinator.com/rss"),
    ],
)
def test_sites_with_feeds_by_rule(url: str, feed: str) -> None:
    assert known_feeds(url)[0].url == feed


@pytest.mark.parametrize(
    "url", ["https://github.com/topics/rss", "https://github.com/owner", "https://x.example/a", "https://[bad", ""]
)
def test_other_addresses_have_no_rule(url: str) -> None:
    assert known_feeds(url) == ()


def test_the_channel_of_a_handle_stands_in_its_page() -> None:
    page = b'<html><script>var x = {"externalId":"UCabcdefghijklmnopqrstuv"}</script></html>'
    found = find_feeds(page, "https://www.youtube.com/@coast")
    assert found[0].url == "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"


def test_guesses_begin_near_the_page() -> None:
    guesses = guess_paths("https://x.example/blog/post.html?a=1")
    assert guesses[0] == "https://x.example/blog/feed"
    assert {"https://x.example/rss.xml", "https://x.example/atom.xml", "https://x.example/feed.json"} <= set(guesses)
    assert "https://x.example/?feed=rss2" in guesses
    assert len(set(guesses)) == len(guesses) <= 20


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org", "https://example.org"),
        ("  <HTTP://Example.ORG/Feed>  ", "http://example.org/Feed"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("//example.org/x#part", "https://example.org/x"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("https://User:Pass@Example.org/", "https://User:Pass@example.org/"),
    ],
)
def test_typed_addresses(typed: str, address: str) -> None:
    assert normalise_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "word",
        "two words.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://x.org",
        "mailto:a@b.org",
        "https://",
        "http://[x",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        normalise_address(typed)


@given(st.text(max_size=60))
def test_no_text_breaks_the_rules(text: str) -> None:
    known_feeds(text)
    guess_paths(text)
    find_feeds(text.encode("utf-8", "replace"), text)
    try:
        address = normalise_address(text)
    except UsageError:
        return
    assert address.startswith(("http://", "https://"))
    assert normalise_address(address) == address
