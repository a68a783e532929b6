"""Host names to addresses: many at once, each name once, and never in the way when the program ends.

asyncio looks names up in a few threads that it waits for at its end; a resolver that is slow to say no (no network,
dead hosts) then holds up everything. Here each name has a thread of its own that nobody waits for.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from contextlib import suppress
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from newsreader.bounds import MAX_LOOKUPS, NAME_KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Address: TypeAlias = tuple[socket.AddressFamily, tuple[Any, ...]]
_MANY: Final = 1_000  # names remembered before the old ones are thrown out


class Names:
    """Looks names up as the system does, and remembers an answer for a minute: a host has many feeds.

    `look_up` is `socket.getaddrinfo` but for tests.
    """

    def __init__(self, look_up: Callable[..., Sequence[tuple[Any, ...]]] = socket.getaddrinfo) -> None:
        self._look_up = look_up
        self._room = asyncio.Semaphore(MAX_LOOKUPS)
        self._asked: dict[str, tuple[float, asyncio.Future[list[Address]]]] = {}

    async def addresses(self, host: str, port: int) -> list[Address]:
        """The addresses of a host, literal ones without asking anybody; the two families take turns (RFC 8305 4).

        Raises socket.gaierror (an OSError), or UnicodeError for what can be no name.
        """
        try:
            literal = ipaddress.ip_address(host)
        except ValueError:
            found = await self._of_name(host)
            return [(family, (address[0], port, *address[2:])) for family, address in found]
        if literal.version == 4:
            return [(socket.AF_INET, (host, port))]
        return [(socket.AF_INET6, (host, port, 0, 0))]

    async def _of_name(self, host: str) -> list[Address]:
        now = asyncio.get_running_loop().time()
        until, answer = self._asked.get(host, (0.0, None))
        if answer is None or (answer.done() and (now >= until or answer.exception() is not None)):
            if len(self._asked) >= _MANY:
                self._asked = {name: known for name, known in self._asked.items() if known[0] > now}
            answer = await self._ask(host)
            self._asked[host] = (now + NAME_KEPT, answer)
        return await asyncio.shield(answer)

    async def _ask(self, host: str) -> asyncio.Future[list[Address]]:
        """Start a thread that asks. What it finds arrives even if whoever wanted it has left."""
        await self._room.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Address]] = loop.create_future()

        def settle(found: list[Address] | Exception) -> None:
            self._room.release()
            if isinstance(found, Exception):
                answer.set_exception(found)
                answer.exception()  # it counts as seen: nobody may be left to see it
            else:
                answer.set_result(found)

        def ask() -> None:
            found: list[Address] | Exception
            try:
                found = _in_turns(self._look_up(host, None, type=socket.SOCK_STREAM))
            except (OSError, ValueError) as error:  # UnicodeError is one, and what is said of a NUL another
                found = error
            with suppress(RuntimeError):  # the loop is closed: the program ends
                loop.call_soon_threadsafe(settle, found)

        threading.Thread(target=ask, name=f"name {host[:60]}", daemon=True).start()
        return answer


def _in_turns(found: Sequence[tuple[Any, ...]]) -> list[Address]:
    """The addresses in the resolver's order, IPv6 and IPv4 in turn, the family of its first choice first."""
    entries = list(dict.fromkeys((entry[0], tuple(entry[4])) for entry in found))
    first = [entry for entry in entries if entry[0] == entries[0][0]]
    others = [entry for entry in entries if entry[0] != entries[0][0]]
    return [entry for entry in chain(*zip_longest(first, others)) if entry is not None]
