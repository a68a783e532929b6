"""A site with a feed whose articles are discussed in every way that works at any host, on this machine.

What it answers is written from the public descriptions of each API; some of it is what servers answer on a bad day.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.stories.talk import answers

LONG_ID = "112233445566778899"
ARTICLES = {
    "lemmy": "<comments>{base}/post/7</comments>",
    "discourse": "<link>{base}/t/ferries/8</link>",
    "mastodon": f"<link>{{base}}/@ada/{LONG_ID}</link>",
    "weblog": "<wfw:commentRss>{base}/weblog/feed/</wfw:commentRss>",
    "busy": "<comments>{base}/post/429</comments>",
    "wall": "<comments>{base}/post/403</comments>",
}
"""What the feed says of each of its articles."""


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _lemmy(post: int) -> str:
    return f"/api/v3/comment/list?post_id={post}&type_=All&sort=Hot&max_depth=50&limit=300"


PAGES: dict[str, tuple[int, str, bytes]] = {
    _lemmy(7): (200, "application/json", _json({"comments": [answers.lemmy(1, "0.1"), answers.lemmy(2, "0.1.2")]})),
    _lemmy(429): (429, "text/plain", b"Slow down"),
    _lemmy(403): (200, "text/html", b"<!doctype html><title>Are you a person?</title>"),
    "/t/8.json": (
        200,
        "application/json",
        _json({"post_stream": {"posts": [answers.discourse(n) for n in (1, 2, 3)]}, "posts_count": 41}),
    ),
    f"/api/v1/statuses/{LONG_ID}/context": (
        200,
        "application/json",
        _json({"ancestors": [], "descendants": [answers.mastodon("11", LONG_ID), answers.mastodon("12", "11")]}),
    ),
    "/weblog/feed/": (200, "application/rss+xml", answers.comment_feed(answers.feed_comment(1))),
    "/?rest_route=/wp/v2/comments&post=1&per_page=100&order=asc": (
        200,
        "application/json",
        _json([answers.wordpress(1), answers.wordpress(2, parent=1)]),
    ),
}


def _feed(base: str) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><title>{name}</title>{said.format(base=base)}</item>"
        for name, said in ARTICLES.items()
    )
    return (
        '<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>Talk</title>'
        f"{items}</channel></rss>"
    ).encode()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        found = PAGES.get(self.path, (404, "text/plain", b"Nothing"))
        status, kind, body = found if self.path != "/feed" else (200, "application/rss+xml", _feed(base))
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "300")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def talk_server() -> Iterator[str]:
    """Serve it; gives the address of its feed."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/feed"
        finally:
            server.shutdown()
            thread.join()
