"""The numbers of an article's paragraphs: the same in a summary made here and in the answer of a language model. Pure.

A person counts what is read: each block with words of its own, and no heading. What is under a heading bears its words,
too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.document.blocks import Document, Heading, Media, Rule
from newsreader.document.render import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.document.blocks import Block


def text_of(block: Block) -> str:
    """The words of a block; a player has none that are the article's."""
    return "" if isinstance(block, Rule | Media) else plain_text(Document((block,))).strip()


def paragraphs(document: Document) -> Iterator[tuple[int, str]]:
    """Each numbered block of a document, from the first on: its place, and its words below those of its headings.

    Headings that nothing follows come last, in one piece.
    """
    above: list[tuple[int, str]] = []
    for place, block in enumerate(document.blocks):
        if not (words := text_of(block)):
            continue
        if isinstance(block, Heading):
            above.append((place, words))
            continue
        yield place, "\n".join((*(heading for _, heading in above), words))
        above.clear()
    if above:
        yield above[0][0], "\n".join(heading for _, heading in above)


def paragraph_numbers(document: Document) -> dict[int, int]:
    """The number of each paragraph, from 1, by the place of its block."""
    return {place: number for number, (place, _) in enumerate(paragraphs(document), 1)}
