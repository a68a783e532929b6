"""What is said about stories: articles of several sources about one event."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

TOP_STORIES: Final = _("Top stories")
THIS_STORY: Final = _("This story")
ALONE: Final = _("No other source here tells of this, as far as is known.")
NO_ARTICLE: Final = _("There is no article here whose story could be shown.")


def told(key: str) -> str:
    """Say how to get back from a story to where one was."""
    return _("{key} goes back to where you were.").format(key=key)
