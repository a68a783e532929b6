"""Discussions in the library: what people say of an article, as it was when somebody last asked for it.

A discussion is one row. Its comments are packed as a whole, for they are read as a whole; their HTML is packed beside
them and read only where their Documents are built anew.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import DISCUSSION_DAYS, EARLIEST, LATEST, MAX_TALK
from newsreader.store.kept import KEPT
from newsreader.store.part import Part
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import Change
    from newsreader.model.talk import Discussion
    from newsreader.store.connection import Connection

_DAY: Final = 86_400
_LEVEL: Final = 6  # of deflate: further ones take twice the time for a hundredth of the size
_GO_AT_ONCE: Final = 50  # discussions that go in one step


class Talk(Part):
    """The part of the Store that keeps discussions."""

    def discussion(self, article_id: int) -> Discussion | None:
        """What was last fetched of the discussion of an article; None where nobody asked for it yet, or it went.

        Reads the library only. For one of a former builder see `Discussion`.
        """
        from newsreader.model.talk import Comment, Discussion

        row = self._db.one(
            "SELECT site, url, fetched_at, total, failure, version, comments FROM discussion WHERE id = ?",
            (article_id,),
        )
        if row is None:
            return None
        site, url, fetched_at, total, failure, version, packed = row
        comments = tuple(
            Comment(key, depth, author, posted_at, score, document.encode(), link, bool(gone))
            for key, depth, author, posted_at, score, document, link, gone in _unpack(packed)
        )
        return Discussion(article_id, site, url, fetched_at, total, comments, failure, version)

    def discussion_size(self, article_id: int) -> tuple[str, int | None] | None:
        """The site of the discussion that is here, and how many comments there are, None where it was not read."""
        row = self._db.one(
            "SELECT site, CASE WHEN failure IS NULL THEN total END FROM discussion WHERE id = ?", (article_id,)
        )
        return None if row is None else (row[0], row[1])

    def discussion_html(self, article_id: int) -> tuple[str, ...]:
        """The clean HTML of each comment of a discussion, in their order: what its Documents are built from."""
        packed = self._db.value("SELECT html FROM discussion WHERE id = ?", (article_id,))
        return tuple(map(str, _unpack(packed)))

    def save_discussion(self, discussion: Discussion, html: Sequence[str]) -> Change:
        """Keep a discussion in place of an earlier one, with the clean HTML of each of its comments.

        The article's number of comments is what the discussion says, until its feed says another. One that failed
        takes no other's place: of an earlier one that has comments these stay, as they were. Nothing is kept for an
        article that is gone.
        """
        # Before anything is locked: packing thousands takes longer than a transaction may.
        rows = [(*comment[:5], comment.document.decode(), *comment[6:]) for comment in discussion.comments]
        comments, written = _pack(rows), _pack(html)
        with self._db.transaction():
            if self._db.one("SELECT 1 FROM article WHERE id = ?", (discussion.article_id,)) is None:
                return self._nothing()
            if discussion.failure is not None and self._has_comments(discussion.article_id):
                return self._nothing()
            self._db.run(
                """
                INSERT OR REPLACE INTO discussion (
                    id, site, url, fetched_at, total, failure, version, comments, html
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                (
                    discussion.article_id,
                    discussion.site,
                    discussion.url,
                    discussion.fetched_at,
                    discussion.total,
                    discussion.failure,
                    discussion.document_version,
                    comments,
                    written,
                ),
            )
            if discussion.failure is None:
                self._db.run(
                    "UPDATE article SET comments_count = ? WHERE id = ?", (discussion.total, discussion.article_id)
                )
            return self._announce(articles=(discussion.article_id,))

    def forget_discussions(self) -> bool:
        """Forget some discussions that were fetched long ago, within a transaction; say whether there were any.

        Those of articles that the person keeps stay (`store.kept`), as their full texts do.
        """
        return (
            self._db.run(
                f"""
                DELETE FROM discussion WHERE id IN (
                    SELECT d.id FROM discussion d CROSS JOIN status st ON st.id = d.id
                    WHERE d.fetched_at < ? AND NOT {KEPT} LIMIT ?
                )
                """,
                (self._now() - DISCUSSION_DAYS * _DAY, _GO_AT_ONCE),
            )
            > 0
        )

    def _has_comments(self, article_id: int) -> bool:
        row = self._db.one("SELECT 1 FROM discussion WHERE id = ? AND failure IS NULL", (article_id,))
        return row is not None


def harmless(connection: Connection) -> None:
    """Make discussions that came from elsewhere harmless: texts cleaned, Documents left to be built from the HTML.

    Of one that is not what `save_discussion` writes nothing is left.
    """
    for (id_,) in connection.all("SELECT id FROM discussion"):
        packed = connection.one("SELECT comments, html FROM discussion WHERE id = ?", (id_,)) or (None, None)
        rows, written = (_unpack(each) for each in packed)
        clean = _harmless_rows(rows)
        if clean and len(clean) == len(written) and all(isinstance(html, str) for html in written):
            connection.run("UPDATE discussion SET comments = ?, version = 0 WHERE id = ?", (_pack(clean), id_))
        else:
            connection.run("DELETE FROM discussion WHERE id = ?", (id_,))
    connection.run(
        "UPDATE discussion SET total = max(total, 0), fetched_at = max(?, min(?, fetched_at))", (EARLIEST, LATEST)
    )


def _harmless_rows(rows: Sequence[object]) -> list[list[object]]:
    """Comments cleaned; none where one of them is none of ours, or answers what does not stand before it."""
    clean: list[list[object]] = []
    deepest = 0
    for row in rows:
        match row:
            case [str(key), int(depth), str(author), at, score, str(), link, gone] if 0 <= depth <= deepest:
                known = one_line(link) if isinstance(link, str) and link.startswith(("http://", "https://")) else None
                moment, points = _number(at, EARLIEST, LATEST), _number(score, -LATEST, LATEST)
                clean.append([one_line(key), depth, one_line(author), moment, points, "", known, bool(gone)])
                deepest = depth + 1
            case _:
                return []
    return clean


def _number(value: object, least: int, most: int) -> int | None:
    """A number within bounds, or none."""
    return value if isinstance(value, int) and least <= value <= most else None


def _pack(rows: Sequence[object]) -> bytes:
    written = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(written.encode("utf-8", "replace"), _LEVEL)


def _unpack(packed: bytes | None) -> list[Any]:
    """What was packed; nothing of what is damaged, which can be fetched again."""
    try:
        rows = json.loads(zlib.decompressobj().decompress(packed or b"", MAX_TALK))
    except (zlib.error, ValueError, RecursionError):
        return []
    return rows if isinstance(rows, list) else []
