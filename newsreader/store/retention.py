"""Retention: which articles go by age and by count, what that would take, and taking it in short steps.

Nothing goes unless the person says so. What stays whatever is set: what is kept on purpose (`store.kept`), what is open
in a window, and what is unread, unless the line says `unread`; what a rule hides is unread by intent and ages with the
rest. The status of what goes stays, and by the hash in it the article is known while its feed still carries it: so
nothing comes back, neither as unread nor at all.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from newsreader.bounds import BATCH_TIME, RETENTION_EVERY, RETENTION_GRACE, RETENTION_LOOK
from newsreader.model import Going, Keep, RetentionPreview, SourceKind, read_keep
from newsreader.store.articles import Articles
from newsreader.store.connection import id_list
from newsreader.store.kept import KEPT
from newsreader.store.part import shown_title
from newsreader.store.states import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Mark: TypeAlias = tuple[int, int]
"""A place in the order of lists: sort time and id."""

_DAY: Final = 86_400
_LAST: Final = 2**62
_OPEN_KEY: Final = "open."
_PLAN_KEY: Final = "retention.plan"
_CHUNK: Final = 20  # articles between two looks at the clock: out of the index they go with all their words
_LOOKING: Final = 0.01  # seconds of one step that looking for what goes may take, where nothing is found
# Whether a row `st` goes: `?` are whether unread ones go, the mark of count, and the moment of age, twice.
_GOES: Final = f"""
    (st.read = 1 OR st.here = 2 OR ?) AND NOT {KEPT}
    AND ((st.sort_at, st.id) < (?, ?) OR (st.sort_at < ? AND coalesce(st.opened_at, 0) < ?))
"""
# Bytes as they lie in the library (`store.bodies`): nothing is unpacked for it.
_SIZE: Final = """
    SELECT coalesce(sum(size), 0) FROM (
        SELECT length(html) + length(text) + coalesce(length(document), 0) AS size FROM feed_loose WHERE id IN ids
        UNION ALL SELECT length(body) FROM feed_packed WHERE id IN ids
        UNION ALL SELECT length(body) FROM feed_before WHERE id IN ids
        UNION ALL
        SELECT length(html) + length(text) + coalesce(length(document), 0) FROM full_loose WHERE id IN ids
        UNION ALL SELECT length(body) FROM full_packed WHERE id IN ids
        UNION ALL SELECT length(body) FROM full_before WHERE id IN ids
        UNION ALL SELECT length(html) + coalesce(length(document), 0) FROM former WHERE article_id IN ids
        UNION ALL SELECT length(comments) + length(html) FROM discussion WHERE id IN ids
    )
