"""Coming back after days away: an offer in one line, what mattered meanwhile, and the rest set aside undoably."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.model import Change, Query, Scope
from newsreader.store import Store
from newsreader.ui.desk import Desk
from newsreader.ui.steps import Painting
from newsreader.ui.words import away as words

if TYPE_CHECKING:
    from newsreader.model import Gap

_DAY: Final = 86_400
_USUAL: Final = 7 * _DAY  # what is caught up with by whoever was not away


class Away(Desk):
    """The command that catches up, and what offers it."""

    _since: int | None = None

    async def offer(self, seen: int) -> None:
        """Say how long nobody was here and how much came, and the key that leads on."""
        main, self._since = self.main, seen
        gap = await main.library.call(Store.gap_since, seen)
        if gap.new:
            days = (int(main.clock()) - seen) // _DAY
            main.foot.say(words.offer(days, gap.new, main.keymap.key_of("catch_up")))

    async def action_catch_up(self) -> None:
        """Show what mattered of the time away, or of a week, and offer to set the rest aside."""
        from newsreader.ui.dialogs.catching_up import CatchingUpScreen

        main, now = self.main, int(self.main.clock())
        since = now - _USUAL if self._since is None else self._since
        gap = await main.library.call(Store.gap_since, since)
        if not gap.new:
            main.foot.say(words.NOTHING_NEW)
            return
        top = await main.library.call(Store.heads, gap.top)
        screen = CatchingUpScreen(gap, top, now, main.keymap.key_of("undo"))
        main.app.push_screen(screen, lambda agreed: self._answered(gap, agreed=bool(agreed)))

    def _answered(self, gap: Gap, *, agreed: bool) -> None:
        if agreed:
            self.main.after_others(lambda: self._set_aside(gap))

    async def _set_aside(self, gap: Gap) -> None:
        """Mark the rest read as one action, and list what is left."""
        painting, count = Painting(self.main, Change(0)), 0
        async for so_far, change in self.main.library.steps(Store.set_aside, gap):
            count = so_far
            await painting.add(change)
        await painting.paint()
        self._since = None
        await self.main.list_query(Query(Scope.UNREAD))
        self.main.foot.say(words.done(count, self.main.keymap.key_of("undo")))
