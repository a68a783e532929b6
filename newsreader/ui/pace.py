"""The pace at which what arrives behind is looked at and painted, so that no key has to wait for it.

A person who presses key after key sees the list move with each of them. A paint of its own between two keys would hold
up the next one; so what others changed waits, a moment at most, and is painted with what the next key paints.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    Drawing: TypeAlias = Callable[[], object]
    Draw: TypeAlias = Callable[[Drawing], None]

_HANDS_OFF: Final = 0.3  # seconds after a key in which only what the key asked for is painted by itself
_OVERDUE: Final = 0.5  # seconds after which it is looked at even between quick keys: what others do is seen within one
_REST: Final = 1.0  # seconds after the last key in which a rest has begun
_TOGETHER: Final = 0.1  # seconds that a drawing waits for a key to be painted with


def at_once(drawing: Drawing) -> None:
    """Draw something now, where nothing that waits can be of the same."""
    drawing()


class Pace:
    """When keys came, and what waits for the next one. `set_timer` calls something after so many seconds."""

    def __init__(self, set_timer: Callable[[float, Drawing], Timer]) -> None:
        self.last_key = self.last_look = 0.0
        self._rested = 0.0
        self._set_timer = set_timer
        self._waiting: list[Drawing] = []
        self._timer: Timer | None = None

    @property
    def is_quick(self) -> bool:
        """Whether the person is pressing keys."""
        return monotonic() - self.last_key < _HANDS_OFF

    @property
    def may_look(self) -> bool:
        """Whether it may be looked at what others changed: between quick keys only where it was not for long."""
        return not self.is_quick or monotonic() - self.last_look >= _OVERDUE

    def rests(self) -> bool:
        """Whether a rest has begun; it is told once."""
        began = self._rested != self.last_key and monotonic() - self.last_key >= _REST
        if began:
            self._rested = self.last_key
        return began

    def key_pressed(self) -> None:
        """A key came; what it does will be painted, and with it what waits."""
        self.last_key = monotonic()
        self.catch_up()

    def draw_now(self, drawing: Drawing) -> None:
        """Draw something that the person did; what waits is older and must not cover it."""
        self.catch_up()
        drawing()

    def draw(self, drawing: Drawing) -> None:
        """Draw something that came from behind: now, or between quick keys with the next one."""
        self._waiting.append(drawing)
        if not self.is_quick:
            self.catch_up()
        elif self._timer is None:
            self._timer = self._set_timer(_TOGETHER, self.catch_up)

    def catch_up(self) -> None:
        """Draw what waits, in its order."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        for drawing in waiting:
            drawing()
