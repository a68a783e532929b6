"""The straight way to a server: HTTP/1.1 by h11 over asyncio, at a third of what httpx's own transport costs.

It speaks httpx's transport interface and raises its exceptions, so that the two can stand in for each other; proxies
keep httpx's own. Of a request it sends what it is given; of an answer it promises nothing but RFC 9112's framing.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

import h11
import httpx

from newsreader.bounds import MAX_HEAD, MAX_IDLE, MAX_INTERIM
from newsreader.fetch.addresses import is_private
from newsreader.fetch.heads import mended
from newsreader.fetch.names import Names
from newsreader.fetch.wire import Wire, connect, over

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable

_IDLE: Final = 15.0  # seconds that a connection is kept for a next request; servers close theirs soon after
_BREATH: Final = 1_000  # parts after which other tasks, and the deadline, get their turn
_PORTS: Final = {"http": 80, "https": 443}
_DISCONNECTED: Final = "Server disconnected without sending a response."  # as httpx says it
_Origin = tuple[str, str, int]


class PrivateAddressError(httpx.ConnectError):
    """The host turned out to be in a private network, which this request must not enter; nothing was sent."""


class _Closed(Exception):  # noqa: N818 - it never leaves this module: a kept connection had been closed meanwhile
    pass


class DirectTransport(httpx.AsyncBaseTransport):
    """Asks origins directly, over connections that are kept for a while where the server allows it.

    `context` gives the one TLS context when it is first needed. A request with the extension `public` is refused
    (PrivateAddressError) if the address really connected to is private. Answers say in the extension `peer` whose they
    are.
    """

    def __init__(self, context: Callable[[], ssl.SSLContext], *, names: Names | None = None) -> None:
        self._context = context
        self._names = names or Names()
        self._idle: dict[_Connection, asyncio.TimerHandle] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the head of its answer; its stream gives the raw body."""
        url = request.url
        origin = (url.scheme, url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme])
        public = bool(request.extensions.get("public"))
        while (kept := self._take(origin)) is not None:
            if public and is_private(kept.peer):
                kept.close()
                raise PrivateAddressError(kept.peer)
            with contextlib.suppress(_Closed):
                return await self._exchange(kept, request)
        timeout = request.extensions.get("timeout", {}).get("connect")
        fresh = await self._connect(origin, timeout, public=public)
        try:
            return await self._exchange(fresh, request)
        except _Closed as closed:
            raise httpx.RemoteProtocolError(_DISCONNECTED) from closed

    async def aclose(self) -> None:
        """Close the connections that wait."""
        for connection in list(self._idle):
            self._drop(connection)

    async def _connect(self, origin: _Origin, seconds: float | None, *, public: bool) -> _Connection:
        """Open a connection to the addresses looked at here: a name that changes its mind changes nothing."""
        scheme, host, port = origin
        try:
            async with asyncio.timeout(seconds):
                found = await self._names.addresses(host, port)
                allowed = [entry for entry in found if not (public and is_private(str(entry[1][0])))]
                if found and not allowed:
                    raise PrivateAddressError(str(found[0][1][0]))
                sock = await connect(allowed)
                peer = str(sock.getpeername()[0])
                wire = await over(sock, self._context() if scheme == "https" else None, host.rstrip("."))
        except TimeoutError as error:
            raise httpx.ConnectTimeout("the connection took too long") from error
        except (OSError, ExceptionGroup, ValueError) as error:
            raise httpx.ConnectError(str(error) or type(error).__name__) from error
        return _Connection(wire, origin, peer)

    async def _exchange(self, connection: _Connection, request: httpx.Request) -> httpx.Response:
        try:
            answer = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        stream = _Stream(connection, self._give_back)
        extensions = {"peer": connection.peer, "http_version": b"HTTP/" + answer.http_version}
        return httpx.Response(
            answer.status_code, headers=answer.headers.raw_items(), stream=stream, extensions=extensions
        )

    def _take(self, origin: _Origin) -> _Connection | None:
        """The youngest connection that waits for this origin."""
        for connection in reversed(self._idle):
            if connection.origin == origin:
                self._idle.pop(connection).cancel()
                if connection.wake():
                    return connection
                return self._take(origin)
        return None

    def _give_back(self, connection: _Connection) -> None:
        """Keep a connection whose answer was read to its end; close any other."""
        if not connection.rest():
            connection.close()
            return
        self._idle[connection] = asyncio.get_running_loop().call_later(_IDLE, self._drop, connection)
        if len(self._idle) > MAX_IDLE:
            self._drop(next(iter(self._idle)))

    def _drop(self, connection: _Connection) -> None:
        self._idle.pop(connection).cancel()
        connection.close()


