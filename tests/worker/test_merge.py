from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import bounds
from newsreader.model import NO_IDENTITY, Enclosure, ParsedArticle, ParsedFeed
from newsreader.text import normalised_url, short_identity
from newsreader.worker.merge import comment_counts, content_hash, merge, sort_time

NOW = 1_795_456_800


def identities(*articles: ParsedArticle, known: dict[str, str] | None = None) -> list[str]:
    return [merged.identity for merged in merge(ParsedFeed(articles=articles), known or {}, NOW)]


def test_the_guid_is_the_identity_else_the_address_else_a_hash() -> None:
    with_guid = ParsedArticle(guid="tag:1", url="http://h.test/1", title="One", published=NOW - 3)
    with_url = ParsedArticle(url="http://H.test:80/2?utm_source=feed", title="Two", published=NOW - 2)
    neither = ParsedArticle(title="Three", content_html="x" * 300, published=NOW - 1)
    first, second, third = identities(with_guid, with_url, neither)
    assert (first, second) == ("tag:1", short_identity("https://h.test/2"))
    assert third.startswith("hash:")
    assert identities(neither._replace(content_html="x" * 200 + "changed later")) == [third]
    assert identities(neither._replace(title="Four")) != [third]


def test_a_guid_on_two_addresses_is_no_identity() -> None:
    articles = [ParsedArticle(guid="same", url=f"https://h.test/{number}", title=str(number)) for number in (1, 2)]
    assert identities(*articles) == [short_identity(f"https://h.test/{number}") for number in (2, 1)]


def test_one_address_of_several_articles_is_no_identity() -> None:
    articles = [ParsedArticle(url="https://h.test/status", title=title) for title in ("Outage", "Repaired")]
    assert len(identities(*articles)) == 2
    known = {short_identity("https://h.test/status"): NO_IDENTITY}
    assert set(identities(*articles)) == {identities(article, known=known)[0] for article in articles}


def test_a_guid_or_address_that_was_found_to_be_no_identity_stays_none() -> None:
    address = short_identity("https://h.test/1")
    article = ParsedArticle(guid="same", url="https://h.test/1", title="One")
    assert identities(article, known={"same": NO_IDENTITY}) == [address]
    (by_text,) = identities(article, known={"same": NO_IDENTITY, address: NO_IDENTITY})
    assert by_text.startswith("hash:")


def test_a_front_page_is_no_identity() -> None:
    for front in ("https://h.test", "http://www.h.test/", "https://h.test/?utm_source=rss"):
        articles = [
            ParsedArticle(guid=guid, url=front, title=title) for guid in (None, "https://h.test/") for title in "ab"
        ]
        assert all(identity.startswith("hash:") for article in articles for identity in identities(article))


def test_a_guid_on_two_titles_without_address_is_no_identity() -> None:
    assert len(identities(*(ParsedArticle(guid="same", title=title) for title in ("One", "Two")))) == 2


def test_one_identity_twice_is_the_article_edited_last() -> None:
    old = ParsedArticle(guid="1", url="https://h.test/1", title="Old", updated=NOW - 20)
    new = old._replace(title="New", updated=NOW - 10)
    for order in ((old, new), (new, old)):
        (merged,) = merge(ParsedFeed(articles=order), {}, NOW)
        assert merged.parsed.title == "New"


def test_the_same_address_and_title_fold_into_one() -> None:
    first = ParsedArticle(guid="a", url="https://h.test/1", title="One  thing")
    second = ParsedArticle(guid="b", url="http://h.test/1?utm_medium=rss", title="one thing")
    assert identities(first, second) == ["a"]
    assert identities(first, second, known={"b": "older"}) == ["b"]
    assert len(identities(first, second._replace(title="Another"))) == 2


def test_only_what_is_new_or_changed() -> None:
    article = ParsedArticle(guid="1", title="One")
    same, changed = content_hash(article), content_hash(article._replace(title="Two"))
    assert identities(article, known={"1": same}) == []
    assert identities(article, known={"1": changed}) == ["1"]
    assert identities(article, known={"1": ""}) == ["1"]  # only its status is left: the article comes back


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x"}, {"url": "https://x.test/"}, {"content_html": ""}, {"summary_html": "x"}, {"published": 1},
        {"authors": ("x",)}, {"categories": ("x",)}, {"enclosures": (Enclosure("x"),)}, {"comments_url": "x"},
        {"language": "de"},
    ],
)  # fmt: skip
def test_whatever_is_seen_changes_the_hash(change: dict[str, object]) -> None:
    article = ParsedArticle(guid="1")
    assert content_hash(article._replace(**change)) != content_hash(article)  # type: ignore[arg-type]


