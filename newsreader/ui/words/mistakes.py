"""What is said of mistakes in the person's own files: keys, macros, themes. Loaded where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

RESERVED: Final = {
    "ctrl+c": _("ctrl+c copies marked text and cannot be {command}."),
    "ctrl+q": _("ctrl+q always quits and cannot be {command}."),
    "ctrl+i": _("ctrl+i is tab to a terminal and cannot be {command}."),
    "ctrl+m": _("ctrl+m is enter to a terminal and cannot be {command}."),
    "ctrl+h": _("ctrl+h is backspace to many terminals and cannot be {command}."),
    "ctrl+[": _("ctrl+[ is escape to a terminal and cannot be {command}."),
}
"""Why these keys can be no command's."""


def in_line(line: int, table: str) -> str:
    """Where in config.toml something is wrong."""
    return _("config.toml, line {line}").format(line=line) if line else f"[{table}]"


def at(place: str, problem: str) -> str:
    """Say where something is wrong, and what."""
    return f"{place}: {problem}"


def no_preset(name: str, known: Iterable[str]) -> str:
    """Say that no preset is called so."""
    return _("there is no preset {name}. Known are {known}.").format(name=name, known=", ".join(known))


def no_command(name: str, near: str) -> str:
    """Say that no command is called so, and what may have been meant, if anything."""
    said = _("there is no command {name}. Did you mean {near}?")
    if not near:
        said = _("there is no command {name}. ? in the reader names them all.")
    return said.format(name=name, near=near)


def names_no_command(keys: str) -> str:
    """Say that a macro does nothing."""
    return _("{keys} names no command.").format(keys=keys)


def no_key_left(keys: str, taker: str, command: str) -> str:
    """Say that a command lost its only key to another."""
    return _("{keys} now means {taker}, and {command} has no key left.").format(keys=keys, taker=taker, command=command)


def no_key(key: str) -> str:
    """Say that a key is none."""
    return _("{key} is no key. Write a, ctrl+a, space, enter, f1 or g a.").format(key=key)


def a_count(digit: str, command: str) -> str:
    """Say that a digit begins a number."""
    return _("{digit} begins a count, as in 5j, and cannot be {command}.").format(digit=digit, command=command)


def begins(shown: str, longer: str) -> str:
    """Say that longer keys begin with these."""
    return _("{shown} begins {longer} and cannot act by itself.").format(shown=shown, longer=longer)


def begun_by(shorter: str, shown: str, command: str) -> str:
    """Say that these keys begin with some that act already: as `command`, or, where that is empty, as a macro."""
    if not command:
        return _("{shorter} acts and cannot begin {shown}.").format(shorter=shorter, shown=shown)
    return _("{shorter} is {command} and cannot begin {shown}.").format(shorter=shorter, command=command, shown=shown)


def taken(shown: str, taker: str) -> str:
    """Say that keys are another command's."""
    return _("{shown} is already {taker}.").format(shown=shown, taker=taker)


def no_theme(name: str, nearest: str) -> str:
    """Say that no theme is called so."""
    return _("there is no theme {name}. {nearest}").format(name=name, nearest=nearest)


def no_colour(name: str, nearest: str) -> str:
    """Say that a theme has no colour of this name."""
    return _("there is no colour {name}. {nearest}").format(name=name, nearest=nearest)


def not_a_colour(name: str, example: str) -> str:
    """Say that a value is no colour."""
    return _('{name} must be a colour such as "{example}".').format(name=name, example=example)


def meant(near: str) -> str:
    """Ask whether this was meant."""
    return _("Did you mean {near}?").format(near=near)


def known(names: Iterable[str]) -> str:
    """Say what there is."""
    return _("Known are {names}.").format(names=", ".join(names))


def unreadable(name: str, why: str) -> str:
    """Say that a file cannot be read."""
    return _("{name} cannot be read: {why}.").format(name=name, why=why)


def wrong_line(name: str, line: int, problem: str) -> str:
    """Say in which line of a file something is wrong."""
    return _("{name}, line {line}: {problem}").format(name=name, line=line, problem=problem)
