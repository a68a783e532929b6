"""Lemmy: `/api/v3/comment/list?post_id=N` has the comments of a post, each with its text as Markdown.

What a comment answers stands in its `path`: "0.17.23" is comment 23, which answers 17. No address tells that a host is
one of Lemmy's, so only what a feed names as a discussion is asked, and hosts that say it by their name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk

if TYPE_CHECKING:
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "lemmy"
_MOST: Final = 300  # comments in one answer: more no host gives
_POST: Final = re.compile(r"(https?://([\w.:-]{1,200}))/post/(\d{1,12})(?!\w)", re.IGNORECASE | re.ASCII)


def spot(url: str) -> Spot | None:
    """The discussion at an address that was named as one."""
    if (found := _POST.match(url)) is None:
        return None
    list_ = f"{found[1]}/api/v3/comment/list?post_id={found[3]}&type_=All&sort=Hot&max_depth=50&limit={_MOST}"
    return Spot(NAME, found[2].lower(), list_, found[0])


def spot_by_name(url: str) -> Spot | None:
    """The discussion at any address, where the host says that it is one of Lemmy's."""
    found = spot(url)
    return found if found is not None and "lemmy" in found.site else None


def read(answer: Answer) -> Talk:
    """Read a list of comments."""
    views = values.listed(values.record(values.read_json(answer.body)).get("comments"))
    return Talk(tuple(_comment(view, number) for number, view in enumerate(views)))


def _comment(view: dict[str, Any], number: int) -> RawComment:
    comment, creator = values.record(view.get("comment")), values.record(view.get("creator"))
    above = values.text(comment.get("path"))[:2_000].split(".")[1:-1]
    return RawComment(
        key=values.key(comment.get("id")) or f"#{number}",
        parent=above[-1] if above else None,
        author=values.text(creator.get("display_name")) or values.text(creator.get("name")),
        posted_at=values.moment(comment.get("published")),
        score=values.number(values.record(view.get("counts")).get("score")),
        html=values.text(comment.get("content")),
        link=values.text(comment.get("ap_id")) or None,
        gone=comment.get("deleted") is True or comment.get("removed") is True,
        markdown=True,
    )
