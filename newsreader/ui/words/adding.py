"""What is said while a source is looked for and added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.words import _, several

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING: Final = _("Add a source")
PASTE: Final = _("Paste any address: a site, a channel, a feed")
TAKE_IT: Final = _("take it")
TAKE_ADDRESS: Final = _("take this address; u undoes it")
FOLDER_COMPLETE: Final = _("folder, complete")
FOLDER: Final = _("Folder")
WANTED: Final = {
    401: ("auth", _("Password"), _("ada env:NAME, or file:… or command:…")),
    403: ("user-agent", _("User agent"), _("what the site wants to hear, as a browser's")),
}
"""What a site wants that answers so: the setting, its name here, what to write. Passwords are named, never kept."""

NOTHING_FOUND: Final = _("No feed was found there.")
STOPPED: Final = _("Stopped. ⏎ looks again.")
WHERE_IT_WAS: Final = _("It is where it was: no other address of it was found.")
COULD_NOT: Final = _("The worker could not add this.")


def new_address(name: str) -> str:
    """The heading where the new address of a source is looked for."""
    return _("A new address for {name}").format(name=name)


def looking(shown: str) -> str:
    """Say what is looked at."""
    return _("looking at {shown} …").format(shown=shown)


def near(problem: str, count: int) -> str:
    """Say why what was asked for is not there, and how many feeds are near it."""
    said = several("{problem} Near it is {count} feed:", "{problem} Near it are {count} feeds:", count)
    return said.format(problem=problem, count=f"{count:,}")


def found(count: int) -> str:
    """Say how many feeds are there."""
    said = several("{count} feed there.", "{count} feeds there, the likeliest first.", count)
    return said.format(count=f"{count:,}")


def still_looking(shown: str, seconds: int) -> str:
    """Say that the search takes long, and how to stop it."""
    return _("looking at {shown} … {seconds} s; esc stops").format(shown=shown, seconds=seconds)


def adding(name: str, done: int, total: int) -> str:
    """Say what is being added, and how many of several are."""
    if total == 1:
        return _("adding {name} …").format(name=name)
    return _("adding {name} …  ({done} of {total} added)").format(name=name, done=done, total=total)


def added(names: tuple[str, ...], folder: str | None, key: Callable[[str], str]) -> str:
    """Say what was added, and where it is; `key` gives the key of a command."""
    what = names[0] if len(names) == 1 else several("{count} source", "{count} sources", len(names))
    what = what.format(count=f"{len(names):,}") if len(names) > 1 else what
    if folder is not None:
        return _("Added {what} to {folder}. {undo} undoes it.").format(what=what, folder=folder, undo=key("undo"))
    said = _("Added {what}. {move} among the sources moves it to a folder, {undo} undoes it.")
    return said.format(what=what, move=key("move_source"), undo=key("undo"))


def here_already(name: str) -> str:
    """Say that a source is here, and that this is it."""
    return _("{name} is here already: this is it.").format(name=name)


def not_added(done: int, failed: int, phrase: str) -> str:
    """Say how many could not be added, and why the first of them."""
    return _("{done} added, {failed} not: {phrase}").format(done=done, failed=failed, phrase=phrase)
