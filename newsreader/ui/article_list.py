"""The middle pane: articles in two-line rows under quiet day headings, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message

from newsreader.ui.article_rows import ArticleRows, local_day
from newsreader.ui.finds import Finds
from newsreader.ui.folding import NOTHING_KNOWN, Folding, Wanted
from newsreader.ui.roll import Roll
from newsreader.ui.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from textual.strip import Strip

    from newsreader.model import ArticleHead, Listing
    from newsreader.query import Snippet
    from newsreader.ui.folding import Known

_ROOMY: Final = 26  # lines of the pane from which a third line is left to an article
_SLIM: Final = 80  # cells of the pane below which most titles need two lines, and are given them in
_ROOMY_ENOUGH: Final = 17  # lines, too
_AHEAD: Final = 60  # articles around the visible ones of which heads are asked for too
_HEADS_KEPT: Final = 3_000  # then those that are not near are forgotten


class ArticleList(VirtualList[int]):
    """The list of a query's articles."""

    class Moved(Message):
        """The person moved the cursor to an article."""

        def __init__(self, article_id: int) -> None:
            self.article_id = article_id
            super().__init__()

    class Opened(Message):
        """The person clicked twice on an article."""

        def __init__(self, article_id: int) -> None:
            self.article_id = article_id
            super().__init__()

    class Marked(Message):
        """The person clicked on an article, under the cursor by now, while ctrl was held."""

    class FindsWanted(Message):
        """Rows of a search came into view of whose texts nothing was read: `ids` of them."""

        def __init__(self, text: str, ids: tuple[int, ...]) -> None:
            self.text = text
            self.ids = ids
            super().__init__()

    class HeadsWanted(Message):
        """Rows came into view whose heads are not here: `ids` of them and those around them."""

        def __init__(self, ids: tuple[int, ...]) -> None:
            self.ids = ids
            super().__init__()

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        self._roll = Roll((), ())
        self._heads: dict[int, ArticleHead] = {}
        self._now = 0
        self._one_source = False
        self._finds = Finds()
        self.selected: frozenset[int] = frozenset()
        self.compact = False
        self.folds = Wanted()
        self._known = NOTHING_KNOWN
        self._opened: frozenset[int] = frozenset()
        self._folded: tuple[tuple[object, ...], Folding | None] = ((None,), None)
        self._asked: frozenset[int] = frozenset()
        self._articles = ArticleRows(self._roll, self._heads, 0, one_source=False)
        super().__init__(self._articles, id=id)

    @property
    def roll(self) -> Roll:
        """The articles that are listed."""
        return self._roll

    @property
    def now(self) -> int:
        """The moment for which ages and days are shown."""
        return self._now

    def show_roll(
        self,
        roll: Roll,
        heads: Iterable[ArticleHead],
        now: int,
        *,
        one_source: bool,
        cursor: int | None = None,
        keep_place: bool = False,
        known: Known = NOTHING_KNOWN,
    ) -> None:
        """Show another list, with the heads that will be seen first; `one_source` leaves out the source's name.

        What is `known` of its articles folds them.
        """
        self._known = self._known.joined(known) if keep_place else known
        self._roll, self._now, self._one_source = roll, now, one_source
        if not keep_place:
            self.selected = self._opened = frozenset()
        self._heads = {**(self._heads if keep_place else {}), **{head.id: head for head in heads}}
        self._asked = frozenset()
        self._articles = self._make_rows()
        self.show(self._articles, cursor=cursor, keep_place=keep_place)

    def extend(self, further: Listing, known: Known = NOTHING_KNOWN) -> None:
        """Take in more articles below the others. They are shown when they are many: each time costs a layout."""
        self._roll.extend(further)
        if known.origins:
            self._known = self._known.joined(known)
        if len(self._roll) > 2 * self._articles.folding.taken:
            self.show_extended()

    def show_extended(self) -> None:
        """Show all articles that were taken in; nothing moves."""
        if len(self._roll) > self._articles.folding.taken:
            empty = not self._articles.count
            self._articles = self._make_rows()
            if empty:
                self.show(self._articles)
            else:
                self.grow(self._articles)

    def drop(self, gone: Collection[int]) -> None:
        """Take articles out; the cursor goes to what stood below it, else above. The others stay where they are."""
        roll = self._roll.without(gone)
        self.selected -= set(gone)
        cursor = self.cursor
        if cursor in gone:
            place = sum(article not in gone for article in self._roll[: self._articles.index_of(self.cursor_row)])
            cursor = roll[min(place, len(roll) - 1)] if len(roll) else None
        self.show_roll(roll, (), self._now, one_source=self._one_source, cursor=cursor, keep_place=True)
        self.reveal_cursor()

    @property
    def cursor_place(self) -> int | None:
        """Where the article under the cursor stands in the roll."""
        return None if self.cursor is None else self._articles.index_of(self.cursor_row)

    def place_of(self, article_id: int | None) -> int | None:
        """Where an article stands in the roll, None where it does not."""
        return None if article_id is None else self._roll.place_of(article_id)

    def select(self, ids: frozenset[int]) -> None:
        """Have these selected and no others."""
        changed, self.selected = self.selected ^ ids, ids
        self._articles.selected = ids
        self.repaint(changed)

    # Folding

    @property
    def folding(self) -> Folding:
        """Which rows stand for several articles."""
        return self._articles.folding

    def unfold(self, article_id: int | None) -> bool:
        """Show what is folded away behind an article, below it; False where nothing is."""
        leader = None if article_id is None else self.folding.leader(article_id)
        if leader is None or leader in self._opened:
            return False
        self._opened |= {leader}
        self._relayout()
        self.reveal_cursor()
        return True

    def fold(self, article_id: int | None) -> bool:
        """Fold an article away with those that stand below the same one, which gets the cursor; False where none do."""
        leader = None if article_id is None else self.folding.leader(article_id)
        if leader is None or leader not in self._opened:
            return False
        self.put_cursor(leader)
        self._opened -= {leader}
        self._relayout()
        return True

    def rows_from(self, place: int, count: int) -> tuple[int, ...]:
        """The articles of so many rows from a place of the roll on, with what is folded away behind them."""
        folding = self.folding
        spot = folding.spot(place)
        shown = [self._roll[folding.place(each)] for each in range(spot, min(spot + count, len(folding)))]
        return tuple(article for each in shown for article in (each, *folding.behind(each)))

    def head(self, article_id: int | None) -> ArticleHead | None:
        """The head of an article that is or was in view."""
        return None if article_id is None else self._heads.get(article_id)

    def known_ids(self) -> frozenset[int]:
        """The articles whose heads are here."""
        return frozenset(self._heads)

    def put_heads(self, heads: Iterable[ArticleHead]) -> None:
        """Take heads in, and draw the rows of those that are new or another."""
        new = {head.id: head for head in heads}
        changed = {key for key, head in new.items() if self._heads.get(key) != head}
        if len(self._heads) + len(new) > _HEADS_KEPT:
            near = self._near()
            self._heads = {key: head for key, head in self._heads.items() if key in near}
            self._articles.heads = self._heads
        self._heads.update(new)
        self._asked -= new.keys()
        self.repaint(changed)

    def find(self, text: str, found: Mapping[int, Snippet | None]) -> None:
        """Light what a query looks for in the rows of the list that is shown next."""
        self._finds.begin(text, found)

    def put_finds(self, text: str, ids: tuple[int, ...], found: Mapping[int, Snippet]) -> None:
        """Take in where in the texts of articles stands what a query looks for, and draw their rows."""
        if self._finds.put(text, ids, found):
            self.repaint(ids)

    def after(self, article_id: int | None, count: int) -> tuple[int, ...]:
        """The ids of up to `count` articles below one."""
        row = None if article_id is None else self.rows.find(article_id)
        if row is None:
            return ()
        further = (self._articles.beside(row, step) for step in range(1, count + 1))
        return tuple(each for each in further if each is not None)

    def set_now(self, now: int) -> None:
        """Show ages and day headings for another moment; nothing moves, and only what is another is painted."""
        before, self._now = self._now, now
        if local_day(before) != local_day(now):
            self._relayout()
            return
        self._articles.now = now
        for row in self.visible_rows():
            cells = self._articles.aged(row, before)
            if cells is not None:
                self.repaint_end(row, cells)

    def render_line(self, y: int) -> Strip:
        """Draw a line, and ask for the heads of rows that have none or will soon be in view."""
        line = y + self.scroll_offset.y
        if line < self.rows.lines:
            row = self.rows.row_at(line)
            if wanted := self._finds.lacking((self.rows.key(row),)):
                wanted += self._finds.lacking(self.rows.key(each) for each in self.visible_rows())
                self.post_message(self.FindsWanted(self._finds.text, wanted))
            for key in (self.rows.key(row), *self._coming(row)):
                if key is not None and key not in self._heads and key not in self._asked:
                    self._asked = frozenset(self._near() - self._heads.keys()) | {key}
                    self.post_message(self.HeadsWanted(tuple(self._asked)))
        return super().render_line(y)

    def _coming(self, row: int) -> tuple[int | None, ...]:
        """The articles half as far from a row as heads are asked for: theirs are to be here before they are seen."""
        return tuple(self._articles.beside(row, step) for step in (-_AHEAD // 2, _AHEAD // 2))

    def resized(self) -> None:
        """Give articles as many lines as there is room for."""
        self._relayout()

    def cursor_moved(self, key: int) -> None:
        """Tell the screen."""
        self.post_message(self.Moved(key))

    def row_clicked(self, key: int, column: int) -> None:
        """The cursor is there by now: that marks nothing."""
        del column
        self.cursor_moved(key)

    def heading_clicked(self, row: int) -> None:
        """Go to the first article of the day."""
        key = self.rows.key(row + 1) if row + 1 < len(self.rows) else None
        if key is not None and self.put_cursor(key):
            self.cursor_moved(key)

    def row_opened(self, key: int, column: int) -> None:
        """Tell the screen."""
        del column
        self.post_message(self.Opened(key))

    def row_marked(self, key: int, column: int) -> None:
        """Tell the screen."""
        del key, column
        self.post_message(self.Marked())

    def set_compact(self, *, compact: bool) -> None:
        """Give articles one line each, or two and more; the cursor stays where it is."""
        if compact != self.compact:
            self.compact = compact
            self._relayout()
            self.reveal_cursor()

    def _pitch(self) -> int:
        """The lines of an article."""
        if self.compact:
            return 1
        width, height = self.size
        return 3 if height >= (_ROOMY_ENOUGH if width < _SLIM else _ROOMY) else 2

    def _make_rows(self) -> ArticleRows:
        self._laid_out_for = self.size  # none while another pane hides it: then it is laid out anew when it is seen
        rows = ArticleRows(
            self._roll,
            self._heads,
            self._now,
            one_source=self._one_source,
            pitch=self._pitch(),
            width=self.size.width - 1,  # the cursor's bar has the first cell
            folding=self._fold_anew(),
        )
        rows.finds = self._finds  # which go on as the rows are made anew
        rows.selected = self.selected
        return rows

    def _fold_anew(self) -> Folding | None:
        """How the list is folded now: as it was, where nothing about that is another."""
        if not self._known.origins:
            return None
        asked = (self._roll, len(self._roll), self._known, self.folds, self._opened)
        before, folding = self._folded
        if before[1:] != asked[1:] or before[0] is not self._roll:
            folding = Folding(self._roll, self._known, self.folds, self._opened, local_day)
            self._folded = asked, folding
        return folding

    def _relayout(self) -> None:
        self._articles = self._make_rows()
        self.show(self._articles, cursor=self.cursor, keep_place=True)

    def _near(self) -> set[int]:
        return self._articles.near(self.visible_rows(), _AHEAD)
