"""A page in which words are found and lit, wherever they stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message

from newsreader.ui.lit_page import LitPage
from newsreader.ui.matching import Matches
from newsreader.ui.words import pages as said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from newsreader.ui.turning import Spot

_LOOK_AHEAD: Final = 200  # lines laid at once in looking for the next match
_LOOKED_AT_ONCE: Final = 1_000  # lines looked through at once: the rest of a long page is between two keys
_LOOK_ON: Final = 0.02  # seconds before that


class FindingPage(LitPage, inherit_bindings=False):
    """A page with words that are looked for in it."""

    class KeysChanged(Message):
        """Keys mean something else here now: finding began or ended, comments came or went."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the name is textual's
        super().__init__(id=id, classes=classes)
        self._matches: Matches | None = None
        self._match = 0
        self._looked = 0  # lines that were looked through for the words
        self._looks_on: Timer | None = None
        self._before_finding: Spot | None = None

    def page_changed(self, *, other: bool) -> None:
        """What is found is found anew, in another article nothing."""
        super().page_changed(other=other)
        if other:
            self.end_find()
        elif self._matches is not None:
            self._begin_to_look(self._matches.words)

    def lines_laid(self) -> None:
        """Find what stands on the further lines, too."""
        super().lines_laid()
        if self._matches is not None:
            before = len(self._matches.found)
            self._look_further()
            if len(self._matches.found) != before:
                self.repaint_foot()

    def spans_on(self, number: int) -> Sequence[tuple[int, int, str]]:
        """What is highlighted on a line, and what was found."""
        spans = list(super().spans_on(number))
        if self._matches is not None:
            for start, end, index in self._matches.on_line(number):
                spans.append((start, end, "match-now" if index == self._match else "match"))
        return spans

    def foot_words(self) -> str:
        """How many places were found."""
        if self._matches is None:
            return super().foot_words()
        found, more = self._matches.found, "" if self._all_looked() else "+"
        if not found:
            return said.not_found(self._matches.words) if not more else "…"
        return said.match(self._match + 1, f"{len(found):,}{more}")

    @property
    def finding(self) -> bool:
        """Whether words are lit."""
        return self._matches is not None

    @property
    def words(self) -> str:
        """The words that are lit."""
        return self._matches.words if self._matches is not None else ""

    def begin_find(self) -> None:
        """Remember where the person is, to find from here on and to come back here."""
        self._before_finding = self.spot()

    def find(self, words: str) -> None:
        """Light every place where words stand, and go to the first one from where the finding began."""
        if self.sheet is None or not words.strip():
            self.end_find()
            return
        began = self.finding
        self._begin_to_look(words)
        origin = self.line_of(self._before_finding) if self._before_finding is not None else self.top
        if not began:
            self.post_message(self.KeysChanged())
        if not self._step_to((origin, -1), 1):
            self.go(origin)
        self.repaint()

    def settle_find(self) -> None:
        """The words are the ones that were meant: a way leads back to where the finding began."""
        if self.finding:
            self.leave_way_back(self._before_finding)

    def find_next(self, step: int) -> bool:
        """Go to the next place (step 1) or the one before (step -1), round the page; False where there is none."""
        if self._matches is None or not self._matches.found:
            return False
        here = self._matches.found[self._match].start
        moved = self._step_to(here, step)
        self.repaint()
        return moved

    def end_find(self, *, back: bool = False) -> bool:
        """Light nothing any more, and with `back` return to where it began; False where nothing was lit."""
        if self._matches is None:
            return False
        self._matches = None
        if back and self._before_finding is not None:
            self.go(self.line_of(self._before_finding))
        self._before_finding = None
        self.repaint()
        self.post_message(self.KeysChanged())
        return True

    def _step_to(self, here: tuple[int, int], step: int) -> bool:
        """Go to the place next to a place, laying as much of the page as that takes."""
        assert self._matches is not None
        found = self._matches.found
        if step > 0:
            while not any(match.start > here for match in found[-1:]) and not self._all_looked():
                if self.sheet is not None and self._looked == self.sheet.text_laid:
                    self.lay(self.sheet.text_laid + _LOOK_AHEAD)
                self._look_further()
            index = next((index for index, match in enumerate(found) if match.start > here), 0)
        else:
            index = next((index for index in reversed(range(len(found))) if found[index].start < here), -1)
            if index < 0:
                self.lay_all()
                while not self._all_looked():
                    self._look_further()
                index = len(found) - 1
        if not found:
            return False
        self._match = index
        self.reveal(found[index].line)
        return True

    def _begin_to_look(self, words: str) -> None:
        self._matches, self._looked = Matches(words), 0
        self._look_further()

    def _look_further(self) -> None:
        """Look through more of the lines that are laid, and go on with that in a moment if there are many."""
        if self._matches is None or self.sheet is None:
            return
        laid = self.sheet.text_laid
        self._looked = min(self._looked + _LOOKED_AT_ONCE, laid)
        self._matches.take(self.sheet.line, self._looked, done=self._all_looked())
        if self._looked < laid and self._looks_on is None:
            self._looks_on = self.set_timer(_LOOK_ON, self._look_on)

    def _look_on(self) -> None:
        self._looks_on = None
        before = len(self._matches.found) if self._matches is not None else 0
        self._look_further()
        found = self._matches.found[before:] if self._matches is not None else ()
        self.repaint_lines(line for match in found for line, _, _ in match.parts)
        self.repaint_foot()

    def _all_looked(self) -> bool:
        return self._all_laid() and (self.sheet is None or self._looked == self.sheet.text_laid)

    def _all_laid(self) -> bool:
        return self.sheet is None or self.sheet.body.done
