"""The article of a page: where its text is densest, checked against what the page says and by readability-lxml.

Order: decode, tame and parse once; read the metadata; measure the page and take what is none of the article out of
it; choose the part where most running text is; take lists of links and labels out of that. Where little was found,
readability is asked, and what schema.org calls `articleBody`. Last, what the title line above the article shows anyway
is trimmed off. The result has passed the sanitiser.
"""

from __future__ import annotations

import copy
import logging
import re
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml import html as lxml_html
from readability import Document
from readability.readability import Unparseable

from newsreader.bounds import MAX_ELEMENTS, MAX_SECOND_LOOK, NO_TEXT
from newsreader.errors import ParseError
from newsreader.pages import amp, direction, mathematics
from newsreader.pages.choosing import choose, forget_before, headline_of, holders_of, is_title, leads
from newsreader.pages.cleaning import clean_tree, serialise
from newsreader.pages.decoding import decode
from newsreader.pages.markup import parse_whole, tame
from newsreader.pages.metadata import Metadata, read_metadata
from newsreader.pages.paging import drop_pagers
from newsreader.pages.pruning import mark_quotations, prune
from newsreader.pages.refining import refine
from newsreader.pages.repeated import Repeated, drop_repeated, edges
from newsreader.pages.trimming import drop_title, key_of, lines_of, trim, words_of
from newsreader.pages.walls import PAID, PERHAPS_PAID, is_cut_off, wall_before

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_SOFT_HYPHENS: Final = ("\xad", "&shy;", "&#173;", "&#xad;", "&#xAD;")  # where a browser may break a word
_MARKUP: Final = re.compile("<[^<>]*>")
_count_elements: Final = etree.XPath("count(//*)")
_PARSER: Final = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
_LITTLE: Final = 0.1  # the quality of what may be only the beginning
_MISSED: Final = 1.35  # so many times the text: much was missed
_POOR: Final = 300  # characters of running text: below this readability is asked, too
_LONG_BODY: Final = 2000  # characters: a shorter articleBody may be a summary
_NO_ARTICLE: Final = "No article text found on the page."

