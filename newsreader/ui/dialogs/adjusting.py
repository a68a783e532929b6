"""The panel of settings: a row each, changed at once, with the screen in view behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import on
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Static

from newsreader.config import SETTINGS, Kind
from newsreader.errors import NewsreaderError
from newsreader.model import read_keep
from newsreader.store import Store
from newsreader.text import cell_width, truncate
from newsreader.ui.dialogs.fields import LABEL, Choice, Field, labelled
from newsreader.ui.dialogs.frame import Saying
from newsreader.ui.dialogs.panel import Panel
from newsreader.ui.dialogs.settings import retention_words
from newsreader.ui.words import settings as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.config import Setting
    from newsreader.config.settings import Value
    from newsreader.ui.keeping import KeepingPanes

_KEEP: Final = "retention.keep"
_GAP: int = 3  # cells between a value and what is said of it


class SettingsDesk(Protocol):
    """What the panel does with settings."""

    def choices(self, setting: Setting) -> tuple[str, ...]:
        """What a setting can be, where that is one of several."""

    async def lines(self) -> Mapping[str, int]:
        """The lines of config.toml that set something."""

    async def change(self, setting: Setting, value: Value, *, forget: bool = False) -> str:
        """Set something, and say what is to be known of it."""

    async def undo(self) -> Setting | None:
        """Change the last one back."""


class Dial(Choice):
    """A row that is turned to the next value, or back to the one before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,space,l,right", "turn(1)", "next"),
        ("h,left", "turn(-1)", "before"),
    ]

    class Turned(Message):
        """The person turned it; `name` says which."""

        def __init__(self, name: str, step: int) -> None:
            self.name = name
            self.step = step
            super().__init__()

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.name, words.label(setting))
        self._label = words.label(setting)
        self._value = self._note = ""

    def put(self, value: str, note: str) -> None:
        """Show a value, and what is to be known of it."""
        self._value, self._note = value, note
        self.refresh()

    def render(self) -> Content:
        """The name and the value; at the right, as far as there is room, where it comes from."""
        bar = Content.styled("▌ ", "$accent") if self.has_focus else Content("  ")
        room = max(0, self.size.width - 2 - LABEL)
        value = truncate(f"← {self._value} →" if self.has_focus else self._value, room)
        free = room - cell_width(value) - _GAP
        note = self._note if cell_width(self._note) <= free else ""
        gap = " " * (room - cell_width(value) - cell_width(note))
        line = Content.assemble((value, "$page-strong" if self.has_focus else "$foreground"), gap, (note, "$page-dim"))
        return Content.assemble(bar, labelled(self._label, line))

    def action_turn(self, step: int) -> None:
        """Tell the panel."""
        self.post_message(self.Turned(self.name or "", step))

    def on_click(self) -> None:
        """Turn it on."""
        self.action_turn(1)


