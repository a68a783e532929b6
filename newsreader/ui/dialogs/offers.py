"""The sources that are offered: bundles to tick, or single sources of them, narrowed by words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from newsreader.text import cell_width, host_of, truncate
from newsreader.ui.dialogs.lists import ListKeys
from newsreader.ui.ranking import folded
from newsreader.ui.rows import Rows
from newsreader.ui.virtual_list import VirtualList
from newsreader.ui.words import catalogue as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.style import Style
    from textual.binding import BindingType

    from newsreader.model import Bundle, Subscription

_NAME: Final = 19  # cells for the mark and the name of a bundle
_SOURCE: Final = 34  # cells for the name of a source


class Offer(NamedTuple):
    """A row: a bundle, or a source of it."""

    bundle: Bundle
    source: Subscription | None = None

    @property
    def key(self) -> str:
        """What it is known by: its name, or its address."""
        return self.bundle.name if self.source is None else self.source.url

    @property
    def sources(self) -> tuple[Subscription, ...]:
        """What is chosen with it."""
        return self.bundle.sources if self.source is None else (self.source,)


def address_key(url: str) -> str:
    """An address as it is compared: http or https is the same."""
    return url.partition("://")[2].rstrip("/").casefold()


class Offers:
    """What is offered, what of it is here already, chosen, unfolded and looked for."""

    def __init__(self, bundles: Iterable[Bundle], here: Iterable[str] = ()) -> None:
        self.bundles = tuple(bundles)
        self._here = frozenset(map(address_key, here))
        self._ticked: frozenset[str] = frozenset()
        self._open: frozenset[str] = frozenset()
        self._words: tuple[str, ...] = ()

    def rows(self) -> tuple[Offer, ...]:
        """The rows as they stand: every bundle, and the sources of those that are unfolded or searched."""
        rows: list[Offer] = []
        for bundle in self.bundles:
            found = tuple(source for source in bundle.sources if self._fits(bundle, source))
            if found:
                rows.append(Offer(bundle))
                rows += (Offer(bundle, source) for source in found if self._words or bundle.name in self._open)
        return tuple(rows)

    def _fits(self, bundle: Bundle, source: Subscription) -> bool:
        text = folded(f"{bundle.name} {source.title or ''} {host_of(source.url)} {host_of(source.link or '')}")
        return all(word in text for word in self._words)

    def search(self, text: str) -> None:
        """Show what has all these words only."""
        self._words = tuple(folded(text).split())

    def fold(self, offer: Offer, *, fold: bool) -> None:
        """Fold a bundle, or unfold it."""
        self._open = self._open - {offer.bundle.name} if fold else self._open | {offer.bundle.name}

    def is_open(self, offer: Offer) -> bool:
        """Whether the sources of a bundle are shown."""
        return bool(self._words) or offer.bundle.name in self._open

    def new(self, offer: Offer) -> tuple[Subscription, ...]:
        """What of a row is not here yet; of a bundle that is searched, what is found."""
        found = (source for source in offer.sources if offer.source is not None or self._fits(offer.bundle, source))
        return tuple(source for source in found if address_key(source.url) not in self._here)

    def tick(self, offer: Offer) -> None:
        """Choose what of a row is not here; where all of it is chosen, take that back."""
        urls = frozenset(source.url for source in self.new(offer))
        self._ticked = self._ticked - urls if urls <= self._ticked else self._ticked | urls

    def ticks(self, offer: Offer) -> tuple[int, int]:
        """How many sources of a row are chosen, and of how many that are not here."""
        urls = [source.url for source in offer.sources if address_key(source.url) not in self._here]
        return sum(url in self._ticked for url in urls), len(urls)

    def chosen(self, under_cursor: Offer | None) -> tuple[Subscription, ...]:
        """Every source that is ticked; where none is, those under the cursor."""
        ticked = tuple(source for bundle in self.bundles for source in bundle.sources if source.url in self._ticked)
        return ticked or (self.new(under_cursor) if under_cursor is not None else ())

    @property
    def ticked(self) -> int:
        """How many sources are chosen."""
        return len(self._ticked)


class OfferRows(Rows[str]):
    """One line a row: chosen or not, its name, what is in it or where it is, how many or that it is here."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self.all = offers.rows()
        self._row_of = {offer.key: row for row, offer in enumerate(self.all)}

    def __len__(self) -> int:
        return len(self.all)

    @property
    def lines(self) -> int:
        """One line a row."""
        return len(self.all)

    def top(self, row: int) -> int:
        """Its line."""
        return row

    def height(self, row: int) -> int:
        """One line."""
        return 1 if row >= 0 else 0

    def body(self, row: int) -> int:
        """One line."""
        return self.height(row)

    def row_at(self, line: int) -> int:
        """The row on a line."""
        return line

    def key(self, row: int) -> str | None:
        """Its name or address."""
        return self.all[row].key

    def find(self, key: str) -> int | None:
        """The row of a name or address."""
        return self._row_of.get(key)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """◉ or ○, the name, what it is, how many."""
        del line
        offer = self.all[row]
        chosen, new = self._offers.ticks(offer)
        mark = "✓" if not new else "◉" if chosen == new else "◐" if chosen else "○"
        look = "list--strong" if chosen else "list--title" if new else "list--dim"
        begins = f" {mark} " if offer.source is None else f"     {mark} "
        name = truncate(*self._name(offer, width))
        name += " " * (self._name(offer, width)[1] + 1 - cell_width(name))
        end = f"  {self._end(offer, chosen, new)} "
        room = max(0, width - cell_width(begins) - cell_width(name) - cell_width(end))
        about = truncate(self._about(offer), room)
        return [
            Segment(begins, style("list--mark" if chosen else "list--dim")),
            Segment(name, style(look)),
            Segment(about + " " * (room - cell_width(about)) + end, style("list--dim")),
        ]

    def _name(self, offer: Offer, width: int) -> tuple[str, int]:
        """The name, and the cells for it."""
        if offer.source is None:
            return f"{'▾' if self._offers.is_open(offer) else '▸'} {offer.bundle.name}", _NAME - 4
        return offer.source.title or host_of(offer.source.url), min(_SOURCE, max(_NAME, width - _SOURCE))

    def _about(self, offer: Offer) -> str:
        if offer.source is None:
            return offer.bundle.about
        return host_of(offer.source.link or offer.source.url).removeprefix("www.")

    @staticmethod
    def _end(offer: Offer, chosen: int, new: int) -> str:
        if not new:
            return words.HERE if offer.source is not None else words.ALL_HERE
        if offer.source is not None:
            return ""
        return f"{chosen}/{len(offer.sources)}" if 0 < chosen < new else str(len(offer.sources))


