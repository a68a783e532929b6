from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Query, Scope
from newsreader.ui.history import COMMANDS, SEARCHES, History
from newsreader.ui.keys import Where
from tests.ui.desk import Desk, desk

if TYPE_CHECKING:
    from pathlib import Path


async def typed(here: Desk, line: str) -> None:
    """Type a line of commands, and enter."""
    await here.press(":", *line, "enter")
    await here.settle()


class TestCommandsAreTyped:
    async def test_with_what_they_take_several_in_one_line_and_they_are_done_in_their_order(
        self, tmp_path: Path
    ) -> None:
        async with desk(tmp_path) as here:
            await typed(here, "3")
            assert here.cursor == here.titles[2]
            await typed(here, "tag later ferry; bookmark; open 2")
            third = here.head(here.titles[2])
            assert set(third.tags) == {"later", "ferry"}
            assert third.bookmarked
            assert here.title == here.titles[1]
            await typed(here, "source orbit; tag -nothing new")
            assert here.main.browsing.query == Query(Scope.SOURCE, source_id=here.sources["Orbit Weekly"])
            await typed(here, "folder world")
            assert here.main.browsing.query.folder == "World"
            await typed(here, "search lighthouse")
            assert here.titles == ["A lighthouse keeper's last winter"]
            await typed(here, "theme nord")
            assert here.app.theme == "nord"
            await typed(here, "999")
            assert "There is 1 article in this list." in here.text
            assert here.main.history.lines(COMMANDS)[0] == "999"
            await typed(here, "q!")
            assert here.app._exit
        kept = History(here.main.config.paths.history)
        assert kept.lines(COMMANDS)[-1] == "3"
        assert kept.lines(SEARCHES) == ("lighthouse",)

    async def test_completion_mistakes_and_earlier_lines_are_at_hand(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            line = here.main.foot.find_line
            await here.press(":")
            await here.until(lambda: "Tab lists them" in here.text)
            await here.press(*"so", "tab", *"gaz", "tab")
            assert line.value == ":source The Coast Gazette"
            await here.press("enter")
            assert here.main.browsing.query.source_id == here.sources["The Coast Gazette"]
            assert here.at(Where.ARTICLES)
            await here.press(":", *"thme", "enter")
            await here.until(lambda: "no command thme. Did you mean theme? Tab puts it in." in here.text)
            assert line.has_focus
            await here.press("tab")
            assert line.value == ":theme"
            await here.press("escape", ":", "up")
            assert line.value == ":source The Coast Gazette"
            await here.press("down")
            assert line.value == ":"
            await here.press(*"source nowhre", "enter")
            await here.until(lambda: "Nothing here is called “nowhre”." in here.text)
            await here.press("escape", ":", "backspace")
            assert here.main.focused is here.main.articles
            assert not line.has_class("-open")

    async def test_searches_come_back_in_the_search_line_too(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            for words in ("ferry", "lighthouse", "ferrari"):
                await here.press("/", *words, "enter", "escape")
            await here.press("/", *"fer", "up")
            await here.until(lambda: here.main.search_line.value == "ferrari")
            await here.press("up", "up", "enter")
            await here.until(lambda: here.main.browsing.query.text.startswith("ferry"))

    async def test_nothing_of_it_is_kept_where_the_person_wants_that(self, tmp_path: Path) -> None:
        (tmp_path / "state").mkdir()
        (tmp_path / "state" / "history.json").write_text('{"commands": ["undo"]}', encoding="utf-8")
        async with desk(tmp_path, history=False) as here:
            await here.until(lambda: not here.main.config.paths.history.exists())
            await typed(here, "next")
            assert here.main.history.lines(COMMANDS) == ("next",)
        assert not here.main.config.paths.history.exists()

    async def test_a_command_that_needs_something_asks_for_it_and_a_click_takes_an_offer(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(80, 24)) as here:
            here.main.perform("folder")
            await here.settle()
            assert here.main.foot.find_line.value == ":folder "
            await here.pilot.pause()
            await here.pilot.click("#offers", offset=(8, 1))
            await here.settle()
            assert here.main.foot.find_line.value == ":folder Technology"
            await here.pilot.click("#articles", offset=(8, 2))
            await here.settle()
            assert not here.main.query_one("#offers").display
