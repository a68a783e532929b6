"""The screens over the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsreader.model import Query, Scope
from newsreader.ui.dialogs.frame import Hints
from newsreader.ui.dialogs.help import HelpScreen, help_entries
from newsreader.ui.dialogs.importing import add_up
from newsreader.ui.keymap import Keymap
from newsreader.ui.keys import COMMANDS, Where
from newsreader.ui.main import MainScreen
from newsreader.ui.words.first_start import imported
from tests.ui.desk import desk, key_event

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "Harbour town votes to keep its night ferry"


def help_text(words: str = "") -> str:
    """What the help says about some words."""
    return "\n".join(f"{keys}{help_}" for keys, help_ in help_entries(Keymap(), words))


def test_the_help_lists_every_command_and_its_keys() -> None:
    assert all(command.help in help_text() for command in COMMANDS)


def test_the_help_is_searched_by_word_and_by_key() -> None:
    assert "Bookmark the article" in help_text("bookm")
    assert "Mark everything" not in help_text("bookm")
    assert "A page down." in help_text("ctrl+f")
    assert "No key does that." in help_text("no such thing")


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


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (119, 40)])
@pytest.mark.parametrize("keys", [("question_mark",), ("a",), ("g", "i"), ("h", "G", "e"), ("ctrl+p",)])
async def test_no_strip_of_the_screen_below_stands_beside_a_dialog(
    tmp_path: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with desk(tmp_path, size=size) as here:
        await here.press(*keys)
        assert not here.on(MainScreen)
        panel = here.app.screen.query_one(".dialog, #--input")
        await here.until(lambda: panel.region.height > 1)
        assert panel.region.width == size[0]


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
            await here.until(lambda: here.main.browsing.query == Query(Scope.ALL, text="ferry*"))
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
            assert here.main.browsing.query.text == "ferry*"
            await here.press("j")
            assert here.cursor == "Ferry noturno continua por dez anos"
            await here.press("escape")
            assert here.main.browsing.query == Query(Scope.UNREAD)

    async def test_letters_go_into_the_line_and_not_to_commands(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *"qQsA?")
            assert here.main.search_line.value == "qQsA?"
            assert not any(head.read or head.bookmarked for head in here.heads())
            assert "esc end the search" in here.text, "and the foot names no key that is a letter there"
            await here.press("escape")
            assert "next unread" in here.text

    async def test_letters_typed_at_once_with_the_slash_are_words(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            for letter in "/qferry":
                here.app.post_message(key_event(letter))
            await here.until(lambda: here.main.search_line.value == "qferry")
            assert here.at(Where.ARTICLES)

    async def test_in_a_source_it_looks_there(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("right_square_bracket", "slash", *"ferry")
            await here.until(lambda: here.main.browsing.query.text == "ferry*")
            assert here.main.browsing.query.scope is Scope.SOURCE
            assert "Ferry noturno continua por dez anos" not in here.titles

    async def test_no_words_break_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *'"(*:^-', "enter")
            await here.settle()
            assert here.app.is_running
            assert len(here.titles) > 10, "what says nothing leaves nothing out"

    async def test_nothing_to_search_for_restores(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", "enter")
            await here.until(lambda: not here.main.search_line.has_class("-open"))
            assert here.main.browsing.query == Query(Scope.UNREAD)

    async def test_a_mistake_is_marked_and_tab_puts_in_what_was_meant(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *"is:unr")
            await here.settle()
            assert not here.main.search_line.has_class("-wrong"), "what is not typed out is no mistake yet"
            await here.press(*"aed ferry")
            await here.until(lambda: "There is no “is:unraed”; did you" in here.text)
            (mistake,) = here.main.search_line.mistakes
            assert here.main.search_line.value[mistake.start : mistake.end] == "unraed"
            await here.until(lambda: len(here.titles) == 3)  # the rest of it is searched for
            await here.press("enter")
            assert here.app.focused is here.main.search_line, "enter leaves no line that is not understood"
            await here.press("tab")
            await here.until(lambda: here.main.browsing.query.text == "is:unread ferry*")
            assert here.main.search_line.value == "is:unread ferry"
            assert "There is no" not in here.text

    async def test_what_is_not_written_out_is_said_on_enter(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash", *'"ferry', "enter")
            await here.until(lambda: "This quotation mark is not" in here.text)
            assert here.app.focused is here.main.articles
            await here.press("escape")
            await here.settle()
            assert "This quotation mark" not in here.text


def test_an_import_of_bookmarks_says_what_was_saved() -> None:
    totals: dict[str, int] = {}
    add_up(totals, {"saved": 2, "known": 3})
    assert imported(totals) == "2 pages saved, 3 known already."
    add_up(totals, {"added": 1})
    assert imported(totals) == "1 new source, 2 pages saved, 3 known already."
    again: dict[str, int] = {}
    add_up(again, {"again": 2})
    assert imported(again) == "0 pages saved, 2 here already and bookmarked."
    nothing: dict[str, int] = {}
    add_up(nothing, {})
    assert imported(nothing) == "0 new sources."


@pytest.mark.parametrize(
    ("width", "lines"), [(60, ["a add   x take away   esc close"]), (24, ["a add   x take away", "esc close"])]
)
def test_the_keys_of_a_panel_break_between_two_of_them_only(width: int, lines: list[str]) -> None:
    keys = Hints(("a", "add"), ("x", "take away"), ("esc", "close"))
    assert [line.plain for line in keys._lines(width)] == lines


class TestTypedAhead:
    """A slow computer gets keys for a dialog before that is there, and again when it is gone."""

    async def test_two_enters_close_a_dialog_once(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            for keys in (
                ("ctrl+p", *"bookmarks", "enter", "enter"),
                ("ctrl+p", "escape", "escape"),
                ("a", "tab", "escape"),
            ):
                for key in keys:
                    here.app.post_message(key_event(key))
                await here.settle()
                await here.until(lambda: here.app.screen is here.main)
            assert here.app.is_running

    async def test_the_program_may_end_while_a_dialog_opens(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            here.main.perform("add")
            here.app.exit()
