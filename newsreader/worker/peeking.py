"""A first look at a feed, for a person who chooses among several: how it is called, how often it posts, how much."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

from newsreader import bounds
from newsreader.feeds import markup, parse
from newsreader.feeds.discovery import is_comments
from newsreader.model import ArticleFace
from newsreader.text import one_line, word_count
from newsreader.worker.merge import identity_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import ParsedArticle

_SHOWN: Final = 160  # characters of a title: eight feeds must fit into one line of the pipe
_READ: Final = 4_000  # characters of an article's text: enough to tell whether it is a stub
_COMMENT_LINK = re.compile(r"#(?:comment|kommentar|c|respond|answer)[-_]?\d*(?:\D|$)", re.IGNORECASE)
_WEEK: Final = 7 * 86_400


@dataclass(frozen=True, slots=True)
class FeedPeek:
    """What a feed holds. `weekly` is articles a week while it posts; None where too few of them have a date.

    `full_text` says whether most of its articles are longer than a stub; None where there is no article. `comments`
    says that it is a feed of comments. By the `faces` of its newest articles another feed that has them is recognised.
    """

    title: str
    link: str | None
    articles: int
    latest_title: str | None
    latest_at: int | None
    weekly: float | None
    full_text: bool | None
    comments: bool
    faces: tuple[ArticleFace, ...] = field(default=(), repr=False)


def peek(body: bytes, url: str, content_type: str | None, now: int) -> FeedPeek:
    """Read a feed and tell what is in it. Raises NotAFeed, ParseError."""
    feed = parse(body, url, content_type)
    newest = sorted(feed.articles, key=lambda article: -min(_moment(article) or 0, now))[: bounds.KNOWN_BY]
    recent = newest[: bounds.RECENT_ARTICLES]
    moments = [min(moment, now) for article in recent if (moment := _moment(article)) is not None]
    words = [_words(article) for article in recent]
    return FeedPeek(
        title=one_line(feed.title, _SHOWN),
        link=feed.link,
        articles=len(feed.articles),
        latest_title=_name(recent[0]) if recent else None,
        latest_at=moments[0] if moments else None,
        weekly=_weekly(moments),
        full_text=median(words) >= bounds.STUB_WORDS if words else None,
        comments=is_comments(feed.title, url) or _are_answers(feed.articles),
        faces=tuple(
            ArticleFace(identity_of(each), each.url, one_line(each.title, bounds.MAX_TITLE)) for each in newest
        ),
    )


def _are_answers(articles: Sequence[ParsedArticle]) -> bool:
    """Whether articles are what was said about others: they answer (RFC 4685), or lead to a place below an article."""
    answers = sum(
        article.reply_to is not None or _COMMENT_LINK.search(article.url or "") is not None for article in articles
    )
    return answers * 2 > len(articles)


def _moment(article: ParsedArticle) -> int | None:
    moment = article.published if article.published is not None else article.updated
    return moment if moment is not None and moment >= bounds.EARLIEST else None


def _name(article: ParsedArticle) -> str | None:
    """What an article is called; one without a title begins with its text."""
    return one_line(article.title or _text(article), _SHOWN) or None


def _text(article: ParsedArticle) -> str:
    return markup.plain(article.content_html or article.summary_html or "", _READ)


def _words(article: ParsedArticle) -> int:
    return word_count(_text(article))


def _weekly(moments: Sequence[int]) -> float | None:
    """Articles a week, from the distance between the newest and the oldest; newest first."""
    span = moments[0] - moments[-1] if len(moments) > 1 else 0
    return round((len(moments) - 1) * _WEEK / span, 1) if span > 0 else None
