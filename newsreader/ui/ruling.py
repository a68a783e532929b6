"""The desk of rules: the dialog of all, what they hide, and showing some of it again."""

from __future__ import annotations

from dataclasses import replace

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
        """List what rules hide."""
        await self.main.go(Query(Scope.HIDDEN))

    def action_show_again(self) -> None:
        """Show a hidden article again; its rule leaves it alone from now on."""
        head = self.main.target()
        if head is None:
            return
        if head.hidden_by is None:
            key = self.main.keymap.key_of("go_hidden")
            self.main.foot.say(f"No rule hides this article. {key} goes to what rules hide.")
            return
        self.main.write(self.main.library.call(Store.show_again, (head.id,)), [replace(head, hidden_by=None)])
        self.main.did(words.shown_again(head.hidden_by))
