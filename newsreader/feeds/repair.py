"""Feed text to an XML tree: strictly where the document is well formed, repaired in growing steps where it is not.

A well-formed document without a DOCTYPE goes through the first parse untouched. Otherwise, as little as is needed:
1. entities, bare ampersands, attributes without quotes and characters that XML forbids are written properly, outside
   CDATA sections;
2. HTML that stands unescaped and unbalanced in a title, description or content is put into a CDATA section;
3. the articles are taken apart and read one by one (`salvage`), with libxml2's recovery where it must be; the result
   says whether the document was cut off.
The DOCTYPE never reaches the parser, so there are no external and no nested entities (RELIABILITY: XXE, bombs).
"""

from __future__ import annotations

import html.entities
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from newsreader.feeds.salvage import balanced, rebuild, take_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PROLOGUE = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
# Atomic groups (?>…): a comment that has ended is never looked at again, so the time stays linear.
_BEFORE_ROOT = re.compile(
    r"(?>(?>\s*(?:<!--.{0,4000}?-->|<\?.{0,1000}?\?>)){0,20})\s*(?=<!DOCTYPE)", re.DOTALL | re.IGNORECASE
)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]{0,2000}(?:\[.*?\]\s*)?>?", re.DOTALL | re.IGNORECASE)
# The value of an entity that names no other but those of XML itself.
_VALUE: Final = r"((?:[^QUOTE<%&]|&(?:#\w{1,8}|amp|lt|gt|quot|apos);){0,2000})"
_DECLARATION = re.compile(
    r"<!ENTITY\s+([\w.:-]{1,64})\s+(?:\""
    + _VALUE.replace("QUOTE", '"')
    + r"\"|'"
    + _VALUE.replace("QUOTE", "'")
    + r"')\s*>"
)
_LONGEST_TAG: Final = 50_000  # characters
_FLOOD = re.compile(rf"<([A-Za-z][\w.:-]{{0,60}})[^<>]{{{_LONGEST_TAG},}}>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MISPRINT = re.compile(r"&#(?:0*1[2-5]\d|[xX]0*[89][0-9a-fA-F]);")  # C1 numbers, meant as windows-1252
# A character beyond the first plane written as the two halves that UTF-16 has it in.
_HALVES = re.compile(r"&#(5[56]\d{3}|[xX][dD][89aAbB][0-9a-fA-F]{2});&#(5[67]\d{3}|[xX][dD][c-fC-F][0-9a-fA-F]{2});")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][\w.:-]{0,63});)?")
_SECTION_IN_SMALL = re.compile(r"<!\[cdata\[", re.IGNORECASE)
_SECTION_START = re.compile(r"<!\[CDATA\[|<!--")
_TAG_WITH_VALUE = re.compile(r"<[A-Za-z_][^<>=]{0,200}=[^<>]*>")
_VALUE_IN_TAG = re.compile(r"(\"[^\"]*\"|'[^']*')(?=([A-Za-z_])?)|=\s*([^\s\"'<>]+?)(?=\s|/?>)")
_BARE_LESS = re.compile(r"<(?!/?[A-Za-z_]|[!?])")
_TEXT_ELEMENTS: Final = (
    "title description summary content content:encoded encoded tagline subtitle info rights copyright "
    "itunes:summary itunes:subtitle media:description media:title body fullitem dc:description excerpt:encoded"
)
_CONSTRUCT = re.compile(rf"<({'|'.join(_TEXT_ELEMENTS.split())})((?:\s[^<>]*)?)(?<!/)>", re.IGNORECASE)
# What no article's HTML has: where it stands, the text element has lost its end.
_NO_HTML = re.compile(
    r"</(?:item|entry|link)\s*>|<(?:guid|pubDate|enclosure|published|updated|id|\w+:\w+)[\s>]", re.IGNORECASE
)
_XHTML_TYPE = re.compile(r"(type\s*=\s*[\"'])(?:application/xhtml\+xml|xhtml|xml)([\"'])")
_CLOSED_ROOT = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*(?:>|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tree:
    """A document read as XML: its root, and what is known of it.

    `has_bases`: some xml:base stands in it; `repaired`: it was not well formed; `cut`: its last article never ends;
    `lossy`: articles may have been lost in the repair; `endless`: its root never ends.
    """

    root: etree._Element
    has_bases: bool = False
    repaired: bool = False
    cut: bool = False
    lossy: bool = False
    endless: bool = False


def parse_xml(text: str, *, feed: bool = True) -> Tree | None:
    """Read a document as XML; None where not even recovery finds an element.

    From step 2 on the elements of feeds count; `feed` is false for other documents (OPML), of which None is given then.
    """
    text = text.replace("\0", "").lstrip("\ufeff \t\r\n")
    if match := _PROLOGUE.match(text):
        text = text[match.end() :]
    declared: dict[str, str] = {}
    if "<!DOCTYPE" in text[:4096].upper():
        text = _drop_doctype(text, declared)
    text = _without_floods(text)
    has_bases = "xml:base" in text
    if "&#" in text:
        text = _MISPRINT.sub(_as_meant, text)
    if not declared and (root := _parse(text)) is not None:
        return Tree(root, has_bases)
    mended = _outside_sections(text, declared)
    if (root := _parse(mended)) is not None:
        return Tree(root, has_bases, repaired=True)
    if not feed:
        return None
    wrapped = _wrap_constructs(mended)
    if wrapped != mended and (root := _parse(wrapped)) is not None:
        return Tree(root, has_bases, repaired=True)
    parts = take_apart(text)
    endless = not _has_end(wrapped)
    if parts.articles or parts.cut:
        root = rebuild(parts, lambda part: _read_part(part, declared))
        return Tree(root, has_bases, repaired=True, cut=parts.cut, lossy=parts.cut, endless=endless)
    root = _parse(wrapped, recover=True)
    return None if root is None else Tree(root, has_bases, repaired=True, lossy=endless, endless=endless)


def _read_part(text: str, declared: dict[str, str]) -> etree._Element | None:
    """Read a piece of a document in the same growing steps; the last takes what it can get."""
    if (root := _parse(text)) is not None:
        return root
    text = _outside_sections(text, declared)
    if (root := _parse(text)) is not None:
        return root
    text = balanced(_wrap_constructs(text))
    root = _parse(text)
    return _parse(text, recover=True) if root is None else root


def _without_floods(text: str) -> str:
    """Empty the tags that are longer than any honest one: libxml2 takes seconds for fifty thousand attributes."""
    # Such a tag fills one of these stretches whole, and nearly all of them end at their first few characters.
    step = _LONGEST_TAG // 2
    if all(text.find(">", start, start + step) >= 0 for start in range(0, len(text) - step, step)):
        return text
    return _FLOOD.sub(r"<\1>", text)


def _parser(*, recover: bool) -> etree.XMLParser:
    """A parser that reads nothing but the document itself.

    Huge text nodes are taken only in recovery, the last attempt: the 16 MB bound of fetching stands before it.
    """
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        huge_tree=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


_STRICT: Final = _parser(recover=False)
_RECOVERING: Final = _parser(recover=True)


def _parse(text: str, *, recover: bool = False) -> etree._Element | None:
    """Parse once; None where the document is not well formed, or in recovery holds no element at all."""
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _RECOVERING if recover else _STRICT)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _drop_doctype(text: str, declared: dict[str, str]) -> str:
    """Take the DOCTYPE out of the prologue and keep the plain entities that it declares."""
    before = _BEFORE_ROOT.match(text)
    match = _DOCTYPE.match(text, before.end()) if before else None
    if match is None:
        return text  # it stands inside the root: part of an article about HTML
    for name, double, single in _DECLARATION.findall(match.group()):
        declared.setdefault(name, html.unescape(double or single))
    return text[: match.start()] + text[match.end() :]


