"""From a web page to the feeds it names.

A page names its feeds by link elements (RSS Autodiscovery, HTML Standard 4.6.7.1); many only link to them. Some sites
tell by their page where their feeds are (`places`). Nothing here fetches.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from newsreader.bounds import MAX_NAME, MAX_URL
from newsreader.feeds import markup
from newsreader.feeds.addresses import without_feed_scheme
from newsreader.feeds.decoding import decode
from newsreader.feeds.places import ANCHOR, ASIDE, LINKED, known_feeds, page_feeds
from newsreader.model import FeedCandidate
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_CANDIDATES: Final = 100
_TYPE = re.compile(
    r"(?:application|text)/(?:x[.-])?(?:rss|atom|rdf)(?:[+ ]?xml)?|(?:application|text)/xml\+(?:rss|atom)"
    r"|application/feed\+json|application/jsonfeed(?:\+json)?"
)
_GENERAL_TYPES: Final = frozenset(("application/xml", "text/xml", "application/json", "text/x-opml", "text/html", ""))
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/.?&=_-])(?:rss|atom|feeds?|rdf)(?:[/.?&=_-]|\d|$)|\.(?:rss|atom|rdf)$|feeds\.feedburner\.com/|/index\.xml$",
    re.IGNORECASE,
)
_NAMES_FEED = re.compile(r"\b(?:rss|atom|feeds?)\b", re.IGNORECASE)
_FEED_HOST = re.compile(r"(?:feeds?\d?|rss|atom)\.", re.IGNORECASE)
_COMMENTS_ADDRESS = re.compile(r"[/=_-]comments?(?![a-z])", re.IGNORECASE)
_COMMENTS_TITLE = re.compile(
    r"\bcomments?\b|kommentar|commentaires|comentario|comentário|commenti\b|reacties\b|yorum|комментар|评论|コメント",
    re.IGNORECASE,
)
# Of a part of the site: a category, a tag, an author.
_SECTION_ADDRESS = re.compile(
    r"/(?:categor(?:y|ies|ia|ie)|kategorien?|tags?|topics?|labels?|authors?|autor)/|/default/-/|[?&](?:cat|tag|author)=",
    re.IGNORECASE,
)
_SEARCH_ADDRESS = re.compile(r"/search/|[?&](?:s|q|query|search)=", re.IGNORECASE)
_SEARCH_TITLE = re.compile(r"\bsearch results\b|suchergebnisse|résultats de (?:la )?recherche", re.IGNORECASE)
_SAID_IN_TEXT = re.compile(
    r"\W*(?:(?:rss|atom|json)(?:[ -]?\d(?:\.\d)?)?(?:[ -]?feeds?)?|(?:web )?feeds?|subscribe (?:via|by|with|to) rss"
    r"|flux rss|canal rss|rss[ -]kanal|rss[ -]лента)\W*",
    re.IGNORECASE,
)
_SAID_WEAKLY = re.compile(r"\W*(?:subscribe|xml|abonnieren|s'abonner|suscribirse)\W*", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_AT_ONCE = re.compile(r"\s*[0-5](?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'<>]+)", re.IGNORECASE)
_DATED_PATH = re.compile(r"/(?:19|20)\d\d/\d\d?/")
# "Add to my reader" links: the feed's own address stands in theirs.
_READERS = re.compile(
    r"(?:[\w-]+\.)*(?:feedly\.com|inoreader\.com|theoldreader\.com|newsblur\.com|bloglines\.com|netvibes\.com"
    r"|add\.my\.yahoo\.com|reader\.google\.com|fusion\.google\.com|newsgator\.com|subtome\.com|bazqux\.com"
    r"|feedbin\.(?:com|me)|validator\.w3\.org|feedvalidator\.org)",
    re.IGNORECASE,
)
_INNER_ADDRESS = re.compile(r"https?(?::|%3A)(?:/|%2F){2}[^\s&]+", re.IGNORECASE)


def find_feeds(html: bytes, url: str, content_type: str | None = None) -> tuple[FeedCandidate, ...]:
    """The feeds that a page names, the best first; empty where it names none. Never raises.

    First the link elements in the page's order, those of its sections behind; then what is known of the site by rule
    or by its page; then where the page leads on to, if it names none; then anchors that look like feeds; last feeds of
    comments, of searches and of the single article.
    All addresses are http or https.
    """
    text = decode(html, _content_type(html, content_type))
    found: dict[str, FeedCandidate] = {}
    for candidate in _candidates(text, url):
        known = found.get(candidate.url)
        if known is None or known.score < candidate.score:
            found[candidate.url] = candidate
    best = sorted(found.values(), key=lambda candidate: -candidate.score)
    return tuple(candidate for candidate in best if candidate.url != url)[:_MAX_CANDIDATES]


def is_comments(title: str, url: str) -> bool:
    """Whether a feed is one of comments, by its title or address."""
    return _COMMENTS_TITLE.search(title) is not None or _COMMENTS_ADDRESS.search(url) is not None


def _is_search(title: str, url: str) -> bool:
    """Whether a feed is one of what a search found, by its title or address."""
    return _SEARCH_TITLE.search(title) is not None or _SEARCH_ADDRESS.search(url) is not None


def _candidates(text: str, url: str) -> Iterator[FeedCandidate]:
    root = None if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")) else _tree(text)
    base = url
    linked: tuple[FeedCandidate, ...] = ()
    if root is not None:
        base = next((_address(element.get("href"), url) or url for element in root.iter("base")), url)
        linked = tuple(_from_links(root, base, url))
        yield from linked
    yield from known_feeds(url)
    told = page_feeds(text, url, named=bool(linked))
    yield from (candidate for candidate in told if _address(candidate.url, "") == candidate.url)
    if root is not None:
        yield from _from_anchors(root, base)
        yield from () if linked else _led_on(root, base)


def _content_type(html: bytes, content_type: str | None) -> str | None:
    """The HTTP header, or where it names no charset the page's own meta element in its place."""
    if content_type and "charset" in content_type.lower():
        return content_type
    match = _META_CHARSET.search(html[:4096])
    return f"text/html; charset={match[1].decode('ascii', 'replace')}" if match else content_type


