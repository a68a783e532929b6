"""A smart source's panel: its name, its search with every mistake shown, its folder; moving and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Static

from newsreader.errors import LibraryError, UsageError
from newsreader.model import SavedSearch, figure
from newsreader.query import parse
from newsreader.store import Store
from newsreader.text import one_line, truncate
from newsreader.ui.dialogs.fields import Choice, Field, fact_label
from newsreader.ui.dialogs.frame import Hanging
from newsreader.ui.dialogs.panel import Panel
from newsreader.ui.words import panels as words
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.widget import Widget

    from newsreader.model import Change, SmartSource
    from newsreader.query import Mistake
    from newsreader.ui.dialogs.panel import Ground

_LOOK: Final = 1.0  # seconds between two looks at its counts
_SHOWN: Final = 60  # cells of a name in a sentence


class SmartPanel(Panel):
    """A smart source, or one that begins with what is searched for; `naming` begins with its name."""

    def __init__(
        self, ground: Ground, folders: tuple[str, ...], smart: SmartSource | None = None, *, naming: bool = False
    ) -> None:
        super().__init__(ground)
        self._smart = smart
        self._folders = folders
        self._naming = naming
        self._changes = int(naming)  # that it was made is undone here, too

    @property
    def smart_id(self) -> int | None:
        """The smart source, where there is one yet."""
        return None if self._smart is None else self._smart.id

    def parts(self) -> list[Widget]:
        """What is wrong with it, how many articles it lists, its fields, what can be done with it."""
        suggester = SuggestFromList(self._folders, case_sensitive=False) if self._folders else None
        return [
            Static("", id="reason"),
            Hanging(id="facts"),
            Field("title", words.NAME, hint=words.SMART_NAME, check=one_line),
            Field("query", words.SEARCH[0], hint=words.SEARCH[1], check=_check),
            Field("folder", words.FOLDER, hint=words.NONE, check=one_line, suggester=suggester),
            Choice("up", words.MOVE_UP),
            Choice("down", words.MOVE_DOWN),
            Choice("remove", *words.REMOVE_SMART),
        ]

    async def load(self) -> None:
        """Read it anew and show it; closes where it is no longer there."""
        if self._smart is not None:
            self._smart = await self.ground.library.call(Store.smart_source, self._smart.id)
            if self._smart is None:
                self.finish()
                return
        if not self.gone:
            self._show(self._smart)

    def _show(self, smart: SmartSource | None) -> None:
        query = "" if smart is None else smart.query
        values = {"title": smart.title, "query": query, "folder": smart.folder or ""} if smart is not None else {}
        self.static("name").update(Content.styled(values.get("title") or words.NEW_SMART, "bold $page-strong"))
        mistakes = parse(query).mistakes
        self.static("reason").display = bool(mistakes)
        self.static("reason").update(shown_mistakes(query, mistakes))
        if smart is not None and not mistakes:
            counts = words.unread_of(figure(smart.unread), figure(smart.total))
            self.query_one(Hanging).put([(fact_label(words.ARTICLES), Content.styled(counts, "$foreground"))])
        for field in self.query(Field):
            text = values.get(field.name or "", "")
            field.put(text or (words.NONE if field.name == "folder" else ""), text)
            field.display = smart is not None or field.name == "query"
        for choice in self.query(Choice):
            choice.display = smart is not None
        self.query_one(Hanging).display = smart is not None and not mistakes
        self.fit()

    def on_mount(self) -> None:
        """Let the counts follow what arrives."""
        self.set_interval(_LOOK, self._look)

    def _look(self) -> None:
        if self._smart is not None:
            self.run_worker(work(self._guard, self.load), group="looking", exclusive=True)

    def ready(self) -> None:
        """Begin with the search of one that is none yet, and with the name of one just made."""
        if self._smart is None:
            self.field("query").begin()
        elif self._naming:
            self.field("title").begin()

    def action_leave(self) -> None:
        """Leave the field as it was, and all of it where there is no smart source yet."""
        if self._smart is None:
            self.finish()
        else:
            super().action_leave()

    def chosen(self, name: str) -> Callable[[], Awaitable[None]]:
        """What can be done with it."""
        return {"up": lambda: self._move(-1), "down": lambda: self._move(1), "remove": self._remove}[name]

    async def _move(self, step: int) -> None:
        if self._smart is not None:
            await self.settle(self.ground.library.call(Store.move_smart, [self._smart.id], step))

    async def _remove(self) -> None:
        smart, self._smart = self._smart, None  # that it is gone is no news any more
        if smart is None:
            return
        try:
            change = await self.ground.library.call(Store.remove_smart, [smart.id])
        except LibraryError:
            self._smart = smart
            raise
        await self.ground.apply(change)
        self.finish(words.removed(truncate(smart.title, _SHOWN), self.ground.keymap.key_of("undo")))

    async def tried(self, name: str, text: str) -> None:
        """Show the mistakes of a search while it is written, but for what is only not written out yet."""
        mistakes = [each for each in parse(text).mistakes if not each.unfinished]
        if name == "query" and mistakes:
            next(field for field in self.query(Field) if field.name == name).refuse(mistakes[0].sentence)

    async def save(self, name: str, text: str) -> None:
        """Keep a field; the first search begins the smart source."""
        if self._smart is None:
            await self._begin_one(text)
            return
        change, call = Store.change_smart, self.ground.library.call
        match name:
            case "title":
                await self.settle(call(change, self._smart.id, title=text))
            case "folder":
                await self.settle(call(change, self._smart.id, folder=text or None))
            case _:
                await self.settle(call(change, self._smart.id, query=text))
        self.say(words.KEPT_UNDO)

    async def _begin_one(self, text: str) -> None:
        added = await self.ground.library.call(Store.add_smart, [SavedSearch("", text)])
        self._smart = await self.ground.library.call(Store.smart_source, added.ids[0])
        await self.settle(_done(added.change))
        self.field("title").begin()
        self.say(words.NAME_IT)


async def _done(change: Change) -> Change:
    return change


def shown_mistakes(query: str, mistakes: tuple[Mistake, ...]) -> Content:
    """A query with its mistakes where they stand, and below what is wrong with each."""
    parts: list[tuple[str, str]] = []
    at = 0
    for mistake in mistakes:
        start = max(at, mistake.start)
        parts += [(query[at:start], "$foreground"), (query[start : mistake.end], "underline $warning")]
        at = max(start, mistake.end)
    parts.append((query[at:], "$foreground"))
    sentences = "".join(f"\n{mistake.sentence}" for mistake in mistakes)
    return Content.assemble(("▲ ", "$warning"), *parts, (sentences, "$warning"))


def _check(text: str) -> None:
    """Raises UsageError for a search that cannot be understood, and for none."""
    if not one_line(text):
        raise UsageError(words.NEEDS_A_SEARCH)
    for mistake in parse(text).mistakes:
        raise UsageError(mistake.sentence)
