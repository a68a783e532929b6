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
from newsreader.feeds.outlines import FEED_TYPES, find_outlines
from newsreader.model import FullTextMode, SavedSearch, Subscription
from newsreader.query.reading import MAX_TEXT
from newsreader.text import clean_text, count_of, one_line, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsreader.feeds.outlines import Outline, Outlines

NAMESPACE: Final = "urn:newsreader:opml"
"""Of the attributes that are our own: `fullText` (a FullTextMode), `interval` (seconds), and the settings.

A smart source is an outline of the type SMART with its search in `query`; others pass over it.
"""

SMART: Final = "newsreader-smart"

_PREFIX: Final = "newsreader"
_FULL_TEXT, _INTERVAL = f"{{{NAMESPACE}}}fullText", f"{{{NAMESPACE}}}interval"
_QUERY: Final = f"{{{NAMESPACE}}}query"
_SETTINGS: Final = {
    "user-agent": f"{{{NAMESPACE}}}userAgent",
    "headers": f"{{{NAMESPACE}}}headers",
    "auth": f"{{{NAMESPACE}}}auth",
    "proxy": f"{{{NAMESPACE}}}proxy",
    "keep": f"{{{NAMESPACE}}}keep",
    "notify": f"{{{NAMESPACE}}}notify",
    "paused": f"{{{NAMESPACE}}}paused",
}
_ENCODED = re.compile("%2C|%25|%2F", re.IGNORECASE)
_LONGEST: Final = 30 * 86_400  # seconds; what is looked at less often is forgotten
_TORN: Final = "its row is damaged, and its address cannot be read."


@dataclass(slots=True)
class _Folder:
    """A folder on its way into a file."""

    feeds: list[Subscription] = field(default_factory=list)
    searches: list[SavedSearch] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)


def read(data: bytes) -> FeedList:
    """Read a list of subscriptions; only http and https addresses are taken, each once with the tags of all places.

    Nested folders are joined by FOLDER_SEPARATOR. Raises ParseError for a file that is no OPML; a list without any
    feed is none.
    """
    text = decode(data)
    found = None if sniffing.of_bytes(data) or sniffing.is_page(text) else find_outlines(text)
    if found is None:
        raise ParseError("This file is no list of feeds: it is not OPML.")
    gathering = Gathering()
    _gather(found.rows, gathering)
    subscriptions = tuple(gathering.found.values())
    damage = _damage(found, subscriptions)
    return FeedList(
        name(found.title),
        subscriptions,
        (*((damage,) if damage else ()), *gathering.problems),
        tuple(gathering.merged),
        searches=tuple(gathering.searches),
        is_whole=not damage,
    )


def write(
    subscriptions: Iterable[Subscription],
    *,
    title: str,
    searches: Sequence[SavedSearch] = (),
    date: int | None = None,
    private: bool = False,
) -> bytes:
    """Write a list as OPML 2.0 in UTF-8; `date` is the moment it was made (Unix seconds).

    The name and password that may stand in an address are written only into a `private` file, which nobody else reads.
    Folders stand in the order in which they first appear, their own feeds, then their smart sources, before the folders
    inside them.
    """
    subscriptions = tuple(subscriptions)
    ours = bool(searches) or any(
        each.interval or each.settings or each.full_text_mode is not FullTextMode.AUTO for each in subscriptions
    )
    root = etree.Element("opml", version="2.0", nsmap={_PREFIX: NAMESPACE} if ours else None)
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = name(title)
    if date is not None:
        etree.SubElement(head, "dateCreated").text = formatdate(date, usegmt=True)
    top = _Folder()
    for subscription in subscriptions:
        _place(top, subscription.folder).feeds.append(subscription)
    for search in searches:
        _place(top, search.folder).searches.append(search)
    _write_folder(etree.SubElement(root, "body"), top, one_line if private else _shareable)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _place(top: _Folder, path: str | None) -> _Folder:
    """The folder of this name, which begins here where it is new."""
    for folder in path_of(path):
        top = top.folders.setdefault(name(folder), _Folder())
    return top