def _tree(text: str) -> etree._Element | None:
    """The page as a tree; None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _address(href: str | None, base: str) -> str | None:
    """An address as the page gives it, made absolute; None for all that is not the web's."""
    if not href:
        return None
    address = markup.absolute(without_feed_scheme(href.strip()), base)
    if address is None or not address.startswith(("http://", "https://")) or len(address) > MAX_URL:
        return None
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return address.partition("#")[0] if host else None


def _from_links(root: etree._Element, base: str, page: str) -> Iterator[FeedCandidate]:
    """Feeds named by link elements: rel alternate or feed, with a type that only feeds have."""
    article = _is_article(root, page)
    for position, element in enumerate(root.iter("link")):
        relations = (element.get("rel") or "").lower().split()
        address = _address(element.get("href"), base)
        if address is None or not ("alternate" in relations or "feed" in relations):
            continue
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        title = one_line(element.get("title") or "", MAX_NAME)
        if _is_feed_link(kind, relations, address, title):
            score = _link_score(address, title, page, article=article)
            yield FeedCandidate(address, title, kind or None, score - min(position, 49))


def _is_feed_link(kind: str, relations: list[str], address: str, title: str) -> bool:
    """Whether a link element leads to a feed: by its type; where that says little, by address and title."""
    if _TYPE.fullmatch(kind):
        return True
    if "feed" in relations and kind in _GENERAL_TYPES:
        return True
    if not kind or kind not in _GENERAL_TYPES - {"text/html"} or "oembed" in address:
        return False
    return _LOOKS_LIKE_FEED.search(address.partition("://")[2]) is not None or _NAMES_FEED.search(title) is not None


