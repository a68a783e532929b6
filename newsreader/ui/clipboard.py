"""Copying for terminals that know no OSC 52: through the command of the person's own choice."""

from __future__ import annotations

import asyncio
import shlex

from newsreader.errors import UsageError

_PATIENCE = 5.0  # seconds: wl-copy and its like come back at once


async def copy_by_command(command: str, text: str) -> None:
    """Give `text` to a command on its standard input, without a shell. Raises UsageError when that fails."""
    try:
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(_PATIENCE):
            await process.communicate(text.encode())
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"Copying by {command} failed: {str(error) or 'it does not end'}.", repr(error)) from error
    if process.returncode:
        raise UsageError(f"Copying by {command} failed: it ended with {process.returncode}.")
