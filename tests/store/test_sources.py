from __future__ import annotations

from collections.abc import Callable

import pytest

from newsreader.errors import UsageError
from newsreader.model import FullTextMode, ParsedFeed, Query, Scope, SourceKind, Subscription
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, state_of, write


def test_a_new_library_has_the_handbook_and_nothing_else(store: Store) -> None:
    (handbook,) = store.sources()
    assert store.created
    assert (handbook.url, handbook.kind) == ("newsreader:handbook", SourceKind.BUILTIN)
    assert handbook.title == "The newsreader handbook"
    assert store.subscriptions() == ()
    assert store.fetch_states() == ()


def test_adding_gives_ids_in_the_order_asked_for(store: Store) -> None:
    first = store.add_sources([Subscription("https://b.example/"), Subscription("https://a.example/")])
    again = store.add_sources(
        [Subscription("https://a.example/"), Subscription("https://c.example/"), Subscription("https://c.example/")]
    )
    assert again.ids[0] == first.ids[1]
    assert again.ids[1] == again.ids[2]
    assert again.new == {again.ids[1]}
    assert again.change.sources == again.new


def test_what_is_here_keeps_its_name_when_added_again(store: Store) -> None:
    store.add_sources([Subscription("https://a.example/", "Mine", "World")])
    store.add_sources([Subscription("https://a.example/", "Theirs", "Other")])
    assert [(s.title, s.folder) for s in store.sources() if s.kind is SourceKind.FEED] == [("Mine", "World")]


def test_sources_come_in_the_persons_order(store: Store) -> None:
    store.add_sources(
        [
            Subscription("https://1.example/", folder="Science"),
            Subscription("https://2.example/", folder="Art"),
            Subscription("https://3.example/"),
            Subscription("https://4.example/", folder="Science"),
        ]
    )
    assert [source.url for source in store.sources()] == [
        "https://3.example/",
        "https://1.example/",
        "https://4.example/",
        "https://2.example/",
        "newsreader:handbook",
    ]


def test_the_name_is_the_persons_else_the_feeds_else_the_host(store: Store) -> None:
    source_id = add_source(store)
    assert store.sources()[0].title == "example.org"
    ingest(store, source_id, feed=ParsedFeed(title="The Coast\nGazette", link="https://example.org/"))
    assert store.sources()[0].title == "The Coast Gazette"
    assert store.sources()[0].link == "https://example.org/"
    store.update_source(source_id, title="Coast")
    ingest(store, source_id, feed=ParsedFeed(title="Something else"))
    assert store.sources()[0].title == "Coast"
    store.update_source(source_id, title="")
    assert store.sources()[0].title == "Something else"


def test_a_feed_without_title_takes_no_name_away(store: Store) -> None:
    source_id = add_source(store)
    ingest(store, source_id, feed=ParsedFeed(title="Gazette", link="https://example.org/"))
    ingest(store, source_id, feed=ParsedFeed())
    assert (store.sources()[0].title, store.sources()[0].link) == ("Gazette", "https://example.org/")


def test_subscriptions_come_back_as_they_were_given(store: Store) -> None:
    given = (
        Subscription("https://1.example/", "One", None, "https://1.example/home", ("a", "b")),
        Subscription("https://2.example/", "Two", "World / North"),
    )
    store.add_sources(given)
    assert store.subscriptions() == given


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2", ["https://coast.example/feed"]),
        ("https://north.example/feed", ["https://north.example/feed"]),
        ("gazette", ["https://coast.example/feed", "https://valley.example/feed"]),
        ("NORTH.EXAMPLE", ["https://north.example/feed"]),
        ("valley GAZETTE", ["https://valley.example/feed"]),
        ("wire", ["https://wire.example/feed"]),
        ("999", []),
        ("", []),
        ("  ", []),
        ("\ud800", []),
    ],
)
def test_finding_sources(store: Store, text: str, found: list[str]) -> None:
    store.add_sources(
        [
            Subscription("https://coast.example/feed", "The Coast Gazette"),
            Subscription("https://north.example/feed", "Northern Wire"),
            Subscription("https://valley.example/feed", "Valley gazette"),
            Subscription("https://wire.example/feed", "Wire"),
        ]
    )
    assert [source.url for source in store.find_sources(text)] == found


def test_a_private_source_is_found_without_its_password_and_not_by_it(store: Store) -> None:
    url = "https://ada:hunter2@club.example/feed"
    store.add_sources([Subscription(url), Subscription("https://club.example/feed/more")])
    for text in (url, "https://club.example/feed"):
        assert [source.url for source in store.find_sources(text)] == [url]
    assert store.find_sources("hunter2") == ()


