"""`newsreader doctor --catalogue`: whether the sources that are offered to everybody still answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from newsreader.cli import EXIT_FAILED, output
from newsreader.errors import Offline
from newsreader.feeds.catalogue import bundles
from newsreader.fetch.fetcher import Fetcher
from newsreader.text import count_of, relative_time, without_userinfo
from newsreader.worker.checking import Checker, Finding
from newsreader.worker.children import Children

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.cli.context import Context
    from newsreader.model import Subscription
    from newsreader.worker.checking import Checked

_SIGN: Final = {Finding.ANSWERS: " ", Finding.MOVED: "→", Finding.SILENT: "○", Finding.BROKEN: "▲"}
_NAME: Final = 34  # cells of a name


def run(context: Context, *, as_json: bool) -> int:
    """Ask every source of the catalogue, and say what came of it; exit 1 if one is broken or there is no network."""
    sources = [source for bundle in bundles() for source in bundle.sources]
    now = int(context.clock())
    if not as_json:
        output.line(f"Asking {count_of(len(sources), 'source')} of the catalogue. Nothing is subscribed to or kept.")

    table = _Table(now)
    try:
        found = asyncio.run(_check(sources, context, _ignore if as_json else table.tell))
    except Offline:
        output.problem("There is no network connection: the catalogue was not checked.")
        return EXIT_FAILED
    if as_json:
        output.as_json([_json(checked) for checked in found])
    else:
        table.end()
        output.line(_sum(found))
    return EXIT_FAILED if any(each.finding is Finding.BROKEN for each in found) else 0


class _Table:
    """A row for each source as it comes, once one answered: before that there may be no network, and none to blame."""

    def __init__(self, now: int) -> None:
        self._now = now
        self._held: list[Checked] | None = []

    def tell(self, checked: Checked) -> None:
        """Show one, or hold it back."""
        if self._held is None:
            self._print(checked)
        else:
            self._held.append(checked)
            if checked.peek is not None:
                self.end()

    def end(self) -> None:
        """Show what was held back."""
        held, self._held = self._held or [], None
        for checked in held:
            self._print(checked)

    def _print(self, checked: Checked) -> None:
        name = output.fitted(checked.source.title, _NAME)
        output.row(f"{_SIGN[checked.finding]} {name}  ", _words(checked, self._now), output.width())


def _ignore(checked: Checked) -> None:
    del checked


async def _check(sources: list[Subscription], context: Context, tell: Callable[[Checked], None]) -> tuple[Checked, ...]:
    children = Children()
    try:
        async with Fetcher(clock=context.clock) as fetcher:
            return await Checker(fetcher, children, context.clock).check(sources, tell)
    finally:
        await children.close()


def _words(checked: Checked, now: int) -> str:
    """What came of asking one: what it has, where it moved, what is wrong."""
    peek = checked.peek
    if peek is None:
        return f"broken: {checked.problem}"
    facts = [count_of(peek.articles, "article")]
    if peek.latest_at is not None:
        facts.append(f"the newest {relative_time(peek.latest_at, now)}")
    if checked.moved_to is not None:
        facts.append(f"moved to {without_userinfo(checked.moved_to)}")
    said = "" if checked.finding is Finding.MOVED else f"{checked.finding}: "
    return said + " · ".join(facts)


def _sum(found: tuple[Checked, ...]) -> str:
    counts = {finding: sum(each.finding is finding for each in found) for finding in Finding}
    if counts[Finding.BROKEN] == len(found):
        return "None of them answered: it is rather the network that is missing, or a proxy that lets nothing through."
    parts = [f"{count:,} {finding}" for finding, count in counts.items() if count]
    return f"{count_of(len(found), 'source')} asked: {', '.join(parts)}."


def _json(checked: Checked) -> dict[str, Any]:
    peek = checked.peek
    return {
        "bundle": checked.source.folder,
        "title": checked.source.title,
        "url": checked.source.url,
        "finding": str(checked.finding),
        "articles": None if peek is None else peek.articles,
        "newest": None if peek is None else output.moment(peek.latest_at),
        "moved_to": None if checked.moved_to is None else without_userinfo(checked.moved_to),
        "problem": checked.problem or None,
    }
