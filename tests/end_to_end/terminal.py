"""A real terminal for the tests: the installed program in a pty, its screen read with pyte, its bytes kept."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from unicodedata import category

import pyte
import pyte.screens
from wcwidth import wcwidth

PROGRAM = str(Path(sys.executable).with_name("newsreader"))
"""The console script that belongs to the Python that runs the tests."""


_ASKS, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;1$y"
_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"


class Screen(pyte.Screen):
    """A screen for text of any direction.

    Isolates and other marks take no cell. A terminal goes on after them; pyte drops the rest of what is drawn at once.
    Where half of a wide character is drawn over, as by what was meant for a screen of another width, the other half
    goes with it; pyte leaves that half, and fails at showing it.
    """

    def draw(self, data: str) -> None:
        super().draw("".join(character for character in data if category(character) != "Cf"))

    @property
    def display(self) -> list[str]:
        return ["".join(self._shown(self.buffer[row])) for row in range(self.lines)]

    def _shown(self, line: Mapping[int, pyte.screens.Char]) -> Iterator[str]:
        whole = False  # whether the cell before holds a wide character, of which this is the other half
        for column in range(self.columns):
            cell = line[column].data
            if whole or not cell:
                yield "" if whole else " "
                whole = False
            elif wcwidth(cell[0]) < 2:
                yield cell
            else:
                whole = column + 1 < self.columns and not line[column + 1].data
                yield cell if whole else " "


class Terminal:
    """One program in one pty. `raw` keeps every byte it wrote; `lines` is the screen as a person sees it.

    As terminals do that can paint at once what was written between two marks, it says so: `frames` are the screens that
    were seen, each whole.
    """

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], columns: int = 140, rows: int = 40
    ) -> None:
        self.raw = b""
        self.frames: list[list[str]] = []
        self._unfinished = b""
        self.started = time.monotonic()
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._status: int | None = None
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), dict(environment))
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is None:
            self.kill(signal.SIGKILL)
            self.wait()
        os.close(self.file)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program writes, waiting at most this long for the first of it; False at its end."""
        if not select.select([self.file], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.file, 65536)
        except OSError:
            return False
        self.raw += data
        if _ASKS in data:
            os.write(self.file, _ANSWER)
        self._take(data)
        return bool(data)

    def _take(self, data: bytes) -> None:
        """Paint what came, what belongs to a frame when it is whole."""
        *frames, rest = (self._unfinished + data).split(_END)
        for frame in frames:
            self._stream.feed(frame)
            self.frames.append(self.lines)
        begun = rest.find(_BEGIN)
        self._unfinished = rest[begun:] if begun >= 0 else b""
        self._stream.feed(rest[:begun] if begun >= 0 else rest)

    def press(self, keys: str) -> None:
        os.write(self.file, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: float = 20) -> float:
        """Read until something holds; returns seconds since the start. Fails with the screen in the message."""
        end = time.monotonic() + seconds
        while not holds():
            alive = self.read()
            assert time.monotonic() < end, f"waited {seconds} s for {what}; the screen:\n{self.text}"
            assert alive or holds(), (
                f"the program ended before {what}; its last screen:\n{self.text}\n{self.raw[-2000:]!r}"
            )
        return time.monotonic() - self.started

    def wait_for(self, words: str, seconds: float = 20) -> float:
        return self.wait_until(lambda: words in self.text, f"“{words}”", seconds)

    def wait_gone(self, words: str, seconds: float = 20) -> float:
        return self.wait_until(lambda: words not in self.text, f"“{words}” to go", seconds)

    def settle(self, quiet: float = 0.3, seconds: float = 5) -> None:
        """Read until the program has been silent for a while."""
        end = time.monotonic() + seconds
        before = -1
        while before != len(self.raw) and time.monotonic() < end:
            before = len(self.raw)
            self.read(quiet)

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, seconds: float = 10) -> int:
        """Wait for the program to end; its exit status (negative: the signal that ended it)."""
        end = time.monotonic() + seconds
        while self._status is None:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end, f"still running after {seconds} s; the screen:\n{self.text}"
        return self._status


def environment(home: Path, **more: str) -> dict[str, str]:
    """A person's environment that has nothing of this machine's but PATH."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "NEWSREADER_HOME": str(home / "newsreader"),
        **more,
    }
