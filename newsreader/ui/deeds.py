"""The actions of the journal in words: what was done, when and where, and what came of taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.text import count_of, relative_time

if TYPE_CHECKING:
    from newsreader.model import Action, Undone

_WINDOWS: Final = {
    "cli": "on the command line",
    "worker": "by itself",
    "rules": "by a rule",
    "recovery": "after a loss",
}


def what(action: Action) -> str:
    """What was done: "Marked 214 articles of “Coast” read"."""
    return action.words[:1].upper() + action.words[1:]


def when(action: Action, now: int, window: str) -> str:
    """When, where if not in this window, and whether it stands: "3 minutes ago · in another window · undone"."""
    where = "" if action.window == window else _WINDOWS.get(action.window, "in another window")
    undone = "" if action.undone_at is None else "undone"
    return " · ".join(filter(None, (relative_time(action.at, now), where, undone)))


def outcome(turned: Undone, *, back: bool) -> str:
    """What an undo, or a redo, came to, in a sentence."""
    if turned.left and not turned.restored:
        again = "taken back" if back else "done again"
        return f"Nothing of it could be {again}, as all was changed since: {turned.action}."
    left = f" {count_of(turned.left, 'other')} changed since and stayed." if turned.left else ""
    return f"{'Undone' if back else 'Done again'}: {turned.action}.{left}"
