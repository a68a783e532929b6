"""JSON Feed 1.0 and 1.1 (jsonfeed.org): text to ParsedFeed. Members of a wrong type count as missing."""

from __future__ import annotations

import json
from typing import Any, Final

from newsreader.bounds import MAX_NAME, MAX_SUMMARY
from newsreader.errors import NotAFeed, ParseError
from newsreader.feeds import markup
from newsreader.feeds.fields import moment, split_person
from newsreader.model import Enclosure, ParsedArticle, ParsedFeed
from newsreader.text import one_line

_MAX_LIST: Final = 100
_MOST_DIGITS: Final = 4_000
_NOT_A_FEED: Final = "This is a JSON document, but not a feed."


def read_json(text: str, url: str) -> ParsedFeed:
    """Read a JSON Feed; raises ParseError for broken JSON and NotAFeed for JSON that is something else."""
    try:
        document = json.loads(text, strict=False, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise ParseError("The feed is broken: it is not readable as JSON.", str(error)) from error
    if not isinstance(document, dict) or not _is_feed(document):
        raise NotAFeed(_NOT_A_FEED)
    base = _string(document, "feed_url") or url
    link = markup.absolute(_string(document, "home_page_url"), base)
    inherited = _authors(document)
    items = document.get("items")
    articles = tuple(
        _article(item, link or base, inherited)
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict)
    )
    moments = [said for article in articles if (said := article.updated or article.published) is not None]
    return ParsedFeed(
        title=markup.plain(_string(document, "title") or "", MAX_NAME),
        link=link,
        description=markup.plain(_string(document, "description") or "", MAX_SUMMARY) or None,
        language=_language(document),
        updated=max(moments, default=None),
        articles=articles,
    )


def _integer(digits: str) -> int | str:
    """A number as Python has it; one of more digits than Python reads (4,300) stays text and costs nothing else."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _is_feed(document: dict[str, Any]) -> bool:
    """Whether an object is a JSON Feed: it says so, or has items beside a feed's other members."""
    if "jsonfeed.org" in str(document.get("version", ""))[:200]:
        return True
    named = any(isinstance(document.get(key), str) for key in ("title", "home_page_url", "feed_url"))
    return isinstance(document.get("items"), list) and named


def _article(item: dict[str, Any], base: str, inherited: tuple[str, ...]) -> ParsedArticle:
    """Read one item."""
    url = markup.absolute(_string(item, "url") or _string(item, "external_url"), base)
    guid = one_line(_string(item, "id") or "", 2_000) or None
    if url is None and guid and guid.startswith(("http://", "https://")):
        url = markup.absolute(guid)
    text_base = url or base
    enclosures = _enclosures(item, base)
    content = _string(item, "content_html")
    plain = _string(item, "content_text")
    summary = _string(item, "summary")
    return ParsedArticle(
        guid=guid,
        url=url,
        title=markup.plain(_string(item, "title") or ""),
        authors=_authors(item) or inherited,
        published=moment(_string(item, "date_published") or ""),
        updated=moment(_string(item, "date_modified") or ""),
        summary_html=markup.text_to_html(summary) if summary else None,
        content_html=markup.absolutise(content, text_base)
        if content
        else markup.text_to_html(plain)
        if plain
        else None,
        enclosures=enclosures,
        categories=tuple(label for tag in _list(item, "tags") if isinstance(tag, str) and (label := markup.name(tag))),
        language=_language(item),
        image_url=_image(item, enclosures, base),
    )


def _image(item: dict[str, Any], enclosures: tuple[Enclosure, ...], base: str) -> str | None:
    """The picture that stands for an item, else the first one attached to it."""
    named = markup.absolute(_string(item, "image") or _string(item, "banner_image"), base)
    return named or next((e.url for e in enclosures if (e.type or "").startswith("image/")), None)


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    """Names of the authors (1.1) or the author (1.0) of a feed or an item, each once."""
    persons = [*_list(holder, "authors"), holder.get("author")]
    names: dict[str, None] = {}
    for person in persons:
        said = _string(person, "name") if isinstance(person, dict) else person if isinstance(person, str) else None
        name, mail = split_person(markup.name(_whole(said or "")))
        if name or mail:
            names[name or mail] = None
    return tuple(names)


def _enclosures(item: dict[str, Any], base: str) -> tuple[Enclosure, ...]:
    """The attachments of an item, each address once."""
    result: dict[str, Enclosure] = {}
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and (url := markup.absolute(_string(attachment, "url"), base)):
            kind = one_line(_string(attachment, "mime_type") or "", MAX_NAME).lower() or None
            title = markup.name(_string(attachment, "title") or "") or None
            length, duration = _size(attachment, "size_in_bytes"), _size(attachment, "duration_in_seconds")
            result.setdefault(url, Enclosure(url, kind, length, duration, title))
    return tuple(result.values())


def _language(holder: dict[str, Any]) -> str | None:
    """The language tag of a feed or an item."""
    return one_line(_string(holder, "language") or "", 35) or None


def _size(holder: dict[str, Any], key: str) -> int | None:
    """A member that counts something: bytes, seconds."""
    value = holder.get(key)
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e15 else None


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    """A member that is a list, bounded; empty where it is none."""
    value = holder.get(key)
    return value[:_MAX_LIST] if isinstance(value, list) else []


def _string(holder: dict[str, Any], key: str) -> str | None:
    """A member as text; numbers are written out (ids often are), everything else is missing."""
    value = holder.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _whole(value) if isinstance(value, str) else str(value)


def _whole(text: str) -> str:
    r"""Text without the lone halves of surrogate pairs that JSON can write (\ud800)."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
