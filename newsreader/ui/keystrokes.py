"""What the keys so far amount to: the digits of a count, the keys of a sequence that is not through yet.

A small machine of its own, without a clock: it knows of keys and panes only. Every key leads it to a command, a step
further or back to where nothing is begun; what another pane has no continuation for is given up with the next key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsreader.bounds import MAX_COUNT
from newsreader.ui.keys import Command, show_sequence

if TYPE_CHECKING:
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.keys import Sequence, Where


class Stroke(NamedTuple):
    """What came of a key: the command that it completes, with the number typed before it.

    `taken` says whether it meant anything at all; `lost` are the keys that mean nothing here.
    """

    command: Command | None = None
    number: int | None = None
    taken: bool = True
    lost: Sequence = ()


class Keystrokes:
    """The keys that were begun."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._begun: Sequence = ()
        self._count = ""

    @property
    def shown(self) -> str:
        """What was begun, as the screen shows it: "12", "g"; "" where nothing is."""
        return " ".join(filter(None, (self._count, show_sequence(self._begun))))

    def ways_on(self, where: Where) -> tuple[tuple[str, str], ...]:
        """What may follow, with the label of what it leads to; after a count, what that count would do."""
        if self._begun:
            return self.keymap.ways_on(self._begun, where)
        return self.keymap.ways_to_count(where) if self._count else ()

    def forget(self) -> None:
        """Begin anew."""
        self._begun, self._count = (), ""

    def press(self, key: str, where: Where) -> Stroke:
        """Take a key, named as `[keys]` names it."""
        if not self._begun and len(key) == 1 and key in "0123456789" and (self._count or key != "0"):
            self._count = str(min(int(self._count + key), MAX_COUNT))
            return Stroke()
        found = self.keymap.press(self._begun, key, where)
        takes_back = key == "escape" or (key == "backspace" and not self._begun)  # also where it is a key of its own
        if found is None or (self.shown and takes_back):
            return self._lose(key)
        if isinstance(found, Command):
            count = int(self._count) if self._count else None
            self.forget()
            return Stroke(found, count)
        self._begun = found
        return Stroke()

    def _lose(self, key: str) -> Stroke:
        """Take a key that leads nowhere: back by a step, out of all, or nothing."""
        before = self.shown
        if before and key == "backspace":
            self._begun, self._count = self._begun[:-1], self._count if self._begun else self._count[:-1]
            return Stroke()
        lost = () if before and key == "escape" else (*self._begun, key)
        self.forget()
        return Stroke(taken=bool(before), lost=lost)
