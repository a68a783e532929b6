"""What is said about the arrangement of the panes: widths, density, grouping, and what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

BY_SOURCE: Final = _("by source")
QUIET_FIRST: Final = _("quiet first")
QUIET_SOURCES: Final = _("Quiet sources")
NOT_GROUPED: Final = _("This list stays as it is: Unread, All, Today and folders are grouped by source.")
MESSAGES: Final = _("What was said")
NOTHING_SAID: Final = _("Nothing was said yet.")
ONE_PANE: Final = _("A window this narrow shows one pane at a time.")
AS_FAR_AS_IT_GOES: Final = _("That is as far as it goes.")
COMPACT: Final = _("One line to an article.")
COMFORTABLE: Final = _("Two lines and more to an article.")


def density(key: str, *, compact: bool) -> str:
    """Say how the lists stand now, and the key that changes it back."""
    return f"{COMPACT if compact else COMFORTABLE} {_changes_back(key)}"


def grouping(key: str, *, grouped: bool) -> str:
    """Say how lists are grouped now, and the key that changes it back."""
    said = _("Grouped by source.") if grouped else _("By day again.")
    return f"{said} {_changes_back(key)}"


def folding(key: Callable[[str], str], *, stories: bool, on: bool, here: bool) -> str:
    """Say what is folded now, where that is not here in which lists, and the keys; `key` gives that of a command."""
    if not on:
        said = _("Each article of a story has its own row.") if stories else _("Bursts are not folded any more.")
    elif stories:
        said = _("One row a story; {right} unfolds it, {left} folds it.")
    else:
        said = _("What a source posts in a row is one row; {right} unfolds it, {left} folds it.")
    where = "" if here else _("Unread, All, Today and folders are folded.")
    parts = said.format(right=key("right"), left=key("left")), where, _("{key} changes back.")
    back = key("fold_stories" if stories else "fold_bursts")
    return " ".join(filter(None, parts)).format(key=back)


def quiet_first(key: str, *, on: bool) -> str:
    """Say whether quiet sources come first, and the key that changes it back."""
    said = _("What sources that seldom post brought of late comes first.") if on else _("All by day again.")
    return f"{said} {_changes_back(key)}"


def _changes_back(key: str) -> str:
    return _("{key} changes back.").format(key=key)
