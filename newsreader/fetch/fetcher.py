"""The Fetcher: one GET with every bound of RELIABILITY.md, and failures in words.

What it asks says nothing of the person: `newsreader/VERSION`, no referrer, no cookie kept from one fetch to the next.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urljoin

import httpx

from newsreader import __version__, bounds
from newsreader.errors import FetchError, UnknownHost
from newsreader.fetch import addresses, headers, phrases
from newsreader.fetch.decompression import Body, too_large
from newsreader.fetch.gate import Gate, NoRoomError, Room
from newsreader.fetch.routes import has_route
from newsreader.fetch.transports import Transports
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable
    from types import TracebackType

FEED_TYPES: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.4"
)
PAGE_TYPES: Final = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_REDIRECTS: Final = frozenset({300, 301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_EMPTY: Final = frozenset({204, 205, 206})  # no body, or a part of one that was not asked for
_ONLINE_FOR: Final = 60.0  # seconds for which an answer from the internet proves that there is a network
_UNUSABLE: Final = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came, decompressed: `url` is where it was in the end, without name and password.

    `moved_to` is the source's new address, given only when every redirect on the way was permanent (301, 308) and none
    led from https to http; it is to be stored once the document proved to be a feed. `max_age`: seconds, a hint.
    """

    url: str
    body: bytes = field(repr=False)
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The answer 304: what is here is what the server has. Validators are the new ones, or those that were sent."""

    etag: str | None = None
    last_modified: str | None = None
    max_age: int | None = None


@dataclass(slots=True)
class _Trip:
    """One fetch on its way through redirects: where it is, what it may say there, and how long it still may take."""

    address: str
    url: httpx.URL
    credentials: str | None
    etag: str | None
    last_modified: str | None
    accept: str
    urgent: bool
    left: float
    room: Room | None = None
    hops: int = 0
    moved: bool = True
    public: bool = False
    cookies: httpx.Cookies | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)


class Fetcher:
    """Asks addresses, at most `bounds.MAX_FETCHES` at once and two a host, over connections that are shared.

    Use it as an async context manager, in one event loop. The limits are arguments so that tests can wait less.
    Cancelling a call frees its place and its connection at once.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        transport: httpx.AsyncBaseTransport | None = None,
        deadline: float = bounds.FETCH_DEADLINE,
        connect_timeout: float = bounds.CONNECT_TIMEOUT,
        max_body: int = bounds.MAX_BODY,
        large_body: int = bounds.LARGE_BODY,
        routed: Callable[[], bool] = has_route,
    ) -> None:
        self._clock = clock
        self._routed = routed
        self._deadline = deadline
        self._max_body = max_body
        self._large_body = large_body
        self._leave = asyncio.Semaphore()
        self._timeouts = {"connect": connect_timeout}
        self._transports = Transports(transport)
        self._gate = Gate(bounds.MAX_FETCHES, bounds.MAX_FETCHES_PER_HOST)
        self._online_at: float | None = None
        for name in ("httpx", "httpcore"):  # they log whole addresses and headers
            logging.getLogger(name).setLevel(logging.WARNING)

    async def __aenter__(self) -> Self:
        """Nothing to open: connections are made when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        await self._transports.close()

    def answered_since(self, moment: float) -> bool:
        """Whether a host of the internet answered in the minute before this moment (Unix seconds), or after it."""
        return self._online_at is not None and moment - self._online_at < _ONLINE_FOR

    def room(self) -> Room:
        """The room for what many fetches at once bring: a context manager around one `get` and the use of its body."""
        return Room(self._leave)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = FEED_TYPES,
        room: Room | None = None,
    ) -> Fetched | NotModified:
        """Fetch a document, or learn that it is the one of these validators (RFC 9110 13).

        With a `room` a large document waits until no other is in memory, and is asked for again then. Raises
        FetchError, and Offline where there is no network at all.
        """
        target, credentials = addresses.parse(url)

        def trip() -> _Trip:
            left = self._deadline
            return _Trip(url, target, credentials, etag, last_modified, accept, urgent=False, left=left, room=room)

        try:
            return await self._travel(trip())
        except NoRoomError:
            assert room is not None, "only a room raises it"
            await room.wait()
            return await self._travel(trip())

    async def page(self, url: str) -> Fetched:
        """Fetch a page that a person wants to read now: it goes before the feeds that wait. Raises as `get` does."""
        target, credentials = addresses.parse(url)
        trip = _Trip(url, target, credentials, None, None, PAGE_TYPES, urgent=True, left=self._deadline)
        answer = await self._travel(trip)
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _travel(self, trip: _Trip) -> Fetched | NotModified:
        """Go from redirect to redirect. Only the time between entering and leaving a host counts as the fetch's own."""
        loop = asyncio.get_running_loop()
        while True:
            async with self._gate.passage(trip.url.host, urgent=trip.urgent):
                begun = loop.time()
                try:
                    async with asyncio.timeout(trip.left):
                        answer = await self._ask(trip)
                except TimeoutError as error:
                    raise FetchError(
                        f"{trip.url.host} took longer than {self._deadline:g} seconds. It will be tried again.",
                        "total deadline",
                    ) from error
                trip.left -= loop.time() - begun
            if answer is not None:
                return answer

    async def _ask(self, trip: _Trip) -> Fetched | NotModified | None:
        """Ask once; None says that the trip goes on to another address."""
        proxy = self._transports.proxy_of(trip.url)
        try:
            if trip.public and proxy is None:
                await self._refuse_private(trip.url)
            request = self._request(trip)
            response = await self._send(request, proxy)
            try:
                self._note_peer(trip, response, proxy)
                return await self._read(trip, request, response)
            finally:
                await response.aclose()
        except _UNUSABLE as error:
            raise self._failure(error, trip.url.host, proxy) from error

    def _failure(self, error: Exception, host: str, proxy: str | None) -> FetchError:
        """Say why there was no answer. A name is unknown to many resolvers as soon as there is no network to ask."""
        online = self.answered_since(self._clock())
        failure = phrases.for_failure(error, host, proxy=proxy, online=online)
        if isinstance(failure, UnknownHost) and not online and not self._routed():
            return phrases.offline(failure.cause)
        return failure

    def _request(self, trip: _Trip) -> httpx.Request:
        lines = {
            "User-Agent": f"newsreader/{__version__}",
            "Accept": trip.accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if trip.etag:
            lines["If-None-Match"] = trip.etag
        if trip.last_modified:
            lines["If-Modified-Since"] = trip.last_modified
        if trip.credentials:
            lines["Authorization"] = trip.credentials
        request = httpx.Request("GET", trip.url, headers=lines, extensions={"timeout": self._timeouts})
        if trip.cookies is not None:
            trip.cookies.set_cookie_header(request)
        return request

    async def _send(self, request: httpx.Request, proxy: str | None) -> httpx.Response:
        """Send, and once more if the server had closed a kept connection just then (RFC 9112 9.3.1)."""
        transport = self._transports.transport_of(request.url, proxy)
        try:
            return await transport.handle_async_request(request)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
            if isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error):
                raise
            return await transport.handle_async_request(request)

    def _note_peer(self, trip: _Trip, response: httpx.Response, proxy: str | None) -> None:
        """See who answered: that there is a network, and that nothing public led into a private one (RELIABILITY)."""
        stream = response.extensions.get("network_stream")
        peer = None if stream is None or proxy else stream.get_extra_info("server_addr")
        host = str(peer[0]) if isinstance(peer, tuple) and peer else None
        if host is not None and addresses.is_private(host):
            if trip.public:
                raise _private(trip.url)
            return
        trip.public = host is not None or trip.public
        self._online_at = self._clock()

    async def _refuse_private(self, url: httpx.URL) -> None:
        """Raise FetchError for a redirect from a public address to one in a private network."""
        if addresses.is_private(url.host):
            raise _private(url)
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(url.host, url.port or url.scheme)
        if found and all(addresses.is_private(str(entry[4][0])) for entry in found):
            raise _private(url)

    async def _read(
        self, trip: _Trip, request: httpx.Request, response: httpx.Response
    ) -> Fetched | NotModified | None:
        """Turn an answer into what it means."""
        status, lines = response.status_code, response.headers
        if status == 304 and (trip.etag or trip.last_modified):
            async for _ in _chunks(response):
                pass  # there is none; read to its end, the connection can be used again
            return NotModified(
                headers.validator(lines.get("etag")) or trip.etag,
                headers.validator(lines.get("last-modified")) or trip.last_modified,
                headers.max_age(lines, self._clock()),
            )
        if status in _REDIRECTS:
            self._turn(trip, request, response)
            return None
        if not 200 <= status < 300 or status in _EMPTY:
            raise phrases.for_status(status, trip.url.host, retry_after=headers.retry_after(lines, self._clock()))
        body = await self._body(response, trip.room)
        moved = trip.hops > 0 and trip.moved
        return Fetched(
            url=str(trip.url),
            body=body,
            content_type=one_line(lines.get("content-type", ""), 200) or None,
            etag=headers.validator(lines.get("etag")),
            last_modified=headers.validator(lines.get("last-modified")),
            moved_to=self._moved_to(trip) if moved else None,
            max_age=headers.max_age(lines, self._clock()),
        )

    @staticmethod
    def _moved_to(trip: _Trip) -> str:
        return addresses.with_credentials(trip.url, trip.address) if trip.credentials else str(trip.url)

    async def _body(self, response: httpx.Response, room: Room | None) -> bytes:
        """Read a body within its bounds: raw, decompressed, and whole."""
        length = response.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 15 or int(length) > self._max_body):
            raise too_large(self._max_body)
        body = Body(response.headers.get("content-encoding"), self._max_body)
        async for chunk in _chunks(response):
            body.add(chunk)
            if room is not None and body.size > self._large_body:
                await room.take()
        return body.finish()

    def _turn(self, trip: _Trip, request: httpx.Request, response: httpx.Response) -> None:
        """Point the trip at the address a redirect names, or raise FetchError where it leads nowhere."""
        host = trip.url.host
        location = next(iter(response.headers.get_list("location")), "").strip()  # some name the same one twice
        if not location:
            raise FetchError(
                f"{host} answered {response.status_code}: a redirect that names no address. "
                "Only its owner can mend that.",
                status=response.status_code,
            )
        if "set-cookie" in response.headers:
            self._remember_cookies(trip, request, response)
        old = trip.url
        trip.seen.add((str(old), request.headers.get("cookie", "")))
        trip.hops += 1
        if trip.hops > bounds.MAX_REDIRECTS:
            raise FetchError(f"The address redirects more than {bounds.MAX_REDIRECTS} times. Look at it in a browser.")
        try:
            trip.url, _ = addresses.parse(urljoin(str(old), location))
        except (FetchError, ValueError) as error:
            raise FetchError(
                f"{host} redirects to an address that cannot be fetched: {addresses.shown(location)}",
                status=response.status_code,
            ) from error
        if trip.credentials and not addresses.keeps_credentials(old, trip.url):
            trip.credentials = None
        trip.moved = (
            trip.moved
            and response.status_code in _PERMANENT
            and not (old.scheme == "https" and trip.url.scheme == "http")
        )
        cookie = "" if trip.cookies is None else self._request(trip).headers.get("cookie", "")
        if (str(trip.url), cookie) in trip.seen:
            raise FetchError("The address redirects in a circle. Look at it in a browser.")

    @staticmethod
    def _remember_cookies(trip: _Trip, request: httpx.Request, response: httpx.Response) -> None:
        """Keep a cookie until this fetch ends: some sites redirect in a circle until they see theirs again."""
        if trip.cookies is None:
            trip.cookies = httpx.Cookies()
        response.request = request
        trip.cookies.extract_cookies(response)


def _chunks(response: httpx.Response) -> AsyncIterable[bytes]:
    """The raw body as it arrives: httpx would decompress it without a bound."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream


def _private(url: httpx.URL) -> FetchError:
    return FetchError(
        f"A public address redirects into a private network, to {addresses.shown(url)}, and is not followed. "
        "If you trust it, add that address itself."
    )
