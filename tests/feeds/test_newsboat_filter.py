from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.newsboat_filter import translate
from newsreader.query import parse

EQUAL = [
    ('unread = "yes"', "is:unread"),
    ('unread == "no"', "is:read"),
    ('unread != "yes"', "-is:unread"),
    ('title =~ "ferry"', "title:ferry*"),
    ('title =~ "[Ff]erry|night boat"', 'title:Ferry* OR title:"night boat"*'),
    (r'title =~ "\\bferry\\b"', "title:ferry"),
    ('title =~ ".*(ferry|boat).*"', "title:ferry* OR title:boat*"),
    ('title !~ "bridge"', "-title:bridge*"),
    ('title = "Harbour town"', 'title:"Harbour town"'),
    ('title # "ferry"', "title:ferry"),
    ('author =~ "almada"', "author:almada*"),
    ('content =~ "c\\\\+\\\\+"', "c++"),
    ('link =~ "example\\\\.org/news"', "link:example.org/news"),
    ('rssurl = "https://a.example/feed?x=1"', 'source:"https://a.example/feed?x=1"'),
    ('feedtitle =~ "gazette"', "source:gazette"),
    ('tags # "linux"', "tag:linux"),
    ('tags !# "linux"', "-tag:linux"),
    ("age < 2", "since:2d"),
    ("age <= 2", "since:3d"),
    ("age > 7", "before:8d"),
    ("age >= 7", "before:7d"),
    ("age = 0", "since:1d"),
    ("age between 0:10", "since:11d"),
    ("age between 10:3", "before:3d since:11d"),
    ('flags != ""', "is:bookmarked"),
    ('flags =~ "."', "is:bookmarked"),
    ('enclosure_url != ""', "has:enclosure"),
    ('enclosure_url = ""', "-has:enclosure"),
    ('unread = "yes" and tags # "a" or tags # "b"', "is:unread (tag:a OR tag:b)"),
    ('tags # "a" or tags # "b" and unread = "yes"', "tag:a OR (tag:b is:unread)"),
    ('(tags # "a" or tags # "b") and unread = "yes"', "(tag:a OR tag:b) is:unread"),
    ('((title =~ "a \\"b\\" c"))', None),
    ('unread="yes"and(age<3)', "is:unread since:3d"),
]


@pytest.mark.parametrize(("expression", "query"), EQUAL)
def test_what_has_an_equal_is_translated(expression: str, query: str | None) -> None:
    found = translate(expression)
    assert found.query == query
    if query is not None:
        assert found.reasons == ()
        assert parse(query).mistakes == ()
        assert parse(query).text == query


NO_EQUAL = [
    ('guid = "x"', "guid: the identifiers of articles cannot be searched for here."),
    ('date =~ "Mon"', "date: dates are written out as text in newsboat; age can be searched for."),
    ("articleindex < 5", "articleindex: articles have no number in a list here."),
    ('flags =~ "a"', "flags: here an article is bookmarked or not, without a letter."),
    ('title =~ "^Re: .*x$"', "title: the pattern “^Re: .*x$” is more than words."),
    ('title =~ "[abc]"', "title: the pattern “[abc]” is more than words."),
    ('title =~ "[ab]x"', "title: the pattern “[ab]” is more than words."),
    ('title = ""', "title: there is no word in what is compared."),
    ('age =~ "x"', "age: it is a number of days."),
    ('unread = "maybe"', "unread: it can be “yes” or “no”."),
    ("title > 3", "title: texts are compared by = =~ # and their opposites only."),
    ('moon = "full"', "moon: newsboat has no such attribute."),
    ("unread", "This cannot be read as an expression of newsboat, from “unread” on."),
    ('unread = "yes" and', "This cannot be read as an expression of newsboat, at its end."),
    ('(unread = "yes"', "This cannot be read as an expression of newsboat, at its end."),
    ('unread = "yes") x', "This cannot be read as an expression of newsboat, from “) x” on."),
    ("", "This cannot be read as an expression of newsboat, at its end."),
    ("(" * 1_000, "This cannot be read as an expression of newsboat, from “"),
]


@pytest.mark.parametrize(("expression", "reason"), NO_EQUAL)
def test_what_has_none_is_said(expression: str, reason: str) -> None:
    found = translate(expression)
    assert found.query is None
    assert len(found.reasons) == 1
    assert found.reasons[0].startswith(reason)


def test_a_part_is_not_translated_alone_and_every_reason_is_given_once() -> None:
    found = translate('unread = "yes" and (guid = "a" or guid = "b" or flags =~ "x")')
    assert found.query is None
    assert [reason.partition(":")[0] for reason in found.reasons] == ["guid", "flags"]


WORDS = [
    "unread",
    "title",
    "age",
    "tags",
    "=",
    "=~",
    "#",
    "between",
    "and",
    "or",
    "(",
    ")",
    '"yes"',
    '"a|b"',
    "3",
    "1:4",
    '"',
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_no_expression_raises(expression: str) -> None:
    found = translate(expression)
    assert (found.query is None) == bool(found.reasons)
    if found.query is not None:
        assert parse(found.query).mistakes == ()
        assert parse(found.query).text == found.query
