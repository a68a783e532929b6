"""Adding sources from an address, which may be a feed or a page that names feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.errors import NewsreaderError, NotAFeed
from newsreader.fetch.fetcher import Fetched
from newsreader.model import Subscription
from newsreader.store import Store
from newsreader.text import without_userinfo
from newsreader.worker.finding import Finder

if TYPE_CHECKING:
    from newsreader.model import FetchState
    from newsreader.worker.finding import FoundFeed
    from newsreader.worker.tools import Tools
    from newsreader.worker.visits import Visits


class Subscribing:
    """Finds feeds, adds sources, and fetches what it adds by address."""

    def __init__(self, tools: Tools, visits: Visits) -> None:
        self._tools = tools
        self._visits = visits
        self._finder = Finder(tools)

    async def find(self, address: str) -> dict[str, Any]:
        """The feeds behind an address, fetched and read, the best first; subscribes to none.

        Gives `page`, `candidates` (each `url`, `title`, `latest_title`, `latest_at`, `weekly`, `full_text`,
        `articles` and `here`, the id of the source that it is already) and `problem`, a phrase where there is no
        candidate. Addresses may hold the name and password that the person gave. Raises UsageError, Offline.
        """
        findings = await self._finder.find(address)
        return {
            "page": findings.page,
            "candidates": [_candidate(each) for each in findings.feeds],
            "problem": findings.problem.phrase if findings.problem else None,
        }

    async def rediscover(self, state: FetchState, link: str | None) -> str | None:
        """The address at which a lost feed is found again, checked and no source here; None where there is none.

        `link` is the feed's home page, as the source knows it. Raises Offline.
        """
        return await self._finder.rediscover(state, link)

    async def add(self, address: str, folder: str | None = None) -> dict[str, Any]:
        """Subscribe to a feed, or to the best feed that an address leads to, and take its articles in.

        Gives `source` (its id), `title`, `url` (for showing: without name and password), `new` (whether it was not
        here before), `added` (articles), `taken` (what `find` gives of it) and `others`: further feeds, likewise.
        Raises UsageError, FetchError, NotAFeed, ParseError or ChildError; then nothing was subscribed to.
        """
        findings = await self._finder.find(address, anywhere=False)
        if not findings.feeds:
            raise findings.problem or NotAFeed("No feed was found there.")
        best, *others = findings.feeds
        subscribed = await self._subscribe(best, folder)
        return {**subscribed, "taken": _candidate(best), "others": [_candidate(each) for each in others]}

    async def _fetch(self, url: str) -> Fetched:
        answer = await self._tools.fetcher.get(url)
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _subscribe(self, found: FoundFeed, folder: str | None) -> dict[str, Any]:
        answer = found.answer or await self._fetch(found.url)
        digest = await self._visits.digest(answer, {}, self._tools.now())
        library = self._tools.library
        added = await library.act(Store.add_sources, [Subscription(found.url, folder=folder)])
        (id_,) = added.ids
        (state,) = await library.call(Store.fetch_states, [id_])
        change = await self._visits.take_in(state, answer, digest)
        source = await library.call(Store.source, id_)
        if source is None:
            raise NewsreaderError("The source was removed while it was being added.")
        return {
            "source": id_,
            "title": source.title,
            "url": without_userinfo(source.url),
            "new": id_ in added.new,
            "added": len(change.added),
        }


def _candidate(found: FoundFeed) -> dict[str, Any]:
    """A feed as answers give it."""
    peek = found.peek
    return {
        "url": found.url,
        "title": peek.title or without_userinfo(found.url),
        "latest_title": peek.latest_title,
        "latest_at": peek.latest_at,
        "weekly": peek.weekly,
        "full_text": peek.full_text,
        "articles": peek.articles,
        "here": found.here,
    }
