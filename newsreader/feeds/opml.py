"""OPML 2.0 (opml.org/spec2.opml): lists of subscriptions read from any program's file, written so that any can read it.

Reading forgives what is out there: broken XML, attributes in any case, feed: addresses, feeds inside feeds. Writing
loses nothing: what `write` made, `read` gives back, grouped by folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

from newsreader.bounds import MAX_NAME, MAX_URL
from newsreader.errors import ParseError
from newsreader.feeds import sniffing
from newsreader.feeds.decoding import decode
from newsreader.feeds.repair import parse_xml
from newsreader.model import Subscription
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER_SEPARATOR: Final = " / "  # between the names of nested folders

_MAX_FOLDERS: Final = 10  # nested folders that are told apart; deeper ones count as the tenth
_COMMANDS: Final = ("exec:", "filter:", "query:", "|")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.IGNORECASE)
_HOST_ONLY = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
_ENCODED = re.compile("%2C|%25", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OpmlFile:
    """A list as read: its title, each address once, and a sentence for every one that was left out."""

    title: str
    subscriptions: tuple[Subscription, ...]
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Folder:
    """A folder on its way into a file."""

    feeds: list[Subscription] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)


def read(data: bytes) -> OpmlFile:
    """Read a list of subscriptions; only http and https addresses are taken, each once with the tags of all places.

    Nested folders are joined by FOLDER_SEPARATOR. Raises ParseError for a file that is no OPML; a list without any
    feed is none.
    """
    text = decode(data)
    root = None if sniffing.of_bytes(data) or sniffing.is_page(text) else _root(text)
    if root is None:
        raise ParseError("This file is no list of feeds: it is not OPML.")
    found: dict[str, Subscription] = {}
    problems: list[str] = []
    for outline, folder in _outlines(root):
        _take(_attributes(outline), folder, found, problems)
    titles = (one_line(e.text or "", MAX_NAME) for e in root.iter() if _name(e) == "title")
    return OpmlFile(next(titles, ""), tuple(found.values()), tuple(problems))


def write(subscriptions: Iterable[Subscription], *, title: str, date: int | None = None) -> bytes:
    """Write a list as OPML 2.0 in UTF-8; `date` is the moment it was made (Unix seconds).

    Folders stand in the order in which they first appear, their own feeds before the folders inside them.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(title, MAX_NAME)
    if date is not None:
        etree.SubElement(head, "dateCreated").text = formatdate(date, usegmt=True)
    top = _Folder()
    for subscription in subscriptions:
        place = top
        for name in subscription.folder.split(FOLDER_SEPARATOR) if subscription.folder else ():
            place = place.folders.setdefault(name, _Folder())
        place.feeds.append(subscription)
    _write_folder(etree.SubElement(root, "body"), top)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _root(text: str) -> etree._Element | None:
    """The root of a list; of a file whose beginning is lost, what is left of its outlines."""
    start = text.find("<")
    tree = parse_xml(text[start:], feed=False) if start >= 0 else None
    if tree is not None and _name(tree.root) == "opml":
        return tree.root
    start = text.lower().find("<outline")
    tree = parse_xml(f"<opml><body>{text[start:]}", feed=False) if start >= 0 else None
    return tree.root if tree is not None else None


def _take(attributes: dict[str, str], folder: str | None, found: dict[str, Subscription], problems: list[str]) -> None:
    """Add one outline to what was found, or say why not."""
    title = one_line(attributes.get("title", ""), MAX_NAME)
    text = one_line(attributes.get("text", ""), MAX_NAME)
    given = one_line(attributes["xmlurl"])
    url, reason = _address(given)
    if url is None:
        problems.append(f"{title or text or given[:80] or 'An outline'}: {reason}")
        return
    subscription = Subscription(
        url=url,
        title=title or ("" if text in {url, given} else text),
        folder=folder,
        link=_address(one_line(attributes.get("htmlurl", "")))[0],
        tags=_tags(attributes.get("category", "")),
    )
    known = found.get(url)
    if known is None:
        found[url] = subscription
        return
    tags = tuple(dict.fromkeys((*known.tags, *subscription.tags)))
    found[url] = replace(
        known,
        title=known.title or subscription.title,
        folder=known.folder or subscription.folder,
        link=known.link or subscription.link,
        tags=tags,
    )


def _address(given: str) -> tuple[str | None, str]:
    """An address that can be fetched, or None with the reason."""
    url = _FEED_SCHEME.sub("", given, count=1)
    if url.startswith("//"):
        url = "https:" + url
    if not url:
        return None, "it has no address."
    if len(url) > MAX_URL:
        return None, "its address is too long."
    if url.lower().startswith(("http://", "https://")):
        return (url, "") if len(url.partition("://")[2]) > 0 else (None, "its address has no host.")
    if url.lower().startswith(_COMMANDS):
        return None, "it runs a command or a query, which is not supported."
    if _HOST_ONLY.match(url):
        return f"https://{url}", ""
    return None, f"its address is not one of the web ({url[:80]})."


def _outlines(root: etree._Element) -> Iterator[tuple[etree._Element, str | None]]:
    """Every outline that has an xmlUrl, in order, with the folder it stands in; without recursion."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, path = waiting.pop()
        attributes = _attributes(element) if _name(element) == "outline" else {}
        if "xmlurl" in attributes:
            yield element, FOLDER_SEPARATOR.join(path) or None
        elif name := one_line(attributes.get("title") or attributes.get("text", ""), MAX_NAME):
            path = (*path, name)[:_MAX_FOLDERS]
        waiting.extend((child, path) for child in reversed(element))


def _write_folder(parent: etree._Element, folder: _Folder) -> None:
    """Write the feeds of a folder and the folders inside it."""
    for subscription in folder.feeds:
        attributes = {"type": "rss", "text": subscription.title or subscription.url, "xmlUrl": subscription.url}
        if subscription.title:
            attributes["title"] = subscription.title
        if subscription.link:
            attributes["htmlUrl"] = subscription.link
        if subscription.tags:
            attributes["category"] = ",".join(map(_write_tag, subscription.tags))
        etree.SubElement(parent, "outline", attributes)
    for name, inner in folder.folders.items():
        _write_folder(etree.SubElement(parent, "outline", {"text": name, "title": name}), inner)


def _tags(category: str) -> tuple[str, ...]:
    """The tags of a category attribute: a list with commas, each perhaps a path that begins with a slash."""
    tags = (
        one_line(_ENCODED.sub(lambda m: unquote(m.group()), tag).strip().removeprefix("/"), MAX_NAME)
        for tag in category.split(",")
    )
    return tuple(dict.fromkeys(filter(None, tags)))


def _write_tag(tag: str) -> str:
    """Write a tag so that `_tags` reads it back; a comma is the only character it cannot hold as it is."""
    encoded = _ENCODED.sub(lambda match: "%25" + match.group()[1:], tag).replace(",", "%2C")
    return "/" + encoded if encoded.startswith("/") else encoded


def _attributes(element: etree._Element) -> dict[str, str]:
    """The attributes of an outline by lower-case name."""
    return {str(key).lower(): str(value) for key, value in element.attrib.items()}


def _name(element: etree._Element) -> str:
    """The lower-case name of an element without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
