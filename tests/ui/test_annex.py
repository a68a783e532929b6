"""What stands under an article: the others of its story, what is related, read in place and left to the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from newsreader.model import ArticleHead, Placed, Query, Scope
from newsreader.text import cell_width
from newsreader.ui.annex import Annex, Entry, annex_lines
from newsreader.ui.page_links import ARTICLE, linked_article
from newsreader.ui.pieces import ISOLATES
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, NOW, article, body, fill

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.store import Store

GAZETTE, WIRE, LATER = "Harbour town keeps its ferry", "Ferry to sail on", "What the moth counters learned"


def told(store: Store) -> dict[str, int]:
    """Two articles of one story in two sources, and one of another."""
    ids = fill(
        store,
        {
            "The Coast Gazette": (article(GAZETTE, HOUR, body(30)),),
            "Northern Wire": (article(WIRE, 3 * HOUR, body(6)),),
            "Field Notes": (article(LATER, 4 * HOUR),),
        },
    )
    heads = {head.title: head.id for head in store.heads(store.listing(Query(Scope.ALL)).ids)}
    first, second = sorted((heads[GAZETTE], heads[WIRE]))
    store.place([Placed(first, first), Placed(second, first)], 0)
    return ids


async def to_the_end(here: Desk) -> None:
    await here.press("enter")
    await here.until(lambda: here.main.reading.annex is not None)
    await here.press("G")


async def test_under_an_article_stand_the_others_of_its_story(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        assert "This story · 2 sources" in here.text
        assert "first: Northern Wire, 3 hours ago" in here.text
        assert f"● {WIRE}" in here.text
        assert here.main.reader.percent == 100


async def test_one_is_read_in_place_and_escape_comes_back_to_the_same_line(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        top = here.main.reader.top
        await here.press("tab", "enter")
        assert here.title == WIRE
        assert here.main.reader.top == 0
        assert here.cursor == GAZETTE
        await here.press("escape")
        assert here.title == GAZETTE
        assert here.main.reader.top == top
        await here.until(lambda: f"● {WIRE}" not in here.text)  # it is read now
        assert f"{WIRE}" in here.text


async def test_right_shows_how_one_begins(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        before = here.main.reader.sheet
        await here.press("tab", "l")
        assert before is not None
        assert here.main.reader.sheet is not None
        assert here.main.reader.sheet.height > before.height
        await here.press("l")
        assert here.main.reader.sheet.height == before.height


async def test_what_is_alone_has_nothing_under_it(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await here.press("G", "enter")
        assert here.title == LATER
        await here.until(lambda: here.main.reading.annex is not None)
        assert "This story" not in here.text


def head(id_: int, title: str, source: str, *, read: bool) -> ArticleHead:
    return ArticleHead(id_, 1, source, title, None, None, NOW, NOW - 60, 9, read, False, False, False)


@given(
    st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20), st.booleans(), st.text(max_size=90)), max_size=3),
    st.integers(12, 120),
)
def test_no_line_is_wider_than_the_measure_and_titles_are_links(
    rows: list[tuple[str, str, bool, str]], measure: int
) -> None:
    entries = tuple(
        Entry(head(number, title or "Untitled", source, read=read), copy=read, lead=lead)
        for number, (title, source, read, lead) in enumerate(rows)
    )
    annex = Annex(99, entries, 3, entries[0].head if entries else None, entries, frozenset(range(9)))
    lines = list(annex_lines(annex, NOW, measure))
    assert all(cell_width(line.full.translate(ISOLATES)) <= measure for line in lines)
    links = {piece.link for line in lines for piece in line.body if piece.link}
    assert {linked_article(link) for link in links} <= {*range(len(rows))}
    assert bool(lines) == bool(rows)


def test_only_the_address_of_an_article_here_is_one() -> None:
    assert linked_article(f"{ARTICLE}12") == 12
    assert [linked_article(other) for other in (ARTICLE, "https://example.org/article:12", "#12", "article:x")] == [
        None
    ] * 4
