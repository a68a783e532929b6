"""What stands under an article: the person's note and highlights, its story, what is related, comments, what is next.

It comes after the text is there and moves nothing that is read. Each part folds; each article in it, each passage and
each heading is a link of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.document.blocks import Text
from newsreader.text import cell_width, one_line, relative_time, truncate
from newsreader.ui.block_setting import BlockSetter
from newsreader.ui.page_links import ARTICLE, NEXT, PART, PASSAGE, TALK
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.signs import FOLDED, UNFOLDED
from newsreader.ui.typesetting import Line, Margin
from newsreader.ui.words import annex as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsreader.model import ArticleHead, Highlight

_EMPTY: Final = Line()
_RULE: Final = 28  # cells
_INDENT: Final = "  "
_TITLE: Final = 2  # lines of a title
_LESS: Final = 4  # cells that are taken off one that comes to more
_LEAD: Final = 3  # lines of the beginning of an article that is unfolded
_ADDS: Final = 5  # paragraphs that an article adds to the one above, and lines of each
_ADDED: Final = 6
_PASSAGE: Final = 4  # lines of a highlight

NOTE, HIGHLIGHTS, STORY, RELATED = "note", "highlights", "story", "related"
"""The parts that fold, by the names under which it is remembered that they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article under the article; `copy` says that its text is the same, `lead` is how it begins.

    `adds` are its paragraphs that are not in the article above, None where that is not known.
    """

    head: ArticleHead
    copy: bool = False
    lead: str = ""
    adds: tuple[str, ...] | None = None


class Talk(NamedTuple):
    """Where an article is discussed, and how many comments there are, None where nobody said."""

    site: str
    comments: int | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """What there is to say under an article: the others of its story in the order of their times, what is related.

    `sources` counts the sources of the story, the article's own among them, and `first` is its first article. `talk`
    is None where no discussion is known. `following` is the next unread article, else `nothing` says that there is
    none; neither is there until that is known. `unfolded` are the ids of those whose beginnings are shown, `folded` the
    parts of which only the heading is. `keys` are those of commands, as the screen shows them.
    """

    article_id: int
    note: str = ""
    highlights: tuple[Highlight, ...] = ()
    story: tuple[Entry, ...] = ()
    sources: int = 0
    first: ArticleHead | None = None
    related: tuple[Entry, ...] = ()
    talk: Talk | None = None
    following: ArticleHead | None = None
    nothing: str = ""
    unfolded: frozenset[int] = frozenset()
    folded: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)

    def ids(self) -> frozenset[int]:
        """The articles in it."""
        heads = {entry.head.id for entry in (*self.story, *self.related)}
        return frozenset(heads if self.following is None else heads | {self.following.id})


class Under(NamedTuple):
    """A line under the article; `key` says what stands there, the same wherever the line is."""

    key: str
    line: Line

    @property
    def heads(self) -> bool:
        """Whether it is the heading of a part."""
        return self.key.startswith(PART)


def annex_lines(annex: Annex, now: int, measure: int) -> Iterator[Under]:
    """Set it at a measure (cells); `now` (Unix seconds) makes "3 hours ago"."""
    setter = _Setter(annex, now, max(measure, 12))
    parts = [part for part in (setter.note(), setter.highlights(), setter.story(), setter.related()) if part]
    if annex.talk is not None:
        parts.append(setter.talk(annex.talk))
    if annex.following is not None or annex.nothing:
        parts.append([*setter.rule(), *setter.next()] if parts else setter.next())
    if not parts:
        return
    yield Under("", _EMPTY)
    yield from setter.rule()
    for part in parts:
        yield Under(part[0].key, _EMPTY)
        yield from part


class _Setter:
    """Sets the parts."""

    def __init__(self, annex: Annex, now: int, measure: int) -> None:
        self._annex = annex
        self._now = now
        self._measure = measure
        self._running = BlockSetter(0, measure)

    def rule(self) -> list[Under]:
        return [Under("", Line((Piece("─" * min(_RULE, self._measure), ("rule",)),)))]

    def note(self) -> list[Under]:
        if not self._annex.note:
            return []
        edits = words.edits(self._annex.keys.get("bookmark_with", ""))
        return [*self._heading(NOTE, words.NOTE, edits), *self._held(NOTE, self._note_lines())]

    def _note_lines(self) -> Iterator[Under]:
        margin = Margin(None, Piece(_INDENT))
        for line in self._running.running(Text(self._annex.note), margin, ("note",)):
            yield Under(NOTE, line)

    def highlights(self) -> list[Under]:
        lit = self._annex.highlights
        if not lit:
            return []
        heading = self._heading(HIGHLIGHTS, words.HIGHLIGHTS, count=len(lit))
        passages = (under for each in lit for under in self._passage(each))
        return [*heading, *self._held(HIGHLIGHTS, passages)]

    def _passage(self, highlight: Highlight) -> Iterator[Under]:
        """A highlight as a quotation, which leads to its passage."""
        link = f"{PASSAGE}{highlight.id}"
        margin = Margin(Margin(None, Piece(_INDENT)), Piece("▎ ", ("bar",)))
        said = truncate(one_line(highlight.place.words), (self._measure - 4) * _PASSAGE)
        yield Under(link, _EMPTY)
        for line in self._running.running(Text(said), margin):
            yield Under(link, _leading(line, link))

    def story(self) -> list[Under]:
        told = self._annex.story
        if not told:
            return []
        heading = self._heading(STORY, words.story(self._annex.sources), self._first())
        return [*heading, *self._held(STORY, self._entries(told))]

    def related(self) -> list[Under]:
        near = self._annex.related
        if not near:
            return []
        return [*self._heading(RELATED, words.RELATED, count=len(near)), *self._held(RELATED, self._entries(near))]

    def talk(self, talk: Talk) -> list[Under]:
        """One line about the comments, which leads to them."""
        key = self._annex.keys.get("comments", "")
        said = words.comments(talk.comments, one_line(talk.site))
        return list(self._titled(TALK, "  ", said, words.reads(key) if key else ""))

    def next(self) -> list[Under]:
        """What is read next, or that nothing is."""
        head = self._annex.following
        margin = Margin(None, Piece(_INDENT))
        if head is None:
            return [Under(NEXT, line) for line in self._running.running(Text(self._annex.nothing), margin, ("facts",))]
        link = f"{NEXT}{head.id}"
        said = truncate(words.next_unread(self._annex.keys.get("read_on", "")), self._measure - len(_INDENT))
        label = Line((Piece(said, ("facts",)),), (Piece(_INDENT),))
        return [Under(link, label), *(Under(link, line) for line in self._article(head, link))]

    def _held(self, name: str, lines: Iterable[Under]) -> Iterable[Under]:
        """The lines of a part, none where it is folded."""
        return () if name in self._annex.folded else lines

    def _first(self) -> str:
        """Who was first to tell, unless it is the article itself."""
        first = self._annex.first
        if first is None or first.id == self._annex.article_id:
            return ""
        return words.first(one_line(first.source_title), relative_time(first.published or first.sort_at, self._now))

    def _heading(self, name: str, title: str, facts: str = "", *, count: int = 0) -> Iterator[Under]:
        """The heading of a part, on which it is folded; folded it says how much is there."""
        folded = name in self._annex.folded
        counted = f"{title} · {count:,}" if folded and count else title
        return self._titled(f"{PART}{name}", f"{FOLDED if folded else UNFOLDED} ", counted, facts)

    def _titled(self, link: str, sign: str, title: str, facts: str) -> Iterator[Under]:
        """A title that is a link, what is said of it at its right, or below it where there is no room."""
        title, facts = (truncate(text, self._measure - len(sign)) for text in (title, facts))
        fits = cell_width(sign) + cell_width(title) + cell_width(facts) + 3 <= self._measure
        begin, end = isolates(facts, rightward=False)
        said = (*begin, Piece(facts, ("facts",), link), *end) if facts else ()
        linked = (Piece(sign, ("marker",), link), Piece(title, ("heading",), link))
        yield Under(link, Line((*linked, Piece("   ", (), link), *said) if said and fits else linked))
        if said and not fits:
            yield Under(link, Line(said, (Piece(_INDENT),)))

    def _entries(self, entries: Iterable[Entry]) -> Iterator[Under]:
        """Articles: their beginnings too where those are wanted."""
        for entry in entries:
            link = f"{ARTICLE}{entry.head.id}"
            yield Under(link, _EMPTY)
            yield from (Under(link, line) for line in self._article(entry.head, link, *_said_of(entry)))
            if entry.head.id in self._annex.unfolded:
                yield from (Under(link, line) for line in self._more_of(entry))

    def _more_of(self, entry: Entry) -> Iterator[Line]:
        """What an article adds to the one above, paragraph by paragraph; where that is not known, how it begins."""
        if not entry.adds:
            lead = truncate(one_line(entry.lead), (self._measure - len(_INDENT)) * _LEAD)
            yield from self._running.running(Text(lead), Margin(None, Piece(_INDENT))) if lead else ()
            return
        for text in entry.adds[:_ADDS]:
            margin = Margin(Margin(None, Piece(_INDENT)), Piece("  "), Piece("+ ", ("jump",)))
            shown = truncate(one_line(text), (self._measure - 2 * len(_INDENT)) * _ADDED)
            yield from self._running.running(Text(shown), margin)
        if len(entry.adds) > _ADDS:
            said = truncate(words.more_added(len(entry.adds) - _ADDS), self._measure - len(_INDENT))
            yield Line((Piece(said, ("facts",)),), (Piece(_INDENT),))

    def _article(self, head: ArticleHead, link: str, *more: str) -> Iterator[Line]:
        """An article: its title, which is the link, its source, age and what became of it.

        Of what `more` there is to say that is said for which there is room.
        """
        yield from (_leading(line, link) for line in self._title(head))
        marks = (("★", head.bookmarked), (words.READ, head.read))
        facts = (one_line(head.source_title), relative_time(head.published or head.sort_at, self._now))
        known = (*facts, *(word for word, true in marks if true))
        room = self._measure - len(_INDENT)
        told = (" · ".join((*known, each)) for each in more)
        said = next((each for each in told if cell_width(each) <= room), truncate(" · ".join(known), room))
        begin, end = isolates(said, rightward=False)
        yield Line((*begin, Piece(said, ("facts",)), *end), (Piece(_INDENT),))

    def _title(self, head: ArticleHead) -> list[Line]:
        """A title in as many lines as it may have: where its words leave gaps at their ends, less of it."""
        said = one_line(head.title) or one_line(head.source_title)
        look = ("facts",) if head.read else ("strong",)
        margin = Margin(None, Piece(_INDENT), Piece("  " if head.read else "● ", ("jump",)))
        width = self._measure - len(_INDENT)
        for room in range(width * _TITLE, width, -_LESS):
            lines = list(self._running.running(Text(truncate(said, room)), margin, look))
            if len(lines) <= _TITLE:
                return lines
        return list(self._running.running(Text(truncate(said, width)), margin, look))


def _said_of(entry: Entry) -> tuple[str, ...]:
    """What is said of an article beside the one above, and the same shorter: the same text, or what it adds."""
    if entry.copy:
        return (words.COPY,)
    if entry.adds is None:
        return ()
    if not entry.adds:
        return (words.ADDS_NOTHING,)
    return words.added(len(entry.adds)), words.added_in_short(len(entry.adds)), f"+ {len(entry.adds)}"


def _leading(line: Line, link: str) -> Line:
    """A line whose words lead somewhere."""
    held = tuple(Piece(piece.text, piece.classes, link) for piece in line.body)
    return Line(held, line.lead, line.tail, joint=line.joint)
