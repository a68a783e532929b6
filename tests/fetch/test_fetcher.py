"""The Fetcher against real sockets: every network row of RELIABILITY.md."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from newsreader import __version__
from newsreader.bounds import MAX_FETCHES_PER_HOST, MAX_RETRY_AFTER
from newsreader.errors import FetchError, Offline
from newsreader.fetch.decompression import GZIP_MAGIC
from newsreader.fetch.fetcher import Fetched, Fetcher, NotModified
from newsreader.text import one_line
from tests.fetch.conftest import LIMIT
from tests.hostile_server import ETAG, FEED, LAST_MODIFIED, HostileServer, redirect

if TYPE_CHECKING:
    from collections.abc import Callable

READ_AHEAD = 8 * 1024 * 1024  # what two sockets and asyncio may hold of a body that nobody reads any more


async def fetch(fetcher: Fetcher, server: HostileServer, path: str) -> Fetched:
    answer = await fetcher.get(server.url(path))
    assert isinstance(answer, Fetched)
    return answer


async def fail(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    error = caught.value
    assert error.phrase.endswith(".") or ": " in error.phrase
    assert error.phrase == one_line(error.phrase)
    return error


# Good answers


@pytest.mark.parametrize(
    "path",
    [
        *("/feed", "/gzip", "/gzip-members", "/gzip-padded", "/gzip-file", "/deflate", "/deflate-raw"),
        *(
            "/gzip-named-plain",
            "/no-length",
            "/early-hints",
            "/drip-gzip",
            "/to-feed",
            "/named-twice",
            "/to-utf8",
            "/cookie-wall",
        ),
    ],
)
async def test_document_comes_whole(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert (await fetch(fetcher, server, path)).body == FEED


async def test_what_comes_with_a_document(fetcher: Fetcher, server: HostileServer) -> None:
    assert await fetch(fetcher, server, "/feed") == Fetched(
        url=server.url("/feed"),
        body=FEED,
        content_type="application/rss+xml",
        etag=ETAG,
        last_modified=LAST_MODIFIED,
        moved_to=None,
        max_age=None,
        status=200,
    )
    assert (await fetch(fetcher, server, "/fresh")).max_age == 1_500


async def test_empty_document_is_left_to_the_parser(fetcher: Fetcher, server: HostileServer) -> None:
    assert (await fetch(fetcher, server, "/empty")).body == b""


async def test_not_modified(fetcher: Fetcher, server: HostileServer) -> None:
    first = await fetch(fetcher, server, "/conditional")
    again = await fetcher.get(server.url("/conditional"), etag=first.etag, last_modified=LAST_MODIFIED)
    assert again == NotModified(ETAG, LAST_MODIFIED, 600)
    assert server.requests[-1].headers["if-none-match"] == ETAG
    assert server.requests[-1].headers["if-modified-since"] == LAST_MODIFIED


async def test_not_modified_without_being_asked_is_a_failure(fetcher: Fetcher, server: HostileServer) -> None:
    assert (await fail(fetcher, server.url("/status/304"))).status == 304


async def test_request_says_nothing_of_the_person(fetcher: Fetcher, server: HostileServer) -> None:
    await fetch(fetcher, server, "/cookies")
    await fetch(fetcher, server, "/feed?a=b#part")
    asked = server.requests[-1]
    assert asked.path == "/feed?a=b"
    assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert asked.headers["user-agent"] == f"newsreader/{__version__}"
    assert asked.headers["accept-encoding"] == "gzip, deflate"


async def test_page_asks_for_html(fetcher: Fetcher, server: HostileServer) -> None:
    answer = await fetcher.page(server.url("/feed"))
    assert answer.body == FEED
    assert server.requests[-1].headers["accept"].startswith("text/html")


@pytest.mark.parametrize(("status", "words"), [(404, "no page"), (410, "this page is gone"), (403, "user agent")])
async def test_that_a_page_is_not_there_is_said_of_the_page(
    fetcher: Fetcher, server: HostileServer, status: int, words: str
) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        await fetcher.page(server.url(f"/status/{status}"))
    assert caught.value.status == status


# Redirects


async def test_permanent_redirect_tells_the_new_address(fetcher: Fetcher, server: HostileServer) -> None:
    for path in ("/moved", "/moved-308", "/moved-twice"):
        answer = await fetch(fetcher, server, path)
        assert (answer.url, answer.moved_to) == (server.url("/feed"), server.url("/feed"))


async def test_temporary_redirect_on_the_way_keeps_the_old_address(fetcher: Fetcher, server: HostileServer) -> None:
    for path in ("/to-feed", "/moved-then-found", "/chain?10"):
        assert (await fetch(fetcher, server, path)).moved_to is None


async def test_redirects_are_counted(fetcher: Fetcher, server: HostileServer) -> None:
    assert "more than 10 times" in (await fail(fetcher, server.url("/chain?11"))).phrase
    assert len(server.requests) == 11


async def test_circle_is_seen_at_once(fetcher: Fetcher, server: HostileServer) -> None:
    assert "in a circle" in (await fail(fetcher, server.url("/circle"))).phrase
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "path",
    [
        *("/to-file", "/to-javascript", "/to-data", "/to-nowhere", "/to-bad-port", "/to-bad-ipv6", "/to-long"),
        *("/to-escapes", "/no-location"),
    ],
)
async def test_redirect_that_leads_nowhere(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert "redirect" in (await fail(fetcher, server.url(path))).phrase


@pytest.mark.parametrize("cookie", ["a=ü€", "a=b; max-age=" + "9" * 4_000, "=", ";;"])
async def test_a_cookie_that_is_none_holds_up_no_redirect(fetcher: Fetcher, server: HostileServer, cookie: str) -> None:
    server.pages["/x"] = redirect(b"/feed", b"302 Found", f"Set-Cookie: {cookie}".encode())
    assert (await fetch(fetcher, server, "/x")).body == FEED
    assert "cookie" not in server.requests[-1].headers


async def test_cookies_end_with_the_fetch(fetcher: Fetcher, server: HostileServer) -> None:
    for _ in range(2):
        await fetch(fetcher, server, "/cookie-wall")
    assert [asked.headers.get("cookie") for asked in server.requests] == [None, "pass=1"] * 2


# Names and passwords


async def test_password_goes_to_its_origin_only(fetcher: Fetcher, server: HostileServer) -> None:
    async with HostileServer() as other:
        start = server.url(f"/away?{other.url('/feed')}", userinfo="anna:s3cret@")
        answer = await fetcher.get(start)
        assert isinstance(answer, Fetched)
        assert server.requests[0].headers["authorization"] == "Basic YW5uYTpzM2NyZXQ="
        assert "authorization" not in other.requests[0].headers
        assert answer.url == other.url("/feed")


async def test_password_stays_with_its_origin_through_a_redirect(fetcher: Fetcher, server: HostileServer) -> None:
    answer = await fetcher.get(server.url("/moved", userinfo="anna:s3cret@"))
    assert isinstance(answer, Fetched)
    assert server.requests[1].headers["authorization"] == "Basic YW5uYTpzM2NyZXQ="
    assert answer.url == server.url("/feed")
    assert answer.moved_to == server.url("/feed", userinfo="anna:s3cret@")


async def test_password_in_a_redirect_is_not_used(fetcher: Fetcher, server: HostileServer) -> None:
    answer = await fetcher.get(server.url(f"/away?{server.url('/feed', userinfo='mallory:x@')}"))
    assert isinstance(answer, Fetched)
    assert "authorization" not in server.requests[1].headers
    assert answer.url == server.url("/feed")


@pytest.mark.parametrize("path", ["/status/404", "/reset", "/to-file", "/gzip-truncated", "/circle", "/not-http"])
async def test_secrets_stay_out_of_messages(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    error = await fail(fetcher, server.url(f"{path}?token=t0ken", userinfo="anna:s3cret@"))
    assert not any(secret in f"{error.phrase} {error.cause}" for secret in ("s3cret", "anna", "t0ken", "Basic"))


# Bounds


@pytest.mark.parametrize("path", ["/gzip-bomb", "/endless", "/endless-gzip"])
async def test_large_document_is_left_where_it_is(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert "larger than 100,000 bytes" in (await fail(fetcher, server.url(path))).phrase
    assert server.sent < READ_AHEAD


async def test_gzip_in_gzip_is_unpacked_once(fetcher: Fetcher, server: HostileServer) -> None:
    body = (await fetch(fetcher, server, "/gzip-bomb-twice")).body
    assert body.startswith(GZIP_MAGIC)  # the parser says that this is no feed


@pytest.mark.parametrize("path", ["/huge-length", "/absurd-length"])
async def test_length_over_the_limit_is_believed(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    error = await fail(fetcher, server.url(path))
    assert "larger" in error.phrase or "no proper HTTP" in error.phrase


@pytest.mark.parametrize("path", ["/drip-body", "/drip-headers", "/silent"])
async def test_slow_server_is_left_at_the_deadline(hasty: Fetcher, server: HostileServer, path: str) -> None:
    begun = asyncio.get_running_loop().time()
    error = await fail(hasty, server.url(path))
    assert "longer than 0.3 seconds" in error.phrase
    assert asyncio.get_running_loop().time() - begun < 2


async def test_deadline_counts_all_redirects_together(server: HostileServer) -> None:
    async with Fetcher(deadline=0.3) as hasty:
        error = await fail(hasty, server.url(f"/away?{server.url('/drip-body')}"))
        assert "longer than 0.3 seconds" in error.phrase


@pytest.mark.parametrize("path", ["/huge-header", "/many-headers", "/endless-headers"])
async def test_huge_head_is_refused(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert "no proper HTTP" in (await fail(fetcher, server.url(path))).phrase
    assert server.sent < READ_AHEAD


# Damage


@pytest.mark.parametrize("path", ["/gzip-truncated", "/short", "/chunks-cut"])
async def test_cut_document_is_no_document(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert "broke off before its end" in (await fail(fetcher, server.url(path))).phrase


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gzip-damaged", "damaged"),
        ("/gzip-twice", 'as "gzip, gzip"'),
        ("/brotli", 'as "br"'),
        ("/zstd", 'as "zstd"'),
        ("/two-lengths", "no proper HTTP"),
        ("/chunks-wrong", "no proper HTTP"),
        ("/not-http", "no proper HTTP"),
        ("/no-status", "no proper HTTP"),
        ("/endless-hints", "no proper HTTP"),
        ("/nothing", "broken off"),
        ("/cut-in-head", "broken off"),
        ("/reset", "broken off"),
        ("/reset-in-body", "broke off before its end"),
    ],
)
async def test_damage_is_named(fetcher: Fetcher, server: HostileServer, path: str, words: str) -> None:
    assert words in (await fail(fetcher, server.url(path))).phrase


async def test_escape_sequences_end_here(fetcher: Fetcher, server: HostileServer) -> None:
    for path in ("/escape-reason", "/escape-reason-c0"):
        error = await fail(fetcher, server.url(path))
        assert error.status == 404
        assert not any(mark in error.phrase + error.cause for mark in ("evil", "31m", "52;"))
    try:
        answer = await fetch(fetcher, server, "/escape-headers")
    except FetchError as refused:
        assert "\x1b" not in refused.phrase + refused.cause  # noqa: PT017 - either outcome is safe
    else:
        assert (answer.etag, answer.last_modified) == (None, None)
        assert answer.content_type is not None
        assert answer.content_type.isprintable()


# Statuses


@pytest.mark.parametrize(
    "status", [204, 205, 206, 400, 401, 402, 403, 404, 406, 408, 410, 418, 429, 451, 500, 502, 503, 520]
)
async def test_status_is_told_in_words(fetcher: Fetcher, server: HostileServer, status: int) -> None:
    error = await fail(fetcher, server.url(f"/status/{status}"))
    assert error.status == status
    assert f"127.0.0.1 answered {status}" in error.phrase
    assert "Whatever" not in error.phrase
    assert error.gone is (status == 410)


@pytest.mark.parametrize(
    ("path", "seconds"), [("/busy", 120), ("/busy-date", 3_600), ("/busy-year", MAX_RETRY_AFTER), ("/status/429", None)]
)
async def test_retry_after(fetcher: Fetcher, server: HostileServer, path: str, seconds: int | None) -> None:
    assert (await fail(fetcher, server.url(path))).retry_after == seconds


# No way there


async def test_nobody_listens(fetcher: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "refuses the connection" in (await fail(fetcher, f"http://127.0.0.1:{port}/")).phrase


async def test_plain_http_behind_https(fetcher: Fetcher, server: HostileServer) -> None:
    error = await fail(fetcher, server.url("/feed").replace("http:", "https:"))
    assert "safe connection" in error.phrase


@pytest.mark.parametrize(
    "address",
    [
        *("", "feed", "/feed", "//example.org/feed", "http://", "http:///feed", "http://[::1", "http://a b/"),
        *("ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://x:99999/", "http://x:0/"),
        *("http://\x1b]0;x\x07/", "http://x/\ud800", "http://☃☃.example/", "http://a%00b/"),
        "http://example.org/" + "a" * 5_000,
    ],
)
async def test_unusable_address(fetcher: Fetcher, address: str) -> None:
    error = await fail(fetcher, address)
    assert "address" in error.phrase
    assert not isinstance(error, Offline)


async def test_endless_host_name(fetcher: Fetcher) -> None:
    assert not isinstance(await fail(fetcher, f"http://{'a' * 70}.example/"), Offline)


# Many at once


async def test_only_so_many_at_once_a_host(fetcher: Fetcher, server: HostileServer) -> None:
    running = [asyncio.ensure_future(fetcher.get(server.url("/held"))) for _ in range(6)]
    await until(server, lambda: server.at_once == MAX_FETCHES_PER_HOST)
    server.gate.set()
    await asyncio.gather(*running)
    assert server.most_at_once == MAX_FETCHES_PER_HOST


async def test_waiting_for_a_place_is_not_held_against_a_fetch(server: HostileServer) -> None:
    async with Fetcher(deadline=0.5) as fetcher:
        slow = [asyncio.ensure_future(fail(fetcher, server.url("/silent"))) for _ in range(MAX_FETCHES_PER_HOST)]
        quick = asyncio.ensure_future(fetch(fetcher, server, "/feed"))
        await asyncio.gather(*slow)
        assert (await quick).body == FEED


async def test_cancelled_fetch_frees_its_place(fetcher: Fetcher, server: HostileServer) -> None:
    held = [asyncio.ensure_future(fetcher.get(server.url("/silent"))) for _ in range(MAX_FETCHES_PER_HOST)]
    waiting = asyncio.ensure_future(fetcher.get(server.url("/silent")))
    await until(server, lambda: server.at_once == MAX_FETCHES_PER_HOST)
    for task in (waiting, *held):
        task.cancel()
    await asyncio.gather(waiting, *held, return_exceptions=True)
    assert (await fetch(fetcher, server, "/feed")).body == FEED


async def until(server: HostileServer, condition: Callable[[], bool]) -> None:
    """Wait for requests to arrive until a condition holds."""
    async with asyncio.timeout(5):
        while not condition():
            server.arrived.clear()
            await server.arrived.wait()


@pytest.mark.slow
async def test_every_misdeed_ends_in_a_document_or_in_words(server: HostileServer) -> None:
    async with Fetcher(deadline=0.3, max_body=LIMIT) as fetcher:

        async def outcome(path: str) -> str:
            try:
                await fetcher.get(server.url(path))
            except FetchError as error:
                return error.phrase
            return "document"

        paths = HostileServer.paths()
        outcomes = dict(zip(paths, await asyncio.gather(*map(outcome, paths)), strict=True))
        assert all(outcomes.values())
