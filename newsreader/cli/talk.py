"""The comments of an article, as they are in the library: as blocks for the eye, as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from newsreader.cli import output
from newsreader.document import blocks, render
from newsreader.document.blocks import Definitions, Heading, Mark, Paragraph, Span, Text
from newsreader.text import count_of, relative_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.document.blocks import Block, Document
    from newsreader.model import Article
    from newsreader.model.talk import Comment, Discussion
    from newsreader.store import Store

_DEEPEST: Final = 8  # answers to answers that are set in further: then a line has no room
_Entry = tuple[Text, tuple["Block", ...]]


def read_talk(store: Store, article_id: int) -> Discussion | None:
    """The discussion that was fetched last, laid out for this program; None where there is none. Asks nobody."""
    found = store.discussion(article_id)
    if found is None or found.document_version == blocks.VERSION or not found.comments:
        return found
    html = store.discussion_html(article_id)
    if len(html) != len(found.comments):
        return None  # what is here of it cannot be shown, and can be had again
    from newsreader.worker.talk_digest import rebuild

    return rebuild(found, html)


def of_page(article: Article, document: Document, discussion: Discussion | None, now: int) -> Iterator[Block]:
    """The comments as a part of the article's page; where nobody asked for them yet, how many there are, and where."""
    if discussion is not None:
        yield from as_blocks(discussion, now)
        return
    from newsreader.stories.talk.spots import places_of

    for spot in places_of(article, document.blocks)[:1]:
        counted = "" if article.head.comments is None else count_of(article.head.comments, "comment")
        site = Text(spot.site, (Span(0, len(spot.site), Mark.LINK, spot.page),) if spot.page else ())
        yield Heading(2, Text("Comments"))
        yield Paragraph(site)
        yield Paragraph(Text(" · ".join(filter(None, (counted, f"`newsreader comments {article.head.id}` has them")))))


def as_blocks(discussion: Discussion, now: int) -> Iterator[Block]:
    """A heading that says from where and when it is, and the comments, each answer set in under what it answers."""
    yield Heading(2, Text("Comments"))
    yield Paragraph(_facts(discussion, now))
    if discussion.failure is not None:
        yield Paragraph(Text(discussion.failure))
        return
    if discussion.comments:
        yield from _thread(discussion.comments, now)
    elif not discussion.missing:
        yield Paragraph(Text("No comments yet."))
    if discussion.missing:
        yield Paragraph(Text(f"{count_of(discussion.missing, 'more comment')} there."))


def _facts(discussion: Discussion, now: int) -> Text:
    counted = (count_of(discussion.total, "comment"),) if discussion.total else ()
    facts = " · ".join((discussion.site, *counted, f"as of {relative_time(discussion.fetched_at, now)}"))
    if discussion.url is None:
        return Text(facts)
    start = len(facts) + 1
    link = Span(start, start + len(discussion.url), Mark.LINK, discussion.url)
    return Text(f"{facts}\n{discussion.url}", (link,))


def _thread(comments: tuple[Comment, ...], now: int) -> Iterator[Block]:
    """Comments in reading order as lists in lists, put together from the last one: its answers stand before it."""
    answers: list[list[_Entry]] = [[] for _ in range(_DEEPEST + 2)]
    for comment in reversed(comments):
        depth = min(comment.depth, _DEEPEST)
        below = answers[depth + 1] if comment.depth < _DEEPEST else []
        inner = (Definitions(tuple(reversed(below))),) if below else ()
        answers[depth].append((_head(comment, now), (*_words(comment), *inner)))
        below.clear()
    yield Definitions(tuple(reversed(answers[0])))


def _words(comment: Comment) -> tuple[Block, ...]:
    return blocks.load(comment.document).blocks if not comment.gone else ()


def _head(comment: Comment, now: int) -> Text:
    if comment.gone:
        return Text("[deleted]")
    age = "" if comment.posted_at is None else relative_time(comment.posted_at, now)
    score = "" if comment.score is None else count_of(comment.score, "point")
    return Text(" · ".join(filter(None, (comment.author or "somebody", age, score))))


def as_json(store: Store, discussion: Discussion | None) -> dict[str, Any] | None:
    """The same for programs; null where none was fetched."""
    if discussion is None:
        return None
    html = store.discussion_html(discussion.article_id)
    written = html if len(html) == len(discussion.comments) else ("",) * len(discussion.comments)
    return {
        "site": discussion.site,
        "url": discussion.url,
        "fetched": output.moment(discussion.fetched_at),
        "total": discussion.total,
        "failure": discussion.failure,
        "comments": [_comment_json(comment, html) for comment, html in zip(discussion.comments, written, strict=True)],
    }


def _comment_json(comment: Comment, html: str) -> dict[str, Any]:
    return {
        "key": comment.key,
        "depth": comment.depth,
        "author": comment.author or None,
        "posted": output.moment(comment.posted_at),
        "score": comment.score,
        "deleted": comment.gone,
        "url": comment.link,
        "text": "" if comment.gone else render.to_plain(blocks.load(comment.document)),
        "html": html,
    }
