"""Backups: what cannot be fetched again, in one compressed file that any library takes over.

A backup is a library of the same schema, compressed, that has only some of its rows: older ones are brought up to date
by the same migrations. It holds the sources with their settings, but no secret; the articles that are kept (see
`store.kept`) with their texts; the status of whatever was opened, read or begun; tags, notes, highlights, smart sources
and rules; and settings.toml. Of articles that were read and nothing else only the identities are there, packed by
source (`read_mark`): for a million that is some fifteen megabytes.

It is written from a library that others use meanwhile.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader import __version__, log
from newsreader.config.writing import is_special, write_whole
from newsreader.errors import LibraryError, LibraryFull, UsageError
from newsreader.store.bodies import BODIES
from newsreader.store.connecting import address, connect
from newsreader.store.kept import ALL_KEPT
from newsreader.store.marks import pack_marks
from newsreader.store.schema import SCHEMA, migrate
from newsreader.store.settings import read_settings, written_settings
from newsreader.store.states import settings_json, settings_of
from newsreader.text import without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.model import SourceSettings
    from newsreader.store.connection import Connection

CHUNK: Final = 1024 * 1024  # bytes of a file in memory at once
_LEVEL: Final = 6  # of deflate: further ones take twice the time for a hundredth of the size
_WITH_KEPT_TABLES: Final = 5  # the schema from which on tags, notes, highlights, smart sources and rules are there
TABLES: Final = (
    """
    CREATE TABLE read_mark (source_id INTEGER PRIMARY KEY, marks BLOB NOT NULL) STRICT
    """,
    "CREATE TABLE backup_about (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID",
)
# What is copied, in this order; the condition is on the rows of the library. `chosen` has the articles that go along
# with their texts, `known` all whose status does.
_COPIED: Final = (
    ("source", "TRUE"),
    ("wording", "TRUE"),
    ("wording_copy", "TRUE"),
    ("article", "id IN (SELECT id FROM chosen)"),
    *((table, "id IN (SELECT id FROM chosen)") for table in ("feed_body", "full_text", *BODIES)),
    ("former", "article_id IN (SELECT id FROM chosen)"),
    ("discussion", "id IN (SELECT id FROM chosen)"),
    ("status", "id IN (SELECT id FROM known)"),
    ("twin", "article_id IN (SELECT id FROM known)"),
    ("place", "TRUE"),
    ("kept_query", "TRUE"),
    ("tag", "TRUE"),
    ("tagged", "TRUE"),
    ("note", "TRUE"),
    ("highlight", "TRUE"),
    ("smart_source", "TRUE"),
    ("rule", "TRUE"),
    ("rule_hit", "article_id IN (SELECT id FROM known)"),
)

_COLUMNS: Final = """
    SELECT c.name FROM backup.sqlite_master t, pragma_table_info(t.name, 'backup') c
    WHERE t.type = 'table' AND t.name = ?
