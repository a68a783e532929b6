"""The article of a page: readability-lxml, helped where it is known to fail, and checked against what the page says.

Order: decode, tame and parse once; read the metadata; prune; let readability choose; compare its choice with the
containers that the page itself names (`articleBody` in HTML and in JSON-LD, `article`, `main`); trim what the title
line above the article shows anyway. The result has passed the sanitiser.
"""

from __future__ import annotations

import copy
import logging
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml import html as lxml_html
from readability import Document
from readability.readability import Unparseable

from newsreader.bounds import MAX_ELEMENTS, NO_TEXT
from newsreader.errors import ParseError
from newsreader.pages.cleaning import clean_tree, serialise
from newsreader.pages.decoding import decode
from newsreader.pages.markup import parse_whole, tame
from newsreader.pages.metadata import Metadata, read_metadata
from newsreader.pages.pruning import link_length, prune, text_length
from newsreader.pages.trimming import lines_of, trim, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_PARSER: Final = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
_BODY_CLASSES: Final = re.compile(
    r"(?:^|\s)(?:entry-content|post-content|article-body|article-content|article__body|article__content|post-body"
    r"|story-body|articleBody|article-text|post__content|single-content)(?:\s|$)"
)
_MISSED: Final = 1.35  # a marked container with this many times the text: readability missed much
_POOR: Final = 1000  # characters of running text: below this the unpruned page is tried, too
_NO_ARTICLE: Final = "No article text found on the page."

logging.getLogger("readability.readability").propagate = False  # it reports each failure that we turn into a phrase
logging.getLogger("readability.readability").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as found on its page. `html` has passed the sanitiser, `text` is its words, a line each block.

    `quality` is 0 to 1: how much speaks for this being the whole article and nothing else.
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


def extract(html: bytes | str, url: str, *, title: str | None = None, summary: str | None = None) -> Extracted:
    """Find the article on its page; `title` and `summary` (HTML or text) are what the feed says of it.

    Bytes are decoded by what they say themselves; who knows the HTTP header decodes first. Raises ParseError where
    the page holds no article of at least NO_TEXT characters. Runs in a child with a deadline: pages made for it take
    readability seconds.
    """
    found = find_article(html, url, title=title, summary=summary)
    if len(found.text) < NO_TEXT:
        raise ParseError(_NO_ARTICLE, f"{len(found.text)} characters at {url}")
    return found


def find_article(html: bytes | str, url: str, *, title: str | None = None, summary: str | None = None) -> Extracted:
    """Do what `extract` does, but give whatever text there is, however short; ParseError where there is none."""
    root = _parse(html)
    about = read_metadata(root, url)
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:  # readability would need many seconds, and find no more
        tree = clean_tree(_whole(root), url)
    else:
        tree = clean_tree(_choose(root, about, html), url)
        trim(tree, [name for name in (title, about.title, about.headline) if name], about.byline)
        tree = clean_tree(serialise(tree), url)  # what was trimmed may have been what a link led to
    text = lines_of(tree)
    return Extracted(
        title=about.title,
        byline=about.byline,
        published=about.published,
        language=about.language,
        html=serialise(tree),
        text=text,
        image=about.image,
        next_page=about.next_page,
        quality=_quality(tree, text, words_of(summary or "")),
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
    try:
        root: HtmlElement | None = parse_whole(text, _PARSER)
    except etree.LxmlError:
        root = None
    if root is None or root.find("body") is None:
        raise ParseError(_NO_ARTICLE, "an empty page")
    return root


def _choose(root: HtmlElement, about: Metadata, html: bytes | str) -> str:
    """Give the HTML of the article: readability's, unless what the page itself marks says that it missed much."""
    prune(root)
    found = _readability(root)
    length = _running_text(found)
    best = max(_marked(root), key=_running_length, default=None)
    if best is not None and _running_length(best) > _MISSED * length:
        return _source(best)
    if length < NO_TEXT:
        main = _main_part(root)
        if main is not None:
            return _source(main)
    body = _paragraphs(about.body)
    if about.body and _running_text(body) > max(2 * _POOR, 2 * length):
        return body
    if length < _POOR:
        unpruned = _readability(_parse(html))
        if _running_text(unpruned) > _MISSED * length:
            return unpruned
    return found


def _readability(root: HtmlElement) -> str:
    try:
        return str(_Readability(root).summary(html_partial=True))
    except (Unparseable, ValueError, etree.LxmlError) as error:
        raise ParseError(_NO_ARTICLE, str(error)) from error


def _marked(root: HtmlElement) -> Iterator[HtmlElement]:
    """Give the elements that the page itself marks as the text of its article."""
    for element in root.xpath("//*[@itemprop='articleBody'] | //*[@class]"):
        if element.get("itemprop") == "articleBody" or _BODY_CLASSES.search(element.get("class") or ""):
            yield element


def _main_part(root: HtmlElement) -> HtmlElement | None:
    """Give the first element that is by its name the article, if there is running text in it."""
    return next((part for part in root.iter("article", "main") if _running_length(part) > _POOR), None)


def _whole(root: HtmlElement) -> str:
    """Give the HTML of all that may be the article, without choosing."""
    part = _main_part(root)
    if part is None:
        part = root.body
    assert part is not None  # _parse has looked
    return _source(part)


def _running_length(element: HtmlElement) -> int:
    """Characters of running text: long paragraphs, without their links."""
    return sum(
        length - link_length(part)
        for part in element.iter("p", "li", "blockquote", "pre")
        if (length := text_length(part)) > 60
    )


def _running_text(html: str) -> int:
    return _running_length(lxml_html.fromstring(html)) if html.strip() else 0


def _paragraphs(body: str) -> str:
    """Give the text of schema.org's articleBody as HTML: it is HTML, escaped or not, or lines that are paragraphs."""
    body = unescape(body) if "&lt;" in body else body
    if re.search("<(?:p|br|div|a|em|h[1-6])[ />]", body):
        return body
    return "".join(f"<p>{escape(line)}</p>" for line in unescape(body).splitlines() if line.strip())


def _source(element: HtmlElement) -> str:
    return lxml_html.tostring(element, encoding="unicode", with_tail=False)


def _quality(tree: etree._Element, text: str, summary: frozenset[str]) -> float:
    """Weigh what speaks for an extraction: its length, few links, the words of the feed's summary in it."""
    linked = sum(len("".join(link.itertext())) for link in tree.iter("a"))
    length = min(1.0, len(text) / 1500)
    density = 1.0 - min(1.0, linked / max(len(text), 1))
    covered = len(summary & words_of(text)) / len(summary) if len(summary) >= 8 else 1.0
    return round(length * density * covered, 3)