def _gather(rows: Sequence[Outline], gathering: Gathering) -> None:
    """Look at every outline, in order, with the folders it stands in."""
    path: list[str] = []  # of each outline around this one its folder's name, "" for one that is no folder
    for number, row in enumerate(rows):
        del path[row.depth :]
        has_inside = number + 1 < len(rows) and rows[number + 1].depth > row.depth
        attributes, folder = row.attributes, ""
        if row.torn and "xmlurl" not in attributes and not has_inside:
            gathering.leave_out(_name_of(attributes) or f"Outline {number + 1}", _TORN)
        elif "xmlurl" in attributes:
            _take(attributes, number, folder_of(tuple(filter(None, path))), gathering)
        elif query := one_line(_own(attributes, _QUERY), MAX_TEXT):
            place = folder_of(tuple(filter(None, path)))
            gathering.searches[SavedSearch(_name_of(attributes), query, place)] = None
        elif (reason := _unfit(attributes)) is not None and not has_inside:
            gathering.leave_out(_name_of(attributes) or f"Outline {number + 1}", reason)
        else:
            folder = _name_of(attributes)
        path.append(folder)


def _damage(found: Outlines, subscriptions: Sequence[Subscription]) -> str:
    """What is lost of a list, and what was read of it; "" for one that is whole."""
    if not found.damaged:
        return ""
    count = len(subscriptions)
    read = f"{count_of(count, 'source')} {'was' if count == 1 else 'were'} read"
    last = f" after “{subscriptions[-1].title or shown(subscriptions[-1].url)}”" if subscriptions else ""
    if not found.cut and not found.beheaded:
        return f"The list is damaged: {read}. Look whether any is missing, or export it again where it comes from."
    both = found.cut and found.beheaded
    where = f"The list is cut off{last}" if found.cut else "The beginning of the list is missing"
    what = "Both ends of the list are missing" if both else where
    return f"{what}: {read}, the rest is lost. Export it again where it comes from."


def _take(attributes: dict[str, str], number: int, folder: str | None, gathering: Gathering) -> None:
    """Add one outline to what was found, or say why not."""
    title, text = name(attributes.get("title", "")), name(attributes.get("text", ""))
    given = one_line(attributes["xmlurl"])
    url, reason = address(given)
    if url is None:
        gathering.leave_out(title or text or shown(given) or f"Outline {number + 1}", reason)
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
            settings=tuple(
                (key, text) for key, attribute in _SETTINGS.items() if (text := _own(attributes, attribute).strip())
            ),
        )
    )


def _unfit(attributes: dict[str, str]) -> str | None:
    """Why an outline without a feed's address is not taken; None for what may be a folder or a remark."""
    kind, url = attributes.get("type", "").strip().lower(), one_line(attributes.get("url", ""))
    if kind == "include" or (kind == "link" and url.partition("?")[0].lower().endswith((".opml", ".xml"))):
        return f"it is a link to another list, which was not taken; import that one by itself ({shown(url)})."
    if kind == "link":
        return f"it is a link to a page, not a feed ({shown(url)})."
    return "it has no address." if kind in FEED_TYPES else None


def _shareable(text: str) -> str:
    return without_userinfo(one_line(text))


def _write_folder(parent: etree._Element, folder: _Folder, clean: Callable[[str], str]) -> None:
    """Write the feeds and searches of a folder and the folders inside it, their addresses as `clean` makes them."""
    for subscription in folder.feeds:
        url, title = clean(subscription.url), clean(name(subscription.title))
        attributes = {"type": "rss", "text": title or name(url), "xmlUrl": url}
        if title:
            attributes["title"] = title
        if link := _link(clean(subscription.link or "")):
            attributes["htmlUrl"] = link
        if category := ",".join(dict.fromkeys(filter(None, map(_write_tag, subscription.tags)))):
            attributes["category"] = category
        if subscription.full_text_mode is not FullTextMode.AUTO:
            attributes[_FULL_TEXT] = subscription.full_text_mode
        if subscription.interval:
            attributes[_INTERVAL] = str(subscription.interval)
        attributes |= {_SETTINGS[key]: clean_text(text) for key, text in subscription.settings if key in _SETTINGS}
        etree.SubElement(parent, "outline", attributes)
    for search in folder.searches:
        called = name(search.title)
        attributes = {"type": SMART, "text": called, "title": called, _QUERY: one_line(search.query, MAX_TEXT)}
        etree.SubElement(parent, "outline", attributes)
    for inner_name, inner in folder.folders.items():
        _write_folder(etree.SubElement(parent, "outline", {"text": inner_name, "title": inner_name}), inner, clean)


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
    return clean_text(attributes.get(key.lower()) or attributes.get(f"{_PREFIX}:{local}".lower()) or "")


def _name_of(attributes: dict[str, str]) -> str:
    return name(attributes.get("title") or attributes.get("text", ""))
