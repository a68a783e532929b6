"""Bodies in the library: as they come in, and packed from some idle moment on; views show both alike.

A body comes into `feed_loose` (or `full_loose`), which costs a refresh nothing, and is packed later, oldest first, into
`feed_packed` (`full_packed`), a table that only grows at its end: rows that became shorter where they stood would
leave half of the pages empty. So what schema 5 packed, and is packed anew by the words of the library, comes from
tables of its own (`feed_before`, `full_before`). What is edited is loose again. The views `feed_body` and `full_text`
have the columns of one table each, wherever a body is; SQL reads these, and writes by the methods below.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from newsreader.bounds import BATCH_TIME
from newsreader.errors import LibraryError
from newsreader.store.connection import id_list
from newsreader.store.packing import Body, pack, unpack, wanted
from newsreader.store.teaching import Teaching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.model import FullText
    from newsreader.store.condensing import Condenser
    from newsreader.store.connection import Row

FEED_BODIES: Final = ("feed_loose", "feed_packed", "feed_before")
FULL_BODIES: Final = ("full_loose", "full_packed", "full_before")
BODIES: Final = FEED_BODIES + FULL_BODIES
"""The tables that the bodies are in."""

_SHARE: Final = 0.5  # of BATCH_TIME for packing, so that writing fits in
_NEVER: Final = 2**62  # above every id
_FEED, _FULL = "feed_packed (id, version, body)", "full_packed (id, body)"
_CHUNK: Final = 50  # bodies read and packed between two looks at the clock: a few milliseconds


class Bodies(Teaching):
    """The part of the Store that keeps bodies."""

    def _write_feed_body(self, article_id: int, body: Body, version: int | None) -> None:
        """Keep the body of an article as its feed gives it now, in place of an earlier one."""
        self._unpack_away(FEED_BODIES[1:], article_id)
        self._db.run(
            "INSERT OR REPLACE INTO feed_loose (version, document, html, text, id) VALUES (?, ?, ?, ?, ?)",
            (version, body.document, body.html, body.text, article_id),
        )

    def _write_full_text(self, article_id: int, full: FullText) -> None:
        """Keep the full text of an article, in place of an earlier one."""
        self._unpack_away(FULL_BODIES[1:], article_id)
        self._db.run(
            """
            INSERT OR REPLACE INTO full_loose (id, version, document, html, text, title, author, language, saved_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                article_id,
                full.document_version,
                full.document,
                full.html,
                full.text,
                full.title,
                full.author,
                full.language,
                self._now(),
            ),
        )

    def _write_document(self, article_id: int, document: bytes, version: int, *, full_text: bool) -> bool:
        """Put another Document beside the HTML that it was built from; whether there is such a body."""
        view = "full_text" if full_text else "feed_body"
        row = self._db.one(f"SELECT html, text FROM {view} WHERE id = ?", (article_id,))
        if row is None:
            return False
        if not row[0]:  # nothing takes the place of a text that is damaged: a backup may have it
            self._check_body(article_id, full_text=full_text)
        if not full_text:
            self._write_feed_body(article_id, Body(row[0], document, row[1]), version)
            return True
        self._unpack_away(FULL_BODIES[1:], article_id)
        self._db.run(
            "UPDATE full_loose SET packed = 0, html = ?, text = ?, document = ?, version = ? WHERE id = ?",
            (*row, document, version, article_id),
        )
        return True

    def _unpack_away(self, tables: Iterable[str], article_id: int) -> None:
        """Take a packed body away: another stands in its place."""
        for table in tables:
            self._db.run(f"DELETE FROM {table} WHERE id = ?", (article_id,))

    def _check_body(self, article_id: int, *, full_text: bool) -> None:
        """Raise LibraryError where a body of which nothing could be read is damaged; views only show it empty."""
        for table in FULL_BODIES[1:] if full_text else FEED_BODIES[1:]:
            packed = self._db.value(f"SELECT body FROM {table} WHERE id = ?", (article_id,))
            if packed is not None:
                words = "SELECT words FROM wording WHERE id = ?1 UNION ALL SELECT words FROM wording_copy WHERE id = ?1"
                unpack(packed, *self._db.column(words, (wanted(packed),)))

    def _pack_step(self) -> bool:
        """One short step of packing, or of learning to; whether there was any to do."""
        if self._waits_for_packing() and self._learn_some():
            return True
        with self._db.transaction():
            return self._pack_some()

    def _pack_some(self) -> bool:
        """Pack the oldest bodies that are loose, for half of BATCH_TIME; whether there were any.

        Those from the first on that waits for the index are left until it is filled: it reads them once more. What was
        packed before there were words to pack by is packed anew.
        """
        until = monotonic() + BATCH_TIME * _SHARE
        done = False
        while monotonic() < until:
            if not (self._pack_feed_bodies(until) or self._pack_full_texts(until) or self._pack_anew(until)):
                return done
            done = True
        return True

    def _waits_for_packing(self) -> bool:
        loose = "SELECT 1 FROM feed_loose WHERE id < coalesce((SELECT min(id) FROM index_queue), ?)"
        full = "SELECT 1 FROM full_loose INDEXED BY full_unpacked WHERE packed = 0 AND id > 0"
        before = "SELECT 1 FROM feed_before WHERE id > 0 UNION ALL SELECT 1 FROM full_before WHERE id > 0"
        return self._db.one(f"{loose} UNION ALL {full} UNION ALL {before} LIMIT 1", (_NEVER,)) is not None

    def _pack_feed_bodies(self, until: float) -> int:
        rows = self._db.all(
            """
            SELECT id, version, html, document, text FROM feed_loose
            WHERE id < coalesce((SELECT min(id) FROM index_queue), ?) ORDER BY id LIMIT ?
            """,
            (_NEVER, _CHUNK),
        )
        words = self._by_words() if rows else None
        packed = [(id_, version, pack(Body(*body), words)) for id_, version, *body in _in_time(rows, until)]
        self._put(_FEED, packed)
        self._forget("feed_loose", packed)
        return len(packed)

    def _pack_full_texts(self, until: float) -> int:
        rows = self._db.all(
            "SELECT id, html, document, text FROM full_loose INDEXED BY full_unpacked "
            "WHERE packed = 0 AND id < coalesce((SELECT min(id) FROM index_queue), ?) ORDER BY id LIMIT ?",
            (_NEVER, _CHUNK),
        )
        words = self._by_words() if rows else None
        packed = [(id_, pack(Body(*body), words)) for id_, *body in _in_time(rows, until)]
        self._put(_FULL, packed)
        self._db.run(
            "UPDATE full_loose SET packed = 1, html = '', text = '', document = NULL "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (id_list(row[0] for row in packed),),
        )
        return len(packed)

    def _pack_anew(self, until: float) -> int:
        """Pack anew what an earlier schema packed. What is damaged goes over as it is."""
        words = self._by_words()
        if words is None:
            return 0
        for table, target, names in (("feed_before", _FEED, "id, version, body"), ("full_before", _FULL, "id, body")):
            rows = self._db.all(f"SELECT {names} FROM {table} WHERE id > 0 ORDER BY id LIMIT ?", (_CHUNK,))
            packed = [(*row[:-1], _packed_anew(row[-1], words)) for row in _in_time(rows, until)]
            if packed:
                self._put(target, packed)
                self._forget(table, packed)
                return len(packed)
        return 0

    def _put(self, target: str, packed: Sequence[Row]) -> None:
        self._db.many(f"INSERT OR REPLACE INTO {target} VALUES ({', '.join('?' * (1 + target.count(',')))})", packed)

    def _forget(self, table: str, rows: Iterable[Row]) -> None:
        self._db.run(
            f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (id_list(row[0] for row in rows),)
        )


def _packed_anew(packed: bytes, words: Condenser) -> bytes:
    try:
        return pack(unpack(packed), words)
    except LibraryError:
        return packed


def _in_time(rows: Iterable[Row], until: float) -> Iterator[Row]:
    """The rows for which there is time: one at least, for the largest must have its turn too."""
    for number, row in enumerate(rows):
        if number and monotonic() >= until:
            return
        yield row
