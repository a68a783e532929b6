"""Ending from outside: a signal or the loss of the terminal ends the reader, whatever it is stuck in."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

_GRACE: Final = 2.0
"""Seconds the reader has to write the last things down and to leave the terminal whole."""
_LEFT: Final = b"\0"
"""What is sent instead of the number of a signal when the reader was left as usual."""


class Ending:
    """A context in which SIGTERM, SIGHUP and the end of the terminal call `end` with the exit status 128 + signal.

    A thread of its own waits for them, because the main thread may be stuck: writing to a terminal that has gone
    blocks it for ever. If the process is still there after the grace period, the thread ends it. The library bears
    that at any moment, locks go with the process, and the worker ends when its input does.

    `end` is called from that thread and must return at once. To be entered in the main thread.
    """

    def __init__(self, end: Callable[[int], None]) -> None:
        self._end = end
        self._heard, self._tell = os.pipe()
        self._before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def __enter__(self) -> Self:
        os.set_blocking(self._tell, False)  # a signal handler never waits
        threading.Thread(target=self._watch, name="ending", daemon=True).start()
        for number in self._before:
            signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.write(self._tell, _LEFT)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        # Nothing but this: a handler that takes a lock can wait for the very code that it interrupted.
        os.write(self._tell, bytes([number]))

    def _watch(self) -> None:
        number = self._wait()
        if number:
            self._end(128 + number)
            time.sleep(_GRACE)
            os._exit(128 + number)

    def _wait(self) -> int:
        """Wait for the number of a signal, 0 when the reader was left; a terminal that hung up counts as SIGHUP."""
        terminal = sys.stdin.fileno()
        poll = select.poll()
        poll.register(self._heard, select.POLLIN)
        poll.register(terminal, 0)  # hanging up is told without being asked for
        while True:
            happened = dict(poll.poll())
            hung_up = happened.get(terminal, 0) & (select.POLLHUP | select.POLLERR)
            if hung_up:
                _write_nowhere()
            if self._heard in happened:
                return os.read(self._heard, 1)[0]
            if hung_up:
                return signal.SIGHUP
            poll.unregister(terminal)  # some systems cannot watch a terminal; the signals are left


def _write_nowhere() -> None:
    """Let what is still written to the terminal that has gone do no harm: it would fail, and change the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
