"""What dialogs have in common: what their keys do, their lines to type in, what they say of undoing."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

ADD: Final = _("add")
CHANGE: Final = _("change")
CHOOSE: Final = _("choose")
CLOSE: Final = _("close")
COMPLETE: Final = _("complete")
COPY: Final = _("copy")
DO_IT: Final = _("do it")
GO_ON: Final = _("go on")
GO_THERE: Final = _("go there")
IMPORT: Final = _("import")
KEEP: Final = _("keep")
LEAVE: Final = _("leave")
LEAVE_AS_IT_WAS: Final = _("leave it as it was")
MORE: Final = _("more")
MOVE: Final = _("move")
NOW: Final = _("now")
ONLY_THESE: Final = _("only these")
OPEN: Final = _("open")
ORDER: Final = _("order")
OTHER_LINE: Final = _("the other line")
PAUSE: Final = _("pause")
REMOVE: Final = _("remove")
SAVE: Final = _("save")
SCROLL: Final = _("scroll")
SEVERAL: Final = _("several")
TAKE: Final = _("take")
TAKE_AWAY: Final = _("take away")
UNDO: Final = _("undo")
UNDO_OR_AGAIN: Final = _("undo, or do again")

TYPE_TO_SEARCH: Final = _("Type to search")
TAGS_BETWEEN_SPACES: Final = _("Tags, between spaces")
A_NOTE: Final = _("A note")
NONE: Final = _("none")
NO_LINK: Final = _("No link has these words.")
NO_KEY: Final = _("No key does that. Fewer words may find it.")
KEYS: Final = _("Keys")

NOTHING_TO_UNDO: Final = _("Nothing was changed here that could be undone.")


def undone(action: str) -> str:
    """Say what was taken back."""
    return _("Undone: {action}.").format(action=action)


def links(count: int) -> str:
    """The heading over the links of an article."""
    return _("Links   {count}").format(count=f"{count:,}")


def highlights(count: int) -> str:
    """The heading over the passages of an article."""
    return _("Highlights   {count}").format(count=f"{count:,}")


def tags_of(title: str) -> str:
    """The heading over the tags of an article."""
    return _("Tags   {title}").format(title=title)
