from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import UsageError
from newsreader.feeds.addresses import (
    front_page,
    guess_paths,
    has_scheme,
    normalise_address,
    same_key,
    site_of,
    with_userinfo_of,
)

PIECES = [
    "https://",
    "http:",
    "feed:",
    "feed://",
    "//",
    "x.org",
    "@ines",
    "@",
    "!",
    "r/",
    "[a](",
    ")",
    "<",
    ">",
    '"',
    "'",
]
PIECES += [",", ";", " ", "#", "?", "%20", "é", "。", ":8000", "/", "\\", "[", "]", "user:pw@", "\t", "\n"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org", "https://example.org"),
        ("  <HTTP://Example.ORG/Feed>  ", "http://example.org/Feed"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("web+feed://example.org/rss", "https://example.org/rss"),
        ("pcast://example.org/show.xml", "https://example.org/show.xml"),
        ("view-source:https://example.org/", "https://example.org/"),
        ("//example.org/x#part", "https://example.org/x"),
        ("https:/example.org/x", "https://example.org/x"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("https://User:Pass@Example.org/", "https://User:Pass@example.org/"),
        ("“https://example.org/feed”,", "https://example.org/feed"),
        ("[My blog](https://example.org/a)", "https://example.org/a"),
        ("https://example.org/my feed.xml", "https://example.org/my%20feed.xml"),
        ("bücher.example/feed", "https://bücher.example/feed"),
        ("example。org", "https://example.org"),
        ("@ines@mastodon.example", "https://mastodon.example/@ines"),
        ("acct:@ines@mastodon.example", "https://mastodon.example/@ines"),
        ("!ferries@lemmy.example", "https://lemmy.example/c/ferries"),
        ("r/ferries", "https://www.reddit.com/r/ferries"),
        ("/r/ferries+boats/", "https://www.reddit.com/r/ferries+boats"),
        ("u/ines", "https://www.reddit.com/user/ines"),
        ("ines@mastodon.example", "https://mastodon.example/@ines"),
        ("see https://example.org/feed for more", "https://example.org/feed"),
        ("Is it (https://example.org/feed)?", "https://example.org/feed"),
        ("https://example.org/feed.", "https://example.org/feed"),
        ("https://example.org/feed…", "https://example.org/feed"),
        ("- https://example.org/a, https://example.org/b", "https://example.org/a"),
        ("URL:https://example.org/a", "https://example.org/a"),
        ("Title of it\nhttps://example.org/feed\n", "https://example.org/feed"),
        ("https://example.org/fe\ned.xml", "https://example.org/feed.xml"),
        ("look at www.example.org!", "https://www.example.org"),
        ("see example.org/feed for more", "https://example.org/feed"),
        ("example.org/my feed.xml", "https://example.org/my%20feed.xml"),
        ('Read [this](https://example.org/a_(b) "t") now', "https://example.org/a_(b)"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/Yahoo!", "https://example.org/Yahoo!"),
        ("x.example/?u=https://example.org/f", "https://x.example/?u=https://example.org/f"),
        ("https//example.org/feed", "https://example.org/feed"),
        ("ttps://example.org", "https://example.org"),
        ("https://http://example.org", "http://example.org"),
        ("feed://https//example.org/feed", "https://example.org/feed"),
        ("[::1]:8000/feed", "https://[::1]:8000/feed"),
        ("2001:db8::1", "https://[2001:db8::1]"),
        ("127.0.0.1", "https://127.0.0.1"),
        ("myhost:8000", "https://myhost:8000"),
    ],
)
def test_typed_addresses(typed: str, address: str) -> None:
    assert normalise_address(typed) == address
    assert normalise_address(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "word", "two words.org", "1.5", "http://999.1.1.1/", "http://x..org/", "@handle", "example.org:feed",
        "/home/me/feed.xml", "~/feed.xml", "./feed.xml", "C:\\feed.xml",
        "javascript:alert(1)", "file:///etc/passwd", "ftp://x.org", "mailto:a@b.org",
        "https://", "http://[x", "feed:javascript:alert(1)", "https://x .org/", "https://x.org/" + "a" * 5_000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        normalise_address(typed)


def test_a_file_is_said_to_be_one() -> None:
    for typed in ("file:///home/me/feed.xml", "/home/me/feed.xml", "~/feed.xml"):
        with pytest.raises(UsageError, match=r"is a file: feeds are read from the web only"):
            normalise_address(typed)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join))
def test_normalising_twice_changes_nothing(text: str) -> None:
    try:
        address = normalise_address(text)
    except UsageError:
        return
    assert address.startswith(("http://", "https://"))
    assert normalise_address(address) == address
    assert address.isprintable()


@given(st.text(max_size=60))
def test_no_text_breaks_the_rest(text: str) -> None:
    same_key(text)
    has_scheme(text)
    front_page(text)
    guess_paths(text)


def test_addresses_of_one_document_have_one_key() -> None:
    same = ("http://x.org/feed", "https://X.org/feed/", "https://a:b@x.org:443/feed#top", "http://x.org:80/feed")
    assert {same_key(url) for url in same} == {"x.org/feed"}
    assert same_key("https://bücher.example/feed") == same_key("https://xn--bcher-kva.example/feed/")
    assert same_key("https://x.org/feed?a=1") != same_key("https://x.org/feed")
    assert same_key("https://x.org:8443/feed") != same_key("https://x.org/feed")


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://x.org/2024/05/ferry", "https://x.org/"),
        ("https://x.org/?p=1", "https://x.org/"),
        ("https://x.org/", None),
        ("https://x.org", None),
        ("https://uni.example/~ines/notes/a.html", "https://uni.example/~ines/"),
        ("https://uni.example/~ines/", None),
        ("https://ines.github.io/blog/a", "https://ines.github.io/blog/"),
        (None, None),
        ("https://[bad", None),
    ],
)
def test_the_front_page_of_a_site(url: str | None, front: str | None) -> None:
    assert front_page(url) == front


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.x.example/feed", "x.example"),
        ("https://feeds.news.x.example:8443/", "x.example"),
        ("https://a.b.co.uk/", "b.co.uk"),
        ("https://co.uk/", "co.uk"),
        ("https://ines.github.io/notes/", "ines.github.io"),
        ("https://ines.blogspot.co.uk/", "ines.blogspot.co.uk"),
        ("https://ines.wordpress.com/", "ines.wordpress.com"),
        ("https://ada:pw@127.0.0.1:8000/", "127.0.0.1:8000"),
        ("http://[::1]:8000/", "[::1]:8000"),
        ("http://localhost/", "localhost"),
        ("nothing", ""),
        ("http://[bad", ""),
    ],
)
def test_the_owner_of_a_host(url: str, site: str) -> None:
    assert site_of(url) == site


def test_a_name_and_password_go_along() -> None:
    assert (
        with_userinfo_of("https://ada:p%40w@x.example/", "https://x.example/f?a=1")
        == "https://ada:p%40w@x.example/f?a=1"
    )
    assert with_userinfo_of("https://x.example/", "https://x.example/f") == "https://x.example/f"
    assert with_userinfo_of("https://ada@x.example/", "https://bo@x.example/f") == "https://bo@x.example/f"


def test_guesses_begin_near_the_page() -> None:
    guesses = guess_paths("https://x.example/blog/post.html?a=1")
    assert guesses[0] == "https://x.example/blog/feed"
    assert {"https://x.example/rss.xml", "https://x.example/atom.xml", "https://x.example/feed.json"} <= set(guesses)
    assert "https://x.example/?feed=rss2" in guesses
    assert len(set(guesses)) == len(guesses)


def test_of_what_lies_deep_the_site_and_its_section_are_guessed() -> None:
    guesses = guess_paths("https://x.example/blog/2024/05/ferry")
    assert guesses[:2] == ("https://x.example/feed", "https://x.example/blog/feed")
    assert not any("ferry" in guess for guess in guesses)
