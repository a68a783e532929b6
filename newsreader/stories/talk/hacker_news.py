"""Hacker News, by the public API of its search (hn.algolia.com), which gives a whole discussion at once.

`items/N` is an object with `children`, which are such objects: `id`, `author`, `text` (HTML), `created_at_i`, `points`.
What was deleted has neither author nor text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from newsreader.stories.talk import values
from newsreader.stories.talk.shapes import RawComment, Spot, Talk
from newsreader.text import page_of, without_userinfo

if TYPE_CHECKING:
    from newsreader.stories.talk.shapes import Answer

NAME: Final = "hacker news"
SITE: Final = "Hacker News"
SEARCH_HOST: Final = "hn.algolia.com"
_API: Final = f"https://{SEARCH_HOST}/api/v1"
_PAGE: Final = "https://news.ycombinator.com/item?id="
_ITEM: Final = re.compile(r"https?://news\.ycombinator\.com/item\?(?:[^#]*&)?id=(\d{1,12})(?!\d)", re.IGNORECASE)


def spot(url: str) -> Spot | None:
    """The discussion at an address."""
    return None if (found := _ITEM.match(url)) is None else _spot_of(found[1])


def read(answer: Answer) -> Talk:
    """Read an item with all below it."""
    top = values.record(values.read_json(answer.body))
    comments: list[RawComment] = []
    waiting: list[tuple[dict[str, Any], str | None]] = []
    waiting += ((child, None) for child in values.listed(top.get("children"))[::-1])
    while waiting:
        item, parent = waiting.pop()
        key = values.key(item.get("id")) or f"#{len(comments)}"
        comments.append(_comment(item, key, parent))
        waiting += ((child, key) for child in _answers(item))
    return Talk(tuple(comments))


def search_address(url: str) -> str:
    """Where to ask which discussions there are of a page."""
    page = quote(page_of(without_userinfo(url)), safe="")
    return f"{_API}/search?query={page}&restrictSearchableAttributes=url&hitsPerPage=20"


def read_search(answer: Answer, url: str) -> Spot | None:
    """The discussion of this very page that has the most comments; None where there is none."""
    best: tuple[int, str] | None = None
    for hit in values.records(values.record(values.read_json(answer.body)).get("hits")):
        id_, count = values.key(hit.get("objectID")), values.number(hit.get("num_comments")) or 0
        same = page_of(values.text(hit.get("url"))) == page_of(url)
        if same and id_.isascii() and id_.isdecimal() and (best is None or count > best[0]):
            best = count, id_
    return None if best is None else _spot_of(best[1])


def _spot_of(id_: str) -> Spot:
    return Spot(NAME, SITE, f"{_API}/items/{id_}", f"{_PAGE}{id_}")


def _answers(item: dict[str, Any]) -> list[dict[str, Any]]:
    """What answers an item, the last one first."""
    return [*values.records(item.get("children"))][::-1]


def _comment(item: dict[str, Any], key: str, parent: str | None) -> RawComment:
    author, html = values.text(item.get("author")), values.text(item.get("text"))
    return RawComment(
        key=key,
        parent=parent,
        author=author,
        posted_at=values.moment(item.get("created_at_i") or item.get("created_at")),
        score=values.number(item.get("points")),
        html=html,
        link=f"{_PAGE}{key}" if key.isdecimal() else None,
        gone=not html,
    )
