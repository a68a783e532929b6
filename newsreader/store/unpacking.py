"""Reading a backup's file: whatever is found there, it ends in a library of this program's schema or in a sentence."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader.bounds import SALVAGE_WHOLE
from newsreader.errors import LibraryDamaged, UsageError
from newsreader.store.backup import CHUNK, opened, reading
from newsreader.store.harmless import make_harmless
from newsreader.store.salvage import salvage
from newsreader.store.schema import APPLICATION_ID, SCHEMA, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

_GZIP: Final = b"\x1f\x8b"
_SQLITE: Final = b"SQLite format 3\x00"
_ID_AT: Final = 68  # the application_id in the header of SQLite's files
_OTHER: Final = "`newsreader backup --list` shows those that are kept."


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A backup, or a whole library, as a library of this program's schema, in a folder that goes afterwards.

    Of a damaged library it has what can still be read. Raises UsageError for a file that is neither, for a damaged
    backup, and for what a newer program wrote.
    """
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        plain = Path(folder) / "library.db"
        try:
            _unpack(path, plain)
            _bring_up_to_date(path, plain)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UsageError(f"{path} is damaged: it is cut off, or was changed. {_OTHER}", str(error)) from error
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror or error}.", str(error)) from error
        except LibraryDamaged as error:
            plain = plain.with_name("saved.db")
            _save(path, plain, error)
        with opened(plain, "rw") as connection:
            connection.value("PRAGMA journal_mode = MEMORY")
            with connection.transaction():
                make_harmless(connection)
        yield plain


def _save(path: Path, plain: Path, damage: LibraryDamaged) -> None:
    """Save what can be read of a damaged library; a damaged backup is no use, as there are others."""
    try:
        if not _begins_so(path, _SQLITE):
            raise damage
        salvage(path, plain, whole=path.stat().st_size <= SALVAGE_WHOLE)
    except (LibraryDamaged, OSError) as error:
        raise UsageError(f"{path} is damaged. {_OTHER}", damage.cause) from error


def is_backup(path: Path) -> bool:
    """Whether a file is one of those, by how it begins; another reader's database is not."""
    try:
        with path.open("rb") as file:
            start = file.read(_ID_AT + 4)
    except OSError:
        return False
    ours = start.startswith(_SQLITE) and start[_ID_AT:] == APPLICATION_ID.to_bytes(4, "big")
    return ours or start.startswith(_GZIP)


def _begins_so(path: Path, start: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(start)) == start


def _unpack(path: Path, plain: Path) -> None:
    if _begins_so(path, _SQLITE):
        with reading(path) as library, opened(plain, "rwc") as copy:
            library.copy_to(copy)  # with what of it is still in its log
    elif _begins_so(path, _GZIP):
        with gzip.open(path) as archive, plain.open("wb") as target:
            shutil.copyfileobj(archive, target, CHUNK)
    else:
        raise _not_one(path)


def _bring_up_to_date(path: Path, plain: Path) -> None:
    with opened(plain, "rw") as connection:
        if connection.value("PRAGMA application_id") != APPLICATION_ID:
            raise _not_one(path)
        version = connection.value("PRAGMA user_version")
        if version > SCHEMA:
            raise UsageError(
                f"{path} was written by a newer newsreader (schema {version}, this one knows {SCHEMA}): use that one."
            )
        problems = connection.column("PRAGMA quick_check(1)")
        if problems != ["ok"]:
            raise LibraryDamaged("The backup is damaged.", str(problems[:1]))
        connection.value("PRAGMA journal_mode = MEMORY")
        migrate(connection)


def _not_one(path: Path) -> UsageError:
    return UsageError(f"{path} is no backup of newsreader.")
