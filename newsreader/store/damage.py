"""Looking for damage in a library before anything of it is shown, and mending what can be mended."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from newsreader.bounds import OPEN_CHECK_SIZE
from newsreader.errors import LibraryDamaged, LibraryError
from newsreader.store.connecting import connect_nowhere
from newsreader.store.connection import suspect_mark
from newsreader.store.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.store.connection import Connection, Row

_SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name"


def damage_found(lines: Iterable[str]) -> list[str]:
    """What a check found, without what newer versions of SQLite say of the search index: that mends itself."""
    return [line for line in lines if line != "ok" and "FTS5" not in line]


def look_for_damage(connection: Connection) -> None:
    """Look for damage: through a small library whole, in a large one at what cannot be fetched again.

    A library in which damage was met while it was in use (`suspect_mark`) is looked through more thoroughly and
    whole, and its indexes are made anew where these alone are wrong. Raises LibraryDamaged for what cannot be mended.
    What is not found now is found when it is read.
    """
    suspect = suspect_mark(connection.path)
    if suspect.exists():
        _look_thoroughly(connection)
        suspect.unlink(missing_ok=True)
        return
    whole = connection.path.stat().st_size <= OPEN_CHECK_SIZE
    for argument in ("100",) if whole else ("'source'", "'fetch_state'", "'memory'"):
        _raise_if(damage_found(connection.column(f"PRAGMA quick_check({argument})")))


def _look_thoroughly(connection: Connection) -> None:
    version = connection.value("PRAGMA user_version")
    if version and connection.all(_SHAPE) != _shape_of(version):
        raise LibraryDamaged("The library is damaged.", "its schema is not what it was")
    if damage_found(connection.column("PRAGMA integrity_check(100)")):
        try:
            connection.run("REINDEX")
        except LibraryError as error:  # rows that must differ are the same
            raise LibraryDamaged("The library is damaged.", error.cause) from error
        _raise_if(damage_found(connection.column("PRAGMA integrity_check(100)")))


def _shape_of(version: int) -> list[Row]:
    """The schema that a sound library of this version has."""
    with closing(connect_nowhere()) as new:
        migrate(new, version)
        return new.all(_SHAPE)


def _raise_if(wrong: list[str]) -> None:
    if wrong:
        raise LibraryDamaged("The library is damaged.", wrong[0])
