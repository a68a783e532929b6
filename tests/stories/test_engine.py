"""The floors of the engine on the invented week; `python -m tests.stories.truth CORPUS` has those on real articles."""

from __future__ import annotations

import pytest

from newsreader.stories.clustering import HELD
from tests.benchmarks.stories import arrivals, placing
from tests.stories.engine import cluster, related
from tests.stories.measures import b_cubed, precision_at_five
from tests.stories.truth import part_of, read_world


@pytest.mark.slow
def test_stories_of_the_week_are_told_apart() -> None:
    world = read_world()
    found = cluster([article.sample for article in world])
    events = {article.sample.key: article.event for article in world}
    held_out = [key for key, event in events.items() if part_of(event) == "held out"]
    for measure in (b_cubed(found, events), b_cubed(found, events, held_out)):
        assert measure.precision >= 0.97
        assert measure.f1 >= 0.91


@pytest.mark.slow
def test_what_is_shown_as_related_is_of_one_topic() -> None:
    world = read_world()
    keys = [article.sample.key for article in world]
    found = precision_at_five(
        related([article.sample for article in world], keys),
        {article.sample.key: article.event for article in world},
        {article.sample.key: article.topics for article in world},
    )
    assert found.precision >= 0.9
    assert found.answered >= 0.06


@pytest.mark.slow
def test_ten_thousand_arrivals_are_placed_within_ten_seconds_of_the_worker() -> None:
    stories, seconds = placing(list(arrivals()))
    assert len(stories) == HELD
    assert seconds <= 10
