from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.bounds import RETENTION_EVERY, RETENTION_GRACE
from newsreader.model import Keep, Query, Scope, SourceSettings, read_keep
from newsreader.model.talk import Discussion
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, state_of, write

DAY = 86_400
ALL = Keep()


def old(number: int, days: int) -> dict[str, object]:
    return {"sort_at": NOW - days * DAY - number, "published": NOW - days * DAY - number}


def retire(store: Store, keep: Keep = ALL) -> None:
    """Let go what is to go, as if the line had been set long ago."""
    for _ in range(1_000):
        if not store.retire_some(keep, at_once=True):
            return
    raise AssertionError


def set_keep(store: Store, source_id: int, line: str) -> None:
    store.set_source(source_id, settings=SourceSettings(keep=line))


@pytest.fixture
def ages(store: Store) -> dict[int, int]:
    """A source with read articles of 1, 10, 40, 100 and 400 days: their ids by age."""
    source_id = add_source(store)
    days = (1, 10, 40, 100, 400)
    ingest(store, source_id, *(write(number, **old(number, age)) for number, age in enumerate(days, 1)))
    ids = dict(zip(days, store.listing(Query()).ids, strict=True))
    store.mark_read(ids.values(), True)
    return ids


def here(store: Store, ids: dict[int, int]) -> list[int]:
    left = set(store.listing(Query()).ids)
    return [age for age, id_ in ids.items() if id_ in left]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("all", [1, 10, 40, 100, 400]),
        ("90d", [1, 10, 40]),
        ("1y", [1, 10, 40, 100]),
        ("3", [1, 10, 40]),
        ("2w 4", [1, 10]),
        ("1y 2", [1, 10]),
        ("9", [1, 10, 40, 100, 400]),
    ],
)
def test_articles_go_by_age_and_by_count(store: Store, ages: dict[int, int], line: str, left: list[int]) -> None:
    preview = store.preview_retention(read_keep(line))
    assert preview.articles == 5 - len(left)
    assert (preview.size > 0) == (len(left) < 5)
    retire(store, read_keep(line))
    assert here(store, ages) == left
    assert store.preview_retention(read_keep(line)).articles == 0
    assert store.check() == ()


def test_what_is_told_counts_comments_too(store: Store, ages: dict[int, int]) -> None:
    before = store.preview_retention(read_keep("90d"))
    store.save_discussion(Discussion(ages[400], "Blog", None, NOW, 0), ())
    packed = store._db.value("SELECT length(comments) + length(html) FROM discussion")
    after = store.preview_retention(read_keep("90d"))
    assert (after.articles, after.size) == (before.articles, before.size + packed)
    retire(store, read_keep("90d"))
    assert store.discussion(ages[400]) is None


def test_a_source_has_a_line_of_its_own(store: Store, ages: dict[int, int]) -> None:
    other = add_source(store, 2)
    more = [*ingest(store, other, *(write(number, **old(number, 50)) for number in range(11, 16))).added]
    store.mark_read(more, True)
    set_keep(store, other, "2")
    preview = store.preview_retention(read_keep("90d"))
    assert [(each.source_id, each.keep, each.articles) for each in preview.sources] == [
        (other, "2", 3),
        (1 + 1, "90d", 2),
    ]
    set_keep(store, other, "all")
    retire(store, read_keep("30d"))
    assert here(store, ages) == [1, 10]
    assert len(store.listing(Query(Scope.SOURCE, source_id=other)).ids) == 5


def test_a_line_is_tried_without_being_set(store: Store, ages: dict[int, int]) -> None:
    assert store.preview_retention(ALL, source_id=2, keep=read_keep("30d")).articles == 3
    assert store.preview_retention(ALL, source_id=1, keep=read_keep("30d")).articles == 0
    assert here(store, ages) == list(ages)


def test_what_is_unread_stays_unless_the_person_says_otherwise(store: Store, ages: dict[int, int]) -> None:
    store.mark_read([ages[100], ages[10]], False)
    retire(store, read_keep("30d"))
    assert here(store, ages) == [1, 10, 100]
    retire(store, read_keep("30d unread"))
    assert here(store, ages) == [1, 10]


