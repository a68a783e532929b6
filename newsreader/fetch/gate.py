"""The gate before the network: so many at once over all, so many a host, and what a person waits for goes first.

And the room behind it: of all documents that a refresh holds in memory one may be large.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType


class NoRoomError(Exception):
    """A document turned out to be large while another large one is in memory: ask again when there is room."""


class Room:
    """The leave of one fetch, and of what is done with its document afterwards, to hold a large document."""

    def __init__(self, leave: asyncio.Semaphore) -> None:
        self._leave = leave
        self._held = False

    async def __aenter__(self) -> Self:
        """Nothing is taken before it is needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the leave back."""
        if self._held:
            self._leave.release()

    async def take(self) -> None:
        """Take the leave at once. Raises NoRoomError while somebody else has it."""
        if self._held:
            return
        if self._leave.locked():
            raise NoRoomError
        await self.wait()

    async def wait(self) -> None:
        """Wait for the leave."""
        if not self._held:
            await self._leave.acquire()
            self._held = True


class Gate:
    """Lets at most `overall` in, at most `per_host` of one host.

    Who waits for a busy host holds up nobody else. The urgent go before the others; each kind goes in order.
    """

    def __init__(self, overall: int, per_host: int) -> None:
        self._overall = overall
        self._per_host = per_host
        self._inside: Counter[str] = Counter()
        self._urgent: deque[tuple[str, asyncio.Future[None]]] = deque()
        self._others: deque[tuple[str, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def passage(self, host: str, *, urgent: bool = False) -> AsyncIterator[None]:
        """Wait for a place and hold it; safe to cancel at any moment."""
        await self._enter(host, urgent=urgent)
        try:
            yield
        finally:
            self._leave(host)

    def _has_room(self, host: str) -> bool:
        return self._inside.total() < self._overall and self._inside[host] < self._per_host

    async def _enter(self, host: str, *, urgent: bool) -> None:
        if self._has_room(host):
            self._inside[host] += 1
            return
        queue = self._urgent if urgent else self._others
        ticket = (host, asyncio.get_running_loop().create_future())
        queue.append(ticket)
        try:
            await ticket[1]
        except asyncio.CancelledError:
            if ticket in queue:
                queue.remove(ticket)
            else:  # let in and cancelled in the same turn of the loop
                self._leave(host)
            raise

    def _leave(self, host: str) -> None:
        self._inside[host] -= 1
        if not self._inside[host]:
            del self._inside[host]
        for queue in (self._urgent, self._others):
            self._let_in(queue)

    def _let_in(self, queue: deque[tuple[str, asyncio.Future[None]]]) -> None:
        """Wake those at the front for whose hosts there is room; the rest keep their order."""
        skipped = []
        while queue and self._inside.total() < self._overall:
            host, future = ticket = queue.popleft()
            if future.done():
                skipped.append(ticket)  # cancelled; its task takes it out itself
            elif self._inside[host] < self._per_host:
                self._inside[host] += 1
                future.set_result(None)
            else:
                skipped.append(ticket)
        queue.extendleft(reversed(skipped))
