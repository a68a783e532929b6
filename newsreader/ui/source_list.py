"""The left pane: rows of sources and of what lists of them there are, with counts and with what is wrong with them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.message import Message

from newsreader.model import Query
from newsreader.text import cell_width, truncate
from newsreader.ui.pieces import in_place
from newsreader.ui.rows import Rows
from newsreader.ui.signs import SELECTED
from newsreader.ui.source_rows import Row, fold_of
from newsreader.ui.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style

_FOLD_COLUMNS: Final = 4  # a click on these opens and folds a folder


class SourceRows(Rows[Query]):
    """The rows of the source list; a source in trouble has a second line with the reason and the key that mends it."""

    def __init__(self, rows: tuple[Row, ...] = ()) -> None:
        self._rows = rows
        self._tops = [0]
        self._found: dict[Query, int] = {}
        for number, row in enumerate(rows):
            self._tops.append(self._tops[-1] + (2 if row.sign.reason else 1))
            if row.query is not None:
                self._found[row.query] = number

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> Row:
        return self._rows[row]

    def same_layout(self, other: SourceRows) -> bool:
        """Whether the same queries stand on the same lines."""
        return self._tops == other._tops and self._found == other._found

    @property
    def lines(self) -> int:
        """The height of all rows together."""
        return self._tops[-1]

    def top(self, row: int) -> int:
        """The first line of a row."""
        return self._tops[row]

    def height(self, row: int) -> int:
        """One line, two for a source in trouble."""
        return self._tops[row + 1] - self._tops[row]

    def body(self, row: int) -> int:
        """The same: there is no gap."""
        return self.height(row)

    def row_at(self, line: int) -> int:
        """The row to which a line belongs."""
        return bisect_right(self._tops, line) - 1

    def key(self, row: int) -> Query | None:
        """What choosing the row lists."""
        return self._rows[row].query

    def find(self, key: Query) -> int | None:
        """The row that lists this."""
        return self._found.get(key)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Sign and name on the left, the count on the right; below, what is wrong."""
        this = self._rows[row]
        if this.query is None:
            return [Segment(f"   {truncate(this.name, max(0, width - 4))}", style("list--dim"))]
        if line == 1:
            return _reason(this, width, style)
        lead = Segment(" " + f"{this.fold:<2}" + " " * this.indent, style("list--dim"))
        if this.sign.loud or this.sign.key:
            lead = Segment(" " * (this.indent + 1) + "▲ ", style("list--warning" if this.sign.loud else "list--dim"))
        if this.ticked:
            lead = Segment(" " * (this.indent + 1) + f"{SELECTED} ", style("list--mark"))
        count = "  ".join(filter(None, (this.sign.note, this.shown_count)))
        space = max(0, width - this.indent - 3 - len(count) - 2)
        name = truncate(this.name, space)
        look = "list--dim" if not this.lively else ("list--strong" if this.fold else "list--title")
        filler = " " * (space - cell_width(name))
        return [lead, Segment(in_place(name), style(look)), Segment(f"{filler} {count} ", style("list--dim"))]


def _reason(row: Row, width: int, style: Callable[[str], Style]) -> list[Segment]:
    """The reason in what room there is, and the key whole."""
    start = row.indent + 3
    room = max(0, width - start - 1)
    key = f": {row.sign.key}" if row.sign.key else ""
    reason = truncate(row.sign.reason, max(0, room - cell_width(key)))
    dim = style("list--dim")
    return [Segment(" " * start, dim), Segment(reason, dim), Segment(key, dim)]


class SourceList(VirtualList[Query]):
    """The source list. The article list follows its cursor."""

    class Moved(Message):
        """The person moved the cursor to a row that lists `query`."""

        def __init__(self, query: Query) -> None:
            self.query = query
            super().__init__()

    class Clicked(Message):
        """The person clicked on a row; `on_sign`: where it folds; `twice`: quickly again."""

        def __init__(self, query: Query, *, on_sign: bool, twice: bool = False) -> None:
            self.query = query
            self.twice = twice
            self.on_sign = on_sign
            super().__init__()

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        self._shown = SourceRows()
        super().__init__(self._shown, id=id)

    def show_rows(self, rows: tuple[Row, ...], *, cursor: Query | None) -> None:
        """Show what the library says now; the cursor and what is on the screen stay.

        Where only counts changed, as in a refresh, only these are painted.
        """
        before, after = self._shown, SourceRows(rows)
        self._shown = after
        if self.cursor != cursor or not before.same_layout(after):
            self.show(after, cursor=cursor, keep_place=True)
            return
        self.rows = after
        for number in range(len(after)):
            if before[number] != after[number]:
                cells = after[number].cells_since(before[number])
                self.repaint_rows((number,)) if cells is None else self.repaint_end(number, cells)

    def cursor_moved(self, key: Query) -> None:
        """Tell the screen."""
        self.post_message(self.Moved(key))

    def row_clicked(self, key: Query, column: int) -> None:
        """Tell the screen."""
        self.post_message(self.Clicked(key, on_sign=not self.is_choice(key, column)))

    def row_opened(self, key: Query, column: int) -> None:
        """Tell the screen; on the sign that folds each click folds."""
        self.post_message(self.Clicked(key, on_sign=not self.is_choice(key, column), twice=True))

    def is_choice(self, key: Query, column: int) -> bool:
        """All but the sign that folds: another list is shown all the while, and its row has the cursor."""
        return column >= _FOLD_COLUMNS or fold_of(key) is None
