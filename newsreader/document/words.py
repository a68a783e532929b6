"""Every text that stands in a block, in reading order: for counting, for search, and for folding blocks into a cell."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

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

_MOST: Final = 200  # things beside the words that are counted
_PLAYERS: Final = {"audio": "a", "video": "v"}


def media_of(blocks: Iterable[Block]) -> str:
    """Give a letter for each player; without any, for each picture and embedded thing, if there is nothing else.

    Pictures between words are an "i" in all: that there are some.

    The letters are those of `lengths.short_length`. Captions are part of the pictures.
    """
    letters = ""
    only = True
    for block in islice(_leaves(blocks), _MOST):
        match block:
            case Media(kind):
                letters += _PLAYERS.get(kind, "e")
            case Figure():
                letters += "p"
            case Rule():
                pass
            case _:
                only = False
    players = "".join(letter for letter in letters if letter in "av")
    return players or (letters if only else "i" * ("p" in letters))


def _leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks, and in place of quotations and lists what stands in them."""
    for block in blocks:
        match block:
            case Quote(inner):
                yield from _leaves(inner)
            case ListBlock(items):
                for item in items:
                    yield from _leaves(item)
            case _:
                yield block


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
