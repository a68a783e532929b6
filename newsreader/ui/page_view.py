"""One article set as a page, scrolled by lines, its place kept whatever happens to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.bounds import MEASURES
from newsreader.text import truncate
from newsreader.ui.looks import Looks
from newsreader.ui.painting import filled, overlaid, sentence_line, styled
from newsreader.ui.pieces import Piece
from newsreader.ui.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.timer import Timer

    from newsreader.model import Place
    from newsreader.ui.page import Page
    from newsreader.ui.sheet import Sheet

DEFAULT_MEASURE: Final = 76
_EYE: Final = "▸"
_DEBOUNCE: Final = 0.3  # seconds without scrolling before a place is told
_SLICE: Final = 0.006  # seconds of laying lines between two key presses
_PAUSE: Final = 0.02  # seconds between such slices
_REST: Final = 0.2  # seconds before the first of them: what was just set is painted by then
_FOOT: Final = 1  # line, for the percentage


def _new_sheet(page: Page, now: int, measure: int, before: Sheet | None) -> Sheet:
    """A page set at a measure; what sets pages is loaded with the first of them, after the first paint."""
    if page.thread is not None:
        from newsreader.ui.discussion_sheet import ThreadSheet

        return ThreadSheet(page, now, measure, before)
    from newsreader.ui.sheet import Sheet

    return Sheet(page, now, measure, before)


class PageView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a Page, or a sentence in the middle where there is none. It binds no keys: the screen calls its methods.

    Its colours are the theme's: `$accent`, and the panes' `$page-dim`, `$page-rule`, `$page-cursor`, `$page-strong`.
    """

    measure: reactive[int] = reactive(DEFAULT_MEASURE, init=False)
    """Cells to a line of text, kept within bounds.MEASURES; a pane without so much room sets less."""

    class PlaceMoved(Message):
        """The person came to another place of the article and stayed there for a moment."""

        def __init__(self, article_id: int, place: Place, percent: int) -> None:
            self.article_id = article_id
            self.place = place
            self.percent = percent
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the name is textual's
        super().__init__(id=id, classes=classes)
        self.sheet: Sheet | None = None
        self.left = 0  # cells left of the text
        self._page: Page | None = None
        self._now = 0
        self._said = Content("")
        self._stands = Standing()
        self.eye: int | None = None  # a line that is marked, for the eye to find
        self._restoring = False
        self._set_for = Size(0, 0)
        self._is_painting = False
        self._moved_timer: Timer | None = None
        self._strips: dict[int, Strip] = {}
        self.look = Looks(self)
        self._frame: tuple[int, int, int] | None = None  # width, height and top while lines are painted

    # What subclasses add

    def page_changed(self, *, other: bool) -> None:
        """The page was set anew; `other` tells that it is another article."""

    def lines_laid(self) -> None:
        """More lines of the page are there."""

    def spans_on(self, number: int) -> Sequence[tuple[int, int, str]]:
        """Stretches of a line that have a further look: first character, the one after the last, look."""
        del number
        return ()

    def sign_at(self, number: int) -> str:
        """What stands in the margin of a line, in one cell: where the eye goes on."""
        if number == self.eye:
            return _EYE
        return self.sheet.sign(number) if self.sheet is not None else ""

    def painted(self, segments: Iterable[Segment], number: int) -> Iterable[Segment]:
        """Paint over a line, at last."""
        del number
        return segments

    def foot_words(self) -> str:
        """What the last line of the pane says at its left."""
        return self.sheet.standing if self.sheet is not None else ""

    # What it shows

    def show(self, page: Page, now: int) -> None:
        """Show a page; `now` (Unix seconds) dates it.

        Another article begins at its page's place. The same article again (a notice came, or the other of its two
        texts) stays where it is, at the same words, else at where that text was left.
        """
        before = self._page
        if before is None or before.what != page.what:
            self._tell_place()
            self._stands.begin(page)
            self._begin(page, now, other=True)
        elif (before.full_text, before.document) != (page.full_text, page.document):
            self._stands.change_text(before, page, self.sheet)
            self._begin(page, now, other=False)
        else:
            self._page, self._now = page, now
            self._set()

    def _begin(self, page: Page, now: int, *, other: bool) -> None:
        self._page, self._now = page, now
        self.eye = None
        self._set(other=other)

    def clear(self, message: Content | str = "") -> None:
        """Show no article but a sentence; a `str` is taken literally, never as markup."""
        self._tell_place()
        self._page = self.sheet = self.eye = None
        self._stands.begin(None)
        self._said = message if isinstance(message, Content) else Content(message)
        self._set(other=True)

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    @property
    def place(self) -> Place:
        """What stands on the top line, to come back to it."""
        return self._stands.place

    @property
    def progress(self) -> float:
        """How far the page has been scrolled, 0 to 1; a page that needs no scrolling is 1."""
        last = self.text_end
        return min(self.scroll_y / last, 1.0) if last > 0 else 1.0

    @property
    def percent(self) -> int:
        """The same in percent; none only at the top."""
        return max(int(self.progress * 100), 1) if self.top else 0

    # Scrolling

    def go(self, line: int) -> None:
        """Put a line on top, as far as the page is long."""
        self.lay(line + 2 * self.room)
        self._scroll(min(max(line, 0), self.last_top))

    def reveal(self, line: int) -> None:
        """Bring a line into sight, a third down the pane, unless it is well in sight already."""
        if not self.top + 1 <= line < self.top + self.room - 1:
            self.go(line - self.room // 3)

    @property
    def top(self) -> int:
        """The line that stands on top."""
        return round(self.scroll_y)

    @property
    def room(self) -> int:
        """Lines of text that are in sight at once."""
        return max(self.size.height - _FOOT, 1)

    @property
    def last_top(self) -> int:
        """The line that stands on top at the end of the page."""
        return max(self.sheet.height - self.room, 0) if self.sheet is not None else 0

    @property
    def text_end(self) -> int:
        """The line that stands on top where the text ends: what is under it counts as read with it."""
        return max(self.sheet.text_height - self.room, 0) if self.sheet is not None else 0

    # Setting

    def validate_measure(self, measure: int) -> int:
        """Keep the measure between the narrowest and the widest that reads well."""
        return min(max(measure, MEASURES[0]), MEASURES[1])

    @property
    def widest(self) -> int:
        """The cells to a line that the pane has room for."""
        return self.size.width - 2 * (2 if self.size.width < 70 else 4)

    def watch_measure(self) -> None:
        """Set the page anew, the same words on top."""
        self._set()

    def on_resize(self) -> None:
        """Set the page anew for the pane's new size, the same words on top, unless it was painted so already."""
        if self.size != self._set_for:
            self._set()

    def notify_style_update(self) -> None:
        """Forget every look: the theme changed, or the pane got or lost the focus."""
        super().notify_style_update()
        self.look.forget()
        self._strips.clear()

    def _set(self, *, other: bool = False) -> None:
        """Lay the page out for the size there is, as far as it is needed now, and go where the person was."""
        self._strips.clear()
        self._set_for = self.size
        width = self.size.width
        if not width or not self.size.height:
            return
        measure = max(min(self.measure, self.widest), 1)
        self.left = max((width - measure) // 2, 0)
        if self._page is not None:
            before = sheet = self.sheet
            if sheet is None or sheet.page is not self._page or sheet.measure != measure:
                sheet = self.sheet = _new_sheet(self._page, self._now, measure, before)
                if self.eye is not None and before is not None:
                    self.eye = sheet.follow(self.eye, before)
            top = self._stands.top_on(sheet, before, self.top)
            sheet.lay_lines(top + 3 * self.room)
            self._restoring = True
            self._measure_height()
            self._scroll(min(top, self.last_top))
            self._restoring = False
            self._lay_the_rest(sheet, _REST)
        else:
            self._measure_height()
        self.page_changed(other=other)
        if not self._is_painting:
            self.refresh()

    def _measure_height(self) -> None:
        height = self.sheet.height + _FOOT if self.sheet is not None else self.size.height
        # Not by assignment, which lays out the whole screen anew: there is no scroll bar that shows it.
        self.set_reactive(PageView.virtual_size, Size(self.size.width, height))

    def lay(self, count: int) -> None:
        """See to it that the first `count` lines are there, as far as the page goes."""
        if self.sheet is not None:
            self.sheet.lay_lines(count)
            self._laid()

    def lay_all(self) -> None:
        """See to it that all lines are there."""
        if self.sheet is not None:
            self.sheet.body.lay()
            self._laid()

    def _laid(self) -> None:
        if self.sheet is not None and self.sheet.height + _FOOT != self.virtual_size.height:
            self._measure_height()
            self.lines_laid()

    def _lay_the_rest(self, sheet: Sheet, pause: float = _PAUSE) -> None:
        """Lay the lines that are not needed yet, a little at a time, so that no key waits for them."""
        if sheet.body.done or sheet is not self.sheet:
            return

        def slice_of_work() -> None:
            if sheet is self.sheet:
                sheet.body.lay_for(_SLICE)
                self.lines_laid()
                if sheet.body.done:
                    self._measure_height()
                    self.repaint_foot()
                self._lay_the_rest(sheet)

        self.set_timer(pause, slice_of_work)

    # Where it is

    def _scroll(self, line: int) -> None:
        if self._is_painting:
            self.set_reactive(PageView.scroll_y, line)
            self.set_reactive(PageView.scroll_target_y, line)
        else:
            self.scroll_to(y=line, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow every scrolling, by key, wheel or ourselves."""
        super().watch_scroll_y(old_value, new_value)
        if self.sheet is None or self._restoring or round(old_value) == round(new_value):
            return
        if self.size != self._set_for:  # textual keeps what it shows within another size; the person did not move
            return
        top = round(new_value)
        self.lay(top + 2 * self.room)
        self._stands.come_to(self.sheet, top)
        self.repaint_lines(self.sheet.come_to(top, self.room))
        if self._moved_timer is not None:
            self._moved_timer.stop()
        self._moved_timer = self.set_timer(_DEBOUNCE, self._tell_place)

    def _tell_place(self) -> None:
        """Post the place if it moved since it was last told."""
        if self._moved_timer is not None:
            self._moved_timer.stop()
            self._moved_timer = None
            if self._page is not None and self._page.is_article and self.sheet is not None:
                place = self.sheet.with_words(self.place)
                self.post_message(self.PlaceMoved(self._page.article_id, place, self.percent))

    # Painting

    def repaint(self) -> None:
        """Paint every line anew."""
        self._strips.clear()
        self.refresh()

    def set_now(self, now: int) -> None:
        """Say how long ago all was at another moment; only what is another is painted."""
        self._now = now
        changed = self.sheet.retell(now) if self.sheet is not None else []
        if changed is None:
            self._set()
        else:
            self.repaint_lines(changed)

    def repaint_lines(self, numbers: Iterable[int]) -> None:
        """Paint some lines of the page anew, and the foot."""
        for number in numbers:
            self._strips.pop(number, None)
            self.refresh_line(number)

    def repaint_foot(self) -> None:
        """Paint the last line of the pane anew."""
        self.refresh_line(self.top + self.size.height - _FOOT)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give lines to be painted. Only the mouse, which asks for single ones, needs to know what stands where.

        A paint in another size comes before that is told: the page is set for it at once, and painted once.
        """
        if self.size != self._set_for:
            self._is_painting = True
            try:
                self._set()
            finally:
                self._is_painting = False
        self._frame = (*self.size, self.top)
        try:
            return super().render_lines(crop)
        finally:
            self._frame = None

    def render_line(self, y: int) -> Strip:
        """Give line `y` of the pane, counted from its top."""
        if self.sheet is None:
            return sentence_line(self._said, y, self.size, self.look)
        width, height, top = self._frame or (*self.size, self.top)
        if y == height - _FOOT:
            return self._foot()
        number = y + top
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._strip(self.sheet, number, width)
        return strip if self._frame is not None else strip.apply_offsets(0, number)

    def _strip(self, sheet: Sheet, number: int, width: int) -> Strip:
        pieces: Iterable[Piece] = sheet.line(number).pieces()
        spans = self.spans_on(number)
        if spans:
            pieces = overlaid(pieces, spans)
        sign = self.sign_at(number) if self.left >= 2 else ""
        margin = [Piece(" " * (self.left - 2)), Piece(f"{sign} ", ("eye",))] if sign else [Piece(" " * self.left)]
        segments = self.painted(styled([*margin, *pieces], self.look), number)
        return filled(segments, width, self.look(()))

    def _foot(self) -> Strip:
        """Give the last line of the pane: what is going on, and how much has been read, at the right of the text."""
        percent = f"{self.percent} %" if self.last_top else ""
        measure = self.sheet.measure if self.sheet is not None else 0
        words = truncate(self.foot_words(), max(measure - len(percent) - 2, 0))
        gap = " " * (measure - Content(words).cell_length - len(percent))
        text = f"{' ' * self.left}{words}{gap}{percent}"
        return Strip([Segment(text, self.look(("progress",)))]).adjust_cell_length(self.size.width, self.look(()))
