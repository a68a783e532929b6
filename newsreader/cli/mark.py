"""`newsreader bookmark ID…` and `newsreader mark-read ID…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.errors import UsageError
from newsreader.text import count_of

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Bookmark or mark read; an unknown id stops the command before anything is changed."""
    ids = list(dict.fromkeys(arguments.ids))
    with context.open_library() as store:
        known = {head.id for head in store.heads(ids)}
        unknown = [str(article) for article in ids if article not in known]
        if unknown:
            raise UsageError(f"There is no article {', '.join(unknown[:10])}. `newsreader list` shows the numbers.")
        if arguments.command == "bookmark":
            changed = store.bookmark(ids, True)
            done = "bookmarked"
        else:
            changed = store.mark_read(ids, True)
            done = "marked read"
    output.line(f"{count_of(len(changed.articles), 'article')} {done}.")
    return 0
