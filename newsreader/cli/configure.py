"""`newsreader config --path|--example|--example-theme`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.config.writing import example

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print where config.toml lies, or a commented example of it or of a theme."""
    if arguments.path:
        output.line(str(context.paths.config_file))
        return 0
    if arguments.example_theme:
        from newsreader.ui.theme_files import example_theme

        print(example_theme(), end="")
        return 0
    from newsreader.ui.keymap import preset_keys

    print(example(preset_keys("default")), end="")
    return 0
