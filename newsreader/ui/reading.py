"""What the reader pane shows: which of an article's two documents, and what is asked of the worker to have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from newsreader.document.blocks import VERSION as DOCUMENT_VERSION
from newsreader.document.blocks import Document, load
from newsreader.document.render import plain_text
from newsreader.errors import NewsreaderError
from newsreader.model import Article, FullTextMode
from newsreader.store import Store
from newsreader.text import count_of, word_count
from newsreader.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.model import ArticleHead, Change
    from newsreader.ui.library import Library
    from newsreader.ui.reader_view import ReaderView
    from newsreader.ui.requests import Requests


@dataclass(frozen=True, slots=True)
class _Opened:
    """An article read from the library with the document to show; `stale` when it must be built anew first."""

    article: Article
    full_text: bool
    data: bytes | None
    document: Document | None
    stale: bool

    def looks_like(self, other: _Opened) -> bool:
        """Whether the pane would show the same: how far the reader came stands in lists only."""
        heads = (replace(each.article.head, percent=0) for each in (self, other))
        return self.document is other.document and next(heads) == next(heads)


def wants_full_text(article: Article) -> bool:
    """Whether an article opens as its full text: by the mode of its source, else where the feed gave a stub."""
    if article.source_full_text_mode is FullTextMode.AUTO:
        return article.full_document is not None or article.head.stub
    return article.source_full_text_mode is FullTextMode.FULL


def _read(store: Store, article_id: int, before: _Opened | None = None) -> _Opened | None:
    """Read an article; a document that is `before` already is not read again."""
    article = store.article(article_id)
    if article is None:
        return None
    full_text = wants_full_text(article) and article.full_document is not None
    data = article.full_document if full_text else article.feed_document
    version = article.full_document_version if full_text else article.document_version
    document = None
    if before is not None and before.document is not None and before.data == data:
        document = before.document
    elif data is not None and version == DOCUMENT_VERSION:
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
        self._asked: set[tuple[str, int]] = set()
        self._failed: dict[int, str] = {}

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

    def clear(self, sentence: str) -> None:
        """Show no article but a sentence of ours."""
        self._loads += 1
        self._shown = None
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
            self.clear("This article is no longer in the library.")
            return
        self._shown = shown
        self._paint()
        if shown.stale:
            self._ask("document", article_id, full_text=shown.full_text)

    async def set_mode(self, mode: FullTextMode) -> None:
        """Show the full text or what the feed gives, and keep that for the source. Raises LibraryError."""
        article = self.article
        if article is None:
            return
        await self._library.call(Store.set_source, article.head.source_id, full_text_mode=mode)
        self._failed.pop(article.head.id, None)
        await self._show(article.head.id)
        if mode is FullTextMode.FULL and article.full_document is None:
            self._ask("full_text", article.head.id)
            self._paint()

    def prefetch(self, heads: Iterable[ArticleHead], mode_of: Callable[[int], FullTextMode]) -> None:
        """Ask for the full texts of the stubs that will probably be opened next."""
        for head in heads:
            wanted = head.stub and head.url and not head.full_text and mode_of(head.source_id) is not FullTextMode.FEED
            if wanted and head.id not in self._failed:
                self._ask("full_text", head.id)

    async def apply(self, change: Change) -> None:
        """Show anew what changed of the article; where nothing to be read changed, nothing moves."""
        before = self._shown
        if before is None or not (change.everything or before.article.head.id in change.articles):
            return
        after = await self._library.call(_read, before.article.head.id, before)
        if self._shown is not before or after is None:
            return  # another article was opened meanwhile
        self._shown = after
        if not after.looks_like(before):
            self._paint()

    def _lacks_full_text(self, article: Article) -> bool:
        # What failed in an earlier session is tried once more: servers recover, and extraction learns.
        missing = wants_full_text(article) and article.full_document is None and article.head.url is not None
        return missing and article.head.id not in self._failed

    def _ask(self, kind: str, article_id: int, **arguments: bool) -> None:
        if (kind, article_id) not in self._asked:
            self._asked.add((kind, article_id))
            self._spawn(self._wait_for, kind, article_id, arguments)

    async def _wait_for(self, kind: str, article_id: int, arguments: dict[str, bool]) -> None:
        try:
            await self._worker.request(kind, article=article_id, **arguments)
        except NewsreaderError as error:
            self._failed[article_id] = error.phrase
        if kind == "full_text":
            self._asked.discard((kind, article_id))
        if self.article_id == article_id:
            before = self._shown
            after = await self._library.call(_read, article_id, before)
            if self._shown is before and before is not None and after is not None:
                self._shown = after
                self._paint()

    def _paint(self) -> None:
        shown = self._shown
        if shown is None:
            return
        head = shown.article.head
        page = Page(
            article_id=head.id,
            title=head.title or "Without a title",
            source=head.source_title,
            author=head.author,
            moment=head.published or head.sort_at,
            words=self._words(shown),
            url=head.url,
            document=shown.document,
            full_text=shown.full_text,
            bookmarked=head.bookmarked,
            notice=self._notice(shown),
            place=shown.article.place,
        )
        self._view.show(page, int(self._clock()))

    @staticmethod
    def _words(shown: _Opened) -> int:
        """The words of what is shown: the head counts the full text's as soon as that is here."""
        if shown.article.head.full_text and not shown.full_text and shown.document is not None:
            return word_count(plain_text(shown.document))
        return shown.article.head.words

    def _notice(self, shown: _Opened) -> str | None:
        article = shown.article
        head = article.head
        begins = f"Stub, {count_of(head.words, 'word')} · " if head.stub else ""
        if ("full_text", head.id) in self._asked and not shown.full_text:
            return f"{begins}fetching the full text…" if begins else "Fetching the full text…"
        failure = self._failed.get(head.id) or article.full_text_error
        if failure and not shown.full_text and wants_full_text(article):
            return f"No full text: {failure}"
        if shown.document is None:
            return "Setting the page…" if ("document", head.id) in self._asked else "Nothing to read is here."
        return None
