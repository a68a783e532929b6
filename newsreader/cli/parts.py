"""What stands under an article on the reader's page: as blocks for the eye, as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.cli import output
from newsreader.document.blocks import Heading, ListBlock, Mark, Paragraph, Quote, Rule, Span, Text
from newsreader.stories.around import Around, around
from newsreader.stories.summary import Summary, summarise
from newsreader.text import count_of, one_line, relative_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.document.blocks import Block, Document
    from newsreader.model import Article, ArticleHead
    from newsreader.store import Store

_LINKS = ("http://", "https://")


class Parts(NamedTuple):
    """What goes with an article: its summary, what stands beside it, and the address of each source of that."""

    summary: Summary
    around: Around
    addresses: dict[int, str]


def read_parts(store: Store, article: Article, document: Document) -> Parts:
    """Read up what goes with an article, of which this document is shown."""
    return Parts(
        summarise(document, article.head.title),
        around(store, article.head.id),
        {source.id: source.url for source in store.sources()},
    )


def linked(words: str, url: str | None) -> Text:
    """Words that lead to an address, if it is one of the web."""
    if url is None or not url.startswith(_LINKS):
        return Text(words)
    return Text(words, (Span(0, len(words), Mark.LINK, url),))


def blocks(article: Article, parts: Parts, now: int, *, summary: bool) -> tuple[Block, ...]:
    """The parts of the page under the text, in the reader's order, each with its heading; those that are empty not."""
    under = tuple(_under(article, parts, now, summary=summary))
    return (Rule(), *under) if under else ()


def _under(article: Article, parts: Parts, now: int, *, summary: bool) -> Iterator[Block]:
    if article.highlights:
        yield _heading("Highlights")
        yield from (Quote((Paragraph(Text(each.place.words)),)) for each in article.highlights)
    if summary and parts.summary.sentences:
        yield _heading("Summary")
        yield Paragraph(Text(" ".join(told.text for told in parts.summary.sentences)))
    others = [head for head in parts.around.story if head.id != article.head.id]
    if others:
        yield _heading(f"This story · {count_of(parts.around.sources, 'source')}")
        yield _listed(others, parts.around.copies, now)
    if parts.around.near:
        yield _heading("Related")
        yield _listed(parts.around.near, frozenset(), now)


def _heading(words: str) -> Block:
    return Heading(2, Text(words))


def _listed(heads: Iterable[ArticleHead], copies: frozenset[int], now: int) -> Block:
    return ListBlock(tuple((Paragraph(_entry(head, now, copied=head.id in copies)),) for head in heads))


def _entry(head: ArticleHead, now: int, *, copied: bool) -> Text:
    """An article in two lines: its title, and where it is from; its number is what `read` takes."""
    title = one_line(head.title) or "untitled"
    marks = ("★" if head.bookmarked else "", "read" if head.read else "", "the same text" if copied else "")
    facts = (one_line(head.source_title), relative_time(_moment(head), now), *marks, f"article {head.id}")
    text = linked(title, head.url)
    return Text(f"{title}\n{' · '.join(filter(None, facts))}", text.spans)


def _moment(head: ArticleHead) -> int:
    return head.sort_at if head.published is None else head.published


def as_json(parts: Parts) -> dict[str, Any]:
    """The same for programs: `summary`, `story` (null for an article that is alone), `related`."""
    told, near = parts.around.story, zip(parts.around.near, parts.around.likeness, strict=True)

    def article(head: ArticleHead) -> dict[str, Any]:
        return output.article_json(head, parts.addresses.get(head.source_id, ""))

    story = {
        "sources": parts.around.sources,
        "articles": [{**article(head), "copy": head.id in parts.around.copies} for head in told],
    }
    return {
        "summary": {
            "sentences": [{"text": each.text, "block": each.block} for each in parts.summary.sentences],
            "points": [{"text": each.text, "block": each.block} for each in parts.summary.points],
            "names": [{"name": each.name, "times": each.times} for each in parts.summary.names],
        },
        "story": story if told else None,
        "related": [{**article(head), "likeness": round(likeness, 3)} for head, likeness in near],
    }
