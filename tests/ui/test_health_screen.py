"""The screen about the health of all sources: trouble first, filtered, mended by a key, several at once, undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from newsreader.model import Query, Scope, Source, SourceSettings
from newsreader.store import Store
from newsreader.ui.condition import BROWSER
from newsreader.ui.dialogs.health import HealthScreen
from newsreader.ui.dialogs.source import SourcePanel
from newsreader.ui.main import MainScreen
from tests.ui.desk import Desk, desk
from tests.ui.world import DAY, MINUTE, NOW, fill

BLOCKED = "valley.test answered 403: it blocks readers."
LOST = "kernel.test answered 404: nothing is there."
NEW = "https://kernel.test/new.xml"


def ailing(store: Store) -> dict[str, int]:
    """A library with one source that blocks readers, one that moved, one that is silent, one that pauses."""
    ids = fill(store)
    states = {state.title: state for state in store.fetch_states()}
    tried = {"last_attempt": NOW - MINUTE, "next_due": NOW + 60 * MINUTE}
    ailments: dict[str, dict[str, Any]] = {
        "Valley Radio": {"error": BLOCKED, "error_count": 12, "status": 403},
        "Kernel Almanac": {"error": LOST, "error_count": 3, "status": 404, "offer": NEW},
        "Orbit Weekly": {"newest": NOW - 60 * DAY, "gap": 7 * DAY, "last_success": NOW, "status": 200, "size": 48_100},
    }
    for name, state in ailments.items():
        store.record(states[name]._replace(**(tried | state)))
    store.pause_sources([ids["Northern Wire"]], True)
    return ids


@asynccontextmanager
async def ward(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Desk]:
    """The screen, open."""
    async with desk(folder, size=size, prepare=ailing) as here:
        await here.press("g", "H")
        await here.until(lambda: here.on(HealthScreen) and "never a good feed" in here.text)
        yield here


def sources(here: Desk) -> dict[str, Source]:
    with Store.open(here.path, read_only=True, clock=lambda: NOW) as store:
        return {source.title: source for source in store.sources()}


def settings(here: Desk, name: str) -> SourceSettings:
    with Store.open(here.path, read_only=True, clock=lambda: NOW) as store:
        return store.fetch_states([here.sources[name]])[0].settings


async def test_trouble_stands_first_with_every_fact(tmp_path: Path) -> None:
    async with ward(tmp_path) as here:
        screen = "\n".join(line[5:115] for line in here.text.splitlines())
        screen = screen[screen.index("How the sources do") :]
        places = [screen.index(name) for name in ("Valley Radio", "Kernel Almanac", "Orbit Weekly", "Northern Wire")]
        assert places == sorted(places)
        for fact in (
            "403, blocks readers", "failed 12 times in a row", "next in 60 minutes", "moved, offer", "silent 60 d",
            "1 a week", "47 kB", "paused", BLOCKED, "m Set a user agent",
        ):  # fmt: skip
            assert fact in screen
        await here.press("escape")
        assert here.on(MainScreen)


async def test_typing_filters_and_enter_goes_back_to_the_list(tmp_path: Path) -> None:
    async with ward(tmp_path) as here:
        await here.press("/", *"technology moved", "enter")
        shown = here.text[here.text.index("How the sources do") :]
        assert "failed 3 times in a row" in shown
        assert "failed 12 times in a row" not in shown
        assert "m Take the new address" in shown
        await here.press("escape")
        await here.until(lambda: "failed 12 times in a row" in here.text)
        assert here.on(HealthScreen)


async def test_one_key_mends_each_of_several_and_u_undoes_each(tmp_path: Path) -> None:
    async with ward(tmp_path) as here:

        async def refresh(**arguments: Any) -> dict[str, Any]:
            return {"failed": 1, "total": len(arguments["sources"])}

        here.worker.answers["refresh"] = refresh
        await here.press("x", "x", "m")
        await here.until(lambda: "1 still in trouble" in here.text)
        assert settings(here, "Valley Radio").user_agent == BROWSER
        assert sources(here)["Kernel Almanac"].url == NEW
        (asked,) = here.worker.asked("refresh")
        assert set(asked["sources"]) == {here.sources["Valley Radio"], here.sources["Kernel Almanac"]}
        await here.press("u", "u")
        await here.until(lambda: sources(here)["Kernel Almanac"].url != NEW)
        await here.until(lambda: settings(here, "Valley Radio").user_agent is None)
        await here.press("u")
        await here.until(lambda: "Nothing was changed here" in here.text)


async def test_sources_pause_go_on_and_are_removed(tmp_path: Path) -> None:
    async with ward(tmp_path) as here:
        await here.press("P")
        await here.until(lambda: sources(here)["Valley Radio"].paused is not None)
        await here.press("/", *"northern", "enter", "m")
        await here.until(lambda: sources(here)["Northern Wire"].paused is None)
        await here.until(lambda: "fetched, and well" in here.text)
        await here.press("D")
        await here.until(lambda: "Northern Wire" not in sources(here))
        await here.press("u")
        await here.until(lambda: "Northern Wire" in sources(here))


async def test_the_panel_and_the_articles_are_a_key_away_in_the_smallest_window(tmp_path: Path) -> None:
    async with ward(tmp_path, (60, 15)) as here:
        await here.until(lambda: "u undo" in here.text)
        await here.press("enter")
        await here.until(lambda: here.on(SourcePanel))
        await here.until(lambda: "Set a user agent" in here.text)
        await here.press("escape")
        await here.until(lambda: here.on(HealthScreen))
        await here.press("o")
        await here.until(lambda: here.on(MainScreen))
        await here.settle()
        assert here.main.browsing.query == Query(Scope.SOURCE, source_id=here.sources["Valley Radio"])
