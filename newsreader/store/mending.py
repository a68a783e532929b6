"""Mending texts that are damaged in a library that is otherwise sound: from the copy, or from a backup.

A flipped bit in a text is no damage that SQLite sees. It is looked for in what is kept, before a backup is made: else
the damaged text would in time take the place of the sound one in all backups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.store.bodies import FEED_BODIES, FULL_BODIES, Bodies
from newsreader.store.kept import ALL_KEPT
from newsreader.store.packing import Body

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORDINGS: Final = ("wording", "wording_copy")
_BY_WORDS: Final = ", ".join(f"(SELECT w.words FROM main.{table} w WHERE w.id = wanted(p.body))" for table in _WORDINGS)
_DAMAGED: Final = f"damaged(p.body, {_BY_WORDS})"


def _unreadable(loose: str, *packed: str) -> str:
    """The pairs of articles of which the text here is damaged, or was lost when a damaged library was saved."""
    none = " AND ".join(f"same.new NOT IN (SELECT id FROM main.{table})" for table in packed)
    lost = f"FROM temp.same CROSS JOIN main.{loose} l ON l.id = same.new WHERE l.html = '' AND l.text = '' AND {none}"
    damaged = (f"FROM temp.same CROSS JOIN main.{table} p ON p.id = same.new WHERE {_DAMAGED}" for table in packed)
    return " UNION ".join(f"SELECT same.old, same.new {each}" for each in (lost, *damaged))


_UNREADABLE: Final = (_unreadable(*FEED_BODIES), _unreadable(*FULL_BODIES))


class Mending(Bodies):
    """The part of the Store that finds and mends damaged texts."""

    def damaged_texts(self) -> frozenset[int]:
        """The articles that are kept (`store.kept`) of which a text cannot be read."""
        found: set[int] = set()
        for table in (*FEED_BODIES[1:], *FULL_BODIES[1:]):
            found.update(
                self._db.column(f"SELECT p.id FROM {ALL_KEPT} k JOIN {table} p ON p.id = k.id WHERE {_DAMAGED}")
            )
        return frozenset(found)

    def mend_wordings(self) -> bool:
        """Write a wording anew where only its copy is sound, or the other way round; whether all are sound now."""
        with self._db.transaction():
            self._put_wordings(self._sound_wordings("main"))
        return self.has_sound_wordings()

    def has_sound_wordings(self) -> bool:
        """Whether each wording is sound, and its copy too."""
        sound = self._sound_wordings("main")
        return all(dict(self._db.all(f"SELECT id, words FROM {table}")) == sound for table in _WORDINGS)

    def _bring_wordings(self) -> None:
        """Bring what the backup's bodies were packed by, and ours where it is damaged here; we pack by our own."""
        self._put_wordings({**self._sound_wordings("backup"), **self._sound_wordings("main")})

    def _sound_wordings(self, database: str) -> dict[int, bytes]:
        from newsreader.store.wording import id_of

        rows = [row for table in _WORDINGS for row in self._db.all(f"SELECT id, words FROM {database}.{table}")]
        return {id_: words for id_, words in rows if id_of(words) == id_}

    def _put_wordings(self, sound: Mapping[int, bytes]) -> None:
        for table in _WORDINGS:
            here: dict[int, bytes] = dict(self._db.all(f"SELECT id, words FROM main.{table}"))
            names, values = ("id, words, last_id", "?, ?, 0") if table == "wording" else ("id, words", "?, ?")
            self._db.many(
                f"INSERT INTO main.{table} ({names}) VALUES ({values}) "
                "ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                [(id_, words) for id_, words in sound.items() if here.get(id_) != words],
            )

    def _pair_damaged(self, ids: Iterable[int]) -> None:
        """Find articles in the backup: `temp.same` pairs what is there with what is here."""
        self._db.run("DELETE FROM temp.same")
        self._db.many(
            """
            INSERT OR IGNORE INTO temp.same
            SELECT theirs.id, ours.id FROM main.status ours JOIN main.source here ON here.id = ours.source_id
            JOIN backup.source there ON there.url = public(here.url)
            JOIN backup.status theirs ON theirs.source_id = there.id AND theirs.identity = ours.identity
            WHERE ours.id = ?
            """,
            [(id_,) for id_ in ids],
        )

    def _mend_bodies(self) -> frozenset[int]:
        """Bring the texts that are damaged here and sound in the backup, of the articles that `temp.same` pairs."""
        mended: set[int] = set()
        for full_text in (False, True):
            view = "full_text" if full_text else "feed_body"
            for old, new in self._db.all(_UNREADABLE[full_text]):
                row = self._db.one(f"SELECT html, text FROM backup.{view} WHERE id = ?", (old,))
                if row is not None and row[0]:  # else it is damaged there too
                    self._replace_body(new, Body(row[0], None, row[1]), full_text=full_text)
                    mended.add(new)
        return frozenset(mended)

    def _replace_body(self, article_id: int, body: Body, *, full_text: bool) -> None:
        if not full_text:
            self._write_feed_body(article_id, body, None)
            return
        self._unpack_away(FULL_BODIES[1:], article_id)
        self._db.run(
            "UPDATE full_loose SET packed = 0, html = ?, text = ?, document = NULL, version = NULL WHERE id = ?",
            (body.html, body.text, article_id),
        )
