"""Adding sources from an address, which may be a feed or a page that names feeds."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from newsreader import bounds
from newsreader.errors import FetchError, NewsreaderError, NotAFeed, UsageError
from newsreader.fetch.fetcher import Fetched
from newsreader.model import SourceSettings, Subscription
from newsreader.store import Store
from newsreader.text import without_userinfo
from newsreader.worker.finding import Finder
from newsreader.worker.likeness import Lost, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.model import FetchState
    from newsreader.worker.search import Findings, FoundFeed
    from newsreader.worker.tools import Tools
    from newsreader.worker.visits import Visits


_AS_ALL: Final = SourceSettings()
_REST: Final = 16 * 1024  # bytes of an answer beside its list of feeds: the one that was taken, addresses, a phrase


class Subscribing:
    """Finds feeds, adds sources, and fetches what it adds by address."""

    def __init__(self, tools: Tools, visits: Visits) -> None:
        self._tools = tools
        self._visits = visits
        self._finder = Finder(tools)

    async def find(
        self, address: str, source_id: int | None = None, settings: SourceSettings = _AS_ALL
    ) -> dict[str, Any]:
        """The feeds behind an address, fetched and read, the best first; subscribes to none.

        Gives `page`, `candidates` (each `url`, `title`, `latest_title`, `latest_at`, `weekly`, `full_text`,
        `articles` and `here`, the id of the source that it is already), `problem`, a phrase where there is no
        candidate, or where they are not what the address names, and `status`, the HTTP status that is the reason.
        Addresses may hold the name and password that the person gave; `settings` are how they are asked.

        Where the new address of a source is looked for its origin is asked as it is, the feeds that are like it come
        first, and each has `like`: "articles" it shares, its "title", only its "site", or None, and "itself" for the
        address it has. Raises UsageError, Offline.
        """
        if source_id is None:
            findings = await self._finder.find(address, settings)
            return {"page": findings.page, "candidates": _listed(map(_candidate, findings.feeds)), **_problem(findings)}
        states = await self._tools.library.call(Store.fetch_states, [source_id])
        source = await self._tools.library.call(Store.source, source_id)
        if source is None or not states:
            raise UsageError("There is no such source any more.")
        findings = await self._finder.find(address, states[0].settings, home=source.url)
        lost = await self._lost(states[0], source.link)
        liked = sorted(((likeness(lost, each), each) for each in findings.feeds), key=lambda pair: -pair[0])
        candidates = [{**_candidate(each), "like": like.name.lower() if like else None} for like, each in liked]
        for each in candidates:
            each["like"] = "itself" if each["here"] == source_id else each["like"]
        return {"page": findings.page, "candidates": _listed(candidates), **_problem(findings)}

    async def rediscover(self, state: FetchState, link: str | None) -> FoundFeed | None:
        """A lost feed, found again at another address, checked and no source here; None where there is none.

        `link` is the feed's home page, as the source knows it. Nothing of the source's secrets is told to anybody.
        Raises Offline.
        """
        settings = SourceSettings(user_agent=state.settings.user_agent, proxy=state.settings.proxy)
        return await self._finder.find_again(await self._lost(state, link), settings)

    async def _lost(self, state: FetchState, link: str | None) -> Lost:
        """What the library knows of a source by which its feed is recognised elsewhere."""
        library = self._tools.library
        title = await library.call(Store.feed_title, state.source_id)
        faces = await library.call(Store.faces, state.source_id, bounds.KNOWN_BY)
        return Lost(state.url, link, (state.title, title), faces)

    async def add(self, address: str, folder: str | None = None, settings: SourceSettings = _AS_ALL) -> dict[str, Any]:
        """Subscribe to a feed, or to the best feed that an address leads to, and take its articles in.

        `settings` are how it is asked, now and as a source; headers and password only at the origin of the address.

        Gives `source` (its id), `title`, `url` (for showing: without name and password), `new` (whether it was not
        here before), `added` (articles), `taken` (what `find` gives of it) and `others`: further feeds, likewise.
        Where feeds were found, and none is what the address names, nothing is subscribed to: `source` is None, and
        `problem` and `status` are as in `find`, else None.
        Raises UsageError, FetchError, NotAFeed, ParseError or ChildError; then nothing was subscribed to either.
        """
        findings = await self._finder.find(address, settings, whole=False)
        if not findings.feeds:
            raise findings.problem or NotAFeed("No feed was found there.")
        if findings.problem is not None:
            return {"source": None, "others": _listed(map(_candidate, findings.feeds)), **_problem(findings)}
        best, *others = findings.feeds
        subscribed = await self._subscribe(best, folder)
        return {
            **subscribed,
            "taken": _candidate(best),
            "others": _listed(map(_candidate, others)),
            **_problem(findings),
        }

    async def _fetch(self, found: FoundFeed) -> Fetched:
        answer = await self._tools.fetcher.get(found.url, settings=found.settings)
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _subscribe(self, found: FoundFeed, folder: str | None) -> dict[str, Any]:
        answer = found.answer or await self._fetch(found)
        digest = await self._visits.digest(answer, {}, self._tools.now())
        library = self._tools.library
        settings = None if found.settings == _AS_ALL else found.settings
        added = await library.act(Store.add_sources, [Subscription(found.url, folder=folder)], settings=settings)
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


def _problem(findings: Findings) -> dict[str, Any]:
    problem = findings.problem
    status = problem.status if isinstance(problem, FetchError) else None
    return {"problem": problem.phrase if problem else None, "status": status}


def _listed(candidates: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many feeds as one line of the pipe has room for."""
    room = bounds.MAX_LINE - _REST
    listed = list(candidates)
    sizes = accumulate(len(json.dumps(each)) + 1 for each in listed)
    return [each for each, size in zip(listed, sizes, strict=True) if size <= room]


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
