"""One function a field: from the elements of a feed or an article to the value that the model holds.

The formats are read together, because feeds mix them: RSS carries atom:link and dc:creator, Atom carries media:group.
A caller names the elements by preference; which meaning of `link`, `author` or `category` stands there, the element
itself shows by its attributes, children or text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urljoin

from newsreader.bounds import MAX_NAME, MAX_TITLE
from newsreader.feeds import markup
from newsreader.feeds.dates import day_comes_first, parse_date
from newsreader.model import Enclosure
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml import etree
    from lxml.etree import _Element

    from newsreader.feeds.names import Names

Found: TypeAlias = "dict[str, list[_Element]]"
People: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""Names, and the mail addresses that belong to them ("" where there is none), or nothing where there are none."""

YEAR_1: Final = -62_104_060_800
"""Where the year 1 ends: programs that have no date write its first day."""
MAX_LIST: Final = 100  # authors, categories, enclosures of one article: more is a flood
_MAIL = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
_MAIL_BRACKETS = re.compile(r"[(<\[]?\s*(?:mailto:)?" + _MAIL.pattern + r"\s*[)>\]]?")
_NUMBER = re.compile(r"\s*(\d{1,15})\s*$", re.ASCII)
_PAGE_TYPES: Final = frozenset(("", "text/html", "application/xhtml+xml", "html", "text/plain"))
_LAST_PAGES: Final = ("canonical", "bookmark", "related", "via")  # what may stand for the page, best first
_RELATIONS: Final = frozenset(("alternate", "permalink", "self", "enclosure", "replies", *_LAST_PAGES))
_FEED_TYPES: Final = ("application/atom", "application/rss", "application/rdf", "application/xml", "text/xml")


@dataclass(slots=True)  # not frozen: one is made for each feed, and freezing costs as much as an article
class Context:
    """What reading any part of a document needs to know of the whole."""

    names: Names
    atom: bool  # text constructs follow Atom: plain text unless they say otherwise
    base: str  # the address of the document
    has_bases: bool  # whether any xml:base stands in it; looking for them costs time
    language: str | None = None  # of the document
    day_first: Callable[[], bool] = bool  # whether 3/4/2024 is in April
    nested: list[_Element] = field(default_factory=list)  # articles with others inside: an end tag came too late

    def base_of(self, element: etree._Element, base: str) -> str:
        """The address that relative ones inside an element start from: its xml:base, else the one given."""
        if not self.has_bases:
            return base
        bases = [value for e in (element, *element.iterancestors()) if (value := e.get(markup.XML_BASE))]
        if not bases:
            return base
        joined = self.base
        for value in reversed(bases):
            try:
                joined = urljoin(joined, one_line(value))
            except ValueError:
                continue
        return joined


class DayFirst:
    """Whether dates like 3/4/2024 have the day first in a feed; worked out when it is first asked."""

    def __init__(
        self, articles: list[etree._Element], names: Names, dates: frozenset[str], language: str | None
    ) -> None:
        self._articles, self._names, self._tags, self._language = articles, names, dates, language
        self._known: bool | None = None

    def __call__(self) -> bool:
        """The answer: any day after the twelfth settles it, else the language of the feed."""
        if self._known is None:
            self._known = day_comes_first(self._dates(), self._language)
        return self._known

    def _dates(self) -> Iterator[str]:
        """The dates of the articles as they are written."""
        children = (child for element in self._articles for child in element)
        return (child.text for child in children if self._names[child.tag] in self._tags and child.text)


@dataclass(slots=True)
class Links:
    """What the `link` elements of a feed or an article say together; `own` is the address of the thing itself.

    `near` is what an article that names no page is about or comes from.
    """

    page: str | None = None
    own: str | None = None
    near: str | None = None
    enclosures: list[Enclosure] | None = None
    comments: str | None = None
    comments_feed: str | None = None
    comments_count: int | None = None


def collect(elements: Iterable[etree._Element], names: Names) -> Found:
    """Sort child elements by their short names; those without a meaning are left out."""
    found: Found = {}
    for element in elements:
        name = names[element.tag]
        if name in found:
            found[name].append(element)
        elif name:
            found[name] = [element]
    return found


