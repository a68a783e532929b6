"""What is said of what was done to articles and sources, and that it can be undone."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

BOOKMARKED: Final = _("Bookmarked: kept for ever.")
NOT_BOOKMARKED: Final = _("Bookmark taken away.")
WAITS: Final = _("It waits in Later.")
WAITS_NO_MORE: Final = _("Taken out of Later.")
READ: Final = _("Marked read.")
UNREAD: Final = _("Marked unread.")
HIDDEN: Final = _("Hidden; it goes with the list.")
KEPT_IS_NOT_HIDDEN: Final = _("What is kept is not hidden: its bookmark, its tags, its note would have to go first.")
NO_TAGS: Final = _("It has no tags now.")
UNLIT: Final = _("Highlight taken away.")


def undoable(sentence: str, undo: str) -> str:
    """Say behind what was done which key undoes it."""
    return f"{sentence} {_('{undo} undoes it.').format(undo=undo)}"


def lit(passages: str) -> str:
    """Say that a passage was highlighted, and the key that lists them."""
    return _("Highlighted. {passages} lists the passages.").format(passages=passages)


def shown_again(rule: str) -> str:
    """Say that a hidden article is shown again, and which rule hid it, if one did."""
    if not rule:
        return _("Shown again.")
    return _("Shown again, for good: “{rule}” hid it.").format(rule=rule)


def saved(title: str, *, new: bool, source: str) -> str:
    """Say that a page was saved, or was here already: also as an article that a source brought."""
    if new:
        return _("Saved: {title}").format(title=title)
    if source:
        return _("Bookmarked, as {source} brought it: {title}").format(source=source, title=title)
    return _("Saved already: {title}").format(title=title)