def _outside_sections(text: str, declared: dict[str, str]) -> str:
    """Write references, values and `<` properly but in CDATA sections and comments; drop forbidden characters."""

    def resolve(match: re.Match[str]) -> str:
        number, name = match.groups()
        if number:
            return match.group() if _is_xml_character(_code(number)) else ""
        if name:
            if name in declared:
                return _escape(declared[name])
            if (character := html.entities.html5.get(name + ";")) is not None:
                return _escape(character)
        return "&amp;" + match.group()[1:]

    parts = []
    text = _FORBIDDEN.sub("", text)
    if "&#" in text:
        text = _HALVES.sub(_joined, text)
    if "<![c" in text:
        text = _SECTION_IN_SMALL.sub("<![CDATA[", text)
    for kept, part in _sections(text):
        parts.append(part if kept else _written_properly(part, resolve))
    return "".join(parts)


def _written_properly(part: str, resolve: Callable[[re.Match[str]], str]) -> str:
    part = part.replace("]]>", "]]&gt;").replace("<![CDATA[", "").replace("<!--", "")  # halves of sections
    return _TAG_WITH_VALUE.sub(_quote_values, _BARE_LESS.sub("&lt;", _REFERENCE.sub(resolve, part)))


def _quote_values(tag: re.Match[str]) -> str:
    """Put the values of attributes into quotes and a space behind them, as HTML need not and XML must."""

    def quoted(value: re.Match[str]) -> str:
        if value[3]:
            return f'="{value[3]}"'
        return f"{value[1]} " if value[2] else value.group()

    return _VALUE_IN_TAG.sub(quoted, tag.group())


