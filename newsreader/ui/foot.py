"""The foot of the screen: what is going on, and the six keys for where the focus is."""

from __future__ import annotations

from collections import deque
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.message import Message

from newsreader.text import cell_width
from newsreader.ui.dialogs.search import FindLine
from newsreader.ui.line import Line
from newsreader.ui.quiet import Quiet, QuietVertical
from newsreader.ui.signs import marked
from newsreader.ui.words import news as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Click
    from textual.geometry import Size
    from textual.timer import Timer

_STAYS: Final = 8.0  # seconds that a message stays
_READ: Final = 1.5  # seconds after which one was read: in a low window, where it covers a line, the next key ends it
_WARNS: Final = 3.0  # seconds that a warning stays at least, whatever is said after it
_LINES: Final = 4  # lines that a message may take
_RECENT: Final = 50  # messages that are kept to be read again
_GAP: Final = 3  # cells between two keys
_BAR: Final = 16  # cells of the progress line


class Said(NamedTuple):
    """A message, and when it was said on the clock that never goes back."""

    at: float
    sentence: str
    warning: bool


class Lines(Quiet):
    """Some lines of text, as high as they are many."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._lines: Sequence[Content] = ()

    @property
    def plain(self) -> str:
        """The lines without their looks."""
        return "\n".join(line.plain for line in self._lines)

    def put(self, lines: Sequence[Content]) -> None:
        """Show other lines; only where they are more or fewer anything is laid out."""
        if lines != self._lines or [line.spans for line in lines] != [line.spans for line in self._lines]:
            least = self.styles.min_height
            before, after = (max(len(each), int(least.value) if least else 0) for each in (self._lines, lines))
            self._lines = lines
            self.refresh(layout=before != after)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many as there are."""
        del container, viewport, width
        return len(self._lines)

    def render(self) -> Content:
        """Set them one below the other."""
        return Content("\n").join(self._lines)


