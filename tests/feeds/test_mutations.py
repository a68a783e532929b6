"""Harmed feeds: see `tests.feeds.mutations`, which also says where feedparser is right."""

from __future__ import annotations

import re
import warnings

import pytest

from newsreader.feeds import parse
from tests.feeds import documents
from tests.feeds.mutations import examine, examine_rest, markers, right
from tests.feeds.shapes import SHAPES, marker, shaped


@pytest.mark.parametrize("seed", range(3 * len(SHAPES)))
def test_whole_feeds_of_every_shape_are_read_whole(seed: int) -> None:
    found = markers(parse(shaped(seed), "https://x.example/feed"))
    assert found == {marker(number) for number in range(len(found))}
    assert len(found) >= 2


@pytest.mark.slow
def test_no_harmed_feed_loses_an_article_that_feedparser_finds() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's own
        assert [finding for seed in range(600) if (finding := examine(seed))] == []


@pytest.mark.slow
def test_harm_in_one_place_changes_no_article_elsewhere() -> None:
    assert [finding for seed in range(1_500) if (finding := examine_rest(seed))] == []


def test_the_oracle_counts_whole_articles_only() -> None:
    inside = b"<title>zq00%dx</title></item>"
    one, two, three, four = (b"<item>" + inside % number for number in range(1, 5))
    body = b"<rss>" + one + b"<!--" + two + b"-->" + three[:-7] + four + b"</item><item>zq005x"
    assert right(body, {f"zq00{n}x" for n in range(1, 6)}) == {"zq001x"}


def articles_of(body: bytes) -> list[str]:
    return [f"{a.title}|{a.url}" for a in parse(body, "https://x.example/").articles]


GOOD = b"<item><title>B</title><link>https://x.example/b</link></item>"


@pytest.mark.parametrize(
    ("broken", "first"),
    [
        (b"<item><title>A<link>https://x.example/a</link></item>", "A|https://x.example/a"),  # no end of the title
        (b"<item>A</title><link>https://x.example/a</link></item>", "|https://x.example/a"),  # no start
        (b"<item><title>A</title><link>https://x.example/a</link>", "A|https://x.example/a"),  # no end of the article
        (b"<title>A</title><link>https://x.example/a</link></item>", "A|https://x.example/a"),  # no start of it
        (b"<item><item><title>A</title><link>https://x.example/a</link></item>", "A|https://x.example/a"),
        (b'<item about="x<y"><title>A</title><link>https://x.example/a</link></item>', "A|https://x.example/a"),
        (
            b"<item><title>A</title><link>https://x.example/a</link><description><![CDATA[x</item>",
            "A|https://x.example/a",
        ),
        (b"<item><title>A</title><link>https://x.example/a</link><description>x]]></item>", "A|https://x.example/a"),
        (b"<item><title>A</title><link>https://x.example/a</link><!-- x</item>", "A|https://x.example/a"),
        (b"<item><title \xff=>A</title><link>https://x.example/a</link></item>", "A|https://x.example/a"),
    ],
)
def test_damage_in_one_article_costs_no_other(broken: bytes, first: str) -> None:
    for good in (GOOD, GOOD * 3):
        body = b"<rss><channel><title>T</title>" + good + broken + good + b"</channel></rss>"
        read = articles_of(body)
        assert [one for one in read if one.startswith("B|")] == ["B|https://x.example/b"] * (2 * good.count(b"<item>"))
        assert first in read


@pytest.mark.parametrize(
    "harm", [b"<title>T & <b></title>", b"<title>T</titel>", b"<p>&nbsp;<br></p>", b"<content>&bad <p>"]
)
def test_damage_in_one_article_changes_nothing_of_another(harm: bytes) -> None:
    xhtml = b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a<br/><b>c</b></p></div></content>'
    entry = b'<entry><id>1</id><title type="html">A &lt;b></title><link href="/1"/>' + xhtml + b"</entry>"
    start = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>' + entry
    sound = parse(start + b"</feed>", "https://x.example/").articles
    harmed = parse(start + b"<entry>" + harm + b"</entry>" + entry + b"</feed>", "https://x.example/").articles
    assert (harmed[0], harmed[-1]) == (sound[0], sound[0])


