"""`newsreader fetch`: the worker. Cron, systemd and the reader itself run this program."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from newsreader.cli import output
from newsreader.cli.context import choose_sources
from newsreader.errors import UsageError
from newsreader.text import clock_time, count_of, listed, one_line, without_userinfo
from newsreader.worker.process import FetchOptions, JsonLines, leave, main

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from rich.progress import Progress

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Refresh, and say how it went: a bar on a terminal, plain lines otherwise, JSON lines for programs."""
    if arguments.all and arguments.sources:
        raise UsageError("Either --all or some sources, not both.")
    chosen = None
    if arguments.sources:
        with context.open_library() as store:
            sources = choose_sources(store, arguments.sources)
        chosen = tuple(source.id for source in sources)
        paused = listed(source.title for source in sources if source.paused is not None)
        if paused:
            output.problem(f"{paused}: paused, and not fetched. `newsreader source resume` lets it go on.")
    options = FetchOptions(
        chosen,
        everything=arguments.all,
        watch=arguments.watch,
        requests=arguments.requests,
        window=arguments.window,
    )
    if arguments.events or arguments.requests:
        return leave(main(options, context.paths, JsonLines(sys.stdout.buffer), clock=context.clock))
    with ExitStack() as stack:
        bar = stack.enter_context(_bar()) if sys.stdout.isatty() else None
        report = Report(bar, clock=context.clock)
        status = main(options, context.paths, report, clock=context.clock)
    report.conclude()
    return leave(status)


def _bar() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        transient=True,
    )  # fmt: skip


class Report:
    """The worker's events as a person reads them: a bar where there is one, a line a source elsewhere."""

    def __init__(self, bar: Progress | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._bar = bar
        self._clock = clock
        self._waiting = 0
        self._task = None if bar is None else bar.add_task("Refreshing", total=None)
        self._done = 0
        self._added = 0
        self._failures: list[str] = []
        self._offline = False

    def emit(self, message: dict[str, Any]) -> None:
        """Show one event of the worker (see `worker.protocol`)."""
        match message:
            case {"event": "refresh", "done": int(done), "total": int(total)}:
                if self._bar is not None and self._task is not None:
                    self._bar.update(self._task, completed=done, total=total)
            case {"event": "readable"} if self._bar is not None and self._task is not None:
                self._bar.update(self._task, description="Indexing")
            case {"event": "notice", "text": str(text)}:
                self._offline = self._offline or bool(message.get("offline"))
                self._say(f"{text} `newsreader source edits` shows it." if message.get("edited") else text)
            case {"event": "told", "text": str(text)}:
                self._say(one_line(text))
            case {"event": "source", "title": str(title), "waits": int(until)}:
                self._wait(one_line(title), until)
            case {"event": "source", "title": str(title), "error": error}:
                self._count(one_line(title), error, message.get("added"))
            case {"event": "offer", "id": id_, "title": str(title), "offer": str(offer)}:
                where = without_userinfo(offer)
                about = one_line(str(message.get("about") or where))
                self._say(f"▲ {title} was found again: {about}.")
                self._say(f"  `newsreader set {id_} address {where}` takes the new address.")
            case _:
                pass

    def _count(self, title: str, error: str | None, added: int | None) -> None:
        self._done += 1
        self._added += added or 0
        if error is not None:
            self._failures.append(f"{title}: {error}")
        elif self._bar is None:
            news = "" if added is None else f", {count_of(added, 'new article')}"
            self._say(f"{title}{news}")

    def _wait(self, title: str, until: int) -> None:
        self._done += 1
        self._waiting += 1
        if self._bar is None:
            self._say(f"{title} waits until {clock_time(until, int(self._clock()))}: its host asked for it.")

    def _say(self, text: str) -> None:
        if self._bar is None:
            output.line(text)
        else:
            self._bar.console.print(one_line(text), markup=False, highlight=False)
        sys.stdout.flush()

    def conclude(self) -> None:
        """List the failures and sum up. Without a network the one notice has said it all."""
        if not self._offline:
            for failure in self._failures:
                output.line(f"▲ {failure}")
        if not self._done:
            output.line("Nothing was due; --all refreshes everything.")
            return
        failed = f", {len(self._failures):,} failed" if self._failures else ""
        held = f", {count_of(self._waiting, 'source')} left alone as the host asked" if self._waiting else ""
        tried = count_of(self._done - self._waiting, "source")
        output.line(f"{tried} tried{failed}{held}, {count_of(self._added, 'new article')}.")
