"""The reader is ended from outside at every moment of its start: no process stays behind."""

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

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import PROGRAM, Terminal
from tests.end_to_end.test_reader import children_of, wait_until_gone

pytestmark = pytest.mark.slow

DELAYS = (0.1, 0.2, 0.25, 0.3, 0.34, 0.36, 0.38, 0.42, 0.5, 0.6, 0.75, 0.9)
"""Seconds after the start: from the first imports to the first paint and the worker's start."""
SECONDS = 5.0


def read_for(terminal: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def hang_up(command: Sequence[str], environment: Mapping[str, str], delay: float) -> tuple[int, list[int]]:
    """Start the program, close its terminal after the delay; its exit status and the children it had."""
    pid, file = pty.fork()
    if pid == 0:
        os.execvpe(command[0], list(command), dict(environment))
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    end = time.monotonic() + delay
    while (left := end - time.monotonic()) > 0:
        if select.select([file], [], [], left)[0]:
            os.read(file, 65536)
    children = children_of(pid)
    os.close(file)
    return collect(pid), children


def collect(pid: int) -> int:
    """Wait until the program has ended; its exit status (negative: the signal that ended it)."""
    end = time.monotonic() + SECONDS
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            pytest.fail(f"process {pid} was still there {SECONDS} s after its terminal was closed")
        time.sleep(0.02)


@pytest.mark.parametrize("delay", DELAYS)
def test_closing_the_terminal_during_the_start_leaves_no_process(home: Home, delay: float) -> None:
    status, children = hang_up([PROGRAM], home.environment, delay)
    # What has hardly begun is ended by the signal itself.
    assert status in {-signal.SIGHUP, 128 + signal.SIGHUP}
    for pid in children:
        wait_until_gone(pid, SECONDS)


@pytest.mark.parametrize("delay", DELAYS)
def test_sigterm_during_the_start_leaves_no_process(home: Home, delay: float) -> None:
    with home.open() as terminal:
        read_for(terminal, delay)
        workers = children_of(terminal.pid)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait(SECONDS) in {-signal.SIGTERM, 128 + signal.SIGTERM}, terminal.raw.decode(errors="replace")
        assert terminal.raw.count(b"\x1b[?1049h") == terminal.raw.count(b"\x1b[?1049l")
    for pid in workers:
        wait_until_gone(pid, SECONDS)
