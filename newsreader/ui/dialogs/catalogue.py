"""The catalogue: sources to subscribe to, searched as one types. Closes with those that were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.ui.dialogs.frame import Dialog, Hints, fitting
from newsreader.ui.dialogs.offers import OfferKeys, OfferLine, OfferList, Offers
from newsreader.ui.words import catalogue as words

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import Subscription


class CatalogueScreen(Dialog[tuple["Subscription", ...]], OfferKeys):
    """Type to narrow, arrows to move, space to choose, enter to subscribe."""

    HEADING = words.HEADING
    PAGE = "#bundles"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "back")]

    def __init__(self, offers: Offers) -> None:
        super().__init__()
        self._list = OfferList(offers)
        self._list.can_focus = False

    def content(self) -> list[Widget]:
        """A search line, the list, what follows below it and how many are chosen, the keys."""
        return [OfferLine(), self._list, Static("", id="more"), Hints(*words.HINTS)]

    def on_resize(self) -> None:
        """Fit the panel and its keys into another window."""
        super().on_resize()
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        for line in self.query(Hints):
            line.put(*fitting(line.content_size.width, *words.HINTS))

    @on(OfferList.Scrolled)
    @on(OfferList.Ticked)
    def _say(self) -> None:
        self.query_one("#more", Static).update(Content.styled(self._list.told(), "$page-dim"))

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._list.search(event.value)

    @on(Input.Submitted)
    def _subscribe(self) -> None:
        self.dismiss(self._list.chosen())

    def action_leave(self) -> None:
        """Look for nothing any more; where nothing is looked for, close."""
        line = self.query_one(OfferLine)
        if line.value:
            line.value = ""
        else:
            self.dismiss(None)
