"""What is said about settings: the panel, and what was taken over from the files while the reader runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.config.settings import Setting

HEADING: Final = _("Settings")
KEYS: Final = _("Keys")
MACROS: Final = _("Macros")
UNDONE_ALREADY: Final = _("It is at its default already.")
HINTS: Final = (
    ("j/k", _("move")),
    ("h/l", _("change")),
    ("x", _("default")),
    ("u", _("undo")),
    ("esc", _("close")),
)
TEXT_HINTS: Final = (("j/k", _("move")), ("⏎", _("edit")), *HINTS[2:])
NOTHING_TO_UNDO: Final = _("No setting was changed here that could be changed back.")

FEW_COLOURS: Final = _("This terminal has too few colours for it: its own are shown.")
ALL_RIGHT: Final = _("Everything in config.toml is right now.")


def taken_over(names: Sequence[str]) -> str:
    """Say what counts from now on, as a file says so."""
    return _("Taken over: {names}.").format(names=", ".join(names))


def mistakes(problems: Sequence[str], key: str) -> str:
    """Say the one mistake, or how many there are and the key that lists them."""
    if len(problems) == 1:
        return problems[0]
    return _("{count} settings are wrong; {key} lists them.").format(count=len(problems), key=key)


def until_you_quit(name: str, line: int) -> str:
    """Say that the person's own file sets this, wins at the next start, and is not written by us."""
    return _("Until you quit: config.toml, line {line}, sets {name}, and it wins.").format(line=line, name=name)


def change_it_there(name: str, line: int) -> str:
    """Say that a line of the person's own file sets this, and that nothing else counts."""
    return _("config.toml, line {line}, sets {name}: change it there.").format(line=line, name=name)


def from_line(line: int) -> str:
    """Say that a line of the person's own file sets this."""
    return _("config.toml, line {line}").format(line=line)


def default(value: str) -> str:
    """Say what a setting is where nobody set it."""
    return _("default {value}").format(value=value)


def changed_back(label: str, value: str) -> str:
    """Say what was changed back."""
    return _("Changed back: {label} is {value}.").format(label=label, value=value)


def no_choice(label: str, value: str, choices: Sequence[str]) -> str:
    """Say that a setting cannot be this, and what it can be."""
    return _("{label} is never {value}. There are {choices}.").format(
        label=label, value=value, choices=", ".join(choices)
    )


def now_is(label: str, value: str) -> str:
    """Say what a setting is from now on."""
    return _("{label}: {value}.").format(label=label, value=value)


def label(setting: Setting) -> str:
    """What a setting is called: config's table of them is written before the language is known."""
    return _(setting.label)


def wanted(setting: Setting) -> str:
    """What a setting that is written can be, by an example where there is one: a line above says what it is."""
    return _("as {example}").format(example=setting.example) if setting.example else setting.wanted


def about(setting: Setting) -> str:
    """What a setting is for."""
    return _(setting.help)
