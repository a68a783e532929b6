"""The journal: what the person did, as values that were and values that became, and undo, which puts them back.

An action is one sentence and any number of entries. Undo touches only what still is as the action left it; what was
changed since, by whomever, stays. Each window undoes its own actions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import JOURNAL_DAYS
from newsreader.model import Undone
from newsreader.store.connection import bindable, id_list
from newsreader.store.indexing import IndexKeeper
from newsreader.store.part import shown_title
from newsreader.text import count_of, host_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_DAY: Final = 86_400
_SOURCE_COLUMNS: Final = ("removed_at", "given_title", "folder", "url", "full_text_mode", "settings")
_FETCHED: Final = "fetched"
"""In place of a column: what fetching knew of a source and what it brought, at an address that is changed."""
_STATE_COLUMNS: Final = (
    "etag", "last_modified", "body_hash", "last_attempt", "last_success", "next_due", "error", "error_count",
    "interval", "status", "hints", "offer", "newest", "gap",
)  # fmt: skip
_STATUS_COLUMNS: Final = ("read", "bookmarked_at", "opened_at")
_TABLES: Final = dict.fromkeys(_SOURCE_COLUMNS, "source") | dict.fromkeys(_STATUS_COLUMNS, "status")
# An address belongs to one source that is not removed: what would break that is left as it is.
_TAKEN: Final = "SELECT 1 FROM source other WHERE other.removed_at IS NULL AND other.id <> source.id AND other.url"
_FREE: Final = {
    "url": f"AND (source.removed_at IS NOT NULL OR NOT EXISTS ({_TAKEN} = was))",
    "removed_at": f"AND (was IS NOT NULL OR NOT EXISTS ({_TAKEN} = source.url))",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that an action changed: the column, the id of the source or article, the value before and after."""

    column: str
    target: int
    was: str | int | None
    became: str | int | None


