"""On which line something stands in a file of TOML: tomllib tells it for none of what it has read."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import MAX_CONFIG, MAX_KEY_PARTS
from newsreader.config.paths import open_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from newsreader.config.paths import Paths

_DEPTH: Final = 3  # keys below keys: no setting lies deeper
_LONGEST: Final = 200  # lines of one value, after which it is taken for broken
_DEEP_KEY: Final = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]{{0,99}}"|'[^'\n]{{0,99}}')[ \t]{{0,9}}\.[ \t]{{0,9}}){{{MAX_KEY_PARTS}}}"""
)
_AT: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def line_of(text: str, place: tuple[str, ...]) -> int:
    """The line on which a table, or a key of one, stands first; 1 for what is not there."""
    return _lines(text).get(place, 1)


def setting_line(paths: Paths, *place: str) -> int:
    """The line of config.toml that says this, or 0 where it does not."""
    return setting_lines(paths).get(place, 0)


def setting_lines(paths: Paths) -> Mapping[tuple[str, ...], int]:
    """The line of every table and key of config.toml; none where it cannot be read."""
    try:
        with open_file(paths.config_file) as file:
            text = file.read(MAX_CONFIG).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    return _lines(text)


@lru_cache(maxsize=2)
def _lines(text: str) -> Mapping[tuple[str, ...], int]:
    """The line of every table and key of a text, put together once: a file can have thousands of mistakes."""
    lines: dict[tuple[str, ...], int] = {}
    for names, line in _places(text):
        lines.setdefault(names, line)
    return lines


def deep_key(text: str) -> int:
    """The line of a key of very many parts, 0 where there is none."""
    found = _DEEP_KEY.search(text)
    return 0 if found is None else text.count("\n", 0, found.start()) + 1


def mistake_in(path: Path, error: Exception) -> str:
    """Where and why a file makes no sense at all: "line 3: this is no TOML: …"."""
    with open_file(path) as file:
        content = file.read(MAX_CONFIG + 1)
    if len(content) > MAX_CONFIG:
        line = content[:MAX_CONFIG].count(b"\n") + 1
        return f"line {line}: the file is longer than {MAX_CONFIG // 1024} kB, and nothing of it was read."
    if isinstance(error, UnicodeDecodeError):
        line = content[: error.start].count(b"\n") + 1
        return f"line {line}: this is not UTF-8 text."
    text = content.decode("utf-8-sig", errors="replace")
    if line := deep_key(text):
        return f"line {line}: a key in it has more parts than any setting."
    if isinstance(error, tomllib.TOMLDecodeError) and (found := _AT.search(str(error))):
        why = str(error)[: found.start()]
        line, column = (int(found[1]), f" (column {found[2]})") if found[1] else (len(text.splitlines()) or 1, "")
        return f"line {line}: this is no TOML: {why}{column}."
    why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return f"line {_last_begun(text)}: this cannot be read: {why}."


def _places(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every table and key with the line on which its statement begins."""
    table: tuple[str, ...] = ()
    for line, statement, data in _statements(text):
        if statement.lstrip().startswith("["):
            *_, table = _paths(data)
            yield from ((table[:length], line) for length in range(1, len(table) + 1))
        else:
            yield from (((*table, *path), line) for path in _paths(data))


def _statements(text: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """The statements, each with its first line and what it says by itself: the fewest lines that make sense."""
    if deep_key(text):
        return
    begun: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        begun.append(line)
        try:
            data = tomllib.loads("\n".join(begun))
        except (ValueError, RecursionError):
            if len(begun) < _LONGEST:
                continue
            data = {}
        if data:
            yield number - len(begun) + 1, "\n".join(begun), data
        begun = []


def _last_begun(text: str) -> int:
    """The line of the first statement that makes no sense."""
    made_sense = 0
    for line, statement, _ in _statements(text):
        made_sense = line + statement.count("\n")
    rest = text.split("\n")[made_sense:]
    return made_sense + next((number for number, line in enumerate(rest, 1) if line.strip()), 1)


def _paths(data: Mapping[str, Any], *, depth: int = _DEPTH) -> Iterable[tuple[str, ...]]:
    for key, value in data.items():
        yield (key,)
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict) and depth > 1:
            yield from ((key, *path) for path in _paths(inner, depth=depth - 1))
