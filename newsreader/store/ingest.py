"""Taking articles in: what a refresh found, in transactions short enough for the person's own writes to get between."""

from __future__ import annotations

import json
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsreader.bounds import BATCH_TIME, FORMER_KEPT, MAX_NAME, MAX_NEW, TWINS_KEPT
from newsreader.model import NO_IDENTITY, ArticleWrite, Change, Enclosure
from newsreader.store.connection import bindable
from newsreader.store.indexing import IndexKeeper
from newsreader.store.packing import Body
from newsreader.store.rules import Rules
from newsreader.store.twins import Known, Twins
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsreader.model import FetchState, ParsedFeed
    from newsreader.store.twins import Shown

_AUTHOR: Final = "coalesce(?, (SELECT f.author FROM full_text f WHERE f.id = article.id))"
_CHUNK: Final = 32  # articles between two looks at the clock: a few milliseconds
_RULES_SHARE: Final = 0.3  # of BATCH_TIME for taking in, where rules are to be asked too
_BATCH_SHARE: Final = 0.6  # of BATCH_TIME, so that the last chunk and the commit still fit in


class Intake(NamedTuple):
    """What a refresh of one source came to: see `Ingest.ingest`. No feed and no writes: nothing new, or a failure.

    `comments` is how many comments there are of articles that are known, by their identities.
    """

    state: FetchState
    feed: ParsedFeed | None = None
    writes: Sequence[ArticleWrite] = ()
    comments: Sequence[tuple[str, int]] = ()


class _Work:
    """An intake on its way; `fresh` are all articles that it took in or edited so far."""

    def __init__(
        self,
        state: FetchState,
        feed: ParsedFeed | None,
        todo: tuple[ArticleWrite, ...],
        comments: Sequence[tuple[str, int]],
    ) -> None:
        self.state = state
        self.feed = feed
        self.todo = todo
        self.comments = comments
        self.change = Change(0)
        self.done = 0
        self.fresh: set[int] = set()
        self.finished = False


class Batch:
    """What one transaction did for one source; `live` says that the source is there.

    `spoilt` are guids and addresses that identify nothing in it. Of those `counted` only the number of comments is
    another one: they are shown anew, and no edited articles.
    """

    def __init__(self, source_id: int, fresh: set[int], done: int = 0) -> None:
        self.source_id = source_id
        self.fresh = fresh
        self.done = done
        self.live = True
        self.spoilt: set[str] = set()
        self.added: list[int] = []
        self.changed: list[int] = []
        self.counted: list[int] = []

    def hide(self, hidden: Collection[int]) -> None:
        """What a rule hid is nothing that anybody is told of as new."""
        if hidden:
            self.added = [id_ for id_ in self.added if id_ not in hidden]
            self.changed = [*{*self.changed, *hidden}]

    def change(self, seq: int) -> Change:
        """What it did, as others are told."""
        added = frozenset(self.added)
        return Change(seq, added | frozenset(self.changed), added, frozenset([self.source_id] if self.live else ()))


