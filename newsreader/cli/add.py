"""`newsreader add ADDRESS…`: subscribe, and have the articles here at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output
from newsreader.cli.engine import engine
from newsreader.errors import LibraryError, NewsreaderError
from newsreader.text import count_of, without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Add each address; one that fails is said and costs the others nothing. Exit 1 if any failed."""
    from newsreader.worker.mirror import write_mirror

    context.open_library().close()  # a new one is filled from the mirror before anything is added
    failed = asyncio.run(_add_all(arguments.addresses, arguments.folder, context))
    with context.open_library() as store:
        write_mirror(store, context.paths.mirror)
    return EXIT_FAILED if failed else 0


async def _add_all(addresses: list[str], folder: str | None, context: Context) -> int:
    failed = 0
    async with engine(context) as parts:
        for address in addresses:
            try:
                _tell(await parts.subscribing.add(address, folder))
            except LibraryError:
                raise
            except NewsreaderError as error:
                failed += 1
                output.problem(f"{without_userinfo(address)}: {error.phrase}")
        await parts.refresher.index()
    return failed


def _tell(added: dict[str, Any]) -> None:
    what = "Added" if added["new"] else "Known already:"
    output.line(
        f"{what} {added['title']} ({without_userinfo(added['url'])}), {count_of(added['added'], 'new article')}."
    )
    if added["others"]:
        output.line("The page names other feeds too:")
        for other in added["others"]:
            output.line(f"  {without_userinfo(other['url'])}  {without_userinfo(other['title'])}".rstrip())
