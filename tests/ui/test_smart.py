"""Smart sources on the screen: a search kept, named, edited, moved, removed, undone; and its counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsreader.model import Query, SavedSearch, Scope
from newsreader.store import Store
from newsreader.ui.dialogs.fields import Field
from newsreader.ui.dialogs.smart import SmartPanel
from newsreader.ui.keys import Where
from tests.ui.desk import Desk, desk
from tests.ui.world import NOW, fill


def other(here: Desk) -> Store:
    """The library as the worker, or another window, has it open."""
    return Store.open(here.path, clock=lambda: NOW, window="other")


def count(here: Desk) -> None:
    """What the worker does in an idle moment."""
    with other(here) as store:
        store.index_some(1_000)
        while store.tally() is not None or store.tally_whole() is not None:
            pass


def row(here: Desk, name: str) -> str:
    """The line of the source list on which a name stands."""
    lines = [line[:30] for line in here.text.splitlines()[:-3]]
    return next((line for line in lines if name in line), "")


def listed(here: Desk) -> Scope:
    """What kind of list is shown."""
    return here.main.browsing.query.scope


def editing(here: Desk) -> bool:
    """Whether a field of the panel is ready for letters."""
    return here.on(SmartPanel) and any(field.editing for field in here.app.screen.query(Field))


def queries(here: Desk) -> list[str]:
    return [each.query for each in here.main.shelf.smart]


def prepared(query: str, title: str) -> Callable[[Store], dict[str, int]]:
    def prepare(store: Store) -> dict[str, int]:
        sources = fill(store)
        store.index_some(1_000)
        store.add_smart([SavedSearch(title, query)])
        return sources

    return prepare


async def test_a_search_is_kept_and_named_and_its_count_follows(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepared("harbour", "Harbours")) as here:
        await here.press("/", *"ferry", "enter")
        found = here.main.browsing.ids
        assert "+ keeps this search among the sources" in here.text
        await here.press("escape")
        assert "+ keeps this search" not in here.text  # it is left
        await here.press("/", *"ferry", "enter")
        await here.press("+")
        await here.until(lambda: editing(here))
        await here.press(*"Boats", "enter", "escape")
        await here.until(lambda: not here.on(SmartPanel))
        await here.until(lambda: row(here, "Boats"))
        assert "…" in row(here, "Boats")
        assert here.main.browsing.ids == found
        assert listed(here) is Scope.SMART
        count(here)
        await here.until(lambda: row(here, "Boats").rstrip().endswith(str(len(found))))
        await here.press("tab", "m")
        await here.until(lambda: row(here, "Boats").rstrip().endswith(str(len(found) - 1)))
        await here.press("u", "u", "u")
        assert row(here, "Boats") == ""
        assert listed(here) is Scope.UNREAD


async def test_a_search_within_a_list_is_kept_as_one_that_says_where(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.main.go(Query(Scope.SOURCE, source_id=here.sources["The Coast Gazette"]))
        await here.press("/", *"ferry", "enter", "+")
        await here.until(lambda: editing(here))
        await here.press("escape", "escape")
        assert queries(here) == ['source:"The Coast Gazette" ferry*']
        await here.until(lambda: not here.on(SmartPanel))
        await here.press("/", *"harbour", "enter", "+")
        await here.until(lambda: editing(here))
        await here.press("escape", "escape")
        assert queries(here)[1:] == ['source:"The Coast Gazette" ferry* harbour*']


async def test_a_new_one_is_begun_with_its_search(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(70, 20)) as here:
        await here.press("+")
        await here.until(lambda: editing(here))
        await here.press(*"is:bookmakred")
        await here.until(lambda: "did you" in here.text)
        await here.press("enter")
        assert here.on(SmartPanel)
        assert queries(here) == []
        await here.press(*["backspace"] * 5, *"arked", "enter")
        await here.until(lambda: queries(here) == ["is:bookmarked"])
        await here.until(lambda: editing(here))
        await here.press("enter", "escape")
        await here.until(lambda: listed(here) is Scope.SMART)


async def test_escape_leaves_one_that_is_not_begun_yet_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("+")
        await here.until(lambda: isinstance(here.app.screen, SmartPanel))
        await here.press("escape")
        await here.until(lambda: here.app.screen is here.main)


async def test_it_is_edited_moved_and_removed_in_its_panel_and_all_of_it_undone(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepared("ferry", "Ferries")) as here:
        smart_id = here.main.shelf.smart[0].id
        with other(here) as store:
            store.add_smart([SavedSearch("Second", "harbour")])
        await here.until(lambda: len(here.main.shelf.smart) == 2)
        await here.main.go(Query(Scope.SMART, smart_id=smart_id), pane=Where.SOURCES)
        await here.press("e")
        await here.until(lambda: here.on(SmartPanel) and here.app.screen.focused)
        fields = here.app.screen.query(Field)
        assert [field.label for field in fields] == ["Name", "Search", "Folder"]
        await here.press("j", "enter", *"lighthouse", "enter")
        await here.until(lambda: here.main.shelf.smart[0].query == "lighthouse")
        await here.until(lambda: here.titles == ["A lighthouse keeper's last winter"])
        await here.press("j", "j", "j", "enter")
        await here.until(lambda: here.main.shelf.smart[0].title == "Second")
        await here.press("u")
        await here.until(lambda: here.main.shelf.smart[0].title == "Ferries")
        await here.press("j", "enter")
        await here.until(lambda: not here.on(SmartPanel))
        assert row(here, "Ferries") == ""
        assert "u brings it back" in here.text
        await here.press("u")
        await here.until(lambda: row(here, "Ferries"))


async def test_what_another_window_keeps_names_and_removes_is_seen(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with other(here) as store:
            (smart_id,) = store.add_smart([SavedSearch("渡し船 🚢", "ferry")]).ids
            await here.until(lambda: row(here, "渡し船 🚢"))
            await here.main.go(Query(Scope.SMART, smart_id=smart_id))
            store.change_smart(smart_id, title="Boats")
            await here.until(lambda: here.main.browsing.title == "Boats")
            store.remove_smart([smart_id])
            await here.until(lambda: here.main.browsing.query.scope is Scope.UNREAD)
            assert row(here, "Boats") == ""


async def test_a_panel_closes_once_when_another_window_takes_its_smart_source_away(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepared("ferry", "Ferries")) as here:
        (smart,) = here.main.shelf.smart
        await here.main.go(Query(Scope.SMART, smart_id=smart.id), pane=Where.SOURCES)
        await here.press("e")
        await here.until(lambda: here.on(SmartPanel) and here.app.screen.focused)
        panel = here.app.screen
        assert isinstance(panel, SmartPanel)
        with other(here) as store:
            store.remove_smart([smart.id])
        await panel.load()
        await panel.load()
        await here.until(lambda: here.app.screen is here.main)
        await here.until(lambda: listed(here) is Scope.UNREAD)


async def test_one_that_cannot_be_understood_says_so_and_lists_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepared("ferry is:bookmakred", "Wrong")) as here:
        await here.main.go(Query(Scope.SMART, smart_id=here.main.shelf.smart[0].id), pane=Where.SOURCES)
        assert "▲ Wrong" in row(here, "Wrong")
        assert here.main.browsing.ids == ()
        assert "did you mean “is:bookmarked”" in here.text
        await here.press("e")
        await here.until(lambda: "ferry is:bookmakred" in here.text)


async def test_tags_stand_as_rows_and_fold(tmp_path: Path) -> None:
    def prepare(store: Store) -> dict[str, int]:
        sources = fill(store)
        ids = store.listing(Query(Scope.ALL)).ids
        store.tag(ids[:2], ["ferries"])
        store.tag(ids[1:2], ["Port"])
        store.later(ids[:3], True)
        return sources

    async with desk(tmp_path, prepare=prepare) as here:
        assert row(here, "Later").rstrip().endswith("3")
        assert row(here, "ferries").rstrip().endswith("2")
        await here.main.go(Query(Scope.TAG, tag="ferries"), pane=Where.SOURCES)
        assert len(here.main.browsing.ids) == 2
        await here.press("h", "h")
        assert row(here, "ferries") == ""
        assert "▸ Tags" in row(here, "Tags")
        assert len(here.main.browsing.ids) == 2
        await here.press("l")
        assert row(here, "ferries")
    async with desk(tmp_path) as here:
        assert here.main.browsing.query.scope is Scope.TAG
