"""The search line above the article list: live, 120 ms after the last letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.timer import Timer

_REST: Final = 0.12  # seconds without a letter, then the list follows


class SearchLine(Input):
    """One line to search in; it is there while it is used or its words make the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    class Searched(Message):
        """The words are others; `done` when the person pressed enter."""

        def __init__(self, words: str, *, done: bool) -> None:
            self.words = words
            self.done = done
            super().__init__()

    class Left(Message):
        """The person pressed escape."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, compact=True, select_on_focus=True)
        self._timer: Timer | None = None

    def begin(self, place: str) -> None:
        """Open the line; `place` says where the search looks."""
        self.placeholder = place
        self.add_class("-open")
        self.screen.set_focus(self)  # at once: `focus` would come after letters that are typed fast

    def end(self) -> None:
        """Close the line and forget its words."""
        self._stop()
        self.remove_class("-open")
        with self.prevent(Input.Changed):
            self.value = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Wait a moment for the next letter."""
        event.stop()
        self._stop()
        self._timer = self.set_timer(_REST, lambda: self._tell(done=False))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search at once and go to the results."""
        event.stop()
        self._stop()
        self._tell(done=True)

    def action_leave(self) -> None:
        """Go back to what was there before the search."""
        self._stop()
        self.post_message(self.Left())

    def _tell(self, *, done: bool) -> None:
        self.post_message(self.Searched(self.value.strip(), done=done))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
