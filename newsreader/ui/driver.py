"""Textual's driver for Linux and macOS, which also hears what the terminal says of its background.

Textual 8.2 takes such an answer for keys: it must not come to its parser.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
from typing import TYPE_CHECKING, ClassVar

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from newsreader.bounds import LARGEST_SCREEN
from newsreader.ui.sequences import known
from newsreader.ui.terminal import FOLLOW, FOLLOW_NO_MORE
from newsreader.ui.themes import BackgroundTold

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.ui.terminal import Terminal

_PAUSE = 0.1  # seconds without a byte, after which what may have been half an answer was none
_READY = 3.0  # seconds after which keys are taken in any case
_AT_ONCE = 4096  # bytes


class TerminalDriver(LinuxDriver):
    """Asks a terminal for its background, each time that the reader comes onto it, as long as it is wanted."""

    terminal: ClassVar[Terminal]
    _is_pausing = False
    _goes_on = False

    def start_application_mode(self) -> None:
        """Take the terminal over as it was before it was first asked; ask anew after a pause (ctrl+z)."""
        start: Callable[[], None] = super().start_application_mode
        start()
        modes = self.terminal.take_over()
        if modes is not None:
            self.attrs_before = modes
        if self.terminal.is_followed:
            self.follow(ask=modes is None)

    def stop_application_mode(self) -> None:
        """Leave the terminal."""
        self.terminal.ready.set()  # nothing waits any more
        if self.terminal.is_followed:
            self.follow_no_more()
        super().stop_application_mode()

    def follow(self, *, ask: bool = True) -> None:
        """Ask to be told of the background, now and whenever it changes."""
        if self.terminal.may_be_asked:
            self.write(FOLLOW + (self.terminal.question() if ask else ""))
            self.flush()

    def follow_no_more(self) -> None:
        """Ask to be told nothing any more."""
        if self.terminal.may_be_asked:
            self.write(FOLLOW_NO_MORE)
            self.flush()

    def use_mouse(self, *, on: bool) -> None:
        """Hear of the mouse from now on, or leave it to the terminal."""
        if on != self._mouse:
            self._disable_mouse_support()  # neither of the two writes anything while the mouse is off
            self._mouse = on
            self._enable_mouse_support()

    def _sigtstp_application(self, *_: object) -> None:
        """Pause, and come back. Who is told to go on before it has paused does not pause, as the system has it."""
        if not self._auto_restart:
            super()._sigtstp_application()
            return
        self._is_pausing, self._goes_on = True, False
        self.suspend_application_mode()
        self._must_signal_resume = True
        if not self._goes_on:
            os.kill(os.getpid(), signal.SIGSTOP)
        self._is_pausing = False
        self.resume_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        """Come back from a pause, also from one that was not announced (kill -STOP), or from none at all.

        The terminal is left first then: to begin twice would leave two threads that take each other's keys.
        """
        if self._is_pausing:
            self._goes_on = True
            return
        if self._auto_restart and not self._must_signal_resume:
            self.suspend_application_mode()
        super()._sigcont_application()

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size of the terminal; of one larger than any screen (65535 columns is a wrong number), as much as one.

        The terminal's own word comes before that of COLUMNS and LINES, which some shells export and nothing changes.
        """
        with contextlib.suppress(OSError):
            width, height = os.get_terminal_size(self.fileno)
            if width and height:
                return min(width, LARGEST_SCREEN[0]), min(height, LARGEST_SCREEN[1])
        width, height = super()._get_terminal_size()
        return min(width, LARGEST_SCREEN[0]), min(height, LARGEST_SCREEN[1])

    def run_input_thread(self) -> None:
        """Read what the terminal sends until it is left: answers are kept, everything else is Textual's."""
        parser = XTermParser(self._debug)
        terminal = self.terminal
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        text, terminal.typed = terminal.typed, ""
        terminal.ready.wait(_READY)
        try:
            while True:
                # First what has waited long enough: an escape and a letter seconds after it are not alt and the letter.
                for event in parser.tick():
                    self.process_message(event)
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
                if self.exit_event.is_set():
                    return
                if selector.select(_PAUSE):
                    data = os.read(self.fileno, _AT_ONCE)
                    if not data:  # the terminal is gone, or stdin was no terminal
                        return
                    text = self._without_answers(data)
                else:
                    text = terminal.release()
        finally:
            selector.close()
            with contextlib.suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _without_answers(self, data: bytes) -> str:
        terminal = self.terminal
        before = terminal.dark
        text = terminal.take(data)
        if terminal.has_changed:
            terminal.has_changed = False
            self.follow()
        if terminal.dark is not None and terminal.dark != before:
            self.process_message(BackgroundTold())
        return known(text)


def driver_for(of: Terminal) -> type[TerminalDriver]:
    """The driver of one terminal."""

    class Driver(TerminalDriver):
        terminal = of

    return Driver
