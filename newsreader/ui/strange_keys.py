"""What is said to a key that means nothing here: what its hand was looking for, or where it does mean something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.ui.keys import Where, show_sequence
from newsreader.ui.words import _
from newsreader.ui.words import keys as words

if TYPE_CHECKING:
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.keys import Sequence

_COMMAND: Final = re.compile(r"\{(\w+)\}")


def answer(keymap: Keymap, lost: Sequence, where: Where, *, again: bool) -> str:
    """A sentence for keys that lead nowhere in a pane; "" where there is nothing to say, the first time."""
    shown = show_sequence(lost)
    known = words.ELSEWHERE.get(" ".join(lost))
    if known is not None:
        return _COMMAND.sub(lambda named: keymap.key_of(named[1]), known)
    for other in (Where.ARTICLES, Where.READER, Where.SOURCES, Where.FINDING, Where.DISCUSSION):
        command = keymap.command_of(lost, other)
        if command is not None and other is not where:
            return words.WORKS_IN[other].format(key=shown, label=_(command.label))
    return words.MEANS_NOTHING.format(key=shown, help=keymap.key_of("help")) if again else ""
