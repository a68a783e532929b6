"""What the catalogue of sources and the first start say."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several, undoes

HEADING: Final = _("Catalogue")
TYPE_TO_SEARCH: Final = _("Type to search: a name, a site, a topic")
NOTHING_FOUND: Final = _("Nothing in the catalogue has these words. Outside of it, a adds any address.")
HERE: Final = _("you have it")
ALL_HERE: Final = _("you have all")
HINTS: Final = (
    ("↑ ↓", _("move")),
    ("→ ←", _("unfold, fold")),
    ("space", _("choose")),
    ("⏎", _("subscribe")),
    ("esc", _("close")),
)
FIRST_HINTS: Final = (
    ("→", _("sources")),
    ("/", _("search")),
    ("space", _("choose")),
    ("⏎", _("start reading")),
    ("q", _("look around first")),
)
NOTHING_NEW: Final = _("You have all of that already.")


def chosen(count: int) -> str:
    """Say how many sources are chosen."""
    return several("{count} source chosen", "{count} sources chosen", count).format(count=f"{count:,}")


def subscribed(count: int, undo: str) -> str:
    """Say how many sources were subscribed to, and the key that takes it back."""
    said = several("Subscribed to {count} source.", "Subscribed to {count} sources.", count)
    return f"{said.format(count=f'{count:,}')} {undoes(undo)}"


def out_of_view(above: int, below: int) -> str:
    """Say how many rows are above and below what is in view."""
    parts = [f"{sign} {count}" for sign, count in (("↑", above), ("↓", below)) if count]
    return _("{parts} more").format(parts="   ".join(parts)) if parts else ""
