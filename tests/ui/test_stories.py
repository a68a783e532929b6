"""Stories in the lists: what most sources tell of, and all that is told of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Placed, Query, Scope
from newsreader.store import Store
from newsreader.ui.keys import Where
from tests.ui.desk import desk
from tests.ui.world import NOW, fill

if TYPE_CHECKING:
    from pathlib import Path

FERRY = (
    "Harbour town votes to keep its night ferry",
    "المدينة تختار العبّارة الليلية",
    "Ferry noturno continua por dez anos",
)


def told(store: Store) -> dict[str, int]:
    """The demo world with the story of the ferry, of three sources."""
    sources = fill(store)
    upto, leads = store.unplaced(1_000, 1)
    story = next(lead.id for lead in leads if lead.title == FERRY[0])
    store.place([Placed(lead.id, story if lead.title in FERRY else lead.id) for lead in leads], upto)
    return sources


async def test_top_stories_stand_among_the_lists_and_a_key_goes_there(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        assert "Top stories" in here.text
        await here.press("g", "S")
        assert here.main.browsing.query == Query(Scope.TOP)
        assert here.main.sources.cursor == Query(Scope.TOP)
        (title,) = here.titles
        assert title in FERRY
        assert "3 sources" in here.text
    async with desk(tmp_path) as here:
        assert here.main.browsing.query == Query(Scope.TOP)


async def test_without_stories_there_is_no_row_for_them_but_while_they_are_listed(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        assert "Top stories" not in here.text
        for keys, scope, name in (("gS", Scope.TOP, "Top stories"), ("gh", Scope.HIDDEN, "Hidden")):
            await here.press(*keys)
            assert here.main.sources.cursor == Query(scope)
            assert here.main.title_of(Query(scope)) == name
        await here.press("g", "a")
        assert here.main.sources.cursor == Query(Scope.ALL)


async def test_the_row_of_the_top_stories_comes_with_the_first_of_them(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path, clock=lambda: NOW, window="worker") as store:
            upto, leads = store.unplaced(1_000, 1)
            story = next(lead.id for lead in leads if lead.title == FERRY[0])
            store.place([Placed(lead.id, story if lead.title in FERRY else lead.id) for lead in leads], upto)
        await here.until(lambda: "Top stories" in here.text)


async def test_a_key_lists_the_story_in_the_order_of_time_and_esc_goes_back(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        while here.cursor != FERRY[2]:
            await here.press("j")
        before = here.main.articles.scroll_offset, here.titles
        await here.press("=")
        assert here.titles == [FERRY[1], FERRY[2], FERRY[0]]
        assert here.cursor == FERRY[2]
        assert "This story" in here.main.head.plain
        assert "esc goes back to where you were" in here.text
        await here.press("j", "enter")
        assert here.title == FERRY[0]
        await here.press("escape", "escape")
        assert here.cursor == FERRY[2]
        assert here.main.browsing.query == Query(Scope.UNREAD)
        assert before[0] == here.main.articles.scroll_offset
        await here.press("G", "=")
        assert "No other source here tells of this" in here.text


async def test_from_the_reader_a_story_leads_back_to_the_reader(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await here.press("g", "g", "enter")
        assert here.title == FERRY[0]
        await here.press("=")
        assert here.at(Where.ARTICLES)
        assert len(here.titles) == 3
        await here.press("g", "a")
        assert "esc goes back" not in here.text  # it does no longer
        await here.press("g", "g", "enter", "=")
        await here.press("escape")
        assert here.at(Where.READER)
        assert here.title == FERRY[0]


async def test_rows_say_of_how_many_sources_a_story_is_when_one_is_removed_and_comes_back(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        assert "Boletim do Sul · 3 sources" in here.text
        with Store.open(here.path, clock=lambda: NOW, window="another") as store:
            store.remove_sources([here.sources["The Coast Gazette"]])
            await here.until(lambda: "Boletim do Sul · 2 sources" in here.text)
            store.undo()
        await here.until(lambda: "Boletim do Sul · 3 sources" in here.text)
