"""`newsreader add ADDRESS…`: subscribe, and have the articles here at once; `--list` only shows what is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from newsreader.cli import EXIT_FAILED, output
from newsreader.cli.engine import engine
from newsreader.errors import FetchError, LibraryError, NewsreaderError
from newsreader.model import SourceSettings
from newsreader.store.settings import SETTINGS, parse_setting
from newsreader.text import count_of, one_line, relative_time, without_userinfo

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from newsreader.cli.context import Context

_HINTS: Final = {
    401: " Give them with --auth 'NAME env:VARIABLE'.",
    403: " Give it with --user-agent 'WORDS'.",
}
"""What helps against a refusal, by its status."""


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Add or list each address; one that fails is said and costs the others nothing. Exit 1 if any failed.

    What an address does not name is never subscribed to, and only listed.
    """
    from newsreader.worker.mirror import write_mirror

    settings = _settings(arguments)
    context.open_library().close()  # a new one is filled from the mirror before anything is added
    results = asyncio.run(_do_all(arguments, context, settings))
    if arguments.json:
        output.as_json(results)
    if not arguments.list:
        with context.open_library() as store:
            write_mirror(store, context.paths.mirror)
    return EXIT_FAILED if any(result["problem"] for result in results) else 0


def _settings(arguments: argparse.Namespace) -> SourceSettings:
    """How the addresses are asked. Raises UsageError for what is no setting."""
    given = {key: getattr(arguments, key.replace("-", "_"), None) for key in SETTINGS}
    given["headers"] = "\n".join(arguments.header or ())
    settings = SourceSettings()
    for key, text in given.items():
        settings = parse_setting(settings, key, text) if text else settings
    return settings


async def _do_all(arguments: argparse.Namespace, context: Context, settings: SourceSettings) -> list[dict[str, Any]]:
    """What became of each address, said as it comes unless it is wanted as JSON."""
    results = []
    async with engine(context) as parts:
        for address in arguments.addresses:
            shown = without_userinfo(one_line(address))
            try:
                if arguments.list:
                    result = await parts.subscribing.find(address, settings=settings)
                else:
                    result = await parts.subscribing.add(address, arguments.folder, settings)
            except LibraryError:
                raise
            except NewsreaderError as error:
                result = {"problem": error.phrase, "status": error.status if isinstance(error, FetchError) else None}
            if result["problem"]:
                hint = _HINTS.get(result["status"] or 0, "")
                output.problem(f"{shown}: {result['problem']}{hint}")
            if not arguments.json:
                _tell(result, int(context.clock()))
            results.append({"address": shown, **_as_json(result)})
        if not arguments.list:
            await parts.put_in_place()
    return results


def _tell(result: dict[str, Any], now: int) -> None:
    if "candidates" in result:
        where = "near" if result["problem"] else "at"
        output.line(f"{count_of(len(result['candidates']), 'feed')} {where} {without_userinfo(result['page'])}")
        _tell_feeds(result["candidates"], now, taken=None)
        return
    if result["problem"]:
        if result.get("others"):
            output.line("Nothing was added. Near it is this; to take it, give its address to `newsreader add`:")
            _tell_feeds(result["others"], now, taken=None)
        return
    what = "Added" if result["new"] else "Known already:"
    articles = count_of(result["added"], "new article")
    output.line(f"{what} {result['title']} ({result['url']}), {articles}.")
    if result["others"]:
        output.line("It is the first of these; to take another, give its address to `newsreader add`:")
        _tell_feeds([result["taken"], *result["others"]], now, taken=0)


def _tell_feeds(feeds: Sequence[dict[str, Any]], now: int, *, taken: int | None) -> None:
    """Each feed in two rows: what it is, and where."""
    columns = output.width()
    for number, feed in enumerate(feeds):
        mark = "→" if number == taken else " "
        output.row(f"{mark}{number + 1:>2}  ", f"{without_userinfo(feed['title'])} · {_facts(feed, now)}", columns)
        output.line(f"     {without_userinfo(feed['url'])}")


def _facts(feed: dict[str, Any], now: int) -> str:
    """What is in a feed: how much, how often, how whole, the latest."""
    facts = [count_of(feed["articles"], "article")]
    if feed["weekly"] is not None:
        facts.append(rate(feed["weekly"]))
    if feed["full_text"] is not None:
        facts.append("full text" if feed["full_text"] else "short texts")
    if feed["here"] is not None:
        facts.append(f"here already as {feed['here']}")
    if feed["latest_at"] is not None:
        facts.append(f"latest {relative_time(feed['latest_at'], now)}")
    if feed["latest_title"]:
        facts.append(f"“{one_line(feed['latest_title'], 80)}”")
    return " · ".join(facts)


def rate(weekly: float) -> str:
    """Say how often a feed posts by the week, or where that is less than once, by the month or year."""
    if weekly >= 0.95:
        return f"{round(weekly):,} a week"
    if weekly * 52 >= 11.5:
        return f"{round(weekly * 52 / 12):,} a month"
    return f"{max(1, round(weekly * 52)):,} a year"


def _as_json(result: dict[str, Any]) -> dict[str, Any]:
    """An answer for programs: no name and password, moments in ISO 8601."""
    shown = dict(result)
    for key in ("page", "url"):
        if key in shown:
            shown[key] = without_userinfo(shown[key])
    for key in ("candidates", "others"):
        if key in shown:
            shown[key] = [_feed_json(feed) for feed in shown[key]]
    if "taken" in shown:
        shown["taken"] = _feed_json(shown["taken"])
    return shown


def _feed_json(feed: dict[str, Any]) -> dict[str, Any]:
    return {**feed, "url": without_userinfo(feed["url"]), "latest_at": output.moment(feed["latest_at"])}
