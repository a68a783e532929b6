"""A desk: the commands of one kind and what they remember between them, loaded when the first of them is used.

The main screen holds the panes; what is done to sources, rules, smart sources and so on is done at desks, so that it
neither costs the first paint anything nor makes the screen a class of everything. `MainScreen` has a place for each
(see `desks`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Query, Scope

if TYPE_CHECKING:
    from newsreader.ui.keeping import KeepingPanes


_OF_SOURCES: Final = frozenset({Scope.SOURCE, Scope.FOLDER, Scope.SMART})


class Desk:
    """Commands as methods named `action_` and their id; `main` is the screen they are done on."""

    def __init__(self, main: KeepingPanes) -> None:
        self.main = main

    def beside(self) -> list[Query]:
        """The rows of sources below the cursor, then those above it: where to go when its own is gone."""
        rows, here = self.main.sources.rows, max(0, self.main.sources.cursor_row)
        keys = (rows.key(number) for number in (*range(here + 1, len(rows)), *range(here - 1, -1, -1)))
        return [key for key in keys if key is not None and key.scope in _OF_SOURCES]
