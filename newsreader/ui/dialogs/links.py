"""All links of an article: their words, and the sites that they really lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual import on
from textual.widgets import Input

from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.dialogs.even_rows import HEIGHT, EvenRows
from newsreader.ui.dialogs.frame import Dialog, Hints
from newsreader.ui.dialogs.lists import ListKeys, TakingList
from newsreader.ui.links import Deed, shown_address
from newsreader.ui.words import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.style import Style
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.ui.page_links import PageLink

_LONGEST: Final = 200  # characters of a link's words


class ListedLink(NamedTuple):
    """A link of the list: its address, its words, and where it leads as a person reads it."""

    target: str
    words: str
    address: str


def listed(links: Iterable[PageLink]) -> tuple[ListedLink, ...]:
    """The links that lead out of the article, each address once, under the first words it has."""
    found: dict[str, ListedLink] = {}
    for link in links:
        if not link.target.startswith("#") and link.target not in found:
            address = shown_address(link.target)
            found[link.target] = ListedLink(link.target, one_line(link.words, _LONGEST) or address, address)
    return tuple(found.values())


class LinkRows(EvenRows):
    """Two lines a link, and a gap: its words, and below them where it leads."""

    def __init__(self, links: tuple[ListedLink, ...] = ()) -> None:
        self._links = links

    def __len__(self) -> int:
        return len(self._links)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Its words, and its address; of both the beginning, where they are long."""
        if line == HEIGHT - 1:
            return []
        link = self._links[row]
        words, look = (link.words, "list--strong") if line == 0 else (link.address, "list--dim")
        shown = truncate(words, max(0, width - 3))
        return [Segment(f"  {shown}{' ' * (width - 2 - cell_width(shown))}", style(look))]


class LinksScreen(Dialog[tuple[str, Deed]], ListKeys[TakingList]):
    """Type to search, arrows to move; closes with the address that was chosen, and what to do with it."""

    PAGE = "#links"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "move(1)", "down"),
        ("up", "move(-1)", "up"),
        ("pagedown", "page(1)", "page down"),
        ("pageup", "page(-1)", "page up"),
        ("ctrl+y", "take('copy')", "copy"),
        ("ctrl+b", "take('save')", "save"),
    ]

    def __init__(self, links: Iterable[PageLink]) -> None:
        super().__init__()
        self._links = listed(links)
        self._found = self._links
        self._list = TakingList(LinkRows(), id="links")

    @property
    def heading(self) -> str:
        """How many there are."""
        return dialogs.links(len(self._links))

    def content(self) -> list[Widget]:
        """A search line, the links, the hints."""
        keys = (
            ("↑ ↓", dialogs.MOVE),
            ("⏎", dialogs.OPEN),
            ("ctrl+y", dialogs.COPY),
            ("ctrl+b", dialogs.SAVE),
            ("esc", dialogs.CLOSE),
        )
        search = Input(placeholder=dialogs.TYPE_TO_SEARCH, compact=True)
        return [search, self._list, Hints(*keys)]

    def on_mount(self) -> None:
        """Show them all."""
        self._show()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        words = event.value.casefold().split()
        self._found = tuple(
            link for link in self._links if all(word in f"{link.words} {link.address}".casefold() for word in words)
        )
        self._show()

    def _show(self) -> None:
        self._list.show(LinkRows(self._found))
        self._list.say(dialogs.NO_LINK)
        self.fit()

    @on(Input.Submitted)
    @on(TakingList.Taken)
    def _take(self) -> None:
        self.action_take(Deed.OPEN)

    def action_take(self, deed: str) -> None:
        """Close with the link under the cursor."""
        if self._list.cursor is not None:
            self.dismiss((self._found[self._list.cursor].target, Deed(deed)))
