"""The menu of what can be said of an article in short: a quiet panel over the foot; any other key leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content

from newsreader.ui.over_foot import OverFoot
from newsreader.ui.words import aside as words

_GAP: Final = 3  # cells between two entries
_ABOVE: Final = 4  # lines of the panes that stay in sight at least


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a line that says where what they give comes from: each has a key and a label."""

    head: str
    entries: tuple[tuple[str, str], ...]


class AsideMenu(OverFoot):
    """The menu. It is laid over the panes: nothing moves when it comes or goes."""

    def __init__(self) -> None:
        super().__init__(id="aside-menu")
        self.display = False
        self._key = ""
        self._groups: tuple[Group, ...] = ()
        self._note = ""

    def put(self, key: str, groups: tuple[Group, ...], note: str) -> None:
        """Open it: `key` opened it, and `note` is said under its groups."""
        self._key, self._groups, self._note = key, groups, note
        self.open()

    def content_for(self, width: int) -> Content:
        """The groups, one below the other, and the note."""
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
