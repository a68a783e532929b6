"""Looking up names: in threads of their own, each name once."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from newsreader.bounds import MAX_LOOKUPS
from newsreader.errors import FetchError, Offline, UnknownHost, Unreachable
from newsreader.fetch.fetcher import Fetcher
from newsreader.fetch.names import Names
from newsreader.fetch.routes import Nowhere


class Resolver:
    """Answers when it is let, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.most = 0
        self.inside = 0
        self.lock = threading.Lock()
        self.door = threading.Event()
        self.door.set()
        self.full = threading.Event()
        self.unknown = False

    def __call__(self, host: str, port: object, **options: object) -> list[tuple[object, ...]]:
        with self.lock:
            self.asked.append(host)
            self.inside += 1
            self.most = max(self.most, self.inside)
            if self.inside == MAX_LOOKUPS:
                self.full.set()
        self.door.wait(10)
        with self.lock:
            self.inside -= 1
        if self.unknown:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            (socket.AF_INET6, 1, 6, "", ("2001:db8::1", 0, 0, 0)),
            (socket.AF_INET6, 1, 6, "", ("2001:db8::2", 0, 0, 0)),
            (socket.AF_INET, 1, 6, "", ("192.0.2.1", 0)),
            (socket.AF_INET, 1, 6, "", ("192.0.2.1", 0)),
        ]


async def test_literal_addresses_ask_nobody() -> None:
    resolver = Resolver()
    names = Names(resolver)
    assert await names.addresses("192.0.2.7", 80) == [(socket.AF_INET, ("192.0.2.7", 80))]
    assert await names.addresses("2001:db8::7", 443) == [(socket.AF_INET6, ("2001:db8::7", 443, 0, 0))]
    assert not resolver.asked


async def test_families_take_turns() -> None:
    found = await Names(Resolver()).addresses("example.org", 443)
    assert [entry[1][:2] for entry in found] == [("2001:db8::1", 443), ("192.0.2.1", 443), ("2001:db8::2", 443)]


async def test_a_name_is_asked_for_once_by_many() -> None:
    resolver = Resolver()
    names = Names(resolver)
    await asyncio.gather(*(names.addresses("example.org", 80) for _ in range(20)))
    await names.addresses("example.org", 443)
    assert len(resolver.asked) <= 2  # two may start in the same moment
    resolver.unknown = True
    for _ in range(2):
        with pytest.raises(socket.gaierror):
            await names.addresses("no.example", 80)
    assert resolver.asked.count("no.example") == 2, "an unknown name may exist the next time"


async def test_lookups_are_bounded_and_one_that_nobody_wants_any_more_ends_alone() -> None:
    resolver = Resolver()
    resolver.door.clear()
    names = Names(resolver)
    tasks = [asyncio.create_task(names.addresses(f"h{number}.example", 80)) for number in range(MAX_LOOKUPS + 9)]
    assert await asyncio.to_thread(resolver.full.wait, 5)
    for task in tasks[:5]:
        task.cancel()
    resolver.door.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert resolver.most == MAX_LOOKUPS
    assert sum(isinstance(found, list) for found in answers) == len(tasks) - 5


async def test_what_can_be_no_name() -> None:
    with pytest.raises(UnicodeError):
        await Names().addresses("a" * 70 + ".example", 80)


async def test_many_unknown_names_in_a_row_spare_the_rest_for_a_minute() -> None:
    resolver = Resolver()
    resolver.unknown = True
    async with Fetcher(routed=lambda: True) as fetcher:
        fetcher._names._look_up = resolver

        async def outcome(number: int) -> type[FetchError]:
            with pytest.raises(FetchError) as caught:
                await fetcher.get(f"http://h{number}.example/")
            return caught.type

        found = await asyncio.gather(*(outcome(number) for number in range(178)))
        assert set(found) == {UnknownHost, Offline}
        assert len(resolver.asked) == found.count(UnknownHost) < 40
        with pytest.raises(UnknownHost):  # a person is never spared
            await fetcher.page("http://h200.example/")


def test_no_network_is_believed_for_a_minute() -> None:
    now = [100.0]
    nowhere = Nowhere(lambda: now[0])
    for number in range(16):
        assert not nowhere.sure()
        nowhere.note(f"h{number}", Unreachable("Silent."))
    assert nowhere.sure()
    now[0] += 60
    assert not nowhere.sure()
    nowhere.note("h1", Unreachable("Silent."))
    assert not nowhere.sure()
    for number in range(16):
        nowhere.note(f"h{number}", Unreachable("Silent."))
    nowhere.clear()
    assert not nowhere.sure()


async def test_whether_a_host_resolves_now() -> None:
    resolver = Resolver()
    async with Fetcher() as fetcher:
        fetcher._names._look_up = resolver
        assert await fetcher.resolves("example.org")
        resolver.unknown = True
        assert not await fetcher.resolves("example.net")
