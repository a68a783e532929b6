"""A program in a pty, with the moment of every byte it wrote; the screens are worked out afterwards, at leisure.

Reading the bytes with pyte costs more than the programs that are measured, so it never happens while they run.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tests.end_to_end.terminal import Screen


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the screen, in cells: from `left` and `top`, up to `right` and `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, screen: Screen) -> list[str]:
        columns = range(self.left, self.right)  # not characters: a wide one takes two
        return ["".join(screen.buffer[row][at].data for at in columns) for row in range(self.top, self.bottom)]


class Probe:
    """One program in one pty, of which only bytes and moments are kept while it runs."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], columns: int, rows: int) -> None:
        self._chunks: list[tuple[float, float, bytes]] = []  # the moment, processor time of the main thread, bytes
        self._shown = 0  # chunks that the screen has taken in
        self._screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.started = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), dict(environment))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)

    @property
    def last(self) -> float:
        """The moment of the last byte."""
        return self._chunks[-1][0]

    @property
    def text(self) -> str:
        """The screen as it is now."""
        self._show(len(self._chunks))
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, keys: str) -> float:
        """Press keys and give the moment."""
        self._show(len(self._chunks))
        moment = time.perf_counter()
        os.write(self.file, keys.encode())
        return moment

    def read(self, seconds: float) -> bool:
        """Take in what comes within so many seconds; False where nothing came. Raises where the program has ended."""
        if not select.select([self.file], [], [], max(0.0, seconds))[0]:
            return False
        data = os.read(self.file, 1 << 16)
        self._chunks.append((time.perf_counter(), self.worked(), data))
        return True

    def settle(self, silence: float, patience: float) -> float:
        """Read until nothing came for a while after something did; the moment of the last byte."""
        before, end, last = len(self._chunks), time.perf_counter() + patience, 0.0
        while (now := time.perf_counter()) < end and (len(self._chunks) == before or now - last < silence):
            wait = end - now if len(self._chunks) == before else min(silence - (now - last), end - now)
            if self.read(wait):
                last = self._chunks[-1][0]
        return last or time.perf_counter()

    def until_written(self, words: str, patience: float) -> None:
        """Read until words were written since the last `press`: of what is silent while it works."""
        end = time.perf_counter() + patience
        while words.encode() not in b"".join(data for _, _, data in self._chunks[self._shown :]):
            self.read(0.1)
            assert time.perf_counter() < end, f"waited {patience} s for {words}"

    def painted(self, keys: str, *, silence: float = 0.04) -> float | None:
        """Milliseconds from a key to the last byte of the repaint that it causes; None where it paints nothing."""
        before = len(self._chunks)
        pressed = self.press(keys)
        last = self.settle(silence, 0.5)
        return (last - pressed) * 1_000 if len(self._chunks) > before else None

    def reached(self, area: Area, since: float, silence: float, patience: float, share: float = 1.0) -> float | None:
        """Milliseconds from a moment until an area looked as it does when all is silent; None where it did so before.

        The screen of the moment is the one that the last `press` left. `share` of the lines are enough.
        """
        self.settle(silence, patience)
        (found,) = self.looks((area,), share)
        return None if found is None else (found[0] - since) * 1_000

    def looks(self, areas: Sequence[Area], share: float = 1.0) -> list[tuple[float, float] | None]:
        """When each area first looked as it does now: the moment, and the processor time by then, in milliseconds.

        None for an area that looked so at the last `press`.
        """
        first, shown = [area.of(self._screen) for area in areas], self._shown
        seen: list[list[list[str]]] = []
        while self._shown < len(self._chunks):
            self._show(self._shown + 1)
            seen.append([area.of(self._screen) for area in areas])
        found: list[tuple[float, float] | None] = []
        for number in range(len(areas)):
            last = seen[-1][number] if seen else first[number]
            when = next((at for at, looks in enumerate(seen) if _alike(looks[number], last, share)), 0)
            found.append(None if _alike(last, first[number], share) else self._chunks[shown + when][:2])
        return found

    def worked(self) -> float:
        """Milliseconds that the main thread had of a processor."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text(encoding="utf-8").split()[0]) / 1e6

    def wait_for(self, *words: str, patience: float = 60.0) -> None:
        """Read until one of these stands on the screen."""
        end = time.perf_counter() + patience
        while not any(each in self.text for each in words):
            self.read(0.1)
            assert time.perf_counter() < end, f"waited {patience} s for {words}; the screen:\n{self.text}"

    def memory(self) -> tuple[float, float]:
        """Megabytes of the process in memory, and its share where pages are shared with others (RSS and PSS)."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith("kB")}
        return found["Rss"], found["Pss"]

    def _show(self, count: int) -> None:
        for _, _, data in self._chunks[self._shown : count]:
            self._stream.feed(data)
        self._shown = count


def _alike(one: list[str], other: list[str], share: float) -> bool:
    return sum(map(str.__eq__, one, other)) >= share * len(one)
