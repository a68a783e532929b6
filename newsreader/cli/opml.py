"""`newsreader import FILE.opml` and `newsreader export [FILE.opml]`. Neither fetches anything."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.bounds import MAX_BODY
from newsreader.cli import output
from newsreader.config import write_whole
from newsreader.errors import UsageError
from newsreader.text import count_of, without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import Subscription


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Import or export, as the command says."""
    if arguments.command == "import":
        return _import(arguments.file, context)
    return _export(arguments.file, context)


def _import(name: str, context: Context) -> int:
    from newsreader.feeds import opml
    from newsreader.worker.mirror import write_mirror

    file = opml.read(_content(name))
    with context.open_library() as store:
        added = store.add_sources(file.subscriptions)
        write_mirror(store, context.paths.mirror)
    known = len(set(added.ids)) - len(added.new)
    output.line(f"{count_of(len(added.new), 'source')} added" + (f", {known:,} known already." if known else "."))
    for problem in file.problems:
        output.problem(problem)
    if added.new:
        output.line("`newsreader fetch` fetches their articles; the reader does it by itself.")
    return 0


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BODY)
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            return file.read(MAX_BODY)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}.", str(error)) from error


def _shareable(subscription: Subscription) -> Subscription:
    """A subscription as it may be given away: its addresses without name and password."""
    title, link = subscription.title, subscription.link
    return replace(
        subscription,
        url=without_userinfo(subscription.url),
        title=title and without_userinfo(title),
        link=link and without_userinfo(link),
    )


def _export(name: str, context: Context) -> int:
    from newsreader.feeds import opml

    with context.open_library() as store:
        subscriptions = [_shareable(each) for each in store.subscriptions()]
    content = opml.write(subscriptions, title="newsreader", date=int(context.clock()))
    if name == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return 0
    try:
        write_whole(Path(name).expanduser(), content)
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror or error}.", str(error)) from error
    output.line(f"{count_of(len(subscriptions), 'source')} written to {name}.")
    return 0
