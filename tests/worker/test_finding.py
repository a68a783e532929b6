"""Finding on a web that is a table, with pages in the shapes that the sites really have, cut short."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from newsreader import bounds
from newsreader.errors import FetchError, Offline, UnknownHost, UsageError
from newsreader.model import FetchState, SourceSettings
from newsreader.worker.protocol import decode, encode
from tests.worker.conftest import NOW, Worker, page, rss

SITE = "https://harbour.test/"
FEED = SITE + "feed.xml"
LINK = '<link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml">'
CHANNEL = "UCabcdefghijklmnopqrstuv"
VIDEOS = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
DAY = 86_400


def dated(*ages: float, title: str = "Dated", words: int = 10) -> bytes:
    """A feed with an article of so many days of age each."""
    entries = "".join(
        f"<entry><id>{age}</id><title>Of {age} days</title><link href='https://harbour.test/{age}'/>"
        f"<published>{_moment(age)}</published><content type='html'>{'word ' * words}</content></entry>"
        for age in ages
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{title}</title><id>x</id>{entries}</feed>".encode()


def _moment(age: float) -> str:
    from newsreader.text import iso_utc

    return iso_utc(int(NOW - age * DAY))


async def found(worker: Worker, address: str) -> list[str]:
    answer = await worker.service.subscribing.find(address)
    assert answer["candidates"] or answer["problem"]
    return [each["url"] for each in answer["candidates"]]


async def test_what_is_in_a_feed_is_told(worker: Worker) -> None:
    worker.web.pages |= {SITE: page(head=LINK), FEED: dated(1, 4, 8, 15, words=300)}
    answer = await worker.service.answer({"request": "find", "address": "harbour.test"})
    assert answer == {
        "page": "https://harbour.test",
        "candidates": [
            {
                "url": FEED, "title": "Dated", "latest_title": "Of 1 days", "latest_at": NOW - DAY, "weekly": 1.5,
                "full_text": True, "articles": 4, "here": None,
            }
        ],
        "problem": None,
        "status": None,
    }  # fmt: skip
    assert worker.store.sources()[0].kind == "builtin"  # nothing was subscribed to


@pytest.mark.parametrize(
    ("feed", "facts"),
    [
        (dated(3, words=10), {"weekly": None, "full_text": False, "articles": 1}),
        (dated(-40, 1), {"latest_at": NOW, "latest_title": "Of -40 days"}),
        (rss("storm"), {"weekly": None, "latest_at": None, "latest_title": "Storm", "full_text": False}),
        (rss(), {"weekly": None, "latest_at": None, "latest_title": None, "full_text": None, "articles": 0}),
        (rss("storm", title=""), {"title": FEED}),
    ],
)
async def test_what_is_not_known_of_a_feed_is_left_open(worker: Worker, feed: bytes, facts: dict[str, Any]) -> None:
    worker.web.pages[FEED] = feed
    (candidate,) = (await worker.service.subscribing.find(FEED))["candidates"]
    assert {key: candidate[key] for key in facts} == facts


async def test_a_feed_that_is_here_is_marked(worker: Worker) -> None:
    (id_,) = worker.add("http://harbour.test/feed.xml/")
    worker.web.pages |= {SITE: page(head=LINK), FEED: rss("storm")}
    (candidate,) = (await worker.service.subscribing.find(SITE))["candidates"]
    assert candidate["here"] == id_


async def test_the_named_are_ranked_and_the_dead_are_dropped(worker: Worker) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">'
        for name in ("empty", "comments", "dead", "all", "page", "moved")
    )
    worker.web.pages |= {
        SITE: page(head=links),
        SITE + "empty.xml": rss(title="Empty"),
        SITE + "comments.xml": rss("yes", title="Comments on all"),
        SITE + "all.xml": rss("storm", title="All"),
        SITE + "page.xml": page(),
        SITE + "moved.xml": httpx.Response(301, headers={"Location": "/new.xml"}),
        SITE + "new.xml": rss("race", title="Moved"),
    }
    assert await found(worker, SITE) == [SITE + name for name in ("all.xml", "new.xml", "empty.xml", "comments.xml")]


async def test_two_forms_of_a_feed_are_one_the_fuller(worker: Worker) -> None:
    atom = '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
    short, whole = dated(1, 2, words=5), dated(1, 2, words=500)
    worker.web.pages |= {SITE: page(head=LINK + atom), FEED: short, SITE + "atom.xml": whole}
    assert await found(worker, SITE) == [SITE + "atom.xml"]


async def test_an_article_leads_to_the_front_page_of_its_site(worker: Worker) -> None:
    article = SITE + "2024/05/ferry.html"
    worker.web.pages |= {article: page(), SITE: page(head=LINK), FEED: rss("storm")}
    assert await found(worker, article) == [FEED]


async def test_so_does_a_page_that_is_gone(worker: Worker) -> None:
    worker.web.pages |= {SITE: page(head=LINK), FEED: rss("storm")}
    assert await found(worker, SITE + "lost") == [FEED]


@pytest.mark.parametrize("document", [b"%PDF-1.7", b"", b"<opml/>", httpx.Response(404), httpx.Response(500)])
async def test_what_is_no_page_is_not_taken_for_another_feed(worker: Worker, document: bytes | httpx.Response) -> None:
    worker.web.pages |= {SITE + "x": document, SITE: page(head=LINK), FEED: rss("storm")}
    before = worker.store.sources()
    added = await worker.service.subscribing.add(SITE + "x")
    assert (added["source"], [each["url"] for each in added["others"]]) == (None, [FEED])
    assert added["problem"]
    assert worker.store.sources() == before
    answer = await worker.service.subscribing.find(SITE + "x")
    assert (answer["problem"], answer["status"]) == (added["problem"], added["status"])
    assert [each["url"] for each in answer["candidates"]] == [FEED]


async def test_nor_is_a_login_page_or_a_captcha(worker: Worker) -> None:
    for asks in ("<form>Your name <input type=password></form>", "Just a moment... <div id=cf-chl></div>"):
        worker.web.pages |= {SITE + "x": page(text=asks, head=LINK), FEED: rss("storm")}
        added = await worker.service.subscribing.add(SITE + "x")
        assert (added["source"], [each["url"] for each in added["others"]]) == (None, [FEED])


async def test_a_page_with_a_form_beside_much_to_read_is_a_page(worker: Worker) -> None:
    form = "<form>Your name <input type=password></form><script src=recaptcha.js></script>"
    worker.web.pages |= {SITE + "x": page(head=LINK).replace(b"<article>", form.encode()), FEED: rss("storm")}
    assert (await worker.service.subscribing.add(SITE + "x"))["url"] == FEED


async def test_what_leads_to_the_front_page_of_another_site_is_gone(worker: Worker) -> None:
    parked = "https://parking.test/"
    worker.web.pages |= {
        SITE + "2019/ferry": httpx.Response(301, headers={"Location": parked}),
        SITE: httpx.Response(301, headers={"Location": parked}),
        parked: page(head='<link rel="alternate" type="application/rss+xml" href="/buy.xml">'),
        parked + "buy.xml": rss("domains"),
    }
    assert (await worker.service.subscribing.add(SITE + "2019/ferry"))["source"] is None
    assert (await worker.service.subscribing.add(SITE))["url"] == parked + "buy.xml"  # the site itself moved


async def test_comments_are_never_taken_for_articles(worker: Worker) -> None:
    comments = "".join(
        f"<item><title>By: Ines</title><link>https://harbour.test/ferry#comment-{number}</link></item>"
        for number in range(3)
    )
    said = f"<rss version='2.0'><channel><title>Talk</title>{comments}</channel></rss>".encode()
    links = '<link rel="alternate" type="application/rss+xml" href="/talk.xml">' + LINK
    worker.web.pages |= {SITE: page(head=links), SITE + "talk.xml": said, FEED: rss("storm")}
    assert await found(worker, SITE) == [FEED, SITE + "talk.xml"]
    worker.web.pages[FEED] = httpx.Response(503)
    added = await worker.service.subscribing.add(SITE)
    assert (added["source"], added["status"]) == (None, 503)
    assert [each["url"] for each in added["others"]] == [SITE + "talk.xml"]
    worker.web.pages[FEED] = httpx.Response(404)
    assert "Only feeds of comments" in (await worker.service.subscribing.add(SITE))["problem"]


async def test_sections_and_searches_stand_behind_the_site(worker: Worker) -> None:
    names = ("?s=ferry&amp;feed=rss2", "category/sea/feed", "author/ines/feed", "feed.xml")
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in names)
    worker.web.pages |= {SITE: page(head=links)}
    worker.web.pages |= {SITE + name.replace("&amp;", "&"): rss(name[:4]) for name in names}
    assert await found(worker, SITE) == [FEED, SITE + names[1], SITE + names[2], SITE + "?s=ferry&feed=rss2"]


async def test_all_that_a_page_names_is_asked_within_bounds(worker: Worker) -> None:
    def named(count: int) -> list[str]:
        links = (f'<link rel="alternate" type="application/rss+xml" href="/{each}.xml">' for each in range(count))
        worker.web.pages |= {SITE: page(head="".join(links))}
        return [f"{SITE}{each}.xml" for each in range(count)]

    worker.web.pages |= {url: rss(url[-8:]) for url in named(13)}
    assert await found(worker, SITE) == named(13)
    worker.web.pages = {url: rss(url[-8:]) for url in named(60)}
    named(60)
    assert await found(worker, SITE) == named(60)[: bounds.FIND_FEEDS + bounds.FIND_FURTHER]
    added = await worker.service.subscribing.add(SITE)  # who takes the best does not wait for them all
    assert len(added["others"]) == bounds.FIND_FEEDS - 1


async def test_further_feeds_are_waited_for_a_while(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FIND_FURTHER_TIME", 0.05)
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{each}.xml">' for each in range(10))
    worker.web.pages |= {SITE: page(head=links)}
    worker.web.pages |= {f"{SITE}{each}.xml": rss(str(each)) for each in range(10)}
    wait_at(worker, monkeypatch, SITE + "9.xml")
    assert await found(worker, SITE) == [f"{SITE}{each}.xml" for each in range(9)]


async def test_an_answer_fits_into_a_line_of_the_pipe(worker: Worker) -> None:
    names = [f"{each}/{'é' * 900}" for each in range(20)]
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">' for name in names)
    worker.web.pages |= {SITE: page(head=links)}
    for name in names:
        worker.web.pages[str(httpx.URL(f"{SITE}{name}.xml"))] = rss(name, title="é" * 900)
    answer = await worker.service.subscribing.find(SITE)
    assert 3 < len(answer["candidates"]) < 20
    assert decode(encode({"id": 1, "answer": "done", **answer})) == {"id": 1, "answer": "done", **answer}


async def test_a_feed_that_refuses_is_not_replaced_by_another_one(worker: Worker) -> None:
    links = LINK + '<link rel="alternate" type="application/rss+xml" href="/b.xml">'
    worker.web.pages |= {SITE: page(head=links), FEED: httpx.Response(401), SITE + "b.xml": rss("race")}
    added = await worker.service.subscribing.add(SITE)
    assert (added["source"], added["status"]) == (None, 401)
    assert [each["url"] for each in added["others"]] == [SITE + "b.xml"]
    worker.web.pages |= {
        SITE + "members/": page(head='<link rel="feed" href="/m.xml">'),
        SITE + "m.xml": httpx.Response(403),
    }
    answer = await worker.service.subscribing.find(SITE + "members/")
    assert (answer["candidates"], answer["status"]) == ([], 403)
    worker.web.pages[SITE] = page(head='<link rel="feed" href="/b.xml"><link rel="feed" href="/feed.xml">')
    assert (await worker.service.subscribing.add(SITE))["url"] == SITE + "b.xml"  # the better of the two


async def test_name_and_password_of_an_address_go_along_within_its_origin(worker: Worker) -> None:
    def guarded(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=rss("storm")) if "authorization" in request.headers else httpx.Response(401)

    elsewhere = "https://elsewhere.test/feed"
    other = f'<link rel="alternate" type="application/rss+xml" href="{elsewhere}">'
    worker.web.pages |= {SITE: page(head=LINK + other), FEED: guarded, elsewhere: guarded}
    assert await found(worker, "https://anna:pw@harbour.test/") == ["https://anna:pw@harbour.test/feed.xml"]
    answer = await worker.service.subscribing.find(SITE)
    assert (answer["candidates"], answer["status"]) == ([], 401)  # said rather than that the page has none


async def test_a_link_to_a_page_of_feeds_is_followed(worker: Worker) -> None:
    worker.web.pages |= {
        SITE: page(text='News <a href="/rss">RSS</a>'),
        SITE + "rss": page(text='<a href="/sport/rss.xml">Sport</a> <a href="/world/rss.xml">World</a>'),
        SITE + "sport/rss.xml": rss("race", title="Sport"),
        SITE + "world/rss.xml": rss("storm", title="World"),
    }
    assert await found(worker, SITE) == [SITE + "sport/rss.xml", SITE + "world/rss.xml"]


async def test_a_link_to_a_feed_of_another_site_is_not_taken_for_the_sites_own(worker: Worker) -> None:
    friend, hosted = "https://friend.test/feed.xml", "https://feeds.pods.test/show/rss"
    worker.web.pages |= {
        SITE: page(text=f'What <a href="{friend}">a friend</a> writes.'),
        friend: dated(1, title="A friend"),
        hosted: rss("storm").replace(b"<channel>", b"<channel><link>https://www.harbour.test/</link>"),
    }
    added = await worker.service.subscribing.add(SITE)
    assert (added["source"], [each["url"] for each in added["others"]]) == (None, [friend])
    assert "of another site" in added["problem"]
    worker.web.pages[SITE] = page(text=f'<a href="{hosted}">RSS</a>')
    assert (await worker.service.subscribing.add(SITE))["url"] == hosted


async def test_a_page_that_leads_on_is_followed(worker: Worker) -> None:
    worker.web.pages |= {
        SITE: page(head='<meta http-equiv="Refresh" content="0; URL=\'/en/\'">'),
        SITE + "en/": page(head='<link rel="alternate" type="application/rss+xml" href="index.xml">'),
        SITE + "en/index.xml": rss("storm"),
    }
    assert await found(worker, SITE) == [SITE + "en/index.xml"]


async def test_a_site_without_https_is_asked_by_http(worker: Worker) -> None:
    worker.web.pages |= {SITE: httpx.ConnectError("refused"), "http://harbour.test/": rss("storm")}
    assert await found(worker, "harbour.test") == ["http://harbour.test"]
    assert await found(worker, SITE) == []  # who names the scheme means it


async def test_what_is_missing_at_a_site_without_https_is_said(worker: Worker) -> None:
    plain = SITE.replace("https", "http")
    worker.web.pages |= {
        SITE + "gone": httpx.ConnectError("refused"),
        plain: page(head=LINK),
        plain + "feed.xml": rss("storm"),
    }
    answer = await worker.service.subscribing.find("harbour.test/gone")
    assert (answer["status"], [each["url"] for each in answer["candidates"]]) == (404, [plain + "feed.xml"])


async def test_a_guessed_feed_of_comments_does_not_end_the_search(worker: Worker) -> None:
    worker.web.pages |= {
        SITE + "ferry/": page(),
        SITE + "ferry/feed": rss("yes", title="Comments on: Ferry"),
        SITE + "rss.xml": rss("storm"),
    }
    assert await found(worker, SITE + "ferry/") == [SITE + "rss.xml", SITE + "ferry/feed"]


PLACES = [
    (
        "https://www.youtube.com/@coast",
        f'<html><script>var ytInitialData = {{"externalId":"{CHANNEL}"}};</script></html>',
        VIDEOS,
    ),
    (
        "youtube.com/watch?v=abc",
        f'<html><script>{{"videoDetails":{{"channelId":"{CHANNEL}"}}}}</script></html>',
        VIDEOS,
    ),
    (
        "https://substack.com/@ines",
        r'<script>window._preloads=JSON.parse("{\"primaryPublication\":{\"id\":1,\"subdomain\":\"coast\"}}")</script>',
        "https://coast.substack.com/feed",
    ),
    ("git@github.com:coast/ferry.git", None, "https://github.com/coast/ferry/commits.atom"),
    ("r/ferries", None, "https://www.reddit.com/r/ferries/.rss"),
    ("https://github.com/coast/ferry", None, "https://github.com/coast/ferry/commits.atom"),
    ("@ines@mastodon.test", None, "https://mastodon.test/@ines.rss"),
    ("https://coast.substack.com/p/ferry", None, "https://coast.substack.com/feed"),
    ("https://medium.com/@ines/a-story", None, "https://medium.com/feed/@ines"),
    ("https://news.ycombinator.com/ask", None, "https://hnrss.org/ask"),
    ("https://lobste.rs/t/rust", None, "https://lobste.rs/t/rust.rss"),
    ("https://bsky.app/profile/ines.test", None, "https://bsky.app/profile/ines.test/rss"),
    (
        "https://forum.test/c/boats/12",
        '<html><head><meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse"></head></html>',
        "https://forum.test/c/boats/12.rss",
    ),
]


@pytest.mark.parametrize(("address", "html", "feed"), PLACES)
async def test_places_lead_to_their_feeds(worker: Worker, address: str, html: str | None, feed: str) -> None:
    worker.web.pages[feed] = rss("storm")
    if html is not None:
        place = address if address.startswith("https://") else f"https://{address}"
        worker.web.pages[place] = html.encode()
    assert (await found(worker, address))[0] == feed
    assert len(worker.web.asked) <= 5


async def test_a_question_about_cookies_is_answered_with_no(worker: Worker) -> None:
    channel = "https://www.youtube.com/@coast"
    question = "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2F%40coast&gl=DE"

    def page_of_a_channel(request: httpx.Request) -> httpx.Response:
        if request.headers.get("cookie") == "SOCS=CAE=":
            return httpx.Response(200, content=f'{{"externalId":"{CHANNEL}"}}'.encode())
        return httpx.Response(302, headers={"Location": question})

    worker.web.pages |= {channel: page_of_a_channel, question: page(), VIDEOS: rss("storm")}
    assert await found(worker, channel) == [VIDEOS]
    worker.web.pages[channel] = httpx.Response(302, headers={"Location": question})
    answer = await worker.service.subscribing.find(channel)
    assert answer["candidates"] == []
    assert "asks about cookies" in answer["problem"]
    elsewhere = question.replace("www.youtube.com", "evil.test")
    worker.web.pages[channel] = httpx.Response(302, headers={"Location": elsewhere})
    await worker.service.subscribing.find(channel)
    assert not any("evil.test" in asked.partition("?")[0] for asked in worker.web.asked)


async def test_what_a_known_feed_answers_is_said_rather_than_what_its_page_does(worker: Worker) -> None:
    worker.web.pages |= {
        "https://www.reddit.com/r/ferries/.rss": httpx.Response(429),
        "https://www.reddit.com/r/ferries": httpx.Response(403),
    }
    answer = await worker.service.subscribing.find("r/ferries")
    assert (answer["candidates"], answer["status"]) == ([], 429)
    assert answer["problem"].endswith("it is asked too often. Try again later.")


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        (b"", r"names is none \(https://harbour\.test/feed\.xml\): The document is empty\. No other was found"),
        (b"<rss><channel><title>Tr", r"names is none .*: The feed is broken .* can be read\. No other"),
        (None, r"names is not there \(https://harbour\.test/feed\.xml\)\. No other was found"),
    ],
)
async def test_a_feed_that_a_page_names_and_that_is_none_is_said(worker: Worker, feed: bytes | None, said: str) -> None:
    worker.web.pages |= {SITE: page(head=LINK)} | ({} if feed is None else {FEED: feed})
    answer = await worker.service.subscribing.find(SITE)
    assert re.search(said, answer["problem"])


async def test_a_known_place_is_not_read_when_its_feed_is_there(worker: Worker) -> None:
    worker.web.pages["https://www.reddit.com/r/ferries/.rss"] = rss("storm")
    await found(worker, "reddit.com/r/ferries")
    assert list(worker.web.asked) == ["https://www.reddit.com/r/ferries/.rss"]


async def test_a_podcast_is_looked_up_in_its_directory(worker: Worker) -> None:
    lookup = b'{"resultCount":1,"results":[{"collectionName":"Ferry","feedUrl":"https://pod.test/show.xml"}]}'
    worker.web.pages |= {
        "https://itunes.apple.com/lookup?id=77&entity=podcast": lookup,
        "https://pod.test/show.xml": rss("storm"),
    }
    assert await found(worker, "https://podcasts.apple.com/de/podcast/ferry/id77") == ["https://pod.test/show.xml"]


@pytest.mark.parametrize(
    ("address", "document", "said"),
    [
        (SITE, page(), r"web page.*No feed was found.*\d+ addresses tried"),
        (SITE, b"<html><input type=password></html>", "login page"),
        (SITE, b"%PDF-1.7", "PDF"),
        (SITE, None, "404"),
        ("https://x.com/ines", page(), "X offers no feeds"),
    ],
)
async def test_when_there_is_nothing_the_reason_is_said(
    worker: Worker, address: str, document: bytes | None, said: str
) -> None:
    if document is not None:
        worker.web.pages[address] = document
    answer = await worker.service.subscribing.find(address)
    assert answer["candidates"] == []

    assert re.search(said, answer["problem"])
    assert sum(worker.web.asked.values()) <= bounds.FIND_FETCHES + 1


async def test_no_further_try_is_promised(worker: Worker) -> None:
    worker.web.pages[SITE] = httpx.ConnectError("refused")
    answer = await worker.service.subscribing.find(SITE)
    assert answer["problem"] == "The connection to harbour.test failed."
    with pytest.raises(FetchError, match=r"failed\.$"):
        await worker.service.subscribing.add(SITE)


async def test_what_is_no_address_is_refused(worker: Worker) -> None:
    with pytest.raises(UsageError):
        await worker.service.subscribing.find("two words")


async def test_a_page_full_of_dead_links_costs_a_bounded_number_of_requests(worker: Worker) -> None:
    worker.web.pages[SITE] = page(text="".join(f'<a href="/{number}/rss.xml">RSS</a>' for number in range(300)))
    assert await found(worker, SITE) == []
    assert sum(worker.web.asked.values()) <= bounds.FIND_FETCHES + 1


async def test_a_host_that_does_not_answer_is_not_asked_on_and_on(worker: Worker) -> None:
    state = lost(worker)
    gone = UnknownHost("moved.test does not exist.")
    worker.web.pages |= {"https://moved.test/": gone, "https://moved.test/feed": gone, SITE + "atom.xml": rss("storm")}
    assert await again(worker, state, "https://moved.test/") == SITE + "atom.xml"
    assert sum(count for url, count in worker.web.asked.items() if "moved.test" in url) == 1


async def test_without_a_network_it_is_said_at_once(worker: Worker) -> None:
    worker.web.pages |= {
        SITE: page(head=LINK + '<link rel="alternate" type="application/rss+xml" href="/b.xml">'),
        FEED: Offline("There is no network."),
    }
    with pytest.raises(Offline):
        await worker.service.subscribing.find(SITE)


async def test_a_slow_site_ends_the_search_and_keeps_what_was_found(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "FIND_DEADLINE", 0.05)
    slow = '<link rel="alternate" type="application/rss+xml" href="/slow.xml">'
    worker.web.pages |= {SITE: page(head=LINK + slow), FEED: rss("storm")}
    wait_at(worker, monkeypatch, SITE + "slow.xml")
    assert await found(worker, SITE) == [FEED]
    answer = await worker.service.subscribing.find(SITE + "slow.xml")
    assert "too slowly" in answer["problem"]


def wait_at(worker: Worker, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let the fetcher wait without end at one address."""
    fetcher = worker.service.tools.fetcher
    get: Callable[..., Any] = fetcher.get

    async def slow(asked: str, **arguments: Any) -> Any:
        if asked == url:
            await asyncio.Event().wait()
        return await get(asked, **arguments)

    monkeypatch.setattr(fetcher, "get", slow)


