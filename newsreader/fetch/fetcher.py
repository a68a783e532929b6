"""The Fetcher: one GET with every bound of RELIABILITY.md, and failures in words.

What it asks says nothing of the person: `newsreader/VERSION`, no referrer, no cookie kept from one fetch to the next.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

import httpx

from newsreader import bounds
from newsreader.errors import FetchError, UnknownHost, Unreachable
from newsreader.fetch import addresses, headers, phrases
from newsreader.fetch.decompression import Body, too_large
from newsreader.fetch.direct import PrivateAddressError
from newsreader.fetch.gate import Gate, NoRoomError, Room
from newsreader.fetch.holds import Holds, Silences
from newsreader.fetch.names import Names
from newsreader.fetch.routes import Nowhere, has_route
from newsreader.fetch.secrets import Secrets
from newsreader.fetch.transports import Transports
from newsreader.fetch.trip import REDIRECTS, Trip
from newsreader.model import SourceSettings
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable
    from types import TracebackType

    from newsreader.fetch.chat import Chat, ModelServer

FEED_TYPES: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.4"
)
PAGE_TYPES: Final = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
TALK_TYPES: Final = (
    "application/json, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_EMPTY: Final = frozenset({204, 205, 206})  # no body, or a part of one that was not asked for
_ONLINE_FOR: Final = 60.0  # seconds for which an answer from the internet proves that there is a network
_AS_ALL: Final = SourceSettings()
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
    moved_to: str | None = field(default=None, repr=False)  # it may hold the password of the source's address
    max_age: int | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class NotModified:
    """The answer 304: what is here is what the server has. Validators are the new ones, or those that were sent.

    `moved_to` is as in Fetched, but no document proves it.
    """

    etag: str | None = None
    last_modified: str | None = None
    max_age: int | None = None
    status: int = 304
    moved_to: str | None = field(default=None, repr=False)


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
        host_gap: float = bounds.HOST_GAP,
        routed: Callable[[], bool] = has_route,
    ) -> None:
        self._clock = clock
        self._routed = routed
        self._deadline = deadline
        self._max_body = max_body
        self._large_body = large_body
        self._leave = asyncio.Semaphore()
        self._connect_timeout = connect_timeout
        self._host_gap = host_gap
        self._names = Names()
        self._transports = Transports(transport, names=self._names)
        self._secrets = Secrets()
        self._holds = Holds(clock)
        self._silences = Silences()
        self._nowhere = Nowhere()
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

    @property
    def holds(self) -> dict[str, int]:
        """The hosts that asked to be left alone (429, 503), and until when: Unix seconds. A copy."""
        return self._holds.now()

    def hold(self, host: str, until: int) -> None:
        """Leave a host alone until then (Unix seconds), as it asked of an earlier run of the program."""
        self._holds.put(host, until)

    def answered_since(self, moment: float) -> bool:
        """Whether a host of the internet answered in the minute before this moment (Unix seconds), or after it."""
        return self._online_at is not None and moment - self._online_at < _ONLINE_FOR

    async def resolves(self, host: str) -> bool:
        """Whether a host has an address now: of one that had one before this tells a lost network from a lost host."""
        try:
            async with asyncio.timeout(self._connect_timeout):
                return bool(await self._names.addresses(host, 443))
        except (TimeoutError, OSError, UnicodeError):
            return False

    def chat(self, server: ModelServer) -> Chat:
        """The way to a language model (`fetch.chat`). Raises ModelError for one that cannot be asked."""
        from newsreader.fetch.chat import Chat

        timeout = self._connect_timeout
        return Chat(server, self._transports, self._secrets, clock=self._clock, connect_timeout=timeout)

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
        settings: SourceSettings = _AS_ALL,
        urgent: bool = False,
        source: str | None = None,
    ) -> Fetched | NotModified:
        """Fetch a document, or learn that it is the one of these validators (RFC 9110 13).

        With a `room` a large document waits until no other is in memory, and is asked for again then. What is `urgent`
        goes before all that is not, and asks a host on hold too: a person waits for it. User agent,
        headers and password of `settings` go to the origin of this address only. `source` is where the address was
        named, if a document named it: a public one names nothing in a private network. Raises FetchError: Offline where
        there is no network at all, HeldBack for a host that wants to be left alone.
        """
        target, credentials = addresses.parse(url)
        home = None if source is None else addresses.parse(source)[0]
        own = await self._own(settings)

        def trip() -> Trip:
            return Trip(
                url,
                target,
                credentials,
                etag,
                last_modified,
                accept,
                urgent=urgent,
                left=self._deadline,
                own=own,
                proxy=settings.proxy,
                room=room,
            )

        with suppress(NoRoomError):
            return await self._travel_from(home, trip())
        # Not while that error is handled: it holds what had come of the document until then.
        assert room is not None, "only a room raises it"
        await room.wait()
        return await self._travel_from(home, trip())

    async def page(
        self,
        url: str,
        *,
        source: str | None = None,
        settings: SourceSettings = _AS_ALL,
        urgent: bool = True,
        accept: str = PAGE_TYPES,
    ) -> Fetched:
        """Fetch a page, as a rule one that a person wants to read now: `urgent` is as in `get`.

        `source` is the address of the feed that links there: `settings` are the source's, and of them headers and
        password go to its origin only, as do name and password of its address. Raises as `get` does, and FetchError
        where a public source links to an address of this machine or of a private network, or to a name that has one.
        """
        target, credentials = addresses.parse(url)
        home, known = (None, None) if source is None else addresses.parse(source)
        if home is not None and addresses.origin(home) == addresses.origin(target):
            credentials = known or credentials
        elif home is not None:
            settings = settings._replace(headers=(), user=None, secret=None)
        own = await self._own(settings)
        left, proxy = self._deadline, settings.proxy
        trip = Trip(url, target, credentials, None, None, accept, urgent=urgent, left=left, own=own, proxy=proxy)
        try:
            answer = await self._travel_from(home, trip)
        except FetchError as error:
            raise phrases.of_page(error, trip.url.host) from error.__cause__
        assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
        return answer

    async def _travel_from(self, home: httpx.URL | None, trip: Trip) -> Fetched | NotModified:
        """Travel to what is named at `home`: from a public place into no private network, whatever name that has.

        Only where that is refused it is asked whether the place is a public one: those of an intranet have names too.
        """
        if home is None or addresses.is_private(home.host):
            return await self._travel(trip)
        if addresses.is_private(trip.url.host):
            raise phrases.linked(trip.url)
        trip.public = True
        try:
            return await self._travel(trip)
        except FetchError as error:
            if trip.hops or not isinstance(error.__cause__, PrivateAddressError):
                raise
            if not await self._is_at_home(home.host):
                raise phrases.linked(trip.url) from error
        trip.public = False
        return await self._travel(trip)

    async def _is_at_home(self, host: str) -> bool:
        """Whether a name leads into a private network only, as those of an intranet do."""
        try:
            async with asyncio.timeout(self._connect_timeout):
                found = await self._names.addresses(host, 443)
        except (TimeoutError, OSError, UnicodeError):
            return False
        return bool(found) and all(addresses.is_private(str(address[0])) for _, address in found)

    async def _own(self, settings: SourceSettings) -> dict[str, str]:
        return {} if settings is _AS_ALL else await self._secrets.lines(settings)

    async def _travel(self, trip: Trip) -> Fetched | NotModified:
        """Go from redirect to redirect. Only the time between entering and leaving a host counts as the fetch's own."""
        loop = asyncio.get_running_loop()
        while True:
            host = trip.url.host
            if trip.public and addresses.is_private(host):  # a proxy would go there: it knows nothing of the way
                raise phrases.private(trip.url)
            self._check(trip, host)
            async with self._gate.passage(host, urgent=trip.urgent, gap=self._gap(trip, host)):
                self._check(trip, host)  # it may have asked to be left alone while this waited
                begun = loop.time()
                try:
                    async with asyncio.timeout(trip.left):
                        answer = await self._ask(trip)
                except TimeoutError as error:
                    slow = f"{host} took longer than {self._deadline:g} seconds. It will be tried again."
                    failure = FetchError(slow, "total deadline")
                    self._silences.note(host, failure)
                    raise failure from error
                trip.left -= loop.time() - begun
            if answer is not None:
                return answer

    def _gap(self, trip: Trip, host: str) -> float:
        """Seconds between two starts at a host; none for this machine itself, which nobody has to spare."""
        return 0.0 if trip.hops or addresses.is_loopback(host) else self._host_gap

    def _check(self, trip: Trip, host: str) -> None:
        """Raise for what need not be asked at all, unless a person waits for it."""
        if trip.urgent:
            return
        self._holds.check(host)
        if (last := self._nowhere.sure()) is not None and not addresses.is_literal(host):
            raise phrases.cut_off(last)
        self._silences.check(host)

    async def _ask(self, trip: Trip) -> Fetched | NotModified | None:
        """Ask once; None says that the trip goes on to another address."""
        proxy = self._transports.proxy_of(trip.url, trip.proxy)
        try:
            request = trip.request(self._connect_timeout)
            transport = self._transports.transport_of(trip.url, proxy, own=trip.proxy is not None)
            response = await transport.handle_async_request(request)
            try:
                self._note_answer(trip, response, proxy)
                return await self._read(trip, request, response)
            finally:
                await response.aclose()
        except PrivateAddressError as error:
            raise phrases.private(trip.url) from error
        except _UNUSABLE as error:
            raise self._failure(error, trip.url.host, proxy) from error

    def _failure(self, error: Exception, host: str, proxy: str | None) -> FetchError:
        """Say why there was no answer. A name is unknown to many resolvers as soon as there is no network to ask.

        Where there is a way out and nothing comes back, as behind a router that is cut off, hosts look silent.
        """
        online = self.answered_since(self._clock())
        failure = phrases.for_failure(error, host, proxy=proxy, online=online)
        if isinstance(failure, Unreachable):
            if not online:
                if not self._routed():
                    return phrases.offline(failure.cause)
                self._nowhere.note(host, failure)
            if not isinstance(failure, UnknownHost):  # that is said at once
                self._silences.note(host, failure)
        return failure

    def _note_answer(self, trip: Trip, response: httpx.Response, proxy: str | None) -> None:
        """See who answered: that there is a network, and that the trip is in the internet now.

        Of a host behind a proxy only its name is known; it counts as public unless it is a private address.
        """
        self._silences.clear(trip.url.host)
        peer = trip.url.host if proxy else response.extensions.get("peer")
        if peer is not None and addresses.is_private(str(peer)):
            if trip.public and not proxy:
                raise phrases.private(trip.url)
            return
        trip.public = peer is not None or trip.public
        self._online_at = self._clock()
        self._nowhere.clear()

    async def _read(self, trip: Trip, request: httpx.Request, response: httpx.Response) -> Fetched | NotModified | None:
        """Turn an answer into what it means."""
        status, lines = response.status_code, response.headers
        if status == 304 and (trip.etag or trip.last_modified):
            async for _ in _chunks(response):
                pass  # there is none; read to its end, the connection can be used again
            return NotModified(
                headers.validator(lines.get("etag")) or trip.etag,
                headers.validator(lines.get("last-modified")) or trip.last_modified,
                headers.max_age(lines, self._clock()),
                moved_to=trip.moved_to(),
            )
        if status in REDIRECTS:
            trip.turn(request, response)
            return None
        if not 200 <= status < 300 or status in _EMPTY:
            failure = phrases.for_status(status, trip.url.host, retry_after=headers.retry_after(lines, self._clock()))
            self._holds.note(trip.url.host, failure)
            raise failure
        body = await self._body(response, trip.room)
        return Fetched(
            url=str(trip.url),
            body=body,
            content_type=one_line(lines.get("content-type", ""), 200) or None,
            etag=headers.validator(lines.get("etag")),
            last_modified=headers.validator(lines.get("last-modified")),
            moved_to=trip.moved_to(),
            max_age=headers.max_age(lines, self._clock()),
            status=status,
        )

    async def _body(self, response: httpx.Response, room: Room | None) -> bytes:
        """Read a body within its bounds: raw, decompressed, and whole."""
        length = response.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 15 or int(length) > self._max_body):
            raise too_large(self._max_body)
        with Body(response.headers.get("content-encoding"), self._max_body) as body:
            async for chunk in _chunks(response):
                body.add(chunk)
                if room is not None and body.size > self._large_body:
                    await room.take()
            return body.finish()


def _chunks(response: httpx.Response) -> AsyncIterable[bytes]:
    """The raw body as it arrives: httpx would decompress it without a bound."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream
