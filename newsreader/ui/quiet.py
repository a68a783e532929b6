"""Widgets that are told their size without the whole screen being laid out and painted once more for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size


class Quiet(Widget):
    """A widget without scroll bars: another size of what is in it changes nothing around it. Named after other bases.

    Textual lays out anew whenever that is another, for the sake of scroll bars, right after it laid out for a resize.
    """

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, *_: bool, **__: bool) -> bool:
        return super()._size_updated(size, virtual_size, container_size, layout=False)


class QuietVertical(Vertical, Quiet):
    """A column."""
