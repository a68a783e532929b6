from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.bounds import MAX_COUNT
from newsreader.ui.dialogs.help import help_entries
from newsreader.ui.keymap import Keymap, preset_keys
from newsreader.ui.keys import COMMANDS, COUNTS, NAMES, PANES, Where, parse_keys
from newsreader.ui.keystrokes import Keystrokes, Stroke
from newsreader.ui.presets import PRESETS
from newsreader.ui.strange_keys import answer
from newsreader.ui.words.keys import ELSEWHERE
from tests.ui.desk import desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MACROS = {"a": "bookmark; next_unread", "b c": "undo"}
KEYS = st.one_of(st.sampled_from("0123456789ggZ,abjkqxuU"), st.sampled_from(sorted(NAMES)), st.characters())
WHERES = st.sampled_from(tuple(Where))


@cache
def keymap(preset: str) -> Keymap:
    return Keymap(preset=preset, macros=MACROS)


def typed(strokes: Keystrokes, keys: str, where: Where = Where.ARTICLES) -> Stroke:
    outcome = Stroke()
    for key in keys.split():
        outcome = strokes.press(key, where)
    return outcome


@given(st.sampled_from(sorted(PRESETS)), st.lists(st.tuples(KEYS, WHERES), max_size=12))
def test_whatever_is_pressed_something_can_be_typed_again(preset: str, keys: list[tuple[str, Where]]) -> None:
    strokes = Keystrokes(keymap(preset))
    for key, where in keys:
        begun = strokes.shown
        stroke = strokes.press(key, where)
        assert not (stroke.command and strokes.shown), "a command ends what was begun"
        assert not (stroke.lost and strokes.shown), "what is lost ends it too"
        assert stroke.taken or not (begun or stroke.command), "nothing of what was begun goes to the widgets"
        assert stroke.number is None or 0 < stroke.number <= MAX_COUNT
    begun = strokes.shown
    stroke = strokes.press("escape", Where.READER)
    assert strokes.shown == ""
    assert (stroke.command is None) == bool(begun), "escape leaves what was begun and does nothing else"
    assert typed(strokes, "1 2 j").number == 12


@pytest.mark.parametrize("preset", PRESETS)
def test_every_sequence_of_every_preset_leads_to_its_command(preset: str) -> None:
    strokes = Keystrokes(keymap(preset))
    reached = {
        (command.id, where): strokes.press(sequence[-1], where).command
        for command in COMMANDS
        for where in command.where
        for sequence in parse_keys(preset_keys(preset)[command.id])
        if all(not strokes.press(key, where).command for key in sequence[:-1])
    }
    assert {name for name, _ in reached} >= {command.id for command in COMMANDS if command.keys}
    assert all(found is not None and found.id == name for (name, _), found in reached.items())


def test_a_count_is_typed_before_a_key_or_a_sequence() -> None:
    strokes = Keystrokes(keymap("default"))
    for keys, name, number in (("1 0 G", "bottom", 10), ("5 g g", "top", 5), ("j", "down", None), ("3 , a", ", a", 3)):
        stroke = typed(strokes, keys)
        assert stroke.command is not None
        assert (stroke.command.id, stroke.number) == (name, number)


def test_a_digit_within_a_sequence_is_no_count() -> None:
    assert typed(Keystrokes(keymap("default")), "g 3").lost == ("g", "3")


def test_a_count_has_an_end() -> None:
    assert typed(Keystrokes(keymap("default")), "9 " * 5_000 + "j").number == MAX_COUNT


def test_backspace_takes_back_a_step_and_nothing_of_what_was_not_begun() -> None:
    strokes = Keystrokes(keymap("default"))
    typed(strokes, "1 2 g")
    assert strokes.shown == "12 g"
    shown = []
    while strokes.shown:
        strokes.press("backspace", Where.ARTICLES)
        shown.append(strokes.shown)
    assert shown == ["12", "1", ""]
    assert not strokes.press("backspace", Where.ARTICLES).taken
    assert typed(Keystrokes(keymap("web")), "1 2 backspace n").number == 1  # where backspace is a key of its own


def test_what_may_follow_is_told_of_a_sequence_and_of_a_count() -> None:
    strokes = Keystrokes(keymap("default"))
    assert strokes.ways_on(Where.READER) == ()
    typed(strokes, "4")
    assert ("}", "paragraphs on") in strokes.ways_on(Where.READER)
    assert all(words != "paragraphs on" for _, words in strokes.ways_on(Where.SOURCES))
    typed(strokes, "g")
    assert ("u", "unread") in strokes.ways_on(Where.READER)


def test_the_help_tells_what_a_number_does_and_names_the_persons_own_commands() -> None:
    def told(words: str) -> str:
        return "\n".join(f"{lead.plain}{words.plain}" for lead, words in help_entries(keymap("default"), words))

    assert "After a number: pages down." in told("page down")
    assert ", b c" in told("your own")
    assert "bookmark; next_unread" in told("your own")


def test_counts_are_of_commands() -> None:
    assert COUNTS.keys() <= {command.id for command in COMMANDS}


