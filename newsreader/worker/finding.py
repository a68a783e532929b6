"""Finding: from any address to feeds that were fetched and read, the best first.

First what the site is known to have, then what its page names, then what the pages that lead on name, then where
feeds often lie; the next step is taken only while none was found. Every step is within the bounds of `bounds`.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader import bounds
from newsreader.errors import ChildError, FetchError, NewsreaderError, NotAFeed, Offline, ParseError, UnknownHost
from newsreader.feeds import addresses, places
from newsreader.fetch.addresses import is_private
from newsreader.fetch.fetcher import Fetched
from newsreader.fetch.phrases import once
from newsreader.model import FeedCandidate, SourceKind, SourceSettings
from newsreader.store import Store
from newsreader.text import count_of, host_of, one_line, without_userinfo
from newsreader.worker.likeness import Likeness, likeness
from newsreader.worker.search import Findings, FoundFeed, Search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.fetch.gate import Room
    from newsreader.worker.likeness import Lost
    from newsreader.worker.peeking import FeedPeek
    from newsreader.worker.tools import Tools

_LEADS: Final = 2  # pages that are read because the first one led there, beside the site's front page
_AT_ONCE: Final = 2  # likely addresses asked at once: they are of one host
_ITSELF: Final = 1_000  # the score of a feed that the person named by its own address
_GONE: Final = frozenset({404, 410})
_LONGEST: Final = 80  # characters of an address in a sentence
_AS_ALL: Final = SourceSettings()


class Finder:
    """Looks for feeds, and subscribes to none."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def find(
        self, address: str, settings: SourceSettings = _AS_ALL, *, home: str | None = None, whole: bool = True
    ) -> Findings:
        """The feeds behind an address, each fetched and read.

        A web page leads to the feeds of its site, and nothing is wrong with that. So does an address where there is
        nothing, or something else, but then the findings have a problem too: what was found is not what was named.
        `settings` are how the origin of `home` is asked, without one that of the address; elsewhere only user agent and
        proxy of them hold. Whoever takes the best needs no `whole` list, for which the feeds beyond the first
        FIND_FEEDS are asked, with pauses.

        Raises UsageError for what is no address, Offline where there is no network; every other failure is the problem
        of the findings.
        """
        url = addresses.normalise_address(address)
        search = Search(self._tools.now(), url, settings, home=home or url, whole=whole, page=url)
        problem: NewsreaderError | None
        try:
            async with asyncio.timeout(bounds.FIND_DEADLINE):
                problem = await self._search(search, assumed=not addresses.has_scheme(address))
        except TimeoutError:
            problem = NotAFeed(f"No feed was found in {bounds.FIND_DEADLINE:g} seconds: the site answers too slowly.")
            problem = None if search.succeeded else problem
        feeds = await self.ranked(search.feeds)
        if problem is None and feeds:
            problem = _doubt(search, feeds[0])
        return Findings(search.page, feeds, _once(problem) if problem else None)

    async def find_again(self, lost: Lost, settings: SourceSettings) -> FoundFeed | None:
        """The feed of a source that was lost, at another address and not a source here; None where there is none.

        It must be like what was lost; of several the likest is it. Feeds of comments and of single articles do not
        count. Raises Offline.
        """
        key = addresses.same_key(lost.url)

        def wanted(found: FoundFeed) -> bool:
            return addresses.same_key(found.url) != key and likeness(lost, found) > Likeness.NONE

        home = lost.link or lost.url
        search = Search(self._tools.now(), home, settings, urgent=False, wanted=wanted, named_at=lost.url)
        with suppress(TimeoutError):
            async with asyncio.timeout(bounds.FIND_DEADLINE):
                for url in dict.fromkeys(filter(None, (lost.url, lost.link, addresses.front_page(home)))):
                    if not search.succeeded:
                        await self._look_at(search, url)
                for url in dict.fromkeys((home, lost.url)):
                    await self._guess(search, url)
        ranked = await self.ranked(search.feeds)
        good = [each for each in ranked if each.score >= places.GUESSED and each.here is None and wanted(each)]
        return max(good, key=lambda each: likeness(lost, each), default=None)

    async def _search(self, search: Search, *, assumed: bool) -> NewsreaderError | None:
        """Take one step after the other until there are feeds; gives the reason why there is none that was named."""
        url = search.address
        await self._check(search, places.known_at_once(url))
        await self._follow_leads(search)  # a directory of podcasts answers with a document that names the feed
        if search.succeeded:
            return None
        try:
            url, page = await self._open(search, assumed=assumed)
            page = await self._past_question(search, page)
        except Offline:
            raise
        except FetchError as error:
            await self._despite(search, error)
            if not search.feeds:
                return search.refusal or error  # what the feed answers says more than what its page does
            return None if error.status not in {None, *_GONE} and places.known_feeds(url) else error
        search.page = page.url
        search.tried |= {addresses.same_key(url), addresses.same_key(page.url)}
        try:
            peek = await self._peek(page, search.now)
        except (ParseError, ChildError) as error:
            await self._follow(search, page)
            if not search.feeds:
                return search.refusal or _nothing_found(error, search)
            return None if _is_page(error) and not _led_astray(url, page.url) else error
        search.found(url, _ITSELF, peek, page)
        return None

    async def _open(self, search: Search, *, assumed: bool) -> tuple[str, Fetched]:
        """Fetch what the person named; where they named no scheme and https does not answer, by http.

        Gives the address asked, which keeps its name and password, and the answer.
        """
        url = search.address
        try:
            return url, await self._fetch(search, url)
        except (Offline, UnknownHost):
            raise
        except FetchError as error:
            if not assumed or error.status is not None:
                raise
            plain = "http" + url.removeprefix("https")
            try:
                page = await self._fetch(search, plain)
            except FetchError as refusal:
                if refusal.status is None:
                    raise error from None
                search.address = plain
                raise
            search.address = plain  # but what is secret was meant for https
            return plain, page

    async def _past_question(self, search: Search, page: Fetched) -> Fetched:
        """The page that was meant, where a question about cookies came in its place: the answer is no."""
        target = places.behind_question(page.url)
        if target is None:
            return page
        settings = search.settings_for(target)._replace(headers=places.NO_CONSENT)
        answer = await self._tools.fetcher.get(target, settings=settings)
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _despite(self, search: Search, error: FetchError) -> None:
        """Look for what the site has, where it did not give the page that was asked for."""
        if error.status is None:
            return
        known = places.known_feeds(search.address)
        await self._check(search, known)
        if not known:
            await self._look_elsewhere(search, search.address)

    async def _follow(self, search: Search, page: Fetched) -> None:
        """From a page to the feeds it names; else to those of the pages it leads to; else to the likely places."""
        await self._check(search, await self._named(page))
        await self._follow_leads(search)
        if search.refusal is None:  # else the page has a feed, and another one is not what was asked for
            await self._look_elsewhere(search, page.url)

    async def _follow_leads(self, search: Search) -> None:
        """Check what those documents name that stood where feeds should be: "RSS" often leads to a page of feeds."""
        leads, search.leads = search.leads, []
        for lead in leads[:_LEADS]:
            if not search.succeeded:
                await self._check(search, await self._named(lead))

    async def _look_elsewhere(self, search: Search, url: str) -> None:
        """From an address that leads nowhere to the front page of its site, and to the likely places."""
        front = addresses.front_page(url)
        if front is not None and not search.succeeded:
            await self._look_at(search, front)
        await self._guess(search, url)

    async def _look_at(self, search: Search, url: str) -> None:
        """Fetch one more page, which may turn out to be a feed itself, and check what it names."""
        for candidate in search.take([FeedCandidate(url, score=places.GUESSED)], 1):
            page = await self._check_one(search, candidate)
            if page is not None:
                await self._check(search, await self._named(page))

    async def _guess(self, search: Search, url: str) -> None:
        """Ask where feeds often lie, a few at once, until one is found."""
        guesses = [FeedCandidate(guess, score=places.GUESSED) for guess in addresses.guess_paths(url)]
        while not search.succeeded and (chunk := search.take(guesses, _AT_ONCE)):
            await self._check_all(search, chunk)

    async def _check(self, search: Search, candidates: Iterable[FeedCandidate]) -> None:
        """Fetch and read the best of these candidates; where they are feeds indeed, further ones at an easy pace."""
        candidates = tuple(candidates)
        await self._check_all(search, search.take(candidates, bounds.FIND_FEEDS))
        named = [each for each in candidates if each.score > places.ANCHOR]
        while not search.succeeded and (chunk := search.take(named, bounds.FIND_FEEDS)):
            await self._check_all(search, chunk)
        if not (search.urgent and search.whole and search.succeeded):
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(bounds.FIND_FURTHER_TIME):
                chunk = search.take(candidates, bounds.FIND_FURTHER, further=True)
                await self._check_all(search, chunk, urgent=False)

    async def _check_all(
        self, search: Search, candidates: Iterable[FeedCandidate], *, urgent: bool | None = None
    ) -> None:
        checks = (self._check_one(search, candidate, urgent=urgent) for candidate in candidates)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(check) for check in checks]
        except* Offline as failures:
            raise Offline(*_words(failures)) from failures
        search.leads += [page for task in tasks if (page := task.result()) is not None]
        del search.leads[_LEADS:]  # bodies are large

    async def _check_one(
        self, search: Search, candidate: FeedCandidate, *, urgent: bool | None = None
    ) -> Fetched | None:
        """Take a candidate in if it is a feed; gives the document that stands there instead. Raises Offline."""
        answer: Fetched | None = None
        try:
            async with self._tools.fetcher.room() as room:
                answer = await self._fetch(search, candidate.url, room, urgent=urgent)
                peek = await self._peek(answer, search.now)
        except Offline:
            raise
        except FetchError as error:
            if error.status is None:
                search.silent(candidate.url, unknown=isinstance(error, UnknownHost))
            elif candidate.score > places.ANCHOR and error.status not in _GONE:
                search.refused(error, candidate.score)
            elif candidate.score > places.KNOWN:
                search.broken = search.broken or f"The feed that it names is not there ({_shown(candidate.url)})."
            return None
        except (ParseError, ChildError) as error:
            if candidate.score > places.KNOWN and not _is_page(error):
                broken = f"The feed that it names is none ({_shown(candidate.url)}): {error.phrase}"
                search.broken = search.broken or broken
            return answer if isinstance(error, NotAFeed) else None
        by_rule = places.ANCHOR < candidate.score <= places.KNOWN  # a rule says itself which are of comments
        score = candidate.score if by_rule or not peek.comments else min(candidate.score, places.ASIDE)
        search.found(candidate.url, score, peek, answer)
        return None

    async def _fetch(
        self, search: Search, url: str, room: Room | None = None, *, urgent: bool | None = None
    ) -> Fetched:
        answer = await self._tools.fetcher.get(
            search.own(url),
            room=room,
            settings=search.settings_for(url),
            urgent=search.urgent if urgent is None else urgent,
            source=search.named_at,
        )
        search.named_at = search.named_at or url
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
        if is_private(host_of(page.url)):
            return found
        return tuple(each for each in found if not is_private(host_of(each.url)))

    async def ranked(self, feeds: Iterable[FoundFeed]) -> tuple[FoundFeed, ...]:
        """The best first: feeds of articles, and what has some; then by score. Of two forms of one feed the fuller."""
        sources = await self._tools.library.call(Store.sources)
        here = {addresses.same_key(source.url): source.id for source in sources if source.kind is SourceKind.FEED}
        kept: dict[object, FoundFeed] = {}
        for each in sorted(feeds, key=_rank):
            found = replace(each, here=here.get(addresses.same_key(each.url)))
            peek = found.peek
            twin = (peek.title, peek.latest_title, peek.articles) if peek.latest_title else addresses.same_key(each.url)
            if twin not in kept or _fuller(found, kept[twin]):
                kept[twin] = found
        return tuple(kept.values())


