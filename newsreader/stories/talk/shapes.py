"""What passes between the parts that find and read discussions."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """Where a discussion stands: which adapter reads it, at which address, and its page for the browser.

    `site` is a name to show.
    """

    adapter: str
    site: str
    address: str
    page: str | None = None


class Answer(NamedTuple):
    """What an address gave."""

    body: bytes
    url: str
    content_type: str | None = None


class RawComment(NamedTuple):
    """A comment as a site gives it: its HTML not cleaned, its texts not bounded.

    `parent` is the key of what it answers; None, or a key that is nowhere, where that is the article. `gone` says that
    it was deleted, `markdown` that its text is Markdown and not HTML.
    """

    key: str
    parent: str | None
    author: str = ""
    posted_at: int | None = None
    score: int | None = None
    html: str = ""
    link: str | None = None
    gone: bool = False
    markdown: bool = False


class Talk(NamedTuple):
    """A discussion as a site gives it: its comments in the site's order, and how many it says there are.

    `page` is its page for the browser, where the answer says it; `whole` is where more of it can be had.
    """

    comments: tuple[RawComment, ...] = ()
    total: int | None = None
    page: str | None = None
    whole: Spot | None = None
