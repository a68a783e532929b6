"""How good summaries are, by ROUGE: what they share with what the makers of a page say of it in a sentence or two.

    python -m tests.stories.rouge CORPUS

Takes the saved pages of the corpus that are articles of some length, with a description that speaks of them (a third of
its words are in the text), and compares three sentences of the summary, and the first three of the article, with that
description: ROUGE-1, ROUGE-2 and ROUGE-L, F1 of each (Lin 2004), the mean over pages. Words are compared folded;
Chinese and Japanese by two characters. Descriptions that were written for it and those that begin the text, which
nothing can come nearer to than the first sentences, are counted apart.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html

from newsreader.document.blocks import Document, Paragraph
from newsreader.document.build import build
from newsreader.document.render import plain_text
from newsreader.errors import ParseError
from newsreader.pages import extract
from newsreader.pages.decoding import decode
from newsreader.query.folding import tokens
from newsreader.sentences import sentences
from newsreader.stories.candidates import candidates
from newsreader.stories.summary import summarise

SENTENCES = 3
_LONG = 10  # sentences of an article that has something to be summed up
_LEAST = 8  # words of a description that says something
_SHARED = 0.33  # of a description's words that are in the text: else it speaks of the site
_COPIED = 60  # characters of a description that stand in the text as they are: then it is the beginning of it


class Scores(NamedTuple):
    """ROUGE-1, ROUGE-2 and ROUGE-L, F1 of each, 0 to 1."""

    one: float
    two: float
    longest: float


def rouge(said: str, wanted: str) -> Scores:
    """Compare a summary with what it should have said."""
    ours, theirs = list(tokens(said)), list(tokens(wanted))
    return Scores(
        _f1(_shared(ours, theirs), len(ours), len(theirs)),
        _f1(_shared([*pairwise(ours)], [*pairwise(theirs)]), len(ours) - 1, len(theirs) - 1),
        _f1(_longest_common(ours, theirs), len(ours), len(theirs)),
    )


def _shared(ours: Sequence[object], theirs: Sequence[object]) -> int:
    return (Counter(ours) & Counter(theirs)).total()


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def _longest_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest sequence that both have in this order, with anything between."""
    row = [0] * (len(theirs) + 1)
    for word in ours:
        before = 0
        for number, other in enumerate(theirs, 1):
            before, row[number] = row[number], before + 1 if word == other else max(row[number], row[number - 1])
    return row[-1]


class Page(NamedTuple):
    """An article with what its makers say of it."""

    name: str
    title: str
    document: Document
    description: str
    copied: bool


def pages(corpus: Path) -> Iterator[Page]:
    """The articles of the corpus with a description that speaks of them."""
    for path in sorted((corpus / "pages").glob("*/*.html.gz")):
        data = gzip.decompress(path.read_bytes())
        try:
            found = extract(data, "https://example.org/article")
        except ParseError:
            continue
        document = build(found.html)
        text = " ".join(plain_text(document).split())
        description = _description(data, text)
        if description and len(candidates(document.blocks)) >= _LONG:
            copied = description[:_COPIED] in text
            yield Page(path.name.removesuffix(".html.gz"), found.title or "", document, description, copied)


def _description(data: bytes, text: str) -> str:
    """The description of a page that says most of its article; "" where none speaks of it."""
    try:
        root = html.fromstring(decode(data))
    except (etree.ParserError, ValueError):
        return ""
    named = root.xpath("//meta[@property='og:description' or @name='description' or @name='twitter:description']")
    said = [" ".join((each.get("content") or "").split()) for each in named]
    words = set(tokens(text))
    speaking = [each for each in said if len(own := [*tokens(each)]) >= _LEAST and _share(own, words) >= _SHARED]
    return re.sub(r"\s*(?:…|\.\.\.)$", "", max(speaking, key=len, default=""))


def _share(own: Sequence[str], words: set[str]) -> float:
    return sum(word in words for word in own) / len(own)


def measure(found: Sequence[Page]) -> dict[str, Scores]:
    """The means of the summary and of the first sentences."""
    return {name: _means([rouge(way(page), page.description) for page in found]) for name, way in WAYS.items()}


def _means(scores: Sequence[Scores]) -> Scores:
    return Scores(*(sum(column) / len(scores) for column in zip(*scores, strict=True)))


def summary_of(page: Page) -> str:
    """Three sentences of the summary."""
    return " ".join(told.text for told in summarise(page.document, page.title, SENTENCES).sentences)


def lead_of(page: Page) -> str:
    """The first three sentences."""
    texts = (block.content.text for block in page.document.blocks if isinstance(block, Paragraph))
    every = (text[start:end] for text in texts for start, end in sentences(text))
    return " ".join(islice(every, SENTENCES))


WAYS = {"summary": summary_of, "lead": lead_of}


def main() -> None:
    every = list(pages(Path(sys.argv[1])))
    written, copied = ([page for page in every if page.copied is each] for each in (False, True))
    for name, found in (("descriptions written for it", written), ("descriptions that begin the text", copied)):
        print(f"{name}: {len(found)} pages")
        for way, scores in measure(found).items():
            print(f"  {way:8} ROUGE-1 {scores.one:.3f}  ROUGE-2 {scores.two:.3f}  ROUGE-L {scores.longest:.3f}")


if __name__ == "__main__":
    main()
