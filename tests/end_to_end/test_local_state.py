"""The installed program on a bad day of its own computer: a full disk, a broken file, a wrong clock, sudden ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.hostile_documents import item, rss, xml
from tests.end_to_end.kills import Rounds
from tests.end_to_end.terminal import PROGRAM
from tests.hostile_server import HostileServer, Serving

pytestmark = pytest.mark.slow

FEEDS = 6
ARTICLES = 300
FULL_DISK = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Runs a program for which every file ends at a size: Python ignores SIGXFSZ, so the writes fail."""
BOUND_BY_MODES = """
import ctypes, os, sys
if os.geteuid() == 0:
    for capability in (1, 2):  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Runs a program for which the modes of files hold, for root too (on Linux)."""
COMMANDS = (["sources"], ["sources", "--json"], ["list"], ["list", "words"], ["export"], ["fetch"], ["doctor"])


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with Serving(HostileServer()) as running:
        for feed in range(FEEDS):
            running.pages[f"/feed/{feed}"] = _feed(feed, ARTICLES)
        yield running


@pytest.fixture
def home(tmp_path: Path, server: HostileServer) -> Home:
    """A home that is subscribed to six feeds and has fetched none."""
    made = Home(tmp_path, frozen=False)
    rows = "".join(f'<outline type="rss" xmlUrl="{server.url(f"/feed/{feed}")}"/>' for feed in range(FEEDS))
    made.run("import", "-", stdin=f'<opml version="2.0"><head/><body>{rows}</body></opml>')
    return made


def _feed(feed: int, articles: int) -> bytes:
    words = f"<description>{'Some words of it. ' * 60}</description>"
    return xml(rss("".join(item(f"<guid>{n}</guid>{words}", f"F{feed} A{n}") for n in range(articles))))


def _library(home: Home) -> Path:
    return home.folder / "newsreader" / "data" / "library.db"


def _start(home: Home, *arguments: str, before: Sequence[str] = (), **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*before, PROGRAM, *arguments], env={**home.environment, **more}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _words(home: Home, *arguments: str, before: Sequence[str] = (), **more: str) -> tuple[int, str]:
    """Run a command to its end: status and all that it said, which is no traceback."""
    process = _start(home, *arguments, before=before, **more)
    output, errors = process.communicate(timeout=60)
    said = output + errors
    assert "Traceback" not in said, said
    assert "unexpected error" not in said, said
    assert process.returncode in {0, 1, 2}, said
    assert process.returncode == 0 or said.strip(), "a failure has words"
    return process.returncode, said


def _is_sound(home: Home) -> None:
    with closing(sqlite3.connect(_library(home))) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def _titles(home: Home) -> list[str]:
    return [article["title"] for article in home.json("list") if article["title"].startswith("F")]


def _is_whole(home: Home) -> None:
    titles = _titles(home)
    assert len(titles) == len(set(titles)) == FEEDS * ARTICLES


def test_a_full_disk_stops_a_fetch_in_words_and_the_next_one_goes_on(home: Home) -> None:
    size = _library(home).stat().st_size
    outcomes = set()
    for extra in (-1, 0, 1, 4, 12, 40):
        full = (sys.executable, "-c", FULL_DISK, str(size + extra * 50_000))
        status, said = _words(home, "fetch", "--all", before=full)
        outcomes.add((status, "disk" in said))
        for command in COMMANDS:
            _words(home, *command, before=full)
        assert len(home.json("sources")) == FEEDS + 1
        _is_sound(home)
    assert any(full and status for status, full in outcomes)
    home.run("fetch", "--all")
    _is_whole(home)


