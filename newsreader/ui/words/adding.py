"""What is said while a source is looked for and added."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

COULD_NOT: Final = _("The worker could not add this.")


def still_looking(shown: str, seconds: int) -> str:
    """Say that the search takes long, and how to stop it."""
    return _("looking at {shown} … {seconds} s; esc stops").format(shown=shown, seconds=seconds)


def adding(name: str, done: int, total: int) -> str:
    """Say what is being added, and how many of several are."""
    if total == 1:
        return _("adding {name} …").format(name=name)
    return _("adding {name} …  ({done} of {total} added)").format(name=name, done=done, total=total)


def added(names: tuple[str, ...], folder: str | None) -> str:
    """Say what was added, and where it is."""
    what = names[0] if len(names) == 1 else several("{count} source", "{count} sources", len(names))
    what = what.format(count=f"{len(names):,}") if len(names) > 1 else what
    if folder is not None:
        return _("Added {what} to {folder}. u undoes it.").format(what=what, folder=folder)
    return _("Added {what}. M among the sources moves it to a folder, u undoes it.").format(what=what)


def here_already(name: str) -> str:
    """Say that a source is here, and that this is it."""
    return _("{name} is here already: this is it.").format(name=name)


def not_added(done: int, failed: int, phrase: str) -> str:
    """Say how many could not be added, and why the first of them."""
    return _("{done} added, {failed} not: {phrase}").format(done=done, failed=failed, phrase=phrase)
