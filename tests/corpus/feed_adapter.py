"""What the feed scorer calls: a ParsedFeed in the scorer's neutral form."""

from __future__ import annotations

from typing import Any

from newsreader.feeds import parse
from newsreader.pages import clean


def cleaned(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    """The same after the sanitiser, as the program stores it; for the cases about active content."""
    result = neutral(data, url, content_type)
    for entry in result["entries"]:
        for field in ("summary", "content"):
            if entry[field]:
                entry[field] = clean(entry[field], entry["link"] or url)
    return result


def neutral(data: bytes, url: str, content_type: str) -> dict[str, Any]:
    feed = parse(data, url, content_type)
    return {
        "feed": {
            "title": feed.title,
            "link": feed.link,
            "description": feed.description,
            "language": feed.language,
            "updated": feed.updated,
        },
        "entries": [
            {
                "id": article.guid,
                "title": article.title,
                "link": article.url,
                "author": ", ".join(article.authors),
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
