"""What a source's own settings add to its requests, with secrets fetched from where they are named.

A secret is named, never stored: `env:NAME`, `command:ARGV` (its first line of output; no shell) or `file:PATH` (its
first line; readable by its owner only). No phrase, cause, log line or repr made here holds one.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shlex
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_SECRET, SECRET_TIMEOUT
from newsreader.errors import FetchError

if TYPE_CHECKING:
    from newsreader.model import SourceSettings

_REFERENCE: Final = re.compile(r"(?P<scheme>[A-Za-z]+ )?(?P<kind>env|command|file):(?P<what>.+)")
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # RFC 9110 5.6.2
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_OURS: Final = frozenset({"host", "content-length", "transfer-encoding", "connection", "te", "upgrade"})
_PLAIN_KINDS: Final = ("http", "https", "socks5", "socks5h")


def check(settings: SourceSettings) -> None:
    """Raise FetchError, in words and without a secret, for settings that no request could be made with."""
    for name, value in settings.headers:
        if not _NAME.fullmatch(name):
            raise FetchError("A header of this source has a name that cannot be sent. Correct its settings.")
        if name.lower() in _OURS:
            raise FetchError(f"The header {name} cannot be set for a source: each request has its own.")
        _sendable(value, f"The header {name}")
    if settings.user_agent is not None:
        _sendable(settings.user_agent, "The user agent")
    if settings.user is not None and (":" in settings.user or _CONTROL.search(settings.user)):
        raise FetchError("A user name cannot hold a colon or control characters. Correct the source's settings.")
    if settings.secret is not None and not _REFERENCE.fullmatch(settings.secret):
        raise FetchError("A secret is named, not stored: set it to env:NAME, command:PROGRAM or file:PATH.")
    if settings.proxy not in {None, "none"}:
        kind, separator, rest = str(settings.proxy).partition("://")
        if not separator or not rest or kind.lower() not in _PLAIN_KINDS:
            raise FetchError("A source's proxy is an http, https or socks5 address, or none. Correct its settings.")


class Secrets:
    """Finds secrets, each once in the life of the program: a password manager may ask the person for leave."""

    def __init__(self, timeout: float = SECRET_TIMEOUT) -> None:
        self._timeout = timeout
        self._known: dict[str, str] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def lines(self, settings: SourceSettings) -> dict[str, str]:
        """The header lines that a source's settings make. Raises FetchError, in words and without a secret."""
        if not (settings.headers or settings.user_agent or settings.user or settings.secret):
            return {}
        check(settings)
        lines = {}
        if settings.user_agent:
            lines["User-Agent"] = settings.user_agent
        if settings.user or settings.secret:
            password = await self.value(settings.secret) if settings.secret else ""
            pair = f"{settings.user or ''}:{password}".encode()
            lines["Authorization"] = "Basic " + base64.b64encode(pair).decode("ascii")
        for name, value in settings.headers:
            found = _REFERENCE.fullmatch(value)
            if found:
                secret = await self.value(value[found.start("kind") :])
                value = (found["scheme"] or "") + _sendable(secret, f"The secret for the header {name}")  # noqa: PLW2901
            lines[name] = value
        return lines

    async def value(self, reference: str) -> str:
        """The secret that a reference names. Raises FetchError where it cannot be had."""
        async with self._asking.setdefault(reference, asyncio.Lock()):
            if reference not in self._known:
                kind, _, what = reference.partition(":")
                if kind == "command":
                    found = await self._of_command(what)
                else:
                    found = _of_file(what) if kind == "file" else _of_environment(what)
                self._known[reference] = found
            return self._known[reference]

    def forget(self, reference: str) -> None:
        """Find a secret anew the next time: it was refused."""
        self._known.pop(reference, None)

    async def _of_command(self, line: str) -> str:
        try:
            argv = shlex.split(line)
            program = Path(argv[0]).name
        except (ValueError, IndexError):
            raise FetchError("The command that is to give a secret cannot be read. Check its quotes.") from None
        try:
            process = await asyncio.create_subprocess_exec(
                *argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # it must not draw its question onto the reader's screen
            )
        except (OSError, ValueError):
            raise FetchError(f"The command {program}, which is to give a secret, cannot be started.") from None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(self._timeout):
                output = await process.stdout.read(MAX_SECRET)
                while not process.stdout.at_eof():
                    output += (await process.stdout.read(MAX_SECRET))[: MAX_SECRET - len(output)]
                status = await process.wait()
        except TimeoutError:
            raise FetchError(
                f"The command {program}, which is to give a secret, took longer than {self._timeout:g} seconds."
            ) from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if status:
            raise FetchError(f"The command {program}, which is to give a secret, ended with {status}. Try it by hand.")
        return _first_line(output, f"The command {program}")


def _of_environment(name: str) -> str:
    return _first_line(os.environ.get(name, "").encode(), f"The environment variable {name}")


def _of_file(name: str) -> str:
    path = Path(name)
    try:
        descriptor = os.open(path.expanduser(), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, RuntimeError, ValueError):
        raise FetchError(f"The file {path}, which is to hold a secret, cannot be opened.") from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise FetchError(f"{path}, which is to hold a secret, is no file.")
        if os.name == "posix" and mode & 0o077:
            raise FetchError(f"Others may read the secret in {path}: run chmod 600 {shlex.quote(str(path))}")
        return _first_line(os.read(descriptor, MAX_SECRET), f"The file {path}")
    finally:
        os.close(descriptor)


def _first_line(data: bytes, where: str) -> str:
    line = data.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "replace")
    if not line:
        raise FetchError(f"{where}, which is to hold a secret, holds none.")
    return line


def _sendable(value: str, what: str) -> str:
    """A header value as it was, if it can be one."""
    if _CONTROL.search(value) or not value.isascii() or len(value) > MAX_SECRET:
        raise FetchError(f"{what} holds characters that cannot be sent. Correct the source's settings.")
    return value
