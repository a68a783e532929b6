"""One article at a time: its full text from its page, and the Document that the reader view shows."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING, Final

from newsreader import bounds, log
from newsreader.document import blocks
from newsreader.document.render import plain_text
from newsreader.errors import ChildError, FetchError, HeldBack, Offline, ParseError, UsageError
from newsreader.model import SourceSettings
from newsreader.store import Store
from newsreader.store.part import address_title
from newsreader.store.saving import SAVED_URL
from newsreader.text import host_of
from newsreader.worker.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from newsreader.errors import NewsreaderError
    from newsreader.fetch.fetcher import Fetched
    from newsreader.model import Article, FullText
    from newsreader.worker.tools import Tools

_QUIET_AT_ONCE: Final = 2  # full texts nobody is waiting for: they leave the network to the others
_REFUSED: Final = frozenset({401, 402, 403, 451})  # RFC 9110 and 7725: who asks is not let in
_QUIET_LIMIT: Final = 10  # bookmarked articles in one go; the next go comes soon


class Articles:
    """Fetches full texts and has documents built. The same article asked for twice is fetched once."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._pages: Shared[int, None] = Shared()
        self._documents: Shared[tuple[int, bool], None] = Shared()
        self._formers: Shared[int, None] = Shared()

    async def full_text(self, article_id: int) -> None:
        """Fetch an article's page, find the text in it and keep it; an article that has its full text keeps that.

        A person waits for it. Raises UsageError for an article without address, FetchError, ParseError or ChildError;
        but for Offline the reason is kept beside the article.
        """
        fetch = partial(self._full_text, article_id, urgent=True)
        try:
            await self._pages.run(article_id, fetch)
        except HeldBack:  # one that nobody waited for was on its way
            await self._pages.run(article_id, fetch)

    async def document(self, article_id: int, *, full_text: bool) -> None:
        """Build an article's Document anew from its stored HTML, after a change of the builder.

        Raises UsageError when there is no such HTML, ChildError when building failed.
        """
        await self._documents.run((article_id, full_text), lambda: self._document(article_id, full_text=full_text))

    async def former(self, article_id: int) -> None:
        """Build the Documents of an article's former versions that are missing or of an older builder.

        Raises UsageError for an article that is gone, ChildError when building failed.
        """
        await self._formers.run(article_id, lambda: self._former(article_id))

    async def fetch_bookmarked(self) -> None:
        """Fetch full texts that bookmarked articles still lack, a few; failures are kept and logged, not raised."""
        await self.fetch_quietly(await self._tools.library.call(Store.wanting_full_text, _QUIET_LIMIT))

    async def fetch_quietly(self, ids: Iterable[int], *, anew: bool = False) -> None:
        """Fetch full texts that nobody waits for, few at a time, and none of a host that asked to be left alone.

        With `anew` also those that are here, which stay where that fails. Stops at once when there is no network.
        """
        waiting = iter(tuple(ids))

        async def one_after_the_other() -> None:
            for article_id in waiting:
                try:
                    await self._pages.run(article_id, partial(self._full_text, article_id, urgent=False, anew=anew))
                except Offline:
                    return
                except (FetchError, ParseError, ChildError, UsageError) as error:
                    log.get("worker").info("full text of article %s: %s", article_id, error.phrase)

        await asyncio.gather(*(one_after_the_other() for _ in range(_QUIET_AT_ONCE)))

    async def _full_text(self, article_id: int, *, urgent: bool, anew: bool = False) -> None:
        article = await self._article(article_id)
        if article.head.full_text and not anew:
            return
        if article.head.url is None:
            raise UsageError("This article has no page of its own: what the feed gave is all there is.")
        try:
            full = await self._extract(article, article.head.url, urgent=urgent)
        except (Offline, HeldBack):
            raise
        except (FetchError, ParseError, ChildError) as error:
            if not article.head.full_text:
                lasting = _is_lasting(error)
                await self._tools.library.call(Store.save_full_text_error, article_id, error.phrase, lasting=lasting)
            raise
        await self._tools.library.call(Store.save_full_text, article_id, full, unasked=anew)

    async def _extract(self, article: Article, url: str, *, urgent: bool) -> FullText:
        states = await self._tools.library.call(Store.fetch_states, [article.head.source_id])
        settings = states[0].settings if states else SourceSettings()  # none of a source that was removed
        # A saved page is of no source: the person named its address.
        home = None if article.source_url == SAVED_URL else article.source_url
        title = None if article.head.title == address_title(url) else article.head.title
        get = partial(self._tools.fetcher.page, source=home, settings=settings, urgent=urgent)
        page = await get(url)
        host = host_of(page.url)
        repeated = await self._tools.library.call(Store.site_blocks, host, article.head.id)
        full: FullText = await self._tools.children.run(
            "extract_page", page.body, page.url, page.content_type, title, _summary(article), None, repeated
        )
        if full.next_page is not None:
            full = await self._joined(article, full, page.url, get, repeated)
        if full.edges:
            await self._tools.library.call(Store.note_site_blocks, host, article.head.id, full.edges)
        return full

    async def _joined(
        self,
        article: Article,
        full: FullText,
        first: str,
        get: Callable[[str], Awaitable[Fetched]],
        repeated: Mapping[int, float],
    ) -> FullText:
        """Fetch the further pages of an article and join them; what fails ends it, with a link to what is missing."""
        pages, seen, rest = [full], {first}, full.next_page
        ends = asyncio.get_running_loop().time() + bounds.PAGES_TIME
        while rest is not None and len(pages) < bounds.MAX_PAGES and asyncio.get_running_loop().time() < ends:
            try:
                page = await get(rest)
                if page.url in seen or host_of(page.url) != host_of(first):
                    rest = None  # led back to what is here, or away: there is no such page
                    break
                part = await self._tools.children.run(
                    "extract_page", page.body, page.url, page.content_type, article.head.title, None, first, repeated
                )
            except (Offline, HeldBack):
                raise  # the whole article is asked for again later
            except (FetchError, ParseError, ChildError) as error:
                log.get("worker").info("page %s of article %s: %s", len(pages) + 1, article.head.id, error.phrase)
                break
            seen.add(page.url)
            rest = part.next_page if part.text not in {known.text for known in pages} else None
            pages.append(part)
        joined: FullText = await self._tools.children.run("join_pages", pages, first, rest)
        return joined

    async def _document(self, article_id: int, *, full_text: bool) -> None:
        article = await self._article(article_id)
        html = await self._tools.library.call(Store.html, article_id, full_text=full_text)
        if html is None:
            raise UsageError("There is no full text of this article here.")
        document, _, media = await self._tools.children.run(
            "build_document", html, article.head.url or article.source_url, article.language
        )
        await self._tools.library.call(
            Store.save_document,
            article_id,
            full_text=full_text,
            document=document,
            version=blocks.VERSION,
            media=None if full_text or article.enclosures else media,
        )

    async def _former(self, article_id: int) -> None:
        article = await self._article(article_id)
        for former in await self._tools.library.call(Store.former, article_id):
            if former.document_version != blocks.VERSION:
                document, _, _ = await self._tools.children.run(
                    "build_document", former.html, article.head.url or article.source_url, article.language
                )
                await self._tools.library.call(Store.save_former_document, former.id, document, blocks.VERSION)

    async def _article(self, article_id: int) -> Article:
        article = await self._tools.library.call(Store.article, article_id)
        if article is None:
            raise UsageError(f"There is no article {article_id}.")
        return article


def _is_lasting(error: NewsreaderError) -> bool:
    """Whether the next page of the same site will probably fail, too: it is refused, or no article is found on it."""
    return isinstance(error, ParseError) or (isinstance(error, FetchError) and error.status in _REFUSED)


def _summary(article: Article) -> str | None:
    """What the feed gave, in plain words: it tells the extraction which part of a page is the article."""
    if article.feed_document is None or article.document_version != blocks.VERSION:
        return None
    with contextlib.suppress(ValueError):
        return plain_text(blocks.load(article.feed_document))[: bounds.MAX_SUMMARY] or None
    return None
