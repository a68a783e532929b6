"""The daily backup, made by the worker in an idle moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from newsreader import log
from newsreader.errors import NewsreaderError
from newsreader.store.rotation import backup_is_due, make_backup

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.config import Paths


class Backups:
    """Makes one a day. It reads by a connection of its own, in a thread: nothing waits for it."""

    def __init__(self, paths: Paths, clock: Callable[[], float]) -> None:
        self._paths = paths
        self._clock = clock
        self._failed_at: float | None = None

    async def keep(self) -> None:
        """Make the backup of this day if there is none; one that fails is noted in the log, and tried a day later."""
        now, paths = self._clock(), self._paths
        if self._failed_at is not None and 0 <= now - self._failed_at < 86_400:
            return
        if not backup_is_due(paths.backups, now):
            return
        try:
            await asyncio.to_thread(make_backup, paths.library, paths.backups, now=now, settings=paths.settings_file)
        except NewsreaderError as error:
            self._failed_at = now
            log.get("worker").warning("no backup: %s (%s)", error.phrase, error.cause)
