"""From the rows of newsboat's cache to articles as a feed would have given them, and to their status. Pure.

What counts is that our own refresh knows the articles again, so that nothing is there twice. newsboat's guid is the
feed's, else address and date as the feed wrote them, else the address, else the title (src/rssparser.cpp, get_guid).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_NAME, MAX_TITLE
from newsreader.model import Enclosure, ParsedArticle
from newsreader.store.taking_over import FormerStatus
from newsreader.text import drop_unsafe, normalised_url, one_line, short_identity
from newsreader.worker.merge import identity_of, sort_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.store.newsboat_cache import CachedArticle

_LONGEST_GUID: Final = 2_000  # characters, as the parser takes it
_WEB: Final = ("http://", "https://")
_XHTML = re.compile(r"\s*<div\b[^>]*\bxmlns=[\"']http://www\.w3\.org/1999/xhtml[\"'][^>]*>", re.IGNORECASE)
# How dates begin that newsboat puts behind an address: RFC 822 with or without the day's name, W3C's form.
_DATE = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s*)?\d{1,2}\s+[a-z]{3}[a-z]*\s+\d{2,4}\b|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Former:
    """An article of another reader: as a feed gives it, and what the person did with it."""

    article: ParsedArticle
    status: FormerStatus


def from_newsboat(articles: Iterable[CachedArticle], now: int) -> tuple[Former, ...]:
    """Read rows of the cache. Any flag of newsboat's is a bookmark here; a deleted article is only a status."""
    return tuple(_former(each, now) for each in articles)


def _former(row: CachedArticle, now: int) -> Former:
    guid, also = _identities(row)
    url = one_line(row.url) or None
    article = ParsedArticle(
        guid=guid,
        url=url,
        title=one_line(row.title, MAX_TITLE),
        authors=(one_line(row.author, MAX_NAME),) if row.author.strip() else (),
        published=row.published if row.published > 0 else None,
        content_html=_html(row) or None,
        enclosures=_enclosures(row),
    )
    identity = identity_of(article)
    status = FormerStatus(
        identity=identity,
        sort_at=sort_time(article, now),
        read=not row.unread,
        bookmarked=bool(row.flags.strip()) and not row.deleted,
        gone=row.deleted,
        also=tuple(name for name in map(short_identity, also) if name != identity),
    )
    return Former(article, status)


def _identities(row: CachedArticle) -> tuple[str | None, tuple[str, ...]]:
    """The guid that the feed gives, None where newsboat made one up, and what the article may be known by besides."""
    guid, url = one_line(row.guid, _LONGEST_GUID), one_line(row.url)
    if not guid:
        return None, ()
    if url and guid == url:
        # Either the feed's guid is the address, or there is neither guid nor date.
        return guid, (normalised_url(url),)
    if url and any(url.endswith(guid[: date.start()].rstrip()) for date in _DATE.finditer(guid) if date.start()):
        return None, (guid,)
    if not url and guid == one_line(row.title, _LONGEST_GUID):
        return None, (guid,)
    return guid, ()


def _html(row: CachedArticle) -> str:
    """The body as HTML, as our parser gives it: newsboat keeps the div that Atom's xhtml stands in (RFC 4287 3.1.1.3).

    From 2.22 on it says of some bodies that they are plain text.
    """
    content = drop_unsafe(row.content)
    if row.content_type.strip().lower() == "text/plain":
        return f"<p>{escape(content)}</p>"
    match = _XHTML.match(content)
    end = content.rfind("</div>") if match else -1
    return content[match.end() : end] if match and end >= match.end() else content


def _enclosures(row: CachedArticle) -> tuple[Enclosure, ...]:
    url = one_line(row.enclosure_url)
    return (Enclosure(url, one_line(row.enclosure_type, MAX_NAME) or None),) if url.lower().startswith(_WEB) else ()
