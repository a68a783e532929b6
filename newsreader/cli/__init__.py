"""The command line, and the composition root: here Config, Store, Fetcher and App are put together by hand.

Each command is a small module with `run(arguments, context) -> exit status`; nothing is imported before it is needed.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_FAILED = 1
"""The command was understood and did not succeed."""
EXIT_USAGE = 2
"""The command could not be understood, or cannot run here."""
EXIT_BUG = 70
"""A mistake of ours (EX_SOFTWARE of sysexits.h)."""
_DAY = 24 * 3_600


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every failure ends in a sentence on standard error and an exit status, never in a traceback.

    ctrl+c is heeded from the first moment on, while the program is still being read from the disk.
    """
    try:
        return _main(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return 130


def _main(argv: Sequence[str]) -> int:
    from newsreader.errors import NewsreaderError

    _fill_closed_streams()
    _mend_zone()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return _run(argv)
    except NewsreaderError as error:
        from newsreader import log

        log.get("cli").warning("%s (%s)", error.phrase, error.cause)
        if not error.told:
            print(f"newsreader: {error.phrase}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        # Whoever read our output went away (`newsreader list | head`): the rest has no reader.
        _drop_unsaid()
        return 0
    except OSError as error:
        from newsreader import log

        log.get("cli").exception("a command failed")
        with suppress(OSError):
            print(f"newsreader: the system refused: {error.strerror or error}.", file=sys.stderr)
        _drop_unsaid()
        return EXIT_FAILED
    except Exception:
        from newsreader import log

        log.get("cli").exception("a command failed")
        print("newsreader: an unexpected error; `newsreader doctor` shows where the log is.", file=sys.stderr)
        return EXIT_BUG


def _drop_unsaid() -> None:
    """Let standard streams that take no more lead nowhere: what waits in them would fail once more at the very end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fill_closed_streams() -> None:
    """Let standard streams that were closed before the start (`>&-`, some schedulers) lead nowhere.

    Python leaves None in their place; and the next files opened, the library among them, would get their numbers, so
    that what is printed by any other way ended up in these.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _mend_zone() -> None:
    """Go by UTC where the time zone is one that no place can have (TZ=X-99), with which no day can be told."""
    if abs(time.localtime().tm_gmtoff) >= _DAY:
        os.environ["TZ"] = "UTC"  # for the worker and its children too
        time.tzset()


def _run(argv: Sequence[str]) -> int:
    from newsreader.cli.context import Context
    from newsreader.cli.parser import build_parser
    from newsreader.errors import UsageError

    if os.name == "nt":
        raise UsageError("newsreader runs on Linux and macOS; on Windows it runs inside WSL.")
    try:
        arguments = build_parser(with_commands=not set(argv) <= {"--demo"}).parse_args(argv)
    finally:
        sys.stdout.flush()  # what `--help` prints, while it can still be said that nobody takes it
    if arguments.home == "":
        raise UsageError("--home needs the name of a folder.")
    context = Context.create(arguments.home)
    status: int = import_module(f"newsreader.cli.{arguments.module}").run(arguments, context)
    sys.stdout.flush()
    return status
