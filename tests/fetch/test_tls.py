"""Certificates and handshakes on real sockets; the certificates beside this file are for nothing else."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsreader.errors import FetchError
from newsreader.fetch.fetcher import Fetched, Fetcher
from tests.hostile_server import FEED, answer, redirect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

CERTIFICATES = Path(__file__).parent / "certificates"


@pytest.fixture(autouse=True)
def _own_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))


class Safe:
    """An https server: how many connections, which names were asked for, and its address."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.names: list[str | None] = []

    def url(self, host: str = "localhost") -> str:
        return f"https://{host}:{self.port}/feed"


@asynccontextmanager
async def safe(certificate: str, *answers: bytes, then_cut: bool = False) -> AsyncIterator[Safe]:
    server = Safe()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        try:
            for data in answers:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(data)
            if then_cut:
                await writer.drain()
                writer.transport.abort()  # without the goodbye of TLS
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()

    def named(connection: ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> None:
        server.names.append(name)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    context.sni_callback = named
    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost."])
async def test_a_good_certificate(fetcher: Fetcher, host: str) -> None:
    fetcher._names._look_up = lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("127.0.0.1", 0))]
    async with safe("good", answer()) as server:
        found = await fetcher.get(server.url(host))
        assert isinstance(found, Fetched)
        assert found.body == FEED
        assert server.names == [None if host == "127.0.0.1" else "localhost"]


async def test_connections_and_the_context_are_shared(fetcher: Fetcher) -> None:
    async with safe("good", redirect(b"/there"), answer(), answer(b"x" * 70_000)) as server:
        await fetcher.get(server.url())
        found = await fetcher.get(server.url())
        assert isinstance(found, Fetched)
        assert len(found.body) == 70_000
        assert server.connections == 1
        made = fetcher._transports._tls
        async with safe("good", answer()) as other:
            await fetcher.get(other.url())
        assert fetcher._transports._tls is made is not None


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        ("self-signed", "is signed by nobody but itself."),
        ("expired", "has expired."),
        ("future", "is not valid yet."),
        ("other-host", "is for another host."),
    ],
)
async def test_a_bad_certificate_in_words(fetcher: Fetcher, certificate: str, words: str) -> None:
    async with safe(certificate, answer()) as server:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(server.url())
        assert f"The connection to localhost is not safe: its certificate {words}" in caught.value.phrase


async def test_an_unknown_authority(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    async with safe("good", answer()) as server:
        with pytest.raises(FetchError, match="signed by an authority that is not known here"):
            await fetcher.get(server.url())


def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say nothing at all."""


def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 ready\r\n" * 50)


def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def alert(description: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
    """A server that answers the greeting of TLS with an alert (RFC 8446 6)."""
    return lambda reader, writer: writer.write(bytes((0x15, 3, 3, 0, 2, 2, description)))


def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x16\x03\x03\x00\x7a\x02")
    writer.write_eof()


def noise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """What is no record of TLS, once a safe connection was agreed on."""
    raw = socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno()))
    with raw:
        raw.send(b"\x17\x03\x03\x00\x20" + bytes(32))


@asynccontextmanager
async def serving(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], None], context: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """A server that does one thing with each connection; its port."""
    kept: list[asyncio.StreamWriter] = []

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kept.append(writer)
        serve(reader, writer)

    listening = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    async with listening:
        yield listening.sockets[0].getsockname()[1]
        for writer in kept:
            writer.close()


_NOT_AGREED = r"A safe connection to 127\.0\.0\.1 could not be agreed on"


@pytest.mark.parametrize(
    ("serve", "words"),
    [
        (silent, "no answer from 127.0.0.1"),
        (reset, "broken off by 127.0.0.1"),
        (cut, "broken off by 127.0.0.1"),
        (garbage, _NOT_AGREED + ": it speaks plain http"),
        (alert(40), _NOT_AGREED + ": it offers only what is safe no longer"),
        (alert(70), _NOT_AGREED + ": it offers only what is safe no longer"),
        (alert(112), _NOT_AGREED + ": it does not know this name"),
        (alert(80), _NOT_AGREED + r"\. It will be tried again"),
    ],
)
async def test_a_handshake_that_comes_to_nothing(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], None], words: str
) -> None:
    async with serving(serve) as port, Fetcher(connect_timeout=0.3) as fetcher:
        with pytest.raises(FetchError, match=words):
            await fetcher.get(f"https://127.0.0.1:{port}/")


async def test_noise_on_a_safe_connection_breaks_it_off(fetcher: Fetcher) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "good.pem")
    async with serving(noise, context) as port:
        with pytest.raises(FetchError, match="broken off by localhost"):
            await fetcher.get(f"https://localhost:{port}/")


@pytest.mark.parametrize(("length", "whole"), [(len(FEED) + 10, False), (len(FEED), True)])
async def test_a_counted_body_that_is_cut_is_none(fetcher: Fetcher, *, length: int, whole: bool) -> None:
    async with safe("good", answer(FEED, length=length), then_cut=True) as server:
        if whole:
            assert isinstance(await fetcher.get(server.url()), Fetched)
            return
        with pytest.raises(FetchError, match="broke off before its end"):
            await fetcher.get(server.url())
