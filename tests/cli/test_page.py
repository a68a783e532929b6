"""What stands under an article, on the command line: for the eye and for programs."""

from __future__ import annotations

import pytest

from newsreader.model import Place, Placed
from tests.cli.conftest import Shell, written

FERRY = "The council voted late on Monday to keep the night ferry running for another ten years."
BRIDGE = (
    "The harbour town drew the bridge three times, and each time the council voted to keep the night ferry running."
)


@pytest.fixture
def told(furnished: Shell) -> Shell:
    """A story of two sources, the second with the same text, and an article near it."""
    with furnished.store() as store:
        wire = next(source for source in store.sources() if source.title == "Northern Wire")
        (state,) = store.fetch_states([wire.id])
        words = "Port Varrel to decide on the ferry tonight"
        store.ingest(state, None, [written(11, words, FERRY, hours=4), written(12, "The bridge", BRIDGE, hours=40)])
        while store.index_some(100):
            pass
        first, second = ids(store.heads(range(1, 99)), "Harbour town", "Port Varrel")
        store.place([Placed(first, first), Placed(second, first, copy_of=first)], 0)
    return furnished


def ids(heads: object, *beginnings: str) -> list[int]:
    assert isinstance(heads, tuple)
    return [next(head.id for head in heads if head.title.startswith(words)) for words in beginnings]


def number(shell: Shell) -> str:
    return str(shell.json("list", "title:harbour")[0]["id"])


def test_the_others_of_the_story_and_what_is_near_are_given_to_programs(told: Shell) -> None:
    page = told.json("read", number(told))
    assert page["story"]["sources"] == 2
    assert [(each["title"], each["copy"]) for each in page["story"]["articles"]] == [
        ("Port Varrel to decide on the ferry tonight", True),
        ("Harbour town votes to keep its night ferry", False),
    ]
    assert page["story"]["articles"][0]["source"]["title"] == "Northern Wire"
    assert [each["title"] for each in page["related"]] == ["The bridge"]
    assert 0 < page["related"][0]["likeness"] <= 1


def test_the_summary_says_of_each_sentence_where_it_stands(told: Shell) -> None:
    with told.store() as store:
        (wire,) = ids(store.heads(range(1, 99)), "Port Varrel")
    summary = told.json("read", str(wire))["summary"]
    assert summary["sentences"] == [{"text": FERRY, "block": 0}]
    assert set(summary) == {"sentences", "points", "names"}


def test_what_is_alone_has_no_story(told: Shell) -> None:
    page = told.json("read", str(told.json("list", "title:bridge")[0]["id"]))
    assert page["story"] is None


def test_markdown_and_plain_text_have_the_parts_as_sections(told: Shell) -> None:
    markdown = told("read", number(told), "--markdown")
    story, related = markdown.partition("## This story · 2 sources\n")[2].split("## Related\n")
    assert "- [Port Varrel to decide on the ferry tonight](https://news.example/11)\\\n" in story
    assert "  Northern Wire · 4 hours ago · the same text · article " in story
    assert "[The bridge](https://news.example/12)" in related
    plain = told("read", number(told), "--plain")
    assert "This story · 2 sources\n-----" in plain
    assert "• The bridge\n  Northern Wire · 1 day ago · article " in plain
    assert "## Summary" not in plain


def test_highlights_are_quoted_under_the_text(told: Shell) -> None:
    with told.store() as store:
        (ferry,) = ids(store.heads(range(1, 99)), "Harbour town")
        store.highlight(ferry, Place(words="late on Monday"))
    assert "## Highlights\n\n> late on Monday\n" in told("read", number(told), "--markdown")
