"""Arranging the sources: several at once, and whole folders; each is one undoable action."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from newsreader.bounds import MAX_NAME
from newsreader.errors import UsageError
from newsreader.store.connection import id_list
from newsreader.store.order import shift
from newsreader.store.smart import SmartSources
from newsreader.store.sources import Sources
from newsreader.store.states import settings_json, settings_of
from newsreader.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.model import Change
    from newsreader.store.journal import Entry

T = TypeVar("T")


class Arranging(Sources, SmartSources):
    """The part of the Store that does something to several sources."""

    def move_sources(self, ids: Iterable[int], folder: str | None) -> Change:
        """Put sources into a folder, which begins with them where it is new, or out of any."""
        name = one_line(folder or "", MAX_NAME) or None
        with self._db.transaction():
            chosen = self._feeds_among(ids)
            entries = self._put_into(chosen, name)
            moved = {entry.target for entry in entries if entry.column == "folder"}
            what = self._source_words(moved)
            taken_out = f"took {what} out of {'its folder' if len(moved) == 1 else 'their folders'}"
            self._write_action(f"moved {what} to the folder “{name}”" if name else taken_out, entries)
            return self._announce(sources={entry.target for entry in entries})

    def shift_sources(self, ids: Iterable[int], step: int) -> Change:
        """Let sources change places with what stands above (step -1) or below (1) them in their folder.

        Those that stand there at the end stay.
        """
        with self._db.transaction():
            chosen = frozenset(self._feeds_among(ids))
            rows = self._rows()
            for row in rows.values():
                shift(row, chosen, step)
            entries = self._put_in_order(rows.values())
            self._write_action(f"moved {self._source_words(chosen)} {_way(step)}", entries)
            return self._announce(sources={entry.target for entry in entries})

    def shift_folder(self, folder: str, step: int) -> Change:
        """Let a folder change places with the one above (step -1) or below (1) it. Raises UsageError for none such."""
        with self._db.transaction():
            self._folder_ids(folder)
            rows = self._rows()
            loose = rows.pop(None)
            names = list(rows)
            if folder in names:
                shift(names, {folder}, step)
            entries = self._put_in_order([loose, *(rows[name] for name in names)])
            self._write_action(f"moved the folder “{folder}” {_way(step)}", entries)
            return self._announce(sources={entry.target for entry in entries})

    def rename_folder(self, folder: str, name: str) -> Change:
        """Call a folder otherwise; called as another one, it joins that. Raises UsageError for none such."""
        wanted = one_line(name, MAX_NAME)
        if not wanted:
            raise UsageError("A folder needs a name.")
        with self._db.transaction():
            sources, smart = self._folder_ids(folder)
            joins = wanted in self._rows()
            entries = self._put_into(sources, wanted) if joins else self._set_folders(sources, wanted)
            entries += self._set_smart_folders(smart, folder, wanted)
            self._write_action(f"renamed the folder “{folder}” to “{wanted}”", entries)
            return self._announce(sources=sources, smart=smart)

    def dissolve_folder(self, folder: str) -> Change:
        """Take a folder away and keep what is in it, without a folder. Raises UsageError for none such."""
        with self._db.transaction():
            sources, smart = self._folder_ids(folder)
            entries = [*self._put_into(sources, None), *self._set_smart_folders(smart, folder, None)]
            self._write_action(f"dissolved the folder “{folder}”", entries)
            return self._announce(sources=sources, smart=smart)

    def remove_folder(self, folder: str) -> Change:
        """Take a folder away with the sources and smart sources in it. Raises UsageError for none such."""
        with self._db.transaction():
            sources, smart = self._folder_ids(folder)
            now = self._now()
            entries = self._hide_sources(sources, now)
            entries += [entry for id_ in smart for entry in self._set_smart(id_, "removed_at", None, now)]
            what = [self._source_words(sources)] if sources else []
            what += [self._smart_words(smart)] if smart else []
            self._write_action(f"removed the folder “{folder}” with {listed(what)}", entries)
            return self._announce(sources=sources, smart=smart)

    def pause_sources(self, ids: Iterable[int], paused: bool) -> Change:
        """Let sources pause: they are not fetched until they go on; those that do so already stay as they are."""
        now = self._now() if paused else None
        with self._db.transaction():
            entries: list[Entry] = []
            for id_ in self._feeds_among(ids):
                before = settings_of(self._db.value("SELECT settings FROM source WHERE id = ?", (id_,)))
                if (before.paused is None) == paused:
                    entries += self._set_field(id_, "settings", settings_json(before._replace(paused=now)))
            changed = {entry.target for entry in entries}
            self._write_action(f"{'paused' if paused else 'resumed'} {self._source_words(changed)}", entries)
            return self._announce(sources=changed)

    def take_offers(self, ids: Iterable[int]) -> Change:
        """Move sources to the addresses that are offered to them; those without one stay."""
        with self._db.transaction():
            entries: list[Entry] = []
            moved: list[int] = []
            addresses = {source.url for source in self.sources()}
            for source in map(self.source, self._feeds_among(ids)):
                if source is not None and source.offer is not None and source.offer not in addresses:
                    addresses.add(source.offer)
                    moved.append(source.id)
                    entries += self._take_offer(source, source.offer)
            addressed = "address" if len(moved) == 1 else "addresses"
            self._write_action(f"took the new {addressed} of {self._source_words(moved)}", entries)
            return self._announce(sources=moved)

    def set_user_agent(self, ids: Iterable[int], user_agent: str) -> Change:
        """Ask sources with this user agent from now on."""
        with self._db.transaction():
            entries: list[Entry] = []
            for id_ in self._feeds_among(ids):
                before = settings_of(self._db.value("SELECT settings FROM source WHERE id = ?", (id_,)))
                entries += self._set_field(id_, "settings", settings_json(before._replace(user_agent=user_agent)))
            changed = {entry.target for entry in entries}
            self._write_action(f"set the user agent of {self._source_words(changed)}", entries)
            return self._announce(sources=changed)

    def tag_sources(self, ids: Iterable[int], add: Sequence[str], remove: Sequence[str] = ()) -> Change:
        """Put tags on sources and take others away; tags are the same in any case."""
        wanted = {tag.casefold(): tag for each in add if (tag := one_line(each, MAX_NAME))}
        unwanted = {one_line(each, MAX_NAME).casefold() for each in remove} - set(wanted)
        with self._db.transaction():
            entries: list[Entry] = []
            for id_ in self._feeds_among(ids):
                stored = json.loads(self._db.value("SELECT tags FROM source WHERE id = ?", (id_,)))
                kept = [tag for tag in stored if tag.casefold() not in unwanted]
                has = {tag.casefold() for tag in kept}
                kept += [tag for key, tag in wanted.items() if key not in has]
                entries += self._set_field(id_, "tags", json.dumps(kept)) if kept != stored else ()
            changed = {entry.target for entry in entries}
            what = self._source_words(changed)
            said = [f"tagged {what} {_hashed(wanted.values())}"] if wanted else []
            said += [f"took {_hashed(unwanted)} from {what}"] if unwanted else []
            self._write_action(listed(said), entries)
            return self._announce(sources=changed)

    def source_tags(self) -> tuple[str, ...]:
        """All tags of sources, by name."""
        tags = {tag.casefold(): tag for source in self.sources() for tag in source.tags}
        return tuple(tags[key] for key in sorted(tags))

    def _feeds_among(self, ids: Iterable[int]) -> list[int]:
        """Those of these sources that are feeds and were not removed, in their order."""
        return self._db.column(
            "SELECT id FROM source WHERE removed_at IS NULL AND kind = 'feed' "
            "AND id IN (SELECT value FROM json_each(?)) ORDER BY position, id",
            (id_list(ids),),
        )

    def _folder_ids(self, folder: str) -> tuple[list[int], list[int]]:
        """The feeds and the smart sources of a folder. Raises UsageError for one that is not there."""
        sources = self._rows().get(folder, [])
        smart = [each.id for each in self.smart_sources() if each.folder == folder]
        if not sources and not smart:
            raise UsageError(f"There is no folder “{one_line(folder, MAX_NAME)}”.")
        return sources, smart

    def _set_folders(self, sources: Iterable[int], folder: str) -> list[Entry]:
        return [entry for id_ in sources for entry in self._set_field(id_, "folder", folder)]

    def _set_smart_folders(self, smart: Iterable[int], was: str, folder: str | None) -> list[Entry]:
        return [entry for id_ in smart for entry in self._set_smart(id_, "folder", was, folder)]


def _way(step: int) -> str:
    return "up" if step < 0 else "down"


def _hashed(tags: Iterable[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of a source as a person writes them: between commas, perhaps with #, each once."""
    given = (one_line(each).lstrip("#") for each in line.split(","))
    return tuple({tag.casefold(): tag for tag in given if tag}.values())
