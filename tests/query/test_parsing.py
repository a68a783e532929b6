from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.query import (
    All,
    Any,
    Dated,
    Has,
    Is,
    Length,
    Name,
    Named,
    Node,
    Not,
    Order,
    Place,
    State,
    Thing,
    Told,
    Words,
    parse,
    seconds_of,
    while_typing,
    written,
)
from newsreader.query.reading import MAX_DEPTH, MAX_TERM, MAX_TERMS, MAX_TEXT

A, B, C = Words("a"), Words("b"), Words("c")

UNDERSTOOD: list[tuple[str, Node | None]] = [
    ("", None),
    ("  \t ", None),
    ("a", A),
    ("a b", All((A, B))),
    ("a AND b", All((A, B))),
    ("a OR b", Any((A, B))),
    ("a or b", All((A, Words("or"), B))),
    ("a b OR c", All((A, Any((B, C))))),
    ("(a b) OR c", Any((All((A, B)), C))),
    ("a (b (c))", All((A, B, C))),
    ("-a", Not(A)),
    ("NOT a", Not(A)),
    ("NOT (a OR b)", Not(Any((A, B)))),
    ("-(-a)", A),
    ("--a", A),
    ("a-b", Words("a-b")),
    ("a - b", All((A, B))),
    ("a & b", All((A, B))),
    ('"a  b"', Words("a b")),
    ("“a b”", Words("a b")),
    ('"a b"*', Words("a b", begun=True)),
    ("harb*", Words("harb", begun=True)),
    ("title:a", Words("a", place=Place.TITLE)),
    ('author:"a b"', Words("a b", place=Place.AUTHOR)),
    ("TITLE:a*", Words("a", begun=True, place=Place.TITLE)),
    ("is:Unread", Is(State.UNREAD)),
    ("-is:unread", Not(Is(State.UNREAD))),
    ("has:note", Has(Thing.NOTE)),
    ('source:"a b"', Named(Name.SOURCE, "a b")),
    ("folder:a tag:b", All((Named(Name.FOLDER, "a"), Named(Name.TAG, "b")))),
    ("link:https://x.example/?a=b", Named(Name.LINK, "https://x.example/?a=b")),
    ("category:#Ferries", Named(Name.CATEGORY, "Ferries")),
    ('category:"night ferry"', Named(Name.CATEGORY, "night ferry")),
    ("lang:pt-BR", Named(Name.LANG, "pt-br")),
    ("since:2d", Dated("2d")),
    ("since:3weeks", Dated("3w")),
    ("before:2026-11-1", Dated("2026-11-01", before=True)),
    ("since:Yesterday", Dated("yesterday")),
    ("words:>500", Length(501)),
    ("words:>=500", Length(500)),
    ("words:<100", Length(None, 99)),
    ("words:<0", Length(None, -1)),
    ("words:1,200", Length(1200, 1200)),
    ("words:800..200", Length(200, 800)),
    ("story:>2", Told(3)),
    ("story:2..5", Told(2, 5)),
    ("story:1", Told(1, 1)),
    ("https://x.example/a", Words("https://x.example/a")),
    ("std::vector", Words("std::vector")),
    ("10:30", Words("10:30")),
    ("Paris: a", All((Words("Paris:"), A))),
    ("()", None),
    ('""', None),
    ("🚀", Words("🚀")),
    ("東京", Words("東京")),
    ("C++ don't", All((Words("C++"), Words("don't")))),
]


@pytest.mark.parametrize(("text", "node"), UNDERSTOOD)
def test_what_a_query_means(text: str, node: Node | None) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert parsed.mistakes == ()


