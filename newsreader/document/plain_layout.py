"""Clean HTML of plain markup, laid out without a parser: what `document.build` makes of it, at a fraction of the cost.

Blocks come whole from one expression, the marks in their text from another. What is not nested well, or stands where
a browser would move it, is no plain markup, and is for `document.build`.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_NESTING
from newsreader.document.blocks import (
    Block,
    Code,
    Document,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Text,
)
from newsreader.document.listings import MARKS
from newsreader.document.numbering import numbered_once
from newsreader.document.pictures import captioned, described, is_button
from newsreader.document.runs import Run
from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK: Final = "(?:p|div|h[1-6]|ul|ol|li|blockquote|figure|figcaption|pre|hr)"
_SPLIT: Final = re.compile(
    rf"<(p|li|h[1-6]|figcaption)>([^<]*(?:<(?!/?{_BLOCK}>)[^<]*)*)</\1> ?"  # a block without blocks in it
    rf"|<(/?{_BLOCK})>(?:(?<!<pre>) )?"
)
_TAG: Final = re.compile("<([^<>]*)>")
_ATTRIBUTE: Final = re.compile(' ([a-z]+)="([^"]*)"')
_LISTING: Final = re.compile("(?:<code>([^<]*)</code>|([^<]*))")
_LINK: Final = 'a href="'
_PARENTS: Final = {"li": frozenset({"ul", "ol"}), "figcaption": frozenset({"figure"})}
_HOLDERS: Final = frozenset({"body", "div", "li", "blockquote"})  # of blocks and of running text
_LISTS: Final = frozenset({"ul", "ol"})
_LEAVES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"})  # what they hold here is text only


class _NotPlainError(Exception):
    """Something that only the parser can judge."""


def lay_out(html: str, language: str | None = None) -> Document | None:
    """Lay out what `pages.plain_markup` wrote; None where its tags are not nested as plain markup is."""
    try:
        return Document(_Reading().read(html), language)
    except _NotPlainError:
        return None


class _Reading:
    """Clean HTML, laid out. `name` is the element we are in, `blocks` the list being filled in it."""

    def __init__(self) -> None:
        self.name = "body"
        self.blocks: list[Block] = []
        self.outer: list[tuple[str, list[Block]]] = []  # the same of the elements around it
        self.items: list[list[tuple[Block, ...]]] = []  # of the lists we are in
        self.caption: Text | None = None  # of the figure we are in

    def read(self, html: str) -> tuple[Block, ...]:
        """Read it all."""
        tokens = _SPLIT.split(html)
        if tokens[0]:
            self.piece(tokens[0])
        for index in range(1, len(tokens), 4):
            leaf, content, tag, piece = tokens[index : index + 4]
            if leaf is not None:
                self.leaf(leaf, content)
            elif tag[0] == "/":
                self.close(tag[1:])
            else:
                self.open(tag)
            if piece:
                self.piece(piece)
        if self.outer:
            raise _NotPlainError
        blocks = self.blocks
        while blocks and isinstance(blocks[-1], Rule):
            blocks.pop()
        return tuple(captioned(blocks))

    def leaf(self, name: str, content: str) -> None:
        """Take in a block without blocks in it."""
        if self.name not in _PARENTS.get(name, _HOLDERS):
            raise _NotPlainError
        if name == "p":
            self.running_text(content)
            return
        outer, self.blocks = self.blocks, []
        self.running_text(content)
        inner, self.blocks = self.blocks, outer
        if not inner:
            return
        if name == "li":
            self.items[-1].append(tuple(inner))
        elif name == "figcaption":
            if self.caption is not None:
                raise _NotPlainError
            self.caption = _only_text(inner)
        elif "#" in content and "<a" in content:  # such a link in a heading may be its anchor
            raise _NotPlainError
        else:
            self.blocks.append(Heading(int(name[1]), _only_text(inner)))

    def open(self, name: str) -> None:
        """Begin a block with blocks in it."""
        if self.name not in _PARENTS.get(name, _HOLDERS) or len(self.outer) >= MAX_NESTING or name in _LEAVES:
            raise _NotPlainError
        if name == "hr":
            if self.blocks and not isinstance(self.blocks[-1], Rule):
                self.blocks.append(Rule())
            return
        self.outer.append((self.name, self.blocks))
        self.name = name
        if name != "div":  # the others are a block themselves
            self.blocks = []
            if name in _LISTS:
                self.items.append([])

    def close(self, name: str) -> None:
        """End a block with blocks in it."""
        if name != self.name:
            raise _NotPlainError
        inner = self.blocks
        self.name, self.blocks = self.outer.pop()
        if name == "li":
            if inner:
                self.items[-1].append(tuple(inner))
        elif name in _LISTS:
            if items := self.items.pop():
                self.blocks.append(numbered_once(ListBlock(tuple(items), 1 if name == "ol" else None)))
        elif name == "blockquote":
            if inner:
                self.blocks.append(Quote(tuple(inner)))
        elif name == "figure":
            self.figure(inner)
        elif name == "pre":
            self.blocks.extend(inner)

    def figure(self, inner: list[Block]) -> None:
        """Take in a figure: its caption goes to its last picture, or follows what else it shows."""
        caption, self.caption = self.caption, None
        if caption is not None:
            last = inner[-1] if inner else None
            if isinstance(last, Figure):
                inner[-1] = replace(last, caption=caption)
            else:
                inner.append(Paragraph(caption))
        self.blocks.extend(inner)

    def piece(self, piece: str) -> None:
        """Take in what stands between two tags of blocks."""
        if self.name == "pre":
            found = _LISTING.fullmatch(piece)
            if found is None or self.blocks:
                raise _NotPlainError
            text = _text(found[1] or found[2] or "").removeprefix("\n").rstrip()
            if text.strip():
                self.blocks.append(Code(text))
        elif self.name not in _LISTS:
            self.running_text(piece)
        elif piece.strip(" "):
            raise _NotPlainError

    def running_text(self, content: str) -> None:
        """Take in text, with or without marks, links, breaks and pictures in it."""
        if "<" not in content:
            if text := _text(content).strip():
                self.blocks.append(Paragraph(Text(text)))
        elif "&" in content or "  " in content or not self.simple_line(content):
            _Line(self.blocks).read(content)

    def simple_line(self, content: str) -> bool:
        """Take in text in which marks neither touch white space nor each other's insides; tell whether it was such."""
        pieces = _TAG.split(content)
        text = "".join(pieces[::2])
        if text != text.strip() or "  " in text or not (text.isascii() or clean_text(text) is text):
            return False
        spans: list[Span] = []
        position = 0
        for index in range(1, len(pieces) - 3, 4):
            begin, inside, end = pieces[index : index + 3]
            position += len(pieces[index - 1])
            if not inside or inside[0].isspace() or inside[-1].isspace():
                return False
            if (mark := MARKS.get(begin)) is not None and end[1:] == begin and end[0] == "/":
                spans.append(Span(position, position + len(inside), mark))
            elif end == "/a" and begin.startswith(_LINK):
                spans.append(Span(position, position + len(inside), Mark.LINK, begin[8:-1]))
            else:
                return False
            position += len(inside)
        if len(pieces) % 4 != 1:
            return False
        self.blocks.append(Paragraph(Text(text, tuple(spans))))
        return True


