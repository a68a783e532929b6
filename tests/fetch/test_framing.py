"""The framing of answers (RFC 9112) on real sockets: what is clear is read, what may mean anything is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from newsreader.errors import FetchError
from tests.fetch.scripted import answering, body_of, scripted
from tests.hostile_server import FEED, HostileServer, answer

if TYPE_CHECKING:
    from newsreader.fetch.fetcher import Fetcher
    from tests.fetch.scripted import Scripted, Serve


@pytest.mark.parametrize(
    "path",
    [
        *("/same-length-twice", "/length-and-chunks", "/chunks-in-capitals", "/folded", "/bare-newlines"),
        *("/no-reason", "/more-behind", "/chunks", "/gzip-chunked", "/no-colon", "/space-before-colon"),
    ],
)
async def test_odd_framing_that_is_clear_all_the_same(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert await body_of(fetcher, server.url(path)) == FEED


async def test_chunks_of_one_byte(fetcher: Fetcher, server: HostileServer) -> None:
    assert await body_of(fetcher, server.url("/tiny-chunks")) == FEED * 40


@pytest.mark.parametrize(
    "path",
    [
        *("/length-word", "/length-signed", "/nul-in-header", "/bare-return"),
        *("/chunk-size-huge", "/chunk-size-signed", "/chunk-too-long", "/chunk-extension", "/transfer-gzip"),
        *("/status-word", "/status-long", "/status-none", "/icy", "/html-alone", "/switching"),
    ],
)
async def test_framing_that_may_mean_anything_is_refused(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    with pytest.raises(FetchError, match="no proper HTTP"):
        await fetcher.get(server.url(path))


async def test_a_connection_with_a_mended_head_is_not_used_again(fetcher: Fetcher) -> None:
    odd = answer(FEED, b"200 OK", b"what is this")
    async with scripted(answering(answer(b"a"), odd, answer(b"c"))) as script:
        assert [await body_of(fetcher, script.url()) for _ in range(3)] == [b"a", FEED, b"a"]
        assert script.connections == 2


async def test_a_mended_head_may_come_in_pieces(fetcher: Fetcher) -> None:
    def make(script: Scripted) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await script.request(reader)
            for byte in b"HTTP/1.1 103 Hints\r\n\r\n" + answer(FEED, b"200 OK", b"what is this"):
                writer.write(bytes((byte,)))
                await writer.drain()
                await asyncio.sleep(0)
            await reader.read()

        return serve

    async with scripted(make) as script:
        assert await body_of(fetcher, script.url()) == FEED


async def test_what_speaks_first_and_not_http_is_no_broken_connection(fetcher: Fetcher) -> None:
    async with scripted(answering(b"SSH-2.0-OpenSSH_9.0\r\n", then_close=True)) as script:
        with pytest.raises(FetchError, match="no proper HTTP"):
            await fetcher.get(script.url())
