"""Opening articles and going from list to list: the commands that move the person through the news."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.events import Click

from newsreader.model import FullTextMode, Query, Scope
from newsreader.store import Store
from newsreader.ui.article_list import ArticleList
from newsreader.ui.foot import Foot
from newsreader.ui.keys import Where
from newsreader.ui.live import LivePanes
from newsreader.ui.reader_view import ReaderView
from newsreader.ui.source_list import SourceList
from newsreader.ui.source_rows import fold_around, fold_of, head_of
from newsreader.ui.words import empty, lists

_FOLLOW: Final = 0.08  # seconds that the source cursor rests before the articles follow
_STUBS_AHEAD: Final = 2  # articles below an opened one whose full text is fetched too


class GoingPanes(LivePanes):
    """The panes with the commands that go somewhere, and what clicks and moved cursors lead to."""

    # From the panes

    @on(SourceList.Moved)
    def _follow_source(self, event: SourceList.Moved) -> None:
        query = event.query
        self.later("follow", _FOLLOW, lambda: self.after_others(lambda: self._follow(query)))

    async def _follow(self, query: Query) -> None:
        if query != self.browsing.query and query == self.sources.cursor:
            self.end_search()
            await self.list_query(query)

    @on(SourceList.Clicked)
    def _click_source(self, event: SourceList.Clicked) -> None:
        fold = fold_of(event.query) if event.on_sign else None
        if fold is not None:
            cursor = self.sources.cursor
            if cursor is not None and fold_around(cursor, self.shelf) == fold:
                self.sources.put_cursor(event.query)
            self._fold(fold, folded=fold not in self.folded)
        else:
            pane = Where.ARTICLES if event.twice else self.pane
            self.after_others(lambda: self.go(event.query, pane=pane))

    @on(ArticleList.Moved)
    def _follow_article(self) -> None:
        self.browsing.touch()
        self.preview()
        self.remember()

    @on(ArticleList.Opened)
    def _open_clicked(self, event: ArticleList.Opened) -> None:
        self.after_others(lambda: self.open_article(event.article_id))

    @on(Click, "#list-head")
    def _click_head(self) -> None:
        """Let in what waits, else go to the top of the list."""
        if self.browsing.waiting:
            self.perform("let_in")
        else:
            self.articles.to_end(last=False)

    @on(Foot.Pressed)
    def _press(self, event: Foot.Pressed) -> None:
        """Do what a key at the foot does."""
        self.perform(self.keymap.foot_commands(self.where, special=self.is_special)[event.number])

    @on(ArticleList.HeadsWanted)
    def _fetch_heads(self, event: ArticleList.HeadsWanted) -> None:
        self.spawn(self._put_heads, event.ids)

    async def _put_heads(self, ids: tuple[int, ...]) -> None:
        self.articles.put_heads(await self.library.call(Store.heads, ids))

    @on(ArticleList.FindsWanted)
    def _fetch_finds(self, event: ArticleList.FindsWanted) -> None:
        self.spawn(self._put_finds, event.text, event.ids)

    async def _put_finds(self, text: str, ids: tuple[int, ...]) -> None:
        self.articles.put_finds(text, ids, await self.library.call(Store.snippets, ids, text))

    @on(ReaderView.PlaceMoved)
    def _keep_place(self, event: ReaderView.PlaceMoved) -> None:
        self.spawn(self._save_place, event)

    async def _save_place(self, event: ReaderView.PlaceMoved) -> None:
        await self.apply(await self.library.call(Store.save_place, event.article_id, event.place, event.percent))

    def end_search(self) -> None:
        """Close the search line: another list is asked for."""
        self.search_line.end()

    # Opening and moving on

    def action_bottom(self, count: int | None = None) -> None:
        """Go to the end, or to a row; of a long list that was not yet read so far when it is."""
        if count is None and self.pane is Where.ARTICLES and not self.browsing.is_whole:
            self.after_others(self._to_the_end)
        else:
            super().action_bottom(count)

    async def _to_the_end(self) -> None:
        await self.browsing.whole()
        self.articles.to_end(last=True)

    def go_to_number(self, number: int) -> None:
        """Go to a row, or so many percent down the article; of a long list when it was read so far."""
        if self.pane is Where.ARTICLES and number > len(self.articles.roll) and not self.browsing.is_whole:
            self.after_others(lambda: self._to_number(number))
        else:
            super().go_to_number(number)

    async def _to_number(self, number: int) -> None:
        await self.browsing.whole()
        self.articles.to_number(number)

    async def open_article(self, article_id: int) -> None:
        """Open an article in the reader pane and mark it read; it asks for a full text it lacks."""
        if article_id != self.opened_id:
            self.foot.leave()
        self.articles.put_cursor(article_id)
        self.browsing.touch()
        head = self.articles.head(article_id)
        self.opened_id = article_id
        painted = [head._replace(read=True)] if head is not None else []
        self.write(self.library.call(Store.opened, article_id), painted)
        await self.reading.show(article_id, opened=True)
        ahead = (self.articles.head(each) for each in self.articles.after(article_id, _STUBS_AHEAD))
        self.reading.prefetch((each for each in ahead if each is not None), self.mode_of)
        self.pane = Where.READER
        self.remember()

    def mode_of(self, source_id: int) -> FullTextMode:
        """What opening an article of a source shows first."""
        source = self.all_sources.get(source_id)
        return source.opens_as(self.config.full_text_mode) if source else FullTextMode.FEED

    def action_open(self) -> None:
        """Open what the cursor is on; in the reader, leave the article alone on the screen."""
        if self.pane is Where.READER:
            self.zen = not self.zen
        else:
            self._enter()

    def _enter(self) -> None:
        cursor, article = self.sources.cursor, self.articles.cursor
        if self.pane is Where.SOURCES and cursor is not None:
            self.after_others(lambda: self.go(cursor))
        elif self.pane is Where.ARTICLES and article is not None and not self.articles.unfold(article):
            self.after_others(lambda: self.open_article(article))

    def action_left(self) -> None:
        """Go to the pane on the left; fold a folder."""
        if self.pane is Where.SOURCES:
            self._fold_here(self.sources.cursor)
        elif self.pane is not Where.ARTICLES or not self.articles.fold(self.articles.cursor):
            self.pane = Where.ARTICLES if self.pane is Where.READER else Where.SOURCES

    def action_right(self) -> None:
        """Go to the pane on the right; unfold a folder, open an article."""
        cursor = self.sources.cursor
        if self.pane is Where.SOURCES and cursor is not None and (fold := fold_of(cursor)) in self.folded:
            self._fold(fold or "", folded=False)
        elif self.pane is Where.SOURCES and cursor == self.browsing.query:
            self.pane = Where.ARTICLES  # it is listed already: whoever only looked to the left goes on where they were
        else:
            self._enter()

    def _fold_here(self, query: Query | None) -> None:
        if query is None:
            return
        own, around = fold_of(query), fold_around(query, self.shelf)
        fold = own if around is None else around
        if fold is not None:
            self.sources.put_cursor(head_of(fold))
            self._fold(fold, folded=own is not None)

    def _fold(self, fold: str, *, folded: bool) -> None:
        self.folded = self.folded | {fold} if folded else self.folded - {fold}
        self.draw_sources()
        self.remember()

    def action_read_on(self) -> None:
        """A page down, and at the end the next unread article."""
        article = self.articles.cursor
        if self.pane is Where.ARTICLES and article is not None:
            self.after_others(lambda: self.open_article(article))
        elif self.pane is not Where.READER:
            self._enter()
        elif not self.reader.page_down():
            self.perform("next_unread")

    async def action_next_unread(self, count: int = 1) -> None:
        """Open the next unread article; with a count, the one of that number."""
        await self._open_unread(1, count)

    async def action_previous_unread(self, count: int = 1) -> None:
        """Open the unread article before this one; with a count, the one of that number."""
        await self._open_unread(-1, count)

    async def _open_unread(self, step: int, count: int) -> None:
        found = await self.browsing.next_unread(step, count)
        if found is None and self.browsing.query.scope in {Scope.SOURCE, Scope.FOLDER}:
            for source in self.sources_with_unread(step):
                await self.list_query(Query(Scope.SOURCE, source_id=source))
                found = await self.browsing.next_unread(step, from_edge=True)
                if found is not None:
                    break
        if found is None:
            await self.browsing.let_in()
            found = await self.browsing.next_unread(step, from_edge=True)
        if found is None and (found := await self.browsing.next_unread(step, from_edge=True, folded=True)) is not None:
            self.articles.unfold(found)
        if found is None and any(source.unread for source in self.all_sources.values()):
            self.foot.say(empty.nothing_unread(self.keymap.key_of, elsewhere=True))
        elif found is None:
            self.foot.say(empty.nothing_unread(self.keymap.key_of, elsewhere=False))
        else:
            await self.open_article(found)

    def sources_with_unread(self, step: int) -> tuple[int, ...]:
        """The sources with something unread from the listed one on, round to it again."""
        order = self.sources_in_order()[::step]
        here = self.browsing.query.source_id
        start = order.index(here) + 1 if here in order else 0
        return tuple(each for each in order[start:] + order[:start] if self.all_sources[each].unread)

    def action_next_article(self, count: int = 1) -> None:
        """Go to the next article, or further; in the reader, open it."""
        self._step_article(count)

    def action_previous_article(self, count: int = 1) -> None:
        """Go to the article before, or further; in the reader, open it."""
        self._step_article(-count)

    def _step_article(self, step: int) -> None:
        moved = self.articles.move(step)
        cursor = self.articles.cursor
        if self.pane is Where.READER and moved and cursor is not None:
            self.after_others(lambda: self.open_article(cursor))

    async def action_next_source(self, count: int = 1) -> None:
        """List the next source with something unread, or one further on."""
        await self._step_source(1, count)

    async def action_previous_source(self, count: int = 1) -> None:
        """List the source with something unread before this one, or one further back."""
        await self._step_source(-1, count)

    async def _step_source(self, step: int, count: int) -> None:
        here = self.browsing.query.source_id
        found = [each for each in self.sources_with_unread(step) if each != here][:count]
        if not found:
            self.foot.say(lists.NOTHING_UNREAD_ELSEWHERE)
        else:
            await self.go(Query(Scope.SOURCE, source_id=found[-1]))

    async def go(self, query: Query, *, pane: Where = Where.ARTICLES) -> None:
        """List a query and go to its pane. Raises LibraryError."""
        self.end_search()
        fold = fold_around(query, self.shelf)
        if fold in self.folded:
            self._fold(fold or "", folded=False)
        self.sources.put_cursor(query)
        if query != self.browsing.query or pane is not self.pane:
            await self.list_query(query)
        self.pane = pane

    async def action_go_unread(self) -> None:
        """List everything unread."""
        await self.go(Query(Scope.UNREAD))

    async def action_go_all(self) -> None:
        """List all articles."""
        await self.go(Query(Scope.ALL))

    async def action_go_today(self) -> None:
        """List the articles of today."""
        await self.go(Query(Scope.TODAY))

    async def action_go_top_stories(self) -> None:
        """List what most sources tell of in these days."""
        await self.go(Query(Scope.TOP))

    async def action_go_begun(self) -> None:
        """List what was begun and not finished."""
        await self.go(Query(Scope.BEGUN))

    async def action_go_bookmarks(self) -> None:
        """List the bookmarks."""
        await self.go(Query(Scope.BOOKMARKS))

    async def action_go_later(self) -> None:
        """List what waits in Later."""
        await self.go(Query(Scope.LATER))
