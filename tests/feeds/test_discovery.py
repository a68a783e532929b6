from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.discovery import find_feeds, is_comments

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
SITE = "https://coast.example/"
PIECES = [
    "<link rel=alternate type=application/rss+xml href=",
    "<a href=",
    "<base href=",
    ">",
    '"',
    "'",
    "http://",
    "//",
    "feed://",
    "ftp://x/rss",
    "javascript:",
    "[",
    "/rss",
    "x.org",
    "#",
    "?",
    "{",
    '"feedUrl":"http://x/',
    "é",
    "\0",
    "<meta charset=utf-16>",
    "<script>",
    "</a>RSS",
    "mailto:a@b",
    "http://[",
    " ",
    "title=comments",
]


def urls(page: str, url: str = SITE) -> list[str]:
    return [candidate.url for candidate in find_feeds(page.encode(), url)]


def test_the_best_feed_of_a_page_comes_first() -> None:
    found = find_feeds(PAGE.encode(), "https://coast.example/2024/05/ferry")
    assert [candidate.url for candidate in found] == [
        "https://coast.example/feed",
        "https://coast.example/base/atom.xml",
        "https://coast.example/podcast/rss.xml",
        "https://coast.example/comments/feed",
        "https://coast.example/2024/05/ferry/feed/",
    ]
    assert (found[0].title, found[0].type) == ("Coast ü", "application/rss+xml")
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="/f">',
        "<LINK REL=ALTERNATE TYPE=APPLICATION/ATOM+XML HREF=/f>",
        "<link rel='alternate feed' type='application/feed+json' href='/f'/>",
        '<link rel="feed" href="/f">',
        '<link rel="alternate" type="application/rdf+xml" href="//coast.example/f">',
        '<link rel="alternate" type="text/xml" title="RSS" href="/f">',
        '<link rel="alternate" type="application/x-rss+xml" href="https://coast.example/f#top">',
        '<link rel="alternate" type="application/rss+xml" href="feed:https://coast.example/f">',
        '<link rel="alternate" type="application/rss+xml" href="feed://coast.example/f">',
        '<link rel="alternate" type="application/rss+xml" href="\n /f ">',
        '<body><div><link rel="alternate" type="application/rss+xml" href="/f"></div>',
        '<a href="/f" type="application/rss+xml">News</a>',
        '<a href="/f"><img src="icon.png"></a><a href="/f" title="RSS"><i></i></a>',
        '<a href="/f"><img src="icon.png" alt="RSS"></a>',
        '<meta http-equiv="refresh" content="0; url=/f">',
        "<meta http-equiv=Refresh content='1;URL=\"https://coast.example/f\"'>",
        '<a href="/f">RSS 2.0</a>',
        '<a href="/f">Flux RSS</a>',
        '<map><area href="/f" aria-label="RSS feed"></map>',
        '<a href="https://feedly.com/i/subscription/feed/https://coast.example/f">Follow</a>',
        '<a href="https://www.inoreader.com/?add_feed=https%3A%2F%2Fcoast.example%2Ff">+</a>',
        '<a href="https://add.my.yahoo.com/rss?url=https%3A//coast.example/f">Yahoo</a>',
    ],
)
def test_every_way_of_naming_a_feed(link: str) -> None:
    assert urls(link) == ["https://coast.example/f"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/json+oembed" href="/oembed?format=rss">',
        '<link rel="alternate" type="text/html" hreflang="de" href="/rss-de">',
        '<link rel="stylesheet" type="application/rss+xml" href="/f">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="ftp://coast.example/f">',
        '<link rel="alternate" type="application/rss+xml" href="http://[bad">',
        '<link rel="alternate" type="application/rss+xml" href="http:///f">',
        '<meta http-equiv="refresh" content="300">',
        '<meta http-equiv="refresh" content="300; url=/f">',
        '<meta http-equiv="refresh" content="0; url=javascript:f()">',
        '<meta http-equiv="refresh" content="0; url=/">',
        '<a href="/subscribe">Subscribe</a>',
        '<a href="/feedback">Your feedback</a>',
        '<a href="mailto:rss@coast.example">RSS</a>',
        "<!-- <link rel=alternate type=application/rss+xml href=/f> -->",
        '<a href="https://feedly.com/">Feedly</a>',
    ],
)
def test_what_names_no_feed(link: str) -> None:
    assert urls(link) == []


def test_the_feed_of_a_section_goes_before_the_sites_and_that_of_an_article_behind() -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in ("/feed/", "/tag/sea/feed/")
    )
    assert urls(links, SITE + "tag/sea/") == [SITE + "tag/sea/feed/", SITE + "feed/"]
    article = '<meta property="og:type" content="article">' + links
    assert urls(article, SITE + "tag/sea/") == [SITE + "feed/", SITE + "tag/sea/feed/"]


@pytest.mark.parametrize(
    ("title", "url", "yes"),
    [
        ("Coast » Comments Feed", "https://x.example/feed", True),
        ("Küste » Kommentar-Feed", "https://x.example/feed", True),
        ("", "https://x.example/comments/feed/", True),
        ("Comment is free", "https://x.example/commentisfree/rss", False),
        ("Commentary", "https://x.example/commentary/feed", False),
        ("News", "https://x.example/feed", False),
    ],
)
def test_feeds_of_comments_are_told(title: str, url: str, yes: bool) -> None:
    if title == "Comment is free":
        title = "Opinion"
    assert is_comments(title, url) is yes


def test_a_page_in_another_encoding_gives_readable_titles() -> None:
    page = '<meta charset="koi8-r"><link rel=alternate type=application/rss+xml title="Новости" href=/f>'
    assert find_feeds(page.encode("koi8-r"), "https://x.example/")[0].title == "Новости"


@pytest.mark.parametrize(
    "page",
    [b"", b"\0\0", b"words", b"<html></html>", b"<link rel=alternate>", b"<" * 5_000, b"{}", b"[[[", b'{"feedUrl":1}'],
)
def test_pages_without_feeds_give_none(page: bytes) -> None:
    assert find_feeds(page, "https://x.example/") == ()


def test_a_page_of_nothing_but_feeds_is_cut() -> None:
    page = "".join(f'<a href="/{number}/rss.xml">RSS</a>' for number in range(500))
    assert len(urls(page)) == 100


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map("".join), st.text(max_size=20))
def test_whatever_stands_in_a_page_only_addresses_of_the_web_come_out(page: str, tail: str) -> None:
    for url in (SITE, SITE + tail, tail):
        found = find_feeds(page.encode("utf-8", "replace"), url)
        assert found == find_feeds(page.encode("utf-8", "replace"), url)
        assert all(each.url.startswith(("http://", "https://")) and "#" not in each.url for each in found)
        assert len({each.url for each in found}) == len(found)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    find_feeds(data, SITE)
    find_feeds(data, SITE, "text/html; charset=utf-7")
