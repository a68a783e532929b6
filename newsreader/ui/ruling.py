"""The desk of rules: the dialog of all, what they hide, and showing some of it again."""

from __future__ import annotations

from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.ui.desk import Desk
from newsreader.ui.words import deeds as words


class Ruling(Desk):
    """The commands about rules."""

    def action_rules(self) -> None:
        """Show the rules."""
        from newsreader.ui.dialogs.rules import RulesScreen

        self.main.app.push_screen(RulesScreen(self.main))

    async def action_go_hidden(self) -> None:
        """List what is hidden."""
        await self.main.go(Query(Scope.HIDDEN))

    async def action_hide(self) -> None:
        """Hide the article; show a hidden one again, which a rule leaves alone from now on."""
        head = self.main.target()
        if head is None:
            return
        again = head.hidden_by is not None
        call = self.main.library.call(Store.show_again if again else Store.hide, (head.id,))
        change = await self.main.settle(call, frozenset())
        if not change.articles:
            self.main.foot.say(words.KEPT_IS_NOT_HIDDEN)
        else:
            self.main.did(words.HIDDEN if head.hidden_by is None else words.shown_again(head.hidden_by))
