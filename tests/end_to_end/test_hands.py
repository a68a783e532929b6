"""The mouse as a terminal reports it (SGR), commands that are typed as fast as a paste, and what is kept of them."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import Terminal

pytestmark = pytest.mark.slow


def place_of(terminal: Terminal, words: str) -> tuple[int, int]:
    """Where words stand, as the mouse counts: from 1."""
    row = next(number for number, line in enumerate(terminal.lines) if words in line)
    return terminal.lines[row].index(words) + 1, row + 1


def click(terminal: Terminal, place: tuple[int, int], times: int = 1) -> None:
    """Press and let go of the left button."""
    column, row = place
    terminal.press(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m" * times)


def test_the_mouse_chooses_opens_scrolls_and_presses_keys(furnished: Home) -> None:
    with furnished.open(columns=110, rows=30) as terminal:
        terminal.wait_for("next unread")
        terminal.settle()
        first = terminal.lines[4]
        terminal.press("\x1b[<65;20;10M" * 6)  # the wheel
        terminal.wait_until(lambda: terminal.lines[4] != first, "the list to scroll")
        terminal.settle()
        third = [number for number, line in enumerate(terminal.lines, 1) if "●" in line[:8]][2]
        click(terminal, (10, third))
        terminal.settle()
        assert len(furnished.json("list", "is:read")) == 0
        click(terminal, (10, third), times=2)
        terminal.wait_for("read on")
        terminal.settle()
        assert len(furnished.json("list", "is:read")) == 1
        click(terminal, place_of(terminal, "? keys"))
        terminal.wait_for("Type to search")
        terminal.press("\x11")
        assert terminal.wait() == 0


def test_without_the_mouse_the_terminal_keeps_it(furnished: Home) -> None:
    settings = furnished.folder / "newsreader" / "config" / "config.toml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("[screen]\nmouse = false\n", encoding="utf-8")
    with furnished.open() as terminal:
        terminal.wait_for("next unread")
        terminal.settle()
        assert b"\x1b[?1000h" not in terminal.raw
        terminal.press("Q")
        assert terminal.wait() == 0


def test_commands_are_typed_at_once_and_come_back_at_the_next_start(furnished: Home) -> None:
    with furnished.open() as terminal:
        terminal.wait_for("next unread")
        terminal.press(":tag later\r")
        terminal.wait_for("#later")
        terminal.press(":tag sea\r:tag -later\r")
        terminal.wait_until(lambda: "#sea" in terminal.text and "#later" not in terminal.text, "two lines at once")
        terminal.press(":go-boo\t\r")
        terminal.wait_for("No bookmarks yet")
        terminal.press(":q\r")
        assert terminal.wait() == 0
    with furnished.open() as terminal:
        terminal.wait_for("next unread")
        terminal.press(":tag\x1b[A")
        terminal.wait_for(":tag -later")
        terminal.press("\x1b")
        terminal.wait_gone(":tag -later")
        terminal.press("\x10gazette")
        terminal.wait_for("@ The Coast Gazette")
        terminal.press("\r")
        terminal.wait_gone("What would you like")
        terminal.press("gforbit\r")
        terminal.wait_until(lambda: "Orbit Weekly" in terminal.lines[1], "the list of Orbit Weekly")
        terminal.press("Q")
        assert terminal.wait() == 0
