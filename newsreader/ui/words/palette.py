"""The words of the palette, and of the line to go somewhere by a name."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

HEADING: Final = _("What would you like to do?")
PLACEHOLDER: Final = _("A command, a source, a tag, words to find")
NOTHING_FOUND: Final = _("Nothing is called so.")
A_SEARCH: Final = _("search")
SEARCH_SIGN: Final = "/"

GO_WHERE: Final = _("Go to a source, folder, tag or list: type some letters of its name")
NOWHERE: Final = _("Nothing here is called so.")

LIST: Final = _("list")
SMART: Final = _("smart source")
TAG: Final = _("tag")
FOLDER: Final = _("folder")
SOURCE: Final = _("source")


def search_for(looked_for: str) -> str:
    """Offer a search."""
    return _("Search for {words}").format(words=looked_for)


def kind_in(kind: str, folder: str) -> str:
    """Say what something is, and in which folder."""
    return _("{kind} in {folder}").format(kind=kind, folder=folder)
