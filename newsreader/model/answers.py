"""What a language model was asked for and what it answered, as the library keeps it.

Not among the names of `newsreader.model`: nothing of it is needed before somebody asks.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Ask(StrEnum):
    """What a model can be asked for."""

    SUMMARY = "summary"
    POINTS = "points"
    EXPLAIN = "explain"
    TRANSLATE = "translate"
    HEADLINE = "headline"
    QUESTION = "question"


class Spot(NamedTuple):
    """What a number in an answer stands for: a block of an article's document, both counted from 0.

    In an answer about a list a number stands for an article: then `block` is where its text begins. `words` are those
    that the block begins with: they find it in an article's other text, too.
    """

    article: int
    block: int
    words: str = ""


class Receipt(NamedTuple):
    """A sentence of an answer, the numbers of what it rests on, and whether what it says is found there."""

    sentence: str
    numbers: tuple[int, ...]
    supported: bool


class NewReply(NamedTuple):
    """An answer on its way into the library: `key` finds it again, `article` is what was asked about, if one was.

    One that broke off has a key by which nobody finds it. The rest is as in Reply.
    """

    key: str
    article: int | None
    ask: Ask
    question: str
    model: str
    host: str
    document: bytes
    document_version: int
    receipts: tuple[Receipt, ...] = ()
    spots: tuple[Spot, ...] = ()
    note: str = ""


class Reply(NamedTuple):
    """A kept answer. `document` (of `document_version`) is a Document as `blocks.dump` writes it.

    In it every mark [n] is a link to `#n`; `spots[n - 1]` is what that stands for. A sentence that nothing supports
    ends with [?], a link to `#0`. `note` says in words what the reader has to know of it: that the text was cut, or
    that the answer broke off.
    """

    id: int
    ask: Ask
    question: str
    model: str
    host: str
    at: int
    document: bytes
    document_version: int
    receipts: tuple[Receipt, ...] = ()
    spots: tuple[Spot, ...] = ()
    note: str = ""
