"""The source's own panel: what it says, what mends, and settings edited in place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from newsreader.config import Paths
from newsreader.model import FetchState, FullTextMode, Query, Scope, Source, SourceSettings, Subscription
from newsreader.store import Store
from newsreader.ui.condition import BROWSER
from newsreader.ui.dialogs.fields import Choice, Field
from newsreader.ui.dialogs.finding import AddressScreen
from newsreader.ui.dialogs.source import SourcePanel
from newsreader.ui.keys import Where
from newsreader.ui.main import MainScreen
from tests.ui.desk import Desk, desk
from tests.ui.test_adding import MOTHS, TALK, finds
from tests.ui.world import MINUTE, NOW, fill

if TYPE_CHECKING:
    from pathlib import Path

VALLEY = "Valley Radio"


async def open_panel(here: Desk, name: str = VALLEY, **state: Any) -> None:
    """Open the panel of a source by its key, after it got into this state."""
    id_ = here.sources[name]
    if state:
        with Store.open(here.path, clock=lambda: NOW) as store:
            store.record(state_of(store, id_)._replace(**({"last_attempt": NOW - MINUTE} | state)))
    await here.main.go(Query(Scope.SOURCE, source_id=id_), pane=Where.SOURCES)
    await here.settle()
    await here.press("e")
    await here.until(lambda: here.on(SourcePanel) and isinstance(here.app.focused, Choice))
    await here.until(lambda: focused_words(here).split("   ")[0].strip() in here.text)


def state_of(store: Store, id_: int) -> FetchState:
    (state,) = store.fetch_states([id_])
    return state


def source(here: Desk, name: str = VALLEY) -> Source:
    """A source as another process finds it."""
    with Store.open(here.path, read_only=True) as store:
        found = store.source(here.sources[name])
    assert found is not None
    return found


def settings(here: Desk, name: str = VALLEY) -> SourceSettings:
    """Its settings as another process finds them."""
    with Store.open(here.path, read_only=True) as store:
        return state_of(store, here.sources[name]).settings


async def edit(here: Desk, label: str) -> Input:
    """Go to a field and begin to change it."""
    fields = {field.label: field for field in here.app.screen.query(Field)}
    here.app.screen.set_focus(fields[label])
    await here.press("enter")
    assert isinstance(here.app.focused, Input)
    return here.app.focused


def focused_words(here: Desk) -> str:
    assert isinstance(here.app.focused, Choice)
    return here.app.focused.render().plain


async def test_it_says_how_a_source_does(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await open_panel(here, "Field Notes")
        for words in ("Field Notes", "field.test/feed", "4 minutes ago", "Next try", "Fetch now", "Settings", "Folder"):
            assert words in here.text
        assert "▲" not in here.text
        await here.press("escape")
        assert here.on(MainScreen)
        assert here.at(Where.SOURCES)


async def test_no_password_of_an_address_is_shown_and_no_title_is_markup(tmp_path: Path) -> None:
    def prepare(store: Store) -> dict[str, int]:
        name = "[/red]Moths [@click=app.quit]x"
        ids = store.add_sources([Subscription("https://ada:hunter2@moths.test/feed", name, "[b]Folder")]).ids
        return {name: ids[0]}

    async with desk(tmp_path, prepare=prepare) as here:
        (name,) = here.sources
        await open_panel(here, name, error="[/b]moths.test says [no]")
        for words in (name, "[b]Folder", "moths.test/feed", "[/b]moths.test says [no]"):
            assert words in here.text
        assert "hunter2" not in here.text


async def test_a_site_that_blocks_readers_gets_a_user_agent_by_two_keys(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await open_panel(here, error="valley.test answered 403: it blocks readers.", status=403)
        assert "valley.test answered 403: it blocks readers" in here.text
        assert "Set a user agent" in focused_words(here)
        await here.press("enter")
        await here.until(lambda: BROWSER[:20] in here.text and isinstance(here.app.focused, Input))
        await here.press("enter")
        await here.until(lambda: here.worker.asked("refresh"))
        assert settings(here).user_agent == BROWSER
        assert here.worker.asked("refresh") == [{"sources": [here.sources[VALLEY]], "all": True}]


async def test_an_offer_is_taken_by_one_key_and_u_gives_the_old_address_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        before = source(here).url
        await open_panel(here, error="valley.test answered 404.", status=404, offer="https://valley.test/new.xml")
        assert "Take the new address" in focused_words(here)
        assert "valley.test/new.xml" in focused_words(here)
        await here.press("enter")
        await here.until(lambda: "The new address is taken;" in here.text and here.worker.asked("refresh"))
        assert source(here).url == "https://valley.test/new.xml"
        await here.settle()
        await here.press("u")
        await here.until(lambda: "Undone:" in here.text)
        assert source(here).url == before


async def test_an_offer_stands_in_the_list_quietly(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path, clock=lambda: NOW) as store:
            state = state_of(store, here.sources[VALLEY])
            store.record(state._replace(error="valley.test answered 404.", offer="https://valley.test/new.xml"))
        await here.until(lambda: "moved, offer: e" in here.text)
        assert f"▲ {VALLEY}" in here.text


async def test_a_host_that_asked_for_quiet_is_waited_for_and_no_trouble(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path, clock=lambda: NOW) as store:
            state = state_of(store, here.sources[VALLEY])
            store.record(state._replace(error="valley.test answered 429: it is asked too often.", status=429))
            store.hold_host("valley.test", NOW + 30 * MINUTE)
        await here.until(lambda: "waits until" in here.text)
        assert "▲" not in here.text
        await open_panel(here)
        assert "its host asked for quiet until then" in here.text


async def test_a_lost_feed_is_looked_for(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        finds(here.worker, MOTHS, TALK)
        await open_panel(here, error="valley.test answered 404: there is no document.", status=404)
        assert "Look for a new address" in focused_words(here)
        await here.press("enter")
        await here.until(lambda: here.on(AddressScreen) and "Moth talk" in here.text)
        assert f"A new address for {VALLEY}" in here.text
        asked = {"address": "https://valley.test/feed", "source": here.sources[VALLEY]}
        assert here.worker.asked("find") == [asked]
        await here.press("j", "enter")
        await here.until(lambda: here.on(SourcePanel) and here.worker.asked("refresh"))
        assert source(here).url == TALK["url"]


async def test_a_single_hit_is_shown_taken_on_a_key_and_taken_back_whole(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        finds(here.worker, MOTHS | {"like": "articles"})
        await open_panel(here, error="valley.test answered 404.", error_count=3, status=404, etag="x", next_due=NOW + 9)
        with Store.open(here.path, read_only=True) as store:
            before = state_of(store, here.sources[VALLEY])
        await here.press("enter")
        await here.until(lambda: here.on(AddressScreen) and "All about moths" in here.text)
        assert "the same articles · 5 a week" in here.text
        assert source(here).url == before.url
        await here.press("enter")
        await here.until(lambda: "The new address is taken; u undoes it." in here.text)
        assert source(here).url == MOTHS["url"]
        await here.settle()
        await here.press("u")
        await here.until(lambda: "Undone:" in here.text)
        with Store.open(here.path, read_only=True) as store:
            assert state_of(store, here.sources[VALLEY]) == before


async def test_the_address_that_it_has_is_no_new_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        own = MOTHS | {"url": "https://valley.test/feed", "here": here.sources[VALLEY], "like": "itself"}
        finds(here.worker, own)
        await open_panel(here, error="valley.test answered 404.", status=404)
        await here.press("enter")
        await here.until(lambda: "It is where it was" in here.text)
        await here.press("escape")
        finds(here.worker, own, MOTHS)
        await here.press("enter")
        await here.until(lambda: "its address now" in here.text)
        await here.press("enter")
        await here.until(lambda: "It has this address already: nothing was changed." in here.text)
        assert here.worker.asked("refresh") == []


async def test_an_address_that_another_source_has_is_refused_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        finds(here.worker, MOTHS | {"url": "https://field.test/feed"})
        await open_panel(here, error="valley.test answered 404.", status=404)
        await here.press("enter")
        await here.until(lambda: here.on(AddressScreen) and "All about moths" in here.text)
        await here.press("enter")
        await here.until(lambda: "“Field Notes” has this address already." in here.text)
        assert source(here).url == "https://valley.test/feed"


async def test_fetch_now_says_what_came_of_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:

        async def refresh(**_: object) -> dict[str, Any]:
            with Store.open(here.path, clock=lambda: NOW) as store:
                store.record(state_of(store, here.sources[VALLEY])._replace(error=None, last_success=NOW, status=200))
            return {"total": 1, "failed": 0, "added": 3, "offline": False}

        here.worker.answers["refresh"] = refresh
        await open_panel(here, error="valley.test answered 500: it has a fault.", status=500)
        assert "Fetch now" in focused_words(here)
        await here.press("enter")
        await here.until(lambda: "It works: 3 new articles." in here.text)
        await here.until(lambda: "it has a fault" not in here.text)


async def test_a_source_is_removed_and_u_brings_it_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await open_panel(here, "Field Notes")
        await here.press("j", "j", "j", "j")
        assert "Remove the source" in focused_words(here)
        await here.press("enter")
        await here.until(lambda: here.on(MainScreen) and "Removed Field Notes. u brings it back." in here.text)
        await here.settle()
        assert here.sources["Field Notes"] not in here.main.all_sources
        assert here.main.browsing.query == Query(Scope.SOURCE, source_id=here.sources["Orbit Weekly"])
        await here.press("u")
        assert here.sources["Field Notes"] in here.main.all_sources


async def test_what_the_trouble_is_about_goes_to_the_browser_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def keep(url: str, *, browser: str | None) -> None:
        assert browser is None
        opened.append(url)

    monkeypatch.setattr("newsreader.ui.dialogs.source.open_link", keep)

    def prepare(store: Store) -> dict[str, int]:
        return {VALLEY: store.add_sources([Subscription("https://ada:hunter2@valley.test/feed", VALLEY)]).ids[0]}

    async with desk(tmp_path, prepare=prepare) as here:
        await open_panel(here, error="valley.test answered 403: it blocks readers.", status=403)
        await here.press("down")
        assert "Look at it in the browser   valley.test/feed" in focused_words(here)
        await here.press("enter")
        await here.until(lambda: "valley.test/feed goes to the browser." in here.text)
        assert opened == ["https://valley.test/feed"]


class TestSettings:
    async def test_a_value_is_changed_in_place_and_u_undoes_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            await edit(here, "Asked every")
            await here.press(*"2h", "enter")
            await here.until(lambda: "Kept. u undoes it." in here.text)
            assert settings(here).interval == 7_200
            assert "2h" in here.text
            await here.press("u")
            await here.until(lambda: "Undone:" in here.text)
            assert settings(here).interval is None

    async def test_a_mistake_is_said_beside_the_field_and_the_text_stays(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            line = await edit(here, "Asked every")
            await here.press(*"often", "tab")
            assert "“often” is no time. Write auto, 30m, 2h or 1d." in here.text
            assert line.value == "often"
            assert here.app.focused is line
            await here.press("backspace")
            assert "is no time" not in here.text
            await here.press("escape")
            assert here.on(SourcePanel)
            assert settings(here) == SourceSettings()
            await here.press("escape")
            assert here.on(MainScreen)

    async def test_leaving_a_field_by_tab_or_arrow_takes_its_value(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            await edit(here, "Proxy")
            await here.press(*"none", "up")
            await here.until(lambda: settings(here).proxy == "none")
            assert isinstance(here.app.focused, Field)
            assert here.app.focused.label == "Name and password"

    async def test_an_unchanged_field_changes_nothing_and_u_goes_no_further_back_than_the_panel(
        self, tmp_path: Path
    ) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            await edit(here, "Name")
            await here.press("enter", "u")
            await here.until(lambda: "Nothing was changed here" in here.text)
            assert source(here).title == VALLEY

    async def test_a_password_is_never_taken_but_where_it_stands_is(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            line = await edit(here, "Name and password")
            await here.press(*"ada hunter2", "enter")
            assert "A password is never kept here." in here.text
            line.value = "ada env:VALLEY"
            await here.press("enter")
            await here.until(lambda: settings(here).secret == "env:VALLEY")
            assert settings(here).user == "ada"
            await here.until(lambda: "ada env:VALLEY" in here.text)

    async def test_headers_are_added_one_by_one_and_their_values_hidden(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            line = await edit(here, "Headers")
            line.value = "X-Token: swordfish"
            await here.press("enter")
            await here.until(lambda: "X-Token: (hidden)" in here.text)
            assert "swordfish" not in here.text
            line = await edit(here, "Headers")
            assert line.value == ""
            line.value = "Accept-Language: env:LANGUAGE"
            await here.press("enter")
            await here.until(lambda: "Accept-Language: env:LANGUAGE" in here.text)
            assert len(settings(here).headers) == 2

    async def test_name_folder_and_full_text(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here)
            line = await edit(here, "Name")
            line.value = "Radio of the valley"
            await here.press("enter")
            await here.until(lambda: source(here).title == "Radio of the valley")
            line = await edit(here, "Folder")
            line.value = "Science"
            await here.press("enter")
            await here.until(lambda: source(here).folder == "Science")
            await edit(here, "Full text")
            await here.press(*(["backspace"] * 4), *"sometimes", "enter")
            assert "Write auto, always or feed." in here.text
            await here.press(*(["backspace"] * 9), *"always", "enter")
            await here.until(lambda: source(here).full_text_mode is FullTextMode.FULL)
            await here.press("escape")
            await here.until(lambda: here.main.browsing.title == "Radio of the valley")

    async def test_closing_while_a_fetch_goes_on_is_no_harm(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            go_on = asyncio.Event()

            async def slowly(**_: object) -> dict[str, Any]:
                await go_on.wait()
                return {"total": 1, "failed": 0, "added": 0}

            here.worker.answers["refresh"] = slowly
            await open_panel(here)
            await here.press("enter")
            await here.until(lambda: "Fetching…" in here.text)
            await here.press("escape")
            go_on.set()
            await here.settle()
            assert here.on(MainScreen)

    async def test_a_setting_that_may_let_a_source_answer_is_tried_at_once(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await open_panel(here, error="valley.test answered 401: it wants a name.", status=401)
            assert "Set name and password" in focused_words(here)
            await here.press("enter")
            await here.until(lambda: isinstance(here.app.focused, Input))
            await here.press(*"ada env:VALLEY", "enter")
            await here.until(lambda: here.worker.asked("refresh"))


async def test_on_a_folder_without_trouble_the_key_says_what_can_be_done_with_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("h", "G")
        while here.main.sources.cursor != Query(Scope.FOLDER, folder="Science"):
            await here.press("k")
        await here.press("e")
        assert "No source in Science is in trouble. E renames the folder, D removes it." in here.text


async def test_on_another_row_the_key_goes_to_what_is_in_trouble(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("h", "e")
        assert here.on(MainScreen)
        assert "No source here is in trouble." in here.text
        with Store.open(here.path, clock=lambda: NOW) as store:
            state = state_of(store, here.sources["Orbit Weekly"])
            store.record(state._replace(error="orbit.test answered 500: a fault.", status=500))
        await here.until(lambda: "▲ Orbit Weekly" in here.text)
        await here.press("e")
        await here.until(lambda: here.on(SourcePanel))
        assert "orbit.test answered 500" in here.text


async def test_the_handbook_can_be_named_and_removed_and_nothing_else(tmp_path: Path) -> None:
    def prepare(store: Store) -> dict[str, int]:
        return fill(store) | {each.title: each.id for each in store.sources() if each.kind == "builtin"}

    async with desk(tmp_path, prepare=prepare) as here:
        (name,) = (each.title for each in here.main.all_sources.values() if each.kind == "builtin")
        await open_panel(here, name)
        assert "Remove the source" in focused_words(here)
        assert "Proxy" not in here.text
        assert "Fetch now" not in here.text


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_what_was_done_is_said_above_the_keys_and_hides_none(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(tmp_path, size=size) as here:
        await open_panel(here, error="valley.test answered 403: it blocks readers.", status=403)
        await here.press("enter")
        await here.until(lambda: "it is what a browser says" in here.text and "leave it as it was" in here.text)


@pytest.mark.slow
@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up"), ("tab", "shift+tab")])
@pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 48)])
async def test_everything_can_be_reached_in_every_window(
    tmp_path: Path, size: tuple[int, int], down: str, up: str
) -> None:
    async with desk(tmp_path, size=size) as here:
        await open_panel(here, error="valley.test answered 403: it blocks readers.", status=403)
        await here.until(lambda: "it blocks readers" in here.text and "esc" in here.text)
        seen = here.text
        rows = [here.app.focused]
        while not (isinstance(here.app.focused, Field) and here.app.focused.label == "Proxy"):
            await here.press(down)
            assert here.app.focused not in rows
            rows.append(here.app.focused)
            seen += here.text
        for words in ("Set a user agent", "Fetch now", "Remove", "Last good feed", "Next try", "Settings", "Proxy"):
            assert words in seen
        assert "Proxy" in here.text
        for row in reversed(rows[:-1]):
            await here.press(up)
            assert here.app.focused is row
        assert "it blocks readers" in here.text


async def test_what_would_go_is_said_while_it_is_written_how_long_articles_are_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path, clock=lambda: NOW) as store:
            ids = store.listing(Query(Scope.SOURCE, source_id=here.sources["Field Notes"])).ids
            store.mark_read(ids, True)
        await open_panel(here, "Field Notes")
        line = await edit(here, "Keep")
        line.value = "1 banana"
        await here.press("enter")
        assert "says nothing about what to keep" in here.text
        line.value = "1"
        await here.until(lambda: f"Would remove {len(ids) - 1} article" in here.text)
        await here.press("enter")
        await here.until(lambda: "Kept; u undoes it." in here.text)
        assert settings(here, "Field Notes").keep == "1"
        await here.press("u")
        await here.until(lambda: "Undone: changed what is kept of “Field Notes”." in here.text)
        assert settings(here, "Field Notes").keep is None


async def test_what_is_not_set_for_a_source_says_what_is_set_for_all(tmp_path: Path) -> None:
    config = Paths.under(tmp_path).config_file
    config.parent.mkdir(parents=True)
    config.write_text('[refresh]\ninterval = "2h"\n[retention]\nkeep = "90d"\n[reader]\nfull_text = "always"\n')
    async with desk(tmp_path, size=(110, 70)) as here:
        await open_panel(here)
        for value in ("2h", "90d", "always"):
            assert f"auto: {value}, as for all sources" in here.text
