"""What the screen needs of the worker's client, and nothing more: the tests give it a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Requests(Protocol):
    """Asks the worker for things and hears its events."""

    on_event: Callable[[dict[str, Any]], None]
    """Called on the event loop for every event; the screen puts its own function here before `start`."""

    @property
    def running(self) -> bool:
        """Whether a worker is there and answers."""

    async def start(self) -> None:
        """Begin to keep a worker running."""

    async def request(self, kind: str, **arguments: Any) -> dict[str, Any]:
        """Ask and wait for the answer. Raises WorkerError, or a NewsreaderError with the phrase of the failure."""

    async def close(self) -> None:
        """End the worker."""
