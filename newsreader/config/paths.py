"""Where the program's files lie, on every platform."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO, Final, NamedTuple

HOME_VARIABLE: Final = "NEWSREADER_HOME"


def expanded(written: str) -> Path:
    """A path with ~ and ~somebody for home folders; of somebody who is nobody it stays as it is."""
    try:
        return Path(written).expanduser()
    except RuntimeError:
        return Path(written)


def open_file(path: Path) -> IO[bytes]:
    """Open a file of ours to read. Raises OSError, also for a pipe, whose writer may never come, and for a device."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
    raise OSError(number, os.strerror(number) if stat.S_ISDIR(mode) else "It is no file", str(path))


class Paths(NamedTuple):
    """The four folders of the program and the files in them. Nothing is created by asking for a path."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @classmethod
    def under(cls, home: Path) -> Paths:
        """Everything under one folder (`--home`, NEWSREADER_HOME)."""
        home = expanded(str(home)).absolute()
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
    def themes(self) -> Path:
        """The folder of the person's own themes."""
        return self.config / "themes"

    @property
    def prompts(self) -> Path:
        """The folder of the person's own tasks for the language model."""
        return self.config / "prompts"

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
    def history(self) -> Path:
        """The commands and searches that were typed of late."""
        return self.state / "history.json"

    @property
    def log(self) -> Path:
        """The log of every process."""
        return self.state / "newsreader.log"
