from __future__ import annotations

import asyncio
import errno

import httpx
import pytest

from newsreader import bounds
from newsreader.document import blocks
from newsreader.errors import FetchError, Offline, ParseError, UsageError
from newsreader.model import Article, FullTextMode, Query, Scope, SourceSettings
from tests.worker.conftest import PARAGRAPH, Worker, page, rss

FEED, STORM = "http://harbour.test/feed", "http://harbour.test/storm"


async def furnish(worker: Worker, *names: str) -> list[int]:
    worker.web.pages[FEED] = rss(*(names or ("storm",)))
    (source,) = worker.add(FEED)
    await worker.service.refresh()
    return list(worker.store.listing(Query(Scope.SOURCE, source_id=source)).ids)


def article(worker: Worker, id_: int) -> Article:
    found = worker.store.article(id_)
    assert found is not None
    return found


async def test_the_full_text_of_a_page_is_kept(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = page()
    await worker.service.articles.full_text(id_)
    found = article(worker, id_)
    assert found.head.full_text
    assert found.full_document is not None
    assert PARAGRAPH.strip() in str(blocks.load(found.full_document))
    assert found.head.words > 100
    await worker.service.articles.full_text(id_)
    assert worker.web.asked[STORM] == 1


async def test_what_a_site_puts_around_its_articles_is_dropped_from_the_fourth_on(worker: Worker) -> None:
    names = [f"story{number}" for number in range(5)]
    ids = await furnish(worker, *names)
    bottom = "<p>The Harbour Post belongs to those who read it, and letters reach us by boat.</p>"
    for number, name in enumerate(names):
        text = "".join(f"<p>Of {name} the part {part}. {PARAGRAPH * 3}</p>" for part in range(4))
        html = f"<html><head><title>{name}</title></head><body><article>{text}{bottom}</article></body></html>"
        worker.web.pages[f"http://harbour.test/{name}"] = html.encode()
        await worker.service.articles.full_text(ids[number])
    kept = ["letters reach us" in (worker.store.html(id_, full_text=True) or "") for id_ in ids]
    assert kept == [True, True, True, False, False]


async def test_asked_twice_at_once_it_is_fetched_once(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = page()
    await asyncio.gather(*(worker.service.articles.full_text(id_) for _ in range(3)))
    assert worker.web.asked[STORM] == 1


async def test_a_failure_is_kept_in_words(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = httpx.Response(403)
    with pytest.raises(FetchError, match="403") as caught:
        await worker.service.articles.full_text(id_)
    assert article(worker, id_).full_text_error == caught.value.phrase
    worker.web.pages[STORM] = b"<html><body><p>Too short.</p></body></html>"
    with pytest.raises(ParseError):
        await worker.service.articles.full_text(id_)
    worker.web.pages[STORM] = page()
    await worker.service.articles.full_text(id_)
    assert article(worker, id_).full_text_error is None


async def test_a_site_that_lets_nobody_in_is_learnt_and_a_busy_one_is_not(worker: Worker) -> None:
    names = ("storm", "ferry", "pilot")
    ids = await furnish(worker, *names)
    for status, learnt in ((503, None), (403, FullTextMode.FEED)):
        worker.web.pages |= {f"http://harbour.test/{name}": httpx.Response(status) for name in names}
        for id_ in ids:
            with pytest.raises(FetchError, match=str(status)):
                await worker.service.articles.full_text(id_)
            worker.time[0] += 3_600
        assert next(each.learnt for each in worker.store.sources() if each.url == FEED) is learnt


async def test_offline_leaves_no_mark_on_the_article(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    error = httpx.ConnectError("unreachable")
    error.__cause__ = OSError(errno.ENETUNREACH, "Network is unreachable")
    worker.web.pages[STORM] = error
    worker.time[0] += 3_600
    with pytest.raises(Offline):
        await worker.service.articles.full_text(id_)
    assert article(worker, id_).full_text_error is None


async def test_what_cannot_be_fetched_is_said(worker: Worker) -> None:
    with pytest.raises(UsageError, match="no article 999"):
        await worker.service.articles.full_text(999)
    worker.web.pages[FEED] = rss("storm").replace(b"<link>http://harbour.test/storm</link>", b"")
    (source,) = worker.add(FEED)
    await worker.service.refresh()
    (id_,) = worker.store.listing(Query(Scope.SOURCE, source_id=source)).ids
    with pytest.raises(UsageError, match="no page of its own"):
        await worker.service.articles.full_text(id_)


async def test_what_nobody_waits_for_is_not_fetched_from_a_host_that_asked_to_be_left_alone(worker: Worker) -> None:
    ids = await furnish(worker, "storm", "ferry", "pilot")
    pages = [f"http://harbour.test/{name}" for name in ("storm", "ferry", "pilot")]
    worker.web.pages |= dict.fromkeys(pages, httpx.Response(429, headers={"Retry-After": "600"}))
    await worker.service.articles.fetch_quietly(ids)
    assert sum(worker.web.asked[url] for url in pages) <= 2  # so many are on their way at once
    assert sum(article(worker, id_).full_text_error is not None for id_ in ids) <= 2
    worker.web.pages |= dict.fromkeys(pages, page())
    await worker.service.articles.fetch_quietly(ids)
    assert not any(article(worker, id_).head.full_text for id_ in ids)
    await worker.service.articles.full_text(ids[0])  # a person is never held back
    worker.time[0] += 601
    await worker.service.articles.fetch_quietly(ids)
    assert all(article(worker, id_).head.full_text for id_ in ids)


async def test_who_waits_for_a_page_that_was_held_back_gets_it(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = page()
    worker.service.tools.fetcher.hold("harbour.test", int(worker.time[0]) + 600)
    quiet = asyncio.create_task(worker.service.articles.fetch_quietly([id_]))
    await asyncio.gather(worker.service.articles.full_text(id_), quiet)
    assert article(worker, id_).head.full_text


async def test_bookmarked_articles_get_their_full_text(worker: Worker) -> None:
    ids = await furnish(worker, "storm", "ferry", "pilot")
    worker.web.pages |= {STORM: page(), "http://harbour.test/ferry": httpx.Response(500)}
    heads = {head.title: head.id for head in worker.store.heads(ids)}
    worker.store.bookmark([heads["Storm"], heads["Ferry"]], True)
    await worker.service.articles.fetch_bookmarked()
    assert article(worker, heads["Storm"]).head.full_text
    assert "500" in (article(worker, heads["Ferry"]).full_text_error or "")
    assert worker.web.asked["http://harbour.test/pilot"] == 0
    await worker.service.articles.fetch_bookmarked()
    assert worker.web.asked["http://harbour.test/ferry"] == 1  # not again so soon


def numbered(number: int, last: int, *, text: str | None = None) -> bytes:
    further = f'<a class="next" rel="next" href="/storm/{number + 1}">On</a>' if number < last else ""
    return page(text or f"What is said on page {number}. " * 20, further)


async def test_an_article_on_several_pages_is_joined(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = numbered(1, 4)
    worker.web.pages |= {f"{STORM}/{number}": numbered(number, 4) for number in (2, 3, 4)}
    await worker.service.articles.full_text(id_)
    found = article(worker, id_)
    text = str(blocks.load(found.full_document or b""))
    places = [text.find(f"said on page {number}") for number in (1, 2, 3, 4)]
    assert -1 < places[0] < places[1] < places[2] < places[3]
    assert "goes on here" not in text
    assert found.head.words > 1_000


async def test_of_an_article_without_end_so_many_pages_are_fetched(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = numbered(1, 99)
    worker.web.pages |= {f"{STORM}/{number}": numbered(number, 99) for number in range(2, 99)}
    await worker.service.articles.full_text(id_)
    assert sum(worker.web.asked.values()) <= bounds.MAX_PAGES + 1
    assert f"{STORM}/{bounds.MAX_PAGES + 1}" in str(blocks.load(article(worker, id_).full_document or b""))


@pytest.mark.parametrize(
    "second",
    [
        httpx.Response(302, headers={"Location": STORM}),  # back to the first
        httpx.Response(302, headers={"Location": "http://elsewhere.test/"}),  # away
        numbered(1, 99),  # the same again, whatever is asked for
    ],
    ids=["back", "away", "same"],
)
async def test_a_next_page_that_is_none_ends_the_article(worker: Worker, second: bytes | httpx.Response) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages |= {STORM: numbered(1, 2), f"{STORM}/2": second, "http://elsewhere.test/": page("Other. " * 99)}
    await worker.service.articles.full_text(id_)
    text = str(blocks.load(article(worker, id_).full_document or b""))
    assert text.count("said on page 1") == 60
    assert "Other" not in text
    assert "goes on here" not in text
    assert worker.web.asked[f"{STORM}/3"] == 0


async def test_a_page_that_fails_is_linked_at_the_end(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages |= {STORM: numbered(1, 3), f"{STORM}/2": numbered(2, 3), f"{STORM}/3": httpx.Response(500)}
    await worker.service.articles.full_text(id_)
    text = str(blocks.load(article(worker, id_).full_document or b""))
    assert "said on page 2" in text
    assert f"{STORM}/3" in text
    assert article(worker, id_).full_text_error is None


async def test_a_host_that_asks_to_be_left_alone_between_two_pages_is_asked_for_the_whole_later(worker: Worker) -> None:
    (id_,) = await furnish(worker)

    def then_hold(_: httpx.Request) -> httpx.Response:
        worker.service.tools.fetcher.hold("harbour.test", int(worker.time[0]) + 600)
        return httpx.Response(200, content=numbered(1, 2))

    worker.web.pages |= {STORM: then_hold, f"{STORM}/2": numbered(2, 2)}
    await worker.service.articles.fetch_quietly([id_])
    assert not article(worker, id_).head.full_text
    assert article(worker, id_).full_text_error is None
    worker.time[0] += 601
    await worker.service.articles.full_text(id_)
    assert "said on page 2" in str(blocks.load(article(worker, id_).full_document or b""))


async def test_former_versions_are_built_anew(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[FEED] = rss("storm").replace(b"Storm", b"Storm over the harbour")
    worker.time[0] += 86_400
    await worker.service.refresh()
    (former,) = worker.store.former(id_)
    assert former.document_version == blocks.VERSION
    worker.store.save_former_document(former.id, b"[]", 0)
    await worker.service.articles.former(id_)
    assert worker.store.former(id_) == (former,)


async def test_a_document_is_built_anew(worker: Worker) -> None:
    (id_,) = await furnish(worker)
    built = article(worker, id_).feed_document
    worker.store.save_document(id_, full_text=False, document=b"[]", version=0)
    await worker.service.articles.document(id_, full_text=False)
    assert article(worker, id_).feed_document == built
    assert article(worker, id_).document_version == blocks.VERSION
    with pytest.raises(UsageError, match="no full text"):
        await worker.service.articles.document(id_, full_text=True)


async def test_the_feeds_words_help_to_find_the_article(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    (id_,) = await furnish(worker)
    worker.web.pages[STORM] = page()
    asked: list[tuple[object, ...]] = []
    run = worker.children.run

    async def listening(job: str, *arguments: object, deadline: float | None = None) -> object:
        asked.append((job, *arguments))
        return await run(job, *arguments, deadline=deadline)

    monkeypatch.setattr(worker.children, "run", listening)
    await worker.service.articles.full_text(id_)
    assert asked[0][4:6] == ("Storm", "About storm.")
    assert len(str(asked[0][-1])) <= bounds.MAX_SUMMARY


OWN = SourceSettings(user_agent="Other/1", headers=(("X-Word", "open"),), user="ada")


@pytest.mark.parametrize(
    ("feed", "settings", "lines"),
    [
        (FEED, OWN, ("Other/1", "open", "Basic YWRhOg==")),
        ("http://ada:@harbour.test/feed", SourceSettings(user_agent="Other/1"), ("Other/1", None, "Basic YWRhOg==")),
        ("http://ada:pw@elsewhere.test/feed", OWN, ("Other/1", None, None)),
        ("https://harbour.test/feed", OWN, ("Other/1", None, None)),
        ("http://harbour.test:8080/feed", OWN, ("Other/1", None, None)),
    ],
)
async def test_pages_are_asked_for_as_the_source_is(
    worker: Worker, feed: str, settings: SourceSettings, lines: tuple[str | None, ...]
) -> None:
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, content=page())

    worker.web.pages |= {feed.replace("ada:pw@", "").replace("ada:@", ""): rss("storm"), STORM: answer}
    (source,) = worker.add(feed)
    worker.store.set_source(source, settings=settings)
    await worker.service.refresh()
    (id_,) = worker.store.listing(Query(Scope.SOURCE, source_id=source)).ids
    await worker.service.articles.full_text(id_)
    assert tuple(seen[0].get(name) for name in ("user-agent", "x-word", "authorization")) == lines


async def test_the_proxy_of_a_source_is_asked_for_its_pages(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    (id_,) = await furnish(worker)
    own = SourceSettings(proxy="http://proxy.test:3128")
    worker.store.set_source(article(worker, id_).head.source_id, settings=own)
    worker.web.pages[STORM] = page()
    proxies: list[str | None] = []
    transports = worker.service.articles._tools.fetcher._transports
    proxy_of = transports.proxy_of

    def listening(url: httpx.URL, own: str | None = None) -> str | None:
        proxies.append(own)
        return proxy_of(url, own)

    monkeypatch.setattr(transports, "proxy_of", listening)
    await worker.service.articles.full_text(id_)
    assert proxies == ["http://proxy.test:3128"]


@pytest.mark.parametrize("host", ["10.0.0.5", "127.0.0.1:8000", "[::1]", "localhost", "169.254.169.254"])
async def test_only_a_private_source_links_into_a_private_network(worker: Worker, host: str) -> None:
    link = f"http://{host}/storm"
    feed = rss("storm").replace(STORM.encode(), link.encode())
    private = "http://192.168.1.4/feed"
    worker.web.pages |= {FEED: feed, private: feed, link: page()}
    for source in worker.add(FEED, private):
        await worker.service.refresh([source])
        (id_,) = worker.store.listing(Query(Scope.SOURCE, source_id=source)).ids
        if article(worker, id_).source_url == private:
            await worker.service.articles.full_text(id_)
            assert worker.web.asked[link] == 1
        else:
            with pytest.raises(FetchError, match="links into a private network"):
                await worker.service.articles.full_text(id_)
            assert worker.web.asked[link] == 0
