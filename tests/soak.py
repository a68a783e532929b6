"""Refreshes by the thousand at a clock that runs ahead: what a worker that is never stopped comes to.

`python -m tests.soak ROUNDS` runs a whole worker (real sockets, real children, a library on disk) against a small web
of its own process and prints, as JSON, what it held after a tenth of the rounds and at the end. Each round is twenty
minutes of the fake clock: 5,000 are ten weeks.
"""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from newsreader.fetch.fetcher import Fetcher
from newsreader.model import Subscription
from newsreader.store import Store
from newsreader.worker.children import Children
from newsreader.worker.library import Library
from newsreader.worker.service import Service
from newsreader.worker.tools import Tools

BEGIN = 1_795_456_800
STEP = 20 * 60
FEEDS = ("news", "quiet", "archive", "same", "missing", "broken", "page", "dead", "circle", "odd")
"""One new article each time · 304 · 304 and many articles · the same bytes · 404 · cut off · HTML · no server · a
redirect to itself · a header that only we and browsers read."""
_HEADERS = {
    "quiet": ("ETag", '"1"'),
    "archive": ("ETag", '"1"'),
    "circle": ("Location", "/circle"),
    "odd": ("Warning in line 7", "mysql_connect()"),
}
_KEPT = 30  # articles in a document
_ARCHIVE = 4_900  # articles that are there from the start: more than the library keeps in memory
_FROM = _KEPT  # the articles of the feed that brings news, before its first


@dataclass(frozen=True)
class Held:
    """What a worker holds: kilobytes of memory, open files, tasks, articles, bytes of the library and of its log.

    The log of writes is copied into the library every some thousand pages: their sum goes up and down by as much.
    """

    round: int
    memory_kb: int
    files: int
    tasks: int
    articles: int
    library: int
    log: int


def document(newest: int, length: int = _KEPT) -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>Article {n}</title><link>http://example.org/{n}</link>"
        f"<description>&lt;p&gt;{'Words of it. ' * 60}&lt;/p&gt;</description></item>"
        for n in range(newest, max(newest - length, 0), -1)
    )
    return f"<rss version='2.0'><channel><title>A feed</title><link>/</link>{items}</channel></rss>".encode()


def serve() -> None:
    """Print the port, then answer until killed."""
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            asked[name] += 1
            status, body = 200, document(_FROM + (asked[name] if name == "news" else 0))
            if name in {"quiet", "archive"} and self.headers["If-None-Match"]:
                status, body = 304, b""
            elif name == "archive":
                body = document(_ARCHIVE, _ARCHIVE)
            elif name == "broken":
                body = body[: len(body) // 2]
            elif name == "page":
                body = b"<!DOCTYPE html><title>Log in</title><form><input type=password></form>"
            elif name not in FEEDS:
                status, body = 404, b"nothing here"
            self.send_response({"missing": 404, "circle": 302}.get(name, status))
            if name in _HEADERS:
                self.send_header(*_HEADERS[name])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


async def held(round_: int, library: Library) -> Held:
    """Look at this worker."""
    facts = await library.call(Store.facts)
    log, size = await library.call(_sizes)
    gc.collect()
    memory, files = _process()
    return Held(round_, memory, files, len(asyncio.all_tasks()), facts.articles, size, log)


def _process() -> tuple[int, int]:
    """Kilobytes of memory and open files of this very process (by /proc, so on Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]), len(list(Path("/proc/self/fd").iterdir()))


def _sizes(store: Store) -> tuple[int, int]:
    """How large the log of writes is, and all that is in the library's folder once the log is copied."""
    path = store._db.path
    log = path.with_name(f"{path.name}-wal").stat().st_size
    assert store._db.one("PRAGMA wal_checkpoint(TRUNCATE)") == (0, 0, 0), "nobody reads: all of the log can be copied"
    return log, sum(file.stat().st_size for file in path.parent.iterdir())


async def soak(rounds: int, folder: Path, port: int) -> tuple[Held, Held, Counter[str]]:
    """Refresh everything so many times; give what was held after a tenth and at the end, and the events by kind."""
    now = [float(BEGIN)]
    events: Counter[str] = Counter()

    def note(event: dict[str, Any]) -> None:
        events[str(event.get("event"))] += 1

    library = await Library.open(folder / "library.db", clock=lambda: now[0])
    children = Children()
    early = None
    try:
        async with Fetcher(clock=lambda: now[0]) as fetcher:
            service = Service(Tools(library, fetcher, children, lambda: now[0], note))
            addresses = [f"http://127.0.0.1:{port if name != 'dead' else 9}/{name}" for name in FEEDS]
            await library.call(Store.add_sources, [Subscription(address) for address in addresses])
            for round_ in range(1, rounds + 1):
                await service.refresh(everything=True)
                now[0] += STEP
                if round_ == 1:
                    await library.call(Store.check)  # reads the whole file: what SQLite keeps of it is full from now on
                if round_ % 50 == 0:
                    while await library.call(Store.tidy):
                        pass
                if round_ == max(rounds // 10, 1):
                    early = await held(round_, library)
            late = await held(rounds, library)
            problems = await library.call(Store.check)
    finally:
        await children.close()
        await library.close()
    assert early is not None
    assert not problems, problems
    return early, late, events


def run(rounds: int) -> dict[str, Any]:
    """Soak with a web in a process of its own."""
    web = subprocess.Popen([sys.executable, "-m", "tests.soak", "serve"], stdout=subprocess.PIPE, text=True)
    assert web.stdout is not None
    try:
        with tempfile.TemporaryDirectory() as folder:
            early, late, events = asyncio.run(soak(rounds, Path(folder), int(web.stdout.readline())))
    finally:
        web.kill()
        web.communicate()
    return {"early": asdict(early), "late": asdict(late), "events": dict(events)}


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        print(json.dumps(run(int(sys.argv[1])), indent=1))
