"""Large actions are done, undone and done again in steps: one action, whatever breaks it off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from newsreader.model import Change, Undone
from newsreader.store import Store, journal, status, turning
from tests.store.conftest import Clock, add_source, fill


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of four entries, in rows of two, in place of thousands."""
    monkeypatch.setattr(status, "JOURNAL_STEP", 4)
    monkeypatch.setattr(turning, "JOURNAL_STEP", 4)
    monkeypatch.setattr(turning, "_SINGLE", 1)
    monkeypatch.setattr(journal, "_ROW", 2)


def read(store: Store, ids: tuple[int, ...]) -> int:
    return sum(head.read for head in store.heads(ids))


def marked(store: Store, ids: tuple[int, ...]) -> list[tuple[int, Change]]:
    return list(store.mark_many([ids[:7], ids[7:]], read=True))


def whole(store: Store, turned: Undone | None) -> Undone:
    assert turned is not None
    for further in store.turn_on(turned):
        turned = further
    return turned


def test_a_long_list_is_marked_in_steps_that_are_one_action(store: Store) -> None:
    ids = fill(store, add_source(store, title="Coast"), 10)
    store.mark_read(ids[2:3], True)
    steps = marked(store, ids)
    assert [count for count, _ in steps] == [3, 6, 9]
    assert steps[0][1].articles == {ids[0], ids[1], ids[3]}
    assert steps[0][1].sources, "its count is another"
    assert [action.words for action in store.actions(9)][:2] == [
        "marked 9 articles of “Coast” read",
        "marked “Title 3” read",
    ]
    assert store.counts().unread == 0
    undone = whole(store, store.undo())
    assert (undone.restored, undone.left, undone.action) == (9, 0, "marked 9 articles of “Coast” read")
    assert [head.read for head in store.heads(ids)] == [head.id == ids[2] for head in store.heads(ids)]


def test_the_steps_of_several_sources_are_counted_without_a_name(store: Store) -> None:
    ids = (*fill(store, add_source(store, 1), 3), *fill(store, add_source(store, 2), 3))
    list(store.mark_many([ids], read=True))
    assert store.actions(1)[0].words == "marked 6 articles read"


def test_what_was_marked_before_it_was_broken_off_can_be_undone(open_store: Callable[..., Store]) -> None:
    first = open_store("w")
    ids = fill(first, add_source(first), 10)
    steps = first.mark_many([ids], read=True)
    next(steps), next(steps)
    first.close()
    again = open_store("w")
    assert read(again, ids) == 8
    assert whole(again, again.undo()).restored == 8
    assert read(again, ids) == 0
    assert again.undo() is None or read(again, ids) == 0


def test_marking_ends_where_it_is_undone_meanwhile(store: Store) -> None:
    ids = fill(store, add_source(store), 10)
    steps = store.mark_many([ids], read=True)
    next(steps)
    whole(store, store.undo())
    assert list(steps) == []
    assert read(store, ids) == 0


def test_another_action_in_between_is_one_of_its_own(store: Store) -> None:
    ids = fill(store, add_source(store, title="Source"), 10)
    steps = store.mark_many([ids], read=True)
    next(steps)
    store.bookmark(ids[:1], True)
    list(steps)
    assert [action.words for action in store.actions(2)] == [
        "bookmarked “Title 1”",
        "marked 10 articles of “Source” read",
    ]


def begun(store: Store, turned: Undone | None, steps: int = 0) -> None:
    """Turn a few steps and stop there, as a process does that is killed."""
    assert turned is not None
    assert turned.unfinished is not None
    rest: Iterator[Undone] = store.turn_on(turned)
    for _ in range(steps):
        next(rest)


@pytest.mark.parametrize("steps", [0, 1])
def test_an_undo_that_was_broken_off_is_finished_before_anything_rests_on_it(
    open_store: Callable[..., Store], steps: int
) -> None:
    first = open_store("w")
    ids = fill(first, add_source(first), 10)
    marked(first, ids)
    begun(first, first.undo(), steps)
    assert 0 < read(first, ids) < 10
    first.close()
    again = open_store("w")
    redone = whole(again, again.redo())
    assert (redone.restored, redone.left) == (10, 0)
    assert read(again, ids) == 10
    assert whole(again, again.undo()).restored == 10
    assert read(again, ids) == 0


def test_a_redo_that_was_broken_off_can_be_undone(open_store: Callable[..., Store]) -> None:
    first = open_store("w")
    ids = fill(first, add_source(first), 10)
    marked(first, ids)
    whole(first, first.undo())
    begun(first, first.redo())
    first.close()
    again = open_store("w")
    assert whole(again, again.undo()).restored == 10
    assert read(again, ids) == 0


def test_an_undo_that_was_broken_off_is_finished_in_idle_moments(
    open_store: Callable[..., Store], clock: Clock
) -> None:
    here, there = open_store("w"), open_store("worker")
    ids = fill(here, add_source(here), 10)
    marked(here, ids)
    begun(here, here.undo())
    there.tidy()
    assert read(there, ids) == 6, "it may be going on"
    clock.now += 60
    while there.tidy():
        pass
    assert read(there, ids) == 0
    assert list(here.turn_on(Undone("", 4, 0, Change(0), here.actions(1)[0].id)))[-1].unfinished is None
    assert here.redo() is not None


def test_two_that_go_on_with_an_undo_do_no_harm(open_store: Callable[..., Store]) -> None:
    here, there = open_store("w"), open_store("w")
    ids = fill(here, add_source(here), 10)
    marked(here, ids)
    begun(here, here.undo())
    assert there.undo() is not None or read(there, ids) == 0
    assert read(here, ids) == 0


def test_of_a_large_action_only_what_stands_is_undone(store: Store, open_store: Callable[..., Store]) -> None:
    ids = fill(store, add_source(store), 10)
    marked(store, ids)
    open_store("other").mark_read(ids[4:7], False)
    undone = whole(store, store.undo())
    assert (undone.restored, undone.left) == (7, 3)
    assert whole(store, store.redo()).restored == 7


def test_an_action_of_many_single_values_is_undone_in_steps(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 10)
    for id_ in ids:
        clock.now += 1
        store.bookmark((id_,), True)
    store.bookmark(ids, False)
    undone = store.undo()
    assert undone is not None
    assert undone.unfinished is not None
    assert whole(store, undone).restored == 10
    assert all(head.bookmarked for head in store.heads(ids))
