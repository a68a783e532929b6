"""What stands under an article: who else tells of it, and what is related.

It comes after the text is there and moves nothing that is read; each article in it is a link of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Text
from newsreader.text import cell_width, one_line, relative_time, truncate
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.page_links import ARTICLE
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.typesetting import Line, Margin
from newsreader.ui.words import annex as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.model import ArticleHead

_EMPTY: Final = Line()
_RULE: Final = 28  # cells
_INDENT: Final = "  "
_LEAD: Final = 3  # lines of the beginning of an article that is unfolded


@dataclass(frozen=True, slots=True)
class Entry:
    """An article under the article; `copy` says that its text is the same, `lead` is how it begins."""

    head: ArticleHead
    copy: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """What there is to say under an article: the others of its story in the order of their times, what is related.

    `sources` counts the sources of the story, the article's own among them, and `first` is its first article.
    `unfolded` are the ids of those whose beginnings are shown.
    """

    article_id: int
    story: tuple[Entry, ...] = ()
    sources: int = 0
    first: ArticleHead | None = None
    related: tuple[Entry, ...] = ()
    unfolded: frozenset[int] = frozenset()

    def ids(self) -> frozenset[int]:
        """The articles in it."""
        return frozenset(entry.head.id for entry in (*self.story, *self.related))


def annex_lines(annex: Annex, now: int, measure: int) -> Iterator[Line]:
    """Set it at a measure (cells); `now` (Unix seconds) makes "3 hours ago"."""
    if not annex.story and not annex.related:
        return
    setter = _Setter(annex, now, max(measure, 12))
    yield _EMPTY
    yield Line((Piece("─" * min(_RULE, measure), ("rule",)),))
    if annex.story:
        yield _EMPTY
        yield from setter.heading(words.story(annex.sources), setter.first())
        for entry in annex.story:
            yield _EMPTY
            yield from setter.entry(entry)
    if annex.related:
        yield _EMPTY
        yield from setter.heading(words.RELATED, "")
        for entry in annex.related:
            yield _EMPTY
            yield from setter.entry(entry)


class _Setter:
    """Sets the parts."""

    def __init__(self, annex: Annex, now: int, measure: int) -> None:
        self._annex = annex
        self._now = now
        self._measure = measure
        self._running = BlockSetter(0, measure)

    def first(self) -> str:
        """Who was first to tell, unless it is the article itself."""
        first = self._annex.first
        if first is None or first.id == self._annex.article_id:
            return ""
        return words.first(one_line(first.source_title), relative_time(first.published or first.sort_at, self._now))

    def heading(self, title: str, facts: str) -> Iterator[Line]:
        """A heading, what is said of all of it at its right, or below it where there is no room."""
        fits = cell_width(title) + cell_width(facts) + 3 <= self._measure
        side = (Piece("   "), Piece(facts, ("facts",))) if facts and fits else ()
        yield Line((Piece(truncate(title, self._measure), ("heading",)), *side))
        if facts and not fits:
            yield Line((Piece(truncate(facts, self._measure), ("facts",)),))

    def entry(self, entry: Entry) -> Iterator[Line]:
        """An article: its title, which is the link, its source, age and what became of it; its beginning if wanted."""
        head = entry.head
        title = one_line(head.title) or one_line(head.source_title)
        look = ("facts",) if head.read else ("strong",)
        sign = Piece("  " if head.read else "● ", ("jump",))
        margin = Margin(None, Piece(_INDENT), sign)
        for line in self._running.running(Text(title), margin, look):
            held = tuple(Piece(piece.text, piece.classes, f"{ARTICLE}{head.id}") for piece in line.body)
            yield Line(held, line.lead, line.tail, joint=line.joint)
        facts = [one_line(head.source_title), relative_time(head.published or head.sort_at, self._now)]
        facts += [
            word for word, true in (("★", head.bookmarked), (words.READ, head.read), (words.COPY, entry.copy)) if true
        ]
        said = truncate(" · ".join(facts), self._measure - len(_INDENT))
        begin, end = isolates(said, rightward=False)
        yield Line((*begin, Piece(said, ("facts",)), *end), (Piece(_INDENT),))
        if head.id in self._annex.unfolded and entry.lead:
            lead = truncate(one_line(entry.lead), (self._measure - len(_INDENT)) * _LEAD)
            margin = Margin(None, Piece(_INDENT))
            for line in self._running.running(Text(lead), margin, ()):
                yield Line(line.held, line.lead, line.tail, joint=line.joint)
