"""The gate: so many inside, the urgent first, and nobody lost when tasks are cancelled."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.errors import FetchError
from newsreader.fetch.fetcher import Fetched, Fetcher, NotModified
from newsreader.fetch.gate import Gate, NoRoomError
from tests.hostile_server import HostileServer, answer


class Visitors:
    """Tasks that go through a gate and stay until they are let go."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.inside: Counter[str] = Counter()
        self.most = 0
        self.order: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.doors: list[asyncio.Event] = []

    def send(self, host: str, *, urgent: bool = False) -> None:
        door = asyncio.Event()
        self.doors.append(door)
        self.tasks.append(asyncio.create_task(self._visit(host, f"{host}{len(self.tasks)}", door, urgent=urgent)))

    async def _visit(self, host: str, name: str, door: asyncio.Event, *, urgent: bool) -> None:
        async with self.gate.passage(host, urgent=urgent):
            self.inside[host] += 1
            self.order.append(name)
            try:
                await door.wait()
            finally:
                self.inside[host] -= 1


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_urgent_goes_first_and_a_busy_host_holds_up_nobody() -> None:
    visitors = Visitors(Gate(2, 1))
    for host in ("a", "a", "b", "c"):
        visitors.send(host)
    visitors.send("d", urgent=True)
    await settle()
    assert visitors.order == ["a0", "b2"]
    visitors.doors[2].set()
    await settle()
    assert visitors.order == ["a0", "b2", "d4"]
    visitors.doors[4].set()
    await settle()
    assert visitors.order == ["a0", "b2", "d4", "c3"]
    visitors.doors[0].set()
    await settle()
    assert visitors.order == ["a0", "b2", "d4", "c3", "a1"]
    for door in visitors.doors:
        door.set()
    await asyncio.gather(*visitors.tasks)


visits = st.lists(
    st.tuples(st.sampled_from(["send", "urgent", "go", "cancel"]), st.sampled_from("abc"), st.integers(0, 30)),
    max_size=60,
)


@settings(deadline=None)
@given(visits, st.integers(1, 4), st.integers(1, 3))
def test_limits_hold_and_no_place_is_lost(steps: list[tuple[str, str, int]], overall: int, per_host: int) -> None:
    async def run() -> None:
        visitors = Visitors(Gate(overall, per_host))
        for action, host, number in steps:
            if action in {"send", "urgent"}:
                visitors.send(host, urgent=action == "urgent")
            elif visitors.tasks and action == "go":
                visitors.doors[number % len(visitors.doors)].set()
            elif visitors.tasks:
                visitors.tasks[number % len(visitors.tasks)].cancel()
            if number % 3:
                await settle()
            assert visitors.inside.total() <= overall
            assert all(count <= per_host for count in visitors.inside.values())
        for door in visitors.doors:
            door.set()
        await asyncio.gather(*visitors.tasks, return_exceptions=True)
        full = Visitors(visitors.gate)
        for host in "abcdefgh":
            full.send(host)
        await settle()
        assert full.inside.total() == overall  # every place is free again
        for door in full.doors:
            door.set()
        await asyncio.gather(*full.tasks)

    asyncio.run(run())


# The room for large documents


async def test_one_large_document_at_a_time_and_small_ones_beside_it(server: HostileServer) -> None:
    server.pages["/large"] = answer(b"x" * 5_000)
    async with Fetcher(large_body=1_000) as fetcher:
        async with fetcher.room() as first:
            assert isinstance(await fetcher.get(server.url("/large"), room=first), Fetched)

            async def second() -> Fetched | NotModified:
                async with fetcher.room() as room:
                    return await fetcher.get(server.url("/large"), room=room)

            waiting = asyncio.create_task(second())
            for _ in range(3):
                async with fetcher.room() as small:
                    await fetcher.get(server.url("/feed"), room=small)
            assert not waiting.done()
            assert len(server.requests) == 5, "the second let go of its connection"
        answered = await waiting
        assert isinstance(answered, Fetched)
        assert len(answered.body) == 5_000
    assert [asked.path for asked in server.requests].count("/large") == 3


async def test_a_failure_and_a_cancelled_wait_give_the_room_back(server: HostileServer) -> None:
    server.pages["/cut"] = answer(b"x" * 5_000, length=6_000)
    async with Fetcher(large_body=1_000) as fetcher:
        with pytest.raises(FetchError):
            async with fetcher.room() as room:
                await fetcher.get(server.url("/cut"), room=room)
        async with fetcher.room() as held:
            await held.take()
            async with fetcher.room() as other:
                with pytest.raises(NoRoomError):
                    await other.take()
                waiting = asyncio.create_task(other.wait())
                await asyncio.sleep(0)
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)
            assert waiting.cancelled()
        async with fetcher.room() as last:
            await last.take()
