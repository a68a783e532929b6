"""The journal on the screen: what was done in all windows, and taking any of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Action, Change, Undone
from newsreader.store import Store
from newsreader.ui.dialogs.journal import JournalScreen
from newsreader.ui.main import MainScreen
from newsreader.ui.words.journal import outcome, what, when
from tests.ui.desk import desk
from tests.ui.world import NOW

if TYPE_CHECKING:
    from pathlib import Path


def test_an_action_in_words() -> None:
    action = Action(7, "window-1", NOW - 180, "marked 214 articles of “Coast” read", None)
    assert what(action) == "Marked 214 articles of “Coast” read"
    assert when(action, NOW, "window-1") == "3 minutes ago"
    elsewhere = Action(8, "window-2", NOW - 180, "x", NOW)
    assert when(elsewhere, NOW, "window-1") == "3 minutes ago · in another window · undone"
    assert when(Action(9, "cli", NOW, "x"), NOW, "window-1") == "now · on the command line"


def test_what_came_of_it_in_words() -> None:
    assert outcome(Undone("marked it read", 3, 0, Change(0)), back=True) == "Undone: marked it read."
    some = Undone("marked it read", 3, 1, Change(0))
    assert outcome(some, back=False) == "Done again: marked it read. 1 other changed since and stayed."
    none = outcome(Undone("marked it read", 0, 2, Change(0)), back=True)
    assert none == "Nothing of it could be taken back, as all was changed since: marked it read."


async def test_the_journal_takes_back_what_another_window_did_and_does_it_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        ids = here.main.browsing.ids
        with Store.open(here.path, clock=lambda: NOW, window="other") as there:
            there.mark_read(ids[:3], True)
            there.bookmark(ids[3:4], True)
        await here.press("g", "j")
        assert here.on(JournalScreen)
        await here.until(lambda: "Marked 3 articles read" in here.text)
        assert "now · in another window" in here.text
        for letter in "marked":
            await here.press(letter)
        await here.until(lambda: "Bookmarked" not in here.text)
        await here.press("enter")
        await here.until(lambda: "Undone: marked 3 articles read." in here.text)
        assert "now · in another window · undone" in here.text
        assert not any(head.read for head in here.heads(ids))
        await here.press("enter")
        await here.until(lambda: "Done again: marked 3 articles read." in here.text)
        assert [head.read for head in here.heads(ids[:4])] == [True, True, True, False]
        await here.press("x")
        await here.until(lambda: "No action has these words." in here.text)
        await here.press("enter", "escape")
        assert here.on(MainScreen)


async def test_taking_back_the_source_that_is_shown_leaves_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("]")
        assert here.main.browsing.query.source_id is not None
        await here.press("g", "j")
        await here.until(lambda: "Added " in here.text)
        await here.press("enter")
        await here.until(lambda: "Undone: added" in here.text)
        await here.press("escape")
        await here.settle()
        assert here.main.browsing.query.source_id is None
