"""What the feed scorer calls: a ParsedFeed in the scorer's neutral form."""

from __future__ import annotations

from typing import Any

from newsreader.feeds import parse


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
