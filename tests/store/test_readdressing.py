"""A new address of a source, and taking it back with all that came of it."""

from __future__ import annotations

from collections.abc import Callable

from newsreader.model import FetchState, ParsedFeed, Query, Scope, SourceSettings
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, ingest, state_of, write

NEW = "https://new.example/feed"


def titles(store: Store, source_id: int) -> list[str]:
    ids = store.listing(Query(Scope.SOURCE, source_id=source_id)).ids
    return sorted(head.title for head in store.heads(ids))


def lose(store: Store) -> tuple[int, FetchState]:
    """A source that was fetched once and lost then, to which an address is offered."""
    id_ = add_source(store)
    ingest(store, id_, write(1), write(2), feed=ParsedFeed("Coast", link="https://example.org/"))
    state = state_of(store, id_)._replace(error="example.org answered 404.", error_count=2, status=404, problem="Cut.")
    store.record(state._replace(etag='"1"', body_hash="b", last_success=NOW - 9, next_due=NOW + 900, newest=5, gap=7))
    store.record_offer(id_, NEW, NOW, about="Coast, latest “Storm”")
    return id_, state_of(store, id_)


def fetch_there(store: Store, id_: int) -> None:
    """What the new address brings."""
    ingest(store, id_, write(3), write(4), write(5), feed=ParsedFeed("Cats", link="https://new.example/"))
    store.record(state_of(store, id_)._replace(etag='"2"', error=None, status=200, last_success=NOW, next_due=NOW + 99))


def test_undoing_a_new_address_puts_back_all_that_was_at_the_old_one(store: Store) -> None:
    id_, before = lose(store)
    assert before.offer_about == "Coast, latest “Storm”"
    source = store.source(id_)
    store.take_offer(id_)
    after = state_of(store, id_)
    assert (after.url, after.offer, after.offer_about, after.error, after.etag) == (NEW, None, None, None, None)
    fetch_there(store, id_)
    undone = store.undo()
    assert undone is not None
    assert len(undone.change.articles) == 3
    assert (state_of(store, id_), store.source(id_)) == (before, source)
    assert titles(store, id_) == ["Title 1", "Title 2"]
    assert store.check() == ()
    store.take_offer(id_)
    fetch_there(store, id_)
    assert len(titles(store, id_)) == 5  # they are known by now, and go again all the same
    store.undo()
    assert titles(store, id_) == ["Title 1", "Title 2"]
    assert state_of(store, id_) == before


def test_what_was_read_or_bookmarked_of_an_undone_address_stays(open_store: Callable[..., Store]) -> None:
    store, there = open_store("here"), open_store("there")
    id_, _ = lose(store)
    there.update_source(id_, url=NEW)
    fetch_there(store, id_)
    of = {head.title: head.id for head in store.heads(store.listing(Query()).ids)}
    store.bookmark([of["Title 3"]], bookmarked=True)
    store.mark_read([of["Title 4"]], read=True)
    assert there.undo() is not None
    assert titles(store, id_) == ["Title 1", "Title 2", "Title 3", "Title 4"]


def test_a_host_that_asked_for_quiet_meanwhile_is_left_alone(store: Store, clock: Clock) -> None:
    id_, before = lose(store)
    store.update_source(id_, url=NEW)
    store.hold_host("example.org", NOW + 9_000)
    clock.now += 60
    store.undo()
    assert state_of(store, id_) == before._replace(next_due=NOW + 9_000)


def test_secrets_that_were_taken_away_come_back_and_the_next_moment_to_ask_too(store: Store) -> None:
    id_, _ = lose(store)
    settings = SourceSettings(headers=(("X-Key", "env:KEY"),))
    store.set_source(id_, settings=settings)
    store.record(state_of(store, id_)._replace(next_due=NOW + 500))
    before = state_of(store, id_)
    store.take_offer(id_)
    assert state_of(store, id_).settings.headers == ()
    store.undo()
    assert state_of(store, id_) == before


def test_where_the_address_was_changed_again_nothing_is_touched(open_store: Callable[..., Store]) -> None:
    store, there = open_store("here"), open_store("there")
    id_, _ = lose(store)
    store.take_offer(id_)
    there.update_source(id_, url="https://third.example/feed")
    fetch_there(store, id_)
    before = state_of(store, id_)
    undone = store.undo()
    assert undone is not None
    assert (undone.restored, undone.left) == (0, 1)
    assert state_of(store, id_) == before
    assert len(titles(store, id_)) == 5


def test_doing_a_new_address_again_and_undoing_that_keeps_what_the_old_one_brought_meanwhile(store: Store) -> None:
    id_, _ = lose(store)
    store.take_offer(id_)
    fetch_there(store, id_)
    assert store.undo() is not None
    ingest(store, id_, write(8), feed=ParsedFeed("Coast", link="https://example.org/"))
    store.record(state_of(store, id_)._replace(etag='"8"', last_success=NOW + 5, next_due=NOW + 905))
    before = state_of(store, id_)
    again = store.redo()
    assert again is not None
    assert (again.restored, again.left) == (1, 0)
    assert (state_of(store, id_).url, state_of(store, id_).etag) == (NEW, None)
    fetch_there(store, id_)
    assert len(titles(store, id_)) == 6
    store.undo()
    assert titles(store, id_) == ["Title 1", "Title 2", "Title 8"]
    assert state_of(store, id_) == before
