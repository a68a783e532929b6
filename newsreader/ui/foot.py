"""The foot of the screen: what is going on, and the six keys for where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Vertical
from textual.content import Content

from newsreader.ui.dialogs.search import FindLine
from newsreader.ui.line import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

_STAYS: Final = 8.0  # seconds that a message stays
_GAP: Final = 3  # cells between two keys
_BAR: Final = 16  # cells of the progress line


class Foot(Vertical):
    """Two lines: progress or a message in words, and keys.

    A message takes the place of the keys in a low window, and with its end where it is longer than a line.
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._status = Line(id="status")
        self._hints = Line(id="hints")
        self.find_line = FindLine(id="find")
        self._keys: tuple[tuple[str, str], ...] = ()
        self._message = self._pending = Content("")
        self._begun = ""
        self._progress: tuple[int, int, int] | None = None
        self._timer: Timer | None = None
        self._warns = False

    def compose(self) -> ComposeResult:
        """The two lines, and the line to find words with, which takes the place of the keys."""
        yield self._status
        yield self._hints
        yield self.find_line

    @property
    def plain(self) -> str:
        """Both lines without their looks."""
        return f"{self._status.plain}\n{self._hints.plain}"

    def on_resize(self) -> None:
        """Fit the keys into another width."""
        self.call_after_refresh(self._draw)

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Show a sentence for a while; `sentence` may hold cleaned text from outside."""
        self._warns = warning
        self._message = Content.styled(sentence, "$warning" if warning else "$foreground")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_STAYS, self.hush)
        self._draw()

    def hush(self) -> None:
        """Take the message away."""
        self._message = Content("")
        self._draw()

    def leave(self) -> None:
        """Take away what was said of an article that is left; a warning is about more than that."""
        if not self._warns:
            self.hush()

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show the keys of a pane, each with its word."""
        self._keys = keys
        self._draw()

    def show_begun(self, begun: str) -> None:
        """Show the count and the keys that were begun, at the right end, where they are in nobody's way."""
        if begun != self._begun:
            self._begun = begun
            self._draw()

    def show_pending(self, pending: str, ways_on: tuple[tuple[str, str], ...]) -> None:
        """Show what keys do while the reader is in a state of its own, as with letters on its links; "" ends it."""
        if pending or self._pending.plain:  # nearly every key is neither
            ways = Content.assemble((pending, "bold"), ("  ", ""), *_pairs(ways_on))
            self._pending = ways if pending else Content("")
            self._draw()

    def show_progress(self, done: int, total: int, failed: int = 0) -> None:
        """Show how far a refresh is, and how many sources failed; the line goes away when it is through."""
        self._progress = (done, total, failed) if 0 <= done < total else None
        self._draw()

    def _draw(self) -> None:
        keys = self._pending if self._pending.plain else self._fitting_keys()
        low = self.screen.has_class("-low") if self.is_attached else False
        if low and self._message.plain and not self._pending.plain:
            keys = self._message
        progress = _progress_line(*self._progress) if self._progress else Content("")
        between = "   " if self._message.plain and progress.plain else ""
        status = Content.assemble(progress, between, self._message)
        whole = self._message if low else status
        room = self._hints.content_size.width
        is_long = bool(self._message.plain) and not self._pending.plain and 0 < room < whole.cell_length
        if is_long:
            status, *rest = (line.rstrip() for line in whole.wrap(room))  # to its end, for a while without the keys
            keys = Content(" ").join(rest)
        self.set_class(is_long, "-long")
        self._status.put(status)
        self._hints.put(keys, Content.styled(self._begun, "bold $accent") if self._begun else None)

    def _fitting_keys(self) -> Content:
        """The keys as far as there is room; the last one, the help, always."""
        keys = list(self._keys)
        room = self._hints.content_size.width
        while len(keys) > 1 and 0 < room < Content.assemble(*_pairs(tuple(keys))).rstrip().cell_length:
            del keys[-2]
        return Content.assemble(*_pairs(tuple(keys))).rstrip()


def _pairs(keys: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for key, word in keys:
        parts += [(key, "$foreground"), (f" {word}{' ' * _GAP}", "$page-dim")]
    return parts


def _progress_line(done: int, total: int, failed: int) -> Content:
    filled = round(2 * _BAR * done / max(1, total))
    full, half = divmod(filled, 2)
    rest = _BAR - full - half
    return Content.assemble(
        (f"{done:,} of {total:,}", "$page-dim"),
        (f" · {failed:,} failed" if failed else "", "$page-dim"),
        " ",
        ("━" * full + "╸" * half, "$accent"),
        ("━" * rest, "$page-rule"),
    )
