"""A SQLite connection that speaks the program's errors and knows one kind of writing.

Every `sqlite3.Error` becomes a `LibraryError` with a phrase here and nowhere else. Rows are always fetched whole, so
that no unfinished SELECT holds a snapshot. Writing happens inside `transaction()`, which begins IMMEDIATE: a
transaction that reads first and writes later would fail at once when another process wrote in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from newsreader import log
from newsreader.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryNewer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Row: TypeAlias = tuple[Any, ...]
Values: TypeAlias = "Sequence[Any] | Mapping[str, Any]"
"""What stands for the `?` of a statement, or for its `:names`."""

_LARGEST: Final = 2**63 - 1
_PRIMARY: Final = 0xFF  # SQLite's extended result codes carry the plain one in their lowest byte
_PHRASES: Final[dict[int, tuple[type[LibraryError], str]]] = {
    sqlite3.SQLITE_BUSY: (LibraryError, "The library is busy: another program has been writing to it for too long."),
    sqlite3.SQLITE_LOCKED: (LibraryError, "The library is busy: another program has been writing to it for too long."),
    sqlite3.SQLITE_FULL: (LibraryFull, "The disk is full: nothing more can be saved until there is room again."),
    sqlite3.SQLITE_READONLY: (LibraryFull, "The library cannot be written: its file or folder is read-only."),
    sqlite3.SQLITE_PERM: (LibraryFull, "The library cannot be written: its file or folder is read-only."),
    sqlite3.SQLITE_CANTOPEN: (LibraryFull, "The library's folder cannot be used: it takes no new files."),
    sqlite3.SQLITE_IOERR: (LibraryFull, "The disk took no more writes of the library: it may be full or failing."),
    sqlite3.SQLITE_TOOBIG: (LibraryError, "A text is too large for the library."),
    sqlite3.SQLITE_CORRUPT: (LibraryDamaged, "The library is damaged: start newsreader again, so that it is repaired."),
    sqlite3.SQLITE_NOTADB: (LibraryDamaged, "The library's file is not a library."),
    sqlite3.SQLITE_INTERRUPT: (LibraryError, "The search was broken off."),
}

_log = log.get("store")


class IndexDamaged(LibraryDamaged):
    """The search index alone is damaged: it is begun anew, and nothing is lost."""


def translate(error: sqlite3.Error) -> LibraryError:
    """The LibraryError that says in words what SQLite said in a code; the cause keeps SQLite's own words."""
    code = getattr(error, "sqlite_errorcode", None)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    kind, phrase = _PHRASES.get(
        (code or 0) & _PRIMARY, (LibraryError, "The library could not be read or written; the log says more.")
    )
    if code == sqlite3.SQLITE_CORRUPT_VTAB:
        kind = IndexDamaged
    return kind(phrase, f"{name}: {error}")


def bindable(value: Any) -> Any:
    """A value that SQLite takes, as near as can be: integers within 64 bits, text without lone surrogates."""
    if isinstance(value, int):
        return max(-_LARGEST, min(value, _LARGEST))
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value


def _bindable(values: Values) -> Values:
    if isinstance(values, Mapping):
        return {name: bindable(value) for name, value in values.items()}
    return [bindable(value) for value in values]


def suspect_mark(path: Path) -> Path:
    """The file that says that damage was met in a library: its next opening then looks through the whole of it."""
    return path.with_name(f"{path.name}.suspect")


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", "replace")


