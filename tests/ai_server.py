"""A server on loopback that speaks the chat completions of OpenAI, with all the quirks that servers have.

    async with AiServer() as server:
        server.script = [words("A sentence. ", "Another one.")]
        … ask server.base_url …
        assert server.asked[0].body["stream"] is True

`script` holds what is answered to the next requests of `/v1/chat/completions`, the last one for ever: raw bytes, sent
as they stand, or a function that writes to the stream itself. Real sockets, plain asyncio streams.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias

Write: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SSE = "text/event-stream"


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.raw)
        return value

    def message(self, role: str) -> str:
        return str(next(each["content"] for each in self.body["messages"] if each["role"] == role))


def event(value: object, end: str = "\n\n") -> str:
    return f"data: {value if isinstance(value, str) else json.dumps(value)}{end}"


def delta(text: str | None = None, finish: str | None = None, **more: object) -> dict[str, object]:
    """One chunk of a stream."""
    said = ({"content": text} if text is not None else {}) | more
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": said, "finish_reason": finish}],
    }


def stream(*events: object, end: str = "\n\n", done: bool = True) -> str:
    """The body of a stream."""
    return "".join(event(each, end) for each in (*events, *(["[DONE]"] if done else [])))


def words(*texts: str, finish: str = "stop") -> bytes:
    """A plain answer."""
    return answer(stream(delta("", role="assistant"), *map(delta, texts), delta(finish=finish)))


def answer(
    body: str | bytes, kind: str = SSE, status: str = "200 OK", *, chunk: int | None = None, lines: Sequence[str] = ()
) -> bytes:
    """A whole HTTP answer, its body in chunks of so many bytes or all at once."""
    raw = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines]
    if chunk is None:
        return "\r\n".join([*head, f"Content-Length: {len(raw)}", "", ""]).encode() + raw
    framed = b"".join(
        f"{len(part):x}\r\n".encode() + part + b"\r\n"
        for part in (raw[at : at + chunk] for at in range(0, len(raw), chunk))
    )
    return "\r\n".join([*head, "Transfer-Encoding: chunked", "", ""]).encode() + framed + b"0\r\n\r\n"


def in_json(value: object, status: str = "200 OK", lines: Sequence[str] = ()) -> bytes:
    return answer(json.dumps(value), "application/json", status, lines=lines)


def error(message: str, status: str, lines: Sequence[str] = (), **more: object) -> bytes:
    return in_json({"error": {"message": message, **more}}, status, lines)


def packed(body: str) -> bytes:
    return answer(gzip.compress(body.encode()), lines=["Content-Encoding: gzip"], chunk=7)


def until_closed(body: str, version: str = "1.0") -> bytes:
    """An answer whose end is the end of the connection."""
    return f"HTTP/{version} 200 OK\r\nContent-Type: {SSE}\r\n\r\n{body}".encode()


def cut(body: str) -> bytes:
    """An answer that breaks off within its chunks."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {SSE}\r\nTransfer-Encoding: chunked\r\n\r\n"
    return f"{head}{len(body):x}\r\n{body}\r\n".encode()


@dataclass
class AiServer:
    """See the module. `models` are the names of `/v1/models`, `wants_key` says that it answers nobody without one.

    `closed` is set when the client closed one that hangs; `gone` is the same for a test in another thread.
    """

    script: list[bytes | Write] = field(default_factory=list)
    models: list[str] = field(default_factory=lambda: ["tern-7b", "heron-70b"])
    asked: list[Asked] = field(default_factory=list)
    wants_key: bool = False
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append(Asked(method, path, headers, raw))
        if self.wants_key and "authorization" not in headers:
            writer.write(error("You didn't provide an API key.", "401 Unauthorized"))
        elif path == "/v1/models":
            writer.write(in_json({"object": "list", "data": [{"id": name} for name in self.models]}))
        elif path != "/v1/chat/completions":
            writer.write(answer("<html><title>404</title></html>", "text/html", "404 Not Found"))
        else:
            say = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            if callable(say):
                await say(reader, writer)
            else:
                writer.write(say)
        with suppress(ConnectionError):
            await writer.drain()

    def hang(self, *texts: str) -> Write:
        """Begin an answer, and then say nothing more until the client goes."""

        async def write(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            body = "".join(event(delta(text)) for text in texts)
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {SSE}\r\n\r\n{body}".encode())
            await writer.drain()
            await reader.read()
            self.closed.set()
            self.gone.set()

        return write
