"""Lost feeds: where one no longer is at its address, its new one is looked for, and offered to the person."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from newsreader import bounds, log
from newsreader.errors import LibraryError, NewsreaderError, NotAFeed, Offline
from newsreader.store import Store
from newsreader.text import host_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.model import FetchState
    from newsreader.worker.search import FoundFeed
    from newsreader.worker.subscribing import Subscribing
    from newsreader.worker.tools import Tools

_NOT_FOUND: Final = 404
_AT_ONCE: Final = 4


def is_lost(before: FetchState, after: FetchState, failure: NewsreaderError) -> bool:
    """Whether a feed is to be looked for elsewhere: something else stands at its address, or nothing does twice."""
    if after.offer is not None:
        return False
    return isinstance(failure, NotAFeed) or before.status == after.status == _NOT_FOUND


class Rediscovery:
    """Looks for lost feeds, for each once a day, and changes no address. `subscribing` is built when it is needed."""

    def __init__(self, tools: Tools, subscribing: Callable[[], Subscribing]) -> None:
        self._tools = tools
        self._subscribing = subscribing
        self._lost: dict[int, FetchState] = {}

    def note(self, state: FetchState) -> None:
        """Have a feed looked for at the next `look`, unless that was done within a day."""
        if state.looked_at is None or not 0 <= self._tools.now() - state.looked_at < bounds.LOOK_AGAIN:
            self._lost[state.source_id] = state

    @property
    def waiting(self) -> bool:
        """Whether there is a feed to look for."""
        return bool(self._lost)

    async def look(self) -> None:
        """Look for the feeds that were noted; each found is offered, and told of by an `offer` event.

        A few at once, and no more than LOOKS in one go: who runs a single refresh waits for its end. The others are
        noted again when they fail the next time. Without a network nothing is looked for. Raises LibraryError.
        """
        chosen = list(self._lost.items())[: bounds.LOOKS]
        self._lost.clear()
        waiting = iter(chosen)

        async def one_after_the_other() -> None:
            for id_, state in waiting:
                try:
                    await self._look_for(id_, state)
                except Offline:
                    return

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_AT_ONCE):
                    group.create_task(one_after_the_other())
        except* LibraryError as failures:
            raise failures.exceptions[0] from failures

    async def _look_for(self, source_id: int, state: FetchState) -> None:
        library = self._tools.library
        source = await library.call(Store.source, source_id)
        if source is None or source.url != state.url:
            return
        try:
            found = await self._subscribing().rediscover(state, source.link)
        except (LibraryError, Offline):
            raise
        except NewsreaderError as error:
            log.get("refresh").info("source %s was not found again: %s (%s)", source_id, error.phrase, error.cause)
            found = None
        address = None if found is None else found.url
        about = None if found is None else _about(found)
        await library.call(Store.record_offer, source_id, address, self._tools.now(), about=about)
        if found is not None:
            message = {"event": "offer", "id": source_id, "title": source.title, "offer": found.url, "about": about}
            self._tools.emit(message)


def _about(found: FoundFeed) -> str:
    """What a feed is, in a line by which a person sees whether it is the right one: its name, its latest article."""
    latest = f"latest “{found.peek.latest_title}”" if found.peek.latest_title else "no article yet"
    return f"{found.peek.title or host_of(found.url)}, {latest}"
