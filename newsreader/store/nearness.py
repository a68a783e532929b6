"""Which articles are near others: who holds a word, and the beginnings of articles, to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Holders, Lead, SourceKind
from newsreader.store.connection import id_list
from newsreader.store.kept import KEPT, NOT_REMOVED
from newsreader.store.part import Part
from newsreader.store.search import TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_HOLDERS: Final = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"


class Nearness(Part):
    """The part of the Store that articles are compared by."""

    def holders(self, words: Iterable[str], most: int) -> dict[str, Holders]:
        """The newest `most` articles that hold each of these words of the index, by id, the newest first.

        How many hold it in all is told from how far back these go: a common word is common everywhere.
        """
        newest = self.newest_id()
        return {word: self._held(word, most, newest) for word in words}

    def newest_id(self) -> int:
        """The id of the article that came last: about how many there ever were."""
        return int(self._db.value("SELECT max(id) FROM status") or 0)

    def _held(self, word: str, most: int, newest: int) -> Holders:
        ids = tuple(self._db.column(_HOLDERS, (f'"{word}"', most)))
        if len(ids) < most:
            return Holders(ids, len(ids))
        return Holders(ids, max(most, round(newest * most / (newest - ids[-1] + 1))))

    def handbook_articles(self) -> list[int]:
        """The articles that the program brings along."""
        return self._db.column(
            "SELECT id FROM status WHERE here = 1 AND source_id IN (SELECT id FROM source WHERE kind = ?)",
            (SourceKind.BUILTIN,),
        )

    def leads(self, ids: Collection[int], letters: int) -> tuple[Lead, ...]:
        """Articles as far as they are compared, in the order of the ids; `letters` of the text of each.

        Those of a source that was removed are left out, but for what was kept.
        """
        rows = self._db.all(
            f"""
            SELECT st.id, st.source_id, st.sort_at, a.title, a.url, substr({TEXT}, 1, ?2)
            FROM json_each(?1) asked CROSS JOIN status st ON st.id = asked.value JOIN article a ON a.id = st.id
            WHERE st.here = 1 AND ({NOT_REMOVED} OR {KEPT}) ORDER BY asked.key
            """,
            (id_list(ids), letters),
        )
        return tuple(Lead(*row) for row in rows)
