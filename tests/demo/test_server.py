from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from newsreader import feeds
from newsreader.demo.server import NOW, DemoServer
from newsreader.demo.site import Site
from newsreader.demo.world import sources
from newsreader.errors import NotAFeed
from newsreader.model import Subscription

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = "Mozilla/5.0 (X11; Linux x86_64)"
BY_FAULT = {source.fault: source for source in sources() if source.fault}


@pytest.fixture(name="server")
def _server() -> Iterator[DemoServer]:
    with DemoServer(delay=0.0) as server:
        yield server


@pytest.fixture(name="client")
def _client(server: DemoServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base, trust_env=False) as client:
        yield client


def test_every_subscription_answers_and_is_a_feed_but_the_gone_and_the_lost_one(
    server: DemoServer, client: httpx.Client
) -> None:
    assert len(server.subscriptions()) == len(sources())
    for subscription, source in zip(server.subscriptions(), sources(), strict=True):
        assert subscription == Subscription(
            url=server.base + source.feed_path, title=source.title, folder=source.folder, link=server.base + source.home
        )
        answer = client.get(subscription.url, follow_redirects=True, headers={"User-Agent": BROWSER})
        if source.fault in {"gone", "lost"}:
            assert answer.status_code == {"gone": 410, "lost": 404}[source.fault]
            with pytest.raises(NotAFeed):
                feeds.parse(answer.content)
        else:
            assert answer.status_code == 200
            assert feeds.parse(answer.content).title == source.title


def test_every_page_answers(server: DemoServer, client: httpx.Client) -> None:
    for source in sources():
        for article in source.articles[:2]:
            answer = client.get(source.path(article))
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/").status_code == 200
    assert client.get("/nowhere").status_code == 404


def test_a_moved_feed_leads_to_its_new_address(server: DemoServer, client: httpx.Client) -> None:
    source = BY_FAULT["moved"]
    answer = client.get(source.feed_path)
    assert answer.status_code == 301
    assert answer.headers["location"] == source.moved_path
    assert len(feeds.parse(client.get(source.moved_path).content).articles) == len(source.articles)


def test_a_lost_feed_is_named_by_its_front_page_alone(server: DemoServer, client: httpx.Client) -> None:
    source = BY_FAULT["lost"]
    assert client.get(source.feed_path).status_code == 404
    page = client.get(source.home).text
    assert f'href="{source.moved_path}"' in page
    assert source.feed_path not in page
    assert feeds.parse(client.get(source.moved_path).content).title == source.title


def test_a_guarded_feed_is_given_to_browsers_only(server: DemoServer, client: httpx.Client) -> None:
    source = BY_FAULT["guarded"]
    assert client.get(source.feed_path).status_code == 403
    assert client.get(source.feed_path, headers={"User-Agent": "newsreader/1"}).status_code == 403
    answer = client.get(source.feed_path, headers={"User-Agent": BROWSER})
    assert feeds.parse(answer.content).title == source.title
    assert client.get(source.home).status_code == 200


