"""A worker without processes and network: jobs run in this process, addresses are answered by a table."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from newsreader.fetch.fetcher import Fetcher
from newsreader.model import Query, Subscription
from newsreader.store import Store
from newsreader.worker import jobs
from newsreader.worker.children import Children
from newsreader.worker.library import Library
from newsreader.worker.service import Service
from newsreader.worker.tools import Tools, Wishes

NOW = 1_795_456_800

PARAGRAPH = "The harbour pilots counted the ferries again, and again there was one more than the timetable knew of. "


def rss(*articles: str, title: str = "The Harbour Post", extra: str = "") -> bytes:
    """A feed with an article for each name; an article's text is its name."""
    listed = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><link>http://harbour.test/{name}</link>"
        f"<title>{name.title()}</title><description>About {name}.</description></item>"
        for name in articles
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{extra}{listed}</channel></rss>".encode()


def page(text: str = PARAGRAPH * 8, head: str = "") -> bytes:
    """A page with an article in it."""
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(3))
    return f"<html><head><title>A page</title>{head}</head><body><article>{paragraphs}</article></body></html>".encode()


class InlineChildren(Children):
    """Children that run their jobs here and now."""

    def __init__(self) -> None:
        super().__init__(1)
        self.jobs: Counter[str] = Counter()

    async def run(self, job: str, *arguments: object, deadline: float | None = None) -> Any:
        self.jobs[job] += 1
        return getattr(jobs, job)(*arguments)


@dataclass
class Web:
    """What stands at which address, and how often it was asked for. A value may be a function of the request."""

    pages: dict[str, bytes | httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]] = field(
        default_factory=dict
    )
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, request: httpx.Request) -> httpx.Response:
        url = (
            f"{request.url}/"
            if request.url.raw_path == b"/" and not str(request.url).endswith("/")
            else str(request.url)
        )
        self.asked[url] += 1
        found = self.pages.get(url)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, httpx.Response):
            return httpx.Response(found.status_code, headers=found.headers, content=found.content)
        if callable(found):
            return found(request)
        if found is None:
            return httpx.Response(404, content=b"nothing here")
        return httpx.Response(200, content=gzip.compress(found), headers={"Content-Encoding": "gzip"})


@dataclass
class Worker:
    """A worker's parts, put together for a test."""

    service: Service
    web: Web
    children: InlineChildren
    store: Store
    events: list[dict[str, Any]]
    time: list[float]
    wishes: list[Wishes]

    def add(self, *urls: str, folder: str | None = None) -> tuple[int, ...]:
        """Subscribe; the library's own thread is idle between awaits, so the test may use the store directly."""
        return self.store.add_sources([Subscription(url, folder=folder) for url in urls]).ids

    def of(self, event: str) -> list[dict[str, Any]]:
        return [message for message in self.events if message.get("event") == event]

    def titles(self, source_id: int) -> list[str]:
        """The titles of a source, oldest first."""
        heads = self.store.heads(self.store.listing(Query()).ids)
        return [head.title for head in reversed(heads) if head.source_id == source_id]


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
async def worker(tmp_path: Path, web: Web) -> AsyncIterator[Worker]:
    time = [float(NOW)]

    def clock() -> float:
        return time[0]

    store = Store.open(tmp_path / "library.db", clock=clock, window="worker")
    library = Library(store)
    children = InlineChildren()
    events: list[dict[str, Any]] = []
    transport = httpx.MockTransport(web.answer)
    async with Fetcher(clock=clock, transport=transport, routed=lambda: True, host_gap=0.0) as fetcher:
        wishes = [Wishes()]
        tools = Tools(library, fetcher, children, clock, events.append, lambda: wishes[0])
        yield Worker(Service(tools), web, children, store, events, time, wishes)
    await children.close()
    await library.close()
