"""What is said about lists of articles: marking, undoing, letting in."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

ALL_READ_ALREADY: Final = _("Everything here is read already.")
NOTHING_TO_UNDO: Final = _("There is nothing to undo.")
NOTHING_TO_REDO: Final = _("There is nothing to do again.")
NOTHING_NEW_WAITS: Final = _("No new articles wait.")


def marked_read(count: int, undo: str) -> str:
    """Say how many articles were marked read, and the key that takes it back."""
    said = several("{count} article marked read.", "{count} articles marked read.", count)
    return f"{said} {_('{undo} undoes it.')}".format(count=f"{count:,}", undo=undo)
