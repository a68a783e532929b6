"""The outlines of an OPML file, also of one that is cut off or damaged: then each is read by itself.

A file that is well formed, or mended without loss, goes through the parser. In any other, where an outline begins is
found in the text; damage in one costs no other. What was lost at either end is known, and can be said.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newsreader.feeds.repair import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_LONGEST: Final = 20_000  # characters of a tag
_SIGN = re.compile(r"<!--|<(?P<end>/?)(?P<name>outline|body|opml)(?=[\s/>]|$)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![^\s\"'])([\w:.-]{1,99})\s{0,9}=\s{0,9}([\"'])")
_BARE_ADDRESS = re.compile(r"\bxmlurl\s{0,9}=\s{0,9}([^\s\"'<>]{1,4096}?)(?=\s|/?>|\Z)", re.IGNORECASE)
_TAG_END = re.compile(r"(/?)>")
_BEGINNING = re.compile(r"<(?:opml|body|head)\b", re.IGNORECASE)
FEED_TYPES: Final = frozenset(("rss", "rss1", "atom", "feed", "rdf"))
"""What the type of an outline is called that has, or should have, the address of a feed."""

_PROLOGUE = re.compile(r"\s*(?:<\?xml\b[^>]{0,400}\?>\s*)?")
_TITLE = re.compile(r"<title>([^<]{0,2000})</title>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline: how many others it stands in, its attributes by lower-case name, whether its tag is damaged."""

    depth: int
    attributes: dict[str, str]
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Outlines:
    """A file's title and its outlines in order; what is the matter with it.

    `damaged`: it is not well formed, and no mending made it so; `beheaded` and `cut`: its beginning or its end is lost.
    """

    title: str
    rows: tuple[Outline, ...]
    damaged: bool = False
    beheaded: bool = False
    cut: bool = False


def find_outlines(text: str) -> Outlines | None:
    """Find the outlines of a text; None where there is no sign of OPML."""
    start = text.find("<")
    tree = parse_xml(text[start:], feed=False) if start >= 0 else None
    if tree is not None and _local_name(tree.root) == "opml":
        titles = (element.text or "" for element in tree.root.iter() if _local_name(element) == "title")
        return Outlines(next(titles, ""), tuple(_walk(tree.root)))
    return _scan(text.replace("\0", ""))


def _walk(root: etree._Element) -> Iterator[Outline]:
    """Every outline of a tree, without recursion."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if _local_name(element) == "outline":
            yield Outline(depth, {str(key).lower(): str(value) for key, value in element.attrib.items()})
            depth += 1
        waiting.extend((child, depth) for child in reversed(element))


def _scan(text: str) -> Outlines | None:
    """Every outline of a text that is no tree, in time linear to it."""
    signs = _signs(text)
    begun = next((number for number, sign in enumerate(signs) if _is_outline(sign)), None)
    if begun is None:
        return None
    rows: list[Outline] = []
    depth = 0
    for number, sign in enumerate(signs):
        if sign["end"]:
            depth = max(0, depth - 1) if sign["name"].lower() == "outline" else 0
        elif _is_outline(sign):
            stop = signs[number + 1].start() if number + 1 < len(signs) else len(text)
            outline, is_open = _read_tag(text[sign.end() : min(stop, sign.end() + _LONGEST)], depth)
            rows.append(outline)
            depth += is_open
    before = text[: signs[begun].start()]
    ends = any(sign["end"] and not _is_outline(sign) and sign["name"].lower() != "outline" for sign in signs)
    has_beginning = _BEGINNING.search(before) is not None
    beheaded = not has_beginning and (ends or bool(_PROLOGUE.sub("", before, count=1).strip()))
    title = _TITLE.search(before[:100_000])
    last = max(number for number, sign in enumerate(signs) if sign["name"].lower() == "outline")
    cut = not any(sign["end"] for sign in signs[last + 1 :]) and (has_beginning or rows[-1].torn)
    return Outlines(html.unescape(title[1]) if title else "", tuple(rows), True, beheaded, cut)


def _signs(text: str) -> list[re.Match[str]]:
    """The tags that give a file its shape, but those in comments."""
    found = []
    position, endless = 0, False
    for sign in _SIGN.finditer(text):
        if sign.start() < position:
            continue
        if sign["name"]:
            found.append(sign)
        elif not endless:
            end = text.find("-->", sign.end())
            endless = end < 0
            position = position if endless else end
    return found


def _is_outline(sign: re.Match[str]) -> bool:
    return not sign["end"] and sign["name"].lower() == "outline"


def _read_tag(tag: str, depth: int) -> tuple[Outline, bool]:
    """An outline from what follows its name, and whether others stand in it.

    An attribute reaches to where the next begins, so that quotes inside its value do no harm; one whose own last
    quote is missing is left out.
    """
    attributes: dict[str, str] = {}
    starts = [*_ATTRIBUTE.finditer(tag)]
    end = starts[-1].end() if starts else 0
    for number, start in enumerate(starts):
        if number + 1 < len(starts):
            value = tag[start.end() : starts[number + 1].start()].rstrip()
            closed = value.endswith(start[2])
            value = value[:-1]
        else:
            stop = _last_quote(tag, start)
            closed, value, end = stop >= 0, tag[start.end() : stop], max(stop, end)
        if closed:
            attributes.setdefault(start[1].lower(), html.unescape(value))
    if "xmlurl" not in attributes and (bare := _BARE_ADDRESS.search(tag)):
        attributes["xmlurl"], end = html.unescape(bare[1]), max(bare.end(), end)
    close = _TAG_END.search(tag, end)
    is_feed = "xmlurl" in tag.lower() or attributes.get("type", "").lower() in FEED_TYPES
    torn = close is None or (is_feed and "xmlurl" not in attributes)
    # Of a tag that is damaged, one of a feed counts as a row, any other as a folder.
    return Outline(depth, attributes, torn), not is_feed if close is None or torn else not close[1]


def _last_quote(tag: str, start: re.Match[str]) -> int:
    """Where the value of a tag's last attribute ends; below 0 where it does not."""
    end = re.compile(rf"{start[2]}\s{{0,99}}/?(?:>|\Z)").search(tag, start.end())
    return end.start() if end else -1


def _local_name(element: etree._Element) -> str:
    """The lower-case name of an element without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
