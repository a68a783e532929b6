"""Counts are kept, not counted: whatever happens, they are what counting would give."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from newsreader.bounds import REMOVED_DAYS
from newsreader.model import Query, Scope, Subscription
from newsreader.store import Store
from tests.store.conftest import Clock, ingest, write

IDS = st.lists(st.integers(1, 60), max_size=12)


class Use(RuleBasedStateMachine):
    """A library in use."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.store = Store.open(Path(self.folder.name) / "library.db", clock=self.clock)
        self.sources = self.store.add_sources([Subscription(f"https://a.example/{n}") for n in range(3)]).ids

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(source=st.integers(0, 2), first=st.integers(0, 30), count=st.integers(1, 8), content=st.sampled_from("ab"))
    def refresh(self, source: int, first: int, count: int, content: str) -> None:
        source_id = self.sources[source]
        if self.store.source(source_id) is not None:
            numbers = range(first, first + count)
            ingest(self.store, source_id, *(write(n, content_hash=content, html=f"{n}{content}") for n in numbers))

    @rule(ids=IDS, read=st.booleans())
    def mark(self, ids: list[int], read: bool) -> None:
        self.store.mark_read(ids, read)

    @rule(ids=IDS, kept=st.booleans())
    def bookmark(self, ids: list[int], kept: bool) -> None:
        self.store.bookmark(ids, kept)

    @rule(ids=IDS, waits=st.booleans())
    def later(self, ids: list[int], waits: bool) -> None:
        self.store.later(ids, waits)

    @rule(id_=st.integers(1, 60))
    def open(self, id_: int) -> None:
        self.store.opened(id_)

    @rule(ids=IDS)
    def drop(self, ids: list[int]) -> None:
        self.store.drop_articles(ids)

    @rule(source=st.integers(0, 2))
    def remove(self, source: int) -> None:
        self.store.remove_sources([self.sources[source]])

    @rule()
    def undo(self) -> None:
        self.store.undo()

    @rule()
    def redo(self) -> None:
        self.store.redo()

    @rule(days=st.sampled_from([0, 1, REMOVED_DAYS + 1]))
    def tidy(self, days: int) -> None:
        self.clock.now += days * 86_400
        self.store.index_some(1_000)
        while self.store.tidy():
            pass

    @invariant()
    def counts_are_right(self) -> None:
        assert self.store.check() == ()
        counts, sources = self.store.counts(), self.store.sources()
        listed = [len(self.store.listing(Query(scope)).ids) for scope in (Scope.UNREAD, Scope.ALL, Scope.BOOKMARKS)]
        assert [counts.unread, counts.all, counts.bookmarks] == listed
        assert counts.later == len(self.store.listing(Query(Scope.LATER)).ids)
        for source in sources:
            assert source.total == len(self.store.listing(Query(Scope.SOURCE, source_id=source.id)).ids)


TestUse = Use.TestCase
TestUse.settings = settings(deadline=None, max_examples=8, stateful_step_count=25)
