"""Empty panes speak: why nothing is there, and the key that leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsreader.model import Scope
from newsreader.ui.dialogs.first_start import FirstStart
from newsreader.ui.words import empty
from tests.ui.desk import desk, nothing
from tests.ui.world import fill

if TYPE_CHECKING:
    from pathlib import Path


def key(command: str) -> str:
    return f"<{command}>"


@pytest.mark.parametrize("scope", list(Scope))
def test_every_list_says_why_it_is_empty_with_the_keys_that_the_person_has(scope: Scope) -> None:
    said = empty.why(scope, key, sources=True, fetching=False)
    assert said.endswith(".")
    assert "{" not in said
    assert "<" in said or scope in {Scope.BEGUN, Scope.SMART, Scope.TAG}


def test_without_a_source_and_while_the_news_is_fetched_lists_say_so() -> None:
    assert empty.why(Scope.UNREAD, key, sources=False, fetching=False).startswith("No source yet. <add> adds one")
    assert "being fetched" in empty.why(Scope.UNREAD, key, sources=True, fetching=True)
    assert "bookmark" in empty.why(Scope.BOOKMARKS, key, sources=False, fetching=True).lower()


async def test_a_library_without_a_source_leads_on_in_every_pane(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("escape")
        await here.until(lambda: "No source yet. a adds one by its address" in " ".join(here.text.split()))
        await here.until(lambda: "No source yet: a adds one" in here.text)
        await here.until(lambda: empty.NOTHING_CHOSEN in here.text)


async def test_an_empty_list_says_when_the_news_is_fetched_and_when_that_is_over(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: fill(store, {})) as here:
        await here.until(lambda: "No articles yet." in here.text)
        here.worker.on_event({"event": "refresh", "done": 0, "total": 9})
        await here.until(lambda: "The news is being fetched." in here.text)
        here.worker.on_event({"event": "refresh", "done": 9, "total": 9})
        await here.until(lambda: "No articles yet." in here.text)


async def test_what_is_about_an_article_says_where_there_is_none(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "b")
        for key in "msStLoOvyYedD":
            here.main.foot.hush()
            await here.press(key)
            assert "There is no article here." in here.text, key