class Foot(QuietVertical):
    """Progress or a message in words, and below it the keys, which nothing ever covers.

    It lies over the panes, which leave it two lines, and in a low window one: a message that is longer, or any message
    there, covers the last line of a pane for a while instead of moving all of it.
    """

    class Pressed(Message):
        """The person clicked on a key, by its number in what `show_keys` was given."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._status = Lines(id="status")
        self._hints = Line(id="hints")
        self.find_line = FindLine(id="find")
        self.recent: deque[Said] = deque(maxlen=_RECENT)
        self._keys: tuple[tuple[str, str], ...] = ()
        self._message = self._pending = self._warning = Content("")
        self._begun = ""
        self._standing = ("", "")
        self._progress: tuple[int, int, int, str] | None = None
        self._timer: Timer | None = None
        self._line_at = inf  # when a line of commands began, until the next key

    def compose(self) -> ComposeResult:
        """The two lines, and the line to find words with, which takes the place of the keys."""
        yield self._status
        yield self._hints
        yield self.find_line

    @property
    def plain(self) -> str:
        """All lines without their looks."""
        return f"{self._status.plain}\n{self._hints.plain}"

    def on_resize(self) -> None:
        """Fit all into another width."""
        self._draw()

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Show a sentence for a while; `sentence` may hold cleaned text from outside.

        A warning that nobody can have read yet stays above it.
        """
        now, before = monotonic(), self.recent[-1] if self.recent else None
        is_unread = before is not None and before.warning and now - before.at < _WARNS and bool(self._message.plain)
        self._warning = self._message if is_unread and not warning else Content("")
        self.recent.append(Said(now, sentence, warning))
        self._message = marked(sentence, "$warning" if warning else "$foreground")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_STAYS, self.hush)
        self._draw()

    def on_click(self, event: Click) -> None:
        """Tell which key was clicked on."""
        if event.screen_y not in self._hints.region.line_range or self._pending.plain:
            return
        column = event.screen_x - self._hints.content_region.x
        for key, word in self._keys:
            width = cell_width(f"{key} {word}")
            if 0 <= column < width and f"{key} {word}" in self._hints.plain:
                self.post_message(self.Pressed(self._keys.index((key, word))))
            if f"{key} {word}" in self._hints.plain:
                column -= width + _GAP

    def hush(self) -> None:
        """Take the message away."""
        if self._message.plain:
            self._message = Content("")
            self._draw()

    def leave(self) -> None:
        """Take away what was said of an article that is left; a warning is about more than that.

        What the same line of commands said stays: it left the article itself, before anybody could read it.
        """
        if self.recent and not self.recent[-1].warning and self.recent[-1].at < self._line_at:
            self.hush()

    def line_begun(self) -> None:
        """A line of commands begins; it ends with the next key."""
        self._line_at = monotonic()

    def key_pressed(self) -> None:
        """A key was pressed: in a low window, where a message covers a line, it was read by then and goes."""
        self._line_at = inf
        if self._message.plain and self._is_low() and monotonic() - self.recent[-1].at > _READ:
            self.hush()

    def stand(self, sentence: str, short: str = "") -> None:
        """Show a sentence as long as nothing else is said; `short` stands in a low window, at the end of the keys."""
        if (sentence, short) != self._standing:
            self._standing = sentence, short
            self._draw()

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show the keys of a pane, each with its word."""
        if keys != self._keys:
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

    def show_progress(self, done: int, total: int, failed: int = 0, key: str = "") -> None:
        """Show how far a refresh is, how many sources failed, and the `key` that shows which.

        The line goes away when the refresh is through.
        """
        self._progress = (done, total, failed, key) if 0 <= done < total else None
        self._draw()

    def _is_low(self) -> bool:
        return self.is_attached and self.screen.has_class("-low")

    def _room(self) -> int:
        """The cells of a line: of the foot, as the keys have none while something is typed in their place."""
        return max(0, self.content_size.width - self._hints.gutter.width)

    def _draw(self) -> None:
        low, room = self._is_low(), self._room()
        progress = _progress_line(*self._progress) if self._progress else Content("")
        standing = "" if self._progress or self._message.plain else self._standing[0]
        news = progress if progress.plain else Content.styled(standing, "$page-dim")
        self._status.put(self._message_lines(Content("") if low else news, room))
        right = Content("")
        if self._begun:
            right = Content.styled(self._begun, "bold $accent")
        elif low and self._progress:
            right = _short_progress(*self._progress)
        elif low:
            right = Content.styled(self._standing[1], "$page-dim")
        keys = self._pending if self._pending.plain else self._fitting_keys(room - right.cell_length - 2 * bool(right))
        self._hints.put(keys, right)

    def _message_lines(self, news: Content, room: int) -> list[Content]:
        """The message behind what else goes on, or above it where both are longer than a line."""
        message = self._message
        if not message.plain:
            return [news] if news.plain else []
        both = Content.assemble(news, "   ", message) if news.plain else message
        above = [line.rstrip() for line in self._warning.wrap(room)] if self._warning.plain and room else []
        if not room or both.cell_length <= room:
            return [*above[: _LINES - 1], both]
        lines = [*above, *(line.rstrip() for line in message.wrap(room))]
        if len(lines) > _LINES:
            last = Content(" ").join(lines[_LINES - 1 :]).truncate(room, ellipsis=True)
            lines = [*lines[: _LINES - 1], last]
        return [*lines, *([news] if news.plain else [])]

    def _fitting_keys(self, room: int) -> Content:
        """The keys as far as there is room; the last one, the help, always."""
        keys = list(self._keys)
        while len(keys) > 1 and 0 < room < Content.assemble(*_pairs(tuple(keys))).rstrip().cell_length:
            del keys[-2]
        return Content.assemble(*_pairs(tuple(keys))).rstrip()


def _pairs(keys: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for key, word in keys:
        parts += [(key, "bold $foreground"), (f" {word}{' ' * _GAP}", "$page-dim")]
    return parts


def _progress_line(done: int, total: int, failed: int, key: str) -> Content:
    trouble = Content.styled(f" · {words.failed(failed, key)}", "$warning") if failed else Content("")
    return Content.assemble((words.progress(done, total), "$page-dim"), trouble, " ", _bar(done, total, _BAR))


def _short_progress(done: int, total: int, failed: int, key: str) -> Content:
    del key
    trouble = Content.styled(f" ▲{failed:,}", "$warning") if failed else Content("")
    return Content.assemble((f"{done:,}/{total:,}", "$page-dim"), trouble)


def _bar(done: int, total: int, cells: int) -> Content:
    full, half = divmod(round(2 * cells * done / max(1, total)), 2)
    return Content.assemble(("━" * full + "╸" * half, "$accent"), ("─" * (cells - full - half), "$page-rule"))
