"""The counts of smart sources, kept and not scanned: a whole count once, then only what changed is looked at again.

`tally` has a row for each smart source that was counted: how many unread and read articles it lists, and the change up
to which that is right; `tallied` has these articles. What changed since is matched against the query by itself, which
costs as much as changed. Of more than _COUNTED articles, unread or read, it is only kept that there are more.

A count rests on more than articles: the query, the names of sources, the moment. `basis` is a digest of all that. Where
it is another now the worker counts the whole again, and what was known stays until then.
"""

from __future__ import annotations

from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import SMART_COUNTED
from newsreader.model import Change, Query
from newsreader.query import All, Any, Dated, Is, Name, Named, Not, State, all_of, parse, seconds_of, written
from newsreader.store.changes import Changes
from newsreader.store.connection import id_list
from newsreader.store.listing import Lists
from newsreader.store.search import asks_for_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from newsreader.query import Node

_COUNTED: Final = SMART_COUNTED + 500  # more than is shown, so that not every article read asks for a new count
_ENOUGH: Final = _COUNTED + 500  # that are looked for
_STEP: Final = 0.1  # seconds of counting at once
_NARROWEST, _WIDEST = 2_000, 100_000  # articles that are looked through in one statement
_SOON: Final = 0.03  # seconds; a statement that took less may be followed by one twice as wide
_MOST: Final = 2_000  # changed articles that are matched by themselves; more, and the whole is as soon counted
_LAG: Final = 200  # changes that say nothing of articles, after which they are not looked through again
_SLOT: Final = 600  # seconds after which "since:2d" may say something else
_OLD: Final = ""  # the basis of a count that is to be made anew


class _Tally(NamedTuple):
    """A smart source with its counts as they are kept; without a `seq` it was never counted."""

    smart_id: int
    query: str
    seq: int | None
    basis: str | None
    unread: int
    read: int

    @property
    def shown(self) -> tuple[int, int]:
        """What can be seen of the counts."""
        return min(self.unread, SMART_COUNTED + 1), min(self.unread + self.read, SMART_COUNTED + 1)


class _News(NamedTuple):
    """What changed for a smart source: the articles, those of them that it lists, and how many were here before."""

    ids: frozenset[int] = frozenset()
    matching: frozenset[int] = frozenset()
    gone: int = 0
    too_much: bool = False


class _Search:
    """A search for all that is to be counted, as far as it came."""

    def __init__(self, text: str, below: int, width: int) -> None:
        self.text = text
        self.below = below
        self.width = width
        self.ids: list[int] = []
        self.done = False


class _Count(NamedTuple):
    """A count on its way: what will be kept, as of when it began, and the searches for unread and for read."""

    after: _Tally
    searches: tuple[_Search, ...]


