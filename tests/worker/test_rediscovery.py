"""Lost feeds: looked for where their site is, offered, never changed in silence."""

from __future__ import annotations

import errno

import httpx
import pytest

from tests.worker.conftest import NOW, Worker, page, rss

SITE = "http://harbour.test/"
URL = SITE + "feed"
THERE = SITE + "news.xml"
LINK = '<link rel="alternate" type="application/rss+xml" href="/news.xml">'
DAY = 86_400


async def lose(worker: Worker, what: bytes | httpx.Response) -> int:
    """A source in good order, whose feed then moved without a word: something else stands at its address."""
    worker.web.pages[URL] = rss("storm", extra=f"<link>{SITE}</link>")
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    worker.web.pages |= {URL: what, SITE: page(head=LINK), THERE: rss("storm", "ferry")}
    worker.time[0] += DAY
    await worker.service.refresh()
    return id_


async def test_a_page_in_its_place_is_looked_through_at_once(worker: Worker) -> None:
    id_ = await lose(worker, page())
    assert worker.service.rediscovery.waiting
    await worker.service.rediscovery.look()
    (state,) = worker.store.fetch_states([id_])
    assert (state.url, state.offer) == (URL, THERE)
    about = "The Harbour Post, latest “Storm”"
    told = {"event": "offer", "id": id_, "title": "The Harbour Post", "offer": THERE, "about": about}
    assert worker.of("offer") == [told]
    assert state.offer_about == about
    worker.store.take_offer(id_)
    await worker.service.refresh()
    assert worker.titles(id_) == ["Storm", "Ferry"]
    source = worker.store.source(id_)
    assert source is not None
    assert (source.error, source.offer) == (None, None)


async def test_an_address_that_is_missing_twice_is_lost(worker: Worker) -> None:
    id_ = await lose(worker, httpx.Response(404))
    assert not worker.service.rediscovery.waiting
    worker.time[0] += DAY
    await worker.service.refresh()
    await worker.service.rediscovery.look()
    assert worker.store.fetch_states([id_])[0].offer == THERE


@pytest.mark.parametrize("status", [403, 500, 503])
async def test_other_failures_are_not_lost(worker: Worker, status: int) -> None:
    await lose(worker, httpx.Response(status))
    worker.time[0] += 2 * DAY
    await worker.service.refresh()
    assert not worker.service.rediscovery.waiting


async def test_it_is_looked_for_once_a_day(worker: Worker) -> None:
    id_ = await lose(worker, page())
    worker.web.pages[THERE] = httpx.Response(404)
    await worker.service.rediscovery.look()
    assert worker.store.fetch_states([id_])[0].looked_at == NOW + DAY
    asked = worker.web.asked[THERE]
    for _ in range(3):
        await worker.service.refresh([id_])
        await worker.service.rediscovery.look()
    assert worker.web.asked[THERE] == asked
    assert worker.of("offer") == []
    worker.time[0] += DAY
    worker.web.pages[THERE] = rss("storm")
    await worker.service.refresh([id_])
    await worker.service.rediscovery.look()
    assert worker.store.fetch_states([id_])[0].offer == THERE
    await worker.service.refresh([id_])
    assert not worker.service.rediscovery.waiting, "what is offered is not looked for again"
    assert worker.store.fetch_states([id_])[0].offer == THERE


async def test_a_feed_that_is_a_source_already_is_not_offered(worker: Worker) -> None:
    id_ = await lose(worker, page())
    worker.add(THERE)
    await worker.service.rediscovery.look()
    assert worker.store.fetch_states([id_])[0].offer is None


async def test_what_has_nothing_of_it_is_not_offered(worker: Worker) -> None:
    id_ = await lose(worker, page())
    stranger = "https://stranger.test/feed"
    worker.web.pages[SITE] = page(head=f'<link rel="alternate" type="application/rss+xml" href="{stranger}">')
    worker.web.pages[stranger] = rss("cats", title="Cats")
    del worker.web.pages[THERE]
    await worker.service.rediscovery.look()
    assert worker.web.asked[stranger] == 1
    assert worker.store.fetch_states([id_])[0].offer is None


async def test_articles_of_it_are_found_again_at_another_host_and_by_another_name(worker: Worker) -> None:
    id_ = await lose(worker, page())
    moved = "https://ines.test/feed"
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{url}">' for url in ("/news.xml", moved))
    worker.web.pages |= {SITE: page(head=links), THERE: rss("cats", title="Cats"), moved: rss("storm", title="Ines")}
    await worker.service.rediscovery.look()
    state = worker.store.fetch_states([id_])[0]
    assert (state.offer, state.offer_about) == (moved, "Ines, latest “Storm”")


async def test_an_offer_ends_when_the_feed_is_back(worker: Worker) -> None:
    id_ = await lose(worker, page())
    await worker.service.rediscovery.look()
    worker.web.pages[URL] = rss("storm", "gale")
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert (state.offer, state.looked_at, state.error) == (None, None, None)


async def test_without_a_network_it_waits(worker: Worker) -> None:
    id_ = await lose(worker, page())
    error = httpx.ConnectError("unreachable")
    error.__cause__ = OSError(errno.ENETUNREACH, "Network is unreachable")
    worker.web.pages |= dict.fromkeys((URL, SITE, THERE), error)
    worker.time[0] += DAY
    await worker.service.rediscovery.look()
    assert worker.store.fetch_states([id_])[0].looked_at is None
    assert not worker.service.rediscovery.waiting


async def test_who_was_removed_meanwhile_is_not_looked_for(worker: Worker) -> None:
    id_ = await lose(worker, page())
    worker.store.remove_sources([id_])
    await worker.service.rediscovery.look()
    assert worker.web.asked[THERE] == 0
