"""`newsreader digest`: what happened of late, for the eye, for mail, for a program. It reads the library only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_USAGE, digest_forms, output
from newsreader.cli.read import document_of
from newsreader.document import render
from newsreader.errors import LibraryError
from newsreader.query import seconds_of
from newsreader.query.moments import moment_in
from newsreader.stories.digest import Digest, digest

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.document.blocks import Document
    from newsreader.model import ArticleHead
    from newsreader.store import Store

_MEASURE = 76


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the digest; where nothing is new, a sentence on standard error and no mail from cron."""
    moment = moment_in(arguments.since)
    if moment is None:
        output.problem(f"“{arguments.since}” is no time; 12h, 2d, 1w, today, yesterday and 2026-11-01 are.")
        return EXIT_USAGE
    now = int(context.clock())
    with context.open_library() as store:
        store.use_mode(context.config().full_text_mode)
        since = seconds_of(moment, now)
        found = digest(store, _read, since=since, now=now, stories=arguments.stories, unread=arguments.unread)
        addresses = {source.id: source.url for source in store.sources()}
        _print(found, arguments, addresses)
        if arguments.mark_read and (named := found.articles()):
            store.mark_read(named, read=True)
    return 0


def _read(store: Store, number: int) -> Document | None:
    """The text of an article as it opens; a damaged one says nothing."""
    try:
        article = store.article(number)
    except LibraryError:
        return None
    return None if article is None else document_of(store, article, article.shows_full)


def _print(found: Digest, arguments: argparse.Namespace, addresses: dict[int, str]) -> None:
    if arguments.json:
        output.as_json(_as_json(found, addresses))
    elif not (found.stories or found.also or found.unread):
        output.problem(f"nothing new since {digest_forms.moment_words(found.since, found.now)}.")
    elif arguments.html:
        output.line(digest_forms.html(found))
    elif arguments.markdown:
        output.line(render.to_markdown(digest_forms.document(found)))
    else:
        columns = output.width()
        output.line(render.to_plain(digest_forms.document(found), min(_MEASURE, columns or _MEASURE)))


def _as_json(found: Digest, addresses: dict[int, str]) -> dict[str, Any]:
    def article(head: ArticleHead) -> dict[str, Any]:
        return output.article_json(head, addresses.get(head.source_id, ""))

    return {
        "since": output.moment(found.since),
        "until": output.moment(found.now),
        "new": found.new,
        "stories": [
            {
                "title": told.head.title,
                "sources": told.around.sources,
                "summary": [{"text": said.text, "article": said.head.id} for said in told.said],
                "articles": [{**article(head), "copy": head.id in told.around.copies} for head in told.around.story],
            }
            for told in found.stories
        ],
        "also": [article(head) for head in found.also],
        "unread": [
            {"source": output.source_json(each.source), "articles": [article(head) for head in each.newest]}
            for each in found.unread
        ],
    }
