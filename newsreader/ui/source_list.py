"""The left pane: smart sources, folders that fold, and sources with what is unread and what is wrong with them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.message import Message

from newsreader.model import Counts, Query, Scope, Source, SourceKind
from newsreader.text import cell_width, truncate
from newsreader.ui.signs import NO_SIGN, Sign
from newsreader.ui.typesetting import in_place
from newsreader.ui.virtual_list import Rows, VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.style import Style

SMART: Final = (
    (Scope.UNREAD, "Unread"),
    (Scope.ALL, "All"),
    (Scope.TODAY, "Today"),
    (Scope.BEGUN, "Continue reading"),
    (Scope.BOOKMARKS, "Bookmarks"),
)
_FOLD_COLUMNS: Final = 4  # a click on these opens and folds a folder


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what choosing it lists (None for a gap), its name, its count, and what is to be said of it.

    `fold` is the sign of a folder.
    """

    query: Query | None
    name: str = ""
    count: int = 0
    indent: int = 0
    fold: str = ""
    sign: Sign = NO_SIGN
    lively: bool = True


def _no_sign(source: Source) -> Sign:
    del source
    return NO_SIGN


def source_rows(
    counts: Counts, sources: tuple[Source, ...], folded: frozenset[str], signs: Callable[[Source], Sign] = _no_sign
) -> tuple[Row, ...]:
    """The rows for a library: smart sources, sources without a folder, folders in order, the handbook last.

    `signs` gives what is to be said of a source.
    """
    return tuple(_rows(counts, sources, folded, signs))


def _rows(
    counts: Counts, sources: tuple[Source, ...], folded: frozenset[str], signs: Callable[[Source], Sign]
) -> Iterator[Row]:
    numbers = {
        Scope.UNREAD: counts.unread,
        Scope.ALL: counts.all,
        Scope.TODAY: counts.today,
        Scope.BEGUN: counts.begun,
        Scope.BOOKMARKS: counts.bookmarks,
    }
    for scope, name in SMART:
        yield Row(Query(scope), name, numbers[scope])
    feeds = [source for source in sources if source.kind is SourceKind.FEED]
    loose = [source for source in feeds if source.folder is None]
    if loose:
        yield Row(None)
        yield from (_source_row(source, 0, signs(source)) for source in loose)
    for folder in dict.fromkeys(source.folder for source in feeds if source.folder is not None):
        inside = [source for source in feeds if source.folder == folder]
        unread = sum(source.unread for source in inside)
        is_folded = folder in folded
        loud = is_folded and any(signs(source).loud for source in inside)
        yield Row(None)
        query = Query(Scope.FOLDER, folder=folder)
        yield Row(query, folder, unread, fold="▸" if is_folded else "▾", sign=Sign(loud=loud), lively=unread > 0)
        if not is_folded:
            yield from (_source_row(source, 2, signs(source)) for source in inside)
    built_in = [source for source in sources if source.kind is SourceKind.BUILTIN]
    if built_in:
        yield Row(None)
        yield from (_source_row(source, 0, signs(source)) for source in built_in)


def _source_row(source: Source, indent: int, sign: Sign) -> Row:
    name = source.title or source.url
    query = Query(Scope.SOURCE, source_id=source.id)
    return Row(query, name, source.unread, indent, sign=sign, lively=source.unread > 0)


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
            return []
        if line == 1:
            return _reason(this, width, style)
        lead = Segment(" " + f"{this.fold:<2}" + " " * this.indent, style("list--dim"))
        if this.sign.loud or this.sign.key:
            lead = Segment(" " * (this.indent + 1) + "▲ ", style("list--warning" if this.sign.loud else "list--dim"))
        count = "  ".join(filter(None, (this.sign.note, f"{this.count:,}" if this.count else "")))
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
        """The person clicked on a row; `on_sign` tells whether it was on the sign that folds."""

        def __init__(self, query: Query, *, on_sign: bool) -> None:
            self.query = query
            self.on_sign = on_sign
            super().__init__()

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        self._shown = SourceRows()
        super().__init__(self._shown, id=id)

    def show_rows(self, rows: tuple[Row, ...], *, cursor: Query | None) -> None:
        """Show what the library says now; the cursor and what is on the screen stay.

        Where only counts changed, as in a refresh, only these rows are painted.
        """
        before, after = self._shown, SourceRows(rows)
        self._shown = after
        if self.cursor != cursor or not before.same_layout(after):
            self.show(after, cursor=cursor, keep_place=True)
            return
        self.rows = after
        self.repaint_rows(number for number in range(len(after)) if before[number] != after[number])

    def cursor_moved(self, key: Query) -> None:
        """Tell the screen."""
        self.post_message(self.Moved(key))

    def row_clicked(self, key: Query, column: int) -> None:
        """Tell the screen."""
        self.post_message(self.Clicked(key, on_sign=column < _FOLD_COLUMNS and key.scope is Scope.FOLDER))
