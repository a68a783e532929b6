"""The first start: what would you like to read? Nothing is fetched before the person chose."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.text import cell_width, count_of, truncate
from newsreader.ui.dialogs.add import AddScreen
from newsreader.ui.dialogs.frame import STYLES, hints
from newsreader.ui.dialogs.importing import ImportScreen
from newsreader.ui.virtual_list import Rows, VirtualList
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from newsreader.model import Bundle, Subscription
    from newsreader.ui.requests import Requests

_NAME: int = 16  # cells for the name of a bundle


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """What was chosen: sources to subscribe to, one that was added already, the handbook, or what was imported."""

    subscriptions: tuple[Subscription, ...] = ()
    added: int | None = None
    handbook: bool = False
    imported: str | None = None


class _BundleRows(Rows[int]):
    """One line a bundle: ticked or not, its name, what is in it, how many sources."""

    def __init__(self, bundles: tuple[Bundle, ...], ticked: frozenset[int]) -> None:
        self._bundles = bundles
        self._ticked = ticked

    def __len__(self) -> int:
        return len(self._bundles)

    @property
    def lines(self) -> int:
        """One line a bundle."""
        return len(self._bundles)

    def top(self, row: int) -> int:
        """The line of a bundle."""
        return row

    def height(self, row: int) -> int:
        """One line."""
        return 1 if row >= 0 else 0

    def body(self, row: int) -> int:
        """One line."""
        return self.height(row)

    def row_at(self, line: int) -> int:
        """The bundle on a line."""
        return line

    def key(self, row: int) -> int | None:
        """Its number."""
        return row

    def find(self, key: int) -> int | None:
        """The row of a number."""
        return key if key < len(self._bundles) else None

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """◉ or ○, the name, what is in it, how many."""
        del line
        bundle = self._bundles[row]
        chosen = row in self._ticked
        mark = Segment(" ◉ " if chosen else " ○ ", style("list--mark" if chosen else "list--dim"))
        name = truncate(bundle.name, _NAME - 1)
        count = str(len(bundle.sources))
        room = max(0, width - 3 - _NAME - len(count) - 3)
        about = truncate(bundle.about, room)
        look = style("list--strong" if chosen else "list--title")
        return [
            mark,
            Segment(name + " " * (_NAME - cell_width(name)), look),
            Segment(about + " " * (room - cell_width(about)) + f"  {count} ", style("list--dim")),
        ]


class _BundleList(VirtualList[int]):
    """The bundles; a click ticks one."""

    def __init__(self, bundles: tuple[Bundle, ...]) -> None:
        self._bundles = bundles
        self.ticked: frozenset[int] = frozenset()
        super().__init__(_BundleRows(bundles, self.ticked), id="bundles")

    def on_mount(self) -> None:
        """Put the cursor on the first one."""
        self.show(_BundleRows(self._bundles, self.ticked))

    def tick(self, key: int) -> None:
        """Choose a bundle, or take the choice back."""
        self.ticked ^= {key}
        self.show(_BundleRows(self._bundles, self.ticked), cursor=key, keep_place=True)

    def row_clicked(self, key: int, column: int) -> None:
        """Tick it."""
        del column
        self.tick(key)

    class Scrolled(Message):
        """Other bundles are in view."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the screen, which says how many are out of view."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    def resized(self) -> None:
        """Tell the screen."""
        self.post_message(self.Scrolled())

    def out_of_view(self) -> str:
        """How many bundles are above and below: "↑ 2   ↓ 4 more"; empty when all are in view."""
        visible = self.visible_rows()
        if not visible:
            return ""
        above, below = visible.start, len(self.rows) - visible.stop
        parts = [f"{sign} {count}" for sign, count in (("↑", above), ("↓", below)) if count]
        return "   ".join(parts) + " more" if parts else ""


class FirstStart(Screen[FirstChoice]):
    """Bundles to tick, and other doors: an address, the handbook, a file, and newsboat's sources where it is found."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        ("j,down", "move(1)", "down"),
        ("k,up", "move(-1)", "up"),
        ("space", "tick", "choose"),
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
        self._bundles = bundles
        self._worker = worker
        self._clock = clock
        self._newsboat: tuple[str, ...] = ()
        self._list = _BundleList(bundles)

    def compose(self) -> ComposeResult:
        """The question, the bundles, the other doors, the keys."""
        with Vertical(id="first-start"):
            yield Static(Content.styled("newsreader", "bold $accent"), classes="name")
            yield Static(Content.styled("What would you like to read?", "bold $page-strong"))
            yield Static(Content.styled("Nothing is fetched before you choose.", "$page-dim"), classes="quiet")
            yield self._list
            yield Static("", id="more")
            yield Static(_doors(""), classes="doors")
            keys = (("space", "choose"), ("⏎", "start reading"), ("q", "look around first"))
            yield Static(hints(*keys), classes="hints")

    def on_mount(self) -> None:
        """Let the list have the keys, and see whether newsboat was here."""
        self._list.focus()
        self.run_worker(work(self._look_for_newsboat))

    async def _look_for_newsboat(self) -> None:
        with contextlib.suppress(NewsreaderError):  # then there is one door less
            found = await self._worker.request("newsboat")
            self._newsboat = tuple(
                path for key in ("urls", "cache", "config") if isinstance(path := found.get(key), str)
            )
            if self._newsboat and found.get("sources"):
                self.query_one(".doors", Static).update(_doors(_newsboat_words(found)))
            else:
                self._newsboat = ()

    @on(_BundleList.Scrolled)
    def _say_what_follows(self) -> None:
        self.query_one("#more", Static).update(Content.styled(f"  {self._list.out_of_view()}", "$page-dim"))

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._list.move(step)

    def action_tick(self) -> None:
        """Choose the bundle under the cursor, or take the choice back."""
        if self._list.cursor is not None:
            self._list.tick(self._list.cursor)

    def action_start(self) -> None:
        """Begin with what is ticked; with nothing ticked, with the bundle under the cursor."""
        cursor = self._list.cursor
        chosen = self._list.ticked or ({cursor} if cursor is not None else frozenset())
        subscriptions = tuple(each for number in sorted(chosen) for each in self._bundles[number].sources)
        self.dismiss(FirstChoice(subscriptions))

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
                ImportScreen(self._worker, self._newsboat, heading="Taking over from newsboat"), self._imported
            )

    def _imported(self, sentence: str | None) -> None:
        if sentence:
            self.dismiss(FirstChoice(imported=sentence))

    def action_later(self) -> None:
        """Go to the empty panes."""
        self.dismiss(FirstChoice())


def _doors(newsboat: str) -> Content:
    doors = [
        ("a", "paste any address: a site, a channel, a feed"),
        ("h", "read the handbook first, offline"),
        ("i", "import the sources of a file: OPML, or newsboat's"),
    ]
    if newsboat:
        doors.insert(0, ("n", newsboat))
    return Content("\n").join(
        Content.assemble((f"  {key}   ", "bold $accent"), (words, "$foreground")) for key, words in doors
    )


def _newsboat_words(found: dict[str, Any]) -> str:
    """What newsboat has, in a line: "newsboat found: 142 sources, 18 tags, 31 queries"."""
    numbers = [
        count_of(found[key], noun, plural)
        for key, noun, plural in (("sources", "source", None), ("tags", "tag", None), ("queries", "query", "queries"))
        if isinstance(found.get(key), int) and found[key]
    ]
    return f"newsboat found: {', '.join(numbers)}"
