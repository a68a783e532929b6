"""`newsreader backup [FILE]`, `newsreader restore FILE` and `newsreader export --all FILE`. None of them fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.config.paths import expanded
from newsreader.errors import UsageError
from newsreader.model import size_words
from newsreader.text import count_of

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write a backup, list those that are kept, or take one over."""
    if arguments.command == "restore":
        return restore(expanded(arguments.file), context)
    if arguments.list:
        return _list(context)
    return _back_up(arguments.file, context)


def _back_up(name: str | None, context: Context) -> int:
    from newsreader.store.rotation import make_backup
    from newsreader.worker.recovery import mend_texts

    if name is not None:
        return write_all(name, context, everything=False)
    paths = context.paths
    with context.open_library() as store:
        if mended := mend_texts(store, paths.backups):
            output.line(mended)
    _tell(make_backup(paths.library, paths.backups, now=context.clock(), settings=paths.settings_file))
    return 0


def write_all(name: str, context: Context, *, everything: bool) -> int:
    """Write what cannot be fetched again, or everything, to a file."""
    from newsreader.store.backup import write_backup

    if name == "-":
        raise UsageError("A backup goes to a file: name one.")
    context.open_library().close()  # an older one is brought up to date first
    paths, target = context.paths, expanded(name).absolute()
    settings = paths.settings_file.read_bytes() if paths.settings_file.is_file() else None
    write_backup(paths.library, target, now=context.clock(), settings=settings, everything=everything)
    _tell(target)
    return 0


def _tell(path: Path) -> None:
    output.line(
        f"{path} written, {size_words(path.stat().st_size)}. `newsreader restore` takes it over, here or elsewhere."
    )


def _list(context: Context) -> int:
    from newsreader.store.rotation import all_backups

    found = all_backups(context.paths.backups)
    for path in found:
        output.line(f"{size_words(path.stat().st_size):>8}  {path}")
    if not found:
        output.line("No backup yet: the reader makes one each day, and `newsreader backup` at once.")
    return 0


def restore(path: Path, context: Context, *, own: bool = True) -> int:
    """Take over what a backup has and this library has not."""
    from newsreader.config.writing import fill_settings
    from newsreader.store.unpacking import unpacked
    from newsreader.worker.mirror import write_mirror

    with unpacked(path) as plain, context.open_library() as store:
        restored = store.take_in(plain, own=own)
        write_mirror(store, context.paths.mirror)
    came = restored.words
    if restored.left_out:
        output.problem(
            f"The headers, passwords' places and proxies of {count_of(restored.left_out, 'source')} were left out, "
            "for in somebody else's file they could give your secrets away. "
            "For a file of your own: newsreader restore FILE."
        )
    if own and restored.settings is not None and fill_settings(context.paths, restored.settings):
        output.line("Settings that were not set here were taken over.")
    if not came:
        output.line("Nothing is in it that is not here.")
        return 0
    output.line(f"Restored: {came}. `newsreader journal` takes it back.")
    output.line("`newsreader fetch` fetches the articles; the reader does it by itself.")
    return 0
