"""What an article says that another one, which was just read, does not: its paragraphs of which most is new there.

Whether a sentence was said already is what receipts tell (`stories.receipts`): that a paragraph has most of its words,
all its numbers and all its names. So a text that was only written anew adds little, and a new number is new. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import ListBlock, Paragraph, Quote
from newsreader.query.folding import tokens
from newsreader.sentences import sentences
from newsreader.stories.candidates import is_aside
from newsreader.stories.receipts import Judge, alike
from newsreader.text import cell_width, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.document.blocks import Block

_READ: Final = 80  # paragraphs of what was read that are looked at
_OTHER: Final = 40  # and of the other
_SHORTEST: Final = 40  # cells of a paragraph that tells something
_NEW: Final = 0.6  # of the letters of a paragraph stand in sentences that were not said


def added(read: Sequence[Block], other: Sequence[Block]) -> tuple[str, ...] | None:
    """The paragraphs of another article that are not in the one that was read; None where they cannot be compared.

    That is so in another language, and where one of them has no text.
    """
    said, tells = [*_paragraphs(read)][:_READ], [*_paragraphs(other)][:_OTHER]
    if not said or not tells:
        return None
    here, there = (frozenset(tokens(" ".join(texts))) for texts in (said, tells))
    if not alike(*sorted((here, there), key=len)):  # of a short text the longer one has the common words
        return None
    judge = Judge(said, " ".join(said))
    return tuple(text for text in tells if _is_new(text, judge))


def _is_new(text: str, judge: Judge) -> bool:
    new = whole = 0
    for start, end in sentences(text):
        receipt = judge.receipt(text[start:end], ())
        if receipt is not None:
            whole += end - start
            new += 0 if receipt.supported else end - start
    return new > 0 and new >= _NEW * whole


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    """The running texts of an article that tell something, each in one line."""
    for block in blocks:
        match block:
            case Paragraph(content):
                text = one_line(content.text)
                if cell_width(text) >= _SHORTEST and not is_aside(content):
                    yield text
            case Quote(inner):
                yield from _paragraphs(inner)
            case ListBlock(items):
                for item in items:
                    yield from _paragraphs(item)
