"""Rules on the screen: the dialog with its dry run, what they hide, and showing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from newsreader.model import Deed, Query, Scope
from newsreader.store import Store
from newsreader.ui.dialogs.rule import RuleScreen
from newsreader.ui.dialogs.rules import RulesScreen
from newsreader.ui.main import MainScreen
from tests.store.conftest import write
from tests.ui.desk import Desk, desk
from tests.ui.world import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.model import Rule


def rules(here: Desk) -> tuple[Rule, ...]:
    with Store.open(here.path, read_only=True, clock=lambda: NOW) as store:
        return store.rules()


def hidden(here: Desk) -> int:
    with Store.open(here.path, read_only=True, clock=lambda: NOW) as store:
        return len(store.listing(Query(Scope.HIDDEN)).ids)


def come(here: Desk, *titles: str) -> None:
    """Let another process take articles of these titles in."""
    with Store.open(here.path, clock=lambda: NOW, window="worker") as store:
        (state,) = store.fetch_states([here.sources["Field Notes"]])
        store.ingest(
            state,
            None,
            [write(n, title=title, identity=f"come-{n}", sort_at=NOW - n) for n, title in enumerate(titles, 1)],
        )


async def test_a_rule_is_written_with_its_dry_run_paused_undone_and_removed(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "r")
        await here.until(lambda: here.on(RulesScreen) and "No rules yet. a adds one" in here.text)
        await here.press("a", *"ferry")
        await here.until(lambda: "Would have hidden" in here.text)
        assert "of the last 30 days" in here.text
        await here.press("tab")
        deed = here.app.focused
        assert isinstance(deed, Input)
        deed.value = "shout"
        await here.until(lambda: "A rule can hide, read, tag NAME" in here.text)
        deed.value = "tag boats"
        await here.until(lambda: "Would have tagged" in here.text)
        await here.press("enter")
        await here.until(lambda: here.on(RulesScreen) and "It acts on what comes in from now on." in here.text)
        assert [(rule.query, rule.does) for rule in rules(here)] == [("ferry", "tag boats")]
        await here.press("n")
        await here.until(lambda: "ferry acted on what is here:" in here.text)
        assert any("boats" in head.tags for head in here.heads())
        await here.press("u")
        await here.until(lambda: "Undone: let the rule “ferry” act on" in here.text)
        assert not any("boats" in head.tags for head in here.heads())
        await here.press("space")
        await here.until(lambda: "ferry pauses" in here.text and "paused" in here.text)
        await here.press("u")
        await here.until(lambda: "Undone: paused the rule “ferry”" in here.text)
        await here.press("enter")
        await here.until(lambda: here.on(RuleScreen) and "Change the rule" in here.text)
        await here.press(*" night", "enter")
        await here.until(lambda: here.on(RulesScreen) and "ferry night" in here.text)
        await here.press("x")
        await here.until(lambda: "ferry night is removed" in here.text)
        assert rules(here) == ()
        await here.press("u", "u", "u", "u")
        await here.until(lambda: "Nothing was changed here that could be undone." in here.text)
        assert rules(here) == ()
        await here.press("escape")
        await here.until(lambda: here.on(MainScreen))


async def test_the_cursor_is_on_the_rule_that_was_just_written(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 15)) as here:
        with Store.open(here.path, clock=lambda: NOW) as store:
            for word in ("one", "two", "three", "four"):
                store.add_rule(word, Deed.HIDE)
        await here.press("g", "r")
        await here.until(lambda: here.on(RulesScreen) and "one" in here.text)
        await here.press("a", *"ferry", "enter")
        await here.until(lambda: here.on(RulesScreen) and "It acts on what comes in from now on." in here.text)
        await here.press("space")
        await here.until(lambda: "ferry pauses" in here.text)
        assert [rule.query for rule in rules(here) if rule.paused] == ["ferry"]


async def test_what_is_hidden_says_why_and_is_shown_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path, clock=lambda: NOW) as store:
            store.add_rule("cricket", Deed.HIDE, title="Sport")
        come(here, "Cricket tonight", "A quiet day", "More cricket")
        await here.press("g", "h")
        await here.until(lambda: "hidden by Sport" in here.text and "Hidden" in here.text)
        assert here.titles == ["Cricket tonight", "More cricket"]
        await here.until(lambda: "hidden by the rule “Sport”" in here.text)
        await here.press("D")
        await here.until(lambda: "Shown again, for good: “Sport” hid it." in here.text)
        await here.until(lambda: hidden(here) == 1)
        await here.press("u")
        await here.until(lambda: "Undone: showed “Cricket tonight” again." in here.text)
        assert hidden(here) == 2


async def test_an_article_is_hidden_by_hand_dimmed_where_it_stands_and_shown_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        first, second = here.titles[:2]
        await here.press("D")
        await here.until(lambda: hidden(here) == 1)
        assert "Hidden; it goes with the list. u undoes it." in here.text
        assert here.cursor == first
        await here.until(lambda: "hidden ·" in here.text)
        await here.press("j", "s", "D")
        assert "What is kept is not hidden" in here.text
        await here.press("g", "a")
        assert first not in here.titles
        assert second in here.titles
        await here.press("g", "h")
        await here.until(lambda: here.titles == [first])
        await here.until(lambda: "hidden by you" in here.text)
        await here.press("D")
        await here.until(lambda: not hidden(here))
        assert "Shown again. u undoes it." in here.text


async def test_the_screen_tells_what_a_rule_asks_to_be_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        here.worker.on_event({"event": "told", "text": "3 new articles for “[red]Storms”: A [/] storm"})
        await here.until(lambda: "3 new articles for “[red]Storms”: A [/] storm" in here.text)


async def test_rules_are_put_in_order(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path, clock=lambda: NOW) as store:
            for query in ("ferry", "cricket"):
                store.add_rule(query, Deed.HIDE)
        await here.press("g", "r")
        await here.until(lambda: here.on(RulesScreen) and "cricket" in here.text)
        await here.press("}")
        await here.until(lambda: [rule.query for rule in rules(here)] == ["cricket", "ferry"])
        await here.press("}")
        await here.until(lambda: "It stands at that end already." in here.text)
        await here.press("{")
        await here.until(lambda: [rule.query for rule in rules(here)] == ["ferry", "cricket"])
        await here.press("u")
        await here.until(lambda: "Undone: moved the rule “ferry” up" in here.text)


async def test_what_a_rule_tells_of_is_said_and_rings_where_that_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    async with desk(tmp_path) as here:
        monkeypatch.setattr(here.app, "bell", lambda: rung.append(1))
        assert here.worker.on_event is not None
        here.worker.on_event({"event": "told", "text": "Ferries: “The night ferry [/red] stays”"})
        await here.until(lambda: "Ferries: “The night ferry [/red] stays”" in here.text)
        assert rung == []
        here.main.config = here.main.config._replace(bell=True)
        here.worker.on_event({"event": "told", "text": "Ferries: 2 new"})
        await here.until(lambda: "Ferries: 2 new" in here.text)
        assert rung == [1]
