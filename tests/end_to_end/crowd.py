"""Several at one library: `python -m tests.end_to_end.crowd MINUTES`.

Two readers with their workers, cron's fetch and the command line work on one home at once, while feeds go on posting.
Each change must be seen by all the others, and nothing may be said of a locked or busy library. The three feeds by
which that is measured post nothing: each of the three that act has its own, and the source list of both readers shows
how many of its articles are unread.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from tests.end_to_end.conftest import Home
from tests.end_to_end.hostile_documents import item, rss, xml
from tests.end_to_end.terminal import PROGRAM, Terminal
from tests.hostile_server import HostileServer, Serving

ACTORS = ("Anna", "Bert", "Cora")
"""The feeds of the first reader, of the second one and of the command line."""
_QUIET, _FIRST, _EACH, _BUSY = 300, 40, 5, 8  # articles of a feed that posts nothing; of the others; how many feeds
_PATIENCE = 10.0
_FORBIDDEN = re.compile(r"locked|is busy|Traceback|unexpected error", re.IGNORECASE)


def feed(name: str, articles: int) -> bytes:
    words = f"<description>{'Some words of it. ' * 40}</description>"
    listed = range(max(articles - _QUIET, 0), articles)
    return xml(rss("".join(item(f"<guid>{n}</guid>{words}", f"{name} A{n}") for n in listed)))


class Crowd:
    """One home and who works at it; `seen` are the seconds from a change to its sight, `problems` what went wrong."""

    def __init__(self, home: Home, server: HostileServer, seed: int = 7) -> None:
        self._home = home
        self._server = server
        self._dice = random.Random(seed)
        self._posted = _FIRST
        self._stop = threading.Event()
        self._unread = dict.fromkeys(ACTORS, _QUIET)
        self.seen: list[float] = []
        self.problems: list[str] = []
        self.done = 0

    def begin(self) -> None:
        """Subscribe to all feeds and fetch them once."""
        for name in ACTORS:
            self._server.pages[f"/feed/{name}"] = feed(name, _QUIET)
        self._post()
        names = (*ACTORS, *(f"Busy{number}" for number in range(_BUSY)))
        rows = "".join(f'<outline text="{name}" xmlUrl="{self._server.url(f"/feed/{name}")}"/>' for name in names)
        self._home.run("import", "-", stdin=f'<opml version="2.0"><head/><body>{rows}</body></opml>')
        self._home.run("fetch", "--all")

    def work(self, seconds: float) -> None:
        """Let everybody work for so long."""
        others = [threading.Thread(target=self._again, args=(task,)) for task in (self._fetch, self._command)]
        with self._home.open() as first, self._home.open() as second:
            readers = (first, second)
            for reader, name in zip(readers, ACTORS, strict=False):
                reader.wait_for("Cora")
                reader.settle()
                self._go_to(reader, name)
            for each in others:
                each.start()
            try:
                self._measure(readers, time.monotonic() + seconds)
            finally:
                self._stop.set()
                for each in others:
                    each.join()
            for reader in readers:
                reader.press("Q")
                assert reader.wait() == 0
            self.problems += [found[0] for reader in readers if (found := _FORBIDDEN.findall(reader.text))]
        assert "Nothing is wrong." in self._home.run("doctor")

    def _go_to(self, reader: Terminal, name: str) -> None:
        """Go to the list of a source: by those before it."""
        for each in ACTORS[: ACTORS.index(name) + 1]:
            reader.press("]")
            reader.wait_until(partial(_is_at, reader, each), f"the list of {each}")
        reader.settle()

    def _measure(self, readers: tuple[Terminal, Terminal], until: float) -> None:
        while time.monotonic() < until and not self.problems:
            actor = self._dice.randrange(3)
            name = ACTORS[actor]
            self._unread[name] -= 1
            if actor < len(readers):
                readers[actor].press("jm")
            else:
                self._mark_one(name)
            self._wait(readers, re.compile(rf"\b{name}\s+{self._unread[name]}\b"))
            self.done += 1

    def _mark_one(self, name: str) -> None:
        (article, *_) = self._home.json("list", "is:unread", f"source:{name}", "--limit", "1")
        self._home.run("mark-read", str(article["id"]))

    def _wait(self, readers: tuple[Terminal, Terminal], row: re.Pattern[str]) -> None:
        """Wait until the source list of both has this row."""
        begun = time.monotonic()
        waiting = list(readers)
        while waiting and time.monotonic() < begun + _PATIENCE:
            for reader in readers:
                reader.read(0.01)
            waiting = [reader for reader in waiting if not row.search(reader.text)]
        self.seen.append(time.monotonic() - begun)
        if waiting:
            self.problems.append(f"never seen: {row.pattern}\n{waiting[0].text}")

    # The others, each in a thread

    def _again(self, task: Callable[[], None]) -> None:
        while not self._stop.is_set() and not self.problems:
            task()

    def _post(self) -> None:
        for number in range(_BUSY):
            self._server.pages[f"/feed/Busy{number}"] = feed(f"Busy{number}", self._posted)
        self._posted += _EACH

    def _fetch(self) -> None:
        """Cron, on a very good day."""
        self._post()
        self._try("fetch", "--all")
        self._stop.wait(1.0)

    def _command(self) -> None:
        """Somebody at the command line."""
        listed = self._home.json("list", "source:Busy1", "--limit", "20")
        ids = [str(article["id"]) for article in self._dice.sample(listed, 3)]
        for command in (("mark-read", *ids), ("bookmark", ids[0]), ("tag", ids[1], "sea"), ("sources",)):
            self._try(*command)
        (last, *_) = self._home.json("journal", "--limit", "1")
        if last["window"] == "cli" and "Busy" in last["action"]:
            self._try("journal", "--undo", str(last["id"]))

    def _try(self, *arguments: str) -> None:
        done = subprocess.run(
            [PROGRAM, *arguments], env=self._home.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip
        said = done.stdout + done.stderr
        if done.returncode not in {0, 1, 2} or _FORBIDDEN.search(said):
            self.problems.append(f"{arguments}: {done.returncode} {said}")
        self.done += 1


def _is_at(reader: Terminal, name: str) -> bool:
    return bool(re.search(rf"▌\s+{name}\b", reader.text))


def at_most(seconds: list[float], share: float) -> float:
    """What so large a share of them does not exceed."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)]


def main(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as folder, Serving(HostileServer()) as server:
        crowd = Crowd(Home(Path(folder), frozen=False), server)
        crowd.begin()
        crowd.work(minutes * 60)
        log = Path(folder, "newsreader", "state", "newsreader.log")
        noted = len(_FORBIDDEN.findall(log.read_text(errors="replace"))) if log.exists() else 0
    print("\n".join(crowd.problems) or "nothing went wrong")
    print(f"{crowd.done} actions; {len(crowd.seen)} changes seen by both readers, in seconds: ", end="")
    print(f"median {median(crowd.seen):.2f}, 95 % {at_most(crowd.seen, 0.95):.2f}, most {max(crowd.seen):.2f}")
    print(f"{noted} lines of a locked library in the log")


if __name__ == "__main__":
    main(float(sys.argv[1]))
