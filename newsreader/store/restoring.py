"""Taking a backup over into a library, a new one or one in use: what is here stays, what is not here comes.

It is one undoable action, written in short transactions, a source at a time, so that others can write meanwhile. Where
it is broken off, the next time brings the rest.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

from newsreader.model import Restored, SourceSettings
from newsreader.store.connecting import address
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry
from newsreader.store.kept import HIDDEN_BY_HAND
from newsreader.store.marks import unpack_marks
from newsreader.store.mending import Mending
from newsreader.store.returning import Returned, Returning
from newsreader.store.states import settings_json, settings_of
from newsreader.text import iso_utc, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MARKS: Final = 2_000  # read marks in one transaction
_FILLED: Final = (("given_title", None), ("folder", None), ("full_text_mode", "auto"), ("settings", "{}"))
"""What a source that is here takes from a backup where it has no more than this."""
_WRITTEN: Final = (
    ("smart_source", "smart_sources", ("title", "query")),
    ("rule", "rules", ("query", "deed", "argument")),
)
"""Tables of what the person wrote that hangs on no article, and the columns by which a row is known."""


class Restoring(Returning, Mending):
    """The part of the Store that takes backups over."""

    _restored_by: int | None = None

    def take_in(self, plain: Path, *, own: bool = True) -> Restored:
        """Take over what a backup has and this library has not; `plain` is the backup as `unpacked` gives it.

        Of one that is not the person's `own` the headers, places of passwords and proxies are left out.
        """
        returned = Returned(own=own)
        self._restored_by = None
        with self._attached(plain):
            made_at, settings = self._about()
            damaged = self.damaged_texts()
            words = f"restored what was kept on {iso_utc(made_at)[:10]}"
            with self._step(words, returned):
                self._bring_wordings()
                self._bring_written(returned)
            for old, new in self._bring_sources(words, returned):
                with self._step(words, returned):
                    self._bring_articles(old, new, returned)
                    self._mend_bodies()
                self._bring_marks(words, old, new, returned)
        returned.add("mended", len(damaged - self.damaged_texts()) if damaged else 0)
        names = ("left_out", "sources", "articles", "read", "tagged", "notes", "highlights", "smart_sources", "rules")
        counts = {name: returned.counts.get(name, 0) for name in (*names, "mended")}
        return Restored(made_at, bookmarked=returned.counts.get("bookmarked_at", 0), settings=settings, **counts)

    def mend_from(self, plain: Path) -> frozenset[int]:
        """Bring from a backup, which is `plain` as `unpacked` gives it, only the kept texts that are damaged here.

        Gives the articles of which a text came back.
        """
        before = self.damaged_texts()
        with self._attached(plain):
            with self._db.transaction():
                self._bring_wordings()
            left = self.damaged_texts()
            with self._db.transaction():
                self._pair_damaged(left)
                mended = (before - left) | self._mend_bodies()
                if mended:
                    self._announce(articles=mended)
        return mended

    @contextlib.contextmanager
    def _attached(self, plain: Path) -> Iterator[None]:
        tables = {
            "same": "old INTEGER PRIMARY KEY, new INTEGER NOT NULL",
            "best": "new INTEGER PRIMARY KEY, old INTEGER NOT NULL",
            "same_rule": "old INTEGER PRIMARY KEY, new INTEGER NOT NULL",
        }
        self._db.run("ATTACH ? AS backup", (f"{address(plain)}?mode=ro",))
        try:
            for name, columns in tables.items():
                self._db.run(f"CREATE TEMP TABLE {name} ({columns})")
            yield
        finally:
            for name in tables:
                self._db.run(f"DROP TABLE IF EXISTS temp.{name}")
            self._db.run("DETACH backup")

    @contextlib.contextmanager
    def _step(self, words: str, returned: Returned) -> Iterator[None]:
        """One transaction; what it changed is written down as a part of the one action, and announced."""
        with self._db.transaction():
            before = self._db.total_changes
            yield
            if self._restored_by is None:
                self._restored_by = self._write_action(words, returned.entries)
            else:
                self._add_entries(self._restored_by, returned.entries)
            returned.entries.clear()
            if self._db.total_changes > before:
                self._announce(everything=True)

    def _about(self) -> tuple[int, bytes | None]:
        """When the backup was made, and the settings in it; of a whole library there are none."""
        if not self._db.value("SELECT 1 FROM backup.sqlite_master WHERE name = 'backup_about'"):
            return self._now(), None
        about: dict[str, Any] = dict(self._db.all("SELECT name, value FROM backup.backup_about"))
        settings = about.get("settings.toml")
        return int(about.get("made_at") or self._now()), settings if isinstance(settings, bytes) else None

    def _bring_sources(self, words: str, returned: Returned) -> list[tuple[int, int]]:
        """Add the sources that are not here; gives those of the backup with what they are here."""
        with self._step(words, returned):
            rows = self._db.all("SELECT id, url, removed_at FROM main.source ORDER BY removed_at IS NULL, removed_at")
            here = {without_userinfo(url): (id_, removed) for id_, url, removed in rows}
            position = self._db.value("SELECT coalesce(max(position), 0) FROM main.source")
            pairs = []
            for old, full, gone in self._db.all("SELECT id, url, removed_at FROM backup.source ORDER BY position, id"):
                position += 1
                url = without_userinfo(full)  # of a whole library it may have a password
                id_, removed = here.get(url, (None, None))
                if id_ is None:
                    id_ = self._begin_source(old, position)
                    if not returned.own:
                        self._leave_out(id_, returned)
                    returned.entries += [] if gone else [Entry("removed_at", id_, self._now(), None)]
                elif removed is not None and gone is None:
                    self._db.run("UPDATE main.source SET removed_at = NULL WHERE id = ?", (id_,))
                    returned.entries.append(Entry("removed_at", id_, removed, None))
                else:
                    returned.entries += self._fill_source(old, id_, own=returned.own)
                here[url] = (id_, None)
                pairs.append((old, id_))
            returned.add("sources", sum(entry.column == "removed_at" for entry in returned.entries))
        return pairs

    def _begin_source(self, old: int, position: int) -> int:
        id_ = self._insert_row("source", old, {"position": position, "unread": 0, "total": 0})
        self._db.run(
            "INSERT INTO main.fetch_state (source_id, next_due) "
            "SELECT id, CASE kind WHEN 'feed' THEN ? END FROM main.source WHERE id = ?",
            (self._now(), id_),
        )
        return id_

    def _leave_out(self, id_: int, returned: Returned) -> None:
        """Take from a new source what could send secrets to whoever wrote the file, or let articles go."""
        before = settings_of(self._db.value("SELECT settings FROM main.source WHERE id = ?", (id_,)))
        after = SourceSettings(interval=before.interval, user_agent=before.user_agent)
        if after != before:
            self._db.run("UPDATE main.source SET settings = ? WHERE id = ?", (settings_json(after), id_))
            returned.add("left_out", 1)

    def _fill_source(self, old: int, id_: int, *, own: bool) -> Iterable[Entry]:
        for column, nothing in _FILLED if own else _FILLED[:-1]:
            theirs = self._db.value(f"SELECT {column} FROM backup.source WHERE id = ?", (old,))
            ours = self._db.value(f"SELECT {column} FROM main.source WHERE id = ?", (id_,))
            if ours == nothing and theirs != nothing:
                yield from self._set_field(id_, column, theirs)

    def _bring_marks(self, words: str, old: int, new: int, returned: Returned) -> None:
        """Mark read what the backup says of a source; of what never was here, remember that it was read."""
        packed = None
        if self._db.value("SELECT 1 FROM backup.sqlite_master WHERE name = 'read_mark'"):
            packed = self._db.value("SELECT marks FROM backup.read_mark WHERE source_id = ?", (old,))
        marks = unpack_marks(packed) if packed else []
        for start in range(0, len(marks), _MARKS):
            with self._step(words, returned):
                self._mark(new, marks[start : start + _MARKS], returned)

    def _mark(self, source_id: int, marks: list[tuple[str, int]], returned: Returned) -> None:
        identities = json.dumps([identity for identity, _ in marks])
        unread = self._db.column(
            """
            SELECT id FROM main.status
            WHERE read = 0 AND source_id = ?1 AND identity IN (SELECT value FROM json_each(?2))
            UNION
            SELECT st.id FROM main.twin JOIN main.status st ON st.id = article_id
            WHERE read = 0 AND twin.source_id = ?1 AND twin.identity IN (SELECT value FROM json_each(?2))
            """,
            (source_id, identities),
        )
        self._db.run("UPDATE main.status SET read = 1 WHERE id IN (SELECT value FROM json_each(?))", (id_list(unread),))
        returned.entries += [Entry("read", id_, 0, 1) for id_ in unread]
        last = self._db.value("SELECT coalesce(max(id), 0) FROM main.status")
        self._db.many(
            """
            INSERT OR IGNORE INTO main.status (source_id, identity, content_hash, sort_at, here, read)
            SELECT ?1, ?2, '', ?3, 0, 1
            WHERE NOT EXISTS (SELECT 1 FROM main.twin WHERE source_id = ?1 AND identity = ?2)
            """,
            [(source_id, identity, sort_at) for identity, sort_at in marks],
        )
        new = self._db.value("SELECT count(*) FROM main.status WHERE id > ?", (last,))
        returned.add("read", len(unread) + new)

    def _bring_written(self, returned: Returned) -> None:
        for table, name, known_by in _WRITTEN:
            same = " AND ".join(f"ours.{column} IS theirs.{column}" for column in known_by)
            rows = self._db.column(
                f"""
                SELECT id FROM backup.{table} theirs WHERE removed_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM main.{table} ours WHERE {same} AND ours.removed_at IS NULL
                ) ORDER BY position, id
                """
            )
            ids = [self._insert_row(table, old, {}) for old in rows]
            returned.entries += [Entry(f"{table}.removed_at", id_, self._now(), None) for id_ in ids]
            returned.add(name, len(ids))
        self._db.run(
            """
            INSERT INTO temp.same_rule SELECT theirs.id, min(ours.id) FROM backup.rule theirs
            JOIN main.rule ours ON ours.query = theirs.query AND ours.deed = theirs.deed
                AND ours.argument IS theirs.argument AND ours.removed_at IS NULL
            WHERE theirs.removed_at IS NULL GROUP BY theirs.id
            """
        )
        self._db.run("INSERT INTO temp.same_rule VALUES (?1, ?1)", (HIDDEN_BY_HAND,))
        self._db.run(
            "INSERT OR IGNORE INTO main.kept_query (title, query, origin) "
            "SELECT title, query, origin FROM backup.kept_query ORDER BY id"
        )
