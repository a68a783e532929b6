"""`newsreader import FILE…` and `newsreader export [FILE]`. Neither fetches anything."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any, Final, Self

from newsreader.bounds import MAX_BODY
from newsreader.cli import output
from newsreader.config.paths import expanded
from newsreader.text import count_of

if TYPE_CHECKING:
    import argparse
    from types import TracebackType

    from newsreader.cli.context import Context
    from newsreader.worker.importing import Imported

_NAMED: Final = 5  # sources that a sentence names


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Import or export, as the command says."""
    if arguments.command == "import":
        return _import(arguments.files, context, own=arguments.own)
    if arguments.all:
        from newsreader.cli.backup import write_all

        return write_all(arguments.file, context, everything=True)
    if arguments.bookmarks or arguments.kept or arguments.query is not None:
        from newsreader.cli import keepsakes

        return keepsakes.export(arguments, context)
    return _export(arguments.file, context)


def _import(names: list[str], context: Context, *, own: bool) -> int:
    from newsreader.cli.backup import restore
    from newsreader.store.unpacking import is_backup
    from newsreader.worker.mirror import write_mirror

    backups = [name for name in names if name != "-" and is_backup(expanded(name))]
    for name in backups:
        restore(expanded(name), context, own=own)
    names = [name for name in names if name not in backups]
    if not names:
        return 0
    context.open_library().close()  # a new one is filled from the mirror before anything is added
    imported = asyncio.run(_take(names, context, own=own))
    with context.open_library() as store:
        write_mirror(store, context.paths.mirror)
    _tell(imported)
    return 0


async def _take(names: list[str], context: Context, *, own: bool) -> Imported:
    from newsreader.cli.engine import engine

    with Progress() as progress:
        async with engine(context, progress.show) as parts:
            if names == ["-"]:
                imported = await parts.importing.take_bytes(sys.stdin.buffer.read(MAX_BODY), own=own)
            else:
                imported = await parts.importing.take(names, own=own)
            await parts.refresher.index()
    return imported


class Progress:
    """How far the articles of a cache are, on a terminal's standard error; nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def show(self, event: dict[str, Any]) -> None:
        """Show an event, if it is about an import."""
        if event.get("event") == "import" and sys.stderr.isatty():
            self._shown = True
            sys.stderr.write(f"\r{event['done']:,} of {count_of(event['total'], 'article')}\033[K")
            sys.stderr.flush()


def _tell(imported: Imported) -> None:
    known = f", {imported.known:,} known already" if imported.known else ""
    pages = imported.saved + imported.again
    if imported.added or not pages:
        output.line(f"{count_of(imported.added, 'source')} added{known}.")
    if pages:
        again = f", {imported.again:,} here already and bookmarked" if imported.again else ""
        output.line(f"{count_of(imported.saved, 'page')} saved{again}.")
    if imported.articles or imported.read or imported.bookmarked:
        output.line(
            f"{count_of(imported.articles, 'article')} taken over; {imported.read:,} marked read, "
            f"{imported.bookmarked:,} bookmarked."
        )
    if imported.smart:
        output.line(f"{count_of(imported.smart, 'smart source')} added.")
    if imported.rules:
        output.line(f"{count_of(imported.rules, 'rule')} added, pausing: `newsreader rules` lists them.")
    if imported.queries:
        output.line(f"{count_of(imported.queries, 'search', 'searches')} kept.")
    for problem in imported.problems:
        output.problem(problem)
    if imported.added or imported.saved:
        output.line("`newsreader fetch` fetches their articles; the reader does it by itself.")


def _export(name: str, context: Context) -> int:
    from newsreader.worker.exporting import as_opml, export_opml

    with context.open_library() as store:
        now = int(context.clock())
        exported = as_opml(store, now) if name == "-" else export_opml(store, name, now)
    if name == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.content)
    else:
        smart = f" and {count_of(exported.smart, 'smart source')}" if exported.smart else ""
        output.line(f"{count_of(exported.sources, 'source')}{smart} written to {name}.")
    _tell_of_secrets(exported.bare)
    return 0


def _tell_of_secrets(names: list[str]) -> None:
    """Say which sources will have to be given their secrets again."""
    if names:
        shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        output.problem(
            f"Passwords and headers of {count_of(len(names), 'source')} stay here and are not in the file: {shown}. "
            "`newsreader set` gives them again where it is imported."
        )