class Journal(IndexKeeper):
    """Writing down actions, and taking them back."""

    def undo(self) -> Undone | None:
        """Take back the last action of this window that was not yet taken back; None when there is none.

        Reaches back JOURNAL_DAYS, over restarts. An action of which nothing can be put back any more counts as taken
        back too, so that the next call goes on with the one before.
        """
        now = self._now()
        with self._db.transaction():
            action = self._db.one(
                "SELECT id, words FROM action WHERE window = ? AND undone_at IS NULL AND at >= ? "
                "ORDER BY id DESC LIMIT 1",
                (self._window, now - JOURNAL_DAYS * _DAY),
            )
            if action is None:
                return None
            action_id, words = action
            articles, sources, dropped = self._restore(action_id, now)
            self._db.run("UPDATE action SET undone_at = ? WHERE id = ?", (now, action_id))
            targets = self._db.value(
                "SELECT count(*) FROM (SELECT DISTINCT column_name IN "
                f"{_STATUS_COLUMNS}, target FROM journal WHERE action = ?)",
                (action_id,),
            )
            restored = len(articles) + len(sources)
            touched = sources | set(self._sources_of(articles))
            change = self._announce(articles=articles | dropped, sources=touched)
            return Undone(words, restored, targets - restored, change)

    def _restore(self, action_id: int, now: int) -> tuple[set[int], set[int], set[int]]:
        """Put back what still is as the action left it.

        Gives the articles and the sources that were touched, and the articles that went.
        """
        restored: dict[str, list[int]] = {}
        fetched: list[tuple[int, str]] = []
        for (column,) in self._db.all("SELECT DISTINCT column_name FROM journal WHERE action = ?", (action_id,)):
            if column == _FETCHED:
                fetched = self._db.all(
                    "SELECT target, was FROM journal WHERE action = ? AND column_name = ?", (action_id, column)
                )
            else:
                restored[column] = self._put_back(action_id, column, now)
        dropped: set[int] = set()
        for source_id, was in fetched:
            if source_id in restored["url"]:
                dropped |= self._restore_fetched(source_id, json.loads(was), now)
        articles, sources = (
            {id_ for column, ids in restored.items() if _TABLES[column] == table for id_ in ids}
            for table in ("status", "source")
        )
        return articles, sources, dropped

    def _put_back(self, action_id: int, column: str, now: int) -> list[int]:
        """Give one column its former values where it still has those of the action; gives where that was so."""
        table = _TABLES[column]
        still = self._db.column(
            f"""
            SELECT target FROM journal JOIN {table} ON {table}.id = target
            WHERE action = ? AND column_name = ? AND {table}.{column} IS became {_FREE.get(column, "")}
            """,
            (action_id, column),
        )
        # A source hidden by undo is hidden from now on, not from the day on which it was first removed.
        value = f"CASE WHEN was IS NULL THEN NULL ELSE {now} END" if column == "removed_at" else "was"
        self._db.run(
            f"""
            UPDATE {table} SET {column} = {value} FROM journal
            WHERE action = ? AND column_name = ? AND target = {table}.id
                AND target IN (SELECT value FROM json_each(?))
            """,
            (action_id, column, id_list(still)),
        )
        return still

    def _set_address(self, source_id: int, url: str) -> list[Entry]:
        """Give a source another address, and remember what fetching knew at the one that it had."""
        names = ", ".join(_STATE_COLUMNS)
        state = self._db.one(f"SELECT {names} FROM fetch_state WHERE source_id = ?", (source_id,))
        title, link = self._db.one("SELECT feed_title, link FROM source WHERE id = ?", (source_id,)) or ("", None)
        last = self._db.value("SELECT max(id) FROM status WHERE source_id = ?", (source_id,))
        gone = self._db.column("SELECT id FROM status WHERE source_id = ? AND here = 0", (source_id,))
        entries = self._set_field(source_id, "url", url)
        if entries and state is not None:
            fetched = {"state": dict(zip(_STATE_COLUMNS, state, strict=True)), "title": title, "link": link}
            brought = {"last": last or 0, "gone": gone}  # by which what comes afterwards is told, and what comes back
            entries.append(Entry(_FETCHED, source_id, json.dumps(fetched | brought), None))
        return entries

    def _restore_fetched(self, source_id: int, was: dict[str, Any], now: int) -> set[int]:
        """Let a source be as it was at the address that it has again; gives the articles that go.

        What the other address brought goes with it, but for what the person read, opened or bookmarked of it.
        """
        assignments = ", ".join(f"{name} = ?" for name in _STATE_COLUMNS)
        values = [was["state"][name] for name in _STATE_COLUMNS]
        self._db.run(f"UPDATE fetch_state SET {assignments} WHERE source_id = ?", (*values, source_id))
        url = self._db.value("SELECT url FROM source WHERE id = ?", (source_id,))
        held = self._db.value("SELECT until FROM hold WHERE host = ? AND until > ?", (host_of(url), now))
        if held is not None:
            self._db.run(
                "UPDATE fetch_state SET next_due = max(coalesce(next_due, 0), ?) WHERE source_id = ?", (held, source_id)
            )
        self._db.run("UPDATE source SET feed_title = ?, link = ? WHERE id = ?", (was["title"], was["link"], source_id))
        brought = self._db.column(
            "SELECT id FROM status WHERE source_id = ? AND here = 1 AND read = 0 AND opened_at IS NULL "
            "AND (id > ? OR id IN (SELECT value FROM json_each(?)))",
            (source_id, was["last"], id_list(was["gone"])),
        )
        return set(self._drop(brought)[0])

    def _write_action(self, words: str, entries: Sequence[Entry]) -> None:
        """Write down an action of this window in the running transaction; one that changed nothing is none."""
        if not entries:
            return
        now = self._now()
        self._db.run("DELETE FROM action WHERE at < ?", (now - JOURNAL_DAYS * _DAY,))
        action_id = self._db.insert(
            "INSERT INTO action (window, at, words) VALUES (?, ?, ?)", (self._window, now, words)
        )
        self._db.many(
            "INSERT INTO journal (action, column_name, target, was, became) VALUES (?, ?, ?, ?, ?)",
            [(action_id, entry.column, entry.target, bindable(entry.was), bindable(entry.became)) for entry in entries],
        )

    def _set_field(self, source_id: int, column: str, value: str | None) -> list[Entry]:
        """Set a column of a source and give the entry for it: none when it had that value."""
        was = self._db.value(f"SELECT {column} FROM source WHERE id = ?", (source_id,))
        if was == value:
            return []
        self._db.run(f"UPDATE source SET {column} = ? WHERE id = ?", (value, source_id))
        return [Entry(column, source_id, was, value)]

    def _sources_of(self, articles: Collection[int]) -> list[int]:
        return self._db.column(
            "SELECT DISTINCT source_id FROM status WHERE id IN (SELECT value FROM json_each(?))", (id_list(articles),)
        )

    def _source_words(self, ids: Collection[int]) -> str:
        """Sources for a sentence: “Name”, or how many."""
        if len(ids) != 1:
            return count_of(len(ids), "source")
        row = self._db.one(
            "SELECT coalesce(nullif(given_title, ''), nullif(feed_title, '')), url FROM source WHERE id = ?", tuple(ids)
        )
        return f"“{shown_title(*row)}”" if row else "a source"

    def _article_words(self, ids: Collection[int]) -> str:
        """Articles for a sentence: “Title”, or how many."""
        title = self._db.value("SELECT title FROM article WHERE id = ?", tuple(ids)) if len(ids) == 1 else None
        return f"“{title}”" if title else count_of(len(ids), "article")