def _link_score(address: str, title: str, page: str, *, article: bool) -> int:
    """How far a feed stands before or behind the site's own.

    Before it that of the section whose page this is; behind it those of other sections; aside those of comments, of
    searches, and of this article.
    """
    path = page.partition("?")[0].rstrip("/")
    below = path.count("/") > 2 and address.startswith(path + "/")
    if is_comments(title, address) or (below and article) or _is_search(title, address):
        return ASIDE
    if below:
        return LINKED + 60
    return LINKED - 50 if _SECTION_ADDRESS.search(address) else LINKED


def _is_article(root: etree._Element, page: str) -> bool:
    """Whether a page is a single article: it says so, or its address has a date in it."""
    if _DATED_PATH.search(page + "/"):
        return True
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name == "article:published_time" or (name == "og:type" and "article" in (meta.get("content") or "").lower()):
            return True
    body = next(root.iter("body"), None)
    return body is not None and not {"single", "single-post"}.isdisjoint((body.get("class") or "").lower().split())


def _led_on(root: etree._Element, base: str) -> Iterator[FeedCandidate]:
    """Where a page without feeds sends everybody at once (meta refresh): a page of feeds, or a feed that moved."""
    for element in root.iter("meta"):
        to = _AT_ONCE.match(element.get("content") or "") if _is_refresh(element) else None
        address = _address(to[1].strip(), base) if to else None
        if address is not None:
            yield FeedCandidate(address, "", None, ANCHOR + 40)
            return


def _is_refresh(element: etree._Element) -> bool:
    return (element.get("http-equiv") or "").strip().lower() == "refresh"


def _from_anchors(root: etree._Element, base: str) -> Iterator[FeedCandidate]:
    """Links in the page that look like feeds by their address, their words, or the reader that they add them to."""
    for element in root.iter("a", "area"):
        address = _address(element.get("href"), base)
        if address is None:
            continue
        inner = _in_reader(address)
        if inner == "":
            continue
        candidate = _from_anchor(element, inner or address, added=inner is not None)
        if candidate is not None:
            yield candidate


def _in_reader(address: str) -> str | None:
    """The feed that an "add to my reader" link leads to, "" where such a reader is linked for another reason."""
    host, _, path = address.partition("://")[2].partition("/")
    if not _READERS.fullmatch(host):
        return None
    inner = _INNER_ADDRESS.search(path)
    return (_address(unquote(inner[0]), "") or "") if inner else ""


def _of_picture(element: etree._Element) -> str:
    """What the picture of a link says in words."""
    return next((words for picture in element.iter("img") if (words := picture.get("alt") or picture.get("title"))), "")


def _from_anchor(element: etree._Element, address: str, *, added: bool) -> FeedCandidate | None:
    """One link, weighed."""
    host, slash, path = address.partition("://")[2].partition("/")
    text = one_line("".join(map(str, element.itertext()))[:200])
    text = text or one_line(element.get("title") or element.get("aria-label") or _of_picture(element), MAX_NAME)
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    by_address = _LOOKS_LIKE_FEED.search(slash + path) is not None or _FEED_HOST.match(host) is not None
    by_words = _SAID_IN_TEXT.fullmatch(text) is not None
    by_words = by_words or (path.endswith(".xml") and _SAID_WEAKLY.fullmatch(text) is not None)
    by_type = added or _TYPE.fullmatch(kind) is not None
    if not (by_address or by_type or by_words):
        return None
    score = ANCHOR - 30 + 20 * by_address + 20 * by_words + 20 * by_type
    if is_comments(text, address) or _is_search(text, address):
        score = ASIDE - 20
    elif _SECTION_ADDRESS.search(address):
        score -= 20
    return FeedCandidate(address, text[:MAX_NAME], kind or None, score)
