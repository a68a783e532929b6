"""What the pages of a site have in common: marks of the blocks at the ends of its last articles (`pages.repeated`)."""

from __future__ import annotations

import struct
from collections import Counter
from typing import TYPE_CHECKING, Final

from newsreader.bounds import SITE_BLOCKS, SITE_DAYS, SITE_PAGES, SITE_REPEATED
from newsreader.store.part import Part

if TYPE_CHECKING:
    from collections.abc import Sequence


_DAY: Final = 86_400


class Sites(Part):
    """The part of the Store that remembers what stood around the articles of a site."""

    def site_blocks(self, host: str, article_id: int) -> dict[int, float]:
        """The marks that stood in SITE_REPEATED or more of a site's other articles; in which share of them each did."""
        pages = self._db.column("SELECT marks FROM site_block WHERE host = ? AND article_id <> ?", (host, article_id))
        counts = Counter(mark for page in pages for mark in struct.unpack(f"<{len(page) // 8}q", page))
        return {mark: count / len(pages) for mark, count in counts.items() if count >= SITE_REPEATED}

    def note_site_blocks(self, host: str, article_id: int, marks: Sequence[int]) -> None:
        """Remember the marks of one article, in place of earlier ones; the last SITE_PAGES of a site are kept."""
        marks = marks[-SITE_BLOCKS:]
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO site_block (host, article_id, seen_at, marks) VALUES (?, ?, ?, ?)",
                (host, article_id, self._now(), struct.pack(f"<{len(marks)}q", *marks)),
            )
            self._db.run(
                """
                DELETE FROM site_block WHERE host = ?1 AND article_id NOT IN (
                    SELECT article_id FROM site_block WHERE host = ?1 ORDER BY seen_at DESC, article_id DESC LIMIT ?2
                )
                """,
                (host, SITE_PAGES),
            )

    def forget_sites(self) -> bool:
        """Forget marks of long ago, within a transaction; say whether there were any."""
        return self._db.run("DELETE FROM site_block WHERE seen_at < ?", (self._now() - SITE_DAYS * _DAY,)) > 0
