"""Whether sources that are offered, and not subscribed to, still answer with a feed, and where they moved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from newsreader import bounds
from newsreader.errors import ChildError, FetchError, Offline, ParseError
from newsreader.fetch.fetcher import Fetched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.fetch.fetcher import Fetcher
    from newsreader.model import Subscription
    from newsreader.worker.children import Children
    from newsreader.worker.peeking import FeedPeek


class Finding(StrEnum):
    """What came of asking a source."""

    ANSWERS = "answers"
    MOVED = "moved"
    """It answers, and says for good that it is at another address."""
    SILENT = "silent"
    """It answers, and nothing new was in it for long."""
    BROKEN = "broken"
    """No answer, or none that is a feed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A source and what came of asking it; `problem` is the reason why it is broken, `moved_to` its new address."""

    source: Subscription
    finding: Finding
    peek: FeedPeek | None = None
    moved_to: str | None = None
    problem: str = ""


class Checker:
    """Asks sources that are no sources here: nothing is kept of them."""

    def __init__(self, fetcher: Fetcher, children: Children, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._children = children
        self._clock = clock

    async def check(self, sources: Iterable[Subscription], done: Callable[[Checked], None]) -> tuple[Checked, ...]:
        """Ask each of them; `done` hears of each as it comes. Raises Offline where there is no network."""

        async def one(source: Subscription) -> Checked:
            checked = await self._check(source)
            done(checked)
            return checked

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(source)) for source in sources]
        except* Offline as failures:
            first: BaseException = failures
            while isinstance(first, BaseExceptionGroup):
                first = first.exceptions[0]
            raise first from failures
        return tuple(task.result() for task in tasks)

    async def _check(self, source: Subscription) -> Checked:
        now = int(self._clock())
        try:
            async with self._fetcher.room() as room:
                answer = await self._fetcher.get(source.url, room=room)
                assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
                peek: FeedPeek = await self._children.run(
                    "peek_feed", answer.body, answer.url, answer.content_type, now
                )
        except Offline:
            raise
        except (FetchError, ParseError, ChildError) as error:
            return Checked(source, Finding.BROKEN, problem=error.phrase)
        if answer.moved_to is not None:
            return Checked(source, Finding.MOVED, peek, answer.moved_to)
        silent = peek.latest_at is not None and now - peek.latest_at > bounds.CATALOGUE_SILENCE
        return Checked(source, Finding.SILENT if silent or not peek.articles else Finding.ANSWERS, peek)
