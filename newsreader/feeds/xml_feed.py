"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and CDF, read from one tree by one table of where each field may stand.

A field's table lists element names by preference (`names` says what a name means); the first one with a value gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_NAME, MAX_SUMMARY, MAX_URL
from newsreader.errors import ParseError
from newsreader.feeds import fields, markup, media
from newsreader.feeds.dates import parse_date
from newsreader.feeds.fields import Context, Found, Links, People
from newsreader.feeds.names import Names
from newsreader.model import ParsedArticle, ParsedFeed
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from newsreader.feeds.repair import Tree

_ROOTS: Final = frozenset(("rss", "rdf", "feed", "channel", "entry", "item"))
_ARTICLES: Final = frozenset(("item", "entry"))

_TITLE: Final = ("title", "dc:title", "media:title", "itunes:title")
_SUMMARY: Final = ("description", "summary", "abstract", "dc:description", "media:description", "itunes:summary")
_SHORT: Final = ("itunes:subtitle", "excerpt:encoded")
_CONTENT: Final = (
    "content:encoded",
    "content",
    "encoded",
    "xhtml:body",
    "xhtml:div",
    "body",
    "fullitem",
    "yandex:full-text",
)
_ID: Final = ("guid", "id", "dc:identifier")
_PUBLISHED: Final = (
    "pubdate",
    "published",
    "issued",
    "dc:date",
    "dcterms:issued",
    "created",
    "dcterms:created",
    "date",
    "prism:publicationdate",
    "prism:coverdate",
)
_UPDATED: Final = ("updated", "modified", "dcterms:modified", "lastmod")
_DATES: Final = frozenset((*_PUBLISHED, *_UPDATED))
_AUTHORS: Final = (
    "author",
    "dc:creator",
    "itunes:author",
    "dc:author",
    "creator",
    "googleplay:author",
    "podcast:person",
)
_KEYWORDS: Final = ("tags", "media:keywords", "itunes:keywords", "keywords")
_CATEGORIES: Final = (
    "tags",
    "category",
    "dc:subject",
    "subject",
    "media:category",
    "itunes:category",
    "googleplay:category",
    *_KEYWORDS[1:],
)
_LANGUAGE: Final = ("language", "dc:language")
_ABOUT: Final = (
    "description",
    "subtitle",
    "tagline",
    "abstract",
    "dc:description",
    "itunes:summary",
    "itunes:subtitle",
)
_CHANGED: Final = ("updated", "lastbuilddate", "modified", "pubdate", "dc:date", "dcterms:modified", "published")
_TALK: Final = frozenset(
    ("comments", "slash:comments", "wfw:commentrss", "wfw:comment_rss", "thr:total", "thr:in-reply-to")
)
_BOTH: Final = frozenset(("description", "summary"))
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS: Final = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def is_feed(tree: Tree) -> bool:
    """Whether a tree is a feed: by its root, or because articles stand in whatever it is."""
    names = Names(tree.root)
    return names[tree.root.tag] in _ROOTS


def read_tree(tree: Tree, url: str) -> ParsedFeed:
    """Read a feed from its tree. Relative addresses start from xml:base, else from the site, else from `url`.

    Raises ParseError where damage has left no article.
    """
    root = tree.root
    names = Names(root)
    atom = names[root.tag] in {"feed", "entry"}
    head, elements = _divide(root, names, repaired=tree.repaired)
    if tree.lossy and not elements:
        raise ParseError("The feed is broken or cut off: no article in it can be read.")
    found = fields.collect(head, names)
    language = fields.text(found, _LANGUAGE, 35) or _language(root, *_channels(root, names))
    day_first = fields.DayFirst(elements, names, _DATES, language)
    context = Context(names, atom=atom, base=url, has_bases=tree.has_bases, language=language, day_first=day_first)
    page = _page(found, (root, *_channels(root, names)), context)
    # RSS has no rule for relative addresses: the site is the better guess where a feed is served by somebody else.
    base = url if atom or not page or not page.startswith("http") else page
    inherited = fields.people(found, ("author",)) if atom else ((), ())
    title, title_html = fields.title(found, _TITLE, context, base, MAX_NAME)
    description, description_html = _about(found, context, base)
    articles = tuple(_article(element, context, base, inherited) for element in elements)
    if context.nested and not tree.repaired:
        articles = tuple(_article(element, context, base, inherited) for element in _everywhere(root, names))
    return ParsedFeed(
        title=title,
        link=page,
        description=description,
        language=language,
        updated=fields.date(found, _CHANGED, context) or _attribute_date(root),
        articles=articles,
        ttl=_ttl(found),
        problem=_problem(tree),
        skip_hours=_skip_hours(found),
        skip_days=_skip_days(found),
        title_html=title_html,
        description_html=description_html,
        cut=tree.cut or tree.endless,
    )


