"""What is said about arranging sources and folders, and by the small dialogs that ask for a name or a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.words import _, several

if TYPE_CHECKING:
    from collections.abc import Callable

KEEP: Final = ("⏎", _("keep"))
COMPLETE: Final = ("tab", _("complete"))
LEAVE: Final = ("esc", _("leave"))
MOVE: Final = ("↑ ↓", _("move"))
TAKE: Final = ("⏎", _("take"))
TYPE_TO_NARROW: Final = _("Type to narrow the list")
NOTHING_SUCH: Final = _("Nothing here is called so.")

NOTHING_TO_ARRANGE: Final = _("This row stands where it stands. Go to a source or a folder.")
NO_FOLDER: Final = _("No folder")
FOLDER_OR_NEW: Final = _("Type a folder, or a new one")
TAGS_HINT: Final = _("Tags, between commas")
NAME_HINT: Final = _("Empty: as the feed calls itself")
FIRST_ALREADY: Final = _("It stands at that end already.")
FILTER_HEADING: Final = _("Show the sources with a tag")
ALL_SOURCES: Final = _("All sources")


def of_what(names: tuple[str, ...]) -> str:
    """Name what is arranged: a source, or how many."""
    return names[0] if len(names) == 1 else sources(len(names))


def sources(count: int) -> str:
    """So many sources."""
    return several("{count} source", "{count} sources", count).format(count=f"{count:,}")


def rename_heading(name: str) -> str:
    """The heading over a new name."""
    return _("Rename {name}").format(name=name)


def move_heading(name: str) -> str:
    """The heading over the folders."""
    return _("Move {name} to").format(name=name)


def tags_heading(name: str) -> str:
    """The heading over the tags of a source."""
    return _("Tags of {name}").format(name=name)


def remove_heading(folder: str) -> str:
    """The heading over what goes with a folder."""
    return _("Remove the folder {folder}").format(folder=folder)


def keep_sources(count: int) -> tuple[str, str]:
    """Taking a folder away and keeping what is in it."""
    kept = several("Keep its source, without a folder", "Keep its {count} sources, without a folder", count)
    return kept.format(count=f"{count:,}"), ""


def remove_sources(count: int, undo: str) -> tuple[str, str]:
    """Taking a folder away with what is in it."""
    gone = several("Remove its source too", "Remove its {count} sources too", count)
    return gone.format(count=f"{count:,}"), _("{undo} brings back").format(undo=undo)


def new_folder(name: str) -> str:
    """A folder that begins with what is moved there."""
    return _("New folder “{name}”").format(name=name)


def renamed(name: str, undo: str) -> str:
    """Say what something is called now."""
    return _("It is called {name} now. {undo} undoes it.").format(name=name, undo=undo)


def named_by_feed(undo: str) -> str:
    """Say that a source has its feed's name again."""
    return _("It is called as its feed calls itself. {undo} undoes it.").format(undo=undo)


def moved(what: str, folder: str | None, undo: str) -> str:
    """Say where something went."""
    if folder is None:
        return _("{what}: in no folder now. {undo} undoes it.").format(what=what, undo=undo)
    return _("{what}: in {folder} now. {undo} undoes it.").format(what=what, folder=folder, undo=undo)


def tagged(what: str, tags: tuple[str, ...], undo: str) -> str:
    """Say what tags are on a source."""
    shown = ", ".join(f"#{tag}" for tag in tags)
    if not shown:
        return _("{what} has no tags now. {undo} undoes it.").format(what=what, undo=undo)
    return _("{what}: {tags}. {undo} undoes it.").format(what=what, tags=shown, undo=undo)


def paused(what: str, undo: str) -> str:
    """Say what is fetched no more."""
    return _("{what} paused: not fetched until you say so. {undo} undoes it.").format(what=what, undo=undo)


def resumed(what: str, undo: str) -> str:
    """Say what goes on."""
    return _("{what} fetched again from now on. {undo} undoes it.").format(what=what, undo=undo)


def removed(what: str, undo: str) -> str:
    """Say what is gone, and that it can come back."""
    return _("Removed {what}. {undo} brings back, for 30 days.").format(what=what, undo=undo)


_ACTING: Final = ("move_source", "tag_source", "pause_source", "remove_source", "refresh")


def ticked(count: int, key: Callable[[str], str]) -> str:
    """Say how many sources are chosen, and what that is for; `key` gives the key of a command."""
    chosen = several("{count} source chosen", "{count} sources chosen", count).format(count=f"{count:,}")
    said = _("{chosen}: {keys} act on all of them; esc or {key} lets go.")
    return said.format(chosen=chosen, keys=", ".join(map(key, _ACTING)), key=key("tick_source"))


def order_first(key: str) -> str:
    """Say that sources are moved in the order of one's own only, and the key that changes the order."""
    return _("They are not in your own order now. {key} changes that.").format(key=key)


def no_source_tags(key: str) -> str:
    """Say that no source has a tag, and the key that puts some on."""
    return _("No source has a tag yet. {key} on a source puts some on.").format(key=key)


def sorted_by(name: str, key: str) -> str:
    """Say in which order the sources stand, and the key that changes it."""
    said = {
        "hand": _("The sources stand in your own order."),
        "name": _("The sources stand by name."),
        "unread": _("The sources stand by what is unread, most first."),
        "quiet": _(
            "The sources stand by how seldom they post, the quiet ones first; {key} brings your own order back."
        ),
    }[name]
    return said.format(key=key)


def no_such_tag(tag: str, known: tuple[str, ...], key: str) -> str:
    """Say that no source has a tag, and which tags there are, or the key that puts some on."""
    if not known:
        return no_source_tags(key)
    return _("No source has the tag {tag}. There are {known}.").format(
        tag=tag, known=" ".join(f"#{each}" for each in known)
    )


def filtered(tag: str) -> str:
    """Say which sources are shown."""
    return _("Only the sources with #{tag}. esc shows all.").format(tag=tag)