def test_a_removed_source_is_hidden_with_its_articles_and_comes_back_with_them(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    store.mark_read(ids[:1], True)
    change = store.remove_sources([source_id])
    assert change.sources == {source_id}
    assert store.source(source_id) is None
    assert store.listing(Query()).ids == ()
    assert store.listing(Query(Scope.UNREAD)).ids == ()
    assert store.counts().unread == store.counts().all == 0
    assert store.fetch_states() == ()
    added = store.add_sources([Subscription("https://example.org/feed-1", "Named", "World")])
    assert added.ids == (source_id,)
    assert added.new == {source_id}
    assert store.listing(Query()).ids == ids
    source = store.source(source_id)
    assert source is not None
    assert (source.title, source.folder, source.unread, source.total) == ("Named", "World", 2, 3)


def test_bookmarks_outlive_their_source(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 2)
    store.bookmark(ids[:1], True)
    store.remove_sources([source_id])
    assert store.listing(Query(Scope.BOOKMARKS)).ids == ids[:1]
    assert store.counts().bookmarks == 1
    assert store.article(ids[0]) is not None


def test_removing_what_is_not_there_changes_nothing(store: Store) -> None:
    before = store.last_change()
    assert not store.remove_sources([99, 2**70])
    assert store.last_change() == before
    assert store.undo() is None


def test_moving_in_and_out_of_a_folder(store: Store) -> None:
    source_id = add_source(store)
    assert store.update_source(source_id, folder="World").sources == {source_id}
    assert store.sources()[0].folder == "World"
    assert not store.update_source(source_id, folder="World")
    store.update_source(source_id, title="New name")
    assert store.sources()[0].folder == "World"
    store.update_source(source_id, folder=None)
    assert store.sources()[0].folder is None


def test_a_new_address_forgets_what_belonged_to_the_old_one(store: Store) -> None:
    source_id = add_source(store)
    store.record(state_of(store, source_id)._replace(etag="e", body_hash="h", error="Gone.", error_count=3))
    store.update_source(source_id, url="https://new.example/")
    state = state_of(store, source_id)
    assert (state.url, state.etag, state.body_hash, state.error, state.error_count, state.next_due) == (
        "https://new.example/",
        None,
        None,
        None,
        0,
        0,
    )


def test_an_address_belongs_to_one_source(store: Store) -> None:
    first, second = add_source(store, 1), add_source(store, 2)
    with pytest.raises(UsageError, match="has this address already"):
        store.update_source(second, url="https://example.org/feed-1")
    assert store.sources()[1].url == "https://example.org/feed-2"
    store.remove_sources([first])
    store.update_source(second, url="https://example.org/feed-1")
    assert store.sources()[0].url == "https://example.org/feed-1"


def test_values_that_sqlite_does_not_take_are_made_to_fit(store: Store) -> None:
    added = store.add_sources([Subscription("https://\ud800.example/", "\ud800", "\ud800", "\ud800")])
    store.update_source(added.ids[0], title="a\ud800", folder="b\ud800", url="https://c\ud800.example/")
    source = store.source(added.ids[0])
    assert source is not None
    assert (source.title, source.folder, source.url) == ("a", "b", "https://c?.example/")
    undone = store.undo()
    assert undone is not None
    assert undone.left == 0
    store.record(state_of(store, added.ids[0])._replace(interval=2**80, error="\udfff"))
    assert state_of(store, added.ids[0]).interval == 2**63 - 1
    store.remember("\ud800", "\ud800")
    assert store.recall("\ud800") == "?"


def test_an_unknown_source_is_said_in_words(store: Store) -> None:
    with pytest.raises(UsageError, match="no source 77"):
        store.update_source(77, title="x")
    with pytest.raises(UsageError, match="no source 77"):
        store.set_source(77, full_text_mode=FullTextMode.FULL)


def test_full_text_mode_is_kept(store: Store) -> None:
    source_id = add_source(store)
    store.set_source(source_id, full_text_mode=FullTextMode.FULL)
    assert store.sources()[0].full_text_mode is FullTextMode.FULL
    assert state_of(store, source_id).full_text_mode is FullTextMode.FULL


def test_the_outcome_of_a_fetch_is_kept(store: Store) -> None:
    source_id = add_source(store)
    state = state_of(store, source_id)._replace(
        etag='"e"',
        last_modified="Mon, 23 Nov 2026 18:00:00 GMT",
        body_hash="abc",
        last_attempt=NOW,
        last_success=NOW - 5,
        next_due=NOW + 900,
        error="The server answered 500.",
        error_count=2,
        interval=900,
    )
    assert store.record(state).sources == {source_id}
    assert state_of(store, source_id) == state
    source = store.source(source_id)
    assert source is not None
    assert (source.error, source.last_success, source.next_due) == ("The server answered 500.", NOW - 5, NOW + 900)


def test_an_outcome_does_not_undo_what_the_person_set_meanwhile(store: Store) -> None:
    source_id = add_source(store)
    stale = state_of(store, source_id)
    store.update_source(source_id, title="Mine", url="https://new.example/")
    store.set_source(source_id, full_text_mode=FullTextMode.FULL)
    store.record(stale)
    state = state_of(store, source_id)
    assert (state.title, state.url, state.full_text_mode) == ("Mine", "https://new.example/", FullTextMode.FULL)


def test_nothing_is_recorded_for_a_source_that_was_removed_meanwhile(store: Store) -> None:
    source_id = add_source(store)
    state = state_of(store, source_id)
    store.remove_sources([source_id])
    before = store.last_change()
    assert not store.record(state)
    assert not store.ingest(state, ParsedFeed(title="x"), [write(1)])
    assert store.last_change() == before
    assert store.known(source_id) == {}


def test_asking_for_a_refresh_is_seen_by_others_and_answered_once(
    open_store: Callable[..., Store], clock: Clock
) -> None:
    asking, keeping = open_store("a"), open_store("b")
    first, second = add_source(asking, 1), add_source(asking, 2)
    for source_id in (first, second):
        keeping.record(state_of(keeping, source_id)._replace(next_due=NOW + 3600))
    clock.now += 10
    asking.mark_due([second])
    assert [state.next_due for state in keeping.fetch_states()] == [NOW + 3600, NOW + 10]
    assert keeping.requested() == {second}
    keeping.record(state_of(keeping, second)._replace(next_due=NOW + 3600))
    assert asking.requested() == frozenset()
    asking.mark_due(None)
    assert asking.requested() == {first, second}


def test_the_handbook_can_be_removed_and_added(store: Store) -> None:
    (handbook,) = store.sources()
    store.remove_sources([handbook.id])
    assert store.sources() == ()
    store.add_sources([Subscription("newsreader:handbook", "")], kind=SourceKind.BUILTIN)
    assert store.sources() == (handbook,)
