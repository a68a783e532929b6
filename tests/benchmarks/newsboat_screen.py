"""Debian's newsboat with a cache of so many made-up articles, analysed: what the reader is timed beside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from tests.benchmarks.reading import sample

NEWSBOAT = shutil.which("newsboat")
FEEDS = 500
LARGE = 10_000  # articles of the first feed
_NAME = "Feedno"


def command(folder: Path) -> list[str]:
    assert NEWSBOAT is not None
    return [NEWSBOAT, "-u", f"{folder}/urls", "-C", f"{folder}/config", "-c", f"{folder}/cache.db"]


def environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def furnish(folder: Path, articles: int) -> None:
    """Make newsboat's cache in a folder: one large feed and many small ones, a third of all unread."""
    folder.mkdir(parents=True)
    (folder / "urls").write_text("http://127.0.0.1:9/none\n", encoding="utf-8")
    (folder / "config").write_text("auto-reload no\nrefresh-on-startup no\nconfirm-exit no\n", encoding="utf-8")
    made = [*command(folder), "-x", "reload"]  # newsboat itself makes the tables
    subprocess.run(made, env=environment(folder), capture_output=True, check=False)
    addresses = [f"http://127.0.0.1:9/f/{number}.xml" for number in range(FEEDS)]
    lines = (f'{address} "~{_NAME} {number:04d}"\n' for number, address in enumerate(addresses))
    (folder / "urls").write_text("".join(lines), encoding="utf-8")
    with closing(sqlite3.connect(folder / "cache.db")) as cache:
        cache.execute("PRAGMA synchronous = OFF")
        cache.executemany(
            "INSERT INTO rss_feed (rssurl, url, title) VALUES (?, 'http://127.0.0.1:9/', ?)",
            [(address, f"{_NAME} {number:04d}") for number, address in enumerate(addresses)],
        )
        cache.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, "
            "enclosure_type, flags) VALUES (?, ?, 'An Author', ?, ?, ?, ?, ?, '', '', '')",
            _items(addresses, articles),
        )
        cache.commit()
        cache.execute("ANALYZE")
        cache.commit()


def _items(addresses: list[str], articles: int) -> Iterator[tuple[object, ...]]:
    chance = Random(3)
    paragraphs = [sample(words) for words in range(100, 400)]
    for number in range(articles):
        feed = addresses[0] if number < LARGE else addresses[1 + number % (FEEDS - 1)]
        body = "".join(chance.choices(paragraphs, k=2)) + ("needle" if number % 1_000 == 7 else "")
        address = f"http://127.0.0.1:9/a/{number}"
        yield (f"g{number}", f"Title {number}", address, feed, 1_790_000_000 - number * 61, body, int(number % 3 == 0))
