"""Articles one at a time: heads for lists, the whole for the reader, their documents and their full text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from newsreader.bounds import FORMER_KEPT, MAX_TITLE, RULES_FULL_TEXT
from newsreader.model import (
    Article,
    ArticleFace,
    ArticleHead,
    Change,
    Deed,
    Former,
    FullText,
    FullTextMode,
    Length,
    Place,
)
from newsreader.store.connection import id_list
from newsreader.store.ingest import enclosures_of
from newsreader.store.keeping import TAGS, Keeping, tags_from
from newsreader.store.kept import ALL_KEPT, HIDDEN_BY_HAND
from newsreader.store.learning import FAILED, is_stub, is_whole, learnt, longer, outcome, shows_full, wants_full
from newsreader.store.part import address_title, shown_title
from newsreader.store.stories import TELLERS
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.store.connection import Row

_HEAD_COLUMNS: Final = f"""
    st.id, st.source_id, coalesce(nullif(s.given_title, ''), nullif(s.feed_title, '')), s.url, a.title, a.url, a.author,
    a.published, st.sort_at, a.words, a.full_words, st.read, st.bookmarked_at, p.percent, s.full_text_mode,
    s.full_text_log, a.media, a.full_cut, st.later_at, {TAGS}, EXISTS (SELECT 1 FROM note WHERE note.id = st.id),
    (SELECT count(*) FROM highlight WHERE article_id = st.id AND highlight.removed_at IS NULL),
    CASE WHEN st.here <> 2 THEN NULL WHEN st.hidden_by = {HIDDEN_BY_HAND} THEN ''
        ELSE (SELECT title FROM rule WHERE rule.id = st.hidden_by) END,
    told.story, CASE WHEN told.story IS NULL THEN 1 ELSE max(1, {TELLERS}) END, a.comments_count
"""
_HEAD_WIDTH: Final = 26  # of these columns
_HEAD_TABLES: Final = (
    "status st JOIN article a ON a.id = st.id JOIN source s ON s.id = st.source_id LEFT JOIN place p ON p.id = st.id "
    "LEFT JOIN told ON told.article_id = st.id"
)
_BY_RULE: Final = f"""
    SELECT article_id FROM rule_hit WHERE at > ?1 - {RULES_FULL_TEXT}
        AND rule_id IN (SELECT id FROM rule WHERE deed = '{Deed.FULL_TEXT}' AND removed_at IS NULL AND paused = 0)
