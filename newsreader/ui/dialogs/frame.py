"""What the dialogs share: a panel in the middle with a title, and a line of hints below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.events import Mount
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Event
    from textual.geometry import Size

T = TypeVar("T")
STYLES: Final = Path(__file__).with_name("dialogs.tcss")
"""How panels look; the app reads it ahead, after its first paint."""

_AFTER: Final = 3  # cells of a gap after the last of some keys
_LEAST: Final = 2  # lines of the part that scrolls
_LEAST_WIDTH: Final = 10  # cells for words beside a lead


def hints(*pairs: tuple[str, str]) -> Content:
    """Keys with their words, as at the foot of the screen."""
    parts = [part for key, word in pairs for part in ((key, "bold $foreground"), (f" {word}   ", "$page-dim"))]
    return Content.assemble(*parts)


def fitting(width: int, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """As many of these keys as one line has room for: the first of them are those that the hand finds by itself."""
    kept = list(pairs)
    while len(kept) > 1 and hints(*kept).cell_length - _AFTER > width > 0:
        del kept[0]
    return kept


class Hints(Widget):
    """The keys of a panel with their words. Where they need several lines, none breaks between a key and its word."""

    def __init__(self, *keys: tuple[str, str]) -> None:
        super().__init__(classes="hints")
        self._keys = keys

    def put(self, *keys: tuple[str, str]) -> None:
        """Show other keys."""
        self._keys = keys
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the keys need in this width."""
        del container, viewport
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """Set as many keys on a line as there is room for."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for key in self._keys:
            pair = hints(key).rstrip()
            if lines and lines[-1].cell_length + _AFTER + pair.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], " " * _AFTER, pair)
            else:
                lines.append(pair)
        return lines


class Saying(Static):
    """Words of a panel that come, go and grow: the part that scrolls makes room for them."""

    def on_resize(self) -> None:
        """Fit the panel anew."""
        if isinstance(self.screen, Dialog):
            self.screen.fit()


class Hanging(Widget):
    """Entries that each begin with a lead; words that need several lines stay beside it."""

    def __init__(self, entries: Iterable[tuple[Content, Content]] = (), **options: Any) -> None:
        super().__init__(**options)
        self._entries = tuple(entries)

    def put(self, entries: Iterable[tuple[Content, Content]]) -> None:
        """Show these, each a lead and its words."""
        self._entries = tuple(entries)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the entries need in this width."""
        del container, viewport
        return sum(len(self._lines(entry, width)) for entry in self._entries)

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(line for entry in self._entries for line in self._lines(entry, self.size.width))

    @staticmethod
    def _lines(entry: tuple[Content, Content], width: int) -> list[Content]:
        lead, words = entry
        first, *rest = words.wrap(max(_LEAST_WIDTH, width - lead.cell_length)) or [Content("")]
        return [lead + first, *(Content(" " * lead.cell_length) + line for line in rest)]


class Dialog(ModalScreen[T]):
    """A panel over the main screen; escape closes it with None.

    `PAGE` selects the part that scrolls where not everything has room. The panel is as high as what it holds.
    """

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "close")]
    HEADING: ClassVar[str] = ""
    PAGE: ClassVar[str] = ""
    SHARE: ClassVar[tuple[float, float]] = (0.9, 1)
    """How much of the height it takes at most: of a window of the usual height, and of a low one."""

    @property
    def heading(self) -> str:
        """What stands over the panel; it may hold cleaned text from outside."""
        return self.HEADING

    def content(self) -> list[Widget]:
        """The widgets of the panel."""
        raise NotImplementedError

    async def on_event(self, event: Event) -> None:
        """Take an event; where the program ended before the panel was there, nothing is in it to begin with."""
        if not isinstance(event, Mount) or any(child.children for child in self.children):
            await super().on_event(event)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close, once: an enter that comes before it is gone is for nobody any more."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def compose(self) -> ComposeResult:
        """Title and content in a panel."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self.heading, "bold $page-strong"), classes="heading")
            yield from self.content()

    def on_resize(self) -> None:
        """Fit the panel into another window."""
        self.fit()

    def fit(self) -> None:
        """Give the part that scrolls the room that the rest leaves; to be called when the rest grows or shrinks."""
        if self.PAGE:
            self.call_after_refresh(self._fit)

    def part_of(self, room: int) -> int:
        """The lines of this room that the part which scrolls takes at most."""
        return room

    def _fit(self) -> None:
        if not self.query(self.PAGE):
            return  # closed meanwhile
        box, page = self.query_one(".dialog"), self.query_one(self.PAGE)
        others = (child for child in box.children if child is not page and child.display)
        rest = sum(child.region.height + child.styles.margin.height for child in others)
        share = self.SHARE[self.has_class("-low")]
        room = int(self.size.height * share) - box.gutter.height - rest - page.styles.margin.height
        page.styles.max_height = max(_LEAST, self.part_of(room))
