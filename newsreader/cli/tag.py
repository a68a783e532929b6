"""`newsreader tag [ID…] [--add TAG…] [--remove TAG…]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.cli.context import choose_articles
from newsreader.errors import UsageError
from newsreader.text import count_of

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Tag articles, or list the tags: all there are, or those of the articles."""
    if (arguments.add or arguments.remove) and not arguments.ids:
        raise UsageError("Say which articles: newsreader tag ID… --add TAG. `newsreader list` shows the numbers.")
    with context.open_library() as store:
        ids = choose_articles(store, arguments.ids)
        if arguments.add or arguments.remove:
            changed = store.tag(ids, arguments.add, arguments.remove)
            output.line(f"{count_of(len(changed.articles), 'article')} changed.")
            return 0
        tags = store.tags()
        if ids:
            here = {name for head in store.heads(ids) for name in head.tags}
            tags = tuple(tag for tag in tags if tag.name in here)
    if arguments.json:
        output.as_json([{"name": tag.name, "articles": tag.articles} for tag in tags])
        return 0
    for tag in tags:
        output.row(f"{tag.articles:>7,}  ", f"#{tag.name}", output.width())
    if not tags:
        output.problem("there are no tags yet." if not ids else "no tags are on these.")
    return 0
