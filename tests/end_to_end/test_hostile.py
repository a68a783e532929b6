"""The installed program against a web that is broken, odd or hostile: every case fresh, and over an old cache.

One home holds two sources a case. First those of the old cache fetch a good feed; then every server turns to what its
case is, and the others come along; at last all are well again. One run of the program does each step.
"""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Self

import pytest

from newsreader.bounds import MAX_NEW
from tests.end_to_end.hostile_case import Case
from tests.end_to_end.hostile_cases import CASES
from tests.end_to_end.hostile_documents import item, rss
from tests.end_to_end.terminal import PROGRAM, environment
from tests.hostile_server import ETAG, LAST_MODIFIED, HostileServer, Serving, answer, redirect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

OLD = ("Old one", "Old two")
WELL = "Well again"
HEADERS = (b'ETag: "old"', b"Last-Modified: Mon, 23 Nov 2026 07:00:00 GMT", b"Content-Type: text/xml")
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
PAGE = answer(b"<!DOCTYPE html><html><body>x")
PAGES = re.compile("web page|login|captcha")  # what a page is said to be; to a person who adds it, it leads on
BY_NAME = {case.name: case for case in CASES}


@dataclass
class Run:
    """What the program said and left behind in the three steps, and what it needed for the second."""

    home: Path
    addresses: dict[str, str] = field(default_factory=dict)  # "fresh/NAME" or "old/NAME" -> the address subscribed to
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    articles: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    mended: dict[str, dict[str, Any]] = field(default_factory=dict)
    mended_articles: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0

    def program(self, *arguments: str, stdin: str = "") -> str:
        """Run a command; what it writes must be free of tracebacks, and is kept."""
        with Weighing() as weighing:
            done = subprocess.Popen(
                [PROGRAM, *arguments], env=environment(self.home), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
            weighing.pid = done.pid
            output, errors = done.communicate(stdin, timeout=120)
        self.memory = max(self.memory, weighing.most)
        self.outputs += [output, errors]
        assert "Traceback" not in errors, errors
        assert done.returncode in {0, 1}, (arguments, errors)
        return output

    def look(self) -> tuple[dict[str, dict[str, Any]], dict[str, list[dict[str, Any]]]]:
        """Sources and articles by the name of their case; ids are the order of the import."""
        names = list(self.addresses)
        feeds = sorted(
            (s for s in json.loads(self.program("sources", "--json")) if s["kind"] == "feed"), key=lambda s: s["id"]
        )
        sources = dict(zip(names, feeds, strict=False))
        name_of = {source["id"]: name for name, source in sources.items()}
        articles: dict[str, list[dict[str, Any]]] = {name: [] for name in sources}
        for article in json.loads(self.program("list", "--json")):
            if article["source"]["id"] in name_of:
                articles[name_of[article["source"]["id"]]].append(article)
        return sources, articles


class Weighing:
    """Measures the memory of a process and its children, where /proc tells it; bytes.

    Of pages that they share (the programs, what a fork left) each counts its part, so that none counts twice.
    """

    def __init__(self) -> None:
        self.pid = 0
        self.most = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _weigh(self) -> None:
        while not self._end.wait(0.1):
            pids, weight = [self.pid] if self.pid else [], 0
            for pid in pids:
                with suppress(OSError, ValueError, IndexError):
                    task = Path(f"/proc/{pid}/task/{pid}")
                    pids += map(int, (task / "children").read_text().split())
                    share = Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1]
                    weight += int(share.split()[0]) * 1024
            self.most = max(self.most, weight)


def _hosts(wanted: int) -> list[str]:
    """Addresses of this machine that a server can have; elsewhere than on Linux it is one."""
    hosts = []
    for number in range(1, wanted + 1):
        with suppress(OSError), socket.socket() as probe:
            probe.bind((f"127.0.0.{number}", 0))
            hosts.append(f"127.0.0.{number}")
    return hosts


def _well(*titles: str) -> bytes:
    items = "".join(
        item(f"<guid>{title}</guid><description>Words of {title}.</description>", title) for title in titles
    )
    return answer(rss(items).encode(), b"200 OK", *HEADERS)


def _opml(addresses: list[str]) -> str:
    rows = "".join(f'<outline type="rss" text="" xmlUrl="{escape(address)}"/>' for address in addresses)
    return f'<opml version="2.0"><head/><body>{rows}</body></opml>'


