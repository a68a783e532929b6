"""What is said about a list of the sources that was edited by hand."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

HEADING: Final = _("sources.opml was edited")
LOOKING: Final = _("looking at it …")
IN_STEP: Final = _("sources.opml says what the library says: nothing was edited by hand.")
KEYS: Final = (("⏎", _("take it over")), ("D", _("write it anew")), ("j/k", _("scroll")), ("esc", _("not now")))
BROKEN_KEYS: Final = (("D", _("write it anew")), ("esc", _("not now")))


def differs(short: str, undo: str) -> str:
    """Say in short how it differs."""
    return _("It has {short}. Taking it over is undone by one {undo}; written anew, your file stays beside it.").format(
        short=short, undo=undo
    )


def broken(problem: str) -> str:
    """Say why it cannot be taken over."""
    return _("{problem} Mend the file, or have it written anew; yours stays beside it.").format(problem=problem)


def taken(count: int, undo: str) -> str:
    """Say that it was taken over."""
    return _("Taken over: {count} changed. {undo} undoes all of it.").format(count=f"{count:,}", undo=undo)


def dropped(kept: str) -> str:
    """Say that the file was written anew, and where the edited one is."""
    return _("Written anew as the library is; the edited one is {kept}.").format(kept=kept)