class _Line:
    """A paragraph with more in it than plain marks."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.run = Run()
        self.pictures: list[Block] = []
        self.opened: list[str] = []
        self.leads_to: str | None = None  # of the link we are in, where it has no words

    def read(self, content: str) -> None:
        """Read it all."""
        pieces = _TAG.split(content)
        if pieces[0]:
            self.run.add(_text(pieces[0]))
        for index in range(1, len(pieces), 2):
            tag, text = pieces[index], pieces[index + 1]
            if tag[0] == "/":
                if not self.opened or self.opened.pop() != tag[1:]:
                    raise _NotPlainError
                self.run.close()
                self.leads_to = None if tag == "/a" else self.leads_to
            else:
                self.open(tag)
                if tag.startswith(_LINK) and pieces[index + 2 : index + 3]:
                    self.leads_to = self.run.marks()[-1][1] if _is_wordless(pieces, index) else None
            if text:
                self.run.add(_text(text))
        if self.opened:
            raise _NotPlainError
        self.flush()

    def open(self, tag: str) -> None:
        """Begin a mark, or take in something empty."""
        if (mark := MARKS.get(tag)) is not None:
            self.run.open(mark)
            self.opened.append(tag)
        elif tag.startswith(_LINK) and "a" not in self.opened:
            self.run.open(Mark.LINK, _text(tag[len(_LINK) : -1]))
            self.opened.append("a")
        elif tag == "br":
            if self.run.after_break:
                self.flush()
            else:
                self.run.line_break()
        elif tag.startswith("img "):
            attributes = dict(_ATTRIBUTE.findall(tag))
            source, words = _text(attributes["src"]), described(attributes.get("alt", ""), attributes.get("title", ""))
            if not is_button(self.leads_to):
                figure = Figure(source, words, link=self.leads_to if self.leads_to != source else None)
                (self.pictures if self.run.length else self.blocks).append(figure)
        else:
            raise _NotPlainError

    def flush(self) -> None:
        """End the paragraph in the making."""
        if self.run.length and (text := self.run.take()) is not None:
            self.blocks.append(Paragraph(text))
        self.blocks.extend(self.pictures)
        self.pictures.clear()


def _is_wordless(pieces: Sequence[str], index: int) -> bool:
    """Whether a link that begins at a place holds no words but pictures."""
    for place in range(index, len(pieces), 2):
        if pieces[place] == "/a":
            return True
        if pieces[place + 1].strip():
            return False
    return True


def _text(written: str) -> str:
    """What text in clean HTML says."""
    return entities.unescape(written) if "&" in written else written


def _only_text(blocks: Sequence[Block]) -> Text:
    """Give the text of what must be a single paragraph."""
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
        raise _NotPlainError
    return blocks[0].content
