"""A password in the address of a private source: it opens the feed, and nothing that the program says holds it."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Home

SECRET = "hunter2"
PAIR = "Basic " + base64.b64encode(f"ada:{SECRET}".encode()).decode()
FEED = b"""<rss version="2.0"><channel><title>Club News</title><link>/</link>
<item><title>Minutes of the meeting</title><link>/minutes</link><guid isPermaLink="false">1</guid>
<description>&lt;p&gt;We &lt;a href="/rel"&gt;met&lt;/a&gt;. &lt;img src="/pic.png" alt="us"&gt;&lt;/p&gt;</description>
<enclosure url="/talk.mp3" type="audio/mpeg" length="1"/><comments>/comments</comments></item>
<item><title>No page of its own</title><guid isPermaLink="false">2</guid><description>Short.</description></item>
</channel></rss>"""
PAGE = b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head><body><article>" + (
    b"<p>Everything that was said, and by whom, and <a href='/more'>more of it</a>, at some length.</p>" * 40
)
STATUS = {"/401": 401, "/403": 403, "/404": 404, "/410": 410, "/429": 429, "/500": 500}


class Club(BaseHTTPRequestHandler):
    """Lets in members only."""

    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        status = STATUS.get(self.path, 200 if self.headers.get("Authorization") == PAIR else 401)
        moved = {"/moved": "/feed-2", "/away": f"http://localhost:{self.server.server_port}/feed"}.get(self.path)
        self.send_response(301 if moved else status)
        if moved:
            self.send_header("Location", moved)
        body = FEED if self.path.startswith("/feed") else b"<rss><channel><item>" if self.path == "/bad" else PAGE
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def club() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Club) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://ada:{SECRET}@127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def everything_said(home: Home, club: str) -> str:
    """What every command says about private sources in every condition."""
    paths = [*STATUS, "/moved", "/away", "/bad", "/nothing"]
    (home.folder / "urls").write_text("".join(f"{club}{path}\n" for path in paths) + "http://ada:hun/ter2@127.0.0.1/\n")
    closed = club.rpartition(":")[0] + ":1/feed"
    said = [
        home.run("add", "--list", club),
        home.run("add", "--list", "--json", club),
        home.run("add", "--json", f"{club}/feed"),
        home.run("add", f"{club}/nothing", f"{club}/404", closed, "http://ada:hun/ter2@127.0.0.1/", status=1),
        home.run("import", str(home.folder / "urls")),
        home.run("import", f"{club}/feed", status=2),
        home.run("fetch", "--all"),
        home.run("fetch", "--all", "--events"),
        home.run("list"),
        home.run("list", "--json"),
        home.run("doctor", status=1),
        home.run("export"),
        home.run("set", f"{club}/500", "address", f"{club}/501"),
        home.run("set", f"{club}/401", "proxy", f"socks5://ada:{SECRET}@127.0.0.1:1"),
        home.run("remove", f"{club}/403"),
        home.run("remove", f"{club}/none", status=2),
    ]
    for form in ((), ("--json",)):
        said += [home.run("sources", *form), home.run("doctor", "--sources", *form, status=1)]
    for article in home.json("list", "source:Club")[:2]:
        said += [home.run("read", str(article["id"]), form) for form in ("--json", "--plain", "--markdown")]
    said += [home.run("set", str(source["id"])) for source in home.json("sources")[:3]]
    return "\n".join(said)


@pytest.mark.slow
def test_no_output_holds_the_password_of_a_private_source(home: Home, club: str) -> None:
    said = everything_said(home, club)
    assert "Minutes of the meeting" in said  # the password did open it
    assert SECRET not in said
    assert "ter2" not in said
    with home.open(columns=120, rows=50) as reader:
        reader.wait_for("Club News")
        reader.press("hhjjjj")
        panels = ""
        for _ in range(8):
            reader.press("je")
            reader.wait_for("Proxy")
            reader.settle()
            panels += reader.text
            reader.press("\x1b")
            reader.wait_gone("Proxy")
        assert "answered 401" in panels
        assert f"127.0.0.1:{club.rpartition(':')[2]}/401" in panels
        assert "socks5://127.0.0.1:1" in panels
        reader.press("gi")
        reader.wait_for("Import sources")
        reader.press(f"{home.folder / 'urls'}\r")
        reader.settle(1)
        reader.press("\x1b\x1b")
        reader.settle()
        reader.press("Q")
        assert reader.wait() == 0
        assert SECRET not in reader.raw.decode("utf-8", "replace")
    keepers = {"library.db", "library.db-wal", "library.db-shm", "sources.opml", "urls"}
    for file in (each for each in home.folder.rglob("*") if each.is_file()):
        if file.name in keepers:
            assert file.name == "urls" or file.stat().st_mode & 0o077 == 0, f"others may read {file.name}"
        else:
            assert SECRET.encode() not in file.read_bytes(), f"the password stands in {file.name}"
    assert Path(home.folder / "newsreader").is_dir()
