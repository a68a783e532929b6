"""What the source list says of a source beside its name: its trouble in short, with the key that mends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from newsreader.text import clock_time
from newsreader.ui.words import conditions
from newsreader.ui.words.sources import paused_for

if TYPE_CHECKING:
    from newsreader.model import Source

LATER: Final = "◷"
"""Stands at an article that waits in the Later queue."""

SELECTED: Final = "◉"
"""Stands at an article, or a source, that is chosen for what is done next."""

FOLDED: Final = "▸"
"""Stands at an article behind which others are folded away."""

UNFOLDED: Final = "▾"
"""Stands at an article below which others stand that can be folded away."""

BELOW: Final = "└"
"""Stands at those."""

_DAY: Final = 86_400
_ANSWERED: Final = r"^\S+ answered (\d{3})\b:? ?(.*)"


def marked(sentence: str, look: str = "$foreground") -> Content:
    """Give a sentence its look; a warning has its sign too, for eyes and terminals that see no colour."""
    return Content.styled(f"▲ {sentence}" if look == "$warning" and sentence else sentence, look)


class Sign(NamedTuple):
    """What stands at a source: a short note at the right end of its line, or a reason on a line below it.

    `key` mends what the reason says. Only errors are `loud`; what the person need not hurry about is quiet.
    """

    note: str = ""
    reason: str = ""
    key: str = ""
    loud: bool = False


NO_SIGN: Final = Sign()


def sign_of(source: Source, *, now: int, held_until: int | None = None, key: str = "e") -> Sign:
    """The sign of a source at a moment; `held_until` is when its host may be asked again, where it asked to wait."""
    if source.paused is not None:
        return Sign(note=paused_for(max(0, now - source.paused) // _DAY))
    if held_until is not None and held_until > now:
        return Sign(reason=conditions.waits_until(clock_time(held_until, now)))
    if source.offer is not None:
        return Sign(reason=conditions.MOVED, key=key)
    if source.retired:
        return Sign(note=conditions.ENDED)
    if source.error:
        return Sign(reason=in_short(source.error), key=key, loud=True)
    silent = source.silent_since
    return NO_SIGN if silent is None else Sign(note=conditions.silent(max(1, (now - silent) // _DAY)))


def in_short(error: str) -> str:
    """The reason in a narrow column: which host answered is known, it is the source's."""
    found = re.match(_ANSWERED, error)
    if found is None:
        return error.removesuffix(".")
    status, words = found.groups()
    return f"{status}, {conditions.SIGNS.get(status) or words.partition('.')[0]}"


def answered(error: str | None) -> int | None:
    """The HTTP status that an error speaks of, where it speaks of one."""
    found = re.match(_ANSWERED, error or "")
    return int(found.group(1)) if found is not None else None