class SettingsPanel(Panel):
    """Every row of the table of settings; what is set is seen behind it. The mistakes in config.toml stand above."""

    HEADING = words.HEADING
    KEYS = words.HINTS
    SHARE = (0.55, 0.8)
    BINDINGS: ClassVar[list[BindingType]] = [("x,delete", "forget", "default")]

    def __init__(self, main: KeepingPanes, desk: SettingsDesk) -> None:
        super().__init__(main)
        self._main = main
        self._desk = desk
        self._setting_of = {setting.name: setting for setting in SETTINGS}

    def parts(self) -> list[Widget]:
        """The mistakes, and a row for each setting."""
        return [Static("", id="reason"), *(_row(setting) for setting in SETTINGS)]

    def content(self) -> list[Widget]:
        """The page, a line about what the cursor is on, what was done, the keys."""
        page, *rest = super().content()
        return [page, Saying("", id="about"), *rest]

    def keys(self) -> tuple[tuple[str, str], ...]:
        """What turns a row, or lets it be edited."""
        return words.TEXT_HINTS if isinstance(self.focused, Field) else self.KEYS

    async def load(self) -> None:
        """Show what is set."""
        config, lines = self._main.config, await self._desk.lines()
        if self.gone:
            return
        self.static("name").update(Content.styled(words.HEADING, "bold $page-strong"))
        problems = self._main.problems
        self.static("reason").display = bool(problems)
        marked = [Content.assemble(("▲ ", "$warning"), (each, "$foreground")) for each in problems]
        self.static("reason").update(Content("\n").join(marked))
        for row in self._rows():
            setting = self._setting_of[row.name or ""]
            value = getattr(config, setting.field)
            note = words.from_line(lines[setting.name]) if setting.name in lines else ""
            if not note and value != setting.default:
                note = words.default(setting.show(setting.default))
            if isinstance(row, Dial):
                row.put(setting.show(value), note)
            elif isinstance(row, Field):
                row.put(setting.show(value), "" if value is None else setting.show(value))
        self.fit()

    @on(DescendantFocus)
    def _explain(self) -> None:
        here = self._here()
        if here is not None:
            self.static("about").update(Content.styled(_sentence(words.about(here)), "$page-dim"))

    def _here(self) -> Setting | None:
        rows = self._rows()
        row = next((row for row in rows if self.focused is row or (isinstance(row, Field) and row.editing)), None)
        return self._setting_of.get(row.name or "") if row is not None else None

    # Doing

    def do(self, action: Callable[[], Awaitable[None]]) -> None:
        """Do something after what was asked for before it; what goes wrong in words is said."""
        self._main.after_others(partial(self._do, action))

    async def _do(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            await action()
        except NewsreaderError as error:
            say = self._main.foot.say if self.gone else self.say
            say(error.phrase, warning=True)

    @on(Dial.Turned)
    def _turn(self, event: Dial.Turned) -> None:
        event.stop()
        self.do(partial(self._turned, self._setting_of[event.name], event.step))

    async def _turned(self, setting: Setting, step: int) -> None:
        now: Value = getattr(self._main.config, setting.field)
        await self._set(setting, _next(setting, now, step, self._desk.choices(setting)))

    async def save(self, name: str, text: str) -> None:
        """Keep what was entered; nothing at all is the default."""
        setting = self._setting_of[name]
        if text.strip():
            await self._set(setting, setting.read(text))
        else:
            await self._forget(setting)

    async def tried(self, name: str, text: str) -> None:
        """Say what would go while it is being written how long articles are kept."""
        if name == _KEEP:
            self.say(await self._going(text))

    async def _going(self, text: str) -> str:
        try:
            keep = read_keep(text)
        except ValueError:
            return ""
        preview = await self.ground.library.call(Store.preview_retention, keep)
        return retention_words(preview, int(self.ground.clock()))

    def action_forget(self) -> None:
        """Set what the cursor is on back to its default."""
        here = self._here()
        if here is not None:
            self.do(partial(self._forget, here))

    async def _forget(self, setting: Setting) -> None:
        if getattr(self._main.config, setting.field) == setting.default:
            self.say(words.UNDONE_ALREADY)
        else:
            await self._set(setting, setting.default, forget=True)

    async def _set(self, setting: Setting, value: Value, *, forget: bool = False) -> None:
        said = await self._desk.change(setting, value, forget=forget)
        if setting.name == _KEEP and not said:
            said = await self._going(str(value))
        await self.load()
        self.say(said)

    async def _undo(self) -> None:
        setting = await self._desk.undo()
        if setting is None:
            self.say(words.NOTHING_TO_UNDO)
            return
        await self.load()
        self.say(words.changed_back(words.label(setting), setting.show(getattr(self._main.config, setting.field))))


def _sentence(about: str) -> str:
    return f"{about[:1].upper()}{about[1:]}."


def _row(setting: Setting) -> Dial | Field:
    if setting.kind is Kind.TEXT:
        wanted = words.wanted(setting)
        return Field(setting.name, words.label(setting), hint=wanted, check=lambda text: text and setting.read(text))
    return Dial(setting)


def _next(setting: Setting, now: Value, step: int, choices: tuple[str, ...]) -> Value:
    """The value after this one, or before it."""
    match setting.kind:
        case Kind.SWITCH:
            return not now
        case Kind.NUMBER if isinstance(now, int):
            return min(max(now + step * setting.step, setting.least), setting.most)
    if now in choices:
        return choices[(choices.index(str(now)) + step) % len(choices)]
    return choices[0]
