from __future__ import annotations

import inspect
import re

import pytest

from newsreader.ui.commanding import Commanding
from newsreader.ui.desks import Reserved
from newsreader.ui.keymap import Keymap, preset_keys, table
from newsreader.ui.keys import BY_ID, COMMANDS, Command, Where, parse_keys
from newsreader.ui.main import DESK_OF, MainScreen
from newsreader.ui.presets import PRESETS


def actions_of(kind: type) -> dict[str, object]:
    own = [each for each in kind.__mro__ if each.__module__.startswith("newsreader")]
    names = (name for each in own for name in vars(each) if name.startswith("action_"))
    return {name.removeprefix("action_"): getattr(kind, name) for name in names}


def desk(name: str) -> type:
    """The class of a desk, by the place that the main screen has for it."""
    place = inspect.getattr_static(MainScreen, name)
    assert isinstance(place, Reserved)
    assert place.kind().__name__ == MainScreen.__annotations__[name]
    return place.kind()


AT_DESKS = {name: actions_of(desk(name)) for name in sorted(set(DESK_OF.values()))}
ACTIONS_AT_DESKS = {command for actions in AT_DESKS.values() for command in actions}
ACTIONS = actions_of(MainScreen) | {command: each for actions in AT_DESKS.values() for command, each in actions.items()}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_an_action_with_the_words_to_explain_it(command: Command) -> None:
    home = desk(DESK_OF[command.id]) if command.id in DESK_OF else Commanding
    action = ACTIONS.get(command.id) or getattr(home, f"take_{command.id}")
    assert inspect.getdoc(action)
    assert command.help.endswith(".")
    assert command.label
    assert parse_keys(command.keys) or command.takes


def needs_to_be_typed(command: Command) -> bool:
    return bool(command.takes) and not command.takes.split()[0].endswith("?")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_whatever_is_typed_behind_a_command_is_taken_by_its_desk_or_that_of_typed_commands(command: Command) -> None:
    home = desk(DESK_OF[command.id]) if command.id in DESK_OF else MainScreen
    takers = [each for each in (home, Commanding) if hasattr(each, f"take_{command.id}")]
    assert bool(takers) == bool(command.takes)


def test_every_action_of_the_screen_and_its_desks_is_a_command() -> None:
    assert ACTIONS.keys() == {command.id for command in COMMANDS if not needs_to_be_typed(command)}
    assert {name for name in DESK_OF if not needs_to_be_typed(BY_ID[name])} == ACTIONS_AT_DESKS


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("where", tuple(Where))
def test_no_key_is_taken_twice_in_a_pane_and_none_that_acts_begins_another(where: Where, preset: str) -> None:
    keys = preset_keys(preset)
    sequences = [each for command in COMMANDS if where in command.where for each in parse_keys(keys[command.id])]
    assert len(sequences) == len(set(sequences))
    beginnings = {each[:length] for each in sequences for length in range(1, len(each))}
    assert not beginnings & set(sequences)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_keymap_of_a_preset_has_no_problems_and_knows_every_key(preset: str) -> None:
    keymap = Keymap(preset=preset)
    assert keymap.problems == ()
    assert PRESETS[preset].keys() <= {command.id for command in COMMANDS}
    for command in COMMANDS:
        assert keymap.keys_of(command.id) or not command.keys


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
    assert press("C") is None


def test_what_may_follow_a_begun_sequence_is_told() -> None:
    assert ("u", "unread") in Keymap().ways_on(("g",), Where.READER)


@pytest.mark.parametrize("special", [False, True])
@pytest.mark.parametrize("where", tuple(Where))
def test_the_foot_shows_six_keys_that_work_there(where: Where, *, special: bool) -> None:
    foot = Keymap().foot(where, special=special)
    assert len(foot) == 6
    assert ("?", "keys") in foot


@pytest.mark.parametrize("where", tuple(Where))
@pytest.mark.parametrize("preset", PRESETS)
def test_of_what_may_follow_no_key_is_told_twice(where: Where, preset: str) -> None:
    keymap = Keymap(preset=preset)
    for ways in (keymap.ways_to_count(where), *(keymap.ways_on((prefix,), where) for prefix in "gZzy")):
        keys = [key for key, _ in ways]
        assert len(keys) == len(set(keys))


def test_a_chosen_key_takes_the_place_of_the_old_one() -> None:
    keymap = Keymap({"bookmark": "W, ctrl+s"})
    assert keymap.problems == ()
    assert keymap.keys_of("bookmark") == ("W", "ctrl+s")
    assert keymap.press((), "s", Where.ARTICLES) is None


def test_a_chosen_key_is_taken_from_the_command_that_had_it_and_that_is_said() -> None:
    keymap = Keymap({"bookmark": "n"}, lambda table, name: {("keys", "bookmark"): 7}[table, name])
    found = keymap.press((), "n", Where.READER)
    assert isinstance(found, Command)
    assert found.id == "bookmark"
    assert keymap.problems == ("config.toml, line 7: n now means bookmark, and next_unread has no key left.",)
    assert keymap.key_of("next_unread") == ":next-unread"
    assert all(word != "next unread" for _, word in keymap.foot(Where.READER))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Esc", "escape"), ("PgDn", "pagedown"), ("Return", "enter"), ("SPACE", "space"), ("F5", "f5"), ("↑", "up"),
        ("shift+a", "A"), ("Ctrl+D", "ctrl+d"), ("ctrl+shift+Up", "ctrl+shift+up"), ("shift+Tab", "shift+tab"),
        ("+", "+"), ("alt++", "alt++"), ("comma", ","), ("A", "A"), ("Ä", "Ä"), ("|", "|"),
    ],
)  # fmt: skip
def test_a_key_may_be_named_as_people_write_it(written: str, named: str) -> None:
    assert parse_keys(f"x {written}") == (("x", named),)