def title(
    found: Found, names: tuple[str, ...], context: Context, base: str, limit: int = MAX_TITLE
) -> tuple[str, str | None]:
    """The first of the named elements that gives one line of text, with its HTML where that says more; "" without."""
    for name in names:
        for element in found.get(name, ()):
            own_base = context.base_of(element, base)
            line, written = markup.title(element, own_base, atom=context.atom, limit=limit)
            if line:
                return line, written
    return "", None


def html(found: Found, names: Iterable[str], context: Context, base: str) -> str | None:
    """The first of the named elements that holds any text, as HTML."""
    for name in names:
        best = ""
        for element in found.get(name, ()):
            text = markup.construct(element, context.base_of(element, base), atom=context.atom)
            if len(text) > len(best):
                best = text
        if best:
            return best
    return None


def text(found: Found, names: tuple[str, ...], limit: int = MAX_NAME) -> str | None:
    """The first of the named elements that has text of its own, as one clean line."""
    for name in names:
        for element in found.get(name, ()):
            said = element.text if not len(element) else "".join(map(str, element.itertext()))
            if said and (line := one_line(said, limit)):
                return line
    return None


def date(found: Found, names: tuple[str, ...], context: Context) -> int | None:
    """The first of the named elements that holds a date, as Unix seconds; the last of several of one name."""
    for name in names:
        for element in reversed(found.get(name, ())):
            if written := element.text:
                said = parse_date(written, day_first="/" in written and context.day_first())
                if said is not None and said > YEAR_1:
                    return said
    return None


def number(found: Found, names: tuple[str, ...]) -> int | None:
    """The first of the named elements that holds a whole number."""
    for name in names:
        for element in found.get(name, ()):
            if (value := whole(element.text)) is not None:
                return value
    return None


def whole(digits: str | None) -> int | None:
    """A number of up to fifteen digits; None for anything else."""
    match = _NUMBER.match(digits) if digits else None
    return int(match[1]) if match else None


def links(elements: Iterable[etree._Element], context: Context, base: str) -> Links:
    """Read all `link` elements: RSS has the page as text, Atom says what each is by rel and type (RFC 4287, 4.2.7).

    Of several pages in Atom the first one that says it is an HTML alternate counts, best in the language of the
    document; of several in RSS the last.
    """
    result = Links()
    rank = 9
    near = len(_LAST_PAGES)
    for element in elements:
        own_base = context.base_of(element, base)
        href = element.get("href")
        if href is None and not element.text:
            href = attribute(element, "href")
        if href is None:
            said = element.text or attribute(element, "resource") or _behind(element)
            address = markup.absolute(said, own_base)
            relation = (element.get("rel") or "text").strip().lower()
            kind = ""
        else:
            address = markup.absolute(href, own_base)
            relation = _relation(element.get("rel") or ("alternate" if context.atom else "text"))
            kind = (element.get("type") or "").strip().lower()
        if address is None:
            continue
        if relation == "text":
            result.page, rank = address, 0
        elif relation in {"alternate", "permalink"}:
            position = _position(element, kind, context)
            if position < rank:
                result.page, rank = address, position
        elif relation in _LAST_PAGES:
            if _LAST_PAGES.index(relation) < near:
                result.near, near = address, _LAST_PAGES.index(relation)
        else:
            _take(result, element, relation, address, kind)
    return result


def _behind(element: etree._Element) -> str | None:
    """The address behind an empty link: programs that take RSS for HTML write it so."""
    said = (element.tail or "").strip()
    return said if said.startswith(("http://", "https://")) and not any(map(str.isspace, said)) else None


def _position(element: etree._Element, kind: str, context: Context) -> int:
    """How well a link to a page serves as the page of its article; the lowest is best."""
    position = (1 if kind and element.get("rel") else 2) if kind in _PAGE_TYPES else 3
    if context.language and (language := element.get("hreflang")):
        return position + 3 * (language[:2].lower() != context.language[:2].lower())
    return position


