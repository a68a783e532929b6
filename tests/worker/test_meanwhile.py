"""What becomes of a source that is changed while it is being asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from newsreader.model import SourceSettings
from tests.worker.conftest import rss

if TYPE_CHECKING:
    from tests.worker.conftest import Worker

URL = "http://harbour.test/feed"
MOVED = "http://harbour.test/new"


@pytest.mark.parametrize("status", [200, 304, 500])
async def test_what_an_address_answers_after_it_was_changed_says_nothing_of_the_new_one(
    worker: Worker, status: int
) -> None:
    (id_,) = worker.add(URL)
    seen: list[httpx.Headers] = []
    worker.web.pages[URL] = httpx.Response(200, content=rss("storm"), headers={"ETag": '"0"'})
    await worker.service.refresh([id_])

    def late(request: httpx.Request) -> httpx.Response:
        worker.store.update_source(id_, url=MOVED)
        return httpx.Response(status, content=rss("ferry"), headers={"ETag": '"1"'})

    def new(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, content=rss("storm", "gale"), headers={"ETag": '"2"'})

    worker.web.pages |= {URL: late, MOVED: new}
    await worker.service.refresh([id_])
    (state,) = await worker.service.refresher.due()
    assert (state.url, state.etag, state.error) == (MOVED, None, None)
    await worker.service.refresh()
    assert ["if-none-match" in headers for headers in seen] == [False]
    assert "Gale" in worker.titles(id_)


async def test_a_failure_that_came_too_late_does_not_put_off_new_settings(worker: Worker) -> None:
    (id_,) = worker.add(URL)

    def late(request: httpx.Request) -> httpx.Response:
        worker.store.set_source(id_, settings=SourceSettings(user_agent="Another"))
        return httpx.Response(403)

    worker.web.pages[URL] = late
    await worker.service.refresh([id_])
    worker.web.pages[URL] = rss("storm")
    await worker.service.refresh()
    assert worker.titles(id_) == ["Storm"]


async def test_a_permanent_redirect_is_no_change_by_the_person(worker: Worker) -> None:
    (id_,) = worker.add(URL)
    worker.web.pages[URL] = httpx.Response(301, headers={"Location": MOVED})
    worker.web.pages[MOVED] = httpx.Response(200, content=rss("storm"), headers={"ETag": '"1"'})
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert (state.url, state.etag) == (MOVED, '"1"')
    assert await worker.service.refresher.due() == ()


async def test_the_new_address_does_not_wait_for_the_old_one(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    (id_,) = worker.add(URL)
    asked, go = asyncio.Event(), asyncio.Event()
    real = worker.service.tools.fetcher.get

    async def slow(url: str, **how: Any) -> object:
        if url == URL:
            asked.set()
            await go.wait()
        return await real(url, **how)

    monkeypatch.setattr(worker.service.tools.fetcher, "get", slow)
    worker.web.pages[MOVED] = rss("gale")
    old = asyncio.create_task(worker.service.refresh([id_]))
    await asked.wait()
    worker.store.update_source(id_, url=MOVED)
    await worker.service.refresh([id_])
    assert worker.titles(id_) == ["Gale"]
    go.set()
    await old
    (state,) = worker.store.fetch_states([id_])
    assert state.error is None
