"""A clock that is wrong: in 1970, in 2099, for an hour or for good. Nothing is lost by it, and it is said."""

from __future__ import annotations

import pytest

from newsreader.bounds import JOURNAL_DAYS, REMOVED_DAYS
from newsreader.model import Query, read_keep
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, write

DAY = 86_400
FAR = 4_100_000_000  # in 2099
NINETY_DAYS = read_keep("90d")


def tidy(store: Store) -> None:
    for _ in range(200):
        if not store.tidy(NINETY_DAYS):
            return


@pytest.fixture
def used(store: Store, clock: Clock) -> Store:
    """A library with read articles, a source that was removed a day ago, and a journal."""
    ids = fill(store, add_source(store), 5)
    fill(store, add_source(store, 2), 5, first=10)
    store.mark_read(ids, True)
    store.remove_sources([3])
    tidy(store)
    clock.now += DAY
    tidy(store)
    return store


def is_whole(store: Store) -> bool:
    articles, actions = (store._db.value(f"SELECT count(*) FROM {table}") for table in ("article", "action"))
    return bool(articles == 10 and actions >= 4)


def test_a_clock_in_2099_takes_nothing_away(used: Store, clock: Clock) -> None:
    assert used.clock_problem() is None
    for moment in (FAR, FAR + 3_600, FAR + 20 * 3_600):
        clock.now = moment
        tidy(used)
        used.mark_read([1], moment != FAR + 3_600)
        assert is_whole(used)
        problem = used.clock_problem()
        assert problem is not None
        assert "says 2099-12-0" in problem
        assert "in use on 2026-11-24" in problem
    clock.now = NOW + 2 * DAY
    tidy(used)
    assert is_whole(used)
    assert used.clock_problem() is None
    assert used.undo() is not None


def test_one_that_is_right_again_mends_what_the_other_left(used: Store, clock: Clock) -> None:
    clock.now = FAR
    ingest(used, 2, write(90, sort_at=FAR))
    used.hold_host("example.org", FAR + 60)
    clock.now = NOW + 2 * DAY
    tidy(used)
    newest = used.listing(Query())
    assert newest.sort_at[0] == NOW + 2 * DAY
    assert used.held() == {}
    assert used.check() == ()


def test_after_long_it_is_believed_when_it_goes_on(used: Store, clock: Clock) -> None:
    """Somebody comes back after two years."""
    clock.now = NOW + 800 * DAY
    tidy(used)
    assert is_whole(used)
    clock.now += DAY
    tidy(used)
    assert used.clock_problem() is None
    assert used._db.value("SELECT count(*) FROM source WHERE removed_at IS NOT NULL") == 0, "it was removed long ago"


@pytest.mark.parametrize("kept", ["", "{", "null", "[]", "[[]]", "5", '["x", "y"]', "[1.5, {}]", "[" * 5_000])
def test_what_a_hand_wrote_there_is_passed_over(used: Store, kept: str) -> None:
    used._db.run("UPDATE memory SET value = ?", (kept,))
    tidy(used)
    assert used.clock_problem() is None
    assert is_whole(used)


def test_a_shorter_absence_is_no_matter(used: Store, clock: Clock) -> None:
    clock.now += (REMOVED_DAYS + JOURNAL_DAYS) * DAY
    tidy(used)
    assert used._db.value("SELECT count(*) FROM source WHERE removed_at IS NOT NULL") == 0
    add_source(used, 9)
    assert [action.words for action in used.actions(10)] == ["added “example.org”"]


def test_a_clock_in_1970_takes_nothing_away_and_what_is_done_can_be_undone(used: Store, clock: Clock) -> None:
    clock.now = 100
    tidy(used)
    assert "says 1970-01-01" in (used.clock_problem() or "")
    used.mark_read([1], False)
    undone = used.undo()
    assert undone is not None
    assert undone.restored == 1
    assert is_whole(used)
    clock.now = NOW + 2 * DAY
    tidy(used)
    assert used.clock_problem() is None
    assert is_whole(used)


def test_one_that_was_believed_by_mistake_does_not_stop_upkeep_for_ever(used: Store, clock: Clock) -> None:
    for moment in (FAR, FAR + DAY, NOW + 40 * DAY, NOW + 41 * DAY):
        clock.now = moment
        tidy(used)
    assert used.clock_problem() is None