def _divide(root: etree._Element, names: Names, *, repaired: bool) -> tuple[list[etree._Element], list[etree._Element]]:
    """Tell the elements that describe the feed from its articles, wherever they stand."""
    if names[root.tag] in _ARTICLES:
        return [], [root]
    head: list[etree._Element] = []
    elements: list[etree._Element] = []
    parents = [root]
    for parent in parents:
        for child in parent:
            name = names[child.tag]
            if name in _ARTICLES:
                elements.append(child)
            elif name == "channel" and child.getparent() is root:
                parents.append(child)
            else:
                head.append(child)
    return head, _everywhere(root, names) if not elements or repaired else elements


def _everywhere(root: etree._Element, names: Names) -> list[etree._Element]:
    """All articles in a tree, also those inside of others."""
    return [element for element in root.iter() if names[element.tag] in _ARTICLES and not _is_mark(element)]


def _is_mark(element: etree._Element) -> bool:
    """Whether an element of an article only has the name of one: something stands in every article."""
    parent = element.getparent()
    return not len(element) and parent is not None and parent.tag == element.tag


def _article(element: etree._Element, context: Context, base: str, inherited: People) -> ParsedArticle:
    """Read one article."""
    found = fields.collect(element, context.names)
    if ("item" in found or "entry" in found) and any(map(len, (*found.get("item", ()), *found.get("entry", ())))):
        context.nested.append(element)
    bare = not element.keys()  # as nearly all of RSS are: nothing is to be looked for in attributes
    if "media:group" in found:
        for child in (child for group in found["media:group"] for child in group):
            if (name := context.names[child.tag]) not in {"media:content", ""}:
                found.setdefault(name, []).append(child)
    base = context.base_of(element, base)
    links = fields.links(found.get("link", ()), context, base)
    guid, permalink = _identity(element, found, context, base)
    url = links.page or permalink
    if url is None:
        url = (
            (None if bare else _attribute(element, "href", base)) or _source_of(found, base) or links.own or links.near
        )
    text_base = url if url and url.startswith("http") and not context.atom else base
    title, title_html = fields.title(found, _TITLE, context, text_base)
    if not title and "media:content" in found:
        title = media.title(found, context)
    summary, content = _texts(found, context, text_base)
    authors, author_mails = fields.people(found, _AUTHORS)
    if not authors:
        authors, author_mails = _source_authors(found, context) or inherited
    enclosures = media.files(found, links.enclosures, context, base)
    comments_url, comments_feed_url, comments_count, reply_to = _talk(found, links, base)
    return ParsedArticle(
        guid=guid,
        url=url,
        title=title,
        authors=authors,
        published=fields.date(found, _PUBLISHED, context),
        updated=fields.date(found, _UPDATED, context) or (None if bare else _attribute_date(element)),
        summary_html=summary,
        content_html=content,
        enclosures=enclosures,
        categories=fields.categories(found, _CATEGORIES, _KEYWORDS),
        comments_url=comments_url,
        comments_feed_url=comments_feed_url,
        comments_count=comments_count,
        language=fields.text(found, _LANGUAGE, 35) or (None if bare else _language(element)),
        image_url=media.image(found, enclosures, context, base),
        title_html=title_html,
        author_mails=author_mails,
        reply_to=reply_to,
    )


def _texts(found: Found, context: Context, base: str) -> tuple[str | None, str | None]:
    """Summary and content of an article as HTML.

    RSS that has both a description and a summary and no content means one of them as the content: the one that is much
    longer, else the second.
    """
    content = fields.html(found, _CONTENT, context, base)
    if content is None and found.keys() >= _BOTH:
        first, second = (fields.html(found, (name,), context, base) for name in found if name in _BOTH)
        if first and second and len(first) > 2 * len(second):
            return second, first
        if first and second:
            return first, second
    return fields.html(found, _SUMMARY, context, base) or fields.html(found, _SHORT, context, base), content


def _identity(element: etree._Element, found: Found, context: Context, base: str) -> tuple[str | None, str | None]:
    """The guid, and the address that it is where it is one (RSS 2.0 isPermaLink, Atom ids, rdf:about).

    Paths that stand as ids in Atom (against RFC 4287) are made absolute: a feed that gathers several sites by
    xml:base would have two articles of one id.
    """
    for name in _ID:
        for candidate in found.get(name, ()):
            said = candidate.text if not len(candidate) else "".join(map(str, candidate.itertext()))
            if guid := one_line(said or "", 2_000):
                if context.atom and guid[0] == "/":
                    guid = markup.absolute(guid, context.base_of(candidate, base)) or guid
                if not guid.startswith(("http://", "https://")):
                    is_path = guid[0] == "/" and candidate.get("isPermaLink") == "true"
                    return guid, markup.absolute(guid, base) if is_path else None
                page = candidate.get("isPermaLink") or fields.attribute(candidate, "ispermalink") or ""
                return guid, None if page.strip().lower() == "false" else guid
    about = _attribute(element, "about", "")
    return about, about if about and about.startswith(("http://", "https://")) else None


