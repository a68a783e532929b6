"""What the person writes to articles: tags, notes, highlighted passages."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_NOTE, MAX_PASSAGE, MAX_TAG, MAX_TAGS
from newsreader.model import Highlight, Place, Tag
from newsreader.store.connection import id_list
from newsreader.store.journal import Entry
from newsreader.store.kept import ALL_KEPT
from newsreader.store.kinds import tagged
from newsreader.store.status import Statuses
from newsreader.text import clean_text, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from newsreader.model import Change


TAGS: Final = "(SELECT json_group_array(name) FROM tagged JOIN tag ON tag.id = tag_id WHERE article_id = st.id)"
"""The names of the tags of an article, a row `st` of `status`, for `tags_from`."""


class Keeping(Statuses):
    """The part of the Store that knows tags, notes and highlights."""

    def tag(self, ids: Iterable[int], add: Iterable[str], remove: Iterable[str] = ()) -> Change:
        """Put tags on articles and take others from them, in one undoable action.

        A tag that is nowhere begins here; one that is known keeps the capitals that it has.
        """
        added, taken = tags_named(add), tags_named(remove)
        with self._db.transaction():
            here = self._here(ids)
            entries = [entry for name in added for entry in self._put_tag(here, name)]
            entries += [entry for name in taken for entry in self._take_tag(here, name)]
            return self._done(self._tag_words(entries), entries)

    def set_note(self, article_id: int, text: str) -> Change:
        """Write a note to an article in place of the one that it has; an empty one takes it away. Undoable."""
        with self._db.transaction():
            entries = self._write_note(article_id, text)
            which = self._article_words([article_id])
            words = f"wrote a note to {which}" if entries and entries[0].became else f"took the note from {which}"
            return self._done(words, entries)

    def keep(self, article_id: int, tags: Iterable[str], note: str | None) -> Change:
        """Bookmark an article with exactly these tags and this note, in one undoable action; None leaves its note."""
        wanted = tags_named(tags)
        with self._db.transaction():
            here = self._here([article_id])
            entries = self._set_moment("bookmarked_at", here, True)
            folded = {name.casefold() for name in wanted}
            entries += [entry for name in wanted for entry in self._put_tag(here, name)]
            for name in self._tags_on(article_id):
                if name.casefold() not in folded:
                    entries += self._take_tag(here, name)
            entries += self._write_note(article_id, note) if here and note is not None else []
            which = self._article_words([article_id])
            words = f"bookmarked {which}" if any(entry.column == "bookmarked_at" for entry in entries) else ""
            return self._done(words or f"changed the tags and the note of {which}", entries)

    def keep_all(self, ids: Iterable[int], add: Iterable[str], remove: Iterable[str] = ()) -> Change:
        """Bookmark articles and tag them, as `tag` does, in one undoable action."""
        added, taken = tags_named(add), tags_named(remove)
        with self._db.transaction():
            here = self._here(ids)
            entries = self._set_moment("bookmarked_at", here, True)
            tagged = [entry for name in added for entry in self._put_tag(here, name)]
            tagged += [entry for name in taken for entry in self._take_tag(here, name)]
            which = self._article_words({entry.target for entry in entries})
            words = [f"bookmarked {which}"] if entries else []
            return self._done(" and ".join([*words, *([self._tag_words(tagged)] if tagged else [])]), entries + tagged)

    def highlight(self, article_id: int, place: Place) -> Change:
        """Highlight the passage whose words stand at a place, in one undoable action; the same twice is one."""
        words = clean_text(place.words).strip()[:MAX_PASSAGE]
        with self._db.transaction():
            if not words or not self._here([article_id]):
                return self._nothing()
            now = self._now()
            id_, removed = self._db.one(
                "SELECT id, removed_at FROM highlight "
                "WHERE article_id = ? AND words = ? AND block = ? AND full_text = ?",
                (article_id, words, place.block, int(place.full_text)),
            ) or (None, None)
            if id_ is not None and removed is None:
                return self._nothing()
            if id_ is None:
                removed = now
                id_ = self._db.insert(
                    "INSERT INTO highlight (article_id, full_text, block, offset, words, made_at) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (article_id, int(place.full_text), place.block, place.offset, words, now),
                )
            self._db.run("UPDATE highlight SET removed_at = NULL WHERE id = ?", (id_,))
            self._write_action(
                f"highlighted a passage in {self._article_words([article_id])}",
                [Entry("highlight.removed_at", id_, removed, None), *self._unhide([article_id])],
            )
            return self._announce(articles=[article_id], sources=self._sources_of([article_id]))

    def remove_highlights(self, ids: Iterable[int]) -> Change:
        """Take highlights away, in one undoable action."""
        now = self._now()
        with self._db.transaction():
            rows = self._db.all(
                "SELECT id, article_id FROM highlight "
                "WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?))",
                (id_list(ids),),
            )
            if not rows:
                return self._nothing()
            gone, articles = [row[0] for row in rows], {row[1] for row in rows}
            self._db.run(
                "UPDATE highlight SET removed_at = ? WHERE id IN (SELECT value FROM json_each(?))", (now, id_list(gone))
            )
            self._write_action(
                f"took a highlight from {self._article_words(articles)}",
                [Entry("highlight.removed_at", id_, None, now) for id_ in gone],
            )
            return self._announce(articles=articles, sources=self._sources_of(articles))

    def highlights(self, article_id: int) -> tuple[Highlight, ...]:
        """The highlighted passages of an article, in the order of its text."""
        rows = self._db.all(
            "SELECT id, full_text, block, offset, words, made_at FROM highlight "
            "WHERE article_id = ? AND removed_at IS NULL ORDER BY block, offset, id",
            (article_id,),
        )
        return tuple(
            Highlight(id_, Place(bool(full), block, offset, words), made_at)
            for id_, full, block, offset, words, made_at in rows
        )

    def keepsakes(self, *, all_kept: bool = False) -> tuple[tuple[int, int | None], ...]:
        """What the person wrote to or bookmarked, newest first: the articles, and when each was bookmarked.

        `all_kept` takes what is only tagged, or waits in Later, too.
        """
        written = """(
            SELECT id FROM status INDEXED BY status_bookmarked WHERE here = 1 AND bookmarked_at IS NOT NULL
            UNION SELECT id FROM note UNION SELECT article_id FROM highlight WHERE removed_at IS NULL
        )"""
        which = ALL_KEPT if all_kept else written
        rows = self._db.all(
            f"SELECT id, bookmarked_at FROM status WHERE here = 1 AND id IN {which} ORDER BY sort_at DESC, id DESC"
        )
        return tuple((id_, kept_at) for id_, kept_at in rows)

    def tags(self) -> tuple[Tag, ...]:
        """All tags that are on an article, those on most articles first."""
        rows = self._db.all(
            """
            SELECT name, count(*)
            FROM tag CROSS JOIN tagged ON tag_id = tag.id CROSS JOIN status ON status.id = article_id
            WHERE here = 1 GROUP BY tag.id ORDER BY count(*) DESC, name
            """
        )
        return tuple(Tag(*row) for row in rows)

    def _here(self, ids: Iterable[int]) -> list[int]:
        return self._db.column(
            "SELECT id FROM status WHERE here > 0 AND id IN (SELECT value FROM json_each(?))", (id_list(ids),)
        )

    def _put_tag(self, ids: Collection[int], name: str) -> list[Entry]:
        """Put one tag on articles, in the running transaction; gives the entries for those that lacked it."""
        known = self._known_tag(name)
        tag_id, name = known or (self._db.insert("INSERT INTO tag (name) VALUES (?)", (name,)), name)
        lacking = self._db.column(
            "SELECT value FROM json_each(?) EXCEPT SELECT article_id FROM tagged WHERE tag_id = ?",
            (id_list(ids), tag_id),
        )
        self._db.many("INSERT INTO tagged (tag_id, article_id) VALUES (?, ?)", [(tag_id, id_) for id_ in lacking])
        return [Entry(tagged(name), id_, 0, 1) for id_ in lacking]

    def _take_tag(self, ids: Collection[int], name: str) -> list[Entry]:
        known = self._known_tag(name)
        if known is None:
            return []
        tag_id, name = known
        having = self._db.column(
            "SELECT article_id FROM tagged WHERE tag_id = ? AND article_id IN (SELECT value FROM json_each(?))",
            (tag_id, id_list(ids)),
        )
        self._db.run(
            "DELETE FROM tagged WHERE tag_id = ? AND article_id IN (SELECT value FROM json_each(?))",
            (tag_id, id_list(having)),
        )
        return [Entry(tagged(name), id_, 1, 0) for id_ in having]

    def _known_tag(self, name: str) -> tuple[int, str] | None:
        """The tag of this name, whatever its capitals: SQLite knows those of ASCII only."""
        row = self._db.one("SELECT id, name FROM tag WHERE name = ?", (name,))
        if row is None and not name.isascii():
            folded = name.casefold()
            row = next((row for row in self._db.all("SELECT id, name FROM tag") if row[1].casefold() == folded), None)
        return None if row is None else (row[0], row[1])

    def _tags_on(self, article_id: int) -> list[str]:
        return self._db.column(
            "SELECT name FROM tag JOIN tagged ON tag_id = tag.id WHERE article_id = ? ORDER BY name", (article_id,)
        )

    def _write_note(self, article_id: int, text: str) -> list[Entry]:
        text = one_line(text, MAX_NOTE)
        before = self._db.value("SELECT text FROM note WHERE id = ?", (article_id,))
        if (before or "") == text or not self._here([article_id]):
            return []
        if text:
            self._db.run(
                "INSERT INTO note (id, text, written_at) VALUES (?, ?, ?) ON CONFLICT (id) "
                "DO UPDATE SET text = excluded.text, written_at = excluded.written_at",
                (article_id, text, self._now()),
            )
        else:
            self._db.run("DELETE FROM note WHERE id = ?", (article_id,))
        return [Entry("note", article_id, before, text or None)]

    def _tag_words(self, entries: Collection[Entry]) -> str:
        """What tagging did, in words."""
        added, taken = (
            dict.fromkeys(entry.column.partition(":")[2] for entry in entries if bool(entry.became) is put)
            for put in (True, False)
        )
        which = self._article_words({entry.target for entry in entries})
        if not added:
            return f"took {_hashed(taken)} from {which}"
        return f"tagged {which} {_hashed(added)}" + (f" and no longer {_hashed(taken)}" if taken else "")


def _hashed(names: Iterable[str]) -> str:
    return " ".join(f"#{name}" for name in names)


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in a line that a person wrote: words between spaces or commas, "#" before them or not, each once."""
    found: dict[str, str] = {}
    for word in one_line(unicodedata.normalize("NFC", text)).replace(",", " ").split():
        if name := word.lstrip("#")[:MAX_TAG]:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_TAGS]


def tags_named(names: Iterable[str]) -> tuple[str, ...]:
    """The tags of these names; a name of several words is one tag."""
    return tags_of(" ".join("-".join(part.split()) for name in names for part in name.split(",")))


def tags_from(stored: str | None) -> tuple[str, ...]:
    """Tags as a row of SQL gives them (`TAGS`), by name."""
    return () if stored in {None, "[]"} else tuple(sorted(json.loads(stored), key=str.casefold))
