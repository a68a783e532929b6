from __future__ import annotations

import importlib
import inspect
import re
from functools import cached_property

import pytest

from newsreader.ui.keys import COMMANDS, Command, Keymap, Where, default_keys, parse_keys, table
from newsreader.ui.main import DESK_OF, MainScreen


def actions_of(kind: type) -> dict[str, object]:
    own = [each for each in kind.__mro__ if each.__module__.startswith("newsreader")]
    names = (name for each in own for name in vars(each) if name.startswith("action_"))
    return {name.removeprefix("action_"): getattr(kind, name) for name in names}


def desk(name: str) -> type:
    """The class of a desk, as its property on the main screen says."""
    prop = inspect.getattr_static(MainScreen, name)
    assert isinstance(prop, cached_property)
    kind = getattr(importlib.import_module(f"newsreader.ui.{name}"), str(prop.func.__annotations__["return"]))
    assert isinstance(kind, type)
    return kind


AT_DESKS = {name: actions_of(desk(name)) for name in sorted(set(DESK_OF.values()))}
ACTIONS_AT_DESKS = {command for actions in AT_DESKS.values() for command in actions}
ACTIONS = actions_of(MainScreen) | {command: each for actions in AT_DESKS.values() for command, each in actions.items()}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_an_action_with_the_words_to_explain_it(command: Command) -> None:
    action = ACTIONS[command.id]
    assert inspect.getdoc(action)
    assert command.help.endswith(".")
    assert command.label
    assert parse_keys(command.keys)


def test_every_action_of_the_screen_and_its_desks_is_a_command() -> None:
    assert ACTIONS.keys() == {command.id for command in COMMANDS}
    assert set(DESK_OF) == ACTIONS_AT_DESKS


@pytest.mark.parametrize("where", tuple(Where))
def test_no_key_is_taken_twice_in_a_pane_and_none_that_acts_begins_another(where: Where) -> None:
    sequences = [each for command in COMMANDS if where in command.where for each in parse_keys(command.keys)]
    assert len(sequences) == len(set(sequences))
    beginnings = {each[:length] for each in sequences for length in range(1, len(each))}
    assert not beginnings & set(sequences)


def test_the_default_keymap_has_no_problems_and_knows_every_key() -> None:
    keymap = Keymap()
    assert keymap.problems == ()
    for command in COMMANDS:
        assert keymap.keys_of(command.id)


def test_keys_and_sequences_lead_to_commands() -> None:
    keymap = Keymap()

    def press(*keys: str) -> object:
        outcome: object = ()
        for key in keys:
            assert isinstance(outcome, tuple)
            outcome = keymap.press(outcome, key, Where.ARTICLES)
        return outcome.id if isinstance(outcome, Command) else outcome

    assert press("j") == "down"
    assert press("g") == ("g",)
    assert press("g", "g") == "top"
    assert press("g", "u") == "go_unread"
    assert press("g", "x") is None
    assert press("F") is None


def test_what_may_follow_a_begun_sequence_is_told() -> None:
    assert ("u", "unread") in Keymap().ways_on(("g",), Where.READER)


@pytest.mark.parametrize("where", tuple(Where))
def test_the_foot_shows_six_keys_that_work_there(where: Where) -> None:
    foot = Keymap().foot(where)
    assert len(foot) == 6
    assert ("?", "keys") in foot


def test_a_chosen_key_takes_the_place_of_the_old_one() -> None:
    keymap = Keymap({"bookmark": "B, ctrl+s"})
    assert keymap.problems == ()
    assert keymap.keys_of("bookmark") == ("B", "ctrl+s")
    assert keymap.press((), "s", Where.ARTICLES) is None


def test_a_chosen_key_is_taken_from_the_command_that_had_it_and_that_is_said() -> None:
    keymap = Keymap({"bookmark": "n"}, lambda command: {"bookmark": 7}[command])
    found = keymap.press((), "n", Where.READER)
    assert isinstance(found, Command)
    assert found.id == "bookmark"
    assert keymap.problems == ("config.toml, line 7: n now means bookmark, and next_unread has no key left.",)
    assert keymap.key_of("next_unread") == "<next_unread>"
    assert all(word != "next unread" for _, word in keymap.foot(Where.READER))


def test_a_command_that_keeps_another_key_loses_one_quietly() -> None:
    keymap = Keymap({"bookmark": "p"})
    assert keymap.problems == ()
    assert keymap.keys_of("previous_unread") == ("N",)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"bokmark": "b"}, "there is no command bokmark. Did you mean bookmark?"),
        ({"qqq": "b"}, "there is no command qqq. ? in the reader names them all."),
        ({"bookmark": "hello"}, "hello is no key. Write a, ctrl+a, space, enter, f1 or g a."),
        ({"bookmark": "ctrl+q"}, "ctrl+q always quits and cannot be bookmark."),
        ({"bookmark": "ctrl+c"}, "ctrl+c copies marked text and cannot be bookmark."),
        ({"bookmark": "g"}, "g begins g g and cannot act by itself."),
        ({"bookmark": "B", "undo": "B"}, "B is already bookmark."),
    ],
)
def test_what_cannot_be_followed_is_said_and_the_default_kept(chosen: dict[str, str], said: str) -> None:
    keymap = Keymap(chosen)
    assert keymap.problems == (f"[keys]: {said}",)
    assert all(keymap.keys_of(command.id) for command in COMMANDS)


def test_the_tables_for_readme_and_config_name_every_command() -> None:
    written = table()
    assert all(command.help in written for command in COMMANDS)
    assert set(default_keys()) == {command.id for command in COMMANDS}


def test_the_readme_table_has_two_columns_in_every_line() -> None:
    for line in table().splitlines():
        assert len(re.findall(r"(?<!\\)\|", line)) == 3
