"""`newsreader doctor --catalogue` against a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsreader.cli import catalogue
from newsreader.errors import Offline
from newsreader.model import Bundle, Subscription
from newsreader.text import iso_utc
from newsreader.worker.checking import Checker
from tests.cli.conftest import NOW, Shell


def atom(days: int) -> str:
    entry = f"<entry><id>1</id><title>One</title><updated>{iso_utc(NOW - days * 86_400)}</updated></entry>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id><title>News</title>{entry}</feed>"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = {"/good": atom(2), "/old": atom(500)}.get(self.path, "").encode()
        self.send_response(301 if self.path == "/moved" else 200 if body else 404)
        if self.path == "/moved":
            self.send_header("Location", "/good")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Say nothing."""


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A catalogue of four sources of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        site = f"http://127.0.0.1:{server.server_port}"
        sources = tuple(
            Subscription(f"{site}/{name}", name.title(), "World") for name in ("good", "moved", "old", "gone")
        )
        monkeypatch.setattr(catalogue, "bundles", lambda: (Bundle("World", "the wires", sources),))
        yield site
        server.shutdown()


def test_each_source_gets_a_row_and_all_a_sum(shell: Shell, offered: str) -> None:
    told = shell("doctor", "--catalogue", status=1)
    rows = {line[2:8].strip(): line for line in told.splitlines() if line[:1] in " →○▲"}
    assert "answers: 1 article · the newest 2 days ago" in rows["Good"]
    assert f"moved to {offered}/good" in rows["Moved"]
    assert "silent: 1 article · the newest 1 year ago" in rows["Old"]
    assert "broken: " in rows["Gone"]
    assert "404" in rows["Gone"]
    assert told.splitlines()[-1] == "4 sources asked: 1 answers, 1 moved, 1 silent, 1 broken."
    assert not shell.home.joinpath("data", "library.db").exists()  # nothing is subscribed to, or kept


def test_the_same_for_programs(shell: Shell, offered: str) -> None:
    good, moved, _, gone = shell.json("doctor", "--catalogue", status=1)
    assert (good["finding"], good["newest"], good["bundle"]) == ("answers", iso_utc(NOW - 2 * 86_400), "World")
    assert moved["moved_to"] == f"{offered}/good"
    assert gone["articles"] is None
    assert gone["problem"]


def test_without_a_network_that_is_all_that_is_said(
    shell: Shell, offered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*arguments: object) -> None:
        raise Offline("There is no network connection.")

    monkeypatch.setattr(Checker, "check", fail)
    told = shell("doctor", "--catalogue", status=1)
    assert "There is no network connection: the catalogue was not checked." in told
    assert offered not in told
