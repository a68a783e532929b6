"""What the reader pane shows: which of an article's two documents, and what is asked of the worker to have it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from newsreader.errors import NewsreaderError
from newsreader.model import Article, FullTextMode
from newsreader.store import Store
from newsreader.text import relative_time
from newsreader.ui.page import Page
from newsreader.ui.words import lists
from newsreader.ui.words import pages as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.document.blocks import Document
    from newsreader.model import ArticleHead, Change
    from newsreader.ui.annex import Annex
    from newsreader.ui.discussion_page import Thread
    from newsreader.ui.library import Library
    from newsreader.ui.pace import Draw
    from newsreader.ui.reader_view import ReaderView
    from newsreader.ui.requests import Requests


class _Opened(NamedTuple):
    """An article read from the library with the document to show; `stale` when it must be built anew first."""

    article: Article
    full_text: bool
    data: bytes | None
    document: Document | None
    stale: bool

    def looks_like(self, other: _Opened) -> bool:
        """Whether the pane would show the same: how far the reader came stands in lists only."""
        heads = (each.article.head._replace(percent=0) for each in (self, other))
        same = self.document is other.document and all(
            getattr(self.article, name) == getattr(other.article, name) for name in ("edits", "note", "highlights")
        )
        return same and next(heads) == next(heads)


def _read(store: Store, article_id: int, before: _Opened | None = None) -> _Opened | None:
    """Read an article; a document that is `before` already is not read again."""
    from newsreader.document.blocks import VERSION, load

    article = store.article(article_id)
    if article is None:
        return None
    full_text = article.shows_full
    data = article.full_document if full_text else article.feed_document
    version = article.full_document_version if full_text else article.document_version
    document = None
    if before is not None and before.document is not None and before.data == data:
        document = before.document
    elif data is not None and version == VERSION:
        try:
            document = load(data)
        except ValueError:  # written by a program that numbered its versions otherwise: built anew
            document = None
    return _Opened(article, full_text, data, document, stale=document is None)


class Reading:
    """The article in the reader pane."""

    def __init__(
        self,
        library: Library,
        worker: Requests,
        view: ReaderView,
        *,
        clock: Callable[[], float],
        spawn: Callable[..., None],
    ) -> None:
        self._library = library
        self._worker = worker
        self._view = view
        self._clock = clock
        self._spawn = spawn
        self._shown: _Opened | None = None
        self._loads = 0
        self._asked: dict[tuple[str, int], asyncio.Event] = {}
        self._failed: dict[int, str] = {}
        self._annex: Annex | None = None
        self._all_categories: int | None = None  # the article of which all are shown
        self.on_show: Callable[[int], object] = lambda _: None
        self._thread: Thread | None = None  # the comments, while they are shown in place of the article
        self._edit: int | None = None  # which of the edits is shown, 0 is the last one; None for the article

    @property
    def article(self) -> Article | None:
        """The article that is shown."""
        return self._shown.article if self._shown else None

    @property
    def article_id(self) -> int | None:
        """Its id."""
        return self._shown.article.head.id if self._shown else None

    @property
    def full_text(self) -> bool:
        """Whether its full text is shown."""
        return self._shown is not None and self._shown.full_text

    @property
    def annex(self) -> Annex | None:
        """What stands under the article that is shown, as soon as that was read up."""
        return self._annex if self._annex is not None and self._annex.article_id == self.article_id else None

    def put_annex(self, annex: Annex) -> None:
        """Show what stands under an article, if it is the one that is shown."""
        if annex.article_id == self.article_id and annex != self._annex:
            self._annex = annex
            self._paint()

    @property
    def thread(self) -> Thread | None:
        """The comments on the article, while they are shown in its place."""
        return self._thread

    def put_thread(self, article_id: int, thread: Thread | None) -> None:
        """Show the comments on an article in its place, if it is the one that is shown; None shows it again."""
        if article_id == self.article_id:
            self._thread, self._edit = thread, None
            self._paint()

    def clear(self, sentence: str) -> None:
        """Show no article but a sentence of ours."""
        self._loads += 1
        self._shown = self._edit = self._thread = None
        self._view.clear(Content(sentence))

    async def show(self, article_id: int, *, opened: bool) -> None:
        """Show an article where it was left; `opened` also asks for a full text that is wanted and not here.

        Raises LibraryError.
        """
        if self.article_id != article_id:
            await self._show(article_id)
        if opened and self._shown is not None and self._lacks_full_text(self._shown.article):
            self._ask("full_text", article_id)
            self._paint()

    async def _show(self, article_id: int) -> None:
        self._loads += 1
        load_number = self._loads
        shown = await self._library.call(_read, article_id)
        if load_number != self._loads:
            return
        if shown is None:
            self.clear(words.GONE)
            return
        self._shown, self._edit, self._thread = shown, None, None
        self._paint()
        self.on_show(article_id)
        if shown.stale:
            self._ask("document", article_id, full_text=shown.full_text)

    # What the publisher changed

    async def show_edit(self) -> int | None:
        """Show what the last edit changed; again, the edit before; and after the first one the article again.

        Gives how many earlier ones there are, None where the article is shown. Raises LibraryError, or what the worker
        raises when it builds a former version anew.
        """
        from newsreader.ui.edits import read_versions, what_changed

        shown = self._shown
        number = 0 if self._edit is None else self._edit + 1
        if shown is None or number >= shown.article.edits:
            await self.leave_edit()
            return None
        article_id = shown.article.head.id
        versions = await self._library.call(read_versions, article_id)
        if any(version.document is None for version in versions):
            await self._worker.request("document", article=article_id, full_text=False)
            await self._worker.request("former", article=article_id)
            versions = await self._library.call(read_versions, article_id)
        after, before = versions[number : number + 2]
        document = await asyncio.to_thread(what_changed, before, after)
        if self._shown is None or self.article_id != article_id:
            return None
        self._edit, self._thread = number, None
        now = int(self._clock())
        notice = words.what_changed(relative_time(before.until or now, now))
        page = self._page(self._shown)._replace(title=after.title, document=document, changes=True, notice=notice)
        self._view.show(page, now)
        return shown.article.edits - number - 1

    async def leave_edit(self) -> bool:
        """Show the article again; False where it is shown."""
        if self._edit is None or self._shown is None:
            return False
        await self._show(self._shown.article.head.id)
        return True

    def show_all_categories(self) -> None:
        """Show also those categories of the article that have no room in the line under its title."""
        self._all_categories = self.article_id
        self._paint()

    # Full text

    async def set_mode(self, source_id: int, mode: FullTextMode) -> None:
        """Show the full texts of a source or what its feed gives, and keep that. Raises LibraryError."""
        await self._library.call(Store.set_source, source_id, full_text_mode=mode)
        if self.article is not None and self.article.head.source_id == source_id:
            await self._show(self.article.head.id)

    async def try_full_text(self, article_id: int) -> str:
        """Fetch a full text that is not here. Gives why it is not worth to be shown, "" where it is.

        Raises LibraryError.
        """
        self._failed.pop(article_id, None)
        fetched = self._ask("full_text", article_id)
        self._paint()
        await fetched.wait()
        article = await self._library.call(Store.article, article_id)
        if article is None or article.full_document is None:
            return words.no_full_text(self._failed.get(article_id) or words.NOTHING_GIVEN)
        return "" if article.full_is_whole else words.SAYS_LESS

    def prefetch(self, heads: Iterable[ArticleHead], mode_of: Callable[[int], FullTextMode]) -> None:
        """Ask for the full texts that will probably be wanted next: of stubs, where they are not wanted of all."""
        for head in heads:
            mode = mode_of(head.source_id)
            wanted = mode is FullTextMode.FULL or (mode is FullTextMode.AUTO and head.stub)
            if wanted and head.url and not head.full_text and head.id not in self._failed:
                self._ask("full_text", head.id)

    async def apply(self, change: Change, draw: Draw) -> None:
        """Show anew what changed of the article; where nothing to be read changed, nothing moves."""
        before = self._shown
        if before is None or not (change.everything or before.article.head.id in change.articles):
            return
        after = await self._library.call(_read, before.article.head.id, before)
        if self._shown is not before or after is None:
            return  # another article was opened meanwhile
        self._shown = after
        if not after.looks_like(before):
            draw(self._paint)

    def _lacks_full_text(self, article: Article) -> bool:
        # What failed in an earlier session is tried once more: servers recover, and extraction learns.
        missing = article.wants_full and article.full_document is None and article.head.url is not None
        return missing and article.head.id not in self._failed

    def _ask(self, kind: str, article_id: int, **arguments: bool) -> asyncio.Event:
        """Ask the worker for something of an article, once at a time; the event tells when it has answered."""
        if (kind, article_id) not in self._asked:
            self._asked[kind, article_id] = asyncio.Event()
            self._spawn(self._wait_for, kind, article_id, arguments)
        return self._asked[kind, article_id]

    async def _wait_for(self, kind: str, article_id: int, arguments: dict[str, bool]) -> None:
        try:
            await self._worker.request(kind, article=article_id, **arguments)
        except NewsreaderError as error:
            self._failed[article_id] = error.phrase
        if kind == "full_text":
            self._asked.pop((kind, article_id)).set()
        if self.article_id == article_id:
            before = self._shown
            after = await self._library.call(_read, article_id, before)
            if self._shown is before and before is not None and after is not None:
                self._shown = after
                self._paint()

    def _paint(self) -> None:
        if self._shown is not None and self._edit is None:
            page = self._page(self._shown)
            if self._thread is not None:
                page = page._replace(document=None, highlights=(), place=None, annex=None, thread=self._thread)
            self._view.show(page, int(self._clock()))

    def _page(self, shown: _Opened) -> Page:
        from newsreader.ui.categories import shown as shown_categories

        head = shown.article.head
        return Page(
            article_id=head.id,
            title=head.title or lists.WITHOUT_A_TITLE,
            source=head.source_title,
            author=head.author,
            moment=head.published or head.sort_at,
            words=head.words,
            stub=head.stub,
            media=head.media,
            url=head.url,
            document=shown.document,
            full_text=shown.full_text,
            bookmarked=head.bookmarked,
            later=head.later,
            tags=head.tags,
            categories=shown_categories(shown.article.categories, head.source_title),
            all_categories=self._all_categories == head.id,
            note=shown.article.note,
            highlights=shown.article.highlights,
            notice=None if self._fetches(shown) else self._notice(shown),
            fetching=self._fetches(shown),
            place=shown.article.place,
            edits=shown.article.edits,
            hidden_by=head.hidden_by,
            annex=self._under(shown.article),
            comments=head.comments,
        )

    def _under(self, article: Article) -> Annex | None:
        """What stands under the article, with what the person wrote to it by now."""
        return None if self.annex is None else replace(self.annex, note=article.note, highlights=article.highlights)

    def _fetches(self, shown: _Opened) -> bool:
        return ("full_text", shown.article.head.id) in self._asked and not shown.full_text

    def _notice(self, shown: _Opened) -> str | None:
        article = shown.article
        head = article.head
        failure = self._failed.get(head.id) or article.full_text_error
        if failure and not shown.full_text and article.full_document is None and article.wants_full:
            return words.no_full_text(failure)
        if shown.document is None or not shown.document.blocks:
            return words.SETTING if ("document", head.id) in self._asked else words.NOTHING_TO_READ
        return None