def test_a_cut_keeps_all_whole_articles_and_leaves_out_the_half_one() -> None:
    body = b"<rss><channel><title>T</title>" + GOOD * 2 + b"<item><title>Half"
    for end in range(body.index(b"<item><title>Half"), len(body)):
        assert articles_of(body[:end]) == ["B|https://x.example/b"] * 2
    assert parse(body).problem == "The feed was cut off: its last article is left out."


@pytest.mark.parametrize("body", [*documents.ALL[:-1], shaped(3), shaped(4)])
def test_a_cut_anywhere_leaves_the_whole_articles_as_they_are(body: bytes) -> None:
    whole = parse(body, "https://x.example/").articles
    ends = [match.end() for match in re.finditer(rb"</(?:item|entry)>", body)]
    assert len(ends) == len(whole)
    for cut in range(ends[0], len(body), 5):
        read = parse(body[:cut], "https://x.example/").articles
        assert read == whole[: sum(end <= cut for end in ends)]


def test_a_broken_feed_keeps_what_it_says_of_itself_and_its_namespaces() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
     xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>https://x.example/</link></channel>
     <item rdf:about="u1"><title>A</titel><d:creator>Ann</d:creator></item>
     <item rdf:about="u2"><title>B</title></item>"""
    feed = parse(body)
    assert (feed.title, feed.link) == ("T", "https://x.example/")
    assert [(a.guid, a.title, a.authors) for a in feed.articles] == [("u1", "A", ("Ann",)), ("u2", "B", ())]


def test_an_article_that_quotes_a_feed_does_not_look_cut() -> None:
    quoted = b"<description><![CDATA[<pre><item></pre>]]></description>"
    body = b"<rss><channel><item><title>A & b</title>" + quoted + b"</i></channel></rss>"
    assert [a.title for a in parse(body).articles] == ["A & b"]


@pytest.mark.parametrize(
    "flood",
    [
        b"<rss><channel><item "
        + b" ".join(b"a%d='x'" % n for n in range(50_000))
        + b"><title>T</title></item></channel></rss>",
        b"<rss><channel><item><title>T " + b"word " * 400_000 + b"\xe9</title></item></channel></rss>",
        b"<rss><channel>" + b"<![CDATA[</item>" * 50_000 + b"]]><item><title>T</title></item></channel></rss>",
        b"<rss><channel><item><title>T</title><a" + b"<!--" * 100_000 + b"</item></channel></rss>",
        b"<rss><channel><item><title>T</title></a>" + b"<b>" * 100_000 + b"</item></channel></rss>",
        b"<rss><channel><item><title>T</title>" + b"<b></c>" * 100_000 + b"</item></channel></rss>",
        b"<!-- x -->" * 20_000 + b"<rss><channel><item><title>T</title></item></channel></rss>",
        b"<rss><channel><item><title>T" + b"&lt;script&gt;" * 100_000 + b"</title></item></channel></rss>",
    ],
)
@pytest.mark.timeout(5)
def test_floods_cost_no_more_than_their_size(flood: bytes) -> None:
    assert [a.title[:1] for a in parse(flood).articles] == ["T"]


@pytest.mark.parametrize(
    ("right_one", "wrong"),
    [
        ("http://purl.org/rss/1.0/", "http://purl.org/rss/1.0/ttp://purl.org/dc/elements/1.1/"),
        ("http://purl.org/rss/1.0/", "http://invented.example/"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/1999/02/22-rdf"),
        ('encoding="UTF-8"', 'encoding="utf-16"'),
    ],
)
def test_a_misspelt_namespace_or_encoding_costs_no_article(right_one: str, wrong: str) -> None:
    body = """<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
     xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>T</title></channel>
     <item rdf:about="u1"><title>A</title></item><item><title>B</item></rdf:RDF>"""
    feed = parse(body.replace(right_one, wrong).encode() + b"\xff")
    assert (feed.title, [a.title for a in feed.articles]) == ("T", ["A", "B"])
