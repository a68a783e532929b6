"""The worker as a process of its own, over a loopback server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newsreader import __version__, handbook
from newsreader.config import Paths
from newsreader.model import Query, SavedPage, Subscription
from newsreader.store import Store
from newsreader.worker.lock import FileLock
from newsreader.worker.protocol import PROTOCOL
from newsreader.worker.saving import blank
from tests.worker.conftest import page, rss

pytestmark = pytest.mark.slow


class Site:
    """A loopback web server that answers from a table; `slow` holds every answer up."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.slow = threading.Event()
        self.asked = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.set()
                if site.slow.is_set():
                    time.sleep(20)
                body = site.pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


def subscribe(paths: Paths, *urls: str) -> tuple[int, ...]:
    with Store.open(paths.library) as store:
        return store.add_sources([Subscription(url) for url in urls]).ids


class Program:
    """A running worker."""

    def __init__(self, home: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.worker.worker_program", str(home), *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def events(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def until(self, **wanted: Any) -> dict[str, Any]:
        for event in self.events():
            if wanted.items() <= event.items():
                return event
        raise AssertionError(f"the worker ended before {wanted}")

    def ask(self, id_: int, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"id": id_, **request}).encode() + b"\n")
        self.process.stdin.flush()
        for event in self.events():  # those about sources have an id, too: the source's
            if "answer" in event and event["id"] == id_:
                return event
        raise AssertionError(f"the worker ended before it answered {request}")

    def children(self) -> list[int]:
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def start(*arguments: str) -> Program:
        programs.append(Program(tmp_path, *arguments))
        return programs[-1]

    yield start
    for program in programs:
        program.process.kill()
        program.process.communicate()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_one_shot_refreshes_indexes_and_ends(start: Callable[..., Program], site: Site, paths: Paths) -> None:
    site.pages = {"/a": rss("storm", "ferry"), "/b": page()}
    subscribe(paths, site.url + "/a", site.url + "/b")
    with Store.open(paths.library) as store:  # what is kept gets its full text by cron, too
        store.save_pages([SavedPage(blank(site.url + "/b", 1_795_456_800))], "saved a page")
    program = start()
    events = list(program.events())
    assert events[0] == {
        "event": "hello", "program": __version__, "schema": events[0]["schema"], "protocol": PROTOCOL,
    }  # fmt: skip
    assert [event["event"] for event in events[-2:]] == ["readable", "indexed"]
    assert 0 < events[-1]["cpu"] < 30
    assert events[-2]["wall"] <= events[-1]["wall"] < 30
    assert sum(event["event"] == "source" for event in events) == 2
    assert program.process.wait(5) == 0
    with Store.open(paths.library) as store:
        assert store.waiting_for_index() == 0
        assert len(store.listing(Query(text="about")).ids) >= 2
        assert store.counts().all == 3 + len(handbook.feed().articles)
        assert len(store.listing(Query(text="is:bookmarked is:fulltext")).ids) == 1
    assert site.url in paths.mirror.read_text()


def test_the_exit_status_tells_whether_all_failed(start: Callable[..., Program], site: Site, paths: Paths) -> None:
    site.pages = {"/a": rss("storm")}
    good, bad = subscribe(paths, site.url + "/a", site.url + "/none")
    for arguments, status in (((), 0), ((str(bad),), 1), ((str(good),), 0), (("--all",), 0), ((), 0)):
        program = start(*arguments)
        program.process.communicate(timeout=20)
        assert program.process.returncode == status


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("arguments", [(), ("--watch",)])
def test_a_signal_stops_it_within_a_second(
    start: Callable[..., Program], site: Site, paths: Paths, number: signal.Signals, arguments: tuple[str, ...]
) -> None:
    site.slow.set()
    subscribe(paths, site.url + "/a")
    program = start(*arguments)
    program.until(event="refresh")
    assert site.asked.wait(5)
    children = program.children()
    program.process.send_signal(number)
    assert program.process.wait(1.5) == (0 if arguments else 130)
    wait_until(lambda: all(map(gone, children)), 1.0)


