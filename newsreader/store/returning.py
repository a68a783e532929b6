"""Bringing the articles of a backup back, a source at a time: their status, texts, tags, notes and highlights.

`temp.same` pairs the articles of the backup with what they are here; two of the backup may be one here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.store.bodies import BODIES, FEED_BODIES, FULL_BODIES
from newsreader.store.journal import Entry, Journal
from newsreader.store.kinds import tagged

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOMENTS: Final = ("bookmarked_at", "later_at", "opened_at")
_NOT_COPIED: Final = {"id", "source_id", "here", "content_hash", "hidden_by", "read", *_MOMENTS}
"""Columns of a status that are the library's own, or come afterwards by what the person did."""
_TEXTS: Final = (("article", "id"), *((table, "id") for table in BODIES), ("former", "article_id"))


class Returned:
    """What came back: how many of each, and the entries for the journal."""

    def __init__(self, *, own: bool = True) -> None:
        self.own = own
        self.counts: dict[str, int] = {}
        self.entries: list[Entry] = []

    def add(self, name: str, count: int) -> None:
        """Count some more."""
        self.counts[name] = self.counts.get(name, 0) + count


class Returning(Journal):
    """Bringing articles back, in the running transaction and with the backup attached."""

    def _bring_articles(self, old: int, new: int, returned: Returned) -> None:
        """Bring back what the backup has of its source `old`, which is `new` here."""
        self._db.run("DELETE FROM temp.same")
        self._pair_articles(old, new)
        read = self._raise_column("read", "read = 1", "read = 0")
        returned.entries += [Entry("read", id_, 0, 1) for id_, _ in read]
        returned.add("read", len(read))
        for column in _MOMENTS:
            raised = self._raise_column(column, f"{column} IS NOT NULL", f"{column} IS NULL")
            returned.entries += [Entry(column, id_, None, value) for id_, value in raised]
            returned.add(column, len(raised))
        returned.add("articles", self._bring_texts())
        self._bring_full_texts()
        self._choose_lacking("discussion")
        self._copy_rows("discussion", "id")
        self._bring_twins_and_places(new)
        for name, entries in (
            ("tagged", self._bring_tags()),
            ("notes", self._bring_notes()),
            ("highlights", self._bring_highlights()),
        ):
            listed = list(entries)
            returned.entries += listed
            returned.add(name, len(listed))

    def _columns(self, table: str, without: Iterable[str] = ("id",)) -> list[str]:
        names: list[str] = self._db.column("SELECT name FROM pragma_table_info(?, 'main')", (table,))
        return [name for name in names if name not in without]

    def _pair_articles(self, old: int, new: int) -> None:
        """Find each article of the backup here, beginning the status of those that are not."""
        names = self._columns("status", _NOT_COPIED)
        self._db.run(
            f"""
            INSERT INTO main.status (source_id, here, content_hash, {", ".join(names)})
            SELECT ?2, 0, '', {", ".join(f"theirs.{name}" for name in names)} FROM backup.status theirs
            WHERE source_id = ?1
                AND NOT EXISTS (SELECT 1 FROM main.status WHERE source_id = ?2 AND identity = theirs.identity)
                AND NOT EXISTS (SELECT 1 FROM main.twin WHERE source_id = ?2 AND identity = theirs.identity)
            """,
            (old, new),
        )
        self._db.run(
            """
            INSERT OR IGNORE INTO temp.same
            SELECT theirs.id, ours.id FROM backup.status theirs
            JOIN main.status ours ON ours.source_id = ?2 AND ours.identity = theirs.identity
            WHERE theirs.source_id = ?1
            UNION ALL
            SELECT theirs.id, ours.article_id FROM backup.status theirs
            JOIN main.twin ours ON ours.source_id = ?2 AND ours.identity = theirs.identity
            WHERE theirs.source_id = ?1
            """,
            (old, new),
        )

    def _raise_column(self, column: str, theirs: str, ours: str) -> list[tuple[int, int]]:
        """Set a column of the statuses in which only the backup has it set; gives those, and the values."""
        rows = self._db.all(
            f"""
            SELECT same.new, max(theirs.{column}) FROM temp.same
            JOIN backup.status theirs ON theirs.id = same.old JOIN main.status ours ON ours.id = same.new
            WHERE theirs.{theirs} AND ours.{ours} GROUP BY same.new
            """
        )
        self._db.many(f"UPDATE main.status SET {column} = ?2 WHERE id = ?1", rows)
        return [(id_, value) for id_, value in rows]

    def _bring_texts(self) -> int:
        """Bring the articles that are not here, with their texts."""
        self._db.run("DELETE FROM temp.best")
        self._db.run(
            f"""
            INSERT INTO temp.best (new, old) SELECT new, min(old) FROM temp.same
            WHERE old IN (SELECT id FROM backup.article)
                AND old IN ({" UNION ALL ".join(f"SELECT id FROM backup.{table}" for table in FEED_BODIES)})
                AND new NOT IN (SELECT id FROM main.article)
            GROUP BY new
            """
        )
        for table, key in _TEXTS:
            self._copy_rows(table, key)
        self._db.run(
            """
            UPDATE main.status SET here = max(here, 1), content_hash = (
                SELECT theirs.content_hash FROM temp.best JOIN backup.status theirs ON theirs.id = best.old
                WHERE best.new = status.id
            ) WHERE id IN (SELECT new FROM temp.best)
            """
        )
        self._hide_again()
        return self._db.run("INSERT OR IGNORE INTO main.index_queue SELECT new FROM temp.best")

    def _hide_again(self) -> None:
        """Let rules hide what they hid, and know what they did."""
        self._db.run(
            """
            UPDATE main.status SET here = 2, hidden_by = hider FROM (
                SELECT best.new AS article_id, same_rule.new AS hider
                FROM temp.best JOIN backup.status theirs ON theirs.id = best.old
                JOIN temp.same_rule ON same_rule.old = theirs.hidden_by WHERE theirs.here = 2
            ) WHERE id = article_id AND here = 1
            """
        )
        self._db.run(
            """
            INSERT OR IGNORE INTO main.rule_hit (article_id, rule_id, at)
            SELECT same.new, same_rule.new, theirs.at FROM backup.rule_hit theirs
            JOIN temp.same ON same.old = theirs.article_id JOIN temp.same_rule ON same_rule.old = theirs.rule_id
            """
        )

    def _copy_rows(self, table: str, key: str) -> None:
        """Copy the rows of the articles of `temp.best`, which have none of that table here."""
        names = self._columns(table, {"id", key})
        self._db.run(
            f"""
            INSERT INTO main.{table} ({key}, {", ".join(names)})
            SELECT best.new, {", ".join(f"theirs.{name}" for name in names)}
            FROM temp.best JOIN backup.{table} theirs ON theirs.{key} = best.old
            """
        )

    def _choose_lacking(self, table: str) -> None:
        """Choose the articles that are here without what the backup has of them in a table."""
        self._db.run("DELETE FROM temp.best")
        self._db.run(
            f"""
            INSERT INTO temp.best (new, old) SELECT new, min(old) FROM temp.same
            WHERE old IN (SELECT id FROM backup.{table}) AND new IN (SELECT id FROM main.article)
                AND new NOT IN (SELECT id FROM main.{table})
            GROUP BY new
            """
        )

    def _bring_full_texts(self) -> None:
        """Bring the full texts of articles that are here without one."""
        self._choose_lacking("full_text")
        ids = self._db.column("SELECT new FROM temp.best")
        if not ids:
            return
        self._out_of_index(ids)
        for table in FULL_BODIES:
            self._copy_rows(table, "id")
        self._db.run(
            """
            UPDATE main.article SET full_text_error = NULL, (full_words, full_cut) = (
                SELECT full_words, full_cut FROM temp.best JOIN backup.article theirs ON theirs.id = best.old
                WHERE best.new = article.id
            ) WHERE id IN (SELECT new FROM temp.best)
            """
        )

    def _bring_twins_and_places(self, new: int) -> None:
        self._db.run(
            """
            INSERT OR IGNORE INTO main.twin (source_id, identity, content_hash, article_id)
            SELECT ?1, theirs.identity, '', same.new FROM temp.same JOIN backup.twin theirs ON theirs.article_id = old
            WHERE NOT EXISTS (SELECT 1 FROM main.status WHERE source_id = ?1 AND identity = theirs.identity)
            """,
            (new,),
        )
        names = self._columns("place")
        self._db.run(
            f"""
            INSERT OR IGNORE INTO main.place (id, {", ".join(names)})
            SELECT same.new, {", ".join(f"theirs.{name}" for name in names)}
            FROM temp.same JOIN backup.place theirs ON theirs.id = same.old
            """
        )

    def _bring_tags(self) -> Iterable[Entry]:
        rows = self._db.all(
            "SELECT DISTINCT tag.name, same.new FROM temp.same "
            "JOIN backup.tagged theirs ON theirs.article_id = same.old JOIN backup.tag tag ON tag.id = theirs.tag_id"
        )
        for name, article_id in rows:
            self._db.run("INSERT OR IGNORE INTO main.tag (name) VALUES (?)", (name,))
            tag_id, ours = self._db.one("SELECT id, name FROM main.tag WHERE name = ?", (name,)) or (0, name)
            if self._db.run(
                "INSERT OR IGNORE INTO main.tagged (tag_id, article_id) VALUES (?, ?)", (tag_id, article_id)
            ):
                yield Entry(tagged(ours), article_id, 0, 1)

    def _bring_notes(self) -> Iterable[Entry]:
        """Bring notes; where there is another one here, it goes before that of the backup."""
        rows = self._db.all(
            "SELECT same.new, theirs.text, theirs.written_at, ours.text FROM temp.same "
            "JOIN backup.note theirs ON theirs.id = same.old LEFT JOIN main.note ours ON ours.id = same.new"
        )
        for article_id, text, written_at, before in rows:
            if text in (before or ""):
                continue
            after = f"{before} {text}" if before else text
            self._db.run(
                "INSERT INTO main.note (id, text, written_at) VALUES (?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET text = excluded.text",
                (article_id, after, written_at),
            )
            yield Entry("note", article_id, before, after)

    def _bring_highlights(self) -> Iterable[Entry]:
        rows = self._db.all(
            """
            SELECT theirs.id, same.new FROM temp.same JOIN backup.highlight theirs ON theirs.article_id = same.old
            WHERE theirs.removed_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM main.highlight ours WHERE ours.article_id = same.new AND ours.words = theirs.words
                    AND ours.removed_at IS NULL
            )
            """
        )
        for old, article_id in rows:
            id_ = self._insert_row("highlight", old, {"article_id": article_id})
            yield Entry("highlight.removed_at", id_, self._now(), None)

    def _insert_row(self, table: str, old: int, changed: dict[str, int | None]) -> int:
        """Insert a row of the backup, with an id of its own and some values changed; gives the id."""
        names = self._columns(table)
        values = ", ".join(f":{name}" if name in changed else name for name in names)
        return self._db.insert(
            f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM backup.{table} WHERE id = :old",
            {**changed, "old": old},
        )
