"""What `doctor` asks of the library."""

from __future__ import annotations

import sqlite3

from newsreader.model import LibraryFacts
from newsreader.store.part import Part


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
        found = self._db.column("PRAGMA quick_check(5)")
        return tuple(f"The library is damaged: {line}." for line in found if line != "ok")
