"""The arithmetic of the lists: which line belongs to which row, which day to which heading."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from newsreader.model import ArticleHead, Counts, Listing, Query, Scope, Source, SourceKind
from newsreader.text import cell_width
from newsreader.ui.article_rows import ArticleRows, day_sections
from newsreader.ui.roll import Roll
from newsreader.ui.rows import Rows
from newsreader.ui.signs import NO_SIGN, Sign, in_short, sign_of
from newsreader.ui.source_list import SourceRows
from newsreader.ui.source_rows import Shelf, source_rows
from tests.ui.world import DAY, HOUR, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

AGES = st.lists(st.integers(-DAY, 800 * DAY), max_size=60)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def listing_of(ages: list[int]) -> Listing:
    moments = tuple(sorted((NOW - age for age in ages), reverse=True))
    return Listing(tuple(range(len(moments), 0, -1)), moments)


def head(number: int, title: str = "Title", *, words: int = 1_000, author: str | None = None) -> ArticleHead:
    return ArticleHead(
        id=number,
        source_id=1,
        source_title="Source",
        title=title,
        url=None,
        author=author,
        published=None,
        sort_at=NOW - 720,
        words=words,
        read=False,
        bookmarked=True,
        full_text=False,
        stub=False,
    )


def plain(name: str) -> Style:
    del name
    return Style()


def check_geometry(rows: Rows[object]) -> None:
    """Rows lie one below the other without holes, and every line knows its row."""
    line = 0
    for row in range(len(rows)):
        assert rows.top(row) == line
        assert 1 <= rows.body(row) <= rows.height(row)
        for inside in range(rows.height(row)):
            if line + inside < rows.lines:
                assert rows.row_at(line + inside) == row
        line += rows.height(row)
    if len(rows):
        last = len(rows) - 1
        assert rows.lines in {line, rows.top(last) + rows.body(last)}
    for row in range(len(rows)):
        key = rows.key(row)
        if key is not None:
            assert rows.find(key) == row


@given(AGES, st.integers(1, 3))
def test_every_line_of_the_article_list_belongs_to_its_row(ages: list[int], pitch: int) -> None:
    roll = Roll.of(listing_of(ages))
    rows = ArticleRows(roll, {}, NOW, one_source=False, pitch=pitch)
    check_geometry(rows)  # type: ignore[arg-type]  # rows of ints are rows of objects here: nothing is put in
    assert [rows.key(row) for row in range(len(rows)) if rows.key(row) is not None] == list(roll[:])


@given(AGES)
def test_sections_cover_all_articles_once_in_order(ages: list[int]) -> None:
    listing = listing_of(ages)
    sections = day_sections(listing.sort_at, NOW)
    starts = [start for _, start in sections]
    assert starts == sorted(set(starts))
    assert bool(starts) == bool(ages)
    assert not starts or starts[0] == 0
    names = [name for name, _ in sections]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("age", "name"),
    [
        (-HOUR, "Today"),
        (0, "Today"),
        (17 * HOUR, "Today"),
        (19 * HOUR, "Yesterday"),
        (2 * DAY, "Saturday"),
        (6 * DAY, "Tuesday"),
        (7 * DAY, "Earlier in November"),
        (40 * DAY, "October"),
        (400 * DAY, "October 2025"),
    ],
)
def test_a_day_has_its_name(age: int, name: str) -> None:
    assert datetime.fromtimestamp(NOW, UTC).isoformat() == "2026-11-23T18:00:00+00:00"
    assert day_sections((NOW - age,), NOW) == ((name, 0),)


@given(
    st.text(max_size=200).map(lambda text: "".join(letter for letter in text if letter.isprintable())),
    st.integers(0, 120),
)
def test_a_row_is_never_wider_than_its_pane(title: str, width: int) -> None:
    for pitch in (1, 2, 3):
        heads = {1: head(1, title)._replace(comments=1_234)}
        rows = ArticleRows(Roll((1,), (NOW - 720,)), heads, NOW, one_source=False, pitch=pitch, width=width)
        for line in range(rows.body(1)):
            drawn = "".join(segment.text for segment in rows.draw(1, line, width, plain))
            assert cell_width(drawn) <= max(width, 16)


@pytest.mark.parametrize(
    ("comments", "width", "facts"),
    [
        (12, 50, "Source · 1,000 words · 5 min · 12 comments"),
        (1, 50, "Source · 1,000 words · 5 min · 1 comment"),
        (12, 40, "Source · 5 min · 12 comments"),
        (12, 30, "Source · 5 min"),
        (0, 50, "Source · 1,000 words · 5 min"),
        (None, 50, "Source · 1,000 words · 5 min"),
    ],
)
def test_comments_are_counted_where_there_is_room_for_it(comments: int | None, width: int, facts: str) -> None:
    heads = {1: head(1)._replace(comments=comments)}
    rows = ArticleRows(Roll((1,), (NOW - 720,)), heads, NOW, one_source=False, width=width)
    drawn = "".join(segment.text for segment in rows.draw(1, 1, width, plain))
    assert drawn.replace("★", "").strip() == facts
    assert cell_width(drawn) <= width


LONG = "A quieter way to cool a data centre that was built where the old tram depot stood"


def lines_of(pitch: int, width: int, shown: ArticleHead) -> list[str]:
    rows = ArticleRows(Roll((1,), (NOW - 720,)), {1: shown}, NOW, one_source=False, pitch=pitch, width=width)
    lines = ("".join(segment.text for segment in rows.draw(1, line, width, plain)) for line in range(rows.body(1)))
    return [line.rstrip() for line in lines]


def test_a_long_title_takes_the_line_that_is_left_empty_below_a_short_one() -> None:
    assert lines_of(2, 60, head(1, LONG)) == [
        " ● A quieter way to cool a data centre that was buil…  12 m",
        "   Source · 1,000 words · 5 min                           ★",
    ]
    assert lines_of(3, 60, head(1, LONG)) == [
        " ● A quieter way to cool a data centre that was built  12 m",
        "   where the old tram depot stood",
        "   Source · 1,000 words · 5 min                           ★",
    ]
    assert len(lines_of(3, 60, head(1))) == 2


def test_a_compact_row_is_one_line_with_the_sign_the_title_the_source_and_the_age() -> None:
    assert lines_of(1, 60, head(1, LONG)) == [" ● A quieter way to cool a data…  ★  Source            12 m"]
    assert lines_of(1, 32, head(1, LONG)) == [" ● A quieter way to co… ★  12 m"]


def test_a_row_is_as_old_as_its_place_in_the_list() -> None:
    saved = head(1)._replace(sort_at=NOW - 3_600, published=NOW - 3 * 365 * DAY)
    assert lines_of(2, 80, saved)[0].endswith(" 1 h")


def test_a_row_says_what_one_wants_to_know() -> None:
    heads = {1: head(1, author="Ada")}
    rows = ArticleRows(Roll((1,), (NOW - 720,)), heads, NOW, one_source=False, pitch=2)
    assert "".join(segment.text for segment in rows.draw(1, 0, 40, plain)) == " ● Title" + " " * 27 + "12 m "
    assert (
        "".join(segment.text for segment in rows.draw(1, 1, 40, plain)).split()
        == "Source · 1,000 words · 5 min ★".split()
    )
    own = ArticleRows(Roll((1,), (NOW - 720,)), heads, NOW, one_source=True, pitch=2)
    assert "".join(segment.text for segment in own.draw(1, 1, 40, plain)).split()[0] == "Ada"


def test_a_row_of_a_story_says_of_how_many_sources_it_is() -> None:
    rows = ArticleRows(Roll.of(Listing((1,), (NOW,))), {1: head(1)._replace(sources=4)}, NOW, one_source=False)
    for width, said in (
        (60, "Source · 4 sources · 1,000 words · 5 min"),
        (34, "Source · 4 sources · 5 min"),
        (26, "Source · 4 sources"),
    ):
        assert "".join(segment.text for segment in rows.draw(1, 1, width, plain)).strip(" ★") == said


def test_names_from_right_to_left_turn_nothing_else_round() -> None:
    heads = {1: head(1, "العبّارة 3")._replace(source_title="صوت الميناء")}
    rows = ArticleRows(Roll((1,), (NOW - 720,)), heads, NOW, one_source=False, pitch=2)
    first, second = ("".join(segment.text for segment in rows.draw(1, line, 60, plain)) for line in range(2))
    assert first.startswith(" ● \u2066العبّارة 3\u2069 ")
    assert second.startswith("   \u2066صوت الميناء\u2069 · 1,000 words")
    assert cell_width(first) == cell_width(second) == 60


@pytest.mark.parametrize(
    ("shown", "width", "said"),
    [
        (head(1), 60, "Source · 1,000 words · 5 min"),
        (head(1), 36, "Source · 1,000 words · 5 min"),
        (head(1), 34, "Source · 5 min"),
        (head(1, words=60)._replace(stub=True), 60, "Source · stub, 60 words"),
        (head(1, words=0)._replace(stub=True), 60, "Source · stub, no text"),
        (head(1, words=0)._replace(stub=True, media="ppp"), 60, "Source · 3 pictures"),
        (head(1, words=9)._replace(stub=True, media="p"), 60, "Source · picture, 9 words"),
        (head(1, words=40)._replace(stub=True, media="v"), 60, "Source · video, 40 words"),
        (head(1, words=0)._replace(stub=True, media="a"), 60, "Source · recording"),
        (head(1, words=0), 60, "Source · no text"),
        (head(1, words=40)._replace(media="v"), 60, "Source · video, 40 words"),
        (head(1)._replace(percent=38), 60, "Source · 38 % of 5 min"),
        (head(1)._replace(percent=38), 26, "Source · 38 %"),
        (head(1)._replace(percent=100), 60, "Source · 1,000 words · 5 min"),
    ],
)
def test_a_row_says_before_opening_what_one_will_get(shown: ArticleHead, width: int, said: str) -> None:
    rows = ArticleRows(Roll((1,), (NOW - 720,)), {1: shown}, NOW, one_source=False, pitch=2)
    assert "".join(segment.text for segment in rows.draw(1, 1, width, plain)).replace("★", "").strip() == said


def test_a_row_whose_head_is_not_here_yet_is_empty() -> None:
    rows = ArticleRows(Roll((1,), (NOW,)), {}, NOW, one_source=False, pitch=2)
    assert rows.draw(1, 0, 40, plain) == []


def source(number: int, folder: str | None, *, unread: int = 0, error: str | None = None) -> Source:
    kind = SourceKind.BUILTIN if number == 9 else SourceKind.FEED
    return Source(number, f"Source {number}", "https://x.test", kind, folder, None, unread, 10, error, None, None)


SOURCES = (
    source(1, None),
    source(2, "World", unread=3),
    source(3, "World", error="It is gone."),
    source(4, "Science", unread=1),
    source(9, None),
)


@pytest.mark.parametrize("folded", [frozenset(), frozenset({"World"}), frozenset({"World", "Science"})])
def test_every_line_of_the_source_list_belongs_to_its_row(folded: frozenset[str]) -> None:
    rows = SourceRows(source_rows(Shelf(Counts(4, 40, 2, 1), SOURCES), folded))
    check_geometry(rows)  # type: ignore[arg-type]  # as above


def signs(source: Source) -> Sign:
    return sign_of(source, now=NOW)


def drawn(number: int, sign: Sign, width: int = 30) -> str:
    """A source's lines as the list draws them."""
    rows = SourceRows(
        source_rows(Shelf(sources=SOURCES), frozenset(), lambda each: sign if each.id == number else NO_SIGN)
    )
    row = rows.find(Query(Scope.SOURCE, source_id=number))
    assert row is not None
    return "\n".join(
        "".join(segment.text for segment in rows.draw(row, line, width, plain)) for line in range(rows.height(row))
    )