"""

_log = log.get("store")


def write_backup(
    library: Path, target: Path, *, now: float, settings: bytes | None = None, everything: bool = False
) -> None:
    """Write a backup of a library to a file, whole or not at all; `settings` is the content of settings.toml.

    With `everything` all articles go along. The library is only read, and by one transaction, so that others can write
    meanwhile. Raises LibraryError, UsageError where the file cannot be written.
    """
    special = is_special(target)
    try:
        target = target if special else Path(os.path.realpath(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = None if special else target.parent
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=beside) as folder:
            plain, packed = Path(folder) / "library.db", Path(folder) / "packed"
            _gather(library, plain, now=now, settings=settings, everything=everything)
            _compress(plain, packed)
            if special:
                with packed.open("rb") as file:
                    write_whole(target, iter(lambda: file.read(CHUNK), b""))
            else:
                packed.replace(target)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror or error}.", str(error)) from error


def _gather(library: Path, plain: Path, *, now: float, settings: bytes | None, everything: bool) -> None:
    """Make a library that has only what a backup has."""
    version = _version(library)
    with opened(plain, "rwc") as begun:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            begun.value(f"PRAGMA {pragma}")
        migrate(begun, version)
        for statement in ("DELETE FROM fetch_state", "DELETE FROM source", *TABLES):
            begun.run(statement)
        about = {"made_at": int(now), "program": __version__, "settings.toml": settings}
        begun.many("INSERT INTO backup_about VALUES (?, ?)", [*about.items()])
    with reading(library) as connection:
        connection.run("ATTACH ? AS backup", (address(plain),))
        connection.value("PRAGMA backup.synchronous = OFF")
        connection.value("PRAGMA backup.journal_mode = MEMORY")
        connection.run("BEGIN")
        _fill(connection, version, everything=everything)
        connection.run("COMMIT")


def _fill(connection: Connection, version: int, *, everything: bool) -> None:
    kept = ALL_KEPT if version >= _WITH_KEPT_TABLES else "(SELECT id FROM status WHERE bookmarked_at IS NOT NULL)"
    ids = "SELECT id FROM status WHERE here > 0" if everything else f"SELECT id FROM {kept}"
    known = (
        "SELECT id FROM chosen UNION SELECT id FROM place "
        "UNION SELECT id FROM status WHERE opened_at IS NOT NULL OR bookmarked_at IS NOT NULL"
    )
    for table, rows in (("chosen", ids), ("known", known)):
        connection.run(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY)")
        connection.run(f"INSERT OR IGNORE INTO {table} {rows}")
    for table, condition in _COPIED:
        names = ", ".join(connection.column(_COLUMNS, (table,)))
        if names:  # else it is of a later schema
            connection.run(f"INSERT INTO backup.{table} ({names}) SELECT {names} FROM main.{table} WHERE {condition}")
    # Without its text an article is not there; its status waits for it.
    connection.run(
        "UPDATE backup.status SET here = 0, content_hash = '' WHERE id NOT IN (SELECT id FROM backup.article)"
    )
    _hide_secrets(connection)
    _pack_read(connection)


def _hide_secrets(connection: Connection) -> None:
    """Take names and passwords out of addresses, and out of settings whatever may be secret."""
    for id_, url, settings in connection.all("SELECT id, url, settings FROM backup.source"):
        public = settings_json(_public(settings_of(settings)))
        connection.run(
            "UPDATE backup.source SET url = ?, settings = ? WHERE id = ?", (without_userinfo(url), public, id_)
        )


def _public(settings: SourceSettings) -> SourceSettings:
    shown, _ = read_settings(written_settings(settings))
    return settings._replace(
        user_agent=shown.user_agent,
        headers=shown.headers,
        user=shown.user,
        secret=shown.secret,
        proxy=shown.proxy,
    )


def _pack_read(connection: Connection) -> None:
    """Pack the identities of what was read and of which nothing else is to be said, by source."""
    for source_id in connection.column("SELECT id FROM backup.source WHERE removed_at IS NULL"):
        rows = connection.all(
            """
            SELECT identity, sort_at FROM main.status
            WHERE source_id = ?1 AND read = 1 AND id NOT IN (SELECT id FROM known)
            UNION ALL
            SELECT twin.identity, sort_at FROM main.twin JOIN main.status st ON st.id = article_id
            WHERE twin.source_id = ?1 AND read = 1 AND st.id NOT IN (SELECT id FROM known)
            ORDER BY sort_at
            """,
            (source_id,),
        )
        if rows:
            connection.run("INSERT INTO backup.read_mark VALUES (?, ?)", (source_id, pack_marks(rows)))


def _compress(plain: Path, packed: Path) -> None:
    packed.touch(0o600)  # for its owner alone
    with packed.open("wb") as file:
        with plain.open("rb") as source, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as archive:
            shutil.copyfileobj(source, archive, CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _version(library: Path) -> int:
    with reading(library) as connection:
        version = int(connection.value("PRAGMA user_version"))
    if not 1 <= version <= SCHEMA:
        raise LibraryError("The library was written by a newer newsreader: only that one can make a backup of it.")
    return version


@contextlib.contextmanager
def reading(library: Path) -> Iterator[Connection]:
    """Open a library to read; where not even the side files of WAL can be made, as it stands."""
    for mode in ("ro", "ro&immutable=1"):
        with opened(library, mode) as connection:
            try:
                connection.value("SELECT count(*) FROM sqlite_master")
            except LibraryFull:
                if mode == "ro":
                    continue
                raise
            yield connection
            return


@contextlib.contextmanager
def opened(path: Path, mode: str) -> Iterator[Connection]:
    """A connection for so long."""
    with contextlib.closing(connect(path, mode)) as connection:
        yield connection
