"""JSON Feeds that are cut off, broken, wrapped or shaped otherwise than they should be."""

from __future__ import annotations

import json

import pytest

from newsreader.errors import NotAFeed, ParseError
from newsreader.feeds import parse
from newsreader.model import ParsedFeed

VERSION = "https://jsonfeed.org/version/1.1"
ITEMS = [{"id": str(number), "title": f'T "{number}" {{,]', "content_html": f"<p>{number}</p>"} for number in range(4)]
WHOLE = json.dumps({"version": VERSION, "title": "Orbit", "items": ITEMS, "language": "en"}, indent=1)


def read(text: str) -> ParsedFeed:
    return parse(text.encode(), "https://x.example/feed.json")


def ids(text: str) -> list[str | None]:
    return [article.guid for article in read(text).articles]


def test_a_cut_keeps_all_whole_items_wherever_it_falls() -> None:
    ends = [WHOLE.index(f"<p>{number}</p>") + len(f'<p>{number}</p>"\n  }}') for number in range(4)]
    for cut in range(ends[0], len(WHOLE)):
        feed = read(WHOLE[:cut])
        whole = sum(end <= cut for end in ends)
        assert [article.guid for article in feed.articles] == ["0", "1", "2", "3"][:whole]
        assert feed.title == "Orbit"
        in_items = cut <= WHOLE.rindex("]")
        assert feed.problem == (
            "The feed was cut off: its last article is left out."
            if in_items
            else "The feed is not well-formed JSON; it was repaired."
        )


def test_a_cut_before_the_first_item_is_whole_is_said() -> None:
    for cut in range(1, WHOLE.index("<p>0</p>")):
        with pytest.raises(ParseError, match="not readable as JSON"):
            read(WHOLE[:cut])


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("},", "},,").replace("]", ",]"),
        WHOLE.replace('"en"', '"en",'),
        WHOLE.replace("{", "{ // a remark, {\n").replace("],", "], /* another } */"),
        WHOLE.replace('"id": ', '"score": NaN, "rate": -Infinity, "id": '),
        WHOLE.replace('"id": ', '"path": "C:\\x\\q", "id": '),
        WHOLE.replace('"id": ', '"deep": ' + "[" * 5_000 + "]" * 5_000 + ', "id": '),
        WHOLE.replace('"id": ', '"deep": ' + '{"a": ' * 5_000 + "1" + "}" * 5_000 + ', "id": '),
        WHOLE.replace('"id": ', '"none": , "id": '),
        WHOLE.replace('"id": ', '"id": "first", "id": '),
        WHOLE.replace('"id": ', f'"huge": {"9" * 6_000}, "large": 1e999, "id": '),
        WHOLE.replace('"title": "T', '"title": "T\n\t'),
        WHOLE + "\n{}",
        f"\ufeff\ufeff\n{WHOLE}",
        f"onFeed({WHOLE});",
        f"/**/typeof onFeed === 'function' && onFeed({WHOLE});",
        f")]}}',\n{WHOLE}",
        f"// made by hand\n{WHOLE}",
        f"[{WHOLE}]",
        WHOLE.replace('"', "&quot;").replace("<", "&lt;"),
        json.dumps({**json.loads(WHOLE), "items": dict(enumerate(ITEMS))}),
    ],
)
def test_what_is_wrong_around_an_item_costs_none(text: str) -> None:
    feed = read(text)
    assert (feed.title, feed.language) == ("Orbit", "en")
    assert [article.guid for article in feed.articles] == ["0", "1", "2", "3"]
    assert [article.content_html for article in feed.articles] == ["<p>0</p>", "<p>1</p>", "<p>2</p>", "<p>3</p>"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-8-sig"])
def test_json_in_wide_characters(encoding: str) -> None:
    assert len(parse(WHOLE.encode(encoding)).articles) == 4


def test_members_of_other_shapes() -> None:
    item = {
        "id": 1.5,
        "url": "/1",
        "author": "Ann",
        "tags": "harbour",
        "attachments": {"url": "/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": float("nan")},
        "date_published": 1709641815,
    }
    (article,) = read(json.dumps({"version": VERSION, "items": item | {"content_text": "One"}})).articles
    assert (article.guid, article.url, article.authors) == ("1.5", "https://x.example/1", ("Ann",))
    assert (article.categories, article.published) == (("harbour",), 1_709_641_815)
    assert [(e.url, e.length) for e in article.enclosures] == [("https://x.example/1.mp3", None)]


def test_items_like_a_feeds_make_a_feed() -> None:
    assert ids(json.dumps({"items": ITEMS})) == ["0", "1", "2", "3"]


def test_an_empty_feed_with_a_comma_too_many_is_empty() -> None:
    assert ids(f'{{"version": "{VERSION}", "items": [],}}') == []


@pytest.mark.parametrize(
    "text",
    ['{"items": [1, 2]}', '{"items": {"a": {"b": 1}}}', '[{"title": "x"}]', '"x"', '{"a": 1', "[1, 2", "{}", "[]"],
)
def test_other_json_is_no_feed(text: str) -> None:
    with pytest.raises(ParseError):
        read(text)


def test_a_text_with_brackets_in_it_is_no_json() -> None:
    with pytest.raises(NotAFeed, match="plain text"):
        read("See jsonfeed.org for more (and {this})")


@pytest.mark.slow
@pytest.mark.parametrize(
    "flood",
    ['{"a":"' + "\\\\" * 500_000, '{"items":[' + '{"a":[' * 100_000, "{" + "/*" * 300_000, '{"a":' + "," * 500_000],
)
@pytest.mark.timeout(5)
def test_floods_cost_no_more_than_their_size(flood: str) -> None:
    with pytest.raises(ParseError):
        read(flood)
