"""Check by a real newsboat that its cache is taken over and that our first refresh doubles nothing.

    python -m tests.corpus.check_newsboat [DUMP.sql]

newsboat (which must be installed) reads feeds of every kind from this machine, half of the articles are marked read and
one is flagged as newsboat itself would; then the files are imported by the installed program, and the same feeds are
refreshed. Every article must be there once, and in the state that newsboat had it in. Prints what fails and ends with
1. DUMP.sql takes the cache as SQL: the tests' own is made this way.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.worker.newsboat_feeds import FEEDS


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FEEDS.get(self.path.lstrip("/"))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/xml")
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *args: object) -> None:
        del args


def run_newsboat(home: Path, base: str) -> Path:
    folder = home / ".newsboat"
    folder.mkdir()
    (folder / "urls").write_text("".join(f'{base}/{name} news "~{name}"\n' for name in FEEDS))
    command = ["newsboat", "-x", "reload"]
    subprocess.run(command, env={**os.environ, "HOME": str(home)}, check=True, capture_output=True, timeout=120)
    return folder / "cache.db"


def mark(cache: Path) -> None:
    """Mark as newsboat does: every other article read, one flagged, one deleted."""
    with closing(sqlite3.connect(cache)) as connection:
        connection.execute("UPDATE rss_item SET unread = id % 2")
        connection.execute("UPDATE rss_item SET flags = 'ab' WHERE id = 3")
        connection.execute("UPDATE rss_item SET deleted = 1 WHERE id = 5")
        connection.commit()


def program(home: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "newsreader", "--home", str(home / "ours"), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return done.stdout + done.stderr


def articles(home: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in json.loads(program(home, "list", "--json")):
        if "127.0.0.1" in each["source"]["url"]:
            found.setdefault((each["source"]["url"], each["title"]), []).append(each)
    return found


def check(home: Path, dump: str | None) -> list[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    cache = run_newsboat(home, base)
    mark(cache)
    if dump:
        with closing(sqlite3.connect(cache)) as connection:
            lines = (line.replace(base, "http://feeds.test") for line in connection.iterdump() if "sqlite_" not in line)
            Path(dump).write_text("\n".join(lines) + "\n")
    before = (sha256(cache.read_bytes()).digest(), cache.stat().st_mtime_ns)
    print(program(home, "import", str(cache.parent)))
    failures = [] if before == (sha256(cache.read_bytes()).digest(), cache.stat().st_mtime_ns) else ["it was changed"]
    imported = articles(home)
    print(program(home, "fetch", "--all"))
    refreshed = articles(home)
    server.shutdown()
    for key in refreshed:
        if key not in imported and all(each["read"] for each in refreshed[key]):
            continue  # what newsboat deleted comes back as read
        if len(refreshed[key]) != len(imported.get(key, ())):
            failures.append(f"{key}: {len(imported.get(key, ()))} before, {len(refreshed[key])} after the refresh")
        elif [each["read"] for each in refreshed[key]] != [each["read"] for each in imported[key]]:
            failures.append(f"{key}: its state is lost")
    with closing(sqlite3.connect(home / "ours" / "data" / "library.db")) as connection:
        edited = connection.execute("SELECT count(*) FROM former").fetchone()[0]
        if edited:
            failures.append(f"{edited} articles count as edited")
    failures += [f"{key} is gone or renamed" for key in imported if key not in refreshed]
    with closing(sqlite3.connect(cache)) as connection:
        rows = connection.execute("SELECT feedurl, title, unread, flags FROM rss_item WHERE deleted = 0").fetchall()
    for url, title, unread, flags in rows:
        here = refreshed.get((url, " ".join(title.split())), [])
        if not any(each["read"] == (not unread) and each["bookmarked"] == bool(flags) for each in here):
            failures.append(f"{url} {title!r}: {[(each['read'], each['bookmarked']) for each in here]}, not {unread=}")
    return failures


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        failures = check(Path(folder), sys.argv[1] if len(sys.argv) > 1 else None)
    print("\n".join(failures) or "newsboat: all well")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
