"""WordPress: `/wp/v2/comments?post=N` of its REST API has up to a hundred comments, and tells what each answers.

Its comment feeds have the last ones only, all as if they answered the article, but name the number of the post.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.stories.talk.shapes import Answer

NAME: Final = "wordpress"
_GUID: Final = re.compile(r"https?://[\w.:-]{1,200}((?:/[\w.-]{1,60}){0,4})/\?p=(\d{1,12})#comment-\d{1,12}", re.ASCII)
_SAID: Final = frozenset(("comment", ""))


def spot_of(guids: Iterable[str], url: str) -> Spot | None:
    """Where the whole is of what a comment feed has, which stands at `url`; by the guids that WordPress gives.

    The host is that of the feed: guids stay as they are when a site moves.
    """
    found = {(match[1], match[2]) if (match := _GUID.fullmatch(guid)) else None for guid in guids}
    if len(found) != 1 or (post := found.pop()) is None:
        return None
    parts = urlsplit(url)
    query = f"rest_route=/wp/v2/comments&post={post[1]}&per_page=100&order=asc"
    return Spot(NAME, parts.hostname or "", f"{parts.scheme}://{parts.netloc}{post[0]}/?{query}")


def read(answer: Answer) -> Talk:
    """Read a list of comments; other pages that lead to the article are none."""
    listed = values.listed(values.read_json(answer.body))
    return Talk(tuple(_comment(each, number) for number, each in enumerate(listed) if _is_said(each)))


def _is_said(comment: dict[str, Any]) -> bool:
    return values.text(comment.get("type")) in _SAID


def _comment(comment: dict[str, Any], number: int) -> RawComment:
    return RawComment(
        key=values.key(comment.get("id")) or f"#{number}",
        parent=values.key(comment.get("parent")) or None,
        author=values.text(comment.get("author_name")),
        posted_at=values.moment(comment.get("date_gmt")),
        html=values.text(values.record(comment.get("content")).get("rendered")),
        link=values.text(comment.get("link")) or None,
    )
