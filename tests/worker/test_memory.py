from __future__ import annotations

import ctypes
import gc
import gzip
import random
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from newsreader.model import Query
from newsreader.store.memory import give_back
from tests.worker.conftest import Worker, rss

URL, MEGABYTE = "http://harbour.test/feed", 2**20


@contextmanager
def nothing_stays() -> Iterator[None]:
    """What is done in here leaves less than a megabyte behind, also before Python looks for circles."""
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        yield
        assert tracemalloc.get_traced_memory()[0] - before < MEGABYTE
    finally:
        tracemalloc.stop()
        gc.enable()


def resident() -> int:
    """Bytes of memory that this process holds, where /proc tells it."""
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) * 1024 if status.exists() else 0


def test_memory_of_what_is_gone_is_given_back() -> None:
    parts = [bytes(60_000) for _ in range(1_000)]
    last = parts.pop()  # it keeps what lies before it from being given back by itself
    parts.clear()
    before = resident()
    give_back()
    assert resident() <= before
    if before and hasattr(ctypes.CDLL(None), "malloc_trim"):
        assert resident() < before - 30_000_000
    assert len(last) == 60_000


def cut_off(request: httpx.Request) -> httpx.Response:
    packed = gzip.compress(random.Random(1).randbytes(MEGABYTE))[:-20]
    return httpx.Response(200, stream=httpx.ByteStream(packed), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("served", [b"no feed at all " * 70_000, cut_off], ids=["no feed", "cut off"])
async def test_a_document_that_was_of_no_use_is_let_go(
    worker: Worker, served: bytes | Callable[[httpx.Request], httpx.Response]
) -> None:
    (id_,) = worker.add(URL)
    worker.web.pages[URL] = served
    await worker.service.refresh([id_])
    with nothing_stays():
        for _ in range(5):
            outcome = await worker.service.refresh([id_])
            assert outcome.failed == 1
            del outcome


async def test_a_page_that_was_of_no_use_is_let_go(worker: Worker) -> None:
    worker.web.pages |= {URL: rss("storm"), "http://harbour.test/storm": b"<p>Too short.</p>" + b" " * MEGABYTE}
    worker.add(URL)
    await worker.service.refresh()
    (article_id,) = worker.store.listing(Query()).ids

    await worker.service.articles.fetch_quietly([article_id])
    with nothing_stays():
        for _ in range(5):
            await worker.service.articles.fetch_quietly([article_id])
    article = worker.store.article(article_id)
    assert article is not None
    assert article.full_text_error is not None
