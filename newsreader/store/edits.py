"""Taking over what a person edited in the list of the sources that mirrors the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from newsreader.bounds import MAX_NAME
from newsreader.model import SavedSearch
from newsreader.store.arranging import Arranging
from newsreader.store.settings import parse_setting
from newsreader.store.states import settings_json, settings_of
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.model import Change, SourceEdits, Subscription
    from newsreader.store.journal import Entry


class Edits(Arranging):
    """The part of the Store that follows a list of its sources."""

    def take_edits(self, edits: SourceEdits, name: str) -> Change:
        """Let the library say what an edited list of it says, as one undoable action; `name` is the list's.

        Raises UsageError for an address that another source has.
        """
        with self._db.transaction():
            ids = {source.url: source.id for source in self.sources()}
            gone = [ids[each.url] for each in edits.removed if each.url in ids]
            now = self._now()
            entries = self._hide_sources(gone, now)
            for old, new in edits.readdressed:
                if old in ids:
                    self._check_address_is_free(ids[old], new)
                    entries += self._set_address(ids[old], new)
                    ids[new] = ids.pop(old)
            entries += self._add(edits.added)[1]
            here = {each.url: each for each in self.subscriptions()}
            for each in edits.changed:
                entries += self._follow(ids[each.url], here[each.url], each) if each.url in ids else ()
            entries += self._put_as(edits.order)
            smart = self._take_smart(edits, now)
            folded = _folded([*entries, *smart])
            self._write_action(f"took over what was edited in {name}", folded)
            return self._announce(sources={entry.target for entry in entries}, smart={entry.target for entry in smart})

    def _follow(self, source_id: int, here: Subscription, given: Subscription) -> list[Entry]:
        """Let a source be as a list says; what the list cannot hold, such as a password, stays."""
        entries = []
        if given.title and given.title != here.title:
            entries += self._set_field(source_id, "given_title", one_line(given.title, MAX_NAME))
        if given.folder != here.folder:
            entries += self._put_into([source_id], given.folder)
        settings = settings_of(self._db.value("SELECT settings FROM source WHERE id = ?", (source_id,)))
        before, after = dict(here.settings), dict(given.settings)
        for key in (key for key in {**before, **after} if before.get(key) != after.get(key)):
            settings = parse_setting(settings, key, after.get(key, ""))
        settings = settings._replace(interval=given.interval)
        entries += self._set_field(source_id, "settings", settings_json(settings))
        entries += self._set_field(source_id, "full_text_mode", given.full_text_mode)
        return [*entries, *self._set_field(source_id, "tags", json.dumps(given.tags))]

    def _put_as(self, addresses: Sequence[str]) -> list[Entry]:
        """Put the sources into the order of these addresses; what is not among them stays at the end of its folder."""
        place = {url: number for number, url in enumerate(addresses)}
        places = {source.id: place.get(source.url, len(place)) for source in self.sources()}
        rows = {name: sorted(row, key=places.__getitem__) for name, row in self._rows().items()}
        loose = rows.pop(None)
        return self._put_in_order([loose, *sorted(rows.values(), key=lambda row: places[row[0]])])

    def _take_smart(self, edits: SourceEdits, now: int) -> list[Entry]:
        gone = set(edits.smart_removed)
        entries = [
            entry
            for each in self.smart_sources()
            if SavedSearch(each.title, each.query, each.folder) in gone
            for entry in self._set_smart(each.id, "removed_at", None, now)
        ]
        return [*entries, *self._add_searches(edits.smart_added)[1]]


def _folded(entries: Iterable[Entry]) -> list[Entry]:
    """Of several entries about one value one: from what it was first to what it became last."""
    found: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        before = found.get((entry.column, entry.target))
        found[entry.column, entry.target] = entry if before is None else entry._replace(was=before.was)
    return list(found.values())
