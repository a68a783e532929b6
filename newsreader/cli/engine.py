"""The worker's parts put together for one command: fetch, read and keep something, then end."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from newsreader.cli.context import COMMAND_LINE
from newsreader.fetch.fetcher import Fetcher
from newsreader.worker.children import Children
from newsreader.worker.library import Library
from newsreader.worker.service import Service
from newsreader.worker.tools import Tools

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from newsreader.cli.context import Context


@asynccontextmanager
async def engine(context: Context, emit: Callable[[dict[str, Any]], None] | None = None) -> AsyncIterator[Service]:
    """Open the library, the network and the children; all are closed at the end. `emit` is told of what happens."""
    library = await Library.open(context.paths.library, clock=context.clock, window=COMMAND_LINE)
    children = Children()
    try:
        async with Fetcher(clock=context.clock) as fetcher:
            yield Service(Tools(library, fetcher, children, context.clock, emit or _ignore, config=context.config))
    finally:
        await children.close()
        await library.close()


def _ignore(event: dict[str, Any]) -> None:
    """One command's events have no reader: its answer says it all."""
    del event
