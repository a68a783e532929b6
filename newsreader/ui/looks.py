"""The looks of a page: for every name that a piece of it can carry, what the theme's colours make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.style import Style as VisualStyle

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widget import Widget

# Styles in words, and no component classes: Textual would look for the rules of each of these, every time that the
# pane gets or loses the focus.
LOOKS: Final = {
    "title": "bold $page-strong",
    "facts": "$page-dim",
    "message": "$page-dim",
    "progress": "$page-dim",
    "notice": "italic $page-dim",
    "note": "$accent",
    "eye": "bold $accent",
    "heading": "bold $page-strong",
    "subheading": "bold",
    "term": "bold",
    "table-head": "bold",
    "strong": "bold",
    "emphasis": "italic",
    "small": "$page-dim",
    "caption": "$page-dim",
    "label": "$page-dim",
    "marker": "$page-dim",
    "continued": "$page-dim",
    "bar": "$page-dim",
    "rule": "$page-rule",
    "raised": "",
    "lowered": "",
    "code": "on $page-cursor",
    "block-code": "on $page-cursor",
    "keyboard": "bold on $page-cursor",
    "deleted": "strike $page-dim",
    "inserted": "bold underline $success",
    "highlight": "$page-strong on $page-lit",
    "link": "underline $accent",
    "quiet-link": "underline",
    "jump": "$accent",
    "chosen": "bold underline $page-strong on $page-lit",
    "hint": "bold $background on $accent",
    "match": "underline $page-strong on $page-lit",
    "match-now": "bold $background on $accent",
    "lit": "$page-strong on $page-lit",
    "told": "$page-strong on $page-lit",
    "here": "on $page-cursor",
    "doubt": "bold $warning",
    "bar-here": "$accent",
    "comment": "italic $page-dim",
    "keyword": "bold $page-strong",
    "name": "$page-strong",
    "number": "$accent",
    "string": "$success",
    "added": "$success",
    "removed": "$error",
}

# In the terminal's own colours nothing has a ground of its own, and there may be no colours at all.
PLAIN_LOOKS: Final = {
    **LOOKS,
    "code": "bold",
    "block-code": "",
    "keyboard": "reverse",
    "highlight": "reverse",
    "chosen": "bold reverse",
    "hint": "bold reverse",
    "match": "bold underline",
    "match-now": "bold reverse",
    "lit": "underline",
    "told": "bold underline",
    "here": "",
}

CSS: Final = "ReaderView { overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0; }"


class Looks:
    """The looks of a widget's pieces, each made once: called with the classes of a piece, it gives its style."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._made: dict[tuple[str, ...], Style] = {}

    def __call__(self, classes: tuple[str, ...]) -> Style:
        """The style of a piece with these classes."""
        style = self._made.get(classes)
        if style is None:
            style = self._made[classes] = self.visual(*classes).rich_style
        return style

    def visual(self, *names: str) -> VisualStyle:
        """The same in textual's own kind of style."""
        looks = PLAIN_LOOKS if self._widget.app.native_ansi_color else LOOKS
        return sum((VisualStyle.parse(looks[name]) for name in names), self._widget.get_visual_style())

    def forget(self) -> None:
        """Make all of them anew: the theme or the focus is another."""
        self._made.clear()