"""
_DAY: Final = 86_400
_FIRST_RETRY: Final = 3_600  # seconds after a full text failed for the first time; each further wait is twice as long
_DOUBLINGS: Final = 8  # so that the longest wait is about ten days


class Articles(Keeping):
    """The part of the Store that knows single articles."""

    def heads(self, ids: Sequence[int]) -> tuple[ArticleHead, ...]:
        """What a list shows of these articles, in this order; those that are gone are left out. Reads no body."""
        rows = self._db.all(
            f"SELECT {_HEAD_COLUMNS} FROM {_HEAD_TABLES} WHERE st.id IN (SELECT value FROM json_each(?))",
            (id_list(ids),),
        )
        found = {row[0]: _head(row, self._usual_mode) for row in rows}
        return tuple(found[id_] for id_ in ids if id_ in found)

    def article_times(self, source_id: int, limit: int) -> tuple[int, ...]:
        """The sort times of a source's newest articles, newest first: what its next refresh is planned from."""
        return tuple(
            self._db.column(
                "SELECT sort_at FROM status WHERE source_id = ? AND here = 1 ORDER BY sort_at DESC LIMIT ?",
                (source_id, limit),
            )
        )

    def dated_times(self, source_id: int, limit: int) -> tuple[int, ...]:
        """The same of those articles to which the feed gave a date: what its silence is told from."""
        return tuple(
            self._db.column(
                """
                SELECT st.sort_at FROM status st JOIN article a ON a.id = st.id
                WHERE st.source_id = ? AND st.here = 1 AND coalesce(a.published, a.updated) IS NOT NULL
                ORDER BY st.sort_at DESC LIMIT ?
                """,
                (source_id, limit),
            )
        )

    def faces(self, source_id: int, limit: int) -> tuple[ArticleFace, ...]:
        """The newest articles of a source, by what they are recognised by in another feed."""
        rows = self._db.all(
            """
            SELECT st.identity, a.url, a.title FROM status st JOIN article a ON a.id = st.id
            WHERE st.here = 1 AND st.source_id = ? ORDER BY st.sort_at DESC, st.id DESC LIMIT ?
            """,
            (source_id, limit),
        )
        return tuple(ArticleFace(*row) for row in rows)

    def article(self, article_id: int) -> Article | None:
        """An article with its documents, or None when it is not here. Raises LibraryError for a damaged text."""
        row = self._db.one(
            f"""
            SELECT {_HEAD_COLUMNS}, b.document, f.document, b.version, f.version, a.full_text_error,
                p.full_text, p.block, p.offset, p.words, a.enclosures, a.categories, a.comments_url,
                a.comments_feed_url, coalesce(a.language, f.language), a.image_url,
                (SELECT count(*) FROM former WHERE former.article_id = st.id),
                (SELECT text FROM note WHERE note.id = st.id)
            FROM {_HEAD_TABLES} JOIN feed_body b ON b.id = st.id
                LEFT JOIN full_text f ON f.id = st.id
            WHERE st.id = ?
            """,
            (article_id,),
        )
        if row is None:
            return None
        words, full_words, mode, log = *row[9:11], _mode(row, self._usual_mode), row[15]
        more = row[_HEAD_WIDTH:]
        (feed_document, full_document, version, full_version, error, *place) = more[:9]
        feed_length, full_length = _lengths(row)
        if full_document is None:
            self._check_body(article_id, full_text=True)
            if feed_document is None:  # of two texts one is enough
                self._check_body(article_id, full_text=False)
        return Article(
            _head(row, self._usual_mode),
            source_url=row[3],
            shows_full=shows_full(mode, log, words, full_words),
            wants_full=wants_full(mode, log, words),
            full_is_whole=is_whole(words, full_words),
            feed_length=feed_length,
            full_length=full_length,
            edits=more[15],
            feed_document=feed_document,
            full_document=full_document,
            document_version=version,
            full_document_version=full_version,
            full_text_error=error,
            place=None if place[0] is None else Place(bool(place[0]), *place[1:]),
            enclosures=enclosures_of(more[9]),
            categories=tuple(json.loads(more[10])) if more[10] else (),
            comments_url=more[11],
            comments_feed_url=more[12],
            language=more[13],
            image_url=more[14],
            note=more[16] or "",
            highlights=self.highlights(article_id),
        )

    def html(self, article_id: int, *, full_text: bool) -> str | None:
        """The clean HTML of an article, the feed's or the full text's; None where there is none."""
        table = "full_text" if full_text else "feed_body"
        value = self._db.value(f"SELECT html FROM {table} WHERE id = ?", (article_id,))
        if not value:
            self._check_body(article_id, full_text=full_text)
        return None if value is None else str(value)

    def former(self, article_id: int) -> tuple[Former, ...]:
        """What earlier edits of an article replaced, newest first: its title and clean HTML until then.

        At most FORMER_KEPT of them; none for an article that was never edited.
        """
        rows = self._db.all(
            "SELECT id, replaced_at, title, html, document, version FROM former WHERE article_id = ? ORDER BY id DESC",
            (article_id,),
        )
        return tuple(Former(*row) for row in rows)

    def save_former_document(self, former_id: int, document: bytes, version: int) -> None:
        """Keep the document of a former version. Nothing of it shows by itself, so it is not announced."""
        with self._db.transaction():
            self._db.run("UPDATE former SET document = ?, version = ? WHERE id = ?", (document, version, former_id))

    def save_document(
        self, article_id: int, *, full_text: bool, document: bytes, version: int, media: str | None = None
    ) -> Change:
        """Keep a document that was built anew from the stored HTML by a builder of this version; `media` is the feed's.

        None leaves those as they are.
        """
        with self._db.transaction():
            if media is not None:
                self._db.run("UPDATE article SET media = ? WHERE id = ?", (media, article_id))
            done = self._write_document(article_id, document, version, full_text=full_text)
            return self._announce(articles=(article_id,) if done else ())

    def save_full_text(self, article_id: int, full: FullText, *, unasked: bool = False) -> Change:
        """Keep the full text of an article, in place of an earlier one; it is found by its words from now on.

        What the feed left out (author, language) is taken from it. An article that is gone takes nothing. Where nobody
        asked for it (`unasked`), an article whose page stands behind a wall by now keeps the whole text that it has.
        """
        with self._db.transaction():
            row = self._db.one("SELECT full_words, full_cut FROM article WHERE id = ?", (article_id,))
            if row is None or (unasked and _takes_away(full, *row)):
                return self._nothing()
            self._out_of_index((article_id,))
            sources = self._learn_from(article_id, full.words)
            self._describe(article_id, full)
            self._write_full_text(article_id, full)
            self._db.run(
                """
                UPDATE article SET full_words = ?, full_cut = ?, author = coalesce(author, ?), full_text_error = NULL,
                    full_text_tried = NULL, full_text_tries = 0
                WHERE id = ?
                """,
                (full.words, full.cut, full.author, article_id),
            )
            return self._announce(articles=(article_id,), sources=sources)

    def _describe(self, article_id: int, full: FullText) -> None:
        """Give a saved page its own date, and its own title where it has only its address for one."""
        row = self._db.one(
            "SELECT a.url, a.title FROM article a JOIN status st USING (id) JOIN source s ON s.id = st.source_id "
            "WHERE a.id = ? AND s.kind = 'saved'",
            (article_id,),
        )
        if row is None:
            return
        title = one_line(full.title or "", MAX_TITLE) if row[1] == address_title(row[0]) else ""
        self._db.run(
            "UPDATE article SET title = coalesce(nullif(?, ''), title), published = coalesce(published, ?) "
            "WHERE id = ?",
            (title, full.published, article_id),
        )

    def save_full_text_error(self, article_id: int, phrase: str, *, lasting: bool = False) -> Change:
        """Keep why the full text of an article could not be had; `wanting_full_text` waits longer after each time.

        What is `lasting` (the page is refused, or holds no article) teaches something about the source.
        """
        with self._db.transaction():
            done = self._db.run(
                """
                UPDATE article SET full_text_error = ?, full_text_tried = ?, full_text_tries = full_text_tries + 1
                WHERE id = ?
                """,
                (phrase, self._now(), article_id),
            )
            sources = self._learn_from(article_id, None) if done and lasting else ()
            return self._announce(articles=(article_id,) if done else (), sources=sources)

    def _learn_from(self, article_id: int, full_words: int | None) -> tuple[int, ...]:
        """Note for the source how getting a full text went: its words, or None where it failed for good.

        Gives the source where that changes how its articles open. An article counts once.
        """
        row = self._db.one(
            """
            SELECT s.id, s.full_text_log, a.words, a.full_words FROM article a
                JOIN status st ON st.id = a.id JOIN source s ON s.id = st.source_id
            WHERE a.id = ? AND s.kind <> 'saved'
            """,
            (article_id,),
        )
        if row is None or row[3] is not None:
            return ()
        source_id, log, words, _ = row
        after = longer(log, FAILED if full_words is None else outcome(words, full_words))
        self._db.run("UPDATE source SET full_text_log = ? WHERE id = ?", (after, source_id))
        return (source_id,) if learnt(after) is not learnt(log) else ()

    def wanting_full_text(self, limit: int) -> tuple[int, ...]:
        """Kept articles (see `store.kept`) whose full text is still to be had, and those for which a rule wants it.

        The newest come first. Left out are the handbook's, those of sources set to show what the feed gives, and those
        that failed of late: an hour ago, then two, four … up to ten days.
        """
        return tuple(
            self._db.column(
                f"""
                SELECT st.id FROM (SELECT id FROM {ALL_KEPT} UNION {_BY_RULE}) wanted
                    CROSS JOIN status st ON st.id = wanted.id
                    JOIN article a ON a.id = st.id JOIN source s ON s.id = st.source_id
                WHERE st.here = 1 AND a.full_words IS NULL AND a.url IS NOT NULL
                    AND s.kind <> 'builtin' AND s.full_text_mode <> 'feed'
                    AND (a.full_text_tried IS NULL OR a.full_text_tried > ?1
                        OR a.full_text_tried + ({_FIRST_RETRY} << min(a.full_text_tries - 1, {_DOUBLINGS})) <= ?1)
                ORDER BY st.sort_at DESC, st.id DESC LIMIT ?2
                """,
                (self._now(), limit),
            )
        )

    def outdated_full_texts(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Those of these articles that their publisher changed after their full text was had.

        One that is changed again and again, as by a feed with a counter in its texts, is among them once a day.
        """
        return tuple(
            self._db.column(
                """
                SELECT f.id FROM full_text f
                WHERE f.id IN (SELECT value FROM json_each(?1))
                    AND f.saved_at < (SELECT max(replaced_at) FROM former WHERE article_id = f.id)
                    AND ((SELECT count(*) FROM former WHERE article_id = f.id) < ?2 OR f.saved_at <= ?3)
                """,
                (id_list(ids), FORMER_KEPT, self._now() - _DAY),
            )
        )

    def drop_articles(self, ids: Sequence[int]) -> Change:
        """Take articles out of the library for good; their status stays, and what a feed gives again is left out.

        What is kept is left alone (DESIGN rule 6). Not undoable: this is for retention, no person's action.
        """
        with self._db.transaction():
            dropped, sources = self._drop(ids, for_good=True)
            return self._announce(articles=dropped, sources=sources)


def _takes_away(full: FullText, words: int | None, cut: int | None) -> bool:
    """Whether a full text has much less of an article than the one that is here."""
    return words is not None and ((full.cut and not cut) or 2 * full.words < words)


def _lengths(row: Row) -> tuple[Length, Length | None]:
    """How much an article's two texts are, the feed's and the full one where that is here."""
    words, full_words, log, media, cut = row[9], row[10], *row[15:18]
    stub = is_stub(log, words, None if cut else full_words, page=row[5] is not None)
    feed = Length(words, stub, media.replace("i", ""))  # pictures between words are for searches
    return feed, None if full_words is None else Length(full_words, bool(cut))


def _mode(row: Row, usual: FullTextMode) -> FullTextMode:
    """What opening an article shows first: as is set for its source, else for all."""
    mode = FullTextMode(row[14])
    return usual if mode is FullTextMode.AUTO else mode


def _head(row: Row, usual: FullTextMode) -> ArticleHead:
    (id_, source_id, source_title, source_url, title, url, author, published, sort_at, words, full_words) = row[:11]
    feed, full = _lengths(row)
    shown = full if full is not None and shows_full(_mode(row, usual), row[15], words, full_words) else feed
    return ArticleHead(
        id_,
        source_id,
        shown_title(source_title, source_url),
        title,
        url,
        author,
        published,
        sort_at,
        shown.words,
        read=bool(row[11]),
        bookmarked=row[12] is not None,
        full_text=full_words is not None,
        stub=shown.stub,
        percent=row[13] or 0,
        media=shown.media,
        later=row[18] is not None,
        tags=tags_from(row[19]),
        noted=bool(row[20]),
        highlights=row[21],
        hidden_by=row[22],
        story=row[23],
        sources=row[24],
        comments=row[25],
    )
