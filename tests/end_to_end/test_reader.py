"""The installed program in a real terminal: what a person presses, what the screen shows, what the library holds."""

from __future__ import annotations

import json
import os
import signal
import termios
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import PROGRAM, Terminal, environment

pytestmark = pytest.mark.slow

ASK = b"\x1b]11;?"


def children_of(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pid: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while running(pid):
        assert time.monotonic() < end, f"process {pid} is still there after {seconds} s"
        time.sleep(0.02)


@pytest.fixture
def reader(furnished: Home) -> Iterator[Terminal]:
    with furnished.open() as terminal:
        terminal.wait_for("Unread")
        terminal.settle()
        yield terminal


def newest(home: Home) -> list[str]:
    return [article["title"] for article in home.json("list", "is:unread")]


def test_the_first_start_asks_and_fetches_nothing(home: Home) -> None:
    with home.open() as terminal:
        terminal.wait_for("What would you like to read?")
        terminal.settle()
        terminal.press("\x1b")
        terminal.settle()
        terminal.press("Q")
        assert terminal.wait() == 0
    assert [source["kind"] for source in home.json("sources")] == ["builtin"]


def test_the_handbook_is_there_without_a_network(home: Home) -> None:
    with home.open() as terminal:
        terminal.wait_for("What would you like to read?")
        terminal.settle()
        terminal.press("h")
        terminal.wait_for("Start here")
        terminal.press("Q")
        assert terminal.wait() == 0


def test_one_reads_bookmarks_and_finds_it_again(reader: Terminal, furnished: Home) -> None:
    titles = newest(furnished)
    terminal = reader
    terminal.wait_for(titles[0][:30])
    terminal.press("l")
    terminal.settle()
    terminal.press("\r")
    terminal.settle()
    terminal.press("s")
    terminal.wait_until(lambda: bool(furnished.json("list", "is:bookmarked")), "the bookmark")
    marked = furnished.json("list", "is:bookmarked")
    assert marked[0]["read"] is True
    assert marked[0]["title"][:20] in terminal.text
    terminal.press("u")
    terminal.wait_until(lambda: not furnished.json("list", "is:bookmarked"), "the undo of the bookmark")
    terminal.press("Q")
    assert terminal.wait() == 0


def test_search_finds_while_typing_and_escape_goes_back(reader: Terminal) -> None:
    reader.press("/")
    reader.settle()
    reader.press("ferry")
    reader.wait_for("ferry")
    reader.settle(0.6)
    assert "ferry" in reader.text.lower()
    reader.press("\r")
    reader.settle()
    reader.press("q")
    reader.settle()
    reader.press("Q")
    assert reader.wait() == 0


LONG = "Harbour town votes to keep its night ferry"
READER = 92  # the column at which the reader pane of a 140 column terminal is well under way


def reading(terminal: Terminal) -> list[str]:
    """What the reader pane shows, without the head of the screen and its foot."""
    return [line[READER:].strip() for line in terminal.lines[1:34]]


def test_comments_are_fetched_when_they_are_asked_for_and_stay_here(reader: Terminal, furnished: Home) -> None:
    reader.press("ga")
    reader.settle()
    titles = [article["title"] for article in furnished.json("list")]
    reader.press("J" * (titles.index(LONG)))
    reader.settle(0.8)
    reader.press("c")
    reader.wait_for("Comments · 7 on The Coast Gazette")
    reader.wait_for("So it does. I had stopped at the sandwich.")
    reader.press("\r")
    reader.wait_for("2 answers")
    reader.press("\x1b")
    reader.wait_gone("Comments · 7 on The Coast Gazette")
    reader.press("Q")
    assert reader.wait() == 0
    with furnished.open() as again:
        again.wait_for(LONG[:20])
        again.settle()
        again.press("c")
        again.wait_for("So it does. I had stopped at the sandwich.")


def test_the_place_survives_kill_minus_nine(furnished: Home) -> None:
    with furnished.open() as terminal:
        terminal.wait_for("Unread")
        terminal.settle()
        terminal.press("ga")
        terminal.settle()
        titles = [article["title"] for article in furnished.json("list")]
        terminal.press("J" * (titles.index(LONG)))
        terminal.settle(0.8)
        top = reading(terminal)
        terminal.press("s")
        terminal.press("  ")  # into the reader, then a page down
        terminal.wait_until(lambda: reading(terminal)[20:] != top[20:], "the next page")
        terminal.settle(2.0)
        before = reading(terminal)
        workers = children_of(terminal.pid)
        assert workers
        terminal.kill(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
        for pid in workers:
            wait_until_gone(pid, 2)
    assert [article["title"] for article in furnished.json("list", "is:bookmarked")] == [LONG]
    with furnished.open() as terminal:
        terminal.wait_for(LONG[:20])
        terminal.settle(0.8)
        assert reading(terminal) == before
        terminal.press("Q")
        assert terminal.wait() == 0


def test_a_killed_worker_is_started_again_and_reading_goes_on(reader: Terminal, furnished: Home) -> None:
    (worker,) = children_of(reader.pid)
    os.kill(worker, signal.SIGKILL)
    wait_until_gone(worker, 2)
    reader.press("l")
    reader.press("j")
    reader.press("s")
    reader.wait_until(lambda: bool(furnished.json("list", "is:bookmarked")), "the bookmark")
    reader.wait_until(lambda: bool(set(children_of(reader.pid)) - {worker}), "a new worker")
    reader.press("Q")
    assert reader.wait() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_the_terminal_as_it_was(reader: Terminal, number: int, status: int) -> None:
    reader.kill(number)
    assert reader.wait() == status
    assert b"\x1b[?1049l" in reader.raw
    assert b"\x1b[?25h" in reader.raw


def test_quitting_leaves_no_process_behind(reader: Terminal) -> None:
    workers = children_of(reader.pid)
    reader.press("Q")
    assert reader.wait() == 0
    for pid in workers:
        wait_until_gone(pid, 2)


def test_two_readers_and_the_command_line_see_each_other(furnished: Home) -> None:
    title = newest(furnished)[0][:25]
    number = furnished.json("list", "is:unread")[0]["id"]
    with furnished.open() as one, furnished.open() as two:
        for terminal in (one, two):
            terminal.wait_for(title)
            terminal.settle()
        furnished.run("bookmark", str(number))
        for terminal in (one, two):
            terminal.wait_for("★", 5)
        for terminal in (one, two):
            terminal.press("Q")
            assert terminal.wait() == 0


@pytest.mark.parametrize(("columns", "rows"), [(60, 15), (80, 24), (120, 40), (160, 48)])
def test_it_works_at_every_size(furnished: Home, columns: int, rows: int) -> None:
    with furnished.open(columns, rows) as terminal:
        terminal.wait_for("Unread")
        terminal.settle()
        terminal.press("l")
        terminal.press("\r")
        terminal.settle()
        assert any(line.strip() for line in terminal.lines)
        terminal.press("Q")
        assert terminal.wait() == 0


def test_resizing_through_every_width_breaks_nothing(reader: Terminal) -> None:
    for columns, rows in ((20, 5), (1, 1), (59, 14), (60, 15), (100, 30), (300, 90), (140, 40)):
        reader.resize(columns, rows)
        reader.settle(0.15)
    reader.wait_for("Unread")
    reader.press("Q")
    assert reader.wait() == 0


def test_the_demo_is_a_world_of_its_own(tmp_path: Path) -> None:
    with Terminal([PROGRAM, "--demo"], environment=environment(tmp_path), columns=140, rows=40) as terminal:
        terminal.wait_for("The Coast Gaz", 30)
        terminal.wait_for("ferry", 30)
        terminal.press("Q")
        assert terminal.wait() == 0
    assert not (tmp_path / "newsreader" / "data").exists()


def test_a_dumb_terminal_is_refused_in_one_sentence(home: Home) -> None:
    with Terminal([PROGRAM], environment={**home.environment, "TERM": "dumb"}) as terminal:
        assert terminal.wait() == 2
        assert b"\x1b" not in terminal.raw
        assert "terminal" in terminal.text


HOSTILE = "[/red][@click=app.quit]x\x1b]52;c;aGVsbG8=\x07\x1b[2J\x9b31m\u202eabc"


@pytest.fixture
def hostile_feed() -> Iterator[str]:
    """A feed whose every text wants to be markup or an escape sequence, raw and as JSON escapes."""
    item = {
        "id": HOSTILE, "url": "http://127.0.0.1/a", "title": HOSTILE,
        "content_html": f"<p>{HOSTILE} &#27;]52;c;eA==&#7;</p>",
        "authors": [{"name": HOSTILE}], "date_published": "2026-11-23T12:00:00Z", "tags": [HOSTILE],
    }  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": HOSTILE, "items": [item]}
    body = json.dumps(feed).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/feed+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.json"
        server.shutdown()
        thread.join()


def test_a_hostile_title_is_text_and_nothing_of_it_reaches_the_terminal(home: Home, hostile_feed: str) -> None:
    printed = home.run("add", hostile_feed) + home.run("list") + home.run("sources") + home.run("export")
    assert "[@click=app.quit]x]52;c;aGVsbG8=" in printed
    assert not set("\x1b\x07\x9b\u202e") & set(printed)
    with home.open() as terminal:
        terminal.wait_for("[/red][@click=app.quit]")
        terminal.press("gal\r")
        terminal.settle()
        terminal.press("\x1b[<0;70;5M\x1b[<0;70;5m")  # a click into the article list
        terminal.settle()
        assert "[/red][@click=app.quit]x" in terminal.text
        assert b"\x1b]52" not in terminal.raw
        assert b"\x9b31m" not in terminal.raw
        assert "\u202e".encode() not in terminal.raw
        terminal.press("Q")
        assert terminal.wait() == 0


def test_the_theme_follows_the_terminal_and_no_key_is_lost(furnished: Home) -> None:
    paper, night = b"48;2;251;248;241", b"48;2;23;24;27"
    with furnished.open() as terminal:
        before = termios.tcgetattr(terminal.file)
        terminal.wait_until(lambda: ASK in terminal.raw, "the question for the background")
        terminal.press("j\x1b]11;rgb:ffff/ffff/f0f0\x1b\\j")
        terminal.wait_for("35 minutes ago")  # the third article is open in the pane
        terminal.wait_until(lambda: paper in terminal.raw, "the light theme")
        assert night not in terminal.raw  # it was known before the first paint
        terminal.settle()
        asked = terminal.raw.count(ASK)
        terminal.press("\x1b[?997;1n")  # evening comes
        terminal.wait_until(lambda: terminal.raw.count(ASK) > asked, "the question once more")
        terminal.press("\x1b]11;rgb:0000/0000/0000\x07")
        terminal.wait_until(lambda: night in terminal.raw, "the dark theme")
        terminal.settle()
        assert "rgb:" not in terminal.text
        terminal.press("Q")
        assert terminal.wait() == 0
        assert b"\x1b[?2031l" in terminal.raw
        assert termios.tcgetattr(terminal.file) == before


def test_what_is_written_in_config_counts_while_one_reads(furnished: Home) -> None:
    config = Path(furnished.run("config", "--path").strip())
    with furnished.open(columns=100, rows=30) as terminal:
        terminal.wait_for("Unread")
        terminal.settle()
        time.sleep(2.5)  # the files are looked at every two seconds, first to know them
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text('[screen]\nmouse = false\ndensity = "compact"\n[reader]\nmeasur = 3\n')
        terminal.wait_for("config.toml, line 5: there is no setting measur. Did you mean measure?")
        assert b"\x1b[?1000l" in terminal.raw
        config.write_text('[screen]\nmouse = true\ndensity = "compact"\n')
        terminal.wait_for("Everything in config.toml is right now. Taken over: Mouse.")
        assert terminal.raw.rindex(b"\x1b[?1000h") > terminal.raw.rindex(b"\x1b[?1000l")
        terminal.press(":settings\r")
        terminal.wait_for("config.toml, line 3")
        terminal.press("\x1b")
        terminal.wait_gone("config.toml, line 3")
        terminal.press("Q")
        assert terminal.wait() == 0
