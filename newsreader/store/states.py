"""The state of each source's fetching: validators, errors, hints, schedule; and the hosts that are to be left alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from newsreader.model import Change, FetchState, FullTextMode, SourceSettings
from newsreader.store.connection import id_list
from newsreader.store.learning import GAINED, learnt
from newsreader.store.part import Part, shown_title
from newsreader.text import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.store.connection import Row

_COLUMNS: Final = """
    s.id, s.url, coalesce(nullif(s.given_title, ''), nullif(s.feed_title, '')), f.etag, f.last_modified, f.body_hash,
    f.last_attempt, f.last_success, f.next_due, f.error, f.error_count, f.interval, s.full_text_mode, f.status,
    f.hints, f.offer, f.newest, f.gap, s.settings, s.full_text_log
    FROM source s JOIN fetch_state f ON f.source_id = s.id
    WHERE s.removed_at IS NULL AND s.kind = 'feed'
"""
_PAUSES: Final = "json_extract(source.settings, '$.paused') IS NOT NULL"
_SETTINGS: Final = frozenset(SourceSettings._fields)
"""What an older program does not know of a library that a newer one wrote to is passed over."""


class FetchStates(Part):
    """The part of the Store that refreshing reads from and writes back to."""

    def fetch_states(self, ids: Sequence[int] | None = None) -> tuple[FetchState, ...]:
        """What refreshing needs to know of these sources (of all, when None): feeds only, and none that was removed."""
        if ids is None:
            rows = self._db.all(f"SELECT {_COLUMNS} ORDER BY s.position, s.id")
        else:
            rows = self._db.all(
                f"SELECT {_COLUMNS} AND s.id IN (SELECT value FROM json_each(?)) ORDER BY s.position, s.id",
                (id_list(ids),),
            )
        return tuple(map(_fetch_state, rows))

    def mark_due(self, ids: Sequence[int] | None) -> None:
        """Ask whoever keeps the schedule to refresh these feeds (all, when None) now; see `requested`."""
        now = self._now()
        with self._db.transaction():
            due = [state.source_id for state in self.fetch_states(ids)]
            self._db.many(
                "UPDATE fetch_state SET next_due = ?, requested_at = ? WHERE source_id = ?",
                [(now, now, id_) for id_ in due],
            )
            self._announce(sources=due)

    def requested(self) -> frozenset[int]:
        """The sources that `mark_due` asked for and that nobody has tried since; none of those that pause."""
        return frozenset(
            self._db.column(
                "SELECT source_id FROM fetch_state JOIN source ON source.id = source_id "
                f"WHERE requested_at IS NOT NULL AND removed_at IS NULL AND NOT ({_PAUSES})"
            )
        )

    def paused(self) -> frozenset[int]:
        """The sources that are not to be asked until they go on."""
        return frozenset(self._db.column(f"SELECT id FROM source WHERE {_PAUSES}"))

    def record(self, state: FetchState) -> Change:
        """Keep the outcome of a fetch that brought no articles: not modified, the same body, or a failure.

        Address, title, full text mode and settings are the source's own and are not written from here
        (`update_source`, `set_source`). A source that was removed meanwhile is left alone.
        """
        with self._db.transaction():
            if not self._is_live(state.source_id):
                return self._nothing()
            self._write_state(state)
            return self._announce(sources=(state.source_id,))

    def record_offer(self, source_id: int, offer: str | None, looked_at: int, *, about: str | None = None) -> Change:
        """Keep what looking for a lost feed's new address came to: the address to offer, None where there is none.

        `about` says what stands there.
        """
        with self._db.transaction():
            if not self._is_live(source_id):
                return self._nothing()
            self._db.run(
                """
                UPDATE fetch_state SET offer = ?, hints = json_set(hints, '$.looked_at', ?, '$.offer_about', ?)
                WHERE source_id = ?
                """,
                (offer, looked_at, about, source_id),
            )
            return self._announce(sources=(source_id,))

    def hold_host(self, host: str, until: int) -> Change:
        """Leave a host alone until then (Unix seconds): none of its sources is due before. A longer hold stays."""
        now = self._now()
        with self._db.transaction():
            self._db.run("DELETE FROM hold WHERE until <= ?", (now,))
            self._db.run(
                "INSERT INTO hold (host, until) VALUES (?, ?) "
                "ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until)",
                (host, until),
            )
            rows = self._db.all("SELECT id, url FROM source WHERE removed_at IS NULL AND kind = 'feed'")
            ids = [id_ for id_, url in rows if host_of(url) == host]
            self._db.run(
                "UPDATE fetch_state SET next_due = max(coalesce(next_due, 0), ?) "
                "WHERE source_id IN (SELECT value FROM json_each(?))",
                (until, id_list(ids)),
            )
            return self._announce(sources=ids)

    def held(self) -> dict[str, int]:
        """The hosts that are to be left alone now, and until when (Unix seconds)."""
        return dict(self._db.all("SELECT host, until FROM hold WHERE until > ?", (self._now(),)))

    def _is_live(self, source_id: int) -> bool:
        return self._db.one("SELECT 1 FROM source WHERE id = ? AND removed_at IS NULL", (source_id,)) is not None

    def _write_state(self, state: FetchState) -> None:
        """Keep a state, unless the address or the settings are no longer those that were asked with.

        Then the source is due again: what is known of the old address says nothing of the new one.
        """
        now = self._db.one("SELECT url, settings FROM source WHERE id = ?", (state.source_id,))
        if now is None or now[0] != state.url or settings_of(now[1]) != state.settings:
            return
        self._db.run(
            """
            UPDATE fetch_state
            SET etag = ?, last_modified = ?, body_hash = ?, last_attempt = ?, last_success = ?, next_due = ?, error = ?,
                error_count = ?, interval = ?, status = ?, hints = ?, offer = ?, newest = ?, gap = ?,
                requested_at = NULL
            WHERE source_id = ?
            """,
            (
                state.etag,
                state.last_modified,
                state.body_hash,
                state.last_attempt,
                state.last_success,
                state.next_due,
                state.error,
                state.error_count,
                state.interval,
                state.status,
                _hints_json(state),
                state.offer,
                state.newest,
                state.gap,
                state.source_id,
            ),
        )


def settings_json(settings: SourceSettings) -> str:
    """Settings as they are stored: only what is set."""
    return json.dumps({name: value for name, value in settings._asdict().items() if value not in {None, ()}})


def settings_of(stored: str) -> SourceSettings:
    """Settings as they were stored."""
    if stored == "{}":
        return SourceSettings()
    found: dict[str, Any] = json.loads(stored)
    settings = SourceSettings(**{name: value for name, value in found.items() if name in _SETTINGS})
    return settings._replace(headers=tuple((name, value) for name, value in settings.headers))


def _hints_json(state: FetchState) -> str:
    hints = {
        "ttl": state.ttl,
        "skip_hours": sorted(state.skip_hours),
        "skip_days": sorted(state.skip_days),
        "problem": state.problem,
        "looked_at": state.looked_at,
        "offer_about": state.offer_about if state.offer else None,
        "size": state.size,
    }
    return json.dumps({name: value for name, value in hints.items() if value})


def _fetch_state(row: Row) -> FetchState:
    id_, url, title, etag, last_modified, body_hash, last_attempt, last_success, next_due, *rest = row
    error, error_count, interval, mode, status, stored, offer, newest, gap, settings, log = rest
    hints: dict[str, Any] = {} if stored == "{}" else json.loads(stored)
    return FetchState(
        id_,
        url,
        shown_title(title, url),
        etag,
        last_modified,
        body_hash,
        last_attempt,
        last_success,
        next_due,
        error,
        error_count,
        interval,
        FullTextMode(mode),
        status=status,
        ttl=hints.get("ttl"),
        skip_hours=frozenset(hints.get("skip_hours", ())),
        skip_days=frozenset(hints.get("skip_days", ())),
        offer=offer,
        newest=newest,
        gap=gap,
        settings=settings_of(settings),
        problem=hints.get("problem"),
        looked_at=hints.get("looked_at"),
        offer_about=hints.get("offer_about"),
        learnt=learnt(log),
        size=hints.get("size"),
        full_texts=(log.count(GAINED), len(log)),
    )
