"""The panel beside the text: an article in short, from its own sentences, each of which leads into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from newsreader.document.blocks import Document, Heading, Paragraph, Text
from newsreader.model import Placed, Query, Scope
from newsreader.text import cell_width
from newsreader.ui.aside import Aside, AsideSheet, Part, Passage, Row, Search
from newsreader.ui.keys import Where
from newsreader.ui.pane_widths import Aside as Place
from newsreader.ui.pane_widths import Choice, panes_in, regions_of
from newsreader.ui.pieces import ISOLATES
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, MINUTE, article, fill, ingest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsreader.store import Store

BRIDGE = "Bridge vote goes seven to six against"
FERRY, MOTHS = "Harbour town keeps its night ferry", "What the moth counters learned"
LEAD = "The council of Port Varrel voted late on Monday to keep the night ferry running for another ten years."


def paragraphs() -> Iterator[Paragraph | Heading]:
    yield Paragraph(Text(f"{LEAD} It had been a long evening in a hall that was built for fewer people."))
    for number in range(12):
        yield Paragraph(
            Text(
                f"Reason number {number} was told by the harbour office of Port Varrel on page {number * 7} of its "
                f"minutes. It took {number + 3} minutes, and nobody in the hall of the council slept through it."
            )
        )
    yield Heading(2, Text("The end of it"))
    yield Paragraph(Text("Without the night ferry the island of Sennet would be eleven kilometres from a doctor."))


def told(store: Store) -> dict[str, int]:
    text = Document(tuple(paragraphs()), "en")
    articles = (article(FERRY, 12 * MINUTE, text), article("A bare line", 2 * HOUR, Document(())))
    return fill(store, {"The Coast Gazette": articles, "Field Notes": (article(MOTHS, 3 * HOUR),)})


async def in_short(here: Desk, kind: str = "s") -> None:
    """Open an article and the panel beside it."""
    await here.press("enter", "i", kind)
    await here.until(lambda: here.main.aside and here.main.aside.shown.parts)
    await here.settle()


async def test_an_article_is_summed_up_beside_its_text_and_escape_leaves_the_text_as_it_was(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await here.press("enter", "j", "j")
        before, region = here.main.reader.top, here.main.reader.region
        await here.press("i")
        assert "s summary   k key points   n names and length" in here.text
        assert "AI is off." in here.text
        await here.press("s")
        await here.until(lambda: "¶1   The council of Port Varrel voted" in here.text)
        assert here.main.at_aside
        assert here.main.reader.region == region  # not a letter of the text moved
        assert "Port Varrel" in here.text
        await here.press("enter")  # it stands there: nothing moves, and there is nothing to go back from
        assert "It is in sight already" in here.text
        await here.press("escape")
        assert not here.main.has_aside
        assert here.at(Where.READER)
        assert here.main.focused is here.main.reader
        assert here.main.reader.top == before


async def test_a_sentence_is_lit_where_it_stands_enter_goes_there_and_escape_comes_back(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told, size=(140, 24)) as here:
        await in_short(here)
        assert "▸ The council of Port Varrel voted" in here.text
        await here.press("G")
        assert here.main.reader.top == 0
        while isinstance(here.main.aside and here.main.aside.target, Search):
            await here.press("k")
        assert "▸ Without the night ferry" not in here.text
        await here.press("enter")
        assert "▸ Without the night ferry" in here.text
        assert here.main.at_aside
        assert here.main.reader.top > 0
        await here.press("escape")
        assert here.main.reader.top == 0
        assert here.main.has_aside
        await here.press("escape")
        assert "▸" not in here.text
        assert here.main.focused is here.main.reader


async def test_in_a_low_window_the_panel_stands_in_place_of_the_text_until_one_goes_there(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told, size=(60, 15)) as here:
        await in_short(here)
        assert "The Coast Gazette" not in here.text
        await here.press("j", "enter")
        assert here.main.focused is here.main.reader
        assert "Summary" not in here.text
        await here.press("escape")
        assert here.main.at_aside
        assert here.main.reader.top == 0
        assert "Summary" in here.text
        await here.press("q")
        assert here.at(Where.READER)


async def test_the_panel_follows_to_the_next_article_and_ends_with_the_text(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await here.press("i", "s")
        await here.until(lambda: "¶1" in here.text)
        assert here.title == FERRY
        await here.press("J", "J")
        await here.until(lambda: here.title == MOTHS and "Reason number" not in here.text)
        assert here.main.at_aside
        await here.press("l")
        assert here.main.focused is here.main.reader
        await here.press("h")
        assert here.main.at_aside
        await here.press("h")
        assert not here.main.has_aside
        assert here.at(Where.ARTICLES)  # from where it was opened


async def test_a_name_leads_to_a_search_of_the_library(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await in_short(here, "n")
        assert here.main.aside is not None
        assert here.main.aside.target == Search("Port Varrel")
        await here.press("enter")
        await here.until(lambda: here.main.browsing.query.text == '"Port Varrel"')
        assert not here.main.has_aside
        assert here.at(Where.ARTICLES)


async def test_what_has_no_sentences_is_answered_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await here.press("j", "i", "s")
        await here.until(lambda: here.main.aside and here.main.aside.shown.parts)
        await here.settle()
        assert "No sentences were found that could stand for this article" in here.text
        await here.press("enter", "j", "i", "x")  # nothing leads anywhere, and x is not in the menu
        assert "k key points" not in here.text


ROWS = st.lists(
    st.tuples(st.text(max_size=120), st.sampled_from(["", "¶1", "¶128", "？"]), st.text(max_size=30), st.booleans()),
    max_size=4,
)


@given(ROWS, ROWS, st.text(max_size=50), st.integers(1, 90))
def test_no_line_is_wider_than_the_measure_and_every_row_that_leads_somewhere_is_an_item(
    rows: list[tuple[str, str, str, bool]], names: list[tuple[str, str, str, bool]], title: str, measure: int
) -> None:
    led = tuple(Row(text, mark, note, Passage(text, 0) if leads else None) for text, mark, note, leads in rows)
    named = tuple(Row(text, note=note[:3], target=Search(text)) for text, _, note, _ in names)
    sheet = AsideSheet(Aside(title, title, (Part(led, title), Part(named, title, flowing=True))), measure)
    assert all(cell_width(line.full.translate(ISOLATES)) <= sheet.measure for line in sheet.lines)
    assert len([item for item in sheet.items if isinstance(item.target, Search)]) == len(named)
    assert all(0 <= item.lines.start < item.lines.stop <= len(sheet.lines) for item in sheet.items)


@given(st.integers(60, 300), st.integers(12, 80), st.sampled_from(list(Place)), st.booleans())
def test_panes_never_overlap_and_fill_the_window(width: int, height: int, aside: Place, zen: bool) -> None:
    regions = regions_of(Size(width, height), panes_in(width, "reader", zen=zen), Choice(), aside)
    assert sum(region.area for region in regions.values()) == width * height
    assert ("aside" in regions) == (aside is Place.FRONT or (aside is Place.BEHIND and (width >= 120 or height >= 20)))


@pytest.mark.parametrize("width", [120, 160, 200])
def test_in_a_wide_window_the_text_stays_where_it_is(width: int) -> None:
    shown = panes_in(width, "reader", zen=False)
    before = regions_of(Size(width, 40), shown, Choice(), Place.NONE)
    after = regions_of(Size(width, 40), shown, Choice(), Place.FRONT)
    assert before["reader"] == after["reader"]


def told_twice(store: Store) -> dict[str, int]:
    ids = told(store)
    deliver(store, ids)
    heads = {head.title: head.id for head in store.heads(store.listing(Query(Scope.ALL)).ids)}
    first, second = sorted((heads[FERRY], heads[BRIDGE]))
    store.place([Placed(first, first), Placed(second, first)], 0)
    return ids


def deliver(store: Store, ids: dict[str, int]) -> None:
    words = (
        "The bridge that the town of Port Varrel did not want would have stood on nineteen pillars in deep water.",
        "Northern Wire has counted the votes of the council again, and came to seven against six for the ferry.",
    )
    document = Document(tuple(Paragraph(Text(each)) for each in words), "en")
    state = next(each for each in store.fetch_states() if each.source_id == ids["Northern Wire"])
    ingest(store, state, (article(BRIDGE, 9 * MINUTE, document),))


async def test_a_story_is_summed_up_over_all_its_articles_and_each_sentence_leads_to_its_own(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told_twice) as here:
        await here.press("j", "enter", "i", "t")
        assert here.title == FERRY
        await here.until(lambda: "The story in short" in here.text)
        assert "2 sources · 2 articles" in here.text
        assert here.main.aside is not None
        for _ in range(9):
            target = here.main.aside.target
            if isinstance(target, Passage) and target.article_id != here.main.reading.article_id:
                break
            await here.press("j")
        await here.press("enter")
        await here.until(lambda: here.title == BRIDGE)
        assert here.main.at_aside
        assert f"▸ {target.words[:30]}" in here.text if isinstance(target, Passage) else False
        await here.press("escape")
        assert here.title == FERRY
        assert "The story in short" in here.text
        await here.press("escape")
        assert here.at(Where.READER)
        assert not here.main.has_aside


async def test_the_panel_stays_as_it_is_while_comments_are_read_and_after(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await in_short(here)
        await here.press("j", "j")
        assert here.main.aside is not None
        target = here.main.aside.target
        await here.press("c")
        await here.until(lambda: "by the harbour office of Port Varrel on page 14" not in here.text)
        assert "Summary" in here.text
        await here.press("escape")
        await here.until(lambda: "by the harbour office of Port Varrel on page" in here.text)
        await here.settle()
        assert here.main.aside.target == target


async def test_what_the_menu_has_can_be_typed(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        here.main.perform("aside", "points")
        await here.until(lambda: "Key points" in here.text)
        here.main.perform("aside", "poems")
        await here.until(
            lambda: "“poems” is nothing that can be shown here. There are: names, points, story" in here.text
        )
        here.main.perform("aside", "story")
        await here.until(lambda: "No other source here tells of this" in here.text)
        here.main.perform("aside", "translate")
        await here.until(lambda: "AI is off." in here.text)
        await here.press(":", *"aside po", "tab")
        assert here.main.foot.find_line.value == ":aside points"
        await here.press("enter")
        await here.until(lambda: "Key points" in here.text)


async def test_a_click_chooses_a_sentence_and_a_second_one_goes_there(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told, size=(140, 24)) as here:
        await in_short(here)
        assert here.main.aside is not None
        before = here.main.aside.target
        row = next(number for number, line in enumerate(here.text.split("\n")) if "¶2 " in line)
        await here.pilot.click("#aside", offset=(20, row - here.main.aside.region.y))
        await here.settle()
        assert here.main.aside.target != before
        assert here.main.at_aside
        await here.pilot.click("#panes", offset=(100, 10))
        await here.settle()
        assert here.main.focused is here.main.reader
        assert here.main.has_aside
