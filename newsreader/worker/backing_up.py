"""The daily backup, made by the worker in an idle moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsreader import log
from newsreader.bounds import BACKUP_EVERY
from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.store.rotation import backed_up_at, make_backup
from newsreader.worker.recovery import mend_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsreader.config import Paths
    from newsreader.worker.library import Library


class Backups:
    """Makes one a day, and anew each hour in which something was done.

    It reads by a connection of its own, in a thread: nothing waits for it.
    """

    def __init__(
        self,
        paths: Paths,
        library: Library,
        clock: Callable[[], float],
        emit: Callable[[dict[str, Any]], None] = lambda _: None,
    ) -> None:
        self._emit = emit
        self._paths = paths
        self._library = library
        self._clock = clock
        self._failed_at: float | None = None

    async def keep(self) -> None:
        """Make the backup of this day if it is due; one that fails is said, and tried an hour later."""
        now, paths = self._clock(), self._paths
        if self._failed_at is not None and 0 <= now - self._failed_at < BACKUP_EVERY:
            return
        made_at = backed_up_at(paths.backups, now)
        if made_at is not None and not (
            now >= made_at + BACKUP_EVERY and await self._library.call(Store.acted_since, int(made_at))
        ):
            return
        try:
            if await asyncio.to_thread(_has_damaged_texts, paths.library):
                mended = await self._library.call(mend_texts, paths.backups)
                if mended is not None:
                    self._emit({"event": "notice", "text": mended})
            await asyncio.to_thread(make_backup, paths.library, paths.backups, now=now, settings=paths.settings_file)
        except NewsreaderError as error:
            self._failed_at = now
            log.get("worker").warning("no backup: %s (%s)", error.phrase, error.cause)
            self._emit({"event": "notice", "text": f"The backup of this day could not be made: {error.phrase}"})


def _has_damaged_texts(library: Path) -> bool:
    """Only reads: opened to write, a damaged library would be moved away from those who have it open."""
    with Store.open(library, read_only=True) as store:
        return not store.has_sound_wordings() or bool(store.damaged_texts())
