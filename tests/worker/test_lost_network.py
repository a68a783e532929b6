"""What tells a lost network from lost hosts, and what becomes of the sources without one."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from newsreader.bounds import OFFLINE_PAUSE
from tests.worker.conftest import NOW, rss

if TYPE_CHECKING:
    from tests.worker.conftest import Worker

URL = "http://harbour.test/feed"


def unknown() -> httpx.ConnectError:
    """What httpx raises for a name that the resolver does not know."""
    error = httpx.ConnectError("failed")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return error


def cut_off() -> httpx.ConnectError:
    """What httpx raises behind a router that has lost its way out."""
    error = httpx.ConnectError("failed")
    error.__cause__ = OSError(errno.EHOSTUNREACH, "No route to host")
    return error


def untrusted() -> httpx.ConnectError:
    """What httpx raises where a network puts its login in the place of every site, or the clock is wrong."""
    error = httpx.ConnectError("failed")
    error.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.__cause__.verify_code = 62
    return error


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (unknown(), "There is no network connect"),
        (cut_off(), "There is no network connect"),
        (httpx.ConnectTimeout("slow"), "There is no network connect"),
        (untrusted(), "No site can be reached safe"),
    ],
    ids=repr,
)
async def test_several_hosts_of_which_nothing_is_heard_are_no_network(
    worker: Worker, failure: Exception, said: str
) -> None:
    ids = worker.add(*(f"http://host{number}.test/feed" for number in range(4)))
    worker.web.pages |= {f"http://host{number}.test/feed": failure for number in range(4)}
    outcome = await worker.service.refresh()
    assert (outcome.total, outcome.done, outcome.failed, outcome.offline) == (4, 4, 4, 4)
    assert [event["text"][:27] for event in worker.of("notice")] == [said]
    for state in worker.store.fetch_states(ids):
        assert (state.error, state.error_count, state.next_due) == (None, 0, NOW + OFFLINE_PAUSE)
    assert [event["done"] for event in worker.of("refresh")] == [0, 1, 2, 3, 4]


async def test_few_silent_hosts_may_be_down_by_chance(worker: Worker) -> None:
    urls = [f"http://host{number}.test/feed" for number in range(3)]
    worker.web.pages |= {url: httpx.ConnectTimeout("slow") for url in urls}
    ids = worker.add(*urls)
    outcome = await worker.service.refresh()
    assert (outcome.failed, outcome.offline) == (3, 0)
    assert all("There was no answer from" in (state.error or "") for state in worker.store.fetch_states(ids))


@pytest.mark.parametrize("first", [True, False])
async def test_one_answer_shows_that_unknown_hosts_are_wrong_names(worker: Worker, first: bool) -> None:
    dead = ["http://a.test/feed", "http://b.test/feed"]
    urls = [URL, *dead] if first else [*dead, URL]
    ids = dict(zip(urls, worker.add(*urls), strict=True))
    worker.web.pages |= {URL: rss("storm"), **{url: unknown() for url in dead}}
    outcome = await worker.service.refresh()
    assert (outcome.done, outcome.failed, outcome.offline, outcome.added) == (3, 2, 0, 1)
    assert worker.of("notice") == []
    for state in worker.store.fetch_states([ids[url] for url in dead]):
        assert "does not exist" in (state.error or "")
        assert state.error_count == 1


async def test_one_good_answer_shows_that_certificates_are_wrong(worker: Worker) -> None:
    urls = [f"https://host{number}.test/feed" for number in range(5)]
    worker.web.pages |= {URL: rss("storm"), **{url: untrusted() for url in urls}}
    ids = worker.add(*urls, URL)
    outcome = await worker.service.refresh()
    assert (outcome.failed, outcome.offline, outcome.added) == (5, 0, 1)
    assert all("for another host" in (state.error or "") for state in worker.store.fetch_states(ids[:5]))


async def test_one_unknown_host_alone_is_a_wrong_name(worker: Worker) -> None:
    urls = ["http://a.test/feed", "http://a.test/other"]
    worker.web.pages |= {url: unknown() for url in urls}
    ids = worker.add(*urls)
    outcome = await worker.service.refresh()
    assert (outcome.failed, outcome.offline) == (2, 0)
    assert all("does not exist" in (state.error or "") for state in worker.store.fetch_states(ids))


async def test_hosts_that_were_dead_before_are_no_sign_of_no_network(worker: Worker) -> None:
    urls = ["http://a.test/feed", "http://b.test/feed"]
    worker.web.pages |= {URL: rss("storm"), **{url: unknown() for url in urls}}
    ids = worker.add(URL, *urls)
    await worker.service.refresh()
    worker.time[0] += 3 * 3_600
    outcome = await worker.service.refresh(ids[1:])
    assert (outcome.failed, outcome.offline) == (2, 0)
    assert [state.error_count for state in worker.store.fetch_states(ids[1:])] == [2, 2]


@pytest.mark.slow
@pytest.mark.parametrize(("failure", "said"), [(unknown(), "no network"), (untrusted(), "wants a login")])
async def test_of_very_many_hosts_not_all_are_asked(worker: Worker, failure: Exception, said: str) -> None:
    urls = [f"https://host{number}.test/feed" for number in range(200)]
    worker.web.pages |= dict.fromkeys(urls, failure)
    ids = worker.add(*urls)
    outcome = await worker.service.refresh()
    assert (outcome.offline, sum(worker.web.asked.values()) < 100) == (200, True)
    assert [said in event["text"] for event in worker.of("notice")] == [True]
    assert not any(state.error for state in worker.store.fetch_states(ids))
