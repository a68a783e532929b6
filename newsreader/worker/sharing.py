"""One piece of work for all who ask for the same at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable

_Key = TypeVar("_Key", bound="Hashable")
_Result = TypeVar("_Result")


@dataclass(slots=True, eq=False)
class _Flight(Generic[_Result]):
    task: asyncio.Task[_Result]
    waiting: int = 0


class Shared(Generic[_Key, _Result]):
    """Work in flight by key: who asks for a key that is in flight waits for it too; who leaves last cancels it."""

    def __init__(self) -> None:
        self._flights: dict[_Key, _Flight[_Result]] = {}

    async def run(self, key: _Key, work: Callable[[], Coroutine[Any, Any, _Result]]) -> _Result:
        """Wait for the result of `work`, begun now or by somebody before. Raises what it raises."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.create_task(work()))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.task.done() or not flight.waiting:
                flight.task.cancel()  # of no effect on one that is done
                if self._flights.get(key) is flight:
                    del self._flights[key]
            del flight  # it has hold of the error that may be on its way through here, and of all that this came from

    def cancel(self, which: Callable[[_Key], bool]) -> None:
        """Cancel the work in flight on keys like this; all who wait for it get a CancelledError."""
        for key, flight in self._flights.items():
            if which(key):
                flight.task.cancel()
