"""Smart sources: saved searches that stand among the sources; `store.listing` lists them, `store.tallies` counts them.

A query that cannot be understood is kept as it was written, with its mistake: it lists nothing until it is mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_NAME, MAX_SMART
from newsreader.errors import UsageError
from newsreader.model import AddedSources, Change, SavedSearch, SmartSource
from newsreader.query import parse
from newsreader.query.reading import MAX_TEXT
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry, Journal
from newsreader.store.order import shift
from newsreader.text import count_of, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from types import EllipsisType

    from newsreader.store.connection import Row

_COLUMNS: Final = """
    s.id, s.title, s.query, s.folder, t.unread, t.unread + t.read
    FROM smart_source s LEFT JOIN tally t ON t.smart_id = s.id
    WHERE s.removed_at IS NULL
"""


class SmartSources(Journal):
    """The part of the Store that keeps saved searches."""

    def smart_sources(self) -> tuple[SmartSource, ...]:
        """All smart sources in the person's order."""
        return tuple(map(_smart_source, self._db.all(f"SELECT {_COLUMNS} ORDER BY s.position, s.id")))

    def smart_source(self, smart_id: int) -> SmartSource | None:
        """One smart source, or None where there is none of this id (or it was removed)."""
        row = self._db.one(f"SELECT {_COLUMNS} AND s.id = ?", (smart_id,))
        return None if row is None else _smart_source(row)

    def find_smart(self, text: str) -> tuple[SmartSource, ...]:
        """The smart sources that a person may mean: those of this name, else the one of this id, else with it in it."""
        wanted, found = one_line(text), self.smart_sources()
        folded = wanted.casefold()
        return (
            tuple(each for each in found if each.title.casefold() == folded)
            or tuple(each for each in found if str(each.id) == wanted)
            or tuple(each for each in found if folded and folded in each.title.casefold())
        )

    def add_smart(self, searches: Sequence[SavedSearch]) -> AddedSources:
        """Add smart sources as one undoable action; one of the same title, query and folder is here already.

        Those beyond MAX_SMART are left out, and so are those that search for nothing. Raises UsageError where that
        leaves none of them.
        """
        with self._db.transaction():
            ids, entries = self._add_searches(searches)
            if searches and not ids:
                raise UsageError(_refusal(searches))
            new = frozenset(entry.target for entry in entries)
            self._write_action(f"added {self._smart_words(new)}", entries)
            return AddedSources(tuple(ids), new, self._announce(smart=new))

    def _add_searches(self, searches: Sequence[SavedSearch]) -> tuple[list[int], list[Entry]]:
        now = self._now()
        here = {(each.title, each.query, each.folder): each.id for each in self.smart_sources()}
        position = int(self._db.value("SELECT coalesce(max(position), 0) FROM smart_source"))
        ids: list[int] = []
        entries: list[Entry] = []
        for search in map(_cleaned, searches):
            key = (search.title, search.query, search.folder)
            if key not in here:
                if not search.query or len(here) >= MAX_SMART:
                    continue
                position += 1
                here[key] = self._db.insert(
                    "INSERT INTO smart_source (title, query, folder, position, added_at) VALUES (?, ?, ?, ?, ?)",
                    (*key, position, now),
                )
                entries.append(Entry("smart_source.removed_at", here[key], now, None))
            ids.append(here[key])
        return ids, entries

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """All smart sources, as OPML takes them."""
        return tuple(SavedSearch(each.title, each.query, each.folder) for each in self.smart_sources())

    def change_smart(
        self,
        smart_id: int,
        *,
        title: str | None = None,
        query: str | None = None,
        folder: str | EllipsisType | None = ...,
    ) -> Change:
        """Rename, edit or move a smart source to a folder, in one undoable action; what is not given stays.

        An empty title is that of its query. Raises UsageError for an unknown one and for an empty query.
        """
        with self._db.transaction():
            before = self._known(smart_id)
            name = f"“{before.title}”"
            entries: list[Entry] = []
            words = []
            if query is not None:
                given = one_line(query, MAX_TEXT)
                if not given:
                    raise UsageError(_NOTHING)
                entries += self._set_smart(smart_id, "query", before.query, given)
                words.append(f"changed what {name} searches for")
            if title is not None:
                named = one_line(title, MAX_NAME) or one_line(query or before.query, MAX_NAME)
                entries += self._set_smart(smart_id, "title", before.title, named)
                words.append(f"renamed {name} to “{named}”")
            if folder is not ...:
                place = one_line(folder or "", MAX_NAME) or None
                entries += self._set_smart(smart_id, "folder", before.folder, place)
                words.append(f"moved {name} to the folder “{place}”" if place else f"took {name} out of its folder")
            self._write_action(" and ".join(words), entries)
            return self._announce(smart={entry.target for entry in entries})

    def move_smart(self, ids: Collection[int], step: int) -> Change:
        """Let smart sources change places with those above (step -1) or below (1) them in their folder; undoable.

        Those that stand there at the end stay. Raises UsageError for an unknown one.
        """
        with self._db.transaction():
            folders = {self._known(smart_id).folder for smart_id in ids}
            was: dict[int, int] = dict(
                self._db.all("SELECT id, position FROM smart_source WHERE removed_at IS NULL ORDER BY position, id")
            )
            entries: list[Entry] = []
            for folder in folders:
                row = [each.id for each in self.smart_sources() if each.folder == folder]
                places = [was[id_] for id_ in row]
                shift(row, frozenset(ids), step)
                for id_, place in zip(row, places, strict=True):
                    entries += self._set_smart(id_, "position", was[id_], place)
            self._write_action(f"moved {self._smart_words(ids)} {'up' if step < 0 else 'down'}", entries)
            return self._announce(smart={entry.target for entry in entries})

    def remove_smart(self, ids: Iterable[int]) -> Change:
        """Take smart sources away, as one undoable action. No article goes with them."""
        now = self._now()
        with self._db.transaction():
            gone = self._db.column(
                "SELECT id FROM smart_source WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?))",
                (id_list(ids),),
            )
            words = f"removed {self._smart_words(gone)}"
            entries = [each for id_ in gone for each in self._set_smart(id_, "removed_at", None, now)]
            self._write_action(words, entries)
            return self._announce(smart=gone)

    def _known(self, smart_id: int) -> SmartSource:
        found = self.smart_source(smart_id)
        if found is None:
            raise UsageError(f"There is no smart source {smart_id}.")
        return found

    def _set_smart(
        self, smart_id: int, column: str, was: str | int | None, became: str | int | None
    ) -> tuple[Entry, ...]:
        if was == became:
            return ()
        self._db.run(f"UPDATE smart_source SET {column} = ? WHERE id = ?", (became, smart_id))
        return (Entry(f"smart_source.{column}", smart_id, was, became),)

    def _smart_words(self, ids: Collection[int]) -> str:
        """Smart sources for a sentence: “Title”, or how many."""
        title = self._db.value("SELECT title FROM smart_source WHERE id = ?", tuple(ids)) if len(ids) == 1 else None
        return f"the smart source “{title}”" if title else count_of(len(ids), "smart source")


_NOTHING: Final = "A smart source needs something to search for."


def mistake_of(query: str) -> str | None:
    """What cannot be understood of a query, in a sentence; None for one that is understood."""
    return next((mistake.sentence for mistake in parse(query).mistakes), None)


def _refusal(searches: Iterable[SavedSearch]) -> str:
    if any(one_line(each.query) for each in searches):
        return f"There are {MAX_SMART} smart sources already, and more would slow everything down. Remove some first."
    return _NOTHING


def _cleaned(search: SavedSearch) -> SavedSearch:
    query = one_line(search.query, MAX_TEXT)
    title = one_line(search.title, MAX_NAME) or one_line(query, MAX_NAME)
    return SavedSearch(title, query, one_line(search.folder or "", MAX_NAME) or None)


def _smart_source(row: Row) -> SmartSource:
    id_, title, query, folder, unread, total = row
    mistake = mistake_of(query)
    if mistake is not None:
        unread = total = 0
    return SmartSource(id_, title, query, folder, unread, total, mistake)
