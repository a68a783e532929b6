"""A site's answer made a discussion that the library can keep: bounded, cleaned, laid out. Runs in a child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader import bounds
from newsreader.document import blocks
from newsreader.document.build import build
from newsreader.model.talk import Comment, Discussion
from newsreader.pages.addresses import web_address
from newsreader.pages.written import of_people
from newsreader.stories.talk.adapters import ADAPTERS
from newsreader.stories.talk.threads import arrange
from newsreader.text import one_line, short_identity
from newsreader.worker.writing import clean_and_build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.stories.talk.shapes import Answer, RawComment, Spot

_EMPTY: Final = blocks.dump(blocks.Document(()))
_MOST: Final = 10**9  # comments, points: more is a mistake


class TalkDigest(NamedTuple):
    """A discussion as the library takes it, with the HTML of each comment; `whole` is where there is more of it."""

    discussion: Discussion
    html: tuple[str, ...]
    whole: Spot | None = None

    @property
    def threaded(self) -> bool:
        """Whether any comment answers another."""
        return any(comment.depth for comment in self.discussion.comments)


def digest(spot: Spot, answer: Answer, article_id: int, now: int) -> TalkDigest:
    """Read an answer. Raises ParseError for what is no discussion."""
    talk = ADAPTERS[spot.adapter].read(answer)
    page = web_address(talk.page or spot.page or "")
    placed = arrange(talk.comments)
    written = [_write(raw, depth, page or answer.url, now) for raw, depth in placed]
    said = talk.total if talk.total is not None else sum(not raw.gone for raw in talk.comments)
    discussion = Discussion(
        article_id=article_id,
        site=one_line(spot.site, bounds.MAX_NAME),
        url=page,
        fetched_at=now,
        total=min(_MOST, max(said, sum(not comment.gone for comment, _ in written))),
        comments=tuple(comment for comment, _ in written),
        document_version=blocks.VERSION,
    )
    return TalkDigest(discussion, tuple(html for _, html in written), talk.whole)


def rebuild(discussion: Discussion, html: Sequence[str]) -> Discussion:
    """Lay the comments of a discussion out anew, after a change of the builder."""
    base = discussion.url or ""
    comments = tuple(
        comment._replace(document=blocks.dump(build(written, base)))
        for comment, written in zip(discussion.comments, html, strict=True)
    )
    return discussion._replace(comments=comments, document_version=blocks.VERSION)


def _write(raw: RawComment, depth: int, base: str, now: int) -> tuple[Comment, str]:
    html, document = "", _EMPTY
    if raw.html and not raw.gone:
        written = raw.html[: bounds.MAX_COMMENT]
        html, built = clean_and_build(of_people(written) if raw.markdown else written, base, None)
        document = blocks.dump(built)
    comment = Comment(
        key=short_identity(one_line(raw.key)),
        depth=depth,
        author=one_line(raw.author, bounds.MAX_NAME),
        posted_at=_moment(raw.posted_at, now),
        score=raw.score if raw.score is not None and abs(raw.score) < _MOST else None,
        document=document,
        link=web_address(raw.link, base) if raw.link else None,
        gone=raw.gone,
    )
    return comment, html


def _moment(posted_at: int | None, now: int) -> int | None:
    """When it was written; a time before there were such sites is none, one that is to come is now."""
    return None if posted_at is None or posted_at < bounds.EARLIEST else min(posted_at, now)
