"""OPML 2.0 (opml.org/spec2.opml): lists of subscriptions read from any program's file, written so that any can read it.

Reading forgives what is out there: broken XML, attributes in any case, feed: addresses, feeds inside feeds. Writing
loses nothing: what `write` made, `read` gives back, grouped by folder; what `read` gave, `write` makes the same bytes
of. What OPML has no word for stands in attributes of our own namespace, which others pass over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

from newsreader.bounds import MIN_INTERVAL
from newsreader.errors import ParseError
from newsreader.feeds import sniffing
from newsreader.feeds.decoding import decode
from newsreader.feeds.gathering import FeedList, Gathering, address, folder_of, name, path_of, shown
from newsreader.feeds.repair import parse_xml
from newsreader.model import FullTextMode, Subscription
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE: Final = "urn:newsreader:opml"
"""Of the attributes that are our own: `fullText` (a FullTextMode) and `interval` (seconds)."""

_PREFIX: Final = "newsreader"
_FULL_TEXT, _INTERVAL = f"{{{NAMESPACE}}}fullText", f"{{{NAMESPACE}}}interval"
_ENCODED = re.compile("%2C|%25|%2F", re.IGNORECASE)
_LONGEST: Final = 30 * 86_400  # seconds; what is looked at less often is forgotten
_FEED_TYPES: Final = frozenset(("rss", "rss1", "atom", "feed", "rdf"))


@dataclass(slots=True)
class _Folder:
    """A folder on its way into a file."""

    feeds: list[Subscription] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)


def read(data: bytes) -> FeedList:
    """Read a list of subscriptions; only http and https addresses are taken, each once with the tags of all places.

    Nested folders are joined by FOLDER_SEPARATOR. Raises ParseError for a file that is no OPML; a list without any
    feed is none.
    """
    text = decode(data)
    root = None if sniffing.of_bytes(data) or sniffing.is_page(text) else _root(text)
    if root is None:
        raise ParseError("This file is no list of feeds: it is not OPML.")
    gathering = Gathering()
    _walk(root, gathering)
    titles = (name(e.text or "") for e in root.iter() if _local_name(e) == "title")
    return FeedList(
        next(titles, ""), tuple(gathering.found.values()), tuple(gathering.problems), tuple(gathering.merged)
    )


def write(subscriptions: Iterable[Subscription], *, title: str, date: int | None = None) -> bytes:
    """Write a list as OPML 2.0 in UTF-8; `date` is the moment it was made (Unix seconds).

    Folders stand in the order in which they first appear, their own feeds before the folders inside them.
    """
    subscriptions = tuple(subscriptions)
    ours = any(each.interval or each.full_text_mode is not FullTextMode.AUTO for each in subscriptions)
    root = etree.Element("opml", version="2.0", nsmap={_PREFIX: NAMESPACE} if ours else None)
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = name(title)
    if date is not None:
        etree.SubElement(head, "dateCreated").text = formatdate(date, usegmt=True)
    top = _Folder()
    for subscription in subscriptions:
        place = top
        for folder in path_of(subscription.folder):
            place = place.folders.setdefault(name(folder), _Folder())
        place.feeds.append(subscription)
    _write_folder(etree.SubElement(root, "body"), top)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _root(text: str) -> etree._Element | None:
    """The root of a list; of a file whose beginning is lost, what is left of its outlines."""
    start = text.find("<")
    tree = parse_xml(text[start:], feed=False) if start >= 0 else None
    if tree is not None and _local_name(tree.root) == "opml":
        return tree.root
    start = text.lower().find("<outline")
    tree = parse_xml(f"<opml><body>{text[start:]}", feed=False) if start >= 0 else None
    return tree.root if tree is not None else None


def _walk(root: etree._Element, gathering: Gathering) -> None:
    """Look at every outline, in order, with the folders it stands in; without recursion."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, path = waiting.pop()
        if _local_name(element) == "outline":
            attributes = _attributes(element)
            if "xmlurl" in attributes:
                _take(attributes, folder_of(path), gathering)
            elif (reason := _unfit(attributes)) is not None and not len(element):
                gathering.leave_out(_name_of(attributes) or "An outline", reason)
            elif folder := _name_of(attributes):
                path = (*path, folder)
        waiting.extend((child, path) for child in reversed(element))


