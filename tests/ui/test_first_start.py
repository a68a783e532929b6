"""The first start: nothing is fetched before the person chose, and every door leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.model import Bundle, FetchState
from newsreader.store import Store
from newsreader.ui.dialogs.add import AddScreen
from newsreader.ui.dialogs.first_start import FirstStart
from newsreader.ui.dialogs.importing import ImportScreen
from newsreader.ui.keys import Where
from newsreader.ui.main import MainScreen
from tests.fakes import FakeWorker
from tests.ui.desk import BUNDLES, desk, nothing
from tests.ui.world import DAY, MINUTE, SOURCES, article, deliver

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FERRY = "Harbour town votes to keep its night ferry"


async def test_nothing_is_fetched_before_a_choice(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.settle()
        assert "What would you like to read?" in here.text
        assert all(bundle.name in here.text for bundle in BUNDLES)
        assert {kind for kind, _ in here.worker.requests} <= {"newsboat"}  # which looks at this computer only
        assert "newsboat found" not in here.text


async def test_space_chooses_and_enter_begins(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("space", "j", "space", "k", "space", "down", "j", "space", "enter")
        await here.until(lambda: here.worker.asked("refresh"))
        with Store.open(here.path, read_only=True) as store:
            subscribed = {each.url for each in store.subscriptions()}
        assert subscribed == {each.url for bundle in BUNDLES[1:] for each in bundle.sources}
        assert here.on(MainScreen)


async def test_enter_alone_takes_the_bundle_under_the_cursor(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("enter")
        await here.until(here.main.feeds)
        assert {each.url for each in here.main.feeds()} == {each.url for each in BUNDLES[0].sources}


async def test_the_first_news_come_in_by_themselves_above_the_handbook(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        with Store.open(here.path) as store:
            (handbook,) = store.sources()
            store.ingest(FetchState(handbook.id, handbook.url, ""), None, [article("Start here", DAY)])
        await here.press("enter")
        await here.until(lambda: here.cursor == "Start here")
        deliver(here.path, "The Coast Gazette", article(FERRY, MINUTE))
        await here.until(lambda: here.cursor == FERRY)
        await here.press("j")
        deliver(here.path, "The Coast Gazette", article("A second one", 0))
        await here.until(lambda: "1 new ↑" in here.text)
        assert here.cursor == "Start here"


async def test_the_handbook_is_a_door(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("h")
        await here.until(lambda: here.on(MainScreen) and here.main.idle)
        assert here.worker.asked("refresh") == []


async def test_an_address_is_a_door_and_escape_comes_back(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("a")
        assert here.on(AddScreen)
        await here.press("escape")
        assert here.on(FirstStart)
        await here.press("i")
        assert here.on(ImportScreen)
        await here.press("escape", "q")
        assert here.on(MainScreen)
        assert here.at(Where.ARTICLES)


async def test_an_import_is_fetched_at_once(tmp_path: Path) -> None:
    worker = FakeWorker()

    async def take(path: str) -> dict[str, Any]:
        return {"added": 3, "known": 0, "problems": []}

    worker.answers["import"] = take
    async with desk(tmp_path, prepare=nothing, worker=worker) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("i", *"x.opml", "enter")
        await here.until(lambda: here.on(MainScreen) and here.worker.asked("refresh"))
        assert here.worker.asked("refresh") == [{"all": False}]


async def test_it_does_not_come_back_once_there_are_sources(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        assert here.on(MainScreen)


async def test_in_a_low_window_it_is_said_that_more_follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(Bundle(f"Bundle {number}", "", SOURCES[:1]) for number in range(9))
    monkeypatch.setattr("tests.ui.desk.BUNDLES", many)
    async with desk(tmp_path, prepare=nothing, size=(60, 15)) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.until(lambda: "↓ 4 more" in here.text)
        for words in ("What would you like to read?", "a   paste any address", "i   import", "⏎ start reading"):
            assert words in here.text
        for _ in range(8):
            await here.press("j")
        await here.until(lambda: "↑ 4 more" in here.text)
        assert "Bundle 8" in here.text
    async with desk(tmp_path / "roomy", prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.settle()
        assert " more" not in here.text


def newsboat() -> FakeWorker:
    """A worker that finds newsboat's files."""
    worker = FakeWorker()

    async def look() -> dict[str, Any]:
        return {"urls": "/home/ada/.newsboat/urls", "cache": "/c/cache.db", "sources": 142, "tags": 18, "queries": 31}

    async def take(path: str) -> dict[str, Any]:
        if path.endswith("urls"):
            problems = ["exec:fetch.sh is not taken: newsreader runs no programs for feeds."]
            return {"added": 142, "known": 0, "queries": 31, "articles": 0, "bookmarked": 0, "problems": problems}
        return {"added": 0, "known": 142, "queries": 0, "articles": 9_412, "bookmarked": 38, "problems": []}

    worker.answers |= {"newsboat": look, "import": take}
    return worker


async def test_newsboat_is_offered_and_taken_over_with_a_summary(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing, worker=newsboat()) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.until(lambda: "newsboat found: 142 sources, 18 tags, 31 queries" in here.text)
        await here.press("n")
        await here.until(lambda: "To be known:" in here.text)
        assert "142 new sources, 31 queries kept, 9,412 articles, 38 bookmarks." in " ".join(here.text.split())
        assert "exec:fetch.sh is not taken" in here.text
        paths = [each["path"] for each in here.worker.asked("import")]
        assert paths == ["/home/ada/.newsboat/urls", "/c/cache.db"]
        await here.press("enter")
        await here.until(lambda: here.on(MainScreen) and here.worker.asked("refresh"))


async def test_without_newsboat_its_key_does_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("n")
        assert here.on(FirstStart)
