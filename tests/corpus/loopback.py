"""Serves real feeds of the corpus from loopback and reads them with the installed program.

    python -m tests.corpus.loopback SHARED [FEEDS]

Imports the feeds, fetches them all, and compares: every document in which `feeds.parse` finds articles must have
arrived with them, every other one must have its reason on the source.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsreader.errors import ParseError
from newsreader.feeds import parse
from tests.end_to_end.terminal import PROGRAM, environment


def real_feeds(shared: Path, limit: int) -> list[tuple[bytes, str]]:
    """The corpus' feeds that were saved from the web: (bytes, content type)."""
    base = shared / "corpus" / "feeds"
    found = []
    for entry in json.loads((base / "manifest.json").read_text()):
        path = base / entry["file"]
        if "saved from the web" in entry.get("tests", "") and path.suffix != ".tar":
            data = path.read_bytes()
            found.append((gzip.decompress(data) if path.suffix == ".gz" else data, entry.get("content_type") or ""))
    step = max(1, len(found) // limit)
    return found[::step][:limit]


def main(shared: Path, limit: int) -> None:
    feeds = real_feeds(shared, limit)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.strip("/")
            if not number.isdigit():  # the articles' pages and the likely places of feeds are not here
                self.send_error(404)
                return
            body, content_type = feeds[int(number)]
            self.send_response(200)
            self.send_header("Content-Type", content_type or "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        addresses = [f"http://127.0.0.1:{server.server_port}/{number}" for number in range(len(feeds))]
        outlines = "".join(f'<outline type="rss" text="feed" xmlUrl="{escape(address)}"/>' for address in addresses)
        opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
        env = environment(Path(folder))

        def run(*arguments: str, stdin: str = "") -> str:
            done = subprocess.run(
                [PROGRAM, *arguments], env=env, input=stdin, capture_output=True, text=True, check=False
            )
            assert "Traceback" not in done.stderr, done.stderr
            return done.stdout

        run("import", "-", stdin=opml)
        run("fetch", "--all")
        sources = {source["url"]: source for source in json.loads(run("sources", "--json"))}
        wrong = 0
        for address, (body, content_type) in zip(addresses, feeds, strict=True):
            try:
                expected = len(parse(body, address, content_type).articles)
            except ParseError:
                expected = -1
            source = sources[address]
            # Twins fold into one, so fewer may stand in the library; none never.
            good = bool(source["error"]) if expected < 0 else not source["error"] and 0 <= source["total"] <= expected
            if expected > 0 and not source["total"]:
                good = False
            if not good:
                wrong += 1
                print(f"{address}: expected {expected} articles, has {source['total']}, error {source['error']}")
        total = sum(source["total"] for source in sources.values() if source["kind"] == "feed")
        listed = [article for article in json.loads(run("list", "--json")) if article["source"]["url"] in sources]
        print(
            f"{len(feeds)} feeds, {total} articles, {wrong} wrong; list --json gives {len(listed)} with the handbook's"
        )
        server.shutdown()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 40)
