"""The daily backups: when one is due, where it lies, and which older ones go.

By count and not by age, so that a clock that was wrong for a day takes no good backup away: the newest BACKUP_DAYS
stay, and of those before the newest of each week, BACKUP_WEEKS of them.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from newsreader import log
from newsreader.bounds import BACKUP_DAYS, BACKUP_WEEKS
from newsreader.config.paths import open_file
from newsreader.store.backup import write_backup

if TYPE_CHECKING:
    from pathlib import Path

BEFORE: Final = "before-schema"
"""How the names of copies from before a change of the schema begin (see `store.precaution`)."""
_DAY: Final = 86_400
_WRITING: Final = 3_600  # seconds that no backup takes
_NAME_STEM: Final = "newsreader"
_NAME: Final = re.compile(rf"{_NAME_STEM}-(\d{{4}}-\d\d-\d\d)\.backup")


def backups(folder: Path) -> tuple[Path, ...]:
    """The backups in a folder, the newest first."""
    try:
        found = [path for path in folder.iterdir() if _day(path) is not None]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))


def trusted_backups(folder: Path, now: float) -> tuple[Path, ...]:
    """The same, and last those that a clock gone wrong dated into the future: they may be years old."""
    tomorrow = _name(now + _DAY)
    return tuple(sorted(backups(folder), key=lambda path: path.name > tomorrow))


def all_backups(folder: Path) -> tuple[Path, ...]:
    """The same, and before them the copies from before a change of the schema."""
    return (*sorted(folder.glob(f"{BEFORE}-*"), reverse=True), *backups(folder))


def backed_up_at(folder: Path, now: float) -> float | None:
    """When the backup of this day was made; None where there is none yet."""
    try:
        return (folder / _name(now)).stat().st_mtime
    except OSError:
        return None


def make_backup(library: Path, folder: Path, *, now: float, settings: Path) -> Path:
    """Write the backup of this day, also where there is one already, and let old ones go. Gives its path.

    Raises LibraryError, UsageError.
    """
    target = folder / _name(now)
    try:
        with open_file(settings) as file:
            content = file.read()
    except OSError:
        content = None  # nothing was set inside the reader yet
    _clear(folder)
    write_backup(library, target, now=now, settings=content)
    os.utime(target, (now, now))
    daily = backups(folder)
    for path in (*_old(daily), *_needless(folder, daily)):
        log.get("store").info("%s goes: there are newer ones", path.name)
        with suppress(OSError):
            path.unlink()
    return target


def _clear(folder: Path) -> None:
    """Take away what processes left that were killed while they wrote a backup; one may be at it just now."""
    for left in (*folder.glob(f".{_NAME_STEM}-*"), *folder.glob(f".{BEFORE}-*")):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _WRITING:
                shutil.rmtree(left, ignore_errors=True)


def _name(now: float) -> str:
    return _name_of(f"{datetime.fromtimestamp(now).astimezone():%Y-%m-%d}")


def _name_of(day: str) -> str:
    return f"{_NAME_STEM}-{day}.backup"


def _day(path: Path) -> date | None:
    found = _NAME.fullmatch(path.name)
    try:
        return date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        return None


def _needless(folder: Path, daily: tuple[Path, ...]) -> tuple[Path, ...]:
    """Copies from before a change of the schema that a week of daily backups has followed."""
    copies = {path: path.stem[-len("2026-11-27") :] for path in folder.glob(f"{BEFORE}-*")}
    after = {path: sum(each.name > _name_of(day) for each in daily) for path, day in copies.items()}
    return tuple(path for path in copies if after[path] >= BACKUP_DAYS)


def _old(newest_first: tuple[Path, ...]) -> tuple[Path, ...]:
    """Those that go: all but the newest ones, and the newest of each week before."""
    kept_weeks: set[tuple[int, int]] = set()
    old = []
    for path in newest_first[BACKUP_DAYS:]:
        day = _day(path)
        assert day is not None
        week = day.isocalendar()[:2]
        if week in kept_weeks or len(kept_weeks) >= BACKUP_WEEKS:
            old.append(path)
        kept_weeks.add(week)
    return tuple(old)
