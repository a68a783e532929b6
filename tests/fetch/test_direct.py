"""Our own transport on real sockets: connections that are kept, cut, reset, slow, and in the wrong network."""

from __future__ import annotations

import asyncio
import gc
import socket
import struct
from typing import TYPE_CHECKING, NoReturn

import httpx
import pytest

from newsreader.bounds import MAX_IDLE
from newsreader.errors import FetchError
from newsreader.fetch.direct import DirectTransport, PrivateAddressError
from newsreader.fetch.fetcher import Fetcher
from newsreader.fetch.names import Names
from tests.fetch.scripted import answering, body_of, scripted
from tests.hostile_server import FEED, HostileServer, answer, answer_in_chunks, redirect

if TYPE_CHECKING:
    from tests.fetch.scripted import Scripted, Serve


def no_context() -> NoReturn:
    raise AssertionError("plain http needs no certificates")


# Connections that are kept


async def test_a_connection_is_used_again(fetcher: Fetcher) -> None:
    async with scripted(answering(answer(b"a"), answer_in_chunks(b"bb", 1), answer(b"c"))) as script:
        assert [await body_of(fetcher, script.url()) for _ in range(3)] == [b"a", b"bb", b"c"]
        assert script.connections == 1


async def test_a_redirect_stays_on_its_connection(fetcher: Fetcher) -> None:
    async with scripted(answering(redirect(b"/feed"), answer())) as script:
        assert await body_of(fetcher, script.url()) == FEED
        assert script.connections == 1


@pytest.mark.parametrize(
    "first",
    [
        answer(FEED, b"200 OK", b"Connection: close"),
        answer().replace(b"HTTP/1.1", b"HTTP/1.0"),
        answer() + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
    ],
    ids=["close", "http-1.0", "more-behind"],
)
async def test_a_connection_that_is_not_to_be_used_again_is_closed(fetcher: Fetcher, first: bytes) -> None:
    async with scripted(answering(first)) as script:
        assert await body_of(fetcher, script.url()) == FEED
        await script.until_open(0)


async def test_what_comes_unasked_on_a_kept_connection_is_nobodys_answer(fetcher: Fetcher) -> None:
    released = asyncio.Event()

    def make(script: Scripted) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await script.request(reader)
            writer.write(answer())
            await released.wait()
            if script.connections == 1:
                writer.write(answer(b"evil"))
            await reader.read()

        return serve

    async with scripted(make) as script:
        assert await body_of(fetcher, script.url()) == FEED
        released.set()
        await script.until_open(0)
        assert await body_of(fetcher, script.url()) == FEED
        assert script.connections == 2


@pytest.mark.parametrize("reset", [False, True])
async def test_a_connection_closed_as_it_is_used_again_is_replaced_once(fetcher: Fetcher, *, reset: bool) -> None:
    """The server closes when the second request arrives: it never saw it, says RFC 9112 9.3.1."""

    def make(script: Scripted) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await script.request(reader)
            writer.write(answer())
            if script.connections == 1:
                await script.request(reader)
                if reset:
                    linger(writer)
                    writer.transport.abort()
            else:
                await reader.read()

        return serve

    async with scripted(make) as script:
        assert await body_of(fetcher, script.url()) == FEED
        assert await body_of(fetcher, script.url()) == FEED
        assert (script.connections, len(script.requests)) == (2, 3)


async def test_a_fresh_connection_that_is_closed_is_not_asked_twice(fetcher: Fetcher) -> None:
    async with scripted(answering(b"", then_close=True)) as script:
        with pytest.raises(FetchError, match=r"broken off by 127\.0\.0\.1 without an answer"):
            await fetcher.get(script.url())
        assert len(script.requests) == 1


async def test_idle_connections_are_few_and_close_in_the_end() -> None:
    hosts = [f"h{number}.example" for number in range(MAX_IDLE + 3)]
    known = names(**{host.replace(".", "_"): ["127.0.0.1"] for host in hosts})
    async with scripted(answering(answer())) as script:
        transport = DirectTransport(no_context, names=known)
        for host in hosts:
            await ask(transport, script.url(host=host))
        await script.until_open(MAX_IDLE)
        await transport.aclose()
        await script.until_open(0)


