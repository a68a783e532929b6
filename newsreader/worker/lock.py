"""Locks between processes that the kernel frees, also on kill -9.

Of all workers of a library the holder of the schedule lock refreshes what is due.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """A lock on a file; nobody waits for it. Where there is no such lock (Windows), everybody holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def acquire(self) -> bool:
        """Take the lock if it is free; say whether it is held now.

        A folder that takes no file gives no lock either: the schedule is then left to those that can write.
        """
        if self._file is not None:
            return True
        try:
            file = self._open()
        except OSError:
            return False
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(file)
                return False
        self._file = file
        return True

    def _open(self) -> int:
        """Open the file; where a folder stands in its place, or a file in that of its folder, that is locked."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except IsADirectoryError:
            return os.open(self._path, os.O_RDONLY)
        except (FileExistsError, NotADirectoryError):
            return os.open(self._path.parent, os.O_RDONLY)

    def release(self) -> None:
        """Give the lock back; without it this does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def try_lock(path: Path) -> FileLock | None:
    """A lock that is held, or None when somebody else holds it."""
    lock = FileLock(path)
    return lock if lock.acquire() else None
