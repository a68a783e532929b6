"""Lists of articles: ids newest first, for a scope and for words to search for; and the counts of the smart sources."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from newsreader.model import Counts, Listing, Query, Scope
from newsreader.store.part import Part

if TYPE_CHECKING:
    from typing import Any

_SCOPES: Final = {
    Scope.UNREAD: "here = 1 AND read = 0",
    Scope.ALL: "here = 1",
    Scope.TODAY: "here = 1 AND sort_at >= ?",
    Scope.BOOKMARKS: "here = 1 AND bookmarked_at IS NOT NULL",
    Scope.SOURCE: "here = 1 AND source_id = ?",
    Scope.FOLDER: "here = 1 AND source_id IN (SELECT id FROM source WHERE folder = ?)",
}


class Lists(Part):
    """The part of the Store that makes lists."""

    def listing(self, query: Query) -> Listing:
        """The ids of all articles that a query asks for, newest first, with their sort times."""
        where, values = self._scope(query)
        rows = self._db.all(f"SELECT id, sort_at FROM status WHERE {where} ORDER BY sort_at DESC, id DESC", values)
        if not rows:
            return Listing((), ())
        ids, moments = zip(*rows, strict=True)
        return Listing(ids, moments)

    def counts(self) -> Counts:
        """What the smart sources show beside their names; "Today" begins at midnight where the person is."""
        unread, total = self._db.all(
            "SELECT coalesce(sum(unread), 0), coalesce(sum(total), 0) FROM source WHERE removed_at IS NULL"
        )[0]
        today = self._db.value(
            f"SELECT count(*) FROM status WHERE here = 1 AND read = 0 AND sort_at >= ? {self._visible()}",
            (self._midnight(),),
        )
        bookmarks = self._db.value("SELECT count(*) FROM status WHERE here = 1 AND bookmarked_at IS NOT NULL")
        return Counts(unread, total, today, bookmarks)

    def _scope(self, query: Query) -> tuple[str, list[Any]]:
        """The condition on `status` for a scope, with its values."""
        values: list[Any] = []
        if query.scope is Scope.TODAY:
            values = [self._midnight()]
        elif query.scope is Scope.SOURCE:
            values = [query.source_id]
        elif query.scope is Scope.FOLDER:
            values = [query.folder]
        # What is bookmarked is kept for ever, and shown, also after its source was removed.
        visible = "" if query.scope is Scope.BOOKMARKS else self._visible()
        return f"{_SCOPES[query.scope]} {visible}", values

    def _visible(self) -> str:
        """A condition that leaves removed sources out; nothing at all in the ordinary case that there are none."""
        removed = self._db.column("SELECT id FROM source WHERE removed_at IS NOT NULL")
        return f"AND source_id NOT IN ({','.join(map(str, removed))})" if removed else ""

    def _midnight(self) -> int:
        local = datetime.fromtimestamp(self._clock()).astimezone()
        return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