def _take(attributes: dict[str, str], folder: str | None, gathering: Gathering) -> None:
    """Add one outline to what was found, or say why not."""
    title, text = name(attributes.get("title", "")), name(attributes.get("text", ""))
    given = one_line(attributes["xmlurl"])
    url, reason = address(given)
    if url is None:
        gathering.leave_out(title or text or shown(given) or "An outline", reason)
        return
    if attributes.get("filtercmd"):  # newsboat's
        gathering.leave_out(title or text or shown(given), "it was taken without the command that filters it.")
    gathering.take(
        Subscription(
            url=url,
            title=title or ("" if text in {name(url), name(given)} else text),
            folder=folder,
            link=_link(attributes.get("htmlurl")),
            tags=_tags(attributes.get("category", "")),
            full_text_mode=_full_text_mode(_own(attributes, _FULL_TEXT)),
            interval=_interval(_own(attributes, _INTERVAL)),
        )
    )


def _unfit(attributes: dict[str, str]) -> str | None:
    """Why an outline without a feed's address is not taken; None for what may be a folder or a remark."""
    kind, url = attributes.get("type", "").strip().lower(), one_line(attributes.get("url", ""))
    if kind == "include" or (kind == "link" and url.partition("?")[0].lower().endswith((".opml", ".xml"))):
        return f"it is a link to another list, which was not taken; import that one by itself ({shown(url)})."
    if kind == "link":
        return f"it is a link to a page, not a feed ({shown(url)})."
    return "it has no address." if kind in _FEED_TYPES else None


def _write_folder(parent: etree._Element, folder: _Folder) -> None:
    """Write the feeds of a folder and the folders inside it."""
    for subscription in folder.feeds:
        url, title = one_line(subscription.url), name(subscription.title)
        attributes = {"type": "rss", "text": title or name(url), "xmlUrl": url}
        if title:
            attributes["title"] = title
        if link := _link(subscription.link):
            attributes["htmlUrl"] = link
        if category := ",".join(dict.fromkeys(filter(None, map(_write_tag, subscription.tags)))):
            attributes["category"] = category
        if subscription.full_text_mode is not FullTextMode.AUTO:
            attributes[_FULL_TEXT] = subscription.full_text_mode
        if subscription.interval:
            attributes[_INTERVAL] = str(subscription.interval)
        etree.SubElement(parent, "outline", attributes)
    for inner_name, inner in folder.folders.items():
        _write_folder(etree.SubElement(parent, "outline", {"text": inner_name, "title": inner_name}), inner)


def _tags(category: str) -> tuple[str, ...]:
    """The tags of a category attribute: a list with commas, each perhaps a path that begins with a slash."""
    tags = (
        name(_ENCODED.sub(lambda m: unquote(m.group()), tag.strip().removeprefix("/"))) for tag in category.split(",")
    )
    return tuple(dict.fromkeys(filter(None, tags)))


def _write_tag(tag: str) -> str:
    """Write a tag so that `_tags` reads it back: a comma, and a slash at its beginning, would be lost as they are."""
    encoded = _ENCODED.sub(lambda match: "%25" + match.group()[1:], name(tag)).replace(",", "%2C")
    return f"%2F{encoded[1:]}" if encoded.startswith("/") else encoded


def _link(given: str | None) -> str | None:
    return address(one_line(given))[0] if given else None


def _full_text_mode(given: str) -> FullTextMode:
    try:
        return FullTextMode(given)
    except ValueError:
        return FullTextMode.AUTO


def _interval(given: str) -> int | None:
    """Seconds between two askings, within the bounds of what a person can set."""
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        return None
    return min(max(int(given), MIN_INTERVAL), _LONGEST)


def _own(attributes: dict[str, str], key: str) -> str:
    """An attribute of our namespace, also where mending a file lost the meaning of its prefix."""
    local = key.rpartition("}")[2]
    return attributes.get(key.lower()) or attributes.get(f"{_PREFIX}:{local}".lower()) or ""


def _name_of(attributes: dict[str, str]) -> str:
    return name(attributes.get("title") or attributes.get("text", ""))


def _attributes(element: etree._Element) -> dict[str, str]:
    """The attributes of an outline by lower-case name."""
    return {str(key).lower(): str(value) for key, value in element.attrib.items()}


def _local_name(element: etree._Element) -> str:
    """The lower-case name of an element without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
