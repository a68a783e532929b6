from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ParseError
from newsreader.feeds import lists, newsboat
from newsreader.model import KeptQuery, Subscription

URLS = rb"""# my feeds
https://wire.example/feed news "cool stuff" "~The Wire"
https://hidden.example/feed "!Hidden, really" quiet
http://name:secret@private.example/feed
  https://late.example/feed   a#b # a remark
"query:Unread:unread = \"yes\" and age between 0:7" tag
"query::Flagged:flags =~ \"s\""
query:broken
exec:~/bin/script tag
"filter:~/bin/f p1:https://name:secret@x.example/" tag
file:///home/me/feed.xml
https://wire.example/feed more
feed://old.example/x "~"

"""


def test_the_file_of_newsboat() -> None:
    file = newsboat.read(URLS)
    assert file.subscriptions == (
        Subscription("https://wire.example/feed", "The Wire", "news", tags=("news", "cool stuff", "more")),
        Subscription("https://hidden.example/feed", "", "quiet", tags=("!Hidden, really", "quiet")),
        Subscription("http://name:secret@private.example/feed"),
        Subscription("https://late.example/feed", "", "a#b", tags=("a#b",)),
        Subscription("https://old.example/x"),
    )
    assert file.queries == (
        KeptQuery("Unread", 'unread = "yes" and age between 0:7', "newsboat"),
        KeptQuery("Flagged", 'flags =~ "s"', "newsboat"),
    )
    assert file.merged == ("https://wire.example/feed",)


def test_what_is_not_taken_is_listed_by_its_line_without_secrets() -> None:
    file = newsboat.read(URLS)
    assert [problem.partition(":")[0] for problem in file.problems] == ["Line 8", "Line 9", "Line 10", "Line 11"]
    said = " ".join(file.remarks())
    for words in ("exec: runs a program", "filter: runs a program", "1 source hidden"):
        assert words in said
    assert "secret" not in said


@pytest.mark.parametrize("line", ["file:///home/me/feed.xml", "/home/me/feed.xml tag", "~/feed.xml", "FILE:x"])
def test_a_file_of_this_machine_is_no_source(line: str) -> None:
    file = newsboat.read(f"https://a.example/\nhttps://b.example/\n{line}\n".encode())
    assert len(file.subscriptions) == 2
    assert file.problems[0].startswith("Line 3: a file of this machine is no source")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        ("   # nothing", []),
        ("a\tb\r", ["a", "b"]),
        (r'"a b" c', ["a b", "c"]),
        (r'"a \"b\" \\ \n \x"', ['a "b" \\ \n x']),
        ('"a"b"c', ["a", 'b"c']),  # a quote in a word is one of its letters
        ('"never closed', ["never closed"]),
        (r"a\ b", ["a\\", "b"]),
        ('"#a" b#c #d', ["#a", "b#c"]),
        ('""', [""]),
        ('"ends in \\', ["ends in \\"]),
    ],
)
def test_words_are_parted_as_newsboat_does(line: str, words: list[str]) -> None:
    assert newsboat.tokenize(line) == words


def test_a_plain_list_of_addresses() -> None:
    file = lists.read("\ufeffhttps://a.example/feed\r\nb.example/rss.xml\r\n\r\nwhatever\r\n".encode())
    assert [each.url for each in file.subscriptions] == ["https://a.example/feed", "https://b.example/rss.xml"]
    assert len(file.problems) == 1
    assert not file.notes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"Dear all,\nhere is my list:\nhttps://a.example\n", "no list of feeds"),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF='https://a.example'>A</A>", "bookmarks"),
        (b"<!DOCTYPE html><html><body>no</body></html>", "web page"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "This is a feed"),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "This is a feed"),
        (b"<?xml version='1.0'?><svg/>", "not OPML"),
        (b"%PDF-1.4", "PDF"),
        (b"a\0b", "not text"),
    ],
)
def test_what_is_no_list_is_said(data: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        lists.read(data)


def test_opml_is_told_by_its_content() -> None:
    assert lists.read(b"\n <opml><body><outline xmlUrl='https://a.example/'/></body></opml>").subscriptions


@given(st.text(max_size=60))
def test_any_line_has_words(line: str) -> None:
    assert all(isinstance(word, str) for word in newsboat.tokenize(line))


@given(st.lists(st.text(max_size=12), max_size=5))
def test_quoted_words_come_back(words: list[str]) -> None:
    quoted = ('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)
    assert newsboat.tokenize(" ".join(quoted)) == words


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_but_parse_errors(data: bytes) -> None:
    try:
        lists.read(b"https://a.example/\n" + data)
        lists.read(data)
    except ParseError:
        pass
