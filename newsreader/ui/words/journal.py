"""The actions of the journal in words: what was done, when and where, and what came of taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.text import relative_time
from newsreader.ui.words import _, several

if TYPE_CHECKING:
    from newsreader.model import Action, Undone

HEADING: Final = _("Journal")
NOTHING_SUCH: Final = _("No action has these words.")
NOTHING_DONE: Final = _("Nothing was done in the last ninety days.")
OTHER_WINDOW: Final = _("Another window was faster.")
_WINDOWS: Final = {
    "cli": _("on the command line"),
    "worker": _("by itself"),
    "rules": _("by a rule"),
    "recovery": _("after a loss"),
}


def what(action: Action) -> str:
    """What was done: "Marked 214 articles of “Coast” read"."""
    return action.words[:1].upper() + action.words[1:]


def when(action: Action, now: int, window: str) -> str:
    """When, where if not in this window, and whether it stands: "3 minutes ago · in another window · undone"."""
    where = "" if action.window == window else _WINDOWS.get(action.window, _("in another window"))
    undone = "" if action.undone_at is None else _("undone")
    return " · ".join(filter(None, (relative_time(action.at, now), where, undone)))


def outcome(turned: Undone, *, back: bool) -> str:
    """What an undo, or a redo, came to, in a sentence."""
    if turned.left and not turned.restored:
        said = _("Nothing of it could be taken back, as all was changed since: {action}.")
        if not back:
            said = _("Nothing of it could be done again, as all was changed since: {action}.")
        return said.format(action=turned.action)
    done = (_("Undone: {action}.") if back else _("Done again: {action}.")).format(action=turned.action)
    return f"{done} {_stayed(turned.left)}" if turned.left else done


def _stayed(count: int) -> str:
    said = several("{count} other changed since and stayed.", "{count} others changed since and stayed.", count)
    return said.format(count=f"{count:,}")
