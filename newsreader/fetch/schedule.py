"""When a source is to be asked again. Pure: the moment and the chance are arguments.

A source is asked when news are to be expected of it (`fetch.rhythm`), from every 15 minutes to once a day. What it asks
for itself makes that rarer, never more often: Cache-Control, ttl, skipHours and skipDays as hints, Retry-After as an
order. An interval that the person set wins over all of these but Retry-After.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    RECENT_ARTICLES,
    REGULAR_ARTICLES,
)
from newsreader.errors import FetchError, HeldBack, Offline
from newsreader.fetch.rhythm import wait_for_news

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.errors import NewsreaderError
    from newsreader.model import FetchState

_SPREAD: Final = 0.1  # sources that were added together do not stay together
_HOUR: Final = 3_600
_WEEK_HOURS: Final = 7 * 24
_LONGEST: Final = max(MAX_RETRY_AFTER, OWN_INTERVALS[1]) + _WEEK_HOURS * _HOUR  # with all hours that may be skipped
_THURSDAY: Final = 3  # the first day of Unix time; 0 is Monday


def interval_for(published: Sequence[int], now: int) -> int:
    """Seconds between two askings of a source with these article times (any order), before hints and jitter."""
    return _bounded(wait_for_news(published, now)) if published else DEFAULT_INTERVAL


def after_success(
    state: FetchState, *, now: int, published: Sequence[int], max_age: int | None, jitter: float
) -> FetchState:
    """The state after a document came or had not changed: no error, no offer, and the next moment to ask.

    `max_age` (seconds) is what this answer said of its freshness; what the feed itself says stands on the state, which
    the caller brings up to date before, as validators and hash after. `jitter` is a chance from 0 to 1.
    """
    hint = min(max(max_age or 0, state.ttl or 0), MAX_HINT)
    usual = interval_for(published, now)
    interval = max(usual, hint)
    own = _own(state)
    asked = int(hint * (1 + _SPREAD * jitter))  # what was asked for is never cut short by chance
    due = now + own if own else _not_skipped(state, now + max(_spread(usual, jitter), asked), jitter)
    return state._replace(
        last_attempt=now,
        last_success=now,
        next_due=due,
        error=None,
        error_count=0,
        interval=own or interval,
        offer=None,
        looked_at=None,
    )


def after_failure(state: FetchState, error: NewsreaderError, *, now: int, jitter: float) -> FetchState:
    """The state after an asking that failed: back-off, doubled by each failure, at least what the server asked for.

    Offline is nobody's failure: nothing is noted but to look again in a minute. Neither is a host that is to be left
    alone: the source waits until then. A source that is gone (410) is never due again until it is marked due by hand.
    """
    if isinstance(error, Offline):
        return state._replace(next_due=now + OFFLINE_PAUSE)
    if isinstance(error, HeldBack):
        return state._replace(next_due=min(max(error.until, now + 1), now + MAX_RETRY_AFTER))
    count = state.error_count + 1
    status = error.status if isinstance(error, FetchError) else 200  # a document came, and was not what it should be
    if isinstance(error, FetchError) and error.gone:
        due = NEVER
    else:
        pause = _own(state) or _spread(min(FIRST_RETRY * 2 ** min(count - 1, 16), MAX_INTERVAL), jitter)
        asked = error.retry_after or 0 if isinstance(error, FetchError) else 0
        due = now + max(pause, min(asked, MAX_RETRY_AFTER))
    return state._replace(last_attempt=now, next_due=due, error=error.phrase, error_count=count, status=status)


def regularity(published: Sequence[int], now: int) -> tuple[int | None, int | None]:
    """The newest moment of a source, and the usual seconds between two of its articles: of the newest twenty.

    The second is None where fewer than REGULAR_ARTICLES have a date, or all have the same: then nobody can call the
    source silent.
    """
    newest = sorted((min(moment, now) for moment in published), reverse=True)[:RECENT_ARTICLES]
    if not newest:
        return None, None
    gap = (newest[0] - newest[-1]) // (len(newest) - 1) if len(newest) >= REGULAR_ARTICLES else 0
    return newest[0], gap or None


def is_due(state: FetchState, now: int) -> bool:
    """Whether a source is to be asked now.

    One that pauses is not, whatever else is known of it.
    One that was asked in the future is due: the clock was set back. So is one that would have to wait longer than any.
    """
    if state.settings.paused is not None:
        return False
    if state.next_due is None:
        return True
    if state.next_due == NEVER:
        return False
    if state.next_due - now > _LONGEST:
        return True
    return state.next_due <= now or (state.last_attempt is not None and state.last_attempt > now)


def is_overdue(state: FetchState, now: int) -> bool:
    """Whether a source in good order would have been asked by now, had its interval been set when it was asked last.

    What is to be asked within a minute waits for that: then there was no network.
    """
    own = _own(state)
    if own is None or state.settings.paused is not None or state.error_count or state.next_due == NEVER:
        return False
    soon = state.next_due is not None and state.next_due - now <= OFFLINE_PAUSE
    return not soon and state.last_attempt is not None and state.last_attempt + own <= now


def _own(state: FetchState) -> int | None:
    """The interval that the person set, for the source or else for all, within its bounds."""
    least, most = OWN_INTERVALS
    chosen = state.settings.interval or state.every
    return min(max(chosen, least), most) if chosen else None


def _not_skipped(state: FetchState, due: int, jitter: float) -> int:
    """A moment that the feed does not want to be asked at (RSS 2.0 skipHours, skipDays) moved to the first after it.

    Within the first minutes of that hour, as others wait for it too. A feed that skips everything has said nothing.
    """
    first = due // _HOUR
    for hour in range(first, first + _WEEK_HOURS):
        if hour % 24 not in state.skip_hours and (hour // 24 + _THURSDAY) % 7 not in state.skip_days:
            return due if hour == first else hour * _HOUR + int(jitter * _HOUR * _SPREAD)
    return due


def _bounded(seconds: float) -> int:
    return int(min(max(seconds, MIN_INTERVAL), MAX_INTERVAL))


def _spread(interval: int, jitter: float) -> int:
    """An interval made up to a tenth shorter or longer by chance, within the bounds."""
    return _bounded(interval * (1 - _SPREAD + 2 * _SPREAD * jitter))