async def test_a_public_page_cannot_send_the_search_into_a_private_network(worker: Worker) -> None:
    inside = '<link rel="alternate" type="application/rss+xml" href="http://192.168.1.1/feed">'
    worker.web.pages |= {SITE: page(head=inside), "http://192.168.1.1/feed": rss("storm")}
    assert await found(worker, SITE) == []
    assert "http://192.168.1.1/feed" not in worker.web.asked


async def test_a_lost_public_source_is_not_looked_for_in_a_private_network(worker: Worker) -> None:
    home = "http://192.168.1.1/"
    worker.web.pages |= {home: page(head=LINK), home + "feed.xml": rss("storm")}
    assert await again(worker, lost(worker), home) is None
    assert not any("192.168" in url for url in worker.web.asked)


def lost(worker: Worker, url: str = SITE + "old.xml", **changes: Any) -> FetchState:
    (id_,) = worker.add(url)
    (state,) = worker.store.fetch_states([id_])
    return state._replace(title="The Harbour Post", **changes)


async def again(worker: Worker, state: FetchState, link: str | None) -> str | None:
    found = await worker.service.subscribing.rediscover(state, link)
    return None if found is None else found.url


async def test_for_a_source_the_feeds_like_it_come_first(worker: Worker) -> None:
    (id_,) = worker.add(SITE + "old.xml")
    worker.web.pages[SITE + "old.xml"] = rss("storm", "ferry", title="Post")
    await worker.service.refresh()
    links = ("cats.xml", "old.xml", "feed.xml", "https://far.test/feed")
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    worker.web.pages |= {
        SITE: page(head=head),
        SITE + "cats.xml": rss("cats", title="Cats"),
        FEED: rss("storm", "gale", title="Other"),
        "https://far.test/feed": rss("dogs", title="Dogs"),
    }
    answer = await worker.service.answer({"request": "find", "address": SITE, "source": id_})
    assert [(each["url"], each["like"]) for each in answer["candidates"]] == [
        (SITE + "old.xml", "itself"),
        (FEED, "articles"),
        (SITE + "cats.xml", "site"),
        ("https://far.test/feed", None),
    ]
    with pytest.raises(UsageError):
        await worker.service.answer({"request": "find", "address": SITE, "source": 77})


