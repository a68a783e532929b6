"""`newsreader note ID [WORDS…]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.cli.context import choose_articles
from newsreader.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the note of an article, take it away, or print it."""
    words = " ".join(arguments.words)
    if words and arguments.remove:
        raise UsageError("Either write a note or take it away with --remove.")
    with context.open_library() as store:
        (article_id,) = choose_articles(store, [arguments.id])
        if words or arguments.remove:
            changed = store.set_note(article_id, words)
            written = "Note written." if words else "Note taken away."
            output.line(written if changed else "Nothing changed.")
            return 0
        article = store.article(article_id)
    if article is None or not article.note:
        output.problem("there is no note to this article.")
    else:
        output.line(article.note)
    return 0
