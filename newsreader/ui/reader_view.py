"""The reader pane: one article set as a page, scrolled by lines, its place kept whatever happens to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.bounds import MEASURES
from newsreader.model import Place
from newsreader.ui.looks import CSS, LOOKS
from newsreader.ui.sheet import Sheet
from newsreader.ui.typesetting import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.selection import Selection
    from textual.timer import Timer

    from newsreader.ui.page import Page

_SENTENCE: Final = 72  # cells to a line of the sentence in an empty pane
DEFAULT_MEASURE: Final = 76
OVERLAP: Final = 2  # lines of the old page that a new page begins with
_EYE: Final = "▸"
_EYE_SECONDS: Final = 1.5
_DEBOUNCE: Final = 0.3  # seconds without scrolling before a place is told
_SLICE: Final = 0.006  # seconds of laying lines between two key presses
_PAUSE: Final = 0.02  # seconds between such slices
_FOOT: Final = 1  # line, for the percentage
_LINK: Final = "reader_link"


class ReaderView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a Page, or a sentence in the middle where there is none. It binds no keys: the screen calls its methods.

    Its colours are the theme's: `$accent`, and the panes' `$page-dim`, `$page-rule`, `$page-cursor`, `$page-strong`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"reader--{look}" for look in LOOKS}

    DEFAULT_CSS = CSS

    measure: reactive[int] = reactive(DEFAULT_MEASURE, init=False)
    """Cells to a line of text, kept within bounds.MEASURES; a pane without so much room sets less."""

    class PlaceMoved(Message):
        """The person came to another place of the article and stayed there for a moment."""

        def __init__(self, article_id: int, place: Place, progress: float) -> None:
            self.article_id = article_id
            self.place = place
            self.progress = progress
            super().__init__()

    class LinkChosen(Message):
        """A link of the text was clicked; `url` begins with http, https or mailto."""

        def __init__(self, url: str) -> None:
            self.url = url
            super().__init__()

    def __init__(self, *, measure: int = DEFAULT_MEASURE, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the name is textual's
        super().__init__(id=id, classes=classes)
        self.set_reactive(ReaderView.measure, self.validate_measure(measure))
        self._page: Page | None = None
        self._now = 0
        self._said = Content("")
        self._sheet: Sheet | None = None
        self._kept = Place()
        self._left = 0
        self._eye: int | None = None
        self._restoring = False
        self._eye_timer: Timer | None = None
        self._moved_timer: Timer | None = None
        self._strips: dict[int, Strip] = {}
        self._styles_of: dict[tuple[str, ...], Style] = {}
        self._pressed: tuple[int, int] | None = None

    # What it shows

    def show(self, page: Page, now: int) -> None:
        """Show a page; `now` (Unix seconds) dates it.

        Another article begins at its page's place. The same article again (a notice came, or the other of its two
        texts) stays where it is, at the same words.
        """
        before, sheet, kept = self._page, self._sheet, self._kept
        if before is None or before.article_id != page.article_id:
            self._tell_place()
            before = None
        self._forget_selection()
        self._page, self._now = page, now
        self._eye = None
        if before is not None and before.document is not None and sheet is not None:
            if (before.full_text, before.document) != (page.full_text, page.document) and page.document is not None:
                kept = Sheet(page, now, sheet.measure).same_passage(sheet, kept)
        elif page.place is not None and page.place.full_text == page.full_text:
            kept = page.place
        else:
            kept = Place(page.full_text)
        self._kept = kept
        self._set()

    def clear(self, message: Content | str = "") -> None:
        """Show no article but a sentence; a `str` is taken literally, never as markup."""
        self._tell_place()
        self._forget_selection()
        self._page = self._sheet = self._eye = None
        self._kept = Place()
        self._said = message if isinstance(message, Content) else Content(message)
        self._set()

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    @property
    def place(self) -> Place:
        """What stands on the top line, to come back to it."""
        return self._kept

    @property
    def progress(self) -> float:
        """How far the page has been scrolled, 0 to 1; a page that needs no scrolling is 1."""
        last = self._last_top
        return min(self.scroll_y / last, 1.0) if last > 0 else 1.0

    # Moving

    def scroll_lines(self, count: int) -> None:
        """Scroll down by `count` lines, up if it is negative."""
        self._go(round(self.scroll_y) + count)

    def page_down(self) -> bool:
        """Turn the page, the last two lines staying in sight, and mark where the eye was; False at the end."""
        top = round(self.scroll_y)
        self._lay(top + 2 * self._room)
        if top >= self._last_top:
            return False
        self._mark(top + self._room)
        self._go(top + max(self._room - OVERLAP, 1))
        return True

    def page_up(self) -> None:
        """Turn the page back."""
        self._go(round(self.scroll_y) - max(self._room - OVERLAP, 1))

    def half_page(self, direction: int) -> None:
        """Scroll half a page: down for 1, up for -1."""
        self._go(round(self.scroll_y) + direction * max(self._room // 2, 1))

    def to_top(self) -> None:
        """Go to the top of the page."""
        self._go(0)

    def to_end(self) -> None:
        """Go to the end of the page."""
        if self._sheet is not None:
            self._sheet.body.lay()
            self._measure_height()
        self._go(self._last_top)

    # Setting

    def validate_measure(self, measure: int) -> int:
        """Keep the measure between the narrowest and the widest that reads well."""
        return min(max(measure, MEASURES[0]), MEASURES[1])

    def watch_measure(self) -> None:
        """Set the page anew, the same words on top."""
        self._set()

    def on_resize(self) -> None:
        """Set the page anew for the pane's new size, the same words on top."""
        self._set()

    def notify_style_update(self) -> None:
        """Forget every look: the theme changed, or the pane got or lost the focus."""
        super().notify_style_update()
        self._styles_of.clear()
        self._strips.clear()

    @property
    def _room(self) -> int:
        """Lines of text that are in sight at once."""
        return max(self.size.height - _FOOT, 1)

    @property
    def _last_top(self) -> int:
        return max(self._sheet.height - self._room, 0) if self._sheet is not None else 0

    def _set(self) -> None:
        """Lay the page out for the size there is, as far as it is needed now, and go where the person was."""
        self._strips.clear()
        width = self.size.width
        if not width or not self.size.height:
            return
        side = 2 if width < 70 else 4
        measure = max(min(self.measure, width - 2 * side), 1)
        self._left = max((width - measure) // 2, 0)
        if self._page is not None:
            self._sheet = Sheet(self._page, self._now, measure)
            top = self._sheet.line_of(self._kept)
            self._sheet.lay_lines(top + 3 * self._room)
            self._restoring = True
            self._measure_height()
            self._scroll(min(top, self._last_top))
            self._restoring = False
            self._lay_the_rest(self._sheet)
        else:
            self._measure_height()
        self.refresh()

    def _measure_height(self) -> None:
        height = self._sheet.height + _FOOT if self._sheet is not None else self.size.height
        self.virtual_size = Size(self.size.width, height)

    def _lay(self, count: int) -> None:
        if self._sheet is not None:
            self._sheet.lay_lines(count)
            if self._sheet.height + _FOOT != self.virtual_size.height:
                self._measure_height()

    def _lay_the_rest(self, sheet: Sheet) -> None:
        """Lay the lines that are not needed yet, a little at a time, so that no key waits for them."""
        if sheet.body.done or sheet is not self._sheet:
            return

        def slice_of_work() -> None:
            if sheet is self._sheet:
                sheet.body.lay_for(_SLICE)
                if sheet.body.done:
                    self._measure_height()
                    self.refresh()
                self._lay_the_rest(sheet)

        self.set_timer(_PAUSE, slice_of_work)

    # Where it is

    def _go(self, line: int) -> None:
        self._lay(line + 2 * self._room)
        self._scroll(min(max(line, 0), self._last_top))

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow every scrolling, by key, wheel or ourselves."""
        super().watch_scroll_y(old_value, new_value)
        if self._sheet is None or self._restoring or round(old_value) == round(new_value):
            return
        top = round(new_value)
        self._lay(top + 2 * self._room)
        self._kept = self._sheet.place(top)
        if self._moved_timer is not None:
            self._moved_timer.stop()
        self._moved_timer = self.set_timer(_DEBOUNCE, self._tell_place)

    def _tell_place(self) -> None:
        """Post the place if it moved since it was last told."""
        if self._moved_timer is not None:
            self._moved_timer.stop()
            self._moved_timer = None
            if self._page is not None:
                self.post_message(self.PlaceMoved(self._page.article_id, self._kept, self.progress))

    def _mark(self, line: int) -> None:
        """Mark the first line that was not in sight yet, for a moment."""
        sheet = self._sheet
        while sheet is not None and line < sheet.height and not sheet.line(line).words.strip():
            line += 1
        self._show_eye(line)
        if self._eye_timer is not None:
            self._eye_timer.stop()
        self._eye_timer = self.set_timer(_EYE_SECONDS, self._show_eye)

    def _show_eye(self, line: int | None = None) -> None:
        for changed in (self._eye, line):
            if changed is not None:
                self._strips.pop(changed, None)
                self.refresh_line(changed)
        self._eye = line

    # Painting

    def render_line(self, y: int) -> Strip:
        """Give line `y` of the pane, counted from its top."""
        if self._sheet is None:
            return self._message_line(y)
        if y == self.size.height - _FOOT:
            return self._foot()
        number = y + round(self.scroll_y)
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._strip(self._sheet, number)
        return strip

    def _strip(self, sheet: Sheet, number: int) -> Strip:
        pieces = [Piece(" " * self._left), *sheet.line(number).pieces()]
        if number == self._eye and self._left >= 2:
            pieces[:1] = [Piece(" " * (self._left - 2)), Piece(_EYE + " ", ("eye",))]
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        segments = self._segments(pieces) if span is None else self._selected(pieces, *span)
        return Strip(segments).adjust_cell_length(self.size.width, self._look(())).apply_offsets(0, number)

    def _segments(self, pieces: list[Piece]) -> Iterator[Segment]:
        for piece in pieces:
            style = self._look(piece.classes)
            if piece.link is not None:
                style += Style.from_meta({_LINK: piece.link})
            yield Segment(piece.text.replace("\xa0", " "), style)

    def _selected(self, pieces: list[Piece], start: int, end: int) -> Iterator[Segment]:
        """Give the segments of a line of which the characters `start` up to `end` (-1: the last) are selected."""
        selected = self.screen.get_component_rich_style("screen--selection")
        position = 0
        for segment in self._segments(pieces):
            text, style, _ = segment
            first = min(max(start - position, 0), len(text))
            last = len(text) if end < 0 else min(max(end - position, first), len(text))
            yield Segment(text[:first], style)
            yield Segment(text[first:last], style + selected if style else selected)
            yield Segment(text[last:], style)
            position += len(text)

    def _foot(self) -> Strip:
        """Give the last line of the pane: how much has been read, at the right of the text."""
        percent = f"{int(self.progress * 100)} %" if self._last_top else ""
        right = self._left + (self._sheet.measure if self._sheet is not None else 0)
        text = percent.rjust(right)
        return Strip([Segment(text, self._look(("progress",)))]).adjust_cell_length(self.size.width, self._look(()))

    def _message_line(self, y: int) -> Strip:
        """Give a line of the sentence that stands, centred, a third down the empty pane."""
        width = self.size.width
        lines = self._said.wrap(max(min(width - 4, _SENTENCE), 1)) if self._said else []
        number = y - max((self.size.height - len(lines)) // 3, 0)
        if not 0 <= number < len(lines):
            return Strip.blank(width, self._look(()))
        line = lines[number].rstrip()
        indent = Segment(" " * max((width - line.cell_length) // 2, 0), self._look(()))
        words = line.render_segments(self.get_visual_style("reader--message"))
        return Strip([indent, *words]).adjust_cell_length(width, self._look(()))

    def _look(self, classes: tuple[str, ...]) -> Style:
        style = self._styles_of.get(classes)
        if style is None:
            names = [f"reader--{name}" for name in classes]
            style = self._styles_of[classes] = self.get_visual_style(*names).rich_style
        return style

    # Mouse and selection

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click began: a drag that ends on a link chooses text, not the link."""
        self._pressed = (event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """Follow a link that was clicked."""
        link = event.style.meta.get(_LINK)
        if (
            isinstance(link, str)
            and not link.startswith("#")
            and event.button == 1
            and self._pressed == (event.x, event.y)
        ):
            self.post_message(self.LinkChosen(link))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the words that are selected, without margins and bars, wrapped lines joined."""
        sheet = self._sheet
        if sheet is None:
            return None
        first, last = (selection.start.y if selection.start else 0), (selection.end.y if selection.end else None)
        if last is None:
            sheet.body.lay()
            last = sheet.height - 1
        start = selection.start.x - self._left if selection.start else 0
        end = selection.end.x - self._left if selection.end else None
        return sheet.text(first, last, max(start, 0), None if end is None else max(end, 0)).strip("\n"), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected now."""
        del selection  # it is read line by line, when they are painted
        self._strips.clear()
        self.refresh()

    def _forget_selection(self) -> None:
        if self.is_mounted and self.text_selection is not None:
            self.screen.clear_selection()
