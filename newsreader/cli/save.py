"""`newsreader save URL…`: pages that are kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output
from newsreader.cli.engine import engine
from newsreader.errors import LibraryError, NewsreaderError
from newsreader.text import one_line, without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Save each address; exit 1 if one is none. A page without a text yet is saved: it is tried again."""
    context.open_library().close()  # a new one is filled from the mirror before anything is added
    results = asyncio.run(_save_all(arguments, context))
    if arguments.json:
        output.as_json(results)
    return EXIT_FAILED if any(result["article"] is None for result in results) else 0


async def _save_all(arguments: argparse.Namespace, context: Context) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    async with engine(context) as parts:
        for address in arguments.addresses:
            shown = without_userinfo(one_line(address))
            try:
                result = await parts.saving.save(address, arguments.tag, arguments.note)
            except LibraryError:
                raise
            except NewsreaderError as error:
                result = {"article": None, "problem": error.phrase}
                output.problem(f"{shown}: {error.phrase}")
            else:
                result["url"] = without_userinfo(result["url"])
                if not arguments.json:
                    output.line(f"{_done(result)}: {result['article']} {result['title']}")
                if result["problem"]:
                    why = str(result["problem"]).removesuffix(" It will be tried again.")
                    output.problem(f"{shown}: no text yet: {why} It is kept and tried again.")
            results.append({"address": shown, **result})
        await parts.refresher.index()
    return results


def _done(result: dict[str, Any]) -> str:
    """What saving did: a page that a source brought is not there twice."""
    if result["new"]:
        return "Saved"
    return f"Bookmarked, as {result['source']} brought it" if result["source"] else "Saved already"