WRONG = [
    ("is:unraed ferry", "unraed", "unread", "There is no “is:unraed”; did you mean “is:unread”?"),
    ("is:starred", "starred", "bookmarked", "There is no “is:starred”; did you mean “is:bookmarked”?"),
    ("has:zebra", "zebra", None, "There is no “has:zebra”. has: takes note, comments, enclosure, image and highlight."),
    ("a fodler:b", "fodler", "folder", "There is no filter “fodler:”; did you mean “folder:”?"),
    ("topic:b", "topic", "category", "There is no filter “topic:”; did you mean “category:”?"),
    ("feed:b", "feed", "source", "There is no filter “feed:”; did you mean “source:”?"),
    ("zzz:b", "zzz", None, "There is no filter “zzz:”. Words with a colon are found in quotation marks."),
    ("before:2026-13-01", "2026-13-01", None, "“2026-13-01” is no date. before: takes 12h, 2d, 3w, 6m, 1y, today, "),
    ("since:yestreday", "yestreday", "yesterday", "“yestreday” is no date; did you mean “since:yesterday”?"),
    ("words:many", "many", None, "“many” is no number of words. words: takes >500, <100, 300 or 200..800."),
    ("lang:German", "German", "de", "“German” is no language; did you mean “lang:de”?"),
    ("story:big", "big", None, "“big” is no number of sources. story: takes >2, >=3, 4 or 2..5: how many"),
    ("sort:latest", "latest", "newest", "There is no “sort:latest”; did you mean “sort:newest”?"),
    ("is: ferry", "is:", None, "is: needs its value right behind it."),
    ('-title:"" ferry', 'title:""', None, "title: needs its value right behind it."),
    ("title:(a OR b)", "title:", None, "title: belongs to one value: (title:one OR title:other)."),
    ("a -sort:oldest", "sort:oldest", None, "sort: puts a list in order; it can leave nothing out."),
    ("sort:oldest a sort:title", "sort:title", None, "A list has one order; sort:oldest is named before."),
    ("OR a", "OR", None, "OR stands between two: one OR other."),
    ("(a OR) b", "OR", None, "OR stands between two: one OR other."),
    ("a)", ")", None, "Nothing was opened that this parenthesis could close."),
]


@pytest.mark.parametrize(("text", "piece", "meant", "sentence"), WRONG)
def test_a_mistake_is_shown_where_it_stands(text: str, piece: str, meant: str | None, sentence: str) -> None:
    (mistake,) = parse(text).mistakes
    assert text[mistake.start : mistake.end] == piece
    assert mistake.meant == meant
    assert mistake.sentence.startswith(sentence)
    assert not mistake.unfinished


def test_what_is_meant_in_the_place_of_a_mistake_is_none() -> None:
    for text, *_ in WRONG:
        (mistake,) = parse(text).mistakes
        if mistake.meant:
            assert parse(f"{text[: mistake.start]}{mistake.meant}{text[mistake.end :]}").mistakes == ()


UNFINISHED = [
    ("ferry is:", Words("ferry")),
    ("ferry is:unr", Words("ferry")),
    ("since:2", None),
    ("since:2026-", None),
    ("words:>", None),
    ('"a b', Words("a b")),
    ('"a b*', Words("a b", begun=True)),
    ("(a", A),
    ("-(a OR (b", Not(Any((A, B)))),
    ("a OR", A),
    ("a OR ", A),
    ("a NOT", A),
]


@pytest.mark.parametrize(("text", "node"), UNFINISHED)
def test_what_is_not_typed_out_is_no_mistake_yet(text: str, node: Node | None) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert parsed.mistakes
    assert all(mistake.unfinished for mistake in parsed.mistakes)


def test_a_mistake_leaves_the_rest_as_it_stands() -> None:
    parsed = parse("a -is:unraed OR b zzz:x (fodler:x) sort:bad")
    assert parsed.node == All((A, B))
    assert len(parsed.mistakes) == 4
    assert parsed.order is Order.NEWEST


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("harb", "harb*"),
        ("night ferr", "night ferr*"),
        ("title:harb", "title:harb*"),
        ("a OR harb", "a OR harb*"),
        ("(harb", "(harb*"),
        ("eu", "eu"),
        ("harb ", "harb "),
        ('"harb"', '"harb"'),
        ('"harb', '"harb*'),
        ('"night ferr', '"night ferr*'),
        ('title:"night ferr', 'title:"night ferr*'),
        ('"night ', '"night '),
        ('"eu', '"eu'),
        ("harb*", "harb*"),
        ("-harb", "-harb"),
        ("is:unread", "is:unread"),
        ("source:harb", "source:harb"),
        ("a OR", "a OR"),
        ("", ""),
    ],
)
def test_the_last_word_may_go_on_while_it_is_typed(text: str, query: str) -> None:
    assert while_typing(text) == query


def test_sorting_is_no_condition() -> None:
    parsed = parse("sort:oldest a OR b")
    assert parsed.node == Any((A, B))
    assert parsed.order is Order.OLDEST
    assert parsed.text == "(a OR b) sort:oldest"


