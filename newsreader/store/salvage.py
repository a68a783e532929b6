"""Saving what can still be read of a damaged library.

Table by table, and where a table is damaged in ever smaller parts of it, down to single rows, what can be read is
copied into a sound library. SQLite takes a statement that meets damage back as a whole: so parts are tried one by one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from newsreader.bounds import SALVAGE_TRIES
from newsreader.errors import LibraryDamaged
from newsreader.model import FullTextMode, SourceKind
from newsreader.store.backup import TABLES, opened
from newsreader.store.bodies import BODIES, FEED_BODIES
from newsreader.store.connecting import address, connect
from newsreader.store.harmless import make_harmless
from newsreader.store.kept import KEPT
from newsreader.store.reschema import with_schema_anew
from newsreader.store.schema import migrate
from newsreader.store.states import settings_of

if TYPE_CHECKING:
    from pathlib import Path

_KEYS: Final = {
    "source": "id", "status": "id", "twin": "rowid", "place": "id", "kept_query": "id", "tag": "id",
    "tagged": "article_id", "note": "id", "highlight": "id", "smart_source": "id", "rule": "id",
    "rule_hit": "article_id",
}  # fmt: skip
"""The tables that are copied first, with the number by which they are divided."""
_TEXTS: Final = {"article": "id", **dict.fromkeys(BODIES, "id"), "former": "article_id", "discussion": "id"}
_BEFORE: Final = {"feed_loose": "feed_body", "full_loose": "full_text"}
"""Tables of texts, with the numbers that articles have in them; and what they were called before schema 5."""
_WORDINGS: Final = ("wording", "wording_copy")
"""Tables of a few rows, without which no text can be read, and of which one is enough."""
_ALL: Final = "TRUE"
_MISSES: Final = 64  # in a row, then twice as much is passed over at once
_NONSENSE: Final = 2**40  # no id is so high


def salvage(damaged: Path, plain: Path, *, whole: bool) -> None:
    """Make a library of what can be read of a damaged one; of its texts all, or those that are kept.

    Raises LibraryDamaged when it cannot be read at all.
    """
    try:
        _begin(plain)
        if not _has_schema(damaged):
            copy = plain.with_name("damaged.db")
            with_schema_anew(damaged, copy, (*_KEYS, *_WORDINGS, *_TEXTS, *_BEFORE.values()))
            damaged = copy
        with closing(_connect(damaged)) as raw:
            raw.execute("ATTACH ? AS backup", (address(plain),))
            raw.execute("PRAGMA backup.synchronous = OFF")
            saving = _Saving(raw)
            for table, key in _KEYS.items():
                saving.copy(table, key, _ALL)
            for table in _WORDINGS:
                saving.copy_each(table)
            wanted = _ALL if whole else f"{{}} IN (SELECT id FROM ({_wanted()}))"
            for table, key in _TEXTS.items():
                saving.copy(table, "id", wanted.format(key))
            _put_in_order(raw)
        with opened(plain, "rw") as saved, saved.transaction():
            make_harmless(saved)  # damaged text may hold anything
    except (sqlite3.Error, OSError) as error:
        raise LibraryDamaged("Nothing can be read of the damaged library.", str(error)) from error


def _has_schema(damaged: Path) -> bool:
    """Whether the schema of a library can be read, with the tables without which there is nothing to be had."""
    try:
        with closing(_connect(damaged)) as raw:
            names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        return False
    return {"source", "status", "article"} <= names


def _wanted() -> str:
    tables = ("status", "tagged", "note", "highlight")
    condition = KEPT
    for table in tables:
        condition = condition.replace(f"FROM {table} ", f"FROM backup.{table} AS {table} ")
    return f"SELECT st.id FROM backup.status st WHERE {condition}"


def _begin(plain: Path) -> None:
    with closing(connect(plain, "rwc")) as begun:
        begun.value("PRAGMA journal_mode = OFF")
        migrate(begun)
        for statement in ("DELETE FROM fetch_state", "DELETE FROM source", *TABLES):
            begun.run(statement)


def _connect(damaged: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(f"{address(damaged)}?mode=ro", uri=True, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")  # what of the schema is damaged is passed over, and not all refused
    raw.text_factory = lambda text: text.decode("utf-8", "replace")
    return raw


class _Saving:
    """The copying, with the number of tries that are left: a hopeless file must come to an end."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._left = SALVAGE_TRIES
        self._last = self._highest()

    def _highest(self) -> int:
        """The highest id that a table may have, as far as it can be known."""
        found = [1_000]
        queries = [f"SELECT max({key}) FROM main.{table}" for table, key in (_KEYS | _TEXTS).items()]
        for query in ("SELECT max(seq) FROM main.sqlite_sequence", *queries):
            with suppress(sqlite3.Error, TypeError, ValueError):
                found.append(int(self._raw.execute(query).fetchone()[0]))
        return max(number for number in found if number < _NONSENSE)

    def copy(self, table: str, key: str, condition: str) -> None:
        """Copy what can be read of a table, in halves, and halves of these, where it cannot be read whole.

        One of a later schema than that of the library is not there.
        """
        before = _BEFORE.get(table, table)
        source = table if self._columns(table, "main") else before
        theirs = set(self._columns(source, "main"))
        names = ", ".join(name for name in self._columns(table, "backup") if name in theirs)
        if not names:
            return
        insert = f"INSERT OR IGNORE INTO backup.{table} ({names}) SELECT {names} FROM main.{source} WHERE {condition}"
        if self._run(insert):
            return
        waiting, misses = [(0, self._last)], 0
        while waiting and self._left > 0:
            first, last = waiting.pop()
            if self._run(f"{insert} AND {key} BETWEEN ? AND ?", first, last):
                misses = 0
                continue
            misses += 1
            # The longer nothing is found, the larger are the parts that are passed over: what follows may be sound.
            if last - first >= 2 ** (misses // _MISSES):
                middle = (first + last) // 2
                waiting += [(middle + 1, last), (first, middle)]

    def copy_each(self, table: str) -> None:
        """Copy a table of a few rows, one by one; one of a later schema than that of the library is not there."""
        with suppress(sqlite3.Error):
            for (id_,) in self._raw.execute(f"SELECT id FROM main.{table}").fetchall():
                self._run(f"INSERT OR IGNORE INTO backup.{table} SELECT * FROM main.{table} WHERE id = ?", id_)

    def _run(self, statement: str, *values: int) -> bool:
        self._left -= 1
        try:
            self._raw.execute(statement, values)
        except sqlite3.Error:
            return False
        return True

    def _columns(self, table: str, database: str) -> list[str]:
        try:
            return [row[0] for row in self._raw.execute("SELECT name FROM pragma_table_info(?, ?)", (table, database))]
        except sqlite3.Error:
            return []


def _put_in_order(raw: sqlite3.Connection) -> None:
    """Take out of what was read whatever would be stumbled over later."""
    for id_, settings in raw.execute("SELECT id, settings FROM backup.source").fetchall():
        try:
            settings_of(settings)
        except (ValueError, TypeError):
            raw.execute("UPDATE backup.source SET settings = '{}' WHERE id = ?", (id_,))
    modes, kinds = (", ".join(f"'{value}'" for value in values) for values in (FullTextMode, SourceKind))
    bodies = " UNION ALL ".join(f"SELECT id FROM backup.{table}" for table in FEED_BODIES)
    for statement in (
        f"DELETE FROM backup.source WHERE kind NOT IN ({kinds}) OR instr(url, ':') = 0",
        f"UPDATE backup.source SET full_text_mode = 'auto' WHERE full_text_mode NOT IN ({modes})",
        # What is kept comes back without its text too: the page may still have it.
        f"""
        INSERT INTO backup.feed_loose (id, html, text) SELECT id, '', '' FROM backup.article
        WHERE id NOT IN ({bodies}) AND id IN ({_wanted()})
        """,
        f"UPDATE backup.status SET here = 0, content_hash = '' WHERE id NOT IN ({bodies})",
    ):
        raw.execute(statement)