def _serve(server: HostileServer, kind: str, ill: bool) -> None:
    for case in CASES:
        server.pages[f"/{kind}/{case.name}"] = case.served if ill else _well(*OLD, WELL)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    result = Run(tmp_path_factory.mktemp("hostile"))
    hosts = _hosts(16)
    with Serving(HostileServer(hosts)) as server:

        def subscribe(kind: str) -> None:
            for number, case in enumerate(sorted(CASES, key=lambda case: not case.slow)):
                host = hosts[(2 * number + (kind == "old")) % len(hosts)]
                result.addresses[f"{kind}/{case.name}"] = server.url(f"/{kind}/{case.name}", host=host)
            file = result.home / f"{kind}.opml"
            file.write_text(_opml([url for name, url in result.addresses.items() if name.startswith(kind)]))
            result.program("import", str(file))

        for case in CASES:
            server.pages[f"/old/{case.name}"] = _well(*OLD)
        subscribe("old")
        result.program("fetch", "--all", "--events")
        _, before = result.look()
        assert all({article["title"] for article in found} == set(OLD) for found in before.values())

        _serve(server, "old", ill=True)
        _serve(server, "fresh", ill=True)
        server.pages |= {"/page": PAGE, "/a%20feed": answer()}
        server.pages |= {f"/{kind}/to-query?x=1": answer() for kind in ("old", "fresh")}
        subscribe("fresh")
        begun = time.monotonic()
        said = result.program("fetch", "--all", "--events")
        result.seconds = time.monotonic() - begun
        result.events = [json.loads(line) for line in said.splitlines()]
        result.sources, result.articles = result.look()
        for command in ("sources", "list", "export", "doctor", "doctor --sources", "doctor --sources --json"):
            result.program(*command.split())
        result.program("list", "the", "--json")

        _serve(server, "old", ill=False)
        _serve(server, "fresh", ill=False)
        for page in ("/feed", "/circle"):  # where permanent redirects have led
            server.pages[page] = _well(*OLD, WELL)
        result.program("fetch", "--all")
        result.program(
            "fetch", *(address for name, address in result.addresses.items() if name.endswith("/status-410"))
        )
        result.mended, result.mended_articles = result.look()
        yield result


def _titles(articles: list[dict[str, Any]]) -> list[str]:
    return sorted(article["title"] for article in articles)


def _check(case: Case, source: dict[str, Any], articles: list[dict[str, Any]]) -> None:
    if case.error:
        assert source["error"] is not None, articles[:3]
        assert re.search(case.error, source["error"]), source["error"]
    else:
        assert source["error"] is None
    assert len(articles) == case.expected
    if case.titles is not None:
        assert _titles(articles) == sorted(case.titles)
    for name, value in case.facts.items():
        assert articles[0][name] == value, name


