"""Comment feeds: RSS or Atom with an item for each comment, as wfw:commentRss and Atom's replies name them.

What a comment answers stands in thr:in-reply-to (RFC 4685), where anything does; else all answer the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.stories.talk import wordpress
from newsreader.stories.talk.shapes import RawComment, Spot, Talk
from newsreader.text import host_of, one_line

if TYPE_CHECKING:
    from newsreader.model import FeedCandidate, ParsedArticle
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "feed"
_BY: Final = re.compile(r"(?:By|Von|Par|Por|Door|Di) ?: ?(.{1,200})$|.{0,400}\bby (.{1,200})$")
_OF_PAGE: Final = re.compile(r"[?&]p=\d+|[?&]page_id=\d+")


def spot(url: str, page: str | None = None) -> Spot:
    """The comment feed at an address, of the article on a page."""
    return Spot(NAME, host_of(page or url).removeprefix("www."), url, page)


def read(answer: Answer) -> Talk:
    """Read a comment feed, in the order of time as far as it has times; else in its own."""
    from newsreader.feeds import parse

    feed = parse(answer.body, answer.url, answer.content_type)
    articles = feed.articles
    if articles and all(article.published is not None for article in articles):
        # Those of one time stand newest first, as all do in most of these feeds.
        articles = tuple(sorted(articles, key=lambda article: -(article.published or 0)))[::-1]
    comments = [_comment(article, number) for number, article in enumerate(articles)]
    # What is answered is named by its guid, and by some programs by its address.
    keys: dict[str | None, str | None] = {each.link: each.key for each in reversed(comments) if each.link}
    threaded = (comment._replace(parent=keys.get(comment.parent, comment.parent)) for comment in comments)
    whole = wordpress.spot_of((comment.key for comment in comments), answer.url)
    return Talk(tuple(threaded), len(comments), whole=whole)


def best_of(candidates: tuple[FeedCandidate, ...], page: str) -> Spot | None:
    """The comment feed of the article on this page, of the feeds that its page names; not that of the whole site."""
    from newsreader.feeds.discovery import is_comments

    path = page.partition("?")[0].partition("#")[0].rstrip("/")
    for candidate in candidates:
        below = urlsplit(path).path.strip("/") != "" and candidate.url.startswith(f"{path}/")
        if (below or _OF_PAGE.search(candidate.url)) and is_comments(candidate.title, candidate.url):
            return spot(candidate.url, page)
    return None


def _comment(article: ParsedArticle, number: int) -> RawComment:
    return RawComment(
        key=article.guid or article.url or f"#{number}",
        parent=article.reply_to,
        author=", ".join(article.authors) or _author_in(article.title),
        posted_at=article.published if article.published is not None else article.updated,
        html=article.content_html or article.summary_html or "",
        link=article.url,
    )


def _author_in(title: str) -> str:
    """Who wrote a comment, where only its title says it: "By: Ada", "Comment on Ferries by Ada"."""
    found = _BY.match(one_line(title, 600))
    return (found[1] or found[2]).strip() if found else ""
