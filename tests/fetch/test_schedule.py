"""When sources are asked: within bounds for any history, patient with who asks for patience."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.bounds import (
    DEFAULT_INTERVAL,
    FIRST_RETRY,
    MAX_HINT,
    MAX_INTERVAL,
    MAX_RETRY_AFTER,
    MIN_INTERVAL,
    NEVER,
    OFFLINE_PAUSE,
    OWN_INTERVALS,
)
from newsreader.errors import ChildError, FetchError, HeldBack, NewsreaderError, NotAFeed, Offline
from newsreader.fetch.schedule import after_failure, after_success, interval_for, is_due, is_overdue, regularity
from newsreader.model import FetchState, SourceSettings

NOW = 1_795_456_800
HOUR, DAY = 3_600, 86_400
STATE = FetchState(source_id=1, url="http://example.org/feed", title="Example")

moments = st.integers(0, 2**40)
chances = st.floats(0, 1)
histories = st.lists(st.integers(-(2**40), 2**40), max_size=60)
hints = st.none() | st.integers(-10, 2**40)
failures = st.builds(
    FetchError,
    st.just("It failed."),
    status=st.none() | st.sampled_from([404, 429, 500, 503]),
    retry_after=st.none() | st.integers(0, 2**40),
) | st.sampled_from([NotAFeed("A page."), ChildError("Too slow.")])


def succeed(
    published: list[int], *, max_age: int | None = None, jitter: float = 0.5, now: int = NOW, **hints: Any
) -> FetchState:
    return after_success(STATE._replace(**hints), now=now, published=published, max_age=max_age, jitter=jitter)


def wait(state: FetchState, now: int = NOW) -> int:
    assert state.next_due is not None
    return state.next_due - now


@given(moments, histories, hints, hints, chances)
def test_next_moment_is_within_bounds_for_any_history(
    now: int, published: list[int], max_age: int | None, ttl: int | None, jitter: float
) -> None:
    state = succeed(published, now=now, max_age=max_age, ttl=ttl, jitter=jitter)
    assert state.next_due is not None
    assert MIN_INTERVAL <= state.next_due - now <= MAX_INTERVAL
    assert not is_due(state, now)
    assert is_due(state, now + MAX_INTERVAL)


@given(st.lists(moments, min_size=1, max_size=40), chances)
def test_order_of_the_history_does_not_matter(published: list[int], jitter: float) -> None:
    assert interval_for(published, NOW) == interval_for(sorted(published), NOW)


def test_busy_source_is_asked_often_and_quiet_one_daily() -> None:
    assert interval_for([NOW - 60 * n for n in range(30)], NOW) == MIN_INTERVAL
    assert interval_for([NOW - DAY * n for n in range(1, 21)], NOW) == DAY // 2
    assert interval_for([NOW - 40 * DAY * n for n in range(1, 21)], NOW) == MAX_INTERVAL
    assert interval_for([], NOW) == DEFAULT_INTERVAL


def test_interval_grows_while_a_source_is_silent() -> None:
    posts = [NOW - HOUR * n for n in range(20)]
    assert interval_for(posts, NOW) < interval_for(posts, NOW + 3 * DAY) < interval_for(posts, NOW + 30 * DAY)


def test_only_the_newest_articles_count() -> None:
    recent = [NOW - 60 * n for n in range(100)]
    assert interval_for([*recent, 0, 1, 2], NOW) == interval_for(recent, NOW)


def test_dates_in_the_future_count_as_now() -> None:
    assert interval_for([NOW + 365 * DAY, NOW - DAY], NOW) == interval_for([NOW, NOW - DAY], NOW)


def test_hints_make_it_rarer_and_never_more_frequent() -> None:
    busy = [NOW - 60 * n for n in range(20)]
    assert succeed(busy, max_age=2 * HOUR).interval == 2 * HOUR
    assert succeed(busy, ttl=3 * HOUR, max_age=60).interval == 3 * HOUR
    assert succeed(busy, max_age=365 * DAY).interval == MAX_HINT
    assert succeed([], max_age=1).interval == DEFAULT_INTERVAL


def test_jitter_spreads_by_a_tenth() -> None:
    assert [wait(succeed([], jitter=jitter)) for jitter in (0.0, 0.5, 1.0)] == [3_240, 3_600, 3_960]


@pytest.mark.parametrize("hint", [{"max_age": 2 * HOUR}, {"ttl": 2 * HOUR}])
def test_chance_cuts_nothing_off_a_hint(hint: dict[str, int]) -> None:
    busy = [NOW - 60 * n for n in range(20)]
    waits = [wait(succeed(busy, jitter=jitter, **hint)) for jitter in (0.0, 0.5, 1.0)]
    assert waits == [2 * HOUR, 7_560, 7_920]


def test_what_is_skipped_is_passed_over() -> None:
    """NOW is a Monday, 18:00 in UTC; without hints the source would be asked at 19:00."""
    assert wait(succeed([], skip_hours=frozenset({18}))) == HOUR
    assert wait(succeed([], skip_hours=frozenset({19, 20}))) == 3 * HOUR + 180
    assert wait(succeed([], skip_days=frozenset({0}))) == 6 * HOUR + 180
    assert wait(succeed([], skip_days=frozenset({0, 1}), skip_hours=frozenset({0}))) == 31 * HOUR + 180
    assert wait(succeed([], skip_hours=frozenset(range(24)))) == HOUR
    assert wait(succeed([], skip_days=frozenset(range(7)))) == HOUR


@given(
    st.frozensets(st.integers(0, 23), max_size=23),
    st.frozensets(st.integers(0, 6), max_size=6),
    st.integers(0, 2**36),
    chances,
)
def test_no_moment_is_one_that_is_skipped(hours: frozenset[int], days: frozenset[int], now: int, jitter: float) -> None:
    due = succeed([], now=now, jitter=jitter, skip_hours=hours, skip_days=days).next_due
    assert due is not None
    moment = datetime.fromtimestamp(due, UTC)
    assert moment.hour not in hours
    assert moment.weekday() not in days
    assert due > now


@pytest.mark.parametrize(
    ("own", "kept"), [(30 * 60, 30 * 60), (1, OWN_INTERVALS[0]), (10**9, OWN_INTERVALS[1]), (3 * DAY, 3 * DAY)]
)
def test_the_interval_that_a_person_set_wins_within_its_bounds(own: int, kept: int) -> None:
    hints: dict[str, Any] = {"ttl": 5 * HOUR, "skip_hours": frozenset(range(23))}
    hints["settings"] = SourceSettings(interval=own)
    state = succeed([NOW - 60 * n for n in range(20)], max_age=4 * HOUR, **hints)
    assert wait(state) == state.interval == kept
    assert wait(after_failure(state, FetchError("No."), now=NOW, jitter=1)) == kept
    asked = FetchError("No.", status=429, retry_after=MAX_RETRY_AFTER)
    assert wait(after_failure(state, asked, now=NOW, jitter=1)) == max(kept, MAX_RETRY_AFTER)


def test_regularity_is_told_from_enough_dates() -> None:
    assert regularity([], NOW) == (None, None)
    assert regularity([NOW - DAY] * 4, NOW) == (NOW - DAY, None)
    assert regularity([NOW - 7 * DAY * n for n in range(1, 41)], NOW) == (NOW - 7 * DAY, 7 * DAY)
    assert regularity([NOW + DAY] * 5, NOW) == (NOW, None)


def test_success_ends_an_error() -> None:
    state = succeed([], error="It failed.", error_count=7, last_success=5, offer="http://x.example/", looked_at=9)
    assert (state.offer, state.looked_at) == (None, None)
    assert (state.error, state.error_count, state.last_success, state.last_attempt) == (None, 0, NOW, NOW)


def test_each_failure_doubles_the_pause_up_to_a_day() -> None:
    state, pauses = STATE, []
    for _ in range(9):
        state = after_failure(state, NotAFeed("This is a web page, not a feed."), now=NOW, jitter=0.5)
        assert state.next_due is not None
        pauses.append(state.next_due - NOW)
    assert pauses[:4] == [FIRST_RETRY, 2 * FIRST_RETRY, 4 * FIRST_RETRY, 8 * FIRST_RETRY]
    assert pauses[-1] == MAX_INTERVAL
    assert (state.error, state.error_count) == ("This is a web page, not a feed.", 9)


@given(failures, st.integers(0, 10**6), moments, chances)
def test_pause_after_a_failure_is_bounded_and_never_shorter_than_asked(
    error: NewsreaderError, count: int, now: int, jitter: float
) -> None:
    state = after_failure(STATE._replace(error_count=count), error, now=now, jitter=jitter)
    assert state.next_due is not None
    asked = (error.retry_after or 0) if isinstance(error, FetchError) else 0
    assert max(MIN_INTERVAL, min(asked, MAX_RETRY_AFTER)) <= state.next_due - now <= max(MAX_INTERVAL, MAX_RETRY_AFTER)
    assert state.error_count == count + 1
    assert not is_due(state, now)


def test_a_failure_keeps_what_is_known_of_the_source() -> None:
    before = STATE._replace(etag='"a"', last_modified="x", body_hash="h", last_success=3, interval=900)
    after = after_failure(before, FetchError("No.", status=500), now=NOW, jitter=0)
    assert (after.etag, after.last_modified, after.body_hash, after.last_success, after.interval) == (
        *('"a"', "x", "h"),
        *(3, 900),
    )


@given(moments)
def test_what_is_gone_is_never_due(now: int) -> None:
    state = after_failure(STATE, FetchError("Gone.", status=410), now=NOW, jitter=0)
    assert state.next_due == NEVER
    assert not is_due(state, now)


def test_a_shorter_interval_counts_from_the_last_asking_on() -> None:
    asked = STATE._replace(last_attempt=NOW - HOUR, next_due=NOW + 5 * HOUR, settings=SourceSettings(interval=1_800))
    assert not is_due(asked, NOW)
    assert is_overdue(asked, NOW)
    assert not is_overdue(asked, NOW - HOUR + 1_799)
    assert is_overdue(asked._replace(settings=SourceSettings(), every=1_800), NOW)
    assert not is_overdue(asked._replace(settings=SourceSettings(interval=DAY), every=1_800), NOW)
    for change in (
        {"settings": SourceSettings()},
        {"settings": SourceSettings(interval=1_800, paused=1)},
        {"error_count": 1},
        {"next_due": NEVER},
        {"next_due": NOW + 30},  # there was no network a moment ago
        {"last_attempt": None},
    ):
        assert not is_overdue(asked._replace(**change), NOW)


@given(moments, st.none() | moments)
def test_what_pauses_is_never_due(now: int, due: int | None) -> None:
    paused = STATE._replace(next_due=due, settings=SourceSettings(paused=NOW))
    assert not is_due(paused, now)


def test_offline_is_no_failure() -> None:
    before = STATE._replace(error="It was slow.", error_count=3, last_attempt=NOW - DAY, next_due=NOW)
    after = after_failure(before, Offline("There is no network connection."), now=NOW, jitter=1)
    assert after == before._replace(next_due=NOW + OFFLINE_PAUSE)


def test_a_source_whose_host_is_on_hold_waits_and_has_not_failed() -> None:
    before = STATE._replace(error_count=1, error="It was slow.", last_attempt=NOW - DAY, next_due=NOW)
    after = after_failure(before, HeldBack("Later.", until=NOW + 2 * HOUR), now=NOW, jitter=1)
    assert after == before._replace(next_due=NOW + 2 * HOUR)


def test_a_failure_keeps_the_status_of_the_answer() -> None:
    def status(error: NewsreaderError) -> int | None:
        return after_failure(STATE, error, now=NOW, jitter=0).status

    assert status(FetchError("No.", status=404)) == 404
    assert status(FetchError("Nobody is there.")) is None
    assert status(NotAFeed("A page.")) == 200


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (STATE, True),
        (STATE._replace(next_due=NOW), True),
        (STATE._replace(next_due=NOW + 1, last_attempt=NOW), False),
        (STATE._replace(next_due=NOW + HOUR, last_attempt=NOW + 1), True),
        (STATE._replace(next_due=NEVER, last_attempt=NOW + 1), False),
        (after_failure(STATE, Offline("No network."), now=NOW + 400 * DAY, jitter=0), True),
        (after_failure(STATE, HeldBack("Wait.", until=NOW + 401 * DAY), now=NOW + 400 * DAY, jitter=0), True),
        (STATE._replace(next_due=NOW + 30 * DAY, last_attempt=NOW), False),
    ],
)
def test_is_due(state: FetchState, due: bool) -> None:
    assert is_due(state, NOW) is due
