"""A disk that fails at the N-th write: SQLite's own file system with one method replaced.

SQLite reaches files by a VFS, a table of functions. Here a copy of the default one is registered whose files count the
calls of xWrite, and fail them as told: everything else is the real thing. Writes that are not SQLite's do not count.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

FULL, IO_ERROR = 13, 778  # SQLITE_FULL, SQLITE_IOERR_WRITE
_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_WRITE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, ctypes.c_int64)
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, of which only one is looked at."""

    _fields_ = (
        ("version", _INT),
        ("close", _POINTER),
        ("read", _POINTER),
        ("write", _WRITE),
        ("others", _POINTER * 15),
    )


class _File(ctypes.Structure):
    """sqlite3_file."""

    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, of which only xOpen is looked at."""

    _fields_ = (
        ("version", _INT),
        ("file_size", _INT),
        ("longest_path", _INT),
        ("next", _POINTER),
        ("name", ctypes.c_char_p),
        ("data", _POINTER),
        ("open", _OPEN),
        ("others", _POINTER * 14),
    )


@dataclass
class FailingDisk:
    """Fails the write of this number, counted from 1, and where `for_ever` all that follow; 0 fails none."""

    at: int = 0
    code: int = FULL
    for_ever: bool = True
    writes: int = 0
    _kept: list[Any] = field(default_factory=list)  # what SQLite has pointers to must not be collected

    def fails(self) -> bool:
        """Count one write, and say what comes of it."""
        self.writes += 1
        return bool(self.at) and (self.writes >= self.at if self.for_ever else self.writes == self.at)


@contextmanager
def failing_disk(disk: FailingDisk) -> Iterator[FailingDisk]:
    """Let every connection that is opened within this write to such a disk; they must be closed within it."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = (ctypes.c_char_p,)
    library.sqlite3_vfs_register.argtypes = (ctypes.POINTER(_Vfs), _INT)
    library.sqlite3_vfs_unregister.argtypes = (ctypes.POINTER(_Vfs),)
    real = library.sqlite3_vfs_find(None)
    ours = _Vfs.from_buffer_copy(real.contents)
    ours.name = b"failing"
    ours.open = _OPEN(_opening(disk, real))
    library.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield disk
    finally:
        library.sqlite3_vfs_register(real, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(ours))


def _opening(disk: FailingDisk, real: Any) -> Callable[..., int]:
    """An xOpen that gives the file which was opened other methods."""
    replaced: dict[int, _Methods] = {}
    really_open = real.contents.open

    def open_file(vfs: int, name: int, file: int, flags: int, out: int) -> int:
        del vfs
        status = int(really_open(ctypes.addressof(real.contents), name, file, flags, out))
        opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
        if status == 0 and opened.methods:
            address = ctypes.addressof(opened.methods.contents)
            if address not in replaced:
                replaced[address] = _failing_methods(disk, opened.methods.contents)
            opened.methods = ctypes.pointer(replaced[address])
        return status

    disk._kept.append(replaced)
    return open_file


def _failing_methods(disk: FailingDisk, methods: _Methods) -> _Methods:
    really_write = methods.write
    copied = _Methods.from_buffer_copy(methods)

    def write(file: int, data: int, amount: int, offset: int) -> int:
        return disk.code if disk.fails() else int(really_write(file, data, amount, offset))

    copied.write = _WRITE(write)
    disk._kept.append((really_write, copied))
    return copied
