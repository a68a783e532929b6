"""Pages that the person saved by their address: articles of a source of their own, made with the first of them."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import SourceKind
from newsreader.store.ingest import Batch, Ingest
from newsreader.store.journal import Entry
from newsreader.store.keeping import Keeping, tags_named
from newsreader.text import page_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsreader.model import Change, SavedPage

SAVED_URL: Final = "newsreader:saved"
SAVED_TITLE: Final = "Saved"
_HIDDEN: Final = 2  # `status.here` of what is in the library and not shown


class SavedPages(NamedTuple):
    """What saving pages gave: their articles in the order asked for, which are new, the change, the entries."""

    ids: tuple[int, ...]
    new: frozenset[int]
    change: Change
    entries: tuple[Entry, ...]


class Saving(Ingest, Keeping):
    """The part of the Store that saves pages."""

    def save_pages(
        self, pages: Sequence[SavedPage], words: str | None, elsewhere: Mapping[str, int] | None = None
    ) -> SavedPages:
        """Save pages as bookmarked articles without a text yet, in one action of these words.

        One that is saved already, or that a source brought, is that article: it is bookmarked, gets the tags, and the
        note where one is given. Without `words` the entries are for `journal_saving`: made for some hundred at a time;
        `elsewhere` is what `pages_of_sources` found of all of them.
        """
        wanted = {page.write.identity: page for page in pages}
        elsewhere = self.pages_of_sources(pages) if elsewhere is None else elsewhere
        elsewhere = {identity: id_ for identity, id_ in elsewhere.items() if identity in wanted}
        with self._db.transaction():
            source_id = self._saved_source(needed=not wanted.keys() <= elsewhere.keys())
            ids, new, entries = self._save(source_id, wanted, elsewhere)
            if words is not None:
                self._write_action(words, entries)
            sources = self._sources_of(ids.values())
            change = self._announce(articles=ids.values(), added=new, sources=sources)
        return SavedPages(tuple(ids[page.write.identity] for page in pages), frozenset(new), change, tuple(entries))

    def journal_saving(self, entries: Sequence[Entry], words: str) -> None:
        """Write down what `save_pages` did, as one undoable action."""
        with self._db.transaction():
            self._write_action(words, entries)

    def _saved_source(self, *, needed: bool) -> int:
        """The source of saved pages: where it is needed, made when there is none, brought back when it was removed."""
        row = self._db.one(
            "SELECT id FROM source WHERE url = ? ORDER BY removed_at IS NULL DESC, id DESC", (SAVED_URL,)
        )
        if not needed:
            return int(row[0]) if row is not None else 0
        if row is not None:
            self._db.run("UPDATE source SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL", row)
            return int(row[0])
        id_ = self._db.insert(
            "INSERT INTO source (kind, url, feed_title, added_at) VALUES (?, ?, ?, ?)",
            (SourceKind.SAVED, SAVED_URL, SAVED_TITLE, self._now()),
        )
        self._db.run("INSERT INTO fetch_state (source_id) VALUES (?)", (id_,))
        return id_

    def pages_of_sources(self, pages: Sequence[SavedPage]) -> dict[str, int]:
        """The articles that sources brought of these pages, by the identities of the pages; the newest of several.

        No index has their addresses: all are looked through, up to what may follow them ("?utm_source=rss").
        """
        wanted = {page: each.write.identity for each in pages if (page := page_of(each.write.url))}
        paths = {page.partition(sign)[0] for page in wanted for sign in ("?", "#", "\n")}
        ways = itertools.product(("https://", "http://"), ("", "www."), paths, ("", "/"))
        rows = self._db.all(
            """
            SELECT a.url, a.id FROM article a CROSS JOIN status st ON st.id = a.id JOIN source s ON s.id = st.source_id
            WHERE substr(a.url, 1, instr(a.url || '?', '?') - 1) IN (SELECT value FROM json_each(?))
                AND st.here > 0 AND s.removed_at IS NULL AND s.kind = ? ORDER BY st.sort_at, st.id
            """,
            (json.dumps(list(map("".join, ways))), SourceKind.FEED),
        )
        return {wanted[page]: id_ for url, id_ in rows if (page := page_of(url)) in wanted}

    def _save(
        self, source_id: int, pages: dict[str, SavedPage], elsewhere: dict[str, int]
    ) -> tuple[dict[str, int], list[int], list[Entry]]:
        """Write the pages; gives all ids by identity, those of new articles, and the entries."""
        known = {
            identity: (id_, here)
            for identity, id_, here in self._db.all(
                "SELECT identity, id, here FROM status "
                "WHERE source_id = ? AND identity IN (SELECT value FROM json_each(?))",
                (source_id, json.dumps(list(pages))),
            )
            if here == 1 or identity not in elsewhere
        }
        ids = elsewhere | {identity: id_ for identity, (id_, _) in known.items()}
        gone = [(id_, pages[identity].write) for identity, (id_, here) in known.items() if not here]
        self._insert_articles(gone)
        back = [id_ for id_, here in known.values() if here != 1]
        self._db.many("UPDATE status SET here = 1 WHERE id = ?", [(id_,) for id_ in back])
        next_id = int(self._db.value("SELECT seq FROM sqlite_sequence WHERE name = 'status'") or 0) + 1
        fresh = [page for identity, page in pages.items() if identity not in ids]
        new = list(range(next_id, next_id + len(fresh)))
        ids |= {page.write.identity: id_ for id_, page in zip(new, fresh, strict=True)}
        self._insert_new(
            Batch(source_id, set()), [(id_, None, page.write) for id_, page in zip(new, fresh, strict=True)]
        )
        read = [(id_,) for id_, page in zip(new, fresh, strict=True) if page.read]
        self._db.many("UPDATE status SET read = 1 WHERE id = ?", read)
        entries = [Entry("here", id_, _HIDDEN, 1) for id_ in (*new, *back)]
        entries += self._set_moment("bookmarked_at", ids.values(), True) + self._unhide(elsewhere.values())
        for identity, page in pages.items():
            for tag in tags_named(page.tags):
                entries += self._put_tag([ids[identity]], tag)
            entries += self._write_note(ids[identity], page.note) if page.note else []
        return ids, new, entries
