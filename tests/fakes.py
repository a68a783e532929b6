"""Stand-ins for what tests do not want to start: a worker that is a function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Answer = Callable[..., Awaitable[dict[str, Any]]]


def ignore_event(event: dict[str, Any]) -> None:
    """What a worker does with events before somebody listens."""
    del event


class FakeWorker:
    """Keeps every request, and answers with `answers[kind](**arguments)`, or with an empty answer."""

    def __init__(self) -> None:
        self.on_event: Callable[[dict[str, Any]], None] = ignore_event
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Answer] = {}
        self.running = False
        self.started = 0
        self.closed = 0

    async def start(self) -> None:
        """Count."""
        self.started += 1
        self.running = True

    async def request(self, kind: str, **arguments: Any) -> dict[str, Any]:
        """Keep the request, and answer it."""
        self.requests.append((kind, arguments))
        answer = self.answers.get(kind)
        return await answer(**arguments) if answer else {}

    async def close(self) -> None:
        """Count."""
        self.closed += 1

    def asked(self, kind: str) -> list[dict[str, Any]]:
        """The arguments of the requests of one kind, in order."""
        return [arguments for name, arguments in self.requests if name == kind]
