"""Rows that stand for several articles: bursts and stories, folded and unfolded where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.model import Listing, Origin, Placed, Query, Scope, Teller
from newsreader.ui.article_rows import ArticleRows
from newsreader.ui.folding import Folding, Known, Wanted
from newsreader.ui.keys import Where
from newsreader.ui.roll import Roll
from tests.ui.desk import Desk, desk
from tests.ui.test_lists import check_geometry
from tests.ui.world import HOUR, MINUTE, NOW, article, deliver, fill

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.store import Store

BOTH = Wanted(stories=True, bursts=True)
FERRY = (
    "Harbour town votes to keep its night ferry",
    "Ferry noturno continua por dez anos",
    "المدينة تختار العبّارة الليلية",
)
WIRE = ("A quieter way to cool a data centre", *(f"Wire item {number}" for number in range(1, 8)))


def flood(store: Store) -> dict[str, int]:
    """The demo world with a burst of eight of the wire, and the story of the ferry, of three sources."""
    sources = fill(store)
    state = next(each for each in store.fetch_states() if each.title == "Northern Wire")
    store.ingest(state, None, [article(title, 90 * MINUTE + at) for at, title in enumerate(WIRE[1:])])
    upto, leads = store.unplaced(1_000, 1)
    story = next(lead.id for lead in leads if lead.title == FERRY[0])
    store.place([Placed(lead.id, story if lead.title in FERRY else lead.id) for lead in leads], upto)
    return sources


def rows_seen(here: Desk) -> list[str]:
    """The titles of all rows in their order, as they are shown."""
    rows = here.main.articles.rows
    keys = [rows.key(row) for row in range(len(rows))]
    return [head.title for head in here.heads(tuple(key for key in keys if key is not None))]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 4)), st.integers(0, 40)), max_size=60),
    st.sets(st.integers(1, 60)),
    st.integers(0, 2),
)
def test_whatever_is_folded_each_article_is_shown_once_or_behind_its_leader(
    articles: list[tuple[int, int | None, int]], opened: set[int], further: int
) -> None:
    moments = sorted((NOW - hours * HOUR for *_, hours in articles), reverse=True)
    ids = tuple(range(len(articles), 0, -1))
    origins = {id_: Origin(source, story) for id_, (source, story, _) in zip(ids, articles, strict=True)}
    known = Known(dict(list(origins.items())[: len(ids) - further]), {})
    roll = Roll.of(Listing(ids, tuple(moments)))
    folding = Folding(roll, known, BOTH, frozenset(opened))
    shown = [roll[folding.place(spot)] for spot in range(len(folding))]
    assert len(set(shown)) == len(shown)
    assert {*shown} | folding.hidden() == {*ids}
    assert folding.hidden().isdisjoint(shown)
    for place, id_ in enumerate(ids):
        at = shown[folding.spot(place)]
        assert at == (folding.leader(id_) if id_ in folding.hidden() else id_)
    rows = ArticleRows(roll, {}, NOW, one_source=False, folding=folding)
    check_geometry(rows)  # type: ignore[arg-type]  # rows of ints are rows of objects here: nothing is put in
    assert [key for row in range(len(rows)) if (key := rows.key(row)) is not None] == shown


async def test_a_key_folds_a_burst_and_it_unfolds_where_it_is(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=flood) as here:
        await here.press("Z", "d")
        seen = rows_seen(here)
        assert [title for title in seen if title in WIRE] == [WIRE[0]]
        assert "7 more of today" in here.text
        while here.cursor != WIRE[0]:
            await here.press("j")
        line = line_of(here, WIRE[0])
        await here.press("enter")
        assert here.at(Where.ARTICLES)
        at = rows_seen(here).index(WIRE[0])
        assert rows_seen(here)[at : at + 8] == [*WIRE]
        assert line_of(here, WIRE[0]) == line
        await here.press("j", "j", "h")
        assert here.cursor == WIRE[0]
        assert rows_seen(here) == seen
        assert line_of(here, WIRE[0]) == line
        await here.press("l", "enter")
        assert here.title == WIRE[0]
    async with desk(tmp_path) as here:
        assert "7 more of today" in here.text
        await here.press("Z", "d")
        assert {*WIRE} < {*rows_seen(here)}


def line_of(here: Desk, title: str) -> int:
    return next(number for number, line in enumerate(here.text.split("\n")) if title in line and "▌" in line)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (160, "3 sources · first: صوت الميناء 2 h ago"),
        (110, "3 sources · first: صوت ال… 2 h ago"),
        (80, "3 sources"),
    ],
)
async def test_the_row_of_a_story_says_who_told_it_first_by_as_much_of_the_name_as_has_room(
    tmp_path: Path, columns: int, told: str
) -> None:
    async with desk(tmp_path, prepare=flood, size=(columns, 24)) as here:
        await here.press("Z", "s")
        (line,) = (line for line in here.text.split("\n") if "▸ 3 sources" in line)
        said = line.partition("▸")[2].partition("▏")[0].strip()
        assert said.translate({0x2066: None, 0x2069: None}) == told


async def test_a_folded_row_is_marked_and_selected_as_a_whole_and_passed_by_as_one(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=flood) as here:
        await here.press("Z", "d")
        while here.cursor != WIRE[0]:
            await here.press("j")
        await here.press("m")
        await here.until(lambda: all(here.head(title).read for title in WIRE))
        await here.press("u")
        await here.until(lambda: not any(here.head(title).read for title in WIRE))
        await here.press("x")
        assert len(here.main.articles.selected) == 8
        await here.press("escape", "k", "k", "n")
        assert here.title == WIRE[0]
        await here.press("n")
        assert here.title not in WIRE
        assert not here.head(WIRE[1]).read


async def test_what_is_folded_is_read_last_of_all(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=flood) as here:
        await here.press("Z", "d")
        others = [head.id for head in here.heads() if head.title not in WIRE[1:]]
        await here.main.selecting.toggle_read(others)
        await here.until(lambda: all(head.read for head in here.heads(tuple(others))))
        await here.press("n")
        assert here.title == WIRE[1]
        assert WIRE[7] in rows_seen(here)


async def test_a_story_is_one_row_that_says_who_told_it_first(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=flood) as here:
        before = rows_seen(here)
        await here.press("Z", "s")
        seen = rows_seen(here)
        assert [title for title in seen if title in FERRY] == [FERRY[0]]
        assert "3 sources · first:" in here.text
        await here.press("g", "g", "l")
        assert rows_seen(here)[:3] == [*FERRY]
        await here.press("A")
        await here.until(lambda: all(here.head(title).read for title in before))


async def test_what_is_selected_stays_so_when_rows_are_folded_or_grouped_otherwise(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=flood) as here:
        await here.press("x", "j", "j", "x")
        selected = here.main.articles.selected
        assert len(selected) == 2
        for keys in (("Z", "s"), ("Z", "s"), ("B",), ("B",)):
            await here.press(*keys)
            assert here.main.articles.selected == selected
        assert "2 selected" in here.text


async def test_what_comes_in_is_let_into_its_story_and_nothing_moves(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=flood) as here:
        await here.press("Z", "s", "Z", "d")
        await here.press("j", "j", "j")
        cursor = here.cursor
        line = line_of(here, cursor)
        deliver(here.path, "Orbit Weekly", article("Brand new", 0))
        await here.until(lambda: here.main.browsing.waiting == 1)
        await here.press("semicolon")
        assert here.cursor == cursor
        assert line_of(here, cursor) == line
        assert rows_seen(here)[0] == "Brand new"


@pytest.mark.parametrize(
    "query", [Query(Scope.SOURCE, source_id=1), Query(Scope.BOOKMARKS), Query(Scope.ALL, text="a")]
)
def test_a_list_of_one_source_of_what_is_kept_or_found_is_not_folded(query: Query) -> None:
    assert not BOTH.of(query)


def test_the_first_teller_is_known_of_every_story(tmp_path: Path) -> None:
    from newsreader.store import Store

    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        flood(store)
        origins = store.origins(store.listing(Query()).ids)
        (story,) = {origin.story for origin in origins.values()} - {None}
        assert store.first_tellers([story or 0]) == {story: Teller("صوت الميناء", NOW - 2 * HOUR)}
