"""Leaving hosts alone: between two starts, and when they ask for it."""

from __future__ import annotations

import asyncio
import selectors
import time
from datetime import datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from newsreader.bounds import HOST_HOLD, MAX_RETRY_AFTER
from newsreader.errors import FetchError, HeldBack
from newsreader.fetch.fetcher import Fetcher, NotModified
from newsreader.fetch.gate import Gate
from newsreader.fetch.holds import Holds, Silences
from tests.fetch.conftest import NOW
from tests.hostile_server import ETAG, FEED, HostileServer

if TYPE_CHECKING:
    from collections.abc import Callable


def public(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(answer)


def reply(status: int = 200, **lines: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in lines.items()}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(FEED), extensions={"peer": "93.184.216.34"})


# The gap


class Hasty(asyncio.SelectorEventLoop):
    """A loop whose time is that of its timers: nobody waits, and nothing is late on a busy machine."""

    def __init__(self) -> None:
        super().__init__(HastySelector(self))
        self.now = 0.0

    def time(self) -> float:
        return self.now


class HastySelector(selectors.SelectSelector):
    def __init__(self, loop: Hasty) -> None:
        super().__init__()
        self.loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.loop.now += timeout or 0.0
        return super().select(0)


def test_starts_at_one_host_are_apart_and_others_do_not_wait() -> None:
    starts: dict[str, list[float]] = {}

    async def visits() -> None:
        gate, loop = Gate(16, 2), asyncio.get_running_loop()

        async def visit(host: str) -> None:
            async with gate.passage(host, gap=0.05):
                starts.setdefault(host, []).append(loop.time())

        await asyncio.gather(*(visit(host) for host in "aaaabc"))

    with asyncio.Runner(loop_factory=Hasty) as runner:
        runner.run(visits())
    assert [len(starts[host]) for host in "abc"] == [4, 1, 1]
    first, *later = starts["a"]
    assert all(moment - before >= 0.049 for before, moment in zip((first, *later), later, strict=False))
    assert starts["b"][0] < later[0]
    assert starts["c"][0] < later[0]


async def test_who_is_waited_for_by_a_person_waits_for_no_gap() -> None:
    gate = Gate(16, 2)
    async with gate.passage("a", gap=600):
        pass
    waiting = asyncio.create_task(gate.passage("a", gap=600).__aenter__())
    await asyncio.sleep(0)
    async with asyncio.timeout(5), gate.passage("a", urgent=True, gap=600):
        pass
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_who_waits_for_a_gap_takes_no_place() -> None:
    gate = Gate(1, 1)
    async with gate.passage("a", gap=600):
        pass
    waiting = asyncio.create_task(gate.passage("a", gap=600).__aenter__())
    await asyncio.sleep(0)
    async with asyncio.timeout(5), gate.passage("b", gap=600):
        pass
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_only_other_machines_are_spared() -> None:
    async with Fetcher(transport=public(lambda _: reply()), host_gap=600) as fetcher:
        async with asyncio.timeout(5):
            for host in ("127.0.0.1", "localhost", "[::1]"):
                for _ in range(2):
                    await fetcher.get(f"http://{host}/")
            await fetcher.get("http://feeds.example/a")
            await fetcher.page("http://feeds.example/b")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fetcher.get("http://feeds.example/c"), 0.05)


async def test_a_redirect_on_one_host_waits_for_no_gap() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return reply(302, location="/b") if request.url.path == "/a" else reply()

    async with Fetcher(transport=public(answer), host_gap=600) as fetcher, asyncio.timeout(5):
        await fetcher.get("http://feeds.example/a")


# Holds


@pytest.mark.parametrize(
    ("status", "lines", "wait"),
    [
        (429, {"Retry_After": "120"}, 120),
        (503, {"Retry_After": "Mon, 23 Nov 2026 19:00:00 GMT"}, 3_600),
        (429, {}, HOST_HOLD),
        (503, {"Retry_After": "soon"}, HOST_HOLD),
        (429, {"Retry_After": "31536000"}, MAX_RETRY_AFTER),
        (429, {"Retry_After": "0"}, None),
        (500, {"Retry_After": "120"}, None),
        (404, {}, None),
    ],
)
async def test_a_host_is_left_alone_as_it_asked(status: int, lines: dict[str, str], wait: int | None) -> None:
    now, asked = [float(NOW)], list[str]()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return reply(status, **lines) if request.url.path == "/busy" else reply()

    async with Fetcher(transport=public(answer), clock=lambda: now[0], host_gap=0) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get("http://feeds.example/busy")
        assert not isinstance(caught.value, HeldBack)
        await fetcher.get("http://others.example/")
        if wait is None:
            assert fetcher.holds == {}
            return
        until = NOW + wait
        assert fetcher.holds == {"feeds.example": until}
        asked.clear()
        with pytest.raises(HeldBack) as held:
            await fetcher.get("http://feeds.example:8080/other")
        assert held.value.until == until
        assert held.value.retry_after == wait
        assert not asked
        await fetcher.page("http://feeds.example/page")
        now[0] += wait
        assert fetcher.holds == {}
        await fetcher.get("http://feeds.example/other")


