"""What is said about the arrangement of the panes: widths, density, grouping, and what was said before."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

BY_SOURCE: Final = _("by source")
NOT_GROUPED: Final = _("This list stays as it is: Unread, All, Today and folders are grouped by source.")
MESSAGES: Final = _("What was said")
NOTHING_SAID: Final = _("Nothing was said yet.")
ONE_PANE: Final = _("A window this narrow shows one pane at a time.")
AS_FAR_AS_IT_GOES: Final = _("That is as far as it goes.")
COMPACT: Final = _("One line to an article.")
COMFORTABLE: Final = _("Two lines and more to an article.")


def density(key: str, *, compact: bool) -> str:
    """Say how the lists stand now, and the key that changes it back."""
    return f"{COMPACT if compact else COMFORTABLE} {_('{key} changes back.').format(key=key)}"


def grouping(key: str, *, grouped: bool) -> str:
    """Say how lists are grouped now, and the key that changes it back."""
    said = _("Grouped by source.") if grouped else _("By day again.")
    return f"{said} {_('{key} changes back.').format(key=key)}"
