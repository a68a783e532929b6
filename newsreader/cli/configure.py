"""`newsreader config --path|--example`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.config.writing import example

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print where config.toml lies, or a commented example of it."""
    if arguments.path:
        output.line(str(context.paths.config_file))
        return 0
    from newsreader.ui.keymap import preset_keys

    print(example(preset_keys("default")), end="")
    return 0
