"""One connection as bytes: opened by the quickest address, read with back-pressure, closed at once."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from typing import TYPE_CHECKING, Final, cast

from newsreader.bounds import READ_AHEAD

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence

    from newsreader.fetch.names import Address

_STAGGER: Final = 0.25  # seconds that an address has for itself before the next is tried beside it (RFC 8305 5)


class Wire(asyncio.Protocol):
    """What arrived on a connection waits here until it is read; beyond READ_AHEAD the other end has to wait."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._arrived: list[bytes] = []
        self._size = 0
        self._waiter: asyncio.Future[None] | None = None
        self._error: Exception | None = None
        self.ended = False
        self.idle = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport (asyncio calls this)."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what arrived (asyncio calls this). Bytes that nobody asked for end an idle connection."""
        if self.idle:
            self.close()
            return
        self._arrived.append(data)
        self._size += len(data)
        if self._size > READ_AHEAD and self._transport is not None:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Note that nothing more comes (asyncio calls this, and closes then)."""
        self.ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note why it ended (asyncio calls this)."""
        self.ended = True
        self._error = exc
        self._wake()

    def write(self, data: bytes) -> None:
        """Send; a failure shows at the next read."""
        if self._transport is not None and not self.ended:
            self._transport.write(data)

    async def read(self) -> bytes:
        """All that arrived, waiting for something to come; empty at the end. Raises OSError for a broken connection."""
        while not self._arrived:
            if self._error is not None:
                raise self._error
            if self.ended:
                return b""
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self.here()

    def here(self) -> bytes:
        """All that arrived, without waiting."""
        data = self._arrived[0] if len(self._arrived) == 1 else b"".join(self._arrived)
        if self._size > READ_AHEAD and self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()
        self._arrived.clear()
        self._size = 0
        return data

    def close(self) -> None:
        """End the connection now; nothing that waits to be sent is sent."""
        self.ended = True
        if self._transport is not None:
            self._transport.abort()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


async def connect(addresses: Sequence[Address]) -> socket.socket:
    """A socket to the first of these addresses that answers. Raises OSError, or a group of them, if none does."""
    if len(addresses) == 1:
        return await _open(*addresses[0])
    waiting, running = deque(addresses), set[asyncio.Task[socket.socket]]()
    failures: list[OSError] = []
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.create_task(_open(*waiting.popleft())))
            pause = _STAGGER if waiting else None
            done, running = await asyncio.wait(running, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                failure = task.exception()
                if failure is None:
                    running |= done - {task}
                    return task.result()
                failures.append(cast("OSError", failure))
    finally:
        for task in running:
            task.add_done_callback(_discard)
            task.cancel()
    if not failures:
        raise OSError("the name has no address")
    raise ExceptionGroup("no address answers", failures)


async def over(sock: socket.socket, context: ssl.SSLContext | None, host: str) -> Wire:
    """The wire over a connected socket, with a checked certificate where there is a context. Raises OSError."""
    try:
        _, wire = await asyncio.get_running_loop().create_connection(
            Wire, sock=sock, ssl=context, server_hostname=host if context else None
        )
    except BaseException:
        sock.close()
        raise
    return wire


async def _open(family: socket.AddressFamily, address: tuple[object, ...]) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, address)
    except BaseException:
        sock.close()
        raise
    return sock


def _discard(task: asyncio.Task[socket.socket]) -> None:
    """Close the socket of an attempt that came too late, and take note of its failure."""
    if not task.cancelled() and task.exception() is None:
        task.result().close()
