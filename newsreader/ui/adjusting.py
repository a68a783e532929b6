"""Settings while the reader runs: taken over when a file was written, changed here and changed back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newsreader.config import SETTINGS, Files, Kind, find_setting
from newsreader.config.lines import setting_line, setting_lines
from newsreader.config.writing import save_setting, saved_setting
from newsreader.errors import ConfigError, UsageError
from newsreader.model import Change
from newsreader.store import Store
from newsreader.text import one_line, truncate
from newsreader.ui.desk import Desk
from newsreader.ui.keymap import keymap_of
from newsreader.ui.ranking import Ranking
from newsreader.ui.themed import is_to_be_dark, show_theme, shows_too_few, theme_names
from newsreader.ui.themes import DARK_NAME, LIGHT_NAME
from newsreader.ui.words import commands
from newsreader.ui.words import settings as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from newsreader.config import Config, Setting
    from newsreader.config.settings import Value
    from newsreader.ui.keeping import KeepingPanes

DEFAULT: Final = "default"
_SHOWN: Final = 60  # cells of a name in a sentence
_WORKERS: Final = "ai"  # the table of which the worker reads the files alone
_KEYS: Final = ("preset", "keys", "macros")  # the fields of Config from which the keymap is made


@dataclass(frozen=True, slots=True)
class _Before:
    """A setting as it was before it was changed: its value, and what of it stood in settings.toml."""

    setting: Setting
    value: Value
    kept: Value = None
    saved: bool = False


class Adjusting(Desk):
    """The commands about settings, and the files they stand in."""

    def __init__(self, main: KeepingPanes) -> None:
        super().__init__(main)
        self._files = Files(main.config.paths)
        self._read: Config | None = None
        self._writing = asyncio.Lock()  # a value of a moment ago must not be written after the newest
        self._showing = asyncio.Lock()
        self._before: list[_Before] = []

    # What others wrote

    async def look(self) -> None:
        """Take over what was written in config.toml, settings.toml or a theme since the last look, and say so."""
        config = await asyncio.to_thread(self._files.current)
        last, self._read = self._read, config
        if last is not None and config is not last:
            # What was set until the reader is left stays as it is, unless the files say something else of it now.
            other = config._asdict()
            changed = {name: value for name, value in other.items() if value != getattr(last, name)}
            self._take_over(self.main.config._replace(**changed))
            await self._show_in_panel()

    async def _show_in_panel(self) -> None:
        from newsreader.ui.dialogs.adjusting import SettingsPanel

        screen = self.main.app.screen
        if isinstance(screen, SettingsPanel):
            await screen.load()

    def _take_over(self, config: Config) -> None:
        before, known = self.main.config, self.main.problems
        self._take(config)
        problems, changed = self.main.problems, _changed(before, config)
        if set(problems) - set(known):
            self.main.foot.say(words.mistakes(problems, self.main.keymap.key_of("settings")), warning=True)
        else:
            said = (
                words.ALL_RIGHT if known and not problems else "",
                words.taken_over(changed) if changed else "",
            )
            if any(said):
                self.main.foot.say(" ".join(filter(None, said)))

    # What is changed here

    async def change(self, setting: Setting, value: Value, *, forget: bool = False) -> str:
        """Set something at once, and keep it, or forget what was kept; what is to be known of it is said.

        Raises ConfigError.
        """
        config = self.main.config
        line = await asyncio.to_thread(setting_line, config.paths, setting.table, setting.key)
        now = getattr(config, setting.field)
        if line and setting.table == _WORKERS:
            raise ConfigError(words.change_it_there(setting.name, line))
        self._take(config.having(setting, value))
        if line:
            self._before.append(_Before(setting, now))
            return words.until_you_quit(setting.name, line)
        kept = await self._save(setting, None if forget else value)
        self._before.append(_Before(setting, now, kept, saved=True))
        return ""

    async def action_theme(self) -> None:
        """Change between the dark and the light theme, and keep that."""
        await self._set_theme(LIGHT_NAME if is_to_be_dark(self.main.app) else DARK_NAME, "")

    async def take_theme(self, name: str) -> None:
        """Show everything in the theme of this name, and keep that."""
        known = Ranking((theme, (theme,)) for theme in theme_names(self.main.app))
        theme = known.meant(name)
        if theme is None:
            near = next(iter(known.best(name, 1)), None)
            self.main.foot.say(commands.no_theme(truncate(one_line(name), _SHOWN), near), warning=True)
        else:
            await self._set_theme(theme, commands.theme_kept(theme))

    async def _set_theme(self, theme: str, kept: str) -> None:
        said = await self.change(find_setting("screen.theme"), theme)
        few = words.FEW_COLOURS if shows_too_few(self.main.app) else ""
        if sentence := " ".join(filter(None, (said or kept, few))):
            self.main.foot.say(sentence)

    async def take_set(self, written: str) -> None:
        """Set something as it is typed, "measure 80", or say what it is."""
        setting, text, value = as_typed(written, self.main.app)
        if not text:
            value = getattr(self.main.config, setting.field)
            self.main.foot.say(f"{words.now_is(words.label(setting), setting.show(value))} {words.about(setting)}.")
            return
        forget = text.casefold() == DEFAULT
        said = await self.change(setting, value, forget=forget)
        self.main.foot.say(f"{words.now_is(words.label(setting), setting.show(value))} {said}".rstrip())

    async def undo(self) -> Setting | None:
        """Change back the last setting that was changed in this window, None without one. Raises ConfigError."""
        if not self._before:
            return None
        before = self._before.pop()
        self._take(self.main.config.having(before.setting, before.value))
        if before.saved:
            await self._save(before.setting, before.kept)
        return before.setting

    def choices(self, setting: Setting) -> tuple[str, ...]:
        """What a setting can be, where that is one of several."""
        return _choices(setting, self.main.app)

    async def lines(self) -> Mapping[str, int]:
        """Where config.toml says something: the line of each setting that it sets."""
        lines = await asyncio.to_thread(setting_lines, self.main.config.paths)
        return {setting.name: lines[place] for setting in SETTINGS if (place := (setting.table, setting.key)) in lines}

    def action_settings(self) -> None:
        """Show what can be set, to be changed."""
        from newsreader.ui.dialogs.adjusting import SettingsPanel

        self.main.app.push_screen(SettingsPanel(self.main, self))

    async def _use_mode(self) -> None:
        """Show full texts, or what the feeds give, where nothing is set for a source; one change after the other."""
        async with self._showing:
            await self.main.library.call(Store.use_mode, self.main.config.full_text_mode)
            await self.main.apply(Change(0, everything=True))

    async def _refold(self) -> None:
        """Fold the list as it is wanted now."""
        from newsreader.ui.arranging import Arranging

        await Arranging(self.main).refold()

    async def _relist(self) -> None:
        """List in the order that is wanted now."""
        from newsreader.ui.arranging import Arranging

        await Arranging(self.main).relist()

    async def _use_copies(self, together: bool) -> None:
        """Read the copies of an article with it, or not."""
        await self.main.library.call(Store.use_copies, together=together)

    async def _save(self, setting: Setting, value: Value) -> Value:
        """Write it, and give back what was written before."""
        async with self._writing:
            paths = self.main.config.paths
            before = await asyncio.to_thread(saved_setting, paths, setting.name)
            await asyncio.to_thread(save_setting, paths, setting.name, value)
            return before

    def _take(self, config: Config) -> None:
        """Let everything on the screen follow."""
        main, before = self.main, self.main.config
        main.config = config
        problems = show_theme(main.app, config)
        if before.measure != config.measure:
            main.reader.measure = config.measure
        if before.full_text != config.full_text:
            main.spawn(self._use_mode)
        if (before.stories, before.bursts) != (config.stories, config.bursts):
            main.after_others(self._refold)
        if before.quiet_first != config.quiet_first:
            main.after_others(self._relist)
        if before.copies != config.copies:
            main.spawn(self._use_copies, config.copies)
        if before.history and not config.history:
            main.spawn(main.forget_typed)
        if before.density != config.density:
            main.set_compact(compact=config.density == "compact")
        if any(getattr(before, name) != getattr(config, name) for name in _KEYS):
            main.take_keymap(keymap_of(config))
        main.problems = config.problems + problems + main.keymap.problems


def as_typed(written: str, app: App[object]) -> tuple[Setting, str, Value]:
    """The setting of "measure 80", the words behind its name and the value they are; without any it is the usual one.

    Raises UsageError.
    """
    name, _, text = written.replace("=", " ", 1).strip().partition(" ")
    setting, text = find_setting(name), text.strip()
    if text.casefold() in {"", DEFAULT}:
        return setting, text, setting.default
    value, choices = setting.read(text), _choices(setting, app)
    if choices and value not in choices:
        raise UsageError(words.no_choice(words.label(setting), setting.show(value), choices))
    return setting, text, value


def _choices(setting: Setting, app: App[object]) -> tuple[str, ...]:
    if setting.choices or setting.kind is not Kind.CHOICE:
        return setting.choices
    if setting.field == "preset":
        from newsreader.ui.presets import PRESETS

        return tuple(PRESETS)
    return theme_names(app)


def _changed(before: Config, now: Config) -> list[str]:
    """What of the settings is another, as the panel calls it."""
    fields = {setting.field: words.label(setting) for setting in SETTINGS} | {
        "keys": words.KEYS,
        "macros": words.MACROS,
    }
    return list(dict.fromkeys(label for name, label in fields.items() if getattr(before, name) != getattr(now, name)))
