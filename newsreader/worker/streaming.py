"""An answer on its way to the reader: what comes is handed on in a few pieces a second, and its times are taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, Self

from newsreader.text import clean_text
from newsreader.worker.protocol import Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from newsreader.stories.translation import Unnumbered
    from newsreader.worker.protocol import Message

_PACE: Final = 0.05  # seconds between two pieces: the eye sees no difference, and the pipe has fewer lines
_PIECE: Final = 8_000  # characters of one: a line of the pipe holds them however they are written


class Stream:
    """Hands on an answer as `chunk`, and as `progress` when it begins; a context manager around its coming."""

    def __init__(self, emit: Callable[[Message], None], id_: object, numbers: Unnumbered | None = None) -> None:
        """`numbers` takes out of what is handed on what is not to be read."""
        self.text = ""
        self._numbers = numbers
        self.first = 0.0
        self._emit = emit
        self._id = id_
        self._waiting = ""
        self._timer: asyncio.TimerHandle | None = None
        self._thinking = False
        self._began = 0.0
        self._ended = 0.0

    def __enter__(self) -> Self:
        """The question leaves now."""
        self._began = asyncio.get_running_loop().time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hand on what is left, however it ended."""
        if self._numbers is not None:
            self._waiting += self._numbers.end()
        self._flush()
        self._ended = asyncio.get_running_loop().time()

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self._ended - self._began

    def progress(self, stage: str, **facts: Any) -> None:
        """Say how far it is."""
        self._emit({"id": self._id, "answer": Answer.PROGRESS, "stage": stage, **facts})

    def add(self, text: str) -> None:
        """Take the next words; none say that the model thinks."""
        if not text:
            if not self._thinking and not self.text:
                self._thinking = True
                self.progress("thinking")
            return
        loop = asyncio.get_running_loop()
        if not self.text:
            self.first = loop.time() - self._began
            self.progress("begun", seconds=round(self.first, 2))
        text = clean_text(text)
        self.text += text
        self._waiting += text if self._numbers is None else self._numbers.add(text)
        if self._timer is None:
            self._timer = loop.call_later(_PACE, self._flush)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, ""
        for start in range(0, len(waiting), _PIECE):
            self._emit({"id": self._id, "answer": Answer.CHUNK, "text": waiting[start : start + _PIECE]})
