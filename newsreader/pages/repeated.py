"""What a site puts around each of its articles: blocks that stood at the ends of other articles, too.

Pure: who asks remembers the marks of the blocks. Nothing goes out of the middle of a text, nor a third of it or more.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from newsreader.pages.trimming import HEADINGS, TEXT_BLOCKS, is_leaf, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Repeated = Mapping[int, float]
"""Marks of blocks that stood in several other articles of a site, with the share of its articles in which each did."""

FIRST: Final = 8  # blocks at the beginning of an article that are remembered
LAST: Final = 24  # and at its end
_LONG: Final = 240  # characters: so long a block without a link may be what an article says of its subject
_EVERYWHERE: Final = 0.5  # of the articles of a site: then it is about the site
_MOST: Final = 3  # not so much as the third part of a text goes
_DOOMED: Final = "doomed"
_PLAYERS: Final = frozenset({"img", "audio", "video"})


class _Unit(NamedTuple):
    """A block of text, a picture, or something that is never dropped (no element)."""

    element: etree._Element | None
    text: str = ""

    @property
    def mark(self) -> int:
        """What the block is remembered by: its words, without words the pictures in it."""
        key = key_of(self.text) or self.text
        if not key and self.element is not None:
            key = " ".join(picture.get("src") or "" for picture in self.element.iter(*_PLAYERS))
        return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def edges(body: etree._Element) -> tuple[int, ...]:
    """Give the marks of the first and of the last blocks of a clean article."""
    units = [unit for unit in _units(body) if unit.element is not None]
    return tuple(dict.fromkeys(unit.mark for unit in (*units[:FIRST], *units[-LAST:])))


def drop_repeated(body: etree._Element, repeated: Repeated) -> None:
    """Take the blocks that are repeated off the beginning and the end of a clean article."""
    if not repeated:
        return
    units = list(_units(body))
    end = len(units)
    while end and _is_repeated(units[end - 1], repeated):
        end -= 1
    start = 0
    while start < end and _is_repeated(units[start], repeated):
        start += 1
    while start and _is_heading(units[start - 1]):
        start -= 1  # it is the heading of what stays
    dropped = units[:start] + units[end:]
    if sum(len(unit.text) for unit in dropped) * _MOST >= len("".join(body.itertext())):
        return
    for unit in dropped:
        if unit.element is not None:
            unit.element.tag = _DOOMED
    etree.strip_elements(body, _DOOMED, with_tail=False)


def _is_repeated(unit: _Unit, repeated: Repeated) -> bool:
    if unit.element is None or (share := repeated.get(unit.mark)) is None:
        return False
    return len(unit.text) <= _LONG or share >= _EVERYWHERE or unit.element.find(".//a") is not None


def _is_heading(unit: _Unit) -> bool:
    return unit.element is not None and unit.element.tag in HEADINGS


def _units(element: etree._Element) -> Iterator[_Unit]:
    """Give what an article consists of, in order."""
    if element.text and element.text.strip():
        yield _Unit(None)
    for child in element:
        if child.tag in _PLAYERS:
            yield _Unit(child)
        elif child.tag == "pre" or (child.tag not in TEXT_BLOCKS and not len(child)):
            if child.text and child.text.strip():
                yield _Unit(None)
        elif child.tag in TEXT_BLOCKS and is_leaf(child):
            text = " ".join("".join(child.itertext()).split())
            if text or next(child.iter(*_PLAYERS), None) is not None:
                yield _Unit(child, text)
        else:
            yield from _units(child)
        if child.tail and child.tail.strip():
            yield _Unit(None)
