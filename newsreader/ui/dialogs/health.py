"""How all sources do, trouble first: filtered by typing, mended by one key each, several at once; all undoable."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from newsreader.errors import NewsreaderError
from newsreader.model import Query, Scope
from newsreader.query.folding import bare
from newsreader.store import Store
from newsreader.text import cell_width, one_line, truncate, without_userinfo
from newsreader.ui.condition import BROWSER, fixes_of, line_of, short_address, standing_of
from newsreader.ui.dialogs.even_rows import HEIGHT, EvenRows
from newsreader.ui.dialogs.frame import Dialog, Hints, Saying
from newsreader.ui.dialogs.lists import ListKeys
from newsreader.ui.dialogs.source import SourcePanel
from newsreader.ui.pieces import in_place
from newsreader.ui.signs import marked
from newsreader.ui.source_rows import folders_of
from newsreader.ui.virtual_list import VirtualList
from newsreader.ui.words import health as words
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.model import Change, SourceHealth
    from newsreader.ui.condition import Fix
    from newsreader.ui.live import LivePanes

_OUTSIDE: Final = frozenset({"find", "browse", "password", "remove", "pause"})  # not done by the key that mends


class HealthRows(EvenRows):
    """Two lines a source, and a gap: its name and how it does in short; the facts, the most telling first."""

    def __init__(
        self, healths: Sequence[SourceHealth] = (), ticked: frozenset[int] = frozenset(), now: int = 0
    ) -> None:
        self._healths = healths
        self._ticked = ticked
        self._now = now

    def __len__(self) -> int:
        return len(self._healths)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """The mark, the name, the standing; below, the facts."""
        if line == HEIGHT - 1:
            return []
        health = self._healths[row]
        if line == 1:
            facts = truncate(one_line(line_of(health, self._now)), max(0, width - 4))
            return [Segment(f"   {facts}", style("list--dim"))]
        source = health.source
        loud = source.error is not None and source.paused is None
        sign, look = (" ▲ ", "list--warning") if loud else ("   ", "list--dim")
        lead = Segment(" ◉ ", style("list--mark")) if source.id in self._ticked else Segment(sign, style(look))
        name = truncate(one_line(source.title or source.url), max(8, width - 5 - min(24, width // 3)))
        right = truncate(one_line(standing_of(health, self._now)), max(0, width - cell_width(name) - 7))
        filler = " " * max(0, width - 4 - cell_width(name) - cell_width(right))
        look = "list--strong" if health.reason and source.paused is None else "list--title"
        return [
            lead,
            Segment(in_place(name), style(look)),
            Segment(f"{filler}{right} ", style("list--dim")),
        ]


class HealthList(VirtualList[int]):
    """The sources; a click on the mark chooses one, a second click elsewhere opens its panel."""

    class Moved(Message):
        """The cursor is on another source."""

    class Taken(Message):
        """The person clicked on the source under the cursor, on its mark or not."""

        def __init__(self, *, on_mark: bool) -> None:
            self.on_mark = on_mark
            super().__init__()

    def __init__(self) -> None:
        self._clicked: int | None = None
        super().__init__(HealthRows(), id="healths")

    def cursor_moved(self, key: int) -> None:
        """Tell the screen."""
        del key
        self.post_message(self.Moved())

    def row_clicked(self, key: int, column: int) -> None:
        """Tell the screen."""
        self.post_message(self.Moved())
        on_mark = column < len(" ◉ ")
        if on_mark or self._clicked == key:
            self.post_message(self.Taken(on_mark=on_mark))
        self._clicked = key


class HealthScreen(Dialog[Query], ListKeys[HealthList]):
    """Closes with the source to go to, where one was asked for."""

    HEADING = words.HEADING
    PAGE = "#healths"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j", "move(1)", "down"),
        ("up,k", "move(-1)", "up"),
        ("pagedown,ctrl+d,ctrl+f", "page(1)", "page down"),
        ("pageup,ctrl+u,ctrl+b", "page(-1)", "page up"),
        ("home", "end(False)", "top"),
        ("G,end", "end(True)", "end"),
        ("space,x", "tick", "choose"),
        ("slash,tab", "filter", "filter"),
        ("enter,e", "panel", "all of it"),
        ("m", "mend", "mend"),
        ("r", "fetch", "fetch now"),
        ("P,p", "pause", "pause"),
        ("U", "user_agent", "user agent"),
        ("D,delete", "remove", "remove"),
        ("o", "go", "its articles"),
        ("u", "undo", "undo"),
        ("escape,q", "leave", "back"),
    ]

    def __init__(self, main: LivePanes) -> None:
        super().__init__()
        self._main = main
        self._all: tuple[SourceHealth, ...] = ()
        self._shown: tuple[SourceHealth, ...] = ()
        self._texts: dict[int, str] = {}  # what the filter looks through, by source
        self._ticked: frozenset[int] = frozenset()
        self._list = HealthList()
        self._line = Input(placeholder=words.FILTER, compact=True)
        self._about = Saying("", id="about")
        self._said = Saying("", id="said")
        self._in_turn = asyncio.Lock()  # keys that are pressed fast act one after the other
        self._changes = 0  # made here, and not undone: u goes no further back while the screen is open

    def content(self) -> list[Widget]:
        """The line that filters, the sources, what is to be said of the one under the cursor, what was done, keys."""
        self._said.display = False
        return [self._line, self._list, self._about, self._said, Hints(*words.KEYS)]

    def on_mount(self) -> None:
        """Show them."""
        self.set_focus(self._list)
        self._do(self._load)

    # What is shown

    async def _load(self, sentence: str = "") -> None:
        self._all = await self._main.library.call(Store.healths)
        if not self.is_attached:
            return
        now = int(self._main.clock())
        self._texts = {health.source.id: _searched(health, now) for health in self._all}
        self._ticked &= frozenset(health.source.id for health in self._all)
        self._show(keep=True)
        if sentence:
            self._say(sentence)

    def _show(self, *, keep: bool) -> None:
        """List what the filter leaves; the cursor stays on its source where that is there."""
        here = self._here()
        now = int(self._main.clock())
        wanted = [bare(word) for word in self._line.value.split()]
        self._shown = tuple(each for each in self._all if all(word in self._texts[each.source.id] for word in wanted))
        row = next((row for row, each in enumerate(self._shown) if here and each.source.id == here.source.id), 0)
        before = self._list.cursor or 0
        row = row or (min(before, len(self._shown) - 1) if keep else 0)
        self._list.say(words.NONE_SUCH if self._all else words.NO_SOURCES)
        self._list.show(HealthRows(self._shown, self._ticked, now), cursor=row, keep_place=keep)
        self._tell()

    @on(HealthList.Moved)
    def _tell(self) -> None:
        """Say all of what is wrong with the source under the cursor, and what the key does about it."""
        here = self._here()
        reason = without_userinfo(here.reason) if here is not None and here.reason else ""
        fix = _mending(here) if here is not None else None
        parts = [("m ", "bold $foreground"), (f"{fix.words}.  ", "$foreground")] if fix is not None and reason else []
        parts += [(one_line(reason), "$page-dim")] if reason else []
        self._about.display = bool(parts)
        self._about.update(Content.assemble(*parts))
        self.fit()

    def _say(self, sentence: str, look: str = "$foreground") -> None:
        if self.is_attached:
            self._said.display = bool(sentence)
            self._said.update(marked(one_line(sentence), look))
            self.fit()

    def _here(self) -> SourceHealth | None:
        cursor = self._list.cursor
        return self._shown[cursor] if cursor is not None and cursor < len(self._shown) else None

    def _chosen(self) -> list[SourceHealth]:
        """What is ticked; without any, the one under the cursor."""
        ticked = [health for health in self._all if health.source.id in self._ticked]
        here = self._here()
        return ticked or ([here] if here is not None else [])

    # Moving

    def action_move(self, step: int) -> None:
        """Move the cursor; from the line into the list."""
        if self.focused is not self._list:
            self.set_focus(self._list)
        else:
            super().action_move(step)

    def action_end(self, last: bool) -> None:
        """Go to the top or to the end."""
        self._list.to_end(last=last)

    def action_filter(self) -> None:
        """Type what to look for."""
        self.set_focus(self._line if self.focused is self._list else self._list)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._show(keep=False)

    @on(Input.Submitted)
    def _filtered(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self._list)

    def action_leave(self) -> None:
        """Let go of the filter, then of what is chosen, then close."""
        if self.focused is self._line or self._line.value:
            self._line.value = ""
            self.set_focus(self._list)
        elif self._ticked:
            self._ticked = frozenset()
            self._show(keep=True)
        else:
            self.dismiss(None)

    def action_tick(self) -> None:
        """Choose the source, or take the choice back."""
        if (here := self._here()) is not None:
            self._ticked ^= {here.source.id}
            self._show(keep=True)
            self._list.move(1)
            self._say(words.chosen(len(self._ticked)) if self._ticked else "")

    @on(HealthList.Taken)
    def _click(self, event: HealthList.Taken) -> None:
        if event.on_mark:
            self.action_tick()
        else:
            self.action_panel()

    # Doing

    def action_panel(self) -> None:
        """Open the panel of the source."""
        if (here := self._here()) is not None:
            panel = SourcePanel(here.source, self._main, folders_of(self._main.shelf))
            self.app.push_screen(panel, lambda sentence: self._do(lambda: self._load(sentence or "")))

    def action_go(self) -> None:
        """Go to its articles."""
        if (here := self._here()) is not None:
            self.dismiss(Query(Scope.SOURCE, source_id=here.source.id))

    def action_mend(self) -> None:
        """Do what mends each: take the new address, set a user agent, let it go on, or fetch it anew."""
        chosen = [(health, fix) for health in self._chosen() if (fix := _mending(health)) is not None]
        self._do(lambda: self._mend(chosen))

    async def _mend(self, chosen: list[tuple[SourceHealth, Fix]]) -> None:
        ids: defaultdict[str, list[int]] = defaultdict(list)
        for health, fix in chosen:
            ids[fix.id].append(health.source.id)
        if "take_offer" in ids:
            await self._land(self._main.library.call(Store.take_offers, ids["take_offer"]))
        if "user_agent" in ids:
            await self._land(self._main.library.call(Store.set_user_agent, ids["user_agent"], BROWSER))
        if "resume" in ids:
            await self._land(self._main.library.call(Store.pause_sources, ids["resume"], False))
        if chosen:
            await self._fetch([health.source.id for health, _ in chosen], words.mended(len(chosen)))

    def action_fetch(self) -> None:
        """Fetch them now."""
        ids = [health.source.id for health in self._chosen() if health.source.paused is None]
        self._do(lambda: self._fetch(ids))

    async def _fetch(self, ids: list[int], done: str = "") -> None:
        if not ids:
            self._say(words.ALL_PAUSED)
            return
        await self._load()
        self._say(f"{done} {words.fetching(len(ids))}".strip())
        answer = await self._main.worker.request("refresh", sources=ids, all=True)
        outcome = words.OFFLINE if answer.get("offline") else words.fetched(len(ids), int(answer.get("failed") or 0))
        await self._load(f"{done} {outcome}".strip())

    def action_pause(self) -> None:
        """Let them pause; where all do, let them go on."""
        chosen = self._chosen()
        paused = not all(health.source.paused is not None for health in chosen)
        ids = [health.source.id for health in chosen]
        self._settle(self._main.library.call(Store.pause_sources, ids, paused), words.paused(len(ids), paused=paused))

    def action_user_agent(self) -> None:
        """Ask them as a browser does."""
        ids = [health.source.id for health in self._chosen()]
        call = self._main.library.call(Store.set_user_agent, ids, BROWSER)
        self._settle(call, words.user_agent(len(ids)))

    def action_remove(self) -> None:
        """Remove them."""
        ids = [health.source.id for health in self._chosen()]
        self._settle(self._main.library.call(Store.remove_sources, ids), words.removed(len(ids)))

    def action_undo(self) -> None:
        """Undo the last thing done here."""
        self._do(self._undo)

    async def _undo(self) -> None:
        undone = await self._main.library.call(Store.undo) if self._changes else None
        if undone is None:
            self._say(words.NOTHING_TO_UNDO)
            return
        self._changes -= 1
        await self._main.apply(undone.change)
        await self._load(words.undone(undone.action))

    def _settle(self, call: Awaitable[Change], sentence: str) -> None:
        async def settle() -> None:
            await self._land(call)
            self._ticked = frozenset()
            await self._load(sentence)

        self._do(settle)

    async def _land(self, call: Awaitable[Change]) -> None:
        change = await call
        self._changes += bool(change)
        await self._main.apply(change)

    def _do(self, action: Callable[[], Awaitable[None]]) -> None:
        self.run_worker(work(self._guard, action), group="doing")

    async def _guard(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            async with self._in_turn:
                await action()
        except NewsreaderError as error:
            self._say(error.phrase, "$warning")


def _searched(health: SourceHealth, now: int) -> str:
    """What the filter looks through."""
    source = health.source
    tags = " ".join(f"#{tag}" for tag in source.tags)
    words_of = (source.title, short_address(source.url), source.folder or "", tags, standing_of(health, now))
    return bare(" ".join((*words_of, health.reason or "")))


def _mending(health: SourceHealth) -> Fix | None:
    """What the key that mends does about a source: the first that can be done without asking anything."""
    return next((fix for fix in fixes_of(health) if fix.id not in _OUTSIDE), None)
