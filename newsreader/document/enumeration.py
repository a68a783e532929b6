"""The items of a list as they are found, with the numbers that a browser would give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Block, ListBlock
from newsreader.document.numbering import numbered_once
from newsreader.document.tables import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree


_STYLES: Final = ("a", "A", "i", "I")


class Enumeration:
    """A list in the making; where its numbers jump, it is several."""

    def __init__(self, element: etree._Element) -> None:
        self.ordered = element.tag == "ol"
        self.step = -1 if element.get("reversed") is not None else 1
        self.style = kind if (kind := element.get("type")) in _STYLES else "1"
        self.next = whole_number(element.get("start"), 1)
        if self.step < 0 and element.get("start") is None:
            self.next = len(element.findall("li"))
        self.found: list[tuple[int, list[tuple[Block, ...]]]] = []  # lists: the first number, the items

    def take(self, child: etree._Element | None, blocks: tuple[Block, ...]) -> None:
        """Take in a child; what stands between items is one itself, a list there belongs to the item before."""
        if child is not None and child.tag == "li":
            number = whole_number(child.get("value"), self.next)
            if number != self.next or not self.found:
                self.found.append((number, []))
            self.next = number + self.step
        elif blocks and not self.found:
            self.found.append((self.next, []))
        if not blocks:
            return
        items = self.found[-1][1]
        if child is not None and child.tag in {"ul", "ol"} and items:
            items[-1] += blocks
        else:
            items.append(blocks)

    def lists(self) -> Iterator[ListBlock]:
        """Give what was found."""
        for start, items in self.found:
            if items and self.ordered:
                yield numbered_once(ListBlock(tuple(items), start, self.step, self.style))
            elif items:
                yield ListBlock(tuple(items))
