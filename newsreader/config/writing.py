"""What the reader writes: settings.toml, whole or not at all, and the commented example of config.toml."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsreader.config.paths import open_file
from newsreader.config.reading import ENCLOSURES_TABLE, MACROS_TABLE
from newsreader.config.settings import SETTINGS
from newsreader.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsreader.config.paths import Paths
    from newsreader.config.settings import Value

_ABOUT_KEYS: Final = "# other keys for commands; `newsreader keys` and ? in the reader name the commands"
_EXAMPLE_ENCLOSURES: Final = (
    "# what plays or opens the files that go with articles, by media type; the address is added as its last argument",
    '# "audio/*" = "mpv --force-window"',
)
_EXAMPLE_MACROS: Final = (
    "# your own commands, on a key after the comma key: several by semicolon, written as after : in the reader",
    '# a = "bookmark; later; next_unread"',
)


def save_setting(paths: Paths, name: str, value: Value) -> None:
    """Keep in settings.toml what was set inside the reader: "screen.theme" and its value, None to forget it again.

    Raises ConfigError when the folder takes no writes; a settings.toml that cannot be read is begun anew.
    """
    import tomli_w

    table, _, key = name.partition(".")
    data = _settings(paths)
    values = data.get(table)
    data[table] = dict(values) if isinstance(values, dict) else {}
    if value is None:
        data[table].pop(key, None)
    else:
        data[table][key] = value
    try:
        write_whole(paths.settings_file, tomli_w.dumps({name: each for name, each in data.items() if each}).encode())
    except OSError as error:
        raise ConfigError(f"The setting could not be kept: {error.strerror or error}.", str(error)) from error


def saved_setting(paths: Paths, name: str) -> Value:
    """What was set inside the reader, None where nothing was."""
    table, _, key = name.partition(".")
    values = _settings(paths).get(table)
    value: Value = values.get(key) if isinstance(values, dict) else None
    return value


def _settings(paths: Paths) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(paths.settings_file))
    except (OSError, ValueError, RecursionError):
        return {}


def _text(path: Path) -> str:
    with open_file(path) as file:
        return file.read().decode("utf-8")


def fill_settings(paths: Paths, content: bytes) -> bool:
    """Take over what another settings.toml has set and this one has not; says whether there was anything.

    One that makes no sense is passed over. Raises ConfigError when the folder takes no writes.
    """
    try:
        theirs = tomllib.loads(content.decode("utf-8"))
        ours = tomllib.loads(_text(paths.settings_file)) if paths.settings_file.exists() else {}
    except (OSError, ValueError, RecursionError):
        return False
    filled = False
    for table, values in theirs.items():
        here = ours.get(table, {})
        for key, value in values.items() if isinstance(values, dict) else ():
            if isinstance(here, dict) and key not in here and isinstance(value, str | int | bool):
                save_setting(paths, f"{table}.{key}", value)
                filled = True
    return filled


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Replace a file whole or not at all: a temporary file beside it, fsync, rename. Raises OSError.

    A link goes on leading to its file, as those of people do who keep their settings elsewhere. Devices and pipes are
    written to: a rename would put a file into their place.
    """
    if is_special(path):
        _write_to(path, content)
        return
    path = Path(os.path.realpath(path))
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


def is_special(path: Path) -> bool:
    """Whether something stands there that is neither a file nor a folder, as /dev/stdout."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _write_to(path: Path, content: bytes | Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)  # a pipe that nobody reads refuses, instead of waiting
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)


def example(commands: Mapping[str, str]) -> str:
    """A commented config.toml with every setting at its default; `commands` are the ids of [keys] with their keys."""
    import tomli_w

    lines = ["# newsreader reads this file and never writes it. Every line is optional."]
    table = ""
    for setting in SETTINGS:
        if setting.table != table:
            table = setting.table
            lines += ["", f"[{table}]"]
        value = setting.example if setting.default is None else setting.default
        told = all(choice in setting.help for choice in setting.choices)
        choices = "" if told else f"one of {', '.join(setting.choices)}"
        lines += [f"# {setting.label}: {setting.help}", *(f"#   {each}" for each in (setting.more, choices) if each)]
        lines.append(f"# {tomli_w.dumps({setting.key: value}).strip()}")
    lines.append(_ABOUT_KEYS)  # the last row of the table stands in [keys]
    lines += [f"# {tomli_w.dumps({command: keys}).strip()}" for command, keys in commands.items()]
    lines += ["", f"[{MACROS_TABLE}]", *_EXAMPLE_MACROS]
    lines += ["", f"[{ENCLOSURES_TABLE}]", *_EXAMPLE_ENCLOSURES]
    return "\n".join(lines) + "\n"
