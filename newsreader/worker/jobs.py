"""What children do: everything that reads bytes from outside. Each function runs in a child, by its name.

A child loads what a kind of job needs with the first job of that kind, so that it starts quickly and stays small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsreader.document import blocks
from newsreader.model import FullText
from newsreader.text import word_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsreader.feeds.bookmarks import Bookmark
    from newsreader.feeds.gathering import FeedList
    from newsreader.model import ArticleWrite, FeedCandidate, ParsedFeed, Subscription
    from newsreader.model.answers import Ask
    from newsreader.model.talk import Discussion
    from newsreader.stories.material import Material
    from newsreader.stories.talk.shapes import Answer, Spot
    from newsreader.worker.answering import Answered
    from newsreader.worker.peeking import FeedPeek
    from newsreader.worker.talk_digest import TalkDigest


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
    """A feed as the library takes it: what it says of itself (without articles), what is new or changed, all times.

    `comments` is how many comments articles have that are known, by their identities.
    """

    feed: ParsedFeed
    writes: tuple[ArticleWrite, ...]
    published: tuple[int, ...]
    comments: tuple[tuple[str, int], ...] = ()


def digest_feed(job: FeedJob) -> FeedDigest:
    """Read a feed; clean and build only those of its articles that are new or changed. Raises ParseError, NotAFeed."""
    from newsreader.feeds import parse

    return digest_parsed(parse(job.body, job.url, job.content_type), job.url, job.known, job.now)


def digest_parsed(feed: ParsedFeed, url: str, known: Mapping[str, str], now: int) -> FeedDigest:
    """The same for a feed that was read already, as the handbook's."""
    from newsreader.worker.merge import comment_counts, merge, sort_time
    from newsreader.worker.writing import write

    published = tuple(
        sort_time(article, now) for article in feed.articles if (article.published or article.updated) is not None
    )
    base = feed.link or url
    writes = tuple(write(article, base) for article in merge(feed, known, now))
    return FeedDigest(feed._replace(articles=()), writes, published, comment_counts(feed, known))


def extract_page(
    html: bytes,
    url: str,
    content_type: str | None,
    title: str | None,
    summary: str | None,
    first: str | None = None,
    repeated: Mapping[int, float] | None = None,
) -> FullText:
    """Find the article on its page, which may be a further one of the article at `first`. Raises ParseError.

    `repeated` are the blocks that stood at the ends of the site's other articles.
    """
    from newsreader.pages import extract
    from newsreader.pages.decoding import decode
    from newsreader.pages.other import is_plain, page_of_plain, refuse_other

    refuse_other(html, content_type)
    page = decode(html, content_type)
    page = page_of_plain(page) if is_plain(content_type) else page
    found = extract(page, url, title=title, summary=summary, first=first, repeated=repeated)
    document, text, _ = build_document(found.html, url, found.language)
    return FullText(
        html=found.html,
        text=text,
        document=document,
        document_version=blocks.VERSION,
        words=word_count(text),
        title=found.title,
        author=found.byline,
        language=found.language,
        next_page=found.next_page,
        published=found.published,
        cut=not found.whole,
        edges=found.edges,
    )


def join_pages(pages: Sequence[FullText], url: str, rest: str | None) -> FullText:
    """Make one of an article's pages, in order; `rest` is the address of a next one that could not be had."""
    from newsreader.pages.paging import join

    html = join([page.html for page in pages], url, rest)
    document, text, _ = build_document(html, url, pages[0].language)
    cut = any(page.cut for page in pages)
    edges = tuple(dict.fromkeys(mark for page in pages for mark in page.edges))
    return pages[0]._replace(
        html=html,
        text=text,
        document=document,
        words=word_count(text),
        next_page=None,
        cut=cut,
        edges=edges,
    )


def build_document(html: str, base_url: str = "", language: str | None = None) -> tuple[bytes, str, str]:
    """Lay out clean HTML: the serialised Document of this version, its words, and what it shows or plays."""
    from newsreader.document.build import build
    from newsreader.document.render import plain_text
    from newsreader.document.words import media_of

    document = build(html, base_url, language=language)
    return blocks.dump(document), plain_text(document), media_of(document.blocks)


def finish_answer(ask: Ask, answer: str, material: Material, original: bytes | None, translated: bool) -> Answered:
    """Make a Document of what a language model wrote, and look into what it rests on."""
    from newsreader.worker.answering import finish

    return finish(ask, answer, material, original, translated=translated)


def find_feeds(html: bytes, url: str, content_type: str | None) -> tuple[FeedCandidate, ...]:
    """The feeds that a page names, the best first."""
    from newsreader.feeds import discovery

    return discovery.find_feeds(html, url, content_type)


def read_discussion(spot: Spot, answer: Answer, article_id: int, now: int) -> TalkDigest:
    """Read a discussion as the library takes it. Raises ParseError."""
    from newsreader.worker.talk_digest import digest

    return digest(spot, answer, article_id, now)


def rebuild_discussion(discussion: Discussion, html: Sequence[str]) -> Discussion:
    """Lay out the comments of a discussion anew."""
    from newsreader.worker.talk_digest import rebuild

    return rebuild(discussion, html)


def comment_feed_of(html: bytes, url: str, content_type: str | None) -> Spot | None:
    """The comment feed of an article that its page names, if it does."""
    from newsreader.stories.talk.comment_feeds import best_of

    return best_of(find_feeds(html, url, content_type), url)


def found_discussion(answer: Answer, url: str) -> Spot | None:
    """The discussion of a page in what a search gave. Raises ParseError."""
    from newsreader.stories.talk.hacker_news import read_search

    return read_search(answer, url)


def peek_feed(body: bytes, url: str, content_type: str | None, now: int) -> FeedPeek:
    """Tell what is in a feed, cleaning and building nothing. Raises NotAFeed, ParseError."""
    from newsreader.worker.peeking import peek

    return peek(body, url, content_type, now)


def read_list(data: bytes) -> FeedList:
    """Read a list of sources of any kind. Raises ParseError."""
    from newsreader.feeds import lists

    return lists.read(data)


def read_bookmarks(data: bytes) -> tuple[Bookmark, ...]:
    """Read a browser's file of bookmarks."""
    from newsreader.feeds import bookmarks

    return bookmarks.read(data)


def write_opml(subscriptions: Sequence[Subscription], title: str) -> bytes:
    """Write sources as OPML 2.0, the same bytes for the same sources."""
    from newsreader.feeds import opml

    return opml.write(subscriptions, title=title, date=None)
