"""Clean HTML to a Document: blocks of running text, in reading order, and no word lost.

Reads the vocabulary that the sanitiser writes. White space is a browser's; text that stands loose between blocks is a
paragraph; a picture inside a sentence comes after its paragraph; two line breaks in a row end a paragraph.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from lxml import etree

from newsreader.bounds import MAX_DEPTH, MAX_NESTING
from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Document,
    Figure,
    Heading,
    Mark,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Text,
)
from newsreader.document.enumeration import Enumeration
from newsreader.document.listings import MARKS, read_listing
from newsreader.document.pictures import captioned, described, is_button, kind_of
from newsreader.document.quotations import is_marked
from newsreader.document.runs import Run, joined
from newsreader.document.tables import read_rows, split, table_blocks, whole_number
from newsreader.text import clean_text, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CONTAINERS: Final = frozenset("p div li dt dd tr td th thead tbody tfoot caption".split())
_IGNORED: Final = frozenset("script style template".split())  # clean HTML has none
_ANCHORS: Final = frozenset(["#", "¶", "§", "🔗", "link", "permalink", "[edit]", "edit"])
_SMALL_IMAGE: Final = 32  # pixels: up to here a picture is a letter of its line (smileys)
_TARGETS: Final = ("https://", "http://", "mailto:", "#")
_ENGLISH: Final = "“”‘’"
_QUOTES: Final = {  # outer and inner marks around quotations, by language
    **dict.fromkeys(("de", "cs", "sk", "sl", "is", "et", "lt", "bg"), "„“‚‘"),
    **dict.fromkeys(("pl", "ro", "hr", "sr", "hu"), "„”‚’"),
    **dict.fromkeys(("fr", "it", "es", "pt", "ru", "uk", "be", "el", "no", "nb", "nn", "ar", "fa"), "«»“”"),
    **dict.fromkeys(("sv", "fi"), "””’’"),
    **dict.fromkeys(("ja",), "「」『』"),
}
_PARSER: Final = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)


def build(html: str, base_url: str = "", *, language: str | None = None) -> Document:
    """Lay out clean HTML as a Document; `language` is the article's where it is known.

    Expects what the sanitiser wrote: deeper or other markup than that is read as text, and never raises. `base_url`
    is used for addresses that are still relative.
    """
    if not html.strip():
        return Document((), language)
    root = etree.fromstring(f"<html><body>{html}</body></html>", _PARSER)
    return build_tree(root, base_url, language=language)


def build_tree(element: etree._Element, base_url: str = "", *, language: str | None = None) -> Document:
    """Do what `build` does from the sanitiser's tree, without parsing its HTML again; the tree is left as it is."""
    builder = Builder(base_url, language)
    blocks = list(builder.inside(element))
    while blocks and isinstance(blocks[-1], Rule):
        blocks.pop()
    builder.lean_on(blocks)
    return Document(tuple(captioned(blocks)), language)


