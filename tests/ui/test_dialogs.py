"""The screens over the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from newsreader.errors import FetchError
from newsreader.model import FetchState, Query, Scope, Subscription
from newsreader.store import Store
from newsreader.ui.dialogs.add import AddScreen, ImportScreen
from newsreader.ui.dialogs.first_start import FirstStart
from newsreader.ui.dialogs.help import HelpScreen, help_text
from newsreader.ui.keys import COMMANDS, Keymap, Where
from newsreader.ui.main import MainScreen
from tests.fakes import FakeWorker
from tests.ui.desk import BUNDLES, desk, key_event, nothing
from tests.ui.world import DAY, MINUTE, article, deliver

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "Harbour town votes to keep its night ferry"


def test_the_help_lists_every_command_and_its_keys() -> None:
    text = help_text(Keymap()).plain
    assert all(command.help in text for command in COMMANDS)


def test_the_help_is_searched_by_word_and_by_key() -> None:
    assert "Bookmark the article" in help_text(Keymap(), "bookm").plain
    assert "Mark everything" not in help_text(Keymap(), "bookm").plain
    assert "A page down." in help_text(Keymap(), "ctrl+f").plain
    assert "No key does that." in help_text(Keymap(), "no such thing").plain


class TestHelp:
    async def test_it_opens_searches_and_closes(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("question_mark")
            assert here.on(HelpScreen)
            assert "Moving" in here.text
            await here.press(*"undo")
            assert "Undo the last thing you did." in here.text
            assert "Moving" not in here.text
            await here.press("escape")
            assert here.on(MainScreen)

    async def test_it_scrolls(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15)) as here:
            await here.press("question_mark")
            assert "Moving" in here.text
            await here.press("pagedown", "down", "down")
            assert "Moving" not in here.text
            await here.press("pageup", "up", "up")
            assert "Moving" in here.text


class TestPalette:
    async def test_it_finds_and_runs_a_command(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("ctrl+p")
            await here.until(lambda: "Next unread" in here.text)
            await here.press(*"bookmarks")
            await here.until(lambda: "Go to the bookmarks." in here.text)
            await here.press("enter")
            await here.until(lambda: here.main.browsing.query == Query(Scope.BOOKMARKS))


class TestSearch:
    async def test_it_is_live_and_escape_restores(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("j", "slash")
            await here.press(*"ferry")
            await here.until(lambda: here.main.browsing.query == Query(Scope.ALL, text="ferry"))
            assert FERRY in here.titles
            assert len(here.titles) == 3
            assert "3 results" in here.text
            await here.press("escape")
            await here.settle()
            assert here.main.browsing.query == Query(Scope.UNREAD)
            assert here.cursor == "Ferry noturno continua por dez anos"
            assert here.app.focused is here.main.articles

    async def test_enter_keeps_the_results_and_escape_leaves_them(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *"ferry", "enter")
            await here.until(lambda: here.app.focused is here.main.articles)
            assert here.main.browsing.query.text == "ferry"
            await here.press("j")
            assert here.cursor == "Ferry noturno continua por dez anos"
            await here.press("escape")
            assert here.main.browsing.query == Query(Scope.UNREAD)

    async def test_letters_go_into_the_line_and_not_to_commands(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *"qQsA?")
            assert here.main.search_line.value == "qQsA?"
            assert not any(head.read or head.bookmarked for head in here.heads())

    async def test_letters_typed_at_once_with_the_slash_are_words(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            for letter in "/qferry":
                here.app.post_message(key_event(letter))
            await here.until(lambda: here.main.search_line.value == "qferry")
            assert here.at(Where.ARTICLES)

    async def test_in_a_source_it_looks_there(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("right_square_bracket", "slash", *"ferry")
            await here.until(lambda: here.main.browsing.query.text == "ferry")
            assert here.main.browsing.query.scope is Scope.SOURCE
            assert "Ferry noturno continua por dez anos" not in here.titles

    async def test_no_words_break_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *'"(*:^-', "enter")
            await here.settle()
            assert here.app.is_running
            assert "Nothing found." in here.text

    async def test_nothing_to_search_for_restores(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", "enter")
            await here.until(lambda: not here.main.search_line.has_class("-open"))
            assert here.main.browsing.query == Query(Scope.UNREAD)


class TestAdd:
    async def test_an_address_is_added_and_gone_to(self, tmp_path: Path) -> None:
        worker = FakeWorker()

        async with desk(tmp_path, worker=worker) as here:

            async def add(address: str, folder: str | None) -> dict[str, Any]:
                with Store.open(here.path) as store:
                    added = store.add_sources((Subscription(address, "Moth Weekly"),))
                deliver(here.path, "Moth Weekly", article("All about moths", 0))
                return {"source": added.ids[0], "title": "Moth Weekly", "others": []}

            worker.answers["add"] = add
            await here.press("a")
            assert here.on(AddScreen)
            await here.press(*"moths.test", "enter")
            await here.until(lambda: here.main.browsing.title == "Moth Weekly")
            await here.settle()
            assert here.titles == ["All about moths"]
            assert worker.asked("add") == [{"address": "moths.test", "folder": None}]

    async def test_what_went_wrong_is_said_and_one_can_try_again(self, tmp_path: Path) -> None:
        worker = FakeWorker()

        async def add(**_: object) -> dict[str, Any]:
            raise FetchError("There is no host of that name.")

        worker.answers["add"] = add
        async with desk(tmp_path, worker=worker) as here:
            await here.press("a", "x", "enter")
            await here.until(lambda: "There is no host of that name." in here.text)
            await here.press("escape")
            assert here.on(MainScreen)

    async def test_other_feeds_of_a_page_are_offered_by_digits(self, tmp_path: Path) -> None:
        worker = FakeWorker()

        async with desk(tmp_path, worker=worker) as here:

            async def add(address: str, folder: str | None) -> dict[str, Any]:
                with Store.open(here.path) as store:
                    added = store.add_sources((Subscription(f"https://{address}", address),))
                others = [{"url": "talk.test", "title": "[/red]Talk"}] if address == "site.test" else []
                return {"source": added.ids[0], "title": address, "others": others}

            worker.answers["add"] = add
            await here.press("a", *"site.test", "enter")
            await here.until(lambda: " 1  [/red]Talk" in here.text)
            await here.press("1")
            await here.until(lambda: here.main.browsing.title == "talk.test")
            assert [each["address"] for each in worker.asked("add")] == ["site.test", "talk.test"]

    async def test_an_opml_file_is_imported(self, tmp_path: Path) -> None:
        worker = FakeWorker()

        async def take(path: str) -> dict[str, Any]:
            return {"new": 3, "known": 1, "problems": ["One address is no web address."]}

        worker.answers["import"] = take
        async with desk(tmp_path, worker=worker) as here:
            await here.press("g", "i")
            assert here.on(ImportScreen)
            here.app.screen.query_one(Input).value = "/tmp/my.opml"
            await here.press("enter")
            await here.until(lambda: "3 new sources from /tmp/my.opml, 1 known already." in here.text)
            assert worker.asked("import") == [{"path": "/tmp/my.opml"}]


class TestFirstStart:
    async def test_nothing_is_asked_of_the_worker_before_a_choice(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=nothing) as here:
            await here.until(lambda: here.on(FirstStart))
            assert "What would you like to read?" in here.text
            assert all(bundle.name in here.text for bundle in BUNDLES)
            assert here.worker.requests == []

    async def test_space_chooses_and_enter_begins(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=nothing) as here:
            await here.until(lambda: here.on(FirstStart))
            await here.press("space", "j", "space", "k", "space", "down", "j", "space", "enter")
            await here.until(lambda: here.worker.asked("refresh"))
            with Store.open(here.path, read_only=True) as store:
                subscribed = {each.url for each in store.subscriptions()}
            assert subscribed == {each.url for bundle in BUNDLES[1:] for each in bundle.sources}
            assert here.on(MainScreen)

    async def test_enter_alone_takes_the_bundle_under_the_cursor(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=nothing) as here:
            await here.until(lambda: here.on(FirstStart))
            await here.press("enter")
            await here.until(here.main.feeds)
            assert {each.url for each in here.main.feeds()} == {each.url for each in BUNDLES[0].sources}

    async def test_the_first_news_come_in_by_themselves_above_the_handbook(self, tmp_path: Path) -> None:
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

    async def test_an_import_is_fetched_at_once(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=nothing) as here:
            await here.until(lambda: here.on(FirstStart))
            await here.press("i", *"x.opml", "enter")
            await here.until(lambda: here.on(MainScreen) and here.worker.asked("refresh"))
            assert here.worker.asked("refresh") == [{"all": False}]

    async def test_the_handbook_is_a_door(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=nothing) as here:
            await here.until(lambda: here.on(FirstStart))
            await here.press("h")
            await here.until(lambda: here.on(MainScreen) and here.main.idle)
            assert here.worker.asked("refresh") == []

    async def test_an_address_is_a_door_and_escape_comes_back(self, tmp_path: Path) -> None:
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

    async def test_it_does_not_come_back_once_there_are_sources(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            assert here.on(MainScreen)
