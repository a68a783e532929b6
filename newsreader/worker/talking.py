"""Discussions: found from what an article links to, fetched when a person asks for them, and kept in the library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from newsreader import bounds, log
from newsreader.document import blocks
from newsreader.errors import ChildError, FetchError, NewsreaderError, Offline, ParseError, UsageError
from newsreader.fetch.addresses import is_private
from newsreader.fetch.fetcher import TALK_TYPES
from newsreader.fetch.phrases import once
from newsreader.model import SourceSettings
from newsreader.model.talk import Discussion
from newsreader.store import Store
from newsreader.store.saving import SAVED_URL
from newsreader.stories.talk import comment_feeds, hacker_news
from newsreader.stories.talk.adapters import spot_at
from newsreader.stories.talk.shapes import Answer
from newsreader.stories.talk.spots import named, places_of
from newsreader.text import count_of, host_of
from newsreader.worker.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from newsreader.fetch.fetcher import Fetched
    from newsreader.model import Article
    from newsreader.stories.talk.shapes import Spot
    from newsreader.worker.talk_digest import TalkDigest
    from newsreader.worker.tools import Tools

_TROUBLE = (FetchError, ParseError, ChildError)


class _UnreadError(NewsreaderError):
    """The page of an article, which might tell where it is discussed, cannot be read."""


class Talking:
    """Fetches discussions. The same one asked for twice at a time is fetched once."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._running: Shared[tuple[int, bool, bool], dict[str, Any]] = Shared()
        self._nowhere: dict[int, int] = {}
        """The articles whose pages name no comments, and until when that is believed."""

    async def comments(self, article_id: int, *, afresh: bool = False, search: bool = False) -> dict[str, Any]:
        """Have the discussion of an article in the library, as it is now; the answer is that of the pipe's request.

        With `search` it is looked for at Hacker News, which is told the article's address. Raises UsageError for an
        article that is gone, Offline without a network, NewsreaderError where what is here could not be had afresh.
        """
        fetch = partial(self._comments, article_id, afresh=afresh, search=search)
        return await self._running.run((article_id, afresh, search), fetch)

    async def _comments(self, article_id: int, *, afresh: bool, search: bool) -> dict[str, Any]:
        article = await self._tools.library.call(Store.article, article_id)
        if article is None:
            raise UsageError(f"There is no article {article_id}.")
        known = await self._tools.library.call(Store.discussion, article_id)
        if known is not None and known.document_version != blocks.VERSION and known.comments:
            await self._rebuild(known)
        if known is not None and known.failure is None and not afresh and self._is_fresh(known):
            return {"found": True}
        get = await self._getter(article)
        try:
            spots = await (self._search(article, get) if search else self._spots(article, known, get, afresh=afresh))
            failure = None
        except _UnreadError as error:
            spots, failure = (), error.phrase
        if not spots:
            asked = search or not _may_be_told(article.head.url)
            return {"found": False, "search": None if asked else hacker_news.SEARCH_HOST, "failure": failure}
        await self._read_first(article, spots[: bounds.COMMENT_PLACES], get, known)
        return {"found": True}

    def _is_fresh(self, known: Discussion) -> bool:
        return 0 <= self._tools.now() - known.fetched_at < bounds.COMMENTS_FRESH

    async def _rebuild(self, known: Discussion) -> None:
        """Lay out what is here for this version of the builder; it needs no network."""
        html = await self._tools.library.call(Store.discussion_html, known.article_id)
        if len(html) == len(known.comments):
            built = await self._tools.children.run("rebuild_discussion", known, html)
            await self._tools.library.call(Store.save_discussion, built, html)

    async def _getter(self, article: Article) -> Callable[[Spot | str], Awaitable[Fetched]]:
        """What fetches an address that belongs to this article, and says first whom it asks."""
        states = await self._tools.library.call(Store.fetch_states, [article.head.source_id])
        settings = states[0].settings if states else SourceSettings()
        home = None if article.source_url == SAVED_URL else article.source_url

        async def get(where: Spot | str) -> Fetched:
            url, more = (where, {}) if isinstance(where, str) else (where.address, {"accept": TALK_TYPES})
            self._tools.emit({"event": "comments", "article": article.head.id, "host": host_of(url)})
            return await self._tools.fetcher.page(url, source=home, settings=settings, urgent=True, **more)

        return get

    async def _spots(
        self, article: Article, known: Discussion | None, get: Callable[[str], Awaitable[Fetched]], *, afresh: bool
    ) -> Sequence[Spot]:
        """Where it is discussed, as its links say; else as its page does."""
        found = places_of(article, _blocks_of(article))
        if known is not None and known.url and (before := spot_at(known.url)) is not None and before not in found:
            found = (*found, before)
        if found or article.head.url is None:
            return found
        if not afresh and self._tools.now() < self._nowhere.get(article.head.id, 0):
            return ()
        return await self._on_page(article, article.head.url, get)

    async def _on_page(self, article: Article, url: str, get: Callable[[str], Awaitable[Fetched]]) -> Sequence[Spot]:
        """The comment feed that an article's page names; that it names none is remembered for a while.

        Raises _UnreadError where it cannot be read.
        """
        try:
            page = await get(url)
            spot = await self._tools.children.run("comment_feed_of", page.body, page.url, page.content_type)
        except Offline:
            raise
        except _TROUBLE as error:
            log.get("worker").info("comments of article %s: %s", article.head.id, error.phrase)
            raise _UnreadError(once(error.phrase), error.cause) from error
        if spot is not None:
            return (named(spot, article),)
        now = self._tools.now()
        self._nowhere = {id_: until for id_, until in self._nowhere.items() if now < until}
        self._nowhere[article.head.id] = now + bounds.COMMENTS_NOWHERE
        return ()

    async def _search(self, article: Article, get: Callable[[str], Awaitable[Fetched]]) -> Sequence[Spot]:
        """The discussion that Hacker News has of an article's page. Raises NewsreaderError."""
        url = article.head.url
        if url is None or not _may_be_told(url):
            raise UsageError("This article has no public address that could be looked for.")
        try:
            page = await get(hacker_news.search_address(url))
        except Offline:
            raise
        except FetchError as error:
            raise NewsreaderError(once(error.phrase), error.cause) from error
        answer = Answer(page.body, page.url, page.content_type)
        spot = await self._tools.children.run("found_discussion", answer, url)
        return () if spot is None else (spot,)

    async def _read_first(
        self,
        article: Article,
        spots: Sequence[Spot],
        get: Callable[[Spot], Awaitable[Fetched]],
        known: Discussion | None,
    ) -> None:
        """Keep the first discussion that can be read; else what the first one failed by."""
        failed: tuple[Spot, NewsreaderError] | None = None
        for spot in spots:
            try:
                digest = await self._read_whole(article, spot, get)
            except Offline:
                raise
            except _TROUBLE as error:
                log.get("worker").info("comments of article %s: %s (%s)", article.head.id, error.phrase, error.cause)
                failed = failed or (spot, error)
            else:
                await self._tools.library.call(Store.save_discussion, digest.discussion, digest.html)
                return
        assert failed is not None, "there was at least one place to ask"
        where, trouble = failed
        phrase = _failure(where, trouble)
        if known is not None and known.failure is None:
            raise NewsreaderError(phrase, trouble.cause)
        nothing = Discussion(article.head.id, where.site, where.page, self._tools.now(), 0, failure=phrase)
        await self._tools.library.call(Store.save_discussion, nothing, ())

    async def _read_whole(self, article: Article, spot: Spot, get: Callable[[Spot], Awaitable[Fetched]]) -> TalkDigest:
        """Read what stands at a place; where that says where there is more of it, that too, as far as it is more."""
        digest = await self._read(article, spot, get)
        if digest.whole is not None:
            try:
                whole = await self._read(article, digest.whole._replace(site=spot.site, page=spot.page), get)
            except Offline:
                raise
            except _TROUBLE as error:
                log.get("worker").info("more comments of article %s: %s", article.head.id, error.phrase)
            else:
                digest = max(digest, whole, key=lambda each: (len(each.html), each.threaded))
        if spot.adapter == comment_feeds.NAME:  # it may have the last ones only: how many there are, the article's says
            total = max(digest.discussion.total, article.head.comments or 0)
            digest = digest._replace(discussion=digest.discussion._replace(total=total))
        return digest

    async def _read(self, article: Article, spot: Spot, get: Callable[[Spot], Awaitable[Fetched]]) -> TalkDigest:
        page = await get(spot)
        answer = Answer(page.body, page.url, page.content_type)
        digest: TalkDigest = await self._tools.children.run(
            "read_discussion", spot, answer, article.head.id, self._tools.now()
        )
        return digest


