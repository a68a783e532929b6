"""Moving in a page: by lines, pages, paragraphs and headings, and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import Place
from newsreader.ui.page_view import PageView

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.sheet import Sheet

OVERLAP: Final = 2  # lines of the old page that a new page begins with
_EYE_SECONDS: Final = 1.5
_WAYS_BACK: Final = 100  # places to come back to


class Spot(NamedTuple):
    """Where one was, to come back: the line on top of a sheet, and its place for when the sheet is another one."""

    sheet: Sheet
    top: int
    place: Place


class TurningPage(PageView, inherit_bindings=False):
    """A page that is turned."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the name is textual's
        super().__init__(id=id, classes=classes)
        self._eye_timer: Timer | None = None
        self._landed: tuple[int, int] | None = None  # the line gone to last, and what stood on top then
        self._ways_back: list[Spot] = []

    def page_changed(self, *, other: bool) -> None:
        """Lines are others now; ways back lead through one article only."""
        self._landed = None
        if other:
            self._ways_back.clear()

    # By lines and pages

    def move(self, step: int) -> None:
        """Scroll down by some lines, up if they are negative."""
        self.go(self.top + step)

    def turn(self, share: float) -> None:
        """Turn so many pages, or go back where they are negative; a part of them is scrolled, in halves of the pane."""
        if share != int(share):
            self.go(self.top + round(2 * share) * max(self.room // 2, 1))
            return
        for _ in range(abs(int(share))):
            if not (self.page_down() if share > 0 else self.page_up()):
                break

    def page_down(self) -> bool:
        """Turn the page, its last lines staying in sight, and mark where the eye was; False at the end."""
        top = self.top
        self.lay(top + 2 * self.room)
        if top >= self.last_top:
            return False
        self.mark(top + self.room)
        self.go(top + max(self.room - self._overlap(top + self.room - 1, -1), 1))
        return True

    def page_up(self) -> bool:
        """Turn the page back; False at the top."""
        if not self.top:
            return False
        self.go(self.top - max(self.room - self._overlap(self.top, 1), 1))
        return True

    def _overlap(self, line: int, step: int) -> int:
        """How many lines stay in sight, from one at the edge of the pane on: two, and more until one has words."""
        kept, most = OVERLAP, max(self.room // 2, OVERLAP)
        while self.sheet is not None and kept < most:
            if any(self.sheet.line(line + step * number).words.strip() for number in range(kept)):
                break
            kept += 1
        return kept

    def to_end(self, *, last: bool) -> None:
        """Go to the end of the page, or to its top."""
        self.leave_way_back()
        if last:
            self.lay_all()
        self.go(self.last_top if last else 0)

    def to_number(self, number: int) -> None:
        """Go so many percent down the text."""
        self.leave_way_back()
        self.lay_all()
        self.go(round(self.text_end * min(number, 100) / 100))

    def place_line(self, share: float) -> None:
        """Put the line that was gone to last, else the one in the middle, so far down the pane: 1 is the bottom."""
        gone_to = self._landed is not None and self._landed[1] == self.top
        line = self._standing() if gone_to else self.top + self.room // 2
        self.go(line - round(share * max(0, self.room - 1)))
        self._landed = (line, self.top)
        self.mark(line)

    # By paragraphs and headings

    def paragraph(self, step: int) -> bool:
        """Go to the next paragraph (step 1) or the one before (step -1); False where there is none.

        The head with title and facts is one, and on top.
        """
        if self.sheet is None:
            return False
        line = self._standing()
        if step > 0:
            line = max(line, self.sheet.text_begins - 1)
        while (line := line + step) >= self.sheet.text_begins:
            if step > 0:
                self.lay(line + self.room)
            if line >= self.sheet.laid:
                return False
            if self.sheet.line(line).words.strip() and not self.sheet.line(line - 1).words.strip():
                return self._land(line)
        return self._land(0)

    def heading(self, step: int) -> bool:
        """Go to the next heading (step 1) or the one before (step -1), the title among them; False for none."""
        if self.sheet is None:
            return False
        line = self.sheet.heading(self._standing(), step)
        return line is not None and self._land(line)

    def _standing(self) -> int:
        """The line to go on from: what was gone to last, where nothing else moved since, else what is on top."""
        if self._landed is not None and self._landed[1] == self.top:
            return self._landed[0]
        return self.top

    def _land(self, line: int) -> bool:
        """Put a line on top, as far as the page is long, and mark it where it stands lower."""
        moved = line != self._standing()
        self.go(line)
        self._landed = (line, self.top)
        if line != self.top:
            self.mark(line)
        return moved

    # To a place that a link names, and back

    def jump(self, target: str) -> bool:
        """Go to where a link inside the article ("#note-1") leads, and leave a way back; False where that is nowhere.

        What stands there is marked for a moment: at the end of the page it is not on top.
        """
        found = self.sheet.body.place_of(target) if self.sheet is not None else None
        if found is None or self.sheet is None:
            return False
        self.leave_way_back()
        line = self.sheet.line_of(Place(block=found[0], offset=found[1]))
        self.go(line - OVERLAP)
        self.mark(line)
        return True

    def spot(self) -> Spot | None:
        """Where the person is."""
        return Spot(self.sheet, self.top, self.place) if self.sheet is not None else None

    def line_of(self, spot: Spot) -> int:
        """The line that stood on top there."""
        if self.sheet is None or self.sheet.stands_as(spot.sheet):
            return spot.top
        return self.sheet.line_of(spot.place)

    def leave_way_back(self, spot: Spot | None = None) -> None:
        """Remember where the person is, or was, before going far."""
        spot = spot or self.spot()
        if spot is not None:
            self._ways_back.append(spot)
            del self._ways_back[:-_WAYS_BACK]

    def back(self) -> bool:
        """Go back to where the person was before going far; False where that is nowhere."""
        while self._ways_back:
            line = self.line_of(self._ways_back.pop())
            if line != self.top:
                self.go(line)
                return True
        return False

    # The eye

    def mark(self, line: int) -> None:
        """Mark a line, or the next one with words, for a moment: the eye goes on there."""
        self._show_eye(self.sheet.with_words_from(line) if self.sheet is not None else line)
        if self._eye_timer is not None:
            self._eye_timer.stop()
        self._eye_timer = self.set_timer(_EYE_SECONDS, self._show_eye)

    def _show_eye(self, line: int | None = None) -> None:
        before, self.eye = self.eye, line
        self.repaint_lines(changed for changed in (before, line) if changed is not None)
