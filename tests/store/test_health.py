"""How sources do: settings, hints, holds, offers, silence, and the judgement of all that."""

from __future__ import annotations

import pytest

from newsreader.bounds import NEVER
from newsreader.errors import UsageError
from newsreader.model import FetchState, FullTextMode, SourceSettings, Subscription
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, fill, state_of

DAY = 86_400
SETTINGS = SourceSettings(
    interval=1_800,
    user_agent="Mozilla/5.0",
    headers=(("X-Token", "env:TOKEN"), ("Accept-Language", "de")),
    user="ada",
    secret="env:NEWS",
    proxy="none",
)


def record(store: Store, source_id: int, **fields: object) -> FetchState:
    state = state_of(store, source_id)._replace(last_attempt=NOW, last_success=NOW, next_due=NOW + 900, **fields)  # type: ignore[arg-type]  # built from names, checked by every test
    store.record(state)
    return state


def test_all_of_a_state_is_kept(store: Store) -> None:
    id_ = add_source(store)
    state = record(
        store,
        id_,
        etag='"a"',
        status=304,
        ttl=3_600,
        skip_hours=frozenset({0, 1, 23}),
        skip_days=frozenset({5, 6}),
        newest=NOW - DAY,
        gap=DAY,
        problem="Its last article is left out.",
        looked_at=NOW - 5,
        offer="https://example.org/new",
    )
    assert state_of(store, id_) == state


def test_settings_are_kept_undone_and_make_the_source_due(store: Store) -> None:
    id_ = add_source(store, title="Example")
    record(store, id_)
    assert id_ in store.set_source(id_, settings=SETTINGS).sources
    assert state_of(store, id_).settings == SETTINGS
    assert state_of(store, id_).next_due == 0
    assert not store.set_source(id_, settings=SETTINGS)
    undone = store.undo()
    assert undone is not None
    assert undone.action == "changed interval, user agent, headers, name and password and proxy of “Example”"
    assert state_of(store, id_).settings == SourceSettings()


def test_settings_and_mode_are_one_action(store: Store) -> None:
    id_ = add_source(store, title="Example")
    store.set_source(id_, settings=SourceSettings(interval=600), full_text_mode=FullTextMode.FULL)
    assert state_of(store, id_).full_text_mode is FullTextMode.FULL
    undone = store.undo()
    assert undone is not None
    assert undone.action == "changed interval of “Example” and set “Example” to show always the full text"
    assert (state_of(store, id_).settings, state_of(store, id_).full_text_mode) == (SourceSettings(), FullTextMode.AUTO)
    assert store.undo() is not None  # the adding
    with pytest.raises(UsageError):
        store.set_source(77, settings=SETTINGS)


def test_an_interval_of_a_list_is_a_setting(store: Store) -> None:
    (id_,) = store.add_sources([Subscription("https://example.org/feed", interval=7_200)]).ids
    assert state_of(store, id_).settings == SourceSettings(interval=7_200)
    assert store.subscriptions()[0].interval == 7_200


def test_an_offer_is_taken_and_given_back(store: Store) -> None:
    id_ = add_source(store)
    before = state_of(store, id_).url
    with pytest.raises(UsageError, match="No new address"):
        store.take_offer(id_)
    with pytest.raises(UsageError, match="no source"):
        store.take_offer(77)
    record(store, id_, error="example.org answered 404.", error_count=2, status=404, problem="Cut.")
    store.record_offer(id_, "https://example.org/new", NOW)
    source = store.source(id_)
    assert source is not None
    assert source.offer == "https://example.org/new"
    store.take_offer(id_)
    state = state_of(store, id_)
    assert (state.url, state.offer, state.error, state.status, state.problem) == (source.offer, None, None, None, None)
    assert state.next_due == 0
    assert store.undo() is not None
    assert state_of(store, id_).url == before


def test_an_offer_that_another_source_has_taken_is_refused(store: Store) -> None:
    id_, other = add_source(store, 1), add_source(store, 2)
    store.record_offer(id_, state_of(store, other).url, NOW)
    with pytest.raises(UsageError, match="has this address already"):
        store.take_offer(id_)


def test_an_offer_for_a_removed_source_is_dropped(store: Store) -> None:
    id_ = add_source(store)
    store.remove_sources([id_])
    assert not store.record_offer(id_, "https://example.org/new", NOW)


def test_a_host_on_hold_moves_all_its_sources_until_then(store: Store, clock: Clock) -> None:
    first, second = add_source(store, 1), add_source(store, 2)
    (third,) = store.add_sources([Subscription("https://EXAMPLE.org:8443/feed")]).ids
    (other,) = store.add_sources([Subscription("https://example.com/feed")]).ids
    for id_ in (first, third, other):
        record(store, id_)
    assert store.hold_host("example.org", NOW + 3_600).sources == {first, second, third}
    store.hold_host("example.org", NOW + 60)
    assert store.held() == {"example.org": NOW + 3_600}
    assert [state.next_due for state in store.fetch_states([first, second, third])] == [NOW + 3_600] * 3
    assert state_of(store, other).next_due == NOW + 900
    clock.now = NOW + 3_600
    assert store.held() == {}
    store.hold_host("example.com", NOW + 9_000)
    assert store._db.column("SELECT host FROM hold") == ["example.com"]


def test_a_longer_wait_is_not_shortened_by_a_hold(store: Store) -> None:
    id_ = add_source(store)
    record(store, id_)
    store.record(state_of(store, id_)._replace(next_due=NEVER))
    store.hold_host("example.org", NOW + 3_600)
    assert state_of(store, id_).next_due == NEVER


