"""`newsreader doctor`: paths, versions, library, terminal; what is wrong, and what to do."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from newsreader import __version__
from newsreader.cli import EXIT_FAILED, output
from newsreader.errors import LibraryError
from newsreader.store.rotation import backups
from newsreader.text import count_of, relative_time
from newsreader.ui.keymap import keymap_of
from newsreader.ui.terminal import Terminal
from newsreader.ui.theme_files import theme_problems

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from newsreader.cli.context import Context

_LIBRARIES = (
    "textual",
    "httpx",
    "chardet",
    "lxml",
    "markdown-it-py",
    "readability-lxml",
    "platformdirs",
    "rich",
    "tomli-w",
)
_ANSWERS = 0.3  # seconds in which a terminal says what its background is
_ROOM = 200 * 1024 * 1024


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the state of everything, or of the sources; exit 1 if something is wrong."""
    if arguments.catalogue:
        from newsreader.cli import catalogue

        return catalogue.run(context, as_json=arguments.json)
    if arguments.sources or arguments.json:
        from newsreader.cli import health

        return health.tell(context, as_json=arguments.json)
    problems: list[str] = []
    _versions(problems)
    _paths(context, problems)
    _library(context, problems)
    _terminal(problems)
    output.line()
    if problems:
        output.line("What is wrong, and what to do:")
        for problem in problems:
            output.line(f"  ▲ {problem}")
        return EXIT_FAILED
    output.line("Nothing is wrong.")
    return 0


def _fact(name: str, value: object) -> None:
    output.line(f"  {name:<18} {value}")


def _versions(problems: list[str]) -> None:
    output.line("Program")
    _fact("newsreader", __version__)
    _fact("python", f"{platform.python_version()} ({sys.executable})")
    _fact("system", f"{platform.system()} {platform.release()}")
    for name in _LIBRARIES:
        try:
            _fact(name, version(name))
        except PackageNotFoundError:
            problems.append(f"{name} is not installed: install newsreader again.")


def _paths(context: Context, problems: list[str]) -> None:
    output.line("Paths")
    paths = context.paths
    for name, path in (
        ("config", paths.config_file), ("sources mirror", paths.mirror), ("library", paths.library), ("log", paths.log),
    ):  # fmt: skip
        _fact(name, f"{path}{'' if path.exists() else ' (not there yet)'}")
        if not _writable(path):
            problems.append(f"{path.parent} cannot be written: nothing can be kept there. Give yourself the right to.")
    room = shutil.disk_usage(_existing(paths.library)).free
    _fact("free disk", f"{room // 2**20:,} MB")
    if room < _ROOM:
        problems.append(f"Only {room // 2**20:,} MB are free on the disk of the library: make room.")
    config = context.config()
    model = "none" if config.ai_url is None else f"{config.ai_model or 'no name'} at {config.ai_url}"
    _fact("language model", f"{model}; `newsreader ai` tells more")
    problems.extend(config.problems)
    problems.extend(theme_problems(config))
    problems.extend(keymap_of(config).problems)


def _existing(path: Path) -> Path:
    return next(parent for parent in (path, *path.parents) if parent.exists())


def _writable(path: Path) -> bool:
    return os.access(_existing(path), os.W_OK)


def _library(context: Context, problems: list[str]) -> None:
    output.line("Library")
    kept = backups(context.paths.backups)
    _fact("backups", f"{len(kept)}, the newest {kept[0].name}" if kept else "none yet; one is made each day")
    if not context.paths.library.exists():
        _fact("state", "not there yet; it is made when it is needed")
        return
    try:
        with context.open_library() as store:
            facts = store.facts()
            _fact("schema", facts.schema)
            _fact("sqlite", f"{facts.sqlite_version}, full text search {'built in' if facts.fts5 else 'missing'}")
            _fact("holds", f"{count_of(facts.articles, 'article')}, {count_of(facts.sources, 'source')}")
            _fact("size", f"{facts.size_bytes / 2**20:,.1f} MB")
            newest = max((source.last_success or 0 for source in store.sources()), default=0)
            _fact("last fetch", relative_time(newest, int(context.clock())) if newest else "never")
            problems.extend(store.check())
            problems.extend(filter(None, [store.clock_problem()]))
            if damaged := len(store.damaged_texts()):
                problems.append(
                    f"The text of {count_of(damaged, 'article')} that you keep is damaged: newsreader backup mends it "
                    "from an earlier backup that has it."
                )
            failing = sum(source.error is not None and source.paused is None for source in store.sources())
            if failing:
                problems.append(
                    f"{count_of(failing, 'source')} cannot be fetched: newsreader doctor --sources says why."
                )
    except LibraryError as error:
        problems.append(error.phrase)


def _terminal(problems: list[str]) -> None:
    output.line("Terminal")
    _fact("TERM", os.environ.get("TERM", "not set"))
    _fact("size", "{0.columns} x {0.lines}".format(shutil.get_terminal_size()))
    _fact("encoding", sys.stdout.encoding)
    _fact("colours", "off (NO_COLOR)" if "NO_COLOR" in os.environ else os.environ.get("COLORTERM", "not said"))
    with Terminal() as terminal:
        dark = terminal.look(_ANSWERS)
    _fact("letters", "all" if terminal.shows_everything else f"{terminal.letters}, signs in ASCII")
    _fact("background", "not told" if dark is None else "dark" if dark else "light")
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") == "dumb":
        problems.append("The terminal says that it can do nothing (TERM=dumb): the reader needs a real one.")
    if "utf" not in sys.stdout.encoding.lower():
        problems.append("The terminal does not take UTF-8: set LANG to a UTF-8 locale, such as C.UTF-8.")
