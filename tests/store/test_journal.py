from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.bounds import JOURNAL_DAYS
from newsreader.model import Deed, FullTextMode, Place, Query, SavedSearch, Scope, Subscription, Undone
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill

DAY = 86_400


def undone(store: Store) -> Undone:
    found = store.undo()
    assert found is not None
    return found


def test_nothing_to_undo(store: Store) -> None:
    assert store.undo() is None


def test_marking_read_and_back(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 5)
    store.mark_read(ids[:1], True)
    change = store.mark_read(ids[:4], True)
    assert change.articles == set(ids[1:4])
    assert change.sources == {source_id}
    assert store.counts().unread == 1
    outcome = undone(store)
    assert (outcome.action, outcome.restored, outcome.left) == ("marked 3 articles of “example.org” read", 3, 0)
    assert outcome.change.articles == set(ids[1:4])
    assert outcome.change.sources == {source_id}
    assert [head.read for head in store.heads(ids)] == [True, False, False, False, False]
    assert undone(store).action == "marked “Title 1” read"
    assert store.counts().unread == 5


def test_what_was_so_already_is_no_action(store: Store) -> None:
    ids = fill(store, add_source(store), 2)
    undone(store)
    before = store.last_change()
    assert not store.mark_read(ids, False)
    assert not store.bookmark(ids, False)
    assert not store.mark_read([10**6, 2**70], True)
    assert not store.opened(2**70)
    assert store.last_change() == before
    assert store.undo() is None


def test_undo_leaves_what_was_changed_since(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 3)
    here.mark_read(ids, True)
    there.mark_read(ids[:1], False)
    outcome = undone(here)
    assert (outcome.restored, outcome.left) == (2, 1)
    assert outcome.change.articles == set(ids[1:])


def test_each_window_undoes_its_own(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 2)
    here.mark_read(ids[:1], True)
    there.bookmark(ids[1:], True)
    assert undone(here).action == "marked “Title 1” read"
    assert undone(there).action == "bookmarked “Title 2”"
    assert there.undo() is None


def test_who_acted_last_is_known(open_store: Callable[..., Store]) -> None:
    one, other = open_store(window="one"), open_store(window="other")
    assert one.windows() == ()
    (first, second) = fill(one, add_source(one), 2)
    one.mark_read([first], True)
    other.mark_read([second], True)
    assert one.windows()[:2] == ("other", "one")


def test_undo_goes_on_after_a_restart(open_store: Callable[..., Store]) -> None:
    first = open_store("w")
    ids = fill(first, add_source(first), 1)
    first.bookmark(ids, True)
    first.close()
    assert undone(open_store("w")).action == "bookmarked “Title 1”"


def test_an_action_of_which_nothing_is_left_does_not_stand_in_the_way(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 2)
    here.mark_read(ids[:1], True)
    here.mark_read(ids[1:], True)
    there.mark_read(ids[1:], False)
    outcome = undone(here)
    assert (outcome.restored, outcome.left, bool(outcome.change)) == (0, 1, False)
    assert undone(here).restored == 1


def test_bookmarks_come_and_go(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 2)
    store.bookmark(ids, True)
    assert store.listing(Query(Scope.BOOKMARKS)).ids == ids
    clock.now += 60
    store.bookmark(ids[:1], False)
    assert store.listing(Query(Scope.BOOKMARKS)).ids == ids[1:]
    assert undone(store).action == "took the bookmark from “Title 1”"
    assert undone(store).action == "bookmarked 2 articles of “example.org”"
    assert store.listing(Query(Scope.BOOKMARKS)).ids == ()


def test_opening_is_one_action(store: Store, clock: Clock) -> None:
    source_id = add_source(store)
    (article_id,) = fill(store, source_id, 1)
    change = store.opened(article_id)
    assert change.articles == {article_id}
    assert change.sources == {source_id}
    clock.now += 1
    store.opened(article_id)
    assert store.heads([article_id])[0].read
    assert undone(store).action == "opened “Title 1”"
    assert not store.heads([article_id])[0].read
    assert undone(store).action == "added “example.org”"


def test_adding_and_removing_sources(store: Store) -> None:
    first = add_source(store, 1)
    ids = fill(store, first, 2)
    store.add_sources([Subscription("https://b.example/", "B"), Subscription("https://c.example/", "C")])
    outcome = undone(store)
    assert (outcome.action, outcome.restored) == ("added 2 sources", 2)
    assert [state.source_id for state in store.fetch_states()] == [first]
    store.remove_sources([first])
    outcome = undone(store)
    assert outcome.action == "removed “example.org”"
    assert outcome.change.sources == {first}
    assert store.listing(Query()).ids == ids
    assert undone(store).action == "added “example.org”"
    assert store.listing(Query()).ids == ()


