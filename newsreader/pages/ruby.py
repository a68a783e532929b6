"""Readings beside the characters that they are for (ruby), put into the line, in brackets and small."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA: Final = re.compile("[\u3040-\u30ff・ー]+")
_LONG: Final = 6  # characters: up to here one reading behind all of them is easy to follow


def write_out(root: etree._Element) -> None:
    """Write the readings of each `ruby` behind what they are for: 漢字（かんじ）, WWW (World Wide Web)."""
    for ruby in root.iter("ruby"):
        for bracket in [child for child in ruby if child.tag == "rp"]:
            _replace(bracket, None)
        readings = [child for child in ruby if child.tag in {"rt", "rtc"}]
        base = "".join(ruby.itertext()) if readings else ""
        wide = _WIDE.search(base) is not None
        words = ["".join(reading.itertext()).strip() for reading in readings]
        if len(readings) > 1 and len(re.sub(r"\s", "", base)) - len("".join(words)) <= _LONG:
            for reading in readings:
                _replace(reading, None)
            ruby.append(_bracketed(words, wide=wide))
        else:
            for reading, word in zip(readings, words, strict=True):
                _replace(reading, _bracketed([word], wide=wide))


def _bracketed(words: Iterable[str], *, wide: bool) -> etree._Element:
    said = [word for word in words if word]
    joined = ("" if all(map(_KANA.fullmatch, said)) else " ").join(said)
    small = etree.Element("small")
    small.text = "" if not joined else f"（{joined}）" if wide else f" ({joined})"
    return small


def _replace(element: etree._Element, other: etree._Element | None) -> None:
    """Put another element, or none, in the place of one; what stands behind it stays."""
    parent = element.getparent()
    assert parent is not None
    instead = etree.Element("span") if other is None else other
    instead.tail = element.tail
    parent.replace(element, instead)
