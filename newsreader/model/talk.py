"""A discussion of an article: comments, as the library keeps them. Imported by name, so that no start waits for it.

Every text has passed `clean_text`, every address is http or https, and every comment is a Document that was built from
clean HTML: a comment is as little to be trusted as an article.
"""

from __future__ import annotations

from typing import NamedTuple


class Comment(NamedTuple):
    """One comment, in a discussion that is a list: `depth` says how the tree is (0 for one that answers the article).

    A comment's answers follow it, each one deeper at the most than what stands before it; the next one of the same or
    a lower depth ends them. `key` is unique in its discussion and the same at the next fetch. `author` is empty where
    nobody is named. `posted_at` is in Unix seconds, never later than the fetch. `document` is as articles keep theirs
    (`document.blocks.load`). `link` is the address of this comment. One that is `gone` (deleted by its author or the
    site) is only here because it has answers, and has no text.
    """

    key: str
    depth: int
    author: str
    posted_at: int | None
    score: int | None
    document: bytes
    link: str | None = None
    gone: bool = False


class Discussion(NamedTuple):
    """What people say of an article, at one site, as it was at `fetched_at` (Unix seconds).

    `site` is a name to show ("Hacker News", else the host), `url` the page for the browser. `total` is how many
    comments there are, as the site says; there may be more than are here. Where it could not be read, `failure` is a
    sentence that says so, and there are no comments; without one, no comments means that there are none yet.
    Documents are of the builder's version `document_version`, which may be a former one: then the worker builds them
    anew when it is asked for these comments, even without the network.
    """

    article_id: int
    site: str
    url: str | None
    fetched_at: int
    total: int
    comments: tuple[Comment, ...] = ()
    failure: str | None = None
    document_version: int = 0

    @property
    def missing(self) -> int:
        """How many comments there are at the site that are not here."""
        return max(0, self.total - sum(not comment.gone for comment in self.comments))
