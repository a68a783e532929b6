"""What `doctor` asks of the library."""

from __future__ import annotations

import sqlite3
from typing import Final

from newsreader.errors import LibraryDamaged
from newsreader.model import LibraryFacts
from newsreader.store.connection import IndexDamaged
from newsreader.store.damage import damage_found
from newsreader.store.part import Part
from newsreader.text import count_of

_WRONG_COUNTS: Final = """
    SELECT id FROM source WHERE (unread, total) <> (
        SELECT coalesce(sum(here = 1 AND read = 0), 0), coalesce(sum(here = 1), 0)
        FROM status WHERE source_id = source.id
    )
"""


class Health(Part):
    """The part of the Store that looks after the file itself."""

    def facts(self) -> LibraryFacts:
        """Sizes and versions."""
        size = 0
        for ending in ("", "-wal"):
            file = self._db.path.with_name(self._db.path.name + ending)
            size += file.stat().st_size if file.exists() else 0
        return LibraryFacts(
            articles=int(self._db.value("SELECT coalesce(sum(total), 0) FROM source WHERE removed_at IS NULL")),
            sources=int(self._db.value("SELECT count(*) FROM source WHERE removed_at IS NULL AND kind = 'feed'")),
            size_bytes=size,
            schema=int(self._db.value("PRAGMA user_version")),
            sqlite_version=sqlite3.sqlite_version,
            fts5=bool(self._db.value("SELECT sqlite_compileoption_used('ENABLE_FTS5')")),
        )

    def check(self) -> tuple[str, ...]:
        """Look through the whole library for damage, and say in sentences what is wrong: nothing, when all is well."""
        try:
            wrong_pages = damage_found(self._db.column("PRAGMA quick_check(5)"))
            found = [f"The library is damaged: {line}." for line in wrong_pages]
            if self._db.all("PRAGMA foreign_key_check"):
                found.append("The library holds rows that belong to nothing.")
            if wrong := self._db.column(_WRONG_COUNTS):
                found.append(f"The counts of {count_of(len(wrong), 'source')} are wrong.")
            found += self._check_index()
        except LibraryDamaged as damage:
            return (damage.phrase,)
        return tuple(found)

    def _check_index(self) -> list[str]:
        """Look through the search index: FTS5 does so by a writing statement."""
        if self._db.refusal is not None:
            return []
        try:
            with self._db.transaction():
                self._db.run("INSERT INTO search (search) VALUES ('integrity-check')")
        except IndexDamaged:
            return ["The search index is damaged: it is begun anew at the next search."]
        return []
