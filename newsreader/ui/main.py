"""The main screen: what the commands do to articles, lists, sources and the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on

from newsreader.config import find_setting
from newsreader.model import FullTextMode, Scope, SourceKind
from newsreader.store import Store
from newsreader.text import truncate
from newsreader.ui.article_list import ArticleList
from newsreader.ui.desks import desk, desks_of
from newsreader.ui.dialogs.search import SearchLine
from newsreader.ui.keeping import KeepingPanes
from newsreader.ui.keys import Where
from newsreader.ui.page_links import is_own
from newsreader.ui.pane_widths import PaneRow
from newsreader.ui.perusing import ABOUT_AN_ARTICLE
from newsreader.ui.reader_view import ReaderView
from newsreader.ui.whereabouts import SEEN
from newsreader.ui.words import deeds, pages
from newsreader.ui.words import lists as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from newsreader.model import ArticleHead, Change
    from newsreader.ui.adjusting import Adjusting
    from newsreader.ui.annexing import Annexing
    from newsreader.ui.arranging import Arranging
    from newsreader.ui.aside_panel import AsidePanel
    from newsreader.ui.asiding import Asiding
    from newsreader.ui.away import Away
    from newsreader.ui.command_line import CommandLine
    from newsreader.ui.commanding import Commanding
    from newsreader.ui.discussion import Discussing
    from newsreader.ui.exporting import Exporting
    from newsreader.ui.jumping import Jumping
    from newsreader.ui.links import Deed
    from newsreader.ui.managing import Managing
    from newsreader.ui.outside import Outside
    from newsreader.ui.pace import Draw
    from newsreader.ui.placing import Placing
    from newsreader.ui.ruling import Ruling
    from newsreader.ui.searching import Searching
    from newsreader.ui.selecting import Selecting
    from newsreader.ui.smart import Smart
    from newsreader.ui.stories import Stories
    from newsreader.ui.tending import Tending
    from newsreader.ui.turns import Turns

_ANNEX_AFTER: Final = 0.25  # seconds that an article was shown: who turns from one to the next reads none of it
_DAY: Final = 86_400
_DIGITS: Final = 15  # more than any moment has
_SHOWN: Final = 60  # cells of an address or a title in a sentence


AGAIN: Final = frozenset(
    {
        "toggle_read",
        "bookmark",
        "later",
        "tags",
        "browser",
        "copy",
        "copy_link",
        "hide",
        "browser_read",
        "pipe",
        "full_text",
    }
)
"""The commands that can be done again to another article."""


class MainScreen(KeepingPanes):
    """Sources, articles and the reader, with every command."""

    # The desks, with the commands that are done there

    adjusting: Adjusting = desk("adjusting.Adjusting", "settings", "set", "theme")
    annexing: Annexing = desk("annexing.Annexing")
    arranging: Arranging = desk(
        "arranging.Arranging",
        *("pane_narrower", "pane_wider", "density", "by_source", "messages"),
        *("fold_stories", "fold_bursts", "quiet_first"),
    )
    asiding: Asiding = desk("asiding.Asiding", "aside", "ask", "ask_story", "ask_list", beside=("annexing",))
    away: Away = desk("away.Away", "catch_up")
    command_line: CommandLine = desk("command_line.CommandLine", "command")
    commanding: Commanding = desk("commanding.Commanding")
    discussion: Discussing = desk(
        "discussion.Discussing",
        *("comments", "next_comment", "previous_comment", "next_sibling", "previous_sibling"),
        *("next_thread", "previous_thread", "parent_comment", "fold_comment", "fold_comments", "unfold_comments"),
        *("browse_comment", "copy_comment", "refresh_comments", "ask_for_comments"),
    )
    exporting: Exporting = desk("exporting.Exporting", "write")
    jumping: Jumping = desk("jumping.Jumping", "palette", "go")
    managing: Managing = desk(
        "managing.Managing",
        *("rename_source", "move_source", "tag_source", "pause_source", "remove_source"),
        *("shift_up", "shift_down", "tick_source", "sort_sources", "filter_tag", "fold_all", "unfold_all"),
    )
    outside: Outside = desk("outside.Outside", "browser_read", "enclosure", "pipe", "shell", "edit_sources")
    placing: Placing = desk("placing.Placing", "place_top", "place_middle", "place_bottom")
    ruling: Ruling = desk("ruling.Ruling", "rules", "go_hidden", "hide")
    searching: Searching = desk("searching.Searching", "search", "filter")
    selecting: Selecting = desk("selecting.Selecting", "select", "select_range")
    smart: Smart = desk("smart.Smart", "keep_search")
    stories: Stories = desk("stories.Stories", "story")
    tending: Tending = desk(
        "tending.Tending",
        *("refresh", "refresh_all", "add", "import_opml", "catalogue", "health", "edited", "export"),
    )
    turns: Turns = desk("turns.Turns", "mark_all_read", "mark_above_read", "mark_below_read", "undo", "redo", "journal")

    def action(self, command_id: str, *arguments: str) -> Callable[[], Awaitable[None] | None]:
        """What a command of the table does, at its desk or here; what is typed behind it may be for another desk."""
        place = getattr(self, DESK_OF[command_id]) if command_id in DESK_OF else self
        if self.has_aside and (beside := self.asiding.instead(command_id)):
            return beside
        if command_id in AGAIN:
            self.last_deed = (command_id, arguments)
        if self.articles.selected and self.pane is not Where.READER and (to_all := self._to_all(command_id, arguments)):
            return to_all
        if arguments:
            name = f"take_{command_id}"
            return partial(getattr(place if hasattr(place, name) else self.commanding, name), *arguments)
        action: Callable[[], Awaitable[None] | None] | None = getattr(place, f"action_{command_id}", None)
        if action is not None and command_id in ABOUT_AN_ARTICLE:
            return partial(self.with_article, action)
        return action or partial(self.command_line.ask, command_id)  # it takes something that is to be typed

    def _to_all(self, command_id: str, arguments: tuple[str, ...]) -> Callable[[], Awaitable[None]] | None:
        """What a command does to all articles that are selected, where it is one for several."""
        action = getattr(self.selecting, f"{'take' if arguments else 'all'}_{command_id}", None)
        return partial(action, *arguments) if action is not None else None

    last_deed: tuple[str, tuple[str, ...]] | None = None

    async def action_repeat(self) -> None:
        """Do again what was done last to an article, to this one or to what is selected."""
        if self.last_deed is None:
            from newsreader.ui.words import selecting

            self.foot.say(selecting.NOTHING_TO_REPEAT)
            return
        command_id, arguments = self.last_deed
        begun = self.action(command_id, *arguments)()
        if begun is not None:
            await begun

    def action_mend(self) -> None:
        """Open the panel of the source or smart source under the cursor, else that of a source in trouble."""
        smart = self.shelf.smart_source(self.sources.cursor)
        if smart is None:
            self.tending.mend()
        else:
            self.after_others(lambda: self.smart.show(smart))

    @on(PaneRow.Drawn)
    def _keep_drawn(self, event: PaneRow.Drawn) -> None:
        self.after_others(lambda: self.arranging.keep_widths(event.choice))

    async def action_narrower(self, count: int = 1) -> None:
        """Make the list narrower; in the reader set the text narrower."""
        reads, here = self.pane is Where.READER, self.arranging
        await (super().action_narrower(count) if reads else here.action_pane_narrower(count))

    async def action_wider(self, count: int = 1) -> None:
        """Make the list wider; in the reader set the text wider."""
        reads, here = self.pane is Where.READER, self.arranging
        await (super().action_wider(count) if reads else here.action_pane_wider(count))

    # The article

    def article_shown(self, article_id: int) -> None:
        """Read up what stands under it, when the person stays with it."""
        self.reader.tell_own = self._tell_own
        self.later("annex", _ANNEX_AFTER, lambda: self.spawn(self.annexing.load, article_id))

    async def apply(self, change: Change, draw: Draw | None = None) -> None:
        """Repaint what a change touched, also under the article."""
        await super().apply(change, draw)
        if self.reading.annex is not None:
            await self.annexing.apply(change, draw or self.pace.draw_now)
        if self.reader.in_discussion:
            await self.discussion.apply(change)

    def pane_changed(self) -> None:
        """Another pane has the focus: the panel beside the text ends with the text."""
        super().pane_changed()
        if self.has_aside and self.pane is not Where.READER:
            self.asiding.close()

    def on_aside_panel_chosen(self, event: AsidePanel.Chosen) -> None:
        """Light in the text what the panel beside it speaks of, or go there."""
        self.after_others(lambda: self.asiding.chosen(event.target, taken=event.taken))

    @on(ReaderView.TextChanged)
    def _text_changed(self) -> None:
        if self.has_aside:
            self.after_others(self.asiding.follow)

    def _tell_own(self, target: str) -> str:
        return self.annexing.tell(target)

    def follow_own(self, target: str, deed: Deed) -> None:
        """Do what a link under the article is for: read one in place, fold a part, go to a passage."""
        self.after_others(lambda: self.annexing.choose(target, deed))

    @on(ReaderView.LineClicked)
    def _click_line(self, event: ReaderView.LineClicked) -> None:
        if self.reader.in_discussion:
            self.discussion.click(event.line)

    def leave_discussion(self) -> bool:
        """Show the article again; False where its comments are not shown."""
        return self.reader.in_discussion and self.discussion.leave()

    def asked_for_comments(self, article_id: int, host: str) -> None:
        """A host is being asked for the comments on an article: where they are read, that is said."""
        if self.reader.in_discussion:
            self.discussion.asked(article_id, host)

    def unfold_comment(self) -> bool:
        """Unfold the comment that is chosen; False where no comments are shown."""
        return self.reader.in_discussion and self.discussion.unfold()

    def action_right(self) -> None:
        """Go to the pane on the right, open, unfold; under the article, unfold what is chosen."""
        if not self._at_own(self.annexing.right) and not (self.pane is Where.READER and self.unfold_comment()):
            super().action_right()

    def action_left(self) -> None:
        """Go to the pane on the left, fold; under the article, fold what is chosen; from comments to their article."""
        if not self._at_own(self.annexing.left) and not (self.pane is Where.READER and self.leave_discussion()):
            super().action_left()

    def _at_own(self, act: Callable[[str], bool]) -> bool:
        """Do something with the link under the article that is chosen; False where none is, or it is not for that."""
        link = self.reader.link if self.pane is Where.READER else None
        return link is not None and is_own(link.target) and act(link.target)

    def action_toggle_read(self) -> Awaitable[None] | None:
        """Mark the article read, or unread again; in the list, with what is folded away behind it."""
        head = self.target()
        if head is None:
            return None
        behind = self.articles.folding.behind(head.id) if self.pane is not Where.READER else ()
        if behind:
            return self.selecting.toggle_read((head.id, *behind))
        call = self.library.call(Store.mark_read, (head.id,), not head.read)
        self.write(call, [head._replace(read=not head.read)])
        self.did(deeds.UNREAD if head.read else deeds.READ)
        return None

    async def action_full_text(self) -> None:
        """Show the full text, or what the feed gives, and keep that for the source."""
        article = self.reading.article
        if article is None:
            return
        source = self.all_sources.get(article.head.source_id)
        if source is not None and source.kind is SourceKind.BUILTIN:
            self.foot.say(pages.HANDBOOK_IS_WHOLE)
        elif source is not None and source.kind is SourceKind.SAVED and article.full_document is not None:
            self.foot.say(pages.SAVED_IS_WHOLE)
        elif self.reading.full_text:
            await self._keep_mode(article.head, FullTextMode.FEED)
        elif article.full_document is not None:
            await self._keep_mode(article.head, FullTextMode.FULL)
        elif article.head.url is None:
            self.foot.say(pages.NO_PAGE)
        else:
            self.spawn(self._try_full_text, article.head)

    async def _try_full_text(self, head: ArticleHead) -> None:
        """Fetch a full text that is not here; only where that goes well it is kept for the source."""
        trouble = await self.reading.try_full_text(head.id)
        source = self.all_sources.get(head.source_id)
        if not trouble and source is not None and source.kind is SourceKind.SAVED:
            self.foot.say(pages.TEXT_IS_HERE)
        elif not trouble:
            await self._keep_mode(head, FullTextMode.FULL)
        elif self.reading.article_id == head.id:
            self.foot.say(trouble)

    async def _keep_mode(self, head: ArticleHead, mode: FullTextMode) -> None:
        await self.reading.set_mode(head.source_id, mode)
        await self.load_sources()
        source, back = truncate(head.source_title, _SHOWN), self.keymap.key_of("full_text")
        self.foot.say(pages.from_now_on(source, back, full_text=mode is FullTextMode.FULL))

    # The list

    async def action_let_in(self) -> None:
        """Let the new articles into the list."""
        come = await self.browsing.let_in()
        self.see(self.view.ranked(self.shelf))
        if not come:
            self.foot.say(words.NOTHING_NEW_WAITS)

    # Searching

    @on(SearchLine.Searched, "#search")
    def _search_for(self, event: SearchLine.Searched) -> None:
        self.searching.look_for(event)

    @on(SearchLine.Left, "#search")
    def _leave_search(self) -> None:
        self.after_others(self.searching.restore)

    def end_search(self) -> None:
        """Close the search line and forget what was there before it."""
        super().end_search()
        self.searching.end()

    @on(ArticleList.Marked)
    def _select_clicked(self) -> None:
        self.after_others(self.selecting.toggle)

    # The program

    @on(KeepingPanes.Ready)
    def _look_back(self) -> None:
        self.spawn(self._offer_catching_up)

    async def _offer_catching_up(self) -> None:
        """Offer to catch up, where the person was not here for days."""
        seen, now = await self.library.call(Store.recall, SEEN) or "", int(self.clock())
        if self.config.away and seen.isdecimal() and len(seen) < _DIGITS and now - int(seen) >= self.config.away * _DAY:
            await self.away.offer(int(seen))

    def action_help(self) -> None:
        """Show all keys."""
        from newsreader.ui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self.keymap))

    async def look_at_settings(self) -> None:
        """Take over what was written in the files of the settings."""
        await self.adjusting.look()

    async def change_setting(self, name: str, value: str | int | bool) -> str:
        """Set something and keep it; what is to be known of it is said. Raises ConfigError."""
        return await self.adjusting.change(find_setting(name), value)

    async def action_back(self) -> None:
        """Go back one level: out of zen, the search, the reader, the list."""
        await self._back()

    async def action_back_or_quit(self) -> None:
        """Go back one level, and quit at the top."""
        if not await self._back():
            self.action_quit()

    async def _back_in_text(self) -> bool:
        """Go back where something is lit, shown in place of the article, or beside it; False where nothing is."""
        if self.reader.end_find() or self.reader.leave_link():
            return True
        if self.leave_discussion() or await self.reading.leave_edit() or await self.annexing.back():
            self.foot.leave()
            return True
        return self.has_aside and self.asiding.to_panel()

    async def _back(self) -> bool:
        if self.pane is Where.READER and await self._back_in_text():
            return True
        if self.zen:
            self.zen = False
        elif self.pane is Where.ARTICLES and self.articles.selected:
            self.selecting.give_up()
        elif self.pane is Where.READER:
            self.pane = Where.ARTICLES
        elif self.pane is Where.SOURCES and self.view.is_narrow:
            await self.managing.leave_view()
        elif self.pane is Where.ARTICLES and self.browsing.query.scope is Scope.STORY:
            await self.stories.leave()
        elif self.browsing.query.text or self.searching.is_begun:
            await self.searching.restore()
        elif self.pane is Where.ARTICLES:
            self.pane = Where.SOURCES
        else:
            return False
        return True

    def action_quit(self) -> None:
        """Quit; where the person is was written down."""
        self.app.exit()


DESK_OF: Final = desks_of(MainScreen)
"""The desk of each command that the screen does not do itself."""
