"""What became different, for every process that has the library open, and the small state a window keeps."""

from __future__ import annotations

import json
from collections import defaultdict

from newsreader.model import Change
from newsreader.store.part import EVERYTHING, Part


class Changes(Part):
    """Reading the list of changes; the writing methods add to it in their own transactions."""

    def last_change(self) -> int:
        """The sequence number of the latest change, 0 in a new library."""
        return self._last_seq()

    def data_version(self) -> int:
        """A number that moves when another connection wrote (SQLite's data_version); one's own writes do not move it.

        Costs microseconds: it may be asked several times a second.
        """
        return int(self._db.value("PRAGMA data_version"))

    def changes_since(self, seq: int) -> Change:
        """All changes after a sequence number, one's own included, as one Change.

        Keep the `seq` of what this returns for the next call; the `seq` that a writing method returns may lie beyond
        changes of other processes that were not yet read. `everything` is set when the number is too old to tell, or
        is of another library.
        """
        last = self._last_seq()
        if seq == last:
            return Change(seq)
        rows = self._db.all("SELECT seq, kind, ids FROM changes WHERE seq > ? ORDER BY seq", (seq,))
        if seq > last or not rows or rows[0][0] != seq + 1:
            return Change(last, everything=True)
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for _, kind, listed in rows:
            ids[kind].update(json.loads(listed))
        added = frozenset(ids["added"])
        return Change(
            rows[-1][0],
            frozenset(ids["article"]) | added,
            added,
            frozenset(ids["source"]),
            everything=EVERYTHING in ids,
            smart=frozenset(ids["smart"]),
            indexed=frozenset(ids["indexed"]),
        )

    def remember(self, key: str, value: str) -> None:
        """Keep a small piece of a window's state, such as the source last shown. Not announced to others."""
        if self.recall(key) == value:
            return
        with self._db.transaction():
            self._db.run(
                "INSERT INTO memory (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def recall(self, key: str) -> str | None:
        """What was kept under this key, or None."""
        value = self._db.value("SELECT value FROM memory WHERE key = ?", (key,))
        return None if value is None else str(value)

    def forget(self, key: str) -> None:
        """Keep what `remember` kept no longer."""
        with self._db.transaction():
            self._db.run("DELETE FROM memory WHERE key = ?", (key,))