def test_the_end_of_requests_stops_it_within_a_second(start: Callable[..., Program], site: Site, paths: Paths) -> None:
    site.slow.set()
    subscribe(paths, site.url + "/a")
    program = start("--watch", "--requests")
    program.until(event="refresh")
    assert site.asked.wait(5)
    assert program.process.stdin is not None
    program.process.stdin.close()
    program.process.stdin = None
    assert program.process.wait(1.5) == 0


def test_requests_are_served_beside_the_schedule(start: Callable[..., Program], site: Site, paths: Paths) -> None:
    site.pages = {"/a": rss("storm").replace(b"http://harbour.test", site.url.encode()), "/storm": page()}
    program = start("--watch", "--requests")
    added = program.ask(1, request="add", address=site.url + "/a", folder=None)
    assert (added["answer"], added["added"]) == ("done", 1)
    with Store.open(paths.library) as store:
        (id_,) = (head.id for head in store.heads(range(50)) if head.source_id == added["source"])
        assert program.ask(2, request="full_text", article=id_)["answer"] == "done"
        assert store.heads([id_])[0].full_text
    failed = program.ask(3, request="add", address=site.url + "/none")
    assert (failed["answer"], "404" in failed["phrase"]) == ("failed", True)


def test_two_workers_share_the_schedule(start: Callable[..., Program], site: Site, paths: Paths) -> None:
    site.pages = {"/a": rss("storm")}
    (id_,) = subscribe(paths, site.url + "/a")
    holder = start("--watch", "--requests")
    holder.until(event="indexed")
    site.pages = {"/a": rss("ferry", "storm")}
    other = start(str(id_))
    other.until(event="indexed")
    assert other.process.wait(5) == 0
    assert holder.until(event="source")["added"] == 1
    lock = FileLock(paths.schedule_lock)
    assert not lock.acquire()
    holder.process.kill()
    holder.process.wait()
    assert lock.acquire()
    lock.release()


READER = """
import asyncio, sys
from pathlib import Path
from newsreader.worker.client import Worker
async def main():
    worker = Worker([sys.executable, "-m", "tests.worker.worker_program", sys.argv[1], "--watch", "--requests"])
    await worker.start()
    asked = asyncio.create_task(worker.request("full_text", article=int(sys.argv[2])))
    await asyncio.sleep(0.5)
    while worker.pid is None or not worker.running:
        await asyncio.sleep(0.01)
    print(worker.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def test_the_worker_of_a_killed_reader_is_gone_within_two_seconds(
    start: Callable[..., Program], site: Site, paths: Paths, tmp_path: Path
) -> None:
    site.pages = {"/a": rss("storm").replace(b"http://harbour.test", site.url.encode())}
    subscribe(paths, site.url + "/a")
    start().process.communicate(timeout=20)
    with Store.open(paths.library) as store:
        article = store.listing(Query(text="storm")).ids[0]
    site.slow.set()  # it dies in the middle of work
    reader = subprocess.Popen([sys.executable, "-c", READER, str(tmp_path), str(article)], stdout=subprocess.PIPE)
    with reader:
        assert reader.stdout is not None
        worker = int(reader.stdout.readline())
        children = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()
        os.kill(reader.pid, signal.SIGKILL)
    wait_until(lambda: gone(worker) and all(gone(int(child)) for child in children), 2.0)


def test_kill_9_loses_nothing(start: Callable[..., Program], site: Site, paths: Paths) -> None:
    names = [f"n{number}" for number in range(300)]
    site.pages = {f"/{feed}": rss(*names) for feed in range(5)}
    subscribe(paths, *(f"{site.url}/{feed}" for feed in range(5)))
    for wait in (0.3, 0.5, 0.7):
        program = start("--all")
        program.until(event="hello")
        time.sleep(wait)
        program.process.kill()
        program.process.wait()
        with Store.open(paths.library) as store:
            assert store.check() == ()
    start("--all").process.communicate(timeout=40)
    with Store.open(paths.library) as store:
        assert store.counts().all == 1_500 + len(handbook.feed().articles)
        assert store.waiting_for_index() == 0


def test_a_library_that_cannot_be_opened_ends_it_in_words(start: Callable[..., Program], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    program = start("--watch", "--requests")
    assert program.until(event="notice")["text"]
    assert program.process.wait(5) != 0