@pytest.mark.parametrize(
    ("newest", "gap", "silent"),
    [
        (NOW - 94 * DAY, 7 * DAY, True),
        (NOW - 31 * DAY, DAY, True),
        (NOW - 29 * DAY, 60, False),
        (NOW - 94 * DAY, 30 * DAY, False),
        (NOW - 94 * DAY, None, False),
        (None, None, False),
    ],
)
def test_a_source_is_silent_when_nothing_came_for_long(
    store: Store, newest: int | None, gap: int | None, silent: bool
) -> None:
    id_ = add_source(store)
    record(store, id_, newest=newest, gap=gap)
    source = store.source(id_)
    assert source is not None
    assert source.silent_since == (newest if silent else None)


def test_nobody_is_silent_who_was_not_asked_since(store: Store) -> None:
    id_ = add_source(store)
    store.record(state_of(store, id_)._replace(last_success=NOW - 90 * DAY, newest=NOW - 94 * DAY, gap=7 * DAY))
    source = store.source(id_)
    assert source is not None
    assert source.silent_since is None


def test_who_is_gone_is_retired_until_it_answers_otherwise(store: Store) -> None:
    id_ = add_source(store)
    store.record(state_of(store, id_)._replace(next_due=NEVER, status=410, error="Gone.", error_count=1))
    assert [source.retired for source in store.sources() if source.id == id_] == [True]
    store.mark_due([id_])
    assert [source.retired for source in store.sources() if source.id == id_] == [True]
    record(store, id_, status=200, error=None, error_count=0)
    assert [source.retired for source in store.sources() if source.id == id_] == [False]


def test_health_is_judged_the_worst_first(store: Store) -> None:
    names = ["sound", "odd", "held", "silent", "down", "worse", "lost"]
    ids = {name: store.add_sources([Subscription(f"https://{name}.test/feed", name.title())]).ids[0] for name in names}
    record(store, ids["sound"], status=304, newest=NOW - 7 * DAY, gap=7 * DAY)
    record(store, ids["odd"], problem="The document is cut off.")
    record(store, ids["held"])
    record(store, ids["silent"], newest=NOW - 94 * DAY, gap=7 * DAY)
    record(store, ids["down"], error="Nothing answers.", error_count=1)
    record(store, ids["worse"], error="Nothing answers.", error_count=5)
    record(store, ids["lost"], error="lost.test answered 404.", error_count=2, status=404)
    store.record_offer(ids["lost"], "https://ada:secret@lost.test/new", NOW)
    store.hold_host("held.test", NOW + 3_600)
    healths = store.healths()
    assert [health.source.title for health in healths] == ["Lost", "Worse", "Down", "Silent", "Held", "Odd", "Sound"]
    lost, _, down, silent, held, odd, sound = healths
    assert lost.reason == "lost.test answered 404. It was found again at https://lost.test/new"
    assert (lost.fix, lost.key) == ("Take the new address https://lost.test/new", "mend")
    assert (down.reason, down.fix, down.key) == ("Nothing answers.", None, None)
    assert silent.reason == "It used to post weekly, silent for 94 days."
    assert (held.held_until, held.reason) == (NOW + 3_600, None)
    assert (odd.reason, odd.fix) == ("The document is cut off.", None)
    assert (sound.reason, sound.weekly) == (None, 1.0)


@pytest.mark.parametrize(
    ("status", "count", "words"),
    [
        (401, 1, "where its password stands"),
        (403, 1, "user agent"),
        (404, 1, "new address"),
        (500, 1, None),
        (None, 1, None),
        (None, 8, "new address"),
    ],
)
def test_a_failure_comes_with_its_fix(store: Store, status: int | None, count: int, words: str | None) -> None:
    id_ = add_source(store)
    record(store, id_, error="It does not work.", error_count=count, status=status)
    health = store.health(id_)
    assert health is not None
    assert (health.fix is None) if words is None else (health.fix is not None and words in health.fix)


def test_what_is_never_fetched_has_no_health(store: Store) -> None:
    handbook = store.sources()[-1]
    assert store.health(handbook.id) is None
    assert store.health(77) is None


def test_dates_of_the_feed_alone_tell_of_silence(store: Store) -> None:
    id_ = add_source(store)
    fill(store, id_, 3)
    assert len(store.dated_times(id_, 20)) == 3
    store._db.run("UPDATE article SET published = NULL, updated = NULL")
    assert store.dated_times(id_, 20) == ()
    assert len(store.article_times(id_, 20)) == 3


@pytest.mark.parametrize(
    ("offer", "kept"),
    [
        ("https://example.com/1", False),
        ("https://example.org:8443/1", False),
        ("http://example.org/1", False),
        ("https://example.org:443/1", True),
    ],
)
def test_what_was_set_for_an_origin_is_not_taken_to_another(store: Store, offer: str, *, kept: bool) -> None:
    (id_,) = store.add_sources([Subscription("https://example.org/feed")]).ids
    store.set_source(id_, settings=SETTINGS)
    store.record_offer(id_, offer, NOW)
    store.take_offer(id_)
    bare = SETTINGS._replace(headers=(), user=None, secret=None)
    assert (state_of(store, id_).url, state_of(store, id_).settings) == (offer, SETTINGS if kept else bare)
    assert store.undo() is not None
    assert (state_of(store, id_).url, state_of(store, id_).settings) == ("https://example.org/feed", SETTINGS)
