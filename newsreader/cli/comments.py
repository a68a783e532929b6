"""`newsreader comments ID`: what people say of an article, fetched if it is not here or has grown old."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output, talk
from newsreader.document import render
from newsreader.document.blocks import Document
from newsreader.errors import NewsreaderError, UsageError

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context

_MEASURE = 76


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the discussion of an article; exit 1 where there is none to read, and where an older one is printed."""
    with context.open_library() as store:
        heads = store.heads([arguments.id])
        if not heads:
            raise UsageError(f"There is no article {arguments.id}. `newsreader list` shows the numbers.")
        status = _fetch(arguments, context)
        found = talk.read_talk(store, arguments.id)
        written = talk.as_json(store, found) if arguments.json else None
    if arguments.json:
        output.as_json(written)
    elif found is not None:
        document = Document(tuple(talk.as_blocks(found, int(context.clock()))))
        if arguments.markdown:
            output.line(f"{render.title_line(heads[0].title)}\n\n{render.to_markdown(document)}")
        else:
            output.line(f"{heads[0].title}\n\n{render.to_plain(document, min(_MEASURE, output.width() or _MEASURE))}")
    return EXIT_FAILED if found is None or found.failure is not None else status


def _fetch(arguments: argparse.Namespace, context: Context) -> int:
    """Have the comments in the library; says on standard error whom it asks, and why there are none."""
    from newsreader.cli.engine import engine

    async def fetch() -> dict[str, Any]:
        async with engine(context, _tell) as parts:
            return await parts.talking.comments(arguments.id, afresh=arguments.afresh, search=arguments.search)

    try:
        answer = asyncio.run(fetch())
    except NewsreaderError as error:  # of the library, too: what is here can be read where nothing can be written
        output.problem(error.phrase)
        return EXIT_FAILED
    if answer["found"]:
        return 0
    if answer["failure"] is not None:
        output.problem(f"Its page could not be looked through for comments: {answer['failure']}")
    if answer["search"] is None:
        output.problem("No discussion of this article was found.")
    else:
        output.problem(
            f"This article leads to no discussion. `newsreader comments {arguments.id} --search` looks for one at "
            f"Hacker News: {answer['search']} is told the article's address."
        )
    return EXIT_FAILED


def _tell(event: dict[str, Any]) -> None:
    if event.get("event") == "comments" and sys.stderr.isatty():
        output.problem(f"asking {event['host']}")
