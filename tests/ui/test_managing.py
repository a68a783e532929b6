"""Arranging the source list by keys: names, folders, order, tags, pauses, removing; each undone by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from newsreader.model import Query, Scope, Source
from newsreader.store import Store
from newsreader.ui.dialogs.asking import LastOfSeveral, LineScreen, Paths
from newsreader.ui.dialogs.picking import PickScreen
from newsreader.ui.keys import Where
from newsreader.ui.main import MainScreen
from tests.ui.desk import Desk, desk
from tests.ui.world import DAY, NOW


def sources(here: Desk) -> dict[str, Source]:
    """The sources as another process finds them, in their order."""
    with Store.open(here.path, read_only=True, clock=lambda: NOW) as store:
        return {source.title: source for source in store.sources()}


def shown(here: Desk) -> list[str]:
    """The names in the source list from the first loose source or folder on."""
    rows = here.main.sources.rows
    keys = [rows.key(number) for number in range(len(rows))]
    return [here.main.title_of(key) for key in keys if key and key.scope in {Scope.SOURCE, Scope.FOLDER}]


async def at(here: Desk, name: str) -> None:
    """Put the cursor on a source or folder of the source list."""
    query = (
        Query(Scope.SOURCE, source_id=here.sources[name]) if name in here.sources else Query(Scope.FOLDER, folder=name)
    )
    await here.main.go(query, pane=Where.SOURCES)
    await here.settle()


async def write(here: Desk, text: str) -> None:
    """Put a line into the dialog in place of what stands there, and enter it."""
    await here.until(lambda: isinstance(here.app.focused, Input))
    assert isinstance(here.app.focused, Input)
    here.app.focused.value = text
    await here.press("enter")
    await here.until(lambda: here.on(MainScreen))
    await here.settle()


async def test_a_source_and_a_folder_are_renamed_in_place_and_that_is_undone(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Field Notes")
        await here.press("E")
        await here.until(lambda: here.on(LineScreen))
        assert "Rename Field Notes" in here.text
        await write(here, "Field & Fen")
        assert "Field & Fen" in shown(here)
        assert here.main.browsing.title == "Field & Fen"
        await here.press("u")
        assert "Field Notes" in shown(here)
        await at(here, "Science")
        await here.press("E")
        await write(here, "Nature")
        assert shown(here)[-4:-1] == ["Nature", "Field Notes", "Orbit Weekly"]
        assert here.main.sources.cursor == Query(Scope.FOLDER, folder="Nature")
        await here.press("u")
        assert "Science" in shown(here)


async def test_ticked_sources_move_to_a_new_folder_together_and_back_by_one_undo(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        before = shown(here)
        await at(here, "Northern Wire")
        await here.press("x")
        await at(here, "Field Notes")
        await here.press("x")
        assert "◉ Northern Wire" in here.text
        assert "2 sources chosen" in here.text
        await here.press("M")
        await here.until(lambda: here.on(PickScreen))
        await here.press(*"Morn")
        assert "New folder “Morn”" in here.text
        await here.press("enter")
        await here.until(lambda: here.on(MainScreen))
        await here.settle()
        assert shown(here)[-4:-1] == ["Morn", "Northern Wire", "Field Notes"]
        assert not here.main.view.ticked
        await here.press("u")
        assert shown(here) == before
        await at(here, "Valley Radio")
        await here.press("M", *"sci", "enter")
        await here.until(lambda: here.on(MainScreen))
        await here.settle()
        assert sources(here)["Valley Radio"].folder == "Science"


async def test_sources_and_folders_change_places_only_in_the_order_of_hand(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Orbit Weekly")
        await here.press("{")
        assert shown(here)[-3:-1] == ["Orbit Weekly", "Field Notes"]
        await at(here, "Science")
        await here.press("{", "{")
        assert shown(here)[1] == "Science"
        await here.press("u", "u", "u")
        assert shown(here)[1] == "World"
        await here.press("g", "o")
        assert shown(here)[:3] == ["Valley Radio", "Science", "Field Notes"]
        await here.press("{")
        assert "not in your own order" in here.text
        await here.press("g", "o")
        unread = {source.title: source.unread for source in here.main.all_sources.values()}
        world = shown(here)[2:6]
        assert [unread[name] for name in world] == sorted((unread[name] for name in world), reverse=True)
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        for state in store.fetch_states():
            store.record(state._replace(gap={"Northern Wire": 90 * DAY, "Field Notes": DAY}.get(state.title)))
    async with desk(tmp_path) as here:
        assert here.main.view.sorting == "unread"
        await here.press("g", "o")
        assert "the quiet ones first" in here.text
        assert shown(here)[1:3] == ["World", "Northern Wire"]
        await here.press("g", "o")
        assert shown(here)[1:3] == ["World", "The Coast Gazette"]


async def test_a_source_pauses_says_since_when_and_is_not_refreshed(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Valley Radio")
        await here.press("P")
        assert sources(here)["Valley Radio"].paused == NOW
        await at(here, "Field Notes")
        await at(here, "Valley Radio")
        assert "Paused just now: it is not fetched. P lets it go on." in here.text
        assert "paused" in [line for line in here.text.splitlines() if "Valley Radio" in line[:30]][-1]
        await here.press("r")
        assert "pauses, and is not fetched" in here.text
        assert not [kind for kind, _ in here.worker.requests if kind == "refresh"]
        await here.press("e")
        await here.until(lambda: "Let it go on" in here.text)
        assert "not while it pauses" in here.text
        await here.press("enter")
        await here.until(lambda: sources(here)["Valley Radio"].paused is None)
        await here.press("escape")
        await at(here, "World")
        await here.press("P")
        assert [name for name, source in sources(here).items() if source.paused] == [
            "The Coast Gazette", "Northern Wire", "Boletim do Sul", "صوت الميناء",
        ]  # fmt: skip
        await here.press("u")
        assert not [name for name, source in sources(here).items() if source.paused]


async def test_tags_are_put_on_completed_and_filter_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("h", "t")
        assert "No source has a tag yet" in here.text
        await at(here, "Field Notes")
        await here.press("T", *"long reads,mor", "enter")
        await here.until(lambda: sources(here)["Field Notes"].tags == ("long reads", "mor"))
        await at(here, "Valley Radio")
        await here.press("T", *"lo")
        await here.until(lambda: "ng reads" in here.text)
        await here.press("tab", "enter")
        await here.until(lambda: sources(here)["Valley Radio"].tags == ("long reads",))
        await here.press("t", *"mor", "enter")
        await here.until(lambda: here.on(MainScreen))
        await here.settle()
        assert shown(here) == ["Science", "Field Notes"]
        assert "esc: all" in here.text
        await here.press("g", "g", *["j"] * 6)
        await here.until(lambda: len(here.main.browsing.ids) == 3)
        assert here.main.browsing.title == "#mor"
        assert {head.source_title for head in here.heads(here.main.browsing.ids)} == {"Field Notes"}
        await here.press("P")
        await here.until(lambda: sources(here)["Field Notes"].paused)
        await here.press("u")
        await here.press("escape")
        assert "Northern Wire" in shown(here)
        assert here.main.browsing.title == "Unread"
        await here.press("u")
        assert sources(here)["Valley Radio"].tags == ()


@pytest.mark.parametrize(("keys", "left"), [(("enter",), ["Field Notes", "Orbit Weekly"]), (("down", "enter"), [])])
async def test_a_folder_is_removed_without_its_sources_or_with_them(
    tmp_path: Path, keys: tuple[str, ...], left: list[str]
) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Science")
        await here.press("D")
        await here.until(lambda: here.on(PickScreen))
        await here.press(*keys)
        await here.until(lambda: here.on(MainScreen))
        await here.settle()
        assert "Science" not in shown(here)
        assert [name for name in shown(here) if name in {"Field Notes", "Orbit Weekly"}] == left
        await here.press("u")
        assert shown(here)[-4:-1] == ["Science", "Field Notes", "Orbit Weekly"]


async def test_after_removing_the_cursor_is_on_the_next_row(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Northern Wire")
        await here.press("D")
        assert "u brings back" in here.text
        assert here.main.browsing.title == "Boletim do Sul"
        await here.press("u")
        assert "Northern Wire" in shown(here)


async def test_folders_fold_all_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Field Notes")
        await here.press("Z", "m")
        assert shown(here)[1:4] == ["World", "Technology", "Science"]
        assert here.main.sources.cursor == Query(Scope.FOLDER, folder="Science")
        await here.press("Z", "r")
        assert "Field Notes" in shown(here)


async def test_rows_that_belong_to_the_program_say_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.main.go(Query(Scope.UNREAD), pane=Where.SOURCES)
        for key in ("E", "M", "P", "T", "D", "{"):
            await here.press(key)
            assert "stands where it stands" in here.text
            here.main.foot.hush()


async def test_paths_and_tags_are_completed(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text("")
    (tmp_path / "feeding").mkdir()
    paths = Paths()
    assert await paths.get_suggestion(f"{tmp_path}/fe") == f"{tmp_path}/feeding/"
    assert await paths.get_suggestion(f"{tmp_path}/feeds") == f"{tmp_path}/feeds.opml"
    assert await paths.get_suggestion(f"{tmp_path}/nothing") is None
    assert await paths.get_suggestion(f"{tmp_path}/nowhere/x") is None
    tags = LastOfSeveral(("long reads", "local"))
    assert await tags.get_suggestion("a, #lo") == "a, #long reads"
    assert await tags.get_suggestion("long reads, lo") == "long reads, local"
    assert await tags.get_suggestion("") is None


async def test_the_same_is_typed_after_a_colon(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:

        async def type_in(line: str) -> None:
            await here.press(":", *line, "enter")
            await here.until(lambda: here.main.idle)
            await here.settle()

        await at(here, "Field Notes")
        await type_in("tag_source fens, moor")
        await here.until(lambda: sources(here)["Field Notes"].tags == ("fens", "moor"))
        await type_in("move_source Wet places")
        await here.until(lambda: sources(here)["Field Notes"].folder == "Wet places")
        await type_in("rename_source Fen Notes")
        await here.until(lambda: "Fen Notes" in sources(here))
        await type_in("filter_tag nothing")
        await here.until(lambda: "There are #fens #moor." in here.main.foot.plain)
        await type_in("filter_tag FENS")
        await here.until(lambda: shown(here) == ["Wet places", "Fen Notes"])


async def test_removed_in_its_panel_a_source_leaves_the_cursor_beside_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await at(here, "Northern Wire")
        await here.press("e")
        await here.until(lambda: "Remove the source" in here.text)
        await here.press("j", "j", "j", "j", "enter")
        await here.until(lambda: here.on(MainScreen) and "Northern Wire" not in sources(here))
        await here.until(lambda: here.main.browsing.title == "Boletim do Sul")