async def test_where_a_person_looks_its_origin_is_asked_as_the_source_is(worker: Worker) -> None:
    def guarded(request: httpx.Request) -> httpx.Response:
        allowed = request.headers.get("x-key") == "s3cret"
        return httpx.Response(200, content=rss("storm")) if allowed else httpx.Response(401)

    (id_,) = worker.add(SITE + "old.xml")
    worker.store.set_source(id_, settings=SourceSettings(headers=(("X-Key", "s3cret"),)))
    far = "https://far.test/feed"
    worker.web.pages |= {SITE: page(head=LINK + f'<link rel="feed" href="{far}">'), FEED: guarded, far: guarded}
    answer = await worker.service.answer({"request": "find", "address": SITE, "source": id_})
    assert [each["url"] for each in answer["candidates"]] == [FEED]


async def test_a_lost_feed_is_found_again_by_its_home_page(worker: Worker) -> None:
    state = lost(worker)
    worker.web.pages |= {SITE + "blog/": page(head=LINK), FEED: rss("storm")}
    assert await again(worker, state, SITE + "blog/") == FEED


async def test_a_lost_feed_is_found_again_where_it_was(worker: Worker) -> None:
    state = lost(worker)
    worker.web.pages |= {SITE + "old.xml": page(head=LINK), FEED: rss("storm")}
    assert await again(worker, state, None) == FEED


