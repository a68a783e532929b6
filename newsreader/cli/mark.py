"""`newsreader bookmark ID…`, `newsreader later ID…` and `newsreader mark-read ID…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.cli.context import choose_articles
from newsreader.text import count_of

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Bookmark, put into Later or mark read; an unknown id stops the command before anything is changed."""
    with context.open_library() as store:
        ids = choose_articles(store, arguments.ids)
        if arguments.command == "bookmark":
            changed = store.bookmark(ids, not arguments.remove)
            done = "no longer bookmarked" if arguments.remove else "bookmarked"
        elif arguments.command == "later":
            changed = store.later(ids, not arguments.remove)
            done = "taken out of Later" if arguments.remove else "put into Later"
        else:
            store.use_copies(together=context.config().copies)
            changed = store.mark_read(ids, True)
            done = "marked read"
    output.line(f"{count_of(len(changed.articles), 'article')} {done}.")
    return 0