def _source_authors(found: Found, context: Context) -> People | None:
    """The authors of the feed that an article was taken from (RFC 4287, 4.2.11), where it has none of its own."""
    for source in found.get("source", ()):
        if len(source):  # that of RSS is a name only
            people = fields.people(fields.collect(source, context.names), ("author",))
            if people[0]:
                return people
    return None


def _source_of(found: Found, base: str) -> str | None:
    """Where Atom content lies that is not in the feed (RFC 4287, 4.1.3.2)."""
    return next((markup.absolute(e.get("src"), base) for e in found.get("content", ()) if e.get("src")), None)


def _page(found: Found, holders: tuple[etree._Element, ...], context: Context) -> str | None:
    """The page that the feed belongs to (CDF has it as an attribute); else the feed's own address, else its id."""
    links = fields.links(found.get("link", ()), context, context.base)
    named = (_attribute(holder, "href", context.base) for holder in holders)
    page = links.page or next(filter(None, named), None) or links.own
    if page is None and (said := fields.text(found, ("id",), MAX_URL)) and said.startswith(("http://", "https://")):
        return said
    return page


def _about(found: Found, context: Context, base: str) -> tuple[str | None, str | None]:
    """What the feed says of itself: one line of plain text, and its HTML where that says more."""
    for name in _ABOUT:
        for element in found.get(name, ()):
            said = markup.construct(element, context.base_of(element, base), atom=context.atom)
            if line := markup.plain(said, MAX_SUMMARY):
                kept = len(said) <= 8 * MAX_SUMMARY and markup.says_more(line, said)
                return line, said if kept else None
    return None, None


def _talk(found: Found, links: Links, base: str) -> tuple[str | None, str | None, int | None, str | None]:
    """Page, feed and number of the comments of an article, and what it answers itself."""
    if found.keys().isdisjoint(_TALK):
        return links.comments, links.comments_feed, links.comments_count, None
    count = fields.number(found, ("slash:comments", "thr:total"))
    return (
        _first_address(found, ("comments",), base) or links.comments,
        _first_address(found, ("wfw:commentrss", "wfw:comment_rss"), base) or links.comments_feed,
        links.comments_count if count is None else count,
        _reply_to(found),
    )


def _ttl(found: Found) -> int | None:
    """Seconds between two askings that the feed asks for: RSS ttl in minutes, or the syndication module's period."""
    minutes = fields.number(found, ("ttl",))
    if minutes:
        return min(minutes, 1_000_000) * 60
    period = _PERIODS.get((fields.text(found, ("sy:updateperiod",)) or "").lower())
    return period // max(1, fields.number(found, ("sy:updatefrequency",)) or 1) if period else None


def _skip_hours(found: Found) -> frozenset[int]:
    """Hours of the day in UTC at which the feed is not to be asked for; those that count from 1 to 24 mean 24 as 0."""
    hours = (fields.whole(hour.text) for element in found.get("skiphours", ()) for hour in element)
    return frozenset(hour % 24 for hour in hours if hour is not None and hour <= 24)


def _skip_days(found: Found) -> frozenset[int]:
    """Days of the week on which the feed is not to be asked for, in UTC; 0 is Monday."""
    days = ((day.text or "").strip().lower() for element in found.get("skipdays", ()) for day in element)
    return frozenset(_DAYS.index(day) for day in days if day in _DAYS)


def _reply_to(found: Found) -> str | None:
    """The id of what an article answers (RFC 4685, in-reply-to)."""
    for element in found.get("thr:in-reply-to", ()):
        if answered := one_line(element.get("ref") or element.get("href") or "", 2_000):
            return answered
    return None


def _problem(tree: Tree) -> str | None:
    """What the person may want to know about the document's state."""
    if tree.cut:
        return "The feed was cut off: its last article is left out."
    return "The feed is not well-formed XML; it was repaired." if tree.repaired else None


def _first_address(found: Found, names: tuple[str, ...], base: str) -> str | None:
    """The first address that stands as text in one of the named elements."""
    for name in names:
        for element in found.get(name, ()):
            if address := markup.absolute(element.text, base):
                return address
    return None


def _attribute(element: etree._Element, name: str, base: str) -> str | None:
    """An address in an attribute, whatever its namespace and case (rdf:about, CDF's HREF)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2].lower() == name:
            return markup.absolute(str(value), base)
    return None


def _attribute_date(element: etree._Element) -> int | None:
    """The LASTMOD attribute of CDF."""
    value = element.get("lastmod") or element.get("LASTMOD")
    return parse_date(value) if value else None


def _channels(root: etree._Element, names: Names) -> Iterator[etree._Element]:
    """The channel elements under the root."""
    return (child for child in root if names[child.tag] == "channel")


def _language(*elements: etree._Element) -> str | None:
    """The first xml:lang among the elements, as a language tag."""
    for element in elements:
        if language := one_line(element.get(markup.XML_LANG) or element.get("lang") or "", 35):
            return language.replace("_", "-")
    return None
