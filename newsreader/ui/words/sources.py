"""What stands in the source list itself."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

PAUSED: Final = _("paused")
PAUSE: Final = (_("Pause"), _("fetch it no more, until you say so"))
RESUME: Final = (_("Let it go on"), _("it pauses, and is not fetched"))
IS_PAUSED: Final = _("It pauses, and is not fetched.")
ALL_PAUSED: Final = _("All of this pauses, and is not fetched. P lets it go on.")
NOW_PAUSED: Final = _("It pauses from now on; u undoes it.")
NOW_RESUMED: Final = _("It goes on; u undoes it.")
TAGS: Final = (_("Tags"), _("between commas"))
NO_TAGS: Final = _("none")


def filter_row(tag: str) -> str:
    """What stands above the sources while only some are shown."""
    return _("#{tag} only · esc: all").format(tag=tag)


def paused_for(days: int) -> str:
    """What stands at a source that is not fetched."""
    return _("paused {days} d").format(days=days) if days else PAUSED


def paused_since(age: str) -> str:
    """When a source is fetched again that pauses."""
    return _("not while it pauses, since {age}").format(age=age)