def test_a_pasted_text_is_cut_and_said_so() -> None:
    parsed = parse("word " * 500)
    assert isinstance(parsed.node, All)
    assert len(parsed.node.parts) == MAX_TERMS
    assert len(parsed.mistakes) == 1
    assert len(parse("x" * (2 * MAX_TEXT)).mistakes) == 1
    assert parse("x" * MAX_TEXT).node == Words("x" * MAX_TERM)
    assert parse("(" * 1_000).node is None
    deep = f"{'(' * MAX_DEPTH}a{')' * MAX_DEPTH}"
    assert parse(deep).mistakes == ()
    assert parse(f"({deep})").mistakes


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


NOW = 1_795_456_800  # 2026-11-23T18:00:00Z


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2h", NOW - 7_200),
        ("2d", NOW - 2 * 86_400),
        ("99999y", 631_152_000),
        ("today", NOW - 18 * 3_600),
        ("yesterday", NOW - 42 * 3_600),
        ("2026-11-01", 1_793_491_200),
        ("2026-11", 1_793_491_200),
        ("2026", 1_767_225_600),
        ("0001-01-01", 631_152_000),
        ("9999-12-31", 253_402_300_799),
    ],
)
def test_moments(moment: str, seconds: int, utc: None) -> None:
    assert parse(f"since:{moment}").node == Dated(moment)
    assert seconds_of(moment, NOW) == seconds


SYMBOLS = [*"\"-()*^:+{}%_é \\'“\x00\ud800　"]
TEXTS = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "is:",
    "source:",
    "title:",
    "since:",
    "is:unread",
    "ferry",
    "東京",
    "words:>",
    "2d",
]
PIECES = st.sampled_from([*SYMBOLS, *TEXTS])
ANYTHING = st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join))


@given(ANYTHING)
def test_no_text_raises_and_reading_what_is_written_gives_the_same(text: str) -> None:
    parsed = parse(text)
    assert all(0 <= mistake.start < mistake.end <= len(text) for mistake in parsed.mistakes)
    again = parse(parsed.text)
    assert again.node == parsed.node
    assert again.order == parsed.order
    assert again.mistakes == ()
    typed = parse(while_typing(text))
    assert typed.mistakes == parsed.mistakes


WORDS = st.builds(
    Words,
    st.sampled_from(["a", "b c", "OR", "is:x", "-d", "don't", "x*y"]),
    begun=st.booleans(),
    place=st.sampled_from(Place),
)
LEAVES = st.one_of(
    WORDS,
    st.builds(Named, st.sampled_from([each for each in Name if each is not Name.LANG]), st.sampled_from(["a", "b c"])),
    st.builds(Is, st.sampled_from(State)),
    st.builds(Has, st.sampled_from(Thing)),
    st.builds(Length, st.integers(0, 9), st.none()),
    st.builds(Told, st.integers(0, 9), st.none()),
    st.builds(Dated, st.sampled_from(["2d", "today", "2026-11"]), before=st.booleans()),
)


def shape(node: Node) -> Node:
    """The node as the reader would make it: flat, and no Not of a Not."""
    parsed = parse(written(node)).node
    assert parsed is not None
    return parsed


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda node: node.part if isinstance(node, Not) else Not(node)),
        st.lists(inner.filter(lambda node: not isinstance(node, All)), min_size=2, max_size=3).map(
            lambda p: All(tuple(p))
        ),
        st.lists(inner.filter(lambda node: not isinstance(node, Any)), min_size=2, max_size=3).map(
            lambda p: Any(tuple(p))
        ),
    ),
    max_leaves=12,
)


@given(TREES)
def test_what_is_written_means_the_same(node: Node) -> None:
    assert parse(written(node)).node == node


def test_nodes_are_equal_to_their_own_kind_alone_and_stay_as_they_are() -> None:
    assert Is(State.READ) != Has(Thing.NOTE)
    assert Length(3, None) != Told(3, None)
    assert {Length(3, None), Length(3, None), Told(3, None)} == {Told(3, None), Length(3, None)}
    assert repr(Not(Is(State.READ))) == f"Not(Is({State.READ!r}))"
    with pytest.raises(AttributeError, match="stays as it is"):
        Is(State.READ).__setattr__("state", State.UNREAD)
