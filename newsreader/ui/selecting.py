"""Several articles at once: selecting them in the list, and what is then done to all, as one action with one undo.

The selection belongs to the list that it was made in. Neither a refresh nor what is let in changes it; another list
ends it, and so does esc. What is done leaves it, so that more can be done to the same articles.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from newsreader.bounds import BROWSER_MOST, SELECTED_MOST
from newsreader.store import Store
from newsreader.store.keeping import tags_of
from newsreader.text import one_line
from newsreader.ui.commanding import signed_tags
from newsreader.ui.desk import Desk
from newsreader.ui.links import markdown_link, open_link
from newsreader.ui.words import deeds as said
from newsreader.ui.words import selecting as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import ArticleHead
    from newsreader.ui.dialogs.keeping import Kept
    from newsreader.ui.keeping import KeepingPanes

_AT_ONCE: Final = 20  # full texts that are asked for at once; those of the others the worker fetches by and by


class Selecting(Desk):
    """The commands that select, and under `all_` and its id what each command does to what is selected."""

    def __init__(self, main: KeepingPanes) -> None:
        super().__init__(main)
        self._from: int | None = None  # the article selected last, from which a range goes

    def action_select(self, count: int = 1) -> None:
        """Select the article, or give it up again, and go to the next; with a count, so many from here on."""
        articles = self.main.articles
        place = articles.cursor_place
        if place is None:
            self.main.foot.say(words.NOTHING_TO_SELECT)
            return
        ids = articles.rows_from(place, count)
        self._toggle(ids)
        articles.move(count)

    def toggle(self) -> None:
        """Select the article under the cursor, or give it up again, and stay there: the mouse did it."""
        if (place := self.main.articles.cursor_place) is not None:
            self._toggle(self.main.articles.rows_from(place, 1))

    def _toggle(self, ids: Sequence[int]) -> None:
        before = self.main.articles.selected
        self._select(before - set(ids) if before >= set(ids) else before | set(ids))
        self._from = ids[0] if self.main.articles.folding.behind(ids[0]) else ids[-1]

    def action_select_range(self) -> None:
        """Select everything from the article that was selected last to this one."""
        articles = self.main.articles
        place = articles.cursor_place
        if place is None:
            self.main.foot.say(words.NOTHING_TO_SELECT)
            return
        begin = articles.place_of(self._from) if self._from in articles.selected else None
        first, last = sorted((place if begin is None else begin, place))
        rows = articles.folding.spot(last) - articles.folding.spot(first) + 1
        self._select(articles.selected | set(articles.rows_from(first, rows)))
        self._from = articles.cursor

    def _select(self, ids: frozenset[int]) -> None:
        if len(ids) > SELECTED_MOST:
            self.main.foot.say(words.too_many(SELECTED_MOST), warning=True)
            return
        self.main.browsing.touch()
        self.main.articles.select(ids)
        self.main.browsing.draw_head()
        self.main.show_keys()
        if ids:
            self.main.foot.say(words.acts_on_all(len(ids), self.main.keymap.key_of("back")))
        else:
            self.main.foot.hush()

    def give_up(self) -> None:
        """Select nothing any more."""
        self._from = None
        self._select(frozenset())

    # What is done to all

    async def all_toggle_read(self) -> None:
        """Mark them read; where all are, unread."""
        await self._toggle_read(await self._heads())

    async def toggle_read(self, ids: Sequence[int]) -> None:
        """Mark these read; where all are, unread."""
        await self._toggle_read(await self.main.library.call(Store.heads, ids))

    async def _toggle_read(self, heads: Sequence[ArticleHead]) -> None:
        became = not all(head.read for head in heads)
        call = self.main.library.call(Store.mark_read, _ids(heads), became)
        self.main.write(call, [head._replace(read=became) for head in heads])
        self.main.did(words.read(sum(head.read is not became for head in heads), became=became))

    async def all_mark_all_read(self) -> None:
        """Mark them read."""
        heads = [head for head in await self._heads() if not head.read]
        self.main.write(self.main.library.call(Store.mark_read, _ids(heads), read=True), [])
        self.main.did(words.read(len(heads), became=True))

    async def all_bookmark(self) -> None:
        """Bookmark them; where all are, take the bookmarks away."""
        heads = await self._heads()
        became = not all(head.bookmarked for head in heads)
        call = self.main.library.call(Store.bookmark, _ids(heads), became)
        self.main.write(call, [head._replace(bookmarked=became) for head in heads])
        self.main.did(words.bookmarked(sum(head.bookmarked is not became for head in heads), became=became))
        self._have_full_texts(heads if became else [])

    async def all_later(self) -> None:
        """Put them into Later; where all are, take them out."""
        heads = await self._heads()
        became = not all(head.later for head in heads)
        call = self.main.library.call(Store.later, _ids(heads), became)
        self.main.write(call, [head._replace(later=became) for head in heads])
        self.main.did(words.later(sum(head.later is not became for head in heads), became=became))
        self._have_full_texts(heads if became else [])

    async def all_tags(self) -> None:
        """Enter their tags: those that all of them have stand there; others that some have stay."""
        await self._ask_tags(bookmark=False)

    async def all_bookmark_with(self) -> None:
        """Bookmark them all with tags."""
        await self._ask_tags(bookmark=True)

    async def _ask_tags(self, *, bookmark: bool) -> None:
        from newsreader.ui.dialogs.keeping import KeepScreen

        heads = await self._heads()
        common = [tag for tag in (heads[0].tags if heads else ()) if all(tag in head.tags for head in heads)]
        screen = KeepScreen(words.tags_of(len(heads)), common)
        self.main.app.push_screen(screen, lambda kept: self._tagged(heads, common, kept, bookmark))
        screen.put(await self.main.library.call(Store.tags), "")

    def _tagged(self, heads: Sequence[ArticleHead], common: list[str], kept: Kept | None, bookmark: bool) -> None:
        if kept is not None:
            tags = tags_of(kept.tags)
            wanted = {tag.casefold() for tag in tags}
            self._tag(heads, tags, tuple(tag for tag in common if tag.casefold() not in wanted), bookmark=bookmark)

    async def take_tags(self, written: str) -> None:
        """Put tags on them, and take those with a "-" before them from them."""
        add, gone = signed_tags(written)
        self._tag(await self._heads(), add, gone, bookmark=False)

    def _tag(
        self, heads: Sequence[ArticleHead], add: tuple[str, ...], gone: tuple[str, ...], *, bookmark: bool
    ) -> None:
        act = Store.keep_all if bookmark else Store.tag
        self.main.write(self.main.library.call(act, _ids(heads), add, gone))
        shown = " ".join((*(f"#{tag}" for tag in add), *(f"-#{tag}" for tag in gone)))
        if shown:
            self.main.did(words.tagged(len(heads), shown))
        elif bookmark:
            self.main.did(words.bookmarked(len(heads), became=True))
        self._have_full_texts(heads if add or bookmark else [])

    async def all_hide(self) -> None:
        """Hide them, but for what is kept; where all are hidden, show them again."""
        heads = await self._heads()
        again = all(head.hidden_by is not None for head in heads)
        call = self.main.library.call(Store.show_again if again else Store.hide, _ids(heads))
        change = await self.main.settle(call, frozenset())
        count = len(change.articles)
        if not count:
            self.main.foot.say(said.KEPT_IS_NOT_HIDDEN)
        else:
            self.main.did(words.shown_again(count) if again else words.hidden(count))

    async def all_browser_read(self) -> None:
        """Open them in the browser and mark them read, BROWSER_MOST at most."""
        await self.all_browser()
        heads = [head for head in await self._heads() if head.url is not None][:BROWSER_MOST]
        unread = [head for head in heads if not head.read]
        call = self.main.library.call(Store.mark_read, _ids(unread), read=True)
        self.main.write(call, [head._replace(read=True) for head in unread])

    async def all_copy(self) -> None:
        """Copy their addresses, one to a line."""
        self._copy([head.url for head in await self._heads() if head.url is not None])

    async def all_copy_link(self) -> None:
        """Copy titles and addresses as a list of Markdown links."""
        heads = [head for head in await self._heads() if head.url is not None]
        self._copy([f"- {markdown_link(one_line(head.title), head.url or '')}" for head in heads])

    def _copy(self, lines: list[str]) -> None:
        if lines:
            self.main.copy_text("\n".join(lines), words.copied(len(lines)))
        else:
            self.main.foot.say(words.NO_ADDRESS)

    async def all_browser(self) -> None:
        """Open them in the browser, BROWSER_MOST at most."""
        urls = [head.url for head in await self._heads() if head.url is not None]
        if not urls:
            self.main.foot.say(words.NO_ADDRESS)
            return
        self.main.spawn(self._browse, urls[:BROWSER_MOST], len(urls))

    async def _browse(self, urls: list[str], all_of_them: int) -> None:
        for url in urls:
            await asyncio.to_thread(open_link, url, browser=self.main.config.browser)
        self.main.foot.say(words.opened(len(urls), all_of_them))

    # How it is done

    async def _heads(self) -> tuple[ArticleHead, ...]:
        """The selected articles in the order of the list."""
        articles = self.main.articles
        ids = [each for each in articles.roll[:] if each in articles.selected]
        return await self.main.library.call(Store.heads, ids)

    def _have_full_texts(self, heads: Sequence[ArticleHead]) -> None:
        """Ask for the full texts of the first that are kept now; what is left the worker fetches by and by."""
        self.main.reading.prefetch(heads[:_AT_ONCE], self.main.mode_of)


def _ids(heads: Sequence[ArticleHead]) -> tuple[int, ...]:
    return tuple(head.id for head in heads)
