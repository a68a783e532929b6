"""When news are to be expected of a source, and what that comes to over simulated days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.bounds import MAX_INTERVAL
from newsreader.fetch.rhythm import wait_for_news
from tests.benchmarks.day import ours
from tests.benchmarks.posting import DAY, HOUR, MONDAY, refresh, world

NOON = MONDAY + 12 * HOUR


@given(st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=150), st.integers(0, 2**40))
def test_any_history_gives_a_wait_within_a_day(published: list[int], now: int) -> None:
    assert 0 <= wait_for_news(published, now) <= MAX_INTERVAL


def test_who_posted_lately_is_asked_sooner_than_who_fell_silent() -> None:
    steady = [NOON - 4 * HOUR * number for number in range(1, 20)]
    assert wait_for_news([*steady, NOON - 60, NOON - 600], NOON) < wait_for_news(steady, NOON)
    assert wait_for_news(steady, NOON) < wait_for_news(steady, NOON + DAY) < wait_for_news(steady, NOON + 10 * DAY)


def test_an_office_is_left_alone_at_night() -> None:
    office = [
        MONDAY - day * DAY + hour * HOUR + minute * 60
        for day in range(1, 6)
        for hour in range(8, 18)
        for minute in (5, 35)
    ]
    evening, morning = MONDAY - DAY + 21 * HOUR, MONDAY + 8 * HOUR
    night = wait_for_news([post for post in office if post < evening], evening)
    assert night > 3 * wait_for_news(office, morning)
    assert 5 * HOUR < night < 12 * HOUR


def test_articles_of_one_moment_count_once() -> None:
    assert wait_for_news([NOON - DAY] * 50, NOON) == wait_for_news([NOON - DAY], NOON)


def test_who_posted_this_week_is_asked_twice_a_day() -> None:
    monthly = [NOON - 30 * DAY * number for number in range(1, 10)]
    assert wait_for_news(monthly, NOON) == MAX_INTERVAL
    assert wait_for_news([NOON - 6 * DAY, *monthly], NOON) == MAX_INTERVAL // 2


def test_a_simulated_day_takes_a_fifth_of_an_hourly_reload_and_sees_articles_within_half_an_hour() -> None:
    """Half the sources for two days; tests/benchmarks/day.py does all 500 for a week."""
    days = refresh(world(250, days=3), ours, warm=1, days=2)
    assert max(days.requests) <= 2_500 / 2
    assert days.wait(0.5) <= 30
