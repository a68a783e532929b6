"""What one keeps of the news, and writes to it: bookmarks, the Later queue, tags, notes, highlights."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Final

from textual import on

from newsreader.store import Store
from newsreader.store.keeping import tags_of
from newsreader.text import one_line, truncate
from newsreader.ui.links import shown_address
from newsreader.ui.perusing import PerusingPanes
from newsreader.ui.reader_view import ReaderView
from newsreader.ui.words import deeds as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.model import ArticleHead
    from newsreader.ui.dialogs.keeping import KeepScreen, Kept
    from newsreader.ui.history import History

_SHOWN: Final = 50  # cells of a title


class KeepingPanes(PerusingPanes):
    """The panes with the commands that keep something."""

    @cached_property
    def history(self) -> History:
        """What was typed before."""
        from newsreader.ui.history import History

        return History(self.config.paths.history if self.config.history else None)

    def keep_typed(self, kind: str, line: str) -> None:
        """Keep what was typed for the next time, and for the next start unless the person wants none of it kept."""
        self.history.add(kind, line)
        self.spawn(self._save_typed)

    async def _save_typed(self) -> None:
        async with self.writing_typed:
            path = self.config.paths.history if self.config.history else None
            await asyncio.to_thread(self.history.save, path)

    _recalled: tuple[str, str | None] = ("", None)  # what the search line began with, and the search that was put in

    def recall_search(self) -> None:
        """Bring back the search before, of those that begin as what was typed."""
        from newsreader.ui.history import SEARCHES

        line, (begun, recalled) = self.search_line, self._recalled
        if line.value != recalled:
            begun, recalled = line.value, None
        found = self.history.before(SEARCHES, begun, recalled, 1)
        if found is not None:
            self._recalled = begun, found
            line.value = found  # which searches at once, as if it was typed
            line.cursor_position = len(found)

    def action_bookmark(self) -> None:
        """Bookmark the article, or take the bookmark away; its full text is fetched to be kept."""
        head = self.target()
        if head is None:
            return
        kept = not head.bookmarked
        call = self.library.call(Store.bookmark, (head.id,), kept)
        self.write(call, [head._replace(bookmarked=kept)])
        self.did(words.BOOKMARKED if kept else words.NOT_BOOKMARKED)
        if kept:
            self.have_full_text(head)

    def action_later(self) -> None:
        """Put the article into the Later queue, or take it out."""
        head = self.target()
        if head is None:
            return
        waits = not head.later
        self.write(self.library.call(Store.later, (head.id,), waits), [head._replace(later=waits)])
        self.did(words.WAITS if waits else words.WAITS_NO_MORE)
        if waits:
            self.have_full_text(head)

    def action_tags(self) -> None:
        """Enter the tags of the article: all of them, in one line."""
        from newsreader.ui.words import dialogs

        head = self.target()
        if head is not None:
            self._ask(dialogs.tags_of, head, self._tag, with_note=False)

    def _ask(
        self,
        heading: Callable[[str], str],
        head: ArticleHead,
        then: Callable[[ArticleHead, Kept | None], None],
        *,
        with_note: bool,
    ) -> None:
        """Ask for tags and note at once, and read what the library knows behind."""
        from newsreader.ui.dialogs.keeping import KeepScreen

        title = truncate(one_line(head.title), _SHOWN)
        screen = KeepScreen(heading(title), head.tags, with_note=with_note)
        self.app.push_screen(screen, lambda kept: then(head, kept))
        self.spawn(self._fill_in, screen, head.id)

    async def _fill_in(self, screen: KeepScreen, article_id: int) -> None:
        known = await self.library.call(Store.tags)
        article = await self.library.call(Store.article, article_id)
        screen.put(known, article.note if article is not None else "")

    def _tag(self, head: ArticleHead, kept: Kept | None) -> None:
        if kept is None:
            return
        tags = tags_of(kept.tags)
        wanted = {tag.casefold() for tag in tags}
        gone = [tag for tag in head.tags if tag.casefold() not in wanted]
        call = self.library.call(Store.tag, (head.id,), tags, gone)
        self.write(call, [head._replace(tags=tuple(sorted(tags, key=str.casefold)))])
        self.did(words.tagged(_hashed(tags)) if tags else words.NO_TAGS)
        if tags:
            self.have_full_text(head)

    def action_bookmark_with(self) -> None:
        """Bookmark the article with tags and a note."""
        head = self.target()
        if head is not None:
            self._ask("★ {}".format, head, self._keep, with_note=True)

    def _keep(self, head: ArticleHead, kept: Kept | None) -> None:
        if kept is None:
            return
        tags = tags_of(kept.tags)
        call = self.library.call(Store.keep, head.id, tags, kept.note)
        noted = head.noted if kept.note is None else bool(kept.note)
        painted = head._replace(bookmarked=True, tags=tuple(sorted(tags, key=str.casefold)), noted=noted)
        self.write(call, [painted])
        self.did(words.bookmarked_with(_hashed(tags)))
        self.have_full_text(head)

    async def save_page(self, url: str) -> None:
        """Save the page at an address, to be kept as an article with its text."""
        if not url.startswith("http"):
            self.foot.say(words.ONLY_WEB_PAGES)
            return
        self.foot.say(words.saving(truncate(shown_address(url), _SHOWN)))
        answer = await self.worker.request("save", address=url)
        title = truncate(one_line(str(answer.get("title"))), _SHOWN)
        problem = answer.get("problem")
        source = one_line(str(answer.get("source") or ""))
        saved = words.saved(title, new=bool(answer.get("new")), source=source)
        self.foot.say(words.without_text(saved, one_line(str(problem))) if problem else saved, warning=bool(problem))

    # Passages

    def action_highlight(self) -> None:
        """Highlight what the mouse marked; without that let a passage be chosen by keys."""
        if self.reader.page is not None and not self.reader.page.is_article:
            self.foot.say(words.AN_EDIT if self.reader.page.changes else words.COMMENTS)
        elif not self.reader.highlight_selected() and not self.reader.begin_choosing():
            self.foot.say(words.NO_TEXT)
        self.taker.show_choice_keys()

    @on(ReaderView.Highlighted)
    def _highlight(self, event: ReaderView.Highlighted) -> None:
        self.write(self.library.call(Store.highlight, event.article_id, event.place))
        self.did(words.lit(self.keymap.key_of("passages")))
        article = self.reading.article
        if article is not None and article.head.id == event.article_id:
            self.have_full_text(article.head)

    @on(ReaderView.Unlit)
    def _unlight(self, event: ReaderView.Unlit) -> None:
        self._take_away(event.highlights)

    def _take_away(self, highlights: Iterable[int]) -> None:
        self.write(self.library.call(Store.remove_highlights, tuple(highlights)))
        self.did(words.UNLIT)

    def action_passages(self) -> None:
        """List the highlighted passages of the article."""
        from newsreader.ui.dialogs.passages import PassagesScreen

        article = self.reading.article
        if article is None or not article.highlights:
            key = self.keymap.key_of("highlight")
            self.foot.say(words.nothing_lit(key))
        else:
            self.app.push_screen(PassagesScreen(article.highlights), self._go_to_passage)

    def _go_to_passage(self, chosen: tuple[int, bool] | None) -> None:
        if chosen is None:
            return
        highlight, away = chosen
        if away:
            self._take_away([highlight])
        elif not self.reader.go_to_highlight(highlight):
            other = self.keymap.key_of("full_text")
            self.foot.say(words.lit_elsewhere(other))

    def have_full_text(self, head: ArticleHead) -> None:
        """Ask for the full text of what is kept now; what fails is tried again by the worker."""
        self.reading.prefetch((head,), self.mode_of)


def _hashed(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
