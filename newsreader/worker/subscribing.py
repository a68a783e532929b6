"""Adding sources: from an address that may be a feed or a page that names feeds, and from an OPML file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsreader import bounds
from newsreader.errors import ChildError, FetchError, NewsreaderError, NotAFeed, Offline, ParseError, UsageError
from newsreader.fetch.fetcher import Fetched
from newsreader.model import Subscription
from newsreader.store import Store
from newsreader.text import without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.feeds.opml import OpmlFile
    from newsreader.model import FeedCandidate
    from newsreader.worker.jobs import FeedDigest
    from newsreader.worker.refresh import Refresher
    from newsreader.worker.tools import Tools

_TRIES: Final = 8  # feeds that a page names, or that are guessed, before giving up
_OTHERS: Final = 20  # further feeds that an answer lists
_PROBLEMS: Final = 20  # faults of an OPML file that an answer lists


@dataclass(frozen=True, slots=True)
class _Found:
    """A feed that was fetched and read: the address it is to be asked at, and what it holds."""

    url: str
    answer: Fetched
    digest: FeedDigest


class Subscribing:
    """Adds sources, and fetches what it adds by address."""

    def __init__(self, tools: Tools, refresher: Refresher) -> None:
        self._tools = tools
        self._refresher = refresher

    async def add(self, address: str, folder: str | None = None) -> dict[str, Any]:
        """Subscribe to a feed, or to the best feed that a page names, and take its articles in.

        Gives `source` (its id), `title`, `url` (for showing: without name and password), `new` (whether it was not
        here before), `added` (articles) and `others`: further feeds of the page, each `url` and `title`. Raises
        UsageError, FetchError, NotAFeed, ParseError or ChildError; then nothing was subscribed to.
        """
        url: str = await self._tools.children.run("normalise_address", address)
        answer = await self._fetch(url)
        others: tuple[FeedCandidate, ...] = ()
        try:
            found = await self._read(url, answer)
        except NotAFeed as problem:
            candidates = await self._candidates(answer)
            found = await self._first_feed((each.url for each in candidates), url, problem)
            others = tuple(each for each in candidates if each.url not in {found.url, found.answer.url})
        return {
            **await self._subscribe(found, folder),
            "others": [{"url": each.url, "title": each.title} for each in others[:_OTHERS]],
        }

    async def import_opml(self, path: str) -> dict[str, Any]:
        """Subscribe to the sources of an OPML file; fetches nothing.

        Gives the numbers `new` and `known`, and `problems` in words. Raises UsageError for a file that cannot be
        read, ParseError for one that is no OPML.
        """
        try:
            data = await asyncio.to_thread(_read_file, path)
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror or error}.", str(error)) from error
        file: OpmlFile = await self._tools.children.run("read_opml", data)
        added = await self._tools.library.call(Store.add_sources, file.subscriptions)
        known = len(set(added.ids) - added.new)
        return {"new": len(added.new), "known": known, "problems": list(file.problems[:_PROBLEMS])}

    async def _fetch(self, url: str) -> Fetched:
        answer = await self._tools.fetcher.get(url)
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _read(self, url: str, answer: Fetched) -> _Found:
        """Read what was fetched as a feed that nothing is known of. Raises NotAFeed and others."""
        digest = await self._refresher.digest(answer, {}, self._tools.now())
        return _Found(answer.moved_to or url, answer, digest)

    async def _candidates(self, answer: Fetched) -> tuple[FeedCandidate, ...]:
        found: tuple[FeedCandidate, ...] = await self._tools.children.run(
            "find_feeds", answer.body, answer.url, answer.content_type
        )
        return found

    async def _first_feed(self, named: Iterable[str], page: str, problem: NotAFeed) -> _Found:
        """The first address that is a feed, of those a page names, then of those where feeds often are."""
        tried = {page}
        guesses: tuple[str, ...] = await self._tools.children.run("guess_feeds", page)
        for urls in (tuple(named)[:_TRIES], guesses[:_TRIES]):
            for url in urls:
                if url in tried:
                    continue
                tried.add(url)
                try:
                    return await self._read(url, await self._fetch(url))
                except Offline:
                    raise
                except (FetchError, ParseError, ChildError):
                    continue
        phrase = f"{problem.phrase} No feed was found on it or near it; give the address of the feed itself."
        raise NotAFeed(phrase, problem.cause)

    async def _subscribe(self, found: _Found, folder: str | None) -> dict[str, Any]:
        library = self._tools.library
        added = await library.call(Store.add_sources, [Subscription(found.url, folder=folder)])
        (id_,) = added.ids
        (state,) = await library.call(Store.fetch_states, [id_])
        digest = found.digest
        known = await library.call(Store.known, id_)
        if known:
            digest = await self._refresher.digest(found.answer, known, self._tools.now())
        change = await self._refresher.take_in(state, found.answer, digest)
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


def _read_file(path: str) -> bytes:
    with Path(path).expanduser().open("rb") as file:
        return file.read(bounds.MAX_BODY)
