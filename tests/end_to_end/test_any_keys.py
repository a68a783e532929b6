"""Whatever is typed, in whatever order and however fast: no traceback, no hang, and the way out is always there."""

from __future__ import annotations

import random

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import PROGRAM, Terminal

pytestmark = pytest.mark.slow

# Without what leaves the program (q, Q) or stops it (ctrl+z), and what hands a line to a shell (! and |).
LETTERS = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789;:/?,.<>[]{}()+=-_#@*'\"éß雨 "
SPECIAL = (
    *("\r", "\r", "\x1b", "\x1b", "\t", "\x1b[Z", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~"),
    *("\x1b[H", "\x1b[F", "\x02", "\x04", "\x05", "\x06", "\x0f", "\x10", "\x12", "\x15", "\x1bOP"),
    *("g", "g", "Z", "j", "k", "l", "h", "\x1b[<0;40;9M\x1b[<0;40;9m", "\x1b[<65;90;9M", "\x1b[<0;3;12M\x1b[<0;3;12m"),
)
SIZES = ((140, 40), (80, 24), (60, 15), (200, 50), (59, 14))
BURSTS = 150


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.timeout(240)
def test_no_keys_hurt(furnished: Home, seed: int) -> None:
    hands = random.Random(seed)
    empty = furnished.folder / "nothing"
    empty.mkdir()
    # No command of the machine can be run by chance; a terminal that asks the desktop finds none.
    environment = {**furnished.environment, "PATH": str(empty), "EDITOR": "nothing", "BROWSER": "nothing"}
    with Terminal([PROGRAM], environment=environment) as terminal:
        terminal.wait_for("Unread")
        typed = ""
        for number in range(BURSTS):
            burst = "".join(
                hands.choice(SPECIAL) if hands.random() < 0.4 else hands.choice(LETTERS)
                for _ in range(hands.randint(1, 9))
            )
            typed += burst
            terminal.press(burst)
            assert terminal.read(hands.choice((0.001, 0.02, 0.1))), f"it ended after {typed[-300:]!r}\n{terminal.text}"
            if number % 30 == 29:
                terminal.resize(*hands.choice(SIZES))
        terminal.resize(140, 40)
        for _ in range(12):
            terminal.press("\x1b")
            terminal.settle(0.15, 1)
        terminal.press("Q")
        assert terminal.wait(30) == 0, f"{typed[-400:]!r}\n{terminal.text}"
    assert b"Traceback" not in terminal.raw
    assert furnished.json("list", "--limit", "3")


def test_an_editor_that_is_not_there_is_said_and_the_reader_goes_on(furnished: Home) -> None:
    with Terminal([PROGRAM], environment={**furnished.environment, "EDITOR": "nothing-like-that"}) as terminal:
        terminal.wait_for("Unread")
        terminal.press("gE")
        terminal.wait_for("nothing-like-that")
        terminal.press("?")
        terminal.wait_for("Type to search")
        terminal.press("\x1b")
        terminal.wait_gone("Type to search")
        terminal.press("Q")
        assert terminal.wait(30) == 0
