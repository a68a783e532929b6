"""A web server on loopback that does what bad servers do: each path is one misdeed of RELIABILITY's network rows.

    async with HostileServer() as server:
        await fetcher.get(server.url("/gzip-bomb"))

It is plain asyncio streams, for a web framework would refuse to send most of this. It counts what it was asked
(`requests`), how many were served at once (`most_at_once`), and the bytes it managed to send (`sent`).
`pages` are further paths: whole answers, or the path of a misdeed that they stand for; a test may change them at any
time. `Serving` runs it in a thread of its own, for tests of whole processes. Run as a script it serves until it is
stopped, and prints its addresses.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
import zlib
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from tests.hostile_answers import (
    ANSWERS,
    ESCAPES,
    ETAG,
    FEED,
    GZIP,
    LAST_MODIFIED,
    PACKED,
    answer,
    answer_in_chunks,
    bomb,
    raw_deflate,
    redirect,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence
    from types import TracebackType

__all__ = [
    "ANSWERS",
    "ESCAPES",
    "ETAG",
    "FEED",
    "GZIP",
    "LAST_MODIFIED",
    "PACKED",
    "Asked",
    "HostileServer",
    "Serving",
    "answer",
    "answer_in_chunks",
    "bomb",
    "raw_deflate",
    "redirect",
]
S = TypeVar("S")
T = TypeVar("T")
STEP: Final = 0.02  # seconds between two drops of a dripping answer


@dataclass(frozen=True)
class Asked:
    """One request as it arrived: path with query, and headers by small letters."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)