logging.getLogger("readability.readability").propagate = False  # it reports each failure that we turn into a phrase
logging.getLogger("readability.readability").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as found on its page. `html` has passed the sanitiser, `text` is its words, a line each block.

    `quality` is 0 to 1: how much speaks for this being the whole article and nothing else. It is not `whole` where the
    page says that the article is not free, and shows little of it. `edges` are the marks of its first and last blocks,
    of those too that were dropped as repeated.
    """

    title: str
    byline: str
    published: int | None
    language: str | None
    html: str
    text: str
    image: str | None
    next_page: str | None
    quality: float
    whole: bool = True
    edges: tuple[int, ...] = ()


def extract(
    html: bytes | str,
    url: str,
    *,
    title: str | None = None,
    summary: str | None = None,
    first: str | None = None,
    repeated: Repeated | None = None,
) -> Extracted:
    """Find the article on its page; `title` and `summary` (HTML or text) are what the feed says of it.

    `first` is the address of the first page of an article that goes on on this one; `repeated` are the `edges` that
    stood in several other articles of the site: such blocks are dropped at the ends of this one.
    Bytes are decoded by what they say themselves; who knows the HTTP header decodes first. Where the page says that
    the article is not free, and shows little of it, the result ends in a sentence that says so. Raises ParseError where
    the page holds no article of at least NO_TEXT characters, or shows a wall, or less than the feed gave. Runs in a
    child with a deadline: pages made for it take seconds.
    """
    about, found = _find(html, url, title or "", summary or "", first, repeated)
    wall = wall_before(about.title, found.text, title or "")
    if wall is None and first is None and is_cut_off(found.text, free=about.free):
        if len(found.text) < max(NO_TEXT, len(_plain(summary or ""))):
            wall = PAID
        else:
            note = f"<p><em>{PERHAPS_PAID}</em></p>"
            text = f"{found.text}\n{PERHAPS_PAID}"
            return replace(found, html=found.html + note, text=text, quality=_LITTLE, whole=False)
    if wall is None and len(found.text) < (NO_TEXT if first is None else 1):
        wall = _NO_ARTICLE
    if wall is not None:
        raise ParseError(wall, f"{len(found.text)} characters at {url}")
    return found


def find_article(html: bytes | str, url: str, *, title: str | None = None, summary: str | None = None) -> Extracted:
    """Do what `extract` does, but give whatever text there is, however short; ParseError where there is none."""
    return _find(html, url, title or "", summary or "")[1]


def _find(
    html: bytes | str,
    url: str,
    title: str,
    summary: str,
    first: str | None = None,
    repeated: Repeated | None = None,
) -> tuple[Metadata, Extracted]:
    root = _parse(html)
    about = read_metadata(root, url, first)
    names = frozenset(filter(None, map(key_of, (title, about.title, about.headline))))
    marks: tuple[int, ...] = ()
    if _size(root) > MAX_ELEMENTS:  # to choose would take many seconds
        tree = clean_tree(_whole(root), url)
        drop_title(tree, names)
    else:
        tree = clean_tree(_choose(root, about, names, key_of(_plain(summary)), html), url)
        if about.next_page is not None or first is not None:
            drop_pagers(tree, first or url)
        trim(tree, names, about.byline, url)
        marks = edges(tree)
        drop_repeated(tree, repeated or {})
        tree = clean_tree(serialise(tree), url)  # what was trimmed may have been what a link led to
    text = lines_of(tree)
    return about, Extracted(
        title=about.title,
        byline=about.byline,
        published=about.published,
        language=about.language,
        html=serialise(tree),
        text=text,
        image=about.image,
        next_page=about.next_page,
        quality=_quality(tree, text, words_of(summary)),
        edges=marks,
    )


class _Readability(Document):  # type: ignore[misc]  # the library has no types
    """readability on a tree that is parsed already: cleaned once, copied for each of its passes."""

    def __init__(self, root: HtmlElement) -> None:
        super().__init__(root)
        self._cleaned: HtmlElement = super()._parse(root)

    def _parse(self, _input: object) -> HtmlElement:
        return copy.deepcopy(self._cleaned)

    def get_clean_html(self) -> str:
        """Write the result as it is: the library would go over it with regular expressions that can take for ever."""
        return etree.tostring(self.html, method="html", encoding="unicode")


def _parse(html: bytes | str) -> HtmlElement:
    text = html if isinstance(html, str) else decode(html)
    text = tame(_XML_DECLARATION.sub("", text, count=1))
    for hyphen in _SOFT_HYPHENS:
        text = text.replace(hyphen, "")
    try:
        root: HtmlElement | None = parse_whole(text, _PARSER)
    except etree.LxmlError:
        root = None
    if root is None or root.find("body") is None:
        raise ParseError(_NO_ARTICLE, "an empty page")
    amp.write_out(root)
    mathematics.write_out(root)
    direction.write_down(root)
    return root


def _choose(root: HtmlElement, about: Metadata, names: frozenset[str], summary: str, html: bytes | str) -> str:
    """Give the HTML of the article: where the text is densest, unless a second opinion finds much more."""
    found, length = _densest(root, names, summary)
    if length < _POOR and _size(anew := _parse(html)) <= MAX_SECOND_LOOK:
        second = _readability(anew)
        if _running_text(second) > _MISSED * max(length, 1):
            found, length = second, _running_text(second)
    enough = max(_LONG_BODY, 2 * length)
    if len(about.body) > enough and _running_text(body := _paragraphs(about.body)) > enough:
        return body
    return found


def _densest(root: HtmlElement, names: frozenset[str], summary: str) -> tuple[str, int]:
    """Find the article by our own method: its HTML, and how much running text there is in it."""
    body = root.body
    assert body is not None  # _parse has looked
    measures = prune(body, names)
    headline = headline_of(body, measures, names)
    if headline is not None and is_title(headline, names):
        forget_before(headline, measures)
    core = choose(body, measures, holders_of(summary, body, measures))
    beginning = leads(headline, core, measures) if headline is not None else []
    length = sum(measures[part].running for part in (*beginning, core))
    refine(core, measures)
    return "".join(map(_source, [*beginning, core])), length


def _readability(root: HtmlElement) -> str:
    """Give what readability takes for the article, empty where it fails."""
    body = root.body
    assert body is not None  # _parse has looked
    mark_quotations(body)
    try:
        return str(_Readability(root).summary(html_partial=True))
    except (Unparseable, ValueError, etree.LxmlError):
        return ""  # it was a second opinion only


def _whole(root: HtmlElement) -> str:
    """Give the HTML of all that may be the article, without choosing."""
    part = next((part for part in root.iter("article", "main") if len(part.text_content()) > _LONG_BODY), root.body)
    assert part is not None  # _parse has looked
    return _source(part)


def _running_text(html: str) -> int:
    body = _parse(html).body if html.strip() else None
    return prune(body)[body].running if body is not None else 0


def _paragraphs(body: str) -> str:
    """Give the text of schema.org's articleBody as HTML: it is HTML, escaped or not, or lines that are paragraphs."""
    body = unescape(body) if "&lt;" in body else body
    if re.search("<(?:p|br|div|a|em|h[1-6])[ />]", body):
        return body
    return "".join(f"<p>{escape(line)}</p>" for line in unescape(body).splitlines() if line.strip())


def _plain(html: str) -> str:
    return unescape(_MARKUP.sub(" ", html))


def _size(root: HtmlElement) -> float:
    return float(_count_elements(root))


def _source(element: HtmlElement) -> str:
    return lxml_html.tostring(element, encoding="unicode", with_tail=False)


def _quality(tree: etree._Element, text: str, summary: frozenset[str]) -> float:
    """Weigh what speaks for an extraction: its length, few links, the words of the feed's summary in it."""
    linked = sum(len("".join(link.itertext())) for link in tree.iter("a"))
    length = min(1.0, len(text) / 1500)
    density = 1.0 - min(1.0, linked / max(len(text), 1))
    covered = len(summary & words_of(text)) / len(summary) if len(summary) >= 8 else 1.0
    return round(length * density * covered, 3)
