"""Discourse: `/t/N.json` is a topic with its first posts, of which the first is no comment.

Posts are numbered; `reply_to_post_number` names what one answers, `cooked` is its HTML. How many there are stands in
`posts_count`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk

if TYPE_CHECKING:
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "discourse"
_TOPIC: Final = re.compile(
    r"(https?://([\w.:-]{1,200})(?:/[\w-]{1,40})?)/t/(?:[^/?#]{1,200}/)?(\d{1,9})(?:/\d+)?/?(?:[?#]|$)",
    re.IGNORECASE | re.ASCII,
)
_LIKE: Final = 2  # among the kinds of what can be done to a post


def spot(url: str) -> Spot | None:
    """The discussion at an address."""
    if (found := _TOPIC.match(url)) is None:
        return None
    page = f"{found[1]}/t/{found[3]}"
    return Spot(NAME, found[2].lower(), f"{page}.json", page)


def read(answer: Answer) -> Talk:
    """Read a topic."""
    topic = values.record(values.read_json(answer.body))
    posts = values.listed(values.record(topic.get("post_stream")).get("posts"))
    page = answer.url.partition("?")[0].removesuffix(".json")
    comments = tuple(_comment(post, page) for post in posts if post.get("post_number") != 1)
    count = values.number(topic.get("posts_count"))
    return Talk(comments, None if count is None else max(0, count - 1))


def _comment(post: dict[str, Any], page: str) -> RawComment:
    number = values.key(post.get("post_number"))
    likes = (
        values.number(each.get("count"))
        for each in values.records(post.get("actions_summary"))
        if each.get("id") == _LIKE
    )
    return RawComment(
        key=number or values.key(post.get("id")),
        parent=values.key(post.get("reply_to_post_number")) or None,
        author=values.text(post.get("name")) or values.text(post.get("username")),
        posted_at=values.moment(post.get("created_at")),
        score=next(likes, None),
        html=values.text(post.get("cooked")),
        link=f"{page}/{number}" if number.isdecimal() else None,
        gone=post.get("user_deleted") is True or post.get("hidden") is True,
    )