async def test_counts_move_that_far(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        titles = here.titles
        await here.press("3", "j")
        assert here.cursor == titles[3]
        await here.press("2", "k")
        assert here.cursor == titles[1]
        await here.press("5", "G")
        assert here.cursor == titles[4]
        await here.press("2", "g", "g")
        assert here.cursor == titles[1]
        await here.press("9", "9", "9", "j")
        assert here.cursor == titles[-1]
        await here.press("g", "g", "3", "J", "1", "0", "escape", "j")
        assert here.cursor == titles[4]
        assert here.at(Where.ARTICLES)


async def test_counts_pass_over_articles_and_undo_several_things(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        titles = here.titles
        await here.press("j", "m", "k", "3", "n")
        assert here.title == titles[4]
        await here.press("h", "2", "u")
        assert not here.head(titles[1]).read
        assert not here.head(titles[4]).read
        assert "Undone" in here.main.foot.plain


async def test_counts_go_on_in_an_article(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 24)) as here:
        await here.press("enter", "5", "j")
        assert here.main.reader.top == 5
        await here.press("3", "}")
        third = here.main.reader.top
        await here.press("g", "g", "}", "}", "}")
        assert here.main.reader.top == third > 0
        await here.until(lambda: here.main.reading.annex is not None)  # what is under the text is no part of it
        await here.press("5", "0", "G")
        assert here.main.reader.percent == pytest.approx(50, abs=2)
        await here.press("ctrl+o", "1")
        assert "1" in here.main.foot.plain.splitlines()[-1]


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 48)])
async def test_who_rests_in_a_sequence_sees_what_may_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr("newsreader.ui.typed.WHICH_KEY_AFTER", 0.001)
    async with desk(tmp_path, size=size) as here:
        await here.until(lambda: size[0] < 80 or "The council" in here.text)
        before = here.text
        await here.press("g")
        await here.until(lambda: "bookmarks" in here.text)
        lines = here.text.splitlines()
        assert all(
            any(f"{key} {label}" in " ".join(line.split()) for line in lines)
            for key, label in here.main.keymap.ways_on(("g",), Where.ARTICLES)
        )
        assert lines[:2] == before.splitlines()[:2]  # nothing moves for it
        await here.press("backspace")
        await here.until(lambda: here.text == before)
        await here.press("7")
        await here.until(lambda: "steps down" in here.text)
        await here.press("escape")
        await here.until(lambda: here.text == before)


async def test_who_types_on_sees_the_keys_at_the_foot_and_no_panel(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("1", "2", "g")
        assert here.text.splitlines()[-1].endswith("12 g ")
        await here.press("u")
        assert not here.main.query("#which-key")
        assert "12" not in here.text.splitlines()[-1]


async def test_the_key_that_ends_a_sequence_may_come_at_the_moment_at_which_one_rested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late:
        def stop(self) -> None:
            """Come too late: what it does is on its way."""

    rests: list[Callable[[], None]] = []

    def later(_: float, rested: Callable[[], None]) -> Late:
        rests.append(rested)
        return Late()

    async with desk(tmp_path) as here:
        monkeypatch.setattr(here.main, "set_timer", later)
        for keys in (("g", "g"), ("3", "j"), ("Z", "escape")):
            await here.press(keys[0])
            rested = rests.pop()
            await here.press(keys[1])
            rested()
            await here.settle()
            assert not here.main.query("#which-key")


async def test_a_macro_does_what_its_line_says_as_often_as_is_counted(tmp_path: Path) -> None:
    async with desk(tmp_path, macros={"a": "bookmark; tags sea; next-article"}) as here:
        titles = here.titles
        await here.press("2", ",", "a")
        await here.until(lambda: here.head(titles[1]).tags == ("sea",))
        assert [here.head(title).bookmarked for title in titles[:3]] == [True, True, False]
        assert here.cursor == titles[2]


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_said_to_other_hands_is_of_keys_that_mean_nothing_and_names_commands_that_have_keys(
    preset: str,
) -> None:
    for keys in ELSEWHERE:
        sequence = tuple(keys.split())
        said = answer(keymap(preset), sequence, Where.ARTICLES, again=False)
        assert "<" not in said
        assert "{" not in said
        assert len(said) < 120
        assert keys in NAMES or all(len(key) == 1 or key in NAMES or "+" in key for key in sequence)
    acting = {keys for keys in ELSEWHERE if keymap("default").command_of(tuple(keys.split()), Where.ARTICLES)}
    assert acting <= {"ctrl+p"}, "of the default keys; what newsboat's hands press there is another thing"


async def test_strange_keys_are_answered_and_those_that_act_are_not(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("C")
        assert "C marks nothing here: A marks this list read, u undoes." in here.main.foot.plain
        await here.press("f")
        assert "f works in an article: link." in here.main.foot.plain
        here.main.foot.hush()
        await here.press("%")
        assert "%" not in here.main.foot.plain
        await here.press("%")
        assert "% means nothing here. ? shows all keys." in here.main.foot.plain
        here.main.foot.hush()
        await here.press("j", "5", "escape", "g", "u", "ctrl+c")
        assert "nothing" not in here.main.foot.plain


async def test_a_count_opens_a_link_by_its_number(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "3", "f")
        assert "There are no links in this article." in here.main.foot.plain


def test_every_pane_can_be_walked_by_counts() -> None:
    for where in PANES:
        assert dict(keymap("default").ways_to_count(where))["j"] == "steps down"
