"""Taking over what another reader knew: which articles were read, which were marked, and its saved searches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from newsreader.model import Change, KeptQuery, SourceKind
from newsreader.store.connection import bindable, id_list
from newsreader.store.journal import Entry, Journal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class FormerStatus(NamedTuple):
    """What another reader knew of an article.

    `also` are further identities under which a feed may give it. `gone` says that only its status is known: the
    article is not here, and if a feed gives it again it counts as read.
    """

    identity: str
    sort_at: int
    read: bool = False
    bookmarked: bool = False
    gone: bool = False
    also: tuple[str, ...] = ()


class TakenOver(NamedTuple):
    """What taking over changed: the articles marked read and those bookmarked by it, and the journal's entries."""

    change: Change
    read: frozenset[int] = frozenset()
    bookmarked: frozenset[int] = frozenset()
    entries: tuple[Entry, ...] = ()


class TakingOver(Journal):
    """The part of the Store that takes over from another reader."""

    def addresses(self) -> tuple[str, ...]:
        """The addresses of all feeds, also of removed ones that would come back; those that are here last."""
        return tuple(
            self._db.column(
                "SELECT url FROM source WHERE kind = ? ORDER BY removed_at IS NULL, removed_at", (SourceKind.FEED,)
            )
        )

    def keep_queries(self, queries: Iterable[KeptQuery]) -> int:
        """Keep saved searches of another reader as it wrote them; gives how many were not here yet."""
        with self._db.transaction():
            return sum(
                self._db.run(
                    "INSERT OR IGNORE INTO kept_query (title, query, origin) VALUES (?, ?, ?)",
                    (each.title, each.query, each.origin),
                )
                for each in queries
            )

    def kept_queries(self) -> tuple[KeptQuery, ...]:
        """The saved searches that were kept, in the order in which they came."""
        return tuple(KeptQuery(*row) for row in self._db.all("SELECT title, query, origin FROM kept_query ORDER BY id"))

    def drop_queries(self, queries: Iterable[KeptQuery]) -> None:
        """Forget saved searches of another reader: they are smart sources now."""
        rows = [(each.title, each.query) for each in queries]
        if rows:
            with self._db.transaction():
                self._db.many("DELETE FROM kept_query WHERE title = ? AND query = ?", rows)

    def take_statuses(
        self, source_id: int, statuses: Sequence[FormerStatus], *, new: Collection[int] = frozenset()
    ) -> TakenOver:
        """Mark articles of a source read or bookmarked as another reader had them; nothing is ever taken back.

        `new` are articles that came with the same import: that they are read is nothing to go back from, but a bookmark
        would keep them for ever, whatever else is undone. The entries are for `journal_taking_over`. Made for some
        hundred at a time: it is one transaction.
        """
        now = self._now()
        with self._db.transaction():
            ids = self._ids(source_id, statuses)
            self._insert_gone(source_id, [each for each in statuses if each.gone and each.identity not in ids])
            here = [each for each in statuses if each.identity in ids]
            self._insert_twins(source_id, [(other, ids[each.identity]) for each in here for other in each.also])
            read = self._raise("read", 1, {ids[each.identity] for each in here if each.read})
            bookmarked = self._raise("bookmarked_at", now, {ids[each.identity] for each in here if each.bookmarked})
            entries = [Entry("read", id_, 0, 1) for id_ in read if id_ not in new]
            entries += [Entry("bookmarked_at", id_, None, now) for id_ in bookmarked]
            changed = read | bookmarked
            change = self._announce(articles=changed, sources={source_id} if changed else ())
        return TakenOver(change, read, bookmarked, tuple(entries))

    def journal_taking_over(self, entries: Sequence[Entry], origin: str) -> None:
        """Write down what `take_statuses` did, as one undoable action."""
        with self._db.transaction():
            articles = {entry.target for entry in entries}
            self._write_action(f"took over the state of {self._article_words(articles)} from {origin}", entries)

    def _ids(self, source_id: int, statuses: Sequence[FormerStatus]) -> dict[str, int]:
        rows = self._db.all(
            """
            SELECT identity, id FROM status
            WHERE source_id = ?1 AND identity IN (SELECT value FROM json_each(?2))
            UNION ALL
            SELECT identity, article_id FROM twin
            WHERE source_id = ?1 AND identity IN (SELECT value FROM json_each(?2))
            """,
            (source_id, json.dumps([bindable(each.identity) for each in statuses])),
        )
        return dict(rows)

    def _raise(self, column: str, value: int, ids: Collection[int]) -> frozenset[int]:
        """Set a column of the statuses in which it is not set; gives those that changed."""
        unset = "read = 0" if column == "read" else f"{column} IS NULL"
        changed = self._db.column(
            f"SELECT id FROM status WHERE {unset} AND id IN (SELECT value FROM json_each(?))", (id_list(ids),)
        )
        self._db.run(
            f"UPDATE status SET {column} = ? WHERE id IN (SELECT value FROM json_each(?))", (value, id_list(changed))
        )
        return frozenset(changed)

    def _insert_gone(self, source_id: int, statuses: Sequence[FormerStatus]) -> None:
        self._db.many(
            "INSERT OR IGNORE INTO status (source_id, identity, content_hash, sort_at, here, read) "
            "VALUES (?, ?, '', ?, 0, 1)",
            [(source_id, each.identity, each.sort_at) for each in statuses],
        )

    def _insert_twins(self, source_id: int, pairs: Sequence[tuple[str, int]]) -> None:
        """Let further identities lead to articles, unless they are known for themselves."""
        self._db.many(
            """
            INSERT OR IGNORE INTO twin (source_id, identity, content_hash, article_id)
            SELECT ?1, ?2, '', ?3 WHERE NOT EXISTS (SELECT 1 FROM status WHERE source_id = ?1 AND identity = ?2)
            """,
            [(source_id, identity, id_) for identity, id_ in pairs],
        )