def linger(writer: asyncio.StreamWriter) -> None:
    """Have the closing of a connection reset it."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def test_a_half_closed_connection_still_gives_its_document(fetcher: Fetcher) -> None:
    def make(script: Scripted) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await script.request(reader)
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + FEED)
            writer.write_eof()
            await reader.read()

        return serve

    async with scripted(make) as script:
        assert await body_of(fetcher, script.url()) == FEED


async def test_a_cancelled_fetch_closes_its_connection_at_once(fetcher: Fetcher) -> None:
    asked = asyncio.Event()

    def make(script: Scripted) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await script.request(reader)
            asked.set()
            await reader.read()

        return serve

    async with scripted(make) as script:
        task = asyncio.create_task(fetcher.get(script.url()))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await script.until_open(0)


async def test_a_body_that_nobody_reads_stays_with_the_server() -> None:
    """Back-pressure: beyond what may wait here, and what the sockets hold, the server cannot send."""
    async with HostileServer() as server:
        transport = DirectTransport(no_context)
        response = await transport.handle_async_request(httpx.Request("GET", server.url("/endless")))
        sent = -1
        async with asyncio.timeout(20):
            while sent != server.sent:
                sent = server.sent
                assert sent < 16 * 1024 * 1024
                await asyncio.sleep(0.1)
        await response.aclose()
        await transport.aclose()


async def test_nothing_is_left_open(fetcher: Fetcher, server: HostileServer) -> None:
    for path in ("/feed", "/reset", "/not-http", "/short", "/nothing", "/no-length", "/chunks-wrong"):
        try:
            await fetcher.get(server.url(path))
        except FetchError:
            continue
    await asyncio.sleep(0)
    gc.collect()  # a socket left open would warn here, and warnings are errors


# Who is at the other end


def names(**known: list[str] | Exception) -> Names:
    """A resolver that knows these names, "_" standing for a dot."""

    def look_up(host: str, port: object, **options: object) -> list[tuple[object, ...]]:
        found = known[host.replace(".", "_")]
        if isinstance(found, Exception):
            raise found
        return [
            (socket.AF_INET6, 1, 6, "", (entry, 0, 0, 0)) if ":" in entry else (socket.AF_INET, 1, 6, "", (entry, 0))
            for entry in found
        ]

    return Names(look_up)


async def ask(transport: DirectTransport, url: str, *, public: bool = False) -> bytes:
    response = await transport.handle_async_request(httpx.Request("GET", url, extensions={"public": public}))
    try:
        return await response.aread()
    finally:
        await response.aclose()


async def test_the_address_really_connected_to_is_looked_at_before_anything_is_sent(server: HostileServer) -> None:
    transport = DirectTransport(no_context, names=names(intranet_example=["127.0.0.1"]))
    with pytest.raises(PrivateAddressError):
        await ask(transport, f"http://intranet.example:{server.port}/feed", public=True)
    assert not server.requests
    assert await ask(transport, f"http://intranet.example:{server.port}/feed") == FEED


async def test_a_host_that_has_only_ipv6() -> None:
    server = HostileServer(["::1"])
    try:
        await server.__aenter__()
    except OSError:  # nor has this computer: there is nothing to be seen
        return
    transport = DirectTransport(no_context, names=names(six_example=["::1"]))
    try:
        for host in ("six.example", "[::1]"):
            assert await ask(transport, f"http://{host}:{server.port}/feed") == FEED
            assert server.requests[-1].headers["host"] == f"{host}:{server.port}"
    finally:
        await transport.aclose()
        await server.__aexit__(None, None, None)


async def test_a_kept_connection_into_a_private_network_is_looked_at_too() -> None:
    async with scripted(answering(answer(), answer())) as script:
        transport = DirectTransport(no_context)
        await ask(transport, script.url())
        with pytest.raises(PrivateAddressError):
            await ask(transport, script.url(), public=True)
        assert len(script.requests) == 1
        await transport.aclose()


class World(httpx.AsyncBaseTransport):
    """An internet of one public host that redirects, and a real way to everything else."""

    def __init__(self, location: str, direct: DirectTransport) -> None:
        self.location = location
        self.direct = direct

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != "public.example":
            return await self.direct.handle_async_request(request)
        stream = httpx.ByteStream(b"")
        lines = {"location": self.location}
        return httpx.Response(302, headers=lines, stream=stream, extensions={"peer": "93.184.216.34"})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "rebind.example"])
async def test_a_public_address_leads_into_no_private_network(server: HostileServer, host: str) -> None:
    known = names(rebind_example=["127.0.0.1"], localhost=["127.0.0.1"])
    direct = DirectTransport(no_context, names=known)
    async with Fetcher(transport=World(server.url("/feed", host=host), direct)) as fetcher:
        with pytest.raises(FetchError, match=r"into a private network|no way|refuses"):
            await fetcher.get("http://public.example/")
    assert not server.requests


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fe80::1]", "[fd00::1]"])
async def test_a_private_address_is_not_even_connected_to(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    async def connect(addresses: object) -> socket.socket:
        raise AssertionError("tried to connect")

    monkeypatch.setattr("newsreader.fetch.direct.connect", connect)
    direct = DirectTransport(no_context)
    async with Fetcher(transport=World(f"http://{host}/", direct)) as fetcher:
        with pytest.raises(FetchError, match="into a private network"):
            await fetcher.get("http://public.example/")


@pytest.mark.parametrize(
    ("source", "host", "follows"),
    [
        ("http://public.example/", "home.example", False),
        ("http://93.184.216.34/", "home.example", False),
        ("http://unknown.example/", "home.example", False),
        ("http://public.example/", "2130706433", False),
        ("http://public.example/", "127.1", False),
        ("http://public.example/", "0x7f.1", False),
        ("http://intranet.example/", "home.example", True),
        ("http://192.168.1.4/", "home.example", True),
        ("http://127.0.0.1/", "127.1", True),
    ],
)
async def test_no_public_source_links_into_a_private_network(
    monkeypatch: pytest.MonkeyPatch, server: HostileServer, source: str, host: str, follows: bool
) -> None:
    known = names(
        home_example=["127.0.0.1"],
        intranet_example=["10.0.0.1"],
        public_example=["93.184.216.34"],
        unknown_example=OSError("no such host"),
        **{"127_1": ["127.0.0.1"]},
    )
    monkeypatch.setattr("newsreader.fetch.fetcher.Names", lambda: known)
    async with Fetcher() as fetcher:
        if follows:
            assert (await fetcher.page(server.url("/feed", host=host), source=source)).body == FEED
        else:
            with pytest.raises(FetchError, match="links into a private network"):
                await fetcher.page(server.url("/feed", host=host), source=source)
    assert bool(server.requests) is follows


async def test_a_public_address_behind_a_proxy_leads_into_no_private_network(
    monkeypatch: pytest.MonkeyPatch, server: HostileServer
) -> None:
    async with HostileServer() as proxy:
        proxy.pages["http://public.example/"] = redirect(server.url("/feed").encode())
        monkeypatch.setenv("http_proxy", proxy.url(""))
        async with Fetcher() as fetcher:
            with pytest.raises(FetchError, match="into a private network"):
                await fetcher.get("http://public.example/")
    assert not server.requests
