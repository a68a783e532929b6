"""What it costs to tell stories: `python -m tests.benchmarks.stories`.

Prints the seconds of CPU that the worker needs to sketch and place 10,000 articles of four days, and the memory that it
holds for them then. They are those of the invented week, over and over, each time with other words.
"""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator
from time import process_time

from newsreader.model import Lead
from newsreader.stories.clustering import DAYS, Stories
from newsreader.worker.storytelling import sketch_of
from tests.stories.truth import NOW, read_world

ARRIVALS = 10_000
SYLLABLES = ("", "mo", "ri", "tal", "ven", "so", "ka", "del", "bur", "nim", "go", "pas")


def arrivals(count: int = ARRIVALS) -> Iterator[Lead]:
    week = [article.sample for article in read_world()]
    sources = {name: number for number, name in enumerate(sorted({sample.source for sample in week}), 1)}
    for number in range(count):
        turn, place = divmod(number, len(week))
        sample = week[place]
        title, text = (
            re.sub(r"(?<=\w{5})\b", SYLLABLES[turn % len(SYLLABLES)], said) for said in (sample.title, sample.text)
        )
        at = NOW - DAYS * 86_400 + number * DAYS * 86_400 // count
        yield Lead(number + 1, sources[sample.source], at, title, f"https://news.example/{number}", text)


def placing(leads: list[Lead]) -> tuple[Stories, float]:
    """The stories of these articles, and the seconds of CPU that they took."""
    began = process_time()
    stories = Stories()
    for lead in leads:
        stories.place(sketch_of(lead))
    return stories, process_time() - began


def main() -> None:
    leads = list(arrivals())
    _, seconds = placing(leads)
    tracemalloc.start()
    stories, _ = placing(leads)
    held = tracemalloc.get_traced_memory()[0]
    print(f"{len(leads):,} arrivals in {seconds:.1f} s of CPU; {held / 1e6:.1f} MB for the {len(stories):,} held")


if __name__ == "__main__":
    main()