def _sections(text: str) -> Iterator[tuple[bool, str]]:
    """Split a text into CDATA sections and comments (True) and what lies between (False), in time linear to it."""
    position = 0
    endless: set[str] = set()  # what never ends was no section
    for match in _SECTION_START.finditer(text):
        end = "-->" if match.group() == "<!--" else "]]>"
        if match.start() < position or end in endless:
            continue
        stop = text.find(end, match.end())
        if stop < 0:
            endless.add(end)
            continue
        yield False, text[position : match.start()]
        position = stop + 3
        yield True, text[match.start() : position]
    yield False, text[position:]


def _wrap_constructs(text: str) -> str:
    """Put markup that stands unescaped inside a text element into a CDATA section."""
    parts: list[str] = []
    position = 0
    endless: set[str] = set()  # looking for an end that is not there costs the whole text, so once a name
    for match in _CONSTRUCT.finditer(text):
        name, attributes = match.groups()
        if match.start() < position or name in endless:
            continue
        stop = text.find(f"</{name}", match.end())
        if stop < 0:
            endless.add(name)
            continue
        inner = text[match.end() : stop]
        if "<" in inner and "<![CDATA[" not in inner and not _NO_HTML.search(inner) and not _is_sound(inner):
            # What is no longer markup must say so: an xhtml construct becomes an html one.
            attributes = _XHTML_TYPE.sub(r"\1html\2", attributes)
            escaped = inner.replace("]]>", "]]&gt;")
            parts += (text[position : match.start()], f"<{name}{attributes}><![CDATA[{escaped}]]>")
            position = stop
    parts.append(text[position:])
    return "".join(parts)


def _is_sound(markup: str) -> bool:
    """Whether markup inside an element is well formed by itself, so that damage elsewhere changes nothing of it."""
    return _parse(f"<sound>{markup}</sound>") is not None


def _has_end(text: str) -> bool:
    """Whether the root of a feed ends where the document does."""
    return _CLOSED_ROOT.search(text, max(0, len(text) - 1_000)) is not None


def _as_meant(match: re.Match[str]) -> str:
    """Read `&#150;` as the dash that windows-1252 has there (HTML Standard, numeric character references)."""
    code = _code(match.group()[2:-1])
    return bytes([code]).decode("cp1252", "replace") if 0x80 <= code <= 0x9F else match.group()


def _joined(match: re.Match[str]) -> str:
    """The character that two halves make; what are none stays."""
    high, low = _code(match[1]), _code(match[2])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return f"&#{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00};"
    return match.group()


def _code(number: str) -> int:
    """The code point that the inside of a numeric reference names."""
    return int(number[1:], 16) if number[0] in "xX" else int(number)


def _is_xml_character(code: int) -> bool:
    """Whether XML 1.0 allows this character (section 2.2)."""
    return code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _escape(text: str) -> str:
    """Write text so that XML reads it back as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
