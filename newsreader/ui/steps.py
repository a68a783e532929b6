"""What is done in many steps, painted as if they were few."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from newsreader.model import Change
from newsreader.store import Store

if TYPE_CHECKING:
    from newsreader.model import Undone
    from newsreader.ui.library import Library

_PAINT: Final = 0.25  # seconds between two paints of what is being done


class Painted(Protocol):
    """What shows what changed."""

    library: Library

    async def apply(self, change: Change) -> None:
        """Repaint what a change touched."""


class Painting:
    """Takes in what steps change, and paints it now and then: most steps are shorter than a paint."""

    def __init__(self, ground: Painted, change: Change) -> None:
        self._ground = ground
        self._change = change
        self._at = monotonic()

    async def add(self, change: Change) -> None:
        """Take in what a further step changed, and paint all of it if it is time to. Raises LibraryError."""
        self._change = self._change.joined(change)
        if monotonic() - self._at >= _PAINT:
            await self.paint()

    async def paint(self) -> None:
        """Paint what was not painted yet. Raises LibraryError."""
        change, self._change = self._change, Change(self._change.seq)
        await self._ground.apply(change)
        self._at = monotonic()


async def turned_whole(ground: Painted, turned: Undone) -> Undone:
    """Go on to its end with an undo or redo that was begun, and paint what it does. Raises LibraryError."""
    painting = Painting(ground, turned.change)
    if turned.unfinished is not None:
        async for further in ground.library.steps(Store.turn_on, turned):
            turned = further
            await painting.add(turned.change)
    await painting.paint()
    return turned
