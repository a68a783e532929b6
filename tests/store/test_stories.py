from __future__ import annotations

from collections.abc import Callable

import pytest

from newsreader.model import Placed, Query, Scope
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, write


def test_articles_wait_for_their_places_in_the_order_in_which_they_came(store: Store) -> None:
    ids = fill(store, add_source(store), 3)
    upto, leads = store.unplaced(2, 100)
    assert (upto, [lead.id for lead in leads]) == (0, [*ids[:2]])
    store.place([Placed(lead.id, lead.id) for lead in leads], upto)
    upto, leads = store.unplaced(2, 100)
    assert (upto, [lead.id for lead in leads]) == (ids[1], [ids[2]])
    store.place([Placed(ids[2], ids[2])], upto)
    assert store.unplaced(2, 100) == (ids[2], ())
    assert [placed for _, placed in store.placed(0, 9, 100)] == [Placed(id_, id_) for id_ in reversed(ids)]
    pages = (store.placed(0, 1, 100, before) for before in (*reversed(ids), None))
    assert [[placed.id for _, placed in page] for page in pages] == [*([id_ - 1] for id_ in ids[:0:-1]), [], [ids[-1]]]


def test_of_a_library_of_a_time_before_stories_only_what_came_last_is_placed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.store.stories.STORIES_BACK", 2)
    ids = fill(store, add_source(store), 4)
    upto, leads = store.unplaced(9, 100)
    assert [lead.id for lead in leads] == [*ids[2:]]
    assert store.place([Placed(ids[2], ids[2]), Placed(ids[3], ids[2])], upto) is not None
    assert len(store.story_of(ids[3])) == 2


def test_a_story_has_its_articles_in_the_order_of_their_times_and_says_which_are_copies(store: Store) -> None:
    one, two = add_source(store, 1), add_source(store, 2)
    (first, other), (second, third) = fill(store, one, 2), fill(store, two, 2, first=3)
    places = [Placed(first, first), Placed(other, other), Placed(second, first), Placed(third, first, second)]
    change = store.place(places, 0)
    assert change is not None
    assert change.articles == {first, second, third}
    assert change.sources == {one, two}
    assert {each.id: each.copy_of for each in store.story_of(second)} == {first: None, second: None, third: second}
    assert store.story_of(other) == ()
    assert store.copies_of([second]) == [third]
    assert store.copies_of([third]) == [second]
    assert store.copies_of([first]) == []


def test_one_that_was_alone_is_joined_and_what_is_gone_is_left_out(store: Store) -> None:
    ids = fill(store, add_source(store), 3)
    store.place([Placed(ids[0], ids[0]), Placed(ids[1], ids[1]), Placed(ids[2], ids[0], None, (ids[1],))], 0)
    assert {each.id for each in store.story_of(ids[1])} == {*ids}
    store.drop_articles([ids[0], ids[1]])
    assert store.story_of(ids[2]) == ()


def test_what_two_processes_place_is_placed_once(store: Store, open_store: Callable[..., Store]) -> None:
    ids = fill(store, add_source(store), 2)
    other = open_store("other")
    upto, _ = store.unplaced(9, 100)
    assert other.place([Placed(ids[0], ids[0]), Placed(ids[1], ids[0])], upto) is not None
    assert store.place([Placed(ids[0], ids[0]), Placed(ids[1], ids[1])], upto) is None
    assert len(store.story_of(ids[1])) == 2


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_two_stories_that_become_one_are_counted_as_one(store: Store, steps: int) -> None:
    sources = [add_source(store, number) for number in range(1, 6)]
    ids = [fill(store, source, 1, first=number)[0] for number, source in enumerate(sources, 1)]
    a, b, c, d, last = ids
    placed = [Placed(a, a), Placed(b, a), Placed(c, c), Placed(d, c), Placed(last, a, None, (c, d))]
    upto = 0
    for batch in (placed[:-steps], placed[-steps:]):
        assert store.place(batch, upto) is not None
        upto = batch[-1].id
    assert {each.id for each in store.story_of(d)} == {*ids}
    assert [head.sources for head in store.heads(ids)] == [5] * 5
    assert len(store.top_stories(0)) == 1


def test_who_holds_a_word_is_told_newest_first_with_about_how_many_there_are(store: Store) -> None:
    source = add_source(store)
    ingest(store, source, *(write(number, title=f"Ferry {number}", text="of the harbour") for number in range(1, 9)))
    while store.index_some(100):
        pass
    held = store.holders(["ferry", "nowhere"], 3)
    assert [len(held["ferry"].ids), held["nowhere"].ids] == [3, ()]
    assert held["ferry"].ids == tuple(sorted(held["ferry"].ids, reverse=True))
    assert held["ferry"].total >= 3
    leads = store.leads(held["ferry"].ids, 6)
    assert [lead.id for lead in leads] == [*held["ferry"].ids]
    assert {lead.text for lead in leads} == {"of the"}


def test_articles_are_found_by_how_many_sources_tell_of_the_same(store: Store) -> None:
    sources = [add_source(store, number) for number in range(1, 4)]
    ids = [fill(store, source, 1, first=number)[0] for number, source in enumerate(sources, 1)]
    (alone,) = fill(store, sources[0], 1, first=9)
    (pair, mate) = fill(store, sources[1], 1, first=10) + fill(store, sources[2], 1, first=11)
    order = [*ids, alone, pair, mate]
    stories = {**dict.fromkeys(ids, ids[0]), alone: alone, pair: pair, mate: pair}
    store.place([Placed(id_, stories[id_]) for id_ in order], 0)
    wanted = {"story:>2": {*ids}, "story:>1": {*ids, pair, mate}, "story:2": {pair, mate}, "story:1": {alone}}
    for text, found in {**wanted, "-story:>1": {alone}, "story:<2": {alone}}.items():
        assert {*store.listing(Query(text=text)).ids} == found, text


