"""A translated article: block by block in place of the original, whose structure it keeps. Pure.

The model answers with numbered blocks of Markdown. What it left out stays as it was, and what came back in another
shape, or with other numbers in it, is said: nobody finds that out by reading a language that he cannot read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Document, Figure, Heading, ListBlock, Media, Table
from newsreader.document.render import plain_text
from newsreader.stories.figures import numbers_of
from newsreader.text import count_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.document.blocks import Block
    from newsreader.stories.material import Material

_NUMBERED: Final = re.compile(r"^[ \t]*(?:\*\*)?\[(\d{1,4})\](?:\*\*)?[ \t]*:?[ \t]*", re.MULTILINE)
_MAY_BE_NUMBER: Final = re.compile(r"[ \t]*(?:\*\*?)?(?:\[\d{0,4}(?:\](?:\*\*?)?:?[ \t]*)?)?")
_NUMBER_LINE: Final = re.compile(r"[ \t]*(?:\*\*)?\[\d{1,4}\](?:\*\*)?:?[ \t]*\n?")
_NAMED: Final = 5  # paragraphs that are named by their numbers


class Unnumbered:
    """Takes a translation as it comes and gives it without the numbers before its blocks, to be read meanwhile."""

    def __init__(self) -> None:
        self._held = ""
        self._begins = True  # a line

    def add(self, text: str) -> str:
        """Take the next text, and give what of it can be shown now."""
        self._held += text
        shown = ""
        while self._held:
            if self._begins:
                if _MAY_BE_NUMBER.fullmatch(self._held):
                    break
                if found := _NUMBER_LINE.match(self._held):
                    self._held = self._held[found.end() :]
                    continue
            line, end, self._held = self._held.partition("\n")
            shown += line + end
            self._begins = bool(end)
        return shown

    def end(self) -> str:
        """Nothing more comes: what was held back and is to be shown."""
        held, self._held = self._held, ""
        return "" if _NUMBER_LINE.fullmatch(held) else held


def blocks_of(answer: str) -> dict[int, str]:
    """The numbered blocks of an answer, as Markdown; of a number that comes twice the first."""
    found = list(_NUMBERED.finditer(answer))
    blocks: dict[int, str] = {}
    for index, each in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(answer)
        blocks.setdefault(int(each[1]), answer[each.end() : end].strip())
    return {number: text for number, text in blocks.items() if text}


def merged(
    document: Document, material: Material, answer: str, built: Callable[[str], Document]
) -> tuple[Document, str]:
    """The document with the translated blocks in it, and in words what is not as it should be."""
    translated = blocks_of(answer)
    if not translated and len(material.parts) == 1:
        translated = {1: answer.strip()}  # of a single block a model forgets the number
    blocks: list[Block] = list(document.blocks)
    after: dict[int, tuple[Block, ...]] = {}
    missing, reshaped, other_numbers = [], 0, []
    for number, part in enumerate(material.parts, 1):
        original = document.blocks[part.spot.block]
        new = tuple(each for each in built(translated.get(number, "")).blocks if not isinstance(each, Figure | Media))
        if not new:
            missing.append(number)
            continue
        if len(new) == 1 and _like(original, new[0]):
            blocks[part.spot.block] = _in_shape(original, new[0])
        else:
            reshaped += 1
            after[part.spot.block] = new
        if numbers_of(plain_text(Document((original,)))) != numbers_of(plain_text(Document(new))):
            other_numbers.append(number)
    result = [each for index, block in enumerate(blocks) for each in after.get(index, (block,))]
    notes = []
    if missing:
        left = count_of(len(missing), "paragraph")
        notes.append(f"{left} of {len(material.parts):,} came back without a translation: there the original stands.")
    if reshaped:
        notes.append(f"{count_of(reshaped, 'paragraph')} came back in another shape.")
    if other_numbers:
        listed = ", ".join(map(str, other_numbers[:_NAMED])) + (" …" if len(other_numbers) > _NAMED else "")
        plural = "s" if len(other_numbers) > 1 else ""
        notes.append(f"Figures differ from the original in paragraph{plural} {listed}.")
    return replace(document, blocks=tuple(result), language=None), " ".join(notes)


def _like(original: Block, new: Block) -> bool:
    """Whether two blocks have one shape."""
    match original, new:
        case ListBlock(before), ListBlock(after):
            return len(before) == len(after)
        case Table(before_rows), Table(after_rows):
            return len(before_rows) == len(after_rows)
        case _:
            return type(original) is type(new)


def _in_shape(original: Block, new: Block) -> Block:
    """The new block where it keeps what no translation changes: the level of a heading, how a list counts."""
    match original, new:
        case Heading(level), Heading(_, content):
            return Heading(level, content)
        case ListBlock(_, start, step, style), ListBlock(items):
            return ListBlock(items, start, step, style)
        case _:
            return new