def _blocks_of(article: Article) -> tuple[blocks.Block, ...]:
    """What the article says, for the links in it: its feed's text and its page's."""
    found: list[blocks.Block] = []
    stored = (
        (article.feed_document, article.document_version),
        (article.full_document, article.full_document_version),
    )
    for document, version in stored:
        if document is not None and version == blocks.VERSION:
            try:
                found += blocks.load(document).blocks
            except ValueError:
                continue
    return tuple(found)


def _may_be_told(url: str | None) -> bool:
    """Whether an address may be told to somebody: one of this machine or of a private network is nobody's business."""
    host = host_of(url or "")
    return "." in host and not is_private(host)


def _failure(spot: Spot, error: NewsreaderError) -> str:
    """Why a discussion cannot be read, in a sentence."""
    host, status = host_of(spot.address), error.status if isinstance(error, FetchError) else None
    if status in {404, 410}:
        return f"{host} has no discussion at this address any more (it answered {status})."
    if status in {429, 503}:
        wait = error.retry_after if isinstance(error, FetchError) else None
        after = f"in {count_of(max(1, round(wait / 60)), 'minute')}" if wait else "later"
        return f"{host} is asked too much just now (it answered {status}): try again {after}."
    if status is not None:
        return f"{spot.site} cannot be read here: {host} answered {status}. Look at it in the browser."
    if isinstance(error, ParseError | ChildError):
        return f"{spot.site} cannot be read here: what {host} answered is no discussion. Look at it in the browser."
    return once(error.phrase)
