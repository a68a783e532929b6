"""The ends of an extracted article: what the line above it shows anyway, what invites to go elsewhere, what is twice.

Works on the sanitiser's tree, on the blocks that hold running text. Only short blocks and blocks of links go.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from newsreader.pages.phrases import DATE_LINE, LABEL, PLUG, POINTER, SECTION, announced
from newsreader.text import clean_text, host_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TEXT_BLOCKS: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "td", "blockquote", "figcaption")
_INNER_BLOCKS: Final = frozenset("p h1 h2 h3 h4 h5 h6 li div ul ol table blockquote pre figure dl".split())
HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LONG: Final = 140  # characters: text, not a label
_TWICE: Final = 60  # characters: longer blocks do not stand in two places of an article
_BESIDE_AUTHOR: Final = 40  # characters: in the line with the author's name, the date or the paper may stand, too
_LAST_LINES: Final = 12  # at most so many are taken off the end: more are no ending
_LINES: Final = _INNER_BLOCKS | {"br", "hr", "dt", "dd", "caption", "tr", "th", "td", "figcaption"}
_FIRST_HEADINGS: Final = 3
_MARKUP: Final = re.compile(r"<[^<>]*>")
_WORDS: Final = re.compile(r"\w+")


def trim(body: etree._Element, names: Collection[str], byline: str, url: str = "") -> None:
    """Take out of a clean article its own title, byline and date at the top, pointers elsewhere, and repetitions.

    `names` are its titles, as `key_of` gives them; `url` is where it stands.
    """
    author = key_of(byline)
    host = host_of(url)
    seen: dict[str, Any] = {}  # text of a block -> where it stood
    at_top = True
    kept: list[tuple[etree._Element, str]] = []
    for block, text in text_blocks(body):
        key = key_of(text)
        heading = block.tag in HEADINGS
        if at_top and (_is_title(key, names, heading=heading) or _is_front_matter(text, key, author)):
            remove(block)
            continue
        again = len(text) > _TWICE and block.tag != "p" and seen.get(key, block.getparent()) is not block.getparent()
        if again or _leads_elsewhere(block, text):
            remove(block)
            continue
        seen.setdefault(key, block.getparent())
        kept.append((block, text))
        at_top = at_top and (heading or len(text) < _LONG)
    _drop_end(body, kept, host)


def drop_title(body: etree._Element, names: Collection[str]) -> None:
    """Take the title out of a tree that is too large to trim: one of its first headings, word for word."""
    for heading in list(islice(body.iter("h1", "h2"), _FIRST_HEADINGS)):
        if key_of("".join(heading.itertext())) in names:
            remove(heading)


def _is_title(key: str, names: Collection[str], *, heading: bool) -> bool:
    """Whether a block is the title: word for word, or a heading with little more, or less, in it."""
    if key in names:
        return True
    return heading and any(
        (key in name or name in key) and min(len(key), len(name)) > 0.6 * max(len(key), len(name)) for name in names
    )


def key_of(text: str) -> str:
    """Give the words of a text in lower case, for telling whether two texts are the same."""
    return " ".join(_WORDS.findall(text.lower()))


def text_blocks(body: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Give the innermost blocks of a clean tree, and the text of each; they may be removed on the way."""
    for block in [element for element in body.iter(*TEXT_BLOCKS) if is_leaf(element)]:
        text = " ".join("".join(block.itertext()).split())
        if text:
            yield block, text


def is_leaf(element: etree._Element) -> bool:
    """Whether no block stands in a block."""
    return not any(child.tag in _INNER_BLOCKS for child in element)


def _is_front_matter(text: str, key: str, author: str) -> bool:
    """Whether a short line at the top is the byline or the date, which the reader shows in its own line."""
    if len(text) > 120:
        return False
    if author and author in key and len(key) <= len(author) + _BESIDE_AUTHOR and not text.endswith((".", "?", "!")):
        return True
    return DATE_LINE.match(text) is not None


def _leads_elsewhere(block: etree._Element, text: str) -> bool:
    if len(text) > 2 * _LONG:
        return False
    if LABEL.match(text) or PLUG.search(text):
        return True
    linked = _linked(block)
    if POINTER.match(text) and (linked * 2 > len(text) or (block.tag in HEADINGS and announced(text) == SECTION)):
        return True
    return block.tag == "p" and linked >= len(text) >= 20 and text.isupper()


def _linked(block: etree._Element) -> int:
    return sum(len(" ".join("".join(link.itertext()).split())) for link in block.iter("a"))


def _within(block: etree._Element, host: str) -> bool:
    return all(host_of(link.get("href") or "") == host for link in block.iter("a"))


def remove(block: etree._Element) -> None:
    """Take a block out; text behind it and pictures inside it stay."""
    for kept in list(block.iterdescendants("img")):
        block.addprevious(kept)
        kept.tail = None
    parent = block.getparent()
    assert parent is not None
    if block.tail and block.tail.strip():
        before = block.getprevious()
        if before is None:
            parent.text = (parent.text or "") + block.tail
        else:
            before.tail = (before.tail or "") + block.tail
    parent.remove(block)


def _drop_end(body: etree._Element, kept: list[tuple[etree._Element, str]], host: str) -> None:
    """Take away the last lines that only lead on: headings that nothing follows, links into the same site, dates."""
    for block, text in reversed(kept[-_LAST_LINES:]):
        last = _last_text(body)
        if last is None or (last is not block and block not in last.iterancestors()):
            return
        if not _is_ending(block, text, host):
            return
        remove(block)


def _last_text(body: etree._Element) -> etree._Element | None:
    """Give the element that the last text stands in, unless a picture or a listing follows it."""
    for element in reversed(list(body.iterdescendants())):
        if element.tail and element.tail.strip():
            return element.getparent()
        if element.tag in {"img", "audio", "video", "pre"}:
            return None
        if element.text and element.text.strip():
            return element
    return None


def _is_ending(block: etree._Element, text: str, host: str) -> bool:
    if len(text) > _LONG:
        return False
    if block.tag in HEADINGS:
        return len(text) < 60
    if text.endswith(":") or DATE_LINE.match(text):
        return True
    return block.tag != "li" and _linked(block) >= 0.9 * len(text) and _within(block, host)


def lines_of(tree: etree._Element) -> str:
    """Give the words of a clean tree, a line each block."""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _LINES:
            parts.append("\n")
        if event == "start":
            parts.append(element.text or "")
        elif element is not tree:
            parts.append(element.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return clean_text("\n".join(line for line in lines if line))


def words_of(text: str) -> frozenset[str]:
    """Give the different words of a text or of HTML, in lower case."""
    return frozenset(_WORDS.findall(_MARKUP.sub(" ", text).lower()))