class Ingest(Rules, IndexKeeper, Twins):
    """The part of the Store that takes articles in."""

    def known(self, source_id: int, newest: int = -1) -> dict[str, str]:
        """Identities seen in a source, with the hash of their content: "" when only the status is left of it.

        All of them, or so many of the `newest` articles and twins. Who asks for fewer than there are writes some
        articles in vain: `ingest` passes over what it has just so. NO_IDENTITY stands for the hash of what stood on
        several articles, of which all are given.
        """
        rows = self._db.all(
            """
            SELECT identity, content_hash FROM status
            WHERE id IN (SELECT id FROM status WHERE source_id = ?1 ORDER BY +id DESC LIMIT ?2)
            UNION ALL SELECT identity, content_hash FROM twin
            WHERE rowid IN (SELECT rowid FROM twin WHERE source_id = ?1 ORDER BY rowid DESC LIMIT ?2)
            UNION ALL SELECT identity, ?3 FROM no_identity WHERE source_id = ?1
            """,
            (source_id, newest, NO_IDENTITY),
        )
        return dict(rows)

    def ingest(self, state: FetchState, feed: ParsedFeed | None, writes: Sequence[ArticleWrite]) -> Change:
        """Take in what a refresh found: new and changed articles, what the feed says of itself, and the fetch state.

        New identities become articles, unless one of the same address and title is in the source: then they lead to
        that one. Known ones are edited in place, unless it proves to be another article (`store.twins`): id, status and
        `sort_at` stay, and the former title and text are kept; one of the same content hash is left as it is. One whose
        article had gone comes back with its old status, unless it went for good. Transactions take BATCH_TIME at most,
        and the state is written in the last: a process that dies between them asks for the same feed again. A source
        that was removed meanwhile takes nothing. One that has articles takes the newest MAX_NEW of its new ones, and
        the whole document is asked for again at its next turn.
        """
        return self.ingest_all((Intake(state, feed, writes),))[0]

    def ingest_all(self, intakes: Sequence[Intake]) -> tuple[Change, ...]:
        """The same for several sources, in as few transactions as BATCH_TIME allows: each costs more than a small feed.

        A source is in one transaction whole, with its state, or goes on in the next as a single one does.
        """
        works = [self._work(*intake) for intake in intakes]
        checked = False
        while waiting := [work for work in works if not work.finished]:
            try:
                self._one_batch(waiting)
            except (OverflowError, UnicodeEncodeError):
                if checked:
                    raise
                checked = True
                for work in waiting:
                    work.todo = tuple(map(_bindable_write, work.todo))
        return tuple(work.change for work in works)

    def _work(
        self,
        state: FetchState,
        feed: ParsedFeed | None,
        writes: Sequence[ArticleWrite],
        comments: Sequence[tuple[str, int]],
    ) -> _Work:
        todo = tuple({write.identity: write for write in writes}.values())
        if len(todo) > MAX_NEW:
            todo, state = self._without_flood(state, todo)
        return _Work(state, feed, todo, comments)

    def _without_flood(
        self, state: FetchState, writes: tuple[ArticleWrite, ...]
    ) -> tuple[tuple[ArticleWrite, ...], FetchState]:
        """Leave out the oldest of too many new articles, and with them what would have the next answer be a 304."""
        known = self._identities(state.source_id, writes)
        new = [write.identity for write in writes if write.identity not in known]
        if len(new) <= MAX_NEW or not self.known(state.source_id, 1):
            return writes, state
        left_out = set(new[:-MAX_NEW])
        kept = tuple(write for write in writes if write.identity not in left_out)
        problem = f"{len(new):,} new articles came at once: the newest {MAX_NEW:,} were taken in, the rest comes later."
        return kept, state._replace(etag=None, last_modified=None, body_hash=None, problem=problem)

    def _one_batch(self, works: Sequence[_Work]) -> None:
        """One transaction: bring these as far as its time allows. What they say of it is said once it is committed."""
        batches: list[tuple[_Work, Batch]] = []
        self._telling = []
        with self._db.transaction():
            until = monotonic() + BATCH_TIME * (_RULES_SHARE if self._active_rules() else _BATCH_SHARE)
            for work in works:
                batch = self._take_in_some(work, until)
                batch.hide(self._apply_rules([*batch.added, *batch.changed]))
                self._tell_of(batch.source_id, batch.added)
                batches.append((work, batch))
                if batch.done < len(work.todo) or monotonic() >= until:
                    break
            change = self._announce(
                articles=[id_ for _, batch in batches for id_ in (*batch.changed, *batch.counted)],
                added=[id_ for _, batch in batches for id_ in batch.added],
                sources=[batch.source_id for _, batch in batches if batch.live],
            )
        self._told_of += self._telling
        for work, batch in batches:
            work.done, work.fresh = batch.done, batch.fresh
            work.finished = batch.done >= len(work.todo)
            work.change = work.change.joined(batch.change(change.seq))

    def _take_in_some(self, work: _Work, until: float) -> Batch:
        """Write the next articles of one source, and its state after the last; a removed source takes nothing."""
        batch = Batch(work.state.source_id, set(work.fresh), work.done)
        if not self._is_live(batch.source_id):
            batch.live, batch.done = False, len(work.todo)
            return batch
        if work.todo:
            batch.spoilt = self._spoilt(batch.source_id, () if work.done else work.todo)
        while batch.done < len(work.todo) and monotonic() < until:
            self._take_in(batch, work.todo[batch.done : batch.done + _CHUNK])
            batch.done += _CHUNK
        if batch.done >= len(work.todo):
            batch.counted = self._count_comments(batch.source_id, work.comments)
            self._describe_source(batch.source_id, work.feed)
            self._write_state(work.state)
        return batch

    def _count_comments(self, source_id: int, comments: Sequence[tuple[str, int]]) -> list[int]:
        """Write down how many comments articles have now; gives those that had another number."""
        if not comments:
            return []
        rows = self._db.all(
            """
            WITH said (identity, number) AS MATERIALIZED (
                SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?2)
            )
            SELECT said.number, a.id FROM said JOIN status st ON st.source_id = ?1 AND st.identity = said.identity
            JOIN article a ON a.id = st.id WHERE a.comments_count IS NOT said.number
            """,
            (source_id, json.dumps(comments)),
        )
        self._db.many("UPDATE article SET comments_count = ? WHERE id = ?", rows)
        return [id_ for _, id_ in rows]

    def _describe_source(self, source_id: int, feed: ParsedFeed | None) -> None:
        if feed is None:
            return
        self._db.run(
            "UPDATE source SET feed_title = coalesce(nullif(?1, ''), feed_title), link = coalesce(?2, link) "
            "WHERE id = ?3 AND (feed_title IS NOT ?1 OR link IS NOT ?2)",
            (one_line(feed.title, MAX_NAME), feed.link, source_id),
        )

    def _take_in(self, batch: Batch, writes: Sequence[ArticleWrite]) -> None:
        """Sort one chunk into new, returning, edited and twin articles, and write each kind."""
        found, keys = self._recognise(batch.source_id, writes, batch.spoilt, batch.fresh)
        next_id = int(self._db.value("SELECT seq FROM sqlite_sequence WHERE name = 'status'") or 0) + 1
        new: list[tuple[int, int | None, ArticleWrite]] = []
        twins: list[tuple[ArticleWrite, Known]] = []
        for write, key, known in found:
            if known is not None:
                continue
            if key is not None and key in keys:
                twins.append((write, keys[key]))
                continue
            id_ = next_id + len(new)
            new.append((id_, key, write))
            batch.fresh.add(id_)
            if key is not None:
                keys[key] = Known(id_, here=True, twin=True, key=key)
        self._insert_new(batch, new)
        for write, key, known in found:
            if known is not None and known.content_hash != write.content_hash:
                self._renew(batch, known, write, key)
        for write, article in twins:
            self._insert_twin(batch, article, write)

    def _insert_new(self, batch: Batch, new: Sequence[tuple[int, int | None, ArticleWrite]]) -> None:
        if not new:
            return
        self._db.many(
            "INSERT INTO status (id, source_id, identity, content_hash, twin, sort_at) VALUES (?, ?, ?, ?, ?, ?)",
            [(id_, batch.source_id, write.identity, write.content_hash, key, write.sort_at) for id_, key, write in new],
        )
        self._db.run(
            "UPDATE source SET unread = unread + ?1, total = total + ?1 WHERE id = ?2", (len(new), batch.source_id)
        )
        self._insert_articles([(id_, write) for id_, _, write in new])
        batch.added += [id_ for id_, _, _ in new]

    def _insert_articles(self, rows: Sequence[tuple[int, ArticleWrite]]) -> None:
        self._db.many(
            """
            INSERT INTO article (
                title, url, author, published, updated, words, summary, enclosures, categories, comments_url,
                comments_feed_url, comments_count, language, image_url, media, id
            ) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [(*_article_values(write), id_) for id_, write in rows],
        )
        self._db.many(
            "INSERT INTO feed_loose (version, document, html, text, id) VALUES (?, ?, ?, ?, ?)",
            [(write.document_version, write.document, write.html, write.text, id_) for id_, write in rows],
        )
        self._db.many("INSERT INTO index_queue (id) VALUES (?)", [(id_,) for id_, _ in rows])

    def _renew(self, batch: Batch, article: Known, write: ArticleWrite, key: int | None) -> None:
        """Bring a known article to what the feed says now, or back into the library."""
        table, column = ("twin", "article_id") if article.twin else ("status", "id")
        self._db.run(
            f"UPDATE {table} SET content_hash = ? WHERE {column} = ? AND source_id = ? AND identity = ?",
            (write.content_hash, article.id, batch.source_id, write.identity),
        )
        if article.id in batch.fresh:
            return  # two twins in one document: the first says what the article is
        batch.fresh.add(article.id)
        if key is not None and key != article.key:
            self._db.run("UPDATE status SET twin = ? WHERE id = ?", (key, article.id))
        if article.over:
            return
        batch.changed.append(article.id)
        if article.shown is None:
            self._db.run("UPDATE status SET here = 1 WHERE id = ?", (article.id,))
            self._insert_articles([(article.id, write)])
            return
        self._edit(article.id, write, article.shown)

    def _edit(self, article_id: int, write: ArticleWrite, shown: Shown) -> None:
        if (shown.title, shown.text) != (write.title, write.text):
            self._out_of_index([article_id])
            self._keep_former(article_id, shown.title)
        elif self._db.value(f"SELECT author IS NOT {_AUTHOR} FROM article WHERE id = ?", (write.author, article_id)):
            self._out_of_index([article_id])
        self._db.run(
            f"""
            UPDATE article
            SET title = ?, url = ?, author = {_AUTHOR},
                published = ?, updated = ?, words = ?, enclosures = ?, categories = ?,
                comments_url = ?, comments_feed_url = ?, comments_count = ?, language = ?, image_url = ?,
                media = ?
            WHERE id = ?
            """,
            (*_article_values(write), article_id),
        )
        self._write_feed_body(article_id, Body(write.html, write.document, write.text), write.document_version)

    def _keep_former(self, article_id: int, title: str) -> None:
        self._db.run(
            """
            INSERT INTO former (article_id, replaced_at, title, html, document, version)
            SELECT id, ?, ?, html, document, version FROM feed_body WHERE id = ?
            """,
            (self._now(), title, article_id),
        )
        self._db.run(
            "DELETE FROM former WHERE article_id = ?1 AND id NOT IN "
            "(SELECT id FROM former WHERE article_id = ?1 ORDER BY id DESC LIMIT ?2)",
            (article_id, FORMER_KEPT),
        )

    def _insert_twin(self, batch: Batch, article: Known, write: ArticleWrite) -> None:
        """Let a new identity lead to an article that is known; the newest TWINS_KEPT are kept for each.

        An identity is all that may be new of it: a feed that invents them edits nothing.
        """
        self._db.run(
            "INSERT INTO twin (source_id, identity, content_hash, article_id) VALUES (?, ?, ?, ?)",
            (batch.source_id, write.identity, write.content_hash, article.id),
        )
        self._db.run(
            "DELETE FROM twin WHERE article_id = ?1 AND rowid NOT IN "
            "(SELECT rowid FROM twin WHERE article_id = ?1 ORDER BY rowid DESC LIMIT ?2)",
            (article.id, TWINS_KEPT),
        )
        shown = self._shown([article.id]).get(article.id)
        if shown is None or (shown.title, shown.html) != (write.title, write.html):
            self._renew(batch, article._replace(shown=shown), write, article.key)


def _article_values(write: ArticleWrite) -> tuple[Any, ...]:
    """The columns of `article` that the feed gives, in the order of the statements above."""
    return (
        write.title,
        write.url,
        write.author,
        write.published,
        write.updated,
        write.words,
        _enclosures_json(write.enclosures),
        json.dumps(write.categories) if write.categories else None,
        write.comments_url,
        write.comments_feed_url,
        write.comments_count,
        write.language,
        write.image_url,
        write.media,
    )


def _enclosures_json(enclosures: Sequence[Enclosure]) -> str | None:
    if not enclosures:
        return None
    return json.dumps([(each.url, each.type, each.length, each.duration, each.title) for each in enclosures])


def enclosures_of(stored: str | None) -> tuple[Enclosure, ...]:
    """Enclosures as they were stored; older ones have no duration and no title."""
    return tuple(Enclosure(*row) for row in json.loads(stored)) if stored else ()


def _bindable_write(write: ArticleWrite) -> ArticleWrite:
    """The same write with every value such as SQLite takes it; a number beyond 64 bits becomes the largest."""
    return ArticleWrite(*map(bindable, write))