def test_one_source_has_been_silent_for_long() -> None:
    silent = next(source for source in sources() if source.slug == "slow-bus")
    ages = [article.age // 86_400 for article in silent.articles]
    assert ages == [94, 101, 108, 115, 122]


def test_a_broken_feed_is_cut_short_and_gives_some_articles(server: DemoServer, client: httpx.Client) -> None:
    source = BY_FAULT["broken"]
    body = client.get(source.feed_path).content
    assert not body.rstrip().endswith(b"</rss>")
    parsed = feeds.parse(body)
    assert 0 < len(parsed.articles) < len(source.articles)
    assert parsed.problem


def test_the_slow_source_alone_is_slow() -> None:
    site = Site(sources(), "http://127.0.0.1:1", NOW, 2.0)
    delays = {source.slug: site.reply(source.feed_path).delay for source in sources()}
    assert {slug for slug, delay in delays.items() if delay == 2.0} == {BY_FAULT["slow"].slug}
    assert sum(delay == 0.0 for delay in delays.values()) == len(delays) - 1


def test_the_server_ends_while_a_slow_answer_is_waiting() -> None:
    failures: list[httpx.HTTPError] = []

    def ask(address: str) -> None:
        try:
            httpx.get(address, trust_env=False, timeout=30)
        except httpx.HTTPError as error:
            failures.append(error)

    with DemoServer(delay=1_000.0) as server:
        thread = threading.Thread(target=ask, args=(server.base + BY_FAULT["slow"].feed_path,))
        thread.start()
        while not server.requests:
            thread.join(0.01)
    thread.join(20)
    assert not thread.is_alive()
    assert len(failures) == 1


def test_an_unchanged_feed_is_not_sent_twice(server: DemoServer, client: httpx.Client) -> None:
    path = sources()[0].feed_path
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert "max-age" in again.headers["cache-control"]
    server.publish_more()
    assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_bodies_are_compressed_for_those_who_can_read_it(server: DemoServer, client: httpx.Client) -> None:
    path = sources()[0].feed_path
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.content == plain.content


def test_head_sends_the_fields_alone(server: DemoServer, client: httpx.Client) -> None:
    answer = client.head(sources()[0].feed_path)
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) > 1_000
    assert answer.content == b""


def test_an_article_is_edited_when_more_is_published(server: DemoServer, client: httpx.Client) -> None:
    edited = [(source, article) for source in sources() for article in source.articles if article.before]
    assert len(edited) == 1
    for source, article in edited:
        said = []
        for _ in range(2):
            parsed = feeds.parse(client.get(source.feed_path).content)
            said.append(next(each.content_html for each in parsed.articles if each.title == article.title))
            server.publish_more(1)
        assert said == [article.before, article.html]


def test_held_articles_come_out_one_by_one_and_are_the_newest_of_their_source(
    server: DemoServer, client: httpx.Client
) -> None:
    before = {
        source.slug: feeds.parse(client.get(source.feed_path).content) for source in sources() if not source.fault
    }
    held = [article for source in sources() for article in source.articles if article.held]
    (first,) = server.publish_more(1)
    assert first.age == max(article.age for article in held)
    assert len(server.publish_more()) == len(held) - 1
    assert server.publish_more() == ()
    arrived = 0
    for source in sources():
        if source.fault:
            continue
        after = feeds.parse(client.get(source.feed_path).content)
        known = {article.title for article in before[source.slug].articles}
        fresh = [article for article in after.articles if article.title not in known]
        arrived += len(fresh)
        assert {article.title for article in fresh} == {article.title for article in source.articles if article.held}
        assert list(after.articles[: len(fresh)]) == fresh
    assert arrived == len(held)


def test_ages_are_counted_back_from_now() -> None:
    source = sources()[0]
    newest = min(article.age for article in source.articles if not article.held)
    with DemoServer(now=1_000_000_000) as server:
        parsed = feeds.parse(httpx.get(server.subscriptions()[0].url, trust_env=False).content)
    assert parsed.articles[0].published == 1_000_000_000 - newest


def test_it_remembers_what_it_was_asked_for_and_says_nothing(
    server: DemoServer, client: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    before = server.requests
    client.get("/nowhere?with=query")
    client.get("/")
    assert (before, server.requests) == ((), ("/nowhere", "/"))
    assert capfd.readouterr() == ("", "")


def test_it_must_be_running_to_be_asked() -> None:
    with pytest.raises(RuntimeError):
        _ = DemoServer().base


def test_importing_it_loads_no_web_server() -> None:
    program = (
        "import sys, newsreader.demo.server; "
        "heavy = {'http.server', 'http.client', 'ssl', 'lxml', 'tomllib', 'httpx'}; print(heavy & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_serving_loads_no_lxml() -> None:
    program = (
        "import sys\nfrom newsreader.demo.server import DemoServer\n"
        "with DemoServer() as server: server.subscriptions()\nprint('lxml' in sys.modules, 'httpx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
