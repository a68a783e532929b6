"""What a visit keeps of a source: its settings sent, its hints, its notes, how regular it is, where it moved."""

from __future__ import annotations

import httpx
import pytest

from newsreader.bounds import NEVER
from newsreader.model import SourceSettings
from newsreader.text import iso_utc
from tests.worker.conftest import NOW, Worker, page, rss

URL = "http://harbour.test/feed"
THERE = "http://harbour.test/new"
DAY = 86_400


def weekly(count: int, *, newest: int) -> bytes:
    """A feed with an article a week, the newest so many days ago."""
    items = "".join(
        f"<entry><id>{n}</id><title>Week {n}</title><updated>{iso_utc(NOW - (newest + 7 * n) * DAY)}</updated></entry>"
        for n in range(count)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Weekly</title>{items}</feed>".encode()


def moved(status: int, where: str = THERE) -> httpx.Response:
    return httpx.Response(status, headers={"Location": where})


async def test_the_settings_of_a_source_go_with_its_requests(worker: Worker) -> None:
    (id_,) = worker.add(URL)
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, content=rss("storm"))

    worker.web.pages[URL] = answer
    worker.store.set_source(id_, settings=SourceSettings(user_agent="Other/1", headers=(("X-Word", "open"),)))
    await worker.service.refresh()
    assert (seen[0]["user-agent"], seen[0]["x-word"]) == ("Other/1", "open")


async def test_what_a_feed_says_of_asking_it_is_kept_over_answers_without_a_body(worker: Worker) -> None:
    hints = "<ttl>300</ttl><skipHours><hour>22</hour><hour>23</hour></skipHours><skipDays><day>Tuesday</day></skipDays>"
    worker.web.pages[URL] = rss("storm", extra=hints)
    (id_,) = worker.add(URL)
    for _ in range(2):
        await worker.service.refresh([id_])
        (state,) = worker.store.fetch_states([id_])
        assert (state.ttl, state.skip_hours, state.skip_days) == (300 * 60, frozenset({22, 23}), frozenset({1}))
        assert state.next_due is not None
        assert state.next_due >= NOW + 30 * 3_600, "22 and 23 o'clock and the whole of Tuesday are skipped"
        assert state.status == 200


async def test_who_used_to_post_and_fell_silent_is_noticed(worker: Worker) -> None:
    worker.web.pages[URL] = weekly(8, newest=94)
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    (state,) = worker.store.fetch_states([id_])
    assert (state.newest, state.gap) == (NOW - 94 * DAY, 7 * DAY)
    health = worker.store.health(id_)
    assert health is not None
    assert health.reason == "It used to post weekly, silent for 94 days."


@pytest.mark.parametrize("feed", [weekly(4, newest=94), rss(*"abcdefgh")])
async def test_few_articles_or_none_with_a_date_are_never_silent(worker: Worker, feed: bytes) -> None:
    worker.web.pages[URL] = feed
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    worker.time[0] += 400 * DAY
    await worker.service.refresh()
    source = worker.store.source(id_)
    assert source is not None
    assert source.silent_since is None


async def test_silence_of_what_an_older_program_fetched_is_noticed_by_a_304(worker: Worker) -> None:
    worker.web.pages[URL] = weekly(8, newest=94)
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    worker.store.record(worker.store.fetch_states([id_])[0]._replace(newest=None, gap=None))
    await worker.service.refresh([id_])
    source = worker.store.source(id_)
    assert source is not None
    assert source.silent_since == NOW - 94 * DAY


