"""Saving pages by their addresses: one that the person names, or all of a file of bookmarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader import bounds
from newsreader.document import blocks
from newsreader.errors import LibraryError, NewsreaderError, UsageError
from newsreader.feeds.addresses import normalise_address
from newsreader.model import ArticleWrite, SavedPage, SourceKind
from newsreader.store import Store
from newsreader.store.part import address_title
from newsreader.text import clean_text, count_of, identity_of_guid, normalised_url, one_line, short_identity, truncate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.feeds.bookmarks import Bookmark
    from newsreader.store.journal import Entry
    from newsreader.worker.articles import Articles
    from newsreader.worker.tools import Tools

_WHOLE: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_BATCH: Final = 200  # pages in one transaction
_SHOWN: Final = 60  # cells of an address in the journal


class Saving:
    """Saves pages; their texts come by the same way as all full texts."""

    def __init__(self, tools: Tools, articles: Articles) -> None:
        self._tools = tools
        self._articles = articles

    async def save(self, address: str, tags: Sequence[str] = (), note: str = "") -> dict[str, Any]:
        """Save the page at an address and fetch its text.

        Gives `article` (its id), `title`, `source` (whose article it is where it was here already, not saved but from a
        feed), `new` (whether it was not here yet), and `problem`, a phrase where there is
        no text yet: the address is kept, and the worker tries again. Raises UsageError for what is no address.
        """
        address = clean_text(address).strip()
        url = address if _WHOLE.fullmatch(address) else normalise_address(address)
        if len(url) > bounds.MAX_URL:
            raise UsageError(f"The address is longer than {bounds.MAX_URL:,} characters.")
        page = SavedPage(blank(url, self._tools.now()), tuple(tags), note)
        words = f"saved {truncate(one_line(address_title(url)), _SHOWN)}"
        saved = await self._tools.library.act(Store.save_pages, [page], words)
        (article_id,) = saved.ids
        problem = None
        try:
            await self._articles.full_text(article_id)
        except LibraryError:
            raise
        except NewsreaderError as error:
            problem = error.phrase
        (head,) = await self._tools.library.call(Store.heads, [article_id])
        return {
            "article": article_id,
            "title": head.title,
            "url": head.url,
            "source": None if await self._tools.library.call(_is_saved, head.source_id) else head.source_title,
            "new": article_id in saved.new,
            "problem": problem,
        }


def _is_saved(store: Store, source_id: int) -> bool:
    source = store.source(source_id)
    return source is not None and source.kind is SourceKind.SAVED


async def save_bookmarks(tools: Tools, bookmarks: Sequence[Bookmark]) -> tuple[int, int]:
    """Save what a file of bookmarks names, read, in one undoable action; gives how many are new and how many known.

    Their texts are fetched afterwards, a few at a time, as those of all that is kept.
    """
    now = tools.now()
    pages = [
        SavedPage(blank(each.url, min(each.added or now, now), each.title), each.tags, each.note, read=True)
        for each in bookmarks
    ]
    new, known = 0, 0
    entries: list[Entry] = []
    elsewhere = await tools.library.call(Store.pages_of_sources, pages)
    for start in range(0, len(pages), _BATCH):
        saved = await tools.library.call(Store.save_pages, pages[start : start + _BATCH], None, elsewhere)
        new += len(saved.new)
        known += len(set(saved.ids) - saved.new)
        entries += saved.entries
    await tools.library.act(Store.journal_saving, entries, f"imported {count_of(len(pages), 'bookmark')}")
    return new, known


def blank(url: str, moment: int, title: str = "") -> ArticleWrite:
    """The article that a saved page is before its text is here. Each address is an article, a front page, too."""
    document = blocks.dump(blocks.Document(()))
    return ArticleWrite(
        identity=identity_of_guid(normalised_url(url)) or short_identity(url),
        content_hash="",
        sort_at=max(moment, bounds.EARLIEST),
        guid=None,
        url=url,
        title=one_line(title, bounds.MAX_TITLE) or address_title(url),
        author=None,
        published=None,
        updated=None,
        html="",
        text="",
        document=document,
        document_version=blocks.VERSION,
        words=0,
    )
