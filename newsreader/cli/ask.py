"""`newsreader ask WHAT ID`: the language model of [ai], about an article, a story or a list; nothing without [ai]."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import TYPE_CHECKING, Any

from newsreader.bounds import AI_ARTICLES
from newsreader.cli import EXIT_FAILED, EXIT_USAGE, output
from newsreader.cli.engine import engine
from newsreader.document import blocks, render
from newsreader.errors import NewsreaderError, UsageError
from newsreader.model import Query
from newsreader.model.answers import Ask
from newsreader.query import parse
from newsreader.stories.answers import without_links_to_receipts
from newsreader.text import count_of, truncate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from newsreader.cli.context import Context
    from newsreader.model.answers import Reply
    from newsreader.store import Store

_MEASURE = 76
_MARK = re.compile(r"\[(?:\d+|\?)\]")
_NAMED = 60  # cells of a paragraph that a number stands for


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print an answer, to a person as it comes; exit 1 says that it broke off, 2 that there was none."""
    config = context.config()
    if arguments.query is not None and (mistakes := parse(arguments.query).mistakes):
        output.mistakes(arguments.query, mistakes)
        return EXIT_USAGE
    with context.open_library() as store:
        store.use_mode(config.full_text_mode)
        request = _request(arguments, store)
    printer = _Printer(quiet=arguments.json or not sys.stdout.isatty())
    try:
        done = asyncio.run(_ask(context, request, printer))
    except NewsreaderError:
        printer.leave()
        raise
    with context.open_library() as store:
        reply = store.reply(done["reply"])
        titles = {} if reply is None else {head.id: head.title for head in store.heads(_articles(reply))}
    if reply is None:
        raise UsageError("The answer is no longer kept.")
    if arguments.json:
        output.as_json({**_as_json(reply), "cached": done["cached"], "broken": done.get("broken", "")})
    else:
        _print_text(reply, printer)
        _print_receipts(reply, titles)
        if reply.note:
            output.problem(reply.note)
    return EXIT_FAILED if done.get("broken") else 0


def _request(arguments: argparse.Namespace, store: Store) -> dict[str, Any]:
    """What is asked of which articles. Raises UsageError for articles that are none."""
    known = arguments.what in {*Ask} - {Ask.QUESTION}
    request: dict[str, Any] = {
        "ask": arguments.what if known else str(Ask.QUESTION),
        "question": "" if known else arguments.what,
        "afresh": arguments.afresh,
        "language": arguments.language,
    }
    if arguments.query is None:
        named = "article" if arguments.story is None else "story"
        return {**request, named: arguments.id if arguments.story is None else arguments.story}
    ids = store.listing(Query(text=arguments.query)).ids
    if not ids:
        raise UsageError("Nothing is found by this query: there is nothing to ask about.")
    return {**request, "articles": list(ids[: max(AI_ARTICLES, 1) + 1])}


async def _ask(context: Context, request: dict[str, Any], printer: _Printer) -> dict[str, Any]:
    async with engine(context, printer.emit) as parts:
        done = await parts.asking.ask(request)
        if "consent" in done:
            _agree(done["consent"])
            await parts.asking.agree(done["consent"]["host"])
            done = await parts.asking.ask(request)
        return done


def _agree(consent: Mapping[str, Any]) -> None:
    """Ask the person whether text may go there. Raises UsageError where there is nobody to ask, and for a no."""
    what = f"{consent['characters']:,} characters of {count_of(consent['articles'], 'article')}"
    where = f"{consent['host']} ({consent['model']}{', this machine' if consent['here'] else ''})"
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            f"Nothing was sent: {what} would go to {where}. `newsreader ai agree` says that this may be, from now on."
        )
    print(f"This sends {what} to {where}. May it, from now on? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise UsageError("Nothing was sent.")


def _print_text(reply: Reply, printer: _Printer) -> None:
    """The answer with the numbers that were looked into; not again where the model wrote the same ones."""
    text = render.to_plain(blocks.load(reply.document), min(_MEASURE, output.width() or _MEASURE))
    if printer.printed:
        print()
        if _MARK.findall(printer.printed) == _MARK.findall(text):
            return
        output.line("\nThe same, with the numbers that were looked into:\n")
    output.line(text)


class _Printer:
    """Prints an answer as it comes; `printed` is what it printed."""

    def __init__(self, *, quiet: bool) -> None:
        self.printed = ""
        self._quiet = quiet
        self._came = ""

    def emit(self, message: dict[str, Any]) -> None:
        """Take what the worker says."""
        match message:
            case {"answer": "chunk", "text": str(text)} if self._quiet:
                self._came += text
            case {"answer": "chunk", "text": str(text)}:
                self.printed += text
                print(text, end="", flush=True)
            case {"answer": "progress", "stage": "sent"} if not self._quiet and sys.stderr.isatty():
                size, model = message["characters"], message["model"]
                output.problem(f"{size:,} characters to {message['host']}, {model} …")

    def leave(self) -> None:
        """It failed in the middle, the disk being full perhaps: what came is not lost, it may have cost something."""
        if self._came or self.printed:
            print(self._came, flush=True)


def _articles(reply: Reply) -> list[int]:
    return list(dict.fromkeys(spot.article for spot in reply.spots))


def _print_receipts(reply: Reply, titles: Mapping[int, str]) -> None:
    """What the numbers stand for, and which sentences nothing bears out."""
    used = sorted({number for receipt in reply.receipts for number in receipt.numbers})
    if used:
        output.line()
    several = len(titles) > 1
    for number in used:
        spot = reply.spots[number - 1]
        head = f"{truncate(titles.get(spot.article, ''), _NAMED)} " if several else ""
        output.row(f"[{number}] ", f"{head}“{spot.words} …”" if spot.words else head, output.width())
    for receipt in reply.receipts:
        if not receipt.supported:
            output.problem(f"nothing in the text bears out: “{receipt.sentence}”")


def _as_json(reply: Reply) -> dict[str, Any]:
    """An answer as programs get it; its text is cleaned, with a receipt behind each sentence."""
    document = blocks.load(reply.document)
    return {
        "ask": str(reply.ask),
        "question": reply.question or None,
        "model": reply.model,
        "host": reply.host,
        "asked": output.moment(reply.at),
        "text": render.to_plain(document),
        "markdown": render.to_markdown(without_links_to_receipts(document)),
        "sentences": [
            {"text": each.sentence, "numbers": list(each.numbers), "supported": each.supported}
            for each in reply.receipts
        ],
        "numbers": [
            {"number": number, "article": spot.article, "block": spot.block, "words": spot.words}
            for number, spot in enumerate(reply.spots, 1)
        ],
        "note": reply.note,
    }
