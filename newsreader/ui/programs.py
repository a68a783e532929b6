"""Programs of the person's own choice, started without a shell: to copy by, and to be told of articles by."""

from __future__ import annotations

import asyncio
import shlex
import sys
from typing import TYPE_CHECKING, Final

from newsreader.errors import UsageError
from newsreader.ui.words import outside as words

if TYPE_CHECKING:
    from collections.abc import Callable

DESKTOP: Final = "desktop"
"""In place of a command: the notifications of the desktop, by the program that shows them there."""

_SHOWS: Final = (
    (
        "osascript",
        *("-e", "on run argv"),
        *("-e", 'display notification (item 1 of argv) with title "newsreader"'),
        *("-e", "end run"),
    )
    if sys.platform == "darwin"
    else ("notify-send", "--app-name=newsreader", "--", "newsreader")
)
_PATIENCE = 5.0  # seconds: wl-copy, notify-send and their like come back at once


async def copy_by_command(command: str, text: str) -> None:
    """Give `text` to a command on its standard input. Raises UsageError when that fails."""
    await _run(command, (), text, words.copying_failed)


async def notify_by_command(command: str, text: str) -> None:
    """Start a command with `text` as its last argument, or the desktop's. Raises UsageError when that fails."""
    if command.strip() == DESKTOP:
        command = shlex.join(_SHOWS)
    await _run(command, (text,), "", words.notifying_failed)


async def _run(command: str, further: tuple[str, ...], text: str, failed: Callable[[str, str], str]) -> None:
    try:
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command),
            *further,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(_PATIENCE):
            await process.communicate(text.encode())
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(failed(command, str(error) or words.DOES_NOT_END), repr(error)) from error
    if process.returncode:
        raise UsageError(failed(command, words.went_wrong(process.returncode)))
