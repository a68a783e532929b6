"""The gate before the network: so many at once over all, so many a host, and what a person waits for goes first.

And the room behind it: of all documents that a refresh holds in memory one may be large.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType


_REMEMBERED: Final = 500  # hosts whose last start is remembered before the old ones are forgotten
_REMEMBERED_FOR: Final = 60.0  # seconds: no gap is longer


class NoRoomError(Exception):
    """A document turned out to be large while another large one is in memory: ask again when there is room."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """Somebody who wants in: `gap` is seconds that must have passed since his host's last start."""

    host: str
    gap: float
    admitted: asyncio.Future[None] | None = None


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
    """Lets at most `overall` in, at most `per_host` of one host, and the starts at one host apart.

    Who waits for a busy host holds up nobody else. The urgent go before the others and wait for no gap; each kind goes
    in order.
    """

    def __init__(self, overall: int, per_host: int) -> None:
        self._overall = overall
        self._per_host = per_host
        self._total = 0
        self._inside: dict[str, int] = {}
        self._started: dict[str, float] = {}
        self._urgent: deque[_Ticket] = deque()
        self._others: deque[_Ticket] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def passage(self, host: str, *, urgent: bool = False, gap: float = 0.0) -> AsyncIterator[None]:
        """Wait for a place and hold it; safe to cancel at any moment. `gap`: seconds since the host's last start."""
        await self._enter(_Ticket(host, 0.0 if urgent else gap), urgent=urgent)
        try:
            yield
        finally:
            self._leave(host)

    async def _enter(self, ticket: _Ticket, *, urgent: bool) -> None:
        wait = self._wait_of(ticket)
        if not wait:
            self._admit(ticket)
            return
        queue = self._urgent if urgent else self._others
        ticket.admitted = asyncio.get_running_loop().create_future()
        queue.append(ticket)
        if wait < inf:
            self._look_again(wait)
        try:
            await ticket.admitted
        except asyncio.CancelledError:
            if ticket in queue:
                queue.remove(ticket)
            else:  # let in and cancelled in the same turn of the loop
                self._leave(ticket.host)
            raise

    def _admit(self, ticket: _Ticket) -> None:
        self._total += 1
        self._inside[ticket.host] = self._inside.get(ticket.host, 0) + 1
        self._started[ticket.host] = asyncio.get_running_loop().time()

    def _wait_of(self, ticket: _Ticket) -> float:
        """Seconds until there is room for a ticket; infinite where somebody has to leave first."""
        if self._total >= self._overall or self._inside.get(ticket.host, 0) >= self._per_host:
            return inf
        if not ticket.gap or ticket.host not in self._started:
            return 0.0
        return max(self._started[ticket.host] + ticket.gap - asyncio.get_running_loop().time(), 0.0)

    def _leave(self, host: str) -> None:
        self._total -= 1
        self._inside[host] -= 1
        if not self._inside[host]:
            del self._inside[host]
        if len(self._started) > _REMEMBERED:
            recent = asyncio.get_running_loop().time() - _REMEMBERED_FOR
            self._started = {name: moment for name, moment in self._started.items() if moment > recent}
        for queue in (self._urgent, self._others):
            self._let_in(queue)

    def _let_in(self, queue: deque[_Ticket]) -> None:
        """Wake those at the front for whom there is room; the rest keep their order."""
        skipped = []
        soonest = inf
        while queue and self._total < self._overall:
            ticket = queue.popleft()
            assert ticket.admitted is not None
            wait = inf if ticket.admitted.done() else self._wait_of(ticket)  # a cancelled one takes itself out
            if wait:
                skipped.append(ticket)
                soonest = min(soonest, wait)
            else:
                self._admit(ticket)
                ticket.admitted.set_result(None)
        queue.extendleft(reversed(skipped))
        if soonest < inf:
            self._look_again(soonest)

    def _look_again(self, delay: float) -> None:
        """Let those in who only wait for a gap, when it has passed."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if self._timer.when() <= loop.time() + delay:
                return
            self._timer.cancel()
        self._timer = loop.call_later(delay, self._gap_passed)

    def _gap_passed(self) -> None:
        self._timer = None
        self._let_in(self._others)
