"""Importing: lists of sources (OPML, newsboat's `urls`, plain addresses) and newsboat's cache, told by their content.

Nothing is fetched and no file is changed. Lists come first, so that the articles of a cache find their sources.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final

from newsreader import bounds, log
from newsreader.config.paths import expanded
from newsreader.errors import ChildError, LibraryError, NewsreaderError, ParseError, UsageError
from newsreader.feeds.bookmarks import is_bookmarks
from newsreader.feeds.gathering import FeedList, same_address, shown
from newsreader.feeds.newsboat_config import read_ignored
from newsreader.model import NO_IDENTITY, ParsedFeed
from newsreader.store import Store
from newsreader.store.newsboat_cache import MAGIC, NewsboatCache, open_cache
from newsreader.store.settings import read_settings
from newsreader.store.unpacking import is_backup, unpacked
from newsreader.text import count_of, one_line, without_userinfo
from newsreader.worker.adopting import take_up
from newsreader.worker.newsboat_files import CONFIG, files_in, find_newsboat
from newsreader.worker.saving import save_bookmarks
from newsreader.worker.taking_over import Former, from_newsboat

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from newsreader.feeds.bookmarks import Bookmark
    from newsreader.model import Restored, Subscription
    from newsreader.store.journal import Entry
    from newsreader.store.newsboat_cache import CachedFeed
    from newsreader.worker.jobs import FeedDigest
    from newsreader.worker.tools import Tools

_PROBLEMS_SIZE: Final = bounds.MAX_LINE // 2  # of the sentences that an answer carries, as they are written
_SHOWN: Final = 60  # characters of a name in a sentence
_REACHING: Final = frozenset({"headers", "auth", "proxy"})
_LOSING: Final = "keep"  # lets articles go
_NAMED: Final = 5  # feeds that a sentence about several of them names


@dataclass(slots=True)
class Imported:
    """What came of an import: sources, saved searches, smart sources, rules, articles new here or marked, pages."""

    added: int = 0
    known: int = 0
    queries: int = 0
    smart: int = 0
    rules: int = 0
    articles: int = 0
    read: int = 0
    bookmarked: int = 0
    saved: int = 0
    again: int = 0
    problems: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list, repr=False)


class Importing:
    """Takes in what other readers leave behind."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def take(self, paths: Sequence[str], *, own: bool = False) -> Imported:
        """Import files, or folders of newsboat's. One that cannot be used is a problem beside others, else it is said.

        Of files that are the person's `own`, everything that is set for a source counts; in another's, what names a
        secret or a proxy could send secrets to whoever wrote the file.
        Raises UsageError for a file that cannot be read, ParseError for one that is none of what is known.
        """
        result = Imported()
        backups = [path for path in paths if await asyncio.to_thread(_is_backup, path)]
        for path in backups:
            await self._take_backup(path, result, own=own)
        lists = [path for path in paths if path not in backups]
        contents = [each for path in lists for each in await asyncio.to_thread(_contents, path)]
        contents.sort(key=lambda pair: pair[1].startswith(MAGIC))
        for file, data in contents:
            try:
                if data.startswith(MAGIC):
                    await self._take_cache(file, result)
                elif file.name == CONFIG:
                    await self._take_ignored(data, result)
                else:
                    await self._take_text(data, result, own=own)
            except LibraryError:
                raise
            except NewsreaderError as error:
                if len(contents) == 1:
                    raise
                result.problems.append(f"{file}: {error.phrase}")
        await self._finish(result)
        return result

    async def take_bytes(self, data: bytes, *, own: bool = False) -> Imported:
        """`take` a list from standard input. Raises UsageError for a cache, ParseError for what is no list."""
        if data.startswith(MAGIC):
            raise UsageError("newsboat's cache cannot come from standard input: give the name of its file.")
        result = Imported()
        await self._take_text(data, result, own=own)
        return result

    async def answer(self, paths: Sequence[str]) -> dict[str, Any]:
        """`take` as an answer of the worker: its numbers by name, and the problems."""
        result = await self.take(paths)
        counts = ("added", "known", "queries", "smart", "rules", "articles", "read", "bookmarked", "saved", "again")
        return {name: getattr(result, name) for name in counts} | {"problems": _that_fit(result.problems)}

    async def _take_backup(self, path: str, result: Imported, *, own: bool) -> None:
        """Take over what a backup has and the library has not. Raises UsageError for one that is not sound."""
        restored = await self._tools.library.act(_take_in, path, own=own)
        if restored.left_out:
            result.problems.append(
                f"The headers, passwords' places and proxies of {count_of(restored.left_out, 'source')} were left out, "
                f"for in somebody else's file they could give your secrets away. "
                f"For a file of your own: newsreader restore FILE."
            )
        result.added += restored.sources
        result.articles += restored.articles
        result.read += restored.read
        result.bookmarked += restored.bookmarked
        result.smart += restored.smart_sources

    async def _take_text(self, data: bytes, result: Imported, *, own: bool) -> None:
        """Take a list of sources, or a browser's bookmarks: these are pages, and saved. Raises ParseError."""
        if not is_bookmarks(data):
            await self._take_list(data, result, own=own)
            return
        bookmarks: tuple[Bookmark, ...] = await self._tools.children.run("read_bookmarks", data)
        saved, known = await save_bookmarks(self._tools, bookmarks)
        result.saved += saved
        result.again += known
        if not bookmarks:
            result.problems.append("There is no address of a page in this file of bookmarks.")

    async def _take_list(self, data: bytes, result: Imported, *, own: bool) -> None:
        """Subscribe to what a list names. Raises ParseError for what is no list."""
        library = self._tools.library
        listed: FeedList = await self._tools.children.run("read_list", data)
        addresses = await library.call(Store.addresses)
        known = {same_address(without_userinfo(url)): url for url in addresses}  # as an export gives it
        known |= {same_address(url): url for url in addresses}
        subscriptions = [
            each._replace(url=known.get(same_address(each.url), each.url)) for each in listed.subscriptions
        ]
        result.problems += listed.remarks()
        result.problems += _problems_of_settings(subscriptions)
        if not own:
            subscriptions = _without_reach(subscriptions, result.problems)
        taken = await library.act(take_up, subscriptions, listed, fill=own)
        result.added += len(taken.sources.new)
        result.known += len(set(taken.sources.ids) - taken.sources.new)
        result.smart += taken.smart
        result.queries += taken.kept
        result.problems += taken.problems

    async def _take_ignored(self, data: bytes, result: Imported) -> None:
        """Offer what newsboat ignores as rules that hide: they pause until the person lets them go on."""
        found = read_ignored(data)
        result.problems += found.problems
        if found.queries:
            added = await self._tools.library.act(Store.offer_rules, found.queries, "newsboat")
            result.rules += added
            if added:
                rules = count_of(added, "rule that hides", "rules that hide")
                result.problems.append(
                    f"What newsboat ignores became {rules}, pausing: g r shows them, and space lets one act."
                )

    async def newsboat(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """What newsboat left on this machine: `urls` and `cache` (paths or None), numbers of sources, tags, queries."""
        found = await asyncio.to_thread(find_newsboat, environment)
        listed = FeedList()
        if found.urls is not None:
            try:
                listed = await self._tools.children.run("read_list", await asyncio.to_thread(_read, found.urls))
            except (ParseError, UsageError) as error:
                log.get("import").info("%s: %s (%s)", found.urls, error.phrase, error.cause)
        return {
            "urls": None if found.urls is None else str(found.urls),
            "cache": None if found.cache is None else str(found.cache),
            "config": None if found.config is None else str(found.config),
            "sources": len(listed.subscriptions),
            "tags": len({tag for each in listed.subscriptions for tag in each.tags}),
            "queries": len(listed.queries),
        }

    async def _take_cache(self, path: Path, result: Imported) -> None:
        """Take over the articles of those feeds that are sources here."""
        sources = await self._tools.library.call(Store.sources)
        ids = {same_address(source.url): source.id for source in sources}
        with ExitStack() as stack:
            try:
                cache = await asyncio.to_thread(stack.enter_context, open_cache(path))
            except OSError as error:
                raise UsageError(f"{path} cannot be read: {error.strerror or error}.", str(error)) from error
            feeds = await asyncio.to_thread(cache.feeds)
            wanted = [feed for feed in feeds if same_address(feed.url) in ids]
            total, done = sum(feed.articles for feed in wanted), 0
            broken: list[CachedFeed] = []
            for feed in wanted:
                try:
                    await self._take_feed(cache, feed, ids[same_address(feed.url)], result, (done, total))
                except (ParseError, ChildError) as error:
                    log.get("import").warning("%s: %s (%s)", shown(feed.url), error.phrase, error.cause)
                    broken.append(feed)
                done += feed.articles
        if broken:
            result.problems.append(
                f"{path} is damaged: the articles of {count_of(len(broken), 'feed')} could not all be taken over: "
                f"{_named(feed.title or feed.url for feed in broken)}."
            )
        others = [feed for feed in feeds if same_address(feed.url) not in ids]
        if others:
            result.problems.append(
                f"newsboat has articles of {count_of(len(others), 'feed')} that are not among your sources, which were "
                f"left out: {_named(feed.title or feed.url for feed in others)}. Importing newsboat's urls adds them."
            )

    async def _take_feed(
        self, cache: NewsboatCache, feed: CachedFeed, source_id: int, result: Imported, progress: tuple[int, int]
    ) -> None:
        """Take over one feed, a batch after the other."""
        done, total = progress
        seen = await self._tools.library.call(Store.known, source_id)
        known = {identity for identity, content in seen.items() if content != NO_IDENTITY}
        batches = cache.articles(feed.url)
        while (rows := await asyncio.to_thread(next, batches, None)) is not None:
            formers = await asyncio.to_thread(from_newsboat, rows, self._tools.now())
            del rows
            await self._take_batch(feed, source_id, formers, known, result)
            known.update(each.status.identity for each in formers)
            done += len(formers)
            self._tools.emit({"event": "import", "done": done, "total": total, "title": one_line(feed.title, 80)})

    async def _take_batch(
        self, feed: CachedFeed, source_id: int, formers: Sequence[Former], known: Container[str], result: Imported
    ) -> None:
        """Write the articles that the library does not know, then what the person did with any of them."""
        library = self._tools.library
        states = await library.call(Store.fetch_states, [source_id])
        if not states:
            return  # it was removed meanwhile
        articles = tuple(each.article for each in formers if not each.status.gone and each.status.identity not in known)
        added: frozenset[int] = frozenset()
        if articles:
            parsed = ParsedFeed(one_line(feed.title, bounds.MAX_NAME), one_line(feed.link) or None, articles=articles)
            digest: FeedDigest = await self._tools.children.run(
                "digest_parsed", parsed, feed.url, {}, self._tools.now()
            )
            described = digest.feed if states[0].last_success is None else None
            added = (await library.call(Store.ingest, states[0], described, digest.writes)).added
        taken = await library.call(Store.take_statuses, source_id, [each.status for each in formers], new=added)
        result.articles += len(added)
        result.read += len(taken.read)
        result.bookmarked += len(taken.bookmarked)
        result.entries += taken.entries

    async def _finish(self, result: Imported) -> None:
        """Note what was marked, so that it can be undone."""
        if result.entries:
            await self._tools.library.act(Store.journal_taking_over, result.entries, "newsboat")
        if result.bookmarked:
            flagged = f"{count_of(result.bookmarked, 'article')} with newsboat's flags"
            were = "was" if result.bookmarked == 1 else "were"
            result.problems.append(f"{flagged} {were} bookmarked; the letters are not kept.")


def _problems_of_settings(subscriptions: Sequence[Subscription]) -> list[str]:
    """A sentence for each setting in a list that makes no sense and is left out."""
    return [
        f"{each.title or shown(each.url)}: {problem}"
        for each in subscriptions
        for problem in read_settings(each.settings)[1]
    ]


def _without_reach(subscriptions: Sequence[Subscription], problems: list[str]) -> list[Subscription]:
    """The same without the settings by which a file of somebody else's could get at secrets, or let articles go.

    The former are said.
    """
    harmless = [
        each._replace(settings=tuple(pair for pair in each.settings if pair[0] not in {*_REACHING, _LOSING}))
        for each in subscriptions
    ]
    lost = [each for each in subscriptions if _REACHING.intersection(name for name, _ in each.settings)]
    if lost:
        names = _named(each.title or each.url for each in lost)
        problems.append(
            f"The headers, passwords' places and proxies of {count_of(len(lost), 'source')} were left out, for in "
            f"somebody else's file they could give your secrets away: {names}. "
            "For a file of your own: newsreader import --own FILE."
        )
    return harmless


def _named(names: Iterable[str]) -> str:
    """The first of some names or addresses for a sentence."""
    first = [one_line(without_userinfo(name), _SHOWN) for name in islice(names, _NAMED + 1)]
    return ", ".join(first[:_NAMED]) + (", …" if len(first) > _NAMED else "")


def _that_fit(problems: Sequence[str]) -> list[str]:
    """As many sentences as an answer has room for, and how many there are besides."""
    sizes = accumulate(len(json.dumps(problem)) for problem in problems)
    count = sum(size < _PROBLEMS_SIZE for size in sizes)
    more = len(problems) - count
    return [
        *problems[:count],
        *([f"{more:,} more, which newsreader import lists on the command line."] if more else []),
    ]


def _is_backup(given: str) -> bool:
    return is_backup(expanded(given))


def _take_in(store: Store, given: str, *, own: bool) -> Restored:
    with unpacked(expanded(given)) as plain:
        return store.take_in(plain, own=own)


def _contents(given: str) -> list[tuple[Path, bytes]]:
    """The files that a path means, itself or those in newsboat's folder, with their content. Raises UsageError."""
    if given.lower().startswith(("http://", "https://")):
        raise UsageError(f"{given} is an address, and import takes files: save what is there, and name the file.")
    path = expanded(given)
    return [(file, _read(file)) for file in (files_in(path) if path.is_dir() else (path,))]


def _read(path: Path) -> bytes:
    """The beginning of a database, the whole of anything else. Raises UsageError."""
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
            return head if head == MAGIC else head + file.read(bounds.MAX_BODY - len(head))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.", str(error)) from error
