"""What is done to a whole list, and what takes things back: large ones in steps, behind what the person does next."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Final

from newsreader.errors import LibraryError
from newsreader.model import Change, Query, Scope
from newsreader.store import Store
from newsreader.ui.desk import Desk
from newsreader.ui.steps import Painting, turned_whole
from newsreader.ui.words import lists as words
from newsreader.ui.words.journal import outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from newsreader.model import Undone

_SAID: Final = 0.5  # seconds after which it is said what goes on
_SAID_AGAIN: Final = 2.0  # and after which it is said anew


class Turns(Desk):
    """The commands that mark whole lists, undo and redo."""

    _through: asyncio.Event | None = None  # of a large undo or redo that goes on behind

    def action_mark_all_read(self) -> None:
        """Mark everything in this list read."""
        self._mark(self.main.browsing.mark_read(), self.main.articles.known_ids())

    def action_mark_above_read(self) -> None:
        """Mark everything above the article in this list read."""
        here = self.main.articles.cursor_place or 0
        self._mark(self.main.browsing.mark_read(0, here), self.main.articles.roll[:here])

    def action_mark_below_read(self) -> None:
        """Mark everything below the article in this list read."""
        here = self.main.articles.cursor_place
        first = 0 if here is None else here + 1
        self._mark(self.main.browsing.mark_read(first), self.main.articles.roll[first:])

    def _mark(self, steps: AsyncIterator[tuple[int, Change]], ids: Iterable[int]) -> None:
        """Paint what is in view as read at once, and mark all of it in steps."""
        heads = (self.main.articles.head(each) for each in ids)
        painted = [head._replace(read=True) for head in heads if head is not None and not head.read]
        self.main.pace.draw_now(lambda: self.main.articles.put_heads(painted))
        self.main.spawn(self._mark_all, steps, frozenset(head.id for head in painted))

    async def _mark_all(self, steps: AsyncIterator[tuple[int, Change]], painted: frozenset[int]) -> None:
        painting, count, said = Painting(self.main, Change(0)), 0, monotonic() + _SAID
        try:
            async for so_far, change in steps:
                count = so_far
                await painting.add(change)
                if monotonic() >= said:
                    said += _SAID_AGAIN
                    self.main.foot.say(words.marking(count))
        except LibraryError:
            await self.main.apply(Change(0, articles=painted))
            raise
        await painting.paint()
        undo = self.main.keymap.key_of("undo")
        self.main.foot.say(words.marked_read(count, undo) if count else words.ALL_READ_ALREADY)

    async def action_undo(self, count: int = 1) -> None:
        """Undo the last thing done in this window, or several."""
        await self._turn(Store.undo, back=True, count=count)

    async def action_redo(self, count: int = 1) -> None:
        """Do again what this window undid last, or several."""
        await self._turn(Store.redo, back=False, count=count)

    async def _turn(self, call: Callable[[Store], Undone | None], *, back: bool, count: int = 1) -> None:
        """Turn actions; of a large one only the beginning is waited for, and what is asked for meanwhile waits."""
        for number in range(count):
            if self._through is not None and not self._through.is_set():
                self.main.spawn(self._turn_after, self._through, call, back, count - number)
                return
            turned = await self.main.library.call(call)
            if turned is None:
                if not number:  # less than was asked for is no news
                    self.main.foot.say(words.NOTHING_TO_UNDO if back else words.NOTHING_TO_REDO)
                return
            if turned.unfinished is None:
                await self.main.apply(turned.change)
                await self._say_turned(turned, back)
            else:
                self._through = asyncio.Event()
                self.main.foot.say(words.TAKING_BACK if back else words.DOING_AGAIN)
                self.main.spawn(self._turn_rest, turned, back, self._through)

    async def _turn_after(
        self, through: asyncio.Event, call: Callable[[Store], Undone | None], back: bool, count: int
    ) -> None:
        await through.wait()
        await self._turn(call, back=back, count=count)

    async def _turn_rest(self, turned: Undone, back: bool, through: asyncio.Event) -> None:
        try:
            turned = await turned_whole(self.main, turned)
        finally:
            through.set()
        await self._say_turned(turned, back)

    async def _say_turned(self, turned: Undone, back: bool) -> None:
        await self._leave_what_is_gone()
        self.main.foot.say(outcome(turned, back=back))

    async def _leave_what_is_gone(self) -> None:
        if not self.main.shelf.has(self.main.browsing.query):
            await self.main.go(Query(Scope.UNREAD))

    def action_journal(self) -> None:
        """List all that was done, in every window, to take any of it back."""
        from newsreader.ui.dialogs.journal import JournalScreen

        self.main.app.push_screen(JournalScreen(self.main), self._left_journal)

    def _left_journal(self, result: None) -> None:
        del result
        self.main.after_others(self._leave_what_is_gone)
