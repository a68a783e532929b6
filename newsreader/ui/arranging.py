"""How the panes are arranged: their widths, how close the rows stand, by what a list is grouped, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.store import Store
from newsreader.ui.desk import Desk
from newsreader.ui.folding import Wanted
from newsreader.ui.pane_widths import KEY, PANE_IDS, widened
from newsreader.ui.words import panes as words

if TYPE_CHECKING:
    from newsreader.ui.pane_widths import Choice

_STEP: Final = 2  # cells that a pane is made wider or narrower
_COMPACT, _COMFORTABLE = "compact", "comfortable"


class Arranging(Desk):
    """The commands that arrange the panes."""

    # Widths

    async def action_pane_narrower(self, count: int = 1) -> None:
        """Make the pane that has the focus narrower."""
        await self._widen(-_STEP * count)

    async def action_pane_wider(self, count: int = 1) -> None:
        """Make the pane that has the focus wider."""
        await self._widen(_STEP * count)

    async def _widen(self, step: int) -> None:
        shown = self.main.panes_shown()
        if len(shown) < 2:
            self.main.foot.say(words.ONE_PANE)
            return
        before = self.main.row.beside.choice
        after = widened(self.main.size.width, shown, before, PANE_IDS[self.main.pane], step)
        if after == before:
            self.main.foot.say(words.AS_FAR_AS_IT_GOES)
        else:
            await self.keep_widths(after)

    async def keep_widths(self, choice: Choice) -> None:
        """Make the panes so wide, and keep that."""
        self.main.row.widen(choice)
        await self.main.library.call(Store.remember, KEY, choice.dump())

    # Groups

    async def action_by_source(self) -> None:
        """Group lists by source, or by day again; the cursor stays on its article."""
        from newsreader.ui.grouping import Groups

        if not Groups.can_be_made(self.main.browsing.query):
            self.main.foot.say(words.NOT_GROUPED)
            return
        self.main.grouped = not self.main.browsing.grouped
        await self.relist()
        self.main.foot.say(words.grouping(self.main.keymap.key_of("by_source"), grouped=self.main.grouped))

    async def action_quiet_first(self) -> None:
        """Put what sources brought that seldom post above all others, or all by day again."""
        on = not self.main.config.quiet_first
        said = await self.main.change_setting("list.quiet_first", on)
        key = self.main.keymap.key_of("quiet_first")
        self.main.foot.say(f"{words.quiet_first(key, on=on)} {said}".rstrip())

    async def relist(self) -> None:
        """List anew what is to stand otherwise; the cursor stays on its article, and what is selected is so still."""
        main = self.main
        cursor, selected = main.articles.cursor, main.articles.selected
        await main.list_query(main.browsing.query, cursor=cursor, keep=cursor)
        if selected:
            main.articles.select(selected.intersection(main.articles.roll[:]) if main.browsing.is_whole else selected)
            main.browsing.draw_head()

    # Folds

    async def action_fold_stories(self) -> None:
        """Fold what several sources tell of one event into one row, or let all stand by itself again."""
        await self._fold("list.stories", on=not self.main.articles.folds.stories)

    async def action_fold_bursts(self) -> None:
        """Fold what one source posts in a row within a day into one row, or let all stand by itself again."""
        await self._fold("list.bursts", on=not self.main.articles.folds.bursts)

    async def _fold(self, name: str, *, on: bool) -> None:
        said = await self.main.change_setting(name, on)
        await self.refold()
        stories = name == "list.stories"
        key = self.main.keymap.key_of
        listed = self.main.articles.folds.of(self.main.browsing.query) or not on
        self.main.foot.say(" ".join(filter(None, (words.folding(key, stories=stories, on=on, here=listed), said))))

    async def refold(self) -> None:
        """List anew what is to be folded otherwise; the cursor stays on its article."""
        main, config = self.main, self.main.config
        wanted = Wanted(config.stories, config.bursts)
        if wanted != main.articles.folds:
            main.articles.folds = wanted
            await self.relist()

    # What was said

    def action_messages(self) -> None:
        """Show what was said at the foot of late."""
        from newsreader.ui.dialogs.messages import MessagesScreen

        if self.main.foot.recent:
            self.main.app.push_screen(MessagesScreen(tuple(self.main.foot.recent)))
        else:
            self.main.foot.say(words.NOTHING_SAID)

    # Rows

    async def action_density(self) -> None:
        """Set the lists closer, a line to a row, or with space again; what config.toml says of it wins later."""
        compact = not self.main.articles.compact
        self.main.set_compact(compact=compact)
        self.main.foot.say(words.density(self.main.keymap.key_of("density"), compact=compact))
        said = await self.main.change_setting("screen.density", _COMPACT if compact else _COMFORTABLE)
        if said:
            self.main.foot.say(said)
