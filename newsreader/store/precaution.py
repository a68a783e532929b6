"""A copy of a library before its schema is changed, beside the daily backups.

The whole of it where there is room, else a backup of what cannot be fetched again. `newsreader restore` takes both. It
goes once there is a week of daily backups after it (see `store.rotation`).
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader import log
from newsreader.errors import NewsreaderError
from newsreader.store.backup import write_backup
from newsreader.store.connecting import connect
from newsreader.store.rotation import BEFORE
from newsreader.store.schema import SCHEMA

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

FOLDER: Final = "backups"
"""Of the library's own folder: where the daily ones are too."""

_ROOM: Final = 3  # times the size of the library must be free: the copy, and what the change itself takes
_log = log.get("store")


def keep_before_change(connection: Connection, now: float) -> None:
    """Copy a library of an older schema. Where that fails it is noted, and no reason not to go on.

    The change itself is one transaction, and leaves the library as it was where it fails.
    """
    version = connection.value("PRAGMA user_version")
    folder = connection.path.parent / FOLDER
    name = f"{BEFORE}-{SCHEMA}-{datetime.fromtimestamp(now).astimezone():%Y-%m-%d}"
    if any((folder / f"{name}{ending}").exists() for ending in (".db", ".backup")):
        return  # by another process that opened it at the same moment
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = connection.value("PRAGMA page_count") * connection.value("PRAGMA page_size")
        if shutil.disk_usage(folder).free > _ROOM * size:
            _copy(connection, folder / f"{name}.db")
        else:
            write_backup(connection.path, folder / f"{name}.backup", now=now)
    except (NewsreaderError, OSError) as error:
        _log.error("no copy of the library before the change to schema %d: %s", SCHEMA, error)
    else:
        _log.info("the library of schema %d was copied to %s", version, folder)


def _copy(connection: Connection, target: Path) -> None:
    """Copy it whole or not at all."""
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as place:
        copy = Path(place) / "copy"
        copy.touch(0o600)
        with closing(connect(copy, "rw")) as other:
            connection.copy_to(other)
            other.value("PRAGMA journal_mode = DELETE")  # one file by itself
        copy.replace(target)
