"""What a pane says in which nothing is: why, and the key that leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Scope
from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

_SCOPES: Final = {
    Scope.UNREAD: _("Nothing unread. {go_all} shows everything, {refresh_all} looks for more."),
    Scope.TODAY: _("Nothing new today. {go_all} shows everything, {refresh_all} looks for more."),
    Scope.BEGUN: _("Nothing is begun. An article that you leave half-way waits here."),
    Scope.LATER: _("Nothing waits for later. {later} puts an article here."),
    Scope.HIDDEN: _("No rule hides anything. {rules} shows the rules."),
    Scope.BOOKMARKS: _("No bookmarks yet. {bookmark} keeps an article here, with its full text, for ever."),
    Scope.SMART: _("Nothing matches now. What comes in and matches will stand here."),
    Scope.TOP: _("No story of the last three days is told by several sources. {go_all} shows everything."),
    Scope.STORY: _("Nothing of this story is here any more. {back} goes back."),
    Scope.TAG: _("No article has this tag."),
    Scope.ALL: _("No articles yet. {add} adds a source, {refresh_all} looks for news."),
}
_OTHERS: Final = _("Nothing here yet. {refresh} looks for news.")
_FETCHED: Final = frozenset({Scope.UNREAD, Scope.TODAY, Scope.ALL, Scope.FOLDER, Scope.SOURCE})
_NO_SOURCE: Final = _(
    "No source yet. {add} adds one by its address, {catalogue} shows a catalogue, {import_opml} takes a list over."
)
_FETCHING: Final = _("The news is being fetched. What comes in stands here at once.")

OPENING: Final = _("Opening the library…")
"""A list that takes long at the start."""

NOTHING_CHOSEN: Final = _("What you choose in the list is read here.")
"""The reader without an article."""


def why(scope: Scope, key: Callable[[str], str], *, sources: bool, fetching: bool) -> str:
    """Say why a list is empty; `key` gives the key of a command. Without `sources` there is nothing to come."""
    if scope in _FETCHED and not sources:
        return _filled(_NO_SOURCE, key)
    if scope in _FETCHED and fetching:
        return _FETCHING
    return _filled(_SCOPES.get(scope, _OTHERS), key)


def not_found(unknown: str | None = None) -> str:
    """Say that a search finds nothing: because something in it is `unknown`, or how one searches."""
    said = unknown or _("Nothing found. Words, “phrases”, -not, is:unread, source:name.")
    return _("{said} esc goes back.").format(said=said)


def nothing_unread(key: Callable[[str], str], *, elsewhere: bool) -> str:
    """Say that no unread article follows."""
    if elsewhere:
        return _filled(_("Nothing unread in this list. {go_unread} goes to what is unread elsewhere."), key)
    return _filled(_SCOPES[Scope.UNREAD], key)


def no_source(key: Callable[[str], str]) -> str:
    """Say in the source list that no source is there."""
    return _filled(_("No source yet: {add} adds one"), key)


class _Keys(dict[str, str]):
    """The keys of commands by their names, as a sentence asks for them."""

    def __init__(self, key: Callable[[str], str]) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, command: str) -> str:
        return self._key(command)


def _filled(sentence: str, key: Callable[[str], str]) -> str:
    return sentence.format_map(_Keys(key))
