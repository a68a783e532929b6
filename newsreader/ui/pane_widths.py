"""Which panes are beside each other and how wide, by the width of the window and by what the person chose.

The choice is kept as cells more or less than usual, for windows of three panes and of two: so it holds in a window of
any width, and no pane ever gets narrower than it can be read.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region
from textual.layout import Layout, WidgetPlacement
from textual.message import Message

from newsreader.ui.keys import Where
from newsreader.ui.quiet import Quiet

if TYPE_CHECKING:
    from textual.events import MouseEvent
    from textual.geometry import Size
    from textual.widget import Widget

KEY: Final = "reader.panes"
"""Under which the library keeps what the person chose."""

TWO: Final = 80
"""Columns from which on there are two panes."""

THREE: Final = 120
"""Columns from which on there are three."""

PANE_IDS: Final = {Where.SOURCES: "sources", Where.ARTICLES: "middle", Where.READER: "reader"}
"""What the panes are called in the row where they stand."""

WIDTHS: Final = ((0, "-tiny"), (60, "-narrow"), (TWO, "-two"), (THREE, "-three"))
"""The class that the screen has from so many columns on."""

HEIGHTS: Final = ((0, "-flat"), (15, "-low"), (24, "-tall"), (36, "-roomy"))
"""The same for lines."""

_ALL: Final = frozenset({"sources", "middle", "reader"})
_LISTS: Final = _ALL - {"reader"}
_ARTICLES: Final = _ALL - {"sources"}

_SOURCES: Final = 30  # cells of the sources in a window of 160 columns and less
_SOURCES_LEAST, _SOURCES_MOST = 18, 60
_LIST_LEAST: Final = 26
_READER_LEAST: Final = 36
_READER_ROOM: Final = 94  # cells in which a text of the usual measure has fine margins: the list gets what is beyond
_LIST_MOST: Final = 100  # cells that a list makes use of
_FAR: Final = 500  # cells more or less than usual: beyond any window
_ASIDE_MOST: Final = 84  # cells that the panel beside the text can use: it stands in place of both lists up to that
_ASIDE_ALONE: Final = (44, 64)  # cells of the panel beside an article that is alone
_HALF: Final = 20  # lines of a pane from which on the panel leaves the upper half to the text


class Aside(Enum):
    """Whether there is a panel beside the text, and which of the two one is in."""

    NONE = 0
    FRONT = 1
    BEHIND = 2


class Choice(NamedTuple):
    """What the person chose: cells more than usual, or less."""

    sources: int = 0
    list_of_three: int = 0
    list_of_two: int = 0

    def dump(self) -> str:
        """As text for the library."""
        return json.dumps([self.sources, self.list_of_three, self.list_of_two])

    @classmethod
    def load(cls, text: str | None) -> Choice:
        """From text of the library; what cannot be understood is no choice."""
        try:
            numbers: Any = json.loads(text or "[]")
            cells = [number for number in numbers if type(number) is int and abs(number) <= _FAR]
            return cls(*cells) if len(cells) == 3 else cls()
        except (ValueError, TypeError, RecursionError):
            return cls()


class Widths(NamedTuple):
    """The cells of each pane; 0 of one that is not shown."""

    sources: int = 0
    middle: int = 0
    reader: int = 0


def panes_in(total: int, pane: str, *, zen: bool) -> frozenset[str]:
    """The panes that a window of `total` columns shows while one of them has the focus; with `zen` that one alone."""
    if zen or total < TWO:
        return frozenset({pane})
    if total >= THREE:
        return _ALL
    return _LISTS if pane == "sources" else _ARTICLES


def widths_of(total: int, shown: frozenset[str], choice: Choice) -> Widths:
    """The widths of the panes that are shown in a window of `total` columns."""
    if len(shown) <= 1:
        return Widths(**dict.fromkeys(shown, total))
    if "reader" not in shown:
        sources = _between(_SOURCES_LEAST, _usual_sources(total) + choice.sources, total - _LIST_LEAST)
        return Widths(sources, total - sources)
    if "sources" not in shown:
        middle = _between(_LIST_LEAST, _usual_list_of_two(total) + choice.list_of_two, total - _READER_LEAST)
        return Widths(0, middle, total - middle)
    most = min(_SOURCES_MOST, total - _LIST_LEAST - _READER_LEAST)
    sources = _between(_SOURCES_LEAST, _usual_sources(total) + choice.sources, most)
    rest = total - sources
    middle = _between(_LIST_LEAST, _usual_list(rest) + choice.list_of_three, rest - _READER_LEAST)
    return Widths(sources, middle, rest - middle)


def widened(total: int, shown: frozenset[str], choice: Choice, pane: str, step: int) -> Choice:
    """The choice with which a pane is `step` cells wider; the same where it is as wide or narrow as it can be."""
    before = widths_of(total, shown, choice)
    if pane == "sources" or "reader" not in shown:
        step = step if pane == "sources" else -step
        other = choice._replace(sources=before.sources + step - _usual_sources(total))
    else:
        step = step if pane == "middle" else -step
        if "sources" in shown:
            usual = _usual_list(total - before.sources)
            other = choice._replace(list_of_three=before.middle + step - usual)
        else:
            other = choice._replace(list_of_two=before.middle + step - _usual_list_of_two(total))
    return choice if widths_of(total, shown, other) == before else other


def regions_of(size: Size, shown: frozenset[str], choice: Choice, aside: Aside) -> dict[str, Region]:
    """Where each pane stands that is shown, with the panel beside the text where there is one.

    In a wide window it takes the place of the lists, so that not a letter of the text moves; in others the lower half
    of the reader pane, or in a low one all of it, as long as one is not in the text.
    """
    widths, regions, left = widths_of(size.width, shown, choice)._asdict(), dict[str, Region](), 0
    for pane, width in widths.items():
        if pane in shown:
            regions[pane] = Region(left, 0, width, size.height)
            left += width
    reader = regions.get("reader")
    if aside is Aside.NONE or reader is None:
        return regions
    if size.width >= THREE:
        return _with_aside_beside(regions, reader)
    if size.height >= _HALF:
        text, panel = reader.split_horizontal(size.height // 2)
        return {**regions, "reader": text, "aside": panel}
    if aside is Aside.BEHIND:
        return regions
    return {**{pane: region for pane, region in regions.items() if pane != "reader"}, "aside": reader}


def _with_aside_beside(regions: dict[str, Region], reader: Region) -> dict[str, Region]:
    if not reader.x:
        panel, text = reader.split_vertical(_between(_ASIDE_ALONE[0], reader.width - _READER_ROOM, _ASIDE_ALONE[1]))
        return {"aside": panel, "reader": text}
    if reader.x <= _ASIDE_MOST:
        return {"aside": Region(0, 0, reader.x, reader.height), "reader": reader}
    return {"sources": regions["sources"], "aside": regions["middle"], "reader": reader}


class PanesLayout(Layout):
    """Lays the panes out beside each other, all at once: a window of another size is painted once."""

    def __init__(self) -> None:
        self.choice = Choice()
        self.pane = "middle"
        self.zen = False
        self.aside = Aside.NONE

    def shown(self, total: int) -> frozenset[str]:
        """The panes that are shown in so many columns."""
        return panes_in(total, self.pane, zen=self.zen)

    def regions(self, size: Size) -> dict[str, Region]:
        """Where each pane stands."""
        return regions_of(size, self.shown(size.width), self.choice, self.aside)

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, *_: bool, **__: bool
    ) -> list[WidgetPlacement]:
        """Give each pane that is shown its place, and the others none; all the room there is is taken anyhow."""
        parent.pre_layout(self)
        regions = self.regions(size)
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id in regions
        ]


class PaneRow(Quiet):
    """The panes beside each other. What stands between two of them can be drawn to either side with the mouse."""

    class Drawn(Message):
        """The person drew a pane wider or narrower, and let go."""

        def __init__(self, choice: Choice) -> None:
            self.choice = choice
            super().__init__()

    def __init__(self, *panes: Widget, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(*panes, id=id)
        self.beside = PanesLayout()
        self._drawn = ""  # the pane whose right edge is being drawn

    def take_mouse(self, event: MouseEvent) -> bool:
        """Take what the mouse does to an edge between two panes; False of all that is not about one."""
        match event:
            case MouseDown(button=1):
                self._drawn = self._edge_at(event.screen_x, event.screen_y)
            case MouseMove() if self._drawn:
                self._draw_to(event.screen_x)
            case MouseUp() if self._drawn:
                self._drawn = ""
                self.post_message(self.Drawn(self.beside.choice))
                return True
        return bool(self._drawn)

    def _edge_at(self, x: int, y: int) -> str:
        """The pane whose right edge is there: the line before the reader, the last column of the sources."""
        widths = widths_of(self.size.width, self.beside.shown(self.size.width), self.beside.choice)
        edges = {"sources": widths.sources - 1, "middle": widths.sources + widths.middle}
        if not self.region.contains(x, y) or not widths.middle or self.beside.aside is not Aside.NONE:
            return ""
        return next((pane for pane, edge in edges.items() if 0 < edge == x < self.size.width), "")

    def _draw_to(self, x: int) -> None:
        total, choice = self.size.width, self.beside.choice
        shown = self.beside.shown(total)
        now = widths_of(total, shown, choice)
        step = x + 1 - now.sources if self._drawn == "sources" else x - now.sources - now.middle
        wider = widened(total, shown, choice, self._drawn, step)
        if wider != choice:
            self.widen(wider)

    def widen(self, choice: Choice) -> None:
        """Lay the panes out for what the person chose."""
        self.beside.choice = choice
        self._lay_out()

    def turn_to(self, pane: str, *, zen: bool) -> None:
        """A pane has the focus; where that shows others than before they are laid out."""
        before = self.beside.shown(self.size.width)
        self.beside.pane, self.beside.zen = pane, zen
        if self.beside.shown(self.size.width) != before:
            self._lay_out()

    def put_aside(self, aside: Aside) -> None:
        """Make room for the panel beside the text, or let it stand behind the text, or end it."""
        if aside is not self.beside.aside:
            self.beside.aside = aside
            self._lay_out()

    def _lay_out(self) -> None:
        for pane in self.children:
            pane.refresh(layout=True)  # a layout of this widget itself would take what it had laid out before

    @property
    def layout(self) -> Layout:
        """How they are laid out; Textual's own are known by names."""
        return self.beside


def _usual_sources(total: int) -> int:
    return _SOURCES + max(0, total - 160) // 8


def _usual_list(rest: int) -> int:
    return max(5 * rest // 13, min(rest - _READER_ROOM, _LIST_MOST))


def _usual_list_of_two(total: int) -> int:
    return 2 * total // 5


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))
