"""`newsreader keys`: which keys do what, as config.toml has them or in a preset."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output
from newsreader.text import cell_width
from newsreader.ui.keymap import Keymap, keymap_of
from newsreader.ui.keys import COUNTS
from newsreader.ui.words import _
from newsreader.ui.words.keys import with_a_number

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.ui.keys import Command


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the keys of every command; exit 1 where something in `[keys]` or `[macros]` cannot be followed."""
    keymap = Keymap(preset=arguments.preset) if arguments.preset else keymap_of(context.config())
    if arguments.json:
        output.as_json([_as_json(command, keymap) for command in keymap.commands])
    else:
        _print(keymap)
    for problem in keymap.problems:
        output.problem(problem)
    return EXIT_FAILED if keymap.problems else 0


def _print(keymap: Keymap) -> None:
    """Print them in groups: keys, the name by which `[keys]` and `:` know the command, and what it does."""
    rows = [
        (command, "  ".join(keymap.keys_of(command.id)) or keymap.key_of(command.id)) for command in keymap.commands
    ]
    keys = max(cell_width(shown) for command, shown in rows)
    names = max(len(command.id) for command, shown in rows if not command.line)
    columns = output.width()
    for number, (group, members) in enumerate(groupby(rows, key=lambda row: row[0].group)):
        output.line(f"{chr(10) if number else ''}{_(group)}")
        for command, shown in members:
            name = "" if command.line else command.id
            counted = f" {with_a_number(COUNTS[command.id])}" if command.id in COUNTS else ""
            start = f"  {shown}{' ' * (keys - cell_width(shown))}  {name:{names}}  "
            output.row(start, f"{_(command.help)}{counted}", columns)


def _as_json(command: Command, keymap: Keymap) -> dict[str, Any]:
    return {
        "id": command.id,
        "keys": list(keymap.keys_of(command.id)),
        "label": command.label,
        "help": command.help,
        "group": command.group,
        "where": [str(place) for place in command.where],
        "count": COUNTS.get(command.id),
        "macro": command.line or None,
    }