def _rank(found: FoundFeed) -> tuple[bool, bool, int]:
    return found.score < places.GUESSED, not found.peek.articles, -found.score


def _fuller(one: FoundFeed, other: FoundFeed) -> bool:
    """Whether one of two forms of a feed is the better: it is here already, or gives more of the text."""
    return (one.here is not None, one.peek.full_text or False) > (other.here is not None, other.peek.full_text or False)


def _once(problem: NewsreaderError) -> NewsreaderError:
    """A failure without what a refresh says of its next try: a search is not tried again by itself."""
    phrase = once(problem.phrase)
    if phrase == problem.phrase or not isinstance(problem, FetchError):
        return problem
    return FetchError(phrase, problem.cause, status=problem.status, retry_after=problem.retry_after)


def _is_page(error: NewsreaderError) -> bool:
    """Whether a document is a web page with something to read: no login page, no captcha, no other kind of file."""
    return isinstance(error, NotAFeed) and error.page


def _led_astray(asked: str, landed: str) -> bool:
    """Whether an address of one site leads to the front page of another: what was there is gone."""
    site, other = addresses.site_of(asked), addresses.site_of(landed)
    return site != other and addresses.front_page(asked) is not None and addresses.front_page(landed) is None


def _doubt(search: Search, best: FoundFeed) -> NewsreaderError | None:
    """Why the best that was found is not simply taken: a better one refuses, or it has no articles of its own."""
    if search.refusal is not None and search.refusal_score > best.score:
        return search.refusal
    if best.score < places.GUESSED:
        return NotAFeed("Only feeds of comments, of searches or of single articles were found there.")
    if best.score <= places.ANCHORED and not _is_own(search, best):
        return NotAFeed("The page names no feed of its own; it only leads to one of another site.")
    return None


