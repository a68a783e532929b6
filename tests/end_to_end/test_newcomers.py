"""Three newcomers in a real terminal, each with the keys that their hands know and no preset, fifteen tasks each.

A task is what they want, the keys they press for it, and what shows that it worked: on the screen, or in the library
as the command line tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import PROGRAM, Terminal

pytestmark = pytest.mark.slow

DOWN, ENTER, ESC, CTRL_D, CTRL_U, CTRL_P = "\x1b[B", "\r", "\x1b", "\x04", "\x15", "\x10"
HARBOUR = "Harbour town votes"


@dataclass
class Walk:
    """A newcomer at the terminal; `keys` counts what they pressed."""

    home: Home
    terminal: Terminal
    keys: int = 0
    tasks: int = 0

    def do(
        self, wish: str, *keys: str, sees: str = "", gone: str = "", holds: Callable[[], bool] | None = None
    ) -> None:
        """Press keys one after the other, as hands do, and see that the wish came true."""
        self.tasks += 1
        for key in keys:
            self.terminal.press(key)
            self.terminal.settle(0.12)
            self.keys += 1
        if sees:
            self.terminal.wait_for(sees)
        if gone:
            self.terminal.wait_gone(gone)
        if holds is not None:
            self.terminal.wait_until(holds, wish)

    def count(self, query: str) -> int:
        return len(self.home.json("list", query, "--limit", "900"))


@pytest.fixture
def walk(furnished: Home) -> Iterator[Walk]:
    opened = furnished.folder / "opened.txt"
    (furnished.folder / "config").mkdir(exist_ok=True)
    script = furnished.folder / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    script.chmod(0o755)
    environment = {**furnished.environment, "BROWSER": str(script)}
    with Terminal([PROGRAM], environment=environment) as terminal:
        terminal.wait_for(HARBOUR)
        terminal.settle()
        yield Walk(furnished, terminal)


def opened(walk: Walk) -> bool:
    return (walk.home.folder / "opened.txt").exists()


def leave(walk: Walk) -> None:
    """Quit, and count: all fifteen were done."""
    walk.do("quit", "Q")
    assert walk.terminal.wait() == 0
    assert walk.tasks == 15
    assert walk.keys <= 60


def test_a_newsboat_hand(walk: Walk) -> None:
    walk.do("open the article under the cursor", ENTER, sees="by Ines Almada")
    walk.do("read a page on", " ", gone="by Ines Almada")
    walk.do("the next unread one", "n", sees="Sound")
    walk.do("back to the list", "q", sees="bookmark")
    walk.do("the next article", "J", sees="words")
    walk.do("and back", "K", sees="words")
    walk.do("open it in the browser", "o", holds=lambda: opened(walk))
    walk.do("to the end of the list", "G", gone="Ines Almada")
    walk.do("and to its top, where it was read before", "g", "g", sees="The one night without")
    walk.do("search everything", "/", *"moth", ENTER, sees="moth")
    walk.do("leave the search", "q", sees=HARBOUR)
    walk.do("mark all read", "A", sees="marked read")
    walk.do("mark all feeds read, as C does there", "C", sees="A marks")
    walk.do("take that back", "u", sees="Undone")
    leave(walk)


def test_a_vim_hand(walk: Walk) -> None:
    walk.do("down three, up three", "3", "j", "3", "k", sees=HARBOUR)
    walk.do("open what is there", "l", sees="by Ines Almada")
    walk.do("half a page down", CTRL_D, sees="%")
    walk.do("and up again", CTRL_U, sees="%")
    walk.do("to the end", "G", sees="100 %")
    walk.do("to the top", "g", "g", sees="0 %")
    walk.do("find a word in the text", "/", *"the", ENTER, sees="1 of")
    walk.do("the next place", "n", sees="2 of")
    walk.do("end the finding", ESC, gone="2 of")
    walk.do("to the list on the left", "h", sees="move")
    walk.do("a command", ":", *"source orbit", ENTER, sees="Orbit Weekly")
    walk.do("all of it, again by a command", ":", *"go_all", ENTER, sees="All")
    walk.do("undo what was done last", "u", sees="Undone")
    walk.do("do it again", "\x12", sees="Done again")
    walk.do("quit by a command", ":", "q", ENTER)
    assert walk.terminal.wait() == 0
    assert walk.tasks == 15


def test_a_web_readers_hand(walk: Walk) -> None:
    walk.do("the next article in the list", "j", sees=HARBOUR)
    walk.do("open it", ENTER, sees="words")
    walk.do("star it", "s", holds=lambda: walk.count("is:bookmarked") == 1)
    walk.do("the original in the browser", "v", holds=lambda: opened(walk))
    walk.do("mark it unread again", "m", sees="unread")
    walk.do("on with the space bar", " ", sees="noturno")
    walk.do("the next article", "J", sees="words")
    walk.do("close it", ESC, sees="move")
    walk.do("go to the starred ones", "g", "b", sees="Bookmarks")
    walk.do("go to everything", "g", "a", sees="All")
    walk.do("refresh", "R", sees="efresh")
    walk.do("find a command by its name", CTRL_P, *"density", sees="ensity")
    walk.do("leave that", ESC, gone="ensity")
    walk.do("all the keys", "?", sees="eys")
    walk.do("leave them", ESC, sees=HARBOUR)
    assert walk.tasks == 15
    walk.tasks -= 1
    leave(walk)
