"""What stands in the panels of a source and of a smart source, and what is said there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import FullTextMode
from newsreader.ui.words import _, several

if TYPE_CHECKING:
    from newsreader.model import RetentionPreview

NAME: Final = _("Name")
NAME_HINT: Final = _("empty: as the feed calls itself")
FOLDER: Final = _("Folder")
NONE: Final = _("none")
FULL_TEXT: Final = (_("Full text"), _("auto, always or feed"))
SETTINGS: Final = {
    "interval": (_("Asked every"), _("auto, or 30m, 2h, 1d")),
    "user-agent": (_("User agent"), _("auto, or what the site wants to hear")),
    "headers": (_("Headers"), _("Name: value   (Name: alone takes it away)")),
    "auth": (_("Name and password"), _("ada env:NEWS_PASSWORD   or command:… file:…")),
    "proxy": (_("Proxy"), _("auto, none, http://host:port, socks5://host:port")),
    "keep": (_("Keep"), _("auto, all, 90d, 500 articles, or both")),
}
"""What each setting of a source is called, and what is written there."""

AUTO: Final = {
    "interval": _("auto, as often as it posts"),
    "user-agent": _("auto"),
    "proxy": _("auto, as the environment says"),
}
"""What it means that a setting is left to the program."""

AUTO_ELSE: Final = _("auto")
MODES: Final = {
    FullTextMode.AUTO: _("auto, where the feed is short"),
    FullTextMode.FULL: _("always"),
    FullTextMode.FEED: _("feed, only what the feed gives"),
}
LEARNT: Final = {
    FullTextMode.FULL: _("auto: always, as it went well of late"),
    FullTextMode.FEED: _("auto: none, as it gave no more of late"),
}
WRITE_A_MODE: Final = _("Write auto, always or feed.")

SETTINGS_HEADING: Final = _("Settings")
NEW_ADDRESS: Final = _("The new address is taken; u undoes it.")
SAME_ADDRESS: Final = _("It has this address already: nothing was changed.")
AS_A_BROWSER: Final = _("⏎ takes this one: it is what a browser says.")
FETCHING: Final = _("Fetching…")
KEPT: Final = _("Kept.")
KEPT_UNDO: Final = _("Kept. u undoes it.")
KEPT_AND: Final = _("Kept; u undoes it.")
OFFLINE: Final = _("There is no network connection.")
STILL_BROKEN: Final = _("It does not work yet.")
NOTHING_NEW: Final = _("It works: nothing new.")

NEW_SMART: Final = _("A new smart source")
SMART_NAME: Final = _("empty: what it searches for")
SEARCH: Final = (_("Search"), _("words, “phrases”, -not"))
MOVE_UP: Final = _("Move up")
MOVE_DOWN: Final = _("Move down")
REMOVE_SMART: Final = (_("Remove it"), _("its articles stay where they are"))
ARTICLES: Final = _("Articles")
NEEDS_A_SEARCH: Final = _("A smart source needs something to search for.")
NAME_IT: Final = _("It stands among the sources now. What shall it be called?")


def works(added: int) -> str:
    """Say that a source works, and how much came in."""
    if not added:
        return NOTHING_NEW
    return several("It works: {count} new article.", "It works: {count} new articles.", added).format(
        count=f"{added:,}"
    )


def to_browser(address: str) -> str:
    """Say what is opened in the browser."""
    return _("{address} goes to the browser.").format(address=address)


def removed(name: str, undo: str) -> str:
    """Say what is gone, and the key that brings it back."""
    return _("Removed {name}. {undo} brings it back.").format(name=name, undo=undo)


def unread_of(unread: str, total: str) -> str:
    """How many articles a smart source lists."""
    return _("{unread} unread of {total}").format(unread=unread, total=total)


def kept_as(name: str) -> str:
    """Say that a search is kept already."""
    return _("It is kept already, as {name}.").format(name=name)


def would_go(preview: RetentionPreview, begins: str) -> str:
    """Say what would go, and from when on, where not at once."""
    if preview.problem is not None:
        return preview.problem
    if not preview.articles:
        return _("Nothing would go.")
    if not begins:
        return _("Would remove {what}, but nothing that you kept on purpose.").format(what=preview)
    said = _("Would remove {what} from {begins} on, but nothing that you kept on purpose.")
    return said.format(what=preview, begins=begins)
