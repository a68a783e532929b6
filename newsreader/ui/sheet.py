"""A page as one column of lines: the head with title and facts, the document as far as it is laid, then its annex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import FORMER_KEPT
from newsreader.document.blocks import Document, Heading, Text
from newsreader.document.lengths import short_length
from newsreader.model import Place
from newsreader.text import in_rows, one_line, reading_time, relative_time
from newsreader.ui.annex import annex_lines
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.categories import category_lines
from newsreader.ui.layout import Layout
from newsreader.ui.pieces import ISOLATES
from newsreader.ui.signs import LATER
from newsreader.ui.typesetting import Line, Margin
from newsreader.ui.words import lists
from newsreader.ui.words import pages as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.ui.annex import Under
    from newsreader.ui.page import Page

_EMPTY: Final = Line()
_WORDS: Final = 80  # characters that find a place again
_LONGEST_TITLE: Final = 400  # characters: longer ones are whole articles, and the text says it all again


class Sheet:
    """The lines of a Page at a measure (cells); `now` (Unix seconds) makes "12 minutes ago".

    Lines are numbered from the top, the head's first. An empty line closes the page. What is laid of the sheet
    `before` is taken over where it is the same document at the same measure.
    """

    def __init__(self, page: Page, now: int, measure: int, before: Sheet | None = None) -> None:
        self.page = page
        self.measure = measure
        self.body = self.make_body(before)
        self._head = list(self.head_lines(now))
        self._annex = self._under(now)

    def make_body(self, before: Sheet | None) -> Layout:
        """Lay the text out, or take over what was laid."""
        last = before.behind if before is not None else None
        if last is not None and last.measure == self.measure and last.page.document is self.page.document:
            return last.body
        return Layout(self.page.document or Document(()), self.measure)

    def head_lines(self, now: int) -> Iterator[Line]:
        """What stands above the text."""
        return _head_lines(self.page, now, self.measure)

    @property
    def behind(self) -> Sheet | None:
        """The sheet of the article: this one, or that over which this one is laid."""
        return self

    @property
    def standing(self) -> str:
        """Where in it the person is, where that can be counted, for the foot of the pane."""
        return ""

    def sign(self, number: int) -> str:
        """What stands in the margin of a line."""
        del number
        return ""

    def come_to(self, top: int, room: int) -> Iterable[int]:
        """So many lines from this one on are in sight now: gives the lines that look otherwise for it."""
        del top, room
        return ()

    def _under(self, now: int) -> list[Under]:
        return list(annex_lines(self.page.annex, now, self.measure)) if self.page.annex is not None else []

    def retell(self, now: int) -> list[int] | None:
        """Say how long ago all was at another moment: gives the lines that are other ones now, None if they moved."""
        before, self._head = self._head, list(self.head_lines(now))
        under, self._annex = self._annex, self._under(now)
        if len(before) != len(self._head) or len(under) != len(self._annex):
            return None
        told = [number for number, line in enumerate(self._head) if line.words != before[number].words]
        begins = self.text_height
        pairs = zip(self._annex, under, strict=True)
        return told + [begins + number for number, (each, was) in enumerate(pairs) if each.line.words != was.line.words]

    @property
    def height(self) -> int:
        """How many lines the page has; an estimate until all are laid."""
        return self.text_height + len(self._annex) + bool(self._annex)

    @property
    def text_height(self) -> int:
        """How many lines the article has, without its annex."""
        return len(self._head) + self.body.height + 1

    def lay_lines(self, count: int) -> None:
        """See to it that the first `count` lines are laid, as far as the page goes."""
        self.body.lay_lines(count - len(self._head))

    @property
    def laid(self) -> int:
        """How many lines are laid so far, the head's among them, and the annex once the text is whole."""
        return self.height if self._annex and self.body.done else self.text_laid

    @property
    def text_laid(self) -> int:
        """How many lines of the article are laid so far, the head's among them."""
        return len(self._head) + len(self.body.lines)

    @property
    def text_begins(self) -> int:
        """The line on which the text begins, below the head."""
        return len(self._head)

    def line(self, number: int) -> Line:
        """Give a line; beyond what is laid they are empty."""
        if number < len(self._head):
            return self._head[number]
        if number >= self.text_height and self.body.done:
            under = number - self.text_height
            return self._annex[under].line if under < len(self._annex) else _EMPTY
        number -= len(self._head)
        return self.body.lines[number] if number < len(self.body.lines) else _EMPTY

    def with_words_from(self, number: int) -> int:
        """Give a line, or where it is empty the next one that has words."""
        while number < self.laid and not self.line(number).words.strip():
            number += 1
        return number

    def stands_as(self, before: Sheet) -> bool:
        """Whether all lines of the article are where they were in the sheet `before`."""
        return self.body is before.body and len(self._head) == len(before._head)

    def follow(self, number: int, before: Sheet) -> int | None:
        """Find the line that shows what a line of the sheet `before` showed; None for one of its head."""
        number -= len(before._head)
        if not 0 <= number < len(before.body.lines):
            return None
        line = before.body.lines[number]
        return self.with_words_from(len(self._head) + self.body.line_of(line.block, line.offset))

    def place(self, number: int) -> Place:
        """Say what stands on a line: the head counts as the beginning of the text."""
        number -= len(self._head)
        if number <= 0 or not self.body.lines:
            return Place(self.page.full_text, 0, 0)
        line = self.body.lines[min(number, len(self.body.lines) - 1)]
        return Place(self.page.full_text, line.block, line.offset)

    def line_of(self, place: Place) -> int:
        """Find the line where a place is; the beginning of the text is the top of the page."""
        if not place.block and not place.offset:
            return 0
        return len(self._head) + self.body.line_of(place.block, place.offset)

    def lines_of(self, block: int) -> range:
        """The lines that show a block of the document, without the room around it; none where there is no such one."""
        first = self.body.line_of(block, 0)
        lines = self.body.lines
        while first < len(lines) and (lines[first].block < block or not lines[first].words.strip()):
            first += 1
        self.body.lay_to(block + 1, 0)
        last = first
        while last < len(lines) and lines[last].block == block:
            last += 1
        return range(len(self._head) + first, len(self._head) + last)

    def heading(self, number: int, step: int) -> int | None:
        """Find the line of the next heading below a line (step 1) or above it (step -1); the title is the first."""
        blocks = self.page.document.blocks if self.page.document is not None else ()
        headings = [index for index, block in enumerate(blocks) if isinstance(block, Heading)]
        here = self.body.lines[number - len(self._head)].block if len(self._head) <= number < self.text_laid else -1
        if step > 0:
            lines = [self._line_of_block(index) for index in headings if index >= here]
            return next((line for line in (*lines, *self._annex_headings()) if line > number), None)
        if number > self.text_height:
            here = len(blocks)
        above = [self._line_of_block(index) for index in headings if index <= here]
        lines = [*above, *self._annex_headings()]
        return next((line for line in reversed(lines) if line < number), 0 if number > 0 else None)

    def _annex_headings(self) -> list[int]:
        """The lines with the headings of the annex: the last ones."""
        numbered = enumerate(self._annex, self.text_height)
        first = {under.key: number for number, under in reversed([*numbered]) if under.heads and under.line.words}
        return sorted(first.values())

    def key_of(self, number: int) -> tuple[str, int] | None:
        """What stands on a line of the annex, and how many lines of it are above; None for a line of the article."""
        at = number - self.text_height
        if not self.body.done or not 0 <= at < len(self._annex):
            return None
        key, first = self._annex[at].key, at
        while first > 0 and self._annex[first - 1].key == key:
            first -= 1
        return key, at - first

    def line_of_key(self, key: str, below: int = 0) -> int | None:
        """The line where that stands in the annex now."""
        found = [at for at, under in enumerate(self._annex) if under.key == key]
        return self.text_height + found[min(below, len(found) - 1)] if found else None

    def _line_of_block(self, index: int) -> int:
        return len(self._head) + self.body.line_of(index, 0)

    def with_words(self, place: Place) -> Place:
        """Give a place of this page the words that stand there."""
        if not place.block and not place.offset:
            return place
        return place._replace(words=self.body.snippet(place.block, place.offset)[:_WORDS])

    def locate(self, place: Place) -> Place | None:
        """Find a place in this page: where it says, or where its words are now; None where they are nowhere."""
        same = place.full_text == self.page.full_text
        if not place.block and not place.offset:
            return Place(self.page.full_text) if same else None
        if same and self.body.snippet(place.block, place.offset).startswith(place.words):
            return place
        found = self.body.find(place.words, near=place.block) if place.words else None
        if found is not None:
            return Place(self.page.full_text, *found)
        return place if same else None

    def text(self, first: int, last: int, start: int = 0, end: int | None = None) -> str:
        """Give the words of lines `first` to `last`, from character `start` of the first up to `end` of the last.

        Characters are counted as the lines show them, with indents and bullets, which are left out; lines that only
        wrapped are joined.
        """
        parts: list[str] = []
        for number in range(first, last + 1):
            line = self.line(number)
            lead = sum(len(piece.text) for piece in line.lead)
            begin = max(start - lead, 0) if number == first else 0
            stop = max(end - lead, 0) if number == last and end is not None else None
            parts += (line.joint if parts else "", line.words[begin:stop])
        return "\n".join(row.rstrip() for row in "".join(parts).split("\n")).replace("\xa0", " ").translate(ISOLATES)