def test_the_source_list_begins_with_the_built_in_lists_and_ends_with_the_handbook() -> None:
    rows = source_rows(Shelf(Counts(4, 40, 2, 1), SOURCES), frozenset())
    assert [row.name for row in rows if row.query] == [
        "Unread", "All", "Today", "Continue reading", "Later", "Bookmarks", "Source 1", "World", "Source 2",
        "Source 3", "Science", "Source 4", "Source 9",
    ]  # fmt: skip
    assert next(row.count for row in rows if row.name == "World") == 3


def test_a_folded_folder_hides_its_sources_but_not_their_trouble() -> None:
    rows = source_rows(Shelf(Counts(4, 40, 2, 1), SOURCES), frozenset({"World"}), signs)
    world = next(row for row in rows if row.name == "World")
    assert world.sign.loud
    assert world.fold == "▸"
    assert "Source 2" not in [row.name for row in rows]


def test_a_source_in_trouble_gives_the_reason_and_the_key() -> None:
    assert drawn(3, signs(SOURCES[2])).split("\n") == ["   ▲ Source 3" + " " * 17, "     It is gone: e"]


def test_a_long_reason_is_cut_before_the_key() -> None:
    words = drawn(3, Sign(reason="a reason that is longer than the column is wide", key="ctrl+e", loud=True))
    assert words.endswith("…: ctrl+e")
    assert all(cell_width(line) <= 30 for line in words.split("\n"))


