"""The order of the sources, and their folders: what moving one of them writes.

A folder is nothing but the word that its sources, and smart ones, have in common: it begins with the first and ends
with the last of them. It stands where the first of its sources stands; those without a folder stand above all. What
is written keeps positions in that order, so that whatever is moved moves nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from newsreader.store.journal import Entry, Journal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

T = TypeVar("T")


class Order(Journal):
    """The part of the Store that knows where a source stands."""

    def _rows(self) -> dict[str | None, list[int]]:
        """The feeds folder by folder, as they are shown; first those without."""
        rows: dict[str | None, list[int]] = {None: []}
        for id_, folder in self._db.all(
            "SELECT id, folder FROM source WHERE removed_at IS NULL AND kind = 'feed' ORDER BY position, id"
        ):
            rows.setdefault(folder, []).append(id_)
        return rows

    def _put_in_order(self, rows: Iterable[Collection[int]]) -> list[Entry]:
        """Give the feeds the positions of this order; those that have theirs already are not touched."""
        order = [id_ for row in rows for id_ in row]
        known: dict[int, int] = dict(
            self._db.all("SELECT id, position FROM source WHERE removed_at IS NULL AND kind = 'feed'")
        )
        places: Sequence[int] = sorted({known[id_] for id_ in order})
        if len(places) < len(order):
            first = min(places, default=1)
            places = range(first, first + len(order))
        changed = [(id_, known[id_], place) for id_, place in zip(order, places, strict=True) if known[id_] != place]
        self._db.many("UPDATE source SET position = ? WHERE id = ?", [(place, id_) for id_, _, place in changed])
        return [Entry("position", id_, was, place) for id_, was, place in changed]

    def _put_into(self, ids: Sequence[int], folder: str | None) -> list[Entry]:
        """Put sources into a folder, below those that are there, or out of any; the others keep their order."""
        rows = self._rows()
        entries = [entry for id_ in ids for entry in self._set_field(id_, "folder", folder)]
        moved = {entry.target for entry in entries}
        come = [id_ for id_ in ids if id_ in moved and any(id_ in row for row in rows.values())]
        if not come:
            return entries
        rows = {name: [id_ for id_ in row if id_ not in moved] for name, row in rows.items()}
        rows[folder] = [*rows.get(folder, []), *come]
        loose = rows.pop(None)
        return [*entries, *self._put_in_order([loose, *rows.values()])]


def shift(row: list[T], chosen: Collection[T], step: int) -> None:
    """Move the chosen of a row by one place; several that stand together move together."""
    places = range(len(row)) if step < 0 else range(len(row) - 1, -1, -1)
    for place in places:
        other = place + step
        if row[place] in chosen and 0 <= other < len(row) and row[other] not in chosen:
            row[place], row[other] = row[other], row[place]
