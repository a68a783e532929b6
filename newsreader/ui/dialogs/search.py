"""Lines to search in, live, with every letter: above the article list, and at the foot for the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.highlighter import Highlighter
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from rich.text import Text
    from textual.binding import BindingType
    from textual.events import Key

    from newsreader.query import Mistake


class _Marks(Highlighter):
    """Marks the mistakes in a line."""

    def __init__(self, line: SearchLine) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        """Mark them, underlined for those who see no colours."""
        style = self._line.get_component_rich_style("search--mistake")
        for mistake in self._line.mistakes:
            text.stylize(style, mistake.start, mistake.end)


class SearchLine(Input):
    """One line to search in; it is there while it is used or its words make the list.

    Whoever understands its words says which of them are `mistakes`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--mistake"}
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
        self.mistakes: tuple[Mistake, ...] = ()
        super().__init__(id=id, compact=True, select_on_focus=True, highlighter=_Marks(self))

    def begin(self, place: str, words: str = "") -> None:
        """Open the line; `place` says where the search looks, `words` are what was looked for last."""
        self.placeholder = place
        self.add_class("-open")
        if words:
            self.put(words)
        self.screen.set_focus(self)  # at once: `focus` would come after letters that are typed fast

    def put(self, words: str) -> None:
        """Have these words in the line; nobody is told."""
        with self.prevent(Input.Changed):
            self.value = words
        self.cursor_position = len(words)

    def end(self) -> None:
        """Close the line and forget its words."""
        self.mark(())
        self.remove_class("-open")
        self.put("")

    def mark(self, mistakes: Sequence[Mistake]) -> None:
        """Mark mistakes in the line, until its words are others."""
        if self.mistakes != tuple(mistakes):
            self.mistakes = tuple(mistakes)
            self.refresh()

    def mend(self) -> bool:
        """Put what was meant in the place of the first mistake of which that is known; False where there is none."""
        mistake = next((each for each in self.mistakes if each.meant is not None), None)
        if mistake is None:
            return False
        self.value = f"{self.value[: mistake.start]}{mistake.meant}{self.value[mistake.end :]}"
        self.cursor_position = len(self.value)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at once: what is still being looked for is given up."""
        event.stop()
        self.mark(())
        self._tell(done=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search at once and go to the results."""
        event.stop()
        self._tell(done=True)

    def action_leave(self) -> None:
        """Go back to what was there before the search."""
        self.post_message(self.Left(self))

    def _tell(self, *, done: bool) -> None:
        self.post_message(self.Searched(self, self.value, done=done))


class Taker(Protocol):
    """Who takes what is typed into the line at the foot, where that is not to be found in the article."""

    def typed(self, line: str) -> None:
        """The line is another."""

    def entered(self, line: str) -> None:
        """The person pressed enter."""

    def left(self) -> None:
        """The person pressed escape."""

    def gone(self) -> None:
        """The line was closed: the person went elsewhere, by the mouse."""

    def take_key(self, key: str) -> bool:
        """Do what a key means; False where it writes or moves in the line."""


class FindLine(SearchLine):
    """The line at the foot, where the keys stand else: to find words in an article with, and what else is typed."""

    taker: Taker | None = None

    def begin(self, place: str, words: str = "", taker: Taker | None = None) -> None:
        """Open the line in the place of the keys; without a taker its words are looked for in the article."""
        self.taker, self.select_on_focus = taker, taker is None
        self.mark(())
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
        if self.screen.focused is self:
            return  # told late: it is open again by now
        if self.taker is not None:
            self.taker.gone()
        self.end()

    def on_key(self, event: Key) -> None:
        """Let who takes the line have a key in its turn, when the letters before it stand in the line."""
        if self.taker is None:
            return
        self.taker.typed(self.value)
        if event.key == "enter":
            self.taker.entered(self.value)
        elif not self.taker.take_key(event.key):
            return
        event.prevent_default().stop()

    def action_leave(self) -> None:
        """Go back to what was there before."""
        if self.taker is not None:
            self.taker.left()
        else:
            super().action_leave()

    def _tell(self, *, done: bool) -> None:
        if self.taker is None:
            super()._tell(done=done)
        elif self.screen.focused is self:
            self.taker.typed(self.value)
