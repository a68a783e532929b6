"""Whether a feed that was found is one that was lost: what of it the library knows, and where it is. Pure.

A wrong address would fill a source with somebody else's articles, so that a feed needs a reason to be offered: articles
that the library has, the same name, or at the least the same site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.feeds import addresses, places
from newsreader.text import HASHED, normalised_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.model import ArticleFace
    from newsreader.worker.search import FoundFeed

_TELLING: Final = 12  # characters of a title, for two such to tell: "Links", "Open thread" stand in many feeds
_PERSON: Final = re.compile(r"/(?:feeds/)?([~@][\w-]+|(?:channel|c|m|r|users?|u)/@?[\w-]+)")
# What many feeds are called.
_ANYBODYS: Final = re.compile(
    r"(?:(?:the|my|our|all|latest|recent|site|rss|atom|web|main|new)\b\W*)*(?:blog|comments|entries|feeds?|home(?:page)?"
    r"|index|journal|news|posts|articles|stories|updates|rss|atom|untitled|weblog|podcast|start(?:seite)?|accueil)?",
    re.IGNORECASE,
)


class Likeness(IntEnum):
    """The reason to take a feed for a lost one, the best last."""

    NONE = 0
    SITE = 1
    TITLE = 2
    ARTICLES = 3


@dataclass(frozen=True, slots=True)
class Lost:
    """A source whose feed is looked for: where it was, its home page, its names, and its newest articles."""

    url: str
    link: str | None
    titles: tuple[str, ...]
    faces: tuple[ArticleFace, ...]


def likeness(lost: Lost, found: FoundFeed) -> Likeness:
    """The best reason to take a feed for a lost one."""
    if _share_articles(lost.faces, found.peek.faces):
        return Likeness.ARTICLES
    if _name(found.peek.title) and _name(found.peek.title) in map(_name, lost.titles):
        return Likeness.TITLE
    if any(_same_site(home, found.url) for home in (lost.url, lost.link) if home):
        return Likeness.SITE
    return Likeness.NONE


def _share_articles(known: tuple[ArticleFace, ...], there: tuple[ArticleFace, ...]) -> bool:
    """Whether an article of one feed is in the other, or two titles are."""
    if set(_keys(known)) & set(_keys(there)):
        return True
    return len(set(_titles(known)) & set(_titles(there))) > 1


def _keys(faces: Iterable[ArticleFace]) -> Iterable[str]:
    for face in faces:
        if face.identity.startswith(HASHED):
            yield face.identity
        if face.url and addresses.front_page(face.url) is not None:  # some link all articles to the front page
            yield normalised_url(face.url).rstrip("/")


def _titles(faces: Iterable[ArticleFace]) -> Iterable[str]:
    return (title for face in faces if len(title := _name(face.title)) >= _TELLING)


def _name(title: str) -> str:
    """A title for comparing; empty for one that tells nothing."""
    name = " ".join(title.casefold().split())
    return "" if _ANYBODYS.fullmatch(name) else name


def _same_site(home: str, url: str) -> bool:
    """Whether two addresses have one owner."""
    if addresses.site_of(home) != addresses.site_of(url) or places.is_shared(url):
        return False
    return _person(home) == _person(url)


def _person(url: str) -> str:
    """The part of a path by which a host of many has a person or a community: "~ines", "@ines", "c/ferries"."""
    found = _PERSON.match(urlsplit(url).path)
    return found[1] if found else ""
