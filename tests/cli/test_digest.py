"""The digest: top stories in sentences with their sources, what else is new, what is unread; in four forms."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from newsreader.cli import main
from newsreader.model import ArticleWrite, Placed, Subscription
from tests.cli.conftest import Shell, written

if TYPE_CHECKING:
    from collections.abc import Sequence

FERRY = "The council voted late on Monday to keep the night ferry running for another ten years."
SHAFT = "The ship is thirty-one years old and needs a new shaft before the next summer comes."
DAY = 86_400


@pytest.fixture
def told(shell: Shell) -> Shell:
    """A story of three sources, one of them with the same text, an article beside it, an old story, and old news."""
    with shell.store() as store:
        added = store.add_sources(
            [
                Subscription(f"https://{name}.example/feed", title)
                for name, title in (("a", "The Coast Gazette"), ("b", "Northern Wire"), ("c", "Copy & Paste"))
            ]
        )
        feeds: Sequence[list[ArticleWrite]] = (
            [
                written(1, "Harbour town <b>keeps</b> its ferry", FERRY, hours=1),
                *(written(number, f"Minutes of meeting {number}", "Nothing.", hours=number) for number in range(2, 7)),
            ],
            [written(11, "Ferry decision tonight", SHAFT, hours=4), written(12, "Moths", "They count.", hours=90)],
            [written(21, "Harbour town keeps its ferry", FERRY, hours=2), written(22, "Old moths", "Old.", hours=91)],
        )
        for state, articles in zip(store.fetch_states(added.ids), feeds, strict=True):
            store.ingest(state, None, articles)
        while store.index_some(100):
            pass
        ids = {head.url: head.id for head in store.heads(range(1, 99))}
        first, wire, copy, moths, old = (ids[f"https://news.example/{number}"] for number in (1, 11, 21, 12, 22))
        store.place(
            [
                Placed(first, first),
                Placed(wire, first),
                Placed(copy, first, copy_of=first),
                Placed(moths, moths),
                Placed(old, moths),
            ],
            0,
        )
    return shell


def test_a_story_is_told_in_sentences_with_their_sources(told: Shell) -> None:
    plain = told("digest")
    assert plain.startswith("The news of ")
    assert "8 new articles since " in plain
    title = "Harbour town <b>keeps</b> its ferry"
    story, also = plain.partition(f"{title}\n{'-' * len(title)}\n\n")[2].split("Also new\n")
    told_by = " ".join(story.partition("\n\n")[0].split())
    assert told_by.startswith("Northern Wire, 4 hours ago · Copy & Paste, 2 hours ago, the same text · The Coast")
    assert f"• {FERRY}".split() == story.partition("\n\n")[2].split()[: len(FERRY.split()) + 1]
    assert "(The Coast Gazette)" in story
    assert "(Northern Wire)" in story
    assert also.count("• ") == 2  # of one source
    assert also.rstrip().endswith("and 3 more articles")
    assert "and 3 more articles</p>" in told("digest", "--html")
    assert "Moths" not in plain


def test_since_says_how_far_it_looks_back(told: Shell) -> None:
    assert [story["title"] for story in told.json("digest", "--since", "1w")["stories"]] == [
        "Harbour town <b>keeps</b> its ferry",
        "Moths",
    ]
    assert "is no time" in told("digest", "--since", "soon", status=2)
    assert re.search(r"new articles since \d+ November, ", told("digest", "--since", "2d"))
    assert re.search(r"new articles since \d+ \w+ 2025, ", told("digest", "--since", "365d"))


def test_programs_get_it_with_stable_keys(told: Shell) -> None:
    found = told.json("digest", "--unread")
    assert set(found) == {"since", "until", "new", "stories", "also", "unread"}
    assert (found["since"], found["until"]) == ("2026-11-22T18:00:00Z", "2026-11-23T18:00:00Z")
    (story,) = found["stories"]
    assert story["sources"] == 3
    assert [each["copy"] for each in story["articles"]] == [False, True, False]
    by_id = {each["id"]: each["source"]["title"] for each in story["articles"]}
    assert [(by_id[said["article"]], said["text"]) for said in story["summary"]] == [
        ("The Coast Gazette", FERRY),
        ("Northern Wire", SHAFT),
    ]
    assert [each["source"]["unread"] for each in found["unread"]] == [6, 2, 2]
    assert told.json("digest", "--unread") == found


def test_it_marks_nothing_read_unless_asked(told: Shell) -> None:
    told("digest", "--html")
    assert told.json("list", "is:read") == []
    told("digest", "--mark-read")
    assert {each["title"] for each in told.json("list", "is:read")} >= {
        "Ferry decision tonight",
        "Minutes of meeting 2",
    }


def test_nothing_new_is_a_sentence_beside_an_empty_output(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("digest") == ""
    assert main(["--home", str(shell.home), "digest"]) == 0
    assert capsys.readouterr().err.startswith("newsreader: nothing new since ")
    assert shell.json("digest")["stories"] == []


class _Page(HTMLParser):
    """What a mail program would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        self.targets += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_the_page_is_safe_to_mail(told: Shell) -> None:
    page = told("digest", "--html", "--unread")
    read = _Page()
    read.feed(page)
    assert read.names.isdisjoint({"script", "style", "link", "img", "b", "iframe"})
    assert set(read.targets) <= {f"https://news.example/{number}" for number in range(30)}
    assert "Harbour town &lt;b&gt;keeps&lt;/b&gt; its ferry" in page
    assert "Copy &amp; Paste" in page
    assert 'content="light dark"' in page
    assert page.count("<html") == page.count("</html>") == 1


def test_markdown_links_the_sources(told: Shell) -> None:
    markdown = told("digest", "--markdown")
    assert "[Northern Wire](https://news.example/11), 4 hours ago" in markdown
    assert f"- {FERRY} (The Coast Gazette)" in markdown
    assert r"\<b\>keeps" in markdown
