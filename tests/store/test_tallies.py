"""The counts of smart sources: counted once, then kept by what changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsreader.bounds import SMART_COUNTED
from newsreader.model import Query, Scope, SmartSource
from newsreader.store import Store
from newsreader.store import tallies as module
from tests.store.conftest import Clock, add_source, fill, ingest, write
from tests.store.test_smart import add

DAY = 86_400


def count_all(store: Store) -> None:
    """What the worker does in an idle moment."""
    while store.tally() is not None or store.tally_whole() is not None:
        pass


def seen(store: Store) -> frozenset[int]:
    """The smart sources of which another count can be seen, after what changed was counted."""
    change = store.tally()
    assert change is not None
    return change.smart


def smart(store: Store) -> SmartSource:
    return store.smart_sources()[0]


def counts(store: Store) -> tuple[int | None, int | None]:
    return smart(store).unread, smart(store).total


def test_it_is_not_known_until_it_was_counted(store: Store) -> None:
    ids = fill(store, add_source(store), 3)
    store.index_some(10)
    store.mark_read(ids[:1], read=True)
    smart_id = add(store, "title")
    assert counts(store) == (None, None)
    assert smart(store).figure == "…"
    assert store.tally() is None
    change = store.tally_whole()
    assert change is not None
    assert change.smart == {smart_id}
    assert counts(store) == (2, 3)
    assert smart(store).figure == "2"
    assert store.tally_whole() is None


def test_what_arrives_is_read_marked_or_edited_is_counted_by_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = add_source(store)
    ids = fill(store, source, 3)
    store.index_some(10)
    smart_id = add(store, "title")
    kept = add(store, "is:bookmarked")
    count_all(store)
    monkeypatch.setattr(Store, "tally_whole", None)
    store.mark_read(ids[:2], read=True)
    assert seen(store) == {smart_id}
    assert counts(store) == (1, 3)
    store.bookmark(ids[:1], bookmarked=True)
    assert seen(store) == {kept}
    assert store.smart_sources()[1].total == 1
    ingest(store, source, write(4), write(1, title="Other words", content_hash="edited"))
    store.index_some(10)
    store.tally()
    assert counts(store) == (2, 3)
    store.undo()
    store.undo()
    store.tally()
    assert counts(store) == (3, 3)
    assert store.smart_sources()[1].total == 0
    assert store.tally() is None


def test_an_article_counts_by_its_text_when_it_is_indexed(store: Store) -> None:
    source = add_source(store)
    add(store, "lighthouse")
    ingest(store, source, write(1, text="A lighthouse far away"))
    count_all(store)
    assert counts(store) == (0, 0)  # of what waits for the index a whole count sees the titles
    store.index_some(10)
    store.tally()
    assert counts(store) == (1, 1)
    ingest(store, source, write(2, text="Another lighthouse"))
    store.tally()
    assert counts(store) == (2, 2)


def test_an_edited_query_is_counted_anew_and_shows_the_old_count_until_then(store: Store) -> None:
    fill(store, add_source(store), 3)
    store.index_some(10)
    smart_id = add(store, "title")
    count_all(store)
    store.change_smart(smart_id, query="is:bookmarked")
    assert counts(store) == (3, 3)
    count_all(store)
    assert counts(store) == (0, 0)
    store.undo()
    count_all(store)
    assert counts(store) == (3, 3)


def test_a_source_that_goes_or_is_renamed_is_counted(store: Store) -> None:
    source = add_source(store, title="The Coast Gazette")
    fill(store, source, 3)
    store.index_some(10)
    add(store, "title")
    add(store, "source:gazette")
    count_all(store)
    assert [each.total for each in store.smart_sources()] == [3, 3]
    store.update_source(source, title="Something else")
    count_all(store)
    assert [each.total for each in store.smart_sources()] == [3, 0]
    store.undo()
    store.remove_sources([source])
    count_all(store)
    assert [each.total for each in store.smart_sources()] == [0, 0]
    store.undo()
    count_all(store)
    assert [each.total for each in store.smart_sources()] == [3, 3]


def test_more_than_can_be_counted_are_said_to_be_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COUNTED", 4)
    monkeypatch.setattr(module, "_ENOUGH", 8)
    monkeypatch.setattr(module, "SMART_COUNTED", 2)
    source = add_source(store)
    ids = fill(store, source, 9)
    store.index_some(10)
    add(store, "title")
    count_all(store)
    assert counts(store) == (8, 8)
    assert store._db.value("SELECT count(*) FROM tallied") == 0
    store.mark_read(ids[:3], read=True)
    assert not seen(store)  # nothing of it can be seen
    fill(store, source, 1, first=20)
    store.mark_read(ids, read=True)
    count_all(store)
    assert counts(store) == (1, 9)  # of those that are read more than nine are not looked for
    store.mark_read(ids[:2], read=False)
    assert seen(store)
    assert counts(store)[0] == 3


def test_a_bound_is_written_as_one() -> None:
    figures = [SmartSource(1, "x", "x", None, count, count).figure for count in (0, 999, 1_000, 1_001, 5_000)]
    assert figures == ["", "999", "1,000", "1,000+", "1,000+"]
    assert SMART_COUNTED == 1_000


def test_a_count_goes_on_where_it_was_broken_off_whatever_happens_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_NARROWEST", 100)
    source = add_source(store)
    ids = fill(store, source, 300)
    store.index_some(1_000)
    smart_id = add(store, "title")
    steps = 0
    while (change := store.tally_whole(0.0)) is not None and not change.smart:
        steps += 1
        store.mark_read(ids[steps : steps + 1], read=True)
    assert change is not None
    assert change.smart == {smart_id}
    assert steps > 0
    store.tally()
    assert counts(store) == (300 - steps, 300)


def test_a_query_that_is_edited_while_it_is_counted_is_counted_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_NARROWEST", 100)
    fill(store, add_source(store), 300)
    store.index_some(1_000)
    smart_id = add(store, "title")
    assert store.tally_whole(0.0) is not None
    store.change_smart(smart_id, query="is:bookmarked")
    count_all(store)
    assert counts(store) == (0, 0)


def test_little_time_counts_one_after_the_other(store: Store) -> None:
    source = add_source(store)
    ids = [add(store, "title"), add(store, "is:unread")]
    count_all(store)
    fill(store, source, 2)
    assert [store.tally(seconds=0.0), store.tally(seconds=0.0), store.tally(seconds=0.0)][2] is None
    assert [each.unread for each in store.smart_sources() if each.id in ids] == [2, 2]


def test_too_many_changes_are_counted_as_a_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 2)
    source = add_source(store)
    add(store, "title")
    count_all(store)
    fill(store, source, 3)
    store.index_some(10)
    store.tally()
    assert counts(store) == (0, 0)
    count_all(store)
    assert counts(store) == (3, 3)


def test_two_processes_count_nothing_twice(open_store: Callable[..., Store]) -> None:
    one, other = open_store("one"), open_store("other")
    source = add_source(one)
    ids = fill(one, source, 3)
    one.index_some(10)
    add(one, "title")
    count_all(one)
    one.mark_read(ids[:1], read=True)
    assert seen(one)
    assert other.tally() is None
    assert counts(other) == (2, 3)
    assert other.tally_whole() is None


def test_changes_that_say_nothing_of_articles_are_passed_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LAG", 3)
    source = add_source(store)
    add(store, "title")
    count_all(store)
    before = store._db.value("SELECT seq FROM tally")
    for _ in range(4):
        store.mark_due([source])
    store.tally()
    assert store._db.value("SELECT seq FROM tally") > before


def test_what_is_too_old_falls_out_as_time_goes_on(store: Store, clock: Clock) -> None:
    fill(store, add_source(store), 3)
    store.index_some(10)
    add(store, "since:2d")
    count_all(store)
    listed = store.listing(Query(Scope.SMART, smart_id=smart(store).id)).ids
    assert counts(store)[1] == len(listed)
    assert store.tally_whole() is None
    clock.now += 3 * DAY
    assert store.tally_whole() is not None


def test_a_wrong_query_counts_nothing(store: Store) -> None:
    fill(store, add_source(store), 3)
    add(store, "title is:bookmakred")
    count_all(store)
    assert counts(store) == (0, 0)
    assert smart(store).figure == ""


def test_a_removed_smart_source_is_counted_no_more(store: Store) -> None:
    source = add_source(store)
    smart_id = add(store, "title")
    count_all(store)
    store.remove_smart([smart_id])
    fill(store, source, 2)
    store.index_some(10)
    assert store.tally() is None
    store.undo()
    store.undo()
    assert store.smart_sources() == ()
    store.redo()
    count_all(store)
    assert counts(store) == (2, 2)


def test_a_library_that_takes_no_writes_shows_what_it_knows(open_store: Callable[..., Store]) -> None:
    fill(open_store(), add_source(open_store()), 2)
    add(open_store(), "title")
    reader = open_store(read_only=True)
    assert reader.tally() is None
    assert reader.tally_whole() is None
    assert counts(reader) == (None, None)