def test_a_source_hidden_by_undo_is_kept_from_then_on(store: Store, clock: Clock) -> None:
    """Else a source added again on its last day would go at once with its articles when that is undone."""
    source_id = add_source(store)
    ids = fill(store, source_id, 1)
    store.remove_sources([source_id])
    clock.now += 29 * DAY
    store.add_sources([Subscription("https://example.org/feed-1")])
    undone(store)
    clock.now += 5 * DAY
    while store.tidy():
        pass
    store.add_sources([Subscription("https://example.org/feed-1")])
    assert store.listing(Query()).ids == ids


def test_changes_of_a_source(store: Store) -> None:
    source_id = add_source(store, title="Gazette")
    store.update_source(source_id, title="Coast", folder="World")
    store.update_source(source_id, folder=None)
    store.update_source(source_id, url="https://new.example/")
    store.set_source(source_id, full_text_mode=FullTextMode.FEED)
    said = [undone(store).action for _ in range(4)]
    assert said == [
        "set “Coast” to show always what the feed gives",
        "changed the address of “Coast”",
        "took “Coast” out of its folder",
        "renamed “Gazette” to “Coast” and moved “Gazette” to the folder “World”",
    ]
    (source, _) = store.sources()
    assert (source.title, source.folder, source.url) == ("Gazette", None, "https://example.org/feed-1")
    assert source.full_text_mode is FullTextMode.AUTO


def test_an_address_taken_meanwhile_is_left(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    source_id = add_source(here)
    here.update_source(source_id, url="https://new.example/")
    assert add_source(there) != source_id
    outcome = undone(here)
    assert (outcome.restored, outcome.left) == (0, 1)
    source = here.source(source_id)
    assert source is not None
    assert source.url == "https://new.example/"


def test_a_source_whose_address_was_taken_meanwhile_stays_removed(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    first = add_source(here)
    second = add_source(there, 2)
    here.remove_sources([first])
    there.update_source(second, url="https://example.org/feed-1")
    outcome = undone(here)
    assert (outcome.action, outcome.restored, outcome.left) == ("removed “example.org”", 0, 1)
    assert here.source(first) is None


def test_undo_reaches_back_ninety_days(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 2)
    store.mark_read(ids[:1], True)
    clock.now += DAY
    store.mark_read(ids[1:], True)
    clock.now += (JOURNAL_DAYS - 1) * DAY + 1
    assert undone(store).action == "marked “Title 2” read"
    assert store.undo() is None


def test_the_journal_is_pruned(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 2)
    store.mark_read(ids[:1], True)
    clock.now += (JOURNAL_DAYS + 1) * DAY
    store.mark_read(ids[1:], True)
    assert store._db.column("SELECT words FROM action") == ["marked “Title 2” read"]
    assert store._db.value("SELECT count(*) FROM journal") == 1


def test_the_place_is_kept(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    for place in (Place(full_text=True, block=3, offset=41, words="as it was"), Place(block=0, offset=2)):
        store.save_place(article_id, place, 12)
        article = store.article(article_id)
        assert article is not None
        assert article.place == place
        assert article.place.words == place.words
        assert article.head.percent == 12


def test_a_place_is_announced_only_where_that_shows(store: Store) -> None:
    source_id = add_source(store)
    (article_id,) = fill(store, source_id, 1)
    begun = store.save_place(article_id, Place(block=1), 10)
    assert begun.articles == {article_id}
    assert begun.sources == {source_id}
    assert not store.save_place(article_id, Place(block=2), 10)
    further = store.save_place(article_id, Place(block=3), 60)
    assert further.articles == {article_id}
    assert not further.sources
    assert store.save_place(article_id, Place(block=9), 97).sources == {source_id}
    assert not store.save_place(999, Place(), 5)


@contextmanager
def small_library() -> Iterator[tuple[Store, list[int], list[int]]]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", clock=Clock()) as store:
        sources = [add_source(store, number) for number in (1, 2)]
        ids = [id_ for source_id in sources for id_ in fill(store, source_id, 3)]
        yield store, sources, ids


def picture(store: Store) -> tuple[object, ...]:
    """All that the person's actions can change, as far as it can be seen."""
    return (
        store._db.all("SELECT id, read, bookmarked_at FROM status ORDER BY id"),
        store._db.all(
            "SELECT id, given_title, folder, url, full_text_mode, unread, total FROM source WHERE removed_at IS NULL"
        ),
        store.counts(),
        store._db.all("SELECT name, article_id FROM tagged JOIN tag ON tag.id = tag_id ORDER BY name, article_id"),
        store._db.all("SELECT id, text FROM note ORDER BY id"),
        [store.highlights(article_id) for article_id in range(1, 7)],
        store._db.all("SELECT id, later_at, here, hidden_by FROM status ORDER BY id"),
        store.saved_searches(),
        [(rule.query, rule.deed, rule.paused) for rule in store.rules()],
    )


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            "read unread star unstar open remove add title folder url mode "
            "tag untag note keep mark later smart unsmart rule pause unrule".split()
        ),
        st.sets(st.integers(0, 5), min_size=1),
    ),
    max_size=12,
)


