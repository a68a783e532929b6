"""Running commands of the person's own: given an article and read, or with the terminal for themselves."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
import subprocess
import sys
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.bounds import MAX_PRINTED, PIPE_PATIENCE
from newsreader.errors import UsageError
from newsreader.text import one_line, truncate
from newsreader.ui.words import outside as words

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN: Final = 40  # cells of a command in a sentence
_LONGEST: Final = 200  # characters of what a command says went wrong


async def pipe_through(command: str, text: str, environment: Mapping[str, str]) -> str:
    """Give `text` to a command of the person's shell and come back with what it printed.

    Raises UsageError when it goes wrong or takes too long.
    """
    process = await asyncio.create_subprocess_exec(
        *_shell(command),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **environment},
        start_new_session=True,  # it and all that it starts can be ended together
    )
    shown = truncate(one_line(command), _SHOWN)
    try:
        async with asyncio.timeout(PIPE_PATIENCE):
            printed, _ = await process.communicate(text.encode())
    except TimeoutError as error:
        raise UsageError(words.failed(shown, words.endless(PIPE_PATIENCE)), repr(error)) from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    said = printed[:MAX_PRINTED].decode(errors="replace")
    if process.returncode:
        why = one_line(said, _LONGEST) or words.ended_with(process.returncode)
        raise UsageError(words.failed(shown, why), said)
    return said


def run_in_terminal(command: str | list[str], environment: Mapping[str, str], afterwards: str = "") -> None:
    """Run a command that has the terminal for itself; `afterwards` is said at its end, and Enter waited for.

    As a list it is started without a shell. Ctrl+c ends the command and not this program.
    """
    argv = _shell(command) if isinstance(command, str) else command
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a handler, which the command does not inherit
    try:
        process = subprocess.run(argv, env={**os.environ, **environment}, check=False)
        if afterwards:
            status = f"{words.ended_with(process.returncode)} " if process.returncode else ""
            sys.stdout.write(f"\n{status}{afterwards}")
            sys.stdout.flush()
            sys.stdin.readline()
    except OSError as error:
        raise UsageError(words.failed(argv[0], error.strerror or str(error)), repr(error)) from error
    finally:
        signal.signal(signal.SIGINT, before)


def editor() -> list[str]:
    """The command of the person's editor."""
    for choice in (os.environ.get("VISUAL"), os.environ.get("EDITOR")):
        with contextlib.suppress(ValueError):
            argv = shlex.split(choice or "")
            if argv:
                return argv
    return ["vi"]


def command_for(kind: str | None, url: str, commands: Mapping[str, str]) -> str | None:
    """The command for a file of a media type, of those that stand beside patterns: the narrowest that fits."""
    if not kind:
        import mimetypes

        kind, _ = mimetypes.guess_type(urlsplit(url).path)
    fitting = [each for each in commands if fnmatchcase((kind or "").casefold().partition(";")[0], each.casefold())]
    return commands[max(fitting, key=lambda each: (len(each.replace("*", "")), each))] if fitting else None


def _shell(command: str) -> list[str]:
    return [os.environ.get("SHELL") or "/bin/sh", "-c", command]
