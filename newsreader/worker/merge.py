"""What of a feed is new or changed: identities (DESIGN rule 4), content hashes and sort times (rule 5). Pure.

What one document shows side by side are articles of their own, unless it says that they are one. So a guid that stands
on several pages is no identity, nor one on several titles and texts of one page; no more is an address on several
titles, and never a site's front page. What was found to be none stays none (`model.NO_IDENTITY`), for such a guid may
stand alone in the next document. Whether one that stands alone is still that of the article known by it, only the
library can tell: see `store.twins`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from newsreader import bounds
from newsreader.model import NO_IDENTITY
from newsreader.text import (
    OF_TEXT,
    folded_title,
    identity_of_guid,
    identity_of_text,
    identity_of_url,
    is_version,
    of_digest,
    page_of,
    same_text,
    same_title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from newsreader.model import ParsedArticle, ParsedFeed

_TAG: Final = re.compile(r"<[^<>]*>")
_COMPARED: Final = 4_000  # characters of HTML


@dataclass(frozen=True, slots=True)
class MergedArticle:
    """An article that is to be written, with what the library knows it by."""

    identity: str
    content_hash: str
    sort_at: int
    parsed: ParsedArticle


def merge(parsed: ParsedFeed, known: Mapping[str, str], now: int) -> tuple[MergedArticle, ...]:
    """Give the articles that are new or changed, oldest first, so that ids follow the order of lists.

    `known` maps identities of the source to content hashes, or to NO_IDENTITY; `now` is when these articles are first
    seen (Unix seconds). Of articles with one identity the one edited last stands for all; of those with one address
    and title the one that is known, else the first. Only the newest MAX_ARTICLES count.
    """
    chosen: dict[str, ParsedArticle] = {}
    for article, identity in zip(parsed.articles, _identities(parsed.articles, known), strict=True):
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


def comment_counts(parsed: ParsedFeed, known: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """How many comments articles have that are known, by their identities, as far as the feed says it.

    They are told beside what is new or changed: more comments make no other article.
    """
    if all(article.comments_count is None for article in parsed.articles):
        return ()
    counted = zip(_identities(parsed.articles, known), parsed.articles, strict=True)
    found = {name: article.comments_count for name, article in counted if name in known}
    return tuple((name, count) for name, count in found.items() if count is not None)


def identity_of(article: ParsedArticle) -> str:
    """What an article is known by in its source, seen by itself (DESIGN rule 4)."""
    return _identities((article,), {})[0]


def sort_time(article: ParsedArticle, now: int) -> int:
    """When an article first seen now stands in lists: its date, not before 1990 and not after now; without one, now.

    A clock that says less than 1990 says nothing: then it is the date alone.
    """
    dated = article.published if article.published is not None else article.updated
    if now < bounds.EARLIEST:
        return max(dated or 0, bounds.EARLIEST)
    return now if dated is None else min(max(dated, bounds.EARLIEST), now)


def content_hash(article: ParsedArticle) -> str:
    """A hash (48 bits of blake2b) of all that a reader sees of an article, as it came.

    The number of comments and the moment of the last edit are left out: they move without the article.
    """
    parts: list[bytes] = []
    for value in _hashed(article):
        data = b"\xff" if value is None else str(value).encode("utf-8", "surrogatepass")
        parts += (len(data).to_bytes(8, "big"), data)
    return of_digest(blake2b(b"".join(parts), digest_size=16).digest(), 8)


def _hashed(article: ParsedArticle) -> list[object]:
    values: list[object] = [article.guid, article.url, article.title, article.published, article.summary_html]
    values += (article.content_html, article.comments_url, article.comments_feed_url, article.language)
    values += ("authors", *article.authors, "categories", *article.categories, "enclosures")
    for enclosure in article.enclosures:
        values += (enclosure.url, enclosure.type, enclosure.length)
    return values


def _edited(article: ParsedArticle) -> int:
    return max(article.updated or 0, article.published or 0)


def _identities(articles: Sequence[ParsedArticle], known: Mapping[str, str]) -> list[str]:
    """The identity of each article of one document: its guid, else its address, else title and text."""
    found: list[str | None] = [None] * len(articles)
    none: set[str] = set()
    before: dict[str, list[int]] = {}
    for name_of, same in (_guid_of, _is_edition), (_url_of, _is_version):
        named: dict[str, list[int]] = {}
        for number, article in enumerate(articles):
            if found[number] is None and (name := name_of(article)) is not None:
                named.setdefault(name, []).append(number)
        for name, numbers in named.items():
            if name in none or known.get(name) == NO_IDENTITY:
                continue
            group = before.get(name, []) + numbers  # a guid may be the address of another article
            if len(group) > 1 and not _are_one([articles[number] for number in group], same):
                none.add(name)
                continue
            for number in numbers:
                found[number] = name
        before = named
    return [
        name or identity_of_text(article.title, article.content_html or article.summary_html or "")
        for name, article in zip(found, articles, strict=True)
    ]


def _guid_of(article: ParsedArticle) -> str | None:
    return identity_of_guid(article.guid)


def _url_of(article: ParsedArticle) -> str | None:
    return identity_of_url(article.url)


def _are_one(group: Iterable[ParsedArticle], same: Callable[[ParsedArticle, ParsedArticle], bool]) -> bool:
    """Whether all of a group are the same as the one edited last; the order in which they stand does not matter."""
    last, *others = sorted(group, key=lambda article: (-_edited(article), article.title, _words(article)))
    return all(same(last, other) for other in others)


def _is_edition(one: ParsedArticle, other: ParsedArticle) -> bool:
    """Whether two articles with one guid are one: Atom lists several editions of an entry (RFC 4287, 4.1.1)."""
    page = page_of(one.url)
    if page != page_of(other.url):
        return False
    title, text = same_title(one.title, other.title), same_text(_words(one), _words(other))
    if text or (title and (page or text is None)):
        return True
    return text is None and one.updated is not None and other.updated not in {None, one.updated}


def _is_version(one: ParsedArticle, other: ParsedArticle) -> bool:
    """Whether two articles of one address without a guid are one: by title and text."""
    text, further = _words(one), _words(other)
    if not one.title and not other.title:
        return text == further or same_text(text, further) is True
    return same_title(one.title, other.title) is True and is_version(text, further)


def _words(article: ParsedArticle) -> str:
    return _TAG.sub(" ", (article.content_html or article.summary_html or "")[:_COMPARED])


def _without_twins(chosen: Mapping[str, ParsedArticle], known: Mapping[str, str]) -> dict[str, ParsedArticle]:
    """Fold articles of the same address and title into one, but for those of which the address says nothing."""
    twins: dict[tuple[str, str], str] = {}
    kept: dict[str, ParsedArticle] = {}
    for identity, article in chosen.items():
        by_text = identity.startswith(OF_TEXT) and identity != article.guid
        if article.title and not by_text and (page := page_of(article.url)):
            face = (page, folded_title(article.title))
            twin = twins.setdefault(face, identity)
            if twin != identity:
                if twin in known or identity not in known:
                    continue
                twins[face] = identity
                kept = {identity if key == twin else key: kept[key] for key in kept}
        kept[identity] = article
    return kept