WRITTEN: dict[str, Callable[[Store, list[int]], object]] = {
    "tag": lambda store, ids: store.tag(ids, ["sea", f"tag{len(ids)}"]),
    "untag": lambda store, ids: store.tag(ids, [], ["sea"]),
    "note": lambda store, ids: store.set_note(ids[0], "words " * (len(ids) - 1)),
    "keep": lambda store, ids: store.keep(ids[0], ["kept"], "why"),
    "mark": lambda store, ids: store.highlight(ids[0], Place(block=len(ids), words="Text")),
    "later": lambda store, ids: store.later(ids, len(ids) % 2 == 0),
    "smart": lambda store, ids: store.add_smart([SavedSearch(f"Smart {len(ids)}", "ferry")]),
    "unsmart": lambda store, ids: store.remove_smart([smart.id for smart in store.smart_sources()[:1]]),
    "rule": lambda store, ids: store.add_rule(f"zeppelin{len(ids)}", Deed.HIDE),
    "pause": lambda store, ids: store.pause_rules([rule.id for rule in store.rules()[:1]], len(ids) % 2 == 0),
    "unrule": lambda store, ids: store.remove_rules([rule.id for rule in store.rules()[:1]]),
}
"""What the person writes: tags, notes, passages, searches and rules."""


def act(store: Store, sources: list[int], ids: list[int], kind: str, chosen: set[int]) -> None:
    articles = [ids[number] for number in chosen]
    source_id = sources[min(chosen) % 2]
    live = store.source(source_id) is not None
    if kind in {"read", "unread"}:
        store.mark_read(articles, kind == "read")
    elif kind in {"star", "unstar"}:
        store.bookmark(articles, kind == "star")
    elif kind == "open":
        store.opened(articles[0])
    elif kind in WRITTEN:
        WRITTEN[kind](store, articles)
    elif kind == "remove":
        store.remove_sources([source_id])
    elif kind == "add":
        store.add_sources([Subscription(f"https://example.org/feed-{number}") for number in chosen])
    elif kind == "mode" and live:
        store.set_source(source_id, full_text_mode=list(FullTextMode)[len(chosen) % 3])
    elif kind in {"title", "folder"} and live:
        store.update_source(source_id, **{kind: f"Name {len(chosen)}"})
    elif kind == "url" and live:
        store.update_source(source_id, url=f"https://new.example/{source_id}/{len(chosen)}")


@given(ACTIONS)
@settings(deadline=None, max_examples=12)
def test_undoing_everything_and_doing_it_again_restores_exactly_what_was(actions: list[tuple[str, set[int]]]) -> None:
    with small_library() as (store, sources, ids):
        pictures = [picture(store)]
        for kind, chosen in actions:
            before = store._db.value("SELECT count(*) FROM action")
            act(store, sources, ids, kind, chosen)
            if store._db.value("SELECT count(*) FROM action") > before:
                pictures.append(picture(store))
        for shown in reversed(pictures[1:]):
            assert picture(store) == shown
            assert undone(store).left == 0
        for shown in pictures:
            assert picture(store) == shown
            again = store.redo()
            assert again is None or again.left == 0
        assert again is None
        assert store.check() == ()


def test_marking_very_many_read_is_one_action(store: Store) -> None:
    count = 2_000
    source_id = add_source(store)
    ids = fill(store, source_id, count)
    assert len(store.mark_read(ids, True).articles) == count
    outcome = undone(store)
    assert (outcome.action, outcome.restored) == ("marked 2,000 articles of “example.org” read", count)
    assert store.counts().unread == count


def test_what_is_done_together_is_one_action_or_nothing(store: Store) -> None:
    with store.together():
        source_id = add_source(store, title="The Coast Gazette")
        store.add_smart([SavedSearch("Ferries", "ferry")])
    assert [action.words for action in store.actions(9)] == [
        "added “The Coast Gazette” and added the smart source “Ferries”"
    ]
    taken = undone(store)
    assert taken.restored == 2
    assert not store.smart_sources()
    assert store.source(source_id) is None
    store.redo()
    assert store.smart_sources()
    assert store.source(source_id) is not None
    try:
        with store.together():
            store.remove_sources([source_id])
            raise KeyError
    except KeyError:
        assert store.source(source_id) is not None


def test_what_is_changed_twice_together_goes_back_to_what_it_was_first(store: Store) -> None:
    one, two = store.add_smart([SavedSearch("one", "x"), SavedSearch("two", "y")]).ids
    with store.together():
        store.change_smart(one, title="first", folder="World")
        store.change_smart(two, folder="World")
        store.change_smart(one, title="second")
    assert store.actions(1)[0].words.startswith("renamed “one” to “first” and moved")
    assert [each.title for each in store.smart_sources()] == ["second", "two"]
    undone = store.undo()
    assert undone is not None
    assert undone.left == 0
    assert [(each.title, each.folder) for each in store.smart_sources()] == [("one", None), ("two", None)]
    store.redo()
    assert [(each.title, each.folder) for each in store.smart_sources()] == [("second", "World"), ("two", "World")]
