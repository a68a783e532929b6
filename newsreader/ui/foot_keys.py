"""Which six keys the foot line names where: commands of the one table (`ui.keys`), and the word for each there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.keys import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHILE_FINDING: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("find_next",), "next match"),
    (("find_previous",), "match before"),
    (("find",), "other words"),
    (("back",), "end"),
    (("read_on",), "read on"),
    (("help",), "keys"),
)

FOOT: Final[Mapping[Where, tuple[tuple[tuple[str, ...], str], ...]]] = {
    Where.SOURCES: (
        (("down", "up"), "move"),
        (("open",), "open"),
        (("add",), "add"),
        (("mend",), "source"),
        (("refresh",), "refresh"),
        (("help",), "keys"),
    ),
    Where.ARTICLES: (
        (("down", "up"), "move"),
        (("open",), "open"),
        (("next_unread",), "next unread"),
        (("bookmark",), "bookmark"),
        (("mark_all_read",), "all read"),
        (("help",), "keys"),
    ),
    Where.READER: (
        (("read_on",), "read on"),
        (("next_unread",), "next unread"),
        (("bookmark",), "bookmark"),
        (("full_text",), "full text"),
        (("browser",), "browser"),
        (("help",), "keys"),
    ),
    Where.DISCUSSION: (
        (("next_thread", "previous_thread"), "thread"),
        (("next_comment", "previous_comment"), "comment"),
        (("fold_comment",), "fold"),
        (("parent_comment",), "parent"),
        (("browse_comment",), "browser"),
        (("help",), "keys"),
    ),
    Where.ASIDE: (
        (("down", "up"), "move"),
        (("open",), "go there"),
        (("right",), "into the text"),
        (("aside",), "more"),
        (("back",), "close"),
        (("help",), "keys"),
    ),
    Where.FINDING: _WHILE_FINDING,
    Where.SEEKING: _WHILE_FINDING,
}
"""The six keys of the foot line for each pane: the commands whose keys they are, and the word for them."""

FOOT_SPECIAL: Final[Mapping[Where, tuple[tuple[tuple[str, ...], str], ...]]] = {
    Where.ARTICLES: (
        (("toggle_read",), "read"),
        (("bookmark",), "bookmark"),
        (("later",), "later"),
        (("tags",), "tags"),
        (("back",), "end"),
        (("help",), "keys"),
    ),
    Where.DISCUSSION: (
        (("back",), "the article"),
        (("refresh_comments",), "fetch anew"),
        (("browse_comment",), "browser"),
        (("next_article",), "next article"),
        (("bookmark",), "bookmark"),
        (("help",), "keys"),
    ),
}
"""Those for articles that are selected in the list, and for where comments would be, and there are none."""
