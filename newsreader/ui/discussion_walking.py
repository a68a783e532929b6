"""Walking through comments: by comment, level, thread and parent; what is folded away counts for nothing."""

from __future__ import annotations

from newsreader.ui.desk import Desk
from newsreader.ui.discussion_sheet import ThreadSheet
from newsreader.ui.words import discussion as words


class Walking(Desk):
    """The commands that choose another comment."""

    def sheet_here(self) -> ThreadSheet | None:
        """What is walked through; where there is nothing, that is said."""
        sheet = self.main.reader.sheet
        if self.main.reading.thread is not None and isinstance(sheet, ThreadSheet):
            return sheet
        self.main.foot.say(words.not_shown(self.main.keymap.key_of("comments")))
        return None

    def comments_here(self) -> ThreadSheet | None:
        """The same, where there are comments."""
        sheet = self.sheet_here()
        if sheet is not None and not sheet.talk.comments:
            self.main.foot.say(words.NO_COMMENT)
            return None
        return sheet

    def _go(self, sheet: ThreadSheet, place: int, *, far: bool = False) -> None:
        """Choose a comment and put it on top, as far as the page is long."""
        reader = self.main.reader
        if far:
            reader.leave_way_back()
        reader.leave_link()
        reader.repaint_lines(sheet.choose(place))
        reader.go(sheet.comment_lines(place).start)
        reader.repaint_foot()

    def _step(self, count: int, step: int) -> None:
        """Go so many comments on, or back; what is folded away counts for nothing."""
        sheet = self.comments_here()
        if sheet is None:
            return
        shown = sheet.talk.shown
        spot = sheet.talk.spot_of(sheet.chosen)
        to = min(max(spot + step * count, 0), len(shown) - 1)
        self._arrive(sheet, shown[to] if to != spot else None, step)

    def _arrive(self, sheet: ThreadSheet, place: int | None, step: int, *, far: bool = False) -> None:
        if place is not None:
            self._go(sheet, place, far=far)
        elif step < 0 and self.main.reader.top:
            self.main.reader.go(0)
        else:
            self.main.foot.say(words.LAST if step > 0 else words.FIRST)

    def action_next_comment(self, count: int = 1) -> None:
        """Go to the next comment, or further."""
        self._step(count, 1)

    def action_previous_comment(self, count: int = 1) -> None:
        """Go to the comment before, or further back."""
        self._step(count, -1)

    def _beside(self, count: int, step: int) -> None:
        sheet = self.comments_here()
        if sheet is None:
            return
        place: int | None = None
        following = sheet.talk.tree.beside(sheet.chosen, step)
        while following is not None and count:
            place, count = following, count - 1
            following = sheet.talk.tree.beside(place, step)
        self._arrive(sheet, place, step)

    def action_next_sibling(self, count: int = 1) -> None:
        """Go to the next comment of the same level, or a higher one at the end."""
        self._beside(count, 1)

    def action_previous_sibling(self, count: int = 1) -> None:
        """Go to the comment of the same level before, or to what they answer."""
        self._beside(count, -1)

    def _thread(self, count: int, step: int) -> None:
        sheet = self.comments_here()
        if sheet is None:
            return
        tree, place = sheet.talk.tree, None
        root = tree.root(sheet.chosen)
        if step < 0 and root != sheet.chosen:  # first to where this thread begins
            place, count = root, count - 1
        while count and (following := tree.beside(root, step)) is not None:
            place, root, count = following, following, count - 1
        self._arrive(sheet, place, step, far=True)

    def action_next_thread(self, count: int = 1) -> None:
        """Go to the next comment on the article itself, or further."""
        self._thread(count, 1)

    def action_previous_thread(self, count: int = 1) -> None:
        """Go back to where this thread begins, and then to the one before."""
        self._thread(count, -1)

    def action_parent_comment(self, count: int = 1) -> None:
        """Go to what this comment answers, or further up."""
        sheet = self.comments_here()
        if sheet is None:
            return
        above = list(sheet.talk.tree.above(sheet.chosen))[:count]
        if above:
            self._go(sheet, above[-1], far=True)
        else:
            self.main.foot.say(words.TOP_LEVEL)
