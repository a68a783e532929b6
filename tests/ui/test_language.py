from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.ui.keys import COMMANDS, Command
from newsreader.ui.language import (
    ALSO,
    AS_IT_STANDS,
    Call,
    Kind,
    arguments_of,
    command_named,
    name_of,
    names_of,
    standing,
    understand,
    usage_of,
    written,
)


def done(line: str) -> list[tuple[str, ...]]:
    """What a line does, which has no mistakes."""
    understood = understand(line)
    assert understood.mistakes == ()
    return [(call.command.id, *call.arguments) for call in understood.calls]


def test_no_two_commands_are_typed_alike() -> None:
    names = [name.replace("-", "") for command in COMMANDS for name in names_of(command)]
    assert len(names) == len(set(names))
    assert set(ALSO) <= {command.id for command in COMMANDS}
    assert all(command_named(name) is command for command in COMMANDS for name in names_of(command))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_takes_what_can_be_read(command: Command) -> None:
    arguments = arguments_of(command)
    optional = [argument.optional for argument in arguments]
    assert optional == sorted(optional)
    assert all(argument.kind not in AS_IT_STANDS for argument in arguments[:-1])
    assert usage_of(command).startswith(name_of(command))


@pytest.mark.parametrize(
    ("line", "calls"),
    [
        ("", []),
        (" : ", []),
        ("quit", [("quit",)]),
        (":q", [("quit",)]),
        ("q!", [("quit",)]),
        ("WQ!", [("quit",)]),
        ("mark-all-read", [("mark_all_read",)]),
        ("mark_all_read", [("mark_all_read",)]),
        ("tag later; next", [("tags", "later"), ("next_unread",)]),
        (";;undo ;; :redo;", [("undo",), ("redo",)]),
        ("3", [("row", "3")]),
        (":007", [("row", "7")]),
        ("open", [("open",)]),
        ("open 3", [("open", "3")]),
        ("source The Coast Gazette", [("source", "The Coast Gazette")]),
        ('source "Ferries; and boats"; open', [("source", "Ferries; and boats"), ("open",)]),
        (r'folder "The \"new\" \\ world"', [("folder", r'The "new" \ world')]),
        ('search "night ferry" -bridge', [("search", '"night ferry" -bridge')]),
        ('search 5" disks', [("search", '5" disks')]),
        ('search "a; b"; open', [("search", '"a; b"'), ("open",)]),
        ('rename-source "Ferries; and more"', [("rename_source", "Ferries; and more")]),
        ("search جزيرة 島", [("search", "جزيرة 島")]),
        ('shell echo "$X" | wc', [("shell", 'echo "$X" | wc')]),
        ('pipe "cat; date"; next', [("pipe", "cat; date"), ("next_unread",)]),
        ("import ~/my feeds.opml", [("import_opml", "~/my feeds.opml")]),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, calls: list[tuple[str, ...]]) -> None:
    assert done(line) == calls


@pytest.mark.parametrize(
    ("line", "stretch", "meant", "said"),
    [
        ("bokmark", "bokmark", "bookmark", "There is no command bokmark. Did you mean bookmark?"),
        ("undo; thme nord", "thme", "theme", "There is no command thme. Did you mean theme?"),
        ("boo", "boo", "bookmark", "There is no command boo. Did you mean bookmark?"),
        ("xyzzy", "xyzzy", None, "There is no command xyzzy. :help names them all."),
        ("undo 3", "3", "", "Nothing can follow undo."),
        ("source", "source", None, "What is missing: source SOURCE."),
        ("open three", "three", None, "open takes a number, not “three”."),
        ("shell ls; cd", "cd", None, 'A “;” ends shell. A command that has one stands in quotes: shell "…; …".'),
        ('"', '"', None, 'There is no command ". :help names them all.'),
    ],
)
def test_a_mistake_says_where_it_stands_and_what_was_meant(
    line: str, stretch: str, meant: str | None, said: str
) -> None:
    (mistake,) = understand(line).mistakes
    assert (line[mistake.start : mistake.end], mistake.meant, mistake.sentence) == (stretch, meant, said)


@pytest.mark.parametrize(
    ("line", "typed", "command", "kind"),
    [
        ("", "", None, None),
        (":bo", "bo", None, None),
        ("undo; ta", "ta", None, None),
        ("undo;", "", None, None),
        ("tag ", "", "tags", Kind.TAGS),
        ("source the c", "the c", "source", Kind.SOURCE),
        ('source "the c', "the c", "source", Kind.SOURCE),
        ("undo ", "", "undo", None),
        ("nothing of that", "", None, None),
    ],
)
def test_it_is_known_what_somebody_writes(line: str, typed: str, command: str | None, kind: Kind | None) -> None:
    found = standing(line, len(line))
    assert found.typed == typed
    assert (found.command.id if found.command else None) == command
    assert (found.argument.kind if found.argument else None) == kind


_TEXTS = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=12)
_LINES = st.lists(st.sampled_from([*'";: \\\t', "tag", "open", "3", "search", "q", "!", "-"]) | _TEXTS).map("".join)


@given(_LINES, st.integers(0, 60))
def test_nothing_that_is_typed_breaks_it_and_mistakes_stand_in_the_line(line: str, cursor: int) -> None:
    understood = understand(line)
    for mistake in understood.mistakes:
        assert 0 <= mistake.start <= mistake.end <= len(line)
        assert mistake.sentence
    found = standing(line, min(cursor, len(line)))
    assert 0 <= found.start <= found.end == min(cursor, len(line))


@given(_LINES)
def test_what_was_understood_is_written_in_one_way_and_read_as_the_same(line: str) -> None:
    calls = understand(line).calls
    assert understand(written(calls)) == (calls, ())


@st.composite
def _calls(draw: st.DrawFn) -> Call:
    command = draw(st.sampled_from(COMMANDS))
    values = {Kind.NUMBER: st.integers(0, 10**6).map(str), **dict.fromkeys(AS_IT_STANDS, st.just('a "b; c" d'))}
    names = _TEXTS.filter(bool)
    arguments = tuple(draw(values.get(each.kind, names)) for each in arguments_of(command))
    return Call(command, arguments)


@given(st.lists(_calls(), max_size=4).map(tuple))
def test_whatever_commands_are_given_can_be_written(calls: tuple[Call, ...]) -> None:
    assert understand(written(calls)) == (calls, ())
