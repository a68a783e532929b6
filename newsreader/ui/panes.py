"""The three panes: their layout by width, the focus, the keys, and everything that only moves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, ParamSpec

from textual import on
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.reactive import Reactive, var
from textual.screen import Screen
from textual.widgets import Static

from newsreader.bounds import MACRO_TIMES
from newsreader.errors import NewsreaderError
from newsreader.ui.article_list import ArticleList
from newsreader.ui.dialogs.search import SearchLine
from newsreader.ui.foot import Foot
from newsreader.ui.in_order import InOrder
from newsreader.ui.key_taking import KeyTaker
from newsreader.ui.keys import COUNTS, PANES, Command, Where
from newsreader.ui.line import Line
from newsreader.ui.pace import Pace
from newsreader.ui.pane_widths import HEIGHTS, PANE_IDS, WIDTHS, Aside, PaneRow
from newsreader.ui.quiet import Quiet, QuietVertical
from newsreader.ui.reader_view import ReaderView
from newsreader.ui.source_list import SourceList
from newsreader.ui.typed import Typed
from newsreader.ui.words import deeds as said
from newsreader.ui.words import lists
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.geometry import Size
    from textual.widget import Widget

    from newsreader.ui.aside_panel import AsidePanel
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.language import Call

P = ParamSpec("P")
_UNDER_FOOT: Final = 2  # lines of a list that the foot may cover in a low window: the cursor stays above them


class Panes(Screen[None], Quiet):
    """Sources, articles, reader: three at once from 120 columns, two from 80, one below, a sentence below 60 by 15.

    Commands run one after another in the order of their keys. Those that only move run at once; those that wait for
    the library hold back the commands after them, never the screen.
    """

    AUTO_FOCUS: ClassVar[str | None] = "#articles"

    pane: var[Where] = var(Where.ARTICLES, init=False)
    """The pane that has the focus; in a narrow window the one that is seen."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As textual has it; the two panes paint what a moved focus changes, and not the whole screen."""

    zen: var[bool] = var(default=False, init=False)
    """Whether the reader pane is alone."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        # Held, not looked for: what still runs when the program ends may speak to a pane that the screen has no more.
        self.sources = SourceList(id="sources")
        self.articles = ArticleList(id="articles")
        self.reader = ReaderView(id="reader")
        self.head = Line(id="list-head")
        self.search_line = SearchLine(id="search")
        self.mistake = Static(id="mistake")
        self.foot = Foot(id="foot")
        self.row = PaneRow(id="panes")
        self.middle = QuietVertical(id="middle", classes="-here")
        self.keymap = keymap
        self.aside: AsidePanel | None = None  # the panel beside the text, since it was first wanted
        self.taker = KeyTaker(self)
        self.pace = Pace(self.set_timer)
        self.typed = Typed(self, self.foot, keymap, self._do)
        self.order = InOrder(lambda finish: self.run_worker(work(finish), group="commands"), self.guard)

    def compose(self) -> ComposeResult:
        """The panes, the foot, and the sentence for a window that is too small."""
        with self.row:
            yield self.sources
            with self.middle:
                yield self.head
                yield self.search_line
                yield self.mistake
                yield self.articles
            yield self.reader
        yield self.foot
        yield Static(Content(lists.TOO_SMALL), id="too-small")

    def on_resize(self, event: Resize) -> None:
        """Take the looks for this size before it is laid out for it: textual does so after it, and paints twice."""
        if self.take_size(event.size):
            self.app.stylesheet.update_nodes(self.walk_children(with_self=True))

    def take_size(self, size: Size) -> bool:
        """Take the classes for this size, without their looks yet; False where they are the same."""
        before = self.classes
        for cells, steps in ((size.width, WIDTHS), (size.height, HEIGHTS)):
            self.remove_class(*(name for _, name in steps), update=False)
            self.add_class(next(name for least, name in reversed(steps) if cells >= least), update=False)
        self.sources.margin = self.articles.margin = _UNDER_FOOT if self.has_class("-low") else 0
        return self.classes != before

    # Commands

    @property
    def idle(self) -> bool:
        """Whether every command so far is through."""
        return self.order.idle

    @property
    def may_take_key(self) -> bool:
        """Whether a key has its turn: a command before it may open what it is for. Letters of a line do not wait."""
        return self.idle or self.focused is self.search_line or self.focused is self.foot.find_line

    def perform(self, command_id: str, *arguments: str) -> None:
        """Run a command of the table, after those before it."""
        self.after_others(self.action(command_id, *arguments))

    def perform_all(self, calls: Sequence[Call]) -> None:
        """Run commands one after the other, each when all that the one before it began in the order is through."""
        self.foot.line_begun()
        self._perform(calls)

    def _perform(self, calls: Sequence[Call]) -> None:
        if calls:
            self.after_others(lambda: self._perform_first(calls))

    async def _perform_first(self, calls: Sequence[Call]) -> None:
        first, *others = calls
        begun = self.action(first.command.id, *first.arguments)()
        if begun is not None:
            await begun
        self._perform(others)

    def action(self, command_id: str, *arguments: str) -> Callable[[], Awaitable[None] | None]:
        """What a command of the table does with what was typed behind it."""
        raise NotImplementedError

    def after_others(self, action: Callable[[], Awaitable[None] | None]) -> None:
        """Run something in the order of the commands."""
        self.order.add(action)

    async def guard(self, action: Callable[P, Awaitable[object]], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Do something; what goes wrong in words is said in the foot line."""
        try:
            await action(*args, **kwargs)
        except NewsreaderError as error:
            self.foot.say(error.phrase, warning=True)

    def did(self, sentence: str) -> None:
        """Say what was done, and the key that undoes it."""
        self.foot.say(said.undoable(sentence, self.keymap.key_of("undo")))

    def spawn(self, action: Callable[P, Awaitable[object]], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Do something beside the commands."""
        if not self.order.stopped:
            self.run_worker(work(self.guard, action, *args, **kwargs), group="beside")

    def stop(self) -> None:
        """Begin nothing more: the program ends. Writes that were asked for are done all the same."""
        self.order.stop()
        self.workers.cancel_all()

    # Keys

    def take_key(self, event: Key) -> bool:
        """Do what a key means here; False leaves it to textual.

        The app asks before it sends a key on: a key that moves the focus has done so when the next one comes, however
        fast they are typed.
        """
        self.pace.key_pressed()
        self.foot.key_pressed()
        return self.taker.take(event)

    def _do(self, command: Command, number: int | None) -> None:
        """Do it after what was typed before it, with the number as its count where it takes one; a macro so often."""
        if command.line:
            from newsreader.ui.language import understand

            self.perform_all(understand(command.line).calls * min(number or 1, MACRO_TIMES))
            return
        action: Callable[..., Awaitable[None] | None] = self.action(command.id)
        self.after_others(action if number is None or command.id not in COUNTS else partial(action, count=number))

    def recall_search(self) -> None:
        """Bring back what was searched for before."""

    def take_keymap(self, keymap: Keymap) -> None:
        """Go by other keys from now on."""
        self.keymap = keymap
        self.typed.take_keymap(keymap)
        self.show_keys()

    def show_keys(self) -> None:
        """Show at the foot the keys for where one is, or for what is selected there."""
        keys = self.keymap.foot(self.where, special=self.is_special)
        self.foot.show_keys(lists.SEARCH_WAYS if self.focused is self.search_line else keys)

    @property
    def is_special(self) -> bool:
        """Whether other keys than those of the pane are named: for what is selected, or where no comments are."""
        if self.where is Where.DISCUSSION:
            return not self.reader.has_comments
        return bool(self.articles.selected)

    # Panes and focus

    @property
    def where(self) -> Where:
        """Where keys are looked for: the pane, and in the reader what they mean in comments and while words are lit.

        In the panel beside the text, first what they mean there.
        """
        if self.at_aside:
            return Where.ASIDE
        if self.pane is not Where.READER:
            return self.pane
        if self.reader.in_discussion:
            return Where.SEEKING if self.reader.finding else Where.DISCUSSION
        return Where.FINDING if self.reader.finding else Where.READER

    @property
    def at_aside(self) -> bool:
        """Whether one is in the panel beside the text."""
        return self.aside is not None and self.focused is self.aside

    @property
    def has_aside(self) -> bool:
        """Whether there is a panel beside the text now."""
        return self.row.beside.aside is not Aside.NONE

    def pane_widget(self, pane: Where) -> SourceList | ArticleList | ReaderView:
        """The widget of a pane."""
        if pane is Where.READER:
            return self.reader
        return self.sources if pane is Where.SOURCES else self.articles

    def watch_pane(self, pane: Where) -> None:
        """Show and focus the pane, and its keys at the foot."""
        if pane is not Where.READER:
            self.zen = False
        self.row.turn_to(PANE_IDS[pane], zen=self.zen)
        self._mark_pane()
        self.set_focus(self.pane_widget(pane), scroll_visible=False)
        self.show_keys()
        self.typed.show(self.where)  # what may follow is another in another pane
        self.pane_changed()

    def _mark_pane(self) -> None:
        """Mark the pane that has the focus, for its looks."""
        for place, each in ((Where.SOURCES, self.sources), (Where.ARTICLES, self.middle), (Where.READER, self.reader)):
            each.set_class(place is self.pane and not self.at_aside, "-here")
        if self.aside is not None:
            self.aside.set_class(self.at_aside, "-here")

    def panes_shown(self) -> frozenset[str]:
        """The ids of the panes that are seen now: `sources`, `middle`, `reader`."""
        return self.row.beside.shown(self.size.width)

    def watch_zen(self) -> None:
        """Leave the reader pane alone on the screen, or not."""
        self.set_class(self.zen, "-zen")
        self.row.turn_to(PANE_IDS[self.pane], zen=self.zen)

    def pane_changed(self) -> None:
        """Another pane has the focus: for the main screen to remember."""

    def shows_reader(self) -> bool:
        """Whether the reader pane can be seen."""
        return "reader" in self.panes_shown()

    @on(DescendantFocus)
    def _follow_focus(self, event: DescendantFocus) -> None:
        if event.widget is not self.focused:  # it may be told late
            return
        if event.widget in {self.search_line, self.foot.find_line}:
            self.typed.forget()  # letters are words now
            self.show_keys()
        for pane in PANES:
            if event.widget is self.pane_widget(pane):
                self.pane = pane
        if event.widget in {self.aside, *map(self.pane_widget, PANES)}:
            self.show_keys()
            if self.has_aside:
                self.row.put_aside(Aside.FRONT if self.at_aside else Aside.BEHIND)
                self._mark_pane()

    # Moving

    @property
    def here(self) -> SourceList | ArticleList | ReaderView:
        """What moves: the pane that has the focus."""
        return self.pane_widget(self.pane)

    def action_down(self, count: int = 1) -> None:
        """Move down."""
        self.here.move(count)

    def action_up(self, count: int = 1) -> None:
        """Move up."""
        self.here.move(-count)

    def action_page_down(self, count: int = 1) -> None:
        """A page down, or several."""
        self.here.turn(count)

    def action_page_up(self, count: int = 1) -> None:
        """A page up, or several."""
        self.here.turn(-count)

    def action_half_down(self, count: int = 1) -> None:
        """Half a page down, or several."""
        self.here.turn(count / 2)

    def action_half_up(self, count: int = 1) -> None:
        """Half a page up, or several."""
        self.here.turn(-count / 2)

    def action_top(self, count: int | None = None) -> None:
        """Go to the top; with a count, to that row, or so many percent down the article."""
        if count is None:
            self.here.to_end(last=False)
        else:
            self.go_to_number(count)

    def action_bottom(self, count: int | None = None) -> None:
        """Go to the end; with a count, to that row, or so many percent down the article."""
        if count is None:
            self.here.to_end(last=True)
        else:
            self.go_to_number(count)

    def go_to_number(self, number: int) -> None:
        """Go to a row, or so many percent down the article."""
        self.here.to_number(number)

    def action_next_pane(self) -> None:
        """Go from link to link in the reader, and after the last round the panes."""
        if self.pane is Where.READER and self.reader.next_link(1):
            return
        self.pane = PANES[(PANES.index(self.pane) + 1) % len(PANES)]

    def action_previous_pane(self) -> None:
        """Go backwards from link to link, and before the first round the panes."""
        if self.pane is Where.READER and self.reader.next_link(-1):
            return
        self.pane = PANES[PANES.index(self.pane) - 1]

    def action_zen(self) -> None:
        """Leave the article alone on the screen, or bring the panes back."""
        self.pane = Where.READER
        self.zen = not self.zen
