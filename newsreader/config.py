"""Where things lie, and what the person set.

`config.toml` is the person's: it is read and never written. What is set inside the reader goes to `settings.toml`
beside it, and `config.toml` wins. A mistake in either is a sentence with file, line and the nearest key; the reader
starts all the same, with the default in its place.
"""

from __future__ import annotations

import difflib
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import MEASURES
from newsreader.errors import ConfigError
from newsreader.model import Keep, read_keep
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HOME_VARIABLE: Final = "NEWSREADER_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders of the program and the files in them. Nothing is created by asking for a path."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @classmethod
    def under(cls, home: Path) -> Paths:
        """Everything under one folder (`--home`, NEWSREADER_HOME)."""
        home = home.expanduser().absolute()
        return cls(home / "config", home / "data", home / "cache", home / "state")

    @classmethod
    def of_platform(cls) -> Paths:
        """The platform's own folders (XDG on Linux, Library on macOS)."""
        from platformdirs import PlatformDirs

        folders = PlatformDirs("newsreader", appauthor=False)
        return cls(folders.user_config_path, folders.user_data_path, folders.user_cache_path, folders.user_state_path)

    @classmethod
    def find(cls, home: str | None) -> Paths:
        """The folders for `--home`, else for NEWSREADER_HOME, else the platform's."""
        chosen = home or os.environ.get(HOME_VARIABLE)
        return cls.under(Path(chosen)) if chosen else cls.of_platform()

    @property
    def config_file(self) -> Path:
        """What the person set; never written by the program."""
        return self.config / "config.toml"

    @property
    def settings_file(self) -> Path:
        """What was set inside the reader."""
        return self.config / "settings.toml"

    @property
    def mirror(self) -> Path:
        """The OPML mirror of the sources."""
        return self.config / "sources.opml"

    @property
    def library(self) -> Path:
        """The library."""
        return self.data / "library.db"

    @property
    def backups(self) -> Path:
        """The folder of the daily backups."""
        return self.data / "backups"

    @property
    def schedule_lock(self) -> Path:
        """Its holder refreshes what is due."""
        return self.state / "schedule.lock"

    @property
    def log(self) -> Path:
        """The log of every process."""
        return self.state / "newsreader.log"


@dataclass(frozen=True, slots=True)
class Config:
    """What the person set, with the defaults for the rest, and every mistake found on the way as a sentence."""

    paths: Paths
    theme: str = "newsreader-dark"
    measure: int = 76
    mouse: bool = True
    browser: str | None = None
    copy_command: str | None = None
    keep: str = "all"
    bell: bool = False
    notify_command: str | None = None
    preset: str = "default"
    keys: Mapping[str, str] = field(default_factory=dict)
    macros: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def retention(self) -> Keep:
        """How long articles are kept of sources for which nothing else is set: for ever, unless the person says so.

        Text is small and disks are large; what is gone can never be had again, and searching costs no more for it.
        """
        return read_keep(self.keep)


@dataclass(frozen=True, slots=True)
class _Setting:
    """One key of config.toml: the Config field it fills, what it must be, and what the example says of it."""

    table: str
    key: str
    field: str
    example: Any
    about: str
    check: Callable[[Any], bool]
    wanted: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value == one_line(value)