def test_what_was_opened_of_late_is_as_old_as_that(store: Store, ages: dict[int, int], clock: Clock) -> None:
    store.opened(ages[400])
    clock.now += 29 * DAY
    retire(store, read_keep("30d"))
    assert 400 in here(store, ages)
    clock.now += 2 * DAY
    retire(store, read_keep("30d"))
    assert 400 not in here(store, ages)


def test_what_is_kept_stays(store: Store, ages: dict[int, int]) -> None:
    store.bookmark([ages[400]], True)
    retire(store, read_keep("2d 1"))
    assert here(store, ages) == [1, 400]


def test_what_is_open_in_any_window_stays(store: Store, ages: dict[int, int], open_store: Callable[..., Store]) -> None:
    open_store("window-1").note_open([ages[400]])
    second = open_store("window-2")
    second.note_open([ages[100], ages[40]])
    retire(store, read_keep("30d"))
    assert here(store, ages) == [1, 10, 40, 100, 400]
    second.note_open([ages[1]])
    retire(store, read_keep("30d"))
    assert here(store, ages) == [1, 10, 400]


def test_what_went_is_not_taken_in_again_nor_counted(store: Store, ages: dict[int, int]) -> None:
    retire(store, read_keep("30d"))
    known = store.known(2)
    assert len(known) == 5
    assert all(known.values())
    again = [write(number, **old(number, age)) for number, age in enumerate(ages, 1)]
    change = ingest(store, 2, *again)
    assert not change.articles
    edited = ingest(store, 2, *(each._replace(content_hash="x", text="Now otherwise") for each in again))
    assert edited.articles == {ages[1], ages[10]}
    assert here(store, ages) == [1, 10]
    source = store.source(2)
    assert source is not None
    assert (source.unread, source.total) == (0, 2)
    assert store.check() == ()


def test_what_went_does_not_come_back_under_another_identity(store: Store, ages: dict[int, int]) -> None:
    retire(store, read_keep("30d"))
    again = [
        write(number, **old(number, age), identity=f"other-{number}", guid=f"other-{number}", content_hash="x")
        for number, age in enumerate(ages, 1)
    ]
    assert not ingest(store, 2, *again).added
    assert here(store, ages) == [1, 10]
    assert store.listing(Query(Scope.UNREAD)).ids == ()


def test_a_removed_source_and_the_handbook_are_left_alone(store: Store, ages: dict[int, int]) -> None:
    store.remove_sources([2])
    assert store.preview_retention(read_keep("1d")).articles == 0
    retire(store, read_keep("1d"))
    store.undo()
    assert here(store, ages) == list(ages)


def test_a_change_waits_until_it_can_no_longer_be_a_slip(store: Store, ages: dict[int, int], clock: Clock) -> None:
    while store.tidy(read_keep("90d")):
        pass
    clock.now += RETENTION_GRACE - 1
    assert store.preview_retention(read_keep("90d")).begins == clock.now + 1
    while store.tidy(read_keep("30d")):
        pass
    clock.now += RETENTION_GRACE - 1
    while store.tidy(read_keep("30d")):
        pass
    assert here(store, ages) == list(ages)
    clock.now += 1
    assert store.preview_retention(read_keep("30d")).begins is None
    while store.tidy(read_keep("30d")):
        pass
    assert here(store, ages) == [1, 10]


def test_the_library_is_looked_through_now_and_then(store: Store, clock: Clock) -> None:
    keep = read_keep("5")
    ids = fill(store, add_source(store), 8)
    store.mark_read(ids, True)
    store.tidy(keep)
    clock.now += RETENTION_GRACE
    while store.tidy(keep):
        pass
    assert len(store.listing(Query()).ids) == 5
    more = ingest(store, 2, write(0), write(-1)).added
    store.mark_read(more, True)
    while store.tidy(keep):
        pass
    assert len(store.listing(Query()).ids) == 7
    clock.now += RETENTION_EVERY
    while store.tidy(keep):
        pass
    assert len(store.listing(Query()).ids) == 5