class Tallies(Lists, Changes):
    """The part of the Store that counts what smart sources list."""

    _counting: _Count | None = None

    def tally(self, most: int = _MOST, seconds: float = _STEP) -> Change | None:
        """Bring the counts up to what changed since they were made, for so long; None where they are.

        It costs as much as changed. Where more than `most` articles did, they are left to somebody who has the time, as
        is what must be counted as a whole (`tally_whole`).
        """
        last, deadline = self._last_seq(), monotonic() + seconds
        found: list[tuple[_Tally, _News]] = []
        changes_since = cache(self.changes_since)
        for each in self._tallies():
            news = self._news_of(each, last, most, changes_since)
            if news is not None:
                found.append((each, news))
                if monotonic() >= deadline:
                    break
        if not found:
            return None
        with self._db.transaction():
            here = set(self._tallies())  # another process may have counted meanwhile
            return self._announce(
                smart=[each.smart_id for each, news in found if each in here and self._take(each, news, last)]
            )

    def tally_whole(self, seconds: float = _STEP) -> Change | None:
        """Count for so long at a smart source of which no count is known, or one that rests on what is so no more.

        Gives what can be seen of it, nothing while it is not done, None where there is nothing to count. This looks
        through articles until enough match: for the worker, in idle moments, again and again.
        """
        count, self._counting = self._counting or self._begin_count(), None
        if count is None or self._db.refusal is not None:
            return None
        deadline = monotonic() + seconds
        while (search := next((each for each in count.searches if not each.done), None)) is not None:
            self._search_on(search)
            if not search.done and monotonic() >= deadline:
                self._counting = count
                return self._nothing()
        unread, then = (search.ids for search in count.searches)
        read = set(then).difference(unread)  # what was read while they were counted was found twice
        with self._db.transaction():
            if not any(each[:2] == count.after[:2] for each in self._tallies()):
                return self._nothing()  # it was edited or removed meanwhile
            self._write(count.after._replace(unread=len(unread), read=len(read)))
            self._keep(count.after.smart_id, 1, unread)
            self._keep(count.after.smart_id, 0, read)
            return self._announce(smart=(count.after.smart_id,))

    def _begin_count(self) -> _Count | None:
        last, basis_of = self._last_seq(), self._bases()
        below = 1 + int(self._db.value("SELECT coalesce(max(id), 0) FROM status"))
        for each in self._tallies():
            basis = basis_of(each.query)
            if each.basis != basis:
                parsed = parse(each.query)
                searches = tuple(
                    _Search(written(all_of([*([parsed.node] if parsed.node else []), Is(state)])), below, _NARROWEST)
                    for state in (State.UNREAD, State.READ)
                )
                for search in searches if parsed.mistakes else ():
                    search.done = True
                return _Count(each._replace(seq=last, basis=basis), searches)
        return None

    def _search_on(self, search: _Search) -> None:
        """Look through the next articles; as many as take no longer than a moment."""
        began = monotonic()
        first = max(0, search.below - search.width)
        search.ids += self.between(search.text, first, search.below - 1)[: _ENOUGH - len(search.ids)]
        search.below = first
        search.done = first == 0 or len(search.ids) >= _ENOUGH
        took = monotonic() - began
        search.width = min(2 * search.width, _WIDEST) if took < _SOON else max(_NARROWEST, search.width // 2)

    def _tallies(self) -> list[_Tally]:
        rows = self._db.all(
            """
            SELECT s.id, s.query, t.seq, t.basis, coalesce(t.unread, 0), coalesce(t.read, 0)
            FROM smart_source s LEFT JOIN tally t ON t.smart_id = s.id WHERE s.removed_at IS NULL
            """
        )
        return [_Tally(*row) for row in rows]

    def _news_of(self, tally: _Tally, last: int, most: int, changes_since: Callable[[int], Change]) -> _News | None:
        """What is to be counted of a smart source; None where nothing is, or all of it."""
        if tally.seq is None or tally.seq >= last or tally.basis == _OLD or self._db.refusal is not None:
            return None
        change = changes_since(tally.seq)
        ids = change.articles | change.indexed
        if change.everything or len(ids) > _MOST:
            return _News(too_much=True)
        if len(ids) > most or (not ids and last - tally.seq <= _LAG):
            return None
        return _News(ids, self.matching(tally.query, ids), gone=len(change.articles - change.added))

    def _take(self, tally: _Tally, news: _News, last: int) -> bool:
        """Count what changed, in the running transaction; says whether that can be seen."""
        if news.too_much:
            self._write(tally._replace(basis=_OLD))
            return False
        self._db.run(
            "DELETE FROM tallied WHERE smart_id = ? AND article_id IN (SELECT value FROM json_each(?))",
            (tally.smart_id, id_list(news.ids)),
        )
        where, values = self._scope(Query(text=tally.query), hidden=asks_for_hidden(parse(tally.query).node))
        self._db.run(
            "INSERT INTO tallied SELECT ?, st.id, read = 0 FROM status st "
            f"WHERE {where} AND id IN (SELECT value FROM json_each(?))",
            (tally.smart_id, *values, id_list(news.matching)),
        )
        found: dict[int, int] = dict(
            self._db.all("SELECT unread, count(*) FROM tallied WHERE smart_id = ? GROUP BY unread", (tally.smart_id,))
        )
        after = tally._replace(seq=last, unread=found.get(1, 0), read=found.get(0, 0))
        if tally.read > _COUNTED:
            after = after._replace(read=tally.read)
        if tally.unread > _COUNTED:  # each that was here already may have been one of them
            left = tally.unread - news.gone
            after = after._replace(unread=left) if left > _COUNTED else after._replace(unread=tally.unread, basis=_OLD)
        self._write(after)
        for unread, count in ((1, after.unread), (0, after.read)):
            if count > _COUNTED:
                self._db.run("DELETE FROM tallied WHERE smart_id = ? AND unread = ?", (tally.smart_id, unread))
        return after.shown != tally.shown

    def _write(self, tally: _Tally) -> None:
        self._db.run(
            """
            INSERT INTO tally (smart_id, seq, basis, unread, read) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (smart_id) DO UPDATE
            SET seq = excluded.seq, basis = excluded.basis, unread = excluded.unread, read = excluded.read
            """,
            (tally.smart_id, tally.seq, tally.basis, tally.unread, tally.read),
        )

    def _keep(self, smart_id: int, unread: int, ids: Collection[int]) -> None:
        """Keep which articles were counted, unless they are too many."""
        self._db.run("DELETE FROM tallied WHERE smart_id = ? AND unread = ?", (smart_id, unread))
        if len(ids) <= _COUNTED:
            self._db.many("INSERT INTO tallied VALUES (?, ?, ?)", [(smart_id, id_, unread) for id_ in ids])

    def _bases(self) -> Callable[[str], str]:
        """What gives the basis of a query: a digest of all that its count rests on beside the articles."""
        sources = self._db.all(
            "SELECT id, url, given_title, feed_title, folder, tags, removed_at IS NULL FROM source ORDER BY id"
        )
        removed = [row[0] for row in sources if not row[-1]]
        now = self._clock()

        def basis_of(query: str) -> str:
            parsed = parse(query)
            nodes = [] if parsed.node is None else list(_inside(parsed.node))
            named = any(isinstance(node, Named) and node.by in {Name.SOURCE, Name.FOLDER, Name.TAG} for node in nodes)
            moments = [seconds_of(node.moment, now) // _SLOT for node in nodes if isinstance(node, Dated)]
            ground = (query, bool(parsed.mistakes), moments, sources if named else removed)
            from hashlib import blake2b

            return blake2b(repr(ground).encode("utf-8", "replace"), digest_size=12).hexdigest()

        return basis_of


def _inside(node: Node) -> Iterator[Node]:
    """A node and all that are in it."""
    yield node
    for part in node.parts if isinstance(node, All | Any) else (node.part,) if isinstance(node, Not) else ():
        yield from _inside(part)