async def test_what_was_repaired_or_left_out_is_a_note_and_no_error(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm").replace(b"</rss>", b"<item><title>cut")
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    (state,) = worker.store.fetch_states([id_])
    assert state.error is None
    assert state.problem
    health = worker.store.health(id_)
    assert health is not None
    assert health.reason == state.problem
    worker.web.pages[URL] = rss("storm", "ferry")
    await worker.service.refresh([id_])
    assert worker.store.fetch_states([id_])[0].problem is None


async def test_a_chain_of_permanent_redirects_is_remembered(worker: Worker) -> None:
    between = "http://harbour.test/between"
    worker.web.pages |= {URL: moved(301, between), between: moved(308), THERE: rss("storm")}
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    (state,) = worker.store.fetch_states([id_])
    assert (state.url, state.error, state.status) == (THERE, None, 200)
    await worker.service.refresh([id_])
    assert (worker.web.asked[URL], worker.web.asked[THERE]) == (1, 2)


@pytest.mark.parametrize("first", [302, 307])
async def test_a_temporary_redirect_in_the_chain_prevents_it(worker: Worker, first: int) -> None:
    between = "http://harbour.test/between"
    worker.web.pages |= {URL: moved(first, between), between: moved(301), THERE: rss("storm")}
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    assert worker.store.fetch_states([id_])[0].url == URL


async def test_an_unchanged_body_at_a_new_address_is_a_move_too(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm")
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    worker.web.pages |= {URL: moved(301), THERE: rss("storm")}
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert state.url == THERE
    assert state.next_due is not None
    assert state.next_due > NOW


async def test_a_move_to_the_address_of_another_source_is_said(worker: Worker) -> None:
    worker.web.pages |= {URL: moved(301), THERE: rss("storm")}
    id_, _ = worker.add(URL, THERE)
    await worker.service.refresh()
    (state,) = worker.store.fetch_states([id_])
    assert (state.url, state.error) == (URL, None)
    assert state.problem is not None
    assert "moved to http://harbour.test/new" in state.problem
    assert "has this address already" in state.problem


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        (URL, SourceSettings(headers=(("X-Word", "open"),))),
        (URL, SourceSettings(user="ada")),
        ("http://ada:pw@harbour.test/feed", SourceSettings()),
    ],
)
async def test_who_has_secrets_moves_to_another_origin_by_hand_only(
    worker: Worker, address: str, settings: SourceSettings
) -> None:
    elsewhere = "http://elsewhere.test/feed"
    seen: list[httpx.Headers] = []

    def there(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        if "if-none-match" in request.headers:
            return httpx.Response(304)
        return httpx.Response(200, content=rss("storm"), headers={"ETag": '"a"'})

    worker.web.pages |= {URL: moved(301, elsewhere), elsewhere: there}
    (id_,) = worker.add(address)
    worker.store.set_source(id_, settings=settings)
    for _ in range(2):
        await worker.service.refresh([id_])
        (state,) = worker.store.fetch_states([id_])
        assert (state.url, state.offer, state.error) == (address, elsewhere, None)
        health = worker.store.health(id_)
        assert health is not None
        assert "It moved to http://elsewhere.test/feed" in (health.reason or "")
    worker.store.take_offer(id_)
    await worker.service.refresh([id_])
    assert worker.store.fetch_states([id_])[0].url == elsewhere
    assert len(seen) == 3
    assert not any("x-word" in lines or "authorization" in lines for lines in seen)


async def test_who_has_secrets_moves_by_itself_to_https_of_the_same_host(worker: Worker) -> None:
    safe = "https://harbour.test/feed"
    worker.web.pages |= {URL: moved(301, safe), safe: rss("storm")}
    (id_,) = worker.add(URL)
    settings = SourceSettings(user="ada")
    worker.store.set_source(id_, settings=settings)
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert (state.url, state.offer, state.settings) == (safe, None, settings)


async def test_who_is_gone_is_asked_by_name_only(worker: Worker) -> None:
    worker.web.pages[URL] = httpx.Response(410)
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    assert worker.store.fetch_states([id_])[0].next_due == NEVER
    worker.time[0] += 30 * DAY
    assert (await worker.service.refresh()).total == 0
    assert (await worker.service.refresh(everything=True)).total == 0
    health = worker.store.health(id_)
    assert health is not None
    assert health.source.retired
    assert health.fix is not None
    worker.web.pages[URL] = page()
    await worker.service.refresh([id_])
    assert worker.web.asked[URL] == 2
