"""The terminal of these tests shows what a real one does."""

from __future__ import annotations

import pyte
import pytest

from tests.end_to_end.terminal import Screen


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("雨の日", ["雨の日  ", "        "]),
        ("雨\x1b[1;1Hx", ["x       ", "        "]),
        ("雨\x1b[1;2Hx", [" x      ", "        "]),
        ("雨の\x1b[1;2H日", [" 日     ", "        "]),
        ("ab\u2067\u0627\u2069c", ["ab\u0627c    ", "        "]),
    ],
)
def test_half_of_a_wide_character_goes_with_the_other(written: str, shown: list[str]) -> None:
    screen = Screen(8, 2)
    pyte.ByteStream(screen).feed(written.encode())
    assert screen.display == shown


def test_a_wide_character_at_the_edge_goes_with_the_edge() -> None:
    screen = Screen(8, 1)
    pyte.ByteStream(screen).feed("123雨".encode())
    screen.resize(1, 4)
    assert screen.display == ["123 "]
    screen.resize(1, 8)
    assert screen.display == ["123     "]