def _hidden(rule: str | None) -> str:
    if rule is None:
        return ""
    return words.hidden(one_line(rule))


def _head_lines(page: Page, now: int, measure: int) -> Iterator[Line]:
    title = one_line(page.title, _LONGEST_TITLE) or words.UNTITLED
    about = (
        one_line(page.source),
        relative_time(page.moment, now),
        _edited(page.edits),
        "★" if page.bookmarked else "",
        f"{LATER} {words.LATER}" if page.later else "",
        _hidden(page.hidden_by),
        words.NOTED if page.note else "",
    )
    setter = BlockSetter(0, max(measure, 2))
    yield _EMPTY
    rows = (
        *((title, "title"), ("", "")),
        *((row, "facts") for facts in (about, _facts(page)) for row in in_rows(facts, max(measure, 2))),
        (" ".join(f"#{tag}" for tag in page.tags), "facts"),
    )
    for text, look in rows:
        if not look:
            yield _EMPTY
        elif text:
            yield from _set(setter, text, look)
    yield from category_lines(page.categories, measure, whole=page.all_categories)
    if page.notice:
        yield from _set(setter, page.notice, "notice")
    yield _EMPTY
    if measure >= 60:
        yield _EMPTY


def _set(setter: BlockSetter, text: str, look: str) -> Iterator[Line]:
    for line in setter.running(Text(one_line(text)), Margin(), (look,)):
        yield Line(line.held, line.lead, line.tail, joint=line.joint)


def _edited(edits: int) -> str:
    return words.edited(edits, or_more=edits >= FORMER_KEPT)


def _facts(page: Page) -> list[str]:
    author = one_line(page.author or "")
    facts = [words.by(author)] if author.casefold() not in {"", page.source.casefold()} else []
    if page.stub or page.media:
        facts.append(short_length(page.words, page.media, stub=page.stub))
    elif page.words:
        facts += [words.words(page.words), reading_time(page.words)]
    if page.comments:
        facts.append(lists.comments(page.comments))
    if page.fetching:
        facts.append(words.FETCHING)
    return facts
