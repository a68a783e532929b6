"""The list that the source list and the article list share: rows pulled by number, drawn line by line.

Nothing is kept per row, so 500,000 rows cost no more than 50. The cursor belongs to a key and not to a place: rows may
come and go around it. Scrolling with the wheel moves neither cursor nor marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.ui.rows import K

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rich.style import Style
    from textual import events

    from newsreader.ui.rows import Rows

_STRIPS_KEPT = 2_000  # lines drawn: some screenfuls, then all are forgotten


class VirtualList(ScrollView, Generic[K], can_focus=True):
    """A list over Rows. Subclasses say what it means that the cursor moved and that a row was chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--bar",
        "list--cursor",
        "list--dim",
        "list--heading",
        "list--lit",
        "list--mark",
        "list--strong",
        "list--title",
        "list--warning",
    }

    margin = 0
    """Lines below the cursor's row that are to be in view too, where there are any."""

    def __init__(self, rows: Rows[K], *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self.rows = rows
        self.cursor_row = -1
        self._sentence = ""
        self._laid_out_for = Size(0, 0)
        self._is_painting = False
        self._strips: dict[tuple[int, int, bool], Strip] = {}
        self._styles: dict[tuple[str, bool], Style] = {}

    # What subclasses add

    def cursor_moved(self, key: K) -> None:
        """The person moved the cursor to the row about `key`."""

    def row_clicked(self, key: K, column: int) -> None:
        """The person clicked on the row about `key`, `column` cells from the left."""

    def is_choice(self, key: K, column: int) -> bool:
        """Whether a click there puts the cursor on the row, and not only works something on it."""
        del key, column
        return True

    def heading_clicked(self, row: int) -> None:
        """The person clicked on a row that cannot be chosen."""

    def row_opened(self, key: K, column: int) -> None:
        """The person clicked twice on the row about `key`; where that is nothing of its own, a click like any other."""
        self.row_clicked(key, column)

    def row_marked(self, key: K, column: int) -> None:
        """The person clicked on the row about `key` while ctrl was held; else a click like any other."""
        self.row_clicked(key, column)

    def resized(self) -> None:
        """Make other rows for another size, in a subclass: a second `on_resize` would run beside the first."""

    # What the screen asks for

    @property
    def cursor(self) -> K | None:
        """The key that the cursor is on."""
        return self.rows.key(self.cursor_row) if 0 <= self.cursor_row < len(self.rows) else None

    def show(self, rows: Rows[K], *, cursor: K | None = None, keep_place: bool = False) -> None:
        """Show other rows, with the cursor on a key, else on the first row that can be chosen.

        With `keep_place` what stands on the screen stays on its line as far as it is still there.
        """
        anchor = self._anchor() if keep_place else None
        self.rows = rows
        found = rows.find(cursor) if cursor is not None else None
        self.cursor_row = found if found is not None else rows.next_from(-1, 1)
        self._strips.clear()
        self._take_height(rows.lines)
        row = rows.find(anchor[0]) if anchor else None
        if anchor and row is not None:
            self._scroll(rows.top(row) - anchor[1])
        elif not keep_place:
            self._scroll(0)
            self.reveal_cursor()
        if not self._is_painting:
            self.refresh()

    def grow(self, rows: Rows[K]) -> None:
        """Show the same rows and more below them; what is on the screen stays as it is."""
        before, self.rows = self.rows.lines, rows
        self._take_height(rows.lines)
        if before < self.scroll_offset.y + self.size.height:
            self._strips.clear()
            self.refresh()

    def repaint_rows(self, rows: Iterable[int]) -> None:
        """Paint some rows anew, where they are in view."""
        for row in rows:
            self._repaint_row(row)

    def repaint_end(self, row: int, cells: int) -> None:
        """Paint the end of a row's first line anew."""
        line, width = self.rows.top(row), self.size.width
        self._forget(line)
        region = Region(width - cells, line - self.scroll_offset.y, cells, 1)
        if region.overlaps(self.size.region):
            self.refresh(region)

    def say(self, sentence: str) -> None:
        """What stands in the list while it has no rows; a sentence of ours."""
        if sentence != self._sentence:
            self._sentence = sentence
            if not len(self.rows):
                self.refresh()

    def put_cursor(self, key: K) -> bool:
        """Put the cursor on a key and bring it into view; False where no row is about it."""
        row = self.rows.find(key)
        if row is None:
            return False
        self._put(row)
        return True

    def move(self, step: int) -> bool:
        """Move the cursor by rows that can be chosen; False at the end of the list."""
        row = self.rows.walk(self.cursor_row, step)
        if row == self.cursor_row:
            self.reveal_cursor()
            return False
        self._put(row)
        self._tell()
        return True

    def turn(self, share: float) -> None:
        """Move the cursor by a share of the height of the list: 1 a page down, -0.5 half a page up."""
        if not len(self.rows) or self.cursor_row < 0:
            return
        line = self.rows.top(self.cursor_row) + round(share * max(1, self.size.height - 1))
        row = self.rows.row_at(min(max(line, 0), self.rows.lines - 1))
        if self.rows.key(row) is None:
            onward = self.rows.next_from(row, 1 if share > 0 else -1)
            row = onward if onward != row else self.rows.next_from(row, -1 if share > 0 else 1)
        if self.rows.key(row) is not None and row != self.cursor_row:
            self._put(row)
            self._tell()
        else:
            self.move(1 if share > 0 else -1)

    def to_end(self, *, last: bool) -> None:
        """Move the cursor to the last row, or to the first."""
        row = self.rows.next_from(len(self.rows), -1) if last else self.rows.next_from(-1, 1)
        if 0 <= row < len(self.rows) and row != self.cursor_row:
            self._put(row)
            self._tell()
        self.reveal_cursor()

    def to_number(self, number: int) -> None:
        """Move the cursor to the row of this number, from 1, among those that can be chosen; at most to the last."""
        row = self.rows.walk(self.rows.next_from(-1, 1), number - 1)
        if 0 <= row < len(self.rows) and row != self.cursor_row:
            self._put(row)
            self._tell()
        self.reveal_cursor()

    def repaint(self, keys: Collection[K]) -> None:
        """Draw the rows about these keys anew, those that are out of sight when they are seen again."""
        if not keys:
            return
        lines = range(self.scroll_offset.y, self.scroll_offset.y + self.size.height)
        self._strips = {place: strip for place, strip in self._strips.items() if place[0] in lines}
        for row in self.visible_rows():
            if self.rows.key(row) in keys:
                self._repaint_row(row)

    def visible_rows(self) -> range:
        """The rows of which a line is on the screen."""
        if not self.rows.lines or not self.size.height:
            return range(0)
        first = min(self.scroll_offset.y, self.rows.lines - 1)
        last = min(first + self.size.height, self.rows.lines) - 1
        return range(self.rows.row_at(first), self.rows.row_at(last) + 1)

    def place_cursor(self, share: float) -> None:
        """Scroll so that the cursor's row stands so far down the list: 0 at the top, 1 at the bottom."""
        if 0 <= self.cursor_row < len(self.rows):
            rest = self.size.height - self.rows.body(self.cursor_row)
            self.scroll_to(y=self.rows.top(self.cursor_row) - round(share * max(0, rest)), animate=False, force=True)

    def reveal_cursor(self) -> None:
        """Scroll as little as brings the cursor's row, and a heading right above it, into view."""
        row, height = self.cursor_row, self.size.height
        if not 0 <= row < len(self.rows) or not height:
            return
        top = self.rows.top(row)
        below = top + self.rows.body(row) + self.margin
        with_heading = self.rows.top(row - 1) if row > 0 and self.rows.key(row - 1) is None else top
        now = self.scroll_offset.y
        if with_heading < now:
            self._scroll(with_heading)
        elif below > now + height:
            self._scroll(min(below, self.rows.lines) - height)

    # How it is done

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        line = y + self.scroll_offset.y
        if line >= self.rows.lines:
            return self._sentence_line(y, width)
        row = self.rows.row_at(line)
        inside = line - self.rows.top(row)
        chosen = row == self.cursor_row and inside < self.rows.body(row)
        strip = self._strips.get((line, width, chosen))
        if strip is None:
            strip = self._draw(row, inside, width, chosen=chosen)
            if len(self._strips) > _STRIPS_KEPT:
                self._strips.clear()
            self._strips[line, width, chosen] = strip
        return strip

    def notify_style_update(self) -> None:
        """Forget what was drawn in another theme or focus."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out for the new size."""
        del event
        self._lay_out()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines. A paint comes before its size is told: what it shows must not move after it."""
        self._is_painting = True
        try:
            self._lay_out()
        finally:
            self._is_painting = False
        return super().render_lines(crop)

    def _lay_out(self) -> None:
        """Lay the rows out for the size, where it is another, and keep the cursor in view."""
        if self.size != self._laid_out_for:
            self._laid_out_for = self.size
            self._strips.clear()
            self.resized()
            self.reveal_cursor()

    def _take_height(self, lines: int) -> None:
        """Be so many lines high, of which a part is seen."""
        height = Size(1, lines)
        if self.styles.auto_dimensions:
            self.virtual_size = height
        else:  # not by assignment, which lays the whole screen out anew
            self.set_reactive(VirtualList.virtual_size, height)

    def _scroll(self, line: int) -> None:
        """Show this line at the top, as far as there are lines below it; what is being painted is not painted again."""
        if not self._is_painting:
            self.scroll_to(y=line, animate=False, force=True)
            return
        line = max(0, min(line, self.rows.lines - self.size.height))
        self.set_reactive(VirtualList.scroll_y, line)
        self.set_reactive(VirtualList.scroll_target_y, line)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row under the mouse."""
        place = event.get_content_offset(self)
        if place is None:
            return  # on the line above it
        line = place.y + self.scroll_offset.y
        if line >= self.rows.lines:
            return
        row = self.rows.row_at(line)
        key = self.rows.key(row)
        if key is None:
            self.heading_clicked(row)
        else:
            if self.is_choice(key, place.x):
                self._put(row)
            told = self.row_opened if event.chain > 1 else self.row_clicked
            (self.row_marked if event.ctrl else told)(key, place.x)

    def _tell(self) -> None:
        key = self.cursor
        if key is not None:
            self.cursor_moved(key)

    def _put(self, row: int) -> None:
        old, self.cursor_row = self.cursor_row, row
        if old != row and 0 <= old < len(self.rows):
            self._repaint_row(old)
        self._repaint_row(row)
        self.reveal_cursor()

    def _forget(self, line: int) -> None:
        """Let a line be drawn anew."""
        self._strips.pop((line, self.size.width, True), None)
        self._strips.pop((line, self.size.width, False), None)

    def _repaint_row(self, row: int) -> None:
        top, height = self.rows.top(row), self.rows.height(row)
        for line in range(top, top + height):
            self._forget(line)
        region = Region(0, top - self.scroll_offset.y, self.size.width, height)
        if region.overlaps(self.size.region):
            self.refresh(region.intersection(self.size.region))

    def _anchor(self) -> tuple[K, int] | None:
        """What must not move: the cursor's row where it is in view, else the first row in view, and its line."""
        visible = self.visible_rows()
        for row in (self.cursor_row, *visible):
            key = self.rows.key(row) if row in visible else None
            if key is not None:
                return key, self.rows.top(row) - self.scroll_offset.y
        return None

    def _sentence_line(self, y: int, width: int) -> Strip:
        words = ""
        if self._sentence and not len(self.rows):
            lines = Content(self._sentence).wrap(max(1, min(width - 6, 48)))
            words = lines[y - 1].plain if 0 < y <= len(lines) else ""
        style = self._style("list--dim", chosen=False)
        return Strip([Segment(f"    {words}", style)]).adjust_cell_length(width, style)

    def _style(self, name: str, *, chosen: bool) -> Style:
        style = self._styles.get((name, chosen))
        if style is None:
            style = self.rich_style
            if chosen:
                style += self.get_component_rich_style("list--cursor", partial=True)
            look = self.get_component_rich_style(name, partial=True)
            style += look.without_color if style.reverse else look  # a coloured sign would be a coloured block
            self._styles[name, chosen] = style
        return style

    def _draw(self, row: int, line: int, width: int, *, chosen: bool) -> Strip:
        base = self._style("list--title", chosen=chosen)
        sign = "▌" if chosen and not base.reverse else " "  # a row that is reversed needs no bar
        bar = Segment(sign, self._style("list--bar", chosen=chosen))
        drawn = self.rows.draw(row, line, max(0, width - 1), lambda name: self._style(name, chosen=chosen))
        return Strip([bar, *drawn]).adjust_cell_length(width, base)
