"""Doing again what was undone, the journal of all windows, and every kind of value that it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newsreader.bounds import JOURNAL_DAYS
from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.store.journal import Entry
from newsreader.store.kinds import KINDS, tagged
from tests.store.conftest import NOW, Clock, add_source, fill


def read(store: Store, ids: tuple[int, ...]) -> list[bool]:
    return [head.read for head in store.heads(ids)]


def test_what_was_undone_can_be_done_again_in_order(store: Store) -> None:
    ids = fill(store, add_source(store), 3)
    store.mark_read(ids[:1], True)
    store.bookmark(ids[1:2], True)
    assert store.redo() is None
    store.undo()
    store.undo()
    first, second = store.redo(), store.redo()
    assert first is not None
    assert second is not None
    assert [first.action, second.action] == ["marked “Title 1” read", "bookmarked “Title 2”"]
    assert first.change.articles == {ids[0]}
    assert read(store, ids) == [True, False, False]
    assert store.listing(Query(Scope.BOOKMARKS)).ids == ids[1:2]
    assert store.redo() is None


def test_a_new_action_ends_what_this_window_could_do_again(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 3)
    here.mark_read(ids[:1], True)
    there.mark_read(ids[1:2], True)
    here.undo()
    there.undo()
    here.bookmark(ids[2:], True)
    assert here.redo() is None
    assert there.redo() is not None


def test_redo_goes_on_after_a_restart_and_ends_with_the_journal(open_store: Callable[..., Store], clock: Clock) -> None:
    first = open_store("w")
    ids = fill(first, add_source(first), 1)
    first.mark_read(ids, True)
    first.undo()
    first.close()
    assert open_store("other").redo() is None
    again = open_store("w")
    assert again.redo() is not None
    again.undo()
    clock.now += (JOURNAL_DAYS + 1) * 86_400
    assert again.redo() is None


def test_redo_touches_only_what_undo_put_back(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 4)
    here.mark_read(ids, True)
    there.mark_read(ids[:1], False)
    undone = here.undo()
    assert undone is not None
    assert (undone.restored, undone.left) == (3, 1)
    there.mark_read(ids[1:2], True)
    again = here.redo()
    assert again is not None
    assert (again.restored, again.left) == (2, 1)
    assert again.change.articles == set(ids[2:])
    assert read(here, ids) == [False, True, True, True]
    undone = here.undo()
    assert undone is not None
    assert (undone.restored, undone.left) == (2, 0)
    assert read(here, ids) == [False, True, False, False]


def test_adding_and_removing_a_source_again(store: Store, clock: Clock) -> None:
    source_id = add_source(store)
    fill(store, source_id, 1)
    for _ in range(2):
        clock.now += 60
        store.undo()
        assert store.source(source_id) is None
        clock.now += 60
        again = store.redo()
        assert again is not None
        assert (again.restored, again.left) == (1, 0)
        assert store.source(source_id) is not None
    store.remove_sources([source_id])
    for _ in range(2):
        clock.now += 60
        store.undo()
        assert store.source(source_id) is not None
        clock.now += 60
        store.redo()
        assert store.source(source_id) is None


def test_the_journal_lists_all_windows_and_takes_any_action_back(
    open_store: Callable[..., Store], clock: Clock
) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 3)
    here.mark_read(ids[:2], True)
    clock.now += 60
    there.bookmark(ids[2:], True)
    listed = here.actions(10)
    assert [(action.window, action.at - NOW, action.words, action.undone_at) for action in listed] == [
        ("there", 60, "bookmarked “Title 3”", None),
        ("here", 0, "marked 2 articles of “example.org” read", None),
        ("here", 0, "added “example.org”", None),
    ]
    assert here.actions(1) == listed[:1]
    assert here.actions(10, before=listed[1].id) == listed[2:]
    taken = here.take_back(listed[0].id)
    assert taken is not None
    assert (taken.action, taken.restored) == ("bookmarked “Title 3”", 1)
    assert here.actions(1)[0].undone_at == NOW + 60
    assert here.take_back(listed[0].id) is None
    assert here.take_back(10**6) is None
    assert there.undo() is None, "what another window took back is not taken back again"
    assert there.redo() is None, "nor is it this window's to do again"
    assert here.redo() is not None
    assert here.listing(Query(Scope.BOOKMARKS)).ids == ids[2:]


def test_many_articles_are_one_row_of_the_journal(store: Store) -> None:
    ids = fill(store, add_source(store), 500)
    store.mark_read(ids, True)
    rows = store._db.all("SELECT target FROM journal WHERE column_name = 'read'")
    assert rows == [(min(ids),)]


VALUES: dict[str, tuple[Any, Any]] = {
    "read": (0, 1),
    "here": (2, 1),
    "tagged": (0, 1),
    "note": ("before", "after"),
    "paused": (0, 1),
    "position": (1, 2),
    "removed_at": (None, NOW),
    "bookmarked_at": (None, NOW),
    "opened_at": (5, NOW),
    "later_at": (None, NOW),
    "hidden_by": (1, None),
}
"""The value before and after, by kind or column; texts for all others."""


def things(store: Store) -> int:
    """One thing of each table, all of the same id, which is given."""
    id_ = add_source(store)
    assert id_ in fill(store, id_, id_), "as many articles as it takes"
    with store._db.transaction():
        for statement in (
            "INSERT INTO tag (id, name) VALUES (?, 'x')",
            "INSERT INTO smart_source (id, title, query, added_at) VALUES (?, 'x', 'x', 1)",
            "INSERT INTO rule (id, title, query, deed, added_at) VALUES (?, 'x', 'x', 'hide', 1)",
            "INSERT INTO highlight VALUES (?1, ?1, 0, 0, 0, 'x', 1, NULL)",
        ):
            store._db.run(statement, (id_,))
    return id_


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_goes_back_and_forth(store: Store, name: str) -> None:
    id_ = things(store)
    kind = KINDS[name]
    column = tagged("linux") if name == "tagged" else name
    was, became = VALUES.get(name.partition(".")[2] or name, ("before", "after"))

    def now() -> Any:
        return store._db._run(
            f"SELECT {kind.current} FROM {kind.thing} WHERE id = :id", {"id": id_, "argument": "linux"}
        )[1][0][0]

    def put(value: Any) -> None:
        for statement in kind.put:
            store._db.run(statement, {"ids": f"[{id_}]", "value": value, "argument": "linux", "now": NOW})

    with store._db.transaction():
        put(was)
        assert now() == was
        put(became)
        assert now() == became
        store._write_action("did it", [Entry(column, id_, was, became)])
    for turn, value in ((store.undo, was), (store.redo, became)) * 2:
        turned = turn()
        assert turned is not None
        assert (turned.restored, turned.left) == (1, 0)
        assert bool(turned.change)
        assert now() == value
    with store._db.transaction():
        put(was)
    turned = store.undo()
    assert turned is not None
    assert (turned.restored, turned.left) == (0, 1)


def test_a_name_that_is_not_known_is_left(store: Store) -> None:
    with store._db.transaction():
        store._write_action("did it", [Entry("newer.thing", 1, 0, 1)])
    undone = store.undo()
    assert undone is not None
    assert (undone.restored, undone.left) == (0, 1)


def test_what_shows_in_many_places_has_all_read_anew(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    id_ = things(here)
    seq = there.last_change()
    with here._db.transaction():
        here._db.run("UPDATE rule SET title = 'new'")
        here._write_action("renamed a rule", [Entry("rule.title", id_, "x", "new")])
    undone = here.undo()
    assert undone is not None
    assert undone.change.everything
    assert there.changes_since(seq).everything
