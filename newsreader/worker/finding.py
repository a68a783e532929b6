"""Finding: from any address to feeds that were fetched and read, the best first.

First what the site is known to have, then what its page names, then what the pages that lead on name, then where
feeds often lie; the next step is taken only while none was found. Every step is within the bounds of `bounds`.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader import bounds
from newsreader.errors import ChildError, FetchError, NewsreaderError, NotAFeed, Offline, ParseError, UnknownHost
from newsreader.feeds import addresses, places
from newsreader.fetch.addresses import is_private
from newsreader.fetch.fetcher import Fetched
from newsreader.model import FeedCandidate, SourceKind, SourceSettings
from newsreader.store import Store
from newsreader.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.fetch.gate import Room
    from newsreader.model import FetchState
    from newsreader.worker.peeking import FeedPeek
    from newsreader.worker.tools import Tools

_LEADS: Final = 2  # pages that are read because the first one led there, beside the site's front page
_AT_ONCE: Final = 2  # likely addresses asked at once: they are of one host
_HEAD: Final = 4_096  # bytes of a document in which it says that it is a web page
_PAGE: Final = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_AS_ALL: Final = SourceSettings()
_PATIENCE: Final = 2  # fetches without an answer, and a host is asked no more
_ITSELF: Final = 1_000  # the score of a feed that the person named by its own address


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was fetched and read: the address to ask it at, what it holds, the source that it is already.

    `answer` is its document, where that is small enough to be kept until the person has chosen.
    """

    url: str
    score: int
    peek: FeedPeek
    answer: Fetched | None = field(default=None, repr=False)
    here: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What an address led to: where it was looked, the feeds, the best first, and why there is none."""

    page: str
    feeds: tuple[FoundFeed, ...]
    problem: NewsreaderError | None = None


@dataclass(slots=True)
class _Search:
    """One search on its way: what was asked, the feeds, and the pages that were met where feeds should be.

    A person waits for an `urgent` one; others ask less. `settings` is how it asks: never with a source's password or
    headers, which are for its own address alone.
    """

    now: int
    page: str
    anywhere: bool = True
    urgent: bool = True
    settings: SourceSettings = _AS_ALL
    tried: set[str] = field(default_factory=set)
    silences: Counter[str] = field(default_factory=Counter)
    fetches: int = 0
    feeds: list[FoundFeed] = field(default_factory=list)
    leads: list[Fetched] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        """Whether a feed of the site was found: one of comments or of a single article does not end the search."""
        return any(each.score >= places.GUESSED for each in self.feeds)

    def take(self, candidates: Iterable[FeedCandidate], limit: int) -> list[FeedCandidate]:
        """The first candidates that were not asked yet, as many as may still be; they count as asked from now on.

        A host that does not exist, or gave no answer twice, is left alone.
        """
        taken: list[FeedCandidate] = []
        for candidate in candidates:
            key = addresses.same_key(candidate.url)
            if len(taken) >= limit or self.fetches >= (bounds.FIND_FETCHES if self.urgent else bounds.LOST_FETCHES):
                break
            if key not in self.tried and self.silences[_host(candidate.url)] < _PATIENCE:
                self.tried.add(key)
                self.fetches += 1
                taken.append(candidate)
        return taken


class Finder:
    """Looks for feeds, and subscribes to none."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def find(self, address: str, *, anywhere: bool = True) -> Findings:
        """The feeds behind an address, each fetched and read.

        A web page leads to the feeds of its site. With `anywhere` so does an address where there is nothing, or
        something else: for a person who chooses from what was found, and gets nothing that was not asked for.

        Raises UsageError for what is no address, Offline where there is no network; every other failure is the problem
        of the findings.
        """
        url = addresses.normalise_address(address)
        search = _Search(self._tools.now(), url, anywhere=anywhere)
        problem: NewsreaderError | None
        try:
            async with asyncio.timeout(bounds.FIND_DEADLINE):
                problem = await self._search(search, url, assumed=not addresses.has_scheme(address))
        except TimeoutError:
            problem = NotAFeed(f"No feed was found in {bounds.FIND_DEADLINE:g} seconds: the site answers too slowly.")
        feeds = await self._ranked(search.feeds)
        return Findings(search.page, feeds, None if feeds else problem)

    async def rediscover(self, state: FetchState, link: str | None) -> str | None:
        """The address at which a lost feed is found again: checked, and no source here. None where there is none.

        `link` is the feed's home page. Feeds of comments and of single articles do not count; of the others one that
        bears the source's title comes first. Raises Offline.
        """
        asking = SourceSettings(user_agent=state.settings.user_agent, proxy=state.settings.proxy)
        search = _Search(self._tools.now(), link or state.url, urgent=False, settings=asking)
        front = addresses.front_page(link or state.url)
        with suppress(TimeoutError):
            async with asyncio.timeout(bounds.FIND_DEADLINE):
                for url in dict.fromkeys(filter(None, (state.url, link, front))):
                    if not search.succeeded:
                        await self._look_at(search, url)
                for url in filter(None, (link, state.url)):
                    await self._guess(search, url)
        lost = addresses.same_key(state.url)
        found = [
            each
            for each in await self._ranked(search.feeds)
            if each.score >= places.GUESSED and each.here is None and addresses.same_key(each.url) != lost
        ]
        found.sort(key=lambda each: each.peek.title.casefold() != state.title.casefold())
        return found[0].url if found else None

    async def _search(self, search: _Search, url: str, *, assumed: bool) -> NewsreaderError | None:
        """Take one step after the other until there are feeds; gives the reason why there may be none."""
        known = places.known_feeds(url)
        await self._check(search, known)
        await self._follow_leads(search)  # a directory of podcasts answers with a document that names the feed
        if search.succeeded:
            return None
        try:
            url, page = await self._open(search, url, assumed=assumed)
        except Offline:
            raise
        except FetchError as error:
            if search.anywhere and error.status is not None and not known:
                await self._look_elsewhere(search, url)
            return error
        search.page = page.url
        search.tried |= {addresses.same_key(url), addresses.same_key(page.url)}
        try:
            peek = await self._peek(page, search.now)
        except (ParseError, ChildError) as error:
            await self._follow(search, page)
            return _nothing_found(error, search)
        search.feeds.append(FoundFeed(page.moved_to or url, _ITSELF, peek, _small(page)))
        return None

    async def _open(self, search: _Search, url: str, *, assumed: bool) -> tuple[str, Fetched]:
        """Fetch what the person named; where they named no scheme and https does not answer, by http.

        Gives the address asked, which keeps its name and password, and the answer.
        """
        try:
            return url, await self._fetch(search, url)
        except (Offline, UnknownHost):
            raise
        except FetchError as error:
            if not assumed or error.status is not None:
                raise
            plain = "http" + url.removeprefix("https")
            try:
                return plain, await self._fetch(search, plain)
            except FetchError:
                raise error from None

    async def _follow(self, search: _Search, page: Fetched) -> None:
        """From a page to the feeds it names; else to those of the pages it leads to; else to the likely places."""
        await self._check(search, await self._named(page))
        await self._follow_leads(search)
        if search.anywhere or _PAGE.search(page.body[:_HEAD]):
            await self._look_elsewhere(search, page.url)

    async def _follow_leads(self, search: _Search) -> None:
        """Check what those documents name that stood where feeds should be: "RSS" often leads to a page of feeds."""
        leads, search.leads = search.leads, []
        for lead in leads[:_LEADS]:
            if not search.succeeded:
                await self._check(search, await self._named(lead))

    async def _look_elsewhere(self, search: _Search, url: str) -> None:
        """From an address that leads nowhere to the front page of its site, and to the likely places."""
        front = addresses.front_page(url)
        if front is not None and not search.succeeded:
            await self._look_at(search, front)
        await self._guess(search, url)

    async def _look_at(self, search: _Search, url: str) -> None:
        """Fetch one more page, which may turn out to be a feed itself, and check what it names."""
        for candidate in search.take([FeedCandidate(url, score=places.GUESSED)], 1):
            page = await self._check_one(search, candidate)
            if page is not None:
                await self._check(search, await self._named(page))

    async def _guess(self, search: _Search, url: str) -> None:
        """Ask where feeds often lie, a few at once, until one is found."""
        guesses = [FeedCandidate(guess, score=places.GUESSED) for guess in addresses.guess_paths(url)]
        while not search.succeeded and (chunk := search.take(guesses, _AT_ONCE)):
            await self._check_all(search, chunk)

    async def _check(self, search: _Search, candidates: Iterable[FeedCandidate]) -> None:
        """Fetch and read the best of these candidates."""
        await self._check_all(search, search.take(candidates, bounds.FIND_FEEDS))

    async def _check_all(self, search: _Search, candidates: Iterable[FeedCandidate]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._check_one(search, candidate)) for candidate in candidates]
        except* Offline as failures:
            raise Offline(*_words(failures)) from failures
        search.leads += [page for task in tasks if (page := task.result()) is not None]
        del search.leads[_LEADS:]  # bodies are large

    async def _check_one(self, search: _Search, candidate: FeedCandidate) -> Fetched | None:
        """Take a candidate in if it is a feed; gives the document that stands there instead. Raises Offline."""
        answer: Fetched | None = None
        try:
            async with self._tools.fetcher.room() as room:
                answer = await self._fetch(search, candidate.url, room)
                peek = await self._peek(answer, search.now)
        except Offline:
            raise
        except FetchError as error:
            if error.status is None:
                search.silences[_host(candidate.url)] += _PATIENCE if isinstance(error, UnknownHost) else 1
            return None
        except (ParseError, ChildError) as error:
            return answer if isinstance(error, NotAFeed) else None
        # A likely address turns out to be the feed of an article's comments now and then.
        score = places.ASIDE if peek.comments and candidate.score <= places.GUESSED else candidate.score
        search.feeds.append(FoundFeed(answer.moved_to or candidate.url, score, peek, _small(answer)))
        return None

    async def _fetch(self, search: _Search, url: str, room: Room | None = None) -> Fetched:
        answer = await self._tools.fetcher.get(url, room=room, settings=search.settings, urgent=search.urgent)
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _peek(self, answer: Fetched, now: int) -> FeedPeek:
        peek: FeedPeek = await self._tools.children.run("peek_feed", answer.body, answer.url, answer.content_type, now)
        return peek

    async def _named(self, page: Fetched) -> tuple[FeedCandidate, ...]:
        """The feeds that a page names; a page of the internet names none in a private network."""
        try:
            found: tuple[FeedCandidate, ...] = await self._tools.children.run(
                "find_feeds", page.body, page.url, page.content_type
            )
        except ChildError:
            return ()
        if is_private(_host(page.url)):
            return found
        return tuple(each for each in found if not is_private(_host(each.url)))

    async def _ranked(self, feeds: Iterable[FoundFeed]) -> tuple[FoundFeed, ...]:
        """The best first: what has articles, then by score. Two forms of one feed are one: the fuller one."""
        sources = await self._tools.library.call(Store.sources)
        here = {addresses.same_key(source.url): source.id for source in sources if source.kind is SourceKind.FEED}
        kept: dict[object, FoundFeed] = {}
        for each in sorted(feeds, key=lambda each: (not each.peek.articles, -each.score)):
            found = replace(each, here=here.get(addresses.same_key(each.url)))
            peek = found.peek
            twin = (peek.title, peek.latest_title, peek.articles) if peek.latest_title else addresses.same_key(each.url)
            if twin not in kept or _fuller(found, kept[twin]):
                kept[twin] = found
        return tuple(kept.values())[: bounds.FIND_FEEDS]


def _fuller(one: FoundFeed, other: FoundFeed) -> bool:
    """Whether one of two forms of a feed is the better: it is here already, or gives more of the text."""
    return (one.here is not None, one.peek.full_text or False) > (other.here is not None, other.peek.full_text or False)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _small(answer: Fetched) -> Fetched | None:
    return answer if len(answer.body) <= bounds.LARGE_BODY else None


def _nothing_found(error: NewsreaderError, search: _Search) -> NotAFeed:
    """What the page is, and what was tried beside it."""
    tried = f" ({count_of(search.fetches, 'address', 'addresses')} tried)" if search.fetches else ""
    site = places.without_feeds(search.page)
    if site is not None:
        return NotAFeed(f"{site} offers no feeds, and none was found there{tried}.", error.cause)
    phrase = f"{error.phrase} No feed was found on it or near it{tried}; give the address of the feed itself."
    return NotAFeed(phrase, error.cause)


def _words(failures: BaseExceptionGroup[Offline]) -> tuple[str, str]:
    """The phrase and cause of the first failure of a group."""
    first = failures.exceptions[0]
    return _words(first) if isinstance(first, BaseExceptionGroup) else (first.phrase, first.cause)
