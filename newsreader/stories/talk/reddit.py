"""Reddit: `/comments/ID.json` is two listings, the post and its comments.

A comment (`t1`) has `replies`, a listing or "", and its text as Markdown (`body`) and as HTML (`body_html`), which is
escaped once more unless `raw_json` was understood. `more` stands for those that were left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk

if TYPE_CHECKING:
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "reddit"
SITE: Final = "Reddit"
_WEB: Final = "https://www.reddit.com"
_POST: Final = re.compile(
    r"https?://(?:(?:[\w-]+\.)?reddit\.com/(?:(?:r|u|user)/[\w.-]+/)?comments/|(?:www\.)?redd\.it/)([a-z0-9]{1,12})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_PATH: Final = re.compile(r"/r/[\w.-]+/comments/[\w/.%-]*", re.ASCII)
_GONE: Final = frozenset(("[deleted]", "[removed]"))


def spot(url: str) -> Spot | None:
    """The discussion at an address."""
    if (found := _POST.match(url)) is None:
        return None
    page = f"{_WEB}/comments/{found[1].lower()}"
    return Spot(NAME, SITE, f"{page}.json?raw_json=1&limit=500", page)


def read(answer: Answer) -> Talk:
    """Read both listings."""
    listings = values.listed(values.read_json(answer.body)) or [{}]
    values.listed(values.record(listings[-1].get("data")).get("children"))
    post = next((data for kind, data in _things(listings[0]) if kind == "t3"), {})
    comments: list[RawComment] = []
    left_out = 0
    waiting: list[tuple[tuple[str, dict[str, Any]], str | None]] = []
    waiting += ((thing, None) for thing in _things(listings[-1])[::-1])
    while waiting:
        (kind, data), parent = waiting.pop()
        if kind == "more":
            left_out += max(0, values.number(data.get("count")) or 0)
        elif kind == "t1":
            key = values.key(data.get("id")) or f"#{len(comments)}"
            comments.append(_comment(data, key, parent))
            waiting += ((thing, key) for thing in _things(data.get("replies"))[::-1])
    here = sum(not comment.gone for comment in comments)
    said = values.number(post.get("num_comments"))
    return Talk(tuple(comments), max(said or 0, here + left_out), _address(post.get("permalink")))


def _things(listing: object) -> list[tuple[str, dict[str, Any]]]:
    """The things of a listing, each with its kind."""
    children = values.record(values.record(listing).get("data")).get("children")
    return [(values.text(thing.get("kind")), values.record(thing.get("data"))) for thing in values.records(children)]


def _comment(data: dict[str, Any], key: str, parent: str | None) -> RawComment:
    author, body = values.text(data.get("author")), values.text(data.get("body"))
    return RawComment(
        key=key,
        parent=parent,
        author="" if author in _GONE else author,
        posted_at=values.moment(data.get("created_utc")),
        score=None if data.get("score_hidden") is True else values.number(data.get("score")),
        html=(html := _html(values.text(data.get("body_html")))) or body,
        markdown=not html,
        link=_address(data.get("permalink")),
        gone=body.strip() in _GONE,
    )


def _html(written: str) -> str:
    """The HTML of a comment, once more unescaped where all of it is escaped."""
    if "<" in written or "&lt;" not in written:
        return written
    from html import unescape

    return unescape(written)


def _address(path: object) -> str | None:
    found = _PATH.match(values.text(path))
    return None if found is None else _WEB + found[0]
