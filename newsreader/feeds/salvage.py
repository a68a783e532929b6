"""A feed that no repair makes well formed, taken apart: damage in one article costs no other.

Each article is read by itself. Where articles begin and end is found in the text, outside of CDATA sections and
comments. An article without an end tag ends where the next begins or the feed ends; one without a start tag begins
where the one before ended.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

_SIGN = re.compile(
    r"<!\[CDATA\[|<!--|<(?P<end>/?)(?P<name>(?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s/<>])[^<>]*(?:>|(?=<))"
    r"|</(?:\w+:)?(?:channel|rss|feed|rdf)\s*>",
    re.IGNORECASE,
)
_ARTICLE_TAG = re.compile(r"</?(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?:[^<>\w.:-][^<>]*)?(?:>|(?=<))",
    re.ASCII | re.DOTALL,
)
_ROOT_START = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_EMPTY_ROOT = re.compile(r"(<(?:\w+:)?(?:rss|feed|RDF|channel)\b[^<>]*)/>", re.IGNORECASE)
_ARTICLE_DEPTH: Final = 2  # open elements where only the shell and the article are
# Fields that hold text only, and those whose start shows that one of these has ended.
_LEAVES: Final = frozenset(
    "title link guid id pubdate published updated issued modified created description summary content dc:creator"
    " dc:date dc:subject author comments category itunes:summary itunes:duration itunes:author media:title"
    " media:description content:encoded slash:comments name email uri".split()
)
_FIELDS: Final = _LEAVES - {"name", "email", "uri"} | {"enclosure", "media:group", "media:content", "media:thumbnail"}
_PROPER_START = re.compile(r"<[\w.:-]+(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/?>", re.ASCII)
_PROSE: Final = frozenset(
    ("description", "summary", "content", "content:encoded", "itunes:summary", "media:description")
)
_HOLDERS: Final = frozenset(
    ("author", "contributor", "source", "image", "div", "body", "media", "itunes", "atom", "podcast")
)
_SHELL: Final = "shell"  # the element around an article that is read by itself
_STRAY: Final = frozenset(("rss", "rdf:rdf", "channel"))  # never inside an article
_ROOTS: Final = frozenset(("rss", "feed", "rdf", "channel"))


@dataclass(frozen=True, slots=True)
class Article:
    """The text of one article: the name of its element, its start tag, and what stands inside."""

    name: str
    start: str
    inside: str


@dataclass(slots=True)
class Parts:
    """A feed's text taken apart; `cut` says that it stops inside an article, which is left out."""

    head: str = ""
    articles: list[Article] = field(default_factory=list)
    cut: bool = False

    def add(self, name: str, start: str, inside: str) -> None:
        """Keep an article; a doubled tag leaves nothing inside."""
        if "<" in inside:
            self.articles.append(Article(name, start if _PROPER_START.fullmatch(start) else f"<{name}>", inside))


def take_apart(text: str) -> Parts:
    """Find the articles in a text, in time linear to it."""
    if text.rfind("<") > text.rfind(">"):
        text = text[: text.rfind("<")]  # cut off inside a tag
    parts = Parts()
    sections = _Sections(text)
    outside: list[str] = []
    opened: re.Match[str] | None = None  # the start tag of the article that has not ended
    name = "item"
    after = position = 0  # where the last article ended, and where to look on
    root_end = 0  # behind the start of the open article, where the root ends unless an article's end follows
    while (sign := _SIGN.search(text, position)) is not None:
        position = sign.end()
        if sign["name"] is None:
            if sign.group().startswith("<!"):
                position = sections.end(sign)
            else:
                root_end = sign.start()
            continue
        if opened is not None:
            end = root_end if root_end > opened.end() and not sign["end"] else sign.start()
            parts.add(name, opened.group(), text[opened.end() : end])
        elif sign["end"] and _is_head(text[after : sign.start()]):
            outside.append(text[after : sign.start()])  # it ends nothing
        elif sign["end"]:
            parts.add(sign["name"], f"<{sign['name']}>", text[after : sign.start()])
        else:
            outside.append(text[after : sign.start()])
        name, after = sign["name"], sign.end()
        opened = None if sign["end"] or sign.group().endswith("/>") else sign
    if opened is not None and root_end < opened.end():
        parts.cut = True
    elif opened is not None:
        parts.add(name, opened.group(), text[opened.end() : root_end])
    else:
        outside.append(text[after:])
    parts.head = "".join(outside)
    return parts


