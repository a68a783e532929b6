"""The rows of the middle pane: what of an article stands in its row, and the headings between them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from newsreader.document.lengths import short_length
from newsreader.text import cell_width, count_of, reading_time, short_age, truncate
from newsreader.ui.finds import Finds
from newsreader.ui.pieces import in_place
from newsreader.ui.signs import LATER
from newsreader.ui.virtual_list import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

    from newsreader.model import ArticleHead
    from newsreader.ui.roll import Roll

_BODY: Final = 2  # lines of an article
_INDENT: Final = 3  # before a title: a space, the mark, a space


def day_sections(sort_at: Sequence[int], now: int) -> tuple[tuple[str, int], ...]:
    """Headings for times in falling order, each with the index it begins at: days for a week, then months.

    Days are local days. Only headings that have articles are there, so 500,000 articles have about a hundred.
    """
    sections: list[tuple[str, int]] = []
    index = 0
    while index < len(sort_at):
        name, start = _heading(sort_at[index], now)
        sections.append((name, index))
        index = bisect_right(sort_at, -start, lo=index + 1, key=lambda moment: -moment)
    return tuple(sections)


def one_section(roll: Roll) -> tuple[tuple[str, int], ...]:
    """What stands above a list that is in another order than that of days: the order."""
    return ((roll.order.capitalize(), 0),) if len(roll) else ()


def _heading(moment: int, now: int) -> tuple[str, int]:
    """The heading under which a moment stands, and the first moment that stands under it too."""
    day = datetime.fromtimestamp(moment, UTC).astimezone().date()
    today = datetime.fromtimestamp(now, UTC).astimezone().date()
    age = (today - day).days
    if age <= 0:
        day, name = today, "Today"
    elif age == 1:
        name = "Yesterday"
    elif age < 7:  # the same weekday a week ago would be taken for today
        name = day.strftime("%A")
    else:
        if (day.year, day.month) == (today.year, today.month):
            name = f"Earlier in {day:%B}"
        else:
            name = f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"
        day = day.replace(day=1)
    return name, int(datetime.combine(day, time.min).astimezone().timestamp())


def lengths(head: ArticleHead) -> tuple[str, ...]:
    """What opening an article gives, in words: "1,240 words · 5 min", and the same shorter."""
    time_taken = reading_time(head.words)
    if 0 < head.percent < 100:
        return f"{head.percent} % of {time_taken}", f"{head.percent} %"
    if head.stub or head.media or not head.words:
        return (short_length(head.words, head.media, stub=head.stub),)
    return f"{count_of(head.words, 'word')} · {time_taken}", time_taken


def _tags(tags: tuple[str, ...], room: int) -> tuple[str, int]:
    """The tags of an article behind its facts, as many as there is room for, and their cells."""
    shown, taken = "", 0
    for tag in tags:
        before = " #" if shown else " · #"
        width = cell_width(before + tag)
        if taken + width > room:
            break
        shown, taken = shown + before + in_place(tag), taken + width
    return shown, taken


class ArticleRows(Rows[int]):
    """The rows of a roll. Heads are looked up in `heads`, which fills as rows come into view."""

    def __init__(self, roll: Roll, heads: dict[int, ArticleHead], now: int, *, one_source: bool, gap: int) -> None:
        self._roll = roll
        self.count = len(roll)  # the roll may grow
        self.heads = heads
        self.now = now
        self.finds = Finds()
        self._one_source = one_source
        self._gap = gap
        self._above = 1 - gap  # a blank line above a heading where no gap is there
        self._sections = day_sections(roll.moments, now) if roll.by_day else one_section(roll)
        self._row_starts = [first + number for number, (_, first) in enumerate(self._sections)]

    def __len__(self) -> int:
        return self.count + len(self._sections)

    @property
    def lines(self) -> int:
        """The height of all rows together."""
        if not self.count:
            return 0
        last = len(self) - 1
        return self.top(last) + self.body(last)

    def top(self, row: int) -> int:
        """The first line of a row."""
        section = self._section(row)
        articles = row - section - 1 if row > self._row_starts[section] else row - section
        headings = section + (row > self._row_starts[section])
        blanks = max(0, headings - 1) * self._above
        return articles * (_BODY + self._gap) + headings + blanks

    def height(self, row: int) -> int:
        """The lines of a row: of an article two and a gap where there is room."""
        if self._is_heading(row):
            return 1 + (self._above if row else 0)
        return _BODY + self._gap

    def body(self, row: int) -> int:
        """The lines of a row without the gap."""
        return self.height(row) if self._is_heading(row) else _BODY

    def row_at(self, line: int) -> int:
        """The row to which a line belongs."""
        section = bisect_right(range(len(self._sections)), line, key=lambda each: self.top(self._row_starts[each])) - 1
        heading = self._row_starts[section]
        inside = line - self.top(heading) - self.height(heading)
        return heading if inside < 0 else heading + 1 + inside // (_BODY + self._gap)

    def key(self, row: int) -> int | None:
        """The id of the article; None for a heading."""
        return None if self._is_heading(row) else self._roll[row - self._section(row) - 1]

    def find(self, key: int) -> int | None:
        """The row of an article."""
        head = self.heads.get(key)
        index = self._roll.place_of(key, head.sort_at if head is not None else None)
        return None if index is None or index >= self.count else self.row_of(index)

    def row_of(self, index: int) -> int:
        """The row of the article at an index of the roll."""
        section = bisect_right(self._sections, index, key=lambda each: each[1]) - 1
        return index + section + 1

    def index_of(self, row: int) -> int:
        """The index in the roll of a row; a heading stands for the article below it."""
        section = self._section(row)
        return row - section - (not self._is_heading(row))

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Mark, title and age; below, source and length, and the signs at the right: waits in Later, bookmarked."""
        if self._is_heading(row):
            name = self._sections[self._section(row)][0] if line == self.height(row) - 1 else ""
            return [Segment(f" {truncate(name, max(0, width - 1))}", style("list--heading"))]
        key = self.key(row)
        head = self.heads.get(key) if key is not None else None
        if head is None or line >= _BODY:
            return []
        return self._title(head, width, style) if line == 0 else self._facts(head, width, style)

    def _title(self, head: ArticleHead, width: int, style: Callable[[str], Style]) -> list[Segment]:
        age = short_age(head.published or head.sort_at, self.now)
        room = max(0, width - _INDENT - len(age) - 3)
        title = truncate(head.title or "Without a title", room)
        filler = " " * (room - cell_width(title) + 2)
        mark = Segment(" ● ", style("list--mark")) if not head.read else Segment("   ", style("list--title"))
        look = style("list--dim" if head.read else "list--strong")
        shown = self.finds.title(title, look, style("list--lit"))
        return [mark, *shown, Segment(f"{filler}{age} ", style("list--dim"))]

    def _facts(self, head: ArticleHead, width: int, style: Callable[[str], Style]) -> list[Segment]:
        name = head.author if self._one_source else head.source_title
        if head.hidden_by is not None:
            name = f"hidden by {head.hidden_by} · {name}" if name else f"hidden by {head.hidden_by}"
        signs = f" {LATER if head.later else ''}{'★' if head.bookmarked else ''} "
        room = max(0, width - _INDENT - max(3, len(signs)))
        dim = style("list--dim")
        marks = [Segment(signs, style("list--mark"))] if signs.strip() else []
        stretch = self.finds.stretch(head.id, name or "", room, dim, style("list--lit"))
        if stretch is not None:
            return [Segment(" " * _INDENT, dim), *stretch, *marks]
        known = lengths(head) if head.hidden_by is None else ("",)  # which rule it was says more
        length = next((each for each in known if cell_width(f"{name or ''} · {each}") < room), known[-1])
        name = truncate(name or "", max(0, room - 4 - len(length)))
        facts = truncate(" · ".join(filter(None, (name, length))), room)
        tags, taken = _tags(head.tags, room - cell_width(facts))
        filler = tags + " " * (room - cell_width(facts) - taken)
        if facts.startswith(name):
            facts = in_place(name) + facts.removeprefix(name)
        return [Segment(" " * _INDENT + facts + filler, dim), *marks]

    def _section(self, row: int) -> int:
        return bisect_right(self._row_starts, row) - 1

    def _is_heading(self, row: int) -> bool:
        return self._row_starts[self._section(row)] == row