class Builder:
    """Walks a tree once. `blocks` is the list being filled, `run` the paragraph in the making."""

    def __init__(self, base_url: str = "", language: str | None = None) -> None:
        self.base_url = base_url
        self.language = (language or "").partition("-")[0].lower()
        self.quoting = 0  # quotations that we are in
        self.blocks: list[Block] = []
        self.run = Run()
        self.pending: list[Block] = []  # pictures of the paragraph in the making
        self.captions: list[Text] | None = None  # of the figure we are in
        self.in_heading = False
        self.leads_to: str | None = None  # of the link we are in, where it has no words
        self.depth = 0
        self.nesting = 0

    def inside(self, element: etree._Element) -> tuple[Block, ...]:
        """Build the content of an element as blocks of its own."""
        self.flush()
        outer, self.blocks = self.blocks, []
        self.walk(element)
        self.flush()
        inner, self.blocks = self.blocks, outer
        return tuple(inner)

    def walk(self, element: etree._Element) -> None:
        """Take in the text and the children of an element."""
        run, text = self.run, element.text
        if text and (text != "\n" or run.length):  # what stands between most blocks
            run.add(text)
        if not len(element):  # most are: an iterator takes longer
            return
        for child in element:
            self.node(child)
            tail = child.tail
            if tail and (tail != "\n" or run.length):
                run.add(tail)

    def node(self, element: etree._Element) -> None:
        """Take in one element, without the text behind it; of what is too deep only its text."""
        tag: Any = element.tag
        if self.depth >= MAX_DEPTH:
            self.run.add(f" {' '.join(element.itertext())} ")
            return
        self.depth += 1
        if (anchor := element.get("id")) is not None:
            if tag in _HANDLERS or tag in _CONTAINERS:
                self.flush()
            self.run.anchor(anchor)
        if (mark := MARKS.get(tag)) is not None:
            self.run.open(mark)
            self.walk(element)
            self.run.close()
        elif (inline := _INLINE.get(tag)) is not None:
            inline(self, element)
        elif (handler := _HANDLERS.get(tag)) is not None and self.nesting <= MAX_NESTING:
            self.nesting += 1
            handler(self, element)
            self.nesting -= 1
        elif tag in _CONTAINERS or handler is not None:
            self.flush()
            self.walk(element)
            self.flush()
        elif tag not in _IGNORED:
            self.walk(element)
        self.depth -= 1

    def flush(self) -> None:
        """End the paragraph in the making."""
        if self.run.length and (text := self.run.take()) is not None:
            self.blocks.append(Paragraph(text))
        if self.pending:
            self.blocks.extend(self.pending)
            self.pending.clear()

    def lean_on(self, blocks: list[Block]) -> None:
        """Let ids for which no text came lead to the end of the text before; without any they wait on."""
        last = blocks[-1] if blocks else None
        if isinstance(last, Paragraph | Heading) and (waiting := self.run.waiting_anchors()):
            end = len(last.content.text)
            ids = (Span(end, end, Mark.ANCHOR, here.target) for here in waiting)
            blocks[-1] = replace(last, content=Text(last.content.text, (*last.content.spans, *ids)))

    def insert(self, block: Block) -> None:
        """Put in a block found inside a sentence: before its text when there is none yet, else after the paragraph."""
        if self.run.length:
            self.pending.append(block)
            return
        self.lean_on(self.blocks)
        self.blocks.append(block)

    def link(self, element: etree._Element) -> None:
        """Take in a link; an embedded thing is an empty link of class "embed"."""
        target = self.link_address(element.get("href"))
        if target is not None and element.get("class") == "embed":
            self.insert(Media(kind_of(target), target, one_line(element.get("title") or "")))
            self.walk(element)
            return
        if self.in_heading and target and "#" in target and "".join(element.itertext()).strip().lower() in _ANCHORS:
            return
        if target is None:
            self.walk(element)
            return
        outer = self.leads_to
        wordless = len(element) and target[0] != "#" and not "".join(element.itertext()).strip()
        self.leads_to = target if wordless else None
        self.run.open(Mark.LINK, target)
        self.walk(element)
        self.run.close()
        self.leads_to = outer

    def image(self, element: etree._Element) -> None:
        """Take in a picture: a block, unless it stands for letters."""
        alternative = one_line(element.get("alt") or "")
        if alternative and _is_letter(element, alternative):
            self.run.add(alternative)
        elif not is_button(self.leads_to):
            source, here = self.address(element.get("src"), _TARGETS[:2]), Text("", self.run.waiting_anchors())
            words = described(alternative, one_line(element.get("title") or ""))
            self.insert(Figure(source, words, here, self.leads_to if self.leads_to != source else None))

    def media(self, element: etree._Element) -> None:
        """Take in an audio or video player as a line with its address."""
        target = self.address(element.get("src"), _TARGETS[:2])
        if target is not None:
            self.insert(Media(str(element.tag), target, one_line(element.get("title") or "")))
        self.walk(element)

    def line_break(self, _element: etree._Element) -> None:
        """Take in a line break; the second in a row ends the paragraph."""
        if self.run.after_break:
            self.flush()
        else:
            self.run.line_break()

    def quoted(self, element: etree._Element) -> None:
        """Take in an inline quotation with the page's marks, or the outer or inner ones of its language."""
        if is_marked(element):
            self.walk(element)
            return
        marks = _QUOTES.get(self.language, _ENGLISH)
        first = self.quoting % 2 * 2
        self.quoting += 1
        self.run.add(marks[first])
        self.walk(element)
        self.run.add(marks[first + 1])
        self.quoting -= 1

    def heading(self, element: etree._Element) -> None:
        """Take in a heading; what is no text in it follows it."""
        self.in_heading = True
        text, rest = split(self.inside(element))
        self.in_heading = False
        if text.text:
            self.blocks.append(Heading(int(str(element.tag)[1]), _without_permalink(text)))
        self.blocks.extend(rest)

    def rule(self, _element: etree._Element) -> None:
        """Take in a thematic break, unless nothing stands before it."""
        self.flush()
        if self.blocks and not isinstance(self.blocks[-1], Rule):
            self.blocks.append(Rule())

    def listing(self, element: etree._Element) -> None:
        """Take in preformatted text."""
        self.flush()
        content = read_listing(element, self.link_address, self.run.marks())
        if content.text:
            language = (element.get("class") or "").partition("language-")[2]
            spans = (*self.run.waiting_anchors(), *content.spans)
            self.blocks.append(Code(content.text, language or None, spans))
        for here in content.spans if not content.text else ():
            self.run.anchor(here.target or "")

    def quote(self, element: etree._Element) -> None:
        """Take in a block quotation."""
        blocks = self.inside(element)
        if blocks:
            self.blocks.append(Quote(blocks))

    def items(self, element: etree._Element) -> None:
        """Take in a list."""
        listing = Enumeration(element)
        for child, blocks in self.parts(element):
            listing.take(child, blocks)
        self.blocks.extend(listing.lists())

    def definitions(self, element: etree._Element) -> None:
        """Take in a definition list; without any term it is only indented text."""
        found: list[tuple[Text, tuple[Block, ...]]] = []
        for child, blocks in self.parts(element):
            if child is not None and child.tag == "dt":
                found.append(split(blocks))
            elif found and blocks:
                found[-1] = (found[-1][0], found[-1][1] + blocks)
            elif blocks:
                found.append((Text(), blocks))
        if not any(term.text for term, _ in found):
            self.blocks.extend(block for _, meaning in found for block in meaning)
        else:
            self.blocks.append(Definitions(tuple(item for item in found if item[0].text or item[1])))

    def parts(self, element: etree._Element) -> Iterator[tuple[etree._Element | None, tuple[Block, ...]]]:
        """Give the children of a list with their blocks, groups in `div` opened; loose text is no child."""
        self.flush()
        yield None, self.loose(element.text)
        for child in element:
            if child.tag == "div" and child.find("dt") is not None:
                yield from self.parts(child)
            elif child.tag in {"li", "dt", "dd"}:
                if (anchor := child.get("id")) is not None:
                    self.run.anchor(anchor)
                yield child, self.inside(child)
            else:
                yield child, self.alone(child)
            yield None, self.loose(child.tail)

    def alone(self, element: etree._Element) -> tuple[Block, ...]:
        """Build one element itself, where a child of a certain kind was expected."""
        outer, self.blocks = self.blocks, []
        self.node(element)
        self.flush()
        inner, self.blocks = self.blocks, outer
        return tuple(inner)

    def loose(self, text: str | None) -> tuple[Block, ...]:
        """Build text that stands where only elements should."""
        if text is None or not text.strip():
            return ()
        self.run.add(text)
        taken = self.run.take()
        return (Paragraph(taken),) if taken is not None else ()

    def figure(self, element: etree._Element) -> None:
        """Take in a figure: its caption goes to its last picture, or follows what else it shows."""
        outer, self.captions = self.captions, []
        blocks = list(self.inside(element))
        captions, self.captions = self.captions, outer
        caption = joined(captions, "\n")
        last = blocks[-1] if blocks else None
        if caption.text and isinstance(last, Figure) and not last.caption.text:
            blocks[-1] = replace(last, caption=joined((last.caption, caption), ""))
        elif caption.text:
            blocks.append(Paragraph(caption))
        self.blocks.extend(blocks)

    def caption(self, element: etree._Element) -> None:
        """Take in the caption of the figure we are in; outside of one it is a paragraph."""
        blocks = self.inside(element)
        if self.captions is None:
            self.blocks.extend(blocks)
            return
        text, rest = split(blocks)
        if text.text:
            self.captions.append(text)
        self.blocks.extend(rest)

    def table(self, element: etree._Element) -> None:
        """Take in a table; what stands in it outside of its cells comes before it, as in a browser."""
        self.flush()
        rows, caption = read_rows(self, element)
        self.flush()
        self.blocks.extend(table_blocks(rows, caption, element.get("dir")))

    def link_address(self, address: str | None) -> str | None:
        """Give the address of a link if it may be followed, or None."""
        return self.address(address, _TARGETS)

    def address(self, address: str | None, allowed: tuple[str, ...]) -> str | None:
        """Give an address that may be followed, or None."""
        if not address:
            return None
        if self.base_url and not address.startswith(allowed):
            try:
                address = urljoin(self.base_url, address)
            except ValueError:
                return None
        if not address.startswith(allowed):
            return None
        return address if address.isascii() and address.isprintable() else clean_text(address)