class OfferList(VirtualList[str]):
    """What is offered; a click ticks."""

    class Scrolled(Message):
        """Other rows are in view."""

    class Ticked(Message):
        """Something else is chosen."""

    def __init__(self, offers: Offers) -> None:
        self.offers = offers
        super().__init__(OfferRows(offers), id="bundles")

    def on_mount(self) -> None:
        """Put the cursor on the first one."""
        self.show(OfferRows(self.offers))
        self.say(words.NOTHING_FOUND)

    @property
    def here(self) -> Offer | None:
        """What the cursor is on."""
        rows = self.rows
        assert isinstance(rows, OfferRows)
        return rows.all[self.cursor_row] if self.cursor is not None else None

    def search(self, text: str) -> None:
        """Show what has these words only, with the cursor on the first source of it that is not here."""
        self.offers.search(text)
        rows = OfferRows(self.offers)
        found = [offer for offer in rows.all if offer.source is not None] if text.strip() else []
        first = next(filter(self.offers.new, found), next(iter(found), None))
        self.show(rows, cursor=None if first is None else first.key)
        self.post_message(self.Scrolled())

    def tick(self) -> None:
        """Choose what the cursor is on, or take that back."""
        if self.here is not None:
            self.offers.tick(self.here)
            self._redraw(self.cursor)
            self.post_message(self.Ticked())

    def fold(self, *, fold: bool) -> None:
        """Fold the bundle of the row, or unfold it."""
        if self.here is not None:
            self.offers.fold(self.here, fold=fold)
            self._redraw(self.here.bundle.name if fold else self.cursor)
            self.post_message(self.Scrolled())

    def chosen(self) -> tuple[Subscription, ...]:
        """What is ticked, else what is under the cursor."""
        return self.offers.chosen(self.here)

    def _redraw(self, cursor: str | None) -> None:
        self.show(OfferRows(self.offers), cursor=cursor, keep_place=True)
        self.reveal_cursor()

    def row_clicked(self, key: str, column: int) -> None:
        """Tick it; on the sign of a bundle, fold it."""
        del key
        if self.here is not None and self.here.source is None and column in range(3, 5):
            self.fold(fold=self.offers.is_open(self.here))
        else:
            self.tick()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the screen, which says how many are out of view."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    def resized(self) -> None:
        """Tell the screen."""
        self.post_message(self.Scrolled())

    def told(self) -> str:
        """How many rows are above and below, "↑ 2   ↓ 4 more", and how many sources are chosen."""
        visible = self.visible_rows()
        out_of_view = words.out_of_view(visible.start, len(self.rows) - visible.stop) if visible else ""
        chosen = words.chosen(self.offers.ticked) if self.offers.ticked else ""
        return "   ".join(filter(None, (out_of_view, chosen)))


class OfferKeys(ListKeys[OfferList]):
    """The actions of a screen that offers sources."""

    def action_tick(self) -> None:
        """Choose what the cursor is on, or take that back."""
        self._list.tick()

    def action_fold(self) -> None:
        """Fold the bundle."""
        self._list.fold(fold=True)

    def action_unfold(self) -> None:
        """Show the sources of the bundle."""
        self._list.fold(fold=False)


class OfferLine(Input):
    """The words that are looked for; keys that are no letters are for the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "screen.tick", show=False, priority=True),
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
        Binding("pagedown", "screen.page(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("right", "screen.unfold", show=False),
        Binding("left", "screen.fold", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder=words.TYPE_TO_SEARCH, compact=True, id="offer-line")
