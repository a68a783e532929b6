"""`newsreader read ID`: one article, for the eye, for a pipe, for a program."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output, parts, talk
from newsreader.document import blocks, render
from newsreader.document.blocks import Document
from newsreader.document.lengths import short_length
from newsreader.errors import NewsreaderError, UsageError
from newsreader.text import count_of, reading_time, relative_time

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import Article
    from newsreader.store import Store

_MEASURE = 76


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print an article; exit 1 says that its full text was asked for and could not be had: the feed's is shown."""
    status = 0
    with context.open_library() as store:
        store.use_mode(context.config().full_text_mode)
        article = _article(store, arguments.id)
        if arguments.full_text and article.full_document is None:
            status = _fetch_full_text(context, arguments.id)
            article = _article(store, arguments.id)
        full = article.full_document is not None and (arguments.full_text or article.shows_full)
        document = document_of(store, article, full)
        html = store.html(arguments.id, full_text=full) or ""
        beside = parts.read_parts(store, article, document)
        said = talk.read_talk(store, arguments.id)
        comments = talk.as_json(store, said) if arguments.json else None
    facts = _facts(article, _length(article, full=full), context)
    if arguments.json:
        output.as_json(_as_json(article, document, html) | parts.as_json(beside) | {"comments": comments})
        return status
    now = int(context.clock())
    under = parts.blocks(article, beside, now, summary=arguments.markdown)
    # For the eye they are many: `newsreader comments` prints them.
    below = tuple(talk.of_page(article, document, said, now)) if arguments.markdown else ()
    texts = (document, Document(under), Document(below))
    if arguments.markdown:
        written = [render.title_line(article.head.title), facts, *map(render.to_markdown, texts)]
    else:
        columns = None if arguments.plain else min(_MEASURE, output.width() or _MEASURE)
        written = [f"{article.head.title}\n{facts}", *(render.to_plain(text, columns) for text in texts)]
    output.line("\n\n".join(filter(None, written)))
    if not document.blocks:
        output.problem("There is nothing to read in this article.")
    return status


def _article(store: Store, number: int) -> Article:
    article = store.article(number)
    if article is None:
        raise UsageError(f"There is no article {number}. `newsreader list` shows the numbers.")
    return article


def document_of(store: Store, article: Article, full: bool) -> Document:
    """The document as stored, or built anew where it is of another version or has been dropped."""
    stored = article.full_document if full else article.feed_document
    version = article.full_document_version if full else article.document_version
    if stored is not None and version == blocks.VERSION:
        return blocks.load(stored)
    from newsreader.document.build import build

    return build(store.html(article.head.id, full_text=full) or "", article.head.url or "")


def _fetch_full_text(context: Context, number: int) -> int:
    from newsreader.cli.engine import engine

    async def fetch() -> None:
        async with engine(context) as parts:
            await parts.articles.full_text(number)
            await parts.refresher.index()

    try:
        asyncio.run(fetch())
    except NewsreaderError as error:
        output.problem(error.phrase)
        return EXIT_FAILED
    return 0


def _length(article: Article, *, full: bool) -> str:
    """How much there is to read: "1,240 words · 6 min", "stub, 60 words", "3 pictures"."""
    length = (article.full_length if full else None) or article.feed_length
    if length.stub or length.media or not length.words:
        return short_length(length.words, length.media, stub=length.stub)
    return f"{count_of(length.words, 'word')} · {reading_time(length.words)}"


def _facts(article: Article, length: str, context: Context) -> str:
    head = article.head
    moment = head.published if head.published is not None else head.sort_at
    facts = [head.source_title, relative_time(moment, int(context.clock()))]
    if head.author and head.author.casefold() != head.source_title.casefold():
        facts.append(f"by {head.author}")
    facts.append(length)
    own = (" ".join(f"#{tag}" for tag in head.tags), article.note)
    return "\n".join(filter(None, (" · ".join(facts), head.url, *own)))


def _as_json(article: Article, document: Document, html: str) -> dict[str, Any]:
    return {
        **output.article_json(article.head, article.source_url),
        "note": article.note,
        "highlights": [each.place.words for each in article.highlights],
        "language": article.language,
        "categories": list(article.categories),
        "comments_url": article.comments_url,
        "enclosures": [{"url": one.url, "type": one.type, "length": one.length} for one in article.enclosures],
        "full_text_error": article.full_text_error,
        "text": render.to_plain(document),
        "html": html,
    }
