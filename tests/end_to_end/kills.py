"""kill -9 in the middle of refreshes, as often as asked: `python -m tests.end_to_end.kills ROUNDS [FEEDS]`.

Every feed has new articles in every round. The program is killed after a moment drawn by lot; then the library must be
sound, every feed in it whole or not at all as of some round, and nothing may be lost that was there or was done before:
articles, and what the person read and bookmarked between the rounds.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

from tests.end_to_end.conftest import Home
from tests.end_to_end.hostile_documents import item, rss, xml
from tests.end_to_end.terminal import PROGRAM
from tests.hostile_server import HostileServer, Serving

FIRST, EACH = 40, 5  # articles of a feed at first, and more of them in each round
_LATEST = 0.9  # seconds after the start of a refresh: by then most of it is done


def feed(number: int, articles: int) -> bytes:
    words = f"<description>{'Some words of it. ' * 60}</description>"
    newest = range(max(articles - 2 * FIRST, 0), articles)
    return xml(rss("".join(item(f"<guid>{n}</guid>{words}", f"F{number} A{n}") for n in newest)))


class Rounds:
    """One home, its web, and what must be in the library by now."""

    def __init__(self, home: Home, server: HostileServer, feeds: int, seed: int = 7) -> None:
        self._home = home
        self._server = server
        self._feeds = feeds
        self._dice = random.Random(seed)
        self._articles = FIRST
        self._seen: set[str] = set()
        self._read: set[int] = set()
        self._kept: set[int] = set()

    def begin(self) -> None:
        """Subscribe, and fetch everything once in peace."""
        self._publish()
        rows = "".join(f'<outline xmlUrl="{self._server.url(f"/feed/{n}")}"/>' for n in range(self._feeds))
        self._home.run("import", "-", stdin=f'<opml version="2.0"><head/><body>{rows}</body></opml>')
        self._home.run("fetch", "--all")
        self.check()

    def kill_one(self) -> None:
        """Let the person do something, publish, refresh, kill, and check."""
        self._do_something()
        self._articles += EACH
        self._publish()
        process = subprocess.Popen(
            [PROGRAM, "fetch", "--all", "--events"], env=self._home.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(self._dice.uniform(0.005, _LATEST))
        process.kill()
        _, errors = process.communicate()
        assert "Traceback" not in errors, errors
        self.check()

    def end(self) -> None:
        """Fetch everything in peace: nothing may be missing then."""
        self._home.run("fetch", "--all")
        self.check()
        whole = {f"F{n} A{self._articles - 1}" for n in range(self._feeds)}
        assert whole <= self._seen, sorted(whole - self._seen)

    def check(self) -> None:
        """The library is sound, no feed is half in it, and what was there is there."""
        with closing(sqlite3.connect(self._library())) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
            titles = [title for (title,) in raw.execute("SELECT title FROM article WHERE title LIKE 'F% A%'")]
            read = {id_ for (id_,) in raw.execute("SELECT id FROM status WHERE read = 1")}
            kept = {id_ for (id_,) in raw.execute("SELECT id FROM status WHERE bookmarked_at IS NOT NULL")}
        assert max(Counter(titles).values()) == 1, "an article is here twice"
        numbers = defaultdict(list)
        for title in titles:
            name, number = title.split()
            numbers[name].append(int(number[1:]))
        for name, found in numbers.items():
            assert (max(found) + 1 - FIRST) % EACH == 0, f"{name} is half in"
        assert self._seen <= set(titles), "articles were lost"
        assert self._read <= read, "read marks were lost"
        assert self._kept <= kept, "bookmarks were lost"
        self._seen = set(titles)

    def _do_something(self) -> None:
        newest = self._home.json("list", "F*", "--limit", "30")
        ids = self._dice.sample([article["id"] for article in newest], 3)
        self._home.run("mark-read", *map(str, ids[:2]))
        self._home.run("bookmark", str(ids[2]))
        self._read.update(ids[:2])
        self._kept.add(ids[2])

    def _publish(self) -> None:
        for number in range(self._feeds):
            self._server.pages[f"/feed/{number}"] = feed(number, self._articles)

    def _library(self) -> Path:
        return self._home.folder / "newsreader" / "data" / "library.db"


def main(rounds: int, feeds: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Serving(HostileServer()) as server:
        killing = Rounds(Home(Path(folder), frozen=False), server, feeds)
        killing.begin()
        for number in range(1, rounds + 1):
            killing.kill_one()
            if number % 20 == 0:
                print(f"{number} rounds: all is well", flush=True)
        killing.end()
    print(f"{rounds} rounds over {feeds} feeds: nothing lost, nothing half, every library sound")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
