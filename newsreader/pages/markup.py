"""Untrusted HTML to a tree that holds all of its text: what libxml2's parser does not do by itself.

libxml2 drops, without a word, whatever lies deeper than 2,048 elements and everything after it, whatever follows a
stray `</body>`, and everything after a comment that is never closed. It needs seconds for a tag with 50,000
attributes. Each of these is mended in the text before or after a first parse; ordinary articles pay for none of it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from newsreader.bounds import MAX_ATTRIBUTES, MAX_DEPTH
from newsreader.text import drop_unsafe

_LONG_TAG: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]{0,40})[^<>]{8000,}>")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_SCRIPT: Final = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_CONTROL: Final = re.compile(  # references to characters that XML forbids: lxml refuses to move text that holds one
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
_ROOTS: Final = re.compile(r"</?(?:html|body)\b[^<>]*>", re.IGNORECASE)
_ENCLOSING: Final = re.compile(r"<(iframe|video|audio|svg|select|textarea|template|object|applet)\b", re.IGNORECASE)
_PERHAPS_ODD: Final = re.compile(  # how everything begins that the two above look for: most articles have none of it
    "<(?:!|/?(?:[hH][tT]|[bB][oO])|[iI][fF]|[vV][iI]|[aA][uUpP]|[sS][vVeE]|[tT][eE]|[oO][bB])"
)
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SELF_CLOSING: Final = frozenset("p li dt dd tr td th option".split())  # a second one ends the first


def tame(html: str) -> str:
    """Take out of a text what makes libxml2 slow or lose text; the words and the ordinary tags stay.

    Control characters and lone surrogates go, a tag with more than MAX_ATTRIBUTES attributes loses them all, and a
    comment that nobody closes ends at the next ">", as it did in old browsers.
    """
    html = drop_unsafe(html)
    if "&" in html and "&#" in html:
        html = _CONTROL.sub("\u200b", html)  # no width, and taken out at the end: parts may not join to a new one
    if len(html) > 8000:
        html = _LONG_TAG.sub(_without_flood, html)
    if "<!--" in html and (start := html.find("<!--", html.rfind("-->") + 1)) >= 0:
        html = html[:start] + html[start:].replace("<!--", "<!")
    return html


def parse_fragment(html: str) -> etree._Element:
    """Parse HTML as the content of a body and return that body element; all of the text is in it.

    Comments and processing instructions are left out. Nesting that libxml2 would cut off is flattened first.
    """
    html = tame(html)
    if _PERHAPS_ODD.search(html) is not None:
        html = html.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in html else html
        html = _ROOTS.sub("", html)
        for name in {match.lower() for match in _ENCLOSING.findall(html)}:
            html = _close_if_open(html, name)
    body: etree._Element | None = parse_whole(f"<html><body>{html}</body></html>", _FRAGMENT).find("body")
    assert body is not None
    return body


def parse_whole(html: str, parser: etree.HTMLParser[Any]) -> Any:
    """Parse tamed HTML with the caller's parser (`huge_tree=True`, `encoding="utf-8"`: a str takes twice the time).

    What is too deep is flattened and parsed again; if even that is too deep, the tags give way to line breaks.
    """
    tree = etree.fromstring(html.encode(), parser)
    if html.count("<") > MAX_DEPTH and _was_cut(parser):
        tree = etree.fromstring(flatten(html).encode(), parser)
        if _was_cut(parser):
            tree = etree.fromstring(_TAG.sub("<br>", _SCRIPT.sub("", html)).encode(), parser)
    return tree


def _was_cut(parser: etree.HTMLParser[Any]) -> bool:
    return any("depth" in error.message for error in parser.error_log)


def flatten(html: str) -> str:
    """Leave out the tags that open more than MAX_DEPTH elements inside each other, and those that close them."""
    open_tags: list[str] = []
    skipped: dict[str, int] = {}

    def keep(match: re.Match[str]) -> str:
        closing, name = match[1], match[2].lower()
        if name in _VOID:
            return match[0]
        if closing:
            if skipped.get(name):
                skipped[name] -= 1
                return " "
            if name in open_tags:
                while open_tags.pop() != name:
                    pass
            return match[0]
        if name in _SELF_CLOSING and open_tags and open_tags[-1] == name:
            return match[0]
        if len(open_tags) >= MAX_DEPTH:
            skipped[name] = skipped.get(name, 0) + 1
            return " "
        open_tags.append(name)
        return match[0]

    return _TAG.sub(keep, html)


def _without_flood(match: re.Match[str]) -> str:
    """Empty a very long tag when it is long by its attributes; one long value (a data: address) is no flood."""
    return f"<{match[1]}>" if len(match[0].split()) > MAX_ATTRIBUTES else match[0]


def _close_if_open(html: str, name: str) -> str:
    """Close an element at once, wherever it begins, if one of its kind is not closed: its content is not shown."""
    low = html.lower()
    if low.count(f"<{name}") == low.count(f"</{name}"):
        return html
    return re.sub(rf"(<{name}\b[^<>]*>)", rf"\1</{name}>", html, flags=re.IGNORECASE)


_FRAGMENT: Final = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
