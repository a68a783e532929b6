"""What is said about commands that are typed."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several, undoes

KINDS: Final = {
    "number": _("NUMBER"),
    "words": _("WORDS"),
    "query": _("WORDS"),
    "name": _("NAME"),
    "into": _("FOLDER"),
    "labels": _("TAGS"),
    "source": _("SOURCE"),
    "folder": _("FOLDER"),
    "tags": _("TAGS"),
    "place": _("NAME"),
    "theme": _("THEME"),
    "brief": _("WHAT"),
    "file": _("FILE"),
    "address": _("ADDRESS"),
    "setting": _("SETTING VALUE"),
    "command": _("COMMAND"),
}
"""What stands for an argument of each kind."""


def no_command(name: str, meant: str | None) -> str:
    """Say that no command is called so."""
    if meant is None:
        return _("There is no command {name}. :help names them all.").format(name=name)
    return _("There is no command {name}. Did you mean {meant}?").format(name=name, meant=meant)


def takes_nothing(name: str) -> str:
    """Say that nothing can stand behind a command."""
    return _("Nothing can follow {name}.").format(name=name)


def lacks(name: str, kind: str) -> str:
    """Say what has to follow a command: `kind` as in KINDS."""
    return _("What is missing: {name} {kind}.").format(name=name, kind=kind)


def in_quotes(name: str) -> str:
    """Say how a command of the shell is written that has a ";" in it."""
    return _('A “;” ends {name}. A command that has one stands in quotes: {name} "…; …".').format(name=name)


def no_number(name: str, given: str) -> str:
    """Say that a number has to follow a command."""
    return _("{name} takes a number, not “{given}”.").format(name=name, given=given)


def no_such_row(count: int) -> str:
    """Say that the list has no article of the number that was asked for."""
    if not count:
        return _("There are no articles in this list.")
    return several("There is {count} article in this list.", "There are {count} articles in this list.", count).format(
        count=f"{count:,}"
    )


def nowhere(name: str, meant: str | None) -> str:
    """Say that nothing is called so."""
    if meant is None:
        return _("Nothing here is called “{name}”.").format(name=name)
    return _("Nothing here is called “{name}”. Did you mean {meant}?").format(name=name, meant=meant)


NO_ARTICLE: Final = _("There is no article here.")


def tagged(tags: tuple[str, ...], undo: str) -> str:
    """Say which tags an article has now, and the key that takes it back."""
    shown = " ".join(f"#{tag}" for tag in tags)
    said = _("Its tags are {tags}.").format(tags=shown) if tags else _("It has no tags now.")
    return f"{said} {undoes(undo)}"


def no_theme(name: str, meant: str | None) -> str:
    """Say that there is no theme of this name."""
    if meant is None:
        return _("There is no theme {name}. :theme and Tab name them all.").format(name=name)
    return _("There is no theme {name}. Did you mean {meant}?").format(name=name, meant=meant)


def theme_kept(name: str) -> str:
    """Say which theme is kept."""
    return _("{name} from now on.").format(name=name)


HOW_TO_TYPE: Final = _("Type a command. Tab lists them, ↑ brings back earlier ones, esc goes back.")
NOTHING_BEGINS_SO: Final = _("No command is called so.")


def mistaken(sentence: str, *, mends: bool) -> str:
    """Say what is wrong with a line, and how what was meant comes in."""
    puts_in = _("Tab puts it in.")
    return f"{sentence} {puts_in}" if mends else sentence


def tagged_so_often(count: int) -> str:
    """Say on how many articles a tag is."""
    return several("{count} article", "{count} articles", count).format(count=f"{count:,}")