def _take(result: Links, element: etree._Element, relation: str, address: str, kind: str) -> None:
    """Keep a link that is none to a page."""
    if relation == "self":
        result.own = result.own or address
    elif relation == "enclosure":
        named = markup.name(element.get("title") or "") or None
        enclosure = Enclosure(address, one_line(kind, MAX_NAME) or None, whole(element.get("length")), title=named)
        result.enclosures = [*(result.enclosures or ()), enclosure]
    elif relation == "replies":
        _replies(result, element, address, kind)


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace and the case of its name."""
    value = element.get(name)
    if value is None:
        for key, said in element.items():
            if str(key).rpartition("}")[2].lower() == name:
                return str(said)
    return value


def _relation(written: str) -> str:
    """What a link is, from its rel: a word, the address of one (RFC 4287, 4.2.7.2), or several words as in HTML."""
    relation = written.strip().lower().rpartition("/")[2]
    if " " in relation:
        return next((word for word in relation.split() if word in _RELATIONS), relation)
    return relation


def _replies(result: Links, element: etree._Element, address: str, kind: str) -> None:
    """A link to the comments (RFC 4685): their page or their feed."""
    if kind.startswith(_FEED_TYPES):
        result.comments_feed = result.comments_feed or address
    else:
        result.comments = result.comments or address
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == "count" and result.comments_count is None:
            result.comments_count = whole(value)


def people(found: Found, names: tuple[str, ...]) -> People:
    """Authors, each once, with their mail addresses; the address stands for those who gave no name anywhere."""
    nameless: dict[str, str] = {}
    for name in names:
        persons: dict[str, str] = {}
        for element in found.get(name, ())[:MAX_LIST]:
            person, mail = _person(element)
            if person:
                persons[person] = persons.get(person) or mail
            elif mail:
                nameless[mail] = ""
        if persons:
            return tuple(persons), tuple(persons.values()) if any(persons.values()) else ()
    return tuple(nameless), ()


def _person(element: etree._Element) -> tuple[str, str]:
    """Name and mail address of one author element: Atom has children, the others one of many spellings."""
    if len(element):
        parts = {str(child.tag).rpartition("}")[2].rpartition(":")[2].lower(): child for child in element}
        said = parts.get("name")
        person = markup.name("".join(map(str, said.itertext()))) if said is not None else ""
        mail = parts.get("email")
        if person or mail is not None or "uri" in parts:
            name_of, mail_of = split_person(person)
            return name_of, one_line(mail.text, MAX_NAME) if mail is not None and mail.text else mail_of
        return split_person(markup.name(" ".join(map(str, element.itertext()))))
    return split_person(markup.name(element.text or ""))


def split_person(person: str) -> tuple[str, str]:
    """Split "mail (Name)", "Name <mail>", "Name, mail" and the like into name and mail address."""
    if "@" not in person:
        return person, ""
    match = _MAIL.search(person)
    if match is None:
        return person, ""
    name = _MAIL_BRACKETS.sub(" ", person, count=1).strip(" ,;:-()<>[]\"'")
    return one_line(name), match.group().removeprefix("mailto:")


def categories(found: Found, names: tuple[str, ...], keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Categories in their order, each once however it is spelled; keywords are split at their commas."""
    labels: dict[str, str] = {}
    for name in names:
        for element in found.get(name, ()):
            for label in _category(element) if name not in keywords else _words(element):
                if cleaned := markup.name(label):
                    labels.setdefault(cleaned.casefold(), cleaned)
    return tuple(labels.values())[:MAX_LIST]


def _words(element: etree._Element) -> list[str]:
    """The words of an element that holds a list of them."""
    return (element.text or "").split(",")


def _category(element: etree._Element) -> Iterable[str]:
    """The words of one category: RSS text, Atom term or label, iTunes text attributes one inside another."""
    if len(element):
        said = [text for inner in element.iter() if (text := inner.get("text"))]
        return said or ("".join(map(str, element.itertext())),)
    term = element.get("term")
    label = element.get("label")
    if label and (not term or "://" in term):  # an address is no word for a person
        return (label,)
    return (term or element.text or element.get("text") or "",)
