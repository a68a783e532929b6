"""What lists say when nothing is in them: why, and the key that leads on."""

from __future__ import annotations

from typing import Final

from newsreader.model import Scope

EMPTY: Final = {
    Scope.UNREAD: "Nothing unread. g a shows everything, R looks for more.",
    Scope.TODAY: "Nothing new today. g a shows everything, R looks for more.",
    Scope.BEGUN: "Nothing is begun. An article that you leave half-way waits here.",
    Scope.LATER: "Nothing waits for later. L puts an article here.",
    Scope.HIDDEN: "No rule hides anything. g r shows the rules.",
    Scope.BOOKMARKS: "No bookmarks yet. s keeps an article here, with its full text, for ever.",
    Scope.SMART: "Nothing matches now. What comes in and matches will stand here.",
    Scope.TAG: "No article has this tag.",
    Scope.ALL: "No articles yet. a adds a source, R looks for news.",
}
"""By what a list is taken from."""

NOTHING_YET: Final = "Nothing here yet. r looks for news."
"""The same of a source or folder."""

NOT_FOUND: Final = "Nothing found. Words, “phrases”, -not, is:unread, source:name. esc goes back."
"""The same of a search."""
