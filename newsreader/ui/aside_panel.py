"""The panel beside the text: what was said of an article in short, a cursor in it, and where that leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.ui.aside import Aside, AsideSheet
from newsreader.ui.looks import Looks
from newsreader.ui.painting import filled, overlaid, styled
from newsreader.ui.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from newsreader.ui.aside import Item, Target

_MOST: Final = 66  # cells to a line
_MARGIN: Final = 4  # cells left of the words: bar, sign and two spaces
_FOOT: Final = 1  # line, for how far one is
_BAR: Final = "▌"


class AsidePanel(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows an Aside. It binds no keys: the screen calls its methods."""

    SCOPED_CSS: ClassVar[bool] = False  # the screen's classes are above it
    DEFAULT_CSS: ClassVar[str] = """
    AsidePanel {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size: 0 0;
        background: $background;
        border-top: blank;
    }
    .-narrow AsidePanel, .-two AsidePanel { border-top: hkey $page-rule; }
    .-two AsidePanel { border-left: vkey $page-rule; }
    .-zen AsidePanel { border-left: none; }
    AsidePanel.-here { border-top: hkey $accent; }
    .-low AsidePanel { border-top: none; }
    """

    class Chosen(Message):
        """The cursor stands on another item, which leads there, or on none; `taken` when one wants to go."""

        def __init__(self, target: Target | None, *, taken: bool) -> None:
            self.target = target
            self.taken = taken
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="aside")
        self._shown = Aside("")
        self._sheet: AsideSheet | None = None
        self._left = 0
        self._cursor = 0
        self._look = Looks(self)

    # What it shows

    def show(self, aside: Aside, *, keep: bool = False) -> None:
        """Show something else, from its top; with `keep` one stays where one is."""
        self._shown, self._sheet = aside, None
        if not keep:
            self._cursor = 0
            self.scroll_to(y=0, animate=False, force=True)
        self._set()
        if not keep:
            self._tell()

    @property
    def shown(self) -> Aside:
        """What is shown."""
        return self._shown

    @property
    def target(self) -> Target | None:
        """Where the item under the cursor leads."""
        item = self._item
        return item.target if item is not None else None

    @property
    def _item(self) -> Item | None:
        items = self._sheet.items if self._sheet is not None else []
        return items[self._cursor] if self._cursor < len(items) else None

    def _set(self) -> None:
        """Lay it out for the size there is."""
        width = self.size.width
        if not width or not self.size.height:
            return
        measure = max(1, min(_MOST, width - _MARGIN - 2))
        self._left = max(min(_MARGIN, width - measure), (width - measure) // 2)
        self._sheet = AsideSheet(self._shown, measure, airy=self.screen.has_class("-three"))
        self._cursor = min(self._cursor, max(0, len(self._sheet.items) - 1))
        # Not by assignment, which lays out the whole screen anew: there is no scroll bar that shows it.
        self.set_reactive(AsidePanel.virtual_size, Size(width, len(self._sheet.lines) + _FOOT))
        self.refresh()

    def on_resize(self) -> None:
        """Set it anew."""
        first = self._sheet is None
        self._set()
        if first:
            self._tell()

    # Moving

    def move(self, step: int) -> None:
        """Go to the next item, or the one before; where there is none any more, scroll."""
        items = self._sheet.items if self._sheet is not None else []
        wanted = min(max(self._cursor + step, 0), max(0, len(items) - 1))
        if wanted == self._cursor:
            self.scroll_lines(step)
            return
        self._cursor = wanted
        self._reveal(items[wanted])
        self.refresh()
        self._tell()

    def to_end(self, *, last: bool) -> None:
        """Go to the first item, or to the last one."""
        items = self._sheet.items if self._sheet is not None else []
        self.move((len(items) if last else -len(items)) or (1 if last else -1))
        self.scroll_lines(self.virtual_size.height * (1 if last else -1))

    def scroll_lines(self, count: int) -> None:
        """Scroll by lines."""
        most = max(0, self.virtual_size.height - self.size.height)
        self.scroll_to(y=min(max(round(self.scroll_y) + count, 0), most), animate=False, force=True)

    def turn(self, share: float) -> None:
        """Scroll by a share of what is in sight."""
        self.scroll_lines(round(share * max(1, self._room - 1)))

    @property
    def _room(self) -> int:
        return max(1, self.size.height - _FOOT)

    def _reveal(self, item: Item) -> None:
        top, lines = round(self.scroll_y), item.lines
        if lines.start < top + 1:
            self.scroll_lines(lines.start - 1 - top if lines.start > 4 else -top)
        elif lines.stop > top + self._room:
            self.scroll_lines(min(lines.stop - top - self._room, lines.start - 1 - top))

    def take(self) -> None:
        """Go where the item under the cursor leads."""
        if self.target is not None:
            self.post_message(self.Chosen(self.target, taken=True))

    def _tell(self) -> None:
        if self._sheet is not None:
            self.post_message(self.Chosen(self.target, taken=False))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on an item; a second click goes where it leads."""
        at = event.get_content_offset(self)
        if at is None or self._sheet is None:
            return
        line, column = at.y + round(self.scroll_y), at.x - self._left
        for number, item in enumerate(self._sheet.items):
            if any(line == each and (item.whole or start <= column < end) for each, start, end in item.parts):
                if number == self._cursor:
                    self.take()
                else:
                    self.move(number - self._cursor)

    # Painting

    def notify_style_update(self) -> None:
        """Forget every look: the theme changed, or the panel got or lost the focus."""
        super().notify_style_update()
        self._look.forget()

    def render_line(self, y: int) -> Strip:
        """Give line `y` of the panel."""
        sheet, width, number = self._sheet, self.size.width, y + round(self.scroll_y)
        if sheet is None:
            return Strip.blank(width, self._look(()))
        if y == self.size.height - _FOOT:
            return self._foot(sheet)
        if number >= len(sheet.lines):
            return Strip.blank(width, self._look(()))
        pieces: Iterable[Piece] = sheet.lines[number].pieces()
        item = self._item
        here = item is not None and number in item.lines
        if item is not None and here and not item.whole:
            pieces = overlaid(pieces, [(start, end, "chosen") for line, start, end in item.parts if line == number])
        if item is None or not here or not item.whole:
            return filled(styled([Piece(" " * self._left), *pieces], self._look), width, self._look(()))
        return self._under_cursor(pieces, sheet.measure)

    def _under_cursor(self, pieces: Iterable[Piece], measure: int) -> Strip:
        """Give a line of the item under the cursor: the bar before it, and its ground."""
        ground, width = ("here",), self.size.width
        bar = Piece(_BAR, ("bar-here" if self.has_focus else "marker", "here"))
        before = max(0, self._left - _MARGIN)
        lead = [Piece(" " * before), bar, Piece(" " * (self._left - before - 1), ground)]
        words = [Piece(each.text, (*each.classes, "here")) for each in pieces]
        body = filled(styled(words, self._look), measure + _MARGIN // 2, self._look(ground))
        return Strip([*styled(lead, self._look), *body]).adjust_cell_length(width, self._look(()))

    def _foot(self, sheet: AsideSheet) -> Strip:
        """Give the last line: how far one is, where there is more than is in sight."""
        most = max(0, self.virtual_size.height - self.size.height)
        far = f"{round(100 * min(1.0, self.scroll_y / most))} %" if most else ""
        words = Segment(far.rjust(self._left + sheet.measure), self._look(("progress",)))
        return Strip([words]).adjust_cell_length(self.size.width, self._look(()))
