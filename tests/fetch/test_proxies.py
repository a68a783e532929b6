"""Proxies that fail, on real sockets: each ends in words, in time, and without a word of the proxy's own."""

from __future__ import annotations

import re

import pytest

from newsreader.errors import FetchError
from newsreader.fetch.fetcher import Fetched, Fetcher
from newsreader.model import SourceSettings
from newsreader.text import one_line
from tests.hostile_server import ESCAPES, FEED, GZIP, HostileServer, answer, bomb, redirect

PLAIN, SAFE = "http://public.example/feed", "https://public.example/feed"
TUNNEL = "public.example:443"  # what a proxy is asked for an https address


async def failed(fetcher: Fetcher, server: HostileServer, url: str) -> str:
    settings = SourceSettings(proxy=server.url("", userinfo="anna:s3cret@"))
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url, settings=settings)
    said = caught.value.phrase
    assert said == one_line(said)
    assert "s3cret" not in said + caught.value.cause
    assert "evil" not in said
    return said


@pytest.mark.parametrize(
    ("served", "words"),
    [
        (
            answer(b"", b"407 " + ESCAPES, b"Proxy-Authenticate: Basic realm=evil"),
            "407: it wants a name and a password",
        ),
        (answer(b"<h1>evil", b"502 Bad evil"), "answered 502"),
        (b"\0\xff evil\r\n\r\n", "What the proxy for public.example sends is no proper HTTP"),
        (b"\x05\xff", "no proper HTTP|broken off"),
        (b"", "broken off by the proxy for public.example"),
        (answer(FEED, b"200 OK", b"X: " + b"a" * 200_000), "no proper HTTP"),
        (answer(bomb(8), b"200 OK", GZIP), "larger than"),
        (answer(FEED, length=10**10), "larger than"),
        (answer(FEED, length=len(FEED) + 10), "broke off before its end"),
        (redirect(b"http://192.168.1.1/"), "into a private network"),
        (redirect(b"/feed"), "in a circle"),
        ("/endless", "larger than"),
    ],
)
async def test_a_proxy_in_front_of_plain_http(
    fetcher: Fetcher, server: HostileServer, served: bytes | str, words: str
) -> None:
    server.pages[PLAIN] = served
    assert re.search(words, await failed(fetcher, server, PLAIN))


@pytest.mark.parametrize(
    ("served", "words"),
    [
        (answer(b"", b"407 evil", b"Proxy-Authenticate: Basic realm=evil"), "The proxy for public.example refuses."),
        (answer(b"", b"502 " + ESCAPES), "The proxy for public.example refuses."),
        (redirect(b"http://evil.example/"), "The proxy for public.example refuses."),
        (b"\0\xff evil\r\n\r\n", "What the proxy for public.example sends is no proper HTTP"),
        (b"", "broken off by the proxy for public.example"),
        (answer(), "A safe connection to public.example could not be agreed on"),
        (answer(b"", b"200 Connection established"), "A safe connection to public.example could not be agreed on"),
    ],
)
async def test_a_proxy_in_front_of_https(fetcher: Fetcher, server: HostileServer, served: bytes, words: str) -> None:
    server.pages[TUNNEL] = served
    assert words in await failed(fetcher, server, SAFE)


@pytest.mark.parametrize("path", ["/silent", "/drip-headers", "/drip-body"])
@pytest.mark.parametrize("asked", [PLAIN, TUNNEL])
async def test_a_slow_proxy(hasty: Fetcher, server: HostileServer, path: str, asked: str) -> None:
    server.pages[asked] = path
    said = await failed(hasty, server, SAFE if asked == TUNNEL else PLAIN)
    assert "took longer than" in said or "could not be agreed on" in said


async def test_what_a_proxy_brings_is_read(fetcher: Fetcher, server: HostileServer) -> None:
    server.pages[PLAIN] = b"HTTP/1.1 103 Early Hints\r\n\r\n" + answer()
    found = await fetcher.get(PLAIN, settings=SourceSettings(proxy=server.url("")))
    assert isinstance(found, Fetched)
    assert found.body == FEED
