from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Query, Scope, Subscription
from newsreader.store import Store
from newsreader.ui.dialogs.palette import PaletteScreen
from newsreader.ui.keys import Where
from newsreader.ui.ranking import Ranking
from newsreader.ui.source_rows import Shelf
from newsreader.ui.spots import spots
from tests.ui.desk import desk, key_event
from tests.ui.world import fill

if TYPE_CHECKING:
    from pathlib import Path


def tagged(store: Store) -> dict[str, int]:
    """The world, with a tag and a smart source in it."""
    ids = fill(store)
    store.tag(store.listing(Query()).ids[:2], ["ferries"])
    return ids


class TestThePalette:
    async def test_finds_commands_places_and_searches_by_their_letters(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=tagged) as here:
            await here.press("ctrl+p")
            assert here.on(PaletteScreen)
            await here.press(*"mar")
            await here.until(lambda: ": All read" in here.text)
            assert "Mark everything in this list read" in here.text
            await here.press("escape", "ctrl+p", *"boletim", "enter")
            assert here.main.browsing.query.source_id == here.sources["Boletim do Sul"]
            await here.press("ctrl+p", *"#fer", "enter")
            assert here.main.browsing.query == Query(Scope.TAG, tag="ferries")
            await here.press("g", "a", "ctrl+p", *"lighthouse keeper", "down", "up", "enter")
            assert here.titles == ["A lighthouse keeper's last winter"]
            await here.press("escape", "ctrl+p", "/", "enter")
            assert here.titles == ["A lighthouse keeper's last winter"]
            await here.press("escape", "ctrl+p", *"go to", "enter")
            assert here.main.foot.find_line.has_focus

    async def test_has_the_persons_own_commands(self, tmp_path: Path) -> None:
        async with desk(tmp_path, macros={"a": "bookmark; tags sea"}) as here:
            title = here.cursor
            await here.press("ctrl+p", *"bookmark; tags", "enter")
            await here.until(lambda: here.head(title).bookmarked and here.head(title).tags == ("sea",))

    async def test_has_keys_at_the_right_and_loses_no_letter_that_is_typed_at_once(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15)) as here:
            for key in ("ctrl+p", *"undo"):
                here.app.post_message(key_event(key))
            await here.until(lambda: ": Undo" in here.text)
            line = next(line for line in here.text.splitlines() if ": Undo" in line)
            assert line.rstrip().endswith("u")


class TestGoingSomewhereByName:
    async def test_narrows_the_source_list_and_enter_goes(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=tagged) as here:
            await here.press("g", "f", *"gaz")
            await here.until(lambda: len(here.main.sources.rows) == 1)
            assert here.main.sources.cursor == Query(Scope.SOURCE, source_id=here.sources["The Coast Gazette"])
            assert here.main.browsing.query.scope is Scope.UNREAD
            await here.press("enter")
            assert here.main.browsing.query.source_id == here.sources["The Coast Gazette"]
            assert len(here.main.sources.rows) > 10
            assert here.at(Where.ARTICLES)
            for typed, found in (
                ("wor", Query(Scope.FOLDER, folder="World")),
                ("#f", Query(Scope.TAG, tag="ferries")),
                ("boo", Query(Scope.BOOKMARKS)),
                ("الم", Query(Scope.SOURCE, source_id=here.sources["صوت الميناء"])),
            ):
                await here.press("g", "f", *typed, "enter")
                assert here.main.browsing.query == found

    async def test_esc_goes_back_to_where_one_was(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("enter")
            title = here.title
            before = here.main.sources.cursor
            await here.press("g", "f", *"o", "down")
            assert here.main.browsing.query.scope is Scope.UNREAD
            await here.press("escape")
            assert here.at(Where.READER)
            assert here.main.sources.cursor == before
            assert here.title == title
            await here.press("g", "f", *"qqq")
            await here.until(lambda: "Nothing here is called" in here.text)
            await here.press("enter")
            assert here.at(Where.READER)

    async def test_a_click_takes_what_was_found(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "f", *"o")
            await here.until(lambda: here.main.view.narrowed)
            name = here.main.sources.rows.key(1)
            await here.pilot.click("#sources", offset=(8, 2))  # below the line that shows the focus
            await here.settle()
            assert here.main.browsing.query == name
            await here.until(lambda: here.main.view.narrowed is None)
            assert here.main.sources.cursor == name


def test_a_thousand_sources_are_found_among(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        numbers = range(1_000)
        store.add_sources(
            [Subscription(f"https://{n}.test", f"Source number {n}", f"Folder {n % 20}") for n in numbers]
        )
        shelf = Shelf(store.counts(), store.sources(), store.smart_sources(), store.tags())
    known = Ranking((spot, spot.names) for spot in spots(shelf))
    assert known.best("number 777", 5)[0].name == "Source number 777"
    assert known.best("folder 7", 1)[0].name == "Folder 7"