async def test_of_several_the_one_of_the_same_name_is_it(worker: Worker) -> None:
    state = lost(worker)
    other = '<link rel="alternate" type="application/rss+xml" href="/b.xml">'
    worker.web.pages |= {SITE: page(head=other + LINK), FEED: rss("storm"), SITE + "b.xml": rss("x", title="Other")}
    assert await again(worker, state, SITE) == FEED


async def test_a_lost_feed_is_guessed(worker: Worker) -> None:
    worker.web.pages[SITE + "atom.xml"] = rss("storm")
    assert await again(worker, lost(worker), None) == SITE + "atom.xml"


async def test_neither_a_source_nor_itself_nor_comments_are_offered(worker: Worker) -> None:
    state = lost(worker)
    worker.add(FEED)
    comments = '<link rel="alternate" type="application/rss+xml" href="/comments.xml">'
    worker.web.pages |= {SITE: page(head=LINK + comments), FEED: rss("storm"), SITE + "comments.xml": rss("yes")}
    assert await again(worker, state, SITE) is None
    worker.web.pages = {SITE + "old.xml": rss("storm")}
    assert await again(worker, state, SITE) is None


async def test_a_search_says_nothing_of_a_sources_own_secrets(worker: Worker) -> None:
    seen: list[httpx.Headers] = []

    def keep(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, content=rss("storm"))

    settings = SourceSettings(headers=(("X-Key", "s3cret"),), user="anna", secret="env:NONE", user_agent="Mine/1")
    worker.web.pages |= {SITE: page(head=LINK), FEED: keep}
    state = lost(worker, settings=settings)
    assert await again(worker, state, SITE) == FEED
    assert [(each.get("x-key"), each.get("authorization"), each["user-agent"]) for each in seen] == [
        (None, None, "Mine/1")
    ]
