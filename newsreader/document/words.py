"""Every text that stands in a block, in reading order: for counting, for search, and for folding blocks into a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Figure,
    Heading,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def texts_of(blocks: Iterable[Block]) -> Iterator[Text]:
    """Give the texts of blocks and of the blocks inside them; alternatives of pictures are no text of the article."""
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(_, content):
                yield content
            case Code(text, _, spans):
                yield Text(text, spans)
            case Quote(inner):
                yield from texts_of(inner)
            case ListBlock(items):
                for item in items:
                    yield from texts_of(item)
            case Definitions(definitions):
                for term, meaning in definitions:
                    yield term
                    yield from texts_of(meaning)
            case Table(rows, _, caption):
                yield caption
                for row in rows:
                    yield from row
            case Figure(_, _, caption):
                yield caption
            case Media(_, _, label):
                yield Text(label)
            case Rule():
                pass
