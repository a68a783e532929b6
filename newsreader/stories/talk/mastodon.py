"""Mastodon, and what speaks as it does: `/api/v1/statuses/ID/context` has what was answered to a post (`descendants`).

Each has `in_reply_to_id`, `account`, its `content` as HTML, and `spoiler_text`, which stands before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk

if TYPE_CHECKING:
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "mastodon"
_POST: Final = re.compile(
    r"(https?://([\w.:-]{1,200}))/(?:@[\w.@-]{1,200}|users/[\w.-]{1,100}/statuses)/(\d{15,20})(?!\w)",
    re.IGNORECASE | re.ASCII,
)


def spot(url: str) -> Spot | None:
    """The discussion at an address."""
    if (found := _POST.match(url)) is None:
        return None
    return Spot(NAME, found[2].lower(), f"{found[1]}/api/v1/statuses/{found[3]}/context", found[0])


def read(answer: Answer) -> Talk:
    """Read what was answered."""
    posts = values.listed(values.record(values.read_json(answer.body)).get("descendants"))
    return Talk(tuple(_comment(post, number) for number, post in enumerate(posts)))


def _comment(post: dict[str, Any], number: int) -> RawComment:
    account, warning = values.record(post.get("account")), values.text(post.get("spoiler_text"))
    return RawComment(
        key=values.key(post.get("id")) or f"#{number}",
        parent=values.key(post.get("in_reply_to_id")) or None,
        author=values.text(account.get("display_name")) or values.text(account.get("acct")),
        posted_at=values.moment(post.get("created_at")),
        score=values.number(post.get("favourites_count")),
        html=_behind(warning) + values.text(post.get("content")),
        link=values.text(post.get("url")) or values.text(post.get("uri")) or None,
    )


def _behind(warning: str) -> str:
    """What is said before a text that its author put behind a warning."""
    if not warning:
        return ""
    from html import escape

    return f"<p><b>{escape(warning)}</b></p>"
