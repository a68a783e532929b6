"""The source's own panel: how it does, what mends it, and its settings, editable in place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.model import FetchState, SourceHealth, SourceKind, read_keep
from newsreader.store import Store
from newsreader.store.settings import parse_setting
from newsreader.text import count_of, one_line, truncate, without_userinfo
from newsreader.ui.condition import BROWSER, facts_of, fixes_of, short_address
from newsreader.ui.dialogs.fields import Choice, Field, fact_label
from newsreader.ui.dialogs.finding import AddressScreen
from newsreader.ui.dialogs.frame import Dialog, Hanging, Saying, hints
from newsreader.ui.dialogs.settings import parse_mode, retention_words, setting_fields, show_settings
from newsreader.ui.links import open_link
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.config import Config
    from newsreader.model import Change, Source
    from newsreader.ui.condition import Fix
    from newsreader.ui.library import Library
    from newsreader.ui.requests import Requests

_KEYS: Final = (("j/k", "move"), ("⏎", "do it"), ("u", "undo"), ("esc", "close"))
_EDIT_KEYS: Final = (("⏎", "keep"), ("esc", "leave it as it was"))
_SHOWN: Final = 60  # cells of a name in a sentence
_KEEP: Final = "keep"
_REACHING: Final = frozenset({"user-agent", "headers", "auth", "proxy"})  # what may make a source answer again


class Ground(Protocol):
    """What the panel needs of the screen below it."""

    library: Library
    worker: Requests
    clock: Callable[[], float]
    config: Config

    async def apply(self, change: Change) -> None:
        """Repaint what a change touched."""


class _Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The part of the panel that scrolls; the arrow keys are the panel's own."""

    class Scrolled(Message):
        """Something else of it is in view."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the panel."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    def on_resize(self) -> None:
        """Tell the panel."""
        self.post_message(self.Scrolled())


class SourcePanel(Dialog[str]):
    """How a source does, what mends it, its settings. Closes with a sentence where something is left to be said."""

    PAGE = "#source-page"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j,tab", "step(1)", "down"),
        ("up,k,shift+tab", "step(-1)", "up"),
        ("pagedown,ctrl+d", "scroll(8)", "page down"),
        ("pageup,ctrl+u", "scroll(-8)", "page up"),
        ("u", "undo", "undo"),
        ("escape,q", "leave", "back"),
    ]

    def __init__(self, source: Source, ground: Ground, folders: tuple[str, ...]) -> None:
        super().__init__()
        self._source = source
        self._ground = ground
        self._folders = folders
        self._health: SourceHealth | None = None
        self._fixes: tuple[Fix, ...] = ()
        self._changes = 0  # made here, and not undone: u goes no further back while the panel is open

    def compose(self) -> ComposeResult:
        """The name over all of it."""
        with Vertical(classes="dialog"):
            yield Static("", classes="heading", id="name")
            yield from self.content()

    def content(self) -> list[Widget]:
        """The page that scrolls, what was done, the keys."""
        page = _Page(
            Static("", id="reason"),
            Vertical(id="choices"),
            Hanging(id="facts"),
            Static(Content.styled("Settings", "bold $page-strong"), id="settings"),
            *setting_fields(self._source, self._folders, self._parse),
            id="source-page",
        )
        return [page, Saying("", id="said"), Static(hints(*_KEYS), classes="hints")]

    @on(_Page.Scrolled)
    @on(DescendantFocus)
    def _show_keys(self) -> None:
        """The keys for what has the focus, and a sign that more of the page follows."""
        page = self.query_one(_Page)
        below = page.max_scroll_y > page.scroll_offset.y
        keys = _EDIT_KEYS if self._editing() is not None else _KEYS
        self.query_one(".hints", Static).update(hints(*keys, *((("↓", "more"),) if below else ())))

    def on_mount(self) -> None:
        """Read how the source does."""
        self._static("said").display = False
        self.run_worker(work(self._begin))

    async def _begin(self) -> None:
        await self._load()
        rows = self._rows()
        if rows and self.focused is None:
            self._go_to(rows[0])

    # What is shown

    async def _load(self) -> None:
        """Read the source anew and show it; closes where it is no longer there."""
        source = await self._ground.library.call(Store.source, self._source.id)
        if source is None:
            self.dismiss(None)
            return
        health = await self._ground.library.call(Store.health, source.id) or _nothing_known(source)
        if self._gone:
            return
        self._health, self._source = health, source
        await self._show(health)

    async def _show(self, health: SourceHealth) -> None:
        source, now = health.source, int(self._ground.clock())
        name = Content.styled(source.title or short_address(source.url), "bold $page-strong")
        address = Content.styled(short_address(source.url), "$page-dim")
        self._static("name").update(name if source.kind is not SourceKind.FEED else Content("\n").join((name, address)))
        reason = self._static("reason")
        reason.display = bool(health.reason)
        loud = bool(source.error) and source.offer is None and not source.retired
        sign, look = ("▲ ", "$warning") if loud else ("▲ ", "$page-dim")
        reason.update(Content.assemble((sign, look), (without_userinfo(health.reason or ""), "$foreground")))
        facts = facts_of(health, now)
        self.query_one(Hanging).put(
            [(fact_label(label), Content.styled(words, "$foreground")) for label, words in facts]
        )
        show_settings(self.query(Field), health)
        await self._show_choices(fixes_of(health))
        self.fit()

    async def _show_choices(self, fixes: tuple[Fix, ...]) -> None:
        if fixes == self._fixes:
            return
        self._fixes = fixes
        here = isinstance(self.focused, Choice)
        box = self.query_one("#choices", Vertical)
        await box.remove_children()
        choices = [Choice(fix.id, fix.words, fix.detail) for fix in fixes]
        await box.mount(*choices)
        if here and choices:
            self._go_to(choices[0])

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Say what was done, above the keys."""
        if self._gone:
            return
        self._static("said").display = bool(sentence)
        self._static("said").update(Content.styled(sentence, "$warning" if warning else "$foreground"))
        self.fit()

    @property
    def _gone(self) -> bool:
        """Whether the panel was closed while something was waited for."""
        return not self.query("#said")

    def _static(self, name: str) -> Static:
        return self.query_one(f"#{name}", Static)

    # Moving

    def _rows(self) -> list[Choice | Field]:
        return [each for each in self.query(".row").results() if isinstance(each, Choice | Field)]

    def _editing(self) -> Field | None:
        return next((field for field in self.query(Field) if field.editing), None)

    def _go_to(self, row: Choice | Field) -> None:
        self.set_focus(row, scroll_visible=False)
        page = self.query_one("#source-page", VerticalScroll)
        if row is self._rows()[0]:
            page.scroll_to(y=0, animate=False)
        else:
            page.scroll_to_widget(row, animate=False)

    def action_step(self, step: int) -> None:
        """Go to the next choice or field; a field that is left is checked."""
        rows, field = self._rows(), self._editing()
        if field is not None and not field.leave():
            return
        here = next((number for number, row in enumerate(rows) if row is (field or self.focused)), -step)
        if rows:
            self._go_to(rows[min(max(here + step, 0), len(rows) - 1)])

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one("#source-page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Leave the field as it was; without one, close."""
        field = self._editing()
        if field is not None:
            field.abandon()
        else:
            self.dismiss(None)

    # Doing

    @on(Choice.Chosen)
    def _choose(self, event: Choice.Chosen) -> None:
        event.stop()
        actions: dict[str, Callable[[], Awaitable[None]]] = {
            "take_offer": self._take_offer,
            "user_agent": self._set_user_agent,
            "password": self._set_password,
            "find": self._find,
            "fetch": self._fetch,
            "browse": self._browse,
            "remove": self._remove,
        }
        self._do(actions[event.name])

    def _do(self, action: Callable[[], Awaitable[None]]) -> None:
        self.run_worker(work(self._guard, action), group="doing", exclusive=True)

    async def _guard(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            await action()
        except NewsreaderError as error:
            self.say(error.phrase, warning=True)

    async def _settle(self, call: Awaitable[Change]) -> None:
        """Await a change made here, and show it: on the main screen also where the panel is closed meanwhile."""
        await asyncio.shield(self._land(call))
        await self._load()

    async def _land(self, call: Awaitable[Change]) -> None:
        change = await call
        self._changes += bool(change.sources)
        await self._ground.apply(change)

    async def _take_offer(self) -> None:
        await self._settle(self._ground.library.call(Store.take_offer, self._source.id))
        await self._fetch("The new address is taken; u undoes it.")

    async def _set_user_agent(self) -> None:
        self._field("user-agent").begin(BROWSER)
        self.say("⏎ takes this one: it is what a browser says.")

    async def _set_password(self) -> None:
        self._field("auth").begin()

    def _field(self, name: str) -> Field:
        field = next(field for field in self.query(Field) if field.name == name)
        self._go_to(field)
        return field

    async def _find(self) -> None:
        self.app.push_screen(AddressScreen(self._ground.worker, self._ground.clock, self._source), self._found)

    def _found(self, url: str | None) -> None:
        if url is not None:
            self._do(lambda: self._readdress(url))

    async def _readdress(self, url: str) -> None:
        before = self._source.url
        await self._settle(self._ground.library.call(Store.update_source, self._source.id, url=url))
        if self._source.url == before:
            self.say("It has this address already: nothing was changed.")
        else:
            await self._fetch("The new address is taken; u undoes it.")

    async def _fetch(self, done: str = "") -> None:
        """Fetch the source, and say what came of it after what was `done` before."""
        self.say(f"{done} Fetching…".strip())
        answer = await self._ground.worker.request("refresh", sources=[self._source.id], all=True)
        await self._load()
        outcome = _outcome(answer)
        self.say(f"{done} {outcome}".strip(), warning=bool(answer.get("failed")))

    async def _browse(self) -> None:
        """Open what the trouble is about: the address itself, else the site."""
        source = self._source
        url = without_userinfo(source.url if source.error else source.link or source.url)
        await asyncio.to_thread(open_link, url, browser=self._ground.config.browser)
        self.say(f"{truncate(short_address(url), _SHOWN)} goes to the browser.")

    async def _remove(self) -> None:
        change = await self._ground.library.call(Store.remove_sources, [self._source.id])
        await self._ground.apply(change)
        self.dismiss(f"Removed {truncate(self._source.title, _SHOWN)}. u brings it back.")

    def action_undo(self) -> None:
        """Undo the last thing done here."""
        self._do(self._undo)

    async def _undo(self) -> None:
        undone = await self._ground.library.call(Store.undo) if self._changes else None
        if undone is None:
            self.say("Nothing was changed here that could be undone.")
            return
        self._changes -= 1
        await self._ground.apply(undone.change)
        await self._load()
        self.say(f"Undone: {undone.action}.")

    # Settings

    @on(Field.Entered)
    def _enter(self, event: Field.Entered) -> None:
        event.stop()
        self._do(lambda: self._save(event.name, event.text))

    @on(Field.Edited)
    def _try(self, event: Field.Edited) -> None:
        """Say what would go while it is being written how long articles are kept."""
        event.stop()
        if event.name == _KEEP:
            self.run_worker(work(self._guard, lambda: self._tell_going(event.text)), group="telling", exclusive=True)

    async def _tell_going(self, text: str, done: str = "") -> None:
        try:
            keep = read_keep(text) if text not in {"", "auto"} else None
        except ValueError:
            return
        everywhere = self._ground.config.retention
        preview = await self._ground.library.call(
            Store.preview_retention, everywhere, source_id=self._source.id, keep=keep or everywhere
        )
        self.say(f"{done} {retention_words(preview, int(self._ground.clock()))}".strip())

    async def _save(self, name: str, text: str) -> None:
        library, source = self._ground.library, self._source
        match name:
            case "title":
                call = library.call(Store.update_source, source.id, title=one_line(text))
            case "folder":
                call = library.call(Store.update_source, source.id, folder=one_line(text) or None)
            case "mode":
                call = library.call(Store.set_source, source.id, full_text_mode=parse_mode(text))
            case _:
                call = library.call(Store.set_source, source.id, settings=self._parse(name, text))
        await self._settle(call)
        if self._source.error and name in _REACHING:
            await self._fetch("Kept.")
        elif name == _KEEP:
            await self._tell_going(text, "Kept; u undoes it.")
        else:
            self.say("Kept. u undoes it.")

    def _parse(self, key: str, text: str) -> Any:
        assert self._health is not None
        return parse_setting(self._health.state.settings, key, text)


def _nothing_known(source: Source) -> SourceHealth:
    """The health of a source that is never fetched."""
    return SourceHealth(source, FetchState(source.id, source.url, source.title), None, None, None, None, None)


def _outcome(answer: dict[str, Any]) -> str:
    if answer.get("offline"):
        return "There is no network connection."
    if answer.get("failed"):
        return "It does not work yet."
    added = int(answer.get("added") or 0)
    return f"It works: {count_of(added, 'new article')}." if added else "It works: nothing new."
