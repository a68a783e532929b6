"""How much text there is in an element of a page, how much of it in links, and what speaks for its being the article.

Each block of text counts for its running characters and against for those in links; the sums tell where the article
is (see `choosing`). An element is measured when all that is inside it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import MAX_TITLE
from newsreader.pages.phrases import announced
from newsreader.pages.trimming import key_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE_NAMES: Final = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math picture q rp rt ruby "
    "s samp small source span strike strong sub sup svg time tt u var wbr"
)
INLINE: Final = frozenset(_INLINE_NAMES.split())
LONG: Final = 140  # characters: a block of this length is text, not a label
_SENTENCE: Final = 60  # characters: a block of this length may be one
_TITLE: Final = 60  # characters: a longer line is no title
LABEL: Final = 25  # characters: a shorter one is a label
_MEDIA: Final = frozenset({"img", "iframe", "video", "audio", "embed"})
_CELLS: Final = frozenset({"td", "th", "li", "dt", "dd", "pre", "figcaption", "caption"})  # short by their nature
_FRAMES: Final = frozenset({"article", "body", "main"})
_STATED: Final = frozenset({*HEADINGS, "p", "pre", "code", "blockquote", "table"})  # markup that says: this is text
_WIDE: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")  # a character of these says as much as two


class Measure:
    """What is inside an element. Lengths are in characters, white space folded, wide characters counted twice."""

    __slots__ = (
        "chars", "commas", "flow", "flow_linked", "headings", "linked", "linked_headings", "long",
        "opening", "pictures", "running", "score", "stated", "titled",
    )  # fmt: skip

    def __init__(self) -> None:
        self.chars = 0
        self.linked = 0  # of `chars`, those in links that lead away
        self.running = 0  # of `chars`, those in blocks long enough for a sentence, without links
        self.long = 0  # blocks of LONG running characters
        self.commas = 0
        self.pictures = 0  # and players
        self.headings = 0
        self.linked_headings = 0
        self.titled = False  # whether one of them is a headline: an h1, or a title of the article
        self.score = 0.0  # what speaks for its being the article
        self.stated = False  # whether there is markup in it that stands for text
        self.opening = ""  # what its first line says of it: SECTION, DISCUSSION, or nothing
        self.flow = 0  # of `chars`, those that belong to the block around this element
        self.flow_linked = 0

    @property
    def link_share(self) -> float:
        """The part of the text that stands in links."""
        return self.linked / self.chars if self.chars else 0.0


Measures = dict[Any, Measure]


def measured(element: HtmlElement, measures: Measures, names: Collection[str]) -> Measure:
    """Measure an element, of whose children those count that have been measured.

    `names` are the titles of the article, as `key_of` gives them.
    """
    found = _sum(element, measures)
    tag: Any = element.tag
    if tag == "a":
        _close_link(element, found)
    elif tag in _MEDIA:
        found.pictures = 1
    elif tag not in INLINE:
        if tag in HEADINGS and 0 < found.chars < MAX_TITLE:
            found.titled = tag == "h1" or key_of(element.text_content()) in names
        if 0 < found.flow == found.chars <= _TITLE:
            found.opening = announced(" ".join(element.text_content().split()))
        _close_block(tag, found)
    return found


def _sum(element: HtmlElement, measures: Measures) -> Measure:
    found = Measure()
    text = element.text
    if text:
        found.flow = found.chars = _length(text)
        found.commas = text.count(",")
    for child in element:
        inner = measures.get(child)
        if inner is not None:
            if not found.chars:
                found.opening = inner.opening
            _add(found, inner)
        tail = child.tail
        if tail:
            length = _length(tail)
            found.flow += length
            found.chars += length
            found.commas += tail.count(",")
    if element.tag in _STATED:
        found.stated = True
    if found.titled or element.tag in _FRAMES:
        found.opening = ""  # the first line of a page is no title of it
    return found


def _add(found: Measure, inner: Measure) -> None:
    found.chars += inner.chars
    found.linked += inner.linked
    found.running += inner.running
    found.long += inner.long
    found.commas += inner.commas
    found.pictures += inner.pictures
    found.headings += inner.headings
    found.linked_headings += inner.linked_headings
    found.score += inner.score
    found.flow += inner.flow
    found.flow_linked += inner.flow_linked
    found.stated = found.stated or inner.stated
    found.titled = found.titled or inner.titled


def _close_link(link: HtmlElement, found: Measure) -> None:
    """Count the text of a link that leads away as linked; one within the page is text."""
    if (link.get("href") or "#").startswith("#"):
        return
    found.linked = found.chars
    found.flow_linked = found.flow
    found.linked_headings = found.headings
    found.running = found.long = 0
    found.score = -float(min(found.chars, _SENTENCE)) if found.score else 0.0


def _close_block(tag: str, found: Measure) -> None:
    """Weigh a block's own text, that of the inline elements in it included."""
    flow, linked = found.flow, found.flow_linked
    found.flow = found.flow_linked = 0
    if not flow:
        return
    plain = flow - linked
    if tag in HEADINGS:
        found.headings += 1
        found.linked_headings += linked > 0.8 * flow
    if linked * 2 > flow:
        found.score -= min(linked, _SENTENCE)
    elif tag in HEADINGS:
        found.score += plain - linked if plain > 80 else 0
    elif tag in _CELLS:
        found.score += (plain - linked) * (0.5 if plain < _SENTENCE else 1)
    elif flow < LABEL:
        found.score -= 10
    elif flow > _SENTENCE:
        found.score += plain - linked
    if tag not in HEADINGS:
        found.running += plain if flow > _SENTENCE else 0
    found.long += plain > LONG


def _length(text: str) -> int:
    length = len(" ".join(text.split()))
    return length if text.isascii() else length + len(_WIDE.findall(text))
