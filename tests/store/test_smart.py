"""Saved searches among the sources: kept, changed, moved, removed, and all of it undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsreader.bounds import MAX_SMART
from newsreader.errors import UsageError
from newsreader.model import Query, SavedSearch, Scope
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill, ingest, write


def add(store: Store, query: str, title: str = "", folder: str | None = None) -> int:
    return store.add_smart([SavedSearch(title, query, folder)]).ids[0]


def titles(store: Store) -> list[str]:
    return [each.title for each in store.smart_sources()]


def listed(store: Store, smart_id: int, text: str = "") -> tuple[int, ...]:
    return store.listing(Query(Scope.SMART, smart_id=smart_id, text=text)).ids


def test_a_search_is_kept_under_its_name_or_its_own_words(store: Store) -> None:
    add(store, "ferry  is:unread", "Le bac 🚢 — 渡し船")
    add(store, "harbour")
    assert titles(store) == ["Le bac 🚢 — 渡し船", "harbour"]
    assert store.smart_sources()[0].query == "ferry is:unread"


def test_the_same_search_is_kept_once_and_one_name_may_stand_twice(store: Store) -> None:
    first = store.add_smart([SavedSearch("News", "ferry"), SavedSearch("News", "harbour")])
    again = store.add_smart([SavedSearch("News", "harbour"), SavedSearch("News", "ferry", "World")])
    assert len(first.new) == 2
    assert again.ids[0] == first.ids[1]
    assert len(again.new) == 1
    assert titles(store) == ["News", "News", "News"]
    assert [each.id for each in store.find_smart("news")] == [*first.ids, again.ids[1]]


def test_nothing_to_search_for_is_no_smart_source(store: Store) -> None:
    with pytest.raises(UsageError, match="something to search for"):
        add(store, " \n ", "Nothing")
    smart_id = add(store, "ferry")
    with pytest.raises(UsageError, match="something to search for"):
        store.change_smart(smart_id, query="\t")
    with pytest.raises(UsageError, match="no smart source 99"):
        store.change_smart(99, title="x")
    assert titles(store) == ["ferry"]


def test_there_is_an_end_to_them(store: Store) -> None:
    store.add_smart([SavedSearch("", f"word{number}") for number in range(MAX_SMART)])
    added = store.add_smart([SavedSearch("", "word1"), SavedSearch("", "one more")])
    assert len(added.ids) == 1
    assert not added.new
    with pytest.raises(UsageError, match="already"):
        add(store, "one more")


def test_every_change_is_undone_and_redone(store: Store) -> None:
    one, two = add(store, "ferry", "Ferries"), add(store, "harbour")
    before = store.smart_sources()
    store.change_smart(one, title="Boats", query="boat OR ferry", folder="World")
    assert store.smart_sources()[0].folder == "World"
    undone = store.undo()
    assert undone is not None
    assert undone.action == (
        "changed what “Ferries” searches for and renamed “Ferries” to “Boats” and moved “Ferries” to the folder “World”"
    )
    assert undone.change.smart == {one}
    assert store.smart_sources() == before
    store.move_smart([two], -1)
    assert titles(store) == ["harbour", "Ferries"]
    store.undo()
    assert titles(store) == ["Ferries", "harbour"]
    store.remove_smart([one])
    assert titles(store) == ["harbour"]
    assert listed(store, one) == ()
    store.undo()
    assert store.smart_sources() == before
    store.redo()
    assert titles(store) == ["harbour"]
    store.undo()
    store.undo()
    assert titles(store) == ["Ferries"]


def test_an_empty_name_is_the_query_again(store: Store) -> None:
    smart_id = add(store, "ferry", "Ferries")
    store.change_smart(smart_id, title=" ")
    assert titles(store) == ["ferry"]


def test_it_moves_within_its_folder_and_stays_at_the_ends(store: Store) -> None:
    ids = [add(store, "a", folder="World"), add(store, "b"), add(store, "c", folder="World"), add(store, "d")]
    store.move_smart([ids[0]], 1)
    assert titles(store) == ["c", "b", "a", "d"]
    assert not store.move_smart([ids[0]], 1)
    assert not store.move_smart([ids[1]], -1)
    assert titles(store) == ["c", "b", "a", "d"]


def test_it_lists_what_its_query_finds_and_words_look_within(store: Store) -> None:
    source = add_source(store)
    ingest(store, source, write(1, title="Ferry at night"), write(2, title="Ferry by day"), write(3, title="Harbour"))
    store.index_some(10)
    smart_id = add(store, "ferry OR harbour sort:oldest")
    assert len(listed(store, smart_id)) == 3
    assert listed(store, smart_id) == listed(store, add(store, "ferry OR harbour"))[::-1]
    assert len(listed(store, smart_id, "night")) == 1
    assert listed(store, smart_id + 2) == ()


def test_a_query_that_is_wrong_is_kept_and_lists_nothing(store: Store) -> None:
    fill(store, add_source(store), 3)
    smart_id = add(store, "title is:bookmakred", "Wrong")
    (smart,) = store.smart_sources()
    assert smart.query == "title is:bookmakred"
    assert smart.mistake is not None
    assert "is:bookmarked" in smart.mistake
    assert (smart.unread, smart.total) == (0, 0)
    assert listed(store, smart_id) == ()
    store.change_smart(smart_id, query="title")
    assert store.smart_sources()[0].mistake is None
    assert len(listed(store, smart_id)) == 3


def test_one_that_no_undo_brings_back_any_more_is_forgotten(store: Store, clock: Clock) -> None:
    smart_id = add(store, "ferry")
    store.tally_whole()
    store.remove_smart([smart_id])
    clock.now += 80 * 86_400
    while store.tidy():
        pass
    assert store.undo() is not None
    store.remove_smart([smart_id])
    clock.now += 100 * 86_400
    while store.tidy():
        pass
    assert store.undo() is None
    assert store._db.value("SELECT count(*) FROM smart_source") == 0
    assert store._db.value("SELECT count(*) FROM tally") == 0


def test_another_window_hears_of_it(open_store: Callable[..., Store]) -> None:
    one, other = open_store("one"), open_store("other")
    seq = other.last_change()
    smart_id = add(one, "ferry")
    assert other.changes_since(seq).smart == {smart_id}
    assert other.undo() is None


def test_what_a_list_searches_for_is_told(store: Store) -> None:
    smart_id = add(store, "ferry OR boat")
    assert store.searched(Query(Scope.SMART, smart_id=smart_id)) == "ferry OR boat"
    assert store.searched(Query(Scope.SMART, smart_id=smart_id, text="night")) == "(ferry OR boat) night"
    assert store.searched(Query(text="night")) == "night"
    assert store.searched(Query(Scope.SMART, smart_id=99)) == ""
