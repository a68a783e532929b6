"""Keys for other hands: what a preset changes of the table of commands. One line of config.toml chooses one.

A preset names the keys of the commands that it gives others to; all the rest is as in the table. No key may do two
things in it: a test checks each as it checks the table. Loads no textual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT: Final = "default"

PRESETS: Final[Mapping[str, Mapping[str, str]]] = {
    DEFAULT: {},
    # What newsboat's own keys do, as far as there is the same thing here; its C, which marks everything of all feeds
    # read, is not among them: it is lost too easily. Digits are counts here too: 3f opens the third link.
    "newsboat": {
        "toggle_read": "N, m",
        "previous_unread": "p",
        "next_source": "ctrl+n, ]",
        "previous_source": "ctrl+p, [",
        "palette": "g p",
        "links": "u",
        "undo": "U",
        "bookmark": "ctrl+b, s",
        "bookmark_with": "ctrl+e, S",
        "page_up": "b, shift+space, pageup",
        "browser": "o",
        "edit_sources": "E",
        "rename_source": "g n",
        "previous_thread": "p",
        "browse_comment": "o",
    },
    # Vim's second hand: what the default has not already. z places and folds, so zen is elsewhere; windows are panes.
    "vim": {
        "place_top": "z t",
        "place_middle": "z z",
        "place_bottom": "z b",
        "fold_all": "z M",
        "unfold_all": "z R",
        "fold_comments": "z M",
        "unfold_comments": "z R",
        "zen": "g z",
        "left": "h, left, ctrl+w h",
        "right": "l, right, ctrl+w l",
        "next_pane": "tab, ctrl+w w",
        "previous_pane": "shift+tab, ctrl+w W, g T",
        "down": "j, down, ctrl+e",
        "up": "k, up, ctrl+y",
        "copy": "y y",
        "copy_link": "Y, y l",
        "copy_comment": "y y",
        "browse_comment": "o, v, g x",
        "browser": "o, v, g x",
        "quit": "Q, Z Z, Z Q",
    },
    # What Google Reader, Miniflux, Feedbin and Gmail have in common. In an article j and k go on to the next one:
    # space and the arrows scroll it.
    "web": {
        "next_article": "j, J",
        "previous_article": "k, K",
        "down": "n, down",
        "up": "p, up",
        "next_unread": "N",
        "next_thread": "j",
        "previous_thread": "k",
        "fold_comment": "enter, o",
        "browse_comment": "v",
        "previous_unread": "backspace",
        "by_source": "g B",
        "open": "enter, o",
        "browser": "v",
        "go_bookmarks": "g b, g s",
        "settings": "g S",
        "go_top_stories": "g D",
        "add": "a, +",
        "keep_search": "g +",
        "hide": "D, #",
    },
}
