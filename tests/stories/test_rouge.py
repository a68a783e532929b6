from __future__ import annotations

import pytest

from tests.stories.rouge import rouge


@pytest.mark.parametrize(
    ("said", "wanted", "one", "two", "longest"),
    [
        ("the cat sat", "the cat sat", 1, 1, 1),
        ("The CAT, sat!", "the cat sat", 1, 1, 1),
        ("police killed the gunman", "police kill the gunman", 0.75, 1 / 3, 0.75),
        ("the gunman kill police", "police kill the gunman", 1, 1 / 3, 0.5),  # the same words in another order
        ("the the the", "the cat", 0.4, 0, 0.4),  # a word counts as often as both have it
        ("nothing", "the cat sat", 0, 0, 0),
        ("", "", 0, 0, 0),
    ],
)
def test_rouge_is_as_its_definition_has_it(said: str, wanted: str, one: float, two: float, longest: float) -> None:
    assert rouge(said, wanted) == pytest.approx((one, two, longest))