class Connection:
    """One open library file. For one thread at a time; `refusal`, once set, is raised by every attempt to write."""

    def __init__(self, raw: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self.refusal: LibraryError | None = None
        self._raw = raw

    def give_back(self, pages: int) -> None:
        """Give free pages at the end of the file back to the disk: this many at most, in a transaction of its own.

        A statement that Python takes for one without rows is stepped once, which would free one page; a script is
        stepped to its end.
        """
        try:
            self._raw.executescript(f"PRAGMA incremental_vacuum({pages})").close()
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def copy_to(self, other: Connection) -> None:
        """Copy the whole library into another file, as it is at this moment."""
        try:
            self._raw.backup(other._raw)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    @property
    def total_changes(self) -> int:
        """Rows changed since the file was opened."""
        return self._raw.total_changes

    def all(self, sql: str, values: Values = ()) -> list[Row]:
        """Every row of a query."""
        return self._run(sql, values)[1]

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        rows = self._run(sql, values)[1]
        return rows[0] if rows else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, values)
        return None if row is None else row[0]

    def column(self, sql: str, values: Values = ()) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._run(sql, values)[1]]

    def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement that changes rows and say how many it changed."""
        return self._run(sql, values)[0].rowcount

    def insert(self, sql: str, values: Values = ()) -> int:
        """Run an INSERT of one row and give its id."""
        return int(self._run(sql, values)[0].lastrowid or 0)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of values.

        Raises OverflowError or UnicodeEncodeError for values that SQLite does not take, with some rows done: callers
        let the transaction roll back, make the values `bindable` and begin again. Checking each value beforehand
        would cost every refresh for what almost never happens.
        """
        try:
            self._raw.executemany(sql, rows)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _run(self, sql: str, values: Values) -> tuple[sqlite3.Cursor, list[Row]]:
        """Run a statement to its end; both running and fetching can fail."""
        try:
            try:
                return self._fetched(sql, values)
            except (OverflowError, UnicodeEncodeError):
                return self._fetched(sql, _bindable(values))
        except sqlite3.Error as error:
            if "decode" not in str(error) or self._raw.text_factory is _lenient:
                raise self._translated(error) from error
        except UnicodeDecodeError as error:  # SQLite quotes a damaged schema in its message
            self._suspect()
            raise LibraryDamaged("The library is damaged.", str(error)) from error
        self._raw.text_factory = _lenient  # a byte of some text is damaged: show the rest of it, from now on
        return self._run(sql, values)

    def _fetched(self, sql: str, values: Values) -> tuple[sqlite3.Cursor, list[Row]]:
        cursor = self._raw.execute(sql, values)
        return cursor, cursor.fetchall()

    def _translated(self, error: sqlite3.Error) -> LibraryError:
        translated = translate(error)
        code = getattr(error, "sqlite_errorcode", None)
        if code != sqlite3.SQLITE_INTERRUPT:
            _log.error("%s: %s", self.path.name, translated.cause)
        damaged = isinstance(translated, LibraryDamaged) and not isinstance(translated, IndexDamaged)
        if damaged or (code == sqlite3.SQLITE_ERROR and not isinstance(self.refusal, LibraryNewer)):
            self._suspect()  # SQL that is never wrong is wrong where the schema is damaged, or is a newer program's
        return translated

    def _suspect(self) -> None:
        if self.path.exists():
            with suppress(OSError):
                suspect_mark(self.path).touch()

    def interrupt(self) -> None:
        """Break off the statement that another thread runs here, which then raises LibraryError."""
        self._raw.interrupt()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is running."""
        return self._raw.in_transaction

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction, begun IMMEDIATE; whatever is raised inside, or at its end, leaves the library as it was.

        Inside of one that is running it is a part of that.
        """
        if self.refusal is not None:
            raise self.refusal
        if self.in_transaction:
            yield
            return
        self._run("BEGIN IMMEDIATE", ())
        try:
            yield
            self._run("COMMIT", ())
        finally:
            if self._raw.in_transaction:  # a full disk has already rolled back by itself
                self._run("ROLLBACK", ())

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        try:
            self._raw.close()
        except sqlite3.Error as error:
            self._translated(error)


def id_list(ids: Iterable[int]) -> str:
    """Ids as SQL takes many of them in one value: `IN (SELECT value FROM json_each(?))`."""
    return f"[{','.join(map(str, ids))}]"
