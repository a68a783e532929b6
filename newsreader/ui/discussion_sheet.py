"""The page of a discussion: its head, and its comments, of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Mark, Span, Text
from newsreader.model import Place
from newsreader.text import in_rows, one_line, relative_time, truncate
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.discussion_page import Thread
from newsreader.ui.discussion_setting import ThreadLayout
from newsreader.ui.links import shown_address
from newsreader.ui.sheet import Sheet
from newsreader.ui.typesetting import Line, Margin
from newsreader.ui.words import discussion as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.model.talk import Comment, Discussion
    from newsreader.ui.layout import Layout
    from newsreader.ui.page import Page

_BAR: Final = "▌"
_LONGEST_TITLE: Final = 400  # characters
_EMPTY: Final = Line()


class ThreadSheet(Sheet):
    """The lines of the comments on an article at a measure (cells); `now` (Unix seconds) makes "3 hours ago".

    One comment is chosen: what is done is done to it. It follows what is in sight.
    """

    talk: ThreadLayout
    thread: Thread

    def __init__(self, page: Page, now: int, measure: int, before: Sheet | None = None) -> None:
        self._now = now
        self._first_lines: dict[int, Line] = {}
        self._behind = before.behind if before is not None else None
        super().__init__(page, now, measure, before)
        self.chosen = 0
        """The place of the chosen comment in the discussion."""
        if isinstance(before, ThreadSheet) and before.page.article_id == page.article_id and before.talk.comments:
            place = self.talk.place_of_number(before.talk.numbers[before.chosen])
            self.chosen = self._seen(place) if place is not None else 0

    def make_body(self, before: Sheet | None) -> Layout:
        """Lay the comments out, or those again that were laid."""
        self.thread = self.page.thread or Thread()
        last = before.talk if isinstance(before, ThreadSheet) else None
        self.talk = ThreadLayout(self.thread, self.measure, last)
        return self.talk

    def head_lines(self, now: int) -> Iterator[Line]:
        """What these are comments on, how many there are and from when, and why there are none."""
        return _head_lines(self.page.title, self.thread, now, self.measure)

    def retell(self, now: int) -> list[int] | None:
        """Say how long ago all was at another moment: every comment says it."""
        self._now = now
        self._first_lines.clear()
        super().retell(now)
        return None

    @property
    def behind(self) -> Sheet | None:
        """The sheet of the article, over which this one is laid."""
        return self._behind

    def line(self, number: int) -> Line:
        """Give a line; the first one of a comment is said when it is asked for."""
        laid, at = self.talk.lines, number - self.text_begins
        if not 0 <= at < len(laid):
            return super().line(number)
        line = laid[at]
        return line if line.offset else self._first_line(line.block)

    def _first_line(self, number: int) -> Line:
        line = self._first_lines.get(number)
        if line is None:
            line = self._first_lines[number] = self.talk.head(self.talk.place_of_number(number) or 0, self._now)
        return line

    def place(self, number: int) -> Place:
        """Say what stands on a line."""
        number -= self.text_begins
        if number < 0 or not self.talk.lines:
            return Place()
        line = self.talk.lines[min(number, len(self.talk.lines) - 1)]
        return Place(block=line.block, offset=line.offset)

    def lines_of(self, block: int) -> range:
        """No block of the article stands here."""
        del block
        return range(0)

    # The chosen comment

    @property
    def comment(self) -> Comment | None:
        """The comment that is chosen."""
        return self.talk.comments[self.chosen] if self.talk.comments else None

    @property
    def standing(self) -> str:
        """Which of the comments is chosen."""
        if not self.talk.comments:
            return ""
        return words.standing(self.chosen + 1, len(self.talk.comments))

    def choose(self, place: int) -> list[int]:
        """Choose a comment, or the one under which it is folded away: gives the lines that look otherwise for it."""
        before = self.comment_lines(self.chosen)
        self.chosen = self._seen(place)
        return [*before, *self.comment_lines(self.chosen)]

    def _seen(self, place: int) -> int:
        return self.talk.shown[self.talk.spot_of(place)]

    def sign(self, number: int) -> str:
        """What stands in the margin of the chosen comment."""
        return _BAR if self.talk.comments and number in self.comment_lines(self.chosen) else ""

    def come_to(self, top: int, room: int) -> Iterable[int]:
        """Choose the first comment that begins in sight, where the chosen one is in sight no more."""
        if not self.talk.comments:
            return ()
        lines, shown = self.comment_lines(self.chosen), range(top, top + room)
        if lines.start < shown.stop and shown.start < lines.stop:
            return ()
        first = self.talk.spot_at(top - self.text_begins)
        spots = self.talk.starts
        if spots[first] + self.text_begins < top and first + 1 < len(spots):
            first += spots[first + 1] + self.text_begins in shown
        return self.choose(self.talk.shown[first])

    def comment_lines(self, place: int) -> range:
        """The lines of a comment, of one that is folded away those of what it is folded under."""
        if not self.talk.comments:
            return range(0)
        lines = self.talk.lines_of(place)
        return range(lines.start + self.text_begins, lines.stop + self.text_begins)

    def comment_at(self, number: int) -> int | None:
        """The comment to which a line belongs."""
        return self.talk.at(number - self.text_begins) if number < self.text_height else None

    def is_first_line(self, number: int) -> bool:
        """Whether a line is the first one of a comment."""
        return self.talk.head_at(number - self.text_begins) is not None


def _head_lines(title: str, thread: Thread, now: int, measure: int) -> Iterator[Line]:
    setter = BlockSetter(0, max(measure, 2))
    yield _EMPTY
    for number, row in enumerate(in_rows(_about(thread, now), max(measure, 2))):
        yield from _unkept(setter, Text(row, () if number else (Span(0, len(words.COMMENTS), Mark.STRONG),)), "facts")
    yield _EMPTY
    yield from _unkept(setter, Text(one_line(title, _LONGEST_TITLE)), "title")
    if thread.notices or thread.link:
        yield _EMPTY
    for notice in thread.notices:
        yield from _unkept(setter, Text(one_line(notice)), "notice")
    if thread.link:
        shown = truncate(shown_address(thread.link), max(measure, 2))
        yield from _unkept(setter, Text(shown, (Span(0, len(shown), Mark.LINK, thread.link),)), "facts")
    yield _EMPTY
    if measure >= 60:
        yield _EMPTY


def _unkept(setter: BlockSetter, text: Text, look: str) -> Iterator[Line]:
    """Set a line of the head, which is no place in the text."""
    for line in setter.running(text, Margin(), (look,)):
        yield Line(line.held, line.lead, line.tail, joint=line.joint)


def _about(thread: Thread, now: int) -> list[str]:
    """How many comments there are and where, from when they are, and what happens."""
    discussion = thread.discussion
    facts = [words.COMMENTS]
    if discussion is not None and discussion.failure is None:
        facts += [_how_many(discussion), relative_time(discussion.fetched_at, now)]
    facts += [words.new(len(thread.fresh))] if thread.fresh else []
    if thread.fetching:
        facts.append(words.asking(thread.asking) if thread.asking else words.FETCHING)
    return facts


def _how_many(discussion: Discussion) -> str:
    there = max(discussion.total, len(discussion.comments))
    site = one_line(discussion.site)
    return words.on_site(there, site) if there else site
