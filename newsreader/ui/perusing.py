"""What one does inside an article: following its links, finding words in it, taking something of it elsewhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import on
from textual.events import TextSelected

from newsreader.text import one_line, truncate, word_count
from newsreader.ui.dialogs.search import SearchLine
from newsreader.ui.going import GoingPanes
from newsreader.ui.keys import Where
from newsreader.ui.links import Deed, markdown_link, open_link
from newsreader.ui.page_links import is_own
from newsreader.ui.reader_view import ReaderView
from newsreader.ui.words import pages as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from newsreader.model import ArticleHead

ABOUT_AN_ARTICLE: Final = frozenset(
    (
        *("full_text", "bookmark", "bookmark_with", "later", "tags", "toggle_read", "hide", "enclosure"),
        *("browser", "browser_read", "copy", "copy_link"),
    )
)
"""Commands that are nothing where there is no article: an empty list."""
_SHOWN: Final = 60  # cells of an address in a sentence
_STEP: Final = 4  # cells that the text is set wider or narrower


class PerusingPanes(GoingPanes):
    """The panes with the commands that are about the text of an article."""

    def target(self) -> ArticleHead | None:
        """The article that a command is about: the one in the reader pane, else the one under the cursor."""
        article = self.reading.article
        if self.pane is Where.READER and article is not None:
            return self.articles.head(article.head.id) or article.head
        return self.articles.head(self.articles.cursor)

    def with_article(self, action: Callable[..., Awaitable[None] | None], **how: int) -> Awaitable[None] | None:
        """Do something to that article, or say that there is none."""
        if self.target() is not None:
            return action(**how)
        from newsreader.ui.words import commands

        self.foot.say(commands.NO_ARTICLE)
        return None

    # Links

    @on(ReaderView.LinkChosen)
    def _follow_link(self, event: ReaderView.LinkChosen) -> None:
        if is_own(event.url):
            self.follow_own(event.url, event.deed)
        elif not event.url.startswith("#"):
            self.do_with_link(event.url, event.deed)
        elif not self.reader.jump(event.url):
            self.foot.say(words.NOT_HERE)
        else:
            self.foot.say(words.goes_back(self.keymap.key_of("jump_back")))

    def follow_own(self, target: str, deed: Deed) -> None:
        """Do what a link under the article is for."""
        raise NotImplementedError

    def _take_listed(self, chosen: tuple[str, Deed] | None) -> None:
        if chosen is not None:
            self.do_with_link(*chosen)

    def do_with_link(self, url: str, deed: Deed) -> None:
        """Open an address in the browser, copy it, or save its page."""
        match deed:
            case Deed.COPY:
                self.copy_text(url, truncate(one_line(url), _SHOWN))
            case Deed.SAVE:
                self.spawn(self.save_page, url)
            case Deed.OPEN:
                self.spawn(self._browse, url)

    def leave_discussion(self) -> bool:
        """Show the article again; False where its comments are not shown."""
        raise NotImplementedError

    async def save_page(self, url: str) -> None:
        """Save the page at an address, to be kept as an article."""
        raise NotImplementedError

    async def _browse(self, url: str) -> None:
        await asyncio.to_thread(open_link, url, browser=self.config.browser)
        self.foot.say(words.opened(truncate(one_line(url), _SHOWN)))

    def action_open(self) -> None:
        """Open what the cursor is on; in the reader the chosen link, and without one leave the article alone."""
        link = self.reader.link
        if self.pane is Where.READER and link is not None:
            self.reader.choose(link)
        else:
            super().action_open()

    def action_link(self, count: int | None = None) -> None:
        """Put letters on the links in sight; with a count, open the link of that number in the list of all."""
        from newsreader.ui.dialogs.links import listed

        if count is not None:
            links = listed(self.reader.all_links())
            if count <= len(links):
                self.do_with_link(links[count - 1].target, Deed.OPEN)
            else:
                self.foot.say(words.links_here(len(links)))
            return
        if not self.reader.begin_hints():
            elsewhere = bool(listed(self.reader.all_links()))
            self.foot.say(words.none_in_sight(self.keymap.key_of("links"), elsewhere=elsewhere))
        self.taker.show_hint_keys()

    def action_links(self) -> None:
        """List all links of the article."""
        from newsreader.ui.dialogs.links import LinksScreen, listed

        links = self.reader.all_links()
        if listed(links):
            self.app.push_screen(LinksScreen(links), self._take_listed)
        else:
            self.foot.say(words.NO_LINKS)

    def action_browser(self) -> None:
        """Open the article in the browser."""
        head = self.target()
        if head is None or head.url is None:
            self.foot.say(words.NO_ADDRESS)
        else:
            self.spawn(self._browse, head.url)

    # Copying

    def copy_text(self, text: str, shown: str) -> None:
        """Copy something, and say what."""
        self.app.copy_to_clipboard(text)
        self.foot.say(words.copied(shown))

    def action_copy(self) -> None:
        """Copy the address of the article."""
        head = self.target()
        if head is None or head.url is None:
            self.foot.say(words.NO_ADDRESS)
            return
        self.copy_text(head.url, truncate(one_line(head.url), _SHOWN))

    def action_copy_link(self) -> None:
        """Copy title and address of the article as a Markdown link."""
        head = self.target()
        if head is None or head.url is None:
            self.foot.say(words.NO_ADDRESS)
            return
        markdown = markdown_link(one_line(head.title), head.url)
        self.copy_text(markdown, truncate(markdown, _SHOWN))

    @on(TextSelected)
    def _copy_selection(self) -> None:
        """Copy what was selected with the mouse, as soon as the button is let go."""
        selected = self.reader.selected_words()
        if selected.strip():
            self.copy_text(selected, words.words(word_count(selected)))

    # Setting

    async def action_narrower(self, count: int = 1) -> None:
        """Set the text narrower."""
        await self._set_measure(-_STEP * count)

    async def action_wider(self, count: int = 1) -> None:
        """Set the text wider."""
        await self._set_measure(_STEP * count)

    async def _set_measure(self, step: int) -> None:
        """Set the text in other lines, and keep that; what config.toml says of it wins at the next start."""
        before, room = self.reader.measure, self.reader.widest
        if step > 0 and before >= room:
            self.foot.say(words.no_room(room))
            return
        self.reader.measure = min(before, room) + step
        measure = self.reader.measure
        self.foot.say(words.measure(measure) if measure != before else words.as_far(measure))
        if said := await self.change_setting("reader.measure", measure):
            self.foot.say(f"{words.measure(measure)} {said}")

    # Moving

    def action_next_paragraph(self, count: int = 1) -> None:
        """Go to the next paragraph, or further."""
        if not _repeat(count, self.reader.paragraph, 1):
            self.foot.say(words.LAST_PARAGRAPH)

    def action_previous_paragraph(self, count: int = 1) -> None:
        """Go to the paragraph before, or further back."""
        _repeat(count, self.reader.paragraph, -1)

    def action_next_heading(self, count: int = 1) -> None:
        """Go to the next heading, or further."""
        if not _repeat(count, self.reader.heading, 1):
            self.foot.say(words.NO_HEADING)

    def action_previous_heading(self, count: int = 1) -> None:
        """Go to the heading before, or further back."""
        _repeat(count, self.reader.heading, -1)

    def action_jump_back(self) -> None:
        """Go back to where the person was before going far."""
        if not self.reader.back():
            self.foot.say(words.NO_WAY_BACK)

    # Edits

    async def action_changes(self) -> None:
        """Show what the publisher's last edit changed, then the one before it, and at last the article again."""
        article = self.reading.article
        if article is None or not article.edits:
            self.foot.say(words.NEVER_EDITED)
            return
        earlier = await self.reading.show_edit()
        again, back = self.keymap.key_of("changes"), self.keymap.key_of("back")
        if earlier is not None:
            self.foot.say(words.edit_shown(again, back, earlier=bool(earlier)))
        else:
            self.foot.leave()

    # Finding

    def action_find(self) -> None:
        """Open the line to find words with."""
        if self.reader.page is None:
            return
        self.reader.begin_find()
        self.foot.find_line.begin(words.FIND, self.reader.words)

    @on(SearchLine.Searched, "#find")
    def _find(self, event: SearchLine.Searched) -> None:
        self.reader.find(event.words)
        if event.done:
            self.reader.settle_find()
            self.set_focus(self.reader, scroll_visible=False)

    def take_find(self, looked_for: str) -> None:
        """Find these words in the article that is shown."""
        if self.reader.page is not None:
            self.pane = Where.READER
            self.reader.begin_find()
            self.reader.find(looked_for)
            self.reader.settle_find()

    @on(SearchLine.Left, "#find")
    def _leave_find(self) -> None:
        self.reader.end_find(back=True)
        self.set_focus(self.reader, scroll_visible=False)

    @on(ReaderView.KeysChanged)
    def _show_keys_here(self) -> None:
        self.show_keys()
        self.typed.show(self.where)

    def action_find_next(self, count: int = 1) -> None:
        """Go to the next match, or further."""
        _repeat(count, self.reader.find_next, 1)

    def action_find_previous(self, count: int = 1) -> None:
        """Go to the match before, or further back."""
        _repeat(count, self.reader.find_next, -1)


def _repeat(count: int, move: Callable[[int], bool], step: int) -> bool:
    """Make a move several times, as long as it leads on; False where not even the first did."""
    made = 0
    while made < count and move(step):
        made += 1
    return bool(made)