def _is_keep(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(read_keep(value))
    except ValueError:
        return False


_SETTINGS: Final = (
    _Setting("screen", "theme", "theme", "newsreader-dark", "newsreader-dark, newsreader-light or a theme of Textual's",
             _is_text, "the name of a theme"),
    _Setting("screen", "mouse", "mouse", True, "false leaves the mouse to the terminal",
             lambda value: isinstance(value, bool), "true or false"),
    _Setting("reader", "measure", "measure", 76, "characters in a line of an article, 40 to 120",
             lambda value: type(value) is int and MEASURES[0] <= value <= MEASURES[1], "a whole number from 40 to 120"),
    _Setting("browser", "command", "browser", "firefox --new-tab",
             "opens links; the address is added as its last argument. Without it: $BROWSER, then the system's",
             _is_text, "a command in quotes"),
    _Setting("copy", "command", "copy_command", "wl-copy",
             "gets what you copy on its standard input, for terminals that know no OSC 52",
             _is_text, "a command in quotes"),
    _Setting("notify", "bell", "bell", False, "true rings the terminal's bell when a rule has to tell you of articles",
             lambda value: isinstance(value, bool), "true or false"),
    _Setting("notify", "command", "notify_command", "notify-send newsreader",
             "is started then, with what is to be told as its last argument; not more than once a refresh",
             _is_text, "a command in quotes"),
    _Setting("retention", "keep", "keep", "all",
             'all, or 90d, or the newest 500 articles of each source, or both: "90d 500". What you kept on purpose '
             'stays, and what is unread, unless "unread" stands there too. `newsreader retention` shows what would go',
             _is_keep, "all, 90d, 500 or 90d 500, in quotes"),
)  # fmt: skip

_KEYS_TABLE, _MACROS_TABLE = "keys", "macros"
_TABLES_OF_TEXTS: Final = {_KEYS_TABLE: "a key", _MACROS_TABLE: "commands"}
_PRESET: Final = "preset"
_ABOUT_KEYS: Final = (
    "# default, or newsboat: the keys where newsboat has them",
    '# preset = "default"',
    "# other keys for commands; `newsreader keys` and ? in the reader name the commands",
)
_EXAMPLE_MACROS: Final = (
    "# your own commands, on a key after the comma key: several by semicolon, written as after : in the reader",
    '# a = "bookmark; later; next_unread"',
)


def load(paths: Paths) -> Config:
    """Read settings.toml and config.toml. Never raises for what stands in them: mistakes are in `problems`."""
    config = Config(paths)
    for path in (paths.settings_file, paths.config_file):
        config = _merge(config, path)
    return config


def _merge(config: Config, path: Path) -> Config:
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError:
        return config
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        return _with_problem(config, f"{path.name} cannot be read: {reason}. The defaults are used.")
    except tomllib.TOMLDecodeError as error:
        return _with_problem(config, f"{path.name} is not valid TOML: {error}. The defaults are used.")
    except RecursionError:
        return _with_problem(config, f"{path.name} is nested too deeply to be read. The defaults are used.")
    for table, values in data.items():
        if table in _TABLES_OF_TEXTS and isinstance(values, dict):
            config = _merge_texts(config, path, text, table, values)
        elif isinstance(values, dict) and table in {setting.table for setting in _SETTINGS}:
            for key, value in values.items():
                config = _merge_value(config, path, text, table, key, value)
        else:
            tables = {setting.table for setting in _SETTINGS} | _TABLES_OF_TEXTS.keys()
            known = sorted(f"[{each}]" for each in tables)
            config = _with_problem(config, _unknown(path, _line(text, "", table), table, known))
    return config


def _merge_value(config: Config, path: Path, text: str, table: str, key: str, value: Any) -> Config:
    for setting in _SETTINGS:
        if (setting.table, setting.key) == (table, key):
            if setting.check(value):
                changed: Config = replace(config, **{setting.field: value})
                return changed
            line = _line(text, table, key)
            return _with_problem(config, f"{path.name}, line {line}: {table}.{key} must be {setting.wanted}.")
    known = [setting.key for setting in _SETTINGS if setting.table == table]
    return _with_problem(config, _unknown(path, _line(text, table, key), key, known))


def _merge_texts(config: Config, path: Path, text: str, table: str, values: Mapping[str, Any]) -> Config:
    """Take over `[keys]` or `[macros]`, whose names are the person's; `ui.keymap` says what in them makes no sense."""
    merged: dict[str, Any] = dict(getattr(config, table))
    for name, chosen in values.items():
        if not isinstance(chosen, str):
            line, what = _line(text, table, name), _TABLES_OF_TEXTS[table]
            config = _with_problem(config, f"{path.name}, line {line}: {table}.{name} must be {what} in quotes.")
        elif table == _KEYS_TABLE and name == _PRESET:
            config = replace(config, preset=chosen)
        else:
            merged[name] = chosen
    return replace(config, keys=merged) if table == _KEYS_TABLE else replace(config, macros=merged)


def line_of(paths: Paths, table: str, name: str) -> int:
    """The line of config.toml on which a name stands in a table, for a sentence about it; 0 where it does not."""
    try:
        return _line(paths.config_file.read_text(encoding="utf-8"), table, name)
    except (OSError, UnicodeDecodeError):
        return 0


def _with_problem(config: Config, problem: str) -> Config:
    return replace(config, problems=(*config.problems, one_line(problem, 300)))


def _unknown(path: Path, line: int, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, [key.strip("[]") for key in known], n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
    return f"{path.name}, line {line}: there is no setting {name}. {hint}"


def _line(text: str, table: str, key: str) -> int:
    """The line on which a key of a table stands: tomllib tells none for what it has read."""
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            here = header.group(1).strip("\"' ")
            if not table and here == key:
                return number
        elif here == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return 0


def save_setting(paths: Paths, table: str, key: str, value: str | int | bool) -> None:
    """Keep something that was set inside the reader in settings.toml, whole or not at all.

    Raises ConfigError when the folder takes no writes; a settings.toml that cannot be read is begun anew.
    """
    import tomli_w

    try:
        data = tomllib.loads(paths.settings_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        data = {}
    tables = data.get(table)
    data[table] = {**(tables if isinstance(tables, dict) else {}), key: value}
    try:
        write_whole(paths.settings_file, tomli_w.dumps(data).encode())
    except OSError as error:
        raise ConfigError(f"The setting could not be kept: {error.strerror or error}.", str(error)) from error


def fill_settings(paths: Paths, content: bytes) -> bool:
    """Take over what another settings.toml has set and this one has not; says whether there was anything.

    One that makes no sense is passed over. Raises ConfigError when the folder takes no writes.
    """
    try:
        theirs = tomllib.loads(content.decode("utf-8"))
        ours = tomllib.loads(paths.settings_file.read_text(encoding="utf-8")) if paths.settings_file.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return False
    filled = False
    for table, values in theirs.items():
        here = ours.get(table, {})
        for key, value in values.items() if isinstance(values, dict) else ():
            if isinstance(here, dict) and key not in here and isinstance(value, str | int | bool):
                save_setting(paths, table, key, value)
                filled = True
    return filled


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Replace a file whole or not at all: a temporary file beside it, fsync, rename. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def example(commands: Mapping[str, str]) -> str:
    """A commented config.toml with every setting at its default; `commands` are the ids of [keys] with their keys."""
    import tomli_w

    lines = ["# newsreader reads this file and never writes it. Every line is optional."]
    table = ""
    for setting in _SETTINGS:
        if setting.table != table:
            table = setting.table
            lines += ["", f"[{table}]"]
        lines += [f"# {setting.about}", f"# {tomli_w.dumps({setting.key: setting.example}).strip()}"]
    lines += ["", f"[{_KEYS_TABLE}]", *_ABOUT_KEYS]
    lines += [f"# {tomli_w.dumps({command: keys}).strip()}" for command, keys in commands.items()]
    lines += ["", f"[{_MACROS_TABLE}]", *_EXAMPLE_MACROS]
    return "\n".join(lines) + "\n"
