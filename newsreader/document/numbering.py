"""What stands before the items of an ordered list: 1. 2. 3., a. b. c., iv. v. vi., in either direction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import ListBlock, Paragraph

if TYPE_CHECKING:
    from newsreader.document.blocks import Block

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN: Final = 3_999


def labels(block: ListBlock) -> list[str]:
    """Give the label of each item of an ordered list, with its point; none for bullets."""
    if block.start is None:
        return []
    return [_label(block.start + block.step * index, block.style) + "." for index in range(len(block.items))]


def numbered_once(block: ListBlock) -> ListBlock:
    """The list without the numbers that a page wrote into all its items too, each on a line of its own."""
    if block.start is None or len(block.items) < 2:
        return block
    for item, label in zip(block.items, labels(block), strict=True):
        first = item[0]
        if len(item) == 1 or not isinstance(first, Paragraph) or first.content.spans:
            return block
        if first.content.text.rstrip(".):") != label.removesuffix("."):
            return block
    return replace(block, items=tuple(item[1:] for item in block.items))


def goes_on(before: Block, block: Block) -> bool:
    """Whether a list is the same as the one before it, with a jump in its numbers."""
    return (
        isinstance(before, ListBlock)
        and isinstance(block, ListBlock)
        and before.start is not None
        and block.start is not None
        and (before.step, before.style) == (block.step, block.style)
    )


def _label(number: int, style: str) -> str:
    """Write a number in a style of HTML's `type`; what the style has no sign for is written in figures."""
    if style in {"a", "A"} and number > 0:
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(style) + rest) + letters
        return letters
    if style in {"i", "I"} and 0 < number <= _LARGEST_ROMAN:
        text = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            text += letters * count
        return text if style == "i" else text.upper()
    return str(number)
