"""What sites answer, written from the public descriptions of their JSON: small, and as odd as wanted."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from newsreader.stories.talk.shapes import Answer, Talk
from newsreader.stories.talk.threads import arrange

THEN = 1_795_400_000


def tree(talk: Talk) -> str:
    """The keys of a discussion in reading order, each with a dot for each step of its depth."""
    return " ".join(comment.key + "." * depth for comment, depth in arrange(talk.comments))


def answer(value: object, url: str = "https://site.test/", content_type: str | None = "application/json") -> Answer:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Answer(body, url, content_type)


def hn(id_: object, text: str | None = "Said.", *children: object, **more: object) -> dict[str, Any]:
    """A comment of Hacker News with its answers; without a text it was deleted."""
    item = {
        "id": id_,
        "type": "comment",
        "author": None if text is None else f"user{id_}",
        "text": text,
        "points": None,
        "created_at": "2026-11-22T00:00:00.000Z",
        "created_at_i": THEN,
        "children": list(children),
        "options": [],
    }
    return item | more


def hn_story(*children: object, **more: object) -> dict[str, Any]:
    story = {"id": 8, "type": "story", "title": "A story", "url": "https://site.test/a", "points": 57}
    return {**story, "author": "op", "text": None, "children": list(children)} | more


def lobster(id_: str, **more: object) -> dict[str, Any]:
    comment = {
        "short_id": id_,
        "short_id_url": f"https://lobste.rs/c/{id_}",
        "created_at": "2026-11-22T18:00:00.000-06:00",
        "is_deleted": False,
        "is_moderated": False,
        "score": 4,
        "comment": f"<p>Said by {id_}.</p>",
        "comment_plain": f"Said by {id_}.",
        "commenting_user": f"user-{id_}",
    }
    return comment | more


def lobsters_story(*comments: object, **more: object) -> dict[str, Any]:
    return {"short_id": "abc123", "title": "A story", "comment_count": len(comments), "comments": comments} | more


def reddit(id_: str, *replies: object, **more: object) -> dict[str, Any]:
    data = {
        "id": id_,
        "name": f"t1_{id_}",
        "author": f"user_{id_}",
        "body": f"Said by **{id_}**.",
        "body_html": escape(f'<div class="md"><p>Said by <strong>{id_}</strong> &amp; more.</p>\n</div>'),
        "score": 7,
        "score_hidden": False,
        "created_utc": float(THEN),
        "permalink": f"/r/ferries/comments/post1/a_post/{id_}/",
        "replies": reddit_listing(*replies) if replies else "",
    }
    return {"kind": "t1", "data": data | more}


def reddit_more(count: int) -> dict[str, Any]:
    return {"kind": "more", "data": {"count": count, "children": ["x"] * count, "id": "_"}}


def reddit_listing(*children: object) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": list(children), "after": None}}


def reddit_post(*comments: object, **more: object) -> list[object]:
    post = {"id": "post1", "num_comments": 3, "permalink": "/r/ferries/comments/post1/a_post/", "author": "op"}
    return [reddit_listing({"kind": "t3", "data": post | more}), reddit_listing(*comments)]


def comment_feed(*items: str) -> bytes:
    """A comment feed as WordPress writes them."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        'content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0">'
        f"<channel><title>Comments on: A story</title><link>https://blog.test/a/</link>{''.join(items)}</channel></rss>"
    ).encode()


def feed_comment(
    number: int, author: str = "Ada", *, answers: int | None = None, minute: int | None = None, title: str = ""
) -> str:
    """One comment in it; without an author only its title says who wrote it."""
    when = "" if minute is None else f"<pubDate>Sun, 22 Nov 2026 10:{minute:02}:00 +0000</pubDate>"
    reply = "" if answers is None else f'<thr:in-reply-to ref="https://blog.test/?p=1#comment-{answers}"/>'
    creator = f"<dc:creator>{author}</dc:creator>" if author else ""
    return (
        f"<item><title>{title}</title><link>https://blog.test/a/#comment-{number}</link>{creator}{when}{reply}"
        f'<guid isPermaLink="false">https://blog.test/?p=1#comment-{number}</guid>'
        f"<description>Said {number}.</description>"
        f"<content:encoded><![CDATA[<p>Said <b>{number}</b>.</p>]]></content:encoded></item>"
    )


def lemmy(id_: int, path: str, **more: object) -> dict[str, Any]:
    comment = {
        "id": id_,
        "content": f"Said **{id_}**.",
        "removed": False,
        "deleted": False,
        "published": "2026-11-23T02:13:20.123456Z",
        "ap_id": f"https://lemmy.test/comment/{id_}",
        "path": path,
    }
    creator = {"name": f"user{id_}", "display_name": f"User {id_}"}
    return {"comment": comment | more, "creator": creator, "counts": {"score": 5, "child_count": 0}}


def discourse(number: int, **more: object) -> dict[str, Any]:
    post = {
        "id": 1000 + number,
        "post_number": number,
        "reply_to_post_number": None,
        "name": f"User {number}",
        "username": f"user{number}",
        "created_at": "2026-11-23T02:13:20.000Z",
        "cooked": f"<p>Said {number}.</p>",
        "actions_summary": [{"id": 2, "count": 3}],
        "hidden": False,
        "user_deleted": False,
    }
    return post | more


def mastodon(id_: str, answers: str | None, **more: object) -> dict[str, Any]:
    post = {
        "id": id_,
        "in_reply_to_id": answers,
        "created_at": "2026-11-23T02:13:20.000Z",
        "account": {"acct": f"user{id_}@m.test", "display_name": f"User {id_}"},
        "content": f"<p>Said {id_}.</p>",
        "spoiler_text": "",
        "favourites_count": 2,
        "url": f"https://m.test/@u/{id_}",
        "uri": f"https://m.test/users/u/statuses/{id_}",
    }
    return post | more


def wordpress(id_: int, **more: object) -> dict[str, Any]:
    comment = {
        "id": id_,
        "post": 1,
        "parent": 0,
        "author_name": f"User {id_}",
        "date": "2026-11-23T03:13:20",
        "date_gmt": "2026-11-23T02:13:20",
        "content": {"rendered": f"<p>Said {id_}.</p>"},
        "link": f"https://blog.test/a/#comment-{id_}",
        "status": "approved",
        "type": "comment",
    }
    return comment | more
