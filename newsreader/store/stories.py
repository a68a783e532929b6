"""Stories in the library: which articles are of one event, and which of them are copies.

`told` has a row for each article of a story of several; those that are alone have none. The worker places articles in
the order in which they came in (`newsreader.stories.clustering`), and how far it is stands in `memory`.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Final

from newsreader.bounds import STORIES_BACK, TOP_SOURCES, TOP_STORIES, TOP_TIME
from newsreader.model import Lead, Origin, Placed, SourceKind, StoryArticle, Teller
from newsreader.store.connection import id_list
from newsreader.store.kept import KEPT, NOT_REMOVED
from newsreader.store.part import Part, shown_title

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsreader.model import Change

_UPTO: Final = "stories"
_WEIGHED: Final = 5_000  # stories of the last days: far more than any person's sources have
_DOUBLE: Final = 86_400  # seconds of freshness that twice as many sources weigh
_LEAD: Final = """
    st.id, st.source_id, st.sort_at, a.title, a.url,
    substr(coalesce((SELECT text FROM feed_body b WHERE b.id = st.id), ''), 1, ?)
"""
# In this order: SQLite would rather begin at the sources, and sort all that is in the library for the next few.
_TABLES: Final = "status st CROSS JOIN article a ON a.id = st.id CROSS JOIN source s ON s.id = st.source_id"
_PLACEABLE: Final = f"st.here = 1 AND s.kind = '{SourceKind.FEED}' AND s.removed_at IS NULL"
_MEMBERS: Final = f"told member CROSS JOIN status st ON st.id = member.article_id AND st.here = 1 AND {NOT_REMOVED}"
TELLERS: Final = f"(SELECT count(DISTINCT st.source_id) FROM {_MEMBERS} WHERE member.story = told.story)"
"""Of how many sources that are still here the story of a row of `told` is: sources are removed, and come back."""


class StoryShelf(Part):
    """The part of the Store that knows stories."""

    def unplaced(self, limit: int, letters: int) -> tuple[int, tuple[Lead, ...]]:
        """The next articles that belong to no story yet, in the order in which they came; `letters` of each text.

        Before them stands the last article that was placed, which `place` wants to know.
        """
        upto = self._placed_upto()
        rows = self._db.all(
            f"SELECT {_LEAD} FROM {_TABLES} WHERE st.id > ? AND {_PLACEABLE} ORDER BY st.id LIMIT ?",
            (letters, upto, limit),
        )
        return upto, tuple(Lead(*row) for row in rows)

    def placed(
        self, since: int, limit: int, letters: int, before: int | None = None
    ) -> tuple[tuple[Lead, Placed], ...]:
        """The last articles that were placed, newest first, each with its place: what new ones are compared with.

        Those published before `since` are left out, and those from the article `before` on: it ends the page before.
        """
        rows = self._db.all(
            f"""
            SELECT {_LEAD}, coalesce(t.story, st.id), t.copy_of
            FROM {_TABLES} LEFT JOIN told t ON t.article_id = st.id
            WHERE st.sort_at >= ? AND st.id <= ? AND {_PLACEABLE} ORDER BY st.id DESC LIMIT ?
            """,
            (letters, since, self._placed_upto() if before is None else before - 1, limit),
        )
        return tuple((Lead(*row[:6]), Placed(row[0], row[6], row[7])) for row in rows)

    def place(self, placed: Sequence[Placed], upto: int) -> Change | None:
        """Write down where these belong, which `unplaced` gave; whoever shows one of their stories is told.

        None, and nothing is written, where another process placed articles since.
        """
        told: dict[int, int] = {}
        for each in placed:  # one after the other: what one joined a later one may bring to another story
            if each.story != each.id:
                told |= dict.fromkeys((each.story, each.id, *each.joined), each.story)
        copies = {each.id: each.copy_of for each in placed}
        with self._db.transaction():
            if self._placed_upto() != upto:
                return None
            before = self._db.column(
                "SELECT DISTINCT story FROM told WHERE article_id IN (SELECT value FROM json_each(?))",
                (id_list(told),),
            )
            self._db.many(
                "INSERT INTO told (article_id, story, copy_of) VALUES (?, ?, ?) "
                "ON CONFLICT (article_id) DO UPDATE SET story = excluded.story",
                [(id_, story, copies.get(id_)) for id_, story in told.items()],
            )
            stories = set(told.values())
            self._count_stories(stories.union(before))
            self._db.run(
                "INSERT INTO memory (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                (_UPTO, str(placed[-1].id)),
            )
            members = self._db.all(
                "SELECT st.id, st.source_id FROM told t JOIN status st ON st.id = t.article_id "
                "WHERE t.story IN (SELECT value FROM json_each(?))",
                (id_list(stories),),
            )  # with their sources, beside which stands how many top stories there are
            return self._announce(articles={id_ for id_, _ in members}, sources={source for _, source in members})

    def _count_stories(self, stories: Collection[int]) -> None:
        """Keep how large each story is; a wire text in five papers is one voice (`independent`)."""
        listed = (id_list(stories),)
        self._db.run("DELETE FROM story WHERE id IN (SELECT value FROM json_each(?))", listed)
        self._db.run(
            """
            INSERT INTO story (id, newest, sources, independent)
            SELECT t.story, max(st.sort_at), count(DISTINCT st.source_id),
                count(DISTINCT CASE WHEN t.copy_of IS NULL THEN st.source_id END)
            FROM told t JOIN status st ON st.id = t.article_id
            WHERE t.story IN (SELECT value FROM json_each(?)) GROUP BY t.story
            """,
            listed,
        )

    def story_of(self, article_id: int) -> tuple[StoryArticle, ...]:
        """The articles of an article's story that are in the library, in the order of their times.

        It is among them, unless it is hidden or its source was removed. One that is alone has none.
        """
        rows = self._db.all(
            f"""
            SELECT t.article_id, t.copy_of FROM told t JOIN status st ON st.id = t.article_id
            WHERE t.story = (SELECT story FROM told WHERE article_id = ?) AND st.here = 1
                AND ({NOT_REMOVED} OR {KEPT})
            ORDER BY st.sort_at, st.id
            """,
            (article_id,),
        )
        return tuple(StoryArticle(*row) for row in rows) if len(rows) > 1 else ()

    def origins(self, ids: Collection[int]) -> dict[int, Origin]:
        """From where these articles are."""
        rows = self._db.all(
            "SELECT st.id, st.source_id, t.story FROM status st LEFT JOIN told t ON t.article_id = st.id "
            "WHERE st.id IN (SELECT value FROM json_each(?))",
            (id_list(ids),),
        )
        return {id_: Origin(source, story) for id_, source, story in rows}

    def first_tellers(self, stories: Collection[int]) -> dict[int, Teller]:
        """Who told each of these stories first, of what is in the library."""
        rows = self._db.all(
            f"""
            SELECT member.story, min(st.sort_at), coalesce(nullif(s.given_title, ''), nullif(s.feed_title, '')), s.url
            FROM json_each(?) asked CROSS JOIN {_MEMBERS} AND member.story = asked.value
            JOIN source s ON s.id = st.source_id GROUP BY member.story
            """,
            (id_list(stories),),
        )
        return {story: Teller(shown_title(title, url), at) for story, at, title, url in rows}

    def top_stories(self, since: int | None = None) -> list[tuple[int, int]]:
        """The stories of the last days of which several sources tell, each as its first article, with their weights.

        Or those since a moment. The heaviest come first: a weight is the time of the newest article, and later for each
        doubling of sources that wrote themselves. It needs no clock, so a list of these stays in its order. What went
        with its source weighs on, but one source that is left makes no story.
        """
        rows = self._db.all(
            "SELECT id, newest, independent FROM story WHERE newest >= ? AND independent >= ? "
            "ORDER BY newest DESC LIMIT ?",
            (self._now() - TOP_TIME if since is None else since, TOP_SOURCES, _WEIGHED),
        )
        weights = {id_: newest + round(_DOUBLE * log2(independent)) for id_, newest, independent in rows}
        heaviest = sorted(weights, key=lambda id_: (-weights[id_], -id_))[:TOP_STORIES]
        firsts = self._db.all(
            f"""
            SELECT value, (SELECT st.id FROM {_MEMBERS} WHERE member.story = value ORDER BY st.sort_at, st.id LIMIT 1)
            FROM json_each(?) WHERE {TOP_SOURCES} <= (
                SELECT count(DISTINCT st.source_id) FROM {_MEMBERS}
                WHERE member.story = value AND member.copy_of IS NULL
            )
            """,
            (id_list(heaviest),),
        )
        return sorted(((weights[story], first) for story, first in firsts if first is not None), reverse=True)

    def copies_of(self, ids: Collection[int]) -> list[int]:
        """Further articles that are the same text or page as one of these."""
        return self._db.column(
            """
            SELECT other.article_id FROM told mine
            JOIN told other ON other.story = mine.story
                AND coalesce(other.copy_of, other.article_id) = coalesce(mine.copy_of, mine.article_id)
            WHERE mine.article_id IN (SELECT value FROM json_each(?1))
                AND other.article_id NOT IN (SELECT value FROM json_each(?1))
            """,
            (id_list(ids),),
        )

    def _placed_upto(self) -> int:
        """The last article that was placed; in a library of a time before stories, of what came long ago none is."""
        upto = self._db.value("SELECT value FROM memory WHERE key = ?", (_UPTO,))
        if upto is None or not str(upto).isdecimal():
            upto = max(0, int(self._db.value("SELECT max(id) FROM status") or 0) - STORIES_BACK)
        return int(upto)
