"""Articles on several pages: which address is the next page of this very article, and the pages as one.

A link is not enough: blogs say "next" of another article. The next page's address is the first one's and a number.
"""

from __future__ import annotations

import re
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

from newsreader.pages.addresses import web_address
from newsreader.pages.cleaning import clean, clean_tree, serialise
from newsreader.pages.trimming import TEXT_BLOCKS, key_of, remove, text_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree
    from lxml.html import HtmlElement

_SHORT: Final = 60  # characters: shorter lines, as headings, may stand on several pages of an article
_BESIDE: Final = 12  # characters beside links to pages: "Page 1 of 3"
_PAGER: Final = re.compile(  # what such a link says, in the languages of most such pages
    r"^[\W\d]*$|\b(?:next|prev(?:ious)?|pages?|weiter|zurück|vorherige|nächste|seite|suivante?|précédente?|siguiente"
    r"|anterior|página|próxima|successiva|precedente|pagina|volgende|następna|poprzednia|strona|nästa|sida)\b",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_MOST_PAGERS: Final = 200
_MOST_LINKS: Final = 5_000  # looked at on one page
_END: Final = re.compile(r"(?:#.*|/+)$", re.DOTALL)
_FIRST: Final = re.compile(r"(?:/(?:page/?)?1|[?&]p(?:age)?=1)$")  # "first page" said in its address
_TYPE: Final = r"(?:\.(?:html?|php|aspx?|shtml))?"
_WORD: Final = r"(?:p|pg|pag|pages?|paged|page_?num(?:ber)?|pageno|pagina|página|seite|s|sida|side|strona|sayfa)"
_NUMBER: Final = re.compile(rf"{_TYPE}(?:[/_,.-](?:{_WORD}[/_=-]?)?|[?&]{_WORD}=)(\d{{1,2}}){_TYPE}", re.IGNORECASE)
_NEXT: Final = re.compile(r"(?:^|\s)next(?:$|\s)", re.IGNORECASE)


def page_number(first: str, address: str) -> int | None:
    """Tell which page of the article at `first` an address is: 1 for the same, None for something else."""
    start, other = _bare(first), _bare(address)
    if start == other:
        return 1
    start = re.sub(rf"{_TYPE}$", "", _FIRST.sub("", start))
    found = _NUMBER.fullmatch(other, len(start)) if other.startswith(start) else None
    return int(found[1]) if found is not None and int(found[1]) > 1 else None


def _bare(address: str) -> str:
    return _END.sub("", _END.sub("", address)).partition("://")[2]


def next_page(root: HtmlElement, url: str, first: str) -> str | None:
    """Find the address of the page after `url` of the article that begins at `first`."""
    number = page_number(first, url)
    if number is None:
        return None
    wanted = re.compile(rf"\D{number + 1}{_TYPE}/?(?:#|$)")
    for link, _ in zip(root.iter("link", "a"), range(_MOST_LINKS), strict=False):
        href = link.get("href")
        if not href or not (_NEXT.search(link.get("rel") or "") or wanted.search(href)):
            continue
        address = web_address(href, url)
        if address is not None and page_number(first, address) == number + 1:
            return address
    return None


def drop_pagers(body: etree._Element, first: str) -> None:
    """Take out the links to other pages of the article that begins at `first`, where they stand alone: "1 2 Next"."""
    pagers = []
    for link in islice(body.iter("a"), _MOST_LINKS):
        href = link.get("href") or "#"
        text = "".join(link.itertext())
        if not href.startswith("#") and page_number(first, href) and len(text) <= _SHORT and _PAGER.search(text):
            pagers.append(link)
    if len(pagers) > _MOST_PAGERS or all(page_number(first, link.get("href") or "") == 1 for link in pagers):
        return
    for link in pagers:
        if body not in link.iterancestors():
            continue  # it went with others
        around = next(link.iterancestors(*TEXT_BLOCKS), None)
        if around is not None and _are_all_of(around, pagers):
            remove(around)
        elif _stands_alone(link, pagers):
            remove(link)


def _stands_alone(link: etree._Element, pagers: Sequence[etree._Element]) -> bool:
    """Whether a link stands between blocks, and no words beside it."""
    before, after = link.getprevious(), link.getnext()
    holder = link.getparent()
    text = holder.text if before is None and holder is not None else before.tail if before is not None else ""
    if _LETTER.search(f"{text or ''}{link.tail or ''}"):
        return False
    return all(each is None or each.tag in TEXT_BLOCKS or each in pagers for each in (before, after))


def _are_all_of(around: etree._Element, pagers: Sequence[etree._Element]) -> bool:
    """Whether a block holds hardly more than links to pages: numbers, perhaps the word "Page"."""
    linked = sum(len("".join(link.itertext())) for link in around.iter("a") if link in pagers)
    return len("".join(around.itertext()).strip()) - linked <= _BESIDE


def join(parts: Sequence[str], url: str, rest: str | None = None) -> str:
    """Make the clean HTML of an article's pages one, without what stood on a page before: titles, pictures, notes.

    `rest` is the address of a page that could not be had; the article then ends in a link to it.
    """
    seen: set[str] = set()
    joined = [_without(part, seen, url) for part in parts]
    if rest is not None:
        joined.append(f'<p><a href="{escape(rest)}">The article goes on here.</a></p>')
    return clean("".join(joined), url)


def _without(part: str, seen: set[str], url: str) -> str:
    """Give a page without what was seen on those before it, and add what is on it to `seen`."""
    body = clean_tree(part, url)
    new: set[str] = set()
    at_top = True
    for block, text in text_blocks(body):
        key = key_of(text)
        if key in seen and (at_top or len(text) > _SHORT):
            remove(block)
            continue
        new.add(key)
        at_top = at_top and len(text) <= _SHORT
    for image in list(body.iter("img")):
        source = image.get("src") or ""
        if source in seen:
            remove(image)
        new.add(source)
    seen |= new
    return serialise(body)
