"""Pieces of a line, and what keeps text of the other direction in its place, for lists and pages alike."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsreader.document.direction import has_right_to_left


class Piece(NamedTuple):
    """A stretch of one line in one look; `link` is the address (http, https, mailto, #id) that a click on it opens."""

    text: str
    classes: tuple[str, ...] = ()
    link: str | None = None


_RIGHTWARD: Final = Piece("\u2067")
_LEFTWARD: Final = Piece("\u2066")
_END: Final = Piece("\u2069")
ISOLATES: Final[dict[int, None]] = dict.fromkeys(map(ord, "\u2066\u2067\u2069"))
"""For `str.translate`: takes out of a line what `isolates` put around its stretches."""


def isolates(text: str, *, rightward: bool) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What stands before and behind a stretch of a line, if it has letters that are written from right to left.

    A terminal that turns such letters round looks at whole rows, with margins and other panes: the isolates of UAX 9
    keep what stands there where it is.
    """
    if not has_right_to_left(text):
        return (), ()
    return (_RIGHTWARD if rightward else _LEFTWARD,), (_END,)


def in_place(text: str) -> str:
    """A text for a row that reads from left to right: see `isolates`."""
    begin, end = isolates(text, rightward=False)
    return "".join(piece.text for piece in (*begin, Piece(text), *end)) if begin else text
