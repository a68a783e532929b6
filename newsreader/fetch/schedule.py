"""When a source is to be asked again. Pure: the moment and the chance are arguments.

A source is asked about four times in the average gap between its articles, from every 15 minutes to once a day; what it
asks for itself (Cache-Control, ttl, Retry-After) makes that rarer, never more often.
"""

from __future__ import annotations

from dataclasses import replace
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
    RECENT_ARTICLES,
)
from newsreader.errors import FetchError, Offline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.errors import NewsreaderError
    from newsreader.model import FetchState

_ASKS_A_GAP: Final = 4  # so an article waits an eighth of the usual gap at the median
_SPREAD: Final = 0.1  # sources that were added together do not stay together


def interval_for(published: Sequence[int], now: int) -> int:
    """Seconds between two askings of a source with these article times (any order), before hints and jitter.

    The gap is counted from the oldest of the newest twenty articles until now, so it grows while a source is silent.
    """
    newest = sorted((min(moment, now) for moment in published), reverse=True)[:RECENT_ARTICLES]
    if not newest:
        return DEFAULT_INTERVAL
    return _bounded((now - newest[-1]) / len(newest) / _ASKS_A_GAP)


def after_success(
    state: FetchState, *, now: int, published: Sequence[int], max_age: int | None, ttl: int | None, jitter: float
) -> FetchState:
    """The state after a document came or had not changed: no error, and the next moment to ask.

    `max_age` and `ttl` are hints in seconds; `jitter` is a chance from 0 to 1. The next moment is 15 minutes to a day
    ahead. Validators and hash are the caller's to set.
    """
    hint = min(max(max_age or 0, ttl or 0), MAX_HINT)
    interval = max(interval_for(published, now), hint)
    return replace(
        state,
        last_attempt=now,
        last_success=now,
        next_due=now + _spread(interval, jitter),
        error=None,
        error_count=0,
        interval=interval,
    )


def after_failure(state: FetchState, error: NewsreaderError, *, now: int, jitter: float) -> FetchState:
    """The state after an asking that failed: back-off, doubled by each failure, at least what the server asked for.

    Offline is nobody's failure: nothing is noted but to look again in a minute. A source that is gone (410) is never
    due again until it is marked due by hand.
    """
    if isinstance(error, Offline):
        return replace(state, next_due=now + OFFLINE_PAUSE)
    count = state.error_count + 1
    if isinstance(error, FetchError) and error.gone:
        due = NEVER
    else:
        pause = _spread(min(FIRST_RETRY * 2 ** min(count - 1, 16), MAX_INTERVAL), jitter)
        asked = error.retry_after or 0 if isinstance(error, FetchError) else 0
        due = now + max(pause, min(asked, MAX_RETRY_AFTER))
    return replace(state, last_attempt=now, next_due=due, error=error.phrase, error_count=count)


def is_due(state: FetchState, now: int) -> bool:
    """Whether a source is to be asked now. One that was asked in the future (the clock was set back) is due."""
    if state.next_due is None:
        return True
    if state.next_due == NEVER:
        return False
    return state.next_due <= now or (state.last_attempt is not None and state.last_attempt > now)


def _bounded(seconds: float) -> int:
    return int(min(max(seconds, MIN_INTERVAL), MAX_INTERVAL))


def _spread(interval: int, jitter: float) -> int:
    """An interval made up to a tenth shorter or longer by chance, within the bounds."""
    return _bounded(interval * (1 - _SPREAD + 2 * _SPREAD * jitter))