def test_a_preset_is_chosen_and_chosen_keys_go_over_it() -> None:
    keymap = Keymap({"undo": "ctrl+z"}, preset="newsboat")
    assert keymap.problems == ()
    assert keymap.keys_of("toggle_read") == ("N", "m")
    assert keymap.keys_of("links") == ("u",)
    assert keymap.keys_of("undo") == ("ctrl+z",)
    assert keymap.keys_of("down") == ("j", "↓")


def test_an_empty_wish_takes_a_commands_keys_away() -> None:
    keymap = Keymap({"mark_all_read": "", "bookmark": "A"})
    assert keymap.problems == ()
    assert keymap.keys_of("mark_all_read") == ()
    assert keymap.keys_of("bookmark") == ("A",)


def test_who_gives_all_commands_of_a_prefix_other_keys_has_it_as_a_key() -> None:
    others = {command.id: "" for command in COMMANDS if command.keys.startswith("Z") or " Z " in f" {command.keys}"}
    keymap = Keymap({**others, "bookmark": "Z"})
    assert keymap.problems == ()
    assert keymap.keys_of("bookmark") == ("Z",)


def test_a_key_of_one_pane_may_begin_a_sequence_in_another() -> None:
    keymap = Keymap({"passages": "x p"})  # x selects in the lists only
    assert keymap.problems == ()
    assert keymap.press((), "x", Where.READER) == ("x",)


def test_an_unknown_preset_is_said_and_the_default_used() -> None:
    keymap = Keymap(preset="emacs", line_of=lambda table, name: {("keys", "preset"): 3}[table, name])
    assert keymap.problems == ("config.toml, line 3: there is no preset emacs. Known are default, newsboat, vim, web.",)
    assert keymap.keys_of("undo") == ("u",)


def test_a_macro_is_a_command_behind_the_comma_key() -> None:
    keymap = Keymap(macros={"a": "bookmark; next_unread", "g a, comma": "later"})
    assert keymap.problems == ()
    pending = keymap.press((), ",", Where.READER)
    assert pending == (",",)
    found = keymap.press(pending, "a", Where.READER)
    assert isinstance(found, Command)
    assert found.line == "bookmark; next_unread"
    assert keymap.keys_of(", g a, comma") == (", g a", ", ,")
    assert ("a", "bookmark; next_unread") in keymap.ways_on((",",), Where.SOURCES)


def test_a_macro_is_checked_as_a_typed_line_is() -> None:
    lines = {("macros", "a"): 3, ("macros", "b"): 4, ("macros", "hello"): 5}
    keymap = Keymap(None, lambda *at: lines[at], macros={"a": "bokmark; undo", "b": " ; ", "hello": "undo"})
    assert keymap.problems == (
        "config.toml, line 3: There is no command bokmark. Did you mean bookmark?",
        "config.toml, line 4: , b names no command.",
        "config.toml, line 5: hello is no key. Write a, ctrl+a, space, enter, f1 or g a.",
    )
    assert keymap.press((), ",", Where.READER) is None


def test_macros_clash_with_each_other_and_with_what_takes_their_prefix() -> None:
    lines = {("macros", "a b"): 4, ("keys", "undo"): 2}
    keymap = Keymap({"undo": "comma"}, lambda *at: lines[at], macros={"a": "later", "a b": "undo"})
    assert keymap.problems == (
        "config.toml, line 4: , a acts and cannot begin , a b.",
        "config.toml, line 2: , begins , a and cannot act by itself.",
    )
    assert keymap.keys_of("undo") == ("u",)


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
        ({"bookmark": "Ctrl+I"}, "ctrl+i is tab to a terminal and cannot be bookmark."),
        ({"bookmark": "ctrl+c"}, "ctrl+c copies marked text and cannot be bookmark."),
        ({"bookmark": "j x"}, "j is down and cannot begin j x."),
        ({"bookmark": "X", "undo": "X x"}, "X is bookmark and cannot begin X x."),
        ({"bookmark": "3"}, "3 begins a count, as in 5j, and cannot be bookmark."),
        ({"bookmark": "g"}, "g begins g g and cannot act by itself."),
        ({"bookmark": "W", "undo": "W"}, "W is already bookmark."),
    ],
)
def test_what_cannot_be_followed_is_said_and_the_default_kept(chosen: dict[str, str], said: str) -> None:
    keymap = Keymap(chosen)
    assert keymap.problems == (f"[keys]: {said}",)
    assert all(keymap.keys_of(command.id) for command in COMMANDS if command.keys)


def test_the_tables_for_readme_and_config_name_every_command() -> None:
    written = table()
    assert all(command.help in written for command in COMMANDS)
    assert set(preset_keys("default")) == {command.id for command in COMMANDS}


def test_the_readme_table_has_two_columns_in_every_line() -> None:
    for line in table().splitlines():
        assert len(re.findall(r"(?<!\\)\|", line)) == 3