def test_nothing_goes_while_the_clock_may_be_wrong(store: Store, ages: dict[int, int], clock: Clock) -> None:
    store.tidy()
    clock.now += 3_000 * DAY
    assert store.clock_problem() is not None
    retire(store, read_keep("30d"))
    assert here(store, ages) == list(ages)


def test_how_long_articles_are_kept_asks_no_feed_again(store: Store) -> None:
    source_id = add_source(store)
    store.record(state_of(store, source_id))
    store._db.run("UPDATE fetch_state SET next_due = ?", (NOW + 1_000,))
    set_keep(store, source_id, "90d")
    assert state_of(store, source_id).next_due == NOW + 1_000
    assert state_of(store, source_id).settings.keep == "90d"


@settings(max_examples=40, deadline=None)
@given(
    articles=st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans(), st.booleans()), max_size=12),
    days=st.none() | st.integers(1, 60),
    count=st.none() | st.integers(1, 12),
    unread=st.booleans(),
)
def test_what_is_told_before_is_what_goes(
    articles: list[tuple[int, bool, bool, bool]], days: int | None, count: int | None, unread: bool
) -> None:
    keep = Keep(days, count, unread)
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", clock=Clock()) as store:
        ingest(store, add_source(store), *(write(n, **old(n, each[0])) for n, each in enumerate(articles)))
        ids = [row[0] for row in store._db.all("SELECT id FROM status ORDER BY -sort_at, -id")]
        facts = dict(zip(ids, sorted(articles, key=lambda each: each[0]), strict=True))
        store.mark_read([id_ for id_, each in facts.items() if each[1]], True)
        store.bookmark([id_ for id_, each in facts.items() if each[2]], True)
        store.note_open([id_ for id_, each in facts.items() if each[3]])
        wanted = {
            id_
            for place, (id_, (age, read, kept, shown)) in enumerate(facts.items())
            if (read or unread)
            and not kept
            and not shown
            and ((days is not None and age >= days) or (count is not None and place >= count))
        }
        assert store.preview_retention(keep).articles == len(wanted)
        retire(store, keep)
        assert set(ids) - set(store.listing(Query()).ids) == wanted
        assert store.check() == ()


@pytest.mark.slow
def test_a_library_under_retention_stays_as_large_as_it_is(store: Store, clock: Clock) -> None:
    """A feed of thirty articles, one of them new each hour: a library that keeps a hundred does not grow."""
    source_id, keep, sizes = add_source(store), read_keep("100"), []
    for number in range(30, 1_230):
        document = [
            write(
                each, sort_at=clock.now - 60 * (number - each), text=f"word{each} " * 400, html=f"<p>{each}</p>" * 900
            )
            for each in range(number - 29, number + 1)
        ]
        known = store.known(source_id)
        change = ingest(store, source_id, *(each for each in document if known.get(each.identity) != each.content_hash))
        store.mark_read(change.added, True)
        store.index_some(100)
        clock.now += 3_600
        if number % 25 == 0:
            while store.tidy(keep):
                pass
            sizes.append(store._db.value("PRAGMA page_count"))
    assert len(store.listing(Query()).ids) <= 100 + 25
    assert store._db.value("SELECT count(*) FROM status") == 1_230 - 1
    assert max(sizes[-10:]) < 1.15 * max(sizes[8:18])
    assert store.check() == ()


def test_sources_with_a_tag_keep_what_is_set_for_it(store: Store, ages: dict[int, int], clock: Clock) -> None:
    keep = read_keep("all; #wire 90d")
    retire(store, keep)
    assert here(store, ages) == [1, 10, 40, 100, 400]
    (source_id,) = (source.id for source in store.sources() if source.total == len(ages))
    assert not store.retire_some(keep)
    clock.now += RETENTION_GRACE
    store.tag_sources([source_id], ["Wire"], [])
    assert not store.retire_some(keep), "a tag is a change of what is kept, and waits as others do"
    assert store.preview_retention(keep).articles == 2
    assert store.preview_retention(ALL, source_id=source_id, keep=keep).articles == 2
    retire(store, keep)
    assert here(store, ages) == [1, 10, 40]
    set_keep(store, source_id, "1")
    assert store.preview_retention(keep).articles == 2, "its own line comes first"
