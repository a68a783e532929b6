"""What fetching knew of a source at the address that it had, so that it can have that address again.

Another address begins anew: its validators and its articles have nothing to do with those of the one before.
"""

from __future__ import annotations

import json
from typing import Any, Final

from newsreader.store.connection import id_list
from newsreader.store.journal import Entry, Journal
from newsreader.text import host_of

FETCHED: Final = "fetched"
"""In place of a column in the journal: what fetching knew of a source and what it brought."""

_STATE_COLUMNS: Final = (
    "etag", "last_modified", "body_hash", "last_attempt", "last_success", "next_due", "error", "error_count",
    "interval", "status", "hints", "offer", "newest", "gap",
)  # fmt: skip


class Readdressing(Journal):
    """Giving sources other addresses, and their old ones again."""

    def _set_address(self, source_id: int, url: str) -> list[Entry]:
        """Give a source another address, and remember what fetching knew at the one that it had."""
        fetched = self._fetched(source_id)
        entries = self._set_field(source_id, "url", url)
        return [*entries, Entry(FETCHED, source_id, fetched, None)] if entries and fetched else entries

    def _fetched(self, source_id: int) -> str | None:
        """What fetching knows of a source, and by what one tells which articles come afterwards, as JSON."""
        names = ", ".join(_STATE_COLUMNS)
        state = self._db.one(f"SELECT {names} FROM fetch_state WHERE source_id = ?", (source_id,))
        if state is None:
            return None
        title, link = self._db.one("SELECT feed_title, link FROM source WHERE id = ?", (source_id,)) or ("", None)
        last = self._db.value("SELECT max(id) FROM status WHERE source_id = ?", (source_id,))
        gone = self._db.column(
            "SELECT id FROM status WHERE source_id = ? AND here = 0 AND content_hash = ''", (source_id,)
        )
        fetched = {"state": dict(zip(_STATE_COLUMNS, state, strict=True)), "title": title, "link": link}
        return json.dumps({**fetched, "last": last or 0, "gone": gone})

    def _restore_fetched(self, source_id: int, was: dict[str, Any]) -> set[int]:
        """Let a source be as it was at the address that it has again; gives the articles that go.

        What the other address brought goes with it, but for what the person read, opened or bookmarked of it.
        """
        assignments = ", ".join(f"{name} = ?" for name in _STATE_COLUMNS)
        values = [was["state"][name] for name in _STATE_COLUMNS]
        self._db.run(f"UPDATE fetch_state SET {assignments} WHERE source_id = ?", (*values, source_id))
        url = self._db.value("SELECT url FROM source WHERE id = ?", (source_id,))
        held = self._db.value("SELECT until FROM hold WHERE host = ? AND until > ?", (host_of(url), self._now()))
        if held is not None:
            self._db.run(
                "UPDATE fetch_state SET next_due = max(coalesce(next_due, 0), ?) WHERE source_id = ?", (held, source_id)
            )
        self._db.run("UPDATE source SET feed_title = ?, link = ? WHERE id = ?", (was["title"], was["link"], source_id))
        brought = self._db.column(
            "SELECT id FROM status WHERE source_id = ? AND here > 0 AND read = 0 AND opened_at IS NULL "
            "AND (id > ? OR id IN (SELECT value FROM json_each(?)))",
            (source_id, was["last"], id_list(was["gone"])),
        )
        return set(self._drop(brought)[0])
