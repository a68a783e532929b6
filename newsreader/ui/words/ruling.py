"""What stands in the screens that keep the rules."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several
from newsreader.ui.words import dialogs as words
from newsreader.ui.words.rules import REHEARSED

HEADING: Final = _("Rules for what comes in")
KEYS: Final = (
    ("a", words.ADD),
    ("⏎", words.CHANGE),
    ("space", words.PAUSE),
    ("n", words.NOW),
    ("{ }", words.ORDER),
    ("x", words.REMOVE),
    ("u", words.UNDO),
    ("esc", words.CLOSE),
)
NO_RULES: Final = _("No rules yet. a adds one: hide what you never read, mark it read, tag it, be told of it.")

NEW: Final = _("A rule for what comes in from now on")
CHANGE: Final = _("Change the rule")
WHICH: Final = _("Which articles: cricket -ashes, title:quiz")
DEEDS: Final = _("hide, read, tag NAME, bookmark, full text, notify")
ADDED: Final = _("It acts on what comes in from now on. u undoes it.")
CHANGED: Final = _("Changed. u undoes it.")
REHEARSAL: Final = _("What it would have done in the last {days} days is said here.").format(days=REHEARSED)
NOTHING_FOUND: Final = _("Nothing of the last {days} days is asked for by this.").format(days=REHEARSED)


def goes_on(rule: str) -> str:
    """Say that a rule acts again."""
    return _("{rule} goes on").format(rule=rule)


def pauses(rule: str) -> str:
    """Say that a rule acts no more."""
    return _("{rule} pauses").format(rule=rule)


def acted(rule: str) -> str:
    """Say that a rule acted on what is here already."""
    return _("{rule} acted on what is here").format(rule=rule)


def removed(rule: str) -> str:
    """Say that a rule is gone."""
    return _("{rule} is removed").format(rule=rule)


def done(said: str, articles: int) -> str:
    """Say to how many articles something was done, and that it can be undone."""
    if not articles:
        return _("{said}. u undoes it.").format(said=said)
    follows = several("{said}: {count} article. u undoes it.", "{said}: {count} articles. u undoes it.", articles)
    return follows.format(said=said, count=f"{articles:,}")