"""


class _Limit(NamedTuple):
    """What goes of one source: everything before `newest` in the order of lists, and what is older than `age`."""

    source_id: int
    title: str
    keep: Keep
    newest: Mark
    age: int

    @property
    def end(self) -> Mark:
        """Nothing from here on goes."""
        return max(self.newest, (self.age, 0))

    @property
    def values(self) -> tuple[int, ...]:
        """What `_GOES` wants to know."""
        return int(self.keep.unread), *self.newest, self.age, self.age


_Round: TypeAlias = "Iterator[tuple[_Limit, list[int]]]"


class Retention(Articles):
    """The part of the Store that lets old articles go."""

    _round: _Round | None = None
    _left: tuple[_Limit, list[int]] | None = None
    _next_round = 0
    _rounds_plan = ""

    def note_open(self, ids: Sequence[int]) -> None:
        """These articles are on the screen of this window: they stay until it shows others."""
        key, value = f"{_OPEN_KEY}{self._window}", id_list(ids)
        if self._db.value("SELECT value FROM memory WHERE key = ?", (key,)) != value:
            with self._db.transaction():
                self._db.run("INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", (key, value))

    def preview_retention(
        self, everywhere: Keep, *, source_id: int | None = None, keep: Keep | None = None
    ) -> RetentionPreview:
        """What would go now, with this line for the sources that have none of their own; of one source, or of all.

        `keep` is tried in place of what is set, for each of them.
        """
        if (problem := self.clock_problem()) is not None:
            return RetentionPreview(problem=problem)
        found: dict[int, Going] = {}
        for limit, ids in self._going(self._limits(everywhere, source_id, keep)):
            if ids:
                before = found.get(limit.source_id)
                count, size = (before.articles, before.size) if before else (0, 0)
                title = limit.title
                found[limit.source_id] = Going(
                    limit.source_id, title, str(limit.keep), count + len(ids), size + self._size(ids)
                )
        ranked = sorted(found.values(), key=lambda each: (-each.articles, each.source_id))
        begins = self._begins(everywhere) if keep is None else self._now() + RETENTION_GRACE
        return RetentionPreview(tuple(ranked), begins if begins > self._now() else None)

    def retire_some(self, everywhere: Keep, *, at_once: bool = False) -> bool:
        """Let some of what is to go go, in one short step, and say whether there is more to do.

        A change of what is set waits RETENTION_GRACE, in which it can be taken back, unless it is wanted `at_once`.
        Nothing goes while the clock may be wrong (`store.timekeeping`).
        """
        now, plan = self._now(), self._plan(everywhere)
        if not plan or self.clock_problem() is not None or (not at_once and self._begins(everywhere, note=True) > now):
            self._round = self._left = None
            return False
        if self._round is None or plan != self._rounds_plan:
            if not at_once and plan == self._rounds_plan and now < self._next_round:
                return False
            self._round, self._rounds_plan, self._left = self._going(self._limits(everywhere)), plan, None
        if self._left is not None:
            self._retire(*self._left)
            return True
        until = time.monotonic() + _LOOKING
        for limit, ids in self._round:
            if ids:
                self._retire(limit, ids)
                return True
            if time.monotonic() > until:
                return True
        self._round, self._next_round = None, now + RETENTION_EVERY
        return False

    def _retire(self, limit: _Limit, ids: list[int]) -> None:
        """Let these go, unless it is otherwise by now; what does not fit into BATCH_TIME is left for the next step."""
        gone: list[int] = []
        with self._db.transaction():
            until = time.monotonic() + BATCH_TIME / 2
            while ids and (not gone or time.monotonic() < until):
                gone += self._drop(self._still(limit, ids[:_CHUNK]), for_good=True)[0]
                ids = ids[_CHUNK:]
            self._announce(articles=gone, sources=(limit.source_id,) if gone else ())
        self._left = (limit, ids) if ids else None

    def _still(self, limit: _Limit, ids: Sequence[int]) -> list[int]:
        found = self._db.column(
            f"SELECT id FROM status st WHERE id IN (SELECT value FROM json_each(?)) AND here > 0 AND {_GOES}",
            (id_list(ids), *limit.values),
        )
        shown = self._open() if found else set()
        return [id_ for id_ in found if id_ not in shown]

    def _plan(self, everywhere: Keep) -> str:
        """All that is set, as one text; empty where everything is kept."""
        own = self._own_lines()
        limited = everywhere.limits_any or any(not keep.everything for keep in own.values())
        by_tag = {id_: everywhere.of(tags) for id_, tags in self._tags_of_sources()} if everywhere.tags else {}
        lines = sorted((id_, str(keep)) for id_, keep in (by_tag | own).items())
        return f"{everywhere} {lines}" if limited else ""

    def _begins(self, everywhere: Keep, *, note: bool = False) -> int:
        """From when on what is set lets articles go; a change of it is noted, where it is looked at to be followed."""
        plan, now = self._plan(everywhere), self._now()
        since, _, noted = str(self._db.value("SELECT value FROM memory WHERE key = ?", (_PLAN_KEY,)) or "").partition(
            " "
        )
        if noted == plan and since.isdecimal() and int(since) <= now:
            return int(since) + RETENTION_GRACE
        if note:
            with self._db.transaction():
                self._db.run("INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", (_PLAN_KEY, f"{now} {plan}"))
        return now + RETENTION_GRACE

    def _own_lines(self) -> dict[int, Keep]:
        rows = self._db.all(
            "SELECT id, settings FROM source WHERE removed_at IS NULL AND settings LIKE '%\"keep\"%' ORDER BY id"
        )
        return {id_: keep for id_, settings in rows if (keep := keep_of(settings_of(settings).keep)) is not None}

    def _tags_of_sources(self) -> list[tuple[int, list[str]]]:
        rows = self._db.all("SELECT id, tags FROM source WHERE removed_at IS NULL AND tags <> '[]' ORDER BY id")
        return [(id_, json.loads(tags)) for id_, tags in rows]

    def _limits(self, everywhere: Keep, source_id: int | None = None, keep: Keep | None = None) -> Iterator[_Limit]:
        """What goes of each source that is fetched and not removed; where `keep` is given, by that."""
        own, now, tagged = self._own_lines(), self._now(), dict(self._tags_of_sources())
        rows = self._db.all(
            "SELECT id, coalesce(nullif(given_title, ''), nullif(feed_title, '')), url FROM source "
            "WHERE removed_at IS NULL AND kind = ?1 AND id = coalesce(?2, id) ORDER BY id",
            (SourceKind.FEED, source_id),
        )
        for id_, title, url in rows:
            line = (keep or own.get(id_, everywhere)).of(tagged.get(id_, ()))
            if line.everything:
                continue
            count: Mark = (-_LAST, 0)
            if line.articles is not None:
                found = self._db.one(
                    "SELECT sort_at, id FROM status WHERE source_id = ? AND here = 1 "
                    "ORDER BY sort_at DESC, id DESC LIMIT 1 OFFSET ?",
                    (id_, line.articles - 1),
                )
                count = (found[0], found[1]) if found else count
            age = now - line.days * _DAY if line.days is not None else -_LAST
            yield _Limit(id_, shown_title(title, url), line, count, age)

    def _going(self, limits: Iterator[_Limit]) -> _Round:
        """What goes, a few articles after the other, the oldest first; nothing, where a stretch has nothing to go."""
        found = list(limits)
        for limit in found:
            mark: Mark | None = (-_LAST, 0)
            while mark is not None:
                rows = self._db.all(
                    "SELECT sort_at, id FROM status WHERE source_id = ? AND here = 1 AND (sort_at, id) > (?, ?) "
                    "AND (sort_at, id) < (?, ?) ORDER BY sort_at, id LIMIT ?",
                    (limit.source_id, *mark, *limit.end, RETENTION_LOOK),
                )
                mark = rows[-1] if len(rows) == RETENTION_LOOK else None
                yield limit, self._still(limit, [id_ for _, id_ in rows])
        yield from self._hidden_going({limit.source_id: limit for limit in found})

    def _hidden_going(self, limits: dict[int, _Limit]) -> _Round:
        mark: Mark | None = (-_LAST, 0) if limits else None
        while mark is not None:
            rows = self._db.all(
                "SELECT sort_at, id, source_id FROM status WHERE hidden_by IS NOT NULL AND here = 2 "
                "AND (sort_at, id) > (?, ?) ORDER BY sort_at, id LIMIT ?",
                (*mark, RETENTION_LOOK),
            )
            mark = rows[-1][:2] if len(rows) == RETENTION_LOOK else None
            by_source: dict[int, list[int]] = {}
            for sort_at, id_, source_id in rows:
                if source_id in limits and (sort_at, id_) < limits[source_id].end:
                    by_source.setdefault(source_id, []).append(id_)
            for source_id, ids in by_source.items():
                yield limits[source_id], self._still(limits[source_id], ids)

    def _size(self, ids: Sequence[int]) -> int:
        return int(
            self._db.value(f"WITH ids (id) AS MATERIALIZED (SELECT value FROM json_each(?)) {_SIZE}", (id_list(ids),))
        )

    def _open(self) -> set[int]:
        """The articles that are on a screen."""
        rows = self._db.column("SELECT value FROM memory WHERE key >= ?1 AND key < ?1 || 'x'", (_OPEN_KEY,))
        return {id_ for value in rows for id_ in json.loads(value)}


def keep_of(line: str | None) -> Keep | None:
    """What a stored line says; None for none, and for one that a later program wrote: then nothing goes by it."""
    if line is None:
        return None
    try:
        return read_keep(line, of_one=True)
    except ValueError:
        return Keep()
