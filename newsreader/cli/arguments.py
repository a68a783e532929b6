"""What every command's arguments are made with."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """One that can take a query apart from options: `-bridge` is a word of it, though it begins as an option does."""

    takes_query = False

    def parse_known_args(self, args: Iterable[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Put a space before what a query leaves out: what begins so is no option to argparse."""
        if args is not None:
            args = [f" {word}" if self.takes_query and _leaves_out(word) else word for word in args]
        return super().parse_known_args(args, namespace)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write help, and let it be known where it could not be written: argparse keeps quiet about that."""
        if file is not None and file is sys.stdout:
            file.write(message)
        else:
            super()._print_message(message, file)


def _leaves_out(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and word[1] != "-" and word != "-h"


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names the type nowhere else


def new_command(commands: Commands[Parser], name: str, module: str, about: str) -> Parser:
    """Add a command that a module of newsreader.cli runs."""
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(module=module, command=name)
    # Also after the command, because people write it there; SUPPRESS keeps what stood before it.
    parser.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def positive(text: str) -> int:
    """A number from 1 on. Raises ArgumentTypeError for anything else."""
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    if number < 1:
        raise argparse.ArgumentTypeError("a whole number from 1 up")
    return number
