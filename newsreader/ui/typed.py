"""The keys as they are typed: what was begun is shown, what is whole is done, what means nothing is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.keys import Where
from newsreader.ui.keystrokes import Keystrokes

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer

    from newsreader.ui.foot import Foot
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.keys import Command, Sequence
    from newsreader.ui.which_key import WhichKey

WHICH_KEY_AFTER: Final = 0.4  # seconds of rest: who knows the next key is faster, who does not has waited long enough


class Typed:
    """What of the keys typed on a screen is waited for; `do` is called with what is whole, and the number before it."""

    def __init__(
        self, screen: Screen[None], foot: Foot, keymap: Keymap, do: Callable[[Command, int | None], None]
    ) -> None:
        self._screen = screen
        self._foot = foot
        self._keymap = keymap
        self._do = do
        self._strokes = Keystrokes(keymap)
        self._where = Where.ARTICLES
        self._lost: Sequence = ()
        self._rest: Timer | None = None
        self._panel: WhichKey | None = None

    def press(self, key: str, where: Where) -> bool:
        """Take a key that was pressed in a pane; False where it means nothing there."""
        stroke = self._strokes.press(key, where)
        self.show(where)
        if stroke.command is not None:
            self._do(stroke.command, stroke.number)
        self._answer(stroke.lost)
        return stroke.taken

    def take_keymap(self, keymap: Keymap) -> None:
        """Go by other keys from now on."""
        self._keymap = keymap
        self._strokes = Keystrokes(keymap)
        self.show(self._where)

    def forget(self) -> None:
        """Leave what was begun."""
        self._strokes.forget()
        self.show(self._where)

    def show(self, where: Where) -> None:
        """Show what was begun at the foot at once, and to who rests there what may follow in this pane."""
        self._where = where
        begun = self._strokes.shown
        self._foot.show_begun(begun)
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self._panel is not None and self._panel.display:
            if begun:
                self._show_ways()
            else:
                self._panel.display = False
        elif begun:
            self._rest = self._screen.set_timer(WHICH_KEY_AFTER, self._show_ways)

    def _show_ways(self) -> None:
        ways = self._strokes.ways_on(self._where)
        if not ways:  # nothing follows here; or the key that ended it came while the timer was on its way
            if self._panel is not None:
                self._panel.display = False
            return
        if self._panel is None:
            from newsreader.ui.which_key import WhichKey

            self._panel = WhichKey()
            self._screen.mount(self._panel)
        self._panel.put(self._strokes.shown, ways)

    def _answer(self, lost: Sequence) -> None:
        """Answer a key that means nothing here and something elsewhere; any other one when it is pressed again."""
        again, self._lost = bool(lost) and lost == self._lost, lost
        if lost and lost[0] not in self._screen.active_bindings:  # textual's own keys act
            from newsreader.ui.strange_keys import answer

            sentence = answer(self._keymap, lost, self._where, again=again)
            if sentence:
                self._foot.say(sentence)
