"""What is said about the article that is read, and its links."""

from __future__ import annotations

from newsreader.ui.words import _, several


def links_here(count: int) -> str:
    """Say how many links an article has, where one beyond was asked for."""
    if not count:
        return _("There are no links in this article.")
    return several("There is {count} link in this article.", "There are {count} links in this article.", count).format(
        count=count
    )
