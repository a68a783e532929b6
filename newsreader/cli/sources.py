"""`newsreader sources`: every source, smart ones first, with its counts and what is wrong with it."""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.errors import LibraryError
from newsreader.model import figure
from newsreader.text import clock_time, count_of, host_of, relative_time, silence, without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import KeptQuery, SmartSource, Source
    from newsreader.store import Store


def run(arguments: argparse.Namespace, context: Context) -> int:
    """List smart sources and the sources by folder, or one kind of them as JSON."""
    with context.open_library() as store:
        sources, held, smart, kept = store.sources(), store.held(), counted(store), store.kept_queries()
    if arguments.tag is not None:
        wanted = arguments.tag.removeprefix("#").casefold()
        sources = tuple(each for each in sources if wanted in {tag.casefold() for tag in each.tags})
        smart = ()
    if arguments.json:
        listed = map(output.smart_json, smart) if arguments.smart else map(output.source_json, sources)
        output.as_json(list(listed))
        return 0
    columns = output.width()
    print_smart(smart, columns)
    if arguments.smart:
        if kept:
            _tell_of_kept(kept)
        if not smart:
            output.problem("there is no smart source yet: `newsreader smart add QUERY` keeps a search as one.")
        return 0
    now = int(context.clock())
    for folder, members in groupby(sources, key=lambda source: source.folder):
        if folder:
            output.line(f"{folder}")
        for source in members:
            indent = "  " if folder else ""
            output.row(f"{source.id:>6}  {indent}", _describe(source, now), columns)
            if trouble := _trouble(source, now, held.get(host_of(source.url))):
                output.row(f"{indent}        ", trouble, columns)
    return 0


def counted(store: Store) -> tuple[SmartSource, ...]:
    """The smart sources, with counts that are right now; those that were known where nothing can be written."""
    with suppress(LibraryError):
        while store.tally() is not None or store.tally_whole() is not None:
            pass
    return store.smart_sources()


def print_smart(smart: tuple[SmartSource, ...], columns: int | None) -> None:
    """Print smart sources with their counts and what they search for."""
    if smart:
        output.line("Smart sources")
    for each in smart:
        folder = f" in {each.folder}" if each.folder else ""
        counts = f"{figure(each.unread)} of {figure(each.total)} articles unread"
        output.row(f"{each.id:>6}    ", f"{each.title} · {counts}{folder}  {each.query}", columns)
        if each.mistake:
            output.row("          ", f"▲ {each.mistake}", columns)


def _tell_of_kept(kept: tuple[KeptQuery, ...]) -> None:
    """Say which searches of another reader are no smart sources, and why."""
    from newsreader.worker.adopting import without_equal

    for sentence in without_equal(kept):
        output.line(sentence)


def _describe(source: Source, now: int) -> str:
    age = f", fetched {relative_time(source.last_success, now)}" if source.last_success else ""
    where = "" if source.kind == "builtin" else f"  {without_userinfo(source.url)}"
    counts = f"{source.unread:,} of {count_of(source.total, 'article')} unread{age}"
    tags = "".join(f" #{tag}" for tag in source.tags)
    return f"{source.title} · {counts}{where}{tags}"


def _trouble(source: Source, now: int, held_until: int | None) -> str | None:
    """What is to be said of a source; only what fails has the sign of it."""
    if source.paused is not None:
        return f"paused {relative_time(source.paused, now)}"
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
