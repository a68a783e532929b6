"""What the terminal can do and how it looks: its colours, its letters, whether its background is dark.

Nothing of Textual is loaded here: the question for the background is put while Textual loads, and is answered by then.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from codecs import getincrementaldecoder
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from newsreader.ui.colours import is_dark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

ASK: Final = "\x1b]11;?\x1b\\"
"""Asks for the colour of the background (OSC 11)."""
FOLLOW: Final = "\x1b[?2031h"
"""Asks to be told when it changes (DEC mode 2031)."""
FOLLOW_NO_MORE: Final = "\x1b[?2031l"

_IN, _OUT = 0, 2  # Textual draws on stderr
_TRUE: Final = frozenset({"alacritty", "contour", "foot", "rio", "wezterm", "xterm-ghostty", "xterm-kitty"})
_MUTE: Final = ("linux", "dumb", "eterm", "vt", "cons", "sun")  # they answer nothing, and some print the question
_ANSWER: Final = re.compile(
    r"\x1b\]11;(?:rgba?:(?P<red>[0-9a-f]{1,4})/(?P<green>[0-9a-f]{1,4})/(?P<blue>[0-9a-f]{1,4})[^\x07\x1b]*"
    r"|[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b\[\?997;(?P<scheme>[12])n",
    re.IGNORECASE,
)
_STRING: Final = re.compile(r"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Any other answer in words (OSC, DCS, SOS, PM, APC): nobody asked for it, and letter by letter it would be keys."""
_BEGUN: Final = (
    r"\x1b(?:[\]PX^_][^\x07\x1b]{3,}\x1b?|\]11(?:;[^\x07\x1b]{0,60}\x1b?)?|\[\?(?:9(?:9(?:7(?:;[12]?)?)?)?)?)"
)
_HALF: Final = re.compile(rf"{_BEGUN}\Z")
"""The beginning of an answer, which cannot be a key."""
_HALF_AWAITED: Final = re.compile(rf"(?:{_BEGUN}|\x1b(?:\[|\]1?)?)\Z")
"""The same while an answer is due; it could be a key too."""
_LONG: Final = 200  # characters of half an answer: nobody types so many within a moment
_WAIT: Final = 2.0  # seconds for which an answer is due
_PATIENCE: Final = 0.2  # seconds for an answer that is on its way when the program ends before it has begun


def charset(environ: Mapping[str, str], encoding: str | None) -> str:
    """The charset of what the terminal shows; `encoding` is what Python writes in.

    In the C locale Python writes UTF-8 all the same; where the person chose that locale by name, the terminal may
    not know it. Where no locale is set at all, it mostly does.
    """
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if locale in {"C", "POSIX"} and "PYTHONIOENCODING" not in environ:
        return "ascii"
    return (encoding or "ascii").lower()


def colours(environ: Mapping[str, str]) -> str | None:
    """What Textual has to be told of the colours where it would guess too few; None leaves it to Textual."""
    term = environ.get("TERM", "")
    known = term in _TRUE or term.endswith("-direct")
    return "truecolor" if known and not environ.get("COLORTERM") else None


def dark_by_environment(environ: Mapping[str, str]) -> bool | None:
    """What COLORFGBG ("15;0": the text, the background) says of the background, if it is there."""
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return int(background) in {0, 1, 2, 3, 4, 5, 6, 8} if background.isdecimal() else None


class Terminal:
    """The terminal that the reader is in. `dark` is what is known of its background by now.

    While it is entered it has been asked for its background, and shows nothing of what is typed; `take_over` ends
    that without a gap in which an answer could be seen. What it sends goes through `take`, which keeps the answers.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        term = environ.get("TERM", "dumb")
        self.letters = charset(environ, sys.__stderr__.encoding if sys.__stderr__ else None)
        # The Linux console's font has few of the signs, whatever its locale says.
        self.shows_everything = self.letters.startswith("utf") and term not in {"linux", "dumb"}
        self.dark = dark_by_environment(environ)
        self.may_be_asked = not term.startswith(_MUTE)
        self.is_followed = False
        """Whether the reader wants to be told of another background."""
        self.ready = Event()
        """Set when the reader can do what keys mean: what is typed until then waits."""
        self.typed = ""
        """What was typed before the reader could take it."""
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self.has_changed = False
        """Whether it said that its colours are others now."""
        self._held = ""
        self._asked_at: float | None = None
        self._answered = False
        self._modes: list[Any] | None = None

    # Asking, before Textual is there

    def __enter__(self) -> Self:
        with contextlib.suppress(OSError, ValueError, ImportError):  # no terminal, or not one of this kind: no answer
            import termios

            if self.may_be_asked and os.isatty(_IN) and os.isatty(_OUT):
                modes = termios.tcgetattr(_IN)
                quiet = [*modes[:3], modes[3] & ~(termios.ECHO | termios.ICANON), *modes[4:]]
                termios.tcsetattr(_IN, termios.TCSANOW, quiet)
                self._modes = modes
                os.write(_OUT, self.question().encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        modes = self.take_over()
        if modes is not None:  # the reader never began: an answer that comes now would stand in the shell
            import termios

            self._read(0 if self._answered else _PATIENCE)
            termios.tcsetattr(_IN, termios.TCSAFLUSH, modes)

    def look(self, patience: float = 0.0) -> bool | None:
        """Whether the background is dark, as far as the terminal has answered by now, or within `patience` seconds."""
        if self._modes is not None:
            self._read(patience)
        return self.dark

    def take_over(self) -> list[Any] | None:
        """The modes in which the terminal was before it was asked: who draws on it now sets them at the end."""
        modes, self._modes = self._modes, None
        return modes

    def _read(self, patience: float) -> None:
        while select.select([_IN], [], [], patience)[0]:
            data = os.read(_IN, 4096)
            if not data:
                return
            self.typed += self.take(data)
            patience = 0

    # What it sends

    def question(self) -> str:
        """What asks it for its background; from now on an answer is waited for."""
        self._asked_at = time.monotonic()
        return ASK

    def take(self, data: bytes, *, final: bool = False) -> str:
        """What the terminal sent, without its answers, which are kept. What may be half an answer waits for more."""
        text = _STRING.sub("", _ANSWER.sub(self._keep, self._held + self._decode(data, final)))
        begun = (_HALF_AWAITED if self._is_awaited() else _HALF).search(text)
        at = begun.start() if begun is not None and not final else len(text)
        self._held = text[at:]
        return text[:at]

    def release(self) -> str:
        """What waited for more: nothing came, so it was no answer but keys; a long one was an answer all the same."""
        text, self._held = self._held, ""
        return text if len(text) < _LONG else ""

    def _keep(self, answer: re.Match[str]) -> str:
        scheme, parts = answer["scheme"], answer.group("red", "green", "blue")
        if all(parts):
            self._answered, self._asked_at = True, None
            shares = (int(part, 16) / (16 ** len(part) - 1) for part in parts)
            self.dark = is_dark("#" + "".join(f"{round(255 * share):02x}" for share in shares))
        elif scheme is not None:
            self.has_changed = True
            if not self._answered:
                self.dark = scheme == "1"
        return ""

    def _is_awaited(self) -> bool:
        return self._asked_at is not None and time.monotonic() - self._asked_at < _WAIT
