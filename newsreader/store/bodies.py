"""Bodies in the library: as they come in, and packed from some idle moment on; views show both alike.

A body comes into `feed_loose` (or `full_loose`), which costs a refresh nothing, and is packed later, oldest first, into
`feed_packed` (`full_packed`), a table that only grows at its end: rows that became shorter where they stood would
leave half of the pages empty. What is edited is loose again. The views `feed_body` and `full_text` have the columns of
one table each, wherever a body is; SQL reads these, and writes by the methods below.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from newsreader.bounds import BATCH_TIME
from newsreader.store.connection import id_list
from newsreader.store.packing import Body, pack, unpack
from newsreader.store.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.model import FullText
    from newsreader.store.connection import Row

BODIES: Final = ("feed_loose", "feed_packed", "full_loose", "full_packed")
"""The tables that the bodies are in."""

_SHARE: Final = 0.5  # of BATCH_TIME for packing, so that writing fits in
_NEVER: Final = 2**62  # above every id
_CHUNK: Final = 50  # bodies read and packed between two looks at the clock: a few milliseconds


class Bodies(Part):
    """The part of the Store that keeps bodies."""

    def _write_feed_body(self, article_id: int, body: Body, version: int | None) -> None:
        """Keep the body of an article as its feed gives it now, in place of an earlier one."""
        self._db.run("DELETE FROM feed_packed WHERE id = ?", (article_id,))
        self._db.run(
            "INSERT OR REPLACE INTO feed_loose (version, document, html, text, id) VALUES (?, ?, ?, ?, ?)",
            (version, body.document, body.html, body.text, article_id),
        )

    def _write_full_text(self, article_id: int, full: FullText) -> None:
        """Keep the full text of an article, in place of an earlier one."""
        self._db.run("DELETE FROM full_packed WHERE id = ?", (article_id,))
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
        if not full_text:
            self._write_feed_body(article_id, Body(row[0], document, row[1]), version)
            return True
        self._db.run("DELETE FROM full_packed WHERE id = ?", (article_id,))
        self._db.run(
            "UPDATE full_loose SET packed = 0, html = ?, text = ?, document = ?, version = ? WHERE id = ?",
            (*row, document, version, article_id),
        )
        return True

    def _check_body(self, article_id: int, *, full_text: bool) -> None:
        """Raise LibraryError where a body of which nothing could be read is damaged; views only show it empty."""
        table = "full_packed" if full_text else "feed_packed"
        packed = self._db.value(f"SELECT body FROM {table} WHERE id = ?", (article_id,))
        if packed is not None:
            unpack(packed)

    def _pack_some(self) -> bool:
        """Pack the oldest bodies that are loose, for half of BATCH_TIME; whether there were any.

        Those from the first on that waits for the index are left until it is filled: it reads them once more.
        """
        until = monotonic() + BATCH_TIME * _SHARE
        done = False
        while monotonic() < until:
            if not (self._pack_feed_bodies(until) or self._pack_full_texts(until)):
                return done
            done = True
        return True

    def _pack_feed_bodies(self, until: float) -> int:
        rows = self._db.all(
            """
            SELECT id, version, html, document, text FROM feed_loose
            WHERE id < coalesce((SELECT min(id) FROM index_queue), ?) ORDER BY id LIMIT ?
            """,
            (_NEVER, _CHUNK),
        )
        packed = [(id_, version, pack(Body(*body))) for id_, version, *body in _in_time(rows, until)]
        self._db.many("INSERT OR REPLACE INTO feed_packed (id, version, body) VALUES (?, ?, ?)", packed)
        listed = (id_list(row[0] for row in packed),)
        self._db.run("DELETE FROM feed_loose WHERE id IN (SELECT value FROM json_each(?))", listed)
        return len(packed)

    def _pack_full_texts(self, until: float) -> int:
        rows = self._db.all(
            "SELECT id, html, document, text FROM full_loose INDEXED BY full_unpacked "
            "WHERE packed = 0 AND id < coalesce((SELECT min(id) FROM index_queue), ?) ORDER BY id LIMIT ?",
            (_NEVER, _CHUNK),
        )
        packed = [(id_, pack(Body(*body))) for id_, *body in _in_time(rows, until)]
        self._db.many("INSERT OR REPLACE INTO full_packed (id, body) VALUES (?, ?)", packed)
        self._db.run(
            "UPDATE full_loose SET packed = 1, html = '', text = '', document = NULL "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (id_list(row[0] for row in packed),),
        )
        return len(packed)


def _in_time(rows: Iterable[Row], until: float) -> Iterator[Row]:
    """The rows for which there is time: one at least, for the largest must have its turn too."""
    for number, row in enumerate(rows):
        if number and monotonic() >= until:
            return
        yield row
