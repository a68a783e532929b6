"""The menu of what can be said of an article in short: a quiet panel over the foot; any other key leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.widget import Widget

from newsreader.ui.words import aside as words

if TYPE_CHECKING:
    from textual.geometry import Size

_GAP: Final = 3  # cells between two entries
_ABOVE: Final = 4  # lines of the panes that stay in sight at least


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a line that says where what they give comes from: each has a key and a label."""

    head: str
    entries: tuple[tuple[str, str], ...]


class AsideMenu(Widget):
    """The menu. It is laid over the panes: nothing moves when it comes or goes."""

    SCOPED_CSS: ClassVar[bool] = False  # the screen's classes are above it
    DEFAULT_CSS: ClassVar[str] = """
    AsideMenu {
        layer: over;
        dock: bottom;
        width: 100%;
        height: auto;
        padding: 1 4;
        background: $surface;
    }
    .-narrow AsideMenu { padding: 1; }
    .-low AsideMenu { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="aside-menu")
        self.display = False
        self._key = ""
        self._groups: tuple[Group, ...] = ()
        self._note = ""

    @property
    def plain(self) -> str:
        """What it says, without its looks."""
        return self._set(self.content_size.width or self.screen.size.width).plain if self.display else ""

    def put(self, key: str, groups: tuple[Group, ...], note: str) -> None:
        """Open it: `key` opened it, and `note` is said under its groups."""
        self._key, self._groups, self._note = key, groups, note
        self.display = True
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that it needs in this width."""
        del container, viewport
        return self._set(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The groups, one below the other, and the note."""
        return self._set(self.content_size.width)

    def _set(self, width: int) -> Content:
        gap = " " * _GAP
        rows = [
            Content.assemble((self._key, "bold $accent"), gap, (f"{words.IN_SHORT}{gap}{words.LEAVES}", "$page-dim"))
        ]
        for group in self._groups:
            rows.append(Content(""))
            if group.head:
                rows += _wrapped(Content.styled(group.head, "$page-dim"), width)
            rows += _entries(group.entries, width)
        if self._note:
            rows += [Content(""), *_wrapped(Content.styled(self._note, "italic $page-dim"), width)]
        room = max(2, self.screen.size.height - _ABOVE)
        if len(rows) > room:  # every entry counts more than the room between them
            rows = [row for row in rows if row.plain.strip()][:room]
        return Content("\n").join(row.truncate(width, ellipsis=True) for row in rows)


def _wrapped(content: Content, width: int) -> list[Content]:
    return [line.rstrip() for line in content.wrap(max(1, width))]


def _entries(entries: tuple[tuple[str, str], ...], width: int) -> list[Content]:
    """The entries beside each other, as many on a line as there is room for; none breaks between key and label."""
    rows: list[Content] = []
    for key, label in entries:
        entry = Content.assemble((key, "bold $foreground"), (f" {label}", "$page-dim"))
        if rows and rows[-1].cell_length + _GAP + entry.cell_length <= width:
            rows[-1] = Content.assemble(rows[-1], " " * _GAP, entry)
        else:
            rows.append(entry)
    return rows
