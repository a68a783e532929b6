from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ParseError
from newsreader.feeds import opml
from newsreader.model import Subscription
from newsreader.text import one_line

LIST = b"""<?xml version="1.0"?>
<opml version="1.1"><head><title>My &amp; feeds</title></head><body>
<outline text="News"><outline title="World" text="w">
  <outline type="rss" text="Wire" XMLURL="https://wire.example/feed"
   htmlurl="https://wire.example/" category="/a/b,two, two"/>
</outline>
<outline type="rss" text="https://coast.example/rss" xmlUrl=" https://coast.example/rss "/></outline>
<outline text="Wire again" title="Wire again" xmlUrl="https://wire.example/feed" category="three"/>
<outline text="Bare" xmlUrl="field.example/notes.xml"><outline text="Inside" xmlUrl="feed://inner.example/x"/></outline>
<outline text="Old" xmlUrl="feed:https://old.example/x"/>
<outline text="A note"/>
<outline text="Script" xmlUrl="exec:~/run.py"/><outline text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="None" xmlUrl=""/>
</body></opml>
"""


def test_a_list_from_another_program() -> None:
    file = opml.read(LIST)
    assert file.title == "My & feeds"
    assert file.subscriptions == (
        Subscription(
            "https://wire.example/feed", "Wire", "News / World", "https://wire.example/", ("a/b", "two", "three")
        ),
        Subscription("https://coast.example/rss", "", "News"),
        Subscription("https://field.example/notes.xml", "Bare"),
        Subscription("https://inner.example/x", "Inside"),
        Subscription("https://old.example/x", "Old"),
    )
    assert [problem.partition(":")[0] for problem in file.problems] == ["Script", "Bad", "None"]
    assert "command" in file.problems[0]


def test_broken_lists_are_read_as_far_as_they_go() -> None:
    broken = b'<opml><body><outline text="A & B &eacute;" xmlUrl="https://a.example/?x=1&y=2"><outline xmlUrl="https://b.example/"'
    assert [s.url for s in opml.read(broken).subscriptions] == ["https://a.example/?x=1&y=2", "https://b.example/"]
    assert opml.read(broken).subscriptions[0].title == "A & B é"
    headless = b'e.org/"/>\n<outline text="C" xmlUrl="https://c.example/"/><outline xmlUrl="https://d.example/"/></body></opml>'
    assert [s.url for s in opml.read(headless).subscriptions] == ["https://c.example/", "https://d.example/"]


@pytest.mark.parametrize("data", [b"", b"words", b"%PDF-1", b"<!doctype html><html></html>", b"<rss><channel/></rss>"])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError):
        opml.read(data)


def test_a_file_holds_no_entity_of_another() -> None:
    data = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://a.example"/></body></opml>'
    assert opml.read(data).subscriptions == (Subscription("https://a.example", "&x;"),)


def test_very_deep_folders_are_read_without_recursion() -> None:
    depth = 200
    data = (
        b"<opml><body>"
        + b'<outline text="f">' * depth
        + b'<outline xmlUrl="https://a.example/"/>'
        + b"</outline>" * depth
    )
    (only,) = opml.read(data + b"</body></opml>").subscriptions
    assert only.folder == opml.FOLDER_SEPARATOR.join("f" * 10)


def test_what_is_written_says_what_it_is() -> None:
    data = opml.write([Subscription("https://a.example/", "A", "F")], title="Mine", date=1_709_641_815)
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<opml version=\"2.0\">")
    assert b"<dateCreated>Tue, 05 Mar 2024 12:30:15 GMT</dateCreated>" in data


WORDS = st.text(max_size=20).map(lambda text: one_line(text, 300))
NAMES = WORDS.filter(lambda text: bool(text) and " / " not in f" {text} ")
URLS = st.builds(
    lambda host, path: f"https://{host}.example/{path}",
    st.text("abc0-", min_size=1, max_size=6),
    st.text("abc/?&=%#ü'\"<>", max_size=12),
)
SUBSCRIPTIONS = st.builds(
    Subscription,
    url=URLS,
    title=WORDS,
    folder=st.none() | st.lists(NAMES, min_size=1, max_size=4).map(" / ".join),
    link=st.none() | URLS,
    tags=st.lists(WORDS.filter(bool), max_size=4, unique=True).map(tuple),
)


@given(st.lists(SUBSCRIPTIONS, max_size=12, unique_by=lambda s: s.url), WORDS)
def test_a_round_trip_loses_nothing(subscriptions: list[Subscription], title: str) -> None:
    file = opml.read(opml.write(subscriptions, title=title))
    assert file.title == title
    assert not file.problems
    assert set(file.subscriptions) == set(subscriptions)
    for folder in {s.folder for s in subscriptions}:
        assert [s for s in file.subscriptions if s.folder == folder] == [s for s in subscriptions if s.folder == folder]
    again = opml.read(opml.write(file.subscriptions, title=title))
    assert again == file


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_parse_errors(data: bytes) -> None:
    try:
        opml.read(b"<opml><body>" + data)
        opml.read(data)
    except ParseError:
        pass
