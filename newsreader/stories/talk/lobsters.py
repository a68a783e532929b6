"""Lobsters: `/s/ID.json` is the story with `comments` in reading order.

Each has `short_id`, `comment` (HTML), `commenting_user` (a name, formerly an object), `score`, `created_at`, and what
it answers as `parent_comment`, or how deep it stands as `depth` (formerly `indent_level`, from 1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk

if TYPE_CHECKING:
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "lobsters"
SITE: Final = "Lobsters"
_STORY: Final = re.compile(r"https?://(?:www\.)?lobste\.rs/s/(\w{1,20})(?!\w)", re.IGNORECASE | re.ASCII)


def spot(url: str) -> Spot | None:
    """The discussion at an address."""
    if (found := _STORY.match(url)) is None:
        return None
    page = f"https://lobste.rs/s/{found[1]}"
    return Spot(NAME, SITE, f"{page}.json", page)


def read(answer: Answer) -> Talk:
    """Read a story with its comments."""
    story = values.record(values.read_json(answer.body))
    comments: list[RawComment] = []
    above: list[str] = []  # the keys of what stands over the next comment, by depth
    for item in values.listed(story.get("comments")):
        key = values.key(item.get("short_id")) or f"#{len(comments)}"
        del above[_depth(item) :]
        named = item.get("parent_comment")
        parent = values.key(named) if "parent_comment" in item else (above[-1] if above else None)
        comments.append(_comment(item, key, parent or None))
        above.append(key)
    return Talk(tuple(comments), values.number(story.get("comment_count")))


def _depth(item: dict[str, object]) -> int:
    depth = values.number(item.get("depth"))
    if depth is None:
        depth = (values.number(item.get("indent_level")) or 1) - 1
    return max(0, depth)


def _comment(item: dict[str, object], key: str, parent: str | None) -> RawComment:
    user = item.get("commenting_user")
    return RawComment(
        key=key,
        parent=parent,
        author=values.text(user) or values.text(values.record(user).get("username")),
        posted_at=values.moment(item.get("created_at")),
        score=values.number(item.get("score")),
        html=values.text(item.get("comment")),
        link=values.text(item.get("short_id_url")) or values.text(item.get("url")) or None,
        gone=item.get("is_deleted") is True or item.get("is_moderated") is True,
    )
