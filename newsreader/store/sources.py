"""Sources: adding, removing, naming, readdressing, and what the person set for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_NAME, NEVER, SILENT_FOR, SILENT_GAPS
from newsreader.errors import UsageError
from newsreader.model import (
    AddedSources,
    Change,
    FullTextMode,
    Source,
    SourceKind,
    SourceSettings,
    Subscription,
)
from newsreader.query.folding import bare
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry
from newsreader.store.learning import learnt
from newsreader.store.order import Order
from newsreader.store.part import shown_title
from newsreader.store.readdressing import Readdressing
from newsreader.store.settings import read_settings, written_settings
from newsreader.store.states import FetchStates, settings_json, settings_of
from newsreader.text import keeps_secrets, listed, one_line, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import EllipsisType

    from newsreader.store.connection import Row

_COLUMNS: Final = """
    s.id, coalesce(nullif(s.given_title, ''), nullif(s.feed_title, '')), s.url, s.kind, s.folder, s.link, s.unread,
    s.total, f.error, f.last_success, f.next_due, s.full_text_mode, f.offer, f.status, f.newest, f.gap,
    s.full_text_log, s.tags, s.settings
    FROM source s JOIN fetch_state f ON f.source_id = s.id
    WHERE s.removed_at IS NULL
"""
_MODE_WORDS: Final = {
    FullTextMode.AUTO: "the full text where the feed is short",
    FullTextMode.FULL: "always the full text",
    FullTextMode.FEED: "always what the feed gives",
}
_SETTING_WORDS: Final = {
    "interval": "interval",
    "user_agent": "user agent",
    "headers": "headers",
    "user": "name and password",
    "secret": "name and password",
    "proxy": "proxy",
    "keep": "what is kept",
    "paused": "pause",
    "notify": "notifications",
}
_GONE: Final = 410
_KINDS: Final = (SourceKind.FEED, SourceKind.SAVED, SourceKind.BUILTIN)
"""In the order of lists."""


class Sources(Order, Readdressing, FetchStates):
    """The part of the Store that knows about sources."""

    def sources(self) -> tuple[Source, ...]:
        """All sources in the person's order: those without folder, then folder by folder, built-in ones last.

        A folder stands where the first of its sources stands.
        """
        rows = self._db.all(f"SELECT {_COLUMNS} ORDER BY s.position, s.id")
        folders: dict[str | None, int] = {None: -1}
        for row in rows:
            folders.setdefault(row[4], len(folders))
        rows.sort(key=lambda row: (_KINDS.index(row[3]), folders[row[4]]))
        return tuple(map(_source, rows))

    def source(self, source_id: int) -> Source | None:
        """One source, or None when there is none of this id (or it was removed)."""
        row = self._db.one(f"SELECT {_COLUMNS} AND s.id = ?", (source_id,))
        return None if row is None else _source(row)

    def find_sources(self, text: str) -> tuple[Source, ...]:
        """The sources that a person may mean: of this id, else of this address, of this name, else all with it in it.

        The name is compared without regard to case and accents; the address counts as part of it. A name and password
        in an address need not be given, and alone mean nothing.
        """
        wanted = one_line(text)
        found = self.sources()
        if not wanted:
            return ()
        if wanted.isdecimal():
            by_id = tuple(source for source in found if str(source.id) == wanted)
            if by_id:
                return by_id
        by_url = tuple(source for source in found if source.url == wanted)
        by_url = by_url or tuple(source for source in found if without_userinfo(source.url) == wanted)
        plain = bare(wanted)
        by_name = tuple(source for source in found if bare(source.title) == plain)
        return (
            by_url
            or (by_name if len(by_name) == 1 else ())
            or tuple(
                source for source in found if plain in bare(source.title) or plain in bare(without_userinfo(source.url))
            )
        )

    def removed(self) -> frozenset[int]:
        """The ids of the sources that are hidden until their undo has become impossible."""
        return frozenset(self._db.column("SELECT id FROM source WHERE removed_at IS NOT NULL"))

    def feed_title(self, source_id: int) -> str:
        """What the feed of a source calls itself, whatever the person calls it; empty where that is not known."""
        title = self._db.value("SELECT feed_title FROM source WHERE id = ?", (source_id,))
        return str(title or "")

    def subscriptions(self) -> tuple[Subscription, ...]:
        """All feeds in the person's order, as OPML takes them: what is set for them without any secret."""
        rows = self._db.all(
            "SELECT id, coalesce(nullif(given_title, ''), feed_title), tags, settings FROM source WHERE kind = 'feed'"
        )
        given = {id_: (title, tuple(json.loads(tags)), settings_of(settings)) for id_, title, tags, settings in rows}
        listed = []
        for source in self.sources():
            if source.kind is SourceKind.FEED:
                title, tags, settings = given[source.id]
                listed.append(
                    Subscription(
                        source.url,
                        title,
                        source.folder,
                        source.link,
                        tags,
                        source.full_text_mode,
                        settings.interval,
                        written_settings(settings),
                    )
                )
        return tuple(listed)

    def add_sources(
        self,
        subscriptions: Sequence[Subscription],
        *,
        kind: SourceKind = SourceKind.FEED,
        fill: bool = False,
        settings: SourceSettings | None = None,
    ) -> AddedSources:
        """Add sources as one undoable action.

        One that is here already stays as it is, but that with `fill` it gets the settings that it lacks; one
        that was removed comes back with its articles. Where `settings` are given, each of them, new or not, is fetched
        so from now on.
        """
        with self._db.transaction():
            ids, entries = self._add(subscriptions, kind, fill=fill)
            new = frozenset(entry.target for entry in entries if entry.column == "removed_at")
            if settings is not None:
                entries += (e for id_ in ids for e in self._set_field(id_, "settings", settings_json(settings)))
            touched = frozenset(entry.target for entry in entries)
            changed = f"changed the settings of {self._source_words(touched)}"
            self._write_action(f"added {self._source_words(new)}" if new else changed, entries)
            return AddedSources(tuple(ids), new, self._announce(sources=touched))

    def _add(
        self, subscriptions: Sequence[Subscription], kind: SourceKind = SourceKind.FEED, *, fill: bool = False
    ) -> tuple[list[int], list[Entry]]:
        now = self._now()
        ids: list[int] = []
        entries: list[Entry] = []
        rows = self._db.all("SELECT id, url, removed_at FROM source ORDER BY removed_at IS NULL, removed_at")
        here = {url: (id_, removed) for id_, url, removed in rows}  # the last removed, better one that is here
        position = self._db.value("SELECT coalesce(max(position), 0) FROM source")
        for subscription in subscriptions:
            id_, removed = here.get(subscription.url, (None, None))
            if id_ is None:
                position += 1
                id_ = self._insert_source(subscription, kind, position, now)
                entries.append(Entry("removed_at", id_, now, None))
            elif removed is not None:
                entries.append(Entry("removed_at", id_, removed, None))
                entries += self._revive(id_, subscription, now)
            elif fill:
                entries += self._fill_settings(id_, subscription)
            here[subscription.url] = (id_, None)
            ids.append(id_)
        return ids, entries

    def _insert_source(self, subscription: Subscription, kind: SourceKind, position: int, now: int) -> int:
        id_ = self._db.insert(
            """
            INSERT INTO source (
                kind, url, given_title, folder, position, link, tags, added_at, full_text_mode, settings
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                kind,
                subscription.url,
                one_line(subscription.title, MAX_NAME) or None,
                subscription.folder or None,
                position,
                subscription.link,
                json.dumps(subscription.tags),
                now,
                subscription.full_text_mode,
                settings_json(_settings_given(subscription)),
            ),
        )
        self._db.run("INSERT INTO fetch_state (source_id, next_due) VALUES (?, ?)", (id_, now))
        return id_

    def _fill_settings(self, source_id: int, subscription: Subscription) -> list[Entry]:
        """Set what is given and not set here."""
        before = settings_of(self._db.value("SELECT settings FROM source WHERE id = ?", (source_id,)))
        here = {name: value for name in _SETTING_WORDS if (value := getattr(before, name)) not in {None, ()}}
        return self._set_field(source_id, "settings", settings_json(_settings_given(subscription)._replace(**here)))

    def _revive(self, source_id: int, subscription: Subscription, now: int) -> Iterable[Entry]:
        """Bring a removed source back; a name or folder given now wins over those it had."""
        self._db.run("UPDATE source SET removed_at = NULL WHERE id = ?", (source_id,))
        self._db.run(
            "UPDATE fetch_state SET next_due = ? "
            "WHERE source_id = (SELECT id FROM source WHERE id = ? AND kind = 'feed')",
            (now, source_id),
        )
        if subscription.title:
            yield from self._set_field(source_id, "given_title", one_line(subscription.title, MAX_NAME))
        if subscription.folder:
            yield from self._put_into([source_id], subscription.folder)

    def remove_sources(self, ids: Iterable[int]) -> Change:
        """Hide sources with their articles; undoable, and for REMOVED_DAYS nothing of them is lost.

        Bookmarked articles stay in Bookmarks for ever. Built-in sources can be removed too.
        """
        now = self._now()
        with self._db.transaction():
            gone = self._db.column(
                "SELECT id FROM source WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?))",
                (id_list(ids),),
            )
            words = f"removed {self._source_words(gone)}"
            self._write_action(words, self._hide_sources(gone, now))
            return self._announce(sources=gone)

    def _hide_sources(self, ids: Sequence[int], now: int) -> list[Entry]:
        self._db.run(
            "UPDATE source SET removed_at = ? WHERE id IN (SELECT value FROM json_each(?))", (now, id_list(ids))
        )
        return [Entry("removed_at", id_, None, now) for id_ in ids]

    def update_source(
        self,
        source_id: int,
        *,
        title: str | None = None,
        folder: str | EllipsisType | None = ...,
        url: str | None = None,
    ) -> Change:
        """Rename, move or readdress a source, in one undoable action; what is not given stays.

        An empty title goes back to the feed's own; folder None takes it out of its folder. A new address forgets the
        validators and the error of the old one, which come back with it. Raises UsageError for an unknown source, and
        for an address that another source has.
        """
        with self._db.transaction():
            before = self._source_words([source_id])
            if self.source(source_id) is None:
                raise UsageError(f"There is no source {source_id}.")
            entries: list[Entry] = []
            words = []
            if title is not None:
                given = one_line(title, MAX_NAME) or None
                entries += self._set_field(source_id, "given_title", given)
                words.append(f"renamed {before} to {self._source_words([source_id])}")
            if folder is not ...:
                entries += self._put_into([source_id], one_line(folder or "", MAX_NAME) or None)
                words.append(
                    f"moved {before} to the folder “{folder}”" if folder else f"took {before} out of its folder"
                )
            if url is not None:
                self._check_address_is_free(source_id, url)
                entries += self._set_address(source_id, url)
                words.append(f"changed the address of {before}")
            self._write_action(" and ".join(words), entries)
            return self._announce(sources={entry.target for entry in entries})

    def _check_address_is_free(self, source_id: int, url: str) -> None:
        other = self._db.value(
            "SELECT id FROM source WHERE url = ? AND id <> ? AND removed_at IS NULL", (url, source_id)
        )
        if other is not None:
            raise UsageError(f"{self._source_words([other])} has this address already.")

    def set_source(
        self, source_id: int, *, settings: SourceSettings | None = None, full_text_mode: FullTextMode | None = None
    ) -> Change:
        """Set how a source is fetched, and what opening one of its articles shows first, in one undoable action.

        What is not given stays. With new settings the source is due at once, so that it shows whether they work.
        Raises UsageError for an unknown source.
        """
        with self._db.transaction():
            if self.source(source_id) is None:
                raise UsageError(f"There is no source {source_id}.")
            name = self._source_words([source_id])
            entries: list[Entry] = []
            words = []
            if settings is not None:
                before = settings_of(self._db.value("SELECT settings FROM source WHERE id = ?", (source_id,)))
                changed = [
                    word for key, word in _SETTING_WORDS.items() if getattr(before, key) != getattr(settings, key)
                ]
                if changed:
                    entries += self._set_field(source_id, "settings", settings_json(settings))
                    words.append(f"changed {listed(dict.fromkeys(changed))} of {name}")
            if full_text_mode is not None and (found := self._set_field(source_id, "full_text_mode", full_text_mode)):
                entries += found
                words.append(f"set {name} to show {_MODE_WORDS[full_text_mode]}")
            self._write_action(" and ".join(words), entries)
            return self._announce(sources={entry.target for entry in entries})

    def take_offer(self, source_id: int) -> Change:
        """Move a source to the address at which its lost feed was found again, or to which it moved; undoable.

        Headers, name and password were set for the old origin: another one does not get them.
        Raises UsageError for an unknown source, for one without an offer, and where another source has that address.
        """
        source = self.source(source_id)
        if source is None:
            raise UsageError(f"There is no source {source_id}.")
        if source.offer is None:
            raise UsageError(f"No new address is known of {self._source_words([source_id])}.")
        with self._db.transaction():
            words = f"changed the address of {self._source_words([source_id])}"
            self._check_address_is_free(source_id, source.offer)
            entries = self._take_offer(source, source.offer)
            if any(entry.column == "settings" for entry in entries):
                words += ", and took away its headers and password"
            self._write_action(words, entries)
            return self._announce(sources=[source_id])

    def _take_offer(self, source: Source, offer: str) -> list[Entry]:
        entries = self._set_address(source.id, offer)
        if not keeps_secrets(source.url, offer):
            before = settings_of(self._db.value("SELECT settings FROM source WHERE id = ?", (source.id,)))
            after = before._replace(headers=(), user=None, secret=None)
            if after != before:
                entries += self._set_field(source.id, "settings", settings_json(after))
        return entries


def _settings_given(subscription: Subscription) -> SourceSettings:
    return read_settings(subscription.settings)[0]._replace(interval=subscription.interval or None)


def _source(row: Row) -> Source:
    id_, title, url, kind, *rest = row
    folder, link, unread, total, error, last_success, next_due, mode, offer, status, newest, gap, log, *rest = rest
    tags, settings = rest
    return Source(
        id_,
        shown_title(title, url),
        url,
        SourceKind(kind),
        folder,
        link,
        unread,
        total,
        error,
        last_success,
        next_due,
        FullTextMode(mode),
        offer=offer,
        retired=next_due == NEVER or status == _GONE,
        silent_since=newest if _is_silent(newest, gap, last_success) else None,
        learnt=learnt(log),
        tags=() if tags == "[]" else tuple(json.loads(tags)),
        paused=settings_of(settings).paused,
        gap=gap,
    )


def _is_silent(newest: int | None, gap: int | None, last_success: int | None) -> bool:
    """Whether the last good fetch found nothing new for much longer than is usual for the source."""
    if newest is None or gap is None or last_success is None:
        return False
    return last_success - newest > max(SILENT_FOR, SILENT_GAPS * gap)
