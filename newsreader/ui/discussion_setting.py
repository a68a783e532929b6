"""A discussion set as lines: each comment's head, and its text narrower the deeper it stands, after thread lines.

The lines of a comment are set when they are needed, and once: folding puts together what is set already.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import VERSION, Document, load
from newsreader.text import cell_width, one_line, relative_time, truncate
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.discussion_page import Tree
from newsreader.ui.layout import Layout
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.signs import FOLDED
from newsreader.ui.typesetting import Line
from newsreader.ui.words import discussion as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsreader.document.blocks import Block
    from newsreader.model.talk import Comment
    from newsreader.ui.discussion_page import Thread

_THREAD: Final = Piece("│ ", ("bar",))
_OUTER: Final = Piece("│ ", ("rule",))  # fainter: the eye follows the nearest
_DEEPEST: Final = 10  # thread lines side by side: what is deeper says how deep it is
_LEAST: Final = 24  # cells that are left for words at least
_READABLE: Final = 40  # cells that are, where there is room
_USUAL: Final = 6  # lines of a comment, before any is set
_NEW: Final = "● "
_AFTER: Final = 1 << 40  # the character at which the empty line after a comment stands: after all of its text
_NONE: Final[frozenset[int]] = frozenset()


def most_threads(measure: int) -> int:
    """How many thread lines there is room for, at two cells each."""
    least = min(_READABLE, max(_LEAST, measure * 2 // 3))
    return max(0, min(_DEEPEST, (measure - least) // 2))


class CommentSetter:
    """Sets the texts of comments, each once: those of one discussion, at one measure."""

    def __init__(self, comments: tuple[Comment, ...], measure: int) -> None:
        self.tree = Tree(comments)
        self.done: dict[int, tuple[Line, ...]] = {}
        """The comments that were set, by their places."""
        self._comments = comments
        self._measure = measure

    def lead(self, place: int) -> tuple[Piece, ...]:
        """The thread lines before a comment."""
        count = min(self.tree.depths[place], most_threads(self._measure))
        return (*(_OUTER,) * (count - 1), _THREAD) if count else ()

    def lines(self, place: int, number: int) -> tuple[Line, ...]:
        """The text of a comment."""
        known = self.done.get(place)
        if known is None:
            known = self.done[place] = tuple(self._lines(place, number))
        return known

    def _lines(self, place: int, number: int) -> Iterator[Line]:
        lead = self.lead(place)
        width = max(self._measure - 2 * len(lead), 1)
        before, previous = 1, None
        for block in _blocks(self._comments[place]):
            setter = BlockSetter(0, width)
            for line in setter.set(block, previous):
                yield Line(line.held, (*lead, *line.lead), line.tail, number, before + line.offset, line.joint)
            before, previous = before + len(setter.text) + 1, block


def _blocks(comment: Comment) -> tuple[Block, ...]:
    try:
        return load(comment.document).blocks if comment.document else ()
    except ValueError:  # of another version of the builder: the worker is asked to build it anew
        return ()


class ThreadLayout(Layout):
    """The lines of a discussion at a measure (cells), laid on demand from the top.

    A line knows of which comment it is: its `block` is the comment's number. The first line of a comment, and only
    that, has the offset 0, and holds its place: its age, and what is folded under it, are said when it is painted
    (`head`).
    """

    def __init__(self, thread: Thread, measure: int, before: ThreadLayout | None = None) -> None:
        super().__init__(Document(()), measure)
        self.thread = thread
        self.comments = thread.comments
        same = before is not None and before.comments is self.comments and before.measure == self.measure
        self.setter: CommentSetter = (
            before.setter if before is not None and same else CommentSetter(self.comments, self.measure)
        )
        self.tree = self.setter.tree
        self.numbers = [thread.numbers[comment.key] for comment in self.comments]
        self.folded = self._places(thread.folded)
        self.bare = self._places(thread.bare)
        self.shown = self.tree.shown(self.folded | self.bare)
        self.starts: list[int] = []
        """The first line of each comment that is shown, as far as they are laid."""
        self._spots = {place: spot for spot, place in enumerate(self.shown)}
        self.done = not self.shown
        self._place_of = {number: place for place, number in enumerate(self.numbers)}

    def _places(self, keys: frozenset[str]) -> frozenset[int]:
        return frozenset(place for place, comment in enumerate(self.comments) if comment.key in keys) if keys else _NONE

    def lay(self, until: Callable[[], bool] | None = None) -> None:
        """Lay comments until `until` says so, or all of them."""
        while not self.done and (until is None or not until()):
            self._lay_comment(self.shown[len(self.starts)])
            self.done = len(self.starts) == len(self.shown)

    def _lay_comment(self, place: int) -> None:
        lead, number = self.setter.lead(place), self.numbers[place]
        if self.starts:
            last = self.lines[-1].block
            self.lines.append(Line((), lead, block=last, offset=_AFTER))
        self.starts.append(len(self.lines))
        self.lines.append(Line((), lead, block=number))
        if place not in self.folded:
            self.lines.extend(self.setter.lines(place, number))

    def lay_to(self, block: int, offset: int) -> None:
        """See to it that a comment is there."""
        del offset
        place = self._place_of.get(block)
        if place is not None:
            self.lines_of(place)

    @property
    def laid_comments(self) -> int:
        """How many comments are set so far: no more than are needed."""
        return len(self.setter.done)

    @property
    def height(self) -> int:
        """How many lines there are; before all are laid, an estimate from those that are."""
        if self.done or not self.shown:
            return len(self.lines)
        each = len(self.lines) / len(self.starts) if self.starts else _USUAL
        return len(self.lines) + round(each * (len(self.shown) - len(self.starts)))

    # Where comments stand

    def spot_at(self, number: int) -> int:
        """Which of the comments that are shown a line belongs to; what stands above the first belongs to it."""
        return max(bisect_right(self.starts, number) - 1, 0)

    def at(self, number: int) -> int | None:
        """The comment to which a line belongs, None above the first one."""
        return self.shown[self.spot_at(number)] if self.starts and number >= self.starts[0] else None

    def spot_of(self, place: int) -> int:
        """Which of those that are shown a comment is, or the one under which it is folded away."""
        while place not in self._spots:
            place = self.tree.parents[place]
        return self._spots[place]

    def lines_of(self, place: int) -> range:
        """The lines of a comment, without what is between it and the next one."""
        spot = self.spot_of(place)
        self.lay(lambda: len(self.starts) > spot + 1)
        end = self.starts[spot + 1] - 1 if spot + 1 < len(self.starts) else len(self.lines)
        return range(self.starts[spot], end)

    def place_of_number(self, number: int) -> int | None:
        """The comment that has a number."""
        return self._place_of.get(number)

    def line_of(self, block: int, offset: int) -> int:
        """Find the line that shows a character of a comment; of one that is folded away, what it is folded under."""
        place = self._place_of.get(block)
        if place is None:  # it was deleted since: what stood before it
            before = max((number for number in self.numbers if number < block), default=None)
            return self.line_of(before, _AFTER) if before is not None else 0
        lines = self.lines_of(place)
        if place not in self._spots:
            return lines.start
        return lines.start + max(bisect_right(lines, offset, key=lambda line: self.lines[line].offset) - 1, 0)

    def place_of(self, anchor: str) -> tuple[int, int] | None:
        """No link of a comment leads to a place in another."""
        del anchor
        return None

    # The heads

    def head_at(self, number: int) -> int | None:
        """The comment whose first line this is."""
        spot = self.spot_at(number)
        return self.shown[spot] if spot < len(self.starts) and self.starts[spot] == number else None

    def head(self, place: int, now: int) -> Line:
        """The first line of a comment: who wrote it, when, what is folded under it, how it was received."""
        comment, lead = self.comments[place], self.setter.lead(place)
        signs = self._signs(place)
        room = self.measure - 2 * len(lead) - sum(cell_width(piece.text) for piece in signs)
        name = one_line(comment.author) or (words.GONE if comment.gone else words.SOMEONE)
        left = max(room - min(cell_width(name), room // 2), 0)
        facts = [f" · {fact}" for fact in self._facts(place, now)]
        while len(facts) > 1 and cell_width("".join(facts)) > left:
            del facts[-1]  # what matters least
        said = truncate("".join(facts), left)
        shown = truncate(name, max(room - cell_width(said), 0))
        begin, end = isolates(shown, rightward=False)
        look = ("facts",) if comment.gone or not comment.author else ("strong",)
        held = (*signs, *begin, Piece(shown, look), *end, Piece(said, ("facts",)))
        return Line(held, lead, block=self.numbers[place])

    def _signs(self, place: int) -> tuple[Piece, ...]:
        """That something is folded here, that it is new, and how deep it stands where that does not show."""
        signs = []
        if place in self.folded or place in self.bare:
            signs.append(Piece(f"{FOLDED} ", ("marker",)))
        if self.comments[place].key in self.thread.fresh:
            signs.append(Piece(_NEW, ("jump",)))
        depth = self.tree.depths[place]
        if depth > most_threads(self.measure):
            signs.append(Piece(f"↳{depth} ", ("facts",)))
        return tuple(signs)

    def _facts(self, place: int, now: int) -> list[str]:
        comment = self.comments[place]
        answers = self.tree.answers(place) if place in self.folded or place in self.bare else 0
        wrote = self.thread.author.casefold().strip()
        facts = (
            words.AUTHOR if wrote and comment.author.casefold().strip() == wrote else "",
            relative_time(comment.posted_at, now) if comment.posted_at is not None else "",
            words.answers(answers) if answers else "",
            words.points(comment.score) if comment.score is not None else "",
        )
        return [fact for fact in facts if fact]


def is_current(thread: Thread) -> bool:
    """Whether the texts of the comments are set by this program's builder, or must be built anew first."""
    return thread.discussion is None or thread.discussion.document_version == VERSION or not thread.comments
