"""A server whose connections do what a test says, byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from newsreader.fetch.fetcher import Fetched, Fetcher

Serve: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Scripted:
    """A server whose every connection does what a test says, and how many connections and requests it saw."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self.port = 0
        self.connections = 0
        self.open = 0
        self.requests: list[bytes] = []
        self.changed = asyncio.Condition()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        await self.count(1)
        try:
            await self.serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            await self.count(-1)

    async def count(self, step: int) -> None:
        async with self.changed:
            self.open += step
            self.changed.notify_all()

    async def until_open(self, number: int) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: self.open == number)

    async def request(self, reader: asyncio.StreamReader) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        self.requests.append(head)
        return head

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@asynccontextmanager
async def scripted(make: Callable[[Scripted], Serve]) -> AsyncIterator[Scripted]:
    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader, writer

    script = Scripted(nothing)
    script.serve = make(script)
    server = await asyncio.start_server(script.accept, "127.0.0.1", 0)
    script.port = server.sockets[0].getsockname()[1]
    async with server:
        yield script


def answering(*answers: bytes, then_close: bool = False) -> Callable[[Scripted], Serve]:
    """Answer one request after the other on one connection."""

    def make(script: Scripted) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for data in answers:
                await script.request(reader)
                writer.write(data)
                await writer.drain()
            if not then_close:
                await reader.read()

        return serve

    return make


async def body_of(fetcher: Fetcher, url: str) -> bytes:
    found = await fetcher.get(url)
    assert isinstance(found, Fetched)
    return found.body
