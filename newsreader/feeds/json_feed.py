"""JSON Feed 1.0 and 1.1 (jsonfeed.org): text to ParsedFeed. Members of a wrong type count as missing."""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

from newsreader.bounds import MAX_NAME, MAX_SUMMARY
from newsreader.errors import NotAFeed, ParseError
from newsreader.feeds import markup
from newsreader.feeds.dates import parse_date
from newsreader.feeds.fields import YEAR_1, split_person
from newsreader.feeds.json_repair import integer, read_damaged
from newsreader.model import Enclosure, ParsedArticle, ParsedFeed
from newsreader.text import one_line

_MAX_LIST: Final = 100
_HEAD: Final = 2_000  # characters in which a document says what it is
_SAYS_SO: Final = "jsonfeed.org"
_OF_ITEMS: Final = frozenset(("content_html", "content_text", "date_published"))
_BEFORE = re.compile(r"(?:/\*.{0,1000}?\*/|//[^\n]{0,1000}\n|[^{<\"/]){1,200}(?=\{\s*\")", re.DOTALL)
_NOT_A_FEED: Final = "This is a JSON document, but not a feed."
_BROKEN: Final = "The feed is broken: it is not readable as JSON."
_CUT: Final = "The feed was cut off: its last article is left out."
_REPAIRED: Final = "The feed is not well-formed JSON; it was repaired."


def json_start(text: str) -> int | None:
    """Where JSON begins: at once, or behind the name of a function, a guard or a comment, if it says it is a feed."""
    if text.startswith(("{", "[")):
        return 0
    before = _BEFORE.match(text)
    return before.end() if before and _SAYS_SO in text[: before.end() + _HEAD] else None


def read_json(text: str, url: str) -> ParsedFeed:
    """Read a JSON Feed; raises ParseError for broken JSON and NotAFeed for JSON that is something else.

    Of a document that is cut off or broken what is whole before the fault is kept.
    """
    document, problem = _document(text)
    if isinstance(document, list) and len(document) == 1:
        (document,) = document
    if not isinstance(document, dict) or not _is_feed(document):
        raise NotAFeed(_NOT_A_FEED) if problem is None else ParseError(_BROKEN)
    items = _items(document)
    if problem == _CUT and not items:
        raise ParseError(_BROKEN)
    base = _string(document, "feed_url") or url
    link = markup.absolute(_string(document, "home_page_url"), base)
    inherited = _authors(document)
    articles = tuple(_article(item, link or base, inherited) for item in items)
    moments = [said for article in articles if (said := article.updated or article.published) is not None]
    return ParsedFeed(
        title=markup.plain(_string(document, "title") or "", MAX_NAME),
        link=link,
        description=markup.plain(_string(document, "description") or "", MAX_SUMMARY) or None,
        language=_language(document),
        updated=max(moments, default=None),
        articles=articles,
        problem=problem,
        cut=problem == _CUT,
    )


def _document(text: str) -> tuple[Any, str | None]:
    """The value that a text holds, and what is to be said of its state."""
    if text[1:_HEAD].lstrip().startswith("&quot;"):
        text = html.unescape(text)
    try:
        return json.loads(text, strict=False, parse_int=integer, parse_constant=_nothing), None
    except (ValueError, RecursionError):
        document, cut = read_damaged(text)
    return document, _CUT if cut else _REPAIRED


def _nothing(_name: str) -> None:
    """What NaN and Infinity say."""


def _items(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of a feed: a list, or the numbered members that PHP makes of a list with gaps, or a single one."""
    items = document.get("items")
    if isinstance(items, dict):
        items = [items] if not items.keys().isdisjoint(_OF_ITEMS) else list(items.values())
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _is_feed(document: dict[str, Any]) -> bool:
    """Whether an object is a JSON Feed: it says so, or has items beside a feed's other members, or items like a feed's.

    What is `items` in other formats is called otherwise inside.
    """
    if _SAYS_SO in str(document.get("version", ""))[:200]:
        return True
    named = any(isinstance(document.get(key), str) for key in ("title", "home_page_url", "feed_url"))
    if named and isinstance(document.get("items"), list):
        return True
    return any(not item.keys().isdisjoint(_OF_ITEMS) for item in _items(document)[:3])


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
        published=_moment(_string(item, "date_published") or ""),
        updated=_moment(_string(item, "date_modified") or ""),
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


def _moment(written: str) -> int | None:
    """A date as Unix seconds."""
    said = parse_date(written)
    return said if said is not None and said > YEAR_1 else None


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
    """A member that is a list, bounded; a single value counts as a list of it."""
    value = holder.get(key)
    if isinstance(value, dict | str):
        return [value]
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
