"""A desk: the commands of one kind and what they remember between them, loaded when the first of them is used.

The main screen holds the panes; what is done to sources, rules, smart sources and so on is done at desks, so that it
neither costs the first paint anything nor makes the screen a class of everything. `MainScreen` names the desks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.ui.keeping import KeepingPanes


class Desk:
    """Commands as methods named `action_` and their id; `main` is the screen they are done on."""

    def __init__(self, main: KeepingPanes) -> None:
        self.main = main
