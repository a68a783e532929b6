"""The desk of the panel beside the text: its menu, what it shows, and going from there into the text and back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from newsreader.model.answers import Ask
from newsreader.stories.telling import tellings
from newsreader.ui.answering import Answering
from newsreader.ui.answers import Asked
from newsreader.ui.aside import Aside, Do, Part, Passage, Row, Search
from newsreader.ui.aside_choices import ASK_STORY, ASKS, NAMED, QUESTIONS, STORY, choices, meant_by
from newsreader.ui.aside_menu import AsideMenu
from newsreader.ui.aside_panel import AsidePanel
from newsreader.ui.desk import Desk
from newsreader.ui.in_short import SUMMARY, TITLES, in_short, story_in_short
from newsreader.ui.keys import Where
from newsreader.ui.pane_widths import Aside as Place
from newsreader.ui.words import aside as words
from newsreader.ui.words import asking

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from newsreader.document.blocks import Document
    from newsreader.ui.annexing import Annexing
    from newsreader.ui.aside import Target
    from newsreader.ui.keeping import KeepingPanes
    from newsreader.ui.turning import Spot

_LIST_MOST: Final = 2_000  # articles of a list that are told of: of more only the first are asked about anyhow
_ANSWER: Final = "answer"  # the kind of what is shown that came from a language model


class Asiding(Desk):
    """The panel beside the text."""

    _menu: AsideMenu | None = None
    _kind = SUMMARY
    _came_from = Where.READER
    _before: Spot | None = None  # where the text stood before one went from the panel into it
    _asked = 0
    _of: int | None = None  # the article that is spoken of
    _read: Document | None = None  # the text that it was made of
    _told: frozenset[int] = frozenset()  # the articles of the story that is shown
    _went = 0  # how many of them one went to from here
    _unopened: int | None = None  # the article that is shown beside the panel, and was not opened for it

    def __init__(self, main: KeepingPanes, annexing: Annexing) -> None:
        super().__init__(main)
        self._annexing = annexing
        self._answering = Answering(main, self._show_answer)

    # The menu

    def action_aside(self) -> None:
        """Open the menu: what can be said of the article in short."""
        main, head = self.main, self.main.target()
        if head is None:
            main.foot.say(words.NO_ARTICLE)
            return
        if self._menu is None:
            self._menu = AsideMenu()
            main.mount(self._menu)
        groups, note = choices(main.config, main.keymap.key_of("settings"), story=head.story is not None)
        keys = frozenset(key for group in groups for key, _ in group.entries)
        self._menu.put(main.keymap.key_of("aside"), groups, note)

        def take(key: str) -> None:
            self._leave_menu()
            if key in keys:
                self._choose(key)

        main.taker.for_next = take

    def take_aside(self, what: str) -> None:
        """Show at once what the menu has under a letter, or under one of its names."""
        groups, note = choices(self.main.config, self.main.keymap.key_of("settings"), story=True)
        keys = frozenset(key for group in groups for key, _ in group.entries)
        key = meant_by(what)
        if key in keys:
            self._choose(key)
        elif note and key in {*ASKS, *QUESTIONS}:
            self.main.foot.say(note)
        else:
            self.main.foot.say(words.not_in_menu(what, sorted(name for name, key in NAMED.items() if key in keys)))

    def _choose(self, key: str) -> None:
        """Show what a key of the menu stands for."""
        if key in QUESTIONS:
            self.main.perform(QUESTIONS[key])
        elif key in ASKS:
            self.main.after_others(lambda: self._request(ASKS[key], "", "story" if key == ASK_STORY else "article"))
        else:
            self.main.after_others(lambda: self._open(key))

    def _leave_menu(self) -> None:
        self.main.taker.for_next = None
        if self._menu is not None:
            self._menu.display = False

    # Asking a language model

    async def take_ask(self, question: str) -> None:
        """Ask a language model about the article."""
        await self._request(Ask.QUESTION, question, "article")

    async def take_ask_story(self, question: str) -> None:
        """Ask a language model about what all sources tell of this."""
        await self._request(Ask.QUESTION, question, "story")

    async def take_ask_list(self, question: str) -> None:
        """Ask a language model about the articles of the list."""
        await self._request(Ask.QUESTION, question, "articles")

    async def _request(self, ask: Ask, question: str, about: str) -> None:
        """Ask for something; without a model it is said how one is set."""
        main, head = self.main, self.main.target()
        if head is None:
            main.foot.say(asking.NO_LIST if about == "articles" else words.NO_ARTICLE)
            return
        if about == "story" and head.story is None:
            main.foot.say(asking.NO_STORY)
            return
        ids = main.browsing.ids[:_LIST_MOST]
        await self._open(_ANSWER, opens=about != "articles")
        subject: dict[str, Any] = {"article": head.id, "full_text": main.reading.full_text}
        if about == "story":
            subject = {"story": head.id}
        elif about == "articles":
            subject = {"articles": list(ids)}
        self._answering.begin(Asked(ask, subject, question, head.title))

    def _show_answer(self, shown: Aside, keep: bool) -> None:
        panel = self.main.aside
        if panel is not None and self.main.has_aside and self._kind == _ANSWER:
            panel.show(shown, keep=keep)

    # The panel

    async def _open(self, kind: str, *, opens: bool = True) -> None:
        """Show something in the panel; the article that it is about is opened for it, and shown only where it is not.

        Who asks about a list reads none of its articles by that.
        """
        main, head = self.main, self.main.target()
        if head is None or (kind == STORY and head.story is None):
            main.foot.say(words.NO_ARTICLE if head is None else asking.NO_STORY)
            return
        if not main.has_aside:
            self._came_from, self._before = main.pane, None
        if main.pane is not Where.READER and opens:
            await main.open_article(head.id)
        main.leave_discussion()
        if main.aside is None:
            main.aside = AsidePanel()
            await main.row.mount(main.aside)
        shown = main.pane is not Where.READER
        if shown:
            await main.reading.show(head.id, opened=False)
        main.row.put_aside(Place.FRONT)  # from here on nothing is waited for: who goes to a list meanwhile closes it
        if shown:
            main.pane, self._unopened = Where.READER, head.id
        self._kind = kind
        main.set_focus(main.aside, scroll_visible=False)
        if kind != _ANSWER:
            self._answering.leave()
            await self._fill()
        self._of = main.reading.article_id

    async def follow(self) -> None:
        """Another text is shown: say the same of that, unless this speaks of it. No model is asked by itself."""
        here, page = self.main.reading.article_id, self.main.reader.page
        if not self.main.has_aside or page is None or not page.is_article:
            return
        if self._kind == STORY:
            speaks_of_it = here in self._told
        elif self._kind == _ANSWER:
            speaks_of_it = here == self._of or here in self._answering.articles
        else:
            speaks_of_it = page.document is self._read
        if speaks_of_it:
            return
        if self._kind == _ANSWER:
            self._answering.leave()
            self._kind = SUMMARY
        self._before, self._of = None, here
        await self._fill()

    async def _fill(self) -> None:
        panel, page = self.main.aside, self.main.reader.page
        if panel is None or page is None:
            return
        self._asked += 1
        asked, self._read = self._asked, page.document
        if self._kind == STORY:
            told = await self.main.library.call(tellings, page.article_id)
            self._told = frozenset(each.head.id for each in told)
            shown = await asyncio.to_thread(story_in_short, told, page.article_id, int(self.main.clock()))
        elif page.document is None:
            shown = Aside(TITLES[self._kind], "", (Part((Row(words.NO_TEXT),), dim=True),))
        else:
            shown = await asyncio.to_thread(in_short, self._kind, page.document, page.title, page.words)
        if asked == self._asked and self.main.has_aside:
            panel.show(shown)

    def close(self) -> None:
        """Take the panel away; the text stays where it is."""
        self._asked += 1
        self._answering.leave()
        self._before, self._went = None, 0
        self.main.reader.point_nowhere()
        self.main.row.put_aside(Place.NONE)
        if self.main.pane is Where.READER:
            if self.main.at_aside:
                self.main.set_focus(self.main.reader, scroll_visible=False)
            self.main.pane = self._came_from
        self._came_from, self._unopened = Where.READER, None

    def to_panel(self) -> bool:
        """Go from the text back into the panel; where one came from it, the text stands again as it stood."""
        if self.main.aside is None:
            return False
        self._return()
        self.main.set_focus(self.main.aside, scroll_visible=False)
        return True

    def _return(self) -> bool:
        """Let the text stand as before one went into it from the panel; False where one did not."""
        before, self._before = self._before, None
        if before is not None:
            self.main.reader.go(self.main.reader.line_of(before))
            self.main.foot.leave()
        return before is not None

    async def to_text(self) -> None:
        """Go from the panel into the text, to read on there."""
        self._before = None
        await self._opens()
        self.main.set_focus(self.main.reader, scroll_visible=False)

    async def _opens(self) -> None:
        """The person reads the article now that was only shown so far."""
        unopened, self._unopened = self._unopened, None
        if unopened is not None and unopened == self.main.reading.article_id:
            await self.main.open_article(unopened)

    # Where its rows lead

    async def chosen(self, target: Target | None, *, taken: bool) -> None:
        """The cursor of the panel stands on a row, or one wants to go where that leads."""
        main = self.main
        if target is None or isinstance(target, Do):
            main.reader.point_nowhere()
            if taken:
                self._answering.agree()
            return
        elsewhere = isinstance(target, Passage) and target.article_id not in {None, main.reading.article_id}
        if taken and isinstance(target, Passage) and target.article_id is not None and elsewhere:
            await self._annexing.follow(target.article_id)
            self._went += 1
        elif isinstance(target, Search) or elsewhere:
            main.reader.point_nowhere()
        if isinstance(target, Search):
            if taken:
                main.perform("search", f'"{target.words}"')
        elif taken or not elsewhere:
            if taken:
                await self._opens()
                main.leave_discussion()
            there = main.reader.point_at(target.words, target.block, whole=target.whole)
            if taken:
                self._go(there=there)

    def _go(self, *, there: bool) -> None:
        main = self.main
        if not there:
            main.foot.say(words.not_in_this_text())
            return
        spot, top, hidden = main.reader.spot(), main.reader.top, self._hides_text()
        main.reader.go_to_pointed()
        if self._before is None and not self._went:
            if main.reader.top == top and not hidden:
                main.foot.say(words.IN_SIGHT)
                return
            self._before = spot
            main.reader.leave_way_back(spot)
        main.foot.say(words.goes_back(main.keymap.key_of("back")))
        if hidden:
            main.set_focus(main.reader, scroll_visible=False)

    def _hides_text(self) -> bool:
        """Whether the panel stands where the text stands else."""
        return "reader" not in self.main.row.beside.regions(self.main.row.size)

    # What commands do in the panel, and in the text beside it

    def instead(self, command_id: str) -> Callable[..., Awaitable[None] | None] | None:
        """What a command does in the panel or in the text beside it; None where it does what it always does."""
        place = "panel" if self.main.at_aside else "text"
        if place == "text" and self.main.focused is not self.main.reader:
            return None
        found: Callable[..., Awaitable[None] | None] | None = getattr(self, f"{place}_{command_id}", None)
        return found

    def panel_down(self, count: int = 1) -> None:
        """The next row."""
        self._panel().move(count)

    def panel_up(self, count: int = 1) -> None:
        """The row before."""
        self._panel().move(-count)

    def panel_page_down(self, count: int = 1) -> None:
        """A page down."""
        self._panel().turn(count)

    def panel_page_up(self, count: int = 1) -> None:
        """A page up."""
        self._panel().turn(-count)

    def panel_half_down(self, count: int = 1) -> None:
        """Half a page down."""
        self._panel().turn(count / 2)

    def panel_half_up(self, count: int = 1) -> None:
        """Half a page up."""
        self._panel().turn(-count / 2)

    def panel_top(self, count: int | None = None) -> None:
        """The first row."""
        del count
        self._panel().to_end(last=False)

    def panel_bottom(self, count: int | None = None) -> None:
        """The last row."""
        del count
        self._panel().to_end(last=True)

    def panel_open(self) -> None:
        """Go where the row leads."""
        self._panel().take()

    async def panel_right(self) -> None:
        """Go into the text."""
        await self.to_text()

    async def panel_next_pane(self) -> None:
        """Go into the text."""
        await self.to_text()

    async def panel_previous_pane(self) -> None:
        """Go into the text."""
        await self.to_text()

    def panel_left(self) -> None:
        """Close the panel: the lists stand to its left."""
        self.close()

    async def panel_back(self) -> None:
        """Go back to where the text stood, and to which it was, before one went into it from here; else close."""
        if self._answering.stop():
            return
        if self._went and await self._annexing.back():
            self._went -= 1
            self._before = None
        elif not self._return():
            self.close()

    def panel_refresh(self) -> None:
        """Ask a language model anew."""
        if self._kind != _ANSWER or not self._answering.again():
            self.main.perform("aside")

    async def panel_back_or_quit(self) -> None:
        """The same."""
        await self.panel_back()

    def text_left(self) -> None:
        """Go into the panel."""
        self.to_panel()

    def text_next_pane(self) -> None:
        """Go to the next link, and after the last one into the panel."""
        if not self.main.reader.next_link(1):
            self.to_panel()

    def text_previous_pane(self) -> None:
        """Go to the link before, and before the first one into the panel."""
        if not self.main.reader.next_link(-1):
            self.to_panel()

    def _panel(self) -> AsidePanel:
        assert self.main.aside is not None
        return self.main.aside