_INLINE: Final[dict[str, Callable[[Builder, etree._Element], None]]] = {
    "a": Builder.link,
    "img": Builder.image,
    "br": Builder.line_break,
    "q": Builder.quoted,
}
_HANDLERS: Final[dict[str, Callable[[Builder, etree._Element], None]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Builder.heading),
    **dict.fromkeys(("audio", "video"), Builder.media),
    **dict.fromkeys(("ul", "ol"), Builder.items),
    "hr": Builder.rule,
    "pre": Builder.listing,
    "blockquote": Builder.quote,
    "dl": Builder.definitions,
    "figure": Builder.figure,
    "figcaption": Builder.caption,
    "table": Builder.table,
}


def _without_permalink(text: Text) -> Text:
    """Take the link away that makes a whole heading lead to itself."""
    here = {f"#{span.target}" for span in text.spans if span.mark is Mark.ANCHOR}
    kept = (span for span in text.spans if span.mark is not Mark.LINK or span.target not in here)
    return Text(text.text, tuple(kept)) if here else text


def _is_letter(element: etree._Element, alternative: str) -> bool:
    """Whether a picture stands for letters of its line: a smiley, an icon."""
    if len(alternative) <= 3 and not alternative.isalnum():
        return True
    return all(0 < whole_number(element.get(side), 0) <= _SMALL_IMAGE for side in ("width", "height"))
