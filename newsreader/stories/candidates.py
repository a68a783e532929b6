"""The sentences of an article that can stand for themselves, each with where it stands.

Left out are those that need what stands around them to be understood, and what is no sentence of the article at all:
without an end mark (headlines, bylines, captions, addresses), questions, what announces a list, the half of a
quotation, paragraphs that are a link to elsewhere or say whose picture it is, and what stands in headings and code.
An article's standfirst often has no mark, and Thai and Lao have none at all: there paragraphs are taken whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Heading, ListBlock, Mark, Paragraph, Quote
from newsreader.sentences import sentences
from newsreader.text import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsreader.document.blocks import Block, Text

_MOST: Final = 3_000  # sentences that are looked at: more than any article has
_SHORTEST, _LONGEST = 30, 420  # cells of a sentence that can stand for itself
_STANDFIRST, _WHOLE = 3, 60  # an unmarked paragraph among the first of an article, of so many cells, is its standfirst
_UNMARKED: Final = "[\u0e01-\u0eff]"  # Thai and Lao mark no ends: there a paragraph is taken as a sentence
_ASIDE: Final = 0.6  # of a paragraph's letters that are a link, or set apart as a note: it is about something else
_PAIRS: Final = (("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"), ("(", ")"), ("[", "]"))
_CLOSING: Final = "[\"'\u201d\u201c\u2019\u00bb\u203a)\\]\u300d\u300f\uff09\u300b]*"
_ENDS: Final = rf"[.!\u2026\u3002\uff01\uff61\u0964\u0965\u06d4\u17d4\u104b\u0589\u1362\u1367]{_CLOSING}(?:\[?\d+\]?)*$"
_QUESTION: Final = rf"[?\uff1f\u061f]{_CLOSING}$"
_CREDITS: Final = (
    r"(?i:photo(?:s|graph(?:s|y)?|graphie)?|image|picture|video|credits?|source|copyright|fotos?|bild|quelle|cr.dits?"
    r"|reporting by|editing by|additional reporting|writing by|read more|read also|sign up|subscribe|click here"
    r"|follow us|advertisement|this article (?:was|is|has)|this story (?:was|has))\b|\u00a9"
)
_OF_THE_PAGE: Final = (
    r"(?i:\b(?:may earn (?:a |an )?(?:\w+ )?commission|affiliate (?:links?|commission)|leave (?:us )?a comment"
    r"|(?:in|see) the comments?(?: section)? below|let us know (?:what|in|how)|sign up (?:for|to) (?:our|the)"
    r"|subscribe to (?:our|the)|follow us on|click (?:here|on the link|the link)|(?:is|are) below in (?:the|our)"
    r"|terms of (?:use|service) and|all rights reserved|disclosure:|this page (?:may|uses|contains)"
    r"|^(?:read|see|download|watch) (?:the full|our|more)|^(?:learn|find out) more"
    r"|affiliate-links?|newsletter (?:anmelden|abonnieren)|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados|todos os direitos reservados)\b)"
)
"""What a page says of itself, its makers and its reader, and not of what the article is about."""
_PICTURED: Final = r"(?i:getty ?images|shutterstock|imago[/ ]|picture[- ]alliance|/(?:dpa|afp|ap|reuters)\b|\u00a9)"
_POINTS_BACK: Final = (
    "he she it they his her its their this that these those but and so then also however yet still instead though "
    "therefore thus moreover furthermore likewise otherwise such er sie ihr sein dies diese dieser dieses das aber und "
    "doch dann auch darin dabei damit dazu dadurch daher deshalb dennoch zudem außerdem trotzdem jedoch "
    "il elle ils elles ce cela cette ces mais et "
    "cependant toutefois ainsi donc pourtant además también entonces porém também assim então inoltre quindi così "
    "él ella ellos ellas esto esta este pero y ele ela eles elas isso isto mas lui lei loro questo questa ma però "
    "hij zij ze dat maar en han hon den det men och но он она они это"
)
_SOMEBODY: Final = (
    "he she they his her their er il elle ils elles él ella ellos ellas ele ela eles elas lui lei loro hij zij han hon "
    "он она они"
)
"""Of these, those for whom a name must be known: "He had come in his uniform" says nothing alone."""
_FIRST_WORD: Final = r"[^\w]*(\w+)"
_FRAGMENT: Final = r"\[\d+\]|[a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f\u03b1-\u03c9]"


@dataclass(slots=True)
class Candidate:
    """A sentence: its words, its block, the section it is in, and its place among all sentences of the article.

    `opens` says that it is the first of its paragraph, `quoted` that it is somebody's words set apart, `leans` that it
    begins with a word that points back. `article` is the number of the article it is from, where there are several.
    """

    text: str
    block: int
    section: int
    place: int
    opens: bool
    quoted: bool
    leans: bool
    article: int = 0
    words: dict[str, float] = field(default_factory=dict)
    score: float = 0.0


@cache
def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def candidates(blocks: Sequence[Block], article: int = 0) -> list[Candidate]:
    """The sentences of an article that can stand for themselves, in their order."""
    return list(islice(_found(blocks, article), _MOST))


def _found(blocks: Sequence[Block], article: int) -> Iterator[Candidate]:
    section = place = 0
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            section += 1
            continue
        for content, quoted in _texts(block):
            if is_aside(content):
                continue
            for count, (start, end) in enumerate(sentences(content.text)):
                said = " ".join(content.text[start:end].split()).lstrip("\u2013\u2014 ")  # behind a dateline
                may_be_whole = not count and (place < _STANDFIRST or _made(_UNMARKED).search(said) is not None)
                if stands_alone(said) or (may_be_whole and _is_whole(said, content.text)):
                    yield Candidate(said, number, section, place, not count, quoted, _leans(said), article)
                place += 1


def _texts(block: Block) -> Iterator[tuple[Text, bool]]:
    """The running texts of a block, and whether each is somebody's words set apart."""
    match block:
        case Paragraph(content):
            yield content, False
        case Quote(blocks):
            yield from ((text, True) for inner in blocks for text, _ in _texts(inner))
        case ListBlock(items):
            yield from (each for item in items for inner in item for each in _texts(inner))


