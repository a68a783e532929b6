from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.bounds import BROWSER_MOST
from newsreader.model import Query
from newsreader.store import Store
from tests.ui.desk import Desk, desk
from tests.ui.world import MINUTE, article, fill, short

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def marked(here: Desk) -> list[str]:
    """The titles that stand in the list with the sign of what is selected, as far as they are seen."""
    lines = [line.split("▏")[0] for line in here.text.splitlines()]
    return [line.split("◉", 1)[1].strip(" ●").split("  ")[0] for line in lines if "◉" in line]


def bookmarked(here: Desk) -> list[str]:
    """The titles in the list that are bookmarked in the library."""
    return [title for title in here.titles if here.head(title).bookmarked]


class TestSeveralArticles:
    async def test_are_selected_seen_counted_and_acted_on_as_one_with_one_undo(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            first = here.titles[:3]
            await here.press("x", "x", "x")
            assert marked(here) == [title[: len(seen)] for title, seen in zip(first, marked(here), strict=True)]
            assert "3 selected" in here.main.head.plain
            assert here.cursor == here.titles[3]
            await here.press("s")
            await here.until(lambda: bookmarked(here) == first)
            await here.press("m")
            await here.until(lambda: all(here.head(title).read for title in first))
            await here.press("u")
            await here.until(lambda: not any(here.head(title).read for title in first))
            await here.press("u")
            await here.until(lambda: not any(here.head(title).bookmarked for title in first))
            await here.press("t", *"later", "enter")
            await here.until(lambda: all(here.head(title).tags == ("later",) for title in first))
            await here.press(":", *"tag work -later", "enter")
            await here.until(lambda: all(here.head(title).tags == ("work",) for title in first))
            await here.press("escape")
            assert marked(here) == []
            assert "selected" not in here.main.head.plain
            await here.press("s")
            await here.until(lambda: bookmarked(here) == here.titles[3:4])

    async def test_have_their_keys_at_the_foot_as_long_as_they_are_selected(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:

            def keys() -> str:
                return here.text.split("\n")[-1].strip()

            before = keys()
            await here.press("x")
            assert keys() == "m read   s bookmark   L later   t tags   esc end   ? keys"
            await here.press("j", "enter")
            assert keys() not in {before, ""}
            assert "esc end" not in keys()
            await here.press("h")
            assert "esc end" in keys()
            await here.press("escape")
            assert keys() == before
            await here.press("x", "g", "a")
            await here.until(lambda: keys() == before)

    async def test_are_selected_by_counts_and_ranges_and_what_was_done_is_repeated(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("L", "5", "x")
            assert here.main.articles.selected == set(here.main.browsing.ids[:5])
            await here.press("j", "j", "V")
            assert here.main.articles.selected == set(here.main.browsing.ids[:8])
            await here.press("k", "x")
            assert len(here.main.articles.selected) == 7
            await here.press(".")
            await here.until(lambda: len([head for head in here.heads() if head.later]) == 7)
            await here.press("escape", "g", "g", "A")
            await here.until(lambda: all(head.read for head in here.heads()))

    async def test_stay_selected_in_a_refresh_and_when_new_ones_are_let_in_but_not_in_another_list(
        self, tmp_path: Path
    ) -> None:
        async with desk(tmp_path) as here:
            await here.press("x", "j", "x")
            before = here.main.articles.selected
            with Store.open(here.path) as store:
                states = {state.source_id: state for state in store.fetch_states()}
                source = here.sources["Orbit Weekly"]
                store.ingest(states[source], None, [article("A comet, late", MINUTE, short("It came."))])
            await here.until(lambda: "1 new" in here.main.head.plain)
            assert "2 selected" in here.main.head.plain
            await here.press(";")
            assert here.main.articles.selected == before
            assert len(marked(here)) == 2
            await here.press("g", "a")
            assert here.main.articles.selected == frozenset()

    async def test_are_copied_and_opened_with_a_bound(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[str] = []
        monkeypatch.setattr("newsreader.ui.selecting.open_link", lambda url, browser: opened.append(url))
        async with desk(tmp_path) as here:
            await here.press("2", "x", "y")
            assert here.app.clipboard.splitlines() == [head.url for head in here.heads(here.main.browsing.ids[:2])]
            await here.press("Y")
            assert here.app.clipboard.startswith("- [Harbour town votes")
            await here.press("9", "9", "x", "o")
            await here.until(lambda: f"Opened {BROWSER_MOST} of" in here.text)
            assert len(opened) == BROWSER_MOST

    async def test_in_the_reader_a_command_is_about_the_article_that_is_read(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("x", "x", "enter", "s")
            await here.until(lambda: bookmarked(here) == here.titles[2:3])


def test_bookmarking_and_tagging_several_is_one_action(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        fill(store)
        ids = store.listing(Query()).ids[:3]
        store.keep_all(ids, ("work",))
        assert all(head.bookmarked and head.tags == ("work",) for head in store.heads(ids))
        undone = store.undo()
        assert undone is not None
        assert undone.action == "bookmarked 3 articles and tagged 3 articles #work"
        assert not any(head.bookmarked or head.tags for head in store.heads(ids))
