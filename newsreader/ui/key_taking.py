"""What becomes of a key on the main screen: it is for a line, for letters on links, for a passage, or a command's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from newsreader.ui.words import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Key
    from textual.widget import Widget

    from newsreader.ui.article_list import ArticleList
    from newsreader.ui.dialogs.search import SearchLine
    from newsreader.ui.foot import Foot
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.keys import Where
    from newsreader.ui.reader_view import ReaderView
    from newsreader.ui.typed import Typed


class Scene(Protocol):
    """What of the screen a key may be for."""

    search_line: SearchLine
    articles: ArticleList
    reader: ReaderView
    foot: Foot
    typed: Typed
    keymap: Keymap

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""

    @property
    def where(self) -> Where:
        """Where keys are looked for."""

    def set_focus(self, widget: Widget | None) -> None:
        """Give something the focus."""

    def recall_search(self) -> None:
        """Bring back what was searched for before."""


class KeyTaker:
    """Gives each key to whom it is for."""

    def __init__(self, panes: Scene) -> None:
        self._panes = panes
        self.for_next: Callable[[str], object] | None = None
        """What the next key is for, while a menu is open."""

    def take(self, event: Key) -> bool:
        """Do what a key means here; False leaves it to textual."""
        panes, reader = self._panes, self._panes.reader
        if panes.focused is panes.search_line:
            return self._take_search_key(event.key)
        if panes.focused is panes.foot.find_line:
            return False
        letter = event.key if len(event.key) > 1 else event.character or event.key
        if self.for_next is not None:
            self.for_next(letter)
        elif reader.hinting:
            reader.take_hint(event.key)
            self.show_hint_keys()
        elif reader.choosing:
            reader.take_choice(letter)
            self.show_choice_keys()
        else:
            character = event.character
            key = character if event.is_printable and character and not character.isspace() else event.key
            return panes.typed.press(key, panes.where)
        return True

    def _take_search_key(self, key: str) -> bool:
        panes = self._panes
        if key == "up":
            panes.recall_search()
            return True
        if key not in {"down", "tab"}:
            return False
        if key == "down" or not panes.search_line.mend():
            panes.set_focus(panes.articles)
        return True

    def show_hint_keys(self) -> None:
        """Say at the foot what keys do while letters stand on the links, and nothing when they do not."""
        reader = self._panes.reader
        ways = (pages.SAVING_WAYS if reader.saving else pages.LINK_WAYS) if reader.hinting else ()
        self._panes.foot.show_pending(self._panes.keymap.key_of("link") if ways else "", ways)

    def show_choice_keys(self) -> None:
        """Say at the foot what keys do while a passage is chosen, and nothing when none is."""
        ways = pages.PASSAGE_WAYS if self._panes.reader.choosing else ()
        self._panes.foot.show_pending(self._panes.keymap.key_of("highlight") if ways else "", ways)