def test_the_hash_does_not_mix_fields_up() -> None:
    assert content_hash(ParsedArticle(authors=("a",))) != content_hash(ParsedArticle(categories=("a",)))
    assert content_hash(ParsedArticle(title="ab", guid="c")) != content_hash(ParsedArticle(title="b", guid="ca"))


def test_a_count_of_comments_is_no_edit() -> None:
    article = ParsedArticle(guid="1", comments_count=1, updated=5)
    assert content_hash(article._replace(comments_count=9, updated=7)) == content_hash(article)


def test_the_comments_of_known_articles_are_counted() -> None:
    articles = [ParsedArticle(guid=str(number), title=f"T{number}", comments_count=number) for number in range(3)]
    feed = ParsedFeed(articles=(*articles, ParsedArticle(guid="9", title="T9")))
    known = {"1": "hash", "2": "another", "9": "hash"}
    assert comment_counts(feed, known) == (("1", 1), ("2", 2))
    assert comment_counts(ParsedFeed(articles=(articles[0]._replace(comments_count=None),)), known) == ()


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (NOW - 5, NOW - 3, NOW - 5),
        (None, NOW - 3, NOW - 3),
        (None, None, NOW),
        (NOW + 86_400, None, NOW),
        (0, None, bounds.EARLIEST),
        (-(10**20), None, bounds.EARLIEST),
    ],
)
def test_sort_times_stay_between_1990_and_now(published: int | None, updated: int | None, expected: int) -> None:
    (merged,) = merge(ParsedFeed(articles=(ParsedArticle(published=published, updated=updated),)), {}, NOW)
    assert merged.sort_at == expected


def test_articles_come_oldest_first_and_undated_ones_against_the_document() -> None:
    articles = (
        ParsedArticle(guid="undated, first"),
        ParsedArticle(guid="undated, second"),
        ParsedArticle(guid="old", published=NOW - 100),
        ParsedArticle(guid="new", published=NOW - 50),
    )
    assert identities(*articles) == ["old", "new", "undated, second", "undated, first"]


def test_the_newest_are_taken_of_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_ARTICLES", 3)
    articles = (ParsedArticle(guid=str(number), published=NOW - number) for number in range(10))
    assert identities(*articles) == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://Example.ORG:80/A?utm_source=x&b=1", "https://example.org/A?b=1"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org/?fbclid=1&gclid=2", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a#part"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a#xtor=RSS-1", "https://example.org/a"),
        ("http://example.org/a?b=1&UTM_x=2&c", "https://example.org/a?b=1&c"),
        ("http://example.org/a?b=1&&c&", "https://example.org/a?b=1&c"),
        ("http://example.org/a?b=1&utmost=2", "https://example.org/a?b=1&utmost=2"),
        ("http://[broken", "http://[broken"),
        ("magnet:?xt=urn:btih:1", "magnet:?xt=urn:btih:1"),
    ],
)
def test_addresses_are_compared_in_one_form(url: str, same: str) -> None:
    assert normalised_url(url) == same


text = st.text(max_size=20)
articles = st.builds(
    ParsedArticle,
    guid=st.none() | st.sampled_from(["1", "2"]) | text,
    url=st.none() | st.sampled_from(["http://h.test/1", "https://h.test/2"]) | text,
    title=st.sampled_from(["", "One"]) | text,
    published=st.none() | st.integers(),
    content_html=st.none() | text,
)


@given(st.lists(articles, max_size=8))
def test_identities_are_unique_bounded_and_stable(found: list[ParsedArticle]) -> None:
    feed = ParsedFeed(articles=tuple(found))
    merged = merge(feed, {}, NOW)
    names = [article.identity for article in merged]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 500 for name in names)
    assert bool(merged) == bool(found)
    assert merge(feed, {article.identity: article.content_hash for article in merged}, NOW) == ()


def test_a_clock_before_1990_says_nothing_of_when_an_article_came() -> None:
    dated = ParsedArticle(published=NOW)
    assert sort_time(dated, 100) == NOW
    assert sort_time(ParsedArticle(), 100) == bounds.EARLIEST
