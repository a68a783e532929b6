"""The Store itself: opening and closing, and the sum of its parts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Self

from newsreader.store.catching_up import CatchingUp
from newsreader.store.edits import Edits
from newsreader.store.health import Health
from newsreader.store.nearness import Nearness
from newsreader.store.opening import Opened, open_library, tell_nobody
from newsreader.store.restoring import Restoring
from newsreader.store.saving import Saving
from newsreader.store.seeking import Seeking
from newsreader.store.taking_over import TakingOver
from newsreader.store.tallies import Tallies
from newsreader.store.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType


RECOVERY_BEGUN: Final = "recovery.begun"
"""In `memory`, while what a former library had is being brought here: the name of the damaged file, if there is one."""


class Store(Saving, Upkeep, TakingOver, Restoring, Tallies, Edits, Health, Nearness, CatchingUp, Seeking):
    """The library as the program sees it. Every method raises LibraryError or one of its children, never sqlite3's.

    Each writing method is one transaction (`ingest` several short ones), tells the other processes in that same
    transaction, and returns the Change that the caller repaints from.

    - `created`: whether this opening began the library.
    - `read_only` and `notice`: whether it takes no writes, and why, in a sentence for the person.
    - `recovered`: what was done about a damaged file, in a sentence, or None; `aside` is where that file is now.
    """

    def __init__(self, opened: Opened, *, clock: Callable[[], float], window: str) -> None:
        super().__init__(opened.connection, clock=clock, window=window)
        self.created = opened.created
        self.notice = opened.notice
        self.recovered = opened.recovered
        self.aside = opened.aside

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        window: str = "",
        read_only: bool = False,
        tell: Callable[[str], None] = tell_nobody,
    ) -> Self:
        """Open the library at `path`, beginning, migrating or replacing it where needed (see `store.opening`).

        `window` names who acts, for undo: "" is the command line. `read_only` creates nothing and changes nothing.
        `tell` gets a sentence where it takes more than a moment, before it does.
        Raises LibraryFull, LibraryDamaged or LibraryError when there is no way to go on.
        """
        return cls(open_library(path, read_only=read_only, now=clock(), tell=tell), clock=clock, window=window)

    @property
    def read_only(self) -> bool:
        """Whether every attempt to write is refused with a LibraryError."""
        return self._db.refusal is not None

    @property
    def lacks_former(self) -> bool:
        """Whether what there was before is not here: the library was begun just now, or bringing it was broken off."""
        return not self.read_only and (self.created or self.recall(RECOVERY_BEGUN) is not None)

    def note_told(self) -> None:
        """Note that the person was told why the library takes no writes: what is refused need not say it again."""
        if self._db.refusal is not None:
            self._db.refusal.told = True

    def interrupt(self) -> None:
        """Break off what another thread reads by this store at this moment: it raises LibraryError there."""
        self._db.interrupt()

    def close(self) -> None:
        """Close the file. The Store is of no use afterwards; closing twice does nothing."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