class _Connection:
    """One connection to one origin: a request and its answer at a time."""

    def __init__(self, wire: Wire, origin: _Origin, peer: str) -> None:
        self.origin = origin
        self.peer = peer
        self._wire = wire
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        self._head = bytearray()  # what came of this answer until its head was read
        self._mendable: h11.Request | None = None  # what was asked, until the head was read or mended
        self._content = b""
        self._parts = 0

    async def ask(self, request: httpx.Request) -> h11.Response:
        """Send a request and read the head of the answer. Raises _Closed if not a byte came back."""
        try:
            asked = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
            self._content = request.content
            self._wire.write(_sent(self._http, asked, self._content))
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from error
        self._mendable = asked
        interim = 0
        while True:
            event = await self._event()
            if isinstance(event, h11.Response):
                self._head, self._mendable = bytearray(), None
                return event
            self._head = bytearray(self._http.trailing_data[0])
            interim += 1
            if interim > MAX_INTERIM or not isinstance(event, h11.InformationalResponse):
                raise httpx.RemoteProtocolError("The server announces an answer without end.")

    async def part(self) -> bytes | None:
        """The next part of the body, unframed, as it arrives; None at its end."""
        self._parts += 1
        if self._parts % _BREATH == 0:
            await asyncio.sleep(0)
        event = await self._event()
        return bytes(event.data) if isinstance(event, h11.Data) else None

    async def _event(self) -> object:
        while True:
            try:
                event = self._http.next_event()
                if event is not h11.NEED_DATA:
                    return event
                self._http.receive_data(await self._more())
            except h11.RemoteProtocolError as error:
                if not self._mend():
                    raise httpx.RemoteProtocolError(str(error)) from error

    async def _more(self) -> bytes:
        """What arrives next; empty at the end of a body."""
        in_head = self._http.their_state is h11.SEND_RESPONSE
        try:
            data = await self._wire.read()
        except OSError as error:
            if in_head and not self._head:
                raise _Closed from error
            raise httpx.ReadError(str(error)) from error
        if in_head:
            self._head += data
        if not data and in_head:
            if not self._head:
                raise _Closed
            is_http = b"HTTP/".startswith(bytes(self._head[:5]).upper())
            raise httpx.RemoteProtocolError(_DISCONNECTED if is_http else "This is no HTTP.")
        return data

    def _mend(self) -> bool:
        """Begin the answer anew with its head as others read it; False if that was done, or is of no use."""
        asked, self._mendable = self._mendable, None
        head = None if asked is None else mended(bytes(self._head))
        if asked is None or head is None:
            return False
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        _sent(self._http, asked, self._content)
        self._http.receive_data(head)
        return True

    def rest(self) -> bool:
        """Make ready for a next request; False where there can be none. What is here of the answer's end is read."""
        http, wire = self._http, self._wire
        try:
            if here := wire.here():
                http.receive_data(here)
            while isinstance(http.next_event(), h11.Data):
                pass
            if wire.ended or http.their_state is not h11.DONE or http.our_state is not h11.DONE:
                return False
            if http.trailing_data[0]:
                return False
            http.start_next_cycle()
        except h11.ProtocolError:
            return False
        wire.idle = True
        return True

    def wake(self) -> bool:
        """Begin a next request; False if the server closed the connection meanwhile."""
        self._wire.idle = False
        return not self._wire.ended

    def close(self) -> None:
        """Close at once."""
        self._wire.close()


def _sent(http: h11.Connection, asked: h11.Request, content: bytes) -> bytes:
    """What is to be sent for a request. Raises LocalProtocolError for one that HTTP has no words for."""
    parts = (asked, *([h11.Data(content)] if content else ()), h11.EndOfMessage())
    return b"".join(http.send(part) or b"" for part in parts)


class _Stream(httpx.AsyncByteStream):
    """The body of one answer. Closing it gives the connection back."""

    def __init__(self, connection: _Connection, give_back: Callable[[_Connection], None]) -> None:
        self._connection: _Connection | None = connection
        self._give_back = give_back

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if self._connection is None or (part := await self._connection.part()) is None:
            raise StopAsyncIteration
        return part

    async def aclose(self) -> None:
        """Give the connection back, once."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._give_back(connection)