async def test_who_waited_at_the_gate_is_held_back_too() -> None:
    asked = []

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        await asyncio.sleep(0)
        return reply(429)

    async with Fetcher(transport=httpx.MockTransport(answer), host_gap=0) as fetcher:
        gets = (fetcher.get(f"http://feeds.example/{number}") for number in range(6))
        answers = await asyncio.gather(*gets, return_exceptions=True)
    assert [type(found) for found in answers[2:]] == [HeldBack] * 4
    assert len(asked) == 2


async def test_the_servers_of_this_machine_are_each_for_itself(server: HostileServer) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(FetchError, match="answered 503"):
            await fetcher.get(server.url("/busy"))
        await fetcher.get(server.url("/feed"))
        assert fetcher.holds == {}


async def test_a_redirect_to_a_host_on_hold_is_not_followed(server: HostileServer) -> None:
    async with HostileServer() as other, Fetcher() as fetcher:
        fetcher.hold("localhost", int(time.time()) + 60)
        with pytest.raises(HeldBack):
            await fetcher.get(server.url(f"/away?{other.url('/feed', host='localhost')}"))
        assert not other.requests


async def test_the_answer_to_a_person_says_it(server: HostileServer) -> None:
    async with Fetcher() as fetcher:
        fetcher.hold("127.0.0.1", int(time.time()) + 60)
        with pytest.raises(FetchError, match="asked too often") as caught:
            await fetcher.page(server.url("/status/429"))
        assert not isinstance(caught.value, HeldBack)


def test_what_is_said_of_a_hold() -> None:
    now = [datetime(2026, 11, 23, 14, 0).astimezone().timestamp()]
    holds = Holds(lambda: now[0])
    holds.check("a.example")
    holds.put("a.example", int(now[0]) + 1_800)
    with pytest.raises(HeldBack, match=r"^a\.example asked to be left alone until 14:30\.$"):
        holds.check("a.example")
    holds.put("a.example", int(now[0]) + 60)  # a shorter one does not cut it
    holds.put("b.example", int(now[0]) + 86_400)
    with pytest.raises(HeldBack, match=r"until 2026-11-24 14:00\.$"):
        holds.check("b.example")
    holds.put("c.example", int(now[0]) - 1)
    assert holds.now() == {"a.example": int(now[0]) + 1_800, "b.example": int(now[0]) + 86_400}
    now[0] -= 10 * MAX_RETRY_AFTER  # the clock was set back
    assert holds.now() == {}


async def test_the_status_is_told(server: HostileServer) -> None:
    async with Fetcher() as fetcher:
        answer = await fetcher.get(server.url("/not-quite"))
        assert answer.status == 203
        answer = await fetcher.get(server.url("/conditional"), etag=ETAG)
        assert isinstance(answer, NotModified)
        assert answer.status == 304


# Hosts that do not answer


def silent_web(asked: list[str], *, failing: list[bool]) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        if failing[0]:
            raise httpx.ConnectTimeout("slow")
        return httpx.Response(200, stream=httpx.ByteStream(FEED), extensions={"peer": "93.184.216.34"})

    return httpx.MockTransport(handle)


@pytest.mark.parametrize(("host", "tries"), [("down.example", 2), ("127.0.0.1", 6)])
async def test_the_other_feeds_of_a_silent_host_do_not_wait_for_it(host: str, tries: int) -> None:
    asked: list[str] = []
    failing = [True]
    async with Fetcher(transport=silent_web(asked, failing=failing), host_gap=0, routed=lambda: True) as fetcher:
        for number in range(6):
            with pytest.raises(FetchError, match=f"There was no answer from {host}"):
                await fetcher.get(f"http://{host}/{number}")
        assert len(asked) == tries
        failing[0] = False
        await fetcher.get("http://other.example/")
        await fetcher.page(f"http://{host}/")  # a person is never spared, and finds that it is back
        await fetcher.get(f"http://{host}/1")


async def test_a_host_that_never_comes_to_an_answer_is_silent_too() -> None:
    asked: list[str] = []

    async def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        await asyncio.Event().wait()
        raise AssertionError

    async with Fetcher(transport=httpx.MockTransport(handle), deadline=0.05, host_gap=0) as fetcher:
        for number in range(5):
            with pytest.raises(FetchError, match=r"down\.example took longer than"):
                await fetcher.get(f"http://down.example/{number}")
    assert asked == ["/0", "/1"]


def test_silence_is_believed_for_a_minute() -> None:
    now = [100.0]
    silences = Silences(lambda: now[0])
    failure = FetchError("Nobody is there.")
    silences.note("a.example", failure)
    silences.check("a.example")
    now[0] += 61
    silences.note("a.example", failure)
    silences.check("a.example")
    silences.note("a.example", failure)
    with pytest.raises(FetchError, match="Nobody"):
        silences.check("a.example")
    silences.check("b.example")
    now[0] += 61
    silences.check("a.example")
