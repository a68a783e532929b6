"""What one keeps of the news, and writes to it: bookmarks, the Later queue, tags, notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.store import Store
from newsreader.store.keeping import tags_of
from newsreader.text import one_line, truncate
from newsreader.ui.dialogs.keeping import KeepScreen
from newsreader.ui.perusing import PerusingPanes

if TYPE_CHECKING:
    from newsreader.model import ArticleHead
    from newsreader.ui.dialogs.keeping import Kept

_SHOWN: Final = 50  # cells of a title


class KeepingPanes(PerusingPanes):
    """The panes with the commands that keep something."""

    def action_bookmark(self) -> None:
        """Bookmark the article, or take the bookmark away; its full text is fetched to be kept."""
        head = self.target()
        if head is None:
            return
        kept = not head.bookmarked
        call = self.library.call(Store.bookmark, (head.id,), kept)
        self.write(call, [replace(head, bookmarked=kept)])
        self.foot.say("Bookmarked: kept for ever." if kept else "Bookmark taken away. u undoes it.")
        if kept:
            self._have_full_text(head)

    def action_later(self) -> None:
        """Put the article into the Later queue, or take it out."""
        head = self.target()
        if head is None:
            return
        waits = not head.later
        self.write(self.library.call(Store.later, (head.id,), waits), [replace(head, later=waits)])
        self.foot.say("It waits in Later." if waits else "Taken out of Later. u undoes it.")
        if waits:
            self._have_full_text(head)

    async def action_tags(self) -> None:
        """Enter the tags of the article: all of them, in one line."""
        head = self.target()
        if head is None:
            return
        known = await self.library.call(Store.tags)
        title = truncate(one_line(head.title), _SHOWN)
        self.app.push_screen(KeepScreen(f"Tags   {title}", head.tags, known), lambda kept: self._tag(head, kept))

    def _tag(self, head: ArticleHead, kept: Kept | None) -> None:
        if kept is None:
            return
        tags = tags_of(kept.tags)
        wanted = {tag.casefold() for tag in tags}
        gone = [tag for tag in head.tags if tag.casefold() not in wanted]
        call = self.library.call(Store.tag, (head.id,), tags, gone)
        self.write(call, [replace(head, tags=tuple(sorted(tags, key=str.casefold)))])
        self.foot.say(f"Tagged {_hashed(tags)}" if tags else "It has no tags now.")
        if tags:
            self._have_full_text(head)

    async def action_bookmark_with(self) -> None:
        """Bookmark the article with tags and a note."""
        head = self.target()
        if head is None:
            return
        known = await self.library.call(Store.tags)
        article = await self.library.call(Store.article, head.id)
        note = article.note if article is not None else ""
        title = truncate(one_line(head.title), _SHOWN)
        screen = KeepScreen(f"★ {title}", head.tags, known, note)
        self.app.push_screen(screen, lambda kept: self._keep(head, kept))

    def _keep(self, head: ArticleHead, kept: Kept | None) -> None:
        if kept is None:
            return
        tags = tags_of(kept.tags)
        call = self.library.call(Store.keep, head.id, tags, kept.note or "")
        painted = replace(head, bookmarked=True, tags=tuple(sorted(tags, key=str.casefold)), noted=bool(kept.note))
        self.write(call, [painted])
        self.foot.say(f"Bookmarked: kept for ever. {_hashed(tags)}".rstrip())
        self._have_full_text(head)

    def _have_full_text(self, head: ArticleHead) -> None:
        """Ask for the full text of what is kept now; what fails is tried again by the worker."""
        self.reading.prefetch((head,), self.mode_of)


def _hashed(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
