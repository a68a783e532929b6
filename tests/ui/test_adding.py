"""Adding and importing: what the reader sees from the address to the articles."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from newsreader.errors import FetchError
from newsreader.model import Query, Scope, Subscription
from newsreader.store import Store
from newsreader.ui.dialogs.add import AddScreen
from newsreader.ui.dialogs.importing import ImportScreen
from newsreader.ui.keys import Where
from newsreader.ui.main import MainScreen
from tests.fakes import FakeWorker
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, NOW, article, deliver

if TYPE_CHECKING:
    from pathlib import Path

MOTHS: dict[str, Any] = {
    "url": "https://moths.test/feed",
    "title": "Moth [/red]Weekly",
    "latest_title": "All about moths",
    "latest_at": NOW - 3 * HOUR,
    "weekly": 5.2,
    "full_text": True,
    "articles": 20,
    "here": None,
}
TALK = MOTHS | {"url": "https://moths.test/talk", "title": "Moth talk", "weekly": 0.5, "full_text": False}


def finds(worker: FakeWorker, *candidates: dict[str, Any], problem: str | None = None) -> None:
    """Let every address lead to these."""

    async def find(address: str, **_: object) -> dict[str, Any]:
        return {"page": address, "candidates": list(candidates), "problem": problem}

    worker.answers["find"] = find


def adds(here: Desk) -> None:
    """Let the worker subscribe to whatever it is told to, with one article each."""

    async def add(address: str, folder: str | None, **_: object) -> dict[str, Any]:
        with Store.open(here.path) as store:
            added = store.add_sources((Subscription(address, address, folder),))
        deliver(here.path, address, article("All about moths", 0))
        return {"source": added.ids[0], "title": address, "new": True, "added": 1}

    here.worker.answers["add"] = add


class TestAdd:
    async def test_a_single_feed_is_added_and_gone_to_by_one_enter(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS)
            adds(here)
            await here.press("a")
            assert here.on(AddScreen)
            await here.press(*"moths.test", "enter")
            await here.until(lambda: here.main.browsing.title == "https://moths.test/feed")
            await here.settle()
            assert here.on(MainScreen)
            assert here.titles == ["All about moths"]
            assert here.main.sources.cursor == here.main.browsing.query
            assert here.worker.asked("find") == [{"address": "moths.test"}]
            assert here.worker.asked("add") == [{"address": "https://moths.test/feed", "folder": None}]

    async def test_several_feeds_are_listed_with_what_they_give(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS, TALK | {"here": here.sources["Field Notes"]})
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moth [/red]Weekly" in here.text)
            for words in ("2 feeds there", "5 a week", "All about moths", "3 h · full text", "you have it", "stubs"):
                assert words in here.text
            assert here.worker.asked("add") == []

    async def test_what_the_address_does_not_name_is_shown_first(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS, problem="moths.test answered 404: there is no document at this address.")
            adds(here)
            await here.press("a", *"moths.test/gone", "enter")
            await here.until(lambda: "Moth [/red]Weekly" in here.text)
            assert "answered 404" in here.text
            assert here.worker.asked("add") == []
            await here.press("enter")
            await here.until(lambda: here.main.browsing.title == "https://moths.test/feed")

    async def test_enter_takes_the_one_under_the_cursor(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS, TALK)
            adds(here)
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moth talk" in here.text)
            await here.press("j", "enter")
            await here.until(lambda: here.main.browsing.title == "https://moths.test/talk")

    async def test_space_takes_several_into_a_folder(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS, TALK)
            adds(here)
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moth talk" in here.text)
            await here.press("space", "j", "space", "tab", *"Science", "enter")
            await here.until(lambda: here.on(MainScreen) and len(here.worker.asked("add")) == 2)
            await here.until(lambda: here.main.browsing.title == "https://moths.test/feed")
            assert {each["folder"] for each in here.worker.asked("add")} == {"Science"}

    async def test_one_that_is_here_already_is_gone_to(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS | {"here": here.sources["Field Notes"]})
            await here.press("a", *"field.test", "enter")
            await here.until(lambda: here.main.browsing.title == "Field Notes")
            assert here.worker.asked("add") == []

    async def test_what_went_wrong_is_said_and_the_text_is_kept(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:

            async def fail(**_: object) -> dict[str, Any]:
                raise FetchError("There is no host of that name.")

            here.worker.answers["find"] = fail
            await here.press("a", *"moths.tset", "enter")
            await here.until(lambda: "There is no host of that name." in here.text)
            assert here.app.screen.query_one("#address", Input).value == "moths.tset"
            finds(here.worker, problem="This is a web page, and no feed was found on it.")
            await here.press("backspace", "enter")
            await here.until(lambda: "no feed was found on it" in here.text)
            await here.press("escape")
            assert here.on(MainScreen)

    async def test_escape_stops_looking_and_then_closes(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            cancelled = asyncio.Event()

            async def never(**_: object) -> dict[str, Any]:
                try:
                    await asyncio.sleep(60)
                finally:
                    cancelled.set()
                return {}

            here.worker.answers["find"] = never
            await here.press("a", *"moths.test/feed", "enter")
            await here.until(lambda: "looking at moths.test/feed …" in here.text)
            await here.press("escape")
            await here.until(cancelled.is_set)
            assert here.on(AddScreen)
            assert "Stopped." in here.text
            await here.press("escape")
            assert here.on(MainScreen)

    async def test_another_address_forgets_the_feeds_of_the_first(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS, TALK)
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moth talk" in here.text)
            await here.press("shift+tab", *"x")
            assert "Moth talk" not in here.text
            await here.press("enter")
            await here.until(lambda: len(here.worker.asked("find")) == 2)

    async def test_one_that_fails_leaves_those_before_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, MOTHS, TALK)
            adds(here)
            add = here.worker.answers["add"]

            async def sometimes(address: str, folder: str | None) -> dict[str, Any]:
                if address.endswith("talk"):
                    raise FetchError("moths.test answered 503: it is too busy.")
                return await add(address=address, folder=folder)

            here.worker.answers["add"] = sometimes
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moth talk" in here.text)
            await here.press("space", "j", "space", "enter")
            await here.until(lambda: "503: it is too busy." in here.text)
            await here.press("escape")
            await here.until(lambda: here.main.browsing.title == "https://moths.test/feed")

    async def test_a_site_that_wants_a_password_gets_the_name_of_one(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15)) as here:

            async def find(address: str, settings: dict[str, str] | None = None) -> dict[str, Any]:
                if settings == {"auth": "ada env:MOTHS"}:
                    return {"page": address, "candidates": [MOTHS], "problem": None, "status": None}
                problem = "moths.test answered 401: it wants a name and a password."
                return {"page": address, "candidates": [], "problem": problem, "status": 401}

            here.worker.answers["find"] = find
            adds(here)
            await here.press("a")
            assert "Password" not in here.text
            await here.press(*"moths.test", "enter")
            await here.until(lambda: "Password" in here.text)
            assert "answered 401" in here.text
            await here.press(*"ada env:MOTHS", "enter")
            await here.until(lambda: here.main.browsing.title == "https://moths.test/feed")
            settings = {"auth": "ada env:MOTHS"}
            assert here.worker.asked("add") == [{"address": MOTHS["url"], "folder": None, "settings": settings}]

    async def test_a_site_that_lets_in_browsers_only_is_asked_as_one(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:

            async def find(address: str, settings: dict[str, str] | None = None) -> dict[str, Any]:
                if settings is not None:
                    return {"page": address, "candidates": [MOTHS], "problem": None}
                candidates = [TALK] if address.endswith("/talk") else []
                return {"page": address, "candidates": candidates, "problem": "It answered 403.", "status": 403}

            here.worker.answers["find"] = find
            adds(here)
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "User agent" in here.text and "Firefox" in here.text)
            assert here.worker.asked("find") == [{"address": "moths.test"}]
            await here.press("enter")
            await here.until(lambda: len(here.worker.asked("add")) == 1)

    async def test_what_a_site_wants_is_not_set_for_what_is_near_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            finds(here.worker, TALK, problem="It answered 403.")
            find = here.worker.answers["find"]

            async def refuse(**arguments: Any) -> dict[str, Any]:
                return {**await find(**arguments), "status": 403}

            here.worker.answers["find"] = refuse
            adds(here)
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "User agent" in here.text and "Moth talk" in here.text)
            await here.press("enter")
            await here.until(lambda: len(here.worker.asked("add")) == 1)
            assert here.worker.asked("add") == [{"address": TALK["url"], "folder": None}]

    async def test_a_list_ends_with_a_whole_row(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15)) as here:
            finds(here.worker, *(MOTHS | {"title": f"Moths {number}"} for number in range(9)))
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moths 0" in here.text)
            for _ in range(9):
                assert here.text.count("Moths ") == here.text.count("All about moths")
                await here.press("j")

    async def test_it_fits_the_smallest_window(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15)) as here:
            finds(here.worker, *(MOTHS | {"title": f"Moths {number}"} for number in range(9)))
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moths 0" in here.text)
            assert "Folder" in here.text
            assert "esc" in here.text
            for _ in range(8):
                await here.press("j")
            assert "Moths 8" in here.text

    async def test_of_several_what_cannot_be_added_is_said_and_costs_the_others_nothing(self, tmp_path: Path) -> None:
        worker = FakeWorker()
        finds(worker, MOTHS, TALK)
        async with desk(tmp_path, worker=worker) as here:
            adds(here)
            whole = worker.answers["add"]

            async def add(address: str, **arguments: Any) -> dict[str, Any]:
                if address == MOTHS["url"]:
                    raise FetchError("moths.test was slow.")
                return await whole(address=address, **arguments)

            worker.answers["add"] = add
            await here.press("a", *"moths.test", "enter")
            await here.until(lambda: "Moth talk" in here.text)
            await here.press("space", "down", "space", "enter")
            await here.until(lambda: "1 added, 1 not: moths.test was slow." in here.text)
            assert here.on(AddScreen)
            await here.press("escape")
            await here.until(lambda: here.main.browsing.title == TALK["url"])

    async def test_what_is_here_is_said_and_gone_to_and_folders_are_completed(self, tmp_path: Path) -> None:
        worker = FakeWorker()
        async with desk(tmp_path, worker=worker) as here:
            finds(worker, MOTHS | {"title": "Field Notes", "here": here.sources["Field Notes"]})
            adds(here)
            await here.press("a", *"field.test", "enter")
            await here.until(lambda: here.on(MainScreen) and "Field Notes is here already" in here.text)
            assert here.main.browsing.title == "Field Notes"
            finds(worker, MOTHS)
            await here.press("a", "tab", *"Tech")
            await here.until(lambda: "nology" in here.text)
            await here.press("tab", "tab", *"moths.test", "enter")
            await here.until(lambda: "to Technology. u undoes it." in here.text)
            assert worker.asked("add")[-1]["folder"] == "Technology"


class TestExport:
    async def test_the_sources_are_written_to_a_file_completed_and_never_written_over_unasked(
        self, tmp_path: Path
    ) -> None:
        worker = FakeWorker()

        async def export(path: str) -> dict[str, Any]:
            del path
            return {"sources": 9, "smart": 1, "bare": 2}

        worker.answers["export"] = export
        (tmp_path / "mine.opml").write_text("old")
        async with desk(tmp_path, worker=worker) as here:
            await here.press("g", "w")
            await here.until(lambda: isinstance(here.app.focused, Input))
            assert isinstance(here.app.focused, Input)
            here.app.focused.value = str(tmp_path)
            await here.press("enter")
            await here.until(lambda: "this is a folder" in here.text)
            here.app.focused.value = f"{tmp_path}/mi"
            await here.press("tab", "enter")
            await here.until(lambda: "mine.opml is there already" in here.text)
            assert not worker.asked("export")
            await here.press("enter")
            await here.until(lambda: "9 sources and 1 smart source written" in here.main.foot.plain)
            assert worker.asked("export") == [{"path": str(tmp_path / "mine.opml")}]
            for asked in (1, 2):
                await here.press(":", *f"export {tmp_path}/mine.opml", "enter")
                await here.until(lambda: here.main.idle)
                await here.settle()
                assert len(worker.asked("export")) == asked


class TestImport:
    async def test_what_came_in_is_said(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:

            async def take(path: str) -> dict[str, Any]:
                return {"added": 3, "known": 1, "queries": 2, "articles": 0, "bookmarked": 0, "problems": []}

            here.worker.answers["import"] = take
            await here.press("g", "i")
            assert here.on(ImportScreen)
            here.app.screen.query_one(Input).value = "/tmp/my.opml"
            await here.press("enter")
            await here.until(lambda: "3 new sources, 1 known already, 2 queries kept." in here.text)
            assert here.on(MainScreen)
            assert here.worker.asked("import") == [{"path": "/tmp/my.opml"}]

    async def test_what_was_not_taken_is_listed_first(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:

            async def take(path: str) -> dict[str, Any]:
                return {"added": 1, "known": 0, "problems": ["exec:[/b]script is not taken.", "filter: is not."]}

            here.worker.answers["import"] = take
            await here.press("g", "i", *"~/urls", "enter")
            await here.until(lambda: "To be known:" in here.text)
            assert "exec:[/b]script is not taken." in here.text
            await here.press("enter")
            await here.until(lambda: here.on(MainScreen) and "1 new source." in here.text)

    async def test_a_file_that_cannot_be_read_is_said(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:

            async def refuse(path: str) -> dict[str, Any]:
                raise FetchError("~/nothing cannot be read.")

            here.worker.answers["import"] = refuse
            await here.press("g", "i", *"~/nothing", "enter")
            await here.until(lambda: "~/nothing cannot be read." in here.text)
            await here.press("escape")
            assert here.on(MainScreen)
            assert here.at(Where.ARTICLES)
            assert here.main.browsing.query == Query(Scope.UNREAD)
