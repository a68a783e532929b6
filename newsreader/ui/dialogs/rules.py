"""The rules: what is done to articles as they come in. Adding, changing, pausing, removing; all of it undoable."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual import on

from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.dialogs.even_rows import HEIGHT, EvenRows
from newsreader.ui.dialogs.frame import Dialog, Hints, Saying
from newsreader.ui.dialogs.lists import ListKeys, TakingList
from newsreader.ui.dialogs.rule import Ground, RuleScreen
from newsreader.ui.pieces import in_place
from newsreader.ui.signs import marked
from newsreader.ui.steps import turned_whole
from newsreader.ui.words import dialogs, ruling
from newsreader.ui.words import managing as words
from newsreader.ui.words.rules import described
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rich.style import Style
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import Change, Rule

_SHOWN: Final = 40  # cells of a rule's name in a sentence


class RuleRows(EvenRows):
    """Two lines a rule, and a gap: its query and its deed; what it did so far. One that pauses is dim."""

    def __init__(self, rules: tuple[Rule, ...] = ()) -> None:
        self._rules = rules

    def __len__(self) -> int:
        return len(self._rules)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """The name on the left, the deed on the right; below, what came of it."""
        if line == HEIGHT - 1:
            return []
        rule = self._rules[row]
        right = rule.does if line == 0 else ""
        left = rule.title if line == 0 else described(rule)
        if line == 1 and rule.title != rule.query:
            left = f"{rule.query} · {left}"
        shown = truncate(one_line(left), max(0, width - 5 - cell_width(right)))
        filler = " " * max(0, width - 3 - cell_width(shown) - cell_width(right))
        look = "list--strong" if line == 0 and not rule.paused else "list--dim"
        return [
            Segment(f"  {in_place(shown)}{filler}", style(look)),
            Segment(right, style("list--title" if not rule.paused else "list--dim")),
        ]


class RulesScreen(Dialog[None], ListKeys[TakingList]):
    """All rules in the order in which they act."""

    HEADING = ruling.HEADING
    PAGE = "#rules"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j", "move(1)", "down"),
        ("up,k", "move(-1)", "up"),
        ("a", "add", "add"),
        ("enter,e", "change", "change"),
        ("space", "pause", "pause"),
        ("n", "apply", "do it now"),
        ("left_curly_bracket,shift+up", "shift(-1)", "up one"),
        ("right_curly_bracket,shift+down", "shift(1)", "down one"),
        ("x,delete", "remove", "remove"),
        ("u", "undo", "undo"),
        ("escape,q", "dismiss", "close"),
    ]

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self._rules: tuple[Rule, ...] = ()
        self._list = TakingList(RuleRows(), id="rules")
        self._said = Saying("", id="said")
        self._in_turn = asyncio.Lock()  # keys that are pressed fast act one after the other
        self._changes = 0  # made here, and not undone: u goes no further back while the dialog is open

    def content(self) -> list[Widget]:
        """The rules, what was done here, the hints."""
        self._said.display = False
        return [self._list, self._said, Hints(*ruling.KEYS)]

    def on_mount(self) -> None:
        """Show them."""
        self.set_focus(self._list)
        self._do(self._load)

    # Keys

    def action_add(self) -> None:
        """Write a new rule."""
        self.app.push_screen(RuleScreen(self._ground), self._written)

    @on(TakingList.Taken)
    def action_change(self) -> None:
        """Change the rule under the cursor."""
        rule = self._under_cursor()
        if rule is None:
            self.action_add()
        else:
            self.app.push_screen(RuleScreen(self._ground, rule), self._written)

    def action_pause(self) -> None:
        """Let the rule pause, or go on."""
        if (rule := self._under_cursor()) is not None:
            call = self._ground.library.call(Store.pause_rules, [rule.id], not rule.paused)
            self._do(lambda: self._settle(call, ruling.goes_on if rule.paused else ruling.pauses, rule))

    def action_apply(self) -> None:
        """Let the rule act on what is here already."""
        if (rule := self._under_cursor()) is not None:
            call = self._ground.library.call(Store.apply_now, rule.id)
            self._do(lambda: self._settle(call, ruling.acted, rule))

    def action_shift(self, step: int) -> None:
        """Let the rule act sooner (step -1) or later: it changes places with the next one."""
        if (rule := self._under_cursor()) is not None:
            self._do(lambda: self._shift(rule, step))

    async def _shift(self, rule: Rule, step: int) -> None:
        change = await self._ground.library.call(Store.move_rules, [rule.id], step)
        if not change:
            self._say(words.FIRST_ALREADY)
            return
        self._changes += 1
        await self._ground.apply(change)
        await self._load()
        place = next((row for row, each in enumerate(self._rules) if each.id == rule.id), 0)
        self._list.show(RuleRows(self._rules), cursor=place, keep_place=True)

    def action_remove(self) -> None:
        """Remove the rule."""
        if (rule := self._under_cursor()) is not None:
            call = self._ground.library.call(Store.remove_rules, [rule.id])
            self._do(lambda: self._settle(call, ruling.removed, rule))

    def action_undo(self) -> None:
        """Undo the last thing done here."""
        self._do(self._undo)

    # Doing

    def _under_cursor(self) -> Rule | None:
        cursor = self._list.cursor
        return self._rules[cursor] if cursor is not None and cursor < len(self._rules) else None

    def _written(self, sentence: str | None) -> None:
        if sentence is not None:
            self._changes += 1
            self._do(lambda: self._load(sentence))

    def _do(self, action: Callable[[], Awaitable[None]]) -> None:
        self.run_worker(work(self._guard, action), group="doing")

    async def _guard(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            async with self._in_turn:
                await action()
        except NewsreaderError as error:
            self._say(error.phrase, "$warning")

    async def _load(self, sentence: str = "") -> None:
        known = {rule.id for rule in self._rules}
        self._rules = await self._ground.library.call(Store.rules)
        if not self.is_attached:
            return
        # On what is new here: the next key is about the rule that was just written, or that undo brought back.
        come = next((row for row, rule in enumerate(self._rules) if rule.id not in known), None)
        cursor = self._list.cursor or 0 if come is None else come
        self._list.show(RuleRows(self._rules), cursor=cursor, keep_place=come is None)
        self._list.say(ruling.NO_RULES)
        if sentence:
            self._say(sentence)
        self.fit()

    async def _settle(self, call: Awaitable[Change], said: Callable[[str], str], rule: Rule) -> None:
        change = await call
        self._changes += 1
        await self._ground.apply(change)
        await self._load(ruling.done(said(truncate(rule.title, _SHOWN)), len(change.articles)))

    async def _undo(self) -> None:
        undone = await self._ground.library.call(Store.undo) if self._changes else None
        if undone is None:
            self._say(dialogs.NOTHING_TO_UNDO)
            return
        self._changes -= 1
        await turned_whole(self._ground, undone)
        await self._load(dialogs.undone(str(undone.action)))

    def _say(self, sentence: str, look: str = "$foreground") -> None:
        if self.is_attached:
            self._said.display = True
            self._said.update(marked(one_line(sentence), look))
            self.fit()