def _is_own(search: Search, found: FoundFeed) -> bool:
    """Whether a feed is of the site on which it was found, by its address or by the home page that it names."""
    ours = {addresses.site_of(search.address), addresses.site_of(search.page)}
    return not ours.isdisjoint({addresses.site_of(found.url), addresses.site_of(found.peek.link or "")})


def _nothing_found(error: NewsreaderError, search: Search) -> NotAFeed:
    """What the page is, and what was tried beside it."""
    tried = f" ({count_of(search.fetches, 'address', 'addresses')} tried)" if search.fetches else ""
    site = places.without_feeds(search.page)
    if site is not None:
        return NotAFeed(f"{site} offers no feeds, and none was found there{tried}.", error.cause)
    if places.behind_question(search.page) is not None:
        return NotAFeed("YouTube asks about cookies in place of this page. Give the address youtube.com/channel/UC…")
    found = f"{search.broken} No other" if search.broken else "No feed"
    phrase = f"{error.phrase} {found} was found on it or near it{tried}; give the address of the feed itself."
    return NotAFeed(phrase, error.cause)


def _shown(url: str) -> str:
    """An address in a sentence."""
    return one_line(without_userinfo(url), _LONGEST)


def _words(failures: BaseExceptionGroup[Offline]) -> tuple[str, str]:
    """The phrase and cause of the first failure of a group."""
    first = failures.exceptions[0]
    return _words(first) if isinstance(first, BaseExceptionGroup) else (first.phrase, first.cause)
