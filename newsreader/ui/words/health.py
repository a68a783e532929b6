"""What the screen about the health of all sources says."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

HEADING: Final = _("How the sources do")
FILTER: Final = _("/ filters: a name, #tag, 404, paused, silent")
NONE_SUCH: Final = _("No source is like that. esc shows all.")
NO_SOURCES: Final = _("There is no source yet. a adds one.")
OFFLINE: Final = _("There is no network connection.")
ALL_PAUSED: Final = _("What pauses is not fetched. P lets it go on.")
NOTHING_TO_UNDO: Final = _("Nothing was changed here that could be undone.")
KEYS: Final = (
    ("m", _("mend")),
    ("⏎", _("all of it")),
    ("r", _("fetch")),
    ("P", _("pause")),
    ("D", _("remove")),
    ("u", _("undo")),
    ("x", _("several")),
    ("/", _("filter")),
)


def _sources(count: int) -> str:
    return several("{count} source", "{count} sources", count).format(count=f"{count:,}")


def chosen(count: int) -> str:
    """Say how many are chosen, and what acts on them."""
    return _("{sources} chosen: m, r, P, U, D act on all of them.").format(sources=_sources(count))


def mended(count: int) -> str:
    """Say that what mends was done."""
    return _("{sources} mended; u undoes it.").format(sources=_sources(count))


def fetching(count: int) -> str:
    """Say that sources are being fetched."""
    return _("Fetching {sources}…").format(sources=_sources(count))


def fetched(count: int, failed: int) -> str:
    """Say what came of it."""
    if failed:
        return _("{sources} fetched, {failed} still in trouble.").format(sources=_sources(count), failed=f"{failed:,}")
    return _("{sources} fetched, and well.").format(sources=_sources(count))


def paused(count: int, *, paused: bool) -> str:
    """Say what pauses, or goes on."""
    said = _("{sources} paused; u undoes it.") if paused else _("{sources} fetched again from now on; u undoes it.")
    return said.format(sources=_sources(count))


def user_agent(count: int) -> str:
    """Say that sources are asked as by a browser."""
    return _("{sources} asked as a browser does from now on; r tries it, u undoes it.").format(sources=_sources(count))


def removed(count: int) -> str:
    """Say what is gone."""
    return _("{sources} removed; u brings back, for 30 days.").format(sources=_sources(count))


def undone(action: str) -> str:
    """Say what was taken back."""
    return _("Undone: {action}.").format(action=action)