def test_a_home_that_takes_no_writes_can_be_read(home: Home) -> None:
    home.run("fetch", "--all")
    place = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(home.folder, place, dirs_exist_ok=True)
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        frozen = Home(place, frozen=False)

        bound = (sys.executable, "-c", BOUND_BY_MODES)
        for command in COMMANDS:
            status, said = _words(frozen, *command, before=bound)
            assert status == 0 or "read-only" in said or "reading only" in said or "written" in said, said
        status, said = _words(frozen, "list", "--json", before=bound)
        assert status == 0
        id_ = str(json.JSONDecoder().raw_decode(said)[0][0]["id"])
        assert _words(frozen, "read", id_, before=bound)[0] == 0
        for command in (["mark-read", id_], ["bookmark", id_], ["add", "http://127.0.0.1:1/"], ["remove", "2"]):
            status, said = _words(frozen, *command, before=bound)
            assert status, said
        empty = Home(place / "nothing", frozen=False)
        for command in COMMANDS:
            _words(empty, *command, before=bound)
    finally:
        for path in (place, *place.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(place)


def _make_folder(path: Path) -> None:
    path.mkdir()


def _make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript("PRAGMA application_id = 1; CREATE TABLE moz_places (id INTEGER);")


def _make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 9999")


@pytest.mark.parametrize(
    ("make", "keeps_subscriptions", "words"),
    [
        (_make_folder, False, "is a folder"),
        (_make_foreign, False, "another program"),
        (_make_newer, True, "newer newsreader"),
        (lambda path: path.write_bytes(b""), True, ""),
        (lambda path: path.write_bytes(b"not a library " * 1_000), True, "damaged"),
        (lambda path: path.write_bytes(bytes(100_000)), True, "damaged"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + os.urandom(50_000)), True, "damaged"),
    ],
    ids=["folder", "foreign", "newer", "empty", "text", "zeros", "noise"],
)
def test_whatever_stands_where_the_library_should(
    home: Home, make: Callable[[Path], object], keeps_subscriptions: bool, words: str
) -> None:
    home.run("fetch", "--all")
    library = _library(home)
    if make is not _make_newer:
        for path in filter(Path.is_file, library.parent.iterdir()):
            path.unlink()
    make(library)
    before = library.read_bytes() if library.is_file() and not keeps_subscriptions else None
    said = [_words(home, *command) for command in ([["fetch"], *COMMANDS] if keeps_subscriptions else COMMANDS)]
    assert not words or any(words in text for _, text in said), said
    if keeps_subscriptions:
        assert len(home.json("sources")) == FEEDS + 1
    else:
        assert [status for status, _ in said if not status] == [], "nothing succeeds without a library"
        assert before is None or library.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"[screen\n", b"[scren]\nx = 1\n", b"\xff\xfe\0", b"screen = 7\n", b"[keys]\nquit = 5\n" * 2, b"a = 1\x1b[2J"],
)
def test_a_broken_config_costs_nothing_but_a_sentence(home: Home, content: bytes) -> None:
    file = Path(home.run("config", "--path").strip())
    file.write_bytes(content)
    for command in COMMANDS[:-1]:
        assert _words(home, *command)[0] == 0
    status, said = _words(home, "doctor")
    assert status == 1
    assert "config.toml" in said
    assert "\x1b" not in said
    assert file.read_bytes() == content


def test_a_clock_that_was_wrong(home: Home, server: HostileServer) -> None:
    right = int(time.time())
    for year, now in (("future", right + 50 * 365 * 86_400), ("past", 100_000_000), ("right", right)):
        assert _words(home, "fetch", NEWSREADER_NOW=str(now))[0] == 0, year
        assert len(server.requests) == FEEDS, "a source that was asked in the future is due"
        server.requests.clear()
        for command in COMMANDS[:-1]:
            assert _words(home, *command, NEWSREADER_NOW=str(now))[0] == 0, (year, command)
        status, said = _words(home, "doctor", NEWSREADER_NOW=str(now))
        assert (status == 1) == ("The clock of this computer says" in said) == (year != "right"), said
        server.requests.clear()
    _is_whole(home)


def test_two_fetches_at_once_share_the_work(home: Home, server: HostileServer) -> None:
    both = [_start(home, "fetch", "--all", "--events") for _ in range(2)]
    for process in both:
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        events = [json.loads(line) for line in output.splitlines()]
        assert {event["id"] for event in events if event["event"] == "source"} == set(range(2, FEEDS + 2))
        assert events[-1]["event"] == "indexed"
    _is_whole(home)


def test_who_waits_for_a_fetch_that_is_killed_does_the_rest(home: Home) -> None:
    first = _start(home, "fetch", "--all", "--events")
    assert first.stdout is not None
    first.stdout.readline()  # it has begun, and keeps the schedule
    others = [_start(home, "fetch", "--all", "--events") for _ in range(2)]
    for line in first.stdout:
        if json.loads(line)["event"] == "source":
            break
    first.kill()
    first.communicate()
    for process in others:
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        told = [event for event in map(json.loads, output.splitlines()) if event["event"] == "source"]
        assert {event["id"] for event in told} == set(range(2, FEEDS + 2))
        assert [event for event in told if event["error"]] == []
    _is_sound(home)
    _is_whole(home)


def test_sigterm_ends_a_fetch_within_a_second(home: Home, server: HostileServer) -> None:
    server.pages["/feed/0"] = "/drip-body"
    process = _start(home, "fetch", "--all", "--events")
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "source":
            break
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=10)
    assert time.monotonic() - begun < 1.5
    assert (process.returncode, errors) == (130, "")
    _is_sound(home)
    server.pages["/feed/0"] = _feed(0, ARTICLES)
    home.run("fetch", "--all")
    _is_whole(home)


@pytest.mark.timeout(240)
def test_kill_9_at_any_moment_loses_nothing(tmp_path: Path, server: HostileServer) -> None:
    killing = Rounds(Home(tmp_path, frozen=False), server, feeds=12)
    killing.begin()
    for _ in range(20):
        killing.kill_one()
    killing.end()
