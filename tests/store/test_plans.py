"""No read that the reader makes goes through the whole library: SQLite says how it would do each, with statistics."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest

from newsreader.model import Deed, Keep, Query, Scope, Subscription
from newsreader.store import Store
from newsreader.store.connection import Row
from tests.store.conftest import NOW, Clock, ingest, write

ARTICLES = 120  # of each source: with fewer, reading through everything would be the right plan
_LARGE: Final = "st|status|a|article|b|l|p|f|tagged|(?:feed|full)_(?:loose|packed|before)|journal|changes|twin"
# Indexes of what a person did, which is little.
_FEW: Final = {"status_bookmarked", "status_later", "status_hidden", "place_begun", "tagged_article"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(tmp_path_factory.mktemp("plans") / "library.db", clock=Clock())
    wanted = [Subscription(f"https://a.example/{n}", "", "World" if n % 2 else None) for n in range(8)]
    for number, source_id in enumerate(store.add_sources(wanted).ids):
        writes = [write(n, url=f"https://a.example/{number}/{n}", sort_at=NOW - 900 * n) for n in range(ARTICLES)]
        ingest(store, source_id, *writes)
    store.add_rule("nothing", Deed.HIDE)
    ids = store.listing(Query()).ids
    store.mark_read(ids[100:], True)
    store.bookmark(ids[:900:300], True)
    while store.index_some(1_000):
        pass
    while store.tidy():
        pass
    return store


@pytest.fixture
def told(library: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What SQLite says of each statement that is run from here on, a line each step."""
    lines: list[str] = []
    fetched = library._db._fetched

    def explain(sql: str, values: Any) -> tuple[Any, list[Row]]:
        if sql.split(maxsplit=1)[0] in {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}:
            lines.append(f"-- {' '.join(sql.split())}")
            lines.extend(row[3] for row in fetched(f"EXPLAIN QUERY PLAN {sql}", values)[1])
        return fetched(sql, values)

    monkeypatch.setattr(library._db, "_fetched", explain)
    return lines


def test_there_are_statistics(library: Store) -> None:
    known = set(library._db.column("SELECT idx FROM sqlite_stat1 WHERE tbl = 'status'"))
    assert {"status_all", "status_unread", "status_source"} <= known


MARK = (NOW - 900 * 60, 300)
READS: dict[str, Callable[[Store], object]] = {
    "all": lambda store: store.newest(Query(), 50),
    "further on": lambda store: store.newest(Query(), 50, after=MARK),
    "unread": lambda store: store.newest(Query(Scope.UNREAD), 50, after=MARK),
    "today": lambda store: store.newest(Query(Scope.TODAY), 50),
    "source": lambda store: store.newest(Query(Scope.SOURCE, source_id=3), 50, after=MARK),
    "folder": lambda store: store.newest(Query(Scope.FOLDER, folder="World"), 50, after=MARK),
    "bookmarks": lambda store: store.newest(Query(Scope.BOOKMARKS), 50),
    "later": lambda store: store.newest(Query(Scope.LATER), 50),
    "begun": lambda store: store.newest(Query(Scope.BEGUN), 50),
    "top stories": lambda store: store.newest(Query(Scope.TOP), 50),
    "a story": lambda store: store.newest(Query(Scope.STORY, story_of=1), 50),
    "what belongs to no story yet": lambda store: store.unplaced(40, 700),
    "what a story may go on with": lambda store: store.placed(NOW - 900 * 60, 50, 700),
    "copies": lambda store: store.copies_of((7,)),
    "discussion": lambda store: (store.discussion(7), store.discussion_size(7)),
    "hidden": lambda store: store.newest(Query(Scope.HIDDEN), 50),
    "heads": lambda store: store.heads((1, 2, 3)),
    "article": lambda store: store.article(7),
    "html": lambda store: store.html(7, full_text=False),
    "former": lambda store: store.former(7),
    "counts": lambda store: store.counts(),
    "sources": lambda store: store.sources(),
    "changes": lambda store: store.changes_since(store.last_change() - 1),
    "wanting": lambda store: store.wanting_full_text(10),
    "times": lambda store: store.article_times(3, 20),
    "dates": lambda store: store.dated_times(3, 20),
    "known": lambda store: store.known(3, 20),
    "tags": lambda store: store.tags(),
    "smart sources": lambda store: store.smart_sources(),
    "health": lambda store: store.healths(),
    "states": lambda store: store.fetch_states(),
    "actions": lambda store: store.actions(20),
    "highlights": lambda store: store.highlights(7),
    "marked": lambda store: store.mark_read((1, 2, 3), True),
    "undone": lambda store: (store.mark_read((4, 5), not store.heads((4,))[0].read), store.undo()),
    "upkeep": lambda store: store.tidy(),
    "rules": lambda store: store.rules(),
    "why": lambda store: store.why(7),
    "rehearsal": lambda store: store.rehearse("title:nothing", 1),
    "applied": lambda store: store._apply_rules((1, 2, 3)),
    "paused": lambda store: (store.pause_rules((1,), True), store.undo()),
    "retention": lambda store: store.preview_retention(Keep(days=30, articles=100)),
    "retired": lambda store: store.retire_some(Keep(days=1_000), at_once=True),
}
PAGES: Final = {"all", "further on", "unread", "today", "source", "bookmarks"}


def reads_through(step: str, *, by_index: bool) -> bool:
    """Whether a step reads through all of something that grows; `by_index` allows it in the order of an index."""
    found = re.fullmatch(rf"SCAN ({_LARGE})(?: USING (?:COVERING )?INDEX (\w+))?", step)
    return found is not None and found[2] not in _FEW and not (by_index and found[2])


@pytest.mark.parametrize("name", READS)
def test_nothing_large_is_read_through_or_sorted(library: Store, told: list[str], name: str) -> None:
    READS[name](library)
    if name in PAGES:  # these read as far as a page is long
        assert not any("TEMP B-TREE" in step for step in told), told
        assert any("USING COVERING INDEX status_" in step for step in told), told
    assert [step for step in told if reads_through(step, by_index=name in PAGES)] == [], told


def test_what_came_is_placed_in_its_order_without_sorting_the_library(library: Store, told: list[str]) -> None:
    upto, _ = library.unplaced(40, 700)
    library.placed(NOW - 900 * 60, 50, 700)
    assert upto == 0
    assert not any("TEMP B-TREE" in step for step in told), told


def test_a_page_begins_where_its_mark_stands(library: Store, told: list[str]) -> None:
    library.newest(Query(), 50, after=MARK)
    assert any(step.startswith("SEARCH st USING COVERING INDEX status_all (sort_at<?)") for step in told), told
