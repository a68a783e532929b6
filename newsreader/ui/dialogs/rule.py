"""One rule being written: its query, what it does, and, while one types, what it would have done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import on
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input

from newsreader.errors import NewsreaderError
from newsreader.model import Deed
from newsreader.store import Store
from newsreader.text import one_line, short_age, truncate
from newsreader.ui.dialogs.fields import fact_label
from newsreader.ui.dialogs.frame import Dialog, Hanging, Hints, Saying
from newsreader.ui.signs import marked
from newsreader.ui.words import dialogs, lists
from newsreader.ui.words import ruling as words
from newsreader.ui.words.rules import REHEARSED, examples, read_deed, rehearsed
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import ArticleHead, Change, Rehearsal, Rule
    from newsreader.ui.library import Library

_REST: Final = 0.12  # seconds without a letter, then the dry run follows
_EXAMPLES: Final = 6
_DEEDS: Final = tuple("tag " if deed is Deed.TAG else str(deed) for deed in Deed)


class Ground(Protocol):
    """What the rules need of the screen below them."""

    library: Library
    clock: Callable[[], float]

    async def apply(self, change: Change) -> None:
        """Repaint what a change touched."""


class RuleScreen(Dialog[str]):
    """A line for the query and one for the deed; closes with a sentence when the rule is kept."""

    PAGE = "#dry-run"
    BINDINGS: ClassVar[list[BindingType]] = [("tab,down,shift+tab,up", "other", "other line")]

    def __init__(self, ground: Ground, rule: Rule | None = None) -> None:
        super().__init__()
        self._ground = ground
        self._rule = rule
        self._query = Input(
            rule.query if rule else "",
            placeholder=words.WHICH,
            compact=True,
            select_on_focus=False,
            id="query",
        )
        self._deed = Input(
            rule.does if rule else str(Deed.HIDE),
            placeholder=words.DEEDS,
            compact=True,
            suggester=SuggestFromList(_DEEDS, case_sensitive=False),
            id="deed",
        )
        self._said = Saying("", id="said")
        self._examples = Hanging(id="dry-run")

    @property
    def heading(self) -> str:
        """Whether it is a new one."""
        return words.NEW if self._rule is None else words.CHANGE

    def content(self) -> list[Widget]:
        """The two lines, the dry run, the hints."""
        keys = (("⏎", dialogs.KEEP), ("tab", dialogs.OTHER_LINE), ("esc", dialogs.LEAVE))
        return [self._query, self._deed, self._said, self._examples, Hints(*keys)]

    def on_mount(self) -> None:
        """Begin with the query."""
        self.set_focus(self._query)
        self._query.cursor_position = len(self._query.value)

    def action_other(self) -> None:
        """Go to the other line; a deed that is begun is completed first."""
        if self.focused is self._deed:
            self._deed.action_cursor_right()
        self.set_focus(self._deed if self.focused is self._query else self._query)

    @on(Input.Changed)
    def _change(self) -> None:
        self.run_worker(work(self._try), group="trying", exclusive=True)

    async def _try(self) -> None:
        """Say what the rule would have done, or what is wrong with it."""
        await asyncio.sleep(_REST)
        query = self._query.value
        if not query.strip():
            self._show(words.REHEARSAL, ())
            return
        try:
            deed, argument = read_deed(self._deed.value)
            await self._ground.library.call(Store.check_rule, query, deed, argument)
            found = await self._ground.library.call(Store.rehearse, query, REHEARSED)
            heads = await self._ground.library.call(Store.heads, examples(deed, found, _EXAMPLES))
        except NewsreaderError as mistake:
            self._show(mistake.phrase, (), look="$warning")
        else:
            self._show(_words(deed, found), heads)

    def _show(self, sentence: str, heads: tuple[ArticleHead, ...], *, look: str = "$foreground") -> None:
        now = int(self._ground.clock())
        self._said.update(marked(one_line(sentence), look))
        self._examples.put(
            (
                fact_label(f"{short_age(head.sort_at, now):>5}  {truncate(head.source_title, 12)}"),
                Content.styled(one_line(head.title) or lists.WITHOUT_A_TITLE, "$page-dim"),
            )
            for head in heads
        )
        self.fit()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.run_worker(work(self._keep), group="keeping", exclusive=True)

    async def _keep(self) -> None:
        """Keep the rule and close; the screen below is repainted also where this is closed meanwhile."""
        library, rule, query = self._ground.library, self._rule, self._query.value
        try:
            deed, argument = read_deed(self._deed.value)
            if rule is None:
                change = await library.call(Store.add_rule, query, deed, argument)
            else:
                title = rule.title if rule.title != rule.query else ""
                change = await library.call(Store.edit_rule, rule.id, query, deed, argument, title=title)
            await self._ground.apply(change)
        except NewsreaderError as mistake:
            if self.is_attached:
                self._show(mistake.phrase, (), look="$warning")
            return
        if self.is_attached:
            self.dismiss(words.CHANGED if rule else words.ADDED)


def _words(deed: Deed, found: Rehearsal) -> str:
    return rehearsed(deed, found) if found.matched else words.NOTHING_FOUND