def _is_head(text: str) -> bool:
    """Whether what stands before the end of an article without a start is the head of the feed and nothing else."""
    return _ROOT_START.search(text) is not None and "<guid" not in text


def rebuild(parts: Parts, read: Callable[[str], etree._Element | None]) -> etree._Element:
    """Make one tree of a feed taken apart; `read` reads a piece as XML, as far as it can."""
    root = read(_EMPTY_ROOT.sub(r"\1>", parts.head) if parts.articles else parts.head)
    spaces = "" if root is None else "".join(map(_declaration, root.nsmap.items()))
    if root is None or str(root.tag).rpartition("}")[2].rpartition(":")[2].lower() not in _ROOTS:
        strange = root
        root = etree.Element("feed" if parts.articles and parts.articles[0].name.lower().endswith("entry") else "rss")
        if strange is not None:
            root.append(strange)
    for article in parts.articles:
        element = read(f"<{_SHELL}{spaces}>{article.start}{article.inside}</{article.name}></{_SHELL}>")
        if element is not None:
            root.extend(element)
    return root


def _declaration(space: tuple[str | None, str]) -> str:
    """Write a namespace as an attribute."""
    prefix, address = space
    return f' xmlns{":" + prefix if prefix else ""}="{escape(address)}"'


class _Sections:
    """Where the CDATA sections and comments of a text end; each end is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = {"]]>": 0, "-->": 0}

    def end(self, start: re.Match[str]) -> int:
        """The end of the section that starts here; one that never ends hides nothing.

        A section in which another begins behind the tag of an article was not closed either.
        """
        mark = "-->" if start.group() == "<!--" else "]]>"
        stop = self._ends[mark]
        if 0 <= stop < start.end():
            stop = self._ends[mark] = self._text.find(mark, start.end())
        if stop < 0:
            return start.end()
        if mark == "]]>":
            last = self._text.rfind("<![CDATA[", start.end(), stop)
            if last >= 0 and _ARTICLE_TAG.search(self._text, start.end(), last):
                return start.end()
        return stop + len(mark)


def balanced(text: str) -> str:
    """Close what is left open in an article where another field begins or its parent ends; drop ends of nothing.

    libxml2's own recovery takes any end tag as the end of whatever is open, and so loses what follows in an article.
    """
    balance = _Balance()
    position = 0
    for match in _TAG.finditer(text):
        name = match["name"]
        if name is not None:  # neither a section nor a comment
            balance.parts.append(text[position : match.start()])
            position = match.end()
            balance.take(name, match.group(), ends=bool(match["end"]))
    balance.parts.append(text[position:])
    while balance.stack:
        balance.close()
    return "".join(balance.parts)


class _Balance:
    """The elements that are open at one place of a text, and the text written anew up to there."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.stack: list[str] = []
        self._open: Counter[str] = Counter()  # how many of each name, in lower case

    def take(self, name: str, tag: str, *, ends: bool) -> None:
        """Write one tag, and before it the end tags that are missing there."""
        folded = name.lower()
        if folded in _STRAY and self.stack[:1] == [_SHELL]:
            return
        if ends:
            self._end(folded)
            return
        if self._is_over(folded):
            self.close()
        written = tag if _PROPER_START.fullmatch(tag) else f"<{name}>"
        self.parts.append(written)
        if not written.endswith("/>"):
            self.stack.append(name)
            self._open[folded] += 1

    def close(self) -> str:
        """Write the end tag of the innermost open element."""
        name = self.stack.pop()
        self.parts.append(f"</{name}>")
        self._open[name.lower()] -= 1
        return name.lower()

    def _end(self, name: str) -> None:
        """End an element; where a field ends that never began, whatever stands in its place ends."""
        if self._open[name]:
            while self.close() != name:
                pass
        elif name in _LEAVES:
            while len(self.stack) > _ARTICLE_DEPTH:
                self.close()

    def _is_over(self, begins: str) -> bool:
        """Whether the innermost open element ends where another begins: a field of text, or a stray tag."""
        innermost = self.stack[-1].lower() if self.stack else ""
        if begins not in _FIELDS:  # prose may hold markup with a prefix, other fields may not
            return ":" in begins and innermost in _LEAVES and innermost not in _PROSE
        if innermost in _LEAVES:
            return True
        in_article = len(self.stack) == _ARTICLE_DEPTH + 1 and self.stack[0] == _SHELL
        return in_article and innermost.partition(":")[0] not in _HOLDERS
