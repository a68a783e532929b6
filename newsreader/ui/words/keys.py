"""What is said about keys: those that were begun, and those that mean nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAVE_BEGUN: Final = _("esc leaves, ⌫ takes back a step")

ELSEWHERE: Final[Mapping[str, str]] = {
    ",": _('Your own commands go behind this key: under [macros] in config.toml, as a = "bookmark; next-unread".'),
    "C": _("C marks nothing here: {mark_all_read} marks this list read, {undo} undoes."),
    "#": _("# deletes nothing here: {hide} hides the article, {undo} undoes."),
    "delete": _("Nothing is deleted here: {hide} hides the article, {undo} undoes."),
    "$": _("$ purges nothing here: {bottom} goes to the end."),
    "^": _("^ goes nowhere here: {top} goes to the top."),
    "*": _("* selects nothing here: {select} selects the article, {bookmark} bookmarks it."),
    "@": _("@ plays nothing here: your own commands are on keys after the comma, from [macros] in config.toml."),
    "'": _("' goes to no mark here: {jump_back} goes back to where you were in an article."),
    "`": _("` goes to no mark here: {jump_back} goes back to where you were in an article."),
    "backspace": _("{back} goes back a level."),
    "alt+left": _("{jump_back} goes back in an article, {back} a level."),
    "ctrl+n": _("{next_source} goes to the next source with something unread."),
    "ctrl+p": _("{previous_source} goes to the source before with something unread."),
    "ctrl+j": _("{next_source} goes to the next source with something unread."),
    "ctrl+k": _("{next_unread} goes to the next unread article, {previous_source} to the source before."),
    "ctrl+e": _("{bookmark_with} bookmarks with tags and a note, {down} scrolls an article by a line."),
    "ctrl+y": _("{up} scrolls an article back by a line, {redo} does again what was undone."),
    "ctrl+z": _("{undo} undoes, {redo} does again."),
    "ctrl+s": _("{bookmark} keeps the article for ever; all else is saved by itself."),
    "ctrl+l": _("The screen draws itself anew here. {theme} changes between dark and light."),
    "ctrl+t": _("{back} ends a search or a filter."),
    "ctrl+w": _("{next_pane} goes to the next pane, {left} and {right} to the left and the right."),
    "ctrl+g": _("{help} shows all keys, {palette} finds a command."),
    "f1": _("{help} shows all keys."),
    "f5": _("{refresh} refreshes the source, {refresh_all} all."),
    "Z Z": _("{quit} quits; where you are is kept."),
    "Z Q": _("{quit} quits; where you are is kept."),
    "g T": _("{previous_pane} goes to the pane before."),
}
"""What hands from newsboat, vim, Gmail, Google Reader and Miniflux look for on keys that mean nothing here.

In braces stands the id of a command, for its key. Where such a key was given something to do, it does that.
"""

MEANS_NOTHING: Final = _("{key} means nothing here. {help} shows all keys.")

WORKS_IN: Final = {
    "sources": _("{key} works in the sources: {label}."),
    "articles": _("{key} works in the articles: {label}."),
    "reader": _("{key} works in an article: {label}."),
    "discussion": _("{key} works in the comments on an article: {label}."),
    "finding": _("{key} works while words are lit in an article: {label}."),
}
"""What is said of a key that has something to do in another pane only."""


def with_a_number(does: str) -> str:
    """Say what a number typed before a command does: "steps down"."""
    return _("After a number: {does}.").format(does=does)
