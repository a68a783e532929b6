"""Lines to search in, live, 120 ms after the last letter: above the article list, and at the foot for the article."""

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

    class Told(Message):
        """Something a line tells; `control` is the line, for handlers to choose by."""

        def __init__(self, line: SearchLine) -> None:
            self.line = line
            super().__init__()

        @property
        def control(self) -> SearchLine:
            """The line."""
            return self.line

    class Searched(Told):
        """The words are others; `done` when the person pressed enter."""

        def __init__(self, line: SearchLine, words: str, *, done: bool) -> None:
            self.words = words
            self.done = done
            super().__init__(line)

    class Left(Told):
        """The person pressed escape."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, compact=True, select_on_focus=True)
        self._timer: Timer | None = None

    def begin(self, place: str, words: str = "") -> None:
        """Open the line; `place` says where the search looks, `words` are what was looked for last."""
        self.placeholder = place
        self.add_class("-open")
        if words:
            with self.prevent(Input.Changed):
                self.value = words
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
        self.post_message(self.Left(self))

    def _tell(self, *, done: bool) -> None:
        self.post_message(self.Searched(self, self.value.strip(), done=done))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


class FindLine(SearchLine):
    """The line to find words in an article with; it stands where the keys stand else."""

    def begin(self, place: str, words: str = "") -> None:
        """Open the line in the place of the keys."""
        super().begin(place, words)
        if self.parent is not None:
            self.parent.add_class("-finding")

    def end(self) -> None:
        """Close the line; the keys are back."""
        super().end()
        if self.parent is not None:
            self.parent.remove_class("-finding")

    def on_blur(self) -> None:
        """Close: the person went elsewhere, by the mouse."""
        self.end()
