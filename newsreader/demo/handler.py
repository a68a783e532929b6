"""The web server behind the demo world: gzip, ETag and 304 (RFC 9110), on 127.0.0.1 only, and quiet."""

from __future__ import annotations

import gzip
import hashlib
import sys
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from newsreader import __version__

if TYPE_CHECKING:
    from newsreader.demo.site import Site

_COMPRESS_FROM: Final = 600
"""Bytes: below this a compressed body is hardly smaller."""


class SiteServer(ThreadingHTTPServer):
    """Serves one Site. `seen` is every path asked for, in order; `stopping` wakes the slow answers up at the end."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site: Site | None = None
        self.modified = 0
        self.stopping = Event()
        self._seen: list[str] = []
        self._lock = Lock()

    @property
    def seen(self) -> tuple[str, ...]:
        """Every path asked for so far, in order."""
        with self._lock:
            return tuple(self._seen)

    def note(self, path: str) -> None:
        """Remember that a path was asked for."""
        with self._lock:
            self._seen.append(path)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about clients that hang up; anything else is a mistake of ours and is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection with one request: HTTP/1.0 closes it, so that nothing is left open at the end."""

    server: SiteServer
    server_version = f"newsreader-demo/{__version__}"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        """Answer with the document."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the header fields alone."""
        self._answer(with_body=False)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the terminal belongs to the reader."""

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        self.server.note(path)
        assert self.server.site is not None
        reply = self.server.site.reply(path, self.headers.get("User-Agent", ""))
        if reply.delay and self.server.stopping.wait(reply.delay):
            return
        # A tag of the body itself; weak, because the compressed form has the same one.
        tag = f'W/"{hashlib.sha256(reply.body).hexdigest()[:20]}"'
        if reply.status == 200 and tag in self.headers.get("If-None-Match", ""):
            self.send_response(304)
            self._send_fields(tag)
            self.end_headers()
            return
        body = reply.body
        self.send_response(reply.status)
        if reply.location is not None:
            self.send_header("Location", reply.location)
        if reply.status == 200:
            self._send_fields(tag)
        if len(body) >= _COMPRESS_FROM and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _send_fields(self, tag: str) -> None:
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", formatdate(self.server.modified, usegmt=True))
        self.send_header("Cache-Control", "max-age=300")
        self.send_header("Vary", "Accept-Encoding")
