"""The words of the interface: every sentence and label the screens say stands in this package, a module an area.

What never changes is a constant; what holds a number, a name or a key is a function, so that each language can follow
its own grammar. Both are marked for the standard library's gettext: a translation is one catalogue named `newsreader`
for all of them, and nothing else has to be touched. The labels of the commands stand in `ui.keys`, where they are one
table, and what the worker and the library say comes from them.

Used as `from newsreader.ui.words import lists as words` and `words.NOTHING_TO_UNDO`. Loads no textual.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

_CATALOGUE: Final = gettext.translation(
    "newsreader", localedir=Path(__file__).parent.parent / "translations", fallback=True
)
_ = _CATALOGUE.gettext
"""The words in the person's language, or as they stand."""

several = _CATALOGUE.ngettext
"""The first form for one, the second for any other number, or what the person's language makes of it."""


def undoes(key: str) -> str:
    """Say which key takes back what was done."""
    return _("{undo} undoes it.").format(undo=key)
