"""What was typed before: commands and searches, for the next time and the next start.

It is one small file of the state folder, which no backup takes along, readable by its owner alone. Where the person
wants none kept (`screen.history`), nothing is written and what was is taken away. Addresses lose name and password, and
a key that somebody typed where only its place is to be named is not kept.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from newsreader.bounds import HISTORY_KEPT, MAX_TYPED
from newsreader.config.paths import open_file
from newsreader.config.writing import write_whole
from newsreader.text import one_line, without_userinfo

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS: Final = "commands"
SEARCHES: Final = "searches"
_TYPED_KEY: Final = re.compile(r"set\s+(?:ai\.)?key[\s=]+(?!(?:env|file|command):|none$|default$)", re.IGNORECASE)


class History:
    """Lines by what they were typed for, the newest last, with those of a file where one is kept."""

    def __init__(self, path: Path | None) -> None:
        self._lines: dict[str, list[str]] = _read(path) if path is not None else {}

    def lines(self, kind: str) -> tuple[str, ...]:
        """What was typed, the newest first."""
        return tuple(reversed(self._lines.get(kind, ())))

    def before(self, kind: str, beginning: str, current: str | None, step: int) -> str | None:
        """The line before the current one (step 1), or after it (step -1), of those that begin so."""
        fitting = [line for line in self.lines(kind) if line.startswith(beginning)]
        at = fitting.index(current) if current in fitting else -1
        further = at + step
        return fitting[further] if 0 <= further < len(fitting) else None

    def add(self, kind: str, line: str) -> None:
        """Keep a line as the newest; `save` writes it."""
        line = one_line(without_userinfo(line), MAX_TYPED)
        if line and not _TYPED_KEY.match(line):
            others = [each for each in self._lines.get(kind, ()) if each != line]
            self._lines[kind] = [*others, line][-HISTORY_KEPT:]

    def save(self, path: Path | None) -> None:
        """Write it to a file, in which what other windows wrote meanwhile stays; without one nothing is written."""
        if path is None:
            return
        merged = _read(path)
        for kind, lines in tuple(self._lines.items()):
            here = set(lines)
            merged[kind] = [*(each for each in merged.get(kind, ()) if each not in here), *lines][-HISTORY_KEPT:]
        with suppress(OSError):  # a folder that takes no files: it comes back until the end
            write_whole(path, json.dumps(merged, ensure_ascii=False, indent=0).encode("utf-8", "replace"))


def forget(path: Path) -> None:
    """Take away what was kept."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, list[str]]:
    try:
        with open_file(path) as file:
            data = json.loads(file.read())
    except (OSError, ValueError, RecursionError):
        return {}
    found: dict[str, list[str]] = {}
    for kind in (COMMANDS, SEARCHES):
        lines = data.get(kind) if isinstance(data, dict) else None
        texts = [one_line(line, MAX_TYPED) for line in _list(lines) if isinstance(line, str)]
        found[kind] = [line for line in texts if line][-HISTORY_KEPT:]
    return found


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
