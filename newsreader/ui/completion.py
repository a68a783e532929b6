"""What can stand where somebody types a command: names of commands, and of what they take. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from newsreader.query import Mistake
from newsreader.ui.keys import COMMANDS
from newsreader.ui.language import Call, Kind, Standing, arguments_of, in_place, name_of, names_of, standing, usage_of
from newsreader.ui.ranking import Ranking
from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.ui.keys import Command
    from newsreader.ui.language import Argument

MOST: Final = 8  # offers at once: more are not looked through, letters are typed
_SEVERAL: Final = frozenset({Kind.TAGS, Kind.LABELS})
"""What can stand there several times: only the last one is being written."""

_CLOSED: Final = frozenset({Kind.SOURCE, Kind.FOLDER, Kind.PLACE, Kind.THEME, Kind.BRIEF})
"""What must be one of the names that are known."""


class Named(NamedTuple):
    """Something that can be named in an argument: its name, what else it is found by, and words about it."""

    name: str
    also: tuple[str, ...] = ()
    aside: str = ""


class Offer(NamedTuple):
    """What can be put into the line from `start` to the cursor; as it is shown, with words about it and its key."""

    start: int
    text: str
    shown: str
    aside: str = ""
    key: str = ""


class Known(Protocol):
    """What the one who asks knows."""

    def named(self, kind: Kind, typed: str) -> Iterable[Named]:
        """What can be named by an argument of this kind; of files those in the folder that is typed."""

    def key_of(self, command: Command) -> str:
        """The main key of a command, empty where it has none."""


def offers(line: str, cursor: int, known: Known) -> tuple[Offer, ...]:
    """What can stand where the cursor is, the likeliest first."""
    here = standing(line, cursor)
    if here.command is None:
        return tuple(_of_command(command, here.start, known) for command in _commands(here))
    if here.argument is None:
        return ()
    return tuple(_of_argument(here, here.argument, known))


def hint(line: str, cursor: int) -> tuple[str, str] | None:
    """The command that is written at the cursor, with what it takes, and what it does; None in its name."""
    command = standing(line, cursor).command
    return None if command is None else (usage_of(command), _(command.help))


def unknown(calls: Iterable[Call], line: str, known: Known) -> Mistake | None:
    """The first argument that names nothing there is: where it stands, and what comes nearest to it."""
    for call in calls:
        for text, argument in zip(call.arguments, arguments_of(call.command), strict=False):
            if argument.kind not in _CLOSED:
                continue
            names = _ranking(known.named(argument.kind, text))
            if names.meant(text) is None:
                near = next(iter(names.best(text, 1)), None)
                return _unknown(line, text, argument, near)
    return None


def _unknown(line: str, text: str, argument: Argument, near: Named | None) -> Mistake:
    from newsreader.text import one_line, truncate
    from newsreader.ui.words import commands as words

    start = max(0, line.find(text))
    end = start + len(text) if line.find(text) >= 0 else len(line)
    said = words.nowhere(truncate(one_line(text), 40), truncate(near.name, 40) if near else None)
    return Mistake(start, end, said, in_place(near.name, argument) if near else None)


def _commands(here: Standing) -> Sequence[Command]:
    if not here.typed.strip(": "):
        return COMMANDS[:MOST]
    return Ranking((command, names_of(command)) for command in COMMANDS).best(here.typed.lstrip(": "), MOST)


def _of_command(command: Command, start: int, known: Known) -> Offer:
    text = f"{name_of(command)} " if command.takes else name_of(command)
    return Offer(start, text, usage_of(command), _(command.help), known.key_of(command))


def _of_argument(here: Standing, argument: Argument, known: Known) -> Iterable[Offer]:
    start, typed, sign = here.start, here.typed, ""
    if argument.kind in _SEVERAL:
        last = max(typed.rfind(" "), typed.rfind(",")) + 1
        start, typed = here.end - len(typed) + last, typed[last:]
        sign = "-" if typed.startswith("-") else ""
        typed = typed.removeprefix("-").removeprefix("#")
    if argument.kind is Kind.FILE:
        known_names = list(known.named(argument.kind, typed))[:MOST]
    else:
        known_names = _ranking(known.named(argument.kind, typed)).best(typed, MOST)
    for each in known_names:
        put = f"{sign}{each.name}" if argument.kind in _SEVERAL else in_place(each.name, argument)
        yield Offer(start, put, each.name, each.aside)


def _ranking(named: Iterable[Named]) -> Ranking[Named]:
    return _ranked(tuple(named))


@lru_cache(maxsize=4)
def _ranked(named: tuple[Named, ...]) -> Ranking[Named]:
    """The names made ready: the same ones are looked through with every letter."""
    return Ranking((each, (each.name, *each.also)) for each in named)
