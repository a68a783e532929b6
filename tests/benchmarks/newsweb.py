"""A web of made-up feeds on loopback, as a process of its own: `newsweb.py FEEDS ARTICLES LATENCY_MS`.

It prints its port and then serves /N.xml until it is stopped. Every answer is new (no validators, and each request adds
an article), so that a refresh has the most work it can have.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = (
    "harbour ferry council night bridge island river market archive signal copper winter letter garden engine paper "
    "valley north station pilot lamp orchard survey tide bell quarry school winter mill post field road cloud atlas"
).split()
_NOW = 1_795_000_000
_REQUESTS: dict[int, itertools.count[int]] = {}


def article(feed: int, number: int) -> str:
    chance = random.Random(feed * 100_003 + number)
    text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=70))}.</p>" for _ in range(chance.randint(2, 7)))
    title = " ".join(chance.choices(WORDS, k=7)).capitalize()
    return (
        f"<item><guid>{feed}-{number}</guid><title>{title}</title><link>http://127.0.0.1/{feed}/{number}</link>"
        f"<pubDate>{formatdate(_NOW - 600 * (5_000 - number))}</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
    )


def document(feed: int, articles: int) -> bytes:
    last = articles + next(_REQUESTS.setdefault(feed, itertools.count()))
    body = "".join(article(feed, number) for number in range(last, last - articles, -1))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>'
        f"<link>http://127.0.0.1/{feed}/</link><description/>{body}</channel></rss>"
    ).encode()


def serve(feeds: int, articles: int, latency: float) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/").removesuffix(".xml")
            if not name.isdecimal() or int(name) >= feeds:
                self.send_error(404)
                return
            time.sleep(latency)
            body = document(int(name), articles)
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1_000)