def is_aside(content: Text) -> bool:
    """Whether a paragraph is a link to something else, or a note of its own, and no part of what is told."""
    if _made(_CREDITS).match(content.text.lstrip()):
        return True
    length = len(content.text.strip()) or 1
    return any(
        sum(span.end - span.start for span in content.spans if span.mark is mark) >= _ASIDE * length
        for mark in (Mark.LINK, Mark.SMALL)
    )


def stands_alone(said: str) -> bool:
    """Whether a sentence can be understood without the one before it, as far as its signs tell."""
    if not _SHORTEST <= cell_width(said) <= _LONGEST:
        return False
    if not _made(_ENDS).search(said) or _made(_QUESTION).search(said) or _made(_FRAGMENT).match(said):
        return False
    if _made(_OF_THE_PAGE).search(said):
        return False
    return said.count('"') % 2 == 0 and all(_closed(said, *pair) for pair in _PAIRS)


def _is_whole(said: str, paragraph: str) -> bool:
    """Whether a sentence is all of its paragraph, and long enough to say something, though no mark ends it."""
    alone = len(said) >= len(" ".join(paragraph.split())) and "\n" not in paragraph.strip()
    if not alone or cell_width(said) < _WHOLE or said.endswith((",", "…", ":", "\uff1a", ";")):
        return False
    return _made(_PICTURED).search(said) is None and stands_alone(f"{said}.")


def _leans(said: str) -> bool:
    """Whether a sentence begins with a word that points back to the one before it."""
    first = _made(_FIRST_WORD).match(said)
    return first is not None and first[1].casefold() in _words(_POINTS_BACK)


def speaks_of_somebody(said: str) -> bool:
    """Whether a sentence begins with somebody whom only the one before it names."""
    first = _made(_FIRST_WORD).match(said)
    return first is not None and first[1].casefold() in _words(_SOMEBODY)


def _closed(said: str, begin: str, end: str) -> bool:
    if begin == "„" or (end == "”" and "„" in said):  # „these‟ close in several ways
        return True
    return said.count(begin) == said.count(end)
