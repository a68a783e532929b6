"""`newsreader remove SOURCE…`: take sources out of the list; they wait 30 days for their undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.bounds import REMOVED_DAYS
from newsreader.cli import output
from newsreader.cli.context import choose_sources
from newsreader.errors import UsageError
from newsreader.model import SourceKind
from newsreader.text import without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Remove the named sources."""
    from newsreader.worker.mirror import write_mirror

    with context.open_library() as store:
        chosen = choose_sources(store, arguments.sources)
        if any(source.kind is SourceKind.BUILTIN for source in chosen):
            raise UsageError("The handbook belongs to the program and cannot be removed.")
        if any(source.kind is SourceKind.SAVED for source in chosen):
            raise UsageError("Saved pages are let go one by one: `newsreader bookmark ID --remove`.")
        store.remove_sources([source.id for source in chosen])
        write_mirror(store, context.paths.mirror)
    for source in chosen:
        address = without_userinfo(source.url)
        secret = "" if address == source.url else ", with its name and password,"
        output.line(
            f"Removed {source.title}. `newsreader add {address}`{secret} brings it back for {REMOVED_DAYS} days."
        )
    return 0
