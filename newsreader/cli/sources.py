"""`newsreader sources`: every source with its counts and what is wrong with it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.text import clock_time, count_of, host_of, relative_time, silence, without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import Source


def run(arguments: argparse.Namespace, context: Context) -> int:
    """List the sources by folder, or all of them as JSON."""
    with context.open_library() as store:
        sources, held = store.sources(), store.held()
    if arguments.json:
        output.as_json([output.source_json(source) for source in sources])
        return 0
    now = int(context.clock())
    columns = output.width()
    for folder, members in groupby(sources, key=lambda source: source.folder):
        if folder:
            output.line(f"{folder}")
        for source in members:
            indent = "  " if folder else ""
            output.row(f"{source.id:>6}  {indent}", _describe(source, now), columns)
            if trouble := _trouble(source, now, held.get(host_of(source.url))):
                output.row(f"{indent}        ", trouble, columns)
    return 0


def _describe(source: Source, now: int) -> str:
    age = f", fetched {relative_time(source.last_success, now)}" if source.last_success else ""
    where = "" if source.kind == "builtin" else f"  {without_userinfo(source.url)}"
    counts = f"{source.unread:,} of {count_of(source.total, 'article')} unread{age}"
    return f"{source.title} · {counts}{where}"


def _trouble(source: Source, now: int, held_until: int | None) -> str | None:
    """What is to be said of a source; only what fails has the sign of it."""
    if held_until is not None:
        return f"waits until {clock_time(held_until, now)}: its host asked for it"
    if source.offer is not None:
        return _offered(source.error, without_userinfo(source.offer))
    if source.error is not None:
        return f"▲ {source.error}"
    return None if source.silent_since is None else silence(source.silent_since, None, now)


def _offered(error: str | None, where: str) -> str:
    """What is said of a source to which a new address is offered: it was lost, or it moved."""
    return f"It moved to {where}" if error is None else f"▲ {error} It was found again at {where}"
