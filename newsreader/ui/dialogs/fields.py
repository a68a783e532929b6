"""What a panel is made of: choices that do something, and fields that are edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from newsreader.errors import UsageError
from newsreader.text import cell_width, truncate
from newsreader.ui.signs import marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.suggester import Suggester

LABEL: int = 20  # cells for the name of a field or a fact


def fact_label(label: str) -> Content:
    """The name of a fact, in the column in which those of the fields stand."""
    return Content.styled(f"  {label:<{LABEL}}", "$page-dim")


def labelled(label: str, value: Content | str, look: str = "$foreground") -> Content:
    """A name in its column and what belongs to it."""
    value = Content.styled(value, look) if isinstance(value, str) else value
    return Content.assemble((f"{label:<{LABEL}}", "$page-dim"), value)


class Choice(Widget, can_focus=True):
    """One line that does something on enter or a click: its words, and dim what they are about."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter,space", "choose", "do it")]

    class Chosen(Message):
        """The person chose this; `name` says what."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    def __init__(self, name: str, words: str, detail: str = "") -> None:
        super().__init__(name=name, classes="row")
        self._words = words
        self._detail = detail

    def render(self) -> Content:
        """The words, and as much of the detail as there is room for."""
        width = self.size.width
        detail = truncate(self._detail, max(0, width - cell_width(self._words) - 5))
        bar = Content.styled("▌ ", "$accent") if self.has_focus else Content("  ")
        return Content.assemble(bar, (self._words, "bold $page-strong"), "   ", (detail, "$page-dim"))

    def action_choose(self) -> None:
        """Tell the panel."""
        self.post_message(self.Chosen(self.name or ""))

    def on_click(self) -> None:
        """Do it."""
        self.action_choose()


class Field(Vertical, can_focus=True):
    """A name and its value on a line; enter edits the value there, enter again takes it, escape leaves it as it was.

    `check` raises UsageError for a text that cannot be taken: then the words stand below and the text stays. The
    value that is shown is cleaned text; `text` is what editing begins with, where that is something else.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("enter", "begin", "change")]

    class Entered(Message):
        """The person entered another text, and it passed the check."""

        def __init__(self, name: str, text: str) -> None:
            self.name = name
            self.text = text
            super().__init__()

    class Edited(Message):
        """The text is another one while it is being edited; it may be wrong."""

        def __init__(self, name: str, text: str) -> None:
            self.name = name
            self.text = text
            super().__init__()

    def __init__(
        self, name: str, label: str, *, hint: str, check: Callable[[str], object], suggester: Suggester | None = None
    ) -> None:
        super().__init__(name=name, classes="row field")
        self._label = label
        self._check = check
        self._value = self._text = ""
        self._before = ""
        self._line = Static("", classes="value")
        self._input = Input(placeholder=hint, compact=True, select_on_focus=False, suggester=suggester)
        self._input.can_focus = False
        self._problem = Static("", classes="problem")

    def compose(self) -> ComposeResult:
        """The line, its editor in the same place, and room for what is wrong."""
        yield self._line
        yield Static(labelled(f"  {self._label}", ""), classes="label")
        yield self._input
        yield self._problem

    @property
    def editing(self) -> bool:
        """Whether the value is being edited."""
        return self.has_class("-editing")

    @property
    def label(self) -> str:
        """What the field is called."""
        return self._label

    def put(self, value: str, text: str | None = None) -> None:
        """Show a value; an edit that is going on is not disturbed."""
        self._value = value
        self._text = value if text is None else text
        self._draw()

    def action_begin(self) -> None:
        """Edit the value."""
        self.begin()

    def begin(self, text: str | None = None) -> None:
        """Edit the value, or `text` in its place."""
        if self.editing:
            return
        self._before = self._text
        self._input.value = self._text if text is None else text
        self._input.can_focus = True
        self.add_class("-editing")
        self.screen.set_focus(self._input)
        # What is typed takes its place, an arrow key goes into it; the beginning is in view.
        self._input.selection = Selection(len(self._input.value), 0)

    def leave(self) -> bool:
        """Take what was entered; False when it cannot be taken: then its mistake is said."""
        if not self.editing:
            return True
        text = self._input.value.strip()
        if text != self._before:
            try:
                self._check(text)
            except UsageError as mistake:
                self.refuse(mistake.phrase)
                return False
            self.post_message(self.Entered(self.name or "", text))
        self.abandon()
        return True

    def abandon(self) -> None:
        """End the edit; the value stays as it was."""
        self.remove_class("-editing", "-wrong")
        if self.screen.focused is self._input:
            self.screen.set_focus(self)
        self._input.can_focus = False

    def refuse(self, words: str) -> None:
        """Say what is wrong with the text."""
        self.add_class("-wrong")
        self._problem.update(marked(words, "$warning"))
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_click(self) -> None:
        """Edit the value."""
        self.begin()

    def watch_has_focus(self, value: bool) -> None:
        """Show whether the cursor is here."""
        super().watch_has_focus(value)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Cut the value to the width."""
        del event
        self._draw()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        self.leave()

    @on(Input.Changed)
    def _change(self, event: Input.Changed) -> None:
        event.stop()
        self.remove_class("-wrong")
        if self.editing and event.value.strip() != self._before:
            self.post_message(self.Edited(self.name or "", event.value.strip()))

    @on(Input.Blurred)
    def _look_away(self, event: Input.Blurred) -> None:
        event.stop()
        if self.app.app_focus and self.editing:  # another window may be where the password is
            self.leave()

    def _draw(self) -> None:
        bar = Content.styled("▌ ", "$accent") if self.has_focus else Content("  ")
        value = truncate(self._value, max(0, self.size.width - LABEL - 2)) if self.size.width else self._value
        self._line.update(Content.assemble(bar, labelled(self._label, value)))
