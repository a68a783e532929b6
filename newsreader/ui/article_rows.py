"""The rows of the middle pane: what of an article stands in its row, and the headings between them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from newsreader.document.lengths import short_length
from newsreader.text import break_line, cell_width, reading_time, short_age, truncate
from newsreader.ui.finds import Finds
from newsreader.ui.folding import Folding
from newsreader.ui.pieces import in_place
from newsreader.ui.rows import Rows
from newsreader.ui.signs import BELOW, FOLDED, LATER, SELECTED, UNFOLDED
from newsreader.ui.words import lists as said
from newsreader.ui.words import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.style import Style

    from newsreader.model import ArticleHead, Teller
    from newsreader.ui.grouping import Groups
    from newsreader.ui.roll import Roll

_SOURCE: Final = 18  # cells of a source's name in a row of one line, where there is room for it
_AGE: Final = 7  # cells of an age in such a row: "11 mo", and two before it
_NARROW: Final = 44  # cells below which there is none
_TELLER: Final = 5  # cells, at least, of the name of who told of a story first
_INDENT: Final = 3  # before a title: a space, the mark, a space


def day_sections(sort_at: Sequence[int], now: int, first: int = 0, shift: int = 0) -> tuple[tuple[str, int], ...]:
    """Headings for times in falling order, each with the index it begins at: days for a week, then months.

    From the `first` place on, for numbers that are less by `shift`. Days are local days. Only headings that have
    articles are there, so 500,000 articles have about a hundred.
    """
    sections: list[tuple[str, int]] = []
    index = first
    while index < len(sort_at):
        name, start = _heading(sort_at[index] + shift, now)
        sections.append((name, index))
        index = bisect_right(sort_at, shift - start, lo=index + 1, key=lambda moment: -moment)
    return tuple(sections)


def source_sections(roll: Roll) -> tuple[tuple[str, int], ...]:
    """Headings for a list that is grouped by source: the sources that are in it."""
    sections: list[tuple[str, int]] = []
    index, keys = 0, roll.moments
    while roll.groups is not None and index < len(keys):
        sections.append((roll.groups.name(keys[index]), index))
        index = bisect_right(keys, -roll.groups.end(keys[index]), lo=index + 1, key=lambda key: -key)
    return tuple(sections)


def _quiet_sections(roll: Roll, groups: Groups, now: int) -> tuple[tuple[str, int], ...]:
    """Headings for a list in which quiet sources come first: one for them, then the days of all others."""
    keys = roll.moments
    rest = bisect_right(keys, 0, key=lambda key: -key)
    first = ((groups.name(keys[0]), 0),) if rest else ()
    shift = groups.moment(keys[rest]) - keys[rest] if rest < len(keys) else 0
    return first + day_sections(keys, now, rest, shift)


def sections_of(roll: Roll, now: int) -> tuple[tuple[str, int], ...]:
    """The headings of a list, each with the index it begins at."""
    if roll.groups is not None and not roll.groups.by_source:
        return _quiet_sections(roll, roll.groups, now)
    if roll.groups is not None:
        return source_sections(roll)
    return day_sections(roll.moments, now) if roll.by_day else one_section(roll)


def _shown_sections(sections: tuple[tuple[str, int], ...], folding: Folding) -> tuple[tuple[str, int], ...]:
    """The same counted in what is shown, without those of which nothing is."""
    shown = {folding.first_spot(place): name for name, place in sections}
    return tuple((name, spot) for spot, name in shown.items() if spot < len(folding))


def one_section(roll: Roll) -> tuple[tuple[str, int], ...]:
    """What stands above a list that is in another order than that of days: the order."""
    return ((roll.order.capitalize(), 0),) if len(roll) else ()


def local_day(moment: int) -> date:
    """The day of a moment where the person is."""
    return datetime.fromtimestamp(moment, UTC).astimezone().date()


def _heading(moment: int, now: int) -> tuple[str, int]:
    """The heading under which a moment stands, and the first moment that stands under it too."""
    day, today = local_day(moment), local_day(now)
    age = (today - day).days
    if age <= 0:
        day, name = today, said.TODAY
    elif age == 1:
        name = said.YESTERDAY
    elif age < 7:  # the same weekday a week ago would be taken for today
        name = day.strftime("%A")
    else:
        if (day.year, day.month) == (today.year, today.month):
            name = said.earlier_in(f"{day:%B}")
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
    return f"{pages.words(head.words)} · {time_taken}", time_taken


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
    """The rows of a roll. Heads are looked up in `heads`, which fills as rows come into view.

    An article has `pitch` lines, whatever is in them, so that a million rows need no measuring: one for all; or one
    for the title and one for the facts; or a third, which a long title takes, and else is left empty.
    """

    def __init__(
        self,
        roll: Roll,
        heads: dict[int, ArticleHead],
        now: int,
        *,
        one_source: bool,
        pitch: int = 2,
        width: int = 80,
        folding: Folding | None = None,
    ) -> None:
        self._roll = roll
        self.folding = folding or Folding(roll)
        self.count = len(self.folding)
        self.heads = heads
        self.now = now
        self.finds = Finds()
        self.selected: frozenset[int] = frozenset()
        self._one_source = one_source
        self._pitch = pitch
        self._width = width
        self._sections = _shown_sections(sections_of(roll, now), self.folding)
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
        return articles * self._pitch + headings + max(0, headings - 1)

    def height(self, row: int) -> int:
        """The lines of a row; above a heading one is empty."""
        if self._is_heading(row):
            return 2 if row else 1
        return self._pitch

    def body(self, row: int) -> int:
        """The lines of a row without what is left empty at its end."""
        if self._is_heading(row) or self._pitch < 3:
            return self.height(row)
        head = self._head(row)
        return 3 if head is not None and self._title(head)[1] else 2

    def row_at(self, line: int) -> int:
        """The row to which a line belongs."""
        section = bisect_right(range(len(self._sections)), line, key=lambda each: self.top(self._row_starts[each])) - 1
        heading = self._row_starts[section]
        inside = line - self.top(heading) - self.height(heading)
        return heading if inside < 0 else heading + 1 + inside // self._pitch

    def key(self, row: int) -> int | None:
        """The id of the article; None for a heading."""
        return None if self._is_heading(row) else self._roll[self.folding.place(row - self._section(row) - 1)]

    def find(self, key: int) -> int | None:
        """The row of an article; of one that is folded away, the row that stands for it."""
        head = self.heads.get(key)
        index = self._roll.place_of(key, self._roll.moment_of(head) if head is not None else None)
        return None if index is None or index >= self.folding.taken else self.row_of(index)

    def row_of(self, index: int) -> int:
        """The row of the article at an index of the roll."""
        spot = self.folding.spot(index)
        return spot + bisect_right(self._sections, spot, key=lambda each: each[1])

    def index_of(self, row: int) -> int:
        """The index in the roll of a row; a heading stands for the article below it."""
        return self.folding.place(self._spot(row))

    def near(self, rows: range, ahead: int) -> set[int]:
        """The articles that are shown in some rows, and so many before and behind them."""
        if not rows:
            return set()
        first, last = (self._spot(row) for row in (rows[0], rows[-1]))
        spots = range(max(0, first - ahead), min(last + ahead + 1, self.count))
        return {self._roll[self.folding.place(spot)] for spot in spots}

    def beside(self, row: int, step: int) -> int | None:
        """The article that is shown so many articles further, if there is one."""
        spot = self._spot(row) + step
        return self._roll[self.folding.place(spot)] if 0 <= spot < self.count else None

    def _spot(self, row: int) -> int:
        section = self._section(row)
        return row - section - (not self._is_heading(row))

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Mark, title and age; below, source and length, and the signs at the right: waits in Later, bookmarked."""
        if self._is_heading(row):
            name = self._sections[self._section(row)][0] if line == self.height(row) - 1 else ""
            return [Segment(f" {truncate(name, max(0, width - 1))}", style("list--heading"))]
        head = self._head(row)
        if head is None or line >= self.body(row):
            return []
        if self._pitch == 1:
            return self._one_line(head, width, style)
        first, second = self._title(head)
        if line == 0:
            return self._first_line(head, first, width, style)
        if line == 1 and second:
            return [Segment(" " * _INDENT, style("list--title")), *self._words(head, second, style)]
        return self._facts(head, width, style)

    def aged(self, row: int, before: int) -> int | None:
        """The cells at the end of its first line that show another age than they did `before`; None where none do."""
        head = self._head(row)
        if head is None or (age := self._age(head)) == (old := short_age(head.published or head.sort_at, before)):
            return None
        return max(len(age), len(old)) + 1 if len(age) == len(old) else self._width

    def _head(self, row: int) -> ArticleHead | None:
        key = self.key(row)
        return self.heads.get(key) if key is not None else None

    def _age(self, head: ArticleHead) -> str:
        return short_age(head.sort_at, self.now)  # as it stands in the list: a page that was saved today is of today

    def _title(self, head: ArticleHead) -> tuple[str, str]:
        """The lines of a title: the second one is empty where there is room for it in the first, or none below."""
        title = head.title or said.WITHOUT_A_TITLE
        room = max(0, self._width - _INDENT - len(self._age(head)) - 3)
        if self._pitch < 3:
            return truncate(title, room), ""
        first, rest = break_line(title, room)
        return first, truncate(rest, max(0, self._width - _INDENT - 1))

    def _mark(self, head: ArticleHead, style: Callable[[str], Style]) -> Segment:
        """The marks of what is selected and unread, or the room of them."""
        marks = f"{SELECTED if head.id in self.selected else ' '}{' ' if head.read else '●'} "
        return Segment(marks, style("list--mark" if marks.strip() else "list--title"))

    def _words(self, head: ArticleHead, words: str, style: Callable[[str], Style]) -> list[Segment]:
        """Words of a title, in the look of what is read or unread."""
        return self.finds.title(words, style("list--dim" if head.read else "list--strong"), style("list--lit"))

    def _first_line(self, head: ArticleHead, words: str, width: int, style: Callable[[str], Style]) -> list[Segment]:
        age = self._age(head)
        filler = " " * max(0, width - _INDENT - cell_width(words) - len(age) - 1)
        return [
            self._mark(head, style),
            *self._words(head, words, style),
            Segment(f"{filler}{age} ", style("list--dim")),
        ]

    def _one_line(self, head: ArticleHead, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """All of an article in one line: the mark, the title, what is kept of it, the source, the age."""
        column = min(_SOURCE, width // 4) if width >= _NARROW else 0
        name = truncate(self._name(head), column)
        age = self._age(head)
        end = f"  {in_place(name)}{' ' * (column - cell_width(name))}{age:>{_AGE if column else 0}} "
        behind = len(self.folding.behind(head.id))
        signs = f"{FOLDED}{behind:,} {_signs(head)}".rstrip() if behind else _signs(head)
        room = max(0, width - _INDENT - cell_width(end) - len(signs) - bool(signs))
        words = truncate(head.title or said.WITHOUT_A_TITLE, room)
        filler = " " * (room - cell_width(words) + bool(signs))
        dim, mark = style("list--dim"), style("list--mark")
        drawn = [self._mark(head, style), *self._words(head, words, style), Segment(filler, dim)]
        return [*drawn, *([Segment(signs, mark)] if signs else []), Segment(end, dim)]

    def _name(self, head: ArticleHead) -> str:
        """Who it is from; of what is hidden first which rule that was."""
        name = (head.author if self._one_source else head.source_title) or ""
        if head.hidden_by is None:
            return name
        return " · ".join(filter(None, (said.hidden_by(head.hidden_by), name)))

    def _said_of(self, head: ArticleHead, room: int) -> tuple[str, tuple[str, ...]]:
        """Who an article is from, and how much it is, or what is folded behind it; and the same shorter."""
        name, sign = self._name(head), self._fold_sign(head)
        if behind := len(self.folding.behind(head.id)):
            first = self.folding.folds[head.id].first
            if first is None:
                today = local_day(head.sort_at) == local_day(self.now)
                return f"{sign}{name}", (said.more_of_day(behind, today=today), said.more(behind))
            sources = said.sources(head.sources) if head.sources > 1 else said.articles(behind + 1)
            told = f"{sign}{sources}"
            return "", (*_told_first(told, first, short_age(first.at, self.now), room), told)
        known = lengths(head) if head.hidden_by is None else ("",)  # which rule it was says more
        if head.sources > 1 and self.folding.leader(head.id) in {None, head.id}:  # below it, it was said already
            sources = said.sources(head.sources)
            known = (*(_beside(sources, each) for each in known), sources)
        return f"{sign}{name}", known

    def _facts(self, head: ArticleHead, width: int, style: Callable[[str], Style]) -> list[Segment]:
        signs = f" {_signs(head)} "
        room = max(0, width - _INDENT - max(3, len(signs)))
        name, known = self._said_of(head, room)
        dim = style("list--dim")
        marks = [Segment(signs, style("list--mark"))] if signs.strip() else []
        stretch = self.finds.stretch(head.id, name, room, dim, style("list--lit"))
        if stretch is not None:
            return [Segment(" " * _INDENT, dim), *stretch, *marks]
        told = (*self._with_comments(head, known), *known)
        length = next((each for each in told if cell_width(_beside(name, each)) < room), known[-1])
        name = truncate(name, max(0, room - 4 - len(length)))
        name = "" if name == "…" else name
        facts = truncate(_beside(name, length), room)
        tags, taken = _tags(head.tags, room - cell_width(facts))
        filler = tags + " " * (room - cell_width(facts) - taken)
        if facts.startswith(name):
            facts = in_place(name) + facts.removeprefix(name)
        return [Segment(" " * _INDENT + facts + filler, dim), *marks]

    def _with_comments(self, head: ArticleHead, known: tuple[str, ...]) -> tuple[str, ...]:
        """The same with how many comments there are: rather these than the words counted in figures."""
        if not head.comments or self.folding.behind(head.id):
            return ()
        counted = said.comments(head.comments)
        return tuple(_beside(each, counted) for each in known)

    def _fold_sign(self, head: ArticleHead) -> str:
        """The sign of what folds: that it is folded, that it is not, that it stands below what it belongs to."""
        leader = self.folding.leader(head.id)
        if leader is None:
            return ""
        if leader != head.id:
            return f"{BELOW} "
        return f"{UNFOLDED if leader in self.folding.opened else FOLDED} "

    def _section(self, row: int) -> int:
        return bisect_right(self._row_starts, row) - 1

    def _is_heading(self, row: int) -> bool:
        return self._row_starts[self._section(row)] == row


def _told_first(before: str, first: Teller, age: str, room: int) -> Iterator[str]:
    """Say behind other words who told of a story first, by as much of the name as there is room for."""
    for_name = room - 1 - cell_width(f"{before} · {said.first('', age)}")
    if for_name >= min(_TELLER, cell_width(first.name)):
        yield f"{before} · {said.first(in_place(truncate(first.name, for_name)), age)}"


def _beside(name: str, fact: str) -> str:
    return f"{name} · {fact}" if name and fact else name or fact


def _signs(head: ArticleHead) -> str:
    """What is kept of it: that it waits in Later, that it is bookmarked."""
    return f"{LATER if head.later else ''}{'★' if head.bookmarked else ''}"
