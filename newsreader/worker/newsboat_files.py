"""Where newsboat keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader.errors import UsageError
from newsreader.feeds.newsboat import tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping

URLS: Final = "urls"
CACHE: Final = "cache.db"
CONFIG: Final = "config"


@dataclass(frozen=True, slots=True)
class NewsboatFiles:
    """Where newsboat keeps its list, its cache and its settings; None for a file that is not there."""

    urls: Path | None = None
    cache: Path | None = None
    config: Path | None = None


def find_newsboat(environment: Mapping[str, str]) -> NewsboatFiles:
    """Look where newsboat does: in the XDG folders if its config folder is there, else in ~/.newsboat.

    `cache-file` in its config says where else the cache is. The environment gives HOME and the XDG folders.
    """
    home = Path(environment.get("HOME") or "/nonexistent")
    config = _base(environment, "XDG_CONFIG_HOME", home / ".config") / "newsboat"
    data = _base(environment, "XDG_DATA_HOME", home / ".local" / "share") / "newsboat"
    if not config.is_dir():
        config = data = home / ".newsboat"
    cache = _cache_file(config / CONFIG, home) or data / CACHE
    return NewsboatFiles(_if_file(config / URLS), _if_file(cache), _if_file(config / CONFIG))


def files_in(path: Path) -> tuple[Path, ...]:
    """Those that are in a folder. Raises UsageError where there is neither list nor cache."""
    found = tuple(file for name in (URLS, CACHE, CONFIG) if (file := path / name).is_file())
    if not set(found) - {path / CONFIG}:
        raise UsageError(f"{path} is a folder, and there is neither {URLS} nor {CACHE} of newsboat's in it.")
    return found


def _base(environment: Mapping[str, str], name: str, default: Path) -> Path:
    """A folder of the XDG specification: an empty or relative one does not count."""
    given = Path(environment.get(name, ""))
    return given if given.is_absolute() else default


def _if_file(path: Path) -> Path | None:
    try:
        return path if path.is_file() else None
    except OSError:
        return None


def _cache_file(config: Path, home: Path) -> Path | None:
    """What newsboat's config says of `cache-file`; a relative path starts at its folder."""
    try:
        lines = config.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    said = [words[1] for line in lines if len(words := tokenize(line)) > 1 and words[0] == "cache-file"]
    if not said:
        return None
    return config.parent / (home / said[-1][2:] if said[-1].startswith("~/") else said[-1])
