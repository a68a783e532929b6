"""What children do: everything that reads bytes from outside. Each function runs in a child, by its name.

A child loads what a kind of job needs with the first job of that kind, so that it starts quickly and stays small.
"""

from __future__ import annotations

import html as entities
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsreader import bounds
from newsreader.document import blocks
from newsreader.model import ArticleWrite, FullText
from newsreader.text import one_line, word_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsreader.feeds.gathering import FeedList
    from newsreader.model import FeedCandidate, ParsedFeed, Subscription
    from newsreader.worker.merge import MergedArticle
    from newsreader.worker.peeking import FeedPeek

_TITLE_FROM_TEXT = 80  # characters of its text that name an article without a title


@dataclass(frozen=True, slots=True)
class FeedJob:
    """A fetched feed, what the library knows of its source (identity -> content hash), and the moment it was seen."""

    body: bytes = field(repr=False)
    url: str
    content_type: str | None
    known: Mapping[str, str] = field(repr=False)
    now: int


@dataclass(frozen=True, slots=True)
class FeedDigest:
    """A feed as the library takes it: what it says of itself (without articles), what is new or changed, all times."""

    feed: ParsedFeed
    writes: tuple[ArticleWrite, ...]
    published: tuple[int, ...]


def digest_feed(job: FeedJob) -> FeedDigest:
    """Read a feed; clean and build only those of its articles that are new or changed. Raises ParseError, NotAFeed."""
    from newsreader.feeds import parse

    return digest_parsed(parse(job.body, job.url, job.content_type), job.url, job.known, job.now)


def digest_parsed(feed: ParsedFeed, url: str, known: Mapping[str, str], now: int) -> FeedDigest:
    """The same for a feed that was read already, as the handbook's."""
    from newsreader.worker.merge import merge, sort_time

    published = tuple(
        sort_time(article, now) for article in feed.articles if (article.published or article.updated) is not None
    )
    base = feed.link or url
    writes = tuple(_write(article, base) for article in merge(feed, known, now))
    return FeedDigest(replace(feed, articles=()), writes, published)


def extract_page(html: bytes, url: str, content_type: str | None, title: str | None, summary: str | None) -> FullText:
    """Find the article on its page. Raises ParseError when there is none."""
    from newsreader.pages import extract
    from newsreader.pages.decoding import decode

    found = extract(decode(html, content_type), url, title=title, summary=summary)
    document, text = build_document(found.html, url, found.language)
    return FullText(
        html=found.html,
        text=text,
        document=document,
        document_version=blocks.VERSION,
        words=word_count(text),
        title=found.title,
        author=found.byline,
        language=found.language,
    )


def build_document(html: str, base_url: str = "", language: str | None = None) -> tuple[bytes, str]:
    """Lay out clean HTML: the serialised Document of this version, and its words."""
    from newsreader.document.build import build
    from newsreader.document.render import plain_text

    document = build(html, base_url, language=language)
    return blocks.dump(document), plain_text(document)


def find_feeds(html: bytes, url: str, content_type: str | None) -> tuple[FeedCandidate, ...]:
    """The feeds that a page names, the best first."""
    from newsreader.feeds import discovery

    return discovery.find_feeds(html, url, content_type)


def peek_feed(body: bytes, url: str, content_type: str | None, now: int) -> FeedPeek:
    """Tell what is in a feed, cleaning and building nothing. Raises NotAFeed, ParseError."""
    from newsreader.worker.peeking import peek

    return peek(body, url, content_type, now)


def read_list(data: bytes) -> FeedList:
    """Read a list of sources of any kind. Raises ParseError."""
    from newsreader.feeds import lists

    return lists.read(data)


def write_opml(subscriptions: Sequence[Subscription], title: str) -> bytes:
    """Write sources as OPML 2.0, the same bytes for the same sources."""
    from newsreader.feeds import opml

    return opml.write(subscriptions, title=title, date=None)


def _write(article: MergedArticle, base_url: str) -> ArticleWrite:
    """Clean and build one article. Relative links start at its own address, else at the feed's."""
    parsed = article.parsed
    base = parsed.url or base_url
    html, document, text = _clean_and_build(parsed.content_html or parsed.summary_html or "", base, parsed.language)
    summary = text
    if parsed.content_html and parsed.summary_html:
        summary = _words(parsed.summary_html, base)
    title = one_line(parsed.title, bounds.MAX_TITLE) or one_line(text[:1_000], _TITLE_FROM_TEXT)
    return ArticleWrite(
        identity=article.identity,
        content_hash=article.content_hash,
        sort_at=article.sort_at,
        guid=parsed.guid,
        url=parsed.url,
        title=title,
        author=one_line(", ".join(parsed.authors), bounds.MAX_NAME) or None,
        published=parsed.published,
        updated=parsed.updated,
        summary=one_line(summary[: 2 * bounds.MAX_SUMMARY], bounds.MAX_SUMMARY),
        html=html,
        text=text,
        document=document,
        document_version=blocks.VERSION,
        words=word_count(text),
        enclosures=parsed.enclosures,
        categories=parsed.categories,
        comments_url=parsed.comments_url,
        comments_feed_url=parsed.comments_feed_url,
        comments_count=parsed.comments_count,
        language=parsed.language,
        image_url=parsed.image_url,
    )


def _words(html: str, base_url: str) -> str:
    """The words of a piece of HTML; most summaries have no markup, and then nothing needs to be parsed."""
    return entities.unescape(html) if "<" not in html else _clean_and_build(html, base_url, None)[2]


def _clean_and_build(html: str, base_url: str, language: str | None) -> tuple[str, bytes, str]:
    """Clean HTML from outside and lay it out, parsing it once: the clean HTML, the serialised Document, its words."""
    from newsreader.document.build import build_tree
    from newsreader.document.render import plain_text
    from newsreader.pages.cleaning import clean, clean_tree, serialise

    if "<" not in html:
        cleaned = clean(html, base_url)
        return cleaned, *build_document(cleaned, base_url, language)
    tree = clean_tree(html, base_url)
    document = build_tree(tree, base_url, language=language)
    return serialise(tree), blocks.dump(document), plain_text(document)
