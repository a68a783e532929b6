"""One source asked: fetched, read in a child as far as need be, and kept.

What can be known more cheaply is asked first: the server's 304, then the hash of the body, and only then a parser.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from newsreader import bounds, log
from newsreader.errors import UsageError
from newsreader.fetch import schedule
from newsreader.fetch.fetcher import Fetched, NotModified
from newsreader.store import Store
from newsreader.text import keeps_secrets, one_line, without_userinfo
from newsreader.worker.jobs import FeedDigest, FeedJob

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.errors import NewsreaderError
    from newsreader.model import Change, FetchState
    from newsreader.worker.tools import Tools


class Visits:
    """Asks sources. `jitter` gives a chance from 0 to 1 that spreads the schedule."""

    def __init__(self, tools: Tools, jitter: Callable[[], float]) -> None:
        self._tools = tools
        self._jitter = jitter

    async def visit(self, state: FetchState) -> Change:
        """Ask a source and keep what it brings. Raises FetchError, NotAFeed, ParseError, ChildError, LibraryError."""
        async with self._tools.fetcher.room() as room:
            answer = await self._tools.fetcher.get(
                state.url, etag=state.etag, last_modified=state.last_modified, room=room, settings=state.settings
            )
            if isinstance(answer, NotModified):
                return await self._keep_unchanged(state, answer)
            body_hash = _hash(answer.body)
            if body_hash == state.body_hash:
                state, note = await self._moved(state, answer)
                return await self._keep_unchanged(state._replace(problem=note or state.problem), answer)
            newest = max(bounds.KNOWN_TOLD, len(answer.body) // bounds.SMALL_ARTICLE)
            known = await self._tools.library.call(Store.known, state.source_id, newest)
            digest = await self.digest(answer, known, self._tools.now())
            state, note = await self._moved(state, answer)
            return await self.take_in(state, answer, digest, body_hash=body_hash, note=note)

    async def failed(self, state: FetchState, failure: NewsreaderError) -> tuple[FetchState, Change]:
        """Keep a failure on its source, and give the state that came of it."""
        after = schedule.after_failure(state, failure, now=self._tools.now(), jitter=self._jitter())
        return after, await self._tools.library.keep(after)

    async def digest(self, answer: Fetched, known: dict[str, str], now: int) -> FeedDigest:
        """Have a child read a fetched feed. Raises NotAFeed, ParseError, ChildError."""
        job = FeedJob(answer.body, answer.url, answer.content_type, known, now)
        digest: FeedDigest = await self._tools.children.run("digest_feed", job)
        return digest

    async def take_in(
        self,
        state: FetchState,
        answer: Fetched,
        digest: FeedDigest,
        *,
        body_hash: str | None = None,
        note: str | None = None,
    ) -> Change:
        """Keep what a fetched and digested feed brought, and what it says about asking it again.

        What was repaired or cut stands on the source, and in the log; a `note` goes before. The validators of a
        document that broke off are not kept: they are the whole one's, which the server would say has not changed.
        """
        feed, now = digest.feed, self._tools.now()
        if feed.problem is not None:
            log.get("refresh").info("source %s %s: %s", state.source_id, state.url, feed.problem)
        newest, gap = schedule.regularity(digest.published, now)
        state = state._replace(
            etag=None if feed.cut else answer.etag,
            last_modified=None if feed.cut else answer.last_modified,
            body_hash=body_hash or _hash(answer.body),
            ttl=feed.ttl,
            skip_hours=feed.skip_hours,
            skip_days=feed.skip_days,
            problem=one_line(note or feed.problem or "", bounds.MAX_NAME) or None,
            newest=newest,
            gap=gap,
            size=len(answer.body),
        )
        planned = self._planned(state, answer, digest.published)
        return await self._tools.library.keep(planned, feed, digest.writes, digest.comments)

    async def _keep_unchanged(self, state: FetchState, answer: Fetched | NotModified) -> Change:
        library = self._tools.library
        published = await library.call(Store.article_times, state.source_id, bounds.RHYTHM_ARTICLES)
        state = state._replace(etag=answer.etag, last_modified=answer.last_modified)
        if state.newest is None:  # what an older program fetched, and a feed without dates
            dated = await library.call(Store.dated_times, state.source_id, bounds.RECENT_ARTICLES)
            newest, gap = schedule.regularity(dated, self._tools.now())
            state = state._replace(newest=newest, gap=gap)
        return await library.keep(self._planned(state, answer, published))

    def _planned(self, state: FetchState, answer: Fetched | NotModified, published: tuple[int, ...]) -> FetchState:
        after = schedule.after_success(
            state, now=self._tools.now(), published=published, max_age=answer.max_age, jitter=self._jitter()
        )
        return after._replace(status=answer.status, offer=answer.moved_to if _leads_away(state, answer) else None)

    async def _moved(self, state: FetchState, answer: Fetched) -> tuple[FetchState, str | None]:
        """Follow a source that moved for good, now that its new address proved to be a feed.

        One that moved to where another source is stays, and gives a note of that. One with headers or a password of its
        own stays at its origin too: elsewhere they are somebody else's, and the address is only offered.
        """
        if answer.moved_to is None or answer.moved_to == state.url or _leads_away(state, answer):
            return state, None
        try:
            await self._tools.library.call(Store.update_source, state.source_id, url=answer.moved_to)
        except UsageError as error:
            log.get("refresh").info("source %s stays at its old address: %s", state.source_id, error.phrase)
            where = without_userinfo(answer.moved_to)
            return state, f"It moved to {where}. {error.phrase} One of the two can be removed."
        return state._replace(url=answer.moved_to), None


def _leads_away(state: FetchState, answer: Fetched | NotModified) -> bool:
    """Whether a source moved for good to where what is set for it must not go."""
    if answer.moved_to is None or keeps_secrets(state.url, answer.moved_to):
        return False
    settings = state.settings
    return bool(settings.headers or settings.user or settings.secret) or without_userinfo(state.url) != state.url


def _hash(body: bytes) -> str:
    """What tells a body from another; taken once, for some are large."""
    return blake2b(body, digest_size=16).hexdigest()
