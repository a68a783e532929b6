"""Nothing flickers and nothing jumps: every frame that the program paints into a real terminal is looked at."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest

from newsreader.demo.server import DemoServer
from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import Terminal

pytestmark = pytest.mark.slow

FERRY = "Harbour town votes to keep"
LEAD = "The council of Port Varrel"
SIZES = ((140, 40), (100, 40), (70, 30), (60, 15), (250, 80), (160, 48))


def line_of(frame: Sequence[str], words: str) -> int | None:
    """The line of a frame on which words stand."""
    return next((number for number, line in enumerate(frame) if words in line), None)


def cursor_of(frame: Sequence[str]) -> int | None:
    """The line on which the cursor's row of the article list begins."""
    return next((number for number, line in enumerate(frame) if "▌" in line and FERRY[:12] in line), None)


def watch(terminal: Terminal, seconds: float) -> list[list[str]]:
    """The frames that are painted from now on."""
    first, end = len(terminal.frames), time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read()
    return terminal.frames[first:]


def assert_still(frames: Sequence[Sequence[str]], words: str = LEAD) -> None:
    """Whatever is seen in several frames stands on one line in all of them."""
    for places in ([cursor_of(each) for each in frames], [line_of(each, words) for each in frames]):
        assert len({place for place in places if place is not None}) <= 1, (places, frames)


def test_a_start_paints_nothing_that_moves_later(furnished: Home) -> None:
    for _ in range(2):  # the first time, and where the person was
        with furnished.open(160, 48) as terminal:
            terminal.wait_for(FERRY)
            watch(terminal, 2)
            shown = [frame for frame in terminal.frames if cursor_of(frame) is not None]
            assert shown
            assert cursor_of(terminal.frames[-1]) is not None
            assert line_of(terminal.frames[-1], LEAD) is not None
            assert_still(terminal.frames)
            terminal.press("\r")
            assert_still(watch(terminal, 1))
            terminal.press("Q")
            terminal.wait()


def test_a_refresh_moves_nothing(furnished: Home, world: DemoServer) -> None:
    del world
    with furnished.open(160, 48) as terminal:
        terminal.wait_for(LEAD)
        terminal.press("R")
        frames = watch(terminal, 4)
        assert any("Refresh" in "".join(frame) for frame in frames)
        assert_still(frames)


def test_a_resize_is_painted_at_most_twice(furnished: Home) -> None:
    with furnished.open(160, 48) as terminal:
        terminal.wait_for(LEAD)
        terminal.press("\r")
        watch(terminal, 1.5)
        for columns, rows in SIZES:
            terminal.resize(columns, rows)
            frames = watch(terminal, 1.0)
            told = [frame for before, frame in zip([None, *frames], frames, strict=False) if frame != before]
            assert 1 <= len(told) <= 2, (columns, rows, told)
            places = {line_of(frame, "Harbour town") for frame in told}
            assert len(places) == 1, (columns, rows, told)


def test_a_storm_of_sizes_ends_in_the_right_layout_with_the_place_kept(furnished: Home) -> None:
    chance = random.Random(7)
    with furnished.open(160, 48) as terminal:
        terminal.wait_for(LEAD)
        terminal.press("\r   ")
        watch(terminal, 2.5)  # the place is noted, and counted among what was begun
        before = terminal.text
        for _ in range(200):
            terminal.resize(chance.randint(1, 260), chance.randint(1, 90))
            terminal.read(chance.choice((0.0, 0.01, 0.03)))
        terminal.resize(40, 10)
        terminal.wait_for("60 columns")
        terminal.resize(160, 48)
        terminal.wait_until(lambda: terminal.text == before, "the screen that was there before", 10)
        terminal.press("Q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.raw
