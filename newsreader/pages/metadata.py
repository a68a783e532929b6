"""What a page says of its article: title, byline, date, language, picture, next page (Open Graph, schema.org, HTML)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import EARLIEST, MAX_NAME, MAX_TITLE
from newsreader.pages.addresses import web_address
from newsreader.pages.paging import next_page
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_MAX_LD: Final = 400_000  # characters of one JSON-LD script; real ones carry an article, not a catalogue
_MAX_LD_DEPTH: Final = 8
_ARTICLES: Final = re.compile(r"Article$|^BlogPosting$|^Report$|^Recipe$|^LiveBlogPosting$|^SocialMediaPosting$")
_SITE_SUFFIX: Final = re.compile(r"\s+[|\-\u2013\u2014·»:]+\s+[^|\-\u2013\u2014·»]{1,60}$")
_TIER: Final = "article:content_tier"
_ADDRESS_LIKE: Final = re.compile(r"^(?:https?://|@|www\.)", re.IGNORECASE)
_BY: Final = re.compile(r"^(?:by|von|par|por|di|door|av|от)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says; every field is cleaned, addresses are absolute, `published` is Unix seconds."""

    title: str = ""
    headline: str = ""
    byline: str = ""
    published: int | None = None
    language: str | None = None
    image: str | None = None
    next_page: str | None = None
    free: bool = True
    body: str = ""


def read_metadata(root: HtmlElement, url: str, first: str | None = None) -> Metadata:
    """Collect what a page says of its article; `body` is schema.org's articleBody, text or HTML, not yet cleaned.

    `first` is the address of the article's first page, where this is a further one.
    """
    meta = _meta_elements(root)
    data = next(_articles(root), {})
    page_title = one_line(root.findtext(".//title") or "", MAX_TITLE)
    headline = one_line(
        unescape(_text(data.get("headline"))) or meta.get("og:title") or meta.get("twitter:title") or "", MAX_TITLE
    )
    return Metadata(
        title=headline or _SITE_SUFFIX.sub("", page_title) or page_title,
        headline=headline,
        byline=_byline(data, meta, root),
        published=_moment(_text(data.get("datePublished")) or _published(meta, root)),
        language=_language(root, meta),
        image=web_address(_picture(data) or meta.get("og:image") or meta.get("twitter:image") or "", url),
        next_page=next_page(root, url, first or url),
        free=str(data.get("isAccessibleForFree", True)).lower() != "false" and meta.get(_TIER, "") != "locked",
        body=_text(data.get("articleBody")),
    )


def _meta_elements(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = element.get("content")
        if name and content and name not in found:
            found[name] = content
    return found


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Give the schema.org articles of the page's JSON-LD, that with a body first."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _MAX_LD:
            continue
        try:
            data = json.loads(text.strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_nodes(data, 0))
    yield from sorted(found, key=lambda node: not node.get("articleBody"))


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_LD_DEPTH:
        return
    if isinstance(data, list):
        for part in data:
            yield from _nodes(part, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLES.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(key), depth + 1)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _byline(data: dict[str, Any], meta: dict[str, str], root: HtmlElement) -> str:
    names = [name for name in _names(data.get("author")) if name]
    if not names:
        names = [
            meta.get(key, "") for key in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
        ]
        names = [name for name in names if name and not _ADDRESS_LIKE.match(name)][:1]
    if not names:
        marked = root.xpath("(//*[@rel='author' or @itemprop='author'])[1]")
        names = [" ".join(element.text_content().split()) for element in marked]
    line = _BY.sub("", one_line(", ".join(names), MAX_NAME))
    return line if len(line) < 200 else ""


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _names(part)
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, str) and not _ADDRESS_LIKE.match(value):
        yield " ".join(unescape(value).split())  # many sites write entities into JSON, too


def _published(meta: dict[str, str], root: HtmlElement) -> str:
    for key in ("article:published_time", "datepublished", "dc.date", "dc.date.issued", "date", "parsely-pub-date"):
        if meta.get(key):
            return meta[key]
    times = root.xpath("(//time[@datetime][@pubdate or @itemprop='datePublished'] | //article//time[@datetime])[1]")
    return times[0].get("datetime") if times else ""


def _moment(text: str) -> int | None:
    """Read an ISO 8601 time; without a zone it is UTC, before 1990 it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
        seconds = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
    return seconds if seconds >= EARLIEST else None


def _language(root: HtmlElement, meta: dict[str, str]) -> str | None:
    named = root.get("lang") or root.get("xml:lang") or meta.get("og:locale") or meta.get("content-language") or ""
    language = one_line(named.replace("_", "-"), 35)
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", language) else None


def _picture(data: dict[str, Any]) -> str:
    image = data.get("image")
    image = image[0] if isinstance(image, list) and image else image
    return _text(image.get("url")) if isinstance(image, dict) else _text(image)