def _unescaped(text: str) -> str:
    """One JSON value, or one a line, as it is meant; line breaks in texts are allowed."""
    whole = text.startswith("[")
    values = [json.loads(text)] if whole else [json.loads(line) for line in text.splitlines()]
    return "".join(_strings(values))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _kept(library: Path) -> list[str]:
    """Every text in the library."""
    with closing(sqlite3.connect(library)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")]
        return [
            value
            for table in tables
            if not table.startswith("search")
            for row in raw.execute(f"SELECT * FROM {table}")
            for value in row
            if isinstance(value, str)
        ]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_new_source_has_what_there_is_or_says_why_not(run: Run, name: str) -> None:
    case = BY_NAME[name]
    _check(case, run.sources[f"fresh/{name}"], run.articles[f"fresh/{name}"])


@pytest.mark.parametrize("name", BY_NAME)
def test_an_old_source_keeps_what_it_had(run: Run, name: str) -> None:
    case = BY_NAME[name]
    source, articles = run.sources[f"old/{name}"], run.articles[f"old/{name}"]
    assert [title for title in OLD if title not in _titles(articles)] == []
    assert source["last_success"] is not None
    others = [article for article in articles if article["title"] not in OLD]
    if case.expected > MAX_NEW:  # a source that has articles takes no more than these at once
        assert len(others) == MAX_NEW
        return
    _check(case, source, others)


@pytest.mark.parametrize("name", [f"{kind}/{name}" for kind in ("fresh", "old") for name in BY_NAME])
def test_a_source_recovers_when_its_server_does(run: Run, name: str) -> None:
    assert run.mended[name]["error"] is None
    titles = _titles(run.mended_articles[name])
    assert [title for title in (*OLD, WELL) if title not in titles] == []
    assert [article["id"] for article in run.articles[name] if article["title"] not in titles] == []


def test_the_whole_run_is_bounded(run: Run) -> None:
    print(f"{run.seconds:.1f} s, {run.memory / 2**20:.0f} MB")
    assert run.seconds < 60
    assert run.memory < 600 * 1024 * 1024
    kinds = [event["event"] for event in run.events]
    assert kinds.count("source") == len(run.addresses) == 2 * len(CASES)
    assert [kind for kind in kinds if kind != "offer"][-1] == "indexed"  # lost feeds are looked for at the very end


def test_no_control_character_leaves_the_program(run: Run) -> None:
    texts = [*run.outputs, *(path.read_text("utf-8") for path in run.home.rglob("*.log"))]
    texts += [path.read_text("utf-8") for path in run.home.rglob("*.opml")]
    # JSON hides them behind backslashes: what counts is what a program reads from it.
    texts += [_unescaped(text) for text in run.outputs if text[:1] in {"[", "{"}]
    texts += _kept(run.home / "newsreader" / "data" / "library.db")
    for text in texts:
        found = CONTROL.search(text)
        assert found is None, ascii(text[max(0, found.start() - 80) : found.end() + 20])
    log = "".join(path.read_text("utf-8") for path in run.home.rglob("*.log"))
    assert "Traceback" not in log


@pytest.mark.parametrize(
    "name", [case.name for case in CASES if case.text or case.absent or ("escapes" in case.name and not case.error)]
)
def test_an_article_is_read_as_it_is_meant(run: Run, name: str) -> None:
    case = BY_NAME[name]
    id_ = run.articles[f"fresh/{name}"][0]["id"]
    article = json.loads(run.program("read", str(id_), "--json"))
    assert case.text in article["text"]
    assert not case.absent or case.absent not in article["text"] + article["html"]
    said = (
        json.dumps(article, ensure_ascii=False)
        + run.program("read", str(id_))
        + run.program("read", str(id_), "--markdown")
    )
    assert CONTROL.search(said) is None


def test_moves_for_good_are_remembered_and_unchanged_feeds_cost_little(tmp_path: Path) -> None:
    run = Run(tmp_path)
    paths = ("/moved-twice", "/moved-then-found", "/conditional", "/conditional-date", "/no-length", "/dead-end")
    with Serving(HostileServer()) as server:
        server.pages["/dead-end"] = redirect(b"/nowhere", b"301 Moved Permanently")
        run.program("import", "-", stdin=_opml([server.url(path) for path in paths]))
        run.program("fetch", "--all")
        server.requests.clear()
        said = run.program("fetch", "--all", "--events")
        added = [event["added"] for event in map(json.loads, said.splitlines()) if event["event"] == "source"]
        assert added == [0] * len(paths)
        urls = {source["url"] for source in json.loads(run.program("sources", "--json")) if source["kind"] == "feed"}
        assert urls == {server.url(path) for path in ("/feed", *paths[1:])}
        asked = {request.path: request.headers for request in server.requests}
        assert "/moved-twice" not in asked
        assert asked["/conditional"]["if-none-match"] == ETAG
        assert asked["/conditional-date"]["if-modified-since"] == LAST_MODIFIED
        assert server.url("/feed") in run.program("export")


def test_adding_takes_what_is_a_feed_and_says_of_the_rest_what_it_is(tmp_path: Path) -> None:
    run = Run(tmp_path)
    # Not those that need seconds of a child each: a refresh has met them.
    cases = [case for case in CASES if not case.slow and (isinstance(case.served, str) or len(case.served) < 50_000)]
    with Serving(HostileServer()) as server:
        server.pages |= {f"/{number}": case.served for number, case in enumerate(cases)}
        server.pages |= {f"/{number}?x=1": answer() for number in range(len(cases))} | {"/a%20feed": answer()}
        server.pages["/page"] = PAGE
        addresses = {case.name: server.url(f"/{number}") for number, case in enumerate(cases)}
        run.program("add", *addresses.values())
    said = "".join(run.outputs)
    assert CONTROL.search(said) is None
    assert "mistake of this program" not in said
    for case in cases:
        if PAGES.search(case.error or "") is None:
            assert (f"{addresses[case.name]}: " in said) == bool(case.error), case.name
    for source in json.loads(run.program("sources", "--json")):
        assert source["error"] is None
