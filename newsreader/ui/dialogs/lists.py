"""What dialogs with a list share: the keys that move through it, and the second click that takes a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.message import Message

from newsreader.ui.virtual_list import VirtualList

if TYPE_CHECKING:
    from newsreader.ui.rows import Rows

L = TypeVar("L", bound=VirtualList[Any])


class TakingList(VirtualList[int]):
    """A list in which a click on a row puts the cursor there, and another one takes it."""

    class Taken(Message):
        """The person clicked on the row under the cursor."""

    def __init__(self, rows: Rows[int], *, id: str) -> None:  # noqa: A002 - textual's name
        self._clicked: int | None = None
        super().__init__(rows, id=id)

    def row_clicked(self, key: int, column: int) -> None:
        """The second click takes it."""
        del column
        if self._clicked == key:
            self.post_message(self.Taken())
        self._clicked = key


class ListKeys(Generic[L]):
    """The actions of a screen that move through its list."""

    _list: L

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._list.move(step)

    def action_page(self, share: int) -> None:
        """Move the cursor by a page."""
        self._list.turn(share)
