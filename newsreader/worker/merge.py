"""What of a feed is new or changed: identities (DESIGN rule 4), content hashes and sort times (rule 5). Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from newsreader import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsreader.model import ParsedArticle, ParsedFeed

_LONGEST: Final = 500  # characters of an identity; a longer one is replaced by its hash
_TRACKERS: Final = re.compile(r"(?:utm_[^=&]*|fbclid|gclid|mc_cid|mc_eid|igshid)(?:=[^&]*)?", re.IGNORECASE)
# Most addresses: there is nothing to leave out.
_PLAIN: Final = re.compile(r"https?(://[a-z0-9.-]+(?::(?!80/|443/)\d+)?/[!-\"$->@-~]*)")
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class MergedArticle:
    """An article that is to be written, with what the library knows it by."""

    identity: str
    content_hash: str
    sort_at: int
    parsed: ParsedArticle


def merge(parsed: ParsedFeed, known: Mapping[str, str], now: int) -> tuple[MergedArticle, ...]:
    """Give the articles that are new or changed, oldest first, so that ids follow the order of lists.

    `known` maps identities of the source to content hashes; `now` is when these articles are first seen (Unix
    seconds). Of articles with one identity the one edited last stands for all; of those with one address and title
    the one that is known, else the first. Only the newest MAX_ARTICLES count.
    """
    shared = _shared_guids(parsed.articles)
    chosen: dict[str, ParsedArticle] = {}
    for article in parsed.articles:
        identity = _identity(article, shared)
        before = chosen.get(identity)
        if before is None or _edited(article) > _edited(before):
            chosen[identity] = article
    unique = _without_twins(chosen, known)
    # The sort is stable and documents are newest first: reversed, equal times get their ids in reading order.
    merged = [
        MergedArticle(identity, content_hash(article), sort_time(article, now), article)
        for identity, article in reversed(unique.items())
    ]
    merged.sort(key=lambda article: article.sort_at)
    return tuple(
        article for article in merged[-bounds.MAX_ARTICLES :] if known.get(article.identity) != article.content_hash
    )


def identity_of(article: ParsedArticle) -> str:
    """What an article is known by in its source, seen by itself (DESIGN rule 4)."""
    return _identity(article, frozenset())


def sort_time(article: ParsedArticle, now: int) -> int:
    """When an article first seen now stands in lists: its date, not before 1990 and not after now; without one, now."""
    dated = article.published if article.published is not None else article.updated
    return now if dated is None else min(max(dated, bounds.EARLIEST), now)


def content_hash(article: ParsedArticle) -> str:
    """A hash (blake2b, 16 bytes, hex) of all that a reader sees of an article, as it came.

    The number of comments and the moment of the last edit are left out: they move without the article.
    """
    parts: list[bytes] = []
    for value in _hashed(article):
        data = b"\xff" if value is None else str(value).encode("utf-8", "surrogatepass")
        parts += (len(data).to_bytes(8, "big"), data)
    return blake2b(b"".join(parts), digest_size=16).hexdigest()


def normalised_url(url: str) -> str:
    """The form of an address by which articles are recognised: https for http, no default port, no trackers."""
    if (plain := _PLAIN.fullmatch(url)) is not None:
        return "https" + plain[1]
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(scheme, ":"))
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKERS.fullmatch(part))
    path = parts.path if parts.path or not host else "/"
    return urlunsplit(("https" if scheme == "http" else scheme, host, path, query, parts.fragment))


def _hashed(article: ParsedArticle) -> list[object]:
    values: list[object] = [article.guid, article.url, article.title, article.published, article.summary_html]
    values += (article.content_html, article.comments_url, article.comments_feed_url, article.language)
    values += ("authors", *article.authors, "categories", *article.categories, "enclosures")
    for enclosure in article.enclosures:
        values += (enclosure.url, enclosure.type, enclosure.length)
    return values


def _edited(article: ParsedArticle) -> int:
    return max(article.updated or 0, article.published or 0)


def _face(article: ParsedArticle) -> str:
    """What tells articles apart that claim the same guid."""
    return normalised_url(article.url) if article.url else article.title


def _shared_guids(articles: Iterable[ParsedArticle]) -> frozenset[str]:
    """The guids that stand on different articles of one document (a site's address, a constant): no identities."""
    faces: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        if article.guid:
            faces[article.guid].add(_face(article))
    return frozenset(guid for guid, named in faces.items() if len(named) > 1)


def _identity(article: ParsedArticle, shared: frozenset[str]) -> str:
    if article.guid and article.guid not in shared:
        identity = article.guid
    elif article.url:
        identity = normalised_url(article.url)
    else:
        start = (article.content_html or article.summary_html or "")[:200]
        identity = "hash:" + _short_hash(f"{article.title}\n{start}")
    return identity if len(identity) <= _LONGEST else "hash:" + _short_hash(identity)


def _short_hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _without_twins(chosen: Mapping[str, ParsedArticle], known: Mapping[str, str]) -> dict[str, ParsedArticle]:
    """Fold articles of the same address and title into one."""
    twins: dict[tuple[str, str], str] = {}
    kept: dict[str, ParsedArticle] = {}
    for identity, article in chosen.items():
        if article.url and article.title:
            face = (normalised_url(article.url), " ".join(article.title.casefold().split()))
            twin = twins.setdefault(face, identity)
            if twin != identity:
                if twin in known or identity not in known:
                    continue
                twins[face] = identity
                kept = {identity if key == twin else key: kept[key] for key in kept}
        kept[identity] = article
    return kept