def test_what_is_no_error_is_quieter() -> None:
    ended = sign_of(SOURCES[2]._replace(retired=True), now=NOW)
    silent = sign_of(SOURCES[3]._replace(silent_since=NOW - 94 * DAY), now=NOW)
    moved = sign_of(SOURCES[2]._replace(offer="https://new.test/feed"), now=NOW)
    assert [each.loud for each in (ended, silent, moved)] == [False] * 3
    assert drawn(3, ended).rstrip().endswith("ended")
    assert drawn(9, silent).rstrip().endswith("silent 94 d")
    assert "▲" not in drawn(3, ended) + drawn(9, silent)
    assert "▲ Source 3" in drawn(3, moved)
    assert drawn(3, moved).endswith("moved, offer: e")


def test_a_source_that_is_held_back_is_in_no_trouble() -> None:
    held = sign_of(SOURCES[2], now=NOW, held_until=NOW + 90 * 60)
    assert held == Sign(reason="waits until 19:30")
    assert sign_of(SOURCES[2], now=NOW, held_until=NOW + DAY).reason == "waits until Tue 18:00"
    assert sign_of(SOURCES[2], now=NOW, held_until=NOW - 1).loud


def test_a_status_is_said_in_two_words() -> None:
    assert in_short("wire.test answered 403: it blocks readers, or this is not public. Look.") == "403, blocks readers"
    assert (
        in_short("wire.test answered 500: the server has a fault. It will be tried.") == "500, the server has a fault"
    )
    assert in_short("This is a web page, not a feed.") == "This is a web page, not a feed"


@given(st.dictionaries(st.integers(0, 99), st.integers(0, 50)), st.sets(st.integers(0, 99)))
def test_a_roll_keeps_the_order_of_the_library(moments: dict[int, int], chosen: set[int]) -> None:
    def part(ids: set[int]) -> Listing:
        order = sorted(((moments[number], number) for number in ids), reverse=True)
        return Listing(tuple(number for _, number in order), tuple(moment for moment, _ in order))

    everything = set(moments)
    roll = Roll.of(part(everything & chosen)).with_more(part(everything))
    assert roll[:] == part(everything).ids
    assert tuple(roll.moments) == part(everything).sort_at
    assert [roll.place_of(each, moments[each]) for each in roll[:]] == list(range(len(everything)))
    assert [roll.place_of(each) for each in roll[:]] == list(range(len(everything)))
    assert roll.place_of(100, 7) is None
    assert roll.without(chosen)[:] == part(everything - chosen).ids
