"""Which way a text runs, for scripts that are written from right to left."""

from __future__ import annotations

import re
from typing import Final

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT: Final = r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_ENOUGH: Final = 1_000  # characters: the rest of a paragraph hardly runs the other way


def has_letters(text: str) -> bool:
    """Whether there is any letter that runs one way or the other."""
    return re.search(_LEFT_TO_RIGHT, text) is not None or has_right_to_left(text)


def has_right_to_left(text: str) -> bool:
    """Whether there is any letter of a script that is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def reads_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: most of its letters are of Hebrew, Arabic or their kin.

    Unicode's own rule (UAX 9, P2) goes by the first letter alone, and takes an Arabic sentence that begins with the
    name of a company for English; pages say which way they run, feeds and terminals do not.
    """
    if not has_right_to_left(text):
        return False
    beginning = text[:_ENOUGH]
    return len(_RIGHT_TO_LEFT.findall(beginning)) >= max(1, len(re.findall(_LEFT_TO_RIGHT, beginning)))
