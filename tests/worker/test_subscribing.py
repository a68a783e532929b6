from __future__ import annotations

import socket

import httpx
import pytest

from newsreader.errors import FetchError, NotAFeed, UnknownHost, UsageError
from newsreader.model import SourceSettings
from tests.worker.conftest import Worker, page, rss

SITE, FEED, SPORT = "https://harbour.test/", "https://harbour.test/feed.xml", "https://harbour.test/sport.xml"
LINKS = (
    '<link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml">'
    '<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport.xml">'
)


async def test_a_feed_is_subscribed_to_and_taken_in(worker: Worker) -> None:
    worker.web.pages[FEED] = rss("storm", "ferry")
    added = await worker.service.subscribing.add("harbour.test/feed.xml", "Coast")
    assert (added["title"], added["url"], added["new"], added["added"]) == ("The Harbour Post", FEED, True, 2)
    assert added["others"] == []
    source = worker.store.source(added["source"])
    assert source is not None
    assert (source.folder, source.total) == ("Coast", 2)
    assert worker.web.asked[FEED] == 1


async def test_adding_again_adds_nothing_twice(worker: Worker) -> None:
    worker.web.pages[FEED] = rss("storm")
    first = await worker.service.subscribing.add(FEED)
    worker.web.pages[FEED] = rss("ferry", "storm")
    second = await worker.service.subscribing.add(FEED)
    assert second["source"] == first["source"]
    assert (second["new"], second["added"]) == (False, 1)


async def test_a_removed_source_comes_back_with_its_articles(worker: Worker) -> None:
    worker.web.pages[FEED] = rss("storm")
    added = await worker.service.subscribing.add(FEED)
    worker.store.remove_sources([added["source"]])
    again = await worker.service.subscribing.add(FEED)
    assert (again["source"], again["new"], again["added"]) == (added["source"], True, 0)
    assert worker.titles(added["source"]) == ["Storm"]


async def test_of_a_page_the_best_feed_is_taken_and_the_others_are_listed(worker: Worker) -> None:
    worker.web.pages |= {SITE: page(head=LINKS), FEED: rss("storm"), SPORT: rss("race", title="Sport")}
    added = await worker.service.subscribing.add("harbour.test")
    assert added["url"] == FEED
    assert [(each["url"], each["title"]) for each in added["others"]] == [(SPORT, "Sport")]


async def test_a_named_feed_that_is_none_is_passed_over(worker: Worker) -> None:
    worker.web.pages |= {SITE: page(head=LINKS), FEED: page(), SPORT: rss("race")}
    added = await worker.service.subscribing.add(SITE)
    assert added["url"] == "https://harbour.test/sport.xml"


async def test_a_feed_that_no_page_names_is_guessed(worker: Worker) -> None:
    worker.web.pages |= {SITE: page(), "https://harbour.test/atom.xml": rss("storm")}
    assert (await worker.service.subscribing.add(SITE))["url"] == "https://harbour.test/atom.xml"


async def test_a_page_without_feeds_is_said_and_not_subscribed_to(worker: Worker) -> None:
    worker.web.pages[SITE] = page()
    before = worker.store.sources()
    with pytest.raises(NotAFeed, match=r"web page.*No feed was found"):
        await worker.service.subscribing.add(SITE)
    assert worker.store.sources() == before


async def test_a_feed_that_moved_for_good_is_subscribed_to_there(worker: Worker) -> None:
    worker.web.pages |= {SITE + "old": httpx.Response(308, headers={"Location": FEED}), FEED: rss("storm")}
    assert (await worker.service.subscribing.add(SITE + "old"))["url"] == FEED


async def test_what_cannot_be_added_is_said(worker: Worker) -> None:
    with pytest.raises(FetchError, match="404"):
        await worker.service.subscribing.add(SITE)
    with pytest.raises(UsageError):
        await worker.service.subscribing.add("file:///etc/passwd")


async def test_a_mistyped_host_is_said_to_be_unknown(worker: Worker) -> None:
    error = httpx.ConnectError("failed")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    worker.web.pages["http://harbuor.test/feed"] = error
    with pytest.raises(UnknownHost, match=r"harbuor\.test does not exist"):
        await worker.service.subscribing.add("http://harbuor.test/feed")


async def test_what_is_secret_stays_at_the_origin_of_the_address(worker: Worker) -> None:
    seen: dict[str, list[str | None]] = {}

    def note(request: httpx.Request) -> httpx.Response:
        seen[str(request.url)] = [request.headers.get(name) for name in ("x-key", "user-agent")]
        return httpx.Response(200, content=rss(request.url.host))

    far = "https://far.test/feed"
    links = f'<link rel="alternate" type="application/rss+xml" href="{far}">' + LINKS
    worker.web.pages |= {SITE: page(head=links), FEED: note, SPORT: note, far: note}
    request = {"address": SITE, "settings": {"headers": "X-Key: k", "user-agent": "Mine/1"}}
    added = await worker.service.answer({"request": "add", **request})
    assert seen == {far: [None, "Mine/1"], FEED: ["k", "Mine/1"], SPORT: ["k", "Mine/1"]}
    (state,) = worker.store.fetch_states([added["source"]])
    assert (state.url, state.settings) == (far, SourceSettings(user_agent="Mine/1"))
    undone = worker.store.undo()
    assert undone is not None
    assert worker.store.source(added["source"]) is None  # one action, settings included
    with pytest.raises(UsageError, match="no time"):
        await worker.service.answer({"request": "find", "address": SITE, "settings": {"interval": "x"}})


async def test_the_answer_shows_no_password(worker: Worker) -> None:
    worker.web.pages["http://harbour.test/feed"] = rss("storm")
    answer = await worker.service.subscribing.add("http://anna:s3cret@harbour.test/feed")
    assert answer["url"] == "http://harbour.test/feed"
    source = worker.store.source(answer["source"])
    assert source is not None
    assert source.url == "http://anna:s3cret@harbour.test/feed"
