"""What every command needs: the paths, the clock, the opened library."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader import log
from newsreader.cli import output
from newsreader.config import Config, Paths, load
from newsreader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import SmartSource, Source
    from newsreader.store import Store

NOW_VARIABLE: Final = "NEWSREADER_NOW"
"""Unix seconds at which the clock of every process stands still: for the demo world, the tests and the pictures."""

COMMAND_LINE: Final = "cli"
"""The window of every command, for undo."""

Clock = Callable[[], float]


def choose_clock() -> Clock:
    """The system's clock, or the frozen one that NEWSREADER_NOW asks for."""
    frozen = os.environ.get(NOW_VARIABLE, "")
    if frozen.isdecimal():
        moment = float(frozen)
        return lambda: moment
    return time.time


class Context(NamedTuple):
    """The surroundings of one command."""

    paths: Paths
    clock: Clock
    home: str | None = None

    @classmethod
    def create(cls, home: str | None) -> Context:
        """Find the folders and send the log there."""
        paths = Paths.find(home)
        log.setup(paths.log)
        return cls(paths, choose_clock(), home)

    def worker_command(self, window: str) -> tuple[str, ...]:
        """The program that serves the reader of a window, to be started as it stands: argv, no shell."""
        home = () if self.home is None else ("--home", self.home)
        return (
            sys.executable,
            "-m",
            "newsreader",
            *home,
            "fetch",
            "--watch",
            "--events",
            "--requests",
            "--window",
            window,
        )

    def config(self) -> Config:
        """Read what the person set."""
        return load(self.paths)

    def open_library(self, window: str = COMMAND_LINE) -> Store:
        """Open the library, and fill a new one from the OPML mirror and the backups: see `worker.recovery`.

        On the command line what is odd about it (damaged and begun anew, read-only) is said at once; the reader says
        it on its screen. Raises LibraryError when it can neither be opened nor begun anew.
        """
        from newsreader.store import Store

        store = Store.open(self.paths.library, clock=self.clock, window=window, tell=output.problem)
        if store.lacks_former:
            from newsreader.worker.recovery import bring_back

            if store.aside is not None or not store.created:  # of a large one that takes a while
                output.problem("The library is damaged: looking for what can still be read of it …")
            bring_back(store, self.paths)
        odd = store.recovered or store.notice
        if odd and window == COMMAND_LINE:
            output.problem(odd)
            store.note_told()
        return store


def choose_articles(store: Store, numbers: Sequence[int]) -> list[int]:
    """The articles of these numbers, each once. Raises UsageError for numbers that mean none."""
    ids = list(dict.fromkeys(numbers))
    known = {head.id for head in store.heads(ids)}
    unknown = [str(article) for article in ids if article not in known]
    if unknown:
        raise UsageError(f"There is no article {', '.join(unknown[:10])}. `newsreader list` shows the numbers.")
    return ids


def choose_sources(store: Store, words: Sequence[str]) -> list[Source]:
    """Find the one source that each word means. Raises UsageError for a word that means none or several."""
    chosen: dict[int, Source] = {}
    for word in words:
        found = store.find_sources(word)
        if not found:
            raise UsageError(f"There is no source “{word}”. `newsreader sources` lists them.")
        if len(found) > 1:
            some = ", ".join(f"{source.id} {source.title}" for source in found[:5])
            raise UsageError(f"“{word}” could be {len(found)} sources: {some}. Say it by the number.")
        chosen[found[0].id] = found[0]
    return list(chosen.values())


def choose_smart(store: Store, word: str) -> SmartSource:
    """Find the one smart source that a word means. Raises UsageError for one that means none or several."""
    found = store.find_smart(word)
    if not found:
        raise UsageError(f"There is no smart source “{word}”. `newsreader sources --smart` lists them.")
    if len(found) > 1:
        some = ", ".join(f"{smart.id} {smart.title}" for smart in found[:5])
        raise UsageError(f"“{word}” could be {len(found)} smart sources: {some}. Say it by the number.")
    return found[0]
