"""What the feed scorer calls: a ParsedFeed in the scorer's neutral form."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from newsreader.feeds import parse
from newsreader.model import ParsedArticle, ParsedFeed
from newsreader.pages import clean


def cleaned(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    """The same after the sanitiser, as the program stores it; for the cases about active content."""
    feed = parse(data, url, content_type)
    base = feed.link or url

    def safe(html: str | None, address: str | None) -> str | None:
        return clean(html, address or base) if html else html

    articles = tuple(
        article._replace(
            title_html=safe(article.title_html, article.url),
            summary_html=safe(article.summary_html, article.url),
            content_html=safe(article.content_html, article.url),
        )
        for article in feed.articles
    )
    title, about = safe(feed.title_html, None), safe(feed.description_html, None)
    return neutral_form(feed._replace(articles=articles, title_html=title, description_html=about))


def neutral(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    """What the parser gives, unsafe HTML included."""
    return neutral_form(parse(data, url, content_type))


def neutral_form(feed: ParsedFeed) -> dict[str, Any]:
    """A feed as the scorer wants it."""
    return {
        "feed": {
            "title": feed.title_html or feed.title,
            "link": feed.link,
            "description": feed.description_html or feed.description,
            "language": feed.language,
            "updated": feed.updated,
        },
        "entries": [
            {
                "id": article.guid,
                "title": article.title_html or article.title,
                "link": article.url,
                "author": ", ".join(authors(article)),
                "published": article.published,
                "updated": article.updated or article.published,
                "summary": article.summary_html,
                "content": article.content_html,
                "enclosures": [{"url": e.url, "type": e.type, "length": e.length} for e in article.enclosures],
                "categories": list(article.categories),
                "comments": article.comments_url,
            }
            for article in feed.articles
        ],
    }


def authors(article: ParsedArticle) -> list[str]:
    """Each author as "name (mail)", or what is known of the two."""
    both = zip_longest(article.authors, article.author_mails, fillvalue="")
    return [f"{name} ({mail})" if mail else name for name, mail in both]
