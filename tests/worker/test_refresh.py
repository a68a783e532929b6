from __future__ import annotations

import asyncio
import errno
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from newsreader import bounds, handbook
from newsreader.errors import LibraryFull
from newsreader.model import Deed, FullTextMode, Query, Scope, SourceKind
from newsreader.store import Store
from newsreader.worker import writing
from newsreader.worker.refresh import _hosts_in_turn
from tests.worker.conftest import NOW, Web, Worker, page, rss

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "http://harbour.test/feed"


async def test_a_refresh_takes_articles_in_and_tells_of_it(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm", "ferry")
    (id_,) = worker.add(URL)
    outcome = await worker.service.refresh()
    assert (outcome.total, outcome.failed, outcome.added) == (1, 0, 2)
    assert worker.titles(id_) == ["Ferry", "Storm"]  # without dates the document's order: the first is the newest
    (told,) = worker.of("source")
    assert (told["id"], told["added"], told["error"]) == (id_, 2, None)
    assert [(event["done"], event["total"]) for event in worker.of("refresh")] == [(0, 1), (1, 1)]
    source = worker.store.source(id_)
    assert source is not None
    assert (source.title, source.error, source.last_success) == ("The Harbour Post", None, NOW)
    assert worker.store.waiting_for_index() == 0
    assert [event["event"] for event in worker.events][-2:] == ["readable", "indexed"]
    assert all(event[key] >= 0 for event in worker.events[-2:] for key in ("wall", "cpu"))
    head = worker.store.heads(worker.store.listing(Query(text="about ferry")).ids)[0]
    assert (head.title, head.sort_at) == ("Ferry", NOW)


async def test_of_refreshes_at_the_same_time_only_the_largest_tells_how_far_it_is(worker: Worker) -> None:
    urls = [f"http://harbour.test/{number}" for number in range(4)]
    worker.web.pages |= {url: rss("storm") for url in urls[1:]}
    ids = worker.add(*urls)
    few, all_of_them = await asyncio.gather(worker.service.refresh(ids[:2]), worker.service.refresh(ids))
    assert (few.done, few.failed) == (2, 1)
    assert (all_of_them.done, all_of_them.failed) == (4, 1)
    told = [(event["done"], event["total"]) for event in worker.of("refresh")]
    assert [each for each in told if each[1] == 4] == [(done, 4) for done in range(5)]
    assert told.index((0, 4)) <= 1
    assert all(total == 4 for _, total in told[1:])
    assert sum(event["error"] is not None for event in worker.of("source")) == 1


async def test_304_and_an_equal_body_parse_nothing(worker: Worker) -> None:
    body = rss("storm")
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        if request.headers.get("if-none-match") == '"1"' and len(seen) == 2:
            return httpx.Response(304)
        return httpx.Response(200, content=body, headers={"ETag": '"1"', "Last-Modified": "yesterday"})

    worker.web.pages[URL] = answer
    (id_,) = worker.add(URL)
    for _ in range(3):
        await worker.service.refresh([id_])
        worker.time[0] += 3_600
    assert worker.children.jobs == {"digest_feed": 1}
    assert seen[1]["if-none-match"] == '"1"'
    assert seen[1]["if-modified-since"] == "yesterday"
    (state,) = worker.store.fetch_states([id_])
    assert (state.etag, state.last_success, state.error) == ('"1"', NOW + 7_200, None)


async def test_only_what_is_new_or_changed_is_built(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    original = writing.write

    def counting(article: Any, base: str) -> Any:
        built.append(article.parsed.title)
        return original(article, base)

    monkeypatch.setattr(writing, "write", counting)
    (id_,) = worker.add(URL)
    worker.web.pages[URL] = rss("storm", "ferry")
    await worker.service.refresh()
    worker.web.pages[URL] = rss("pilot", "storm", "ferry").replace(b"About ferry.", b"More about ferry.")
    built.clear()
    outcome = await worker.service.refresh([id_])
    assert sorted(built) == ["Ferry", "Pilot"]
    assert outcome.added == 1
    assert worker.titles(id_) == ["Ferry", "Storm", "Pilot"]


async def test_of_a_source_with_many_articles_the_newest_are_told_and_the_rest_is_known_all_the_same(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"n{number}" for number in range(12)]
    worker.web.pages[URL] = rss(*names)
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    monkeypatch.setattr(bounds, "KNOWN_TOLD", 1)
    monkeypatch.setattr(bounds, "SMALL_ARTICLE", 10**9)
    before = worker.store.last_change()
    worker.web.pages[URL] = rss("storm", *names).replace(b"About n3.", b"More about n3.")
    outcome = await worker.service.refresh([id_])
    assert outcome.added == 1
    change = worker.store.changes_since(before)
    assert sorted(head.title for head in worker.store.heads(sorted(change.articles))) == ["N3", "Storm"]
    assert len(worker.titles(id_)) == 13


async def test_a_failure_stays_with_its_source(worker: Worker) -> None:
    worker.web.pages |= {
        "http://a.test/feed": rss("storm"),
        "http://b.test/feed": httpx.Response(500),
        "http://c.test/feed": page(),
        "http://d.test/feed": httpx.Response(410),
    }
    ids = worker.add(*worker.web.pages)
    outcome = await worker.service.refresh()
    assert (outcome.total, outcome.failed, outcome.all_failed) == (4, 3, False)
    errors = {event["id"]: event["error"] for event in worker.of("source")}
    assert errors[ids[0]] is None
    states = {state.source_id: state for state in worker.store.fetch_states()}
    for id_ in ids[1:]:
        assert states[id_].error == errors[id_]
        assert states[id_].error_count == 1
    assert "500" in errors[ids[1]]
    assert "web page" in errors[ids[2]]
    assert [state.source_id for state in await worker.service.refresher.due()] == []


async def test_a_failure_keeps_validators_and_articles(worker: Worker) -> None:
    worker.web.pages[URL] = httpx.Response(200, content=rss("storm"), headers={"ETag": '"1"'})
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    worker.web.pages[URL] = page()
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert (state.etag, state.error is None) == ('"1"', False)
    assert worker.titles(id_) == ["Storm"]
    worker.web.pages[URL] = rss("storm")
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert state.error is None


async def test_a_mistake_of_ours_costs_one_source(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worker.web.pages |= {"http://a.test/feed": rss("storm"), "http://b.test/feed": rss("ferry")}
    bad, good = worker.add(*worker.web.pages)
    original = Store.known

    def broken(store: Store, source_id: int, newest: int) -> dict[str, str]:
        if source_id == bad:
            raise ZeroDivisionError
        return original(store, source_id, newest)

    monkeypatch.setattr(Store, "known", broken)
    with caplog.at_level(logging.ERROR, "newsreader"):
        outcome = await worker.service.refresh()
    assert (outcome.failed, outcome.added) == (1, 1)
    source = worker.store.source(bad)
    assert source is not None
    assert source.error == "An unexpected error; see the log."
    assert "ZeroDivisionError" in caplog.text
    assert worker.titles(good) == ["Ferry"]


async def test_what_was_cut_off_is_in_the_log(worker: Worker, caplog: pytest.LogCaptureFixture) -> None:
    worker.web.pages[URL] = rss("storm", "ferry")[:-80]
    (id_,) = worker.add(URL)
    with caplog.at_level(logging.INFO, "newsreader"):
        await worker.service.refresh()
    assert worker.titles(id_) == ["Storm"]
    assert "its last article is left out" in caplog.text


async def test_what_broke_off_is_asked_for_as_a_whole(worker: Worker) -> None:
    whole = rss("storm", "ferry")
    asked: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("if-none-match"))
        if asked[-1]:
            return httpx.Response(304)
        body = whole if len(asked) > 1 else whole[:-80]
        return httpx.Response(200, content=body, headers={"ETag": '"1"', "Last-Modified": "yesterday"})

    worker.web.pages[URL] = answer
    (id_,) = worker.add(URL)
    for _ in range(3):
        await worker.service.refresh([id_])
    assert asked == [None, None, '"1"']
    assert sorted(worker.titles(id_)) == ["Ferry", "Storm"]


async def test_a_full_disk_ends_the_refresh(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.web.pages[URL] = rss("storm")
    worker.add(URL)

    def full(*_: object) -> None:
        raise LibraryFull("There is no room left.")

    monkeypatch.setattr(Store, "ingest_all", full)
    with pytest.raises(LibraryFull):
        await worker.service.refresh()


async def test_offline_is_said_once_and_is_no_failure_of_the_sources(worker: Worker) -> None:
    error = httpx.ConnectError("unreachable")
    error.__cause__ = OSError(errno.ENETUNREACH, "Network is unreachable")
    urls = [f"http://h{number}.test/feed" for number in range(5)]
    worker.web.pages |= dict.fromkeys(urls, error)
    worker.add(*urls)
    outcome = await worker.service.refresh()
    assert (outcome.offline, outcome.all_failed) == (5, True)
    assert len(worker.of("notice")) == 1
    assert all(state.error is None and state.error_count == 0 for state in worker.store.fetch_states())


async def test_a_permanent_redirect_is_followed_once_it_led_to_a_feed(worker: Worker) -> None:
    there = "http://harbour.test/new"
    worker.web.pages[URL] = httpx.Response(301, headers={"Location": there})
    worker.web.pages[there] = page()
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    assert worker.store.fetch_states([id_])[0].url == URL
    worker.web.pages[there] = rss("storm")
    await worker.service.refresh([id_])
    (state,) = worker.store.fetch_states([id_])
    assert (state.url, state.error) == (there, None)
    assert worker.titles(id_) == ["Storm"]


async def test_a_source_that_moved_to_another_ones_address_stays(worker: Worker) -> None:
    there = "http://harbour.test/new"
    worker.web.pages |= {URL: httpx.Response(301, headers={"Location": there}), there: rss("storm")}
    id_, _ = worker.add(URL, there)
    outcome = await worker.service.refresh()
    assert outcome.failed == 0
    assert worker.store.fetch_states([id_])[0].url == URL


async def test_only_due_sources_unless_asked_for(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm")
    (id_,) = worker.add(URL)
    assert (await worker.service.refresh()).total == 1
    assert (await worker.service.refresh()).total == 0
    assert (await worker.service.refresh([id_])).total == 1
    assert (await worker.service.refresh(everything=True)).total == 1
    worker.time[0] += bounds.MAX_INTERVAL
    assert (await worker.service.refresh()).total == 1


async def test_what_pauses_is_not_asked_whoever_wants_it_and_is_due_when_it_goes_on(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm")
    (id_,) = worker.add(URL)
    worker.store.pause_sources([id_], True)
    for outcome in (
        await worker.service.refresh(),
        await worker.service.refresh([id_]),
        await worker.service.refresh(everything=True),
    ):
        assert (outcome.total, worker.web.asked.total()) == (0, 0)
    worker.store.pause_sources([id_], False)
    assert (await worker.service.refresh()).added == 1


async def test_two_refreshes_at_once_ask_a_source_once(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm")
    (id_,) = worker.add(URL)
    first, second = await asyncio.gather(worker.service.refresh([id_]), worker.service.refresh([id_]))
    assert worker.web.asked[URL] == 1
    assert (first.done, second.done) == (1, 1)


async def test_new_articles_of_a_source_set_so_come_with_their_full_text(worker: Worker) -> None:
    worker.web.pages |= {URL: rss("storm"), "http://harbour.test/storm": page()}
    (id_,) = worker.add(URL)
    worker.store.set_source(id_, full_text_mode=FullTextMode.FULL)
    await worker.service.refresh()
    (head,) = worker.store.heads(worker.store.listing(Query(Scope.SOURCE, source_id=id_)).ids)
    assert head.full_text


async def test_new_articles_of_a_source_of_which_it_was_learnt_come_with_their_full_text(worker: Worker) -> None:
    names = ("storm", "ferry", "pilot")
    worker.web.pages |= {URL: rss(*names)} | {f"http://harbour.test/{name}": page() for name in (*names, "quay")}
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    for article in worker.store.listing(Query(Scope.SOURCE, source_id=id_)).ids:
        await worker.service.articles.full_text(article)
    worker.web.pages[URL] = rss(*names, "quay")
    worker.time[0] += 86_400
    await worker.service.refresh()
    heads = worker.store.heads(worker.store.listing(Query(Scope.SOURCE, source_id=id_)).ids)
    assert len(heads) == 4
    assert all(head.full_text for head in heads)


async def test_the_full_text_of_an_edited_article_is_fetched_anew(worker: Worker) -> None:
    storm = "http://harbour.test/storm"
    worker.web.pages |= {URL: rss("storm"), storm: page("The wind is light. " * 40)}
    (id_,) = worker.add(URL)
    await worker.service.refresh()
    (article,) = worker.store.listing(Query(Scope.SOURCE, source_id=id_)).ids
    await worker.service.articles.full_text(article)

    async def edited(number: int, answer: bytes | httpx.Response) -> str:
        """Let the feed and the page say something else, and give the full text after the next refresh."""
        worker.web.pages |= {URL: rss("storm").replace(b"About", b"Edited %d: about" % number), storm: answer}
        worker.time[0] += 3_600
        await worker.service.refresh(everything=True)
        return worker.store.html(article, full_text=True) or ""

    assert "blows hard" in await edited(1, page("The wind blows hard. " * 40))
    assert "blows hard" in await edited(2, httpx.Response(403))  # what is here stays
    assert "blows hard" in await edited(3, page("The wind blows on, for those who pay. " * 9))  # much less than is here
    found = worker.store.article(article)
    assert found is not None
    assert found.full_text_error is None
    for number in range(4, 30):
        await edited(number, page(f"Now {number} boats are at sea. " * 40))
    assert worker.web.asked[storm] < 15  # a feed whose texts change each hour costs its site little


async def test_the_handbook_is_taken_in_once_and_not_fetched(worker: Worker) -> None:
    await worker.service.refresher.take_handbook()
    await worker.service.refresher.take_handbook()
    (source,) = worker.store.sources()
    assert source.kind is SourceKind.BUILTIN
    assert source.total == len(handbook.feed().articles) > 0
    assert worker.children.jobs == {"digest_parsed": 1}
    assert (await worker.service.refresh(everything=True)).total == 0
    newest = worker.store.heads(worker.store.listing(Query()).ids)[0]
    assert newest.title == handbook.feed().articles[0].title


async def test_a_removed_handbook_stays_away(worker: Worker) -> None:
    worker.store.remove_sources([source.id for source in worker.store.sources()])
    await worker.service.refresher.take_handbook()
    assert worker.store.sources() == ()


async def test_sources_of_one_host_lie_far_apart(worker: Worker, web: Web) -> None:
    worker.add(*(f"http://big.test/{number}" for number in range(3)), "http://a.test/", "http://b.test/")
    order = [state.url for state in _hosts_in_turn(worker.store.fetch_states())]
    assert order == [
        "http://big.test/0", "http://a.test/", "http://b.test/", "http://big.test/1", "http://big.test/2",
    ]  # fmt: skip


async def test_the_loop_stays_free_while_the_library_writes(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.web.pages[URL] = rss("storm")
    worker.add(URL)
    loop = asyncio.get_running_loop()
    seen = asyncio.Event()
    original: Callable[..., Any] = Store.ingest_all

    def waits_for_the_loop(*arguments: Any) -> Any:
        done = asyncio.run_coroutine_threadsafe(asyncio.sleep(0, "free"), loop).result(5)
        loop.call_soon_threadsafe(seen.set)
        assert done == "free"
        return original(*arguments)

    monkeypatch.setattr(Store, "ingest_all", waits_for_the_loop)
    assert (await worker.service.refresh()).failed == 0
    assert seen.is_set()


async def test_rules_act_on_what_a_refresh_brings(worker: Worker) -> None:
    worker.web.pages[URL] = rss("storm", "ferry", "cricket", "calm")
    (id_,) = worker.add(URL)
    worker.store.add_rule("cricket", Deed.HIDE)
    worker.store.add_rule("storm OR calm", Deed.NOTIFY, title="Weather")
    worker.store.add_rule("ferry", Deed.NOTIFY)
    outcome = await worker.service.refresh()
    assert (outcome.added, outcome.told) == (3, "3 new articles for “Weather” and “ferry”: Storm")
    assert worker.titles(id_) == ["Calm", "Ferry", "Storm"]
    (told,) = worker.of("told")
    assert told["text"] == "3 new articles for “Weather” and “ferry”: Storm"
    worker.time[0] += 3_600
    await worker.service.refresh([id_])
    assert len(worker.of("told")) == 1
