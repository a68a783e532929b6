"""What `doctor` asks of the library: how the file is, and how each source does."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from newsreader.errors import LibraryDamaged
from newsreader.model import LibraryFacts, SourceHealth
from newsreader.store.connection import IndexDamaged
from newsreader.store.damage import damage_found
from newsreader.store.sources import Sources
from newsreader.text import count_of, host_of, silence, without_userinfo

if TYPE_CHECKING:
    from newsreader.model import FetchState, Source

_WEEK: Final = 7 * 86_400
_PANEL: Final = "mend"  # the command that opens a source's panel, where its fixes stand
LOST: Final = "Look for its new address, or remove it"
BLOCKED: Final = "Set a user agent, or look at it in a browser"
PRIVATE: Final = "Set a name and where its password stands"
LOGIN: Final = "Look in a browser whether the site has an address for readers such as this, or remove it"
PASSING: Final = "Look at it in a browser, for it may pass; if it stays so, look for its new address, or remove it"
"""What a person can do about a source's trouble."""

_OK: Final = 200
_HOPELESS: Final = 8  # failures in a row: the pauses between them come to three days
_FIXES: Final = {400: LOST, 401: PRIVATE, 403: BLOCKED, 404: LOST, 406: BLOCKED, 410: LOST, 451: BLOCKED}
_WRONG_COUNTS: Final = """
    SELECT id FROM source WHERE (unread, total) <> (
        SELECT coalesce(sum(here = 1 AND read = 0), 0), coalesce(sum(here = 1), 0)
        FROM status WHERE source_id = source.id
    )
"""


class Health(Sources):
    """The part of the Store that says how the file and the sources do."""

    def health(self, source_id: int) -> SourceHealth | None:
        """How a source does; None for one that is not here or is never fetched."""
        source, states = self.source(source_id), self.fetch_states([source_id])
        if source is None or not states:
            return None
        return _health(source, states[0], self.held(), self._now())

    def healths(self) -> tuple[SourceHealth, ...]:
        """How each source that is fetched does, the worst first; those of equal rank in the person's order."""
        states = {state.source_id: state for state in self.fetch_states()}
        held, now = self.held(), self._now()
        found = [_health(each, states[each.id], held, now) for each in self.sources() if each.id in states]
        return tuple(sorted(found, key=_rank))

    def facts(self) -> LibraryFacts:
        """Sizes and versions."""
        size = 0
        for ending in ("", "-wal"):
            file = self._db.path.with_name(self._db.path.name + ending)
            size += file.stat().st_size if file.exists() else 0
        return LibraryFacts(
            articles=int(self._db.value("SELECT coalesce(sum(total), 0) FROM source WHERE removed_at IS NULL")),
            sources=int(self._db.value("SELECT count(*) FROM source WHERE removed_at IS NULL AND kind = 'feed'")),
            size_bytes=size,
            schema=int(self._db.value("PRAGMA user_version")),
            sqlite_version=sqlite3.sqlite_version,
            fts5=bool(self._db.value("SELECT sqlite_compileoption_used('ENABLE_FTS5')")),
        )

    def check(self) -> tuple[str, ...]:
        """Look through the whole library for damage, and say in sentences what is wrong: nothing, when all is well."""
        try:
            wrong_pages = damage_found(self._db.column("PRAGMA quick_check(5)"))
            found = [f"The library is damaged: {line}." for line in wrong_pages]
            if self._db.all("PRAGMA foreign_key_check"):
                found.append("The library holds rows that belong to nothing.")
            if wrong := self._db.column(_WRONG_COUNTS):
                found.append(f"The counts of {count_of(len(wrong), 'source')} are wrong.")
            found += self._check_index()
        except LibraryDamaged as damage:
            return (damage.phrase,)
        return tuple(found)

    def _check_index(self) -> list[str]:
        """Look through the search index: FTS5 does so by a writing statement."""
        if self._db.refusal is not None:
            return []
        try:
            with self._db.transaction():
                self._db.run("INSERT INTO search (search) VALUES ('integrity-check')")
        except IndexDamaged:
            return ["The search index is damaged: it is begun anew at the next search."]
        return []


def _health(source: Source, state: FetchState, held: dict[str, int], now: int) -> SourceHealth:
    reason, fix = _trouble(source, state, now)
    return SourceHealth(
        source,
        state,
        weekly=_WEEK / state.gap if state.gap else None,
        held_until=held.get(host_of(source.url)),
        reason=reason,
        fix=fix,
        key=_PANEL if fix else None,
    )


def _trouble(source: Source, state: FetchState, now: int) -> tuple[str | None, str | None]:
    """What is wrong with a source, and what to do about it, the most pressing of it."""
    if source.paused is not None:
        return "It pauses, and is not fetched.", None
    if source.offer is not None:
        where = without_userinfo(source.offer)
        moved = f"It moved to {where}, where its headers and password do not go by themselves."
        about = f": {state.offer_about}." if state.offer_about else ""
        reason = moved if source.error is None else f"{source.error} It was found again at {where}{about}"
        return reason, f"Take the new address {where}"
    if source.retired:
        return source.error, "Remove it, or look for its new address"
    if source.error is not None:
        return source.error, _fix(source.error, state)
    if source.silent_since is not None:
        words = silence(source.silent_since, state.gap, now)
        return f"It {words}.", "Look whether it moved, or remove it"
    return state.problem, None


def _fix(error: str, state: FetchState) -> str | None:
    """What to do about an error: of a document that is no feed, its words are all that is kept."""
    if state.status == _OK:
        return BLOCKED if "captcha" in error else LOGIN if "login page" in error else PASSING
    return _FIXES.get(state.status or 0, LOST if state.error_count >= _HOPELESS else None)


def _rank(health: SourceHealth) -> tuple[int, int]:
    """The worst first: what a person must do something about, what failed for long, the silent, the odd, the sound."""
    source, state = health.source, health.state
    if source.paused is not None:
        return 4, 1
    if source.error is None and health.reason is not None:
        return (2 if source.silent_since is not None else 4), 0
    if source.error is not None:
        return (0 if health.fix else 1), -state.error_count
    return (3 if health.held_until is not None else 5), 0
