"""settings.toml and config.toml -> Config. What stands in them never raises: every mistake becomes a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import MAX_CONFIG, MAX_KEY_PARTS, MISTAKES_GUESSED
from newsreader.config.paths import open_file
from newsreader.config.settings import SETTINGS, Config, Kind
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from newsreader.config.paths import Paths

KEYS_TABLE, MACROS_TABLE, ENCLOSURES_TABLE = "keys", "macros", "enclosures"
# The tables whose names are the person's, and what stands beside each.
_TEXTS: Final = {KEYS_TABLE: "a key", MACROS_TABLE: "commands", ENCLOSURES_TABLE: "a command"}
_LONG: Final = 300  # characters of a sentence about a mistake


def load(paths: Paths) -> Config:
    """Read settings.toml and config.toml. Never raises for what stands in them: mistakes are in `problems`."""
    return Files(paths).load()


class Files:
    """The two files, read again and again: one that is broken counts as it was when it could be read last."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._good: dict[Path, tuple[str, Mapping[str, Any]]] = {}
        self._stamp: tuple[object, ...] = ()
        self._current: Config | None = None

    def current(self) -> Config:
        """What they say now, read anew where one of them or a theme was written since: then it is another object.

        A few looks at the disk, which may take a while on a slow one.
        """
        themes = sorted(self._paths.themes.glob("*.toml"))
        stamp = tuple(_stamp(path) for path in (self._paths.settings_file, self._paths.config_file, *themes))
        if self._current is None or stamp != self._stamp:
            self._stamp, self._current = stamp, self.load()
        return self._current

    def load(self) -> Config:
        """What they say now. Never raises for what stands in them."""
        config = Config(self._paths)
        for path in (self._paths.settings_file, self._paths.config_file):
            try:
                self._good[path] = read_toml(path)
            except FileNotFoundError:
                self._good.pop(path, None)
            except OSError as error:
                config = self._broken(config, path, f"{path.name} cannot be read: {error.strerror or error}.")
            except (ValueError, RecursionError) as error:
                from newsreader.config.lines import mistake_in

                config = self._broken(config, path, f"{path.name}, {mistake_in(path, error)}")
            if path in self._good:
                config = _Merge(config, path, self._good[path][0]).all(self._good[path][1])
        return config

    def _broken(self, config: Config, path: Path, problem: str) -> Config:
        after = "What it said before still counts." if path in self._good else "The defaults are used."
        return _with_problem(config, f"{problem} {after}")


def _stamp(path: Path) -> object:
    """What is another when a file was written; None for one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return path.name, status.st_mtime_ns, status.st_size, status.st_ino


def read_toml(path: Path) -> tuple[str, Mapping[str, Any]]:
    """The text of a file and what it says. Raises OSError and, for one that makes no sense, ValueError and others."""
    with open_file(path) as file:
        content = file.read(MAX_CONFIG + 1)
    if len(content) > MAX_CONFIG:
        raise ValueError("longer than any that is read")
    text = content.decode("utf-8-sig")
    import tomllib  # the start does not wait for it where nothing was set

    if text.count(".") >= MAX_KEY_PARTS:
        from newsreader.config.lines import deep_key

        if deep_key(text):
            raise ValueError("a key has more parts than any")
    return text, tomllib.loads(text)


class _Merge:
    """One file taken into a Config; `text` is it, for the lines of its mistakes."""

    def __init__(self, config: Config, path: Path, text: str) -> None:
        self._config = config
        self._path = path
        self._text = text

    def all(self, data: Mapping[str, Any]) -> Config:
        """The Config with all that the file says."""
        tables = {setting.table for setting in SETTINGS} | _TEXTS.keys()
        for table, values in data.items():
            if table not in tables:
                self._unknown((table,), sorted(f"[{each}]" for each in tables))
            elif not isinstance(values, dict):
                self._say((table,), f"{table} must be a table: write [{table}] on a line of its own.")
            else:
                for key, value in values.items():
                    self._value(table, key, value)
        return self._config

    def _value(self, table: str, key: str, value: Any) -> None:
        name = f"{table}.{key}"
        setting = next((each for each in SETTINGS if each.name == name), None)
        if setting is None and table in _TEXTS:
            self._words(table, key, value)
        elif setting is None:
            self._unknown((table, key), [each.key for each in SETTINGS if each.table == table])
        elif setting.accepts(value):
            self._config = self._config._replace(**{setting.field: value})
        else:
            self._say(
                (table, key), f"{name} must be {setting.must_be()}{', in quotes' if setting.kind is Kind.TEXT else ''}."
            )

    def _words(self, table: str, name: str, value: Any) -> None:
        """A line of a table whose names are the person's; `ui.keymap` says what in keys and macros makes no sense."""
        if isinstance(value, str):
            texts: dict[str, Any] = {table: {**getattr(self._config, table), name: value}}
            self._config = self._config._replace(**texts)
        else:
            self._say((table, name), f"{table}.{name} must be {_TEXTS[table]} in quotes.")

    def _unknown(self, place: tuple[str, ...], known: list[str]) -> None:
        from difflib import get_close_matches

        name = place[-1]
        owners = [f"[{each.table}]" for each in SETTINGS if each.key == name]
        names = [each.strip("[]") for each in known] if len(self._config.problems) < MISTAKES_GUESSED else []
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        if owners:
            hint = f"It belongs below {' or '.join(owners)}."
        else:
            hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
        self._say(place, f"there is no setting {name}{' here' if owners else ''}. {hint}")

    def _say(self, place: tuple[str, ...], problem: str) -> None:
        from newsreader.config.lines import line_of

        self._config = _with_problem(self._config, f"{self._path.name}, line {line_of(self._text, place)}: {problem}")


def _with_problem(config: Config, problem: str) -> Config:
    return config._replace(problems=(*config.problems, one_line(problem, _LONG)))
