"""The files and pictures that go with an article: enclosures of RSS and Atom, Media RSS, iTunes and Podcasting 2.0.

Specifications: rssboard.org/media-rss, help.apple.com (podcast tags), podcastindex.org/namespace/1.0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from newsreader.bounds import MAX_NAME
from newsreader.feeds import markup
from newsreader.feeds.fields import MAX_LIST, number, whole
from newsreader.model import Enclosure
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree
    from lxml.etree import _Element

    from newsreader.feeds.fields import Context, Found

_Attributes: TypeAlias = "_Element | dict[str, str]"

_CLOCK = re.compile(r"\s*(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,7})(?:[.,]\d*)?\s*$", re.ASCII)
_SPELLED: Final = (
    r"(?ai)\s*(?:PT)?(?:(\d{1,3})\s?h[a-z]{0,6}[\s,]*)?(?:(\d{1,4})\s?m[a-z]{0,6}[\s,]*)?"
    r"(?:(\d{1,7})(?:\.\d*)?\s?s[a-z]{0,6})?\s*$"
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)", re.IGNORECASE)
_PLAYED: Final = ("audio/", "video/")
_BESIDE: Final = {"podcast:transcript": "Transcript", "podcast:chapters": "Chapters"}
_MEANT: Final = frozenset(("enclosure", "media:content", "media:group", *_BESIDE))


_PICTURED: Final = frozenset(
    ("media:thumbnail", "media:content", "media:group", "itunes:image", "googleplay:image", "image")
)


def seconds(clock: str | None) -> int | None:
    """Read a length of time as podcasts write it ("1:02:03", "62:03", "3723", "1h 2m 3s", "PT1H2M3S")."""
    match = (_CLOCK.match(clock) or re.match(_SPELLED, clock)) if clock else None
    if match is None or not any(match.groups()):
        return None
    hours, minutes, rest = match.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(rest or 0)


def files(found: Found, from_links: list[Enclosure] | None, context: Context, base: str) -> tuple[Enclosure, ...]:
    """Files that go with an article, each address once: enclosures, Media RSS content, then transcript and chapters."""
    if not from_links and found.keys().isdisjoint(_MEANT):
        return ()
    result: dict[str, Enclosure] = {}
    for linked in from_links or ():
        _add(result, linked)
    for element in (*found.get("enclosure", ()), *_contents(found, context)):
        if enclosure := _file(element, context, base):
            _add(result, enclosure)
    _describe_episode(result, found)
    for name, title in _BESIDE.items():
        for element in found.get(name, ()):
            if enclosure := _file(element, context, base):
                _add(result, enclosure._replace(title=title))
    return tuple(result.values())


def image(found: Found, enclosures: tuple[Enclosure, ...], context: Context, base: str) -> str | None:
    """The picture that stands for an article: its thumbnail, its cover, else the first picture that comes with it."""
    if not enclosures and found.keys().isdisjoint(_PICTURED):
        return None
    for element in _pictures(found, context):
        if address := markup.absolute(element.get("url") or element.get("href") or element.text, base):
            return address
    for enclosure in enclosures:
        kind = enclosure.type or ""
        if kind.startswith("image/") or (not kind and _PICTURE.search(enclosure.url)):
            return enclosure.url
    return None


def title(found: Found, context: Context) -> str:
    """What the first file of an article is called, for articles that have no title of their own."""
    for content in _contents(found, context):
        for child in content:
            if context.names[child.tag] == "media:title" and (said := markup.plain(child.text or "")):
                return said
    return ""


def _pictures(found: Found, context: Context) -> Iterator[etree._Element]:
    """The elements that name a picture, best first; a list of thumbnails is in the order of their importance."""
    yield from found.get("media:thumbnail", ())
    if "media:content" in found or "media:group" in found:
        for content in _contents(found, context):
            yield from (child for child in content if context.names[child.tag] == "media:thumbnail")
    for name in ("itunes:image", "googleplay:image"):
        yield from found.get(name, ())
    for holder in found.get("image", ()):
        yield from (child for child in holder if context.names[child.tag] == "url")
        yield holder


def _contents(found: Found, context: Context) -> Iterator[etree._Element]:
    """The media:content elements of an article, alone or in groups."""
    yield from found.get("media:content", ())
    for group in found.get("media:group", ()):
        yield from (child for child in group if context.names[child.tag] == "media:content")


def _file(element: etree._Element, context: Context, base: str) -> Enclosure | None:
    """One element that names a file; None without a usable address."""
    given: _Attributes = element
    if element.get("url") is None and (len(element.keys()) > 1 or not element.text):
        given = _folded(element)
    address = markup.absolute(given.get("url") or given.get("href") or given.get("resource") or element.text, base)
    if address is None:
        return None
    kind = given.get("type") or ""
    if not kind and (medium := given.get("medium")):
        kind = f"{medium}/*"
    titles = (child.text for child in element if context.names[child.tag] == "media:title") if len(element) else ()
    return Enclosure(
        address,
        one_line(kind, MAX_NAME).lower() or None,
        whole(given.get("length") or given.get("fileSize")),
        seconds(given.get("duration")),
        next((markup.name(title) for title in titles if title), None) or None,
    )


def _folded(element: etree._Element) -> dict[str, str]:
    """The attributes of an element by their names without case and namespace (RSS 1.0, mod_enclosure)."""
    return {str(key).rpartition("}")[2].lower(): str(value) for key, value in element.items()}


def _add(result: dict[str, Enclosure], new: Enclosure) -> None:
    """Take a file in; of one that is named twice, each mention adds what the others do not say."""
    known = result.get(new.url)
    if known is None:
        if len(result) < MAX_LIST:
            result[new.url] = new
        return
    result[new.url] = Enclosure(
        new.url,
        known.type or new.type,
        known.length or new.length,
        known.duration or new.duration,
        known.title or new.title,
    )


def _describe_episode(result: dict[str, Enclosure], found: Found) -> None:
    """Put what iTunes says of the episode as a whole on the file that is played."""
    duration = seconds(next((e.text for e in found.get("itunes:duration", ())), None))
    episode = number(found, ("itunes:episode", "podcast:episode"))
    if duration is None and episode is None:
        return
    played = next((e for e in result.values() if (e.type or "").startswith(_PLAYED)), None)
    if played is None and len(result) == 1:
        (played,) = result.values()
    if played is None:
        return
    title = played.title
    if title is None and episode is not None:
        season = number(found, ("itunes:season", "podcast:season"))
        title = f"Episode {episode}" if season is None else f"Season {season}, episode {episode}"
    result[played.url] = played._replace(duration=played.duration or duration, title=title)
