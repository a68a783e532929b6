"""What is said to whoever comes back after some days."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several, undoes

HEADING: Final = _("Catching up")
NOTHING_NEW: Final = _("Nothing unread came while you were away.")
TOP: Final = _("Top stories")
QUIET: Final = _("Quiet sources")
KEPT: Final = _("Bookmarks and what waits in Later stay as they are.")
SET_ASIDE: Final = _("set the rest aside")
LEAVE: Final = _("leave all as it is")


def days(count: int) -> str:
    """Say how long nobody was here."""
    return several("{count} day away", "{count} days away", count).format(count=f"{count:,}")


def offer(away: int, new: int, key: str) -> str:
    """Say in one line what came while the person was away, and the key that leads on."""
    return _("{days} · {new} new: press {key} to catch up.").format(days=days(away), new=f"{new:,}", key=key)


def came(new: int) -> str:
    """Say how much came."""
    said = several("{count} article came and is unread.", "{count} articles came and are unread.", new)
    return said.format(count=f"{new:,}")


def of_quiet(articles: int, sources: int) -> str:
    """Say how much of quiet sources stays unread."""
    first = several("{count} article", "{count} articles", articles).format(count=f"{articles:,}")
    of = several("of {count} source that seldom posts", "of {count} sources that seldom post", sources)
    return f"{first} {of.format(count=f'{sources:,}')}"


def rest(count: int, undo: str) -> str:
    """Say what would be done with the rest."""
    said = several(
        "{count} other would be marked read. It stays under All, and {undo} brings it back.",
        "{count} others would be marked read. They stay under All, and {undo} brings them back.",
        count,
    )
    return said.format(count=f"{count:,}", undo=undo)


def done(count: int, undo: str) -> str:
    """Say what was set aside."""
    said = several("{count} article set aside, under All.", "{count} articles set aside, under All.", count)
    return f"{said.format(count=f'{count:,}')} {undoes(undo)}"
