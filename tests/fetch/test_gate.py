"""The gate: so many inside, the urgent first, and nobody lost when tasks are cancelled."""

from __future__ import annotations

import asyncio
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.fetch.gate import Gate


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