def test_a_story_is_of_the_sources_that_are_here(store: Store) -> None:
    sources = [add_source(store, number) for number in range(1, 4)]
    ids = [fill(store, source, 1, first=number)[0] for number, source in enumerate(sources, 1)]
    store.place([Placed(id_, ids[0]) for id_ in ids], 0)
    first = store.first_tellers({ids[0]})[ids[0]]

    def told() -> tuple[list[int], int, bool]:
        """Of how many sources the rows say it is, how many top stories there are, and whether the first told first."""
        tellers = store.first_tellers({ids[0]}).get(ids[0])
        return [head.sources for head in store.heads(ids)], len(store.top_stories(0)), tellers == first

    assert told() == ([3, 3, 3], 1, True)
    gone = next(head.source_id for head in store.heads(ids) if head.sort_at == first.at)
    store.remove_sources([gone])
    assert told() == ([2, 2, 2], 1, False)
    store.remove_sources([next(source for source in sources if source != gone)])
    assert told() == ([1, 1, 1], 0, False)
    store.undo()
    store.undo()
    assert told() == ([3, 3, 3], 1, True)


def wire(store: Store) -> tuple[list[int], int]:
    """A text that three sources have, and another article of the same story; the source of the second."""
    sources = [add_source(store, number) for number in range(1, 5)]
    ids = [fill(store, source, 1, first=number)[0] for number, source in enumerate(sources, 1)]
    first = ids[0]
    places = [Placed(first, first), Placed(ids[1], first, first), Placed(ids[2], first, first), Placed(ids[3], first)]
    store.place(places, 0)
    return ids, sources[1]


def unread(store: Store) -> set[int]:
    return {*store.listing(Query(text="is:unread")).ids}


def test_opening_an_article_reads_its_copies_in_the_same_action_and_leaves_what_is_kept(store: Store) -> None:
    (first, second, third, other), source = wire(store)
    store.bookmark([third], True)
    change = store.opened(first)
    assert unread(store) == {third, other}
    assert change.articles == {first, second}
    assert source in change.sources
    assert store.actions(1)[0].words == "opened “Title 1” and 1 copy"
    store.undo()
    assert unread(store) == {first, second, third, other}


def test_marking_an_article_reads_its_copies_and_not_what_waits_in_later(store: Store) -> None:
    (first, second, third, other), _ = wire(store)
    store.later([first], True)
    assert store.mark_read([second], True).articles == {second, third}
    assert unread(store) == {first, other}
    store.mark_read([second], False)
    assert unread(store) == {first, second, other}


def test_a_list_that_is_marked_takes_copies_with_it_as_one_action(store: Store) -> None:
    (first, second, _, other), _ = wire(store)
    assert [count for count, _ in store.mark_many([[second, other]], True)] == [4]
    assert unread(store) == set()
    store.undo()
    assert first in unread(store)
    assert len(unread(store)) == 4


def test_copies_stay_unread_where_the_person_wants_that(store: Store) -> None:
    (first, *others), _ = wire(store)
    store.use_copies(together=False)
    store.opened(first)
    assert unread(store) == {*others}


def test_a_head_says_of_how_many_sources_its_story_is(store: Store) -> None:
    ids, source = wire(store)
    (alone,) = fill(store, source, 1, first=9)
    heads = store.heads([ids[3], alone])
    assert [(head.story, head.sources) for head in heads] == [(ids[0], 4), (None, 1)]
    article = store.article(ids[1])
    assert article is not None
    assert article.head.sources == 4


def test_top_stories_are_those_of_most_sources_of_late_each_as_its_first_article(store: Store, clock: Clock) -> None:
    sources = [add_source(store, number) for number in range(1, 6)]

    def tell(number: int, tellers: list[int], age: int, copies: int = 0) -> int:
        ids: list[int] = []
        for teller in tellers:
            moment = NOW - age + 60 * teller
            change = ingest(store, sources[teller], write(10 * number + teller, sort_at=moment))
            ids += change.added
        last = len(ids) - copies
        placed = [Placed(id_, ids[0], None if at < last else ids[0]) for at, id_ in enumerate(ids)]
        store.place(placed, store.unplaced(1, 1)[0])
        return ids[0]

    hour = 3_600
    pair = tell(1, [1, 2], 2 * hour)
    large = tell(2, [0, 1, 2, 3, 4], 20 * hour)
    wire = tell(3, [0, 1, 2, 3], hour, copies=3)
    old = tell(4, [0, 1, 2], 90 * hour)
    alone = tell(5, [3], hour)
    listing = store.newest(Query(Scope.TOP), 50).listing
    assert (listing.ids, listing.order) == ((large, pair), "by sources")
    assert {wire, old, alone}.isdisjoint(listing.ids)
    assert store.counts().top == 2
    store.mark_read([large], True)
    assert store.counts().top == 1
    assert store.listing(Query(Scope.TOP)).ids == (large, pair)
    assert store.listing(Query(Scope.TOP, text="is:unread")).ids == (pair,)
    store.remove_sources([sources[0]])
    assert store.listing(Query(Scope.TOP)).ids == (large + 1, pair)
    clock.now += 4 * 86_400
    assert store.listing(Query(Scope.TOP)).ids == ()
    assert store.counts().top is None


def test_a_story_is_listed_in_the_order_in_which_it_was_told(store: Store) -> None:
    ids, _ = wire(store)
    listing = store.newest(Query(Scope.STORY, story_of=ids[2]), 50).listing
    assert listing.ids == tuple(reversed(ids))
    assert listing.order == "as it was told"
