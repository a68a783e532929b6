"""Opening a library file, whatever is found there: nothing, an empty file, a library, a damaged one, something else.

| found                                  | done                                                        |
|----------------------------------------|-------------------------------------------------------------|
| nothing, an empty file, an unborn file | a new library is begun                                      |
| an older schema                        | copied and migrated; without writing, a copy in memory is,  |
|                                        | up to a bound: beyond it a sentence says what to do         |
| a newer schema                         | opened for reading, with a notice                           |
| a file or folder that takes no writes  | opened for reading, with a notice                           |
| a damaged file, or no SQLite file      | moved aside as NAME.corrupt-DATE, and a new library begun   |
| another program's SQLite file          | refused: it is not ours to move                             |
| a folder, a device                     | refused                                                     |
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import time
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader import log
from newsreader.bounds import BUSY_TIMEOUT, READ_BY_COPY
from newsreader.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryNewer
from newsreader.model import size_words
from newsreader.store.connecting import connect, connect_nowhere
from newsreader.store.connection import Connection, suspect_mark
from newsreader.store.damage import look_for_damage
from newsreader.store.schema import APPLICATION_ID, SCHEMA, migrate

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OLDEST_SQLITE: Final = (3, 37, 0)  # STRICT tables; FTS5 is checked by itself
_MAGIC: Final = b"SQLite format 3\x00"
_CACHE_KIB: Final = 8_192  # of pages kept by one connection
_OURS: Final = {"source", "status", "article", "journal"}  # tables that no other program has together
_CHECKPOINT: Final = 4_000  # pages of the write-ahead log (16 MB) that are copied at once: often is twice the work
_JOURNAL_LIMIT: Final = 32 * 1024 * 1024  # a write-ahead log that grew larger is cut when it is reset
_LONG: Final = 100_000_000  # bytes of a library that is not brought to another schema in a moment
_RETRY: Final = 0.01  # seconds between two tries of what does not wait by itself
_ASIDE: Final = ("", "-wal", "-shm")  # the files of one library

_log = log.get("store")


def tell_nobody(sentence: str) -> None:
    """Say nothing: nobody waits for it."""


class _Found(Enum):
    NEW = auto()
    LIBRARY = auto()
    NEWER = auto()


class Opened(NamedTuple):
    """A library ready for use.

    `notice` says why it is read-only, `recovered` what was done about a damaged file, which is now at `aside`.
    """

    connection: Connection
    created: bool
    notice: str | None
    recovered: str | None
    aside: Path | None = None


def open_library(path: Path, *, read_only: bool, now: float, tell: Callable[[str], None] = tell_nobody) -> Opened:
    """Open the library at `path`, creating, migrating or replacing it as the table above says.

    `tell` gets a sentence where that takes more than a moment.
    Raises LibraryFull where a new library cannot be begun, LibraryDamaged for another program's file, LibraryError
    for what is no file at all, or when SQLite lacks what is needed.
    """
    _check_sqlite()
    _check_place(path, create=not read_only)
    try:
        return _open(path, read_only=read_only, recovered=None, now=now, tell=tell)
    except LibraryDamaged as damage:
        if read_only or isinstance(damage, _Foreign):
            raise
    with _alone(path.parent):
        try:  # another process may have replaced it while this one waited
            return _open(path, read_only=False, recovered=None, now=now, tell=tell)
        except LibraryDamaged as damage:
            kept = _move_aside(path, now)
            _log.error("the library is damaged and was moved to %s: %s", kept.name, damage.cause)
        recovered = f"The library was damaged. It was kept as {kept.name}, and a new one was begun."
        return _open(path, read_only=False, recovered=recovered, now=now, tell=tell)._replace(aside=kept)


class _Foreign(LibraryDamaged):
    """A sound SQLite file that another program made."""


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise LibraryError(f"SQLite {wanted} or newer is needed; this Python has {sqlite3.sqlite_version}.")


def _check_place(path: Path, *, create: bool) -> None:
    try:  # one look: another process may be moving a damaged library away
        mode = path.stat().st_mode
    except OSError:
        mode = None
    if mode is not None and stat.S_ISDIR(mode):
        raise LibraryError(f"{path} is a folder; a library is a file.")
    if mode is not None and not stat.S_ISREG(mode):
        raise LibraryError(f"{path} is not a file.")
    if create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryFull(f"The folder {path.parent} cannot be made.", str(error)) from error
    elif mode is None:
        raise LibraryError(f"There is no library at {path}.")


def _open(path: Path, *, read_only: bool, recovered: str | None, now: float, tell: Callable[[str], None]) -> Opened:
    size = _size_of(path)
    if 0 < size < len(_MAGIC) or (size and not _has_magic(path)):
        raise LibraryDamaged(f"{path.name} is not a library.", "no SQLite header")
    if read_only:
        return _open_reading(path, None)
    if size and not (_takes_writes(path) and _takes_writes(path.parent)):
        notice = "The library's file or folder is read-only: it is open for reading only."
        return _open_reading(path, LibraryFull(notice))
    try:
        return _open_writing(path, recovered=recovered, now=now, tell=tell)
    except LibraryFull as refused:
        if not size:
            raise
        notice = f"{refused.phrase} Until newsreader starts again it is only read."
        return _open_reading(path, LibraryFull(notice, refused.cause))


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise LibraryError(f"The library {path} cannot be looked at.", str(error)) from error


def _takes_writes(path: Path) -> bool:
    """Whether it can be written; what was moved away meanwhile, and begun anew, is no hindrance."""
    return _is_writable(path) or not path.exists() or _is_writable(path)


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _has_magic(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except FileNotFoundError:  # moved away just now: what comes next is a new library
        return True
    except OSError as error:
        raise LibraryError(f"The library {path} cannot be read.", str(error)) from error


def _open_writing(path: Path, *, recovered: str | None, now: float, tell: Callable[[str], None]) -> Opened:
    _begin_private(path)
    connection = connect(path, "rwc")
    try:
        found = _inspect(connection)
        if found is _Found.NEWER:
            return _newer(connection)
        look_for_damage(connection)
        if found is _Found.LIBRARY and connection.value("PRAGMA user_version") < SCHEMA:
            from newsreader.store.precaution import keep_before_change

            if (size := _size_of(path)) > _LONG:
                tell(f"The library ({size // 10**6:,} MB) is copied and brought to a new form, which takes a while …")
            keep_before_change(connection, now)
        _prepare(connection, new=found is _Found.NEW)
        created = migrate(connection)
    except LibraryError:
        connection.close()
        raise
    return Opened(connection, created, None, recovered)


def _begin_private(path: Path) -> None:
    """Make the file of a new library for its owner alone: addresses may hold passwords.

    SQLite gives its side files the mode of the library. A file that is there keeps its mode: it may have been opened
    up on purpose.
    """
    with contextlib.suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _newer(connection: Connection) -> Opened:
    version = connection.value("PRAGMA user_version")
    notice = (
        f"The library was written by a newer newsreader (schema {version}, this one knows {SCHEMA}): "
        "it is open for reading only. Start the newer one."
    )
    connection.run("PRAGMA query_only = ON")
    connection.refusal = LibraryNewer(notice)
    return Opened(connection, created=False, notice=notice, recovered=None)


def _open_reading(path: Path, reason: LibraryError | None) -> Opened:
    """Open for reading; where even the side files of WAL cannot be made, take the file as it stands (immutable)."""
    if not _size_of(path):
        raise LibraryError(f"The library at {path} is empty.")
    failure: LibraryError | None = None
    for mode in ("ro", "ro&immutable=1"):
        connection = connect(path, mode)
        try:
            found = _inspect(connection)
            connection.run("PRAGMA query_only = ON")
        except LibraryFull as error:
            failure = error
            connection.close()
        except LibraryError:
            connection.close()
            raise
        else:
            if found is _Found.NEWER:
                return _newer(connection)
            notice = reason.phrase if reason else None
            if connection.value("PRAGMA user_version") < SCHEMA:
                connection = _at_this_schema(connection)
                notice = f"{notice} It is of an older newsreader, and read from a copy." if notice else None
            connection.refusal = reason or LibraryFull("The library is open for reading only.")
            return Opened(connection, created=False, notice=notice, recovered=None)
    assert failure is not None
    raise failure


def _at_this_schema(connection: Connection) -> Connection:
    """A library of an older schema that takes no writes is read from a copy that goes with the program.

    Raises LibraryError for one that would take too long, and too much of the disk, to be copied at each start.
    """
    size = connection.value("PRAGMA page_count") * connection.value("PRAGMA page_size")
    if size > READ_BY_COPY:
        version = connection.value("PRAGMA user_version")
        connection.close()
        raise LibraryError(
            f"The library is of an older newsreader (schema {version}; {SCHEMA} is needed), and {size_words(size)} are "
            "too much to be read from a copy. Start newsreader once where it can write to the file and its folder."
        )
    copy = connect_nowhere()
    connection.copy_to(copy)
    connection.close()
    migrate(copy)
    copy.run("PRAGMA query_only = ON")
    return copy


def _inspect(connection: Connection) -> _Found:
    """Tell what the file is, by reading it: connecting alone succeeds on anything."""
    connection.value("PRAGMA schema_version")
    tables = set(connection.column("SELECT name FROM sqlite_master WHERE type = 'table'"))
    application = connection.value("PRAGMA application_id")
    version = connection.value("PRAGMA user_version")
    if application == APPLICATION_ID:
        if version > SCHEMA:
            return _Found.NEWER
        if tables:
            return _Found.LIBRARY
        raise LibraryDamaged("The library is damaged: it has lost all it held.", "no tables")
    if tables >= _OURS:
        raise LibraryDamaged("The library is damaged: it has lost its mark.", f"id {application}")
    if tables or application:
        raise _Foreign(f"{connection.path} belongs to another program, and is left alone.", f"id {application}")
    return _Found.NEW


def _prepare(connection: Connection, *, new: bool) -> None:
    if new:
        connection.run("PRAGMA auto_vacuum = INCREMENTAL")  # only possible before the first table
        if not connection.value("SELECT sqlite_compileoption_used('ENABLE_FTS5')"):
            raise LibraryError("This Python's SQLite has no FTS5, which searching needs.")
    _use_wal(connection)
    for pragma in (
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE_KIB}",
        f"wal_autocheckpoint = {_CHECKPOINT}",
        f"journal_size_limit = {_JOURNAL_LIMIT}",
        "secure_delete = FAST",  # where SQLite was built to wipe what is deleted: not at the price of more writes
        "temp_store = MEMORY",
    ):
        connection.run(f"PRAGMA {pragma}")


def _use_wal(connection: Connection) -> None:
    """Turn WAL on; SQLite does not wait here for another process that does the same at this moment."""
    until = time.monotonic() + BUSY_TIMEOUT
    while connection.value("PRAGMA journal_mode") != "wal":
        try:
            connection.value("PRAGMA journal_mode = WAL")
        except LibraryError as error:
            if type(error) is not LibraryError or time.monotonic() > until:
                raise
            time.sleep(_RETRY)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only process that replaces a library in this folder; the kernel frees the lock when a process dies."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _move_aside(path: Path, now: float) -> Path:
    """Rename the damaged file, with its side files, so that SQLite can still open it by its new name."""
    stamp = datetime.fromtimestamp(now).astimezone().strftime("%Y%m%d-%H%M%S")
    kept, number = path.with_name(f"{path.name}.corrupt-{stamp}"), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.corrupt-{stamp}-{number}")
    try:
        for ending in reversed(_ASIDE):
            side = path.with_name(path.name + ending)
            if side.exists():
                side.rename(kept.with_name(kept.name + ending))
        suspect_mark(path).unlink(missing_ok=True)
    except OSError as error:
        raise LibraryFull(f"The library {path} is damaged and cannot be moved aside.", str(error)) from error
    return kept
