"""A simulated day of 500 sources: requests, and how late an article is seen, beside an hourly reload.

    python -m tests.benchmarks.day

A week is refreshed to begin with, and the next counts: the day is its average, the worst one is told too.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from newsreader.fetch.schedule import after_success
from newsreader.model import FetchState
from tests.benchmarks.posting import hourly, refresh, world

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_STATE = FetchState(1, "http://example.org/feed", "Example")


def ours(published: Sequence[int], now: int, chance: float) -> float:
    """The schedule of newsreader, for a source that gives no hints."""
    due = after_success(_STATE, now=now, published=published, max_age=None, jitter=chance).next_due
    assert due is not None
    return due - now


def main(seeds: Sequence[int]) -> None:
    """Print a line for each way and seed."""
    ways: tuple[tuple[str, Callable[[Sequence[int], int, float], float]], ...] = (("hourly", hourly), ("ours", ours))
    print("seed  way     requests a day  worst day  articles a day  seen in minutes: median   90 %")
    for seed in seeds:
        sources = world(500, seed=seed)
        for name, wait in ways:
            days = refresh(sources, wait, warm=7, days=7, seed=seed + 1)
            print(
                f"{seed:4}  {name:6} {sum(days.requests) / 7:15,.0f} {max(days.requests):10,} "
                f"{len(days.waits) / 7:15,.0f} {days.wait(0.5):25.1f} {days.wait(0.9):6.1f}"
            )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1, 2, 3])
