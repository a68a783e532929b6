"""The first start: what would you like to read? Nothing is fetched before the person chose."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from newsreader.errors import NewsreaderError
from newsreader.ui.dialogs.add import AddScreen
from newsreader.ui.dialogs.frame import STYLES, Hints, fitting
from newsreader.ui.dialogs.importing import ImportScreen
from newsreader.ui.dialogs.offers import OfferKeys, OfferLine, OfferList, Offers
from newsreader.ui.words import catalogue as words
from newsreader.ui.words import first_start
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from newsreader.model import Bundle, Subscription
    from newsreader.ui.requests import Requests


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """What was chosen: sources to subscribe to, one that was added already, the handbook, or what was imported."""

    subscriptions: tuple[Subscription, ...] = ()
    added: int | None = None
    handbook: bool = False
    imported: str | None = None


class FirstStart(Screen[FirstChoice], OfferKeys):
    """Bundles to tick, and other doors: an address, the handbook, a file, and newsboat's sources where it is found."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        ("j,down", "move(1)", "down"),
        ("k,up", "move(-1)", "up"),
        ("space", "tick", "choose"),
        ("right,l", "unfold", "sources"),
        ("left", "fold", "bundles"),
        ("slash", "search", "search"),
        ("enter", "start", "start reading"),
        ("a", "add", "add an address"),
        ("h", "handbook", "handbook"),
        ("i", "import_opml", "import a file"),
        ("n", "newsboat", "take over newsboat"),
        ("q,escape", "later", "later"),
        ("Q", "app.quit", "quit"),
    ]

    def __init__(self, bundles: tuple[Bundle, ...], worker: Requests, clock: Callable[[], float]) -> None:
        super().__init__()
        self._worker = worker
        self._clock = clock
        self._newsboat: tuple[str, ...] = ()
        self._list = OfferList(Offers(bundles))
        self._line = OfferLine()

    def compose(self) -> ComposeResult:
        """The question, the bundles, the other doors, the keys."""
        with Vertical(id="first-start"):
            yield Static(Content.styled("newsreader", "bold $page-strong"), classes="name")
            yield Static(Content.styled(first_start.QUESTION, "bold $page-strong"))
            yield Static(Content.styled(first_start.NOTHING_YET, "$page-dim"), classes="quiet")
            yield self._line
            yield self._list
            yield Static("", id="more")
            yield Static(_doors(""), classes="doors")
            yield Hints(*words.FIRST_HINTS)

    def on_resize(self) -> None:
        """Fit the keys into another window."""
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        for line in self.query(Hints):
            line.put(*fitting(line.content_size.width, *words.FIRST_HINTS))

    def on_mount(self) -> None:
        """Let the list have the keys, and see whether newsboat was here."""
        self._line.display = False
        self._list.focus()
        self.run_worker(work(self._look_for_newsboat))

    async def _look_for_newsboat(self) -> None:
        with contextlib.suppress(NewsreaderError):  # then there is one door less
            found = await self._worker.request("newsboat")
            self._newsboat = tuple(
                path for key in ("urls", "cache", "config") if isinstance(path := found.get(key), str)
            )
            if self._newsboat and found.get("sources"):
                self.query_one(".doors", Static).update(_doors(first_start.newsboat(found)))
            else:
                self._newsboat = ()

    @on(OfferList.Scrolled)
    @on(OfferList.Ticked)
    def _say_what_follows(self) -> None:
        self.query_one("#more", Static).update(Content.styled(f"  {self._list.told()}", "$page-dim"))

    def action_search(self) -> None:
        """Look for words in what is offered."""
        self._line.display = True
        self._line.focus()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._list.search(event.value)

    @on(Input.Submitted)
    def action_start(self) -> None:
        """Begin with what is ticked; with nothing ticked, with what is under the cursor."""
        self.dismiss(FirstChoice(self._list.chosen()))

    def action_add(self) -> None:
        """Add a source by its address."""
        self.app.push_screen(AddScreen(self._worker, self._clock), self._added)

    def _added(self, source_id: int | None) -> None:
        if source_id is not None:
            self.dismiss(FirstChoice(added=source_id))

    def action_handbook(self) -> None:
        """Read the handbook first."""
        self.dismiss(FirstChoice(handbook=True))

    def action_import_opml(self) -> None:
        """Import a file."""
        self.app.push_screen(ImportScreen(self._worker), self._imported)

    def action_newsboat(self) -> None:
        """Take over what newsboat has, where it was found."""
        if self._newsboat:
            self.app.push_screen(
                ImportScreen(self._worker, self._newsboat, heading=first_start.FROM_NEWSBOAT), self._imported
            )

    def _imported(self, sentence: str | None) -> None:
        if sentence:
            self.dismiss(FirstChoice(imported=sentence))

    def action_later(self) -> None:
        """Leave the search; without one, go to the empty panes."""
        if self._line.display:
            self._line.value = ""
            self._line.display = False
            self._list.focus()
        else:
            self.dismiss(FirstChoice())


def _doors(newsboat: str) -> Content:
    doors = list(first_start.DOORS)
    if newsboat:
        doors.insert(0, ("n", newsboat))
    return Content("\n").join(
        Content.assemble((f"  {key}   ", "bold $foreground"), (does, "$foreground")) for key, does in doors
    )
