"""Smart sources: saved searches that stand among the sources."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.bounds import SMART_COUNTED


class SavedSearch(NamedTuple):
    """A search to stand among the sources: its name, its query text (see `newsreader.query`), its folder."""

    title: str
    query: str
    folder: str | None = None


class SmartSource(NamedTuple):
    """A saved search as panes and commands show it.

    `unread` and `total` are None until they are counted; above SMART_COUNTED they only say that there are more.
    `mistake` is a sentence about what cannot be understood in its query: then it lists nothing.
    """

    id: int
    title: str
    query: str
    folder: str | None
    unread: int | None
    total: int | None
    mistake: str | None = None

    @property
    def figure(self) -> str:
        """What is unread in it, for a row: nothing where nothing is."""
        return figure(self.unread) if self.unread != 0 else ""


def figure(count: int | None) -> str:
    """A count that may not be known yet, or only as a bound."""
    if count is None:
        return "…"
    return f"{count:,}" if count <= SMART_COUNTED else f"{SMART_COUNTED:,}+"
