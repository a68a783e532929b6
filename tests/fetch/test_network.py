"""What cannot be had on loopback: other networks, certificates, proxies, no network. Transports stand in for them."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from newsreader.bounds import MAX_FETCHES
from newsreader.errors import FetchError, Offline, UnknownHost
from newsreader.fetch import phrases
from newsreader.fetch.fetcher import Fetched, Fetcher
from newsreader.fetch.routes import has_route
from newsreader.fetch.transports import Transports
from newsreader.model import SourceSettings
from tests.hostile_server import FEED, HostileServer

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLIC = "93.184.216.34"


def ok(peer: str | None = PUBLIC, status: int = 200, **lines: str) -> httpx.Response:
    return httpx.Response(status, headers=lines, stream=httpx.ByteStream(FEED), extensions={"peer": peer})


def failing(cause: Exception, kind: type[httpx.TransportError] = httpx.ConnectError) -> httpx.MockTransport:
    """A transport on which every request fails as it does in httpx: the system's error below httpx's."""

    def handle(request: httpx.Request) -> httpx.Response:
        raise kind("failed") from cause

    return httpx.MockTransport(handle)


async def failure(transport: httpx.AsyncBaseTransport, url: str = "http://example.org/feed") -> FetchError:
    async with Fetcher(transport=transport, routed=lambda: True) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(url)
    return caught.value


# No network, and no such host


@pytest.mark.parametrize(
    "cause",
    [
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        OSError(errno.ENETUNREACH, "Network is unreachable"),
        OSError(errno.ENETDOWN, "Network is down"),
        ExceptionGroup("all failed", [OSError(errno.ENETUNREACH, "a"), OSError(errno.ENETUNREACH, "b")]),
    ],
)
async def test_no_network_at_all(cause: Exception) -> None:
    error = await failure(failing(cause))
    assert isinstance(error, Offline)
    assert "no network" in error.phrase


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "The host name example.org does not exist."),
        (socket.gaierror(socket.EAI_FAIL, "failed"), "could not be looked up"),
        (OSError(errno.EHOSTUNREACH, "no route"), "no way from this network to example.org"),
        (OSError(errno.ECONNREFUSED, "refused"), "refuses the connection"),
        (OSError(errno.ETIMEDOUT, "timed out"), "no answer from example.org"),
        (OSError(errno.ECONNRESET, "reset"), "broken off by example.org"),
        (OSError("All connection attempts failed"), "connection to example.org failed"),
        (UnicodeError("label too long"), 'No host can have the name "example.org".'),
    ],
)
async def test_one_host_fails(cause: Exception, words: str) -> None:
    error = await failure(failing(cause))
    assert not isinstance(error, Offline)
    assert words in error.phrase
    assert error.cause.startswith("ConnectError: ")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (httpx.ConnectTimeout, "no answer"),
        (httpx.ProxyError, "proxy"),
        (httpx.RemoteProtocolError, "no proper HTTP"),
        (httpx.ReadError, "failed"),
    ],
)
async def test_other_failures_have_words_too(kind: type[httpx.TransportError], words: str) -> None:
    assert words in (await failure(failing(ValueError("x"), kind))).phrase


@pytest.mark.parametrize(
    "cause", [socket.gaierror(socket.EAI_AGAIN, "again"), OSError(errno.ENETUNREACH, "unreachable")]
)
async def test_a_host_that_answered_shows_that_there_is_a_network(cause: Exception) -> None:
    now = [1_000.0]

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.host == "good.example":
            return ok()
        raise httpx.ConnectError("failed") from cause

    async with Fetcher(transport=httpx.MockTransport(handle), clock=lambda: now[0]) as fetcher:
        await fetcher.get("http://good.example/")
        with pytest.raises(FetchError) as caught:
            await fetcher.get("http://bad.example/")
        assert not isinstance(caught.value, Offline)
        now[0] += 3_600
        with pytest.raises(Offline):
            await fetcher.get("http://bad.example/")


async def test_an_answer_of_this_machine_proves_no_network() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.host == "localhost":
            return ok("127.0.0.1")
        raise httpx.ConnectError("failed") from socket.gaierror(socket.EAI_AGAIN, "again")

    async with Fetcher(transport=httpx.MockTransport(handle)) as fetcher:
        await fetcher.get("http://localhost/")
        with pytest.raises(Offline):
            await fetcher.get("http://far.example/")


@pytest.mark.slow
async def test_a_name_is_unknown_only_where_there_is_somebody_to_ask() -> None:
    """Without a network macOS, and Linux without a resolver, say that no name exists."""
    now, route = [1_000.0], [False]

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.host == "good.example":
            return ok()
        raise httpx.ConnectError("failed") from socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    transport = httpx.MockTransport(handle)
    async with Fetcher(transport=transport, clock=lambda: now[0], routed=lambda: route[0]) as fetcher:
        with pytest.raises(Offline):
            await fetcher.get("http://bad.example/")
        route[0] = True
        with pytest.raises(UnknownHost):
            await fetcher.get("http://bad.example/")
        assert not fetcher.answered_since(now[0])
        await fetcher.get("http://good.example/")
        assert fetcher.answered_since(now[0])
        route[0] = False
        with pytest.raises(UnknownHost):
            await fetcher.get("http://bad.example/")
        now[0] += 3_600
        with pytest.raises(Offline):
            await fetcher.get("http://bad.example/")
        assert not fetcher.answered_since(now[0])


def test_an_unknown_proxy_is_to_be_set_right() -> None:
    cause = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    error = phrases.for_failure(cause, "example.org", proxy="http://proxy.example:3128", online=False)
    assert "the proxy for example.org does not exist" in error.phrase
    assert not isinstance(error, (Offline, UnknownHost))


@pytest.mark.parametrize(
    ("ipv4", "ipv6", "way"),
    [
        (None, errno.ENETUNREACH, True),
        (errno.ENETUNREACH, None, True),
        (errno.ENETUNREACH, errno.EAFNOSUPPORT, False),
        (errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, False),
        (errno.EPERM, errno.ENETUNREACH, True),
    ],
)
def test_the_way_out(monkeypatch: pytest.MonkeyPatch, ipv4: int | None, ipv6: int | None, way: bool) -> None:
    class Probe(socket.socket):
        def connect(self, address: object) -> None:
            number = ipv6 if ":" in str(address) else ipv4
            if number is not None:
                raise OSError(number, "no")

    monkeypatch.setattr(socket, "socket", Probe)
    assert has_route() is way


# Certificates


@pytest.mark.parametrize(
    ("code", "words"), [(10, "has expired"), (18, "nobody but itself"), (62, "another host"), (7, "cannot be trusted")]
)
async def test_certificate_in_words(code: int, words: str) -> None:
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_code = code
    error = await failure(failing(cause), "https://example.org/")
    assert words in error.phrase
    assert "connection to example.org is not safe" in error.phrase


async def test_a_wish_for_a_certificate_in_words() -> None:
    cause = ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required")
    cause.reason = "TLSV13_ALERT_CERTIFICATE_REQUIRED"
    error = await failure(failing(cause, httpx.ReadError), "https://example.org/")
    assert "example.org wants to see a certificate of its readers" in error.phrase


def test_tls_is_verified_and_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    transports = Transports()
    plain = transports._context("http", None)
    safe = transports._context("https", None)
    assert safe is transports._context("https", "http://proxy.example:3128")
    for context in (plain, safe):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


# Private networks


def redirecting(location: str, peers: dict[str, str]) -> Callable[[httpx.Request], httpx.Response]:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.host == "example.org":
            return ok(peers["example.org"], 302, location=location)
        return ok(peers[request.url.host])

    return handle


async def test_private_source_may_redirect_in_its_own_network() -> None:
    peers = {"example.org": "10.0.0.1", "10.0.0.2": "10.0.0.2"}
    async with Fetcher(transport=httpx.MockTransport(redirecting("http://10.0.0.2/", peers))) as fetcher:
        assert isinstance(await fetcher.get("http://example.org/"), Fetched)


async def test_https_that_moves_to_http_is_followed_but_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return ok("10.0.0.1", 301, location="http://example.org/") if request.url.scheme == "https" else ok()

    async with Fetcher(transport=httpx.MockTransport(handle)) as fetcher:
        answer = await fetcher.get("https://example.org/")
        assert isinstance(answer, Fetched)
        assert (answer.url, answer.moved_to) == ("http://example.org/", None)


async def test_password_follows_to_https_of_the_same_host() -> None:
    seen: list[str | None] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization"))
        return ok("10.0.0.1", 301, location="https://example.org/") if request.url.scheme == "http" else ok()

    async with Fetcher(transport=httpx.MockTransport(handle)) as fetcher:
        answer = await fetcher.get("http://anna:pw@example.org/")
        assert isinstance(answer, Fetched)
        assert (answer.url, answer.moved_to) == ("https://example.org/", "https://anna:pw@example.org/")
    assert seen[0] == seen[1] is not None


# Many at once, and the log


async def test_only_so_many_at_once_over_all() -> None:
    inside = most = 0
    full = asyncio.Event()
    door = asyncio.Event()

    async def handle(request: httpx.Request) -> httpx.Response:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        if inside == MAX_FETCHES:
            full.set()
        await door.wait()
        inside -= 1
        return ok()

    async with Fetcher(transport=httpx.MockTransport(handle)) as fetcher:
        running = [asyncio.ensure_future(fetcher.get(f"http://h{number}.example/")) for number in range(40)]
        await asyncio.wait_for(full.wait(), 5)
        door.set()
        await asyncio.gather(*running)
    assert most == MAX_FETCHES


async def test_addresses_stay_out_of_the_libraries_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with HostileServer() as server, Fetcher() as fetcher:
        await fetcher.get(server.url("/feed?token=t0ken", userinfo="anna:s3cret@"))
    assert not any(secret in caplog.text for secret in ("t0ken", "s3cret", "YW5uYTpzM2NyZXQ"))


# Proxies


async def test_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with HostileServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url("", userinfo="me:pw@"))
        monkeypatch.setenv("no_proxy", "direct.example")
        async with Fetcher() as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.get("http://feeds.example/feed")
            assert caught.value.status == 404
            assert proxy.requests[0].path == "http://feeds.example/feed"
            assert proxy.requests[0].headers["proxy-authorization"] == "Basic bWU6cHc="
            assert fetcher._transports.proxy_of(httpx.URL("http://direct.example/")) is None


@pytest.mark.parametrize(
    "host", ["10.0.0.5", "169.254.169.254", "127.7.7.7", "[::1]", "localhost", "[::ffff:10.0.0.5]"]
)
@pytest.mark.parametrize("own", [True, False])
async def test_no_proxy_is_sent_into_a_private_network(
    monkeypatch: pytest.MonkeyPatch, host: str, *, own: bool
) -> None:
    async with HostileServer() as proxy:
        proxy.pages["http://feeds.example/old"] = f"/away?http://{host}/feed"
        proxy.pages[f"http://{host}/feed"] = "/feed"
        settings = SourceSettings(proxy=proxy.url("") if own else None)
        if not own:
            monkeypatch.setenv("http_proxy", proxy.url(""))
        async with Fetcher() as fetcher:
            with pytest.raises(FetchError, match="into a private network"):
                await fetcher.get("http://feeds.example/old", settings=settings)
        assert [asked.path for asked in proxy.requests] == ["http://feeds.example/old"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "a.localhost"])
def test_this_machine_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("all_proxy", "proxy.example:3128")
    transports = Transports()
    assert transports.proxy_of(httpx.URL(f"http://{host}:8000/")) is None
    assert transports.proxy_of(httpx.URL("https://example.org/")) == "http://proxy.example:3128"


async def test_dead_proxy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://me:pw@127.0.0.1:{port}")
    async with Fetcher() as fetcher:
        with pytest.raises(FetchError, match="refuses the connection") as caught:
            await fetcher.get("http://feeds.example/")
    assert "pw" not in caught.value.phrase + caught.value.cause


@pytest.mark.parametrize(
    "proxy", ["gopher://me:pw@proxy.example", "http://[::1", "http://proxy.example:port", "http://a:70000"]
)
async def test_unusable_proxy_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    async with Fetcher() as fetcher:
        with pytest.raises(FetchError, match="of the environment cannot be used") as caught:
            await fetcher.get("http://feeds.example/")
    assert "pw" not in caught.value.phrase + caught.value.cause