class HostileServer:
    """The server: an async context manager on a free port of 127.0.0.1; see the module for what it counts."""

    def __init__(self, hosts: Sequence[str] = ("127.0.0.1",)) -> None:
        self.hosts = tuple(hosts)
        self.pages: dict[str, bytes | str] = {}
        self.requests: list[Asked] = []
        self.sent = 0
        self.at_once = 0
        self.most_at_once = 0
        self.gate = asyncio.Event()
        self.arrived = asyncio.Event()
        self.port = 0
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._routes: dict[str, Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]] = {
            "/conditional": self._conditional,
            "/conditional-date": self._conditional_date,
            "/gzip-bomb": self._gzip_bomb,
            "/gzip-bomb-twice": self._gzip_bomb_twice,
            "/endless": self._endless,
            "/endless-gzip": self._endless_gzip,
            "/endless-headers": self._endless_headers,
            "/endless-hints": self._endless_hints,
            "/drip-body": self._drip_body,
            "/drip-headers": self._drip_headers,
            "/drip-gzip": self._drip_gzip,
            "/silent": self._silent,
            "/reset": self._reset,
            "/reset-in-body": self._reset_in_body,
            "/chain": self._chain,
            "/held": self._held,
            "/cookie-wall": self._cookie_wall,
            "/cookies": self._cookies,
            "/away": self._away,
        }

    async def __aenter__(self) -> Self:
        for host in self.hosts:
            server = await asyncio.start_server(self._accept, host, self.port)
            self._servers.append(server)
            self.port = server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()

    def url(self, path: str, *, host: str = "127.0.0.1", userinfo: str = "") -> str:
        return f"http://{userinfo}{host}:{self.port}{path}"

    @classmethod
    def paths(cls) -> tuple[str, ...]:
        """Everything there is to ask for, good and bad."""
        return (*ANSWERS, *cls()._routes)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._serve(reader, writer)
        self._tasks.discard(task)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readexactly(1)
        if first == b"\x16":  # a TLS greeting
            await self._send(writer, answer(b"plain http here", b"400 Bad Request"))
            return
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        lines = (line.partition(":") for line in head[1:] if line)
        asked = Asked(head[0].split(" ")[1], {name.lower(): value.strip() for name, _, value in lines})
        self.requests.append(asked)
        self.arrived.set()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            page = self.pages.get(asked.path, asked.path)
            if isinstance(page, bytes):
                await self._send(writer, page)
                return
            asked = replace(asked, path=page)
            path = asked.path.partition("?")[0]
            if path in self._routes:
                await self._routes[path](asked, writer)
            else:
                await self._send(writer, ANSWERS.get(path, answer(b"no", b"404 Not Found")))
        finally:
            self.at_once -= 1

    async def _send(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        writer.write(data)
        await writer.drain()
        self.sent += len(data)

    async def _conditional(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        unchanged = asked.headers.get("if-none-match") == ETAG
        lines = (b"ETag: " + ETAG.encode(), b"Cache-Control: max-age=600")
        if unchanged:
            await self._send(writer, b"\r\n".join((b"HTTP/1.1 304 Not Modified", *lines)) + b"\r\n\r\n")
        else:
            await self._send(writer, answer(FEED, b"200 OK", *lines))

    async def _conditional_date(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.headers.get("if-modified-since") == LAST_MODIFIED:
            await self._send(writer, b"HTTP/1.1 304 Not Modified\r\n\r\n")
        else:
            await self._send(writer, answer(FEED, b"200 OK", b"Last-Modified: " + LAST_MODIFIED.encode()))

    async def _gzip_bomb(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, answer(bomb(64), b"200 OK", GZIP))

    async def _gzip_bomb_twice(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, answer(gzip.compress(bomb(64)), b"200 OK", GZIP))

    async def _endless(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><!--")
        while True:
            await self._send(writer, b"a" * 65_536)

    async def _endless_gzip(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        packer = zlib.compressobj(0, wbits=31)  # stored: as many bytes raw as unpacked
        await self._send(writer, b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        while True:
            await self._send(writer, packer.compress(b"a" * 65_536))

    async def _endless_headers(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, b"HTTP/1.1 200 OK\r\n")
        while True:
            await self._send(writer, b"X-More: " + b"a" * 1_000 + b"\r\n")

    async def _endless_hints(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        while True:
            await self._send(writer, b"HTTP/1.1 103 Early Hints\r\n\r\n")

    async def _drip(self, writer: asyncio.StreamWriter, drops: bytes) -> None:
        for number in range(len(drops)):
            await self._send(writer, drops[number : number + 1])
            await asyncio.sleep(STEP)

    async def _drip_body(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, answer(b"", length=100_000))
        await self._drip(writer, b" " * 100_000)

    async def _drip_headers(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, b"HTTP/1.1 200 OK\r\n")
        await self._drip(writer, b"X-Slow: a\r\n" * 10_000)

    async def _drip_gzip(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """A good answer that comes in drops without pause: every cut inside a gzip head is met."""
        await self._send(writer, answer(b"", b"200 OK", GZIP, length=len(PACKED)))
        for number in range(len(PACKED)):
            await self._send(writer, PACKED[number : number + 1])
            await asyncio.sleep(0)

    async def _silent(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async def _reset(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    async def _reset_in_body(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, answer(FEED[:20], length=100_000))
        writer.transport.abort()

    async def _chain(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """/chain?N: N redirects before the feed."""
        number = asked.path.partition("?")[2]
        left = int(number) if number.isdecimal() else 1_000
        await self._send(writer, redirect(b"/chain?%d" % (left - 1)) if left else answer())

    async def _held(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Answer once the test opens the gate."""
        await self.gate.wait()
        await self._send(writer, answer())

    async def _cookie_wall(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Redirect to itself until the cookie that it sets comes back."""
        if "pass=1" in asked.headers.get("cookie", ""):
            await self._send(writer, answer())
        else:
            await self._send(writer, redirect(b"/cookie-wall", b"302 Found", b"Set-Cookie: pass=1; Path=/"))

    async def _cookies(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, answer(FEED, b"200 OK", b"Set-Cookie: follow=me; Path=/"))

    async def _away(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """/away?ADDRESS: redirect to any other address; PORT stands for this server's."""
        location = asked.path.partition("?")[2].replace("PORT", str(self.port))
        await self._send(writer, redirect(location.encode("latin-1")))


class Serving(Generic[S]):
    """A server in a thread and an event loop of its own: a context manager that gives the server."""

    def __init__(self, server: AbstractAsyncContextManager[S]) -> None:
        self.server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hostile-server", daemon=True)

    def __enter__(self) -> S:
        self._thread.start()
        return self._run(self.server.__aenter__())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self.server.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self, deed: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(deed, self._loop).result(10)


async def _main() -> None:
    async with HostileServer() as server:
        for path in server.paths():
            print(server.url(path), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_main())
